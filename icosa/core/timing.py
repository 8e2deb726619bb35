"""Where the time of one request goes, for its `Server-Timing` header.

Each request runs in a context of its own, so whoever spends the time adds it to the current
`Timing`, and nobody needs to pass it along.
"""

from __future__ import annotations

from contextvars import ContextVar
from time import perf_counter
from typing import Final


class Timing:
    """Seconds. `parse` ends when the engine is first asked."""

    __slots__ = ("db", "parsed_at", "plan", "started_at")

    def __init__(self) -> None:
        self.started_at = perf_counter()
        self.parsed_at = 0.0
        self.plan = 0.0
        self.db = 0.0

    def header(self) -> bytes:
        """W3C Server Timing: durations in milliseconds."""
        total = perf_counter() - self.started_at
        parse = (self.parsed_at - self.started_at) if self.parsed_at else total
        return b"parse;dur=%.3f, plan;dur=%.3f, db;dur=%.3f, total;dur=%.3f" % (
            parse * 1000,
            self.plan * 1000,
            self.db * 1000,
            total * 1000,
        )


CURRENT: Final[ContextVar[Timing | None]] = ContextVar("timing", default=None)
