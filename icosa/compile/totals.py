"""Exact totals of live records without a scan (amendments, 7).

A total is a sum of signed deltas in `record_total`, one table a workspace. Triggers append
them, so writers never wait for each other and a write that is rolled back leaves none; what
is written behind Icosa's back counts as well. Only updates of "deletedAt" that change
whether a record lives fire a trigger, so no other update pays for totals.

The functions belong to the workspace's schema because one for all schemas would have to make
its SQL anew at each call.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from icosa.core.sql import Sql, ident, literal, number, render, sql

TOTALS: Final = "record_total"
TRIGGERS: Final = ("count_inserted", "count_removed", "count_truncated", "count_hidden")
_FOLDED_FROM: Final = 50  # deltas of one object; fewer are not worth the writing


def create_totals(schema: str) -> Iterator[Sql]:
    """The table and the functions of the triggers."""
    totals = ident(schema, TOTALS)
    yield sql(
        "create table {t} (object_id uuid not null, delta bigint not null)\n"
        "    with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)",
        t=totals,
    )
    yield sql(
        "create index {i} on {t} (object_id) include (delta)",
        i=ident(f"{TOTALS}_object"),
        t=totals,
    )
    yield _function(
        schema,
        "count_inserted",
        sql(
            "insert into {t} select tg_argv[0]::uuid, count(*) from inserted\n"
            '    where "deletedAt" is null having count(*) > 0',
            t=totals,
        ),
    )
    yield _function(
        schema,
        "count_removed",
        sql(
            "insert into {t} select tg_argv[0]::uuid, -count(*) from removed\n"
            '    where "deletedAt" is null having count(*) > 0',
            t=totals,
        ),
    )
    yield _function(
        schema,
        "count_truncated",
        sql(
            "insert into {t} select tg_argv[0]::uuid, -sum(delta) from {t}\n"
            "    where object_id = tg_argv[0]::uuid having sum(delta) <> 0",
            t=totals,
        ),
    )
    yield _function(
        schema,
        "count_hidden",
        sql(
            "insert into {t} values\n"
            '        (tg_argv[0]::uuid, case when new."deletedAt" is null then 1 else -1 end)',
            t=totals,
        ),
    )


def _function(schema: str, name: str, body: Sql) -> Sql:
    return sql(
        "create function {f}() returns trigger language plpgsql as $$\n"
        "begin\n    {body};\n    return null;\nend\n$$",
        f=ident(schema, name),
        body=body,
    )


def create_triggers(schema: str, table: str, object_id: str) -> Iterator[Sql]:
    """Those of one table, which must have "deletedAt"."""
    at, of = ident(schema, table), literal(object_id)
    yield sql(
        "create trigger count_inserted after insert on {t} referencing new table as inserted\n"
        "    for each statement execute function {f}({id})",
        t=at,
        f=ident(schema, "count_inserted"),
        id=of,
    )
    yield sql(
        "create trigger count_removed after delete on {t} referencing old table as removed\n"
        "    for each statement execute function {f}({id})",
        t=at,
        f=ident(schema, "count_removed"),
        id=of,
    )
    yield sql(
        "create trigger count_truncated after truncate on {t}\n"
        "    for each statement execute function {f}({id})",
        t=at,
        f=ident(schema, "count_truncated"),
        id=of,
    )
    yield sql(
        'create trigger count_hidden after update of "deletedAt" on {t} for each row\n'
        '    when ((old."deletedAt" is null) <> (new."deletedAt" is null))\n'
        "    execute function {f}({id})",
        t=at,
        f=ident(schema, "count_hidden"),
        id=of,
    )


def forget_totals(schema: str, object_id: str) -> Sql:
    """The deltas of an object that is no more."""
    return sql(
        "delete from {t} where object_id = {id}::uuid",
        t=ident(schema, TOTALS),
        id=literal(object_id),
    )


def fold_totals(schema: str) -> str:
    """One delta an object instead of many; readers see the same sums all the while.

    To be run in the background. Deltas that another transaction holds wait for the next time.
    """
    folded = sql(
        "with folded as (\n"
        "    delete from {t} where ctid = any(array(\n"
        "        select ctid from {t} where object_id in (\n"
        "            select object_id from {t} group by object_id having count(*) > {least})\n"
        "        for update skip locked))\n"
        "    returning object_id, delta)\n"
        "insert into {t} select object_id, sum(delta) from folded\n"
        "group by object_id having sum(delta) <> 0",
        t=ident(schema, TOTALS),
        least=number(_FOLDED_FROM),
    )
    return render(folded).text
