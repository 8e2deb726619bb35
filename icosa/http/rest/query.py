"""The query parameters of record routes (B2), and warnings for those that are unknown."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from icosa.core.errors import ArgumentsConflict, RequestInvalid
from icosa.http.rest.filter import parse_filter
from icosa.plan.order import DIRECTIONS
from icosa.request.cursor import decode_cursor
from icosa.request.ir import Arguments, Node, OrderKey
from icosa.request.limits import PAGE_DEFAULT_REST, PAGE_MAX_REST
from icosa.request.shaping import shape_filter

_KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "find_many": frozenset(
        ("filter", "order_by", "limit", "depth", "starting_after", "ending_before", "total")
    ),
    "find_one": frozenset(("depth",)),
    "find_duplicates": frozenset(("depth",)),
    "search": frozenset(("query", "objects", "filter", "limit", "starting_after")),
    "group_by": frozenset(
        (
            "group_by",
            "aggregate",
            "filter",
            "order_by",
            "order_by_for_records",
            "include_records_sample",
            "limit",
            "depth",
        )
    ),
    "create_one": frozenset(("depth", "upsert")),
    "create_many": frozenset(("depth", "upsert")),
    "update_one": frozenset(("depth",)),
    "update_many": frozenset(("depth", "filter")),
    "delete_one": frozenset(("soft_delete",)),
    "delete_many": frozenset(("soft_delete", "filter")),
    "restore_one": frozenset(("depth",)),
    "restore_many": frozenset(("depth", "filter")),
    "merge_many": frozenset(("depth",)),
}
_SYNONYMS: Final[Mapping[str, str]] = {
    "after": "starting_after",
    "cursor": "starting_after",
    "before": "ending_before",
    "first": "limit",
    "page_size": "limit",
    "per_page": "limit",
    "orderBy": "order_by",
    "sort": "order_by",
    "where": "filter",
    "q": "query",
    "search": "query",
    "searchInput": "query",
    "object": "objects",
}
WARNINGS_MAX: Final = 5


def read_depth(parameters: Mapping[str, str]) -> int:
    text = parameters.get("depth", "")
    if text in ("", "0"):
        return 0
    if text in ("1", "2"):
        return int(text)
    raise RequestInvalid(
        f"'depth={text}' parameter invalid. Allowed values are 0, 1", hint="2 is allowed as well."
    )


def read_limit(
    parameters: Mapping[str, str],
    *,
    default: int = PAGE_DEFAULT_REST,
    maximum: int = PAGE_MAX_REST,
) -> int:
    """What is over the maximum becomes the maximum (B2)."""
    text = parameters.get("limit", "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit():
        raise RequestInvalid(f"limit '{text}' is invalid. Should be an integer")
    return min(int(text[:9]), maximum)


def read_order(text: str) -> tuple[OrderKey, ...]:
    """`name[AscNullsFirst],address.addressCity[DescNullsLast],createdAt`."""
    keys: list[OrderKey] = []
    for item in filter(None, (part.strip() for part in text.split(","))):
        path, bracket, rest = item.partition("[")
        direction = rest.removesuffix("]") if bracket else DIRECTIONS[0]
        if direction not in DIRECTIONS:
            allowed = ", ".join(f"'{name}'" for name in DIRECTIONS)
            raise RequestInvalid(
                f"'order_by' direction '{direction}' invalid. Allowed values are {allowed}. eg: "
                "?order_by=field_1[AscNullsFirst],field_2[DescNullsLast],field_3"
            )
        keys.append(OrderKey(tuple(path.split(".")), direction))
    return tuple(keys)


def read_filter(parameters: Mapping[str, str], values: list[object]) -> Node | None:
    found = parse_filter(parameters.get("filter", ""))
    return None if found is None else shape_filter(found, values)


def read_list(parameters: Mapping[str, str], values: list[object]) -> Arguments:
    """The arguments of a list. Raises `RequestInvalid`, `ArgumentsConflict`, `CursorInvalid`."""
    after = parameters.get("starting_after") or None
    before = parameters.get("ending_before") or None
    if after is not None and before is not None:
        raise ArgumentsConflict("Cannot provide both before and after")
    cursor = after if before is None else before
    return Arguments(
        filter=read_filter(parameters, values),
        order=read_order(parameters.get("order_by", "")),
        backward=before is not None,
        cursor=None if cursor is None else decode_cursor(cursor, values),
    )


def unknown_parameters(operation: str, parameters: Mapping[str, str]) -> list[bytes]:
    """`Warning` header values (RFC 7234, 5.5) for parameters that mean nothing here."""
    known = _KNOWN[operation]
    return [_warning(name, known) for name in parameters if name not in known][:WARNINGS_MAX]


def _warning(name: str, known: frozenset[str]) -> bytes:
    close = [_SYNONYMS[name]] if name in _SYNONYMS else get_close_matches(name, known, n=1)
    shown = "".join(c for c in name[:60] if c.isascii() and c.isprintable() and c not in '"\\')
    text = f"Unknown parameter {shown}"
    if close and close[0] in known:
        text += f"; did you mean {close[0]}?"
    return f'299 icosa "{text}"'.encode()
