"""Dates as dimensions: the period of the calendar that a moment falls into.

A period (a day, a week, …) is the date on which it begins. A place in a cycle (a day of
the week, …) is its number, because numbers are cheaper to group by than names and can be
put into the order of time; names are for what is shown. The calendar is the ISO one, in
the request's time zone: PostgreSQL manual, 9.9.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from icosa.core.sql import Sql, number, param, sql
from icosa.plan.tree import Dimension
from icosa.request.time_zone import time_zone

_TRUNCATED: Final[Mapping[str, Sql]] = MappingProxyType(
    {
        "WEEK": sql("'week'"),
        "MONTH": sql("'month'"),
        "QUARTER": sql("'quarter'"),
        "YEAR": sql("'year'"),
    }
)
_PARTS: Final[Mapping[str, Sql]] = MappingProxyType(
    {
        "DAY_OF_THE_WEEK": sql("'isodow'"),
        "MONTH_OF_THE_YEAR": sql("'month'"),
        "QUARTER_OF_THE_YEAR": sql("'quarter'"),
    }
)
_NAMES: Final[Mapping[str, Sql]] = MappingProxyType(
    {
        "DAY_OF_THE_WEEK": sql(
            "'{Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday}'::text[]"
        ),
        "MONTH_OF_THE_YEAR": sql(
            "'{January,February,March,April,May,June,July,August,September,October,November,"
            "December}'::text[]"
        ),
        "QUARTER_OF_THE_YEAR": sql("'{Q1,Q2,Q3,Q4}'::text[]"),
    }
)
_DAYS_BEFORE_MONDAY: Final[Mapping[str, int]] = MappingProxyType(
    {"MONDAY": 0, "SUNDAY": 1, "SATURDAY": 2}
)


def period(of: Dimension, column: Sql) -> Sql:
    """The value to group by: a date, or a number in a cycle."""
    local = _local(of, column)
    if of.granularity in _PARTS:
        return sql("date_part({part}, {t})::int", part=_PARTS[of.granularity], t=local)
    if of.granularity == "DAY":
        return sql("({t})::date", t=local)
    before = _DAYS_BEFORE_MONDAY[of.week_start] if of.granularity == "WEEK" else 0
    if before:
        days = sql("interval '{n} days'", n=number(before))
        return sql("(date_trunc('week', {t} + {days}) - {days})::date", t=local, days=days)
    return sql("date_trunc({unit}, {t})::date", unit=_TRUNCATED[of.granularity], t=local)


def period_name(of: Dimension, value: Sql) -> Sql:
    """What is shown of a period: `2025-01-06`, `Monday`, `January`, `Q1`."""
    names = _NAMES.get(of.granularity)
    return value if names is None else sql("({names})[{v}]", names=names, v=value)


def period_rank(of: Dimension, value: Sql) -> Sql:
    """What periods are ordered by: a week's days from its first one on."""
    before = _DAYS_BEFORE_MONDAY[of.week_start]
    if of.granularity != "DAY_OF_THE_WEEK" or not before:
        return value
    return sql("({v} + {n}) % 7", v=value, n=number(before - 1))


def _local(of: Dimension, column: Sql) -> Sql:
    """The moment as a clock on the wall showed it; the day itself of a date."""
    if not of.is_instant:
        return sql("{c}::timestamp", c=column)
    zone = sql("'UTC'") if of.zone is None else param(of.zone.slot, time_zone, "text")
    return sql("{c} at time zone {zone}", c=column, zone=zone)
