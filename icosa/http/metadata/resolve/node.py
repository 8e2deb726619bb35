"""Objects, fields, relations and indexes in an answer, and what hangs on each (contract, A.4).

`fields` and `field` show the rows as they are; `fieldsList` shows the fields of one morph
relation as one, which bears the relation's own name and stands behind the others. A node
holds the model that it is, or was, a part of: what was deleted still shows what it had.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from icosa.catalog.snapshot import Field, Object, Relation, Snapshot
from icosa.changes.relations import morph_base
from icosa.http.metadata.filter import Filter, read_filter
from icosa.http.metadata.operations import find_field, find_object
from icosa.http.metadata.page import encode_cursor, newest_first, read_slice
from icosa.http.metadata.resolve.context import Arguments, Context, part
from icosa.http.metadata.shown import (
    Shown,
    graphql_field,
    graphql_index,
    graphql_object,
    graphql_search_field,
)
from icosa.plan.search import VECTOR

_RELATION_NODES: Final = 4  # two objects, two fields


@dataclass(frozen=True, slots=True)
class ObjectNode:
    """An object in an answer."""

    source: Object
    snapshot: Snapshot
    shown: Shown


@dataclass(frozen=True, slots=True)
class FieldNode:
    """A field in an answer; `base` is its name where it stands for a whole morph relation."""

    item: Field
    snapshot: Snapshot
    shown: Shown
    base: str | None = None


def object_node(source: Object, snapshot: Snapshot) -> ObjectNode:
    return ObjectNode(source, snapshot, graphql_object(source))


def field_node(item: Field, snapshot: Snapshot, *, base: str | None = None) -> FieldNode:
    return FieldNode(item, snapshot, graphql_field(item, name=base), base)


# -- what hangs on an object -----------------------------------------------------------


async def fields_list(node: ObjectNode, context: Context, _: Arguments) -> list[FieldNode]:
    await context.breathe()
    plain = [f for f in node.source.fields.values() if f.morph_id is None]
    survivors: dict[str, Field] = {}
    for item in sorted(node.source.fields.values(), key=lambda item: item.id):
        if item.morph_id is not None:
            survivors.setdefault(item.morph_id, item)
    if not context.has_room(len(plain) + len(survivors)):
        return []
    return [
        *(field_node(item, node.snapshot) for item in plain),
        *(
            field_node(item, node.snapshot, base=_base_name(item, node.snapshot))
            for item in survivors.values()
        ),
    ]


def index_metadata_list(node: ObjectNode, context: Context, _: Arguments) -> list[Shown]:
    if not context.has_room(len(node.source.indexes)):
        return []
    return [graphql_index(index) for index in node.source.indexes]


def search_field_metadata_list(node: ObjectNode, context: Context, _: Arguments) -> list[Shown]:
    vector = node.source.fields.get(VECTOR)
    if vector is None or not context.has_room(len(node.source.search_fields)):
        return []
    return [graphql_search_field(item, vector) for item in node.source.search_fields]


def object_fields(node: ObjectNode, context: Context, arguments: Arguments) -> Shown:
    items = list(node.source.fields.values())
    return page_of_fields(context, node.snapshot, items, arguments)


def index_metadatas(node: ObjectNode, context: Context, arguments: Arguments) -> Shown:
    wanted = part(arguments, "filter")
    indexes = [graphql_index(index) for index in newest_first(node.source.indexes)]
    holds = read_filter(wanted, str.lower)
    found = [shown for shown in indexes if holds(shown)]
    return connection(context, part(arguments, "paging"), found)


# -- what hangs on a field -------------------------------------------------------------


def field_object(node: FieldNode, context: Context, _: Arguments) -> ObjectNode | None:
    source = node.snapshot.objects.get(node.item.object_id)
    if source is None or not context.has_room(1):
        return None
    return object_node(source, node.snapshot)


def field_relation(node: FieldNode, context: Context, _: Arguments) -> Shown | None:
    """Null unless it is a plain relation."""
    if node.item.relation is None or node.item.morph_id is not None:
        return None
    if not context.has_room(_RELATION_NODES):
        return None
    return _relation(node.item, node.item.relation, node.snapshot)


def field_morph_relations(
    node: FieldNode, context: Context, _: Arguments
) -> list[Shown | None] | None:
    """Every target of a morph relation; null for other fields."""
    if node.item.morph_id is None:
        return None
    source = node.snapshot.objects.get(node.item.object_id)
    siblings = () if source is None else tuple(source.fields.values())
    ends = [f for f in siblings if f.morph_id == node.item.morph_id]
    if not context.has_room(_RELATION_NODES * len(ends)):
        return []
    base = _base_name(node.item, node.snapshot)
    return [
        shown
        for item in ends
        if item.relation is not None
        and (shown := _relation(item, item.relation, node.snapshot, base=base)) is not None
    ]


def _relation(
    item: Field, relation: Relation, snapshot: Snapshot, *, base: str | None = None
) -> Shown | None:
    """None where the other end has been deleted in the meantime."""
    source = snapshot.objects.get(item.object_id)
    target = snapshot.objects.get(relation.target_object_id)
    other = snapshot.field(relation.target_field_id)
    if source is None or target is None or other is None:
        return None
    return {
        "type": relation.kind,
        "sourceObjectMetadata": object_node(source, snapshot),
        "targetObjectMetadata": object_node(target, snapshot),
        "sourceFieldMetadata": field_node(item, snapshot, base=base),
        "targetFieldMetadata": field_node(other, snapshot),
    }


def _base_name(item: Field, snapshot: Snapshot) -> str:
    """`target` of `targetPerson`."""
    assert item.relation is not None
    target = snapshot.objects.get(item.relation.target_object_id)
    return item.name if target is None else morph_base(item, target)


# -- pages -----------------------------------------------------------------------------


def page_of_fields(
    context: Context, snapshot: Snapshot, items: Sequence[Field], arguments: Arguments
) -> Shown:
    wanted: Filter = part(arguments, "filter")
    nodes = [field_node(item, snapshot) for item in newest_first(items)]
    if wanted:
        holds = read_filter(wanted, _ids_of_fields(snapshot))
        nodes = [node for node in nodes if holds(node.shown)]
    return connection(context, part(arguments, "paging"), nodes)


def connection(context: Context, paging: Arguments, found: Sequence[object]) -> Shown:
    page = read_slice(paging, len(found))
    places = range(page.start, page.end)
    if not context.has_room(len(places)):
        places = range(0)
    return {
        "edges": [{"node": found[place], "cursor": encode_cursor(place)} for place in places],
        "pageInfo": page.page_info(),
    }


def ids_of_objects(snapshot: Snapshot) -> Callable[[str], str]:
    def id_of(reference: str) -> str:
        found = find_object(snapshot, reference)
        return reference.lower() if found is None else found.id

    return id_of


def _ids_of_fields(snapshot: Snapshot) -> Callable[[str], str]:
    """A filter of fields compares with fields, and with the object that they are of."""
    of_object = ids_of_objects(snapshot)

    def id_of(reference: str) -> str:
        found = find_field(snapshot, reference)
        return of_object(reference) if found is None else found.id

    return id_of
