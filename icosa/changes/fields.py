"""Create a field: an edit of a draft, with all the faults of the input (C.4 to C.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import msgspec

from icosa.catalog.naming import input_fault, tidy
from icosa.catalog.snapshot import Field, Object
from icosa.changes import faults, relations, views
from icosa.changes.commands import CreateField
from icosa.changes.draft import Draft
from icosa.changes.faults import Failures, Fault
from icosa.changes.make import FieldSketch, make_field
from icosa.changes.reports import (
    add_index_failure,
    add_new_field_failures,
    field_information,
)
from icosa.changes.validate import (
    INVALID_FIELD,
    field_name_faults,
    label_sync_faults,
    unique_faults,
    value_faults,
)
from icosa.core.errors import ModelInvalid, RequestInvalid
from icosa.fields.base import Option
from icosa.fields.option import normalised_options, option_faults, option_values
from icosa.fields.registry import BY_KIND

CHOICES: Final = frozenset({"SELECT", "MULTI_SELECT"})  # whose options callers define
_KINDS: Final = (*BY_KIND, relations.RELATION, relations.MORPH_RELATION)
NO_DEFAULT: Final = Fault(INVALID_FIELD, "Default value cannot be null for non-nullable fields")


# -- create ----------------------------------------------------------------------------


def create_field(draft: Draft, command: CreateField) -> str:
    """The id of the new field. Raises `RequestInvalid`, `ModelInvalid`."""
    kind, name = command.type, tidy(command.name)
    if kind not in _KINDS:
        raise RequestInvalid(f"type must be one of the following values: {', '.join(_KINDS)}")
    fault = input_fault("name", name)
    if fault is not None:
        raise RequestInvalid(fault)
    source = draft.find_object(tidy(command.object_metadata_id))
    sketch = _sketch(command, kind, name)
    if source is None or command.is_remote_creation is True:
        raise _unmakeable(draft, source, sketch)
    if kind == relations.RELATION:
        payload = _set(command.relation_creation_payload)
        return relations.create_relation(draft, source, sketch, payload).id
    if kind == relations.MORPH_RELATION:
        payload = _set(command.morph_relations_creation_payload)
        return relations.create_morph_relation(draft, source, sketch, payload).id
    return _create_plain(draft, source, sketch, command)


def _sketch(command: CreateField, kind: str, name: str) -> FieldSketch:
    editable = _set(command.is_ui_editable)
    if editable is None:
        editable = _set(command.is_ui_read_only) is not True
    settings = _set(command.settings)
    return FieldSketch(
        kind=kind,
        name=name,
        label=tidy(command.label),
        description=_tidied(command.description),
        icon=_tidied(command.icon),
        is_active=_set(command.is_active) is not False,
        is_system=_set(command.is_system) is True,
        is_ui_editable=editable is True,
        is_nullable=_set(command.is_nullable) is not False,
        is_label_synced_with_name=_set(command.is_label_synced_with_name) is True,
        settings=settings if isinstance(settings, Mapping) else None,
    )


def _unmakeable(draft: Draft, source: Object | None, sketch: FieldSketch) -> ModelInvalid:
    """What is refused before anything of the field is looked at."""
    information = {"universalIdentifier": draft.new_id(), "name": sketch.name}
    if source is None:
        fault = Fault("OBJECT_METADATA_NOT_FOUND", "Provided object metadata id does not exist")
    else:
        information["objectMetadataUniversalIdentifier"] = source.universal_identifier
        fault = Fault(INVALID_FIELD, "Remote fields aren't supported")
    failures = Failures("creating field")
    failures.add(faults.FIELD, "create", information, (fault,))
    return failures.error()


def _create_plain(draft: Draft, source: Object, sketch: FieldSketch, command: CreateField) -> str:
    options, found = _options(draft, sketch.kind, _set(command.options))
    default = _set(command.default_value)
    unique = _set(command.is_unique) is True
    candidate = make_field(
        draft,
        replace(
            sketch,
            options=options,
            default_value=_usual_default(sketch.kind) if default is None else default,
            settings=None if sketch.kind in CHOICES else sketch.settings,
        ),
        source,
    )
    assert candidate.type is not None
    found += field_name_faults(candidate, source)
    found += label_sync_faults(candidate, is_new=True)
    found += value_faults(replace(candidate, is_unique=unique), is_new=True)
    failures = Failures("creating field")
    if add_new_field_failures(failures, draft, candidate, found):
        if unique:
            add_index_failure(failures, draft, replace(candidate, is_unique=True), source)
    elif unique:
        add_unique_failure(failures, draft, candidate, source)
    failures.raise_if_any()

    normal = candidate.type.normal_default(candidate.default_value)
    draft.add_field(candidate)
    draft.change_field(candidate.id, default_value=normal)
    if unique:
        draft.add_index(candidate, is_unique=True)
        draft.refusals["equal values"] = not_unique("creating field", candidate, source)
    if normal is None and not candidate.is_nullable:
        _refuse_empty(draft, candidate, source)
    if candidate.is_active:
        views.add_fields_to_views(draft, (candidate,))
    return candidate.id


def _options(
    draft: Draft, kind: str, given_options: object
) -> tuple[tuple[Mapping[str, object], ...] | None, list[Fault]]:
    """The options of a new field, and what is wrong with those that were sent."""
    if kind not in CHOICES:
        fixed = BY_KIND[kind].examples.options if kind == "RATING" else ()
        return tuple(option_json(replace(o, id=draft.new_id())) for o in fixed) or None, []
    wrong = [Fault(INVALID_FIELD, text) for text in option_faults(given_options)]
    if wrong or not isinstance(given_options, list):
        values = option_values(given_options)  # for judging the default by
        return tuple({"id": v, "value": v, "label": v, "position": 0} for v in values), wrong
    made = normalised_options(given_options, draft.new_id)
    return tuple(option_json(option) for option in made), []


def option_json(option: Option) -> Mapping[str, object]:
    shown: dict[str, object] = {"id": option.id}
    if option.color is not None:
        shown["color"] = option.color
    shown |= {"label": option.label, "value": option.value}
    place = option.position
    shown["position"] = int(place) if place == int(place) else place
    return shown


def _usual_default(kind: str) -> object:
    """An actor is never without one (C.4)."""
    if kind != "ACTOR":
        return None
    return {"source": "'MANUAL'", "name": "'System'", "workspaceMemberId": None}


def _refuse_empty(draft: Draft, item: Field, source: Object) -> None:
    """Records that are there already would break the rule from the start."""
    failures = Failures("creating field")
    failures.add(faults.FIELD, "create", field_information(item, source), (NO_DEFAULT,))
    draft.refusals["no value"] = failures.error()


def not_unique(action: str, item: Field, source: Object) -> ModelInvalid:
    fault = Fault(
        "INDEX_CREATION_FAILED",
        f'Cannot make "{item.name}" unique: several records of {source.name_singular} '
        "have the same value",
    )
    failures = Failures(action)
    failures.add(faults.INDEX, "create", {"name": item.name}, (fault,))
    return failures.error()


def add_unique_failure(failures: Failures, draft: Draft, item: Field, source: Object) -> None:
    found = list(unique_faults(item))
    index = draft.new_index(source.table, item, is_unique=True, is_custom=True)
    information = {"universalIdentifier": index.universal_identifier, "name": index.name}
    failures.add(faults.INDEX, "create", information, found)


# -- inputs ----------------------------------------------------------------------------


def _set(value: object) -> object:
    """None for what was not said."""
    return None if value is msgspec.UNSET else value


def _tidied(value: object) -> str | None:
    return tidy(value) if isinstance(value, str) else None
