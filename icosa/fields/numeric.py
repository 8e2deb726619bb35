"""NUMERIC: an exact decimal number, such as an amount or a latitude."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from icosa.core.shape import Scalar, Shape
from icosa.core.sql import Sql
from icosa.fields.base import Column, ColumnValue, Examples, FieldType, refused
from icosa.fields.numeral import decimal_text, finite, number_fault, operand_number, whole_number
from icosa.fields.operators import COMPARISONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(FieldType):
    """Values travel to PostgreSQL as strings, so that no digit is lost on the way."""

    kind = "NUMERIC"
    label = "numeric"
    summary = 'An exact decimal number, written as a number or as a string; `""` is null.'
    operators = COMPARISONS
    filter_name = "BigFloatFilter"
    examples = Examples(
        valid=(
            (1000000, 1000000),
            ("1000000000000000001", 1000000000000000001),
            ("12.50", 12.5),
            (" -0.125 ", -0.125),
            ("1e3", 1000),
            (0.1, 0.1),
            ("", None),
            (None, None),
        ),
        invalid=(
            ("abc", "Invalid number value 'abc' for field \"f\""),
            ("12 apples", "Invalid number value '12 apples' for field \"f\""),
            ("NaN", "Invalid number value 'NaN' for field \"f\""),
            ("1e999", "Invalid number value '1e999' for field \"f\""),
            (True, 'Invalid number value true for field "f"'),
            ({}, 'Invalid number value {} for field "f"'),
            ([], 'Invalid number value [] for field "f"'),
        ),
    )

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "numeric"),)

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        if value is None or value == "":
            return {"": None}
        number = _finite_text(value) if isinstance(value, str) else finite(value)
        if number is None:
            raise refused(number_fault(value, self.name), self.name)
        return {"": decimal_text(number)}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return columns[0]

    def shape(self) -> Shape:
        return Scalar("BigFloat", "number")

    def creation_faults(self, *, is_system: bool, is_unique: bool) -> tuple[str, ...]:
        del is_system, is_unique
        return ("Field type NUMERIC is not supported for field creation. Use NUMBER instead.",)

    def operand_text(self, value: object) -> str:
        return decimal_text(operand_number(value, self.name))


def _finite_text(text: str) -> Decimal | None:
    number = whole_number(text)
    return number if isinstance(number, Decimal) else None
