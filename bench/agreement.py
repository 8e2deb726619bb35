"""Whether Icosa and the yardstick give the same answers, and by how many statements.

Reads must agree to the byte. What a write makes has ids, times and positions of its own, so
there the rest must agree. PostgreSQL's log tells the statements, and the values they ran with.
"""

from __future__ import annotations

import asyncio
import http.client
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import msgspec

from bench.servers import Server
from bench.workload import Request, Workload

COMPARED_MAX = 100  # requests of a workload
COUNTED = 20
LOG_SETTLE_S = 0.2
_OWN = frozenset({"id", "createdAt", "updatedAt", "position"})
_EMAIL = re.compile(r"(?<=\.)\d{10}(?=@created\.example)")
_PREFIX = "bench "
# What Icosa does beside requests: it folds totals, and notes that a key was used.
_BESIDE = ("with folded", "update icosa.api_key")
_PARAMETER = re.compile(r"\$\d+ = (?:'((?:[^']|'')*)'|(NULL))")


class Disagreement(Exception):
    """The two answer differently; the message holds both."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A statement that ran, and its parameters as text."""

    text: str
    parameters: tuple[str | None, ...]


class Client:
    """One connection to a server."""

    def __init__(self, server: Server, token: str) -> None:
        self._connection = http.client.HTTPConnection(server.host, timeout=30)
        self._token = token
        self.name = server.name

    def send(self, request: Request) -> bytes:
        """The body. Raises `Disagreement` for a status that is no success."""
        headers = request.headers(self._token)
        self._connection.request(
            request.method, request.path, body=request.body or None, headers=headers
        )
        response = self._connection.getresponse()
        body = response.read()
        if response.status >= 300 or b'"errors"' in body[:200]:
            raise Disagreement(f"{self.name} answers {response.status}: {body[:500]!r}")
        return body


def compare(workload: Workload, ours: Client, theirs: Client) -> None:
    """Raises `Disagreement`."""
    for number, request in enumerate(workload.requests[:COMPARED_MAX]):
        left = ours.send(request.numbered(2 * number))
        right = theirs.send(request.numbered(2 * number + 1))
        if not workload.is_read:
            left, right = _blurred(left), _blurred(right)
        if left != right:
            raise Disagreement(
                f"{workload.name}: {request.path}\n{ours.name}: {_text(left)}\n"
                f"{theirs.name}: {_text(right)}"
            )


def _blurred(body: bytes) -> bytes:
    """Without what is each record's own."""

    def blur(value: object) -> object:
        if isinstance(value, dict):
            return {key: None if key in _OWN else blur(of) for key, of in value.items()}
        if isinstance(value, list):
            return [blur(item) for item in value]
        if isinstance(value, str):
            return re.sub(r"Title \d{10}|title|'\d{10}'(:\d+)?", "", _EMAIL.sub("", value))
        return value

    return msgspec.json.encode(blur(msgspec.json.decode(body)))


def _text(body: bytes) -> str:
    return body[:3_000].decode()


class StatementLog:
    """PostgreSQL's own log, with every statement in it while somebody looks."""

    def __init__(self, connection: asyncpg.Connection[asyncpg.Record], path: Path) -> None:
        self._connection = connection
        self._path = path

    @classmethod
    @asynccontextmanager
    async def open(cls, dsn: str) -> AsyncIterator[StatementLog]:
        connection = await asyncpg.connect(dsn)
        try:
            folder = await connection.fetchval("show data_directory")
            yield cls(connection, Path(folder).parent / "postgres.log")
        finally:
            await connection.close()

    async def of(self, client: Client, workload: Workload) -> tuple[float, Logged]:
        """The statements of a request on the average, and the last one."""
        client.send(
            workload.requests[0].numbered(2 * COMPARED_MAX)
        )  # who calls, and the plan, are kept now
        start = self._path.stat().st_size
        await self._switch("all")
        sent = [
            client.send(workload.requests[n % len(workload.requests)].numbered(n))
            for n in range(2 * COMPARED_MAX + 1, 2 * COMPARED_MAX + 1 + COUNTED)
        ]
        await self._switch("none")
        found = _logged(self._path.read_bytes()[start:].decode(), client.name.lower())
        if not found:
            raise Disagreement(f"{workload.name}: no statement was logged")
        return len(found) / len(sent), found[-1]

    async def _switch(self, which: str) -> None:
        await self._connection.execute(f"alter system set log_statement = '{which}'")
        await self._connection.execute(f"alter system set log_line_prefix = '{_PREFIX}%a '")
        await self._connection.execute("select pg_reload_conf()")
        await asyncio.sleep(LOG_SETTLE_S)


def _logged(log: str, application_name: str) -> list[Logged]:
    found: list[Logged] = []
    begin = f"{_PREFIX}{application_name} "
    for entry in re.split(rf"^(?={_PREFIX})", log, flags=re.MULTILINE):
        if not entry.startswith(begin):
            continue
        kind, _, rest = entry.removeprefix(begin).partition(":  ")
        if kind == "LOG" and rest.startswith(("execute ", "statement: ")):
            text = rest.partition(": ")[2].replace("\n\t", "\n").strip()
            found.append(Logged(text, ()))
        elif kind == "DETAIL" and found:
            found[-1] = Logged(found[-1].text, _parameters(rest))
    return [each for each in found if not each.text.startswith(_BESIDE)]


def _parameters(text: str) -> tuple[str | None, ...]:
    """`Parameters: $1 = 'it''s', $2 = NULL`."""
    return tuple(
        None if match[2] else match[1].replace("''", "'") for match in _PARAMETER.finditer(text)
    )
