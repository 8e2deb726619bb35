"""JSON objects as SQL expressions.

`row_to_json` over a sub-select is the cheapest way to a JSON object that PostgreSQL has, and
it keeps the caller's order of keys (ADR 4). An object inside it is a row that stands `beside`
the source's, as `lateral (select …) as "c1"`: PostgreSQL makes it part of the one expression,
whereas a scalar sub-select is a plan of its own, which costs a quarter of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from icosa.core.sql import EMPTY, IDENTIFIER_BYTES_MAX, Sql, ident, join, literal, sql

Pairs = Sequence[tuple[str, Sql]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What an object shows of a row."""

    pairs: Pairs
    beside: tuple[Sql, ...] = ()  # FROM items, which `pairs` name by their aliases


def text_parameter(value: object) -> object:
    """A text that is ours, such as the separator between two records."""
    return value


def json_object(shown: Shown, source: Sql = EMPTY, rest: Sql = EMPTY) -> Sql:
    """A JSON object, for each row of `source` (a FROM item, or nothing; WHERE is `rest`)."""
    items = [source, *shown.beside] if source else [*shown.beside]
    clause = sql("\nfrom {items}{rest}", items=_joined(items), rest=rest) if items else EMPTY
    if all(len(key.encode()) <= IDENTIFIER_BYTES_MAX for key, _ in shown.pairs):
        return sql(
            "(select row_to_json(r.*) from (select {columns}{clause}) as r)",
            columns=selected(shown.pairs),
            clause=clause,
        )
    # a key longer than a PostgreSQL name: `companyId` of a field with a name of 63 letters
    members = (
        sql(
            "{key} || coalesce(to_json({value})::text, 'null')",
            key=literal(f'"{key}":'),
            value=value,
        )
        for key, value in shown.pairs
    )
    return sql(
        "(select ('{' || {members} || '}')::json{clause})",
        members=join(" || ',' || ", members),
        clause=clause,
    )


def selected(pairs: Pairs) -> Sql:
    """`value as "key", …`, one a line."""
    return join(
        ",\n  ", (sql("{value} as {key}", value=value, key=ident(key)) for key, value in pairs)
    )


def beside(pairs: Pairs, alias: str) -> Sql:
    """An object as a FROM item: its value is the alias."""
    return sql("lateral (select {columns}) as {alias}", columns=selected(pairs), alias=ident(alias))


def rows_of(shown: Shown, source: Sql, rest: Sql = EMPTY) -> tuple[Sql, Sql]:
    """(one row's JSON, the FROM that gives it), for an aggregate over the rows of `source`."""
    if all(len(key.encode()) <= IDENTIFIER_BYTES_MAX for key, _ in shown.pairs):
        rows = sql(
            "(select\n  {columns}\nfrom {items}{rest}) as r",
            columns=selected(shown.pairs),
            items=_joined([source, *shown.beside]),
            rest=rest,
        )
        return sql("row_to_json(r.*)"), rows
    return json_object(shown), sql("{source}{rest}", source=source, rest=rest)


def _joined(items: Sequence[Sql]) -> Sql:
    return join("\ncross join ", items)
