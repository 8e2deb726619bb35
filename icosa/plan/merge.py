"""Merges: which fields become one, and what points at the records that go.

Only what is shown is merged, as the contract has it, and of that only what is no system
field. Whatever points at a record that goes points at the survivor afterwards, morph
relations too, whoever asks: those are found in the snapshot and not in the view.
"""

from __future__ import annotations

from collections.abc import Iterator

from icosa.catalog.snapshot import Field, Object
from icosa.catalog.view import JoinId, ObjectView, Own, View
from icosa.core.errors import Forbidden
from icosa.plan.encode import Batch
from icosa.plan.read import Selection
from icosa.plan.tree import (
    LiveId,
    MergedField,
    MergePlan,
    One,
    Output,
    Pointing,
    RecordPlan,
    UniqueKey,
    Value,
)
from icosa.plan.write import leaves_written
from icosa.request.ir import Merge, Pick
from icosa.request.merge import MergeArguments


def make_merge(
    arguments: MergeArguments,
    source: Object,
    record: tuple[Pick, ...],
    *,
    actor: Batch,  # an update of nothing: who merges
    fresh: str,
    values: list[object],
) -> Merge:
    """The request of a merge; its values are appended to `values`."""
    first = len(values)
    survivor = arguments.survivor
    values += ([*arguments.ids], [*arguments.losers], survivor, [survivor], fresh, actor, ",")
    return Merge(
        object=source.name_singular,
        record=record,
        dry_run=arguments.dry_run,
        columns=actor.columns,
        ids=first,
        losers=first + 1,
        survivor=first + 2,
        shown=first + 3,
        fresh=first + 4,
        actor=first + 5,
        separator=first + 6,
    )


def plan_merge(request: Merge, view: View, warnings: list[str]) -> tuple[MergePlan, RecordPlan]:
    """The plan, and the record to show: by the plan itself or by a second statement.

    Raises `Forbidden`.
    """
    source = view.object(request.object)
    assert source is not None, "the front end has found it"
    grant = source.grant
    if not (grant.read and grant.update and grant.destroy):
        raise Forbidden(path=(request.object,))
    record = Selection(view, warnings).record(request.record, source, above=1)
    elsewhere = not request.dry_run and leaves_written(source, record)
    plan = MergePlan(
        request=request,
        source=source,
        fields=tuple(_merged(record, source)),
        pointing=tuple(_pointing(source.object, view)),
        record=None if elsewhere else record,
    )
    return plan, record


def _merged(record: RecordPlan, source: ObjectView) -> Iterator[MergedField]:
    """Each field that is shown, once. Raises `Forbidden` for one that may not be written."""
    seen: set[str] = set()
    for output in record.outputs:
        member = _member(output, source)
        if member is None or member.field.is_system or member.field.id in seen:
            continue
        if not source.may_write(member):
            raise Forbidden(path=(source.object.name_singular, member.field.name))
        seen.add(member.field.id)
        yield MergedField(member.type, member.field.columns, _points_home(member.field, source))


def _member(output: Output, source: ObjectView) -> Own | JoinId | None:
    match output:
        case Value(member=member) | LiveId(member=member):
            return member
        case One(member=relation):
            join_id = source.members.get(relation.field.join_name)
            return join_id if isinstance(join_id, JoinId) else None
        case _:
            return None


def _points_home(field: Field, source: ObjectView) -> bool:
    relation = field.relation
    return relation is not None and relation.target_object_id == source.object.id


def _pointing(target: Object, view: View) -> Iterator[Pointing]:
    """Every table with columns that point at `target`, its own among them."""
    for source in view.snapshot.objects.values():
        columns = tuple(
            field.columns[0]
            for field in source.fields.values()
            if field.columns
            and field.relation is not None
            and field.relation.kind == "MANY_TO_ONE"
            and field.relation.target_object_id == target.id
        )
        if columns:
            yield Pointing(
                schema=view.snapshot.schema,
                table=source.table,
                columns=columns,
                is_own=source.id == target.id,
                unique=tuple(
                    UniqueKey(index.columns, among_live=index.where_clause is not None)
                    for index in source.indexes
                    if index.is_unique and not set(columns).isdisjoint(index.columns)
                ),
            )
