"""BOOLEAN: true, false or null."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icosa.core.inspect import inspect
from icosa.core.shape import Scalar, Shape
from icosa.core.sql import Sql
from icosa.fields.base import Column, ColumnValue, Examples, FieldType, refused, unfit
from icosa.fields.operators import EQ, IS


@dataclass(frozen=True, slots=True, kw_only=True)
class Boolean(FieldType):
    """Writes take JSON booleans only."""

    kind = "BOOLEAN"
    label = "boolean"
    summary = 'True, false or null; filters take `"true"` and `"false"` too.'
    operators = (EQ, IS)
    filter_name = "BooleanFilter"
    aggregates = ("countTrue", "countFalse")
    examples = Examples(
        valid=((True, True), (False, False), (None, None)),
        invalid=(
            (1, 'Invalid boolean value 1 for field "f"'),
            ("true", "Invalid boolean value 'true' for field \"f\""),
            ({}, 'Invalid boolean value {} for field "f"'),
            ([], 'Invalid boolean value [] for field "f"'),
        ),
    )

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "boolean"),)

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        if value is not None and not isinstance(value, bool):
            raise refused(self._fault(value), self.name)
        return {"": value}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return columns[0]

    def shape(self) -> Shape:
        return Scalar("Boolean", "boolean")

    def operand_text(self, value: object) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if value in ("true", "false"):
            return str(value)
        raise unfit(self._fault(value), self.name)

    def _fault(self, value: object) -> str:
        return f'Invalid boolean value {inspect(value)} for field "{self.name}"'
