"""Writes: one statement that changes records and answers with them.

    with input as (select * from json_to_recordset($1::json) as x("#" int, "id" uuid, …)),
    written as (insert into "w_1"."company" (…) select … from input returning …)
    select count(*), string_agg(row_to_json(r.*)::text, $2) from …

What is written comes as one JSON value, whatever the number of records: neither its length
nor its content is in the text. `now()` is the clock of a statement, so all rows and columns
that it writes agree. Sub-selects of the answer see the database as it was before the
statement; so a selection that leaves the written records is read by a second statement
(amendments, 3), but for `destroy`, which shows what it removed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from icosa.catalog.view import ObjectView, View
from icosa.compile.condition import where
from icosa.compile.json import text_parameter
from icosa.compile.read import Reader
from icosa.compile.scope import DELETED, ID, Scope, table
from icosa.core.sql import EMPTY, Sql, ident, join, literal, number, param, sql
from icosa.plan.encode import Batch
from icosa.plan.tree import RecordPlan, WritePlan
from icosa.plan.upsert import GIVEN, GIVEN_ID
from icosa.request.ir import Connect, Upsert

ORDINAL: Final = "#"  # the place of a record in its batch
POSITION: Final = "position"
UPDATED: Final = "updatedAt"
UPDATED_BY: Final = "updatedBy"
RANK: Final = "#rank"  # places a record before (negative) or after (positive) all others


def batch_json(value: object) -> object:
    """A `Batch` as the one JSON value that a statement takes."""
    assert isinstance(value, Batch)
    return value.json()


def shared_json(value: object) -> object:
    """What all records of a `Batch` hold."""
    assert isinstance(value, Batch)
    return value.shared_json()


class Writer:
    def __init__(self, view: View) -> None:
        self.view = view
        self.reader = Reader(view)

    def write(self, plan: WritePlan) -> Sql:
        ctes: list[Sql] = []
        if plan.upsert is not None:
            ctes.append(self._input(plan))
            ctes += self._upsert(plan, plan.upsert)
        elif plan.kind == "create":
            ctes.append(self._input(plan))
            ctes.append(sql("written as ({w})", w=self._insert(plan)))
        else:
            ctes.append(sql("written as ({w})", w=self._change(plan, ctes)))
        ctes += self._cascades(plan)
        return sql("with {ctes}\n{answer}", ctes=join(",\n", ctes), answer=self._answer(plan))

    def by_ids(self, record: RecordPlan, *, ids: int, separator: int) -> Sql:
        """`records`, in the order of the ids."""
        alias = self.reader.aliases.next()
        source = sql(
            "unnest({ids}) with ordinality as i (id, n)\njoin {table} as {t} on {id} = i.id"
            "\norder by i.n",
            ids=param(ids, text_parameter, "uuid[]"),
            table=table(record.source),
            t=ident(alias),
            id=ident(alias, ID),
        )
        return self._records(record, alias, source, separator)

    # -- create ------------------------------------------------------------------------

    def _input(self, plan: WritePlan) -> Sql:
        """`input`: the records to create, in the caller's order."""
        columns = [(ORDINAL, "int"), *plan.columns]
        if plan.positions not in ("", "number"):
            columns.append((RANK, "float8"))
        if plan.upsert is not None:
            columns += ((GIVEN_ID, "uuid"), (GIVEN, "text[]"))
        rows = sql("json_to_recordset({rows})", rows=param(plan.slot, batch_json, "json"))
        shared = EMPTY
        if plan.shared:
            shared = sql(
                ", json_to_record({row}) as s ({columns})",
                row=param(plan.slot, shared_json, "json"),
                columns=_definitions(plan.shared),
            )
        return self._read_input(plan, columns, rows, shared)

    def _read_input(
        self,
        plan: WritePlan,
        columns: Sequence[tuple[str, str]],
        source: Sql,
        shared: Sql = EMPTY,
    ) -> Sql:
        """`input`, with the relations that a unique key names looked up."""
        keys = [
            (connect.value_name(place), pg_type)
            for connect in plan.connects
            for place, (_, pg_type) in enumerate(connect.key)
        ]
        connected = {connect.column: connect for connect in plan.connects}
        shown = sql("*")
        if connected:
            shown = join(
                ", ",
                (
                    self._connected(connected[name], plan.targets)
                    if name in connected
                    else ident("x", name)
                    for name, _ in columns
                ),
            )
            shown = sql("{shown}, s.*", shown=shown) if shared else shown
        return sql(
            "input as (select {shown} from {source} as x ({columns}){shared})",
            shown=shown,
            source=source,
            columns=_definitions([*columns, *keys]),
            shared=shared,
        )

    def _connected(self, connect: Connect, targets: Mapping[str, ObjectView]) -> Sql:
        """The id of the live record that has the key's values; refused when there is none."""
        target = targets[connect.relation]
        alias = self.reader.aliases.next()
        values = [ident("x", connect.value_name(place)) for place in range(len(connect.key))]
        tests = (
            sql("{c} = {v}", c=ident(alias, name), v=value)
            for (name, _), value in zip(connect.key, values, strict=True)
        )
        shown = (
            sql("{name} || {v}::text", name=literal(f"{name} = "), v=value)
            for (name, _), value in zip(connect.key, values, strict=True)
        )
        return sql(
            "case when {first} is null then {given} else coalesce((select {id} from {table} as"
            " {alias} where {tests} and {deleted} is null),"
            " icosa.refuse('CONNECT', {says} || {shown})::text::uuid) end as {column}",
            first=values[0],
            given=ident("x", connect.column),
            id=ident(alias, ID),
            table=table(target),
            alias=ident(alias),
            tests=join(" and ", tests),
            deleted=ident(alias, DELETED),
            says=literal(f"Expected 1 record to connect to {connect.relation}, but found 0 for "),
            shown=join(" || ' and ' || ", shown),
            column=ident(connect.column),
        )

    # -- upsert ------------------------------------------------------------------------

    def _upsert(self, plan: WritePlan, upsert: Upsert) -> list[Sql]:
        """`found`, `checked`, `changed`, `made`, `written`: one statement, whatever is there.

        A concurrent writer may still win: then a unique index refuses an insert, or a found
        record is gone and fewer come out than went in. Whoever runs the statement runs it
        again.
        """
        stored = table(plan.source)
        names = sorted(self.reader.columns(plan.record))
        found = join(
            "\nunion\n",
            (
                sql(
                    "select {n} as n, t.id from input join {table} as t on {tests}",
                    n=ident("input", ORDINAL),
                    table=stored,
                    tests=join(" and ", (_same(name) for name, _ in key)),
                )
                for key in upsert.keys
            ),
        )
        if not upsert.keys:
            found = sql("select null::int as n, null::uuid as id where false")
        insert = self._insert(plan, only=sql("{n} not in (select n from found)", n=_ordinal()))
        return [
            sql("found as ({found})", found=found),
            _CHECKED,
            sql(
                "changed as (update {table} as t set {sets}\n"
                "from input join found on found.n = {n}\n"
                "where t.id = found.id and (select ok from checked)\n"
                "returning {returning}, {n} as n)",
                table=stored,
                sets=join(", ", _upsert_sets(plan, upsert)),
                n=_ordinal(),
                returning=join(", ", (ident("t", name) for name in names)),
            ),
            sql("made as ({insert})", insert=insert),
            sql(
                "written as (select {names}, n from changed\nunion all\n"
                "select {made}, {n} from made join input on {id} = made.id)",
                names=join(", ", map(ident, names)),
                made=join(", ", (ident("made", name) for name in names)),
                n=_ordinal(),
                id=ident("input", ID),
            ),
        ]

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
            only=sql(" where {only} and (select ok from checked)", only=only) if only else only,
            ordinal=_ordinal(),
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
            ctes.append(self._read_input(plan, columns, row))
            return sets, sql("\nfrom input")
        return sets, sql(
            "\nfrom {row} as input ({columns})", row=row, columns=_definitions(columns)
        )

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
                order = _ordinal()
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
        if plan.one:
            pass
        elif plan.upsert is not None:
            source = sql("{written} order by n", written=source)
        elif plan.kind == "create":
            source = sql(
                "{written} join input on {input_id} = {id} order by {ordinal}",
                written=source,
                input_id=ident("input", ID),
                id=ident(alias, ID),
                ordinal=ident("input", ORDINAL),
            )
        else:
            source = sql("{written} order by {id}", written=source, id=ident(alias, ID))
        return self._records(plan.record, alias, source, plan.separator, count)

    def _records(
        self, record: RecordPlan, alias: str, source: Sql, separator: int, count: Sql = EMPTY
    ) -> Sql:
        row, rows = self.reader.rows_of(record, alias, source)
        return sql(
            "select string_agg({row}::text, {separator})::varchar as records{count}\nfrom {rows}",
            count=count,
            row=row,
            separator=param(separator, text_parameter, "text"),
            rows=rows,
        )


def _ordinal() -> Sql:
    return ident("input", ORDINAL)


def _same(name: str) -> Sql:
    """A stored record `t` has the input's value of a unique column; null equals nothing."""
    return sql("{t} = {i}", t=ident("t", name), i=ident("input", GIVEN_ID if name == ID else name))


# One input may be one stored record. Several inputs that are the same one are told apart by
# whoever runs the statement, which then is run with those inputs folded into one.
_CHECKED: Final = sql(
    "checked as (select case\n"
    "when exists (select from found group by n having count(*) > 1)\n"
    "then icosa.refuse('UPSERT_AMBIGUOUS', (select min(n)::text from (select n from found"
    " group by n having count(*) > 1) as x))\n"
    "when exists (select from found group by id having count(*) > 1)\n"
    "then icosa.refuse('UPSERT_FOLD', (select json_agg(g)::text from (select"
    " json_agg(n order by n) as g from found group by id having count(*) > 1) as x))\n"
    "else true end as ok)"
)


def _upsert_sets(plan: WritePlan, upsert: Upsert) -> list[Sql]:
    """Only what was given; a found record that was deleted comes back."""
    sets = [sql("{c} = {v}", c=ident(name), v=ident("input", name)) for name in upsert.always]
    sets += (
        sql(
            "{c} = case when {name} = any({given}) then {v} else {t} end",
            c=ident(name),
            name=literal(name),
            given=ident("input", GIVEN),
            v=ident("input", name),
            t=ident("t", name),
        )
        for name in upsert.sometimes
    )
    changed = {*upsert.always, *upsert.sometimes}
    sets += (
        sql("{c} = {v}", c=ident(name), v=ident("input", name))
        for name, _ in (*plan.columns, *plan.shared)
        if name.startswith(UPDATED_BY) and name not in changed
    )
    sets.append(sql("{d} = null", d=ident(DELETED)))
    if UPDATED not in changed:
        sets.append(_now(UPDATED))
    return sets


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


def _definitions(columns: Sequence[tuple[str, str]]) -> Sql:
    return join(
        ", ",
        (sql("{name} {type}", name=ident(name), type=_type(kind)) for name, kind in columns),
    )


def _type(kind: str) -> Sql:
    """A PostgreSQL type of a field type's own spelling."""
    return Sql((kind,))
