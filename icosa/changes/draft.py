"""A snapshot under change. Commands edit it; what comes out is the next snapshot.

Objects that nobody touches stay the very same, which is how rows and DDL know what to leave
alone. What follows from an edit is done here, once: the names of indexes follow tables and
columns, `isUnique` follows the indexes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from icosa.catalog import binding
from icosa.catalog.snapshot import Field, Index, IndexField, Object, Snapshot
from icosa.catalog.store import index_columns
from icosa.changes.rows import RowStatement
from icosa.core.errors import ApiError
from icosa.core.identity import index_name
from icosa.core.sql import Sql

Obstacle: TypeAlias = Literal["equal values", "no value"]


@dataclass(frozen=True, slots=True)
class View:
    """A view that a new field of its object appears in."""

    id: str
    object_id: str
    universal_identifier: str


@dataclass
class Draft:
    """`now` is the time of the change; `views` are the standing views of each object."""

    before: Snapshot
    now: str
    new_id: Callable[[], str]
    views: Mapping[str, tuple[View, ...]] = field(default_factory=dict)  # by object id
    records: list[Sql] = field(default_factory=list)  # what happens to records, after the DDL
    rows: list[RowStatement] = field(default_factory=list)  # what happens to views
    # What it means when records are in the way of the change.
    refusals: dict[Obstacle, ApiError] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._objects: dict[str, Object] = dict(self.before.objects)

    # -- what there is -----------------------------------------------------------------

    def objects(self) -> Iterator[Object]:
        yield from self._objects.values()

    def object(self, object_id: str) -> Object:
        return self._objects[object_id]

    def find_object(self, reference: str) -> Object | None:
        """An object by id or name."""
        found = self._objects.get(reference.lower())
        if found is not None:
            return found
        for item in self._objects.values():
            if reference in (item.name_singular, item.name_plural):
                return item
        return None

    def find_field(self, reference: str, *, of: Object | None = None) -> Field | None:
        """A field by id or as `object.name`; by its name alone where the object is known."""
        sources = self._objects.values() if of is None else (of,)
        for item in sources:
            found = item.fields_by_id.get(reference.lower())
            if found is not None:
                return found
        object_name, dot, name = reference.rpartition(".")
        source = self.find_object(object_name) if dot else of
        return None if source is None else source.fields.get(name)

    def field(self, field_id: str) -> Field:
        for item in self._objects.values():
            found = item.fields_by_id.get(field_id)
            if found is not None:
                return found
        raise KeyError(field_id)

    def siblings(self, item: Field) -> list[Field]:
        """The fields of the morph relation that `item` is one of; else itself alone."""
        if item.morph_id is None:
            return [item]
        fields = self._objects[item.object_id].fields.values()
        return [other for other in fields if other.morph_id == item.morph_id]

    # -- edits -------------------------------------------------------------------------

    def put_object(self, source: Object) -> None:
        self._objects[source.id] = source

    def drop_object(self, object_id: str) -> None:
        del self._objects[object_id]

    def change_object(self, object_id: str, **changes: Any) -> Object:
        changed = replace(self._objects[object_id], updated_at=self.now, **changes)
        self._objects[object_id] = changed
        return changed

    def add_field(self, item: Field) -> None:
        source = self._objects[item.object_id]
        assert item.name not in source.fields, item.name
        self._set_fields(source, {**source.fields, item.name: item})

    def change_field(self, field_id: str, **changes: Any) -> Field:
        """A new name takes the field's columns along."""
        item = self.field(field_id)
        source = self._objects[item.object_id]
        changed = binding.changed(
            item,
            schema=self.before.schema,
            table=source.table,
            updated_at=self.now,
            **changes,
        )
        fields = (changed if f.id == field_id else f for f in source.fields.values())
        self._set_fields(source, {f.name: f for f in fields})
        return changed

    def drop_field(self, field_id: str) -> None:
        """Takes it out of indexes and of the search vector as well."""
        item = self.field(field_id)
        source = self._objects[item.object_id]
        indexes = (_without(index, item, self.now) for index in source.indexes)
        self._objects[source.id] = replace(
            source,
            fields={name: f for name, f in source.fields.items() if f.id != field_id},
            indexes=tuple(index for index in indexes if index is not None),
            search_fields=tuple(s for s in source.search_fields if s.field_id != field_id),
        )

    def add_index(self, item: Field, *, is_unique: bool = False, is_custom: bool = True) -> Index:
        """An index on one field: of a join column, or of what must be unique."""
        source = self._objects[item.object_id]
        index = self.new_index(source.table, item, is_unique=is_unique, is_custom=is_custom)
        self._objects[source.id] = replace(source, indexes=(*source.indexes, index))
        return index

    def drop_index(self, object_id: str, index_id: str) -> None:
        source = self._objects[object_id]
        kept = tuple(index for index in source.indexes if index.id != index_id)
        self._objects[object_id] = replace(source, indexes=kept)

    def new_index(
        self, table: str, item: Field, *, is_unique: bool, is_custom: bool, kind: str = "BTREE"
    ) -> Index:
        part = IndexField(
            id=self.new_id(),
            field_id=item.id,
            position=0,
            sub_field=None,
            created_at=self.now,
            updated_at=self.now,
        )
        columns = index_columns((part,), {item.id: item})
        return Index(
            id=self.new_id(),
            universal_identifier=self.new_id(),
            name=index_name(table, columns, unique=is_unique),
            kind="GIN" if kind == "GIN" else "BTREE",
            is_unique=is_unique,
            is_custom=is_custom,
            where_clause=None,
            fields=(part,),
            columns=columns,
            created_at=self.now,
            updated_at=self.now,
        )

    def _set_fields(self, source: Object, fields: Mapping[str, Field]) -> None:
        self._objects[source.id] = replace(source, fields=fields)

    # -- the outcome -------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """The next version; the one before if nothing was changed."""
        old = self.before.objects
        if old == self._objects:
            return self.before
        version = self.before.version + 1
        objects = {
            key: item if old.get(key) is item else self._settled(item, version)
            for key, item in self._objects.items()
        }
        return replace(self.before, version=version, objects=objects)

    def _settled(self, source: Object, version: int) -> Object:
        unique = {
            index.fields[0].field_id
            for index in source.indexes
            if index.is_unique and len(index.fields) == 1
        }
        fields = {
            name: self._placed(item, source, is_unique=item.id in unique)
            for name, item in source.fields.items()
        }
        by_id = {item.id: item for item in fields.values()}
        indexes = tuple(self._named(index, source, by_id) for index in source.indexes)
        return replace(source, version=version, fields=fields, indexes=indexes)

    def _placed(self, item: Field, source: Object, *, is_unique: bool) -> Field:
        if item.is_unique != is_unique:
            item = replace(item, is_unique=is_unique)
        return binding.in_table(item, schema=self.before.schema, table=source.table)

    def _named(self, index: Index, source: Object, fields: Mapping[str, Field]) -> Index:
        columns = index_columns(index.fields, fields)
        where = index.where_clause or ""
        name = index_name(source.table, columns, unique=index.is_unique, where=where)
        if (columns, name) == (index.columns, index.name):
            return index
        return replace(index, columns=columns, name=name, updated_at=self.now)


def _without(index: Index, item: Field, now: str) -> Index | None:
    """None if nothing is left of it; a unique index on less would forbid more."""
    left = tuple(part for part in index.fields if part.field_id != item.id)
    if left == index.fields:
        return index
    if not left or index.is_unique:
        return None
    return replace(index, fields=left, updated_at=now)
