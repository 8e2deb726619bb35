"""Lists and changes of objects and fields, and what else is asked of the model (contract, A.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from icosa.http.metadata import catalogue
from icosa.http.metadata.filter import read_filter
from icosa.http.metadata.operations import ShownField, ShownObject, field_of, object_of
from icosa.http.metadata.page import newest_first
from icosa.http.metadata.resolve.context import Arguments, Context, Root, part, text
from icosa.http.metadata.resolve.node import (
    FieldNode,
    ObjectNode,
    connection,
    field_node,
    ids_of_objects,
    object_node,
    page_of_fields,
)
from icosa.http.metadata.shown import graphql_object

_INT_MAX: Final = 2**31 - 1  # GraphQL's Int


# -- roots: reading --------------------------------------------------------------------


async def _objects(context: Context, arguments: Arguments) -> object:
    snapshot = await context.snapshot()
    nodes = [object_node(item, snapshot) for item in newest_first(tuple(snapshot.objects.values()))]
    holds = read_filter(part(arguments, "filter"), ids_of_objects(snapshot))
    found = [node for node in nodes if holds(node.shown)]
    return connection(context, part(arguments, "paging"), found)


async def _object(context: Context, arguments: Arguments) -> object:
    snapshot = await context.snapshot()
    return object_node(object_of(snapshot, text(arguments, "id")), snapshot)


async def _fields(context: Context, arguments: Arguments) -> object:
    snapshot = await context.snapshot()
    items = [f for item in snapshot.objects.values() for f in item.fields.values()]
    return page_of_fields(context, snapshot, items, arguments)


async def _field(context: Context, arguments: Arguments) -> object:
    snapshot = await context.snapshot()
    return field_node(field_of(snapshot, text(arguments, "id")), snapshot)


async def _object_record_counts(context: Context, _: Arguments) -> object:
    await context.parts.model.require(context.who())
    snapshot = await context.snapshot()
    counts = await catalogue.load_counts(context.parts.database, snapshot)
    return [
        {"objectNamePlural": item.name_plural, "totalCount": min(counts.get(id, 0), _INT_MAX)}
        for id, item in snapshot.objects.items()  # noqa: A001
    ]


async def _minimal_metadata(context: Context, _: Arguments) -> object:
    snapshot = await context.snapshot()
    database = context.parts.database
    active = [item for item in snapshot.objects.values() if item.is_active]
    return {
        "objectMetadataItems": [graphql_object(item) for item in active],
        "views": await catalogue.load_views(database, snapshot.workspace_id),
        "collectionHashes": await catalogue.load_hashes(database, snapshot),
    }


# -- roots: changes --------------------------------------------------------------------


async def _create_object(context: Context, arguments: Arguments) -> object:
    body = part(part(arguments, "input"), "object")
    return _changed(context, await context.parts.model.create_object(context.who(), body))


async def _update_object(context: Context, arguments: Arguments) -> object:
    asked = part(arguments, "input")
    changed = await context.parts.model.update_object(
        context.who(), text(asked, "id"), part(asked, "update")
    )
    return _changed(context, changed)


async def _delete_object(context: Context, arguments: Arguments) -> object:
    reference = text(part(arguments, "input"), "id")
    return _changed(context, await context.parts.model.delete_object(context.who(), reference))


async def _create_field(context: Context, arguments: Arguments) -> object:
    body = part(part(arguments, "input"), "field")
    return _changed(context, await context.parts.model.create_field(context.who(), body))


async def _update_field(context: Context, arguments: Arguments) -> object:
    asked = part(arguments, "input")
    changed = await context.parts.model.update_field(
        context.who(), text(asked, "id"), part(asked, "update")
    )
    return _changed(context, changed)


async def _delete_field(context: Context, arguments: Arguments) -> object:
    reference = text(part(arguments, "input"), "id")
    return _changed(context, await context.parts.model.delete_field(context.who(), reference))


def _changed(context: Context, thing: ShownObject | ShownField) -> ObjectNode | FieldNode:
    context.forget_snapshot()
    if isinstance(thing, ShownObject):
        return object_node(thing.source, thing.snapshot)
    return field_node(thing.item, thing.snapshot)


QUERIES: Final[Mapping[str, Root]] = {
    "objects": _objects,
    "object": _object,
    "fields": _fields,
    "field": _field,
    "objectRecordCounts": _object_record_counts,
    "minimalMetadata": _minimal_metadata,
}
MUTATIONS: Final[Mapping[str, Root]] = {
    "createOneObject": _create_object,
    "updateOneObject": _update_object,
    "deleteOneObject": _delete_object,
    "createOneField": _create_field,
    "updateOneField": _update_field,
    "deleteOneField": _delete_field,
}
