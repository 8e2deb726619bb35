"""A workspace's schema as one role sees it: for introspection, SDL and strict validation.

Nothing is ever executed with it; the default path walks a document against the view
(`plan/read.py`). Names, arguments, nullability and order are the contract's
(reference-core.graphql). What the executor does not answer is not shown: `ARGUMENTS` says
which root fields it knows, `object_types.WORKS` the rest. Made once for a view, in some
tens of milliseconds, when it is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from graphql import (
    DocumentNode,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLError,
    GraphQLField,
    GraphQLInputType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLString,
    OperationDefinitionNode,
    OverlappingFieldsCanBeMergedRule,
    get_variable_values,
    print_schema,
    specified_rules,
    validate,
)

from icosa.catalog.view import View
from icosa.core.errors import DocumentInvalid
from icosa.fields.composite import capital
from icosa.http.graphql.object_types import WORKS, ObjectTypes, Part, SchemaTypes
from icosa.http.graphql.search_types import search_field

ERRORS_MAX: Final = 20  # of one document
_RULES: Final = [rule for rule in specified_rules if rule is not OverlappingFieldsCanBeMergedRule]
_VERBS: Final[Mapping[str, str]] = {
    "create": "Create",
    "update": "Change",
    "delete": "Delete; it can be restored",
    "destroy": "Delete for good",
    "restore": "Restore what was deleted",
    "merge": "Make one record of several",
}
_QUOTED: Final = re.compile(r"'([^']*)'")


def build_schema(view: View) -> GraphQLSchema:
    """To be had by `view.make(build_schema)`."""
    return make_schema(view, WORKS)


def make_schema(view: View, works: frozenset[Part]) -> GraphQLSchema:
    types = SchemaTypes(view, works)
    query: dict[str, GraphQLField] = {}
    if Part.SEARCH in works:
        query["search"] = search_field(types.shared)
    mutation: dict[str, GraphQLField] = {}
    for each in types.all():
        query.update(_queries(each, types))
        mutation.update(_mutations(each, types))
    if not query:
        query["_empty"] = GraphQLField(
            GraphQLString, description="This role may read no object of the workspace."
        )
    return GraphQLSchema(
        query=GraphQLObjectType("Query", query),
        mutation=GraphQLObjectType("Mutation", mutation) if mutation else None,
    )


def print_sdl(view: View) -> str:
    """The schema definition language of the whole schema; the same text for the same view."""
    return view.make(_sdl)


def validation_errors(view: View, document: DocumentNode) -> list[DocumentInvalid]:
    """What is wrong with a document by the schema, with places and "did you mean".

    Whether fields of one response key are the same is left to the execution, which compares
    each with the first: the specification's way compares all pairs, also across fragments.
    """
    schema = view.make(build_schema)
    found = validate(schema, document, _RULES, max_errors=ERRORS_MAX)
    return [_invalid(error) for error in found]


def variable_errors(
    view: View, operation: OperationDefinitionNode, variables: Mapping[str, object]
) -> list[DocumentInvalid]:
    """What is wrong with the variables that were sent for a valid operation."""
    schema = view.make(build_schema)
    definitions = operation.variable_definitions or ()
    found = get_variable_values(schema, definitions, dict(variables), max_errors=ERRORS_MAX)
    return [_invalid(error) for error in found] if isinstance(found, list) else []


def _sdl(view: View) -> str:
    return print_schema(view.make(build_schema)) + "\n"


def _invalid(error: GraphQLError) -> DocumentInvalid:
    """With the quotation marks that GraphQL's first library has, and so the contract."""
    places = tuple((place.line, place.column) for place in error.locations or ())
    return DocumentInvalid(_QUOTED.sub(r'"\1"', error.message), locations=places)


# -- root fields -----------------------------------------------------------------------


def _queries(of: ObjectTypes, types: SchemaTypes) -> dict[str, GraphQLField]:
    source = of.source.object
    plural, singular = source.name_plural, source.name_singular
    fields = {
        plural: GraphQLField(
            of.connection, of.list_arguments(), description=f"A page of {source.label_plural}."
        ),
        singular: GraphQLField(
            of.record,
            {"filter": _required(of.filter)},
            description=f"The first of {source.label_plural} that the filter finds.",
        ),
    }
    if Part.AGGREGATES in types.works and of.groups.is_possible():
        fields[f"{plural}GroupBy"] = GraphQLField(
            GraphQLList(GraphQLNonNull(of.groups.group)),
            of.groups.arguments(of.filter, of.order),
            description=f"{source.label_plural} in groups, with aggregates of each.",
        )
    if Part.DUPLICATES in types.works and source.duplicate_criteria:
        fields[f"{singular}Duplicates"] = GraphQLField(
            GraphQLList(GraphQLNonNull(of.connection)),
            {
                "ids": GraphQLArgument(GraphQLList(types.shared.scalar("UUID"))),
                "data": GraphQLArgument(GraphQLList(of.create)),
            },
            description=f"The records that look the same as each of some {source.label_plural}.",
        )
    return fields


def _mutations(of: ObjectTypes, types: SchemaTypes) -> dict[str, GraphQLField]:
    """The contract's eleven, less those that the role may not use."""
    source, grant = of.source.object, of.source.grant
    one, many = capital(source.name_singular), capital(source.name_plural)
    record: GraphQLOutputType = of.record
    records = GraphQLList(GraphQLNonNull(of.record))
    by_id = {"id": _required(types.shared.scalar("UUID"))}
    by_filter = {"filter": _required(of.filter)}
    fields: dict[str, GraphQLField] = {}

    def add(name: str, kind: GraphQLOutputType, arguments: dict[str, GraphQLArgument]) -> None:
        verb = next(verb for verb in _VERBS if name.startswith(verb))
        which = source.label_singular if kind is record else source.label_plural
        fields[name] = GraphQLField(kind, arguments, description=f"{_VERBS[verb]}: {which}.")

    may_write = grant.update and of.may_be_written()
    if may_write:
        upsert = {"upsert": GraphQLArgument(GraphQLBoolean)} if Part.UPSERT in types.works else {}
        batch = _required(GraphQLList(GraphQLNonNull(of.create)))
        add(f"create{many}", records, {"data": batch, **upsert})
        add(f"create{one}", record, {"data": _required(of.create), **upsert})
        add(f"update{one}", record, {**by_id, "data": _required(of.update)})
    if grant.soft_delete:
        add(f"delete{one}", record, by_id)
    if may_write:
        add(f"update{many}", records, {"data": _required(of.update), **by_filter})
    if grant.soft_delete:
        add(f"delete{many}", records, by_filter)
    if grant.destroy:
        add(f"destroy{one}", record, by_id)
        add(f"destroy{many}", records, by_filter)
    if grant.soft_delete:
        add(f"restore{one}", record, by_id)
        add(f"restore{many}", records, by_filter)
    if Part.MERGE in types.works and source.duplicate_criteria and may_write and grant.destroy:
        add(f"merge{many}", record, _merge_arguments(types))
    return fields


def _merge_arguments(types: SchemaTypes) -> dict[str, GraphQLArgument]:
    ids = GraphQLList(GraphQLNonNull(types.shared.scalar("UUID")))
    return {
        "ids": _required(ids),
        "conflictPriorityIndex": _required(GraphQLInt),
        "dryRun": GraphQLArgument(GraphQLBoolean),
    }


def _required(kind: GraphQLInputType) -> GraphQLArgument:
    assert not isinstance(kind, GraphQLNonNull)
    return GraphQLArgument(GraphQLNonNull(kind))
