"""The rules of names, labels and values, as faults in the contract's words (C.1 to C.8).

Pure; each function says what is wrong with one thing in a draft, and nothing of what
depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from icosa.catalog.naming import label_faults, name_faults, name_from_label
from icosa.catalog.snapshot import Field, Object
from icosa.changes.draft import Draft
from icosa.changes.faults import Fault

INVALID_OBJECT: Final = "INVALID_OBJECT_INPUT"
INVALID_FIELD: Final = "INVALID_FIELD_INPUT"
NOT_AVAILABLE: Final = "NOT_AVAILABLE"
MALFORMED: Final = "FIELD_METADATA_RELATION_MALFORMED"
MUTATION: Final = "FIELD_MUTATION_NOT_ALLOWED"


# -- objects ---------------------------------------------------------------------------


def object_faults(candidate: Object, draft: Draft) -> Iterator[Fault]:
    """`candidate` is what the object would become; those beside it are the draft's others."""
    names = (candidate.name_singular, candidate.name_plural)
    for name in names:
        for text in name_faults(name):
            yield Fault(INVALID_OBJECT, text, value=name)
    if names[0].lower() == names[1].lower():
        yield Fault(
            INVALID_OBJECT,
            "The singular and plural names cannot be the same for an object",
            value=names[0],
        )
    for label in (candidate.label_singular, candidate.label_plural):
        for text in label_faults(label):
            yield Fault(INVALID_OBJECT, text, value=label)
    if candidate.is_label_synced_with_name and names != synced_names(
        candidate.label_singular, candidate.label_plural
    ):
        yield Fault(INVALID_OBJECT, "Names are not synced with labels")
    others = (item for item in draft.objects() if item.id != candidate.id)
    if any({item.name_singular, item.name_plural} & set(names) for item in others):
        yield Fault("OBJECT_ALREADY_EXISTS", "Object already exists")


def synced_names(label_singular: str, label_plural: str) -> tuple[str, str]:
    """The two names that two labels stand for."""
    singular, plural = name_from_label(label_singular), name_from_label(label_plural)
    return singular, f"{plural}s" if plural == singular else plural


# -- fields ----------------------------------------------------------------------------


def field_name_faults(candidate: Field, source: Object) -> Iterator[Fault]:
    """`candidate` is what the field would become; its former self is not in its way."""
    for text in name_faults(candidate.name):
        yield Fault(INVALID_FIELD, text, value=candidate.name)
    others = [item for item in source.fields.values() if item.id != candidate.id]
    names = {item.name for item in others}
    joins = {item.join_name for item in others if _has_column(item)}
    wanted = [candidate.name]
    if _has_column(candidate):
        wanted.append(candidate.join_name)
    for name in wanted:
        if name in names:
            yield _taken(name, "field")
        elif name in joins:
            yield _taken(name, "join column name")
    if any(candidate.name in _member_names(item) for item in others):
        yield Fault(
            "RESERVED_KEYWORD",
            f'Name "{candidate.name}" is reserved composite field name',
            value=candidate.name,
        )
    elif names & _member_names(candidate):
        yield _taken(candidate.name, "field")


def label_sync_faults(candidate: Field, *, is_new: bool) -> Iterator[Fault]:
    if not candidate.is_label_synced_with_name:
        return
    if candidate.name == name_from_label(candidate.label):
        return
    if is_new:
        yield Fault("NAME_NOT_SYNCED_WITH_LABEL", "Name is not synced with label")
    else:
        yield Fault(MUTATION, "Name is not synced with label.")


def value_faults(candidate: Field, *, is_new: bool) -> Iterator[Fault]:
    """What is wrong with default and settings, and with a type that callers may not make."""
    if candidate.type is None or candidate.relation is not None:
        return
    if is_new:
        for text in candidate.type.creation_faults(
            is_system=candidate.is_system, is_unique=candidate.is_unique
        ):
            yield Fault(INVALID_FIELD, text)
    settings = candidate.type.settings_fault(candidate.settings)
    if settings is not None:
        yield Fault(INVALID_FIELD, settings)
    for text in candidate.type.default_faults(candidate.default_value):
        yield Fault(INVALID_FIELD, text, value=candidate.default_value)


def unique_faults(candidate: Field) -> Iterator[Fault]:
    """Why no unique index can be made of a field (C.7)."""
    allowed = candidate.type is not None and candidate.type.unique_allowed
    if not allowed or candidate.morph_id is not None:
        yield Fault(
            "INDEX_FIELD_INVALID_TYPE_FOR_UNIQUE",
            f"Unique index cannot be created for field {candidate.name} of type {candidate.kind}",
        )
    elif candidate.default_value is not None:
        yield Fault(
            "INDEX_FIELD_INVALID_DEFAULT_VALUE",
            f"Unique index cannot be created for field {candidate.name} of type {candidate.kind}",
            "Unique fields cannot have a default value",
        )


def _taken(name: str, by: str) -> Fault:
    return Fault(
        NOT_AVAILABLE,
        f'Name "{name}" is not available as it is already used by another {by}',
        value=name,
    )


def _has_column(item: Field) -> bool:
    return item.relation is not None and item.relation.kind == "MANY_TO_ONE"


def _member_names(item: Field) -> set[str]:
    """`nameFirstName`, `nameLastName`: what a composite's members are called as columns."""
    if item.type is None or item.relation is not None:
        return set()
    suffixes = (column.suffix for column in item.type.columns())
    return {f"{item.name}{suffix}" for suffix in suffixes if suffix}
