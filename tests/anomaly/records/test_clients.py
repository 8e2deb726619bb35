"""A client that goes away: its statement is cancelled, and the connection serves the next one."""

import asyncio
from collections.abc import Iterator, MutableMapping
from typing import Any

import asyncpg
import pytest

from tests.build import Running, furnished_database, running
from tests.postgres import TestServer

WAITING = """
select count(*) from pg_stat_activity
where datname = current_database() and wait_event_type = 'Lock' and state = 'active'"""


@pytest.fixture(scope="module")
def app(server: TestServer, template_database: str) -> Iterator[Running]:
    with running(server, furnished_database(server, template_database)) as app:
        app.create("companies", {"name": "One"})
        yield app


class Asking:
    """One request to /rest/companies, whose client may hang up."""

    def __init__(self, app: Running) -> None:
        self._app = app
        self._gone = asyncio.Event()
        self._asked = False
        self.task = asyncio.create_task(self._run())

    def hang_up(self) -> None:
        self._gone.set()

    async def _run(self) -> None:
        scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "path": "/rest/companies",
            "query_string": b"",
            "headers": [(b"authorization", f"Bearer {self._app.api_key}".encode())],
            "client": ("127.0.0.1", 1),
        }
        await self._app.app(scope, self._receive, self._send)

    async def _receive(self) -> MutableMapping[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        pass


async def waiting(connection: "asyncpg.Connection[asyncpg.Record]", count: int) -> bool:
    """Whether so many statements wait for a lock, within five seconds."""
    for _ in range(100):
        if await connection.fetchval(WAITING) == count:
            return True
        await asyncio.sleep(0.05)
    return False


async def locked_out(app: Running, schema: str, *, by_hanging_up: bool) -> bool:
    """Starts a request that waits for a lock, lets its client go; whether its statement ended."""
    holder = await asyncpg.connect(app.dsn)
    watcher = await asyncpg.connect(app.dsn)
    try:
        async with holder.transaction():
            await holder.execute(f'lock table "{schema}"."company" in access exclusive mode')
            asking = Asking(app)
            assert await waiting(watcher, 1), "the request waits"
            if by_hanging_up:
                asking.hang_up()
            else:
                asking.task.cancel()
            ended = await waiting(watcher, 0)
        await asyncio.wait([asking.task], timeout=15)
        return ended
    finally:
        await holder.close()
        await watcher.close()


def test_a_cancelled_request_cancels_its_statement(app: Running) -> None:
    assert app.run(locked_out(app, app.schema(), by_hanging_up=False))
    assert app.rest("GET", "companies").json()["totalCount"] == 1


def test_a_client_that_hangs_up_cancels_its_statement(app: Running) -> None:
    assert app.run(locked_out(app, app.schema(), by_hanging_up=True))
    assert app.rest("GET", "companies").json()["totalCount"] == 1
