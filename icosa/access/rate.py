"""How many requests a minute an API key may make: a token bucket for each key that calls.

Each process counts its own, so the limit of a server with several workers is a ceiling for
each of them. A key that has been silent long enough for its bucket to be full is forgotten.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from icosa.core.errors import RateLimited

MINUTE_S: Final = 60.0
KEYS_MAX: Final = 10_000  # then those that are full again are dropped


class Rate:
    """Unlimited when `limit` is None."""

    def __init__(self, limit: int | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}  # tokens left, and when that was

    def take(self, key_id: str) -> None:
        """One request of a key. Raises `RateLimited`, which says when to come again."""
        if self._limit is None:
            return
        now = self._clock()
        per_second = self._limit / MINUTE_S
        left, then = self._buckets.get(key_id, (float(self._limit), now))
        left = min(float(self._limit), left + (now - then) * per_second)
        if left < 1:
            raise RateLimited(self._limit, seconds=(1 - left) / per_second)
        if key_id not in self._buckets and len(self._buckets) >= KEYS_MAX:
            self._forget(now, per_second)
        self._buckets[key_id] = (left - 1, now)

    def _forget(self, now: float, per_second: float) -> None:
        assert self._limit is not None
        self._buckets = {
            key: (left, then)
            for key, (left, then) in self._buckets.items()
            if left + (now - then) * per_second < self._limit
        }
