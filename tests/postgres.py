"""The PostgreSQL server of a test run, and the databases on it.

A database made from a template takes less than 100 ms, so that every test can have its own.
"""

import asyncio
import itertools
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from icosa.db.embedded import EmbeddedServer

T = TypeVar("T")


class TestServer:
    """A running server; it makes databases and drops them."""

    __test__ = False  # not a test case, whatever pytest thinks of its name

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = itertools.count(1)

    def url(self, database: str) -> str:
        """The address of one database on this server."""
        return urlunsplit(urlsplit(self._url)._replace(path=f"/{database}"))

    def create(self, template: str | None = None) -> str:
        """A new database, empty or like the template; gives its name."""
        name = f"icosa_test_{os.getpid()}_{next(self._numbers)}"
        if template is None:
            # What Icosa's own server has; another may have been made with any locale.
            origin = "template template0 encoding 'UTF8' locale 'C.UTF-8'"
        else:
            origin = f'template "{template}"'
        self._run(f'create database "{name}" {origin}')
        return name

    def drop(self, name: str) -> None:
        """Drops a database, and ends the sessions that a test left in it."""
        self._run(f'drop database if exists "{name}" with (force)')

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """The URL of a new database that is dropped afterwards."""
        name = self.create(template)
        try:
            yield self.url(name)
        finally:
            self.drop(name)

    def _run(self, statement: str) -> None:
        run_apart(_execute(self._url, statement))


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def run_apart(coroutine: Coroutine[object, object, T]) -> T:
    """Runs a coroutine in a thread of its own, as fixtures may meet a loop of pytest's."""
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(asyncio.run, coroutine).result()


@contextmanager
def public_folder() -> Iterator[Path]:
    """A temporary folder through which every user may pass; those of pytest are private.

    As root, an embedded server runs as another user.
    """
    folder = Path(tempfile.mkdtemp(prefix="icosa-test-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def throw_away_server() -> Iterator[str]:
    """The URL of an embedded server in a temporary folder, without fsync."""
    with public_folder() as folder:
        server = EmbeddedServer(folder / "data", durable=False)
        with server as url, _stopped_even_if_we_are_killed(server.home):
            yield url


@contextmanager
def _stopped_even_if_we_are_killed(home: Path) -> Iterator[None]:
    """A shell that waits for our end (its input closes) and then ends the server.

    The server of an ordinary Icosa is adopted by the next command; nobody would adopt this one.
    """
    pid = json.loads((home / "server.json").read_text())["pid"]
    watch = subprocess.Popen(
        ["/bin/sh", "-c", 'cat > /dev/null; kill -QUIT "$1"; rm -rf "$2"', "-", str(pid), home],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        watch.terminate()
        watch.communicate()
