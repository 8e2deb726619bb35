"""Reads: selections and pages, resolved against a view.

A selected name that does not exist is null and a warning; one that is forbidden is an
error (amendments, 1). REST builds its selections from the readable names, so it never
meets either. Cost is the number of related lists that an answer may hold: for each list
selected, the product of the limits above it, summed (amendments, 16).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from icosa.catalog.view import Hidden, JoinId, ObjectView, Own, ToMany, ToOne, View
from icosa.core.errors import Forbidden, TooComplex
from icosa.fields.composite import Composite
from icosa.plan.aggregate import find_aggregate, readable_aggregates
from icosa.plan.filter import live_unless_asked, plan_filter, suggestion, unreadable
from icosa.plan.order import plan_cursor, plan_order
from icosa.plan.tree import (
    Constant,
    EdgeItem,
    FirstPlan,
    LayoutItem,
    LiveId,
    Many,
    Nothing,
    One,
    Output,
    PagePlan,
    ReadPlan,
    RecordPlan,
    Value,
)
from icosa.request.ir import Arguments, FindMany, FindOne, Pick
from icosa.request.limits import RELATED_DEFAULT, RELATED_MAX, RELATED_RECORDS_MAX

_PAGE_INFO = {
    "hasNextPage": "next",
    "hasPreviousPage": "previous",
    "startCursor": "start",
    "endCursor": "end",
}
_ALL_WANTS = frozenset({"total", "next", "previous", "start", "end"})
NODE_ONLY = (EdgeItem("node", "node"),)


def plan_read(request: FindMany | FindOne, view: View, warnings: list[str]) -> ReadPlan:
    """Raises `Forbidden`, `FilterInvalid`, `OrderInvalid`, `CursorInvalid`, `TooComplex`."""
    source = readable_object(request.object, view)
    selection = Selection(view, warnings)
    match request:
        case FindOne():
            condition = plan_filter(request.filter, source, view)
            return FirstPlan(
                source=source,
                where=live_unless_asked(request.filter, condition),
                record=selection.record(request.record, source, above=1),
            )
        case FindMany(plain=True):
            wants = _ALL_WANTS if request.total else _ALL_WANTS - {"total"}
            connection = Connection(None, request.picks, NODE_ONLY, wants)
        case FindMany():
            connection = read_connection(request.picks, source, selection)
    return selection.page(
        request.arguments, source, connection, limit=request.limit, separator=request.separator
    )


def readable_object(name: str, view: View) -> ObjectView:
    """The object of that name, which the front end has found to exist."""
    source = view.object(name)
    if source is None or not source.grant.read:
        raise Forbidden(path=(name,))
    return source


@dataclass(frozen=True, slots=True)
class Connection:
    """What a connection's selection asks for."""

    layout: tuple[LayoutItem, ...] | None  # None: a bare array
    record: tuple[Pick, ...] | None
    edge: tuple[EdgeItem, ...]
    wants: frozenset[str]


@dataclass(slots=True)
class Selection:
    """Resolves one request's selections; `cost` adds up as it goes."""

    view: View
    warnings: list[str]
    related_max: int = RELATED_MAX
    cost: int = field(default=0)

    def record(self, picks: tuple[Pick, ...], source: ObjectView, *, above: int) -> RecordPlan:
        """`above` is how many records of this kind the answer may hold."""
        names = {pick.name for pick in picks}
        outputs = tuple(self._output(pick, source, names, above) for pick in picks)
        return RecordPlan(source, outputs)

    def page(
        self,
        arguments: Arguments,
        source: ObjectView,
        connection: Connection,
        *,
        limit: int,
        above: int = 1,
        separator: int = -1,
    ) -> PagePlan:
        condition = plan_filter(arguments.filter, source, self.view)
        order = plan_order(arguments.order, source, self.view)
        picks = connection.record
        return PagePlan(
            source=source,
            where=live_unless_asked(arguments.filter, condition),
            filtered=condition is not None,
            order=order,
            limit=limit,
            backward=arguments.backward,
            cursor=plan_cursor(arguments.cursor, order),
            offset=arguments.offset,
            record=None if picks is None else self.record(picks, source, above=above * limit),
            edge=connection.edge,
            wants=connection.wants,
            layout=connection.layout,
            separator=separator,
        )

    def edge(self, picks: tuple[Pick, ...], source: ObjectView) -> tuple[EdgeItem, ...]:
        items: list[EdgeItem] = []
        for pick in picks:
            match pick.name:
                case "node" | "cursor" as part:
                    items.append(EdgeItem(pick.key, part))
                case "__typename":
                    items.append(EdgeItem(pick.key, "typename", f"{source.object.type_name}Edge"))
                case _:
                    self.warn(pick.name, f"{source.object.type_name}Edge", ("node", "cursor"))
                    items.append(EdgeItem(pick.key, "null"))
        return tuple(items)

    # -- one name ----------------------------------------------------------------------

    def _output(self, pick: Pick, source: ObjectView, names: set[str], above: int) -> Output:
        if pick.name == "__typename":
            return Constant(pick.key, source.object.type_name)
        match source.members.get(pick.name):
            case Own(type=Composite() as composite) as member:
                return self._composite(pick, member, composite)
            case Own() as member:
                return Value(pick.key, member)
            case JoinId() as member:
                if member.field.name in names:
                    target = self.view.object(_target_of(member, source))
                    if target is not None:
                        return LiveId(pick.key, member, target)
                return Value(pick.key, member)
            case ToOne() as member:
                return self._one(pick, member, above)
            case ToMany() as member:
                return self._many(pick, member, above)
            case Hidden() as member:
                raise unreadable(member, source)
            case None:
                self.warn(pick.name, source.object.type_name, source.readable())
                return Nothing(pick.key)

    def _composite(self, pick: Pick, member: Own, composite: Composite) -> Output:
        if pick.of is None:
            return Value(pick.key, member)
        known = composite.members()
        parts: list[tuple[str, str]] = []
        for part in pick.of:
            if part.name in known or part.name == "__typename":
                parts.append((part.key, part.name))
            else:
                self.warn(part.name, composite.type_name, known)
                parts.append((part.key, ""))
        return Value(pick.key, member, tuple(parts))

    def _one(self, pick: Pick, member: ToOne, above: int) -> Output:
        target = readable_object(member.target, self.view)
        if pick.of is None:
            self._warn_bare(pick.name, target.object.type_name)
            return Nothing(pick.key)
        return One(pick.key, member, self.record(pick.of, target, above=above))

    def _many(self, pick: Pick, member: ToMany, above: int) -> Output:
        target = readable_object(member.target, self.view)
        if pick.of is None:
            self._warn_bare(pick.name, f"{target.object.type_name}Connection")
            return Nothing(pick.key)
        asked = pick.arguments.limit
        limit = min(RELATED_DEFAULT if asked is None else asked, self.related_max)
        self.charge(above)
        if pick.plain:
            connection = Connection(None, pick.of, NODE_ONLY, frozenset())
        else:
            connection = read_connection(pick.of, target, self)
        page = self.page(pick.arguments, target, connection, limit=limit, above=above)
        return Many(pick.key, member, page)

    def charge(self, lists: int) -> None:
        """Adds lists of records to what the answer may hold. Raises `TooComplex`."""
        self.cost += lists
        if self.cost > RELATED_RECORDS_MAX:
            raise TooComplex(
                "Query complexity is too high. Please, reduce the amount of relation fields "
                f"requested. Query complexity: {self.cost}. Maximum complexity: "
                f"{RELATED_RECORDS_MAX}.",
                hint="Ask for fewer records, or give nested lists a smaller first.",
            )

    # -- warnings ----------------------------------------------------------------------

    def warn(self, name: str, type_name: str, known: object) -> None:
        names = list(known) if isinstance(known, dict | tuple) else []
        hint = suggestion(name, [str(n) for n in names])
        self.warnings.append(
            f'Cannot query field "{name}" on type "{type_name}".' + (f" {hint}" if hint else "")
        )

    def _warn_bare(self, name: str, type_name: str) -> None:
        self.warnings.append(f'Field "{name}" of type "{type_name}" must have a selection.')


def read_connection(
    picks: tuple[Pick, ...], source: ObjectView, selection: Selection, *, grouped: bool = False
) -> Connection:
    """The keys of a connection, in the caller's order; unknown ones are null and a warning."""
    layout: list[LayoutItem] = []
    wants: set[str] = set()
    edge: tuple[EdgeItem, ...] = ()
    record: tuple[Pick, ...] | None = None
    type_name = f"{source.object.type_name}{'GroupBy' if grouped else ''}Connection"
    for pick in picks:
        match pick.name:
            case "groupByDimensionValues" if grouped:
                layout.append(LayoutItem(pick.key, "dimensions"))
            case "edges":
                layout.append(LayoutItem(pick.key, "edges"))
                edge = selection.edge(pick.of or (), source)
                record = next((p.of or () for p in pick.of or () if p.name == "node"), ())
            case "totalCount" if not grouped:
                wants.add("total")
                layout.append(LayoutItem(pick.key, "total"))
            case "pageInfo":
                layout.append(_page_info(pick, wants, selection))
            case "__typename":
                layout.append(LayoutItem(pick.key, "typename", text=type_name))
            case _:
                layout.append(_aggregate(pick, wants, source, selection, type_name))
    return Connection(tuple(layout), record, edge, frozenset(wants))


def _aggregate(
    pick: Pick, wants: set[str], source: ObjectView, selection: Selection, type_name: str
) -> LayoutItem:
    aggregate = find_aggregate(pick.name, source, selection.view)
    if aggregate is not None:
        wants.add("aggregates")
        return LayoutItem(pick.key, "aggregate", aggregate=aggregate)
    known = ("edges", "pageInfo", *readable_aggregates(source, selection.view))
    selection.warn(pick.name, type_name, known)
    return LayoutItem(pick.key, "null")


def _page_info(pick: Pick, wants: set[str], selection: Selection) -> LayoutItem:
    items: list[LayoutItem] = []
    for inner in pick.of or ():
        part = _PAGE_INFO.get(inner.name)
        if part is not None:
            wants.add(part)
            items.append(LayoutItem(inner.key, part))  # type: ignore[arg-type]  # of _PAGE_INFO
        elif inner.name == "__typename":
            items.append(LayoutItem(inner.key, "typename", text="PageInfo"))
        else:
            selection.warn(inner.name, "PageInfo", tuple(_PAGE_INFO))
            items.append(LayoutItem(inner.key, "null"))
    return LayoutItem(pick.key, "pageInfo", tuple(items))


def _target_of(member: JoinId, source: ObjectView) -> str:
    relation = source.members.get(member.field.name)
    return relation.target if isinstance(relation, ToOne) else ""
