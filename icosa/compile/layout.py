"""What PostgreSQL holds for an object: its table as data, ready to be made or compared.

Everything has a key made of ids, never of names: so `ddl` tells what was renamed from what
is new, and a changed definition has another key. Names in PostgreSQL that no caller sees
(of indexes for speed, foreign keys, the primary key) are made from those keys, too, and so
survive every rename.

The indexes of every object, beside those of the catalogue: `(createdAt, id)` and
`(position, id)`; the label identifier as it is sorted by; trigrams of the label identifier
and of e-mail, link and phone primaries; join columns. Those that serve only reads hold live
records only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from icosa.catalog.snapshot import Field, Index, Object, OnDelete, Snapshot
from icosa.core.sql import EMPTY, Sql, ident, join, literal, sql
from icosa.fields.base import ColumnValue, Fresh
from icosa.fields.composite import Composite
from icosa.fields.search import by_pattern, search_words

ID: Final = "id"
DELETED: Final = "deletedAt"
SEARCH_KIND: Final = "TS_VECTOR"
_HASH_LENGTH: Final = 27  # hex digits, as in the names of the catalogue's indexes
_OFTEN_EMPTY: Final = frozenset({"RAW_JSON", "FILES"})  # no value is a value of theirs


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `generated` and `default` exclude each other."""

    name: str
    pg_type: str
    not_null: bool = False
    default: Sql = EMPTY
    generated: Sql = EMPTY


@dataclass(frozen=True, slots=True)
class TableIndex:
    """`items` are what stands in the brackets: names or expressions, with order and class."""

    name: str
    unique: bool
    method: Sql  # `btree` or `gin`
    items: tuple[Sql, ...]
    where: Sql = EMPTY


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """From a join column to the `id` of another table."""

    name: str
    column: str
    target: str  # table
    on_delete: OnDelete


@dataclass(frozen=True, slots=True)
class Table:
    """The three mappings are by key."""

    name: str
    object_id: str
    primary_key: str  # the constraint's name
    columns: Mapping[str, Column]
    indexes: Mapping[str, TableIndex]
    foreign_keys: Mapping[str, ForeignKey]

    def has(self, column_name: str) -> bool:
        return any(column.name == column_name for column in self.columns.values())


def table_of(source: Object, snapshot: Snapshot, *, trigrams: str) -> Table:
    """The table of an object; `trigrams` is the schema of the extension pg_trgm."""
    columns = {key: column for f in source.fields.values() for key, column in _columns(f, source)}
    keys = {column.name: key for key, column in columns.items()}
    return Table(
        name=source.table,
        object_id=source.id,
        primary_key=_name("PK", source.id),
        columns=columns,
        indexes=dict(_indexes(source, keys, ident(trigrams, "gin_trgm_ops"))),
        foreign_keys=dict(_foreign_keys(source, snapshot)),
    )


# -- columns ---------------------------------------------------------------------------


def _columns(field: Field, source: Object) -> Iterator[tuple[str, Column]]:
    if field.type is None:
        return
    columns = field.type.columns()
    if field.kind == SEARCH_KIND:
        key, vector = search_vector(source)
        yield f"{field.id}:{key}", Column(field.columns[0], columns[0].pg_type, generated=vector)
        return
    defaults = field.type.default()
    for name, column in zip(field.columns, columns, strict=True):
        value = defaults.get(column.suffix)
        default = EMPTY if value is None else _constant(value, column.pg_type)
        yield (
            f"{field.id}:{column.suffix}",
            Column(name, column.pg_type, _is_required(field), default),
        )


def _is_required(field: Field) -> bool:
    """Only plain fields: members of a composite may each be null, and a relation may be cut."""
    return (
        not field.is_nullable
        and field.relation is None
        and len(field.columns) == 1
        and (field.kind not in _OFTEN_EMPTY or field.default_value is not None)
    )


def _constant(value: ColumnValue | Fresh, pg_type: str) -> Sql:
    match value:
        case Fresh.NOW if pg_type == "date":
            return sql("current_date")
        case Fresh.NOW:
            return sql("now()")
        case Fresh.UUID:
            return sql("gen_random_uuid()")
        case list() if pg_type.endswith("[]"):
            items = join(", ", (literal(str(item)) for item in value))
            return sql("array[{items}]::{type}", items=items, type=Sql((pg_type,)))
        case bool():
            text = "true" if value else "false"
        case str() | int() | float():
            text = str(value)
        case _:
            text = msgspec.json.encode(value).decode()
    return sql("{text}::{type}", text=literal(text), type=Sql((pg_type,)))


def search_vector(source: Object) -> tuple[str, Sql]:
    """A key that changes with the fields that are searched, and the expression; or empty.

    icosa.search_document(left(icosa.search_words("name", …), 200000))

    Cut, because a tsvector holds at most 1 MB, and a record that is too long to be searched
    whole must still be written.
    """
    words: list[Sql] = []
    found: list[str] = []
    for item in source.search_fields:
        field = source.fields_by_id[item.field_id]
        part = search_words(field.kind, [ident(name) for name in field.columns])
        if part is not None:
            words.append(part)
            found.append(field.id)
    if not words:
        return "", EMPTY
    key = hashlib.sha256(":".join(found).encode()).hexdigest()[:8]
    document = join(", ", words)
    return key, sql(
        "icosa.search_document(left(icosa.search_words({document}), 200000))", document=document
    )


# -- indexes ---------------------------------------------------------------------------


def _indexes(
    source: Object, keys: Mapping[str, str], trigrams: Sql
) -> Iterator[tuple[str, TableIndex]]:
    for index in source.indexes:
        if index.columns:
            yield _shown(index, source, keys)
    covered = {
        index.columns[0] for index in source.indexes if index.columns and not _is_partial(index)
    }
    for field in source.fields.values():
        if field.relation is not None and field.columns and field.columns[0] not in covered:
            column = ident(field.columns[0])
            where = sql("{c} is not null", c=column)
            yield _for_speed("JOIN", (field.id,), sql("btree"), (column,), where)
    alive = _alive(source)
    for fields in source.ordered_by:
        items = tuple(item for field in fields for item in _order_items(field))
        ids = tuple(field.id for field in fields)
        yield _for_speed("ORDER", ids, sql("btree"), items, alive)
    for part, name in _looked_through(source):
        item = sql("{c} {ops}", c=ident(name), ops=trigrams)
        yield _for_speed("TRIGRAM", part, sql("gin"), (item,), alive)


def _shown(index: Index, source: Object, keys: Mapping[str, str]) -> tuple[str, TableIndex]:
    """An index that the metadata API shows."""
    key = ":".join((index.id, *(keys[name] for name in index.columns)))
    return key, TableIndex(
        name=index.name,
        unique=index.is_unique,
        method=sql("gin") if index.kind == "GIN" else sql("btree"),
        items=tuple(ident(name) for name in index.columns),
        where=_predicate(index, source),
    )


def _predicate(index: Index, source: Object) -> Sql:
    """Unique indexes cover deleted records unless they say otherwise; foreign keys look for
    them as well. The many join columns of a morph relation are nearly all null.
    """
    fields = [source.fields_by_id[item.field_id] for item in index.fields]
    if index.where_clause is not None:  # there is but one that the standard model has
        return _alive(source)
    if index.is_unique:
        return EMPTY
    if len(fields) == 1 and fields[0].morph_id is not None:
        return sql("{c} is not null", c=ident(index.columns[0]))
    if any(field.relation is not None for field in fields):
        return EMPTY
    return _alive(source)


def _is_partial(index: Index) -> bool:
    return index.where_clause is not None


def _for_speed(
    purpose: str, parts: tuple[str, ...], method: Sql, items: tuple[Sql, ...], where: Sql
) -> tuple[str, TableIndex]:
    key = ":".join((purpose, *parts))
    return key, TableIndex(
        _name(purpose, key), unique=False, method=method, items=items, where=where
    )


def _order_items(field: Field) -> Iterator[Sql]:
    """Nulls first, as the REST API's default order has it; read backward it serves descending."""
    assert field.type is not None
    if isinstance(field.type, Composite):
        for member, column in zip(field.type.members().values(), field.columns, strict=True):
            yield sql("{key} nulls first", key=member.order((ident(column),)))
        return
    key = field.type.order((ident(field.columns[0]),))
    yield sql("{key} nulls first", key=key) if field.is_nullable else key


def _looked_through(source: Object) -> Iterator[tuple[tuple[str, str], str]]:
    """Key and column of what callers look through by a part of the text (`ilike '%x%'`)."""
    for field in source.fields.values():
        if field.type is None:
            continue
        columns = field.type.columns()
        if field.id == source.label_identifier_field_id:
            places = [n for n, column in enumerate(columns) if column.pg_type == "text"]
        else:
            place = by_pattern(field.kind)
            places = [] if place is None else [place]
        for place in places:
            yield (field.id, columns[place].suffix), field.columns[place]


def _alive(source: Object) -> Sql:
    deleted = source.fields.get(DELETED)
    return EMPTY if deleted is None else sql("{c} is null", c=ident(deleted.columns[0]))


# -- foreign keys ----------------------------------------------------------------------


def _foreign_keys(source: Object, snapshot: Snapshot) -> Iterator[tuple[str, ForeignKey]]:
    for field in source.fields.values():
        relation = field.relation
        if relation is None or relation.kind == "ONE_TO_MANY":
            continue
        on_delete = relation.on_delete or "SET_NULL"
        key = f"{field.id}:{relation.target_object_id}:{on_delete}"
        target = snapshot.objects[relation.target_object_id]
        yield key, ForeignKey(_name("FK", key), field.columns[0], target.table, on_delete)


def _name(purpose: str, key: str) -> str:
    return f"{purpose}_{hashlib.sha256(key.encode()).hexdigest()[:_HASH_LENGTH]}"
