"""Catalogue rows -> snapshot.

One statement (`stored`) reads all that is asked for, so that a snapshot is of one moment
whatever happens beside it. A process that has an older snapshot reads the objects that
changed since and keeps the rest: objects refer to each other by id, so none of them goes
stale.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, Protocol, TypeVar

import msgspec

from icosa.catalog.naming import enum_name
from icosa.catalog.snapshot import (
    Field,
    Index,
    IndexField,
    Object,
    Relation,
    SearchField,
    Snapshot,
)
from icosa.catalog.stored import (
    FIELDS,
    INDEX_FIELDS,
    INDEXES,
    OBJECTS,
    SEARCH_FIELDS,
    SNAPSHOT,
    FieldRow,
    IndexRow,
    ObjectRow,
)
from icosa.db.connection import Row

T = TypeVar("T")


class Door(Protocol):
    """What runs a statement: the database, or a connection in a transaction."""

    async def row(self, text: str, params: Sequence[object] = ()) -> Row | None: ...


_VERSION: Final = "select version from icosa.workspace where id = $1::uuid and deleted_at is null"


async def load_version(door: Door, workspace_id: str) -> int:
    """The version of the model now; -1 when there is no such workspace."""
    row = await door.row(_VERSION, (workspace_id,))
    return -1 if row is None else int(row["version"])


async def load_snapshot(
    door: Door, workspace_id: str, *, since: Snapshot | None = None
) -> Snapshot:
    """The model as of now. Raises `LookupError` when there is no such workspace."""
    row = await door.row(SNAPSHOT, (workspace_id, -1 if since is None else since.version))
    if row is None:
        raise LookupError(workspace_id)
    with _no_collection():
        changed = _objects(row)
    known = {} if since is None else since.objects
    object_ids: list[str] = row["object_ids"] or []
    return Snapshot(
        workspace_id=workspace_id,
        version=row["version"],
        schema=row["schema_name"],
        standard_application_id=row["standard_application_id"],
        custom_application_id=row["custom_application_id"],
        flags=msgspec.json.decode(row["flags"], type=dict[str, bool]),
        objects={key: changed.get(key) or known[key] for key in object_ids},
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Nothing made in between is garbage; looking for some would take longer than the making."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _objects(row: Row) -> Mapping[str, Object]:
    """The objects of one answer of `SNAPSHOT`."""
    stamps = _Stamps()
    objects = _decoded(OBJECTS, row["objects"])
    parts = _index_fields(row, stamps)
    index_rows = _decoded(INDEXES, row["indexes"])
    unique = {
        parts[index.id][0].field_id
        for index in index_rows
        if index.is_unique and len(parts[index.id]) == 1
    }
    tables = {item.id: item.table_name for item in objects}
    fields = _fields(row, stamps, tables, unique)
    indexes: dict[str, list[Index]] = defaultdict(list)
    for index in sorted(index_rows, key=lambda item: (item.created_at, item.id)):
        by_id = fields[index.object_id]
        indexes[index.object_id].append(_index(index, tuple(parts[index.id]), by_id, stamps))
    search_fields = _search_fields(row, stamps)
    return {
        item.id: _object(
            item,
            fields[item.id],
            tuple(indexes[item.id]),
            tuple(search_fields[item.id]),
            stamps,
            is_custom=item.application_id == row["custom_application_id"],
        )
        for item in objects
    }


def _object(
    row: ObjectRow,
    fields: Mapping[str, Field],
    indexes: tuple[Index, ...],
    search_fields: tuple[SearchField, ...],
    stamps: Mapping[str, str],
    *,
    is_custom: bool,
) -> Object:
    values = {
        "labelSingular": row.label_singular,
        "labelPlural": row.label_plural,
        "description": row.description,
        "icon": row.icon,
        "color": row.color,
    }
    shown = {**values, **(row.overrides or {})}
    return Object(
        id=row.id,
        universal_identifier=row.universal_identifier,
        application_id=row.application_id,
        is_custom=is_custom,
        name_singular=row.name_singular,
        name_plural=row.name_plural,
        label_singular=str(shown["labelSingular"]),
        label_plural=str(shown["labelPlural"]),
        description=_text(shown["description"]),
        icon=_text(shown["icon"]),
        shortcut=row.shortcut,
        color=_text(shown["color"]),
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
        duplicate_criteria=row.duplicate_criteria,
        overrides=row.overrides,
        base=_base(row.overrides, values),
        version=row.version,
        created_at=stamps[row.created_at],
        updated_at=stamps[row.updated_at],
        fields={item.name: item for item in fields.values()},
        indexes=indexes,
        search_fields=search_fields,
    )


def _fields(
    row: Row, stamps: Mapping[str, str], tables: Mapping[str, str], unique: set[str]
) -> Mapping[str, dict[str, Field]]:
    """The fields of each object by id, in the order of creation."""
    schema = str(row["schema_name"])
    rows = _decoded(FIELDS, row["fields"])
    rows.sort(key=lambda item: item.ordinal)
    fields: dict[str, dict[str, Field]] = defaultdict(dict)
    for item in rows:
        label, description, icon = item.label, item.description, item.icon
        overrides, base = item.overrides, None
        if overrides is not None:
            base = _base(overrides, {"label": label, "description": description, "icon": icon})
            label = str(overrides.get("label", label))
            description = _text(overrides.get("description", description))
            icon = _text(overrides.get("icon", icon))
        columns = item.columns
        fields[item.object_id][item.id] = _field(
            {
                "id": item.id,
                "object_id": item.object_id,
                "universal_identifier": item.universal_identifier,
                "application_id": item.application_id,
                "kind": item.type,
                "name": item.name,
                "label": label,
                "description": description,
                "icon": icon,
                "enum_name": enum_name(schema, tables[item.object_id], columns[0])
                if columns
                else "",
                "columns": columns,
                "is_active": item.is_active,
                "is_system": item.is_system,
                "is_ui_editable": item.is_ui_editable,
                "is_nullable": item.is_nullable,
                "is_unique": item.id in unique,
                "is_label_synced_with_name": item.is_label_synced_with_name,
                "default_value": item.default_value,
                "options": item.options,
                "settings": item.settings,
                "relation": _relation(item),
                "morph_id": item.morph_id,
                "overrides": overrides,
                "base": base,
                "created_at": stamps[item.created_at],
                "updated_at": stamps[item.updated_at],
            }
        )
    return fields


def _field(attributes: dict[str, object]) -> Field:
    """`Field(**attributes)` at a sixth of the cost: a frozen dataclass sets one by one.

    A large model has 15,000 fields. That all attributes are there is the tests' to see.
    """
    made = object.__new__(Field)
    object.__setattr__(made, "__dict__", attributes)
    return made


def _relation(row: FieldRow) -> Relation | None:
    if row.relation_kind is None:
        return None
    assert row.relation_target_object_id is not None
    assert row.relation_target_field_id is not None
    return Relation(
        kind=row.relation_kind,
        target_object_id=row.relation_target_object_id,
        target_field_id=row.relation_target_field_id,
        on_delete=row.relation_on_delete,
    )


def _base(
    overrides: Mapping[str, object] | None, values: Mapping[str, object]
) -> Mapping[str, object] | None:
    """What stands in the columns of a standard thing under its overrides."""
    return None if overrides is None else {key: values[key] for key in overrides if key in values}


def _index_fields(row: Row, stamps: Mapping[str, str]) -> Mapping[str, list[IndexField]]:
    """By index, in order."""
    rows = _decoded(INDEX_FIELDS, row["index_fields"])
    rows.sort(key=lambda item: item.position)
    parts: dict[str, list[IndexField]] = defaultdict(list)
    for item in rows:
        parts[item.index_id].append(
            IndexField(
                id=item.id,
                field_id=item.field_id,
                position=item.position,
                sub_field=item.sub_field,
                created_at=stamps[item.created_at],
                updated_at=stamps[item.updated_at],
            )
        )
    return parts


def _index(
    row: IndexRow,
    parts: tuple[IndexField, ...],
    fields: Mapping[str, Field],
    stamps: Mapping[str, str],
) -> Index:
    return Index(
        id=row.id,
        universal_identifier=row.universal_identifier,
        name=row.name,
        kind=row.type,
        is_unique=row.is_unique,
        is_custom=row.is_custom,
        where_clause=row.where_clause,
        fields=parts,
        columns=index_columns(parts, fields),
        created_at=stamps[row.created_at],
        updated_at=stamps[row.updated_at],
    )


def index_columns(parts: Sequence[IndexField], fields: Mapping[str, Field]) -> tuple[str, ...]:
    """The physical columns of an index; of a composite those that decide uniqueness."""
    names: list[str] = []
    for part in parts:
        item = fields[part.field_id]
        if len(item.columns) < 2:
            names += item.columns
            continue
        assert item.type is not None
        for name, column in zip(item.columns, item.type.columns(), strict=True):
            member = column.suffix[:1].lower() + column.suffix[1:]
            if part.sub_field == member or (part.sub_field is None and column.in_unique):
                names.append(name)
    return tuple(names)


def _search_fields(row: Row, stamps: Mapping[str, str]) -> Mapping[str, list[SearchField]]:
    """By object, in order."""
    rows = _decoded(SEARCH_FIELDS, row["search_fields"])
    rows.sort(key=lambda item: item.position)
    fields: dict[str, list[SearchField]] = defaultdict(list)
    for item in rows:
        fields[item.object_id].append(
            SearchField(
                id=item.id,
                field_id=item.field_id,
                position=item.position,
                created_at=stamps[item.created_at],
                updated_at=stamps[item.updated_at],
            )
        )
    return fields


def _decoded(decoder: msgspec.json.Decoder[list[T]], text: bytes | None) -> list[T]:
    return [] if text is None else decoder.decode(text)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


class _Stamps(dict[str, str]):
    """PostgreSQL's `2026-11-25T02:46:00.1+00:00` -> `2026-11-25T02:46:00.100Z`, each once."""

    def __missing__(self, text: str) -> str:
        seconds, _, fraction = text.removesuffix("+00:00").partition(".")
        self[text] = made = f"{seconds}.{fraction:0<3}Z"
        return made
