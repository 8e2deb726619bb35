"""The arguments of groupBy -> `GroupBy`, with the contract's errors (A0, A3c).

Dimensions and orders are all structure: which field, which granularity. So they go into
the shape as they are, but for the time zone, which is a value. What they mean is `plan`'s
to say. Keys that are null count as absent, as arguments do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from icosa.core.errors import ArgumentInvalid
from icosa.fields.operators import Operand
from icosa.request.arguments import read_filter, read_order
from icosa.request.ir import Entries, GroupBy, Node, Pick
from icosa.request.limits import DIMENSIONS_MAX, GROUPS_DEFAULT, OFFSET_MAX, ORDER_KEYS_MAX
from icosa.request.shaping import operand

GROUP_ARGUMENTS: Final = (
    "groupBy",
    "filter",
    "orderBy",
    "orderByForRecords",
    "limit",
    "offsetForRecords",
)
ZONE: Final = "timeZone"
_DEFINITION_DEPTH_MAX: Final = 5


def read_group(
    raw: Mapping[str, object],
    values: list[object],
    *,
    source: str,
    picks: tuple[Pick, ...],
    limit_max: int,
    plain: bool = False,
) -> GroupBy:
    """Raises `ArgumentInvalid`, `FilterInvalid`, `OrderInvalid`."""
    offset = _number(raw, "offsetForRecords") or 0
    return GroupBy(
        object=source,
        by=read_dimensions(raw.get("groupBy"), values),
        filter=read_filter(raw.get("filter"), values),
        order=read_group_order(raw.get("orderBy"), values),
        limit=min(read_group_limit(raw), limit_max),
        picks=picks,
        records_order=read_order(raw.get("orderByForRecords"), "orderByForRecords"),
        records_offset=int(min(max(offset, 0), OFFSET_MAX)),
        plain=plain,
    )


def read_group_limit(raw: Mapping[str, object]) -> int:
    """How many groups: a number that is not positive and whole is as good as none (A3c)."""
    limit = _number(raw, "limit")
    if limit is None or limit <= 0 or not (isinstance(limit, int) or limit.is_integer()):
        return GROUPS_DEFAULT
    return int(limit)


def read_dimensions(raw: object, values: list[object]) -> tuple[Node, ...]:
    """A single object stands for a list of one."""
    items = [raw] if isinstance(raw, dict) else raw
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ArgumentInvalid(
            'Missing required argument: "groupBy" must be an array.', path=("groupBy",)
        )
    if len(items) > DIMENSIONS_MAX:
        raise ArgumentInvalid(f"Too many fields to group by. Maximum is {DIMENSIONS_MAX}")
    return tuple(_definition("", item, values) for item in items)


def read_group_order(raw: object, values: list[object]) -> tuple[Node, ...]:
    items = [raw] if isinstance(raw, dict) else [] if raw is None else raw
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ArgumentInvalid('Invalid argument: "orderBy" must be an array', path=("orderBy",))
    if len(items) > ORDER_KEYS_MAX:
        raise ArgumentInvalid(f"Too many fields to order by. Maximum is {ORDER_KEYS_MAX}")
    return tuple(_definition("", item, values) for item in items)


def _definition(
    key: str, value: object, values: list[object], depth: int = _DEFINITION_DEPTH_MAX
) -> Node:
    """A part of a definition: what is text or true or false stands in the shape itself.

    What is nested deeper than any definition becomes a leaf that is none.
    """
    if isinstance(value, dict) and depth:
        return Entries(
            tuple(
                (name, _definition(name, inner, values, depth - 1))
                for name, inner in value.items()
                if inner is not None
            )
        )
    if key == ZONE and isinstance(value, str):
        return operand(value, values)
    return Operand(-1, "value", value if isinstance(value, str | bool) else None)


def _number(raw: Mapping[str, object], name: str) -> float | None:
    value = raw.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ArgumentInvalid(f'Invalid argument: "{name}" must be a number', path=(name,))
    return value
