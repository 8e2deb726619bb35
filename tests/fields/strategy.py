"""Operands for filters: the ones of a type's examples, and others."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from icosa.fields.base import FieldType
from icosa.fields.operators import Operand, Operator, Takes

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def operand_of(operator: Operator, asked: Any) -> Operand:
    """As `request/shaping.py` describes a leaf."""
    emptiness = "null" if asked is None else "empty" if asked in ("", []) else "value"
    constant = operator.takes in (Takes.NULLNESS, Takes.FLAG) and isinstance(asked, str | bool)
    return Operand(0, emptiness, asked if constant else None)


def operands(one: FieldType, operator: Operator) -> st.SearchStrategy[Any]:
    """Valid operands: those of the examples, and others."""
    match operator.takes:
        case Takes.NULLNESS:
            return st.sampled_from(["NULL", "NOT_NULL"])
        case Takes.FLAG:
            return st.sampled_from([True, False, "true", "false"])
        case Takes.MANY:
            return st.lists(_values(one), min_size=1, max_size=4)
        case Takes.PATTERN if operator.name in ("regex", "iregex"):
            return st.sampled_from(["^A", "a$", "[aé]", "d.*a", "(?:x|ü)", "^$", "."])
        case Takes.PATTERN:
            return st.text("aAdüÜ1%_\\ []{}:\"'", max_size=4) | _patterns(one)
        case _:
            return _values(one) | st.none()


def _values(one: FieldType) -> st.SearchStrategy[Any]:
    match one.columns()[0].pg_type:
        case "float8":
            numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-9, 9)
            return numbers | st.sampled_from(["42", " 1.5abc", "-0.5", 42, 1e300, 0])
        case "numeric":
            return st.integers() | st.sampled_from(["12.50", "1000", "48.869 N", 0.1, 2500000000])
        case "uuid":
            return st.uuids().map(str) | _samples(one)
        case "boolean":
            return st.sampled_from([True, False, "true", "false"])
        case "date" | "timestamptz(3)":
            return _samples(one)
        case "text" | "text[]" if one.options:
            return st.sampled_from([option.value for option in one.options])
        case "tsvector":
            return st.sampled_from(["'ada':1", "'ada':1 'lovelace':2", "", "'"])
        case _:
            return _samples(one) | st.text()


def _patterns(one: FieldType) -> st.SearchStrategy[str]:
    """Text of the examples with something wild around it."""
    samples = [str(value) for value, _ in one.examples.valid if isinstance(value, str)]
    wild = st.sampled_from(["", "%", "_", "%%"])
    return st.builds(
        lambda left, text, right: left + text[1:] + right,
        wild,
        st.sampled_from(samples or ["x"]),
        wild,
    )


def _samples(one: FieldType) -> st.SearchStrategy[Any]:
    return st.sampled_from([value for value, _ in one.examples.valid if isinstance(value, str)])
