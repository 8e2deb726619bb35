"""TS_VECTOR: the words by which a record is found. Made by the server, never written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icosa.core.inspect import inspect
from icosa.core.shape import Scalar, Shape
from icosa.core.sql import Sql, sql
from icosa.fields.base import Column, ColumnValue, Examples, FieldType, refused, storable, unfit
from icosa.fields.operators import EQ, IS, NEQ, Operand, Operator, Takes

_READ_ONLY = "f TS_VECTOR-typed field does not support write operations"


@dataclass(frozen=True, slots=True, kw_only=True)
class TsVector(FieldType):
    """Compared as text, so that no caller's string is parsed as a `tsvector`."""

    kind = "TS_VECTOR"
    label = "search vector"
    summary = "The words by which search finds the record; it can't be written."
    operators = (EQ, NEQ, IS)
    filter_name = "TSVectorFilter"
    unique_allowed = False
    groupable = False
    examples = Examples(
        valid=(),
        invalid=(("'word':1", _READ_ONLY), ("", _READ_ONLY), (None, _READ_ONLY), ({}, _READ_ONLY)),
    )

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "tsvector"),)

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        del value
        raise refused(
            f"{self.name} TS_VECTOR-typed field does not support write operations", self.name
        )

    def output(self, columns: Sequence[Sql]) -> Sql:
        return columns[0]

    def shape(self) -> Shape:
        return Scalar("TSVector", "string")

    def creation_faults(self, *, is_system: bool, is_unique: bool) -> tuple[str, ...]:
        del is_system, is_unique
        return ("TS Vector is not supported for field creation",)

    def order(self, columns: Sequence[Sql]) -> Sql:
        return sql("{c}::text", c=columns[0])

    def cursor_type(self) -> str:
        return "text"

    def compare(self, operator: Operator, columns: Sequence[Sql], operand: Operand) -> Sql:
        if operator.takes is Takes.ONE:
            text = sql("{c}::text", c=columns[0])
            return operator.sql(text, self._parameter(operator, operand))
        return FieldType.compare(self, operator, columns, operand)

    def operand_text(self, value: object) -> str:
        if not isinstance(value, str):
            raise unfit(
                f'Invalid string value {inspect(value)} for text field "{self.name}"',
                self.name,
            )
        return storable(value)

    def operand_pg_type(self) -> str:
        return "text"
