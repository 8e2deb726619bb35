"""The GraphQL types of groupBy for one object: dimensions, orders of groups, groups.

Names, order and nullability are the contract's (A1). Beside its dimensions stand relation
ids, which its SDL leaves out and its text has. Orders list every field that lists are
ordered by, as the contract's do, though only one that is grouped by makes sense.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from typing import Final

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
)

from icosa.catalog.view import JoinId, ObjectView, Own, ToMany, ToOne
from icosa.http.graphql.shared_types import SharedTypes
from icosa.plan.group import is_groupable

Related = Callable[[str], "GroupTypes | None"]  # by nameSingular

_ARGUMENTS: Final[Mapping[str, str]] = {
    "groupBy": "What the groups are made by: one field an item.",
    "filter": "Which records. Deleted ones are left out unless it says something of `deletedAt`.",
    "orderBy": "The order of the groups: one aggregate or one of the dimensions an item.",
    "orderByForRecords": "The order of the records in each group; `id` decides last.",
    "limit": "How many groups; 50 if not given.",
    "offsetForRecords": "How many records to leave out in each group before those shown.",
}


class GroupTypes:
    """`fields` are those of the object's connection."""

    def __init__(
        self,
        source: ObjectView,
        shared: SharedTypes,
        related: Related,
        *,
        name: str,
        fields: Callable[[], dict[str, GraphQLField]],
        aggregates: Collection[str],
    ) -> None:
        self._source = source
        self._shared = shared
        self._related = related
        self._name = name
        self._fields = fields
        self._aggregates = aggregates

    def is_possible(self) -> bool:
        """Whether the role may read anything to group by."""
        return any(is_groupable(member) for member in self._source.own.values())

    def arguments(
        self, where: GraphQLInputType, order: GraphQLInputType
    ) -> dict[str, GraphQLArgument]:
        kinds: dict[str, GraphQLInputType] = {
            "groupBy": GraphQLNonNull(GraphQLList(GraphQLNonNull(self.by))),
            "filter": where,
            "orderBy": GraphQLList(self.order),
            "orderByForRecords": GraphQLList(order),
            "limit": GraphQLInt,
            "offsetForRecords": GraphQLInt,
        }
        return {
            name: GraphQLArgument(kind, description=_ARGUMENTS[name])
            for name, kind in kinds.items()
        }

    @cached_property
    def group(self) -> GraphQLObjectType:
        values = GraphQLField(
            GraphQLNonNull(self._shared.scalar("JSON")),
            description="A list with the value of each dimension; numbers are strings in it.",
        )
        return GraphQLObjectType(
            self._named("GroupByConnection"),
            lambda: {**self._fields(), "groupByDimensionValues": values},
            description=f"One group of {self._source.object.label_plural}.",
        )

    @cached_property
    def by(self) -> GraphQLInputObjectType:
        return GraphQLInputObjectType(
            self._named("GroupByInput"),
            lambda: dict(self._dimensions()),
            description="Give exactly one.",
        )

    @cached_property
    def order(self) -> GraphQLInputObjectType:
        return GraphQLInputObjectType(
            self._named("OrderByWithGroupByInput"),
            lambda: dict(self._orders()),
            description="Give exactly one.",
        )

    @cached_property
    def aggregate_order(self) -> GraphQLInputObjectType:
        direction = GraphQLInputField(self._shared.direction)
        return GraphQLInputObjectType(
            self._named("OrderByWithGroupByAggregateInput"),
            lambda: dict.fromkeys(self._aggregates, direction),
            description="Give exactly one.",
        )

    def _dimensions(self) -> Iterator[tuple[str, GraphQLInputField]]:
        for name, member in self._source.readable().items():
            if isinstance(member, ToMany) or not is_groupable(member):
                continue
            if isinstance(member, ToOne):
                target = self._related(member.target)
                if target is not None and target.is_possible():
                    yield name, GraphQLInputField(target.by)
            else:
                yield name, GraphQLInputField(self._shared.dimension(member.type))

    def _orders(self) -> Iterator[tuple[str, GraphQLInputField]]:
        yield "aggregate", GraphQLInputField(self.aggregate_order)
        for name, member in self._source.readable().items():
            if isinstance(member, Own | JoinId):
                if member.type.orderable:
                    yield name, GraphQLInputField(self._shared.group_order(member.type))
            elif isinstance(member, ToOne):
                target = self._related(member.target)
                if target is not None:
                    yield name, GraphQLInputField(target.order)

    def _named(self, suffix: str) -> str:
        return self._shared.name(f"{self._name}{suffix}")
