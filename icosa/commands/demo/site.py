"""The server that the demo talks to: the one that runs on this database, or one of its own."""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from icosa.commands.demo.client import Client
from icosa.commands.door import CommandFailed
from icosa.settings import Settings


@contextmanager
def running_site(settings: Settings, url: str, token: str) -> Iterator[str]:
    """The address of a server of the database at `url`.

    `token` is a key in that database: a server that knows it is the right one.
    """
    if _knows(settings.url, token):
        yield settings.url
        return
    command = [sys.executable, "-m", "icosa", "serve", "--json", "--port", "0"]
    command += ["--database-url", url, "--data-dir", str(settings.data_dir)]
    # what it says goes to a pipe, which tells when it is ready; its log goes to our stderr
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603  # ourselves
        try:
            yield _address(process)
        finally:
            process.terminate()
            process.wait()


def _knows(url: str, token: str) -> bool:
    client = Client(url, token)
    try:
        status, _ = client.send("GET", "/rest/open-api/core")
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()
    return status == 200


def _address(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        event = msgspec.json.decode(line)
        if event.get("event") == "ready":
            return str(event["url"])
    raise CommandFailed("The server that the demo needs did not start; its log says why.")
