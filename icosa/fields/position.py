"""POSITION: where a record stands among its like, as a number with room between any two.

`"first"` and `"last"` pass through `parse` as they are: what they mean depends on the
other records, so the writer resolves them (records contract, A6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from icosa.core.inspect import inspect
from icosa.core.shape import Scalar, Shape
from icosa.core.sql import Sql
from icosa.fields.base import Column, ColumnValue, Examples, FieldType, refused
from icosa.fields.numeral import as_float, finite, operand_number
from icosa.fields.operators import COMPARISONS

PLACES: Final = ("first", "last")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(FieldType):
    """Stored as `float8`."""

    kind = "POSITION"
    label = "position"
    summary = 'A number that sorts records by hand; `"first"` and `"last"` are made into one.'
    operators = COMPARISONS
    filter_name = "FloatFilter"
    groupable = False
    examples = Examples(
        valid=((1, 1), (-12, -12), (0.5, 0.5)),
        invalid=(
            ("not-a-position", "Invalid position value 'not-a-position' for field \"f\""),
            (None, 'Invalid position value null for field "f"'),
            (float("nan"), 'Invalid position value NaN for field "f"'),
            (True, 'Invalid position value true for field "f"'),
            ({}, 'Invalid position value {} for field "f"'),
            ([], 'Invalid position value [] for field "f"'),
        ),
    )

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "float8"),)

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        if isinstance(value, str) and value in PLACES:
            return {"": value}
        number = finite(value)
        if number is None:
            raise refused(
                f'Invalid position value {inspect(value)} for field "{self.name}"', self.name
            )
        return {"": number}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return columns[0]

    def shape(self) -> Shape:
        return Scalar("Position", "number")

    def input_shape(self) -> Shape:
        return Scalar("Position", "any")

    def creation_faults(self, *, is_system: bool, is_unique: bool) -> tuple[str, ...]:
        del is_unique
        faults: list[str] = []
        if self.name != "position":
            faults.append(f'Field type POSITION must be named "position", got "{self.name}"')
        if not is_system:
            faults.append("Field type POSITION must be a system field")
        return tuple(faults)

    def operand_text(self, value: object) -> str:
        return repr(as_float(operand_number(value, self.name)))
