"""Numbers are read as JavaScript reads them."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from icosa.core.errors import DataInvalid, FilterInvalid
from icosa.fields.number import Number
from icosa.fields.numeral import decimal_text, finite, leading_number, whole_number
from icosa.fields.numeric import Numeric


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("42", "42"),
        (" 1.50", "1.50"),
        ("-.5", "-.5"),
        ("1.", "1"),
        ("12px", "12"),
        ("1e3x", "1e3"),
        ("1e", "1"),
        ("0x10", "0"),
    ],
)
def test_a_filter_s_text_is_read_as_far_as_it_is_a_number(text: str, number: str) -> None:
    assert leading_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "x", "e5", "--1", "NaN", "\u0664\u0662", "1" * 1001])
def test_text_that_begins_with_no_number_is_nan(text: str) -> None:
    assert math.isnan(leading_number(text))
    assert math.isnan(whole_number(text))


@pytest.mark.parametrize("text", ["12px", "1 2", "1,5", "0x10", "1e"])
def test_a_numeric_s_text_is_a_number_as_a_whole(text: str) -> None:
    assert math.isnan(whole_number(text))


@pytest.mark.parametrize("value", [True, "1", None, [], math.nan, math.inf, 10**400])
def test_only_numbers_that_float8_holds_are_finite(value: object) -> None:
    assert finite(value) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("12.50"), "12.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1e-400"), "1E-400"),
        (Decimal("1e-401"), "0"),
        (1e300, "1E+300"),
        (0.1, "0.1"),
        (-0.0, "0"),
        (Decimal("12345678901234567890123456789.000000001"),) * 2,
    ],
)
def test_decimal_text_loses_no_digit(number: Decimal, text: object) -> None:
    assert decimal_text(number) == str(text)


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("abc", "NaN"),
        ("", "NaN"),
        ("Infinity", "Infinity"),
        ("1e999", "Infinity"),
        (-(10**400), "-Infinity"),
        ([], "[]"),
        ({}, "{}"),
        (True, "true"),
    ],
)
@pytest.mark.parametrize("field", [Number(name="f"), Numeric(name="f")])
def test_a_filter_names_what_javascript_made_of_a_value(
    field: Number | Numeric, asked: object, printed: str
) -> None:
    with pytest.raises(FilterInvalid) as refusal:
        field.operand(asked)

    assert refusal.value.message == f'Invalid number value {printed} for field "f"'


@pytest.mark.parametrize("data_type", ["int", "bigint"])
def test_a_whole_number_has_no_fraction(data_type: str) -> None:
    field = Number(name="f", settings={"dataType": data_type})

    with pytest.raises(DataInvalid) as refusal:
        field.parse(1.5)

    assert refusal.value.message == 'Invalid number value 1.5 for field "f"'
    assert field.parse(2.0) == {"": 2}


@pytest.mark.parametrize(
    ("data_type", "scalar"), [("float", "Float"), ("int", "Int"), ("bigint", "BigInt")]
)
def test_settings_choose_the_scalar_and_the_filter(data_type: str, scalar: str) -> None:
    field = Number(name="f", settings={"dataType": data_type})

    assert getattr(field.shape(), "name", None) == scalar
    assert field.filter_input() == f"{scalar}Filter"
