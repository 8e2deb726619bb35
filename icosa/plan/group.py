"""groupBy: dimensions and orders, resolved against a view, with the contract's errors (A3c).

A dimension has one key a level: a field, a composite's member, or a relation and a field of
the record that it leads to. What stands at its end is `true`, a date's granularity, or
`{unnest: true}` for a group of each item of an array. Dates of the object itself need a
time zone where a period of the calendar begins at midnight; those of related records are
taken in UTC without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypeAlias

from icosa.catalog.snapshot import Field
from icosa.catalog.view import Hidden, JoinId, ObjectView, Own, ToMany, ToOne, View
from icosa.core.errors import ArgumentInvalid, Forbidden, OrderInvalid
from icosa.core.shape import Many, Scalar
from icosa.fields.base import FieldType
from icosa.fields.composite import Composite
from icosa.fields.operators import Operand
from icosa.plan.aggregate import find_aggregate, readable_aggregates
from icosa.plan.filter import live_unless_asked, plan_filter, suggestion, unreadable
from icosa.plan.order import DIRECTIONS
from icosa.plan.read import Selection, read_connection, readable_object
from icosa.plan.tree import Aggregate, Dimension, GroupKey, GroupPlan, aggregates_of
from icosa.request.group import ZONE
from icosa.request.ir import Arguments, Entries, GroupBy, Node
from icosa.request.limits import GROUP_RECORDS, GROUP_RELATED_MAX

PERIODS: Final = ("DAY", "MONTH", "QUARTER", "YEAR", "WEEK")  # each begins on some day
CYCLES: Final = ("DAY_OF_THE_WEEK", "MONTH_OF_THE_YEAR", "QUARTER_OF_THE_YEAR")
NONE: Final = "NONE"
GRANULARITIES: Final = (*PERIODS, *CYCLES, NONE)
WEEK_STARTS: Final = ("MONDAY", "SUNDAY", "SATURDAY")
_DATES: Final = ("date", "date-time")  # formats of shapes
_DATE_KEYS: Final = frozenset({"granularity", "weekStartDay", ZONE})
_SYSTEM_FIELDS_TAKEN: Final = ("createdAt", "updatedAt")
_SEVERAL: Final[Mapping[str, str]] = MappingProxyType(
    {
        what: f"You cannot provide multiple {what} in one GroupByInput, "
        "split them into multiple GroupByInput"
        for what in ("fields", "subfields", "nested fields", "nested subfields")
    }
)
Path: TypeAlias = tuple[str | int, ...]


def plan_group(request: GroupBy, view: View, warnings: list[str]) -> GroupPlan:
    """Raises `Forbidden`, `ArgumentInvalid`, `FilterInvalid`, `OrderInvalid`, `TooComplex`."""
    source = readable_object(request.object, view)
    dimensions = _Dimensions(source, view).all(request.by)
    order = _Orders(source, view, dimensions).all(request.order)
    selection = Selection(view, warnings, related_max=GROUP_RELATED_MAX)
    connection = read_connection(request.picks, source, selection, grouped=True)
    assert connection.layout is not None
    if connection.edge:
        selection.charge(request.limit)
    page = selection.page(
        Arguments(order=request.records_order, offset=request.records_offset),
        source,
        replace(connection, layout=None) if request.plain else connection,
        limit=GROUP_RECORDS,
        above=request.limit,
    )
    condition = plan_filter(request.filter, source, view)
    ordered_by = (key.by for key in order if isinstance(key.by, Aggregate))
    aggregates = {each.name: each for each in (*aggregates_of(connection.layout), *ordered_by)}
    return GroupPlan(
        source=source,
        where=live_unless_asked(request.filter, condition),
        dimensions=dimensions,
        aggregates=tuple(aggregates.values()),
        order=order,
        limit=request.limit,
        layout=connection.layout,
        page=page,
        plain=request.plain,
    )


# -- dimensions ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dimensions:
    source: ObjectView
    view: View

    def all(self, by: tuple[Node, ...]) -> tuple[Dimension, ...]:
        return tuple(self._one(item, ("groupBy", place)) for place, item in enumerate(by))

    def _one(self, item: Node, at: Path) -> Dimension:
        name, inner = _only(item, "fields", at)
        at = (*at, name)
        match self.source.members.get(name):
            case ToOne() as member:
                _check_groupable(member.field, name, at)
                return self._through(member, inner, at)
            case Own() | JoinId() as member:
                return _end(member, name, inner, (), at)
            case ToMany():
                raise _refused(name, at)
            case Hidden() as member:
                raise unreadable(member, self.source)
            case None:
                raise ArgumentInvalid(
                    f"Unidentified field in groupBy: {name}",
                    path=at,
                    hint=suggestion(name, self.source.readable()),
                )

    def _through(self, member: ToOne, item: Node, at: Path) -> Dimension:
        target = self.view.object(member.target)
        if target is None or not target.grant.read:
            raise Forbidden(path=tuple(map(str, at)))
        if not isinstance(item, Entries):
            raise _invalid(member.field.name, at)
        name, inner = _only(item, "nested fields", at)
        at = (*at, name)
        match target.members.get(name):
            case Own() | JoinId() as far:
                return _end(far, name, inner, (member,), at)
            case ToOne() | ToMany():
                raise ArgumentInvalid(
                    f"Cannot group by a relation field of the relation field: {name}", path=at
                )
            case Hidden() as far:
                raise unreadable(far, target)
            case None:
                raise ArgumentInvalid(
                    f'Nested field "{name}" not found in target object '
                    f'"{target.object.name_singular}"',
                    path=at,
                    hint=suggestion(name, target.readable()),
                )


def _end(
    member: Own | JoinId, name: str, item: Node, hops: tuple[ToOne, ...], at: Path
) -> Dimension:
    """The dimension of a field; `item` is what stands behind its name."""
    field = member.field
    _check_groupable(field, name, at)
    path = (*(hop.field.name for hop in hops), name)
    if isinstance(member.type, Composite):
        return _of_member(member.type, field, item, hops, path, at)
    if not member.type.groupable:
        raise _refused(name, at)
    found = Dimension(path=path, hops=hops, type=member.type, column=field.columns[0])
    if isinstance(item, Entries):
        return _detailed(found, item, at)
    return _plain(found, item, at)


def _of_member(
    composite: Composite,
    field: Field,
    item: Node,
    hops: tuple[ToOne, ...],
    path: tuple[str, ...],
    at: Path,
) -> Dimension:
    if not isinstance(item, Entries):
        raise _invalid(field.name, at)
    name, inner = _only(item, "nested subfields" if hops else "subfields", at)
    member = composite.members().get(name)
    if member is None or not member.groupable:
        raise ArgumentInvalid(
            f'Composite subfield "{name}" is not supported in groupBy for "{field.name}"',
            path=(*at, name),
            hint=suggestion(name, composite.members()),
        )
    column = field.columns[list(composite.members()).index(name)]
    found = Dimension(path=(*path, name), hops=hops, type=member, column=column)
    return _plain(found, inner, (*at, name))


def _plain(of: Dimension, item: Node, at: Path) -> Dimension:
    if isinstance(item, Operand) and item.constant is True:
        return of
    raise _invalid(of.path[-1], at)


def _detailed(of: Dimension, item: Entries, at: Path) -> Dimension:
    """`{granularity: "WEEK", timeZone: …}` of a date, `{unnest: true}` of an array."""
    parts = dict(item.entries)
    if isinstance(of.type.shape(), Many) and parts.keys() == {"unnest"}:
        unnest = parts["unnest"]
        if not isinstance(unnest, Operand) or not isinstance(unnest.constant, bool):
            raise _invalid(of.path[-1], at)
        return replace(of, unnest=unnest.constant)
    if not is_date(of.type) or not parts.keys() <= _DATE_KEYS:
        raise _invalid(of.path[-1], at)
    granularity = _word(parts.get("granularity"), GRANULARITIES, NONE, of, at)
    week_start = _word(parts.get("weekStartDay"), WEEK_STARTS, WEEK_STARTS[0], of, at)
    zone = parts.get(ZONE)
    if zone is not None and (not isinstance(zone, Operand) or zone.slot < 0):
        raise _invalid(of.path[-1], at)
    is_instant = _format(of.type) == "date-time"
    if is_instant and zone is None and not of.hops and granularity in PERIODS:
        raise ArgumentInvalid(
            "Time zone should be specified for a group by date on Day, Week, Month, Quarter or "
            "Year",
            path=(*at, ZONE),
            details={"subCode": "MISSING_TIMEZONE_FOR_DATE_GROUP_BY"},
        )
    return replace(
        of,
        granularity="" if granularity == NONE else granularity,
        week_start=week_start,
        is_instant=is_instant,
        zone=zone,
    )


def _word(node: Node | None, known: tuple[str, ...], absent: str, of: Dimension, at: Path) -> str:
    if node is None:
        return absent
    if isinstance(node, Operand) and node.constant in known:
        return str(node.constant)
    raise _invalid(of.path[-1], at, hint=f"Allowed: {', '.join(known)}.")


def is_date(of: FieldType) -> bool:
    return _format(of) in _DATES


def is_groupable(member: Own | JoinId | ToOne) -> bool:
    """Whether the contract takes the field as a dimension, or the relation on the way to one."""
    if member.field.is_system and member.field.name not in _SYSTEM_FIELDS_TAKEN:
        return False
    return isinstance(member, ToOne) or member.type.groupable


def _format(of: FieldType) -> str | None:
    shape = of.shape()
    return shape.format if isinstance(shape, Scalar) else None


def _check_groupable(field: Field, name: str, at: Path) -> None:
    if field.is_system and field.name not in _SYSTEM_FIELDS_TAKEN:
        raise _refused(name, at)


def _only(item: Node, what: str, at: Path) -> tuple[str, Node]:
    """The one key of an object."""
    entries = item.entries if isinstance(item, Entries) else ()
    if len(entries) > 1:
        raise ArgumentInvalid(_SEVERAL[what], path=at)
    if not entries:
        name = str(at[-1]) if isinstance(at[-1], str) else ""
        raise _invalid(name, at)
    return entries[0]


def _refused(name: str, at: Path) -> ArgumentInvalid:
    return ArgumentInvalid(f'Field "{name}" is not supported in groupBy', path=at)


def _invalid(name: str, at: Path, *, hint: str | None = None) -> ArgumentInvalid:
    return ArgumentInvalid(f'Invalid groupBy definition for field "{name}"', path=at, hint=hint)


# -- orders ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Orders:
    source: ObjectView
    view: View
    dimensions: tuple[Dimension, ...]

    def all(self, order: tuple[Node, ...]) -> tuple[GroupKey, ...]:
        found = (self._one(item, ("orderBy", place)) for place, item in enumerate(order))
        return tuple(key for key in found if key is not None)

    def _one(self, item: Node, at: Path) -> GroupKey | None:
        entries = item.entries if isinstance(item, Entries) else ()
        if not entries:
            return None
        if len(entries) > 1:
            raise OrderInvalid("Please provide orderBy field criteria one by one in orderBy array")
        ((name, inner),) = entries
        if name == "aggregate":
            return self._by_aggregate(inner, (*at, name))
        return self._by_field((name,), inner, self.source, (*at, name))

    def _by_aggregate(self, item: Node, at: Path) -> GroupKey:
        entries = item.entries if isinstance(item, Entries) else ()
        if len(entries) != 1:
            raise OrderInvalid(
                "Please provide aggregate criteria one by one in orderBy array", path=at
            )
        ((name, inner),) = entries
        aggregate = find_aggregate(name, self.source, self.view)
        if aggregate is None:
            raise OrderInvalid(
                f"Unknown aggregate field: {name}",
                path=(*at, name),
                hint=suggestion(name, readable_aggregates(self.source, self.view)),
            )
        return _key(aggregate, name, inner, (*at, name))

    def _by_field(
        self, path: tuple[str, ...], item: Node, source: ObjectView, at: Path
    ) -> GroupKey:
        name = path[-1]
        match source.members.get(name):
            case Own(type=Composite()):
                inner_name, inner = _inner(item, name, "Composite", "subfield", "subFieldName", at)
                return self._by_dimension((*path, inner_name), inner, at)
            case Own(type=of) if is_date(of):
                return self._by_date(path, item, at)
            case Own() | JoinId():
                return self._by_dimension(path, item, at)
            case ToOne() as member if len(path) == 1:
                inner_name, inner = _inner(item, name, "Relation", "nested field", "fieldName", at)
                target = self.view.object(member.target)
                if target is None or not target.grant.read:
                    raise Forbidden(path=tuple(map(str, at)))
                return self._by_field((*path, inner_name), inner, target, (*at, inner_name))
            case Hidden() as member:
                raise unreadable(member, source)
            case ToOne() | ToMany():
                raise _not_grouped(path, at)
            case None:
                raise OrderInvalid(
                    f"Cannot orderBy unknown field: {name}.",
                    path=at,
                    hint=suggestion(name, source.readable()),
                )

    def _by_date(self, path: tuple[str, ...], item: Node, at: Path) -> GroupKey:
        places = [n for n, each in enumerate(self.dimensions) if each.path == path]
        if not places:
            raise _not_grouped(path, at)
        parts = dict(item.entries) if isinstance(item, Entries) else {}
        asked = parts.get("granularity")
        if not isinstance(asked, Operand) or not isinstance(asked.constant, str):
            raise OrderInvalid(
                "Cannot order by a field that is not in groupBy or that is not an aggregate field: "
                f"{'.'.join(path)}.",
                path=at,
                hint="Say the granularity: {granularity: …, orderBy: …}.",
            )
        for place in places:
            if (self.dimensions[place].granularity or NONE) == asked.constant:
                return _key(place, path[-1], parts.get("orderBy"), at)
        raise OrderInvalid(
            f"Cannot order by a date granularity that is not in groupBy criteria: {asked.constant}",
            path=at,
        )

    def _by_dimension(self, path: tuple[str, ...], item: Node, at: Path) -> GroupKey:
        for place, each in enumerate(self.dimensions):
            if each.path == path:
                return _key(place, path[-1], item, at)
        raise _not_grouped(path, at)


def _key(by: Aggregate | int, name: str, item: Node | None, at: Path) -> GroupKey:
    direction = item.constant if isinstance(item, Operand) else None
    if direction not in DIRECTIONS:
        raise OrderInvalid(
            f'Scalar field "{name}" requires a direction value ({", ".join(DIRECTIONS)})', path=at
        )
    text = str(direction)
    return GroupKey(by, text.startswith("Desc"), text.endswith("First"))


def _inner(item: Node, name: str, kind: str, part: str, example: str, at: Path) -> tuple[str, Node]:
    """The one key inside a composite or a relation."""
    entries = item.entries if isinstance(item, Entries) else ()
    if len(entries) > 1:
        raise OrderInvalid("Please provide orderBy field criteria one by one in orderBy array")
    if not entries:
        raise OrderInvalid(
            f'{kind} field "{name}" requires {part} ordering '
            f"(e.g., {{ {name}: {{ {example}: 'AscNullsFirst' }} }})",
            path=at,
        )
    return entries[0]


def _not_grouped(path: tuple[str, ...], at: Path) -> OrderInvalid:
    return OrderInvalid(
        "Cannot order by a field that is not an aggregate nor in groupBy criteria: "
        f"{'.'.join(path)}.",
        path=at,
    )
