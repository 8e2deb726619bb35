"""Catalogue rows -> snapshot, in one statement.

PostgreSQL gives each table's rows as one JSON value, which msgspec decodes into structs:
cheaper than a driver's rows by far, where a workspace has thousands of fields. With `since`
only the objects that changed are read, and the others are taken from the older snapshot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import msgspec

from icosa.catalog.binding import bind_type, enum_name
from icosa.catalog.snapshot import (
    Field,
    Index,
    IndexField,
    Object,
    Relation,
    SearchField,
    Snapshot,
)

_TIME: Final = "'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'"


class Door(Protocol):
    """What runs a statement: the database, or a connection in a transaction."""

    async def row(self, text: str, params: Sequence[object] = ()) -> Any: ...


class _ObjectRow(msgspec.Struct):
    id: str
    universal_identifier: str
    application_id: str
    name_singular: str
    name_plural: str
    label_singular: str
    label_plural: str
    description: str | None
    icon: str | None
    shortcut: str | None
    color: str | None
    table_name: str
    is_active: bool
    is_system: bool
    is_remote: bool
    is_searchable: bool
    is_audit_logged: bool
    is_ui_editable: bool
    is_ui_creatable: bool
    is_label_synced_with_name: bool
    label_identifier_field_id: str | None
    image_identifier_field_id: str | None
    duplicate_criteria: list[list[str]] | None
    overrides: dict[str, Any] | None
    version: int
    created: str
    updated: str


class _FieldRow(msgspec.Struct):
    id: str
    object_id: str
    universal_identifier: str
    application_id: str
    type: str
    name: str
    label: str
    description: str | None
    icon: str | None
    is_active: bool
    is_system: bool
    is_ui_editable: bool
    is_nullable: bool
    is_label_synced_with_name: bool
    default_value: Any
    options: list[dict[str, Any]] | None
    settings: dict[str, Any] | None
    columns: list[str]
    relation_kind: str | None
    relation_target_object_id: str | None
    relation_target_field_id: str | None
    relation_on_delete: str | None
    morph_id: str | None
    overrides: dict[str, Any] | None
    created: str
    updated: str


class _IndexRow(msgspec.Struct):
    id: str
    object_id: str
    universal_identifier: str
    name: str
    type: str
    is_unique: bool
    is_custom: bool
    where_clause: str | None
    created: str
    updated: str


class _IndexFieldRow(msgspec.Struct):
    id: str
    index_id: str
    field_id: str
    position: int
    sub_field: str | None
    created: str
    updated: str


class _SearchRow(msgspec.Struct):
    id: str
    object_id: str
    field_id: str
    position: int
    created: str
    updated: str


_LOAD: Final = """
select w.version, w.schema_name, w.standard_application_id, w.custom_application_id, w.flags,
(select coalesce(json_agg(o.id order by o.ordinal), '[]') from icosa.object o
  where o.workspace_id = w.id) as ids,
(select coalesce(json_agg(r), '[]') from (
  select o.*, icosa.iso(o.created_at) as created, icosa.iso(o.updated_at) as updated
  from icosa.object o where o.workspace_id = w.id and o.version > $2) r) as objects,
(select coalesce(json_agg(r), '[]') from (
  select f.*, icosa.iso(f.created_at) as created, icosa.iso(f.updated_at) as updated
  from icosa.object o join icosa.field f on f.object_id = o.id
  where o.workspace_id = w.id and o.version > $2 order by f.ordinal) r) as fields,
(select coalesce(json_agg(r), '[]') from (
  select i.*, icosa.iso(i.created_at) as created, icosa.iso(i.updated_at) as updated
  from icosa.object o join icosa.index i on i.object_id = o.id
  where o.workspace_id = w.id and o.version > $2 and i.state = 'valid'
  order by i.created_at, i.name) r) as indexes,
(select coalesce(json_agg(r), '[]') from (
  select x.*, icosa.iso(x.created_at) as created, icosa.iso(x.updated_at) as updated
  from icosa.object o join icosa.index i on i.object_id = o.id
  join icosa.index_field x on x.index_id = i.id
  where o.workspace_id = w.id and o.version > $2 order by x.position) r) as index_fields,
(select coalesce(json_agg(r), '[]') from (
  select s.*, icosa.iso(s.created_at) as created, icosa.iso(s.updated_at) as updated
  from icosa.object o join icosa.search_field s on s.object_id = o.id
  where o.workspace_id = w.id and o.version > $2 order by s.position) r) as search_fields
from icosa.workspace w
where w.id = $1::uuid and w.deleted_at is null"""
_VERSION: Final = (
    "select version from icosa.workspace where id = $1::uuid and deleted_at is null"
)


async def load_version(door: Door, workspace_id: str) -> int:
    """The version of the model now; -1 when there is no such workspace."""
    row = await door.row(_VERSION, (workspace_id,))
    return -1 if row is None else int(row[0])


async def load_snapshot(
    door: Door, workspace_id: str, *, since: Snapshot | None = None
) -> Snapshot:
    """Raises `LookupError` when there is no such workspace."""
    row = await door.row(_LOAD, (workspace_id, -1 if since is None else since.version))
    if row is None:
        raise LookupError(workspace_id)
    changed = _objects(row, row["schema_name"])
    kept = {} if since is None else since.objects
    ids: list[str] = msgspec.json.decode(row["ids"])
    return Snapshot(
        workspace_id=workspace_id,
        version=row["version"],
        schema=row["schema_name"],
        standard_application_id=row["standard_application_id"],
        custom_application_id=row["custom_application_id"],
        flags=msgspec.json.decode(row["flags"], type=dict[str, bool]),
        objects={key: changed.get(key) or kept[key] for key in ids},
    )


def _objects(row: Any, schema: str) -> Mapping[str, Object]:
    decode = msgspec.json.decode
    objects = decode(row["objects"], type=list[_ObjectRow])
    fields: dict[str, list[_FieldRow]] = {}
    for field_row in decode(row["fields"], type=list[_FieldRow]):
        fields.setdefault(field_row.object_id, []).append(field_row)
    places: dict[str, list[_IndexFieldRow]] = {}
    for place in decode(row["index_fields"], type=list[_IndexFieldRow]):
        places.setdefault(place.index_id, []).append(place)
    indexes: dict[str, list[_IndexRow]] = {}
    for index_row in decode(row["indexes"], type=list[_IndexRow]):
        indexes.setdefault(index_row.object_id, []).append(index_row)
    search: dict[str, list[_SearchRow]] = {}
    for search_row in decode(row["search_fields"], type=list[_SearchRow]):
        search.setdefault(search_row.object_id, []).append(search_row)
    application = row["custom_application_id"]
    return {
        item.id: _object(
            item,
            schema,
            application,
            fields.get(item.id, []),
            [(index, places.get(index.id, [])) for index in indexes.get(item.id, [])],
            search.get(item.id, []),
        )
        for item in objects
    }


def _object(
    row: _ObjectRow,
    schema: str,
    custom_application_id: str,
    fields: Sequence[_FieldRow],
    indexes: Sequence[tuple[_IndexRow, list[_IndexFieldRow]]],
    search: Sequence[_SearchRow],
) -> Object:
    unique = {places[0].field_id for index, places in indexes if index.is_unique and len(places) == 1}
    found = {f.name: _field(f, schema, row.table_name, is_unique=f.id in unique) for f in fields}
    by_id = {f.id: f for f in found.values()}
    overrides = row.overrides or {}
    return Object(
        id=row.id,
        universal_identifier=row.universal_identifier,
        application_id=row.application_id,
        is_custom=row.application_id == custom_application_id,
        name_singular=row.name_singular,
        name_plural=row.name_plural,
        label_singular=str(overrides.get("labelSingular", row.label_singular)),
        label_plural=str(overrides.get("labelPlural", row.label_plural)),
        description=overrides.get("description", row.description),
        icon=overrides.get("icon", row.icon),
        shortcut=row.shortcut,
        color=overrides.get("color", row.color),
        table=row.table_name,
        is_active=row.is_active,
        is_system=row.is_system,
        is_remote=row.is_remote,
        is_searchable=row.is_searchable,
        is_audit_logged=row.is_audit_logged,
        is_ui_editable=row.is_ui_editable,
        is_ui_creatable=row.is_ui_creatable,
        is_label_synced_with_name=row.is_label_synced_with_name,
        label_identifier_field_id=row.label_identifier_field_id,
        image_identifier_field_id=row.image_identifier_field_id,
        duplicate_criteria=None
        if row.duplicate_criteria is None
        else tuple(tuple(item) for item in row.duplicate_criteria),
        overrides=row.overrides,
        base=_base(
            row.overrides,
            {
                "labelSingular": row.label_singular,
                "labelPlural": row.label_plural,
                "description": row.description,
                "icon": row.icon,
                "color": row.color,
            },
        ),
        version=row.version,
        created_at=row.created,
        updated_at=row.updated,
        fields=found,
        indexes=tuple(_index(index, places, by_id) for index, places in indexes),
        search_fields=tuple(
            SearchField(
                id=s.id,
                field_id=s.field_id,
                position=s.position,
                created_at=s.created,
                updated_at=s.updated,
            )
            for s in search
        ),
    )


def _field(row: _FieldRow, schema: str, table: str, *, is_unique: bool) -> Field:
    relation = None
    if row.relation_kind is not None:
        relation = Relation(
            kind=row.relation_kind,  # type: ignore[arg-type]  # checked by the table
            target_object_id=row.relation_target_object_id or "",
            target_field_id=row.relation_target_field_id or "",
            on_delete=row.relation_on_delete,  # type: ignore[arg-type]  # written from OnDelete
        )
    overrides = row.overrides or {}
    options = None if row.options is None else tuple(row.options)
    return Field(
        id=row.id,
        object_id=row.object_id,
        universal_identifier=row.universal_identifier,
        application_id=row.application_id,
        kind=row.type,
        name=row.name,
        label=str(overrides.get("label", row.label)),
        description=overrides.get("description", row.description),
        icon=overrides.get("icon", row.icon),
        type=bind_type(
            kind=row.type,
            name=row.name,
            is_nullable=row.is_nullable,
            default_value=row.default_value,
            options=options,
            settings=row.settings,
            relation=relation,
            enum_name=enum_name(schema, table, row.name),
        ),
        columns=tuple(row.columns),
        is_active=row.is_active,
        is_system=row.is_system,
        is_ui_editable=row.is_ui_editable,
        is_nullable=row.is_nullable,
        is_unique=is_unique,
        is_label_synced_with_name=row.is_label_synced_with_name,
        default_value=row.default_value,
        options=options,
        settings=row.settings,
        relation=relation,
        morph_id=row.morph_id,
        overrides=row.overrides,
        base=_base(
            row.overrides, {"label": row.label, "description": row.description, "icon": row.icon}
        ),
        created_at=row.created,
        updated_at=row.updated,
    )


def _base(
    overrides: Mapping[str, object] | None, values: Mapping[str, object]
) -> Mapping[str, object] | None:
    """What stands in the columns of a standard thing under its overrides."""
    return None if overrides is None else {key: values[key] for key in overrides if key in values}


def _index(row: _IndexRow, places: Sequence[_IndexFieldRow], fields: Mapping[str, Field]) -> Index:
    parts = tuple(
        IndexField(
            id=place.id,
            field_id=place.field_id,
            position=place.position,
            sub_field=place.sub_field,
            created_at=place.created,
            updated_at=place.updated,
        )
        for place in places
    )
    return Index(
        id=row.id,
        universal_identifier=row.universal_identifier,
        name=row.name,
        kind=row.type,  # type: ignore[arg-type]  # checked by the table
        is_unique=row.is_unique,
        is_custom=row.is_custom,
        where_clause=row.where_clause,
        fields=parts,
        columns=index_columns(parts, fields),
        created_at=row.created,
        updated_at=row.updated,
    )


def index_columns(parts: Sequence[IndexField], fields: Mapping[str, Field]) -> tuple[str, ...]:
    """The physical columns of an index; of a composite those that decide uniqueness."""
    names: list[str] = []
    for part in parts:
        item = fields[part.field_id]
        if item.type is None:
            continue
        for name, column in zip(item.columns, item.type.columns(), strict=True):
            member = column.suffix[:1].lower() + column.suffix[1:]
            if part.sub_field == member or (part.sub_field is None and column.in_unique):
                names.append(name)
    return tuple(names)
