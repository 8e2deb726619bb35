"""The filters of lists of objects, fields and indexes (contract, A.4), on what is shown of each.

All conditions must hold; `and` and `or` hold filters again. Ids are compared as lower-case
texts, and one that is compared with may be a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, cast

Filter = Mapping[str, object]
Named = Callable[[str], str]  # the id that a name stands for; an id is itself

_LIKE: Final = frozenset(("like", "notLike", "iLike", "notILike"))


def matches(filter: Filter, shown: Mapping[str, object], named: Named) -> bool:  # noqa: A002
    """Whether a thing, as it is shown, fulfils `filter`."""
    for key, condition in filter.items():
        if condition is None:
            continue
        if key == "and":
            holds = all(matches(each, shown, named) for each in _filters(condition))
        elif key == "or":
            parts = _filters(condition)
            holds = not parts or any(matches(each, shown, named) for each in parts)
        else:
            assert isinstance(condition, Mapping), key
            holds = all(
                _compares(shown[key], operator, operand, named)
                for operator, operand in condition.items()
            )
        if not holds:
            return False
    return True


def _filters(value: object) -> list[Filter]:
    return cast("list[Filter]", value)  # as the schema says


def _compares(value: object, operator: str, operand: object, named: Named) -> bool:
    match operator:
        case "is":
            return value is operand
        case "isNot":
            return value is not operand
        case "in" | "notIn":
            ids = {named(each) for each in _texts(operand)}
            return (value in ids) is (operator == "in")
    if operand is None:
        return False  # as nothing compares with null in SQL
    text = str(operand)
    if operator in _LIKE:
        if operator.lower().endswith("ilike"):
            return _is_like(str(value), text.lower()) is (operator == "iLike")
        return _is_like(str(value), text) is (operator == "like")
    return _ordered(str(value), operator, named(text))


def _texts(operand: object) -> Iterable[str]:
    return [str(each) for each in operand] if isinstance(operand, list) else ()


def _ordered(value: str, operator: str, operand: str) -> bool:
    match operator:
        case "eq":
            return value == operand
        case "neq":
            return value != operand
        case "gt":
            return value > operand
        case "gte":
            return value >= operand
        case "lt":
            return value < operand
        case _:
            return value <= operand


def _is_like(value: str, pattern: str) -> bool:
    """SQL's LIKE without its escapes, in time proportional to both lengths."""
    places = {0}  # how far into `value` the pattern may have come
    for sign in pattern:
        if sign == "%":
            places = set(range(min(places), len(value) + 1))
        else:
            places = {p + 1 for p in places if p < len(value) and sign in ("_", value[p])}
        if not places:
            return False
    return len(value) in places
