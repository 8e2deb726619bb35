"""The files that a field's records no longer name."""

from __future__ import annotations

from icosa.core.sql import ident, literal, render, sql


def compile_unused(schema: str, table: str, column: str) -> str:
    """Deletes their rows and gives their ids; `$1` is the field's id."""
    statement = render(
        sql(
            "delete from icosa.file f where f.field_id = $1::uuid"
            " and f.created_at < now() - interval '1 day' and not exists ("
            "select from {table} as t, jsonb_array_elements(t.{column}) as i"
            " where i ->> {key} = f.id::text)\nreturning f.id",
            table=ident(schema, table),
            column=ident(column),
            key=literal("fileId"),
        )
    )
    return statement.text
