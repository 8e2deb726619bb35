"""Create, update and delete an object: edits of a draft, each with all its faults (C.2, C.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from icosa.catalog.naming import capital, input_fault, table_name, tidy
from icosa.catalog.snapshot import Field, Object, SearchField
from icosa.changes import faults, make, views
from icosa.changes.commands import CreateObject, UpdateObject, given
from icosa.changes.draft import Draft, View
from icosa.changes.faults import Failures, Fault
from icosa.changes.overrides import OBJECT_KEYS, with_overrides
from icosa.changes.relations import morph_names
from icosa.changes.reports import (
    add_index_failure,
    add_new_object_failures,
    field_information,
    object_information,
)
from icosa.changes.validate import INVALID_OBJECT, field_name_faults, object_faults
from icosa.core.errors import ModelNotFound, ModelRefused, RequestInvalid

_TEXTS: Final = (
    *("name_singular", "name_plural", "label_singular", "label_plural"),
    *("description", "icon", "color"),
)
_IGNORED: Final = ("shortcut", "image_identifier_field_metadata_id")
_EDITABLE: Final = frozenset({*OBJECT_KEYS, "is_active", "is_searchable"})
_EDITABLE_IF_SYSTEM: Final = frozenset({*OBJECT_KEYS, "is_active"})
_IDENTIFYING: Final = ("TEXT", "FULL_NAME", "UUID")
_SEARCHED: Final = "name"


# -- create ----------------------------------------------------------------------------


def create_object(draft: Draft, command: CreateObject) -> str:
    """The id of the new object. Raises `RequestInvalid`, `ModelInvalid`."""
    bare = _bare_object(draft, command)
    ends = [
        make.shared_ends(draft, bare, shared, other)
        for shared in make.SHARED
        if (other := draft.find_object(shared.object_name)) is not None
    ]
    source = _furnished(draft, bare, command, [many for many, _ in ends])
    ones = [one for _, one in ends]
    shown = views.new_object_views(draft, source)
    _check_new(draft, source, ones, shown)

    draft.put_object(source)
    for one in ones:
        draft.add_field(one)
        draft.add_index(one, is_custom=True)
    views.add_object_views(draft, source, shown)
    return source.id


def _bare_object(draft: Draft, command: CreateObject) -> Object:
    values = _tidied(given(command))
    _check_inputs(values)
    name = str(values["name_singular"])
    return Object(
        id=draft.new_id(),
        universal_identifier=draft.new_id(),
        application_id=draft.before.custom_application_id,
        is_custom=True,
        name_singular=name,
        name_plural=str(values["name_plural"]),
        label_singular=capital(str(values["label_singular"])),
        label_plural=capital(str(values["label_plural"])),
        description=_text(values.get("description")),
        icon=_text(values.get("icon")),
        shortcut=_text(values.get("shortcut")),
        color=_text(values.get("color")),
        table=table_name(name, is_custom=True),
        is_active=True,
        is_system=False,
        is_remote=bool(values.get("is_remote", False)),
        is_searchable=True,
        is_audit_logged=True,
        is_ui_editable=True,
        is_ui_creatable=True,
        is_label_synced_with_name=bool(values.get("is_label_synced_with_name", False)),
        label_identifier_field_id=None,
        image_identifier_field_id=None,
        duplicate_criteria=None,
        overrides=None,
        version=draft.before.version + 1,
        created_at=draft.now,
        updated_at=draft.now,
        fields={},
        indexes=(),
        search_fields=(),
    )


def _furnished(
    draft: Draft, bare: Object, command: CreateObject, relations: Iterable[Field]
) -> Object:
    """The object with its fields, the index of its search vector, and what is searched."""
    with_name = given(command).get("skip_name_field") is not True
    own = [
        make.make_field(
            draft,
            sketch,
            bare,
            universal_identifier=make.derived_field_id(
                draft, bare.universal_identifier, sketch.name
            ),
        )
        for sketch in make.system_fields(with_name=with_name)
    ]
    fields = {item.name: item for item in (*own, *relations)}
    vector = draft.new_index(
        bare.table, fields["searchVector"], is_unique=False, is_custom=False, kind="GIN"
    )
    searched = fields.get(_SEARCHED)
    return replace(
        bare,
        fields=fields,
        indexes=(vector,),
        label_identifier_field_id=(searched or fields["id"]).id,
        search_fields=() if searched is None else (_search_field(draft, searched, 0),),
    )


def _search_field(draft: Draft, item: Field, position: int) -> SearchField:
    return SearchField(
        id=draft.new_id(),
        field_id=item.id,
        position=position,
        created_at=draft.now,
        updated_at=draft.now,
    )


# -- what is wrong with a new object ---------------------------------------------------------


def _check_new(
    draft: Draft,
    source: Object,
    ones: Sequence[Field],
    shown: Sequence[tuple[View, Sequence[Field]]],
) -> None:
    """Raises `ModelInvalid`. An object that can't be takes all that comes with it along."""
    failures = Failures("creating object")
    found = list(object_faults(source, draft))
    if source.is_remote:
        found.append(Fault(INVALID_OBJECT, "Remote objects are not supported"))
    if failures.add(faults.OBJECT, "create", object_information(source), found):
        add_new_object_failures(failures, draft, source, ends=ones, shown=shown)
    else:
        for one in ones:
            _check_end(failures, draft, source, one)
    failures.raise_if_any()


def _check_end(failures: Failures, draft: Draft, source: Object, one: Field) -> None:
    """The other end of a relation that every custom object has: `targetPet` of noteTarget."""
    other = draft.object(one.object_id)
    found = field_name_faults(one, other)
    if failures.add(faults.FIELD, "create", field_information(one, other), found):
        assert one.relation is not None
        many = source.fields_by_id[one.relation.target_field_id]
        information = field_information(many, source)
        failures.add(faults.FIELD, "create", information, (faults.FIELD_WITHOUT_INVERSE,))
        add_index_failure(failures, draft, one, other)


# -- update ----------------------------------------------------------------------------


def update_object(draft: Draft, reference: str, command: UpdateObject) -> str:
    """The id of the object.

    Raises `ModelNotFound`, `ModelRefused`, `RequestInvalid`, `ModelInvalid`.
    """
    source = draft.find_object(tidy(reference))
    if source is None:
        raise ModelNotFound("Object to update not found", sub_code="OBJECT_METADATA_NOT_FOUND")
    values = _tidied(given(command))
    values = {key: value for key, value in values.items() if key not in _IGNORED}
    label = values.pop("label_identifier_field_metadata_id", None)
    if "label_identifier_field_metadata_id" in given(command):
        values["label_identifier_field_id"] = _identifier(draft, source, label)
    changes = {key: value for key, value in values.items() if value != getattr(source, key)}
    if not changes:
        return source.id
    _check_editable(source, changes)
    _check_inputs(changes)
    if not source.is_custom:
        changes = with_overrides(source, changes, OBJECT_KEYS)
    if "name_singular" in changes:
        changes["table"] = table_name(str(changes["name_singular"]), is_custom=source.is_custom)
    _check_update(draft, source, changes)

    changed = draft.change_object(source.id, **_known(changes))
    if changed.name_singular != source.name_singular or changed.name_plural != source.name_plural:
        _rename_morphs(draft, source, changed)
    if changed.label_identifier_field_id != source.label_identifier_field_id:
        _follow_identifier(draft, changed)
    return source.id


def _check_editable(source: Object, changes: Mapping[str, object]) -> None:
    """Raises `ModelRefused` for what nobody can change of a standard object."""
    if source.is_custom:
        return
    editable = _EDITABLE_IF_SYSTEM if source.is_system else _EDITABLE
    refused = sorted(_API_NAMES.get(key, key) for key in changes if key not in editable)
    if refused:
        raise ModelRefused(
            f"Cannot edit standard object metadata properties: {', '.join(refused)}",
            sub_code=INVALID_OBJECT,
        )


_API_NAMES: Final[Mapping[str, str]] = {
    "name_singular": "nameSingular",
    "name_plural": "namePlural",
    "is_searchable": "isSearchable",
    "is_label_synced_with_name": "isLabelSyncedWithName",
    "label_identifier_field_id": "labelIdentifierFieldMetadataId",
}


def _check_update(draft: Draft, source: Object, changes: Mapping[str, object]) -> None:
    """Raises `ModelInvalid`."""
    failures = Failures("updating object")
    candidate = replace(source, **_known(changes))
    information = object_information(source)
    if {"name_singular", "name_plural", "label_singular", "label_plural"} & changes.keys() or (
        "is_label_synced_with_name" in changes
    ):
        failures.add(faults.OBJECT, "update", information, object_faults(candidate, draft))
    label = candidate.label_identifier
    if "label_identifier_field_id" in changes and (label is None or label.kind not in _IDENTIFYING):
        fault = Fault(
            INVALID_OBJECT,
            "labelIdentifierFieldMetadataUniversalIdentifier validation failed: "
            "field type not compatible",
        )
        failures.add(faults.OBJECT, "update", information, (fault,), between=True)
    if not failures:
        for item, name in morph_names(draft, source, candidate):
            other = draft.object(item.object_id)
            renamed = replace(item, name=name)
            found = field_name_faults(renamed, other)
            failures.add(faults.FIELD, "update", field_information(renamed, other), found)
    failures.raise_if_any()


def _identifier(draft: Draft, source: Object, reference: object) -> str:
    """The id of the field that shall name records; raises `ModelNotFound`, `RequestInvalid`."""
    if not isinstance(reference, str):
        raise RequestInvalid("labelIdentifierFieldMetadataId should not be empty")
    found = draft.find_field(reference, of=source)
    if found is None or found.object_id != source.id:
        raise ModelNotFound("Could not find flat entity in maps", sub_code="ENTITY_NOT_FOUND")
    return found.id


def _rename_morphs(draft: Draft, before: Object, after: Object) -> None:
    """`targetPet` of the shared objects becomes `targetAnimal`, and its column with it."""
    for item, name in list(morph_names(draft, before, after)):
        assert item.relation is not None
        settings = make.relation_settings(name, item.relation.kind, item.relation.on_delete)
        draft.change_field(item.id, name=name, settings={**(item.settings or {}), **settings})


def _follow_identifier(draft: Draft, source: Object) -> None:
    """The field that names records leads the views and is searched as well."""
    label = source.label_identifier
    assert label is not None
    views.put_first_in_views(draft, label)
    if all(entry.field_id != label.id for entry in source.search_fields):
        position = max((entry.position for entry in source.search_fields), default=-1) + 1
        entries = (*source.search_fields, _search_field(draft, label, position))
        draft.change_object(source.id, search_fields=entries)


# -- delete ----------------------------------------------------------------------------


def delete_object(draft: Draft, reference: str) -> str:
    """The id of what was deleted. Raises `ModelNotFound`, `ModelInvalid`."""
    source = draft.find_object(tidy(reference))
    if source is None:
        raise ModelNotFound("Object to delete not found", sub_code="ENTITY_NOT_FOUND")
    if not source.is_custom:
        kind = "System" if source.is_system else "Standard"
        failures = Failures("deleting object")
        fault = Fault(INVALID_OBJECT, f"{kind} objects cannot be deleted")
        failures.add(faults.OBJECT, "delete", object_information(source), (fault,))
        failures.raise_if_any()
    inverses = [
        item
        for other in draft.objects()
        for item in other.fields.values()
        if other.id != source.id
        and item.relation is not None
        and item.relation.target_object_id == source.id
    ]
    views.take_out_of_views(draft, inverses)
    for item in inverses:
        draft.drop_field(item.id)
    draft.drop_object(source.id)
    return source.id


# -- inputs ----------------------------------------------------------------------------


def _tidied(values: Mapping[str, object]) -> dict[str, object]:
    """Texts trimmed; a flag that is null says nothing."""
    return {
        key: tidy(value) if isinstance(value, str) and key in _TEXTS else value
        for key, value in values.items()
        if value is not None or not key.startswith("is_")
    }


def _check_inputs(values: Mapping[str, object]) -> None:
    """The checks that come before all others; raises `RequestInvalid`."""
    found: list[str] = []
    for key in ("name_singular", "name_plural"):
        if key in values:
            fault = input_fault(_API_NAMES[key], str(values[key] or ""))
            found += () if fault is None else (fault,)
    for key in ("label_singular", "label_plural"):
        if key in values and not values[key]:
            found.append(f"{OBJECT_KEYS[key]} should not be empty")
    if found:
        raise RequestInvalid(", ".join(found))


def _known(changes: Mapping[str, object]) -> dict[str, Any]:
    """For `replace`, whose keywords no type checker can follow through a mapping."""
    return dict(changes)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
