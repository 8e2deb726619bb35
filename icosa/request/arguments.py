"""The arguments of a list -> `Arguments`, with the contract's errors (A0, A4).

Called for GraphQL's root fields and nested connections; REST builds the same mapping from
its query string, so a fault is worded once. An argument that is null counts as absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from icosa.core.errors import (
    ArgumentInvalid,
    ArgumentsConflict,
    FirstInvalid,
    LastInvalid,
    OrderInvalid,
)
from icosa.request.cursor import decode_cursor
from icosa.request.ir import Arguments, Node, OrderKey
from icosa.request.limits import OFFSET_MAX, ORDER_KEYS_MAX
from icosa.request.shaping import shape_filter

LIST_ARGUMENTS: Final = ("first", "last", "before", "after", "offset", "filter", "orderBy")


def read_arguments(raw: Mapping[str, object], values: list[object]) -> Arguments:
    """Raises `ArgumentInvalid`, `ArgumentsConflict`, `FirstInvalid`, `LastInvalid`, …"""
    if not raw:
        return Arguments()
    first = _count(raw, "first")
    last = _count(raw, "last")
    offset = _count(raw, "offset") or 0
    before = _text(raw, "before")
    after = _text(raw, "after")
    _check_conflicts(first=first, last=last, before=before, after=after)
    cursor = before if before is not None else after
    return Arguments(
        filter=read_filter(raw.get("filter"), values),
        order=read_order(raw.get("orderBy")),
        limit=first if last is None else last,
        backward=before is not None or last is not None,
        cursor=None if cursor is None else decode_cursor(cursor, values),
        offset=min(max(offset, 0), OFFSET_MAX),
    )


def read_filter(raw: object, values: list[object]) -> Node | None:
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise ArgumentInvalid('Invalid argument: "filter" must be an object', path=("filter",))
    return shape_filter(raw, values) if raw else None


def read_order(raw: object, argument: str = "orderBy") -> tuple[OrderKey, ...]:
    """A single object stands for a list of one; an object may hold several keys."""
    if raw is None:
        return ()
    items = [raw] if isinstance(raw, dict) else raw
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ArgumentInvalid(f'Invalid argument: "{argument}" must be an array', path=(argument,))
    keys: list[OrderKey] = []
    for item in items:
        for name, value in item.items():
            keys.extend(_order_keys((name,), value))
    if len(keys) > ORDER_KEYS_MAX:
        raise OrderInvalid(f"Too many fields to order by. Maximum is {ORDER_KEYS_MAX}")
    return tuple(keys)


def _order_keys(path: tuple[str, ...], value: object) -> list[OrderKey]:
    """Every leaf is a key, in the caller's order; a null leaf is none."""
    if value is None:
        return []
    if isinstance(value, dict) and value and len(path) <= ORDER_KEYS_MAX:
        return [key for name, inner in value.items() for key in _order_keys((*path, name), inner)]
    return [OrderKey(path, value if isinstance(value, str) else None)]


def _count(raw: Mapping[str, object], name: str) -> int | None:
    value = raw.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ArgumentInvalid(f'Invalid argument: "{name}" must be a number', path=(name,))
    return int(value)


def _text(raw: Mapping[str, object], name: str) -> str | None:
    value = raw.get(name)
    if value is None or isinstance(value, str):
        return value
    raise ArgumentInvalid(f'Invalid argument: "{name}" must be a string', path=(name,))


def _check_conflicts(
    *, first: int | None, last: int | None, before: str | None, after: str | None
) -> None:
    if first is not None and last is not None:
        raise ArgumentsConflict("Cannot provide both first and last", path=("last",))
    if before is not None and after is not None:
        raise ArgumentsConflict("Cannot provide both before and after", path=("before",))
    if before is not None and first is not None:
        raise ArgumentsConflict("Cannot provide both before and first", path=("first",))
    if after is not None and last is not None:
        raise ArgumentsConflict("Cannot provide both after and last", path=("last",))
    if first is not None and first < 0:
        raise FirstInvalid("First argument must be non-negative", path=("first",))
    if last is not None and last < 0:
        raise LastInvalid("Last argument must be non-negative", path=("last",))
