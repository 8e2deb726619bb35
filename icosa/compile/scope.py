"""Aliases and joins of one FROM.

Aliases are numbered by visit order over a whole statement (`t1`, `t2`, …), so equal plans
give equal text. A many-to-one relation that a filter or an order passes through becomes a
left join, made once for each path: it can't multiply rows, a missing target compares as
nulls, and PostgreSQL turns it into an inner join where that is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Final

from icosa.catalog.view import ObjectView, ToOne, View
from icosa.core.sql import Sql, ident, join, sql

ID: Final = "id"
DELETED: Final = "deletedAt"


class Aliases:
    """The aliases of one statement."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def next(self) -> str:
        return f"t{next(self._numbers)}"


class Scope:
    """A table under an alias, and the tables joined to it so far."""

    def __init__(self, source: ObjectView, view: View, aliases: Aliases) -> None:
        self.source = source
        self.view = view
        self.aliases = aliases
        self.alias = aliases.next()
        self._joins: dict[tuple[str, ...], str] = {}
        self._texts: list[Sql] = []

    def column(self, name: str) -> Sql:
        return ident(self.alias, name)

    def columns(self, names: Iterable[str], hops: tuple[ToOne, ...] = ()) -> tuple[Sql, ...]:
        """Columns of the record at the end of `hops`."""
        alias = self.at(hops)
        return tuple(ident(alias, name) for name in names)

    def at(self, hops: tuple[ToOne, ...]) -> str:
        """The alias of the record at the end of `hops`, joined if it was not yet."""
        if not hops:
            return self.alias
        path = tuple(hop.field.id for hop in hops)
        known = self._joins.get(path)
        if known is not None:
            return known
        before = self.at(hops[:-1])
        alias = self.aliases.next()
        target = self.view.object(hops[-1].target)
        assert target is not None
        self._texts.append(
            sql(
                "\nleft join {table} as {alias} on {id} = {join} and {deleted} is null",
                table=table(target),
                alias=ident(alias),
                id=ident(alias, ID),
                join=ident(before, hops[-1].column),
                deleted=ident(alias, DELETED),
            )
        )
        self._joins[path] = alias
        return alias

    def source_sql(self) -> Sql:
        """`"w_1"."person" as "t1" left join …`: read it after all conditions are made."""
        return sql(
            "{table} as {alias}{joins}",
            table=table(self.source),
            alias=ident(self.alias),
            joins=join("", self._texts),
        )


def table(source: ObjectView) -> Sql:
    return ident(source.schema, source.object.table)
