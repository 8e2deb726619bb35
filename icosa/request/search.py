"""What search is asked for, and its cursors (records contract, A1).

A cursor holds the ranks of the last hit and, of each kind of object seen so far, the last
record: `{"lastRanks":{"tsRankCD":0.1,"tsRank":0.06},"lastRecordIdsPerObject":{"person":"…"}}`.
The kind that was hit last stands last; that is what tells how far the walk has come among
hits of equal rank, where kinds follow each other.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from icosa.core.errors import ArgumentInvalid, CursorInvalid
from icosa.core.identity import is_uuid
from icosa.core.inspect import inspect
from icosa.fields.base import storable

LIMIT_MAX: Final = 100
TEXT_LENGTH_MAX: Final = 1_000
CURSOR_LENGTH_MAX: Final = 65_536  # it holds an id for each kind of object
_RANK_MIN, _RANK_MAX = 1e-30, 1e30  # of those that are not 0, as far as a `float4` goes

Hit = Mapping[str, object]  # with the names of the contract: recordId, label, tsRank, …


@dataclass(frozen=True, slots=True)
class SearchCursor:
    cover_rank: float  # tsRankCD
    rank: float  # tsRank
    ids: dict[str, str]  # nameSingular -> id; the last is of the last hit

    @property
    def last_object(self) -> str:
        return next(reversed(self.ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchArguments:
    text: str  # words with one space between; empty for all records
    limit: int
    after: SearchCursor | None
    included: tuple[str, ...]  # nameSingular; none means all
    excluded: tuple[str, ...]
    filter: Mapping[str, object]


def read_search(raw: Mapping[str, object]) -> SearchArguments:
    """From arguments by the contract's names; null counts as absent.

    Raises `ArgumentInvalid`, `CursorInvalid`.
    """
    text = raw.get("searchInput")
    if not isinstance(text, str):
        raise _no_string(text, "searchInput")
    if len(text) > TEXT_LENGTH_MAX:
        raise ArgumentInvalid(
            f"searchInput must be shorter than or equal to {TEXT_LENGTH_MAX} characters",
            path=("searchInput",),
        )
    after = raw.get("after")
    if after is not None and not isinstance(after, str):
        raise _no_string(after, "after")
    found = raw.get("filter")
    if found is not None and not isinstance(found, Mapping):
        raise ArgumentInvalid('Invalid argument: "filter" must be an object', path=("filter",))
    return SearchArguments(
        text=" ".join(storable(text).split()),
        limit=_limit(raw.get("limit")),
        after=None if after is None else decode_search_cursor(after),
        included=_names(raw, "includedObjectNameSingulars"),
        excluded=_names(raw, "excludedObjectNameSingulars"),
        filter=found or {},
    )


def decode_search_cursor(cursor: str) -> SearchCursor:
    """Raises `CursorInvalid`."""
    try:
        if len(cursor) > CURSOR_LENGTH_MAX:
            raise ValueError(cursor)
        match msgspec.json.decode(base64.b64decode(cursor, validate=True)):
            case {
                "lastRanks": {"tsRankCD": cover, "tsRank": rank},
                "lastRecordIdsPerObject": dict() as ids,
            } if _is_rank(cover) and _is_rank(rank) and ids and all(map(is_uuid, ids.values())):
                return SearchCursor(cover, rank, ids)
            case _:
                raise ValueError(cursor)
    except (ValueError, binascii.Error, msgspec.DecodeError, RecursionError):
        raise CursorInvalid(f"Invalid cursor: {cursor[:200]}") from None


def encode_search_cursors(hits: Sequence[Hit], after: SearchCursor | None) -> list[str]:
    """The cursor of each hit of a page."""
    ids = {} if after is None else dict(after.ids)
    cursors: list[str] = []
    for hit in hits:
        name = str(hit["objectNameSingular"])
        ids.pop(name, None)
        ids[name] = str(hit["recordId"])
        content = {
            "lastRanks": {"tsRankCD": hit["tsRankCD"], "tsRank": hit["tsRank"]},
            "lastRecordIdsPerObject": ids,
        }
        cursors.append(base64.b64encode(msgspec.json.encode(content)).decode())
    return cursors


def _is_rank(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value == 0 or _RANK_MIN < value < _RANK_MAX


def _limit(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ArgumentInvalid(
            f"Int cannot represent non-integer value: {inspect(value)}", path=("limit",)
        )
    if value > LIMIT_MAX:
        raise ArgumentInvalid(f"Limit cannot exceed {LIMIT_MAX} items", path=("limit",))
    if value < 0:
        raise ArgumentInvalid("limit must not be less than 0", path=("limit",))
    return value


def _names(raw: Mapping[str, object], argument: str) -> tuple[str, ...]:
    """A list of strings, or one alone, as GraphQL has it (specification, 3.11)."""
    value = raw.get(argument)
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    for item in items:
        if not isinstance(item, str):
            raise _no_string(item, argument)
    return tuple(dict.fromkeys(items))


def _no_string(value: object, argument: str) -> ArgumentInvalid:
    return ArgumentInvalid(
        f"String cannot represent a non string value: {inspect(value)}", path=(argument,)
    )
