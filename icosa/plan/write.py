"""Changes of records, resolved against a view: which records, what is shown of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from icosa.catalog.view import ObjectView, View
from icosa.core.errors import Forbidden
from icosa.plan.filter import plan_filter
from icosa.plan.read import Selection
from icosa.plan.tree import Many, One, RecordPlan, WritePlan
from icosa.request.ir import Write
from icosa.request.limits import UPDATE_MANY_MAX

# What is soft-deleted and restored along with its parent, by the child's join column (A6).
_SOFT_DELETE_CASCADES: Final[Mapping[str, tuple[str, str]]] = {
    "note": ("noteTarget", "noteId"),
    "task": ("taskTarget", "taskId"),
}


def plan_write(request: Write, view: View, warnings: list[str]) -> tuple[WritePlan, RecordPlan]:
    """The plan, and the record to show: by the plan itself or by a second statement.

    Raises `Forbidden`, `FilterInvalid`.
    """
    source = view.object(request.object)
    assert source is not None
    _check_rights(request, source)
    record = Selection(view, warnings).record(request.record, source, above=1)
    elsewhere = request.kind != "destroy" and leaves_written(source, record)
    plan = WritePlan(
        kind=request.kind,
        source=source,
        one=request.one,
        where=plan_filter(request.filter, source, view),
        columns=request.columns,
        positions=request.positions,
        record=None if elsewhere else record,
        count_max=UPDATE_MANY_MAX if request.kind == "update" and not request.one else None,
        slot=request.slot,
        separator=request.separator,
        cascades=_cascades(request, source, view),
        shared=request.shared,
        connects=request.connects,
        targets={c.relation: _target(c.target, view) for c in request.connects},
        upsert=request.upsert,
    )
    return plan, record


def _target(name: str, view: View) -> ObjectView:
    target = view.object(name)
    assert target is not None, "the encoder has found it"
    return target


def leaves_written(source: ObjectView, record: RecordPlan) -> bool:
    """Whether a selection shows rows that a write of `source` may have changed."""
    for output in record.outputs:
        if isinstance(output, Many):
            return True
        if isinstance(output, One):
            same = output.record.source.object.id == source.object.id
            if same or leaves_written(source, output.record):
                return True
    return False


def _check_rights(request: Write, source: ObjectView) -> None:
    grant = source.grant
    allowed = {
        "create": grant.update,
        "update": grant.update,
        "delete": grant.soft_delete,
        "restore": grant.soft_delete,
        "destroy": grant.destroy,
    }[request.kind]
    if not (grant.read and allowed):  # what is written is shown
        raise Forbidden(path=(request.object,))


def _cascades(request: Write, source: ObjectView, view: View) -> tuple[tuple[ObjectView, str], ...]:
    if source.object.is_custom or request.kind not in ("delete", "restore"):
        return ()
    child_name, column = _SOFT_DELETE_CASCADES.get(source.object.name_singular, ("", ""))
    child = view.object(child_name) if child_name else None
    return () if child is None else ((child, column),)
