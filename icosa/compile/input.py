"""`input`: what a write is given, as rows.

It comes as one JSON value, whatever the number of records, and one more for what they all
share. Relations that a unique key names are looked up here, so that all else sees ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from icosa.catalog.view import ObjectView
from icosa.compile.scope import DELETED, ID, Aliases, table
from icosa.core.sql import EMPTY, Sql, ident, join, literal, param, sql
from icosa.plan.encode import Batch
from icosa.plan.tree import WritePlan
from icosa.plan.upsert import GIVEN, GIVEN_ID
from icosa.request.ir import Connect

ORDINAL: Final = "#"  # the place of a record in its batch
RANK: Final = "#rank"  # places a record before (negative) or after (positive) all others


def batch_json(value: object) -> object:
    """A `Batch` as the one JSON value that a statement takes."""
    assert isinstance(value, Batch)
    return value.json()


def shared_json(value: object) -> object:
    """What all records of a `Batch` hold."""
    assert isinstance(value, Batch)
    return value.shared_json()


def ordinal() -> Sql:
    return ident("input", ORDINAL)


def read_rows(plan: WritePlan, aliases: Aliases) -> Sql:
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
            columns=definitions(plan.shared),
        )
    return read_input(plan, columns, rows, aliases, shared)


def read_input(
    plan: WritePlan,
    columns: Sequence[tuple[str, str]],
    source: Sql,
    aliases: Aliases,
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
                _connected(connected[name], plan.targets[connected[name].relation], aliases)
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
        columns=definitions([*columns, *keys]),
        shared=shared,
    )


def _connected(connect: Connect, target: ObjectView, aliases: Aliases) -> Sql:
    """The id of the live record that has the key's values; refused when there is none."""
    alias = aliases.next()
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


def definitions(columns: Sequence[tuple[str, str]]) -> Sql:
    return join(
        ", ",
        (sql("{name} {type}", name=ident(name), type=_type(kind)) for name, kind in columns),
    )


def _type(kind: str) -> Sql:
    """A PostgreSQL type of a field type's own spelling."""
    return Sql((kind,))
