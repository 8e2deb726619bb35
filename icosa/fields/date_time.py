"""DATE_TIME: an instant, kept and shown in UTC to the millisecond.

Every layout that the contract names (A5) is read, and then PostgreSQL is only ever sent
one: `2025-01-13T10:30:00.000Z`. Finer fractions are cut, as JavaScript cuts them, so that
what was read from the API compares equal to what is stored. Years run from 1 to 9999.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Final

from icosa.core.inspect import inspect
from icosa.core.shape import Scalar, Shape
from icosa.core.sql import Sql, sql
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
from icosa.fields.operators import COMPARISONS

_TEXT_MAX: Final = 64
_ISO: Final = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:[Tt ](?P<hour>\d{2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?"
    r" ?(?P<offset>[Zz]|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTH_NUMBERS: Final = MappingProxyType(
    {spelling: n for n, month in enumerate(_MONTHS, 1) for spelling in (month, month[:3])}
)
_LAYOUTS: Final = tuple(
    re.compile(layout, re.ASCII)
    for layout in (
        r"(?P<year>\d{4})([./])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",  # yyyy.MM.dd yyyy/MM/dd
        r"(?P<month>\d{1,2})([-/.])(?P<day>\d{1,2})\2(?P<year>\d{4})",  # MM-dd-yyyy MM/dd/yyyy …
        r"(?P<name>[A-Za-z]+) (?P<day>\d{1,2}), (?P<year>\d{4})",  # MMMM d, yyyy
        r"(?P<day>\d{1,2}) (?P<name>[A-Za-z]+) (?P<year>\d{4})",  # d MMMM yyyy
        r"(?P<day>\d{1,2})-(?P<name>[A-Za-z]{3})-(?P<year>\d{4})",  # dd-MMM-yyyy
        r"(?P<year>\d{4})-(?P<name>[A-Za-z]{3})-(?P<day>\d{1,2})",  # yyyy-MMM-dd
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTime(FieldType):
    """Stored as `timestamptz(3)`."""

    kind = "DATE_TIME"
    label = "date-time"
    summary = (
        "An instant to the millisecond. Text without an offset is UTC, a date alone is its "
        "midnight in UTC; the usual written layouts (`May 4, 2025`, `05/04/2025`) are read too."
    )
    operators = COMPARISONS
    filter_name = "DateTimeFilter"
    known_settings = MappingProxyType(
        {"displayFormat": Setting(("RELATIVE", "USER_SETTINGS", "CUSTOM"))}
    )
    functions = MappingProxyType({"now": Fresh.NOW})
    aggregates = ("min", "max")
    examples = Examples(
        valid=(
            ("2025-01-13T10:30:00.000Z", "2025-01-13T10:30:00.000Z"),
            ("2025-01-13T10:30:00.123456+02:00", "2025-01-13T08:30:00.123Z"),
            ("2025-01-13 10:30", "2025-01-13T10:30:00.000Z"),
            ("2025-01-13", "2025-01-13T00:00:00.000Z"),
            ("2025.01.13", "2025-01-13T00:00:00.000Z"),
            ("2025/01/13", "2025-01-13T00:00:00.000Z"),
            ("01-13-2025", "2025-01-13T00:00:00.000Z"),
            ("01/13/2025", "2025-01-13T00:00:00.000Z"),
            ("01.13.2025", "2025-01-13T00:00:00.000Z"),
            ("January 13, 2025", "2025-01-13T00:00:00.000Z"),
            ("Jan 13, 2025", "2025-01-13T00:00:00.000Z"),
            ("13 January 2025", "2025-01-13T00:00:00.000Z"),
            ("13 Jan 2025", "2025-01-13T00:00:00.000Z"),
            ("13-Jan-2025", "2025-01-13T00:00:00.000Z"),
            ("2025-Jan-13", "2025-01-13T00:00:00.000Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
            ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
            (None, None),
        ),
        invalid=tuple(
            (
                value,
                (
                    f'Invalid value {printed} for date-time field "f". '
                    "Expected format: 'YYYY-MM-DDTHH:mm:ssZ'"
                ),
            )
            for value, printed in (
                ("malformed-date-time", "'malformed-date-time'"),
                ("", "''"),
                ("2025-02-30T00:00:00Z", "'2025-02-30T00:00:00Z'"),
                ("13/01/2025", "'13/01/2025'"),
                ("0001-01-01T00:00:00+02:00", "'0001-01-01T00:00:00+02:00'"),
                ("10000-01-01", "'10000-01-01'"),
                (1, "1"),
                (True, "true"),
                ({}, "{}"),
                ([], "[]"),
            )
        ),
    )

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "timestamptz(3)"),)

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        if value is None:
            return {"": None}
        instant = read_instant(value)
        if instant is None:
            raise refused(self._fault(value), self.name)
        return {"": instant_text(instant)}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return sql(
            """to_char({c} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')""", c=columns[0]
        )

    def shape(self) -> Shape:
        return Scalar("DateTime", "string", "date-time")

    def operand_text(self, value: object) -> str:
        instant = read_instant(value)
        if instant is None:
            raise unfit(self._fault(value), self.name)
        return instant_text(instant)

    def _fault(self, value: object) -> str:
        return (
            f'Invalid value {inspect(value)} for date-time field "{self.name}". '
            "Expected format: 'YYYY-MM-DDTHH:mm:ssZ'"
        )


def read_instant(value: object) -> datetime | None:
    """The instant that `value` says in any of the layouts, in UTC; None if it says none."""
    if not isinstance(value, str) or len(value) > _TEXT_MAX:
        return None
    text = value.strip()
    try:
        if match := _ISO.fullmatch(text):
            return _from_iso(match)
        day = _from_layouts(text)
    except (ValueError, OverflowError, KeyError):  # no such day, hour, offset, year or month
        return None
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)


def instant_text(instant: datetime) -> str:
    """`2025-01-13T10:30:00.000Z`"""
    return f"{instant.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def _from_iso(match: re.Match[str]) -> datetime:
    day = date.fromisoformat(match["date"])
    instant = datetime(
        day.year,
        day.month,
        day.day,
        int(match["hour"] or 0),
        int(match["minute"] or 0),
        int(match["second"] or 0),
        int((match["fraction"] or "0")[:3].ljust(3, "0")) * 1000,
        tzinfo=_offset(match["offset"]),
    )
    return instant.astimezone(UTC)


def _offset(text: str | None) -> timezone:
    if text is None or text in "Zz":
        return UTC
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    if minutes > 59:
        raise ValueError(text)
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(span if text[0] == "+" else -span)


def _from_layouts(text: str) -> date | None:
    for layout in _LAYOUTS:
        if match := layout.fullmatch(text):
            parts = match.groupdict()
            name = parts.get("name")
            month = int(parts["month"]) if name is None else _MONTH_NUMBERS[name.lower()]
            return date(int(parts["year"]), month, int(parts["day"]))
    return None
