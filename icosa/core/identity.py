"""Ids and hashed names: UUIDv7 for records, UUIDv5 for the model, SHA-256 for indexes.

UUIDv7 (RFC 9562, 5.7) sorts by creation, so the default order of a list is the order in
which its records were made and new keys land at the end of the primary key's index. The
ids of one process strictly increase: 48 bits of milliseconds, then 12 bits of a counter
that moves on within a millisecond, then 62 random bits.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import threading
import time
import uuid
from typing import Final

_UUID: Final = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\Z"
)
_COUNTER_BITS: Final = 12
_PHYSICAL_NAME_KEPT: Final = 54  # leaves room for "_" and 8 hex digits within 63 bytes
_PHYSICAL_NAME_MAX: Final = 63


class RequestIds:
    """Ids for requests: short, unlike those of other processes, and very cheap."""

    def __init__(self) -> None:
        self._process = os.urandom(6).hex()
        self._numbers = itertools.count(1)

    def next(self) -> str:
        return f"{self._process}-{next(self._numbers):x}"


class RecordIds:
    """Makes UUIDv7 texts, each greater than the one before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0  # milliseconds and counter as one number

    def next(self) -> str:
        return self.take(1)[0]

    def take(self, count: int) -> list[str]:
        """`count` ids, in ascending order."""
        with self._lock:
            start = max(self._last + 1, time.time_ns() // 1_000_000 << _COUNTER_BITS)
            self._last = start + count - 1
        noise = os.urandom(8 * count)
        return [
            _version_7(start + index, int.from_bytes(noise[8 * index : 8 * index + 8], "big"))
            for index in range(count)
        ]


def is_uuid(text: object) -> bool:
    """Whether `text` is a UUID of any version in the usual 36 characters."""
    return isinstance(text, str) and _UUID.match(text) is not None


def derived_uuid(namespace: str, name: str) -> str:
    """The UUIDv5 (RFC 9562, 5.5) of `name` in the namespace of another UUID."""
    return str(uuid.uuid5(uuid.UUID(namespace), name))


def index_name(
    table: str, columns: tuple[str, ...], *, unique: bool = False, where: str = ""
) -> str:
    """`IDX_` + 27 hex digits of the SHA-256 of table and columns (metadata contract, C.9)."""
    digest = hashlib.sha256("".join((table, *columns, where)).encode()).hexdigest()[:27]
    return f"IDX_UNIQUE_{digest}" if unique else f"IDX_{digest}"


def physical_name(name: str) -> str:
    """`name` itself if PostgreSQL can hold it, else its start and a hash (amendments, 6)."""
    if len(name.encode()) <= _PHYSICAL_NAME_MAX:
        return name
    return f"{name[:_PHYSICAL_NAME_KEPT]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _version_7(stamp: int, noise: int) -> str:
    milliseconds = stamp >> _COUNTER_BITS
    counter = stamp & ((1 << _COUNTER_BITS) - 1)
    number = (
        (milliseconds & ((1 << 48) - 1)) << 80
        | 0x7 << 76
        | counter << 64
        | 0b10 << 62
        | (noise & ((1 << 62) - 1))
    )
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
