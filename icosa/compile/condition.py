"""Conditions."""

from __future__ import annotations

from typing import assert_never

from icosa.compile.scope import DELETED, Scope
from icosa.core.sql import Sql, any_of, join, sql
from icosa.plan.tree import All, AnyOf, Condition, IsLive, Not, Related, Test


def condition(of: Condition, scope: Scope) -> Sql:
    """The condition over `scope`, bracketed so that it can stand in a conjunction."""
    match of:
        case IsLive():
            return sql("{deleted} is null", deleted=scope.column(DELETED))
        case Test():
            columns = scope.columns(of.columns, of.hops)
            return of.type.compare(of.operator, columns, of.operand)
        case All():
            return _all(of, scope)
        case AnyOf():
            return any_of([condition(item, scope) for item in of.of])
        case Not():
            return sql("not ({of})", of=condition(of.of, scope))
        case Related():
            return _related(of, scope)
        case _:
            assert_never(of)


def where(of: Condition | None, scope: Scope, *more: Sql) -> Sql:
    """`where …`, or nothing."""
    parts = [*flat(of, scope), *(part for part in more if part)]
    return sql("\nwhere {of}", of=join("\n  and ", parts)) if parts else Sql()


def flat(of: Condition | None, scope: Scope) -> list[Sql]:
    """A top-level conjunction as its parts, one a line."""
    if of is None:
        return []
    if isinstance(of, All):
        return [part for item in of.of for part in flat(item, scope)]
    return [condition(of, scope)]


def _all(of: All, scope: Scope) -> Sql:
    if not of.of:
        return sql("true")
    parts = [condition(item, scope) for item in of.of]
    return parts[0] if len(parts) == 1 else sql("({of})", of=join(" and ", parts))


def _related(of: Related, scope: Scope) -> Sql:
    """`exists (select from … where join = id and live and …)`; every = none that does not."""
    inner = Scope(of.target, scope.view, scope.aliases)
    test = condition(of.of, inner)
    if of.quantifier == "every":
        test = sql("({test}) is not true", test=test)
    (parent,) = scope.columns(("id",), of.hops)
    exists = sql(
        "exists (select from {source} where {join} = {parent} and {deleted} is null and {test})",
        source=inner.source_sql(),
        join=inner.column(of.member.column),
        parent=parent,
        deleted=inner.column(DELETED),
        test=test,
    )
    return exists if of.quantifier == "some" else sql("not {exists}", exists=exists)
