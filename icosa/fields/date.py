"""DATE: a day of the calendar, without time or zone.

It reads what DATE_TIME reads: of an instant it takes the day in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from icosa.core.inspect import inspect
from icosa.core.shape import Scalar, Shape
from icosa.core.sql import Sql
from icosa.fields.base import (
    Column,
    ColumnValue,
    Examples,
    FieldType,
    Fresh,
    Setting,
    refused,
    unfit,
)
from icosa.fields.date_time import read_instant
from icosa.fields.operators import COMPARISONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(FieldType):
    """Stored as `date`."""

    kind = "DATE"
    label = "date"
    summary = "A day, `YYYY-MM-DD`; every layout that DATE_TIME reads is read here too."
    operators = COMPARISONS
    filter_name = "DateFilter"
    known_settings = MappingProxyType(
        {"displayFormat": Setting(("RELATIVE", "USER_SETTINGS", "CUSTOM"))}
    )
    functions = MappingProxyType({"now": Fresh.NOW})
    aggregates = ("min", "max")
    examples = Examples(
        valid=(
            ("2025-01-13", "2025-01-13"),
            ("2024-02-29", "2024-02-29"),
            ("01/13/2025", "2025-01-13"),
            ("January 13, 2025", "2025-01-13"),
            ("2025-01-13T23:30:00-02:00", "2025-01-14"),
            ("0001-01-01", "0001-01-01"),
            ("9999-12-31", "9999-12-31"),
            (None, None),
        ),
        invalid=tuple(
            (value, f"Invalid value {printed} for date field \"f\". Expected format: 'YYYY-MM-DD'")
            for value, printed in (
                ("malformed-date", "'malformed-date'"),
                ("", "''"),
                ("2025-02-29", "'2025-02-29'"),
                ("0000-01-01", "'0000-01-01'"),
                (1, "1"),
                (True, "true"),
                ({}, "{}"),
                ([], "[]"),
            )
        ),
    )

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "date"),)

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        if value is None:
            return {"": None}
        instant = read_instant(value)
        if instant is None:
            raise refused(self._fault(value), self.name)
        return {"": instant.date().isoformat()}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return columns[0]

    def shape(self) -> Shape:
        return Scalar("Date", "string", "date")

    def operand_text(self, value: object) -> str:
        instant = read_instant(value)
        if instant is None:
            raise unfit(self._fault(value), self.name)
        return instant.date().isoformat()

    def _fault(self, value: object) -> str:
        return (
            f'Invalid value {inspect(value)} for date field "{self.name}". '
            "Expected format: 'YYYY-MM-DD'"
        )
