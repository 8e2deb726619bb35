"""Which workspace is meant: by name, by id, or the oldest where nobody says."""

from __future__ import annotations

from typing import Final

from icosa.access.rows import Door, JsonObject, checked_id, json_object, json_objects
from icosa.fields.base import storable

_WORKSPACE: Final = """
json_build_object(
    'id', w.id,
    'name', w.name,
    'displayName', w.display_name,
    'createdAt', icosa.moment(w.created_at),
    'members', (
        select count(*) from icosa.member m where m.workspace_id = w.id and m.deleted_at is null
    ),
    'apiKeys', (
        select count(*) from icosa.api_key k where k.workspace_id = w.id and k.revoked_at is null
    )
)
from icosa.workspace w where w.deleted_at is null"""

_LIST: Final = "select" + _WORKSPACE + "\norder by w.created_at, w.id"

_OLDEST: Final = _LIST + "\nlimit 1"

_ONE: Final = (
    "select" + _WORKSPACE + "\nand (w.id = $1 or w.name = $2) order by w.name = $2 desc limit 1"
)


async def listed(door: Door) -> list[JsonObject]:
    """Oldest first."""
    return await json_objects(door, _LIST)


async def found(door: Door, name_or_id: str | None) -> JsonObject | None:
    """The oldest for None."""
    if name_or_id is None:
        return await json_object(door, _OLDEST)
    return await json_object(door, _ONE, (checked_id(name_or_id), storable(name_or_id)))
