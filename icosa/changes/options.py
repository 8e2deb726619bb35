"""What a changed list of options does to records and views (metadata contract, C.6).

Options are told apart by id. One with a new value takes its records along; one that is gone
leaves them with the field's default, or with nothing: `REMOVED` of a list is taken out of it.
Records that had no value keep having none.

    update "w_1"."_pet" set "species" = case "species" when 'CAT' then 'FELINE' else null end
    where "species" in ('CAT', 'DOG')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from icosa.catalog.snapshot import Field, Object
from icosa.changes.draft import Draft
from icosa.changes.rows import RowStatement
from icosa.core.sql import EMPTY, Sql, ident, join, literal, sql
from icosa.fields.base import Option

# `moves` pairs an old value with the new one, or with null where the option is gone.
_FILTERS: Final = """
with moves as (
    select * from json_to_recordset($1::json) as x (field_id uuid, was text, becomes text)
),
rewritten as (
    select f.id, coalesce(jsonb_agg(coalesce(m.becomes, v.value) order by v.n)
        filter (where m.was is null or m.becomes is not null), '[]') as value
    from icosa.view_filter f
    cross join jsonb_array_elements_text(f.value) with ordinality as v (value, n)
    left join moves m on m.field_id = f.field_id and m.was = v.value
    where jsonb_typeof(f.value) = 'array' and f.field_id in (select field_id from moves)
    group by f.id
),
emptied as (
    delete from icosa.view_filter where id in (select id from rewritten where value = '[]')
)
update icosa.view_filter f set value = r.value, updated_at = now()
from rewritten r where r.id = f.id and r.value <> '[]' and r.value <> f.value"""

_GROUPS_GONE: Final = """
delete from icosa.view_group g using icosa.view v,
    json_to_recordset($1::json) as x (field_id uuid, was text, becomes text)
where v.id = g.view_id and v.main_group_by_field_id = x.field_id and g.field_value = x.was
and x.becomes is null"""

# All at once, as two options may change places.
_GROUPS_RENAMED: Final = """
update icosa.view_group g set field_value = x.becomes, updated_at = now()
from icosa.view v, json_to_recordset($1::json) as x (field_id uuid, was text, becomes text)
where v.id = g.view_id and v.main_group_by_field_id = x.field_id and g.field_value = x.was
and x.becomes is not null"""

_GROUPS_NEW: Final = """
insert into icosa.view_group (id, view_id, field_value, position)
select gen_random_uuid(), v.id, x.value,
    coalesce((select max(position) + 1 from icosa.view_group g where g.view_id = v.id), 0) + x.n
from icosa.view v, json_to_recordset($1::json) as x (field_id uuid, value text, n int)
where v.main_group_by_field_id = x.field_id and v.deleted_at is null"""


@dataclass(frozen=True, slots=True)
class Moves:
    """What became of the values; `removed` and `renamed` are of values that records may have."""

    renamed: Mapping[str, str]
    removed: tuple[str, ...]
    added: tuple[str, ...]

    def of(self, value: str) -> str:
        return self.renamed.get(value, value)


def moves(before: Sequence[Mapping[str, object]], after: Sequence[Option]) -> Moves:
    values = {option.id: option.value for option in after}
    old = {str(option["id"]).lower(): str(option["value"]) for option in before}
    return Moves(
        renamed={
            value: values[key]
            for key, value in old.items()
            if key in values and values[key] != value
        },
        removed=tuple(value for key, value in old.items() if key not in values),
        added=tuple(option.value for option in after if option.id not in old),
    )


def move_records(draft: Draft, source: Object, item: Field, moved: Moves) -> None:
    """`item` is the field as it becomes."""
    if not moved.renamed and not moved.removed:
        return
    assert item.type is not None
    (column,) = item.type.columns()
    table, name = ident(draft.before.schema, source.table), ident(item.columns[0])
    if column.pg_type.endswith("[]"):
        draft.records.append(_move_lists(table, name, moved))
        return
    default = item.type.default().get("")
    draft.records.append(_move_values(table, name, moved, default))


def move_views(draft: Draft, item: Field, moved: Moves) -> None:
    rows = [
        {"field_id": item.id, "was": was, "becomes": becomes}
        for was, becomes in (*moved.renamed.items(), *((gone, None) for gone in moved.removed))
    ]
    if rows:
        text = msgspec.json.encode(rows).decode()
        for statement in (_FILTERS, _GROUPS_GONE, _GROUPS_RENAMED):
            draft.rows.append(RowStatement(statement, text))
    if moved.added:
        new = [{"field_id": item.id, "value": v, "n": n} for n, v in enumerate(moved.added)]
        draft.rows.append(RowStatement(_GROUPS_NEW, msgspec.json.encode(new).decode()))


def _move_values(table: Sql, name: Sql, moved: Moves, default: object) -> Sql:
    fallback = sql("null") if default is None else literal(str(default))
    return sql(
        "update {t} set {c} = case {c}{cases} else {fallback} end\nwhere {c} in ({values})",
        t=table,
        c=name,
        cases=_cases(moved),
        fallback=fallback,
        values=_touched(moved),
    )


def _move_lists(table: Sql, name: Sql, moved: Moves) -> Sql:
    kept = EMPTY
    if moved.removed:
        gone = join(", ", (literal(value) for value in moved.removed))
        kept = sql("\n    where v not in ({gone})", gone=gone)
    value = sql("case v{cases} else v end", cases=_cases(moved)) if moved.renamed else sql("v")
    return sql(
        "update {t} set {c} = nullif(array(\n"
        "    select {value} from unnest({c}) with ordinality as u (v, n){kept}\n"
        "    order by n), '{none}')\nwhere {c} && array[{values}]",
        t=table,
        c=name,
        value=value,
        kept=kept,
        none=Sql(("{}",)),
        values=_touched(moved),
    )


def _cases(moved: Moves) -> Sql:
    pairs = (
        sql(" when {was} then {becomes}", was=literal(was), becomes=literal(becomes))
        for was, becomes in moved.renamed.items()
    )
    return join("", pairs)


def _touched(moved: Moves) -> Sql:
    return join(", ", (literal(value) for value in (*moved.renamed, *moved.removed)))
