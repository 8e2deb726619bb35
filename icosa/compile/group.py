"""groupBy: one look at the rows, whatever is asked of their groups.

    select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
    from (select json_build_array("t3"."dimension_1") as "groupByDimensionValues", …
    from (select * from
    (select "t1"."jobTitle" as "dimension_1", count(*) as "totalCount"
     from "w_1"."person" as "t1" where … group by 1) as "t2"
    order by "t2"."totalCount" desc nulls last, "t2"."dimension_1" nulls first
    limit 50) as "t3") as r

Dimensions decide last in the order, so that it is total. The records of a group are found
in the same look: their ids, in order, are an array of which the page is cut; then they are
fetched by their keys. Looking each group's up would read the table once a group.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from icosa.compile.aggregate import aggregate, shown
from icosa.compile.calendar import period, period_name, period_rank
from icosa.compile.condition import where
from icosa.compile.json import Pairs, Shown, json_object, rows_of, selected
from icosa.compile.ranges import keys, order_by
from icosa.compile.read import Reader
from icosa.compile.scope import ID, Scope
from icosa.core.shape import Scalar
from icosa.core.sql import Sql, ident, join, literal, number, sql
from icosa.plan.tree import Aggregate, Dimension, GroupPlan, LayoutItem

_IDS: Final = "ids"
_SIZE: Final = "size"


def compile_groups(plan: GroupPlan, reader: Reader) -> Sql:
    """One row: `groups`, JSON objects without brackets."""
    return _Groups(plan, reader).statement()


class _Groups:
    def __init__(self, plan: GroupPlan, reader: Reader) -> None:
        self._plan = plan
        self._reader = reader
        self._aliases = reader.aliases

    def statement(self) -> Sql:
        grouped = self._grouped()
        inner, alias = self._aliases.next(), self._aliases.next()
        page = sql(
            "(select * from (\n{grouped}) as {inner}{order}\nlimit {limit}) as {alias}",
            grouped=grouped,
            inner=ident(inner),
            order=self._order(inner),
            limit=number(self._plan.limit),
            alias=ident(alias),
        )
        row, rows = rows_of(Shown(self._pairs(self._plan.layout, alias)), page)
        return sql(
            "select string_agg({row}::text, ',')::varchar as groups\nfrom {rows}",
            row=row,
            rows=rows,
        )

    # -- the groups --------------------------------------------------------------------

    def _grouped(self) -> Sql:
        plan = self._plan
        scope = Scope(plan.source, self._reader.view, self._aliases)
        items: list[Sql] = []
        columns: list[tuple[str, Sql]] = []
        for place, dimension in enumerate(plan.dimensions):
            columns.append((_name(place), self._dimension(dimension, scope, items)))
        columns += ((each.column, aggregate(each, scope)) for each in plan.aggregates)
        columns += self._sample(scope)
        conditions = where(plan.where, scope)
        places = join(", ", (number(n + 1) for n in range(len(plan.dimensions))))
        return sql(
            "select {columns}\nfrom {source}{items}{where}\ngroup by {places}",
            columns=selected(columns),
            source=scope.source_sql(),
            items=join("", items),
            where=conditions,
            places=places or sql("()"),
        )

    def _dimension(self, of: Dimension, scope: Scope, items: list[Sql]) -> Sql:
        """The value to group by; an array's items are rows of their own in the FROM."""
        (column,) = scope.columns((of.column,), of.hops)
        if of.granularity:
            return period(of, column)
        if not of.unnest:
            return column
        alias = self._aliases.next()
        items.append(sql("\ncross join unnest({c}) as {a} (item)", c=column, a=ident(alias)))
        return ident(alias, "item")

    def _sample(self, scope: Scope) -> Iterator[tuple[str, Sql]]:
        page = self._plan.page
        if self._plan.shows_records:
            first = number(page.offset + 1)
            last = number(page.offset + page.limit)
            yield (
                _IDS,
                sql(
                    "(array_agg({id} order by {order}))[{first}:{last}]",
                    id=scope.column(ID),
                    order=order_by(keys(page.order, scope, turned=False)),
                    first=first,
                    last=last,
                ),
            )
        if "next" in page.wants:
            yield _SIZE, sql("count(*)")

    # -- their order -------------------------------------------------------------------

    def _order(self, alias: str) -> Sql:
        """What was asked for, then the dimensions as they are."""
        found: list[Sql] = []
        asked: list[Sql] = []
        for key in self._plan.order:
            value = self._sorted(key.by, alias)
            asked.append(value)
            found.append(
                sql(
                    "{v}{direction}{nulls}",
                    v=value,
                    direction=sql(" desc") if key.descending else Sql(),
                    nulls=sql(" nulls first") if key.nulls_first else sql(" nulls last"),
                )
            )
        for place, dimension in enumerate(self._plan.dimensions):
            value = ident(alias, _name(place))
            value = period_rank(dimension, value) if dimension.granularity else value
            if value not in asked:
                found.append(sql("{v} nulls first", v=value))
        return sql("\norder by {keys}", keys=join(", ", found)) if found else Sql()

    def _sorted(self, by: Aggregate | int, alias: str) -> Sql:
        """What a key sorts by: texts are sorted as in lists, whatever their case."""
        if isinstance(by, Aggregate):
            return ident(alias, by.column)
        dimension = self._plan.dimensions[by]
        value = ident(alias, _name(by))
        if dimension.granularity:
            return period_rank(dimension, value)
        return dimension.type.order((value,))

    # -- what is shown -----------------------------------------------------------------

    def _pairs(self, layout: tuple[LayoutItem, ...], alias: str) -> Pairs:
        return [(item.key, self._part(item, alias)) for item in layout]

    def _part(self, item: LayoutItem, alias: str) -> Sql:
        page = self._plan.page
        ids = ident(alias, _IDS)
        match item.part:
            case "dimensions":
                values = (
                    _shown(dimension, ident(alias, _name(place)))
                    for place, dimension in enumerate(self._plan.dimensions)
                )
                return sql("json_build_array({values})", values=join(", ", values))
            case "aggregate":
                assert item.aggregate is not None
                value = ident(alias, item.aggregate.column)
                return shown(item.aggregate, value, as_text=self._plan.plain)
            case "edges":
                row, rows = self._reader.pages.rows(page, self._records(ids))
                return sql(
                    "(select coalesce(json_agg({row}), '[]'::json) from {rows})",
                    row=row,
                    rows=rows,
                )
            case "pageInfo":
                return json_object(Shown(self._pairs(item.of, alias)))
            case "next":
                seen = number(page.offset + page.limit)
                return sql("{size} > {seen}", size=ident(alias, _SIZE), seen=seen)
            case "previous":
                return sql("true") if page.offset else sql("false")
            case "start":
                return self._cursor(sql("{ids}[1:1]", ids=ids))
            case "end":
                return self._cursor(sql("{ids}[cardinality({ids}):]", ids=ids))
            case "typename":
                return sql("{text}::text", text=literal(item.text))
            case "null":
                return sql("null::json")
            case "total":
                raise AssertionError(item)  # groups count their records as any aggregate

    def _records(self, ids: Sql) -> Sql:
        """The records of some ids, in their order."""
        scope = Scope(self._plan.source, self._reader.view, self._aliases)
        place = self._aliases.next()
        columns = self._reader.pages.columns(self._plan.page, scope)
        return sql(
            "(select {columns}\nfrom {source}\n"
            "join unnest({ids}) with ordinality as {place} (id, n) on {id} = {given}\n"
            "order by {n})",
            columns=join(", ", columns),
            source=scope.source_sql(),
            ids=ids,
            place=ident(place),
            id=scope.column(ID),
            given=ident(place, ID),
            n=ident(place, "n"),
        )

    def _cursor(self, ids: Sql) -> Sql:
        alias = self._aliases.next()
        return sql(
            "(select translate(encode(convert_to({keys}::text, 'UTF8'), 'base64'), E'\\n', '')"
            " from {records} as {alias})",
            keys=self._reader.pages.cursor(self._plan.page, alias),
            records=self._records(ids),
            alias=ident(alias),
        )


def _name(place: int) -> str:
    return f"dimension_{place + 1}"


def _shown(of: Dimension, value: Sql) -> Sql:
    """As PostgreSQL has it: numbers as texts, nulls as null (records contract, A2)."""
    if of.granularity:
        return period_name(of, value)
    shape = of.type.shape()
    if isinstance(shape, Scalar) and shape.json_type in ("integer", "number"):
        return sql("({v})::text", v=of.type.output((value,)))
    if isinstance(shape, Scalar) and shape.format == "date-time":
        return of.type.output((value,))
    return value
