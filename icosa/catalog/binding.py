"""A field's type and physical columns, from what the catalogue says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from icosa.catalog.snapshot import Field, Relation
from icosa.core.identity import physical_name
from icosa.fields.base import FieldType, Option
from icosa.fields.registry import bind

_BARE: Final = re.compile(r"[a-z][a-z0-9_]*\Z")  # what PostgreSQL prints without quotes
RELATION_KINDS: Final = frozenset({"RELATION", "MORPH_RELATION"})


def bind_type(
    *,
    kind: str,
    name: str,
    is_nullable: bool,
    default_value: object,
    options: Sequence[Mapping[str, object]] | None,
    settings: Mapping[str, object] | None,
    relation: Relation | None,
    enum_name: str,
) -> FieldType | None:
    """None for the one-to-many end of a relation, which has no column."""
    if kind in RELATION_KINDS:
        if relation is None or relation.kind == "ONE_TO_MANY":
            return None
        return bind("RELATION", name=f"{name}Id", nullable=True)
    return bind(
        kind,
        name=name,
        nullable=is_nullable,
        default_value=default_value,
        options=tuple(_option(option) for option in options or ()),
        settings=settings,
        enum_name=enum_name,
    )


def enum_name(schema: str, table: str, field: str) -> str:
    """How messages print a select field's enum (records contract, A3)."""
    name = f"{table}_{field}_enum"
    return f"{schema}.{name}" if _BARE.match(name) else f'{schema}."{name}"'


def physical_columns(field_type: FieldType | None) -> tuple[str, ...]:
    """The columns of a new or renamed field."""
    if field_type is None:
        return ()
    return tuple(physical_name(field_type.name + c.suffix) for c in field_type.columns())


def rebound(field: Field, *, schema: str, table: str, **changes: Any) -> Field:
    """`field` with `changes`, its type bound anew; its physical columns follow its name."""
    changed = replace(field, **changes)
    field_type = bind_type(
        kind=changed.kind,
        name=changed.name,
        is_nullable=changed.is_nullable,
        default_value=changed.default_value,
        options=changed.options,
        settings=changed.settings,
        relation=changed.relation,
        enum_name=enum_name(schema, table, changed.name),
    )
    columns = changed.columns if changed.name == field.name else physical_columns(field_type)
    return replace(changed, type=field_type, columns=columns)


def _option(raw: Mapping[str, object]) -> Option:
    position = raw.get("position")
    color = raw.get("color")
    return Option(
        id=str(raw.get("id")),
        value=str(raw.get("value")),
        label=str(raw.get("label")),
        position=float(position) if isinstance(position, int | float) else 0.0,
        color=None if color is None else str(color),
    )
