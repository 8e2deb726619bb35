"""Pages: which rows, in which order, and what is asked for beside them.

A page is cut in the innermost sub-select, which takes only the columns that are shown. When
more than the records is asked for (is there a next page, its cursors), the rows are a CTE
with one row more than the page. Nothing that is not asked for is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from icosa.catalog.view import View
from icosa.compile.aggregate import aggregate, shown
from icosa.compile.condition import where
from icosa.compile.json import Shown, json_object, rows_of, selected
from icosa.compile.ranges import Range, cursor_pairs, cursor_values, keys, order_by, ranges
from icosa.compile.scope import ID, Aliases, Scope
from icosa.core.sql import Sql, any_of, ident, join, literal, number, sql
from icosa.plan.tree import EdgeItem, OrderPlan, PagePlan, RecordPlan


class Records(Protocol):
    """What knows how a record is shown: `compile.read.Reader`."""

    view: View
    aliases: Aliases

    def shown(self, record: RecordPlan, alias: str) -> Shown: ...

    def columns(self, record: RecordPlan | None) -> set[str]: ...


@dataclass(slots=True)
class PageSql:
    """The parts of a page, each an expression over `ctes`; those not asked for are empty."""

    ctes: Sql = field(default_factory=Sql)
    row: Sql = field(default_factory=Sql)  # the JSON of one record or edge
    rows: Sql = field(default_factory=Sql)  # the FROM that gives them
    parts: dict[str, Sql] = field(default_factory=dict)  # total, next, previous, start, end
    aggregates: dict[str, Sql] = field(default_factory=dict)  # JSON values, by their columns
    beside: list[Sql] = field(default_factory=list)  # FROM items that parts name, of one row


class Pages:
    """Compiles the pages of one statement."""

    def __init__(self, records: Records) -> None:
        self._records_of = records

    def page(self, plan: PagePlan, parent: Sql, column: str = "") -> PageSql:
        """`parent` and the join `column` are a related list's; a root has none."""
        needs_page = plan.wants & {"start", "end"} or (plan.record is not None and plan.backward)
        extra = "previous" if plan.backward else "next"
        needs_page = needs_page or extra in plan.wants
        page = PageSql()
        limit = plan.limit + (1 if extra in plan.wants else 0)
        rows = self._rows(plan, limit, parent, column)
        if not needs_page:
            if plan.record is not None or plan.edge:
                page.row, page.rows = self.rows(plan, sql("({rows})", rows=rows.text))
        else:
            name = f"page_{self._records_of.aliases.next()}"
            page.ctes = sql("with {name} as ({rows})\n", name=ident(name), rows=rows.text)
            cut = sql(
                "(select * from {page} limit {limit})", page=ident(name), limit=number(plan.limit)
            )
            if plan.backward:
                cut = sql(
                    "(select * from {cut} as b order by {order})", cut=cut, order=rows.forward
                )
            if plan.record is not None or plan.edge:
                page.row, page.rows = self.rows(plan, cut)
            self._ends(plan, page, ident(name), extra)
        self._beside(plan, page, parent, column)
        return page

    def rows(self, plan: PagePlan, cut: Sql) -> tuple[Sql, Sql]:
        """(the JSON of one record or edge, the FROM that gives them), over the rows of `cut`."""
        alias = self._records_of.aliases.next()
        source = sql("{cut} as {alias}", cut=cut, alias=ident(alias))
        node = Shown(())
        if plan.record is not None:
            node = self._records_of.shown(plan.record, alias)
        if plan.layout is None or (plan.bare and plan.separator >= 0):
            return rows_of(node, source)
        pairs = [(item.key, self._edge(item, plan, node, alias)) for item in plan.edge]
        return rows_of(Shown(pairs), source)

    def _edge(self, item: EdgeItem, plan: PagePlan, node: Shown, alias: str) -> Sql:
        match item.part:
            case "node":
                return json_object(node)
            case "cursor":
                return sql(
                    "translate(encode(convert_to({keys}::text, 'UTF8'), 'base64'), E'\\n', '')",
                    keys=self.cursor(plan, alias),
                )
            case "typename":
                return sql("{text}::text", text=literal(item.text))
            case "null":
                return sql("null::json")

    def cursor(self, plan: PagePlan, alias: str) -> Sql:
        """The JSON of the order's keys, over the columns of a page."""
        columns = [ident(alias, name) for name in _order_columns(plan)]
        return json_object(Shown(cursor_pairs(plan.order, columns)))

    def _ends(self, plan: PagePlan, page: PageSql, name: Sql, extra: str) -> None:
        """Whether there are more rows, and the cursors at both ends, in one look at the page.

        `(select count(*) as "n", array_agg("id") as "k1" from "page_t1") as "t2"`
        """
        alias = self._records_of.aliases.next()
        size, count = number(plan.limit), ident(alias, "n")
        near, far = ("end", "start") if plan.backward else ("start", "end")
        wanted = [part for part in (near, far) if part in plan.wants and plan.limit]
        computed = [("n", sql("count(*)"))]
        if wanted:
            computed += (
                (f"k{place}", _gathered(ident(column), plan.order[place - 1]))
                for place, column in enumerate(_order_columns(plan), 1)
            )
        page.beside.append(
            sql(
                "(select {columns} from {page}) as {alias}",
                columns=selected(computed),
                page=name,
                alias=ident(alias),
            )
        )
        if extra in plan.wants:
            page.parts[extra] = sql("{n} > {size}", n=count, size=size)
        for part in (near, far):
            if part in plan.wants:
                page.parts[part] = sql("null::json")
        for part in wanted:
            place = sql("1") if part == near else sql("least({n}, {size})", n=count, size=size)
            columns = [
                _picked(ident(alias, key), place, item)
                for (key, _), item in zip(computed[1:], plan.order, strict=True)
            ]
            page.parts[part] = sql(
                "case when {n} > 0 then {keys} end",
                n=count,
                keys=json_object(Shown(cursor_pairs(plan.order, columns))),
            )

    def _beside(self, plan: PagePlan, page: PageSql, parent: Sql, column: str) -> None:
        """The total, and whether there is anything on the other side of the cursor."""
        behind = "next" if plan.backward else "previous"
        if behind in plan.wants:
            page.parts[behind] = self._behind(plan, parent, column)
        if plan.aggregates:
            self._aggregates(plan, page, parent, column)
        elif "total" in plan.wants:
            page.parts["total"] = self._total(plan, parent, column)

    def _aggregates(self, plan: PagePlan, page: PageSql, parent: Sql, column: str) -> None:
        """One look at the rows that match, for all aggregates and the total."""
        scope = Scope(plan.source, self._records_of.view, self._records_of.aliases)
        computed = [(each.column, aggregate(each, scope)) for each in plan.aggregates]
        alias = self._records_of.aliases.next()
        if "total" in plan.wants:
            computed.append(("total", sql("count(*)")))
            page.parts["total"] = ident(alias, "total")
        conditions = where(plan.where, scope, _of(parent, column, scope))
        page.beside.append(
            sql(
                "(select {columns}\nfrom {source}{where}) as {alias}",
                columns=selected(computed),
                source=scope.source_sql(),
                where=conditions,
                alias=ident(alias),
            )
        )
        page.aggregates = {
            each.column: shown(each, ident(alias, each.column), as_text=False)
            for each in plan.aggregates
        }

    def _total(self, plan: PagePlan, parent: Sql, column: str) -> Sql:
        if not plan.filtered and not parent and plan.where is not None:
            return sql(
                "(select coalesce(sum(delta), 0)::bigint from {totals} where object_id = {id})",
                totals=ident(plan.source.schema, "record_total"),
                id=sql("{id}::uuid", id=literal(plan.source.object.id)),
            )
        scope = Scope(plan.source, self._records_of.view, self._records_of.aliases)
        conditions = where(plan.where, scope, _of(parent, column, scope))
        return sql(
            "(select count(*) from {source}{where})", source=scope.source_sql(), where=conditions
        )

    def _behind(self, plan: PagePlan, parent: Sql, column: str) -> Sql:
        if not plan.cursor:
            if plan.backward or not plan.offset:
                return sql("false")
            scope = Scope(plan.source, self._records_of.view, self._records_of.aliases)
            conditions = where(plan.where, scope, _of(parent, column, scope))
            return sql(
                "exists (select from {source}{where})", source=scope.source_sql(), where=conditions
            )
        values = cursor_values(plan.order, plan.cursor)
        scope = Scope(plan.source, self._records_of.view, self._records_of.aliases)
        same = sql("{id} = {value}", id=scope.column(ID), value=values[-1])
        conditions = where(plan.where, scope, _of(parent, column, scope), same)
        # The cursor's own record comes first: it is nearly always there, and cheap to find.
        found = [sql("exists (select from {s}{w})", s=scope.source_sql(), w=conditions)]
        for index in range(len(self._ranges(plan, values, turned=not plan.backward))):
            scope = Scope(plan.source, self._records_of.view, self._records_of.aliases)
            parts = keys(plan.order, scope, turned=not plan.backward)
            within = ranges(parts, values)[index]
            conditions = where(plan.where, scope, _of(parent, column, scope), within.condition)
            found.append(sql("exists (select from {s}{w})", s=scope.source_sql(), w=conditions))
        return any_of(found)

    def _ranges(self, plan: PagePlan, values: Sequence[Sql], *, turned: bool) -> list[Range]:
        scope = Scope(plan.source, self._records_of.view, Aliases())
        return ranges(keys(plan.order, scope, turned=turned), values)

    def _rows(self, plan: PagePlan, limit: int, parent: Sql, column: str) -> _Rows:
        """The rows of a page with their columns, in the order in which they are read."""
        values = cursor_values(plan.order, plan.cursor)
        count = len(self._ranges(plan, values, turned=plan.backward))
        needs_keys = count > 1 or plan.backward
        window = sql(
            "limit {limit}{offset}",
            limit=number(limit + (plan.offset if count > 1 else 0)),
            offset=sql(" offset {n}", n=number(plan.offset))
            if plan.offset and count == 1
            else Sql(),
        )
        selects = [
            self._range(plan, index, values, window, parent, column, needs_keys=needs_keys)
            for index in range(count)
        ]
        forward, backward = _outer_order(plan)
        if count == 1:
            return _Rows(selects[0], forward)
        text = sql(
            "select * from ({selects}) as u\norder by {order} limit {limit}{offset}",
            selects=join("\nunion all\n", (sql("({s})", s=s) for s in selects)),
            order=backward if plan.backward else forward,
            limit=number(limit),
            offset=sql(" offset {n}", n=number(plan.offset)) if plan.offset else Sql(),
        )
        return _Rows(text, forward)

    def _range(
        self,
        plan: PagePlan,
        index: int,
        values: Sequence[Sql],
        window: Sql,
        parent: Sql,
        column: str,
        *,
        needs_keys: bool,
    ) -> Sql:
        scope = Scope(plan.source, self._records_of.view, self._records_of.aliases)
        parts = keys(plan.order, scope, turned=plan.backward)
        within = ranges(parts, values)[index]
        conditions = where(plan.where, scope, _of(parent, column, scope), within.condition)
        columns = self.columns(plan, scope)
        if needs_keys:
            columns += (
                sql("{v} as {n}", v=part.expression, n=ident(_key(position)))
                for position, part in enumerate(parts)
            )
        return sql(
            "select {columns}\nfrom {source}{where}\norder by {order} {window}",
            columns=join(", ", columns),
            source=scope.source_sql(),
            where=conditions,
            order=order_by(within.keys),
            window=window,
        )

    def columns(self, plan: PagePlan, scope: Scope) -> list[Sql]:
        """What a page takes of its rows: what is shown, and what cursors are made of."""
        found = [scope.column(name) for name in self._own_columns(plan)]
        for position, item in enumerate(plan.order):
            if item.hops:
                (value,) = scope.columns((item.column,), item.hops)
                found.append(sql("{v} as {n}", v=value, n=ident(_hop_column(position))))
        return found

    def _own_columns(self, plan: PagePlan) -> list[str]:
        names = self._records_of.columns(plan.record)
        with_cursor = plan.wants & {"start", "end"} or any(
            item.part == "cursor" for item in plan.edge
        )
        if with_cursor:
            names.update(item.column for item in plan.order if not item.hops)
        return sorted(names)


@dataclass(frozen=True, slots=True)
class _Rows:
    text: Sql
    forward: Sql  # the order of the answer, over the columns of `text`


def _gathered(column: Sql, item: OrderPlan) -> Sql:
    """The values of an order key as one array.

    Arrays in an array must have equal lengths, so those are texts meanwhile.
    """
    if _is_array(item):
        return sql("array_agg({column}::text)", column=column)
    return sql("array_agg({column})", column=column)


def _picked(gathered: Sql, place: Sql, item: OrderPlan) -> Sql:
    if _is_array(item):
        return sql("{keys}[{place}]::text[]", keys=gathered, place=place)
    return sql("{keys}[{place}]", keys=gathered, place=place)


def _is_array(item: OrderPlan) -> bool:
    return item.type.columns()[0].pg_type.endswith("[]")


def _of(parent: Sql, column: str, scope: Scope) -> Sql:
    """`join = parent`, for the rows of a related list."""
    if not parent:
        return Sql()
    return sql("{join} = {parent}", join=scope.column(column), parent=parent)


def _hop_column(position: int) -> str:
    return f"#{position + 1}"  # no field can have such a name


def _key(position: int) -> str:
    return f"##{position + 1}"


def _order_columns(plan: PagePlan) -> list[str]:
    return [
        _hop_column(position) if item.hops else item.column
        for position, item in enumerate(plan.order)
    ]


def _outer_order(plan: PagePlan) -> tuple[Sql, Sql]:
    """The order over a page's own columns, and the same turned round."""
    forward: list[Sql] = []
    backward: list[Sql] = []
    for position, item in enumerate(plan.order):
        for into, turned in ((forward, False), (backward, True)):
            nulls = Sql()
            if item.nullable:
                first = item.nulls_first != turned
                nulls = sql(" nulls first") if first else sql(" nulls last")
            direction = sql(" desc") if item.descending != turned else Sql()
            into.append(sql("{k}{d}{n}", k=ident(_key(position)), d=direction, n=nulls))
    return join(", ", forward), join(", ", backward)
