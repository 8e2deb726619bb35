"""Orders, and the ranges of an order that a cursor leaves (amendments, 11).

A page after a cursor is one range of an index, or two when nulls come last or the cursor
stands among them: `k >= v and (k > v or id > i)` is an index condition, whereas the
textbook's `k > v or (k = v and id > i)` is a filter that reads the index from its start.
Nulls are a range of their own, for the same reason.

Backward pages are read with every direction turned round, nulls included, and put right
again afterwards: so no row is lost or repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from icosa.compile.scope import Scope
from icosa.core.errors import ApiError, CursorInvalid
from icosa.core.sql import Sql, all_of, any_of, ident, join, param, sql
from icosa.fields.base import FieldType
from icosa.plan.tree import CursorKey, OrderPlan


@dataclass(frozen=True, slots=True)
class CursorValue:
    """A cursor's value as a parameter; a forged one is the cursor's fault."""

    type: FieldType

    def __call__(self, value: object) -> object:
        try:
            if value is not None:  # of a key that has no nulls
                return self.type.operand(value)
        except ApiError:
            pass
        raise CursorInvalid("Invalid cursor: a value does not fit its field")

    def __hash__(self) -> int:
        return hash(self.type.name)


@dataclass(frozen=True, slots=True)
class Key:
    """An order key over a scope, in the direction that it is read in."""

    expression: Sql
    descending: bool
    nulls_first: bool
    nullable: bool
    indexed: bool

    def order(self) -> Sql:
        nulls = Sql()
        if self.nullable:
            nulls = sql(" nulls first") if self.nulls_first else sql(" nulls last")
        direction = sql(" desc") if self.descending else Sql()
        return sql("{k}{direction}{nulls}", k=self.expression, direction=direction, nulls=nulls)


@dataclass(frozen=True, slots=True)
class Range:
    """Rows that follow each other, and the keys that still sort them: a range of an index."""

    condition: Sql
    keys: tuple[Key, ...]


def keys(order: Sequence[OrderPlan], scope: Scope, *, turned: bool) -> tuple[Key, ...]:
    return tuple(
        Key(
            expression=item.type.order(scope.columns((item.column,), item.hops)),
            descending=item.descending != turned,
            nulls_first=item.nulls_first != turned,
            nullable=item.nullable,
            indexed=item.indexed,
        )
        for item in order
    )


def order_by(parts: Sequence[Key]) -> Sql:
    return join(", ", (key.order() for key in parts))


def cursor_values(order: Sequence[OrderPlan], cursor: Sequence[CursorKey]) -> tuple[Sql, ...]:
    """The cursor's values as expressions like the keys'; empty for null. None without one."""
    if not cursor:
        return ()
    return tuple(
        Sql()
        if key.operand is None
        else item.type.order(
            (param(key.operand.slot, CursorValue(item.type), item.type.cursor_type()),)
        )
        for item, key in zip(order, cursor, strict=True)
    )


def ranges(parts: tuple[Key, ...], values: Sequence[Sql]) -> list[Range]:
    """The ranges after `values`, in order; one of all rows where there is nothing to part.

    Without a cursor there are two only where an index (nulls first, read either way) could not
    serve the order as one.
    """
    first = parts[0]
    is_null = sql("{k} is null", k=first.expression)
    if not values:
        if not (first.nullable and first.indexed and first.nulls_first == first.descending):
            return [Range(Sql(), parts)]
        found = [_not_null(parts), Range(is_null, _of_nulls(parts))]
        return found[::-1] if first.nulls_first else found
    if not values[0]:
        rest = Range(all_of([is_null, _after(parts, values, 1)]), _of_nulls(parts))
        return [rest, _not_null(parts)] if first.nulls_first else [rest]
    beyond = Range(_beyond(parts, values, 0), _turned(parts, descending=first.descending))
    if first.nullable and not first.nulls_first:
        return [beyond, Range(is_null, _of_nulls(parts))]
    return [beyond]


def _not_null(parts: tuple[Key, ...]) -> Range:
    is_value = sql("{k} is not null", k=parts[0].expression)
    return Range(is_value, _turned(parts, descending=parts[0].descending))


def _of_nulls(parts: tuple[Key, ...]) -> tuple[Key, ...]:
    """The first key sorts nothing, but PostgreSQL knows an index's order only by all its keys."""
    return _turned(parts, descending=parts[1].descending)


def _turned(parts: tuple[Key, ...], *, descending: bool) -> tuple[Key, ...]:
    """In the index's order or its reverse; among rows of one range nulls have no place to keep."""
    return (replace(parts[0], descending=descending, nulls_first=not descending), *parts[1:])


def _after(parts: Sequence[Key], values: Sequence[Sql], index: int) -> Sql:
    """Rows after the cursor among those that tie with it on the keys before `index`."""
    key = parts[index]
    if not values[index]:
        is_null = sql("{k} is null", k=key.expression)
        same = sql("({n} and {rest})", n=is_null, rest=_after(parts, values, index + 1))
        if not key.nulls_first:
            return same
        return any_of([sql("{k} is not null", k=key.expression), same])
    beyond = _beyond(parts, values, index)
    if key.nullable and not key.nulls_first:
        return any_of([beyond, sql("{k} is null", k=key.expression)])
    return beyond


def _beyond(parts: Sequence[Key], values: Sequence[Sql], index: int) -> Sql:
    """`k > v` for the last key, else `(k >= v and (k > v or …))`."""
    key, value = parts[index], values[index]
    strict = (
        sql("{k} < {v}", k=key.expression, v=value)
        if key.descending
        else sql("{k} > {v}", k=key.expression, v=value)
    )
    if index == len(parts) - 1:
        return strict
    reach = (
        sql("{k} <= {v}", k=key.expression, v=value)
        if key.descending
        else sql("{k} >= {v}", k=key.expression, v=value)
    )
    rest = _after(parts, values, index + 1)
    return sql("({reach} and ({strict} or {rest}))", reach=reach, strict=strict, rest=rest)


def cursor_pairs(order: Sequence[OrderPlan], columns: Sequence[Sql]) -> list[tuple[str, Sql]]:
    """The members of a cursor's JSON, nested by path, each as callers see its field."""
    tree: dict[str, object] = {}
    for item, column in zip(order, columns, strict=True):
        at = tree
        for name in item.path[:-1]:
            at = at.setdefault(name, {})  # type: ignore[assignment]  # only leaves are Sql
        at[item.path[-1]] = item.type.output((item.type.cursor((column,)),))
    return [(name, _nested(value)) for name, value in tree.items()]


def _nested(value: object) -> Sql:
    if isinstance(value, Sql):
        return value
    assert isinstance(value, dict)
    parts = (sql("{v} as {k}", v=_nested(v), k=ident(k)) for k, v in value.items())
    return sql("(select row_to_json(k.*) from (select {parts}) as k)", parts=join(", ", parts))
