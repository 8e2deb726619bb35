"""From one model to the next: the statements that make the tables follow the catalogue.

Pure and deterministic: two snapshots in, SQL out; nothing is looked up in the database, and
whether it agrees is `changes/check.py`'s to find out. What exists in both snapshots is
recognised by its key (`layout`), so a rename keeps its records and everything else is made
or dropped. All statements of one change run in one transaction.

    lock table "w_1"."noteTarget" in access exclusive mode
    alter table "w_1"."noteTarget" add column "targetPetId" uuid
    create index "IDX_…" on "w_1"."noteTarget" using btree ("targetPetId") where …
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from icosa.catalog.snapshot import OnDelete, Snapshot
from icosa.compile.layout import DELETED, ID, Column, ForeignKey, Table, TableIndex, table_of
from icosa.compile.totals import create_totals, create_triggers, fold_totals, forget_totals
from icosa.core.sql import EMPTY, Sql, ident, join, render, sql

__all__ = ["create_schema", "drop_schema", "fold_totals", "statements", "table_statements"]

T = TypeVar("T")

# Locked first and in this order by every change, so that two of them can't wait for each other
# (amendments, 20): every custom object adds a column to each of these tables.
_SHARED: Final = ("timelineActivity", "attachment", "noteTarget", "taskTarget")

_ON_DELETE: Final[Mapping[OnDelete, Sql]] = MappingProxyType(
    {
        "CASCADE": sql("cascade"),
        "RESTRICT": sql("restrict"),
        "SET_NULL": sql("set null"),
        "NO_ACTION": sql("no action"),
    }
)
_NOTHING: Final = Table("", "", "", {}, {}, {})


def create_schema(schema: str) -> list[str]:
    """A workspace's schema, with the table and the functions of its totals."""
    parts = (sql("create schema {s}", s=ident(schema)), *create_totals(schema))
    return [render(part).text for part in parts]


def drop_schema(schema: str) -> str:
    return render(sql("drop schema {s} cascade", s=ident(schema))).text


def statements(old: Snapshot | None, new: Snapshot, *, trigrams: str) -> list[str]:
    """What takes the tables from one model to the next, in order.

    `trigrams` is the schema of the extension pg_trgm.
    """
    before = {} if old is None else old.objects
    changed = [key for key, item in new.objects.items() if before.get(key) is not item]
    gone = [key for key in before if key not in new.objects]
    was = {
        key: table_of(before[key], old, trigrams=trigrams)
        for key in (*changed, *gone)
        if old is not None and key in before
    }
    becomes = {key: table_of(new.objects[key], new, trigrams=trigrams) for key in changed}
    return [render(part).text for part in _Transition(new.schema, was, becomes).parts()]


def table_statements(schema: str, table: Table) -> list[str]:
    """One table with its indexes, without what ties it to others."""
    parts = (
        _create_table(schema, table),
        *(_create_index(schema, table, index) for index in table.indexes.values()),
    )
    return [render(part).text for part in parts]


class _Transition:
    """The tables that differ, by object id. A table that is in neither stays as it is."""

    def __init__(self, schema: str, was: Mapping[str, Table], becomes: Mapping[str, Table]) -> None:
        self.schema = schema
        self.kept = [(was[key], table) for key, table in becomes.items() if key in was]
        self.kept.sort(key=lambda pair: _lock_order(pair[0].name))
        self.made = [table for key, table in becomes.items() if key not in was]
        self.gone = [table for key, table in was.items() if key not in becomes]

    def parts(self) -> Iterator[Sql]:
        yield from self._locks()
        for old, new in self.kept:
            yield from self._drop_parts(old, new)
        yield from self._drop_tables()
        for old, new in self.kept:
            yield from self._rename(old, new)
        for table in self.made:
            yield _create_table(self.schema, table)
        for old, new in self.kept:
            yield from self._alter(old, new)
        pairs = [*self.kept, *((_NOTHING, table) for table in self.made)]
        for old, new in pairs:
            for key in _only(new.foreign_keys, old.foreign_keys):
                yield self._add_foreign_key(new, new.foreign_keys[key])
        for old, new in pairs:
            for key in _only(new.indexes, old.indexes):
                yield _create_index(self.schema, new, new.indexes[key])
        for table in self.made:
            if table.has(DELETED):
                yield from create_triggers(self.schema, table.name, table.object_id)

    def _locks(self) -> Iterator[Sql]:
        """All at once and in order, before anything is changed."""
        altered = {old.name for old, new in self.kept if old != new}
        altered |= {table.name for table in self.gone}
        former = {new.name: old.name for old, new in self.kept}
        referred = {
            former.get(new.foreign_keys[key].target, new.foreign_keys[key].target)
            for old, new in (*self.kept, *((_NOTHING, table) for table in self.made))
            for key in _only(new.foreign_keys, old.foreign_keys)
        }
        referred -= altered | {table.name for table in self.made}
        for names, mode in (
            (altered, sql("access exclusive")),
            (referred, sql("share row exclusive")),  # what a foreign key takes of its target
        ):
            if names:
                tables = (ident(self.schema, name) for name in sorted(names, key=_lock_order))
                yield sql("lock table {t} in {mode} mode", t=join(", ", tables), mode=mode)

    def _drop_parts(self, old: Table, new: Table) -> Iterator[Sql]:
        gone = _only(old.columns, new.columns)
        names = {old.columns[key].name for key in gone}
        for key in _only(old.foreign_keys, new.foreign_keys):
            if old.foreign_keys[key].column not in names:  # else it goes with its column
                yield sql(
                    "alter table {t} drop constraint {name}",
                    t=self._at(old),
                    name=ident(old.foreign_keys[key].name),
                )
        for key in _only(old.indexes, new.indexes):
            yield sql("drop index {name}", name=ident(self.schema, old.indexes[key].name))
        if gone:
            # A generated column goes before those that it is made of.
            gone.sort(key=lambda key: not old.columns[key].generated)
            drops = (sql("drop column {c}", c=ident(old.columns[key].name)) for key in gone)
            yield sql("alter table {t} {drops}", t=self._at(old), drops=join(", ", drops))

    def _drop_tables(self) -> Iterator[Sql]:
        if self.gone:
            tables = join(", ", (self._at(table) for table in self.gone))
            yield sql("drop table {tables}", tables=tables)
        for table in self.gone:
            yield forget_totals(self.schema, table.object_id)

    def _rename(self, old: Table, new: Table) -> Iterator[Sql]:
        if old.name != new.name:
            yield sql("alter table {t} rename to {name}", t=self._at(old), name=ident(new.name))
        for key in _both(old.columns, new.columns):
            was, becomes = old.columns[key].name, new.columns[key].name
            if was != becomes:
                yield sql(
                    "alter table {t} rename column {was} to {becomes}",
                    t=self._at(new),
                    was=ident(was),
                    becomes=ident(becomes),
                )
        for key in _both(old.indexes, new.indexes):
            was, becomes = old.indexes[key].name, new.indexes[key].name
            if was != becomes:
                yield sql(
                    "alter index {was} rename to {becomes}",
                    was=ident(self.schema, was),
                    becomes=ident(becomes),
                )

    def _alter(self, old: Table, new: Table) -> Iterator[Sql]:
        parts: list[Sql] = []
        for key in _both(old.columns, new.columns):
            parts += _altered(old.columns[key], new.columns[key])
        for key in _only(new.columns, old.columns):
            parts.append(sql("add column {column}", column=_definition(new.columns[key])))
        if parts:
            yield sql("alter table {t} {parts}", t=self._at(new), parts=join(",\n    ", parts))

    def _add_foreign_key(self, table: Table, key: ForeignKey) -> Sql:
        return sql(
            "alter table {t} add constraint {name} foreign key ({column})\n"
            "    references {target} ({id}) on delete {action}",
            t=self._at(table),
            name=ident(key.name),
            column=ident(key.column),
            target=ident(self.schema, key.target),
            id=ident(ID),
            action=_ON_DELETE[key.on_delete],
        )

    def _at(self, table: Table) -> Sql:
        return ident(self.schema, table.name)


def _create_table(schema: str, table: Table) -> Sql:
    """Columns in the order of the fields.

    create table "w_1"."_pet" (
        "id" uuid default gen_random_uuid() not null,
        "searchVector" tsvector generated always as (…) stored,
        constraint "PK_…" primary key ("id")
    )
    """
    lines = [_definition(column) for column in table.columns.values()]
    if table.has(ID):
        name = ident(table.primary_key)
        lines.append(sql("constraint {name} primary key ({id})", name=name, id=ident(ID)))
    return sql(
        "create table {t} (\n    {lines}\n)",
        t=ident(schema, table.name),
        lines=join(",\n    ", lines),
    )


def _definition(column: Column) -> Sql:
    parts = [ident(column.name), _type(column.pg_type)]
    if column.generated:
        parts.append(sql("generated always as ({of}) stored", of=column.generated))
    if column.default:
        parts.append(sql("default {value}", value=column.default))
    if column.not_null:
        parts.append(sql("not null"))
    return join(" ", parts)


def _altered(old: Column, new: Column) -> Iterator[Sql]:
    name = ident(new.name)
    if old.default != new.default:
        if new.default:
            yield sql("alter column {c} set default {value}", c=name, value=new.default)
        else:
            yield sql("alter column {c} drop default", c=name)
    if old.not_null != new.not_null:
        action = sql("set") if new.not_null else sql("drop")
        yield sql("alter column {c} {action} not null", c=name, action=action)


def _create_index(schema: str, table: Table, index: TableIndex) -> Sql:
    """`create index "IDX_…" on "w_1"."_pet" using gin ("searchVector") where …`"""
    return sql(
        "create {unique}index {name} on {t} using {method} ({items}){where}",
        unique=sql("unique ") if index.unique else EMPTY,
        name=ident(index.name),
        t=ident(schema, table.name),
        method=index.method,
        items=join(", ", index.items),
        where=sql(" where {of}", of=index.where) if index.where else EMPTY,
    )


def _type(pg_type: str) -> Sql:
    """A PostgreSQL type of a field type's own spelling."""
    return Sql((pg_type,))


def _lock_order(name: str) -> tuple[int, str]:
    return (_SHARED.index(name) if name in _SHARED else len(_SHARED), name)


def _only(these: Mapping[str, T], those: Mapping[str, T]) -> list[str]:
    return [key for key in these if key not in those]


def _both(these: Mapping[str, T], those: Mapping[str, T]) -> list[str]:
    return [key for key in these if key in those]
