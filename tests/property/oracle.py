"""What filters and orders of the contract mean, in Python: text by code point, after lower-casing
where it is ordered. A record is what the application answered when it was created.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cmp_to_key
from typing import Any, Final

Json = Any
Record = Mapping[str, Json]

_COMPARE: Final[Mapping[str, Callable[[Json, Json], bool]]] = {
    "eq": lambda a, b: bool(a == b),
    "neq": lambda a, b: bool(a != b),
    "gt": lambda a, b: bool(a > b),
    "gte": lambda a, b: bool(a >= b),
    "lt": lambda a, b: bool(a < b),
    "lte": lambda a, b: bool(a <= b),
}


def truth(where: Json, record: Record | None) -> bool | None:
    """Whether a filter holds, in SQL's three values; a missing record has nulls everywhere."""
    results: list[bool | None] = []
    for name, inner in where.items():
        match name:
            case "and":
                results.append(_all([truth(item, record) for item in inner]))
            case "or":
                results.append(_any([truth(item, record) for item in inner]))
            case "not":
                found = truth(inner, record)
                results.append(None if found is None else not found)
            case "company":
                results.append(truth(inner, None if record is None else record["company"]))
            case "name" if record is not None and isinstance(record["name"], dict):
                results += [_test(test, record["name"][part]) for part, test in inner.items()]
            case _:
                results.append(_test(inner, None if record is None else record[name]))
    return _all(results)


def _test(test: Json, value: Json) -> bool | None:
    ((operator, operand),) = test.items()
    empty = value in (None, "")
    match operator:
        case "is":
            return empty if operand == "NULL" else value is not None and value != ""
        case "in":
            return None if empty else value in operand
        case "like" | "ilike":
            if operand == "":
                return empty
            return None if empty else _like(operand, value, operator == "ilike")
        case "startsWith":
            return None if empty else str(value).startswith(operand)
        case "endsWith":
            return None if empty else str(value).endswith(operand)
        case "eq" if operand in (None, ""):
            return empty
        case "neq" if operand == "":
            return not empty
        case _:
            return None if empty else _COMPARE[operator](value, operand)


def _like(pattern: str, value: str, ignore_case: bool) -> bool:
    parts = (".*" if c == "%" else "." if c == "_" else re.escape(c) for c in pattern)
    if ignore_case:
        return re.fullmatch("".join(parts).lower(), value.lower(), re.DOTALL) is not None
    return re.fullmatch("".join(parts), value, re.DOTALL) is not None


def _all(values: Sequence[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _any(values: Sequence[bool | None]) -> bool | None:
    if True in values:
        return True
    return None if None in values else False


# -- orders ----------------------------------------------------------------------------

Key = tuple[tuple[str, ...], str]  # path, direction


def sorted_by(keys: Sequence[Key], records: Sequence[Record]) -> list[Record]:
    """In the contract's order, ties by id."""

    def compare(left: Record, right: Record) -> int:
        for path, direction in keys:
            found = _compare(_value(path, left), _value(path, right), direction)
            if found:
                return found
        return -1 if left["id"] < right["id"] else 1

    return sorted(records, key=cmp_to_key(compare))


def _value(path: Sequence[str], record: Record | None) -> Json:
    value: Json = record
    for name in path:
        value = None if value is None else value[name]
    if isinstance(value, str):
        return value.lower() or None
    return value


def _compare(left: Json, right: Json, direction: str) -> int:
    if left is None or right is None:
        if left is right:
            return 0
        return (-1 if left is None else 1) * (1 if direction.endswith("First") else -1)
    if left == right:
        return 0
    return (-1 if left < right else 1) * (1 if direction.startswith("Asc") else -1)
