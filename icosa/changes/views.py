"""The views that show a model to people, as far as changes of the model touch them.

A new object gets two: the list of its records and the fields of its record page. A new
field is appended to both. A field that is switched off leaves its object's views, and
those that can't be without it go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from icosa.catalog.snapshot import Field, Object
from icosa.changes.draft import Draft, View
from icosa.changes.rows import RowStatement
from icosa.db.connection import Row

# The fields of a custom object's list, and of its record page but for the one that names it.
SHOWN: Final = ("name", "createdAt", "createdBy", "updatedAt", "updatedBy")

_LISTED_MAX: Final = 8  # fields of a standard object's list, beside the one that names it

STANDING: Final = """
select id, object_id, universal_identifier from icosa.view
where workspace_id = $1::uuid and deleted_at is null and (key = 'INDEX' or type = 'FIELDS_WIDGET')
order by type desc, position, id"""

_NEW_VIEWS: Final = """
insert into icosa.view (id, workspace_id, universal_identifier, application_id, object_id, name,
    type, key, icon, position)
select id, workspace_id, universal_identifier, application_id, object_id, name, type, key, icon,
    position
from json_to_recordset($1::json) as x (id uuid, workspace_id uuid, universal_identifier uuid,
    application_id uuid, object_id uuid, name text, type text, key text, icon text,
    position float8)"""

# Behind the fields that a view has, in the order of the rows.
_NEW_VIEW_FIELDS: Final = """
insert into icosa.view_field (id, view_id, field_id, position)
select x.id, x.view_id, x.field_id,
    coalesce((select max(position) + 1 from icosa.view_field v where v.view_id = x.view_id), 0)
    + row_number() over (partition by x.view_id order by x.n) - 1
from json_to_recordset($1::json) as x (n int, id uuid, view_id uuid, field_id uuid)
on conflict do nothing"""

# Before all others, whether it is there or not.
_FIRST_VIEW_FIELDS: Final = (
    """
update icosa.view_field p set is_visible = true, updated_at = now(),
    position = (select min(position) - 1 from icosa.view_field v where v.view_id = p.view_id)
from json_to_recordset($1::json) as x (id uuid, view_id uuid, field_id uuid)
where p.view_id = x.view_id and p.field_id = x.field_id and p.deleted_at is null""",
    """
insert into icosa.view_field (id, view_id, field_id, position)
select x.id, x.view_id, x.field_id,
    coalesce((select min(position) - 1 from icosa.view_field v where v.view_id = x.view_id), 0)
from json_to_recordset($1::json) as x (id uuid, view_id uuid, field_id uuid)
where not exists (
    select from icosa.view_field v
    where v.view_id = x.view_id and v.field_id = x.field_id and v.deleted_at is null)""",
)

_FORGET: Final = (
    """
delete from icosa.view where main_group_by_field_id in (
    select id from json_to_recordset($1::json) as x (id uuid))
or calendar_field_id in (select id from json_to_recordset($1::json) as x (id uuid))""",
    """
update icosa.view set kanban_aggregate_operation = null, kanban_aggregate_operation_field_id = null
where kanban_aggregate_operation_field_id in (
    select id from json_to_recordset($1::json) as x (id uuid))""",
    """
delete from icosa.view_field where field_id in (
    select id from json_to_recordset($1::json) as x (id uuid))""",
    """
delete from icosa.view_filter where field_id in (
    select id from json_to_recordset($1::json) as x (id uuid))""",
)


def standing(rows: Iterable[Row]) -> Mapping[str, tuple[View, ...]]:
    """The rows of `STANDING` by object."""
    views: dict[str, tuple[View, ...]] = {}
    for row in rows:
        object_id = str(row["object_id"])
        view = View(str(row["id"]), object_id, str(row["universal_identifier"]))
        views[object_id] = (*views.get(object_id, ()), view)
    return views


def new_object_views(draft: Draft, source: Object) -> tuple[tuple[View, Sequence[Field]], ...]:
    """A new object's two views with their fields: its list, and its record page."""
    label = source.label_identifier
    listed = [source.fields[name] for name in SHOWN if name in source.fields]
    if label is not None and label not in listed:
        listed.insert(0, label)
    page = [item for item in listed if item is not label]
    return (
        (View(draft.new_id(), source.id, draft.new_id()), listed),
        (View(draft.new_id(), source.id, draft.new_id()), page),
    )


def add_standard_views(draft: Draft) -> None:
    """The views of a new workspace: every object's list, and the pages of those that have one."""
    for source in draft.objects():
        label = source.label_identifier
        fields = [
            item
            for item in source.fields.values()
            if not item.is_system and (item.relation is None or item.columns)
        ]
        listed = [item for item in fields if item is not label][:_LISTED_MAX]
        first = [] if label is None else [label]
        index = View(draft.new_id(), source.id, draft.new_id())
        page = View(draft.new_id(), source.id, draft.new_id())
        _add_views(
            draft,
            source,
            (index, [*first, *listed]),
            None if source.is_system else (page, fields),
        )


def add_object_views(
    draft: Draft, source: Object, made: Sequence[tuple[View, Sequence[Field]]]
) -> None:
    """The two of `new_object_views`."""
    _add_views(draft, source, made[0], made[1])


def _add_views(
    draft: Draft,
    source: Object,
    list_view: tuple[View, Sequence[Field]],
    page_view: tuple[View, Sequence[Field]] | None,
) -> None:
    """A list, `All {objectLabelPlural}`, and what a record's page shows."""
    index, listed = list_view
    common = {
        "workspace_id": draft.before.workspace_id,
        "application_id": source.application_id,
        "object_id": source.id,
        "icon": "IconList",
        "position": 0,
    }
    rows = [
        {
            **common,
            "id": index.id,
            "universal_identifier": index.universal_identifier,
            "name": "All {objectLabelPlural}",
            "type": "TABLE",
            "key": "INDEX",
        },
    ]
    pairs = [(index, item) for item in listed]
    if page_view is not None:
        page, shown = page_view
        rows.append(
            {
                **common,
                "id": page.id,
                "universal_identifier": page.universal_identifier,
                "name": f"{source.label_singular} Record Page Fields",
                "type": "FIELDS_WIDGET",
                "key": None,
            }
        )
        pairs += [(page, item) for item in shown]
    draft.rows.append(_statement(_NEW_VIEWS, rows))
    draft.rows.append(_view_fields(draft, pairs))


def add_fields_to_views(draft: Draft, fields: Iterable[Field]) -> None:
    """Each field at the end of its object's list and record page."""
    pairs = [(view, item) for item in fields for view in draft.views.get(item.object_id, ())]
    if pairs:
        draft.rows.append(_view_fields(draft, pairs))


def put_first_in_views(draft: Draft, item: Field) -> None:
    """The field that names a record leads its object's views."""
    rows = [
        {"id": draft.new_id(), "view_id": view.id, "field_id": item.id}
        for view in draft.views.get(item.object_id, ())
    ]
    if rows:
        draft.rows += (_statement(text, rows) for text in _FIRST_VIEW_FIELDS)


def take_out_of_views(draft: Draft, fields: Iterable[Field]) -> None:
    """Views that group by a field or are dated by it go with it."""
    rows = [{"id": item.id} for item in fields]
    draft.rows += (_statement(text, rows) for text in _FORGET)


def _view_fields(draft: Draft, pairs: Iterable[tuple[View, Field]]) -> RowStatement:
    rows = [
        {"n": place, "id": draft.new_id(), "view_id": view.id, "field_id": item.id}
        for place, (view, item) in enumerate(pairs)
    ]
    return _statement(_NEW_VIEW_FIELDS, rows)


def _statement(text: str, rows: Sequence[Mapping[str, object]]) -> RowStatement:
    return RowStatement(text, msgspec.json.encode(rows).decode())
