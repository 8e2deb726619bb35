"""The difference of two snapshots as catalogue rows: what to insert, update and delete.

Each table's rows are sent as one JSON array, so a change is a handful of statements
whatever its size; only objects that differ are looked at. Overrides of standard things are
kept apart from their base values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from icosa.catalog.snapshot import Field, Index, IndexField, Object, SearchField, Snapshot

Row = dict[str, object]

_OBJECT: Final = (
    "id uuid, workspace_id uuid, universal_identifier uuid, application_id uuid,"
    " name_singular text, name_plural text, label_singular text, label_plural text,"
    " description text, icon text, shortcut text, color text, table_name text, is_active bool,"
    " is_system bool, is_remote bool, is_searchable bool, is_audit_logged bool,"
    " is_ui_editable bool, is_ui_creatable bool, is_label_synced_with_name bool,"
    " label_identifier_field_id uuid, image_identifier_field_id uuid, duplicate_criteria jsonb,"
    " overrides jsonb, version bigint, created_at timestamptz, updated_at timestamptz"
)
_FIELD: Final = (
    "id uuid, workspace_id uuid, object_id uuid, universal_identifier uuid, application_id uuid,"
    " type text, name text, label text, description text, icon text, is_active bool,"
    " is_system bool, is_ui_editable bool, is_nullable bool, is_label_synced_with_name bool,"
    " default_value jsonb, options jsonb, settings jsonb, columns text[], relation_kind text,"
    " relation_target_object_id uuid, relation_target_field_id uuid, relation_on_delete text,"
    " morph_id uuid, overrides jsonb, created_at timestamptz, updated_at timestamptz"
)
_INDEX: Final = (
    "id uuid, workspace_id uuid, object_id uuid, universal_identifier uuid, name text,"
    " type text, is_unique bool, is_custom bool, where_clause text, created_at timestamptz,"
    " updated_at timestamptz"
)
_INDEX_FIELD: Final = (
    "id uuid, index_id uuid, field_id uuid, position int, sub_field text, created_at timestamptz,"
    " updated_at timestamptz"
)
_SEARCH_FIELD: Final = (
    "id uuid, object_id uuid, field_id uuid, position int, created_at timestamptz,"
    " updated_at timestamptz"
)
_NEVER_CHANGED: Final = ("id", "created_at")
_TABLES: Final = (  # parents before children
    ("object", _OBJECT),
    ("field", _FIELD),
    ("index", _INDEX),
    ("index_field", _INDEX_FIELD),
    ("search_field", _SEARCH_FIELD),
)


@dataclass(frozen=True, slots=True)
class RowStatement:
    """A statement on the catalogue."""

    text: str
    rows: str  # JSON, the statement's one parameter


def row_statements(old: Snapshot | None, new: Snapshot) -> list[RowStatement]:
    """What brings the catalogue from `old` to `new`, in order."""
    known_objects = {} if old is None else old.objects
    changed_objects = [o for o in new.objects.values() if known_objects.get(o.id) is not o]
    differing = {o.id for o in changed_objects}
    former = [o for o in known_objects.values() if o.id in differing or o.id not in new.objects]
    before = _tables(former, new.workspace_id)
    after = _tables(changed_objects, new.workspace_id)
    found: list[RowStatement] = []
    for name, _ in reversed(_TABLES):
        gone = [{"id": key} for key in before[name] if key not in after[name]]
        if gone:
            text = (
                f"delete from icosa.{name} where id in"
                " (select id from json_to_recordset($1::json) as x (id uuid))"
            )
            found.append(RowStatement(text, _json(gone)))
    for name, columns in _TABLES:
        known = before[name]
        made = [row for key, row in after[name].items() if key not in known]
        changed = [row for key, row in after[name].items() if key in known and known[key] != row]
        if changed:
            found.append(RowStatement(_update(name, columns), _json(changed)))
        if made:
            found.append(RowStatement(_insert(name, columns), _json(made)))
    return found


def _insert(name: str, columns: str) -> str:
    names = ", ".join(_names(columns))
    return (
        f"insert into icosa.{name} ({names})\n"
        f"select {names} from json_to_recordset($1::json) as x ({columns})"
    )


def _update(name: str, columns: str) -> str:
    sets = ", ".join(
        f"{column} = x.{column}" for column in _names(columns) if column not in _NEVER_CHANGED
    )
    return (
        f"update icosa.{name} as t set {sets}\n"
        f"from json_to_recordset($1::json) as x ({columns}) where t.id = x.id"
    )


def _names(columns: str) -> list[str]:
    return [part.split()[0] for part in columns.split(",")]


def _tables(objects: Sequence[Object], workspace_id: str) -> Mapping[str, Mapping[str, Row]]:
    """The rows of each table by id."""
    return {
        "object": {o.id: _object(o, workspace_id) for o in objects},
        "field": {f.id: _field(f, workspace_id) for o in objects for f in o.fields.values()},
        "index": {i.id: _index(i, o, workspace_id) for o in objects for i in o.indexes},
        "index_field": dict(_index_fields(objects)),
        "search_field": {s.id: _search(s, o) for o in objects for s in o.search_fields},
    }


def _object(o: Object, workspace_id: str) -> Row:
    base = o.base or {}
    return {
        "id": o.id,
        "workspace_id": workspace_id,
        "universal_identifier": o.universal_identifier,
        "application_id": o.application_id,
        "name_singular": o.name_singular,
        "name_plural": o.name_plural,
        "label_singular": base.get("labelSingular", o.label_singular),
        "label_plural": base.get("labelPlural", o.label_plural),
        "description": base.get("description", o.description),
        "icon": base.get("icon", o.icon),
        "shortcut": o.shortcut,
        "color": base.get("color", o.color),
        "table_name": o.table,
        "is_active": o.is_active,
        "is_system": o.is_system,
        "is_remote": o.is_remote,
        "is_searchable": o.is_searchable,
        "is_audit_logged": o.is_audit_logged,
        "is_ui_editable": o.is_ui_editable,
        "is_ui_creatable": o.is_ui_creatable,
        "is_label_synced_with_name": o.is_label_synced_with_name,
        "label_identifier_field_id": o.label_identifier_field_id,
        "image_identifier_field_id": o.image_identifier_field_id,
        "duplicate_criteria": o.duplicate_criteria,
        "overrides": o.overrides,
        "version": o.version,
        "created_at": o.created_at,
        "updated_at": o.updated_at,
    }


def _field(f: Field, workspace_id: str) -> Row:
    relation = f.relation
    base = f.base or {}
    return {
        "id": f.id,
        "workspace_id": workspace_id,
        "object_id": f.object_id,
        "universal_identifier": f.universal_identifier,
        "application_id": f.application_id,
        "type": f.kind,
        "name": f.name,
        "label": base.get("label", f.label),
        "description": base.get("description", f.description),
        "icon": base.get("icon", f.icon),
        "is_active": f.is_active,
        "is_system": f.is_system,
        "is_ui_editable": f.is_ui_editable,
        "is_nullable": f.is_nullable,
        "is_label_synced_with_name": f.is_label_synced_with_name,
        "default_value": f.default_value,
        "options": f.options,
        "settings": f.settings,
        "columns": list(f.columns),
        "relation_kind": relation.kind if relation else None,
        "relation_target_object_id": relation.target_object_id if relation else None,
        "relation_target_field_id": relation.target_field_id if relation else None,
        "relation_on_delete": relation.on_delete if relation else None,
        "morph_id": f.morph_id,
        "overrides": f.overrides,
        "created_at": f.created_at,
        "updated_at": f.updated_at,
    }


def _index(i: Index, o: Object, workspace_id: str) -> Row:
    return {
        "id": i.id,
        "workspace_id": workspace_id,
        "object_id": o.id,
        "universal_identifier": i.universal_identifier,
        "name": i.name,
        "type": i.kind,
        "is_unique": i.is_unique,
        "is_custom": i.is_custom,
        "where_clause": i.where_clause,
        "created_at": i.created_at,
        "updated_at": i.updated_at,
    }


def _index_fields(objects: Iterable[Object]) -> Iterable[tuple[str, Row]]:
    for o in objects:
        for index in o.indexes:
            for part in index.fields:
                yield part.id, _index_field(part, index)


def _index_field(part: IndexField, index: Index) -> Row:
    return {
        "id": part.id,
        "index_id": index.id,
        "field_id": part.field_id,
        "position": part.position,
        "sub_field": part.sub_field,
        "created_at": part.created_at,
        "updated_at": part.updated_at,
    }


def _search(s: SearchField, o: Object) -> Row:
    return {
        "id": s.id,
        "object_id": o.id,
        "field_id": s.field_id,
        "position": s.position,
        "created_at": s.created_at,
        "updated_at": s.updated_at,
    }


def _json(rows: list[Row] | list[dict[str, str]]) -> str:
    return msgspec.json.encode(rows).decode()
