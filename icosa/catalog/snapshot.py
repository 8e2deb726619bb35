"""The data model of one workspace at one version: immutable, resolved, safe to share.

Made by `store` from catalogue rows. Physical names (tables, columns) stand in the
catalogue and are never computed at use (amendments, 6). Nothing here depends on who asks;
that is `view`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from icosa.fields.base import FieldType, Option
from icosa.fields.registry import bind

RelationKind: TypeAlias = Literal["MANY_TO_ONE", "ONE_TO_MANY"]
OnDelete: TypeAlias = Literal["CASCADE", "RESTRICT", "SET_NULL", "NO_ACTION"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One end of a relation. The many-to-one end has the column."""

    kind: RelationKind
    target_object_id: str
    target_field_id: str  # the other end
    on_delete: OnDelete | None = None  # many-to-one only


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field as the catalogue defines it."""

    id: str
    object_id: str
    universal_identifier: str
    application_id: str
    kind: str  # "TEXT", …, "RELATION", "MORPH_RELATION"
    name: str
    label: str
    description: str | None
    icon: str | None
    enum_name: str  # the enum that the reference would have for it, as messages print it
    columns: tuple[str, ...]  # physical, in the order of `type.columns()`
    is_active: bool
    is_system: bool
    is_ui_editable: bool
    is_nullable: bool
    is_unique: bool
    is_label_synced_with_name: bool
    default_value: object  # these three in the metadata contract's form
    options: tuple[Mapping[str, object], ...] | None
    settings: Mapping[str, object] | None
    relation: Relation | None
    morph_id: str | None
    overrides: Mapping[str, object] | None  # of a standard field; applied above
    base: Mapping[str, object] | None = None  # what the overrides stand over, by the same keys
    created_at: str  # ISO 8601, UTC, milliseconds
    updated_at: str

    @cached_property
    def type(self) -> FieldType | None:
        """The type of its column or columns, bound when first asked for; a model has thousands.

        Of a many-to-one relation that of its join column; None for a one-to-many, which has none.
        """
        if self.relation is None:
            return bind(
                self.kind,
                name=self.name,
                nullable=self.is_nullable,
                default_value=self.default_value,
                options=tuple(_option(option) for option in self.options or ()),
                settings=self.settings,
                enum_name=self.enum_name,
            )
        if self.relation.kind == "ONE_TO_MANY":
            return None
        return bind("RELATION", name=self.join_name, nullable=self.is_nullable)

    @property
    def join_name(self) -> str:
        """The name of a many-to-one relation's id in the record APIs: `companyId`."""
        return f"{self.name}Id"


def _option(raw: Mapping[str, object]) -> Option:
    position, color = raw.get("position"), raw.get("color")
    return Option(
        id=str(raw.get("id")),
        value=str(raw.get("value")),
        label=str(raw.get("label")),
        position=position if isinstance(position, int | float) else 0,
        color=None if color is None else str(color),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexField:
    id: str
    field_id: str
    position: int
    sub_field: str | None
    created_at: str
    updated_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index that the metadata API shows. Those that only serve speed are not here."""

    id: str
    universal_identifier: str
    name: str
    kind: Literal["BTREE", "GIN"]
    is_unique: bool
    is_custom: bool
    where_clause: str | None
    fields: tuple[IndexField, ...]
    columns: tuple[str, ...]  # physical
    created_at: str
    updated_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchField:
    id: str
    field_id: str
    position: int
    created_at: str
    updated_at: str


@dataclass(frozen=True, kw_only=True)
class Object:
    """A kind of record. `fields` holds inactive ones too, in the order of creation."""

    id: str
    universal_identifier: str
    application_id: str
    is_custom: bool  # belongs to the workspace's own application
    name_singular: str
    name_plural: str
    label_singular: str
    label_plural: str
    description: str | None
    icon: str | None
    shortcut: str | None
    color: str | None
    table: str  # physical
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
    overrides: Mapping[str, object] | None  # of a standard object; applied above
    base: Mapping[str, object] | None = None  # what the overrides stand over, by the same keys
    version: int  # of the snapshot that last changed this object
    created_at: str
    updated_at: str
    fields: Mapping[str, Field]  # by name
    indexes: tuple[Index, ...]
    search_fields: tuple[SearchField, ...]

    @cached_property
    def type_name(self) -> str:
        """The GraphQL type: `PetCareAgreement`."""
        return self.name_singular[:1].upper() + self.name_singular[1:]

    @cached_property
    def fields_by_id(self) -> Mapping[str, Field]:
        return {f.id: f for f in self.fields.values()}

    @cached_property
    def ordered_by(self) -> tuple[tuple[Field, ...], ...]:
        """The fields by which an index sorts live records, `id` always last.

        A field is sorted by as its type says, a composite by its members in order; with nulls
        first where there may be any. The primary key, which serves `id` alone, is not listed.
        """
        last = self.fields.get("id")
        if last is None:
            return ()
        first = [self.fields[name] for name in ("createdAt", "position") if name in self.fields]
        label = self.label_identifier
        if label is not None and label.type is not None and label not in (*first, last):
            first.append(label)
        return tuple((item, last) for item in first)

    @cached_property
    def label_identifier(self) -> Field | None:
        return self.fields_by_id.get(self.label_identifier_field_id or "")


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    workspace_id: str
    version: int
    schema: str  # the PostgreSQL schema of the workspace's tables
    standard_application_id: str
    custom_application_id: str
    flags: Mapping[str, bool] = field(default_factory=dict)  # the contract's feature flags
    objects: Mapping[str, Object]  # by id; inactive ones too

    @cached_property
    def by_singular(self) -> Mapping[str, Object]:
        return {o.name_singular: o for o in self.objects.values()}

    @cached_property
    def by_plural(self) -> Mapping[str, Object]:
        return {o.name_plural: o for o in self.objects.values()}

    def field(self, field_id: str) -> Field | None:
        """A field by id, of whatever object."""
        object_id = self._object_of_field.get(field_id)
        return None if object_id is None else self.objects[object_id].fields_by_id[field_id]

    @cached_property
    def _object_of_field(self) -> Mapping[str, str]:
        return {f.id: o.id for o in self.objects.values() for f in o.fields.values()}
