"""Names of time zones: those of the IANA database, whatever their case.

PostgreSQL has the same names, and reads other texts as POSIX zones, in which the signs of
offsets are turned round (its manual, B.5): so nothing but a name is let through.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from icosa.core.errors import ArgumentInvalid
from icosa.core.inspect import inspect

_OF_THE_MACHINE: Final = {"localtime", "posixrules"}  # files beside the database's own


def time_zone(value: object) -> str:
    """The zone's name as the database spells it. Raises `ArgumentInvalid`."""
    found = _names().get(value.lower()) if isinstance(value, str) else None
    if found is None:
        shown = value if isinstance(value, str) else inspect(value)
        raise ArgumentInvalid(
            f"Invalid timezone: {shown[:100]}",
            path=("groupBy", "timeZone"),
            hint="Use a name of the IANA database, such as Europe/Paris.",
            details={"subCode": "INVALID_TIMEZONE"},
        )
    return found


@cache
def _names() -> Mapping[str, str]:
    names = {"UTC", *available_timezones()} - _OF_THE_MACHINE
    return {name.lower(): name for name in sorted(names)}
