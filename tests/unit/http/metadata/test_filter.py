"""Filters of objects, fields and indexes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.core.errors import TooComplex
from icosa.http.metadata.filter import IDS_MAX, LEAVES_MAX, Filter, read_filter

ID = "01a210bc-7c2e-700b-a382-5c23fa7da029"
OTHER = "01a210bc-7c2e-700b-a382-5c23fa7da030"
SHOWN: dict[str, object] = {"id": ID, "isActive": True, "isSystem": False}


def named(reference: str) -> str:
    return {"pet": ID}.get(reference, reference.lower())


def holds(wanted: Filter) -> bool:
    return read_filter(wanted, named)(SHOWN)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, True),
        ({"isActive": None}, True),
        ({"isActive": {"is": True}}, True),
        ({"isActive": {"isNot": True}}, False),
        ({"isActive": {"is": None}}, False),
        ({"isActive": {"is": True, "isNot": False}}, True),
        ({"isActive": {"is": True}, "isSystem": {"is": True}}, False),
        ({"and": []}, True),
        ({"or": []}, True),
        ({"or": [{"isSystem": {"is": True}}, {"isActive": {"is": True}}]}, True),
        ({"and": [{"isSystem": {"is": True}}, {"isActive": {"is": True}}]}, False),
        ({"or": [{"isActive": {"is": True}}], "isSystem": {"is": True}}, False),
        ({"id": {"eq": ID.upper()}}, True),
        ({"id": {"eq": "pet"}}, True),
        ({"id": {"eq": None}}, False),
        ({"id": {"neq": ID}}, False),
        ({"id": {"gt": OTHER}}, False),
        ({"id": {"lt": OTHER, "gte": ID, "lte": ID}}, True),
        ({"id": {"in": ["pet", OTHER]}}, True),
        ({"id": {"in": []}}, False),
        ({"id": {"notIn": ["pet"]}}, False),
        ({"id": {"like": "01a2%"}}, True),
        ({"id": {"like": "01A2%"}}, False),
        ({"id": {"iLike": "01A2%029"}}, True),
        ({"id": {"like": "01a2"}}, False),
        ({"id": {"like": "_" * 36}}, True),
        ({"id": {"like": "_" * 35}}, False),
        ({"id": {"notLike": "%z%"}}, True),
        ({"id": {"notILike": "%A382%"}}, False),
        ({"id": {"like": "%" * 50 + "9"}}, True),
    ],
)
def test_a_filter_holds_or_not(wanted: Filter, expected: bool) -> None:
    assert holds(wanted) is expected


@given(st.text("ab_%", max_size=8), st.text("ab", max_size=8))
def test_a_pattern_means_what_it_does_in_sql(pattern: str, value: str) -> None:
    def like(rest: str, text: str) -> bool:
        if not rest:
            return not text
        if rest[0] == "%":
            return any(like(rest[1:], text[start:]) for start in range(len(text) + 1))
        return bool(text) and rest[0] in ("_", text[0]) and like(rest[1:], text[1:])

    found = read_filter({"id": {"like": pattern}}, named)({"id": value})

    assert found is like(pattern, value)


@pytest.mark.parametrize(
    "wanted",
    [
        {"or": [{"id": {"eq": ID}}] * (LEAVES_MAX + 1)},
        {"id": {"in": [ID] * (IDS_MAX + 1)}},
    ],
)
def test_a_filter_has_bounds(wanted: Filter) -> None:
    with pytest.raises(TooComplex):
        read_filter(wanted, named)
