"""The GraphQL types that no single object owns: scalars, enums, composites, filters, orders.

They are made from shapes and from the operators of field types; no field type is known
here. Each is made when it is first asked for. A name that is taken gets an underscore, so
that no name of a user's object can break the schema: the contract's types come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final, assert_never

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLNullableInputType,
    GraphQLNullableOutputType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLString,
)

from icosa.core.identity import is_uuid
from icosa.core.shape import Choice, Many, Record, Scalar, Shape
from icosa.fields import operators
from icosa.fields.base import FieldType
from icosa.fields.composite import Composite, capital
from icosa.fields.operators import Operator, Takes
from icosa.fields.registry import ALL
from icosa.plan.group import GRANULARITIES, WEEK_STARTS, is_date
from icosa.plan.order import DIRECTIONS

BUILT_IN: Final[Mapping[str, GraphQLScalarType]] = MappingProxyType(
    {t.name: t for t in (GraphQLString, GraphQLInt, GraphQLFloat, GraphQLBoolean, GraphQLID)}
)
Check = Callable[[object], bool]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool)


def _is_anything(value: object) -> bool:
    return value is not None


SCALARS: Final[Mapping[str, tuple[str, Check]]] = MappingProxyType(
    {
        "UUID": ("A UUID of any version, in the usual 36 characters.", is_uuid),
        "DateTime": ("An instant, ISO 8601 in UTC: `2026-01-13T10:30:00.000Z`.", _is_text),
        "Date": ("A day, `2026-01-13`.", _is_text),
        "BigFloat": ("A decimal number of any size, as a number or a string.", _is_number),
        "BigInt": ("A whole number of 64 bits, as a number or a string.", _is_number),
        "JSON": ("Any JSON value.", _is_anything),
        "Position": ('A number that sorts records by hand, or "first" or "last".', _is_number),
        "TSVector": ("The words by which search finds a record.", _is_text),
        "Cursor": ("Where a record stands in a list; opaque.", _is_text),
        "ConnectionCursor": ("Where a page begins or ends; opaque.", _is_text),
    }
)
# What the contract's filter types hold, in its order. Operators that work as well follow.
FILTERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "StringFilter": (
            *("eq", "gt", "gte", "in", "lt", "lte", "neq", "startsWith", "endsWith"),
            *("like", "ilike", "regex", "iregex", "is"),
        ),
        "BooleanFilter": ("eq", "is"),
        "ArrayFilter": ("containsIlike", "is", "isEmptyArray"),
        "RawJsonFilter": ("is", "like"),
        "TSVectorFilter": ("search",),
    }
)
_COMPARING_FILTER: Final = ("eq", "gt", "gte", "in", "lt", "lte", "neq", "is")
_CHOICE_FILTER: Final = ("eq", "neq", "in", "containsAny", "is", "isEmptyArray")
_NULLABLE_ITEMS: Final = ("UUID",)  # scalars whose `in` takes nulls, as the contract prints it
_SEARCH: Final = Operator("search", Takes.PATTERN, lambda left, _: left, "holds these words")
_OPERATORS: Final[Mapping[str, Operator]] = MappingProxyType(
    {o.name: o for o in vars(operators).values() if isinstance(o, Operator)}
    | {_SEARCH.name: _SEARCH}
)


def _own_names() -> Iterator[str]:
    """Every name that is the contract's or GraphQL's, whatever objects there are."""
    yield from (*BUILT_IN, *SCALARS, "PageInfo", "FilterIs", "OrderByDirection")
    yield from ("Query", "Mutation", "Subscription", "FileObject", "FileItemInput")
    yield from ("IntFilter", "BigIntFilter", "DateGranularityEnum", "FirstDayOfTheWeek")
    yield from ("GroupByDateGranularityInput", "OrderByDateGranularityInput")
    yield from ("SearchRecord", "SearchResultEdge", "SearchResultConnection")
    yield from ("SearchResultPageInfo", "ObjectRecordFilterInput")
    for kind in ALL:
        yield kind.filter_name
        if issubclass(kind, Composite):
            for suffix in ("", "CreateInput", "UpdateInput", "OrderByInput", "GroupByInput"):
                yield f"{kind.type_name}{suffix}"
            for member in kind(name="").members().values():
                shape = member.shape()
                if isinstance(shape, Choice):
                    yield from (shape.name, f"{shape.name}Filter")


OWN_NAMES: Final = frozenset(_own_names())


_SUMMARIES: Final[Mapping[str, str]] = MappingProxyType(
    {kind.type_name: kind.summary for kind in ALL if issubclass(kind, Composite)}
)


class SharedTypes:
    """The types of one schema."""

    def __init__(self) -> None:
        self._used = set(OWN_NAMES)
        self._scalars: dict[str, GraphQLScalarType] = {}
        self._enums: dict[str, GraphQLEnumType] = {}
        self._outputs: dict[str, GraphQLObjectType] = {}
        self._inputs: dict[str, GraphQLInputObjectType] = {}
        self.filter_is = self._words("FilterIs", ("NULL", "NOT_NULL"))
        self.direction = self._words("OrderByDirection", DIRECTIONS)
        self.page_info = GraphQLObjectType(
            "PageInfo",
            lambda: {
                "startCursor": GraphQLField(self.scalar("ConnectionCursor")),
                "endCursor": GraphQLField(self.scalar("ConnectionCursor")),
                "hasNextPage": GraphQLField(GraphQLNonNull(GraphQLBoolean)),
                "hasPreviousPage": GraphQLField(GraphQLNonNull(GraphQLBoolean)),
            },
            description="Where a page stands in its list.",
        )

    def name(self, wanted: str) -> str:
        """`wanted` for a type of a user's object, or the nearest name that is free."""
        while wanted in self._used:
            wanted += "_"
        self._used.add(wanted)
        return wanted

    def scalar(self, name: str) -> GraphQLScalarType:
        found = BUILT_IN.get(name) or self._scalars.get(name)
        if found is None:
            found = self._scalars[name] = _made_scalar(name)
        return found

    # -- what is shown -----------------------------------------------------------------

    def output(
        self, shape: Shape, owner: str, labels: Mapping[str, str]
    ) -> GraphQLNullableOutputType:
        """`owner` names a choice that has no name of its own: `CompanyWorkPolicy`."""
        match shape:
            case Scalar():
                return self.scalar(shape.name)
            case Choice(values=()):
                return GraphQLString
            case Choice():
                return self._enum(shape, owner, labels)
            case Many():
                return GraphQLList(self.output(shape.of, owner, labels))
            case Record():
                return self._record(shape)
            case _:
                assert_never(shape)

    def _record(self, shape: Record) -> GraphQLObjectType:
        found = self._outputs.get(shape.name)
        if found is None:
            fields = {
                name: GraphQLField(GraphQLNonNull(kind) if name in shape.required else kind)
                for name, member in shape.members.items()
                for kind in (self.output(member, "", {}),)
            }
            found = self._outputs[shape.name] = GraphQLObjectType(
                shape.name, fields, description=_SUMMARIES.get(shape.name)
            )
        return found

    def _enum(self, shape: Choice, owner: str, labels: Mapping[str, str]) -> GraphQLEnumType:
        wanted = shape.name or f"{owner}Enum"
        found = self._enums.get(wanted)
        if found is None:
            values = {
                f"_{value}" if value[0].isdigit() else value: GraphQLEnumValue(
                    value, description=labels.get(value)
                )
                for value in shape.values
            }
            name = wanted if shape.name else self.name(wanted)
            found = self._enums[wanted] = GraphQLEnumType(name, values)
        return found

    def _words(self, name: str, words: Iterable[str]) -> GraphQLEnumType:
        return GraphQLEnumType(name, {word: GraphQLEnumValue(word) for word in words})

    # -- what is sent ------------------------------------------------------------------

    def input(self, shape: Shape, owner: str, verb: str) -> GraphQLNullableInputType:
        """`verb` is `Create` or `Update`: an update's members may all be left out."""
        match shape:
            case Scalar():
                return self.scalar(shape.name)
            case Choice(values=()):
                return GraphQLString
            case Choice():
                return self._enum(shape, owner, {})
            case Many():
                return GraphQLList(self.input(shape.of, owner, verb))
            case Record():
                return self._record_input(shape, verb)
            case _:
                assert_never(shape)

    def _record_input(self, shape: Record, verb: str) -> GraphQLInputObjectType:
        whole = shape.name.endswith("Input")  # it has one input type, whatever the verb
        name = shape.name if whole else f"{shape.name}{verb}Input"
        found = self._inputs.get(name)
        if found is None:
            required = shape.required if whole or verb == "Create" else frozenset()
            fields = {
                key: GraphQLInputField(GraphQLNonNull(kind) if key in required else kind)
                for key, member in shape.members.items()
                for kind in (self.input(member, "", verb),)
            }
            found = self._inputs[name] = GraphQLInputObjectType(name, fields)
        return found

    # -- conditions and orders ---------------------------------------------------------

    def filter(self, of: FieldType, owner: str) -> GraphQLInputObjectType:
        """The filter of a field: of a composite its members', else its operators'."""
        shape = of.shape()
        item = shape.of if isinstance(shape, Many) else shape
        if isinstance(item, Choice) and item.values:
            enum = self._enum(item, owner, {})
            return self._operators(f"{enum.name}Filter", of, enum, _CHOICE_FILTER)
        name = of.filter_input()
        if isinstance(of, Composite):
            return self._kept(
                name,
                lambda: {
                    key: GraphQLInputField(self.filter(member, ""))
                    for key, member in of.members().items()
                },
            )
        scalar = name.removesuffix("Filter")
        operand = self.scalar(scalar if scalar in {*BUILT_IN, *SCALARS} else "String")
        return self._operators(name, of, operand, FILTERS.get(name, _COMPARING_FILTER))

    def order(self, of: FieldType) -> GraphQLNullableInputType:
        if not isinstance(of, Composite):
            return self.direction
        return self._kept(
            f"{of.type_name}OrderByInput",
            lambda: {name: GraphQLInputField(self.direction) for name in of.members()},
        )

    def dimension(self, of: FieldType) -> GraphQLNullableInputType:
        """What groupBy takes of a field: `true`, or more of a date; of a composite a member."""
        if is_date(of):
            return self._kept("GroupByDateGranularityInput", self._date_dimension)
        if not isinstance(of, Composite):
            return GraphQLBoolean
        return self._kept(
            f"{of.type_name}GroupByInput",
            lambda: {
                name: GraphQLInputField(GraphQLBoolean)
                for name, member in of.members().items()
                if member.groupable
            },
        )

    def group_order(self, of: FieldType) -> GraphQLNullableInputType:
        """The same for the order of groups: of a date's periods."""
        if not is_date(of):
            return self.order(of)
        return self._kept(
            "OrderByDateGranularityInput",
            lambda: {
                "orderBy": GraphQLInputField(self.direction),
                "granularity": GraphQLInputField(self._granularity),
            },
        )

    def _date_dimension(self) -> dict[str, GraphQLInputField]:
        week_start = self._words("FirstDayOfTheWeek", WEEK_STARTS)
        return {
            "granularity": GraphQLInputField(self._granularity),
            "weekStartDay": GraphQLInputField(week_start),
            "timeZone": GraphQLInputField(
                GraphQLString,
                description="A name of the IANA database: `Europe/Paris`. Periods of moments "
                "need it.",
            ),
        }

    @cached_property
    def _granularity(self) -> GraphQLEnumType:
        return self._words("DateGranularityEnum", GRANULARITIES)

    def _operators(
        self, name: str, of: FieldType, operand: GraphQLNullableInputType, listed: tuple[str, ...]
    ) -> GraphQLInputObjectType:
        """The contract's operators, then ours. What the contract only lists is deprecated."""
        working = {o.name: o for o in (*of.operators, *of.more_operators)}
        names = (*listed, *(word for word in working if word not in listed))
        return self._kept(
            name,
            lambda: {
                word: GraphQLInputField(
                    self._operand(_OPERATORS[word], operand),
                    description=f"{capital(_OPERATORS[word].summary)}.",
                    deprecation_reason=None
                    if word in working
                    else f"It is refused; use {', '.join(working)}.",
                )
                for word in names
            },
        )

    def _operand(
        self, operator: Operator, operand: GraphQLNullableInputType
    ) -> GraphQLNullableInputType:
        match operator.takes:
            case Takes.ONE:
                return operand
            case Takes.MANY:
                nulls = isinstance(operand, GraphQLEnumType) or str(operand) in _NULLABLE_ITEMS
                return GraphQLList(operand if nulls else GraphQLNonNull(operand))
            case Takes.PATTERN:
                return GraphQLString
            case Takes.NULLNESS:
                return self.filter_is
            case Takes.FLAG:
                return GraphQLBoolean
            case _:
                assert_never(operator.takes)

    def _kept(
        self, name: str, fields: Callable[[], dict[str, GraphQLInputField]]
    ) -> GraphQLInputObjectType:
        found = self._inputs.get(name)
        if found is None:
            free = name if name in OWN_NAMES else self.name(name)
            found = self._inputs[name] = GraphQLInputObjectType(free, fields)
        return found


def _made_scalar(name: str) -> GraphQLScalarType:
    summary, check = SCALARS[name]

    def parse(value: object) -> object:
        if not check(value):
            raise ValueError(f"it is no {name}")
        return value

    return GraphQLScalarType(name, parse_value=parse, description=summary)
