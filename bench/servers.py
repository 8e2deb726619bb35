"""`icosa serve` and the yardstick, each as one process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from bench.installation import Installation

READY_TIMEOUT_S = 60
END_TIMEOUT_S = 60


class ServerFailed(Exception):
    """A server did not start; the message holds what it printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One that answers."""

    name: str
    url: str
    pid: int
    application_name: str  # of its connections to PostgreSQL
    started_s: float  # from its start until it was ready

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc


@asynccontextmanager
async def icosa(data_dir: Path) -> AsyncIterator[Server]:
    """One worker; the database is the one in `data_dir`, running or not."""
    command = ["-m", "icosa", "serve", "--data-dir", str(data_dir), "--port", "0", "--json"]
    async with _running("Icosa", "icosa", command, _url_in_json) as server:
        yield server


@asynccontextmanager
async def yardstick(installation: Installation) -> AsyncIterator[Server]:
    command = [
        "-m",
        "bench.yardstick",
        installation.dsn,
        installation.schema,
        installation.company_object_id,
        installation.token,
        installation.key_name,
    ]
    async with _running("yardstick", "yardstick", command, _url_alone) as server:
        yield server


@asynccontextmanager
async def _running(
    name: str,
    application_name: str,
    command: Sequence[str],
    url_in: Callable[[bytes], str | None],
) -> AsyncIterator[Server]:
    environment = {
        key: os.environ[key] for key in ("PATH", "HOME", "PYTHONPATH") if key in os.environ
    }
    start = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdout=PIPE, env=environment
    )
    try:
        url = await asyncio.wait_for(_ready(process, url_in), READY_TIMEOUT_S)
        if url is None:
            raise ServerFailed(f"{name} did not start; what it printed is above.")
        yield Server(
            name=name,
            url=url,
            pid=process.pid,
            application_name=application_name,
            started_s=time.monotonic() - start,
        )
    finally:
        if process.returncode is None:
            process.terminate()
            await asyncio.wait_for(process.wait(), END_TIMEOUT_S)


async def _ready(process: Process, url_in: Callable[[bytes], str | None]) -> str | None:
    assert process.stdout is not None
    async for line in process.stdout:
        url = url_in(line)
        if url is not None:
            return url
    return None


def _url_in_json(line: bytes) -> str | None:
    said = msgspec.json.decode(line)
    return str(said["url"]) if said["event"] == "ready" else None


def _url_alone(line: bytes) -> str | None:
    return line.decode().strip()
