"""The one connection of a process that waits for PostgreSQL's notifications.

It is never used for anything else, so that it is there when a notification comes. A notification
sent while the connection was lost is lost too: after each reconnect every callback is called with
None, which means "you may have missed something".
"""

import asyncio
from collections.abc import Awaitable, Callable

from icosa.db.connection import CONNECTION_FAILURES, DatabaseUnavailable, DriverConnection

Callback = Callable[[str | None], None]

RECONNECT_DELAY_FIRST_S = 0.05
RECONNECT_DELAY_MAX_S = 5.0
# Half-open connections (a vanished host, a forgetful firewall) are noticed by asking.
PROBE_INTERVAL_S = 60.0
PROBE_TIMEOUT_S = 10.0


class Listener:
    """Listens to any number of channels on one connection and reconnects by itself."""

    def __init__(self, connect: Callable[[], Awaitable[DriverConnection]]) -> None:
        self._connect = connect
        self._callbacks: dict[str, list[Callback]] = {}
        self._connection: DriverConnection | None = None
        self._lost = asyncio.Event()
        self._changing = asyncio.Lock()
        self._watch_task: asyncio.Task[None] | None = None

    async def listen(self, channel: str, callback: Callback) -> None:
        """Calls `callback` with each payload; listening has begun when this returns."""
        async with self._changing:
            is_new = channel not in self._callbacks
            self._callbacks.setdefault(channel, []).append(callback)
            if self._watch_task is None:
                await self._open()
                self._watch_task = asyncio.create_task(self._watch())
            elif is_new and self._connection is not None:
                await self._connection.add_listener(channel, self._deliver)

    async def close(self) -> None:
        if self._watch_task is not None:
            self._watch_task.cancel()
            await asyncio.gather(self._watch_task, return_exceptions=True)
        if self._connection is not None:
            self._connection.terminate()

    async def _open(self) -> None:
        connection = await self._connect()
        self._lost.clear()
        connection.add_termination_listener(self._note_loss)
        for channel in self._callbacks:
            await connection.add_listener(channel, self._deliver)
        self._connection = connection

    async def _watch(self) -> None:
        while True:
            await self._until_lost()
            delay_s = RECONNECT_DELAY_FIRST_S
            while not await self._reopened():
                await asyncio.sleep(delay_s)
                delay_s = min(delay_s * 2, RECONNECT_DELAY_MAX_S)
            for callback in [each for listed in self._callbacks.values() for each in listed]:
                callback(None)

    async def _until_lost(self) -> None:
        while self._connection is not None:
            try:
                await asyncio.wait_for(self._lost.wait(), PROBE_INTERVAL_S)
            except TimeoutError:
                await self._probe(self._connection)
            else:
                self._connection = None

    async def _probe(self, connection: DriverConnection) -> None:
        try:
            await connection.execute("select 1", timeout=PROBE_TIMEOUT_S)
        except CONNECTION_FAILURES:
            connection.terminate()
            self._connection = None

    async def _reopened(self) -> bool:
        async with self._changing:
            try:
                await self._open()
            except DatabaseUnavailable:
                return False
            return True

    def _note_loss(self, _connection: object) -> None:
        self._lost.set()

    def _deliver(self, _connection: object, _pid: int, channel: str, payload: object) -> None:
        for callback in self._callbacks[channel]:
            callback(str(payload))
