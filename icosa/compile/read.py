"""Reads: the JSON of records, and of pages of them.

Related records are correlated scalar sub-selects over the rows that a page's limit has
left (`page`).

    select string_agg(row_to_json(r)::text, $1)::varchar
    from (select t1."id" as "id", … from (select t1."id", … from "w_1"."company" as t1
          where … order by … limit 20) as t1) as r
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from icosa.catalog.view import View
from icosa.compile.condition import where
from icosa.compile.json import Pairs, Shown, beside, json_object, rows_of, text_parameter
from icosa.compile.page import Pages
from icosa.compile.scope import DELETED, ID, Aliases, Scope, table
from icosa.core.sql import EMPTY, IDENTIFIER_BYTES_MAX, Sql, ident, join, literal, param, sql
from icosa.fields.composite import Composite
from icosa.plan.tree import (
    Constant,
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


class Reader:
    """Compiles the reads of one statement; its aliases are the statement's."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.aliases = Aliases()
        self.pages = Pages(self)

    # -- roots -------------------------------------------------------------------------

    def first(self, plan: FirstPlan) -> Sql:
        """`record`: the first record's JSON, or null."""
        inner, alias = self._first_rows(plan)
        body = self.record(plan.record, alias, inner)
        return sql("select {body}::text::varchar as record", body=body)

    def page(self, plan: PagePlan) -> Sql:
        """One row: `records` without brackets, then what else was asked for."""
        page = self.pages.page(plan, Sql())
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
        columns += (
            sql("to_json({value}) as {name}", value=value, name=ident(name))
            for name, value in page.aggregates.items()
        )
        return sql(
            "{ctes}select {columns}{beside}",
            ctes=page.ctes,
            columns=join(",\n", columns) if columns else sql("null as nothing"),
            beside=sql("\nfrom {items}", items=join(",\n", page.beside)) if page.beside else EMPTY,
        )

    def _first_rows(self, plan: FirstPlan) -> tuple[Sql, str]:
        scope = Scope(plan.source, self.view, self.aliases)
        conditions = where(plan.where, scope)
        inner = sql(
            "(select {columns} from {source}{where}{first}) as {alias}",
            columns=join(", ", map(scope.column, sorted(self.columns(plan.record)))),
            source=scope.source_sql(),
            where=conditions,
            first=EMPTY if plan.by_id else sql("\norder by {id} limit 1", id=scope.column(ID)),
            alias=ident(scope.alias),
        )
        return inner, scope.alias

    # -- records -----------------------------------------------------------------------

    def record(self, record: RecordPlan, alias: str, source: Sql, rest: Sql = EMPTY) -> Sql:
        """The JSON object of each row of `source`, a FROM item called `alias`."""
        return json_object(self.shown(record, alias), source, rest)

    def shown(self, record: RecordPlan, alias: str) -> Shown:
        rows: list[Sql] = []
        pairs = [(output.key, self._output(output, alias, rows)) for output in record.outputs]
        return Shown(pairs, tuple(rows))

    def rows_of(
        self, record: RecordPlan, alias: str, source: Sql, rest: Sql = EMPTY
    ) -> tuple[Sql, Sql]:
        """(one record's JSON, the FROM that gives it), over the rows of `source`."""
        return rows_of(self.shown(record, alias), source, rest)

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

    def _output(self, output: Output, alias: str, rows: list[Sql]) -> Sql:
        """A value over `alias`; composites are put into `rows`, and named here."""
        match output:
            case Value(member=member, parts=parts):
                columns = tuple(ident(alias, name) for name in member.field.columns)
                if not isinstance(member.type, Composite):
                    return member.type.output(columns)
                members = _members(member.type, parts, columns)
                if any(len(key.encode()) > IDENTIFIER_BYTES_MAX for key, _ in members):
                    return json_object(Shown(members))
                inner = f"{self.aliases.next()}#"  # no column can have such a name
                rows.append(beside(members, inner))
                return ident(inner)
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
                source = sql("{t} as {alias}", t=table(record.source), alias=ident(inner))
                rest = sql(
                    "\n  where {id} = {join} and {deleted} is null",
                    id=ident(inner, ID),
                    join=ident(alias, member.column),
                    deleted=ident(inner, DELETED),
                )
                return self.record(record, inner, source, rest)
            case Many(member=member, page=page):
                return self.related(page, ident(alias, ID), member.column)
            case _:
                assert_never(output)

    # -- pages -------------------------------------------------------------------------

    def related(self, plan: PagePlan, parent: Sql, column: str) -> Sql:
        """A related list: a connection as `plan.layout` has it, or a bare array."""
        page = self.pages.page(plan, parent, column)
        array = sql("'[]'::json")
        if page.rows:
            array = sql(
                "(select coalesce(json_agg({row}), '[]'::json) from {rows})",
                row=page.row,
                rows=page.rows,
            )
        if plan.layout is None:
            return array
        parts = page.parts | page.aggregates | {"edges": array}
        connection = json_object(Shown(_layout(plan.layout, parts), tuple(page.beside)))
        return sql("({ctes}select {c})", ctes=page.ctes, c=connection) if page.ctes else connection


def _layout(layout: Sequence[LayoutItem], parts: dict[str, Sql]) -> list[tuple[str, Sql]]:
    pairs: list[tuple[str, Sql]] = []
    for item in layout:
        match item.part:
            case "pageInfo":
                value = json_object(Shown(_layout(item.of, parts)))
            case "start" | "end" as part:
                value = sql(
                    "translate(encode(convert_to({keys}::text, 'UTF8'), 'base64'), E'\\n', '')",
                    keys=parts[part],
                )
            case "typename":
                value = sql("{text}::text", text=literal(item.text))
            case "null":
                value = sql("null::json")
            case "aggregate":
                assert item.aggregate is not None
                value = parts[item.aggregate.column]
            case part:
                value = parts[part]
        pairs.append((item.key, value))
    return pairs


def _members(
    composite: Composite, parts: tuple[tuple[str, str], ...] | None, columns: tuple[Sql, ...]
) -> Pairs:
    """The members selected of a composite, or all; an unknown one is null."""
    if parts is None:
        parts = tuple((name, name) for name in composite.members())
    values = composite.member_outputs(columns)
    pairs: list[tuple[str, Sql]] = []
    for key, name in parts:
        if name == "__typename":
            pairs.append((key, sql("{text}::text", text=literal(composite.type_name))))
        else:
            pairs.append((key, values.get(name, sql("null::json"))))
    return pairs
