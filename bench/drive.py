"""wrk and pgbench against one server or database, and the CPU that it cost.

CPU is that of the process that answers, and of the PostgreSQL backends which it holds. What
PostgreSQL does beside (checkpoints, write-ahead log, vacuum) belongs to nobody's request.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import asyncpg
import msgspec

from bench.process import cpu_ns
from bench.servers import Server
from bench.workload import Workload
from icosa.db.binaries import find_binaries

SCRIPT = Path(__file__).with_name("requests.lua")
NUMBERS_A_BURST = 1_000_000
PGBENCH_CLIENTS = 8
PGBENCH_SETTLE_S = 0.5
NS_A_MS = 1_000_000

_BACKENDS = "select pid from pg_stat_activity where application_name = $1"


class ToolMissing(Exception):
    """A program that we need is not installed; the message says how to get it."""


class BurstFailed(Exception):
    """Some requests of a burst were not answered well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """What was measured; times of a request in ms."""

    requests: int
    rate: float  # a second
    p50_ms: float
    p99_ms: float
    server_ms: float  # CPU
    postgres_ms: float  # CPU


@dataclass(frozen=True, slots=True, kw_only=True)
class PgbenchRun:
    rate: float
    postgres_ms: float


class _Said(msgspec.Struct):
    """What `requests.lua` prints at the end."""

    requests: int
    duration_us: int
    p50_us: int
    p99_us: int
    errors: int


class Driver:
    """Holds a connection to watch PostgreSQL with, and a folder for wrk's files."""

    def __init__(self, dsn: str, token: str) -> None:
        self._dsn = dsn
        self._token = token
        self._numbers = itertools.count(NUMBERS_A_BURST, NUMBERS_A_BURST)
        self._folder = tempfile.TemporaryDirectory(prefix="icosa-bench-")
        self._wrk = _wrk()
        self._pgbench = find_binaries(None).folder / "pgbench"

    async def __aenter__(self) -> Driver:
        self._watch = await asyncpg.connect(self._dsn)
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _failure: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self._watch.close()
        self._folder.cleanup()

    async def burst(
        self, server: Server, workload: Workload, *, connections: int, seconds: float
    ) -> Burst:
        """Raises `BurstFailed`."""
        path = Path(self._folder.name) / f"{workload.name.replace(' ', '-')}-{server.name}"
        if not path.exists():
            path.write_bytes(workload.file(server.host, self._token))
        server_before, postgres_before = await self._used(server)
        said = await self._run_wrk(server, path, connections=connections, seconds=seconds)
        server_after, postgres_after = await self._used(server)
        if said.errors or not said.requests:
            raise BurstFailed(
                f"{server.name}, {workload.name}: {said.errors} of {said.requests} failed"
            )
        return Burst(
            requests=said.requests,
            rate=said.requests / said.duration_us * 1e6,
            p50_ms=said.p50_us / 1e3,
            p99_ms=said.p99_us / 1e3,
            server_ms=(server_after - server_before) / said.requests / NS_A_MS,
            postgres_ms=(postgres_after - postgres_before) / said.requests / NS_A_MS,
        )

    async def pgbench(
        self, text: str, parameters: Sequence[str | None], *, seconds: float
    ) -> PgbenchRun | None:
        """The same statement with the same parameters; None where one of them is null."""
        if None in parameters:
            return None
        path = Path(self._folder.name) / "statement.sql"
        path.write_text(pgbench_script(text, len(parameters)))
        process = await asyncio.create_subprocess_exec(
            self._pgbench,
            "--no-vacuum",
            "--protocol=prepared",
            f"--client={PGBENCH_CLIENTS}",
            f"--time={seconds + 2 * PGBENCH_SETTLE_S:.0f}",
            f"--file={path}",
            *(f"--define=p{n}={value}" for n, value in enumerate(parameters, 1)),
            self._dsn,
            stdout=PIPE,
            stderr=DEVNULL,
        )
        await asyncio.sleep(PGBENCH_SETTLE_S)
        backends = await self._backends("pgbench")
        loop = asyncio.get_running_loop()
        before, start = cpu_ns(backends), loop.time()
        await asyncio.sleep(seconds)
        used_ms, passed_s = (cpu_ns(backends) - before) / NS_A_MS, loop.time() - start
        printed, _ = await process.communicate()
        rates = [
            float(line.split()[2]) for line in printed.decode().splitlines() if line[:3] == "tps"
        ]
        if process.returncode or not rates:
            return None
        return PgbenchRun(rate=rates[0], postgres_ms=used_ms / passed_s / rates[0])

    async def _used(self, server: Server) -> tuple[int, int]:
        """CPU so far, in ns: of the server, of its backends."""
        backends = await self._backends(server.application_name)
        return cpu_ns([server.pid]), cpu_ns(backends)

    async def _backends(self, application_name: str) -> list[int]:
        return [row[0] for row in await self._watch.fetch(_BACKENDS, application_name)]

    async def _run_wrk(
        self, server: Server, requests: Path, *, connections: int, seconds: float
    ) -> _Said:
        process = await asyncio.create_subprocess_exec(
            self._wrk,
            "--threads=1",
            f"--connections={connections}",
            f"--duration={seconds:.0f}s",
            "--timeout=10s",
            f"--script={SCRIPT}",
            server.url,
            "--",
            str(requests),
            str(next(self._numbers)),
            stdout=PIPE,
        )
        printed, _ = await process.communicate()
        if process.returncode:
            raise BurstFailed(f"wrk failed: {printed.decode()}")
        return msgspec.json.decode(printed.splitlines()[-1], type=_Said)


def pgbench_script(text: str, parameters: int) -> str:
    """`$1` is `:p1`. pgbench would take `HH24:MI` in a literal for a variable too."""
    parts = text.split("'")
    for index in range(1, len(parts), 2):  # the insides of literals
        if ":" in parts[index]:
            escaped = parts[index].replace("\\", "\\\\").replace(":", "\\x3a")
            parts[index] = escaped
            parts[index - 1] += "E"
    script = "'".join(parts)
    for number in range(parameters, 0, -1):
        script = script.replace(f"${number}", f":p{number}")
    return script + ";\n"


def _wrk() -> str:
    found = shutil.which("wrk")
    if found is None:
        raise ToolMissing(
            "`make bench` needs the load generator wrk. On Debian and Ubuntu: apt install wrk; "
            "on macOS: brew install wrk."
        )
    return found
