"""What this layer reads and writes through: one door, and times and ids on their way in.

Statements here run seldom and touch a few rows, so they are plain text with `$n`, answers are
JSON made by PostgreSQL with the contract's keys, and `icosa.moment` (migration 0002) writes times.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol, cast

import msgspec

from icosa.core.errors import ArgumentInvalid
from icosa.core.identity import is_uuid
from icosa.db.connection import Row

JsonObject = dict[str, object]


class Door(Protocol):
    """A `Database`, where a statement is a transaction, or a `Connection` inside one."""

    async def row(self, text: str, params: Sequence[object] = ()) -> Row | None: ...

    async def rows(self, text: str, params: Sequence[object] = ()) -> list[Row]: ...

    async def execute(self, text: str, params: Sequence[object] = ()) -> int: ...


async def json_object(door: Door, text: str, params: Sequence[object] = ()) -> JsonObject | None:
    """The first column of the first row, which holds a JSON object or null."""
    row = await door.row(text, params)
    return (
        None if row is None or row[0] is None else cast("JsonObject", msgspec.json.decode(row[0]))
    )


async def json_objects(door: Door, text: str, params: Sequence[object] = ()) -> list[JsonObject]:
    """The first column of every row, each a JSON object."""
    return [msgspec.json.decode(row[0]) for row in await door.rows(text, params)]


def checked_id(value: str) -> str | None:
    """`value` if it can be compared with a uuid column, else None: nothing has such an id."""
    return value if is_uuid(value) else None


def moment(text: str, name: str) -> datetime:
    """The point in time that ISO 8601 `text` names; UTC where it names no zone.

    Raises `ArgumentInvalid` in the reference's words, with `name` as the argument's.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentInvalid(
            f"{name} must be a valid ISO 8601 date string", path=(name,)
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
