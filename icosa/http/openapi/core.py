"""The records document: what a role can do with each object of its workspace.

Paths come from `routes.RECORD_ROUTES`: an operation that is not routed is not here. `PUT`
is an alias of `PATCH` and is only mentioned, as in the contract (B1). Names of schemas and
operations are those that the reference publishes (platform contract, 2.1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from icosa.catalog.view import ObjectView, ToMany, ToOne, View
from icosa.fields.composite import capital
from icosa.http.openapi import errors
from icosa.http.openapi.document import Document, Json, document
from icosa.http.openapi.json_schema import Schemas, nullable, reference
from icosa.http.openapi.search import SEARCH_TAG, search_operation
from icosa.http.openapi.shared import DELETED, PAGE_INFO, PARAMETERS, RELATION
from icosa.http.routes import RECORD_ROUTES, Route
from icosa.request.duplicates import DUPLICATES_MAX, INPUTS_MAX
from icosa.request.merge import RECORDS_MAX, RECORDS_MIN

_BASE: Final = "/rest"
_ALIASES: Final = ("PUT",)


@dataclass(frozen=True, slots=True)
class Names:
    """How the schemas and operations of one object are called."""

    singular: str  # person
    plural: str  # people
    one: str  # Person
    many: str  # People


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operation takes and gives, for any object."""

    id: str  # with {one} and {many}
    summary: str  # with {label} and {labels}
    parameters: tuple[str, ...]
    answer: Callable[[Names], Json]
    body: Callable[[Names], Json] | None = None
    status: str = "200"
    description: str = ""
    allowed: Callable[[ObjectView], bool] = lambda _: True
    misses: bool = False  # whether 404 is an answer without an id in the path


def _may_update(source: ObjectView) -> bool:
    return source.grant.update


def _may_delete(source: ObjectView) -> bool:
    return source.grant.soft_delete or source.grant.destroy


def _may_merge(source: ObjectView) -> bool:
    return _has_criteria(source) and source.grant.update and source.grant.destroy


def _has_criteria(source: ObjectView) -> bool:
    return bool(source.object.duplicate_criteria)


def _may_restore(source: ObjectView) -> bool:
    return source.grant.soft_delete


def _data(key: str, schema: Json, beside: Json | None = None) -> Json:
    """`{"data": {key: …}}`."""
    inner = {"type": "object", "properties": {key: schema}, "required": [key]}
    properties: Json = {"data": inner, **(beside or {})}
    return {"type": "object", "properties": properties, "required": ["data"]}


def _record(names: Names) -> Json:
    return reference(f"{names.one}ForResponse")


def _records(names: Names) -> Json:
    return {"type": "array", "items": _record(names)}


def _page(names: Names) -> Json:
    beside: Json = {"totalCount": {"type": "integer"}, "pageInfo": reference("PageInfo")}
    return _data(names.plural, _records(names), beside)


def _deleted(names: Names) -> Json:
    return {"anyOf": [_record(names), reference("DeletedRecord")]}


def _deleted_many(names: Names) -> Json:
    return {"type": "array", "items": _deleted(names)}


def _duplicates(names: Names) -> Json:
    """One page for each input."""
    found: Json = {
        f"{names.singular}Duplicates": _records(names),
        "totalCount": {"type": "integer"},
        "pageInfo": reference("PageInfo"),
    }
    page = {"type": "object", "properties": found, "required": list(found)}
    data = {"type": "array", "items": page}
    return {"type": "object", "properties": {"data": data}, "required": ["data"]}


def _groups(names: Names) -> Json:
    """A bare list; aggregates stand beside the dimensions' values, numbers as strings."""
    value: Json = {"type": ["string", "boolean", "array", "null"], "items": {"type": "string"}}
    found: Json = {
        "groupByDimensionValues": {"type": "array", "items": value},
        "records": _records(names),
    }
    group: Json = {
        "type": "object",
        "properties": found,
        "required": ["groupByDimensionValues"],
        "additionalProperties": {"type": ["string", "null"]},
    }
    return {"type": "array", "items": group}


def _compared(names: Names) -> Json:
    """Either ids of stored records, or what records would be."""
    return {
        "type": "object",
        "properties": {
            "ids": {
                "type": "array",
                "items": {"type": "string", "format": "uuid"},
                "maxItems": INPUTS_MAX,
            },
            "data": {
                "type": "array",
                "items": _changed(names),
                "minItems": 1,
                "maxItems": INPUTS_MAX,
            },
        },
        "oneOf": [{"required": ["ids"]}, {"required": ["data"]}],
    }


def _merging(names: Names) -> Json:
    del names  # all objects are merged alike
    return {
        "type": "object",
        "properties": {
            "ids": {
                "type": "array",
                "items": {"type": "string", "format": "uuid"},
                "minItems": RECORDS_MIN,
                "maxItems": RECORDS_MAX,
            },
            "conflictPriorityIndex": {"type": "integer", "minimum": 0, "maximum": RECORDS_MAX - 1},
            "dryRun": {"type": "boolean", "default": False},
        },
        "required": ["ids", "conflictPriorityIndex"],
    }


def _created(names: Names) -> Json:
    return reference(names.one)


def _batch(names: Names) -> Json:
    return {"type": "array", "items": _created(names)}


def _changed(names: Names) -> Json:
    return reference(f"{names.one}ForUpdate")


OPERATIONS: Final[Mapping[str, Operation]] = MappingProxyType(
    {
        "find_many": Operation(
            id="findMany{many}",
            summary="List {labels}",
            parameters=(
                "filter",
                "orderBy",
                "limit",
                "depth",
                "startingAfter",
                "endingBefore",
                "total",
            ),
            answer=_page,
        ),
        "create_one": Operation(
            id="createOne{one}",
            summary="Create a record of {labels}",
            parameters=("depth", "upsert"),
            body=_created,
            answer=lambda names: _data(f"create{names.one}", _record(names)),
            status="201",
            allowed=_may_update,
        ),
        "update_many": Operation(
            id="updateMany{many}",
            summary="Change several {labels} alike",
            parameters=("filter", "depth"),
            body=_changed,
            answer=lambda names: _data(f"update{names.many}", _records(names)),
            description=(
                "All that the filter finds, at most 200: if there are more, nothing is changed. "
                "Without a filter all records are meant. `PUT` does the same."
            ),
            allowed=_may_update,
        ),
        "delete_many": Operation(
            id="deleteMany{many}",
            summary="Delete several {labels}",
            parameters=("filter", "softDelete"),
            answer=lambda names: _data(f"delete{names.many}", _deleted_many(names)),
            description=(
                "For good, unless `soft_delete=true`. The filter is mandatory. Records that are "
                "gone answer with their `id` alone."
            ),
            allowed=_may_delete,
        ),
        "create_many": Operation(
            id="createMany{many}",
            summary="Create several {labels}",
            parameters=("depth", "upsert"),
            body=_batch,
            answer=lambda names: _data(f"create{names.many}", _records(names)),
            status="201",
            description="All or none; up to 200 at once. The answer is in the order of the body.",
            allowed=_may_update,
        ),
        "find_one": Operation(
            id="findOne{one}",
            summary="Read one of {labels}",
            parameters=("depth",),
            answer=lambda names: _data(names.singular, _record(names)),
        ),
        "group_by": Operation(
            id="groupBy{many}",
            summary="Put {labels} into groups",
            parameters=(
                "groupBy",
                "aggregate",
                "filter",
                "orderByForGroups",
                "orderByForRecords",
                "includeRecordsSample",
                "limitOfGroups",
                "depth",
            ),
            answer=_groups,
            description=(
                "Aggregates are strings, as PostgreSQL prints them. `depth` is that of the "
                "sample's records, whose to-many relations are cut at five."
            ),
        ),
        "find_duplicates": Operation(
            id="find{one}Duplicates",
            summary="Find what looks the same among {labels}",
            parameters=("depth",),
            body=_compared,
            answer=_duplicates,
            description=(
                f"One entry for each of the ids or data, in their order, with at most "
                f"{DUPLICATES_MAX} records; `totalCount` counts all. Texts shorter than three "
                "characters tell nothing."
            ),
            allowed=_has_criteria,
        ),
        "merge_many": Operation(
            id="merge{many}",
            summary="Make one record of several {labels}",
            parameters=("depth",),
            body=_merging,
            answer=lambda names: _data(f"merge{names.one}", _record(names)),
            description=(
                "The record at `conflictPriorityIndex` stays: where several have a value, its own "
                "counts. Lists of e-mails, links, phones and texts are joined. Whatever points at "
                "the others points at it afterwards; they are gone for good. `dryRun` shows it "
                "under a new id, and changes nothing."
            ),
            allowed=_may_merge,
            misses=True,
        ),
        "update_one": Operation(
            id="UpdateOne{one}",
            summary="Change one of {labels}",
            parameters=("depth",),
            body=_changed,
            answer=lambda names: _data(f"update{names.one}", _record(names)),
            description="What is left out stays as it is. `PUT` does the same.",
            allowed=_may_update,
        ),
        "delete_one": Operation(
            id="deleteOne{one}",
            summary="Delete one of {labels}",
            parameters=("softDelete",),
            answer=lambda names: _data(f"delete{names.one}", _deleted(names)),
            description=(
                "For good, unless `soft_delete=true`. A record that is gone answers with its `id` "
                "alone."
            ),
            allowed=_may_delete,
        ),
        "restore_many": Operation(
            id="restoreMany{many}",
            summary="Restore several {labels}",
            parameters=("filter", "depth"),
            answer=lambda names: _data(f"restore{names.many}", _records(names)),
            allowed=_may_restore,
        ),
        "restore_one": Operation(
            id="restoreOne{one}",
            summary="Restore one of {labels}",
            parameters=("depth",),
            answer=lambda names: _data(f"restore{names.one}", _record(names)),
            allowed=_may_restore,
        ),
    }
)


class CoreDocuments:
    """The documents of one view, by server URL; had by `view.make(CoreDocuments)`."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._made: dict[str, Document] = {}

    def at(self, server_url: str) -> Document:
        found = self._made.get(server_url)
        if found is None:
            found = self._made[server_url] = Document(_Writer(self._view).document(server_url))
        return found


def core_document(view: View, server_url: str) -> bytes:
    """The records document; `server_url` is without a slash at its end."""
    return view.make(CoreDocuments).at(server_url).content


class _Writer:
    def __init__(self, view: View) -> None:
        self._view = view
        found = (view.object(name) for name in view.names())
        self._sources = [source for source in found if source is not None and source.own]
        self._names = {s.object.name_singular: _names(s) for s in self._sources}
        taken = {
            name
            for each in self._names.values()
            for name in (each.one, f"{each.one}ForUpdate", f"{each.one}ForResponse")
        }
        self._schemas = Schemas(taken)

    def document(self, server_url: str) -> bytes:
        paths: Json = {}
        schemas: Json = {}
        for source in self._sources:
            names = self._names[source.object.name_singular]
            self._add_paths(paths, source, names)
            schemas[names.one] = self._body(source)
            schemas[f"{names.one}ForUpdate"] = self._body(source)
            schemas[f"{names.one}ForResponse"] = self._answer(source)
        if self._sources:
            paths["/search"] = {"get": search_operation()}
        shared: Json = {
            "PageInfo": PAGE_INFO,
            "DeletedRecord": DELETED,
            "RelationInput": RELATION,
            **errors.error_schemas(),
        }
        return document(
            "Icosa API: records",
            f"{server_url}{_BASE}",
            paths=paths,
            schemas={**schemas, **dict(sorted(self._schemas.components.items())), **shared},
            parameters=dict(PARAMETERS),
            responses=errors.error_responses(),
            tags=[*(_tag(source) for source in self._sources), SEARCH_TAG],
        )

    # -- paths -------------------------------------------------------------------------

    def _add_paths(self, paths: Json, source: ObjectView, names: Names) -> None:
        for route in RECORD_ROUTES:
            operation = OPERATIONS[route.operation]
            if route.method in _ALIASES or not operation.allowed(source):
                continue
            path = route.path.removeprefix(_BASE).replace("{plural}", names.plural)
            item = paths.setdefault(path, {})
            assert isinstance(item, dict)
            item[route.method.lower()] = _operation(route, operation, source, names)

    # -- schemas -----------------------------------------------------------------------

    def _body(self, source: ObjectView) -> Json:
        properties: Json = {}
        for name, member in source.readable().items():
            if isinstance(member, ToMany) or not source.may_write(member):
                continue
            if isinstance(member, ToOne):
                if member.target in self._names:
                    properties[name] = {
                        **reference("RelationInput"),
                        "title": member.field.label,
                        "description": f"Instead of `{member.field.join_name}`.",
                    }
            elif member.type.examples.valid:
                properties[name] = self._schemas.body(member)
        return {**_head(source), "type": "object", "properties": properties}

    def _answer(self, source: ObjectView) -> Json:
        properties: Json = {}
        for name, member in source.own.items():
            schema = self._schemas.answer(member)
            words = (*member.type.operators, *member.type.more_operators)
            if words:
                schema["x-operators"] = [operator.name for operator in words]
            properties[name] = schema
        required = list(properties)
        for name, relation in source.readable().items():
            if isinstance(relation, ToOne | ToMany) and relation.target in self._names:
                target = reference(f"{self._names[relation.target].one}ForResponse")
                is_one = isinstance(relation, ToOne)
                properties[name] = {
                    **(nullable(target) if is_one else {"type": "array", "items": target}),
                    "title": relation.field.label,
                    "description": relation.field.description or "With `depth=1` or more.",
                    "x-field-id": relation.field.id,
                }
        return {
            **_head(source),
            "type": "object",
            "properties": properties,
            "required": required,
        }


def _names(source: ObjectView) -> Names:
    of = source.object
    return Names(of.name_singular, of.name_plural, of.type_name, capital(of.name_plural))


def _head(source: ObjectView) -> Json:
    of = source.object
    head: Json = {"title": of.label_singular}
    if of.description:
        head["description"] = of.description
    return {**head, "x-object-id": of.id}


def _tag(source: ObjectView) -> Json:
    tag: Json = {"name": source.object.name_plural}
    if source.object.description:
        tag["description"] = source.object.description
    return tag


def _operation(route: Route, of: Operation, source: ObjectView, names: Names) -> Json:
    words = {
        "one": names.one,
        "many": names.many,
        "label": source.object.label_singular,
        "labels": source.object.label_plural,
    }
    parameters = (*(("idPath",) if "{id}" in route.path else ()), *of.parameters)
    found: Json = {
        "operationId": of.id.format_map(words),
        "tags": [names.plural],
        "summary": of.summary.format_map(words),
    }
    if of.description:
        found["description"] = of.description
    if parameters:
        found["parameters"] = [{"$ref": f"#/components/parameters/{name}"} for name in parameters]
    if of.body is not None:
        content = {"application/json": {"schema": of.body(names)}}
        found["requestBody"] = {"required": True, "content": content}
    without = [] if of.misses or "{id}" in route.path else ["404"]
    if of.body is None:
        without.append("415")
    found["responses"] = {
        of.status: {
            "description": "Done.",
            "content": {"application/json": {"schema": of.answer(names)}},
        },
        **errors.error_answers(without=without),
    }
    return found
