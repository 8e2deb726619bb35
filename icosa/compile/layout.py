"""What PostgreSQL holds for an object: its table as data, ready to be made or compared.

Everything has a key made of ids, never of names: so `ddl` tells what was renamed from what
is new, and a changed definition has another key. Names in PostgreSQL that no caller sees
(of speed indexes, foreign keys, the primary key) are made from those keys, too, and so
survive every rename.

The indexes of every object, beside those of the catalogue: `(createdAt, id)` and
`(position, id)`; the label identifier as it is sorted by; trigrams of the label identifier
and of e-mail, link and phone primaries. Those that serve only reads hold live records only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from icosa.catalog.snapshot import Field, Index, Object, OnDelete, Snapshot
from icosa.compile.search import search_vector
from icosa.core.sql import EMPTY, Sql, ident, join, literal, sql
from icosa.fields.base import ColumnValue, Fresh
from icosa.fields.composite import Composite

ID: Final = "id"
DELETED: Final = "deletedAt"
_HASH_LENGTH: Final = 27  # hex digits, as in the names of the catalogue's indexes
_ORDERED: Final = ("createdAt", "position")


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    pg_type: str
    not_null: bool = False
    default: Sql = EMPTY
    generated: Sql = EMPTY


@dataclass(frozen=True, slots=True)
class TableIndex:
    name: str
    unique: bool
    method: Sql  # `btree` or `gin`
    items: tuple[Sql, ...]
    where: Sql = EMPTY


@dataclass(frozen=True, slots=True)
class ForeignKey:
    name: str
    column: str
    target: str  # table
    on_delete: OnDelete


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    object_id: str
    primary_key: str  # the constraint's name
    columns: Mapping[str, Column]  # these three by key
    indexes: Mapping[str, TableIndex]
    foreign_keys: Mapping[str, ForeignKey]


def table_of(source: Object, snapshot: Snapshot, *, trigrams: Sql) -> Table:
    """The table of an object; `trigrams` is `gin_trgm_ops`, qualified."""
    keys: dict[str, str] = {}  # column -> key
    columns: dict[str, Column] = {}
    for field in source.fields.values():
        for key, column in _columns(field, source):
            columns[key] = column
            keys[column.name] = key
    return Table(
        name=source.table,
        object_id=source.id,
        primary_key=_name("PK", source.id),
        columns=columns,
        indexes={**_catalogue_indexes(source, keys), **_speed_indexes(source, trigrams)},
        foreign_keys=dict(_foreign_keys(source, snapshot)),
    )


# -- columns ---------------------------------------------------------------------------


def _columns(field: Field, source: Object) -> Iterator[tuple[str, Column]]:
    if field.type is None:
        return
    columns = field.type.columns()
    if field.kind == "TS_VECTOR":
        key, vector = search_vector(source)
        yield (
            f"{field.id}:{key}",
            Column(field.columns[0], columns[0].pg_type, generated=vector),
        )
        return
    defaults = field.type.default()
    not_null = len(columns) == 1 and not field.is_nullable and not _may_be_cleared(field)
    for name, column in zip(field.columns, columns, strict=True):
        value = defaults.get(column.suffix)
        default = EMPTY if value is None else _constant(value, column.pg_type)
        yield f"{field.id}:{column.suffix}", Column(name, column.pg_type, not_null, default)


def _may_be_cleared(field: Field) -> bool:
    """Whether PostgreSQL itself sets the column to null, whatever the model says of nulls."""
    return field.relation is not None and field.relation.on_delete == "SET_NULL"


def _constant(value: ColumnValue | Fresh, pg_type: str) -> Sql:
    match value:
        case Fresh.NOW:
            return sql("now()")
        case Fresh.UUID:
            return sql("gen_random_uuid()")
        case bool():
            return sql("true") if value else sql("false")
        case list() if pg_type.endswith("[]"):
            items = join(", ", (literal(str(item)) for item in value))
            return sql("array[{items}]::{type}", items=items, type=Sql((pg_type,)))
        case str() | int() | float():
            text = str(value)
        case _:
            text = msgspec.json.encode(value).decode()
    return sql("{text}::{type}", text=literal(text), type=Sql((pg_type,)))


# -- indexes ---------------------------------------------------------------------------


def _catalogue_indexes(source: Object, keys: Mapping[str, str]) -> dict[str, TableIndex]:
    return {
        ":".join((index.id, *(keys[name] for name in index.columns))): TableIndex(
            name=index.name,
            unique=index.is_unique,
            method=sql("gin") if index.kind == "GIN" else sql("btree"),
            items=tuple(ident(name) for name in index.columns),
            where=_predicate(index, source),
        )
        for index in source.indexes
    }


def _predicate(index: Index, source: Object) -> Sql:
    """Unique ones cover deleted records; foreign keys are looked up for them as well.

    The many join columns of a morph relation are nearly all null (amendments, 20).
    """
    if index.is_unique:
        return EMPTY
    fields = [source.fields_by_id[item.field_id] for item in index.fields]
    if len(fields) == 1 and fields[0].kind == "MORPH_RELATION":
        return sql("{c} is not null", c=ident(index.columns[0]))
    if any(field.relation is not None for field in fields):
        return EMPTY
    return _alive(source)


def _speed_indexes(source: Object, trigrams: Sql) -> dict[str, TableIndex]:
    alive = _alive(source)
    indexes: dict[str, TableIndex] = {}
    for fields in orders(source):
        items = [item for field in fields for item in _order_items(field)]
        key = ":".join(("ORDER", *(field.id for field in fields)))
        indexes[key] = TableIndex(
            _name("ORDER", key), unique=False, method=sql("btree"), items=tuple(items), where=alive
        )
    for key, column in _searched_by_parts(source):
        items = [sql("{c} {ops}", c=ident(column), ops=trigrams)]
        indexes[key] = TableIndex(
            _name("TRIGRAM", key), unique=False, method=sql("gin"), items=tuple(items), where=alive
        )
    return indexes


def orders(source: Object) -> tuple[tuple[Field, ...], ...]:
    """The fields by which an index sorts live records, `id` always last.

    The primary key, which also serves `id` alone, is not among them.
    """
    last = source.fields.get(ID)
    if last is None:
        return ()
    first = [source.fields[name] for name in _ORDERED if name in source.fields]
    label = source.label_identifier
    if label is not None and label not in (*first, last) and label.type is not None:
        first.append(label)
    return tuple((field, last) for field in first)


def _order_items(field: Field) -> Iterator[Sql]:
    """Nulls first, as the REST API's default order has it; read backward it serves descending."""
    assert field.type is not None
    if isinstance(field.type, Composite):
        for member, column in zip(field.type.members().values(), field.columns, strict=True):
            yield sql("{key} nulls first", key=member.order((ident(column),)))
        return
    key = field.type.order((ident(field.columns[0]),))
    yield sql("{key} nulls first", key=key) if field.is_nullable else key


def _searched_by_parts(source: Object) -> Iterator[tuple[str, str]]:
    """Key and column of what is looked up by parts of a text (`ilike '%x%'`)."""
    for field in source.fields.values():
        if field.type is None:
            continue
        is_label = field.id == source.label_identifier_field_id
        columns = tuple(zip(field.columns, field.type.columns(), strict=True))
        if is_label:
            found = [pair for pair in columns if pair[1].pg_type == "text"]
        elif isinstance(field.type, Composite):
            found = [pair for pair in columns if pair[1].in_unique][:1]  # the primary
        else:
            found = []
        for name, column in found:
            yield f"TRIGRAM:{field.id}:{column.suffix}", name


def _alive(source: Object) -> Sql:
    deleted = source.fields.get(DELETED)
    return EMPTY if deleted is None else sql("{c} is null", c=ident(deleted.columns[0]))


# -- foreign keys ----------------------------------------------------------------------


def _foreign_keys(source: Object, snapshot: Snapshot) -> Iterator[tuple[str, ForeignKey]]:
    for field in source.fields.values():
        relation = field.relation
        if relation is None or relation.kind == "ONE_TO_MANY":
            continue
        on_delete = relation.on_delete or "NO_ACTION"
        key = f"{field.id}:{relation.target_object_id}:{on_delete}"
        target = snapshot.objects[relation.target_object_id]
        yield key, ForeignKey(_name("FK", key), field.columns[0], target.table, on_delete)


def _name(prefix: str, key: str) -> str:
    return f"{prefix}_{hashlib.sha256(key.encode()).hexdigest()[:_HASH_LENGTH]}"
