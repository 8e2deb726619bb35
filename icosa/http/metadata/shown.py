"""What the contract shows of objects, fields and indexes: one table for both dialects.

REST shows these raw, with what is unset left out; GraphQL shows unset texts as "" (contract,
G.2). The order of keys is the reference's. REST also has the two ends of a relation, which
the reference shows in GraphQL only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from icosa.catalog.snapshot import Field, Index, IndexField, Object, SearchField, Snapshot

Shown = dict[str, object]

# Left out of REST answers where nothing is set; everything else is shown, also null.
_OPTIONAL: Final = frozenset(
    (
        "description", "icon", "shortcut", "color", "duplicateCriteria", "overrides", "options",
        "settings", "morphId", "relationTargetObjectMetadataId", "relationTargetFieldMetadataId",
    )
)  # fmt: skip
_OBJECT_TEXTS: Final = ("description", "icon", "color")
_FIELD_TEXTS: Final = ("description", "icon")


# -- REST ------------------------------------------------------------------------------


def rest_object(source: Object, snapshot: Snapshot, *, with_fields: bool = True) -> Shown:
    """Morph fields are not collapsed here (contract, B.3)."""
    shown = _without_unset(_object(source))
    shown["workspaceId"] = snapshot.workspace_id
    if with_fields:
        shown["fields"] = [rest_field(item, snapshot) for item in source.fields.values()]
    return shown


def rest_field(item: Field, snapshot: Snapshot) -> Shown:
    shown = _field(item)
    shown["workspaceId"] = snapshot.workspace_id
    shown["overrides"] = item.overrides
    if item.relation is not None:
        shown["relationTargetObjectMetadataId"] = item.relation.target_object_id
        shown["relationTargetFieldMetadataId"] = item.relation.target_field_id
    return _without_unset(shown)


def _without_unset(shown: Shown) -> Shown:
    return {k: v for k, v in shown.items() if v is not None or k not in _OPTIONAL}


# -- GraphQL ---------------------------------------------------------------------------


def graphql_object(source: Object) -> Shown:
    return _with_empty_texts(_object(source), _OBJECT_TEXTS)


def graphql_field(item: Field, *, name: str | None = None) -> Shown:
    """`name` stands in for the field's own where a morph relation is shown as one."""
    shown = _with_empty_texts(_field(item), _FIELD_TEXTS)
    if name is not None:
        shown["name"] = name
    return shown


def graphql_index(index: Index) -> Shown:
    return {
        "id": index.id,
        "name": index.name,
        "isCustom": index.is_custom,
        "isUnique": index.is_unique,
        "indexWhereClause": index.where_clause,
        "indexType": index.kind,
        "createdAt": index.created_at,
        "updatedAt": index.updated_at,
        "indexFieldMetadataList": [_index_field(part) for part in index.fields],
    }


def graphql_search_field(part: SearchField, vector: Field) -> Shown:
    return {
        "id": part.id,
        "fieldMetadataId": part.field_id,
        "tsVectorFieldMetadataId": vector.id,
        "position": part.position,
        "createdAt": part.created_at,
        "updatedAt": part.updated_at,
    }


def _with_empty_texts(shown: Shown, names: tuple[str, ...]) -> Shown:
    for name in names:
        if shown[name] is None:
            shown[name] = ""
    return shown


# -- both ------------------------------------------------------------------------------


def _object(source: Object) -> Shown:
    return {
        "id": source.id,
        "universalIdentifier": source.universal_identifier,
        "isActive": source.is_active,
        "isLabelSyncedWithName": source.is_label_synced_with_name,
        "isRemote": source.is_remote,
        "isSearchable": source.is_searchable,
        "isSystem": source.is_system,
        "isUIEditable": source.is_ui_editable,
        "isUICreatable": source.is_ui_creatable,
        "isUIReadOnly": not source.is_ui_editable,
        "labelPlural": source.label_plural,
        "labelSingular": source.label_singular,
        "namePlural": source.name_plural,
        "nameSingular": source.name_singular,
        "imageIdentifierFieldMetadataId": source.image_identifier_field_id,
        "labelIdentifierFieldMetadataId": source.label_identifier_field_id,
        "createdAt": source.created_at,
        "updatedAt": source.updated_at,
        "description": source.description,
        "icon": source.icon,
        "shortcut": source.shortcut,
        "color": source.color,
        "duplicateCriteria": source.duplicate_criteria,
        "overrides": source.overrides,
        "applicationId": source.application_id,
    }


def _field(item: Field) -> Shown:
    return {
        "id": item.id,
        "universalIdentifier": item.universal_identifier,
        "label": item.label,
        "name": item.name,
        "objectMetadataId": item.object_id,
        "type": item.kind,
        "defaultValue": item.default_value,
        "description": item.description,
        "icon": item.icon,
        "isActive": item.is_active,
        "isLabelSyncedWithName": item.is_label_synced_with_name,
        "isSystem": item.is_system,
        "isUIEditable": item.is_ui_editable,
        "isUIReadOnly": not item.is_ui_editable,
        "options": _plain(item.options),
        "settings": item.settings,
        "morphId": item.morph_id,
        "createdAt": item.created_at,
        "updatedAt": item.updated_at,
        "isNullable": item.is_nullable,
        "isUnique": item.is_unique,
        "applicationId": item.application_id,
    }


def _plain(options: tuple[Mapping[str, object], ...] | None) -> list[dict[str, object]] | None:
    """What any JSON encoder takes."""
    return None if options is None else [dict(option) for option in options]


def _index_field(part: IndexField) -> Shown:
    return {
        "id": part.id,
        "fieldMetadataId": part.field_id,
        "order": part.position,
        "subFieldName": part.sub_field,
        "createdAt": part.created_at,
        "updatedAt": part.updated_at,
    }
