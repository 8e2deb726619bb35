"""What the catalogue holds of one workspace, as one statement reads it.

The parts come as JSON arrays of arrays, which PostgreSQL makes and msgspec reads several
times faster than rows. Only `store` looks at them.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from icosa.catalog.snapshot import OnDelete, RelationKind

# The columns of each part are in the order of its Struct below. Parts are put into order here and
# not by PostgreSQL, which would sort long rows.
SNAPSHOT: Final = """
with changed as (
    select * from icosa.object where workspace_id = $1::uuid and version > $2::bigint
)
select w.version, w.schema_name, w.flags, w.standard_application_id, w.custom_application_id,
(
    select array_agg(o.id order by o.ordinal) from icosa.object o where o.workspace_id = w.id
) as object_ids,
(
    select json_agg(json_build_array(
        o.id, o.universal_identifier, o.application_id, o.name_singular, o.name_plural,
        o.label_singular, o.label_plural, o.description, o.icon, o.shortcut, o.color,
        o.table_name, o.is_active, o.is_system, o.is_remote, o.is_searchable,
        o.is_audit_logged, o.is_ui_editable, o.is_ui_creatable, o.is_label_synced_with_name,
        o.label_identifier_field_id, o.image_identifier_field_id, o.duplicate_criteria,
        o.overrides, o.version, o.created_at, o.updated_at))
    from changed o
) as objects,
(
    select json_agg(json_build_array(
        f.object_id, f.ordinal, f.id, f.universal_identifier, f.application_id, f.type, f.name,
        f.label, f.description, f.icon, f.columns, f.is_active, f.is_system, f.is_ui_editable,
        f.is_nullable, f.is_label_synced_with_name, f.default_value, f.options, f.settings,
        f.relation_kind, f.relation_target_object_id, f.relation_target_field_id,
        f.relation_on_delete, f.morph_id, f.overrides, f.created_at, f.updated_at))
    from changed o join icosa.field f on f.object_id = o.id
) as fields,
(
    select json_agg(json_build_array(
        i.object_id, i.id, i.universal_identifier, i.name, i.type, i.is_unique, i.is_custom,
        i.where_clause, i.created_at, i.updated_at))
    from changed o join icosa.index i on i.object_id = o.id
    where i.state = 'valid'
) as indexes,
(
    select json_agg(json_build_array(
        p.index_id, p.id, p.field_id, p.position, p.sub_field, p.created_at, p.updated_at))
    from changed o
    join icosa.index i on i.object_id = o.id
    join icosa.index_field p on p.index_id = i.id
) as index_fields,
(
    select json_agg(json_build_array(
        s.object_id, s.id, s.field_id, s.position, s.created_at, s.updated_at))
    from changed o join icosa.search_field s on s.object_id = o.id
) as search_fields
from icosa.workspace w
where w.id = $1::uuid and w.deleted_at is null"""


class ObjectRow(msgspec.Struct, array_like=True, gc=False):
    """`label_singular` and what else can be overridden are base values."""

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
    duplicate_criteria: tuple[tuple[str, ...], ...] | None
    overrides: dict[str, object] | None
    version: int
    created_at: str
    updated_at: str


class FieldRow(msgspec.Struct, array_like=True, gc=False):
    """`label`, `description` and `icon` are base values."""

    object_id: str
    ordinal: int
    id: str
    universal_identifier: str
    application_id: str
    type: str
    name: str
    label: str
    description: str | None
    icon: str | None
    columns: tuple[str, ...]
    is_active: bool
    is_system: bool
    is_ui_editable: bool
    is_nullable: bool
    is_label_synced_with_name: bool
    default_value: object
    options: tuple[dict[str, object], ...] | None
    settings: dict[str, object] | None
    relation_kind: RelationKind | None
    relation_target_object_id: str | None
    relation_target_field_id: str | None
    relation_on_delete: OnDelete | None
    morph_id: str | None
    overrides: dict[str, object] | None
    created_at: str
    updated_at: str


class IndexRow(msgspec.Struct, array_like=True, gc=False):
    """Its columns follow from its fields."""

    object_id: str
    id: str
    universal_identifier: str
    name: str
    type: Literal["BTREE", "GIN"]
    is_unique: bool
    is_custom: bool
    where_clause: str | None
    created_at: str
    updated_at: str


class IndexFieldRow(msgspec.Struct, array_like=True, gc=False):
    """One field of an index."""

    index_id: str
    id: str
    field_id: str
    position: int
    sub_field: str | None
    created_at: str
    updated_at: str


class SearchFieldRow(msgspec.Struct, array_like=True, gc=False):
    """One field of an object's search vector."""

    object_id: str
    id: str
    field_id: str
    position: int
    created_at: str
    updated_at: str


OBJECTS: Final = msgspec.json.Decoder(list[ObjectRow])
FIELDS: Final = msgspec.json.Decoder(list[FieldRow])
INDEXES: Final = msgspec.json.Decoder(list[IndexRow])
INDEX_FIELDS: Final = msgspec.json.Decoder(list[IndexFieldRow])
SEARCH_FIELDS: Final = msgspec.json.Decoder(list[SearchFieldRow])
