"""Duplicates: one statement for any number of inputs, one connection for each, in their order.

    with input as (select * from json_to_recordset($1::json) as x ("#" int, "id" uuid, …)),
    found as (
    select i."#" as n, t."id" from input as i join "w_1"."company" as t on t."name" = i."name"
    where length(i."name") >= 3 and t."deletedAt" is null and t."id" is distinct from i."id"
    union …)
    select (select string_agg((…)::text, ',' order by "input"."#") from "input")::varchar as records

A criterion is a branch of a union and not of an `or`, so that each finds its own index. Columns
of the label are compared in the words of the label's index as well, which equality implies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from icosa.catalog.view import ObjectView
from icosa.compile.read import Reader
from icosa.compile.scope import DELETED, ID, table
from icosa.core.sql import Sql, ident, join, number, param, sql
from icosa.fields.base import FieldType
from icosa.fields.composite import Composite
from icosa.plan.duplicates import ORDINAL, Inputs, columns_of
from icosa.plan.tree import DuplicatesPlan

LENGTH_MIN: Final = 3  # of a text that can tell anything (records contract, A6)
_INPUT: Final = "input"


def compile_duplicates(plan: DuplicatesPlan, reader: Reader) -> Sql:
    """One row: `records`, the connections without brackets."""
    same = sql("any(array(select f.id from found as f where f.n = {n}))", n=ident(_INPUT, ORDINAL))
    return sql(
        "with input as ({input}),\nfound as ({found})\n"
        "select (select string_agg({connection}::text, ',' order by {n})\n"
        "from {source})::varchar as records",
        input=_by_ids(plan) if plan.by == "ids" else _by_data(plan),
        found=_found(plan),
        connection=reader.related(plan.page, same, ID),
        n=ident(_INPUT, ORDINAL),
        source=ident(_INPUT),
    )


def _by_ids(plan: DuplicatesPlan) -> Sql:
    """The stored records; an id without one has no duplicates."""
    stored = (ident("t", name) for name in (ID, *columns_of(plan.criteria)))
    return sql(
        "select i.n as {ordinal}, {stored}\n"
        "from unnest({ids}) with ordinality as i (id, n)\n"
        "left join {table} as t on {id} = i.id and {deleted} is null",
        ordinal=ident(ORDINAL),
        stored=join(", ", stored),
        ids=param(plan.slot, Inputs(plan.cost, as_json=False), "uuid[]"),
        table=table(plan.source),
        id=ident("t", ID),
        deleted=ident("t", DELETED),
    )


def _by_data(plan: DuplicatesPlan) -> Sql:
    texts = (sql("{c} text", c=ident(name)) for name in columns_of(plan.criteria))
    return sql(
        "select * from json_to_recordset({rows}) as x ({columns})",
        rows=param(plan.slot, Inputs(plan.cost, as_json=True), "json"),
        columns=join(", ", (sql('"#" int'), sql('"id" uuid'), *texts)),
    )


def _found(plan: DuplicatesPlan) -> Sql:
    """The place of an input, and the id of a record that looks the same."""
    if not plan.criteria:
        return sql("select null::int as n, null::uuid as id where false")
    return join("\nunion\n", (_criterion(plan, columns) for columns in plan.criteria))


def _criterion(plan: DuplicatesPlan, columns: Sequence[str]) -> Sql:
    sorted_by = _label(plan.source)
    return sql(
        "select {n} as n, {id} from input as i join {table} as t on {same}\n"
        "where {telling} and {deleted} is null and {id} is distinct from {own}",
        n=ident("i", ORDINAL),
        id=ident("t", ID),
        table=table(plan.source),
        same=join(" and ", (_same(name, sorted_by.get(name)) for name in columns)),
        telling=join(
            " and ",
            (
                sql("length({c}) >= {min}", c=ident("i", name), min=number(LENGTH_MIN))
                for name in columns
            ),
        ),
        deleted=ident("t", DELETED),
        own=ident("i", ID),
    )


def _same(name: str, sorted_by: FieldType | None) -> Sql:
    stored, given = ident("t", name), ident("i", name)
    same = sql("{t} = {i}", t=stored, i=given)
    if sorted_by is None:
        return same
    order = sql("{t} = {i}", t=sorted_by.order((stored,)), i=sorted_by.order((given,)))
    return sql("{order} and {same}", order=order, same=same)


def _label(source: ObjectView) -> Mapping[str, FieldType]:
    """The types by which the columns of the label are sorted in its index (`layout.orders`)."""
    label = source.object.label_identifier
    if label is None or label.type is None:
        return {}
    if isinstance(label.type, Composite):
        return dict(zip(label.columns, label.type.members().values(), strict=True))
    return {label.columns[0]: label.type}
