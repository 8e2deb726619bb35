"""What follows from a field's name and table: its columns, and the enum that messages name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from icosa.catalog.naming import enum_name
from icosa.catalog.snapshot import Field
from icosa.core.identity import physical_name


def physical_columns(field: Field) -> tuple[str, ...]:
    """The columns of a new or renamed field, in the order of its type's."""
    if field.type is None:
        return ()
    return tuple(physical_name(field.type.name + c.suffix) for c in field.type.columns())


def placed(field: Field, *, schema: str, table: str) -> Field:
    """A new or renamed field with columns of its own."""
    return in_table(replace(field, columns=physical_columns(field)), schema=schema, table=table)


def in_table(field: Field, *, schema: str, table: str) -> Field:
    """A field whose table has another name; its columns keep theirs."""
    name = enum_name(schema, table, field.columns[0]) if field.columns else ""
    return field if name == field.enum_name else replace(field, enum_name=name)


def changed(field: Field, *, schema: str, table: str, **changes: Any) -> Field:
    """`field` with `changes`; a new name brings new columns."""
    after = replace(field, **changes)
    return after if after.name == field.name else placed(after, schema=schema, table=table)
