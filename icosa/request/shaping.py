"""JSON -> shape and values, kept apart.

`shape` walks a JSON value, appends each leaf to `values` and returns the structure that is
left. Of a leaf the shape knows only its place and whether it is null or empty, because
`eq: ""` compiles to other SQL than `eq: "x"`; and the value itself for the two operators
that stand in the text (`is`, `isEmptyArray`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from icosa.core.errors import FilterInvalid
from icosa.fields.operators import Operand
from icosa.request.ir import Entries, Items, Node
from icosa.request.limits import FILTER_DEPTH_MAX, FILTER_LEAVES_MAX

_LISTS: Final = frozenset({"and", "or"})
_CONSTANTS: Final = frozenset({"is", "isEmptyArray"})


def shape_filter(value: Mapping[str, object], values: list[object]) -> Node:
    """The shape of a filter. Raises `FilterInvalid` for one past the bounds."""
    before = len(values)
    node = _shape("", value, values, FILTER_DEPTH_MAX)
    if len(values) - before > FILTER_LEAVES_MAX:
        raise FilterInvalid(f"Filter has too many conditions. Maximum is {FILTER_LEAVES_MAX}")
    return node


def operand(value: object, values: list[object], *, constant: bool = False) -> Operand:
    """A leaf: `value` goes into `values`."""
    values.append(value)
    kept = value if constant and isinstance(value, str | bool) else None
    return Operand(len(values) - 1, _emptiness(value), kept)


def _shape(key: str, value: object, values: list[object], depth: int) -> Node:
    if depth < 0:
        raise FilterInvalid(f"Filter is nested too deeply. Maximum is {FILTER_DEPTH_MAX} levels")
    if isinstance(value, dict):
        return Entries(tuple([(k, _shape(k, v, values, depth - 1)) for k, v in value.items()]))
    if isinstance(value, list) and key in _LISTS:
        return Items(tuple([_shape("", item, values, depth - 1) for item in value]))
    return operand(value, values, constant=key in _CONSTANTS)


def _emptiness(value: object) -> str:
    if value is None:
        return "null"
    if value == "" or value == []:
        return "empty"
    return "value"
