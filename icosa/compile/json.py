"""JSON objects as SQL expressions.

`row_to_json` over a sub-select is the cheapest way to a JSON object that PostgreSQL has, and
it keeps the caller's order of keys (ADR 4).
"""

from __future__ import annotations

from collections.abc import Sequence

from icosa.core.sql import IDENTIFIER_BYTES_MAX, Sql, ident, join, literal, sql

Pairs = Sequence[tuple[str, Sql]]


def text_parameter(value: object) -> object:
    """A text that is ours, such as the separator between two records."""
    return value


def json_object(pairs: Pairs, source: Sql) -> Sql:
    """A JSON object of `pairs`, for each row of `source` (a FROM clause, or nothing)."""
    if all(len(key.encode()) <= IDENTIFIER_BYTES_MAX for key, _ in pairs):
        return sql(
            "(select row_to_json(r.*) from (select {columns}{source}) as r)",
            columns=selected(pairs),
            source=source,
        )
    # a key longer than a PostgreSQL name: `companyId` of a field with a name of 63 letters
    members = (
        sql(
            "{key} || coalesce(to_json({value})::text, 'null')",
            key=literal(f'"{key}":'),
            value=value,
        )
        for key, value in pairs
    )
    return sql(
        "(select ('{' || {members} || '}')::json{source})",
        members=join(" || ',' || ", members),
        source=source,
    )


def selected(pairs: Pairs) -> Sql:
    """`value as "key", …`, one a line."""
    return join(
        ",\n  ", (sql("{value} as {key}", value=value, key=ident(key)) for key, value in pairs)
    )


def rows_of_pairs(pairs: Pairs, source: Sql) -> tuple[Sql, Sql]:
    """(one row's JSON, the FROM that gives it), for an aggregate over the rows of `source`."""
    if all(len(key.encode()) <= IDENTIFIER_BYTES_MAX for key, _ in pairs):
        rows = sql(
            "(select\n  {columns}\nfrom {source}) as r", columns=selected(pairs), source=source
        )
        return sql("row_to_json(r.*)"), rows
    return json_object(pairs, Sql()), source
