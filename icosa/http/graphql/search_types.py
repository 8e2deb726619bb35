"""The GraphQL types of `search`, for introspection, SDL and strict validation."""

from __future__ import annotations

from typing import Final

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLField,
    GraphQLFloat,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
)

from icosa.fields.registry import bind
from icosa.http.graphql.shared_types import SharedTypes
from icosa.request.search import LIMIT_MAX

_TIMES: Final = ("createdAt", "updatedAt", "deletedAt")


def search_field(shared: SharedTypes) -> GraphQLField:
    """`search(searchInput: String!, limit: Int!, …): SearchResultConnection!`."""
    names = GraphQLList(GraphQLNonNull(GraphQLString))
    return GraphQLField(
        GraphQLNonNull(_connection(shared)),
        {
            "searchInput": GraphQLArgument(
                GraphQLNonNull(GraphQLString),
                description="Words, or beginnings of words. Nothing finds everything.",
            ),
            "limit": GraphQLArgument(
                GraphQLNonNull(GraphQLInt), description=f"How many hits, at most {LIMIT_MAX}."
            ),
            "after": GraphQLArgument(
                GraphQLString, description="A cursor: the page begins after it."
            ),
            "includedObjectNameSingulars": GraphQLArgument(
                names, description="Only these objects, searchable or not."
            ),
            "excludedObjectNameSingulars": GraphQLArgument(
                names, description="All searchable objects but these."
            ),
            "filter": GraphQLArgument(
                _filter(shared), description="Which records, of each object alike."
            ),
        },
        description="Find records of all objects by words, best first.",
    )


def _connection(shared: SharedTypes) -> GraphQLObjectType:
    string = GraphQLNonNull(GraphQLString)
    record = GraphQLObjectType(
        "SearchRecord",
        {
            "recordId": GraphQLField(GraphQLNonNull(shared.scalar("UUID"))),
            "objectNameSingular": GraphQLField(string),
            "objectLabelSingular": GraphQLField(string),
            "label": GraphQLField(string),
            "imageUrl": GraphQLField(GraphQLString),
            "tsRankCD": GraphQLField(
                GraphQLNonNull(GraphQLFloat), description="How close the words stand together."
            ),
            "tsRank": GraphQLField(
                GraphQLNonNull(GraphQLFloat), description="How often the words are there."
            ),
        },
        description="A record that was found.",
    )
    edge = GraphQLObjectType(
        "SearchResultEdge",
        {"node": GraphQLField(GraphQLNonNull(record)), "cursor": GraphQLField(string)},
    )
    page_info = GraphQLObjectType(
        "SearchResultPageInfo",
        {
            "endCursor": GraphQLField(GraphQLString),
            "hasNextPage": GraphQLField(GraphQLNonNull(GraphQLBoolean)),
        },
    )
    return GraphQLObjectType(
        "SearchResultConnection",
        {
            "edges": GraphQLField(GraphQLNonNull(GraphQLList(GraphQLNonNull(edge)))),
            "pageInfo": GraphQLField(GraphQLNonNull(page_info)),
        },
    )


def _filter(shared: SharedTypes) -> GraphQLInputObjectType:
    """What every object has."""
    of = {"id": bind("UUID", name="id")}
    of.update((name, bind("DATE_TIME", name=name)) for name in _TIMES)

    def fields() -> dict[str, GraphQLInputField]:
        both = GraphQLList(GraphQLNonNull(made))
        return {
            "and": GraphQLInputField(both),
            "or": GraphQLInputField(both),
            "not": GraphQLInputField(made),
            **{name: GraphQLInputField(shared.filter(kind, "")) for name, kind in of.items()},
        }

    made = GraphQLInputObjectType("ObjectRecordFilterInput", fields)
    return made
