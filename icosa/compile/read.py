"""Reads: the JSON of records, and pages of them.

`row_to_json` over a sub-select is the cheapest way to a JSON object that PostgreSQL has,
and it keeps the caller's order of keys (ADR 4). A page is cut in the innermost sub-select,
which takes only the columns that are shown; related records are correlated scalar
sub-selects over the rows that are left.

    select string_agg(row_to_json(r)::text, $1)::varchar
    from (select t1."id" as "id", … from (select t1."id", … from "w_1"."company" as t1
          where … order by … limit 20) as t1) as r

When more than the records is asked for (is there a next page, its cursors), the rows are a
CTE `page` with one row more than the page. Nothing that is not asked for is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, assert_never

from icosa.catalog.view import View
from icosa.compile.condition import where
from icosa.compile.ranges import cursor_pairs, cursor_values, keys, order_by, ranges
from icosa.compile.scope import DELETED, ID, Aliases, Scope, table
from icosa.core.sql import (
    IDENTIFIER_BYTES_MAX,
    Sql,
    any_of,
    ident,
    join,
    literal,
    number,
    param,
    sql,
)
from icosa.fields.composite import Composite
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
    RecordPlan,
    Value,
)

Pairs = Sequence[tuple[str, Sql]]

NO_CURSORS: Final = frozenset({"start", "end", "next", "previous"})


def text_parameter(value: object) -> object:
    """A text that is ours, such as the separator between two records."""
    return value


def json_object(pairs: Pairs, source: Sql) -> Sql:
    """A JSON object of `pairs`, for each row of `source` (a FROM clause, or nothing)."""
    if all(len(key.encode()) <= IDENTIFIER_BYTES_MAX for key, _ in pairs):
        return sql(
            "(select row_to_json(r.*) from (select {columns}{source}) as r)",
            columns=selected(pairs),
            source=source,
        )
    # a key longer than a PostgreSQL name: `companyId` of a field with a name of 63 letters
    members = (
        sql(
            "{key} || coalesce(to_json({value})::text, 'null')",
            key=literal(f'"{key}":'),
            value=value,
        )
        for key, value in pairs
    )
    return sql(
        "(select ('{' || {members} || '}')::json{source})",
        members=join(" || ',' || ", members),
        source=source,
    )


def selected(pairs: Pairs) -> Sql:
    """`value as "key", …`, one a line."""
    return join(
        ",\n  ", (sql("{value} as {key}", value=value, key=ident(key)) for key, value in pairs)
    )


def rows_of_pairs(pairs: Pairs, source: Sql) -> tuple[Sql, Sql]:
    """(one row's JSON, the FROM that gives it), for an aggregate over the rows of `source`."""
    if all(len(key.encode()) <= IDENTIFIER_BYTES_MAX for key, _ in pairs):
        rows = sql(
            "(select\n  {columns}\nfrom {source}) as r", columns=selected(pairs), source=source
        )
        return sql("row_to_json(r.*)"), rows
    return json_object(pairs, Sql()), source


@dataclass(slots=True)
class PageSql:
    """The parts of a page, each an expression over `ctes`; those not asked for are empty."""

    ctes: Sql = field(default_factory=Sql)
    row: Sql = field(default_factory=Sql)  # the JSON of one record or edge
    rows: Sql = field(default_factory=Sql)  # the FROM that gives them
    parts: dict[str, Sql] = field(default_factory=dict)  # total, next, previous, start, end


class Reader:
    """Compiles the reads of one statement; its aliases are the statement's."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.aliases = Aliases()

    # -- roots -------------------------------------------------------------------------

    def first(self, plan: FirstPlan) -> Sql:
        """`record`: the first record's JSON, or null."""
        inner, alias = self._first_rows(plan)
        body = self.record(plan.record, alias, sql("\nfrom {inner}", inner=inner))
        return sql("select {body}::text::varchar as record", body=body)

    def page(self, plan: PagePlan) -> Sql:
        """One row: `records` without brackets, then what else was asked for."""
        page = self._page(plan, Sql())
        columns: list[Sql] = []
        if plan.record is not None or plan.edge:
            separator = param(plan.separator, text_parameter, "text")
            columns.append(
                sql(
                    "(select string_agg({row}::text, {separator})\nfrom {rows})::varchar"
                    " as records",
                    row=page.row,
                    separator=separator,
                    rows=page.rows,
                )
            )
        columns += (
            sql("{value} as {name}", value=value, name=ident(name))
            for name, value in page.parts.items()
        )
        return sql(
            "{ctes}select {columns}",
            ctes=page.ctes,
            columns=join(",\n", columns) if columns else sql("null as nothing"),
        )

    def _first_rows(self, plan: FirstPlan) -> tuple[Sql, str]:
        scope = Scope(plan.source, self.view, self.aliases)
        conditions = where(plan.where, scope)
        inner = sql(
            "(select {columns} from {source}{where}\norder by {id} limit 1) as {alias}",
            columns=join(", ", map(scope.column, sorted(self.columns(plan.record)))),
            source=scope.source_sql(),
            where=conditions,
            id=scope.column(ID),
            alias=ident(scope.alias),
        )
        return inner, scope.alias

    # -- records -----------------------------------------------------------------------

    def record(self, record: RecordPlan, alias: str, source: Sql) -> Sql:
        """The JSON object of each row of `source`, a FROM clause over `alias`."""
        return json_object(self.pairs(record, alias), source)

    def pairs(self, record: RecordPlan, alias: str) -> list[tuple[str, Sql]]:
        return [(output.key, self._output(output, alias)) for output in record.outputs]

    def rows_of(self, record: RecordPlan, alias: str, source: Sql) -> tuple[Sql, Sql]:
        """(one record's JSON, the FROM that gives it), over the rows of `source`."""
        return rows_of_pairs(self.pairs(record, alias), source)

    def columns(self, record: RecordPlan | None) -> set[str]:
        """The physical columns that a record's JSON is made of."""
        names = {ID}
        for output in () if record is None else record.outputs:
            match output:
                case Value(member=member) | LiveId(member=member):
                    names.update(member.field.columns)
                case One(member=one):
                    names.add(one.column)
                case Many() | Constant() | Nothing():
                    pass
                case _:
                    assert_never(output)
        return names

    def _output(self, output: Output, alias: str) -> Sql:
        match output:
            case Value(member=member, parts=parts):
                columns = tuple(ident(alias, name) for name in member.field.columns)
                if parts is None:
                    return member.type.output(columns)
                assert isinstance(member.type, Composite)
                return _members(member.type, parts, columns)
            case LiveId(member=member, target=target):
                inner = self.aliases.next()
                return sql(
                    "(select {id} from {table} as {x} where {id} = {join} and {deleted} is null)",
                    table=table(target),
                    x=ident(inner),
                    id=ident(inner, ID),
                    join=ident(alias, member.field.columns[0]),
                    deleted=ident(inner, DELETED),
                )
            case Constant(text=text):
                return sql("{text}::text", text=literal(text))
            case Nothing():
                return sql("null::json")
            case One(member=member, record=record):
                inner = self.aliases.next()
                source = sql(
                    "\n  from {table} as {alias} where {id} = {join} and {deleted} is null",
                    table=table(record.source),
                    alias=ident(inner),
                    id=ident(inner, ID),
                    join=ident(alias, member.column),
                    deleted=ident(inner, DELETED),
                )
                return self.record(record, inner, source)
            case Many(member=member, page=page):
                return self._related(page, ident(alias, ID), member.column)
            case _:
                assert_never(output)

    # -- pages -------------------------------------------------------------------------

    def _related(self, plan: PagePlan, parent: Sql, column: str) -> Sql:
        """A related list: a connection as `plan.layout` has it, or a bare array."""
        page = self._page(plan, parent, column)
        array = sql("'[]'::json")
        if page.rows:
            array = sql(
                "(select coalesce(json_agg({row}), '[]'::json) from {rows})",
                row=page.row,
                rows=page.rows,
            )
        if plan.layout is None:
            return array
        parts = page.parts | {"edges": array}
        return sql(
            "({ctes}select row_to_json(c.*) from (select {parts}) as c)",
            ctes=page.ctes,
            parts=selected(_layout(plan.layout, parts)),
        )

    def _page(self, plan: PagePlan, parent: Sql, column: str = "") -> PageSql:
        needs_page = plan.wants & {"start", "end"} or (plan.record is not None and plan.backward)
        extra = "previous" if plan.backward else "next"
        needs_page = needs_page or extra in plan.wants
        page = PageSql()
        limit = plan.limit + (1 if extra in plan.wants else 0)
        rows = self._rows(plan, limit, parent, column)
        if not needs_page:
            if plan.record is not None or plan.edge:
                self._records(plan, page, sql("({rows})", rows=rows.text))
        else:
            name = f"page_{self.aliases.next()}"
            page.ctes = sql("with {name} as ({rows})\n", name=ident(name), rows=rows.text)
            cut = sql(
                "(select * from {page} limit {limit})", page=ident(name), limit=number(plan.limit)
            )
            if plan.backward:
                cut = sql(
                    "(select * from {cut} as b order by {order})", cut=cut, order=rows.forward
                )
            if plan.record is not None or plan.edge:
                self._records(plan, page, cut)
            self._ends(plan, page, ident(name), extra)
        self._beside(plan, page, parent, column)
        return page

    def _records(self, plan: PagePlan, page: PageSql, cut: Sql) -> None:
        alias = self.aliases.next()
        source = sql("{cut} as {alias}", cut=cut, alias=ident(alias))
        node = [] if plan.record is None else self.pairs(plan.record, alias)
        if plan.layout is None or (plan.bare and plan.separator >= 0):
            page.row, page.rows = rows_of_pairs(node, source)
            return
        pairs = [(item.key, self._edge(item, plan, node, alias)) for item in plan.edge]
        page.row, page.rows = rows_of_pairs(pairs, source)

    def _edge(self, item: EdgeItem, plan: PagePlan, node: Pairs, alias: str) -> Sql:
        match item.part:
            case "node":
                return json_object(node, Sql())
            case "cursor":
                return sql(
                    "translate(encode(convert_to({keys}::text, 'UTF8'), 'base64'), E'\\n', '')",
                    keys=self._cursor(plan, alias),
                )
            case "typename":
                return sql("{text}::text", text=literal(item.text))
            case "null":
                return sql("null::json")

    def _cursor(self, plan: PagePlan, alias: str) -> Sql:
        columns = [ident(alias, name) for name in _order_columns(plan)]
        return json_object(cursor_pairs(plan.order, columns), Sql())

    def _ends(self, plan: PagePlan, page: PageSql, name: Sql, extra: str) -> None:
        size = number(plan.limit)
        if extra in plan.wants:
            page.parts[extra] = sql("(select count(*) > {size} from {page})", size=size, page=name)
        near, far = ("end", "start") if plan.backward else ("start", "end")
        for part, offset in (
            (near, sql("0")),
            (
                far,
                sql(
                    "(select greatest(least(count(*), {size}) - 1, 0) from {page})",
                    size=size,
                    page=name,
                ),
            ),
        ):
            if part not in plan.wants:
                continue
            if plan.limit == 0:
                page.parts[part] = sql("null::json")
                continue
            alias = self.aliases.next()
            page.parts[part] = sql(
                "(select {keys} from (select * from {page} offset {offset} limit 1) as {alias})",
                keys=self._cursor(plan, alias),
                page=name,
                offset=offset,
                alias=ident(alias),
            )

    def _beside(self, plan: PagePlan, page: PageSql, parent: Sql, column: str) -> None:
        """The total, and whether there is anything on the other side of the cursor."""
        behind = "next" if plan.backward else "previous"
        if behind in plan.wants:
            page.parts[behind] = self._behind(plan, parent, column)
        if "total" in plan.wants:
            page.parts["total"] = self._total(plan, parent, column)

    def _total(self, plan: PagePlan, parent: Sql, column: str) -> Sql:
        if not plan.filtered and not parent and plan.where is not None:
            return sql(
                "(select coalesce(sum(delta), 0)::bigint from {totals} where object_id = {id})",
                totals=ident(plan.source.schema, "record_total"),
                id=sql("{id}::uuid", id=literal(plan.source.object.id)),
            )
        scope = Scope(plan.source, self.view, self.aliases)
        conditions = where(plan.where, scope, _of(parent, column, scope))
        return sql(
            "(select count(*) from {source}{where})", source=scope.source_sql(), where=conditions
        )

    def _behind(self, plan: PagePlan, parent: Sql, column: str) -> Sql:
        if not plan.cursor:
            if plan.backward or not plan.offset:
                return sql("false")
            scope = Scope(plan.source, self.view, self.aliases)
            conditions = where(plan.where, scope, _of(parent, column, scope))
            return sql(
                "exists (select from {source}{where})", source=scope.source_sql(), where=conditions
            )
        values = cursor_values(plan.order, plan.cursor)
        found: list[Sql] = []
        for index in range(len(self._ranges(plan, values, turned=not plan.backward))):
            scope = Scope(plan.source, self.view, self.aliases)
            parts = keys(plan.order, scope, turned=not plan.backward)
            conditions = where(
                plan.where, scope, _of(parent, column, scope), ranges(parts, values)[index]
            )
            found.append(sql("exists (select from {s}{w})", s=scope.source_sql(), w=conditions))
        scope = Scope(plan.source, self.view, self.aliases)
        same = sql("{id} = {value}", id=scope.column(ID), value=values[-1])
        conditions = where(plan.where, scope, _of(parent, column, scope), same)
        found.append(sql("exists (select from {s}{w})", s=scope.source_sql(), w=conditions))
        return any_of(found)

    def _ranges(self, plan: PagePlan, values: Sequence[Sql], *, turned: bool) -> list[Sql]:
        scope = Scope(plan.source, self.view, Aliases())
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
        scope = Scope(plan.source, self.view, self.aliases)
        parts = keys(plan.order, scope, turned=plan.backward)
        conditions = where(
            plan.where, scope, _of(parent, column, scope), ranges(parts, values)[index]
        )
        columns = [scope.column(name) for name in self._page_columns(plan)]
        for position, item in enumerate(plan.order):
            if item.hops:
                (value,) = scope.columns((item.column,), item.hops)
                columns.append(sql("{v} as {n}", v=value, n=ident(_hop_column(position))))
            if needs_keys:
                columns.append(
                    sql("{v} as {n}", v=parts[position].expression, n=ident(_key(position)))
                )
        return sql(
            "select {columns}\nfrom {source}{where}\norder by {order} {window}",
            columns=join(", ", columns),
            source=scope.source_sql(),
            where=conditions,
            order=order_by(parts),
            window=window,
        )

    def _page_columns(self, plan: PagePlan) -> list[str]:
        names = self.columns(plan.record)
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


def _layout(layout: Sequence[LayoutItem], parts: dict[str, Sql]) -> list[tuple[str, Sql]]:
    pairs: list[tuple[str, Sql]] = []
    for item in layout:
        match item.part:
            case "pageInfo":
                inner = selected(_layout(item.of, parts))
                value = sql("(select row_to_json(i.*) from (select {inner}) as i)", inner=inner)
            case "start" | "end" as part:
                value = sql(
                    "translate(encode(convert_to({keys}::text, 'UTF8'), 'base64'), E'\\n', '')",
                    keys=parts[part],
                )
            case "typename":
                value = sql("{text}::text", text=literal(item.text))
            case "null":
                value = sql("null::json")
            case part:
                value = parts[part]
        pairs.append((item.key, value))
    return pairs


def _members(
    composite: Composite, parts: tuple[tuple[str, str], ...], columns: tuple[Sql, ...]
) -> Sql:
    """The members selected of a composite; an unknown one is null."""
    members = composite.members()
    if all(name in members for _, name in parts):
        return composite.output_members(parts, columns)
    values = composite.member_outputs(columns)
    pairs: list[tuple[str, Sql]] = []
    for key, name in parts:
        if name == "__typename":
            pairs.append((key, sql("{text}::text", text=literal(composite.type_name))))
        else:
            pairs.append((key, values.get(name, sql("null::json"))))
    return json_object(pairs, Sql())
