"""What aggregates and groups of the contract mean, in Python (records A2, A3c).

Records are opportunities as the application answered them, each with its `company`. A key of a
dimension pairs what groups are sorted by, after nulls, with what is shown.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any, Final
from zoneinfo import ZoneInfo

Json = Any
Record = Mapping[str, Json]
Key = tuple[Json, Json]  # what is sorted by, what is shown

DAYS: Final = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
    "Sunday",
)
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_DAYS_BEFORE_MONDAY: Final = {"MONDAY": 0, "SUNDAY": 1, "SATURDAY": 2}


# -- aggregates ------------------------------------------------------------------------


def aggregates(records: Sequence[Record]) -> dict[str, Json]:
    """Of each name that the properties ask for."""
    return {
        "totalCount": len(records),
        **_common("Name", [record["name"] for record in records]),
        **_common("Stage", [record["stage"] for record in records]),
        **_common("CloseDate", [record["closeDate"] for record in records]),
        **_common("Amount", [_amount(record["amount"]) for record in records]),
        **_extremes("CloseDate", [record["closeDate"] for record in records]),
        **_numbers("AmountAmountMicros", [r["amount"]["amountMicros"] for r in records]),
    }


def _amount(amount: Json) -> str:
    """A composite is its members' texts one after another."""
    return "".join("" if amount[part] is None else str(amount[part]) for part in amount)


def _common(name: str, values: list[Json]) -> dict[str, Json]:
    filled = [value for value in values if value not in (None, "", [])]
    count = len(values)
    return {
        f"countUniqueValues{name}": len(set(filled)),
        f"countEmpty{name}": count - len(filled),
        f"countNotEmpty{name}": len(filled),
        f"percentageEmpty{name}": (count - len(filled)) / count if count else None,
        f"percentageNotEmpty{name}": len(filled) / count if count else None,
    }


def _extremes(name: str, values: list[Json]) -> dict[str, Json]:
    filled = [value for value in values if value is not None]
    return {
        f"min{name}": min(filled) if filled else None,
        f"max{name}": max(filled) if filled else None,
    }


def _numbers(name: str, values: list[Json]) -> dict[str, Json]:
    filled = [value for value in values if value is not None]
    return {
        **_extremes(name, values),
        f"sum{name}": sum(filled) if filled else None,
        f"avg{name}": sum(filled) / len(filled) if filled else None,
    }


# -- dimensions ------------------------------------------------------------------------


def plain(value: Json) -> Key:
    """A value as it is; empty text is null, numbers are shown as text."""
    if value in (None, "", []):
        return None, None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value, str(int(value) if value == int(value) else value)
    return value, value


def period(moment: str | None, granularity: str, zone: str, start: str) -> Key:
    if moment is None:
        return None, None
    day = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).date()
    before = _DAYS_BEFORE_MONDAY[start]
    match granularity:
        case "DAY":
            first = day
        case "WEEK":
            first = day - timedelta(days=(day.weekday() + before) % 7)
        case "MONTH":
            first = day.replace(day=1)
        case "QUARTER":
            first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case "YEAR":
            first = date(day.year, 1, 1)
        case "DAY_OF_THE_WEEK":
            return (day.weekday() + before) % 7, DAYS[day.weekday()]
        case "MONTH_OF_THE_YEAR":
            return day.month, MONTHS[day.month - 1]
        case _:
            assert granularity == "QUARTER_OF_THE_YEAR"
            quarter = (day.month + 2) // 3
            return quarter, f"Q{quarter}"
    return first.isoformat(), first.isoformat()


# -- groups ----------------------------------------------------------------------------


def groups(
    records: Sequence[Record], dimensions: Sequence[Callable[[Record], list[Key]]]
) -> list[tuple[tuple[Key, ...], list[Record]]]:
    """Each group's keys and records; a record is in one for each of its keys."""
    found: dict[str, tuple[tuple[Key, ...], list[Record]]] = {}
    for record in records:
        for keys in product(*(dimension(record) for dimension in dimensions)):
            found.setdefault(repr(keys), (keys, []))[1].append(record)
    return list(found.values())


def nulls(value: Json, direction: str) -> tuple[bool, Json]:
    """A sort key in which nulls stand where `direction` wants them, if all is sorted upward."""
    first = direction.endswith("First") is not direction.startswith("Desc")
    return (value is None) is not first, 0 if value is None else value
