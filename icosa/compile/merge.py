"""Merges: one statement that makes one record of several, or shows what it would be.

    with picked as (select t."name", …, i.n as "#n", case when … then 0 else i.n end as "#place"
    from unnest($1::uuid[]) with ordinality as i (id, n) join "w_1"."company" as t on …),
    merged as (select f1."name", … from (select "name" from picked
    order by nullif("name"::text, '') is not null desc, "#place" limit 1) as f1 cross join …),
    moved_1 as (update "w_1"."person" as t set "companyId" = $2 where t."companyId" = any($3)),
    gone as (delete from "w_1"."company" where "id" = any($3) returning "id"),
    written as (update "w_1"."company" as t set "name" = merged."name", … from merged
    where t."id" = $2 and (select count(*) from gone) > 0 returning …)

The records were locked by a statement before (`compile_lock`), because what points at them must
be seen as it is after the last writer before us; nothing can begin to point at a locked record.
`written` counts `gone` first, so that what a unique field held is free again. Foreign keys act at
the end of the statement, on what still points at the records that went.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from icosa.catalog.view import View
from icosa.compile.input import batch_json
from icosa.compile.json import text_parameter
from icosa.compile.read import Reader
from icosa.compile.scope import DELETED, ID, table
from icosa.compile.upsert import UPDATED
from icosa.core.sql import EMPTY, Sql, all_of, any_of, ident, join, literal, param, sql
from icosa.fields.base import FieldType
from icosa.fields.composite import Composite
from icosa.fields.merge import LISTED, Listed
from icosa.plan.tree import Many, MergedField, MergePlan, Output, Pointing, UniqueKey

_N: Final = "#n"  # the place of a record among the ids
_PLACE: Final = "#place"  # the same, but that the survivor comes first


def compile_lock(plan: MergePlan) -> Sql:
    """`count` of the live records, locked in the order of their ids so that no two block."""
    return sql(
        "select count(*) as count from (select {id} from {table}\n"
        "where {id} = any({ids}) and {deleted} is null\norder by {id} for update) as locked",
        id=ident(ID),
        table=table(plan.source),
        ids=param(plan.request.ids, text_parameter, "uuid[]"),
        deleted=ident(DELETED),
    )


def compile_merge(plan: MergePlan, view: View) -> Sql:
    """One row: `records`, the merged record, where it is not read by another statement.

    A dry run gives the `count` of the records as well.
    """
    merger = _Merger(plan, view)
    return merger.shown() if plan.request.dry_run else merger.written()


class _Merger:
    def __init__(self, plan: MergePlan, view: View) -> None:
        self._plan = plan
        self._view = view
        request = plan.request
        self._ids = param(request.ids, text_parameter, "uuid[]")
        self._losers = param(request.losers, text_parameter, "uuid[]")
        self._survivor = param(request.survivor, text_parameter, "uuid")
        self._columns = tuple(name for field in plan.fields for name in field.columns)

    # -- what the record becomes -------------------------------------------------------

    def _merged(self) -> list[Sql]:
        """`picked` and `merged`; the latter only where a field is merged."""
        ctes = [self._picked()]
        if not self._plan.fields:
            return ctes
        values: list[Sql] = []
        sources: list[Sql] = []
        for number, field in enumerate(self._plan.fields, 1):
            alias = f"f{number}"
            columns, source = self._field(field, alias)
            values += (
                sql("{v} as {c}", v=value, c=ident(name))
                for name, value in zip(field.columns, columns, strict=True)
            )
            sources += [source] if source else []
        from_clause = EMPTY
        if sources:
            from_clause = sql("\nfrom {s}", s=join("\ncross join ", sources))
        ctes.append(
            sql(
                "merged as (select {values}{source})",
                values=join(",\n  ", values),
                source=from_clause,
            )
        )
        return ctes

    def _picked(self) -> Sql:
        return sql(
            "picked as (select {columns}, i.n as {n},"
            " case when i.id = {survivor} then 0 else i.n end as {place}\n"
            "from unnest({ids}) with ordinality as i (id, n)\n"
            "join {table} as t on {id} = i.id and {deleted} is null)",
            columns=join(", ", (ident("t", name) for name in (ID, *self._columns))),
            n=ident(_N),
            survivor=self._survivor,
            place=ident(_PLACE),
            ids=self._ids,
            table=table(self._plan.source),
            id=ident("t", ID),
            deleted=ident("t", DELETED),
        )

    def _field(self, field: MergedField, alias: str) -> tuple[list[Sql], Sql]:
        """The merged value of each column, and the FROM that they need."""
        if _is_array(field.type):
            return [_union(field)], EMPTY
        columns = [ident(alias, name) for name in field.columns]
        listed = LISTED.get(field.type.kind)
        if listed is not None and isinstance(field.type, Composite):
            by_member = dict(zip(field.type.members(), field.columns, strict=True))
            rest = list(by_member).index(listed.rest)
            key = by_member[listed.key]
            columns[rest] = _others(listed, by_member, ident(alias, key))
            told = sql("nullif({key}, '') is not null", key=ident(key))
            return columns, self._first(field.columns, told, alias)
        told = sql(
            "nullif({text}, '') is not null",
            text=field.type.emptiness([ident(name) for name in field.columns]),
        )
        if field.points_home:
            (name,) = field.columns
            told = sql("({c} <> all({ids})) is true", c=ident(name), ids=self._ids)
            columns = [self._not_of_us(ident(alias, name))]
        return columns, self._first(field.columns, told, alias)

    def _first(self, columns: Sequence[str], told: Sql, alias: str) -> Sql:
        """The survivor's value if it has one, else the first that there is."""
        return sql(
            "(select {columns} from picked order by {told} desc, {place} limit 1) as {alias}",
            columns=join(", ", map(ident, columns)),
            told=told,
            place=ident(_PLACE),
            alias=ident(alias),
        )

    def _not_of_us(self, column: Sql) -> Sql:
        """A record does not point at itself because two have become one."""
        return sql("case when {c} = any({ids}) then null else {c} end", c=column, ids=self._ids)

    # -- a dry run ---------------------------------------------------------------------

    def shown(self) -> Sql:
        """The record as it would be: under a new id, and deleted now, as nothing has it."""
        plan = self._plan
        assert plan.record is not None, "a dry run has nothing to read again"
        reader = _Unmerged(self._view, self._ids)
        values = {
            ID: param(plan.request.fresh, text_parameter, "uuid"),
            DELETED: sql("now()"),
            **{name: ident("merged", name) for name in self._columns},
        }
        columns = sorted(reader.columns(plan.record))
        merged = sql("\ncross join merged") if plan.fields else EMPTY
        alias = reader.start()
        row, rows = reader.rows_of(plan.record, alias, sql("shown as {a}", a=ident(alias)))
        return sql(
            "with {ctes},\n"
            "shown as (select {columns}\nfrom {table} as t{merged}\nwhere {id} = {survivor})\n"
            "select (select {row}::text from {rows})::varchar as records,"
            " (select count(*) from picked) as count",
            ctes=join(",\n", self._merged()),
            columns=join(
                ", ",
                (
                    sql("{v} as {c}", v=values.get(name, ident("t", name)), c=ident(name))
                    for name in columns
                ),
            ),
            table=table(plan.source),
            merged=merged,
            id=ident("t", ID),
            survivor=self._survivor,
            row=row,
            rows=rows,
        )

    # -- the merge ---------------------------------------------------------------------

    def written(self) -> Sql:
        plan = self._plan
        reader = Reader(self._view)
        ctes = self._merged()
        ctes += (self._moved(number, each) for number, each in enumerate(plan.pointing, 1))
        ctes.append(
            sql(
                "gone as (delete from {table} where {id} = any({losers}) returning {id})",
                table=table(plan.source),
                id=ident(ID),
                losers=self._losers,
            )
        )
        ctes.append(self._updated(sorted(reader.columns(plan.record))))
        answer = sql("select {id}::text::varchar as records from written", id=ident(ID))
        if plan.record is not None:
            alias = reader.aliases.next()
            source = sql("written as {alias}", alias=ident(alias))
            row, rows = reader.rows_of(plan.record, alias, source)
            answer = sql("select {row}::text::varchar as records from {rows}", row=row, rows=rows)
        return sql("with {ctes}\n{answer}", ctes=join(",\n", ctes), answer=answer)

    def _updated(self, returning: Sequence[str]) -> Sql:
        plan = self._plan
        sets = [sql("{c} = {v}", c=ident(c), v=ident("merged", c)) for c in self._columns]
        sets += (
            sql("{c} = {v}", c=ident(name), v=self._not_of_us(ident("t", name)))
            for each in plan.pointing
            if each.is_own
            for name in each.columns
            if name not in self._columns
        )
        sets += (sql("{c} = {v}", c=ident(c), v=ident("input", c)) for c, _ in plan.request.columns)
        sets.append(sql("{updated} = now()", updated=ident(UPDATED)))
        sources = [sql("merged")] if plan.fields else []
        if plan.request.columns:
            sources.append(
                sql(
                    "json_to_record({row}) as input ({columns})",
                    row=param(plan.request.actor, batch_json, "json"),
                    columns=join(
                        ", ",
                        (
                            sql("{c} {type}", c=ident(name), type=Sql((kind,)))
                            for name, kind in plan.request.columns
                        ),
                    ),
                )
            )
        return sql(
            "written as (update {table} as t set {sets}{source}\n"
            "where {id} = {survivor} and (select count(*) from gone) > 0\nreturning {returning})",
            table=table(plan.source),
            sets=join(", ", sets),
            source=sql("\nfrom {s}", s=join(", ", sources)) if sources else EMPTY,
            id=ident("t", ID),
            survivor=self._survivor,
            returning=join(", ", (ident("t", name) for name in returning)),
        )

    # -- what points at the records that go --------------------------------------------

    def _moved(self, number: int, of: Pointing) -> Sql:
        """Points the rows of one table at the survivor.

        A row that would double another under a unique index stays as it is, and goes the way
        of a destroyed record's rows: its relation says whether it goes too or is cut loose.
        """
        columns = [ident("t", name) for name in of.columns]
        conditions = [any_of([self._points(column) for column in columns])]
        if of.is_own:
            conditions.append(sql("{id} <> all({ids})", id=ident("t", ID), ids=self._ids))
        conditions += (
            sql("{id} not in ({doubles})", id=ident("t", ID), doubles=self._doubles(of, key))
            for key in of.unique
        )
        sets = [sql("{c} = {v}", c=ident(c), v=self._new(ident("t", c))) for c in of.columns]
        if len(columns) == 1:  # and so it points at one that goes
            sets = [sql("{c} = {survivor}", c=ident(of.columns[0]), survivor=self._survivor)]
        return sql(
            "{name} as (update {table} as t set {sets}, {updated} = now()\nwhere {conditions})",
            name=ident(f"moved_{number}"),
            table=ident(of.schema, of.table),
            sets=join(", ", sets),
            updated=ident(UPDATED),
            conditions=all_of(conditions),
        )

    def _points(self, column: Sql) -> Sql:
        return sql("{c} = any({losers})", c=column, losers=self._losers)

    def _new(self, column: Sql) -> Sql:
        """What a column will hold."""
        return sql(
            "case when {points} then {survivor} else {c} end",
            points=self._points(column),
            survivor=self._survivor,
            c=column,
        )

    def _doubles(self, of: Pointing, key: UniqueKey) -> Sql:
        """The ids of the rows that another has the better claim to be: one that stands already,
        else the oldest. Rows with a null in the key double nothing.
        """
        columns = [ident("u", name) for name in of.columns]
        names = key.columns
        parts = (self._new(ident("u", c)) if c in of.columns else ident("u", c) for c in names)
        conditions = [
            any_of([sql("{c} = any({ids})", c=column, ids=self._ids) for column in columns]),
            *(sql("{c} is not null", c=ident("u", name)) for name in names),
        ]
        if key.among_live:
            conditions.append(sql("{deleted} is null", deleted=ident("u", DELETED)))
        return sql(
            "select d.id from (select {id}, row_number() over (partition by {key}\n"
            "order by {moves}, {created}, {id}) as place\n"
            "from {table} as u where {conditions}) as d where d.place > 1",
            id=ident("u", ID),
            key=join(", ", parts),
            moves=any_of([self._points(column) for column in columns]),
            created=ident("u", "createdAt"),
            table=ident(of.schema, of.table),
            conditions=all_of(conditions),
        )


class _Unmerged(Reader):
    """Shows related lists of all the records, as those of the one that they would be."""

    def __init__(self, view: View, ids: Sql) -> None:
        super().__init__(view)
        self._ids = ids
        self._top = ""

    def start(self) -> str:
        """The alias of the record itself; what it is related to is read as ever."""
        self._top = self.aliases.next()
        return self._top

    def _output(self, output: Output, alias: str, rows: list[Sql]) -> Sql:
        if isinstance(output, Many) and alias == self._top:
            same = sql("any({ids})", ids=self._ids)
            return self.related(output.page, same, output.member.column)
        return super()._output(output, alias, rows)


# -- fields ----------------------------------------------------------------------------


def _is_array(of: FieldType) -> bool:
    return of.columns()[0].pg_type.endswith("[]")


def _union(field: MergedField) -> Sql:
    """The items of all records, each once, in the order of the ids."""
    (name,) = field.columns
    items = sql(
        "array(select u.item from picked cross join unnest({c}) with ordinality as u (item, n)\n"
        "group by u.item order by min(array[{place}, u.n]))",
        c=ident(name),
        place=ident(_N),
    )
    if not field.type.nullable:
        return items
    return sql("nullif({items}, {empty})", items=items, empty=field.type.empty)


def _others(listed: Listed, columns: dict[str, str], chosen: Sql) -> Sql:
    """The primaries that were not chosen and all others, each once, in the order of the ids."""
    key = sql("i.item #>> '{}'")
    entry = sql("to_jsonb({c})", c=ident(columns[listed.key]))
    if listed.entry:
        key = sql("i.item ->> {name}", name=literal(listed.entry_key))
        parts = (
            sql("{name}, {c}", name=literal(name), c=ident(columns[member]))
            for name, member in listed.entry.items()
        )
        entry = sql("jsonb_build_object({parts})", parts=join(", ", parts))
        if listed.sparse:
            entry = sql("jsonb_strip_nulls({entry})", entry=entry)
    return sql(
        "(select jsonb_agg(e.item order by e.at) from (select distinct on ({key}) i.item,"
        " array[{n}, i.n] as at\n"
        "from picked cross join jsonb_array_elements(jsonb_build_array({entry})"
        " || coalesce({rest}, '[]')) with ordinality as i (item, n)\n"
        "where {key} <> '' and {key} is distinct from {chosen}\norder by {key}, at) as e)",
        key=key,
        n=ident(_N),
        entry=entry,
        rest=ident(columns[listed.rest]),
        chosen=chosen,
    )
