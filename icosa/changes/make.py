"""New things of a model: fields, relations' two ends, and what every custom object has.

Identifiers of what comes with an object by itself are derived from its own, so that they
are the same wherever the same object is made (metadata contract, C.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from icosa.catalog.binding import placed
from icosa.catalog.naming import capital
from icosa.catalog.snapshot import Field, Object, OnDelete, Relation, RelationKind
from icosa.changes.draft import Draft
from icosa.core.identity import derived_uuid

ACTOR_DEFAULT: Final[Mapping[str, object]] = {"name": "''", "source": "'MANUAL'"}
MORPH: Final = "target"  # the morph relation of the shared objects below
DEFAULT_ICON: Final = "IconRelationOneToMany"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSketch:
    """A field as it is asked for, with the defaults of one that a caller makes."""

    kind: str
    name: str
    label: str
    description: str | None = None
    icon: str | None = None
    is_active: bool = True
    is_system: bool = False
    is_ui_editable: bool = True
    is_nullable: bool = True
    is_label_synced_with_name: bool = False
    default_value: object = None
    options: tuple[Mapping[str, object], ...] | None = None
    settings: Mapping[str, object] | None = None
    relation: Relation | None = None
    morph_id: str | None = None


def make_field(
    draft: Draft,
    sketch: FieldSketch,
    source: Object,
    *,
    field_id: str | None = None,
    universal_identifier: str | None = None,
) -> Field:
    """The field, not yet of the object's."""
    field = Field(
        id=field_id or draft.new_id(),
        object_id=source.id,
        universal_identifier=universal_identifier or draft.new_id(),
        application_id=draft.before.custom_application_id,
        kind=sketch.kind,
        name=sketch.name,
        label=sketch.label,
        description=sketch.description,
        icon=sketch.icon,
        enum_name="",
        columns=(),
        is_active=sketch.is_active,
        is_system=sketch.is_system,
        is_ui_editable=sketch.is_ui_editable,
        is_nullable=sketch.is_nullable,
        is_unique=False,
        is_label_synced_with_name=sketch.is_label_synced_with_name,
        default_value=sketch.default_value,
        options=sketch.options,
        settings=sketch.settings,
        relation=sketch.relation,
        morph_id=sketch.morph_id,
        overrides=None,
        created_at=draft.now,
        updated_at=draft.now,
    )
    return placed(field, schema=draft.before.schema, table=source.table)


def relation_settings(
    name: str, kind: RelationKind, on_delete: OnDelete | None
) -> Mapping[str, object]:
    """What the metadata API shows of a relation beside its ends."""
    if kind == "ONE_TO_MANY":
        return {"relationType": kind}
    return {"relationType": kind, "onDelete": on_delete, "joinColumnName": f"{name}Id"}


def derived_field_id(draft: Draft, source_identifier: str, name: str) -> str:
    return derived_uuid(
        draft.before.custom_application_id, f"fieldMetadata:{source_identifier}:{name}"
    )


# -- what every custom object has --------------------------------------------------------


def system_fields(*, with_name: bool) -> tuple[FieldSketch, ...]:
    """In the contract's order: `name` first."""
    return (*((_NAME,) if with_name else ()), *_SYSTEM)


def _system(kind: str, name: str, label: str, icon: str, **more: object) -> FieldSketch:
    changes: Mapping[str, object] = {"is_system": True, "is_ui_editable": False, **more}
    return FieldSketch(
        kind=kind,
        name=name,
        label=label,
        icon=icon,
        description=label,
        **changes,  # type: ignore[arg-type]  # of our own spelling, just below
    )


_NAME: Final = FieldSketch(
    kind="TEXT", name="name", label="Name", icon="IconAbc", description="Name"
)
_SYSTEM: Final = (
    _system("UUID", "id", "Id", "Icon123", is_nullable=False, default_value="uuid"),
    _system(
        "DATE_TIME", "createdAt", "Creation date", "IconCalendar",
        is_nullable=False, default_value="now", settings={"displayFormat": "RELATIVE"},
    ),
    _system(
        "DATE_TIME", "updatedAt", "Last update", "IconCalendarClock",
        is_nullable=False, default_value="now", settings={"displayFormat": "RELATIVE"},
    ),
    _system(
        "DATE_TIME", "deletedAt", "Deleted at", "IconCalendarMinus",
        settings={"displayFormat": "RELATIVE"},
    ),
    _system(
        "ACTOR", "createdBy", "Created by", "IconCreativeCommonsSa",
        is_nullable=False, default_value=ACTOR_DEFAULT,
    ),
    _system(
        "ACTOR", "updatedBy", "Updated by", "IconUserCircle",
        is_nullable=False, default_value=ACTOR_DEFAULT,
    ),
    _system(
        "POSITION", "position", "Position", "IconHierarchy2", is_nullable=False, default_value=0
    ),
    _system("TS_VECTOR", "searchVector", "Search vector", "IconUser"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shared:
    """An object that every custom object relates to, and what the relation is called there."""

    object_name: str
    field_name: str
    label: str
    icon: str


# In the order in which the tables are locked (amendments, 20).
SHARED: Final = (
    Shared("timelineActivity", "timelineActivities", "Timeline Activities", "IconTimelineEvent"),
    Shared("attachment", "attachments", "Attachments", "IconFileImport"),
    Shared("noteTarget", "noteTargets", "Notes", "IconNotes"),
    Shared("taskTarget", "taskTargets", "Tasks", "IconCheckbox"),
)


def shared_ends(draft: Draft, source: Object, shared: Shared, other: Object) -> tuple[Field, Field]:
    """`noteTargets` of the new object, and `targetPet` of noteTarget."""
    many_id, one_id = draft.new_id(), draft.new_id()
    name = f"{MORPH}{capital(source.name_singular)}"
    many = FieldSketch(
        kind="RELATION",
        name=shared.field_name,
        label=shared.label,
        icon=shared.icon,
        description=f"{shared.label} tied to the {source.label_singular}",
        is_system=True,
        is_ui_editable=False,
        settings=relation_settings(shared.field_name, "ONE_TO_MANY", None),
        relation=Relation(kind="ONE_TO_MANY", target_object_id=other.id, target_field_id=one_id),
    )
    one = FieldSketch(
        kind="MORPH_RELATION",
        name=name,
        label=capital(MORPH),
        icon="IconArrowUpRight",
        description=f"The {source.label_singular} that it is about",
        is_system=True,
        is_ui_editable=False,
        settings=relation_settings(name, "MANY_TO_ONE", "SET_NULL"),
        relation=Relation(
            kind="MANY_TO_ONE",
            target_object_id=source.id,
            target_field_id=many_id,
            on_delete="SET_NULL",
        ),
        morph_id=morph_id(draft, other),
    )
    return (
        make_field(
            draft,
            many,
            source,
            field_id=many_id,
            universal_identifier=derived_field_id(
                draft, source.universal_identifier, shared.field_name
            ),
        ),
        make_field(
            draft,
            one,
            other,
            field_id=one_id,
            universal_identifier=derived_field_id(draft, other.universal_identifier, name),
        ),
    )


def morph_id(draft: Draft, other: Object) -> str:
    """That of the shared object's morph relation; a new one in a model that has none yet."""
    named = (f for f in draft.object(other.id).fields.values() if f.morph_id is not None)
    for item in named:
        if item.name.startswith(MORPH) and item.morph_id is not None:
            return item.morph_id
    return draft.new_id()
