"""Update and delete a field: edits of a draft, with all the faults of the input (C.6 to C.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from icosa.catalog import binding
from icosa.catalog.naming import input_fault, tidy
from icosa.catalog.snapshot import Field, Index, Object
from icosa.changes import faults, views
from icosa.changes.commands import UpdateField, given
from icosa.changes.draft import Draft
from icosa.changes.faults import Failures, Fault
from icosa.changes.fields import (
    CHOICES,
    NO_DEFAULT,
    add_unique_failure,
    not_unique,
    option_json,
)
from icosa.changes.options import Moves, move_records, move_views, moves
from icosa.changes.overrides import FIELD_KEYS, with_overrides
from icosa.changes.relations import add_targets, morph_base, morph_name, settings_faults
from icosa.changes.reports import field_information
from icosa.changes.validate import (
    INVALID_FIELD,
    MUTATION,
    field_name_faults,
    label_sync_faults,
    value_faults,
)
from icosa.core.errors import ModelNotFound, ModelRefused, RequestInvalid
from icosa.fields.base import unquoted
from icosa.fields.option import normalised_options, option_faults

_UPDATING: Final = "updating field"
_MAY_LACK_DEFAULT: Final = frozenset({"FILES", "TS_VECTOR"})
_FIXED_IF_STANDARD: Final = ("is_label_synced_with_name", "name")
_EDITABLE_IF_SYSTEM: Final = ("settings", "is_active")
_EDITABLE_IF_RELATION: Final = (
    *("label", "description", "icon", "name", "is_active", "settings"),
    "is_label_synced_with_name",
)
_API_NAMES: Final[Mapping[str, str]] = {
    "default_value": "defaultValue",
    "is_active": "isActive",
    "is_unique": "isUnique",
    "is_label_synced_with_name": "isLabelSyncedWithName",
}


# -- update ----------------------------------------------------------------------------


def update_field(draft: Draft, reference: str, command: UpdateField) -> str:
    """The id of the field. Raises `ModelInvalid`, `ModelRefused`, `RequestInvalid`."""
    item = draft.find_field(tidy(reference))
    if item is None:
        fault = Fault("FIELD_METADATA_NOT_FOUND", "Field metadata to update not found")
        _refuse({}, fault)
        raise AssertionError  # `_refuse` has raised
    values = _values(command)
    targets = values.pop("morph_relations_update_payload", None)
    changes = {key: value for key, value in values.items() if value != getattr(item, key)}
    _check_editable(draft, item, changes)
    if item.relation is None:
        _update_plain(draft, item, changes)
    elif changes:
        _update_relation(draft, item, changes)
    if targets is not None and item.morph_id is not None:
        add_targets(draft, draft.field(item.id), targets)
    return item.id


def _values(command: UpdateField) -> dict[str, object]:
    """What was said, texts trimmed; null says nothing where nothing can be null."""
    values = given(command)
    for key in ("name", "label", "description", "icon"):
        text = values.get(key)
        if isinstance(text, str):
            values[key] = tidy(text)
    for key in ("name", "label", "is_active", "is_unique", "is_label_synced_with_name"):
        if values.get(key, True) is None:
            del values[key]
    if "name" in values and (fault := input_fault("name", str(values["name"]))):
        raise RequestInvalid(fault)
    return values


def _check_editable(draft: Draft, item: Field, changes: Mapping[str, object]) -> None:
    """Raises `ModelRefused`, `ModelInvalid` for what can't be changed of such a field."""
    is_standard = item.application_id != draft.before.custom_application_id
    fixed = [_API_NAMES.get(key, key) for key in _FIXED_IF_STANDARD if key in changes]
    if is_standard and not item.is_system and fixed:
        raise ModelRefused(
            f"Cannot edit standard field metadata properties: {', '.join(fixed)}",
            sub_code=MUTATION,
        )
    editable: tuple[str, ...]
    if item.is_system:
        kind, editable = "System", _EDITABLE_IF_SYSTEM
        shown = "universalSettings, isActive"
    elif item.relation is not None:
        kind, editable = "Relation", _EDITABLE_IF_RELATION
        shown = "label, description, icon, name, isActive, settings"
    else:
        return
    forbidden = sorted(_API_NAMES.get(key, key) for key in changes if key not in editable)
    if forbidden:
        message = f"{kind} fields only allow updating: {shown}."
        fault = Fault(MUTATION, f"{message} Forbidden properties: {', '.join(forbidden)}")
        _refuse(field_information(item, draft.object(item.object_id)), fault)


def _update_plain(draft: Draft, item: Field, changes: dict[str, object]) -> None:
    source = draft.object(item.object_id)
    failures = Failures(_UPDATING)
    found: list[Fault] = []
    unique = changes.pop("is_unique", None)
    moved = _read_options(draft, item, changes, found)
    candidate = _candidate(draft, item, source, changes)
    if changes.keys() & {"name", "label", "is_label_synced_with_name"}:
        found += label_sync_faults(candidate, is_new=False)
    if "name" in changes:
        found += field_name_faults(candidate, source)
    if not found:
        found += value_faults(candidate, is_new=False)
    if "default_value" in changes and _lacks_default(candidate):
        found.append(NO_DEFAULT)
    found += _deactivation_faults(source, item, changes)
    failures.add(faults.FIELD, "update", field_information(item, source), found)
    if unique is True or (item.is_unique and unique is None and "default_value" in changes):
        add_unique_failure(failures, draft, candidate, source)
    if unique is False:
        _check_unique_is_ours(failures, item, source)
    failures.raise_if_any()

    changed = _apply(draft, item, changes)
    if moved is not None:
        move_records(draft, source, changed, moved)
        move_views(draft, changed, moved)
    if unique is not None:
        _set_unique(draft, changed, is_unique=unique is True)
    if changes.get("is_active") is False:
        views.take_out_of_views(draft, (changed,))


def _read_options(
    draft: Draft, item: Field, changes: dict[str, object], found: list[Fault]
) -> Moves | None:
    """Makes `changes` hold the options as they are kept; what becomes of their values."""
    options = changes.pop("options", None)
    if item.kind not in CHOICES or options is None:
        return None
    wrong = option_faults(options)
    found += (Fault(INVALID_FIELD, text) for text in wrong)
    if wrong or not isinstance(options, list):
        return None
    made = normalised_options(options, draft.new_id)
    moved = moves(item.options or (), made)
    changes["options"] = tuple(option_json(option) for option in made)
    if "default_value" not in changes and item.default_value is not None:
        changes["default_value"] = _moved_default(item.default_value, moved)
    return moved


def _moved_default(default: object, moved: Moves) -> object:
    """A default follows an option that is renamed."""
    if isinstance(default, list):
        return [_moved_default(value, moved) for value in default]
    return f"'{moved.of(str(unquoted(default)))}'"


def _candidate(draft: Draft, item: Field, source: Object, changes: dict[str, object]) -> Field:
    """The field as it would become; `changes` gets the default as it is kept."""
    if item.kind in CHOICES:
        changes.pop("settings", None)
    made: Any = changes
    candidate = binding.changed(item, schema=draft.before.schema, table=source.table, **made)
    assert candidate.type is not None
    default = candidate.default_value
    if "default_value" in changes and not candidate.type.default_faults(default):
        changes["default_value"] = candidate.type.normal_default(default)
        candidate = replace(candidate, default_value=changes["default_value"])
    return candidate


def _lacks_default(candidate: Field) -> bool:
    return (
        candidate.default_value is None
        and not candidate.is_nullable
        and candidate.kind not in _MAY_LACK_DEFAULT
    )


def _deactivation_faults(source: Object, item: Field, changes: Mapping[str, object]) -> list[Fault]:
    if changes.get("is_active") is not False or source.label_identifier_field_id != item.id:
        return []
    return [
        Fault(
            "LABEL_IDENTIFIER_FIELD_METADATA_ID_NOT_FOUND",
            "Label identifier field metadata cannot be deactivated",
        )
    ]


def _apply(draft: Draft, item: Field, changes: Mapping[str, object]) -> Field:
    """Standard fields keep what they had under their overrides."""
    if not changes:
        return item
    if item.application_id != draft.before.custom_application_id:
        changes = with_overrides(item, changes, FIELD_KEYS)
    return draft.change_field(item.id, **changes)


# -- unique ----------------------------------------------------------------------------


def _check_unique_is_ours(failures: Failures, item: Field, source: Object) -> None:
    index = _unique_index(item, source)
    if index is None or index.is_custom:
        return
    fault = Fault(
        "CANNOT_DELETE_SYSTEM_INDEX",
        "Cannot delete unique index that have not been created by the workspace custom application",
    )
    information = {"universalIdentifier": index.universal_identifier, "name": index.name}
    failures.add(faults.INDEX, "delete", information, (fault,))


def _set_unique(draft: Draft, item: Field, *, is_unique: bool) -> None:
    source = draft.object(item.object_id)
    if is_unique:
        draft.add_index(item, is_unique=True)
        draft.refusals["equal values"] = not_unique(_UPDATING, item, source)
        return
    index = _unique_index(item, source)
    if index is not None:
        draft.drop_index(source.id, index.id)


def _unique_index(item: Field, source: Object) -> Index | None:
    for index in source.indexes:
        if index.is_unique and [part.field_id for part in index.fields] == [item.id]:
            return index
    return None


# -- relations -------------------------------------------------------------------------


def _update_relation(draft: Draft, item: Field, changes: dict[str, object]) -> None:
    """A morph relation's fields change together; switching off takes the inverse along."""
    failures = Failures(_UPDATING)
    name = changes.pop("name", None)
    settings = changes.pop("settings", None)
    for sibling in draft.siblings(item):
        source = draft.object(sibling.object_id)
        candidate = _renamed(draft, sibling, item, name)
        found = list(field_name_faults(candidate, source)) if name is not None else []
        if changes.keys() & {"label", "is_label_synced_with_name"} or name is not None:
            synced: Any = {
                key: changes.get(key, getattr(sibling, key))
                for key in ("label", "is_label_synced_with_name")
            }
            if sibling.morph_id is None:
                found += label_sync_faults(replace(candidate, **synced), is_new=False)
        merged, wrong = _merged_settings(candidate, settings)
        found += wrong
        failures.add(faults.FIELD, "update", field_information(sibling, source), found)
        whole = {**changes, **merged}
        if candidate.name != sibling.name:
            whole["name"] = candidate.name
        if not failures:
            _apply(draft, sibling, whole)
            _follow(draft, draft.field(sibling.id), changes)
    failures.raise_if_any()


def _renamed(draft: Draft, sibling: Field, item: Field, name: object) -> Field:
    """One of the fields of a relation under its new name; a morph's keeps its target's part."""
    if name is None or sibling.relation is None:
        return sibling
    if item.morph_id is None:
        return replace(sibling, name=str(name))
    target = draft.object(sibling.relation.target_object_id)
    base = str(name)
    if sibling.id == item.id and base.endswith(morph_name("", sibling.relation.kind, target)):
        base = morph_base(replace(sibling, name=base), target)
    return replace(sibling, name=morph_name(base, sibling.relation.kind, target))


def _merged_settings(candidate: Field, settings: object) -> tuple[dict[str, object], list[Fault]]:
    """The settings that were asked for over those that a relation always has."""
    relation = candidate.relation
    if not isinstance(settings, Mapping) or relation is None:
        return {}, []
    found = list(settings_faults(settings, relation.kind))
    if found:
        return {}, found
    kept = {**settings, "relationType": relation.kind}
    if relation.kind == "ONE_TO_MANY":
        return {"settings": kept}, []
    on_delete = settings.get("onDelete") or relation.on_delete
    kept["onDelete"] = on_delete
    kept["joinColumnName"] = (candidate.settings or {}).get("joinColumnName", candidate.join_name)
    changed: Any = replace(relation, on_delete=on_delete)
    return {"settings": kept, "relation": changed}, []


def _follow(draft: Draft, item: Field, changes: Mapping[str, object]) -> None:
    if "is_active" not in changes or item.relation is None:
        return
    inverse = draft.field(item.relation.target_field_id)
    draft.change_field(inverse.id, is_active=item.is_active)
    if not item.is_active:
        views.take_out_of_views(draft, (item, inverse))


# -- delete ----------------------------------------------------------------------------


def delete_field(draft: Draft, reference: str) -> str:
    """The id of what was deleted. Raises `ModelNotFound`, `ModelRefused`, `ModelInvalid`."""
    item = draft.find_field(tidy(reference))
    if item is None:
        raise ModelNotFound("Field to delete not found", sub_code="FIELD_METADATA_NOT_FOUND")
    source = draft.object(item.object_id)
    if item.is_system or item.application_id != draft.before.custom_application_id:
        raise ModelRefused(f'Cannot delete standard field "{item.name}"', sub_code=MUTATION)
    if source.label_identifier_field_id == item.id:
        failures = Failures("deleting field")
        fault = Fault(MUTATION, "Cannot delete, please update the label identifier field first")
        failures.add(faults.FIELD, "delete", field_information(item, source), (fault,))
        failures.raise_if_any()
    gone = draft.siblings(item)
    gone += [
        draft.field(sibling.relation.target_field_id)
        for sibling in gone
        if sibling.relation is not None
    ]
    views.take_out_of_views(draft, gone)
    for each in gone:
        draft.drop_field(each.id)
    return item.id


def _refuse(information: Mapping[str, object], fault: Fault) -> None:
    failures = Failures(_UPDATING)
    failures.add(faults.FIELD, "update", information, (fault,))
    failures.raise_if_any()
