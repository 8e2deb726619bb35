"""What a snapshot of the model does not hold: flags as of now, views, how many records.

Read when asked for, and seldom: the version with each request, so that a change made by
another process a moment ago is seen; the rest by one operation each.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import msgspec

from icosa.access.rows import Door, JsonObject, json_object, json_objects
from icosa.catalog.snapshot import Snapshot
from icosa.core.sql import ident, render, sql

NEW_FORMAT: Final = "IS_REST_METADATA_API_NEW_FORMAT_DIRECT"

_STATE: Final = """
select version, flags from icosa.workspace where id = $1::uuid and deleted_at is null"""

_VIEWS: Final = """
select json_build_object('id', v.id, 'type', v.type, 'key', v.key, 'objectMetadataId', v.object_id)
from icosa.view v join icosa.object o on o.id = v.object_id
where v.workspace_id = $1::uuid and v.deleted_at is null and v.is_active and o.is_active
order by v.position, v.id"""

_VIEWS_HASHES: Final = """
select json_build_object(
    'view', (
        select concat_ws(' ', count(*), max(v.updated_at), max(v.deleted_at))
        from icosa.view v where v.workspace_id = $1::uuid
    ),
    'viewField', (
        select concat_ws(' ', count(*), max(f.updated_at), max(f.deleted_at))
        from icosa.view v join icosa.view_field f on f.view_id = v.id
        where v.workspace_id = $1::uuid
    )
)"""

# The model's own collections all change with its version.
_OF_MODEL: Final = ("objectMetadata", "fieldMetadata", "index", "searchFieldMetadata")


@dataclass(frozen=True, slots=True)
class State:
    """A workspace as of now."""

    version: int
    flags: dict[str, bool]

    @property
    def has_new_format(self) -> bool:
        return self.flags.get(NEW_FORMAT, True)


async def load_state(door: Door, workspace_id: str) -> State | None:
    """None where there is no such workspace."""
    row = await door.row(_STATE, (workspace_id,))
    if row is None:
        return None
    return State(row["version"], msgspec.json.decode(row["flags"], type=dict[str, bool]))


async def load_views(door: Door, workspace_id: str) -> list[JsonObject]:
    """The contract's MinimalView, of every active object."""
    return await json_objects(door, _VIEWS, (workspace_id,))


async def load_hashes(door: Door, snapshot: Snapshot) -> list[JsonObject]:
    """The contract's CollectionHash: texts that change when a collection does."""
    found = await json_object(door, _VIEWS_HASHES, (snapshot.workspace_id,)) or {}
    states = {**dict.fromkeys(_OF_MODEL, str(snapshot.version)), **found}
    return [
        {"collectionName": name, "hash": _hash(f"{snapshot.workspace_id} {name} {state}")}
        for name, state in states.items()
    ]


async def load_counts(door: Door, snapshot: Snapshot) -> dict[str, int]:
    """How many records that are not deleted each object has, by its id.

    select object_id, sum(delta)::bigint as total from "w_1"."record_total" group by object_id
    """
    statement = render(
        sql(
            "select object_id, sum(delta)::bigint as total from {totals} group by object_id",
            totals=ident(snapshot.schema, "record_total"),
        )
    )
    return {str(row["object_id"]): int(row["total"]) for row in await door.rows(statement.text)}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
