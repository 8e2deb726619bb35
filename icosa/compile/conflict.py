"""The record that has a unique value which another record was refused for."""

from __future__ import annotations

from icosa.catalog.view import ObjectView
from icosa.compile.json import text_parameter
from icosa.compile.scope import table
from icosa.core.sql import Statement, ident, join, param, render, sql


def compile_conflict(source: ObjectView, columns: tuple[str, ...]) -> Statement:
    """`id` of the record whose columns have these values, printed as text."""
    tests = (
        sql("{c}::text = {v}", c=ident(name), v=param(place, text_parameter, "text"))
        for place, name in enumerate(columns)
    )
    return render(
        sql(
            "select id from {table} where {tests} limit 1",
            table=table(source),
            tests=join(" and ", tests),
        )
    )
