"""The GraphQL types of one object: records, connections, and what is sent of them.

Only what the role may read is in an output, and only what it may write in an input. All
fields are thunks: a type that nothing refers to is never filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cached_property
from typing import Final

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLString,
)

from icosa.catalog.snapshot import Field
from icosa.catalog.view import JoinId, ObjectView, Own, ToMany, ToOne, View
from icosa.fields.composite import Composite, capital
from icosa.http.graphql.group_types import GroupTypes
from icosa.http.graphql.shared_types import SharedTypes
from icosa.plan.aggregate import readable_aggregates
from icosa.plan.group import is_date
from icosa.plan.tree import Aggregate


class Part(Enum):
    """Parts of the contract's schema that come and go together."""

    AGGREGATES = "aggregate fields of connections, and groupBy"
    CONNECT = "connect in relation inputs"
    DUPLICATES = "findDuplicates"
    MERGE = "mergeMany"
    SEARCH = "search across objects"
    UPSERT = "the upsert argument"


# What the executor answers. The schema shows nothing else.
WORKS: Final[frozenset[Part]] = frozenset(
    {Part.AGGREGATES, Part.CONNECT, Part.DUPLICATES, Part.MERGE, Part.SEARCH, Part.UPSERT}
)

_ARGUMENTS: Final[Mapping[str, str]] = {
    "first": "How many records, from the first on.",
    "last": "How many records, up to the last one.",
    "offset": "How many records to leave out before the page.",
    "before": "A cursor: the page ends before it. Goes with `last`.",
    "after": "A cursor: the page begins after it. Goes with `first`.",
    "filter": "Which records. Deleted ones are left out unless it says something of `deletedAt`.",
    "orderBy": "The order; `id` decides last.",
}
_QUANTIFIERS: Final[Mapping[str, str]] = {
    "some": "At least one related record matches.",
    "none": "No related record matches.",
    "every": "Every related record matches.",
}


class ObjectTypes:
    """`others` gives the types of related objects; None for one that the role can't read."""

    def __init__(
        self, source: ObjectView, schema: SchemaTypes, shared: SharedTypes, name: str
    ) -> None:
        self.source = source
        self.name = name
        self._schema = schema
        self._shared = shared

    # -- what is shown -----------------------------------------------------------------

    @cached_property
    def record(self) -> GraphQLObjectType:
        return GraphQLObjectType(
            self.name, self._record_fields, description=_object_text(self.source)
        )

    @cached_property
    def edge(self) -> GraphQLObjectType:
        return GraphQLObjectType(
            self._named("Edge"),
            lambda: {
                "node": GraphQLField(GraphQLNonNull(self.record)),
                "cursor": GraphQLField(GraphQLNonNull(self._shared.scalar("Cursor"))),
            },
        )

    @cached_property
    def connection(self) -> GraphQLObjectType:
        return GraphQLObjectType(
            self._named("Connection"),
            self._connection_fields,
            description=f"A page of {self.source.object.label_plural}.",
        )

    def list_arguments(self) -> dict[str, GraphQLArgument]:
        """Of a root list and of a nested one alike."""
        kinds: dict[str, GraphQLInputType] = {
            "first": GraphQLInt,
            "last": GraphQLInt,
            "offset": GraphQLInt,
            "before": GraphQLString,
            "after": GraphQLString,
            "filter": self.filter,
            "orderBy": GraphQLList(self.order),
        }
        return {
            name: GraphQLArgument(kind, description=_ARGUMENTS[name])
            for name, kind in kinds.items()
        }

    def _record_fields(self) -> dict[str, GraphQLField]:
        """A record's own fields, then its relations, as the contract prints them."""
        fields = {
            name: GraphQLField(self._own_output(member), description=_text(member.field))
            for name, member in self.source.own.items()
        }
        for name, member in self._relations():
            target = self._schema.of(member.target)
            if target is None:
                continue
            fields[name] = (
                GraphQLField(target.record, description=_text(member.field))
                if isinstance(member, ToOne)
                else GraphQLField(
                    target.connection, target.list_arguments(), description=_text(member.field)
                )
            )
        return fields

    def _own_output(self, member: Own | JoinId) -> GraphQLOutputType:
        labels = {option.value: option.label for option in member.type.options}
        shape = self._shared.output(member.type.shape(), self._enum_owner(member), labels)
        if isinstance(member, JoinId) or member.field.is_nullable:
            return shape
        return GraphQLNonNull(shape)

    @cached_property
    def groups(self) -> GroupTypes:
        return GroupTypes(
            self.source,
            self._shared,
            self._schema.groups_of,
            name=self.name,
            fields=self._connection_fields,
            aggregates=self._aggregates,
        )

    @cached_property
    def _aggregates(self) -> Mapping[str, Aggregate]:
        return readable_aggregates(self.source, self._schema.view)

    def _connection_fields(self) -> dict[str, GraphQLField]:
        fields = {"totalCount": GraphQLField(GraphQLInt)}
        if Part.AGGREGATES in self._schema.works:
            fields.update(
                (name, GraphQLField(self._aggregate(each)))
                for name, each in self._aggregates.items()
            )
        fields["edges"] = GraphQLField(GraphQLNonNull(GraphQLList(GraphQLNonNull(self.edge))))
        fields["pageInfo"] = GraphQLField(GraphQLNonNull(self._shared.page_info))
        return fields

    def _aggregate(self, of: Aggregate) -> GraphQLOutputType:
        """Counts are whole; of days and moments the contract says DateTime alike."""
        if of.word == "total" or of.word.startswith("count"):
            return GraphQLInt
        is_time = of.word in ("min", "max") and of.type is not None and is_date(of.type)
        return self._shared.scalar("DateTime") if is_time else GraphQLFloat

    # -- what is sent ------------------------------------------------------------------

    @cached_property
    def create(self) -> GraphQLInputObjectType:
        return GraphQLInputObjectType(
            self._named("CreateInput"), lambda: dict(self._input_fields("Create"))
        )

    @cached_property
    def update(self) -> GraphQLInputObjectType:
        return GraphQLInputObjectType(
            self._named("UpdateInput"), lambda: dict(self._input_fields("Update"))
        )

    @cached_property
    def relation(self) -> GraphQLInputObjectType:
        """How a record of another object is tied to one of this."""
        return GraphQLInputObjectType(self._named("RelationInput"), self._relation_fields)

    def may_be_written(self) -> bool:
        return any(True for _ in self._input_fields("Update"))

    def _input_fields(self, verb: str) -> Iterator[tuple[str, GraphQLInputField]]:
        for name, member in self.source.readable().items():
            if isinstance(member, ToMany) or not self.source.may_write(member):
                continue
            if isinstance(member, ToOne):
                target = self._schema.of(member.target)
                if target is not None:
                    yield name, GraphQLInputField(target.relation)
                continue
            yield (
                name,
                GraphQLInputField(
                    self._own_input(name, member, verb),
                    description=_text(member.field),
                    deprecation_reason=None
                    if member.type.examples.valid
                    else "The server makes it; it can't be written.",
                ),
            )

    def _own_input(self, name: str, member: Own | JoinId, verb: str) -> GraphQLInputType:
        if name == "id":
            return GraphQLID
        return self._shared.input(member.type.input_shape(), self._enum_owner(member), verb)

    def _relation_fields(self) -> dict[str, GraphQLInputField]:
        fields = {"disconnect": GraphQLInputField(GraphQLBoolean)}
        if Part.CONNECT not in self._schema.works:
            return fields
        where = GraphQLInputObjectType(
            self._named("WhereUniqueInput"), lambda: dict(self._unique_fields())
        )
        connect = GraphQLInputObjectType(
            self._named("ConnectInput"), {"where": GraphQLInputField(where)}
        )
        return {"connect": GraphQLInputField(connect), **fields}

    def _unique_fields(self) -> Iterator[tuple[str, GraphQLInputField]]:
        """The keys that name one record: its id, and each field that is unique."""
        for name, member in self.source.own.items():
            if name == "id" or isinstance(member, JoinId) or not member.field.is_unique:
                if name == "id":
                    yield name, GraphQLInputField(GraphQLID)
                continue
            if isinstance(member.type, Composite):
                yield name, GraphQLInputField(self._unique_members(name, member.type))
            else:
                yield name, GraphQLInputField(self._own_input(name, member, "Create"))

    def _unique_members(self, name: str, of: Composite) -> GraphQLInputObjectType:
        members = {
            key: GraphQLInputField(self._shared.input(member.input_shape(), "", "Create"))
            for key, member in of.members().items()
            if key in of.in_unique
        }
        return GraphQLInputObjectType(self._named(f"{capital(name)}WhereInput"), members)

    # -- conditions and orders ---------------------------------------------------------

    @cached_property
    def filter(self) -> GraphQLInputObjectType:
        return GraphQLInputObjectType(
            self._named("FilterInput"), lambda: dict(self._filter_fields())
        )

    @cached_property
    def to_many_filter(self) -> GraphQLInputObjectType:
        """Conditions on the records of this object that point at another (ours)."""
        return GraphQLInputObjectType(
            self._named("ToManyFilter"),
            lambda: {
                word: GraphQLInputField(self.filter, description=text)
                for word, text in _QUANTIFIERS.items()
            },
            description="Give exactly one of the three.",
        )

    @cached_property
    def order(self) -> GraphQLInputObjectType:
        return GraphQLInputObjectType(
            self._named("OrderByInput"), lambda: dict(self._order_fields())
        )

    def _filter_fields(self) -> Iterator[tuple[str, GraphQLInputField]]:
        for name, member in self.source.readable().items():
            if isinstance(member, Own | JoinId):
                kind = self._shared.filter(member.type, self._enum_owner(member))
                yield name, GraphQLInputField(kind)
            elif (target := self._schema.of(member.target)) is not None:
                is_one = isinstance(member, ToOne)
                yield name, GraphQLInputField(target.filter if is_one else target.to_many_filter)
        yield "and", GraphQLInputField(GraphQLList(self.filter))
        yield "or", GraphQLInputField(GraphQLList(self.filter))
        yield "not", GraphQLInputField(self.filter)

    def _order_fields(self) -> Iterator[tuple[str, GraphQLInputField]]:
        for name, member in self.source.readable().items():
            if isinstance(member, Own | JoinId):
                if member.type.orderable:
                    yield name, GraphQLInputField(self._shared.order(member.type))
            elif isinstance(member, ToOne):
                target = self._schema.of(member.target)
                if target is not None:
                    yield name, GraphQLInputField(target.order)

    # -- names -------------------------------------------------------------------------

    def _relations(self) -> Iterator[tuple[str, ToOne | ToMany]]:
        for name, member in self.source.readable().items():
            if isinstance(member, ToOne | ToMany):
                yield name, member

    def _enum_owner(self, member: Own | JoinId) -> str:
        return f"{self.name}{capital(member.field.name)}"

    def _named(self, suffix: str) -> str:
        return self._shared.name(f"{self.name}{suffix}")


class SchemaTypes:
    """The types of every object that the role may read; each object's made on demand."""

    def __init__(self, view: View, works: frozenset[Part] = WORKS) -> None:
        self.view = view
        self.works = works
        self.shared = SharedTypes()
        self._all: dict[str, ObjectTypes] = {}
        for singular in view.names():
            source = view.object(singular)
            if source is not None and source.own:
                name = self.shared.name(source.object.type_name)
                self._all[singular] = ObjectTypes(source, self, self.shared, name)

    def of(self, name_singular: str) -> ObjectTypes | None:
        """None for an object that the role can't read anything of."""
        return self._all.get(name_singular)

    def groups_of(self, name_singular: str) -> GroupTypes | None:
        of = self.of(name_singular)
        return None if of is None else of.groups

    def all(self) -> Iterator[ObjectTypes]:
        yield from self._all.values()


def _text(field: Field) -> str:
    return field.description or field.label


def _object_text(source: ObjectView) -> str:
    return source.object.description or source.object.label_singular
