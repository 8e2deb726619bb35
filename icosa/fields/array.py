"""ARRAY: a list of strings; the empty list is null, read as the empty list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from icosa.core.inspect import inspect
from icosa.core.shape import Many, Scalar, Shape
from icosa.core.sql import Sql, sql
from icosa.fields.base import (
    Column,
    ColumnValue,
    Examples,
    FieldType,
    Setting,
    refused,
    storable,
    unfit,
)
from icosa.fields.operators import (
    CONTAINS_ILIKE,
    IS,
    IS_EMPTY_ARRAY,
    Operand,
    Operator,
    Takes,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Array(FieldType):
    """Stored as `text[]`; sorted by its text in small letters."""

    kind = "ARRAY"
    label = "array"
    summary = "A list of strings. A string alone is a list of one; the empty list is null."
    operators = (CONTAINS_ILIKE, IS, IS_EMPTY_ARRAY)
    filter_name = "ArrayFilter"
    known_settings = MappingProxyType({"maxNumberOfValues": Setting(minimum=1)})
    empty = sql("'{}'::text[]")
    examples = Examples(
        valid=(
            (["a", "b"], ["a", "b"]),
            (
                ["with, comma", 'and "quotes"', "\\", "NULL"],
                ["with, comma", 'and "quotes"', "\\", "NULL"],
            ),
            ("alone", ["alone"]),
            ([], []),
            (None, []),
        ),
        invalid=tuple(
            (value, f'Invalid value {printed} for field "f - Array values need to be string"')
            for value, printed in (
                (1, "1"),
                (True, "true"),
                ({}, "{}"),
                ([1], "1"),
                (["a", None], "null"),
                (["a", ["b"]], "[ 'b' ]"),
            )
        ),
    )

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "text[]"),)

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        items = self._items(value)
        return {"": items if items or not self.nullable else None}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return sql("coalesce({c}, '{}'::text[])", c=columns[0])

    def shape(self) -> Shape:
        return Many(Scalar("String", "string"))

    def order(self, columns: Sequence[Sql]) -> Sql:
        return sql("lower({c}::text)", c=columns[0])

    def compare(self, operator: Operator, columns: Sequence[Sql], operand: Operand) -> Sql:
        """An empty pattern is a pattern like others: every item contains it."""
        if operator.takes is Takes.PATTERN:
            return operator.sql(columns[0], self._parameter(operator, operand))
        return FieldType.compare(self, operator, columns, operand)

    def operand(self, value: object) -> object:
        """A cursor's list."""
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise unfit(f'Invalid value {inspect(value)} for field "{self.name}"', self.name)
        return [storable(item) for item in value]

    def emptiness(self, columns: Sequence[Sql]) -> Sql:
        return sql("array_to_string({c}, ',')", c=columns[0])

    def _items(self, value: object) -> list[str]:
        if value is None or value == "":
            return []
        return [self._item(item) for item in (value if isinstance(value, list) else [value])]

    def _item(self, item: object) -> str:
        if not isinstance(item, str):
            raise refused(
                f'Invalid value {inspect(item)} for field "{self.name} - '
                'Array values need to be string"',
                self.name,
            )
        return storable(item)
