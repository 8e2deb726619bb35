"""Options of selects, and defaults that must be among them."""

from __future__ import annotations

import itertools

import pytest

from icosa.fields.base import Option
from icosa.fields.option import (
    COLORS,
    multi_select_default_faults,
    normalised_options,
    option_faults,
    option_values,
    select_default_faults,
)

ID = "0f5a4f1e-94b1-4c0e-9f5e-2b8f6f1f7a01"
OTHER_ID = "1f5a4f1e-94b1-4c0e-9f5e-2b8f6f1f7a01"
VALUES = ("A", "B")


def option(**changes: object) -> dict[str, object]:
    return {"id": ID, "value": "A", "label": "An A", "position": 0, "color": "green"} | changes


def without(key: str) -> dict[str, object]:
    return {name: part for name, part in option().items() if name != key}


def test_a_whole_option_has_no_fault() -> None:
    assert option_faults([option(), option(id=OTHER_ID, value="B_2", position=1)]) == []


@pytest.mark.parametrize("options", [None, [], {}, "A", 1])
def test_options_are_required(options: object) -> None:
    assert option_faults(options) == ["Options are required for enum fields"]


@pytest.mark.parametrize(
    ("faulty", "faults"),
    [
        (option(id=None), ["Option id is required", "Option id is invalid"]),
        (option(id="x"), ["Option id is invalid"]),
        (option(id=""), ["Option id is invalid"]),
        (option(id=ID + ID), ["Option id is invalid"]),
        (without("label"), ["Option label is required"]),
        (option(label=None), ["Option label is required"]),
        (option(label=" "), ["Option label must be a string of at least one character"]),
        (option(label=1), ["Option label must be a string of at least one character"]),
        (option(label="x" * 64), ["Option label exceeds 63 characters"]),
        (option(label="a, b"), ["Label must not contain a comma"]),
        (without("value"), ["Option value is required"]),
        (option(value=""), ["Option value must be a string of at least one character"]),
        (option(value=[]), ["Option value must be a string of at least one character"]),
        (option(value="X" * 64), ["Option value exceeds 63 characters"]),
        (option(value="a b"), ['Value must be in UPPER_CASE and follow snake_case "a b"']),
        (option(value="É"), ['Value must be in UPPER_CASE and follow snake_case "É"']),
    ],
)
def test_each_fault_has_the_contract_s_words(faulty: dict[str, object], faults: list[str]) -> None:
    assert option_faults([faulty]) == faults


def test_all_faults_are_found_at_once() -> None:
    assert option_faults([option(label="", value="a")]) == [
        "Option label must be a string of at least one character",
        'Value must be in UPPER_CASE and follow snake_case "a"',
    ]


def test_duplicates_are_found_after_trimming() -> None:
    assert option_faults([option(), option(value=" A ", label="Other")]) == [
        "Duplicated option position",
        "Duplicated option id",
        "Duplicated option value",
    ]


def test_options_are_made_whole() -> None:
    ids = map(str, itertools.count())

    made = normalised_options(
        [{"value": " A ", "label": " An   A "}, option(value="B", position=5)], lambda: next(ids)
    )

    assert made == (
        Option(id="0", value="A", label="An A", position=0),
        Option(id=ID, value="B", label="An A", position=5, color="green"),
    )


def test_values_are_taken_from_faulty_options_too() -> None:
    assert option_values([option(), {"value": 1}, "x"]) == ("A",)
    assert option_values(None) == ()


@pytest.mark.parametrize(
    ("default", "faults"),
    [
        (None, ()),
        ("'A'", ()),
        ("A", ("Default value should be as quoted string",)),
        ("'X'", ("Default value \"'X'\" must be one of the option values",)),
        (
            "X",
            (
                "Default value should be as quoted string",
                'Default value "X" must be one of the option values',
            ),
        ),
        (1, ("Default value for select must be a string got 1",)),
        (["'A'"], ("Default value for select must be a string got 'A'",)),
        ({}, ("Default value for select must be a string got [object Object]",)),
        (True, ("Default value for select must be a string got true",)),
    ],
)
def test_the_default_of_a_select_is_one_of_its_options(
    default: object, faults: tuple[str, ...]
) -> None:
    assert select_default_faults(default, VALUES) == faults


@pytest.mark.parametrize(
    ("default", "faults"),
    [
        (None, ()),
        (["'A'", "'B'"], ()),
        ("'A'", ("Default value for multi-select must be an array got 'A'",)),
        ([], ("If defined default value must contain at least one value",)),
        (["'A'", "'A'"], ("Default values must be unique",)),
        (["A"], ("Default value should be as quoted string",)),
    ],
)
def test_the_default_of_a_multi_select_is_some_of_its_options(
    default: object, faults: tuple[str, ...]
) -> None:
    assert multi_select_default_faults(default, VALUES) == faults


def test_there_are_twenty_five_colors() -> None:
    assert len(set(COLORS)) == 25
