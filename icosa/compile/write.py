"""Writes: one statement that changes records and answers with them.

    with input as (select * from json_to_recordset($1::json) as x("#" int, "id" uuid, …)),
    written as (insert into "w_1"."company" (…) select … from input returning …)
    select string_agg(row_to_json(r.*)::text, $2) from (select … from written …) as r

What is written comes as one JSON value, whatever the number of records: neither its length
nor its content is in the text. `now()` is the clock of a statement, so all rows and columns
that it writes agree. Sub-selects of the answer see the database as it was before the
statement; so a selection that leaves the written records is read by a second statement
but for `destroy`, which shows what it removed.
"""

from __future__ import annotations

from typing import Final

from icosa.catalog.view import View
from icosa.compile.condition import where
from icosa.compile.input import (
    ORDINAL,
    RANK,
    batch_json,
    definitions,
    ordinal,
    read_input,
    read_rows,
)
from icosa.compile.json import text_parameter
from icosa.compile.read import Reader
from icosa.compile.scope import DELETED, ID, Scope, table
from icosa.compile.upsert import NOT_FOUND, UPDATED, upsert_ctes
from icosa.core.sql import EMPTY, Sql, ident, join, literal, number, param, sql
from icosa.plan.tree import RecordPlan, WritePlan

POSITION: Final = "position"


class Writer:
    def __init__(self, view: View) -> None:
        self.view = view
        self.reader = Reader(view)

    def write(self, plan: WritePlan) -> Sql:
        ctes: list[Sql] = []
        if plan.upsert is not None:
            ctes.append(read_rows(plan, self.reader.aliases))
            insert = self._insert(plan, only=NOT_FOUND)
            names = sorted(self.reader.columns(plan.record))
            ctes += upsert_ctes(plan, plan.upsert, insert, names)
        elif plan.kind == "create":
            ctes.append(read_rows(plan, self.reader.aliases))
            ctes.append(sql("written as ({w})", w=self._insert(plan)))
        else:
            ctes.append(sql("written as ({w})", w=self._change(plan, ctes)))
        ctes += self._cascades(plan)
        return sql("with {ctes}\n{answer}", ctes=join(",\n", ctes), answer=self._answer(plan))

    def by_ids(self, record: RecordPlan, *, ids: int, separator: int) -> Sql:
        """`records`, in the order of the ids."""
        alias = self.reader.aliases.next()
        source = sql(
            "unnest({ids}) with ordinality as i (id, n)\njoin {table} as {t} on {id} = i.id",
            ids=param(ids, text_parameter, "uuid[]"),
            table=table(record.source),
            t=ident(alias),
            id=ident(alias, ID),
        )
        return self._records(record, alias, source, sql("\norder by i.n"), separator)

    # -- create ------------------------------------------------------------------------

    # -- create ------------------------------------------------------------------------

    def _insert(self, plan: WritePlan, *, only: Sql = EMPTY) -> Sql:
        values = [
            self._position(plan) if name == POSITION and plan.positions else ident("input", name)
            for name, _ in (*plan.columns, *plan.shared)
        ]
        return sql(
            "insert into {table} ({names})\nselect {values}\nfrom input{only} order by {ordinal}\n"
            "returning {returning}",
            table=table(plan.source),
            names=join(", ", (ident(name) for name, _ in (*plan.columns, *plan.shared))),
            values=join(", ", values),
            only=only,
            ordinal=ordinal(),
            returning=self._returning(plan, ()),
        )

    def _position(self, plan: WritePlan) -> Sql:
        """First: under the least there is, and in the batch; last: over the greatest (A6)."""
        given = ident("input", POSITION)
        if plan.positions == "number":
            return given
        rank = ident("input", RANK)
        first = sql("{edge} + {rank}", edge=self._edge(plan, last=False), rank=rank)
        if plan.positions == "first":
            return first
        last = sql("{edge} + {rank}", edge=self._edge(plan, last=True), rank=rank)
        return sql(
            "case when {rank} is null then {given} when {rank} < 0 then {first} else {last} end",
            rank=rank,
            given=given,
            first=first,
            last=last,
        )

    def _edge(self, plan: WritePlan, *, last: bool) -> Sql:
        stored = sql(
            "(select {p} from {table} where {deleted} is null order by {p}{direction} limit 1)",
            p=ident(POSITION),
            table=table(plan.source),
            deleted=ident(DELETED),
            direction=sql(" desc") if last else Sql(),
        )
        if plan.positions in ("first", "last"):
            return sql("coalesce({stored}, 1)", stored=stored)
        batch = (
            sql("(select max({p}) from input)", p=ident(POSITION))
            if last
            else sql("(select min({p}) from input)", p=ident(POSITION))
        )
        both = (
            sql("greatest({a}, {b})", a=stored, b=batch)
            if last
            else sql("least({a}, {b})", a=stored, b=batch)
        )
        return sql("coalesce({both}, 1)", both=both)

    # -- change ------------------------------------------------------------------------

    def _change(self, plan: WritePlan, ctes: list[Sql]) -> Sql:
        scope = Scope(plan.source, self.view, self.reader.aliases)
        conditions = where(plan.where, scope)
        joined = scope.source_sql()
        simple = joined == sql("{t} as {a}", t=table(plan.source), a=ident(scope.alias))
        if not simple or plan.count_max is not None:
            ctes.append(self._targets(scope, joined, conditions))
            conditions = sql("\nwhere {id} in (select id from targets)", id=scope.column(ID))
        if plan.count_max is not None:
            ctes.append(_bounded(plan.count_max))
            conditions = sql("{c} and (select ok from bounded)", c=conditions)
        target = sql("{table} as {alias}", table=table(plan.source), alias=ident(scope.alias))
        returning = self._returning(plan, (scope.alias,))
        if plan.kind == "destroy":
            return sql("delete from {t}{w}\nreturning {r}", t=target, w=conditions, r=returning)
        sets, source = self._sets(plan, ctes)
        return sql(
            "update {t} set {sets}{source}{w}\nreturning {r}",
            t=target,
            sets=join(", ", sets),
            source=source,
            w=conditions,
            r=returning,
        )

    def _targets(self, scope: Scope, joined: Sql, conditions: Sql) -> Sql:
        return sql(
            "targets as (select {id} as id from {source}{where}\nfor update of {alias})",
            id=scope.column(ID),
            source=joined,
            where=conditions,
            alias=ident(scope.alias),
        )

    def _sets(self, plan: WritePlan, ctes: list[Sql]) -> tuple[list[Sql], Sql]:
        if plan.kind == "delete":
            return [_now(DELETED), _now(UPDATED)], Sql()
        if plan.kind == "restore":
            return [sql("{d} = null", d=ident(DELETED)), _now(UPDATED)], Sql()
        sets = [
            sql("{c} = {v}", c=ident(name), v=self._moved(plan, name)) for name, _ in plan.columns
        ]
        if UPDATED not in {name for name, _ in plan.columns}:
            sets.append(_now(UPDATED))
        columns = list(plan.columns)
        if plan.positions in ("first", "last"):
            columns = [(name, kind) for name, kind in columns if name != POSITION]
        if not columns:
            return sets, Sql()
        row = sql("json_to_record({row})", row=param(plan.slot, batch_json, "json"))
        if plan.connects:
            ctes.append(read_input(plan, columns, row, self.reader.aliases))
            return sets, sql("\nfrom input")
        return sets, sql("\nfrom {row} as input ({columns})", row=row, columns=definitions(columns))

    def _moved(self, plan: WritePlan, name: str) -> Sql:
        """The new value of a column; `"first"` and `"last"` are looked up."""
        if name != POSITION or plan.positions not in ("first", "last"):
            return ident("input", name)
        edge = self._edge(plan, last=plan.positions == "last")
        if plan.positions == "last":
            return sql("{edge} + 1", edge=edge)
        return sql("{edge} - 1", edge=edge)

    def _cascades(self, plan: WritePlan) -> list[Sql]:
        """Children that are soft-deleted and restored along with their parent (A6)."""
        if plan.kind not in ("delete", "restore"):
            return []
        value = sql("now()") if plan.kind == "delete" else sql("null")
        return [
            sql(
                "cascade_{n} as (update {table} set {deleted} = {value}, {updated} = now()"
                " where {join} in (select {id} from written))",
                n=number(index + 1),
                table=table(child),
                deleted=ident(DELETED),
                value=value,
                updated=ident(UPDATED),
                join=ident(column),
                id=ident(ID),
            )
            for index, (child, column) in enumerate(plan.cascades)
        ]

    # -- the answer --------------------------------------------------------------------

    def _returning(self, plan: WritePlan, alias: tuple[str, ...]) -> Sql:
        names = sorted(self.reader.columns(plan.record))
        return join(", ", (ident(*alias, name) for name in names))

    def _answer(self, plan: WritePlan) -> Sql:
        count = EMPTY
        if plan.upsert is not None:
            count = sql(", (select count(*) from written) as count")
        if plan.record is None:
            order, source = ident("written", ID), sql("written")
            if plan.upsert is not None:
                order = sql("n")
            elif plan.kind == "create":
                order = ordinal()
                source = sql("written join input on {i} = written.id", i=ident("input", ID))
            return sql(
                "select array_agg({id} order by {order}) as ids{count} from {source}",
                id=ident("written", ID),
                order=order,
                count=count,
                source=source,
            )
        alias = self.reader.aliases.next()
        source = sql("written as {alias}", alias=ident(alias))
        rest = EMPTY
        if plan.one:
            pass
        elif plan.upsert is not None:
            rest = sql("\norder by n")
        elif plan.kind == "create":
            source = sql(
                "{written} join input on {input_id} = {id}",
                written=source,
                input_id=ident("input", ID),
                id=ident(alias, ID),
            )
            rest = sql("\norder by {ordinal}", ordinal=ident("input", ORDINAL))
        else:
            rest = sql("\norder by {id}", id=ident(alias, ID))
        return self._records(plan.record, alias, source, rest, plan.separator, count)

    def _records(
        self,
        record: RecordPlan,
        alias: str,
        source: Sql,
        rest: Sql,
        separator: int,
        count: Sql = EMPTY,
    ) -> Sql:
        row, rows = self.reader.rows_of(record, alias, source, rest)
        return sql(
            "select string_agg({row}::text, {separator})::varchar as records{count}\nfrom {rows}",
            count=count,
            row=row,
            separator=param(separator, text_parameter, "text"),
            rows=rows,
        )


def _bounded(count_max: int) -> Sql:
    """`bounded`: fails when `targets` are too many, before anything is changed."""
    return sql(
        "bounded as (select case when count(*) > {max}"
        " then icosa.refuse('TOO_MANY_RECORDS', {text}) else true end as ok from targets)",
        max=number(count_max),
        text=literal(str(count_max)),
    )


def _now(name: str) -> Sql:
    return sql("{c} = now()", c=ident(name))
