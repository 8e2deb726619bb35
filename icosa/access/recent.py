"""What was read a moment ago: bounded in number and in age, dropped a workspace at a time.

A change of access is announced on the channel `icosa_access` (migration 0002), and what concerns
its workspace is dropped at once. Where an announcement is lost, nothing outlives `AGE_MAX_S`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

CHANNEL: Final = "icosa_access"
AGE_MAX_S: Final = 5.0
SIZE_MAX: Final = 10_000


class Recent(Generic[Key, Value]):
    """All entries live equally long at most, so the oldest is the one to go when it is full."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, size: int = SIZE_MAX):
        self._clock = clock
        self._size = size
        self._entries: dict[Key, tuple[float, str, Value]] = {}
        self._drops = 0

    def get(self, key: Key) -> Value | None:
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry[0] > self._clock():
            return entry[2]
        del self._entries[key]
        return None

    def mark(self) -> int:
        """Take it before reading what you mean to put in."""
        return self._drops

    def put(
        self, key: Key, value: Value, *, workspace_id: str, mark: int, seconds: float = AGE_MAX_S
    ) -> None:
        """Keeps `value`, unless something was dropped since `mark`: it may be outdated already."""
        if mark != self._drops:
            return
        self._entries.pop(key, None)
        if len(self._entries) >= self._size:
            del self._entries[next(iter(self._entries))]
        until = self._clock() + min(seconds, AGE_MAX_S)
        self._entries[key] = (until, workspace_id, value)

    def drop(self, payload: str | None) -> None:
        """The payload of an announcement: a workspace's id; empty or None for all of them."""
        self._drops += 1
        if not payload:
            self._entries.clear()
            return
        self._entries = {k: entry for k, entry in self._entries.items() if entry[1] != payload}
