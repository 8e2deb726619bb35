"""Whether the tables are what the catalogue says: for `icosa doctor`, and for the tests.

Each table is made anew as a temporary one, by the very statements that made the first, and
PostgreSQL is asked to print both; the transaction is rolled back. So defaults, generated
columns and predicates are compared as PostgreSQL understands them. What ties tables to each
other can't be temporary and is compared piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from icosa.catalog.snapshot import Field, Object, Snapshot
from icosa.catalog.store import load_snapshot
from icosa.changes.model import pg_trgm_schema
from icosa.compile.ddl import table_statements
from icosa.compile.layout import DELETED, Table, table_of
from icosa.compile.totals import TOTALS, TRIGGERS
from icosa.core.sql import ident, render, sql
from icosa.db.pool import Connection, Database

_BATCH: Final = 20  # tables in one transaction: each of their parts takes a lock
_TEMPORARY: Final = "pg_temp"

_TABLES: Final = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1::text and c.relkind in ('r', 'p')"""

_COLUMNS: Final = """
select c.relname as table, 'column ' || quote_ident(a.attname) as part,
    concat_ws(' ', format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then 'not null' end,
        case when a.attgenerated <> '' then 'generated' end,
        'default ' || pg_get_expr(d.adbin, d.adrelid)) as definition
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relnamespace = $1::text::regnamespace and c.relkind = 'r' and c.relname = any($2::text[])"""

# What stands behind ON and the table's name is the same for both.
_INDEXES: Final = """
select c.relname as table, 'index ' || quote_ident(i.relname) as part,
    concat_ws(' ', case when x.indisunique then 'unique' end,
        case when not x.indisvalid then 'invalid' end,
        substr(pg_get_indexdef(i.oid), strpos(pg_get_indexdef(i.oid), ' USING ') + 1)) as definition
from pg_class c
join pg_index x on x.indrelid = c.oid
join pg_class i on i.oid = x.indexrelid
where c.relnamespace = $1::text::regnamespace and c.relkind = 'r' and c.relname = any($2::text[])"""

_FOREIGN_KEYS: Final = """
select c.relname as table, 'foreign key ' || quote_ident(k.conname) as part,
    concat_ws(' ', a.attname, t.relname, k.confdeltype,
        case when not k.convalidated then 'not valid' end) as definition
from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_class t on t.oid = k.confrelid
join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
where k.contype = 'f' and c.relnamespace = $1::text::regnamespace"""

_TRIGGERS: Final = """
select c.relname as table, 'trigger ' || quote_ident(g.tgname) as part,
    concat_ws(' ', p.proname, replace(encode(g.tgargs, 'escape'), '\\000', ''),
        case when g.tgenabled <> 'O' then 'disabled' end) as definition
from pg_trigger g
join pg_class c on c.oid = g.tgrelid
join pg_proc p on p.oid = g.tgfoid
where not g.tgisinternal and c.relnamespace = $1::text::regnamespace"""

_SCHEMA_EXISTS: Final = "select to_regnamespace(quote_ident($1::text)) is not null as is_there"
_OF_TEMPORARY: Final = "select pg_my_temp_schema()::regnamespace::text as name"
_ON_DELETE: Final[Mapping[str, str]] = {
    "CASCADE": "c",
    "RESTRICT": "r",
    "SET_NULL": "n",
    "NO_ACTION": "a",
}

Parts = dict[tuple[str, str], str]  # (table, part) -> definition


class _Undone(Exception):
    """Leaves the transaction without a trace."""


async def differences(database: Database, workspace_id: str) -> list[str]:
    """What disagrees, one sentence each; empty if nothing does. Raises `LookupError`."""
    snapshot = await load_snapshot(database, workspace_id)
    found = list(_loose_ends(snapshot))
    schema = await database.row(_SCHEMA_EXISTS, (snapshot.schema,))
    if schema is None or not schema["is_there"]:
        return [*found, f"Schema {snapshot.schema} is missing."]
    trigrams = await pg_trgm_schema(database)
    tables = [table_of(item, snapshot, trigrams=trigrams) for item in snapshot.objects.values()]
    there = {row["relname"] for row in await database.rows(_TABLES, (snapshot.schema,))}
    expected = {table.name for table in tables} | {TOTALS}
    found += (f"Table {name} is missing." for name in sorted(expected - there))
    found += (f"Table {name} is of no object." for name in sorted(there - expected))
    present = [table for table in tables if table.name in there]
    for batch in _batches(present, _BATCH):
        found += await _compared(database, snapshot.schema, batch)
    found += _unlike(
        dict(_foreign_keys(present)), await _parts_of(database, _FOREIGN_KEYS, (snapshot.schema,))
    )
    found += _unlike(
        dict(_triggers(present)), await _parts_of(database, _TRIGGERS, (snapshot.schema,))
    )
    return found


async def wrong_totals(database: Database, workspace_id: str) -> list[str]:
    """Objects whose total is not the number of their live records; counts them all."""
    snapshot = await load_snapshot(database, workspace_id)
    found: list[str] = []
    for item in snapshot.objects.values():
        if DELETED not in item.fields:
            continue
        text = render(
            sql(
                "select (select count(*) from {t} where {d} is null) as counted,"
                " (select coalesce(sum(delta), 0)::bigint from {totals}"
                " where object_id = $1::uuid) as total",
                t=ident(snapshot.schema, item.table),
                d=ident(DELETED),
                totals=ident(snapshot.schema, TOTALS),
            )
        ).text
        row = await database.row(text, (item.id,), slow=True)
        assert row is not None
        if row["counted"] != row["total"]:
            found.append(
                f"The total of {item.name_singular} is {row['total']}, "
                f"but there are {row['counted']} records."
            )
    return found


async def _compared(database: Database, schema: str, tables: Sequence[Table]) -> list[str]:
    """Columns and indexes of some tables against the same tables made anew."""
    names = [table.name for table in tables]
    expected: Parts = {}
    real: Parts = {}
    try:
        async with database.transaction(slow=True) as connection:
            made = [text for table in tables for text in table_statements(_TEMPORARY, table)]
            await connection.execute_script(";\n".join(made))
            row = await connection.row(_OF_TEMPORARY)
            assert row is not None
            for query in (_COLUMNS, _INDEXES):
                expected |= await _parts_of(connection, query, (row["name"], names))
                real |= await _parts_of(connection, query, (schema, names))
            raise _Undone
    except _Undone:
        return list(_unlike(expected, real))


async def _parts_of(door: Connection | Database, query: str, params: Sequence[object]) -> Parts:
    rows = await door.rows(query, params)
    return {(row["table"], row["part"]): row["definition"] for row in rows}


def _unlike(expected: Parts, real: Parts) -> Iterator[str]:
    for table, part in sorted(expected.keys() | real.keys()):
        wanted, found = expected.get((table, part)), real.get((table, part))
        if found is None:
            yield f"Table {table}: {part} is missing."
        elif wanted is None:
            yield f"Table {table}: {part} is not in the catalogue."
        elif wanted != found:
            yield f"Table {table}: {part} is {found!r}, not {wanted!r}."


def _foreign_keys(tables: Iterable[Table]) -> Iterator[tuple[tuple[str, str], str]]:
    for table in tables:
        for key in table.foreign_keys.values():
            rule = _ON_DELETE[key.on_delete]
            yield (table.name, f'foreign key "{key.name}"'), f"{key.column} {key.target} {rule}"


def _triggers(tables: Iterable[Table]) -> Iterator[tuple[tuple[str, str], str]]:
    for table in tables:
        if table.has(DELETED):
            for name in TRIGGERS:
                yield (table.name, f"trigger {name}"), f"{name} {table.object_id}"


# -- the catalogue by itself -------------------------------------------------------------


def _loose_ends(snapshot: Snapshot) -> Iterator[str]:
    """References inside the model that lead nowhere."""
    for item in snapshot.objects.values():
        label = item.label_identifier_field_id
        if label is not None and label not in item.fields_by_id:
            yield f"Object {item.name_singular}: its label identifier is no field of it."
        for field in item.fields.values():
            if field.relation is not None and not _has_inverse(field, item, snapshot):
                yield f"Field {item.name_singular}.{field.name}: it has no inverse."


def _has_inverse(field: Field, source: Object, snapshot: Snapshot) -> bool:
    assert field.relation is not None
    target = snapshot.objects.get(field.relation.target_object_id)
    inverse = None if target is None else target.fields_by_id.get(field.relation.target_field_id)
    if inverse is None or inverse.relation is None:
        return False
    return (
        inverse.relation.kind != field.relation.kind
        and inverse.relation.target_object_id == source.id
        and inverse.relation.target_field_id == field.id
    )


def _batches(tables: Sequence[Table], size: int) -> Iterator[Sequence[Table]]:
    rest = iter(tables)
    while batch := list(islice(rest, size)):
        yield batch
