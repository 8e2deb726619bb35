"""Cursors: base64 of the JSON of a record's order keys and id (records contract, A2).

`{"name":{"firstName":"Alice"},"id":"…"}`. A cursor names its keys, so that a cursor made
under one order is refused under another. Decoding gives a shape and values, as a filter
does: whether a key is null decides which ranges of the order are read.
"""

from __future__ import annotations

import base64
import binascii

import msgspec

from icosa.core.errors import CursorInvalid
from icosa.request.ir import Entries, Node
from icosa.request.limits import CURSOR_BYTES_MAX
from icosa.request.shaping import operand


def encode_cursor(keys: bytes) -> bytes:
    """The cursor of a record, from the JSON of its keys."""
    return base64.b64encode(keys)


def decode_cursor(cursor: str, values: list[object]) -> Node:
    """Raises `CursorInvalid`."""
    try:
        if len(cursor) > CURSOR_BYTES_MAX:
            raise ValueError(cursor)
        keys = msgspec.json.decode(base64.b64decode(cursor, validate=True))
        if not isinstance(keys, dict) or "id" not in keys:
            raise ValueError(cursor)
    except (ValueError, binascii.Error, msgspec.DecodeError, RecursionError):
        raise CursorInvalid(f"Invalid cursor: {cursor[:200]}") from None
    return _shape_keys(keys, values, 4)


def _shape_keys(keys: dict[str, object], values: list[object], depth: int) -> Entries:
    entries: list[tuple[str, Node]] = []
    for name, value in keys.items():
        if isinstance(value, dict) and depth:
            entries.append((name, _shape_keys(value, values, depth - 1)))
        else:
            entries.append((name, operand(value, values)))
    return Entries(tuple(entries))
