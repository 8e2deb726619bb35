"""How error texts print values: as Node's `util.inspect` does."""

from __future__ import annotations

import pytest

from icosa.core.inspect import inspect, type_name


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("x", "'x'"),
        ("", "''"),
        ("it's", '"it\'s"'),
        ('it\'s "it"', '`it\'s "it"`'),
        ("a\\b", "'a\\\\b'"),
        ("a\nb", "'a\\nb'"),
        (1, "1"),
        (42.0, "42"),
        (-0.5, "-0.5"),
        (1e21, "1e+21"),
        (float("nan"), "NaN"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        ([], "[]"),
        ({}, "{}"),
        ([1, "a"], "[ 1, 'a' ]"),
        ({"a": 1, "b-c": [True]}, "{ a: 1, 'b-c': [ true ] }"),
        ({"a": {"b": {"c": {}}}}, "{ a: { b: { c: {} } } }"),
        ({"a": {"b": {"c": {"d": 1}}}}, "{ a: { b: { c: [Object] } } }"),
        ([[[["deep"]]]], "[ [ [ [Array] ] ] ]"),
    ],
)
def test_a_value_prints_as_in_node(value: object, printed: str) -> None:
    assert inspect(value) == printed


def test_a_long_text_is_cut() -> None:
    assert len(inspect("x" * 100_000)) < 1_100


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("x", "string"),
        (1, "number"),
        (1.5, "number"),
        (True, "boolean"),
        (None, "object"),
        ([], "object"),
        ({}, "object"),
    ],
)
def test_a_type_is_named_as_by_typeof(value: object, name: str) -> None:
    assert type_name(value) == name
