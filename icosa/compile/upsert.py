"""Upsert: match by every complete unique key, update the matches, insert the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from icosa.compile.input import ordinal
from icosa.compile.scope import DELETED, ID, table
from icosa.core.sql import Sql, ident, join, literal, sql
from icosa.plan.tree import WritePlan
from icosa.plan.upsert import GIVEN, GIVEN_ID
from icosa.request.ir import Upsert

UPDATED: Final = "updatedAt"
UPDATED_BY: Final = "updatedBy"
NOT_FOUND: Final = sql(
    " where {n} not in (select n from found) and (select ok from checked)", n=ordinal()
)


def upsert_ctes(plan: WritePlan, upsert: Upsert, insert: Sql, names: Sequence[str]) -> list[Sql]:
    """`found`, `checked`, `changed`, `made`, `written`: one statement, whatever is there.

    A concurrent writer may still win: then a unique index refuses an insert, or a found
    record is gone and fewer come out than went in. Whoever runs the statement runs it
    again. `insert` is that of what was not `found`, `names` the columns to answer with.
    """
    stored = table(plan.source)
    found = join(
        "\nunion\n",
        (
            sql(
                "select {n} as n, t.id from input join {table} as t on {tests}",
                n=ordinal(),
                table=stored,
                tests=join(" and ", (_same(name) for name, _ in key)),
            )
            for key in upsert.keys
        ),
    )
    if not upsert.keys:
        found = sql("select null::int as n, null::uuid as id where false")
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
            n=ordinal(),
            returning=join(", ", (ident("t", name) for name in names)),
        ),
        sql("made as ({insert})", insert=insert),
        sql(
            "written as (select {names}, n from changed\nunion all\n"
            "select {made}, {n} from made join input on {id} = made.id)",
            names=join(", ", map(ident, names)),
            made=join(", ", (ident("made", name) for name in names)),
            n=ordinal(),
            id=ident("input", ID),
        ),
    ]


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
        sets.append(sql("{c} = now()", c=ident(UPDATED)))
    return sets
