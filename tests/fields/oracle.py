"""What filters and orders should find, by the words of the records contract, without SQL.

A column's value is as `Table.read` gives it: None or JSON. What makes columns differ (the
key that they compare by, the value that means null) is in `Rules`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from icosa.core.shape import Choice, Many, Record, Scalar, Shape
from icosa.fields.base import FieldType, complete_escapes, storable
from icosa.fields.operators import Operator, Takes

Key = Callable[[Any], Any]


@dataclass(frozen=True)
class Rules:
    """How values of one type behave in filters."""

    key: Key  # a value, stored or asked for -> what is compared
    text: Callable[[Any], str]  # a stored value -> the text that patterns match
    empty: object = None  # the stored value that means the same as null


def finds(rules: Rules, operator: Operator, stored: Any, asked: Any) -> bool:
    """Whether `stored` is found. What SQL calls unknown is not found."""
    is_empty = stored is None or stored == rules.empty
    means_empty = asked is None or asked in ("", [])
    match operator.takes:
        case Takes.NULLNESS:
            return (stored is not None) if asked == "NOT_NULL" else is_empty
        case Takes.FLAG:
            return is_empty if asked in (True, "true") else not is_empty
        case Takes.MANY:
            return _finds_any(rules, operator, stored, asked)
        case Takes.PATTERN if rules.empty == [] and asked == "" and operator.name == "like":
            return is_empty
        case _ if rules.empty == "" and means_empty:
            if operator.name in ("eq", "like", "ilike"):
                return is_empty
            if operator.name == "neq":
                return not is_empty
            asked = ""
    if stored is None or asked is None:
        return False
    if operator.takes is Takes.PATTERN:
        return _matches(rules, operator.name, stored, storable(asked))
    return _compares(operator.name, rules.key(stored), rules.key(asked))


def _finds_any(rules: Rules, operator: Operator, stored: Any, asked: Any) -> bool:
    wanted = [rules.key(item) for item in asked if item is not None]
    if stored is None:
        return False
    if isinstance(stored, list):
        return any(rules.key(item) in wanted for item in stored)
    return rules.key(stored) in wanted


def _compares(name: str, left: Any, right: Any) -> bool:
    match name:
        case "eq":
            return bool(left == right)
        case "neq":
            return bool(left != right)
        case "gt":
            return bool(left > right)
        case "gte":
            return bool(left >= right)
        case "lt":
            return bool(left < right)
        case _:
            assert name == "lte", name
            return bool(left <= right)


def _matches(rules: Rules, name: str, stored: Any, asked: str) -> bool:
    if name == "containsIlike":
        pattern = f"%{complete_escapes(asked)}%"
        return any(_like(item.lower(), pattern.lower()) for item in stored)
    text = rules.text(stored)
    match name:
        case "like":
            return _like(text, asked)
        case "ilike":
            return _like(text.lower(), asked.lower())
        case "startsWith":
            return text.startswith(asked)
        case "endsWith":
            return text.endswith(asked)
        case "regex":
            return re.search(asked, text) is not None
        case _:
            assert name == "iregex", name
            return re.search(asked, text, re.IGNORECASE) is not None


def _like(text: str, pattern: str) -> bool:
    parts: list[str] = []
    escaped = False
    for character in pattern:
        if escaped or character not in "%_\\":
            parts.append(re.escape(character))
            escaped = False
        elif character == "\\":
            escaped = True
        else:
            parts.append(".*" if character == "%" else ".")
    if escaped:
        parts.append(re.escape("\\"))
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def rules_of(one: FieldType, texts: Mapping[str, Any]) -> Rules:
    """`texts` are PostgreSQL's texts of the stored values, by their `repr`."""
    pg_type = one.columns()[0].pg_type

    def text(stored: Any) -> str:
        return stored if isinstance(stored, str) and pg_type == "text" else str(texts[repr(stored)])

    def key(value: Any) -> Any:
        match pg_type:
            case "float8":
                return float(_leading(value)) if isinstance(value, str) else float(value)
            case "numeric":
                return Decimal(_leading(value)) if isinstance(value, str) else Decimal(repr(value))
            case "uuid":
                return value.lower()
            case "boolean":
                return value in (True, "true")
            case "date" | "timestamptz(3)":
                return one.parse(value)[""]
            case "text" if one.options:
                return [option.value for option in one.options].index(value)
            case _:
                return storable(value) if isinstance(value, str) else value

    empty: object = {"text": None if one.options else "", "text[]": []}.get(pg_type)
    if pg_type == "jsonb" and one.empty:
        empty = []
    return Rules(key, text, empty)


def sort_key(one: FieldType, value: Any, text: str) -> Any:
    if value is None:
        return 0
    match one.columns()[0].pg_type:
        case "float8" | "numeric" | "boolean":
            return Decimal(repr(value)) if not isinstance(value, bool) else value
        case "text" | "text[]":
            return text.lower()
        case "tsvector":
            return text
        case _:
            return value


def fits(value: Any, shape: Shape) -> bool:
    """Whether a JSON value is of `shape`; null always is, as the field may be null."""
    if value is None:
        return True
    match shape:
        case Scalar(json_type="any"):
            return True
        case Scalar(json_type="string"):
            return isinstance(value, str)
        case Scalar(json_type="boolean"):
            return isinstance(value, bool)
        case Scalar(json_type="integer"):
            return isinstance(value, int) and not isinstance(value, bool)
        case Scalar():
            return isinstance(value, int | float) and math.isfinite(value)
        case Choice(values=choices):
            return value in choices
        case Record(members=members, required=required):
            return value.keys() == members.keys() and all(
                fits(value[name], member) and not (value[name] is None and name in required)
                for name, member in members.items()
            )
        case Many(of=of):
            return isinstance(value, list) and all(fits(item, of) for item in value)


def _leading(text: str) -> str:
    match = re.match(r"\s*([+-]?\d+(\.\d*)?(e[+-]?\d+)?)", text)
    assert match is not None
    return match[1]
