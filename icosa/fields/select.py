"""SELECT: one of a list of options. A column of text, not an enum of PostgreSQL's.

With an enum, a removed option would rebuild the table, a new one could not be used in the
transaction that makes it, and one bad filter would fail a whole statement (amendments,
12). So the type checks values itself, on filters too, and words the refusal as an enum of
the reference's would: `enum_name` is how that enum's name is printed.

Options are compared by their position, as an enum's labels are, but sorted by their text
in small letters (records contract, A3b).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icosa.core.inspect import inspect
from icosa.core.shape import Choice, Shape
from icosa.core.sql import Sql, param, sql
from icosa.fields.base import Column, ColumnValue, Examples, FieldType, Option, refused, unfit
from icosa.fields.operators import (
    COMPARISONS,
    CONTAINS_ANY,
    GT,
    GTE,
    IS,
    IS_EMPTY_ARRAY,
    LT,
    LTE,
    Operand,
    Operator,
    Takes,
)
from icosa.fields.option import select_default_faults

_EXAMPLE_OPTIONS = (
    Option(id="1", value="OPTION_1", label="Option 1", position=0, color="green"),
    Option(id="2", value="OPTION_2", label="Option 2", position=1, color="blue"),
    Option(id="3", value="AN_OPTION", label="An option", position=2, color="red"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Select(FieldType):
    """Stored as text; `options` are those of the field."""

    kind = "SELECT"
    label = "select"
    summary = "One of the field's options, by its value. Compared by position, sorted by text."
    operators = (*COMPARISONS[:-1], CONTAINS_ANY, IS, IS_EMPTY_ARRAY)
    filter_name = "SelectFilter"
    examples = Examples(
        valid=(("OPTION_1", "OPTION_1"), ("AN_OPTION", "AN_OPTION"), (None, None)),
        invalid=(
            (
                "not-a-select-option",
                (
                    'Invalid value "not-a-select-option" for field "f". '
                    "Valid values are: OPTION_1, OPTION_2, AN_OPTION"
                ),
            ),
            (
                "",
                'Invalid value "" for field "f". Valid values are: OPTION_1, OPTION_2, AN_OPTION',
            ),
            (1, 'Invalid string value 1 for text field "f"'),
            (True, 'Invalid string value true for text field "f"'),
            ({}, 'Invalid string value {} for text field "f"'),
            ([], 'Invalid string value [] for text field "f"'),
        ),
        options=_EXAMPLE_OPTIONS,
    )

    enum_name: str = ""  # `w1."_pet_species_enum"`, or `w1.opportunity_stage_enum`

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "text"),)

    def values(self) -> tuple[str, ...]:
        """The options' values by position."""
        return tuple(o.value for o in sorted(self.options, key=lambda option: option.position))

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        if value is None:
            return {"": None}
        if not isinstance(value, str):
            raise refused(
                f'Invalid string value {inspect(value)} for text field "{self.name}"', self.name
            )
        if not any(option.value == value for option in self.options):
            raise refused(
                f'Invalid value "{value}" for field "{self.name}". '
                f"Valid values are: {', '.join(self.values())}",
                self.name,
            )
        return {"": value}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return columns[0]

    def shape(self) -> Shape:
        return Choice("", self.values())

    def order(self, columns: Sequence[Sql]) -> Sql:
        return sql("lower({c})", c=columns[0])

    def compare(self, operator: Operator, columns: Sequence[Sql], operand: Operand) -> Sql:
        column = columns[0]
        if operator.takes is Takes.FLAG:
            return self._choice_emptiness(column, operand)
        if operator in (GT, GTE, LT, LTE):
            allowed = param(operand.slot, OperandRange(self, operator), "text[]")
            return sql("{c} = any({allowed})", c=column, allowed=allowed)
        if operator is CONTAINS_ANY:
            return sql("{c} = any({any})", c=column, any=self._parameter(operator, operand))
        return FieldType.compare(self, operator, columns, operand)

    def operand_text(self, value: object) -> str:
        if isinstance(value, str) and any(option.value == value for option in self.options):
            return value
        raise unfit(enum_fault(self.enum_name, self.name, value), self.name)

    def default_faults(self, value: object) -> tuple[str, ...]:
        return select_default_faults(value, self.values())

    def _choice_emptiness(self, column: Sql, operand: Operand) -> Sql:
        """A single choice is an array without items when it is null."""
        if operand.constant in (False, "false"):
            return sql("{c} is not null", c=column)
        if operand.constant in (True, "true"):
            return sql("{c} is null", c=column)
        return self._emptiness(column, operand)  # refuses it


@dataclass(frozen=True, slots=True)
class OperandRange:
    """The values on one side of an option's position; what `gt` and its like compare with."""

    type: Select
    operator: Operator

    def __call__(self, value: object) -> object:
        bound = self.type.operand(value)
        if bound is None:
            return None
        values = self.type.values()
        place = values.index(str(bound))
        match self.operator.name:
            case "gt":
                return list(values[place + 1 :])
            case "gte":
                return list(values[place:])
            case "lt":
                return list(values[:place])
            case _:
                return list(values[: place + 1])

    def __hash__(self) -> int:
        return hash((self.type.name, self.operator.name))


def enum_fault(enum_name: str, field_name: str, value: object) -> str:
    """PostgreSQL's words for a value that is not in an enum (22P02)."""
    printed = value if isinstance(value, str) else inspect(value)
    return f'invalid input value for enum {enum_name or f"{field_name}_enum"}: "{printed}"'
