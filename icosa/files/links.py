"""Signed links: `/files/<id>?expires=<seconds since 1970>&signature=<hex>`.

PostgreSQL makes them where a FILES field is read (`icosa.file_url`, migration 0003), so that
nothing is done per row here; this is the same formula for the check. The key comes from the
installation's secret, and only ever travels as a session setting.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable
from typing import Final

_PURPOSE: Final = b"icosa files"
PREFIX: Final = "/files/"


def files_key(secret: str) -> str:
    return hmac.new(secret.encode(), _PURPOSE, hashlib.sha256).hexdigest()


def signature(key: str, file_id: str, expires: int) -> str:
    inner = hashlib.sha256(f"{key}{file_id}:{expires}".encode()).hexdigest()
    return hashlib.sha256(f"{key}{inner}".encode()).hexdigest()


class Links:
    def __init__(self, key: str, *, clock: Callable[[], float] = time.time) -> None:
        self._key = key
        self._clock = clock

    def is_good(self, file_id: str, expires: str, given: str) -> bool:
        """Whether a link is one of ours and not expired."""
        if not expires.isascii() or not expires.isdigit() or len(expires) > 12:
            return False
        if int(expires) < self._clock():
            return False
        return hmac.compare_digest(signature(self._key, file_id, int(expires)), given)
