"""The filters of lists of objects, fields and indexes (contract, A.4), as conditions on what is
shown of each.

All conditions must hold; `and` and `or` hold filters again. Ids are compared as lower-case
texts, and one that is compared with may be a name. A filter is read once for a list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, cast

from icosa.core.errors import TooComplex
from icosa.http.metadata.shown import Shown

Filter: TypeAlias = Mapping[str, object]
Named: TypeAlias = Callable[[str], str]  # the id that a name stands for; an id is itself
Holds: TypeAlias = Callable[[Shown], bool]
Compares: TypeAlias = Callable[[object], bool]

LEAVES_MAX: Final = 100
IDS_MAX: Final = 5_000


def read_filter(wanted: Filter, named: Named) -> Holds:
    """Whether a thing, as it is shown, fulfils `wanted`. Raises `TooComplex`."""
    return _Reader(named).read(wanted)


class _Reader:
    def __init__(self, named: Named) -> None:
        self._named = named
        self._leaves = 0

    def read(self, wanted: Filter) -> Holds:
        parts = tuple(self._part(key, value) for key, value in wanted.items() if value is not None)
        return lambda shown: all(part(shown) for part in parts)

    def _part(self, key: str, value: object) -> Holds:
        if key in ("and", "or"):
            parts = tuple(self.read(each) for each in cast("list[Filter]", value))
            if key == "and":
                return lambda shown: all(part(shown) for part in parts)
            return lambda shown: not parts or any(part(shown) for part in parts)
        comparisons = tuple(self._leaf(*item) for item in cast("Filter", value).items())
        return lambda shown: all(compares(shown[key]) for compares in comparisons)

    def _leaf(self, operator: str, operand: object) -> Compares:
        self._leaves += 1
        if self._leaves > LEAVES_MAX:
            raise _too_many("conditions", LEAVES_MAX)
        if isinstance(operand, list) and len(operand) > IDS_MAX:
            raise _too_many("ids in one condition", IDS_MAX)
        match operator:
            case "is":
                return lambda value: value is operand
            case "isNot":
                return lambda value: value is not operand
            case "in" | "notIn":
                ids = {self._named(str(each)) for each in cast("list[str]", operand or [])}
                return lambda value: (value in ids) is (operator == "in")
        if operand is None:
            return lambda _: False  # as nothing compares with null in SQL
        if operator.lower().endswith("like"):
            return _like(operator, str(operand))
        return _ordered(operator, self._named(str(operand)))


def _too_many(what: str, most: int) -> TooComplex:
    return TooComplex(
        f"Query too complex - Too many {what} requested: more than {most} - "
        f"Maximum allowed {what}: {most}"
    )


def _ordered(operator: str, operand: str) -> Compares:
    match operator:
        case "eq":
            return lambda value: value == operand
        case "neq":
            return lambda value: value != operand
        case "gt":
            return lambda value: str(value) > operand
        case "gte":
            return lambda value: str(value) >= operand
        case "lt":
            return lambda value: str(value) < operand
        case _:
            return lambda value: str(value) <= operand


def _like(operator: str, pattern: str) -> Compares:
    """`like`, `notLike`, `iLike`, `notILike`. Ids are in lower case as they stand."""
    text = pattern.lower() if operator.lower().endswith("ilike") else pattern
    return lambda value: _is_like(str(value), text) is not operator.startswith("not")


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
