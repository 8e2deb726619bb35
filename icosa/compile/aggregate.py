"""Aggregates as SQL: what is computed over rows, and how it is shown.

All aggregates of a connection are columns of one sub-select over its matching rows:

    (select count(*) as "total", avg("t1"."employees") as "avgEmployees"
     from "w_1"."company" as "t1" where …) as "t1"

A value is empty when the text that its type says is null or `''` (records contract, A2).
`filled` is the value where there is one and null elsewhere, so that PostgreSQL's own
`count` counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from icosa.catalog.view import ToMany
from icosa.compile.scope import DELETED, ID, Scope, table
from icosa.core.shape import Scalar
from icosa.core.sql import Sql, ident, sql
from icosa.fields.base import FieldType
from icosa.plan.tree import Aggregate

# PostgreSQL types whose every value has a text, so that only null is empty.
_NEVER_EMPTY: Final = frozenset(
    {"boolean", "date", "float8", "jsonb", "numeric", "timestamptz(3)", "uuid"}
)
# What each word computes, of a column.
_OF_COLUMN: Final[Mapping[str, Callable[[Sql], Sql]]] = MappingProxyType(
    {
        "min": lambda c: sql("min({c})", c=c),
        "max": lambda c: sql("max({c})", c=c),
        "avg": lambda c: sql("avg({c})", c=c),
        "sum": lambda c: sql("sum({c})", c=c),
        "countTrue": lambda c: sql("count(*) filter (where {c})", c=c),
        "countFalse": lambda c: sql("count(*) filter (where not {c})", c=c),
    }
)
_OF_TYPE: Final = ("min", "max")  # words whose value is one of the field's own


def aggregate(of: Aggregate, scope: Scope) -> Sql:
    """What is computed over the rows of `scope`."""
    if of.word == "total":
        return sql("count(*)")
    if of.children is not None:
        return _common(of.word, *_of_children(of.children, scope))
    assert of.type is not None
    columns = scope.columns(of.columns)
    if of.word in _OF_COLUMN:
        return _OF_COLUMN[of.word](columns[0])
    filled = _filled(of.type, columns)
    return _common(of.word, sql("count({c})", c=filled), sql("count(distinct {c})", c=filled))


def shown(of: Aggregate, value: Sql, *, as_text: bool) -> Sql:
    """The JSON value of what was computed; numbers of REST are PostgreSQL's own texts (B1)."""
    if of.word in _OF_TYPE:
        assert of.type is not None
        shape = of.type.shape()
        value = of.type.output((value,))
        if isinstance(shape, Scalar) and shape.json_type == "string":
            return value
    if as_text:
        return sql("{v}::text", v=value)
    # a mean of decimal numbers has twenty decimals, whatever they are
    return sql("{v}::float8", v=value) if of.word == "avg" else value


def _common(word: str, filled: Sql, distinct: Sql) -> Sql:
    """The words that all types have, from the numbers of filled and of distinct values."""
    match word:
        case "countUniqueValues":
            return distinct
        case "countNotEmpty":
            return filled
        case "countEmpty":
            return sql("count(*) - {n}", n=filled)
        case "percentageNotEmpty":
            return sql("{n}::float8 / nullif(count(*), 0)", n=filled)
        case "percentageEmpty":
            return sql("(count(*) - {n})::float8 / nullif(count(*), 0)", n=filled)
        case _:
            raise AssertionError(word)


def _filled(of: FieldType, columns: tuple[Sql, ...]) -> Sql:
    if len(columns) == 1 and of.columns()[0].pg_type in _NEVER_EMPTY:
        return columns[0]
    return sql("nullif({text}, '')", text=of.emptiness(columns))


def _of_children(member: ToMany, scope: Scope) -> tuple[Sql, Sql]:
    """Records that have related ones, and related ones: each belongs to one record."""
    alias = scope.aliases.next()
    target = scope.view.object(member.target)
    assert target is not None
    related = sql(
        "from {table} as {alias} where {join} = {id} and {deleted} is null",
        table=table(target),
        alias=ident(alias),
        join=ident(alias, member.column),
        id=scope.column(ID),
        deleted=ident(alias, DELETED),
    )
    return (
        sql("count(*) filter (where exists (select {related}))", related=related),
        sql("coalesce(sum((select count(*) {related})), 0)::bigint", related=related),
    )
