"""Pages of objects, fields and indexes, cut from a snapshot in memory, newest first.

REST (contract, B.2) names a page by the id beside it, so that a page stays where it is while
things are made; GraphQL (A.4) by a place in the list. The order is that of ids, descending:
ids are lower-case UUIDs, whose order as texts is their order as UUIDs.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from icosa.core.errors import ArgumentsConflict, CursorInvalid, FirstInvalid, RequestInvalid
from icosa.core.identity import is_uuid

REST_DEFAULT: Final = 60
REST_MAX: Final = 200
GRAPHQL_DEFAULT: Final = 10
GRAPHQL_MAX: Final = 1_000

_CURSOR: Final = re.compile(r"arrayconnection:(\d{1,9})")
_CURSOR_LENGTH_MAX: Final = 100


class Identified(Protocol):
    """What has an id: all that these pages hold."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Identified)


def newest_first(things: Sequence[T]) -> list[T]:
    return sorted(things, key=lambda thing: thing.id, reverse=True)


# -- REST ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """What of a list is asked for; at most one of the two ids is set."""

    limit: int
    after: str | None
    before: str | None


def read_window(parameters: Mapping[str, str]) -> Window:
    """Raises `FirstInvalid`, `ArgumentsConflict`, `CursorInvalid`."""
    after = parameters.get("starting_after") or None
    before = parameters.get("ending_before") or None
    if after is not None and before is not None:
        raise ArgumentsConflict("'starting_after' and 'ending_before' cannot be used together.")
    for cursor in (after, before):
        if cursor is not None and not is_uuid(cursor):
            raise CursorInvalid(f"Invalid cursor: {cursor[:200]}", hint="A cursor is an id.")
    return Window(_limit(parameters.get("limit", "")), _lower(after), _lower(before))


def cut(things: Sequence[T], window: Window) -> tuple[list[T], dict[str, object]]:
    """A page of `things`, which are in descending order, and its `pageInfo`."""
    if window.before is not None:
        rest = [thing for thing in things if thing.id > window.before]
        page = rest[-window.limit :] if window.limit else []
    else:
        after = window.after
        rest = [thing for thing in things if after is None or thing.id < after]
        page = rest[: window.limit]
    return page, {
        "hasNextPage": len(rest) > len(page),
        "startCursor": page[0].id if page else None,
        "endCursor": page[-1].id if page else None,
    }


def _limit(text: str) -> int:
    """What is over the maximum becomes the maximum."""
    if not text:
        return REST_DEFAULT
    if not text.isascii() or not text.isdigit():
        raise FirstInvalid(f"limit '{text[:100]}' is invalid. Should be an integer")
    return min(int(text[:9]), REST_MAX)


def _lower(cursor: str | None) -> str | None:
    return None if cursor is None else cursor.lower()


# -- GraphQL ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slice:
    """A connection: the things of a page, the place of the first, and what is beside it."""

    start: int
    end: int
    total: int

    def page_info(self) -> dict[str, object]:
        is_empty = self.start >= self.end
        return {
            "hasNextPage": self.end < self.total,
            "hasPreviousPage": self.start > 0,
            "startCursor": None if is_empty else encode_cursor(self.start),
            "endCursor": None if is_empty else encode_cursor(self.end - 1),
        }


def read_slice(paging: Mapping[str, object], total: int) -> Slice:
    """A page of a list of `total` things (Relay's cursor connections, 4.4).

    Raises `RequestInvalid`, `CursorInvalid`. `last` alone gives the last page.
    """
    first, last = _count(paging, "first"), _count(paging, "last")
    if first is not None and last is not None:
        raise RequestInvalid("Cannot be used with `before` , `last`.", path=("paging", "first"))
    start, end = 0, total
    after, before = paging.get("after"), paging.get("before")
    if after is not None:
        start = min(decode_cursor(str(after)) + 1, total)
    if before is not None:
        end = min(decode_cursor(str(before)), total)
    if last is not None:
        start = max(start, end - last)
    else:
        end = min(end, start + (GRAPHQL_DEFAULT if first is None else first))
    return Slice(start, max(start, end), total)


def encode_cursor(place: int) -> str:
    return base64.b64encode(f"arrayconnection:{place}".encode()).decode()


def decode_cursor(cursor: str) -> int:
    """Raises `CursorInvalid`."""
    found = None
    if len(cursor) <= _CURSOR_LENGTH_MAX:
        try:
            text = base64.b64decode(cursor, validate=True).decode("ascii")
            found = _CURSOR.fullmatch(text)
        except (binascii.Error, UnicodeDecodeError, ValueError):
            found = None
    if found is None:
        raise CursorInvalid(f"Invalid cursor: {cursor[:200]}")
    return int(found[1])


def _count(paging: Mapping[str, object], name: str) -> int | None:
    count = paging.get(name)
    if not isinstance(count, int):
        return None
    if count < 0:
        raise RequestInvalid(f"{name} must not be less than 0", path=("paging", name))
    if count > GRAPHQL_MAX:
        raise RequestInvalid(
            f"Field paging.{name} max allowed value is `{GRAPHQL_MAX}`.", path=("paging", name)
        )
    return count
