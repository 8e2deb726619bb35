"""The tables, columns and indexes of a workspace: the difference between two snapshots.

`statements(old, new)` says what must run for the tables to follow the model. Nothing is
looked up in the database, so the same change gives the same text; that the tables agree
with the catalogue is `changes/check.py`'s to find out. Rows are never rewritten but for a
new search document. No statement names what PostgreSQL 15 does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from icosa.catalog.snapshot import Field, Object, Snapshot
from icosa.core.identity import index_name
from icosa.core.sql import Sql, ident, join, literal, render, sql
from icosa.fields.base import Fresh
from icosa.fields.composite import Composite
from icosa.fields.search import by_pattern, search_words

DELETED: Final = "deletedAt"
TOTALS: Final = "record_total"
_ON_DELETE: Final[Mapping[str, Sql]] = {
    "CASCADE": sql("cascade"),
    "RESTRICT": sql("restrict"),
    "SET_NULL": sql("set null"),
    "NO_ACTION": sql("no action"),
}
# New objects lock the tables that all of them relate to in one order (amendments, 20).
_LOCK_ORDER: Final = ("timelineActivity", "attachment", "noteTarget", "taskTarget")


@dataclass(frozen=True, slots=True)
class PhysicalIndex:
    """`key` says what it is for, whatever the names are; equal keys are one index renamed."""

    key: tuple[str, ...]
    name: str
    body: Sql  # from `using` on
    unique: bool


def statements(old: Snapshot | None, new: Snapshot, *, trigrams: str) -> list[str]:
    """The DDL, in the order to run it. `trigrams` is the schema of pg_trgm."""
    return [render(part).text for part in _Difference(old, new, trigrams).all()]


def create_schema(schema: str) -> list[str]:
    """A workspace's schema, its totals and the functions of their triggers."""
    parts = [
        sql("create schema {s}", s=ident(schema)),
        sql(
            "create table {t} (object_id uuid not null, delta bigint not null)",
            t=ident(schema, TOTALS),
        ),
        sql(
            "create index {i} on {t} (object_id) include (delta)",
            i=ident(f"{TOTALS}_object"),
            t=ident(schema, TOTALS),
        ),
        *_totals_functions(schema),
    ]
    return [render(part).text for part in parts]


def drop_schema(schema: str) -> str:
    return render(sql("drop schema {s} cascade", s=ident(schema))).text


def fold_totals(schema: str) -> str:
    """Puts the deltas of each object together; rows that others hold wait for the next time."""
    totals = ident(schema, TOTALS)
    return render(
        sql(
            "with folded as (delete from {t} where ctid = any(array("
            "select ctid from {t} for update skip locked)) returning object_id, delta)\n"
            "insert into {t} select object_id, sum(delta) from folded group by object_id",
            t=totals,
        )
    ).text


def foreign_key_name(table: str, column: str) -> str:
    return "FK_" + index_name(table, (column,)).removeprefix("IDX_")


def physical_indexes(source: Object, *, trigrams: str) -> list[PhysicalIndex]:
    """Every index of an object's table but its primary key: the contract's and ours."""
    return _Indexes(source, trigrams).all()


def column_definition(field: Field, position: int) -> Sql:
    """`"stage" text default 'NEW' not null`."""
    assert field.type is not None
    column = field.type.columns()[position]
    name = field.columns[position]
    default = field.type.default().get(column.suffix)
    return sql(
        "{name} {type}{default}{required}",
        name=ident(name),
        type=Sql((column.pg_type,)),
        default=_default(default, column.pg_type),
        required=sql(" not null") if is_required(field) else Sql(),
    )


def is_required(field: Field) -> bool:
    """Only plain fields: parts of a composite may each be null, and a relation may be cut."""
    return (
        not field.is_nullable
        and field.relation is None
        and field.type is not None
        and len(field.columns) == 1
        and (field.type.default_value is not None or field.kind not in _OPTIONAL_KINDS)
    )


_OPTIONAL_KINDS: Final = frozenset({"RAW_JSON", "FILES", "TS_VECTOR"})



def _totals_functions(schema: str) -> list[Sql]:
    """The trigger functions of the totals: statement triggers with transition tables for
    insert and delete, and a row trigger for what is soft-deleted or restored (amendments, 7)."""
    totals = ident(schema, TOTALS)
    bodies = {
        "count_inserted": sql(
            "insert into {t} select tg_argv[0]::uuid, count(*) from inserted"
            ' where "deletedAt" is null having count(*) <> 0',
            t=totals,
        ),
        "count_removed": sql(
            "insert into {t} select tg_argv[0]::uuid, -count(*) from removed"
            ' where "deletedAt" is null having count(*) <> 0',
            t=totals,
        ),
        "count_truncated": sql("delete from {t} where object_id = tg_argv[0]::uuid", t=totals),
        "count_hidden": sql(
            "insert into {t} values (tg_argv[0]::uuid,"
            ' case when new."deletedAt" is null then 1 else -1 end)',
            t=totals,
        ),
    }
    return [
        sql(
            "create function {f}() returns trigger language plpgsql as $$\n"
            "begin\n    {body};\n    return null;\nend $$",
            f=ident(schema, name),
            body=body,
        )
        for name, body in bodies.items()
    ]


def _totals_triggers(schema: str, source: Object) -> list[Sql]:
    holes = {
        "t": ident(schema, source.table),
        "id": literal(source.id),
        "inserted": ident(schema, "count_inserted"),
        "removed": ident(schema, "count_removed"),
        "truncated": ident(schema, "count_truncated"),
        "hidden": ident(schema, "count_hidden"),
    }
    return [
        sql(
            "create trigger count_inserted after insert on {t} referencing new table as inserted"
            " for each statement execute function {inserted}({id})",
            **holes,
        ),
        sql(
            "create trigger count_removed after delete on {t} referencing old table as removed"
            " for each statement execute function {removed}({id})",
            **holes,
        ),
        sql(
            "create trigger count_truncated after truncate on {t}"
            " for each statement execute function {truncated}({id})",
            **holes,
        ),
        sql(
            'create trigger count_hidden after update of "deletedAt" on {t} for each row'
            ' when ((old."deletedAt" is null) <> (new."deletedAt" is null))'
            " execute function {hidden}({id})",
            **holes,
        ),
    ]


def _default(value: object, pg_type: str) -> Sql:
    match value:
        case None:
            return Sql()
        case Fresh.NOW if pg_type == "date":
            return sql(" default current_date")
        case Fresh.NOW:
            return sql(" default now()")
        case Fresh.UUID:
            return sql(" default gen_random_uuid()")
        case list() if pg_type.endswith("[]"):
            items = join(", ", (literal(str(item)) for item in value))
            return sql(" default array[{items}]::{type}", items=items, type=Sql((pg_type,)))
        case list() | dict():
            text = literal(msgspec.json.encode(value).decode())
        case bool():
            text = literal("true" if value else "false")
        case _:
            text = literal(str(value))
    return sql(" default {text}::{type}", text=text, type=Sql((pg_type,)))


class _Indexes:
    """The indexes of one object: the contract's, which have names of their own, and ours."""

    def __init__(self, source: Object, trigrams: str) -> None:
        self._source = source
        self._trigrams = trigrams
        self._live = sql("{d} is null", d=ident(DELETED))

    def all(self) -> list[PhysicalIndex]:
        shown = [self._shown(position) for position in range(len(self._source.indexes))]
        covered = {key.fields[0].field_id for key in self._source.indexes if len(key.fields) == 1}
        found = [index for index in shown if index is not None]
        found += self._joins(covered)
        found += self._orders()
        found += self._patterns()
        return found

    def _shown(self, position: int) -> PhysicalIndex | None:
        index = self._source.indexes[position]
        if not index.columns:
            return None
        columns = join(", ", (ident(name) for name in index.columns))
        method = sql("using gin") if index.kind == "GIN" else sql("using btree")
        first = self._source.fields_by_id[index.fields[0].field_id]
        where = Sql()
        if index.where_clause is not None:  # the only one that the standard model has
            where = sql(" where {live}", live=self._live)
        elif first.kind == "MORPH_RELATION" and not index.is_unique:
            where = sql(" where {c} is not null", c=ident(index.columns[0]))
        elif index.kind == "GIN":
            where = sql(" where {live}", live=self._live)
        return PhysicalIndex(
            ("shown", index.id),
            index.name,
            sql("{m} ({c}){w}", m=method, c=columns, w=where),
            index.is_unique,
        )

    def _joins(self, covered: set[str]) -> list[PhysicalIndex]:
        """Every foreign key has an index, or deleting its target would read the whole table."""
        found: list[PhysicalIndex] = []
        for item in self._source.fields.values():
            if item.relation is None or not item.columns or item.id in covered:
                continue
            column = ident(item.columns[0])
            body = sql("using btree ({c}) where {c} is not null", c=column)
            found.append(self._ours("join", item, (item.columns[0],), body))
        return found

    def _orders(self) -> list[PhysicalIndex]:
        found: list[PhysicalIndex] = []
        for name in ("createdAt", "position"):
            item = self._source.fields.get(name)
            if item is not None:
                body = sql(
                    "using btree ({c}, id) where {live}",
                    c=ident(item.columns[0]),
                    live=self._live,
                )
                found.append(self._ours("order", item, (item.columns[0], "id"), body))
        label = self._source.label_identifier
        if label is not None and label.kind in ("TEXT", "FULL_NAME"):
            keys = (sql("{k} nulls first", k=key) for key in _order_keys(label))
            body = sql(
                "using btree ({keys}, id) where {live}", keys=join(", ", keys), live=self._live
            )
            found.append(self._ours("order", label, (*label.columns, "id"), body))
        return found

    def _patterns(self) -> list[PhysicalIndex]:
        columns: list[tuple[Field, str]] = []
        label = self._source.label_identifier
        for item in self._source.fields.values():
            if item is label and item.kind in ("TEXT", "FULL_NAME"):
                columns += ((item, name) for name in item.columns)
                continue
            position = by_pattern(item.kind)
            if position is not None:
                columns.append((item, item.columns[position]))
        return [
            self._ours(
                "pattern",
                item,
                (name,),
                sql(
                    "using gin ({c} {ops}) where {live}",
                    c=ident(name),
                    ops=ident(self._trigrams, "gin_trgm_ops"),
                    live=self._live,
                ),
            )
            for item, name in columns
        ]

    def _ours(
        self, purpose: str, item: Field, columns: tuple[str, ...], body: Sql
    ) -> PhysicalIndex:
        place = item.columns.index(columns[0])
        name = index_name(self._source.table, columns, where=purpose)
        return PhysicalIndex((purpose, item.id, str(place)), name, body, unique=False)


class _Difference:
    def __init__(self, old: Snapshot | None, new: Snapshot, trigrams: str) -> None:
        self._old = {} if old is None else old.objects
        self._new = new
        self._schema = new.schema
        self._trigrams = trigrams

    def all(self) -> list[Sql]:
        kept = [o for key, o in self._new.objects.items() if key in self._old]
        made = [o for key, o in self._new.objects.items() if key not in self._old]
        gone = [o for key, o in self._old.items() if key not in self._new.objects]
        changed = [o for o in kept if o != self._old[o.id]]
        changed.sort(key=lambda o: _lock_rank(o.name_singular))
        parts: list[Sql] = []
        for source in changed:
            parts += self._rename(self._old[source.id], source)
        for source in changed:
            parts += self._remove(self._old[source.id], source)
        parts += (sql("drop table {t} cascade", t=self._table(source.table)) for source in gone)
        parts += (self._create(source) for source in made)
        for source in changed:
            parts += self._add(self._old[source.id], source)
        for source in made:
            parts += self._foreign_keys(source, source.fields.values())
            parts += self._create_indexes(source)
            parts += _totals_triggers(self._schema, source)
        for source in gone:
            parts.append(
                sql(
                    "delete from {t} where object_id = {id}::uuid",
                    t=ident(self._schema, TOTALS),
                    id=literal(source.id),
                )
            )
        return parts

    def _table(self, name: str) -> Sql:
        return ident(self._schema, name)

    # -- whole tables ------------------------------------------------------------------

    def _create(self, source: Object) -> Sql:
        columns: list[Sql] = []
        for item in source.fields.values():
            if item.kind == "TS_VECTOR":
                columns.append(self._search_column(source, item))
                continue
            columns += (column_definition(item, place) for place in range(len(item.columns)))
        return sql(
            "create table {t} (\n  {columns},\n  primary key (id)\n)",
            t=self._table(source.table),
            columns=join(",\n  ", columns),
        )

    def _search_column(self, source: Object, item: Field) -> Sql:
        words: list[Sql] = []
        for entry in source.search_fields:
            field = source.fields_by_id[entry.field_id]
            found = search_words(field.kind, [ident(name) for name in field.columns])
            if found is not None:
                words.append(found)
        document = join(", ", words) if words else sql("null::text")
        return sql(
            "{c} tsvector generated always as"
            " (icosa.search_document(icosa.search_words({words}))) stored",
            c=ident(item.columns[0]),
            words=document,
        )

    def _foreign_keys(self, source: Object, items: Iterable[Field]) -> list[Sql]:
        found: list[Sql] = []
        for item in items:
            if item.relation is None or not item.columns:
                continue
            target = self._new.objects[item.relation.target_object_id]
            found.append(
                sql(
                    "alter table {t} add constraint {name} foreign key ({c})"
                    " references {target} (id) on delete {rule}",
                    t=self._table(source.table),
                    name=ident(foreign_key_name(source.table, item.columns[0])),
                    c=ident(item.columns[0]),
                    target=self._table(target.table),
                    rule=_ON_DELETE[item.relation.on_delete or "SET_NULL"],
                )
            )
        return found

    def _create_indexes(self, source: Object) -> list[Sql]:
        return [
            self._create_index(source, index)
            for index in physical_indexes(source, trigrams=self._trigrams)
        ]

    def _create_index(self, source: Object, index: PhysicalIndex) -> Sql:
        return sql(
            "create {unique}index {name} on {t} {body}",
            unique=sql("unique ") if index.unique else Sql(),
            name=ident(index.name),
            t=self._table(source.table),
            body=index.body,
        )

    # -- tables that change ------------------------------------------------------------

    def _rename(self, old: Object, new: Object) -> list[Sql]:
        parts: list[Sql] = []
        if old.table != new.table:
            parts.append(
                sql(
                    "alter table {t} rename to {name}",
                    t=self._table(old.table),
                    name=ident(new.table),
                )
            )
        table = self._table(new.table)
        for item in new.fields.values():
            before = old.fields_by_id.get(item.id)
            if before is None or before.type is None:
                continue
            for was, now in zip(before.columns, item.columns, strict=True):
                if was != now:
                    parts.append(
                        sql(
                            "alter table {t} rename column {was} to {now}",
                            t=table,
                            was=ident(was),
                            now=ident(now),
                        )
                    )
            if item.relation is not None and item.columns:
                was = foreign_key_name(old.table, before.columns[0])
                now = foreign_key_name(new.table, item.columns[0])
                if was != now:
                    parts.append(
                        sql(
                            "alter table {t} rename constraint {was} to {now}",
                            t=table,
                            was=ident(was),
                            now=ident(now),
                        )
                    )
        return parts

    def _remove(self, old: Object, new: Object) -> list[Sql]:
        """Indexes and columns that are gone, under the names that they have after renames."""
        parts: list[Sql] = []
        new_indexes = {i.key: i for i in physical_indexes(new, trigrams=self._trigrams)}
        gone_fields = {f.id for f in old.fields.values()} - {f.id for f in new.fields.values()}
        for index in physical_indexes(old, trigrams=self._trigrams):
            now = new_indexes.get(index.key)
            if now is None or not self._same(old, new, index, now):
                parts.append(sql("drop index {i}", i=self._table(index.name)))
        columns = [
            sql("drop column {c} cascade", c=ident(name))
            for item in old.fields.values()
            if item.id in gone_fields
            for name in item.columns
        ]
        if self._search_changed(old, new):
            (name,) = new.fields["searchVector"].columns
            columns.append(sql("drop column {c} cascade", c=ident(name)))
        if columns:
            parts.append(
                sql(
                    "alter table {t} {columns}",
                    t=self._table(new.table),
                    columns=join(", ", columns),
                )
            )
        return parts

    def _add(self, old: Object, new: Object) -> list[Sql]:
        parts: list[Sql] = []
        added = [f for f in new.fields.values() if f.id not in old.fields_by_id]
        alterations: list[Sql] = []
        for item in added:
            alterations += (
                sql("add column {c}", c=column_definition(item, place))
                for place in range(len(item.columns))
            )
        if self._search_changed(old, new):
            column = self._search_column(new, new.fields["searchVector"])
            alterations.append(sql("add column {c}", c=column))
        for item in new.fields.values():
            before = old.fields_by_id.get(item.id)
            if before is not None:
                alterations += _defaults_changed(before, item)
        if alterations:
            parts.append(
                sql(
                    "alter table {t} {columns}",
                    t=self._table(new.table),
                    columns=join(", ", alterations),
                )
            )
        parts += self._foreign_keys(new, added)
        parts += self._index_changes(old, new)
        return parts

    def _index_changes(self, old: Object, new: Object) -> list[Sql]:
        parts: list[Sql] = []
        before = {i.key: i for i in physical_indexes(old, trigrams=self._trigrams)}
        for index in physical_indexes(new, trigrams=self._trigrams):
            was = before.get(index.key)
            if was is None or not self._same(old, new, was, index):
                parts.append(self._create_index(new, index))
            elif was.name != index.name:
                parts.append(
                    sql(
                        "alter index {was} rename to {now}",
                        was=self._table(was.name),
                        now=ident(index.name),
                    )
                )
        return parts

    def _same(self, old: Object, new: Object, was: PhysicalIndex, now: PhysicalIndex) -> bool:
        """Whether an index stays, whatever its columns are called now."""
        if self._search_changed(old, new) and "searchVector" in str(now.body.parts):
            return False
        text = render(was.body).text
        for item in new.fields.values():
            before = old.fields_by_id.get(item.id)
            if before is not None and before.type is not None:
                for one, two in zip(before.columns, item.columns, strict=True):
                    if one != two:
                        text = text.replace(f'"{one}"', f'"{two}"')
        return text == render(now.body).text and was.unique == now.unique

    def _search_changed(self, old: Object, new: Object) -> bool:
        if "searchVector" not in new.fields or "searchVector" not in old.fields:
            return False
        before = [s.field_id for s in old.search_fields]
        return before != [s.field_id for s in new.search_fields]


def _defaults_changed(before: Field, item: Field) -> list[Sql]:
    if before.type is None or item.type is None or item.kind == "TS_VECTOR":
        return []
    parts: list[Sql] = []
    old, new = before.type.default(), item.type.default()
    for name, column in zip(item.columns, item.type.columns(), strict=True):
        value = new.get(column.suffix)
        if old.get(column.suffix) == value:
            continue
        default = _default(value, column.pg_type)
        action = sql("set{d}", d=default) if default else sql("drop default")
        parts.append(sql("alter column {c} {action}", c=ident(name), action=action))
    if is_required(before) != is_required(item):
        action = sql("set not null") if is_required(item) else sql("drop not null")
        parts.append(sql("alter column {c} {action}", c=ident(item.columns[0]), action=action))
    return parts


def _order_keys(field: Field) -> list[Sql]:
    """The expressions that a field, or each member of a composite, is ordered by."""
    assert field.type is not None
    if isinstance(field.type, Composite):
        members = field.type.members().values()
        return [m.order((ident(c),)) for m, c in zip(members, field.columns, strict=True)]
    return [field.type.order((ident(field.columns[0]),))]


def _lock_rank(name: str) -> tuple[int, str]:
    return (_LOCK_ORDER.index(name), "") if name in _LOCK_ORDER else (len(_LOCK_ORDER), name)
