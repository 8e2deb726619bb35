"""Relations: two fields that are each other's inverse, and morph relations of many (C.8).

A many-to-one end has the column, an index on it and the foreign key. A morph relation is
one field a target, with a name of its own each (`ownerPerson`, `ownerCompany`) and a
`morphId` in common; their inverses are plain relations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast, get_args

from icosa.catalog.naming import capital, name_from_label, tidy
from icosa.catalog.snapshot import Field, Object, OnDelete, Relation, RelationKind
from icosa.changes import faults, views
from icosa.changes.draft import Draft
from icosa.changes.faults import Failures, Fault
from icosa.changes.make import DEFAULT_ICON, FieldSketch, make_field, relation_settings
from icosa.changes.reports import (
    add_index_failure,
    add_new_field_failures,
    field_information,
)
from icosa.changes.validate import (
    INVALID_FIELD,
    MALFORMED,
    field_name_faults,
    label_sync_faults,
)
from icosa.core.identity import is_uuid

RELATION: Final = "RELATION"
MORPH_RELATION: Final = "MORPH_RELATION"
_KINDS: Final = get_args(RelationKind)
_ON_DELETE: Final = get_args(OnDelete)
_OPPOSITE: Final[Mapping[RelationKind, RelationKind]] = {
    "MANY_TO_ONE": "ONE_TO_MANY",
    "ONE_TO_MANY": "MANY_TO_ONE",
}


@dataclass(frozen=True, slots=True)
class Payload:
    """A relation that is asked for: its kind as the new field sees it, and its other end."""

    kind: RelationKind
    target: Object
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class Ends:
    """The field that is asked for, and its inverse."""

    field: Field
    inverse: Field

    def many_to_one(self) -> Field:
        relation = self.field.relation
        return self.field if relation and relation.kind == "MANY_TO_ONE" else self.inverse


# -- create ----------------------------------------------------------------------------


def create_relation(draft: Draft, source: Object, sketch: FieldSketch, raw: object) -> Field:
    """Raises `ModelInvalid`."""
    failures = Failures("creating field")
    payload = read_payload(draft, raw)
    found = (
        [payload]
        if isinstance(payload, Fault)
        else [*settings_faults(sketch.settings, payload.kind)]
    )
    if found:
        _refuse_input(failures, draft, source, sketch, found)
    assert isinstance(payload, Payload)
    ends = _ends(draft, source, sketch, payload)
    add_ends(failures, draft, (ends,), sync=True)
    failures.raise_if_any()
    return ends.field


def create_morph_relation(draft: Draft, source: Object, sketch: FieldSketch, raw: object) -> Field:
    """The first of its fields. Raises `ModelInvalid`."""
    failures = Failures("creating field")
    payloads = [read_payload(draft, item) for item in raw] if isinstance(raw, list) else []
    found = [*_morph_faults(source, payloads)]
    sound = [payload for payload in payloads if isinstance(payload, Payload)]
    if not found:
        found = [*settings_faults(sketch.settings, sound[0].kind)]
    if found:
        _refuse_input(failures, draft, source, sketch, found)
    morph = replace(sketch, morph_id=draft.new_id())
    named = [replace(morph, name=morph_name(sketch.name, p.kind, p.target)) for p in sound]
    ends = [_ends(draft, source, each, payload) for each, payload in zip(named, sound, strict=True)]
    add_ends(failures, draft, ends)
    failures.raise_if_any()
    return ends[0].field


def add_targets(draft: Draft, item: Field, raw: object) -> None:
    """More targets for a morph relation. Raises `ModelInvalid`."""
    failures = Failures("updating field")
    source = draft.object(item.object_id)
    assert item.relation is not None
    inverse = draft.field(item.relation.target_field_id)
    base = morph_base(item, draft.object(item.relation.target_object_id))
    ends: list[Ends] = []
    for entry in raw if isinstance(raw, list) else [raw]:
        target = _target(draft, entry.get(_TARGET)) if isinstance(entry, Mapping) else None
        if target is None:
            _refuse_update(failures, item, source, _TRANSPILATION)
        elif target.id == source.id:
            _refuse_update(failures, item, source, _SOURCE_IS_TARGET)
        else:
            sketch = FieldSketch(
                kind=MORPH_RELATION,
                name=morph_name(base, item.relation.kind, target),
                label=item.label,
                description=item.description,
                icon=item.icon,
                is_active=item.is_active,
                is_nullable=item.is_nullable,
                settings=item.settings,
                morph_id=item.morph_id,
            )
            payload = Payload(item.relation.kind, target, inverse.label, inverse.icon or "")
            ends.append(_ends(draft, source, sketch, payload, inverse_name=inverse.name))
    add_ends(failures, draft, ends)
    failures.raise_if_any()


def add_ends(
    failures: Failures, draft: Draft, relations: Iterable[Ends], *, sync: bool = False
) -> None:
    """Puts relations into the draft, or says why they can't be made."""
    made: list[Field] = []
    for ends in relations:
        found = _end_faults(draft, ends.field)
        if sync:
            found += label_sync_faults(ends.field, is_new=True)
        if not found:
            draft.add_field(ends.field)
        found_inverse = _end_faults(draft, ends.inverse)
        if not found and not found_inverse:
            draft.add_field(ends.inverse)
            draft.add_index(ends.many_to_one())
            made += (ends.field, ends.inverse)
            continue
        without = [faults.FIELD_WITHOUT_INVERSE]
        add_new_field_failures(failures, draft, ends.field, found or without)
        add_new_field_failures(failures, draft, ends.inverse, found_inverse or without)
        column = ends.many_to_one()
        add_index_failure(failures, draft, column, draft.object(column.object_id))
    views.add_fields_to_views(draft, made)


def _end_faults(draft: Draft, item: Field) -> list[Fault]:
    return list(field_name_faults(item, draft.object(item.object_id)))


def _ends(
    draft: Draft,
    source: Object,
    sketch: FieldSketch,
    payload: Payload,
    *,
    inverse_name: str | None = None,
) -> Ends:
    """The inverse is named after its label unless a name is given."""
    here, there = draft.new_id(), draft.new_id()
    on_delete = _on_delete(sketch.settings)
    opposite = _OPPOSITE[payload.kind]
    name = inverse_name or name_from_label(payload.label)
    field = make_field(
        draft,
        replace(
            sketch,
            settings=_merged(sketch.settings, sketch.name, payload.kind, on_delete),
            relation=_relation(payload.kind, payload.target.id, there, on_delete),
            default_value=None,
        ),
        source,
        field_id=here,
    )
    inverse = make_field(
        draft,
        FieldSketch(
            kind=RELATION,
            name=name,
            label=payload.label,
            icon=payload.icon or DEFAULT_ICON,
            is_active=sketch.is_active,
            settings=relation_settings(name, opposite, "SET_NULL"),
            relation=_relation(opposite, source.id, here, "SET_NULL"),
        ),
        payload.target,
        field_id=there,
    )
    return Ends(field, inverse)


def _relation(kind: RelationKind, object_id: str, field_id: str, on_delete: OnDelete) -> Relation:
    return Relation(
        kind=kind,
        target_object_id=object_id,
        target_field_id=field_id,
        on_delete=on_delete if kind == "MANY_TO_ONE" else None,
    )


def _merged(
    given: Mapping[str, object] | None, name: str, kind: RelationKind, on_delete: OnDelete
) -> Mapping[str, object]:
    return {**(given or {}), **relation_settings(name, kind, on_delete)}


def _on_delete(settings: Mapping[str, object] | None) -> OnDelete:
    given = (settings or {}).get("onDelete")
    return cast("OnDelete", given) if given in _ON_DELETE else "SET_NULL"


# -- payloads --------------------------------------------------------------------------

_TARGET: Final = "targetObjectMetadataId"
_INVALID: Final = "Relation creation payload is invalid"
_TRANSPILATION: Final = Fault(MALFORMED, "Morph relation input transpilation failed")
_SOURCE_IS_TARGET: Final = Fault(INVALID_FIELD, "Source object cannot be the target object")


def read_payload(draft: Draft, raw: object) -> Payload | Fault:
    if not isinstance(raw, Mapping):
        return Fault(INVALID_FIELD, "Relation creation payload is required")
    target, kind, label = raw.get(_TARGET), raw.get("type"), raw.get("targetFieldLabel")
    found = _target(draft, target)
    wrong: list[str] = []
    if found is None and not is_uuid(target):
        wrong.append(f"{_TARGET} must be a UUID")
    if not isinstance(label, str) or not tidy(label):
        wrong.append("targetFieldLabel should not be empty")
    if kind not in _KINDS:
        wrong.append(f"type must be one of the following values: {', '.join(_KINDS)}")
    if wrong:
        return Fault(MALFORMED, f"{_INVALID}: {', '.join(wrong)}")
    if found is None:
        return Fault(
            MALFORMED, "Object metadata relation target not found for relation creation payload"
        )
    icon = raw.get("targetFieldIcon")
    return Payload(
        cast("RelationKind", kind), found, tidy(str(label)), icon if isinstance(icon, str) else ""
    )


def _target(draft: Draft, reference: object) -> Object | None:
    return draft.find_object(reference) if isinstance(reference, str) else None


def settings_faults(settings: Mapping[str, object] | None, kind: RelationKind) -> Iterable[Fault]:
    on_delete = (settings or {}).get("onDelete")
    if on_delete is None:
        return
    if kind != "MANY_TO_ONE":
        yield Fault(INVALID_FIELD, "On delete action is only supported for many to one relations")
    elif on_delete not in _ON_DELETE:
        yield Fault(
            INVALID_FIELD, f"onDelete must be one of the following values: {', '.join(_ON_DELETE)}"
        )


def _morph_faults(source: Object, payloads: Sequence[Payload | Fault]) -> Iterable[Fault]:
    sound = [payload for payload in payloads if isinstance(payload, Payload)]
    if not payloads:
        yield Fault(MALFORMED, "Morph relation creation payloads are empty")
    elif len(sound) < len(payloads):
        yield _TRANSPILATION
    elif len({payload.kind for payload in sound}) > 1:
        yield Fault(MALFORMED, "Morph relation creation payloads must have the same relation type")
    elif len({payload.target.id for payload in sound}) < len(sound):
        yield Fault(
            MALFORMED,
            "Morph relation creation payloads must have only relation to the same object metadata",
        )
    elif any(payload.target.id == source.id for payload in sound):
        yield _SOURCE_IS_TARGET


def _refuse_input(
    failures: Failures,
    draft: Draft,
    source: Object,
    sketch: FieldSketch,
    found: Sequence[Fault],
) -> None:
    """An input that makes no sense is one failure, and nothing depends on it."""
    information = {
        "universalIdentifier": draft.new_id(),
        "name": sketch.name,
        "objectMetadataUniversalIdentifier": source.universal_identifier,
    }
    failures.add(faults.FIELD, "create", information, found)
    failures.raise_if_any()


def _refuse_update(failures: Failures, item: Field, source: Object, fault: Fault) -> None:
    failures.add(faults.FIELD, "update", field_information(item, source), (fault,))


# -- names of morph fields -------------------------------------------------------------


def morph_name(base: str, kind: str, target: Object) -> str:
    """A morph relation's field for one of its targets: `targetPet`, or `targetPets` to many."""
    name = target.name_singular if kind == "MANY_TO_ONE" else target.name_plural
    return f"{base}{capital(name)}"


def morph_base(item: Field, target: Object) -> str:
    """The name of the whole morph relation: `target` of `targetPet`."""
    assert item.relation is not None
    return item.name.removesuffix(morph_name("", item.relation.kind, target))


def morph_names(draft: Draft, before: Object, after: Object) -> Iterable[tuple[Field, str]]:
    """The morph fields that lead to a renamed object, and their new names."""
    for source in list(draft.objects()):
        for item in source.fields.values():
            if item.morph_id is None or item.relation is None:
                continue
            if item.relation.target_object_id != before.id:
                continue
            name = morph_name(morph_base(item, before), item.relation.kind, after)
            if name != item.name:
                yield item, name
