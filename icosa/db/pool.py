"""The narrow door to PostgreSQL: statements, transactions and notifications.

asyncpg's own pool is deliberately absent: it asks the server to reset a connection after each use,
which costs five times the CPU of the statement. Nothing here leaves state on a connection, so there
is nothing to reset. A connection that was lost frees its place, and the next who needs one opens a
new one; a connection whose statement was cancelled is brought back to order in the background.

Errors: `asyncpg.PostgresError` where PostgreSQL refused a statement (db/failures.py reads its
SQLSTATE), `DatabaseUnavailable` where there was no connection, or it was lost on the way: then
nobody can say whether the statement has run.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeAlias

import asyncpg

from icosa.db.connection import (
    CONNECTION_FAILURES,
    ConnectionOptions,
    DatabaseUnavailable,
    DriverConnection,
    Row,
    connect,
)
from icosa.db.listener import Callback, Listener

__all__ = ["Connection", "Database", "DatabaseUnavailable", "Row"]

# Statements are limited to less than this. Who waits longer has called too much at once, or holds
# a connection while waiting for another.
WAIT_TIMEOUT_S = 30.0
SWEEP_INTERVAL_S = 1.0
# How long a connection may take to come back to order after its statement was cancelled.
RECOVERY_TIMEOUT_S = 5.0
CLOSE_TIMEOUT_S = 5.0

Waiter: TypeAlias = "asyncio.Future[DriverConnection | None]"


class Pool:
    """At most `size` connections; whoever finds none idle waits in a queue, first come first."""

    def __init__(self, open_connection: Callable[[], Awaitable[DriverConnection]], size: int):
        self._open_connection = open_connection
        self._size = size
        self._places_taken = 0  # connections that are idle, in use, being opened or recovering
        # The most recently used comes first: its statements and the server's caches are warm.
        self._idle: list[DriverConnection] = []
        self._waiters: deque[tuple[float, Waiter]] = deque()  # and until when each waits
        self._sweep: asyncio.TimerHandle | None = None
        self._recoveries: set[asyncio.Task[None]] = set()
        self._closed = False

    async def fill(self) -> None:
        """Opens all connections at once, so that a wrong address is known at the start."""
        connections = await asyncio.gather(*(self._open() for _ in range(self._size)))
        self._idle.extend(connections)

    def take(self) -> DriverConnection | None:
        """An idle connection, if there is one; the way taken by nearly every statement."""
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
            self._places_taken -= 1
        return None

    async def wait(self) -> DriverConnection:
        """The next connection that becomes free, or a new one where a place is."""
        while not self._closed:
            if self._places_taken < self._size:
                return await self._open()
            connection = await self._next_given_back()
            if connection is not None:
                if not connection.is_closed():
                    return connection
                self._free_place()
        raise DatabaseUnavailable("The connections to PostgreSQL are closed: Icosa is stopping.")

    def give_back(self, connection: DriverConnection) -> None:
        if connection.is_closed():
            self._free_place()
        elif self._closed:
            connection.terminate()
            self._free_place()
        elif self._waiters:
            self._hand_over(connection)
        else:
            self._idle.append(connection)

    def give_back_after(self, connection: DriverConnection, failure: BaseException) -> None:
        """Raises `DatabaseUnavailable` if the failure is that the connection was lost."""
        if not isinstance(failure, Exception) and not connection.is_closed():
            recovery = asyncio.create_task(self._recover(connection))
            self._recoveries.add(recovery)
            recovery.add_done_callback(self._recoveries.discard)
            return
        self.give_back(connection)
        if connection.is_closed() and isinstance(failure, Exception):
            raise DatabaseUnavailable(
                f"The connection to PostgreSQL was lost: {failure}"
            ) from failure

    async def close(self) -> None:
        """Closes what is idle; what is in use is closed as it comes back."""
        self._closed = True
        while self._waiters:
            self._hand_over(None)
        if self._sweep is not None:
            self._sweep.cancel()
        if self._recoveries:
            await asyncio.wait(self._recoveries)
        idle, self._idle = self._idle, []
        await asyncio.gather(*(_close(connection) for connection in idle))

    async def _open(self) -> DriverConnection:
        self._places_taken += 1
        try:
            return await self._open_connection()
        except BaseException:
            self._free_place()
            raise

    async def _next_given_back(self) -> DriverConnection | None:
        loop = asyncio.get_running_loop()
        waiter: Waiter = loop.create_future()
        self._waiters.append((loop.time() + WAIT_TIMEOUT_S, waiter))
        if self._sweep is None:
            self._sweep = loop.call_later(SWEEP_INTERVAL_S, self._end_long_waits)
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                # It was handed over in the very moment in which the caller went away.
                connection = waiter.result()
                if connection is not None:
                    self.give_back(connection)
                else:
                    self._hand_over(None)
            raise

    def _end_long_waits(self) -> None:
        """One timer for all who wait: one each would cost more than the waiting does."""
        loop = asyncio.get_running_loop()
        while self._waiters and self._waiters[0][0] < loop.time():
            _, waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_exception(
                    DatabaseUnavailable(
                        f"No connection to PostgreSQL became free within {WAIT_TIMEOUT_S:.0f} s."
                    )
                )
        self._sweep = None
        if self._waiters:
            self._sweep = loop.call_later(SWEEP_INTERVAL_S, self._end_long_waits)

    def _free_place(self) -> None:
        self._places_taken -= 1
        self._hand_over(None)

    def _hand_over(self, connection: DriverConnection | None) -> None:
        """To the one who waits longest; None means "there is a place, open one yourself"."""
        while self._waiters:
            _, waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_result(connection)
                return
        if connection is not None:
            self._idle.append(connection)

    async def _recover(self, connection: DriverConnection) -> None:
        """Waits until the server has cancelled the statement, and leaves no transaction open."""
        try:
            await self._reset(connection)
        except CONNECTION_FAILURES:
            connection.terminate()
        self.give_back(connection)

    async def _reset(self, connection: DriverConnection) -> None:
        try:
            await connection.reset(timeout=RECOVERY_TIMEOUT_S)
        except asyncpg.QueryCanceledError:
            # The cancellation came late and met the reset in the statement's place.
            await connection.reset(timeout=RECOVERY_TIMEOUT_S)


class Connection:
    """One connection inside one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: DriverConnection) -> None:
        self._connection = connection

    async def row(self, text: str, params: Sequence[object] = ()) -> Row | None:
        return await self._connection.fetchrow(text, *params)

    async def rows(self, text: str, params: Sequence[object] = ()) -> list[Row]:
        return await self._connection.fetch(text, *params)

    async def execute(self, text: str, params: Sequence[object] = ()) -> int:
        """The number of rows that the statement wrote."""
        return _rows_written(await self._connection.execute(text, *params))

    async def execute_script(self, text: str) -> None:
        """Any number of statements without parameters."""
        await self._connection.execute(text)


class Database:
    """All connections of one process: for statements, for slow ones, and one that listens."""

    def __init__(self, fast: Pool, slow: Pool, listener: Listener) -> None:
        self._fast = fast
        self._slow = slow
        self._listener = listener

    @classmethod
    async def open(
        cls,
        dsn: str,
        *,
        size: int = 8,
        slow_size: int = 2,
        prepared: bool = True,
        statement_timeout_ms: int = 10_000,
        session: Mapping[str, str] | None = None,
    ) -> "Database":
        """`session` holds further settings of each connection, such as `icosa.files_url`."""
        options = ConnectionOptions(
            prepared=prepared,
            statement_timeout_ms=statement_timeout_ms,
            session=tuple((session or {}).items()),
        )
        open_connection = partial(connect, dsn, options)
        fast = Pool(open_connection, size)
        await fast.fill()
        return cls(fast, Pool(open_connection, slow_size), Listener(open_connection))

    async def close(self) -> None:
        await asyncio.gather(self._listener.close(), self._fast.close(), self._slow.close())

    async def row(
        self, text: str, params: Sequence[object] = (), *, slow: bool = False
    ) -> Row | None:
        """The first row of one statement, in a transaction of its own. The hot path."""
        pool = self._slow if slow else self._fast
        connection = pool.take() or await pool.wait()
        try:
            row = await connection.fetchrow(text, *params)
        except BaseException as failure:
            pool.give_back_after(connection, failure)
            raise
        pool.give_back(connection)
        return row

    async def rows(
        self, text: str, params: Sequence[object] = (), *, slow: bool = False
    ) -> list[Row]:
        async with self._taken(slow=slow) as connection:
            return await connection.fetch(text, *params)

    async def execute(self, text: str, params: Sequence[object] = (), *, slow: bool = False) -> int:
        """The number of rows that the statement wrote."""
        async with self._taken(slow=slow) as connection:
            return _rows_written(await connection.execute(text, *params))

    async def execute_script(self, text: str, *, timeout_ms: int | None = None) -> None:
        """Any number of statements without parameters, on a slow connection.

        A single statement runs outside a transaction block (`create index concurrently`), several
        are one transaction. `timeout_ms` replaces the connection's own limit; 0 is none.
        """
        async with self._taken(slow=True) as connection:
            if timeout_ms is None:
                await connection.execute(text)
                return
            await connection.execute(f"set statement_timeout = {timeout_ms:d}")
            try:
                await connection.execute(text)
            finally:
                await connection.execute("reset statement_timeout")

    @asynccontextmanager
    async def transaction(self, *, slow: bool = False) -> AsyncIterator[Connection]:
        """Commits at the end of the block, rolls back when the block raises."""
        async with self._taken(slow=slow) as connection, connection.transaction():
            yield Connection(connection)

    async def listen(self, channel: str, callback: Callback) -> None:
        """Calls `callback` with each payload sent to `channel`.

        None instead of a payload: the connection was lost for a while, and you may have missed
        something.
        """
        await self._listener.listen(channel, callback)

    @asynccontextmanager
    async def _taken(self, *, slow: bool) -> AsyncIterator[DriverConnection]:
        pool = self._slow if slow else self._fast
        connection = pool.take() or await pool.wait()
        try:
            yield connection
        except BaseException as failure:
            pool.give_back_after(connection, failure)
            raise
        pool.give_back(connection)


async def _close(connection: DriverConnection) -> None:
    try:
        await connection.close(timeout=CLOSE_TIMEOUT_S)
    except CONNECTION_FAILURES:
        connection.terminate()


def _rows_written(command_tag: str) -> int:
    """`INSERT 0 3` is 3; a command that writes no rows (`CREATE TABLE`) is 0."""
    count = command_tag.rpartition(" ")[2]
    return int(count) if count.isdecimal() else 0
