"""Aggregates as SQL: what is computed over rows, and how it is shown.

All aggregates of a connection are columns of one sub-select over its matching rows:

    (select count(*) as "total", avg("t1"."employees") as "avgEmployees"
     from "w_1"."company" as "t1" where …) as "t1"

Empty is what means the same as null; a composite is empty when the members that its type
names are (records contract, A2). This is asked as a condition, never by putting texts
together: that costs half as much again. Empty values are no values, also when distinct
ones are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from icosa.catalog.view import ToMany
from icosa.compile.scope import DELETED, ID, Scope, table
from icosa.core.shape import Scalar
from icosa.core.sql import Sql, any_of, ident, sql
from icosa.fields.base import FieldType
from icosa.fields.composite import Composite
from icosa.plan.tree import Aggregate

# PostgreSQL types of which no value has the empty text: only null is empty.
_NULL_ALONE: Final = frozenset(
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
    if _only_null_is_empty(of.type):
        (column,) = columns
        return _common(of.word, sql("count({c})", c=column), sql("count(distinct {c})", c=column))
    condition = _is_filled(of.type, columns)
    return _common(
        of.word,
        sql("count(*) filter (where {c})", c=condition),
        sql("count(distinct {v}) filter (where {c})", v=_whole(of.type, columns), c=condition),
    )


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


def _only_null_is_empty(of: FieldType) -> bool:
    columns = of.columns()
    return len(columns) == 1 and not of.empty and columns[0].pg_type in _NULL_ALONE


def _is_filled(of: FieldType, columns: tuple[Sql, ...]) -> Sql:
    """Unknown is as good as false, where it is used."""
    if isinstance(of, Composite):
        by_name = dict(zip(of.members(), columns, strict=True))
        members = [_is_filled(of.members()[n], (by_name[n],)) for n in of.decides_emptiness]
        return members[0] if len(members) == 1 else any_of(members)
    if _only_null_is_empty(of):
        return sql("{c} is not null", c=columns[0])
    if of.empty:
        return sql("{c} <> {empty}", c=columns[0], empty=of.empty)
    return sql("{text} <> ''", text=of.emptiness(columns))


def _whole(of: FieldType, columns: tuple[Sql, ...]) -> Sql:
    """What is the same for values that count as one: a column, so that an index may serve."""
    if not isinstance(of, Composite):
        return columns[0]
    if len(of.decides_emptiness) == 1:
        return columns[list(of.members()).index(of.decides_emptiness[0])]
    return of.emptiness(columns)


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
