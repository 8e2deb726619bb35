"""A client that hangs up while its request is worked on: the work is cancelled, statement and all.

Nobody waits for the answer any more, and a statement that runs on would keep a connection from
those who do. Looking begins only after `PATIENCE`, so that an ordinary request pays for one timer
and no task.
"""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Final

from icosa.http.exchange import Receive

PATIENCE: Final = 0.25  # seconds


class ClientGone(Exception):
    """There is nobody to answer."""


class Attended:
    """`with Attended(receive):` work for a client whose body has been read to its end.

    Raises `ClientGone` in place of the work's cancellation when the client has left.
    """

    __slots__ = ("_gone", "_receive", "_task", "_timer", "_watcher")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._gone = False
        self._watcher: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        self._task = asyncio.current_task()
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._watch)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()
        if self._gone and isinstance(value, asyncio.CancelledError):
            assert self._task is not None
            self._task.uncancel()
            raise ClientGone from None

    def _watch(self) -> None:
        self._watcher = asyncio.create_task(self._until_gone())

    async def _until_gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        assert self._task is not None
        self._gone = True
        self._task.cancel()
