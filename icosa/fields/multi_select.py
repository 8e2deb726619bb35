"""MULTI_SELECT: several of a list of options; none of them is null, read as `[]`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icosa.core.inspect import inspect
from icosa.core.shape import Choice, Many, Shape
from icosa.core.sql import Sql, sql
from icosa.fields.base import (
    Column,
    ColumnValue,
    Examples,
    FieldType,
    refused,
    unfit,
)
from icosa.fields.operators import CONTAINS_ANY, IS, IS_EMPTY_ARRAY
from icosa.fields.option import multi_select_default_faults
from icosa.fields.select import Select, enum_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiSelect(FieldType):
    """Stored as `text[]`, in the order that was given."""

    kind = "MULTI_SELECT"
    label = "multi select"
    summary = "Several of the field's options. A string alone is a list of one; `[]` is null."
    operators = (CONTAINS_ANY, IS, IS_EMPTY_ARRAY)
    filter_name = "MultiSelectFilter"
    empty = sql("'{}'::text[]")
    examples = Examples(
        valid=(
            (["OPTION_2", "OPTION_1"], ["OPTION_2", "OPTION_1"]),
            ("AN_OPTION", ["AN_OPTION"]),
            ([], []),
            (None, []),
        ),
        invalid=tuple(
            (value, f'Invalid value {printed} for multi select field "f"')
            for value, printed in (
                ("not-a-select-option", "'not-a-select-option'"),
                (["OPTION_1", "not-a-select-option"], "'not-a-select-option'"),
                ([1], "1"),
                (1, "1"),
                ({}, "{}"),
                (True, "true"),
            )
        ),
        options=Select.examples.options,
    )

    enum_name: str = ""  # as `Select.enum_name`

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "text[]"),)

    def values(self) -> tuple[str, ...]:
        """The options' values by position."""
        return tuple(o.value for o in sorted(self.options, key=lambda option: option.position))

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        if value is None:
            items: list[object] = []
        else:
            items = value if isinstance(value, list) else [value]
        known = {option.value for option in self.options}
        for item in items:
            if not isinstance(item, str) or item not in known:
                raise refused(
                    f'Invalid value {inspect(item)} for multi select field "{self.name}"',
                    self.name,
                )
        return {"": items if items or not self.nullable else None}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return sql("coalesce({c}, '{}'::text[])", c=columns[0])

    def shape(self) -> Shape:
        return Many(Choice("", self.values()))

    def order(self, columns: Sequence[Sql]) -> Sql:
        return sql("lower({c}::text)", c=columns[0])

    def default_faults(self, value: object) -> tuple[str, ...]:
        return multi_select_default_faults(value, self.values())

    def emptiness(self, columns: Sequence[Sql]) -> Sql:
        return sql("array_to_string({c}, ',')", c=columns[0])

    def operand(self, value: object) -> object:
        """A cursor's list."""
        items = value if isinstance(value, list) else [value]
        return [self.operand_text(item) for item in items]

    def operand_text(self, value: object) -> str:
        if isinstance(value, str) and any(option.value == value for option in self.options):
            return value
        raise unfit(enum_fault(self.enum_name, self.name, value), self.name)
