"""TEXT: a string; `""` is null."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from icosa.core.inspect import inspect
from icosa.core.shape import Scalar, Shape
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
from icosa.fields.operators import COMPARISONS, IREGEX, PATTERNS, REGEX


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(FieldType):
    """Stored as null when it is empty and may be null."""

    kind = "TEXT"
    label = "text"
    summary = "A string. The empty string and null are the same value, read as the empty string."
    operators = (*COMPARISONS, *PATTERNS)
    more_operators = (REGEX, IREGEX)
    filter_name = "StringFilter"
    known_settings = MappingProxyType({"displayedMaxRows": Setting()})
    empty = sql("''")
    examples = Examples(
        valid=(("Ada", "Ada"), ("Ünïcödé 🎈", "Ünïcödé 🎈"), ("", ""), (None, "")),
        invalid=(
            (1, 'Invalid string value 1 for text field "f"'),
            ({}, 'Invalid string value {} for text field "f"'),
            ([], 'Invalid string value [] for text field "f"'),
            (True, 'Invalid string value true for text field "f"'),
        ),
    )

    blank: bool = True  # null reads as `""`; a few members of composites read as null

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "text"),)

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        if value is None or value == "":
            return {"": None if self.nullable else ""}
        if not isinstance(value, str):
            raise refused(
                f'Invalid string value {inspect(value)} for text field "{self.name}"', self.name
            )
        return {"": storable(value)}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return sql("coalesce({c}, '')", c=columns[0]) if self.blank else columns[0]

    def shape(self) -> Shape:
        return Scalar("String", "string")

    def order(self, columns: Sequence[Sql]) -> Sql:
        # cut, because a B-tree's row holds 2,700 bytes; the id decides among longer ties
        return sql("lower(left({c}, 256))", c=columns[0])

    def cursor(self, columns: Sequence[Sql]) -> Sql:
        return sql("left({c}, 256)", c=columns[0])

    def operand_text(self, value: object) -> str:
        if not isinstance(value, str):
            raise unfit(
                f'Invalid string value {inspect(value)} for text field "{self.name}"',
                self.name,
            )
        return storable(value)
