"""Writes: what a caller sends -> columns and one JSON value; changes of records.

The field types check and normalise; here names are resolved, the rules on actors and
positions kept (A6), and the records of a batch brought to the same columns. The values
become one JSON text for `json_to_recordset`, so the shape of a write is its columns alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import msgspec

from icosa.catalog.view import Hidden, JoinId, ObjectView, Own, ToMany, ToOne, View
from icosa.core.caller import Caller
from icosa.core.errors import DataInvalid, Forbidden
from icosa.core.identity import RecordIds, is_uuid
from icosa.core.inspect import inspect
from icosa.fields.base import Fresh
from icosa.plan.filter import plan_filter, suggestion
from icosa.plan.read import Selection
from icosa.plan.tree import Many, One, RecordPlan, WritePlan
from icosa.request.ir import Write
from icosa.request.limits import UPDATE_MANY_MAX

Row = dict[str, object]

CREATED_BY: Final = "createdBy"
UPDATED_BY: Final = "updatedBy"
POSITION: Final = "position"
_SOFT_DELETE_CASCADES: Final[Mapping[str, tuple[str, str]]] = {
    "note": ("noteTarget", "noteId"),
    "task": ("taskTarget", "taskId"),
}


@dataclass(frozen=True, slots=True)
class Batch:
    """What a write writes: its columns, how it is placed, and one JSON value."""

    columns: tuple[tuple[str, str], ...]
    positions: str
    json: str


@dataclass(frozen=True)
class Columns:
    """The columns of an object, made once for a view."""

    source: ObjectView

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The PostgreSQL type of each physical column, in the order of the fields."""
        return {
            name: column.pg_type
            for member in self.source.own.values()
            for name, column in zip(member.field.columns, member.type.columns(), strict=True)
        }

    @cached_property
    def defaults(self) -> Mapping[str, object]:
        """What a column holds when a caller says nothing."""
        found: Row = {}
        for member in self.source.own.values():
            default = member.type.default()
            for name, column in zip(member.field.columns, member.type.columns(), strict=True):
                if column.suffix in default:
                    found[name] = default[column.suffix]
        return found

    def named(self, member: Own | JoinId, values: Mapping[str, object]) -> Row:
        """A field type's answer, by physical column."""
        return {
            name: values[column.suffix]
            for name, column in zip(member.field.columns, member.type.columns(), strict=True)
            if column.suffix in values
        }


class Encoder:
    """Turns data into rows, for one object and one caller."""

    def __init__(self, columns: Columns, caller: Caller, ids: RecordIds) -> None:
        self._columns = columns
        self._source = columns.source
        self._caller = caller
        self._ids = ids

    def create(self, records: Sequence[object]) -> Batch:
        """Raises `DataInvalid`, with the record's place in the path."""
        fresh = self._ids.take(len(records))
        rows: list[Row] = []
        placed: set[str] = set()
        for index, (record, record_id) in enumerate(zip(records, fresh, strict=True)):
            path = () if len(records) == 1 else (index,)
            row = self._row(record, path, creating=True)
            row["id"] = row.get("id") or record_id
            placed.add(_place(row, index))
            row["#"] = index
            rows.append(row)
        for row in rows:
            row.update(self._actor(UPDATED_BY))
        names = self._complete(rows)
        positions = placed.pop() if len(placed) == 1 else "mixed" if placed else ""
        return Batch(self._typed(names), positions, _json(rows))

    def update(self, record: object) -> Batch:
        row = self._row(record, (), creating=False)
        row.update(self._actor(UPDATED_BY))
        return Batch(self._typed(row), _moved(row), _json(row))

    # -- one record --------------------------------------------------------------------

    def _row(self, record: object, path: tuple[str | int, ...], *, creating: bool) -> Row:
        if not isinstance(record, dict):
            raise DataInvalid('Invalid argument: "data" must be an object', path=("data", *path))
        row: Row = {}
        for name, value in record.items():
            try:
                self._field(name, value, record, row, creating=creating)
            except (DataInvalid, Forbidden) as error:
                error.path = ("data", *path, *(error.path or (name,)))
                raise
        if creating and UPDATED_BY in self._source.members and CREATED_BY in self._source.members:
            row.update(self._created_by(record.get(CREATED_BY), row))
        return row

    def _field(
        self, name: str, value: object, record: Mapping[str, object], row: Row, *, creating: bool
    ) -> None:
        member = self._source.members.get(name)
        match member:
            case None:
                raise DataInvalid(
                    f'Object {self._source.object.name_singular} doesn\'t have any "{name}" field.',
                    path=(name,),
                    hint=suggestion(name, self._source.readable()),
                )
            case Hidden():
                raise Forbidden(path=(name,))
            case ToMany():
                raise DataInvalid(
                    f"One-to-many relation {name} field does not support write operations.",
                    path=(name,),
                )
            case ToOne():
                self._relation(member, value, record, row)
            case Own() | JoinId():
                if not self._source.may_write(member):
                    raise Forbidden(path=(name,))
                if name == "id":
                    row["id"] = _id(value)
                elif name != UPDATED_BY:
                    row.update(self._value(name, member, value, creating=creating))

    def _value(self, name: str, member: Own | JoinId, value: object, *, creating: bool) -> Row:
        if value is None and not member.type.nullable and name != POSITION:
            if member.type.default_value is None:
                raise DataInvalid(
                    f"Field {name} is not nullable and has no default value.", path=(name,)
                )
            return self._columns.named(member, member.type.default()) if creating else {}
        return self._columns.named(member, member.type.parse(value))

    def _relation(
        self, member: ToOne, value: object, record: Mapping[str, object], row: Row
    ) -> None:
        name = member.field.name
        if member.field.join_name in record:
            raise DataInvalid(
                f"{name} and {member.field.join_name} cannot be both provided.", path=(name,)
            )
        match value:
            case {"disconnect": True}:
                row[member.column] = None
            case {"disconnect": False}:
                pass
            case _:
                raise DataInvalid(
                    f'Relation "{name}" requires connect or disconnect operation', path=(name,)
                )

    # -- actors ------------------------------------------------------------------------

    def _actor(self, name: str) -> Row:
        """The caller as the value of an actor field."""
        member = self._source.members.get(name)
        if not isinstance(member, Own):
            return {}
        caller = self._caller
        values: Row = {
            "Source": caller.source,
            "WorkspaceMemberId": caller.member_id,
            "Name": caller.name,
            "Context": {},
        }
        return self._columns.named(member, values)

    def _created_by(self, given: object, row: Row) -> Row:
        """Without a name, the client's source and context stay and the rest is the caller's."""
        actor = self._actor(CREATED_BY)
        if not isinstance(given, Mapping):
            return actor
        if given.get("name"):
            return {}
        member = self._source.members[CREATED_BY]
        source, _member_id, _name, context = member.field.columns
        for column, key in ((source, "source"), (context, "context")):
            if given.get(key) is not None and row.get(column) is not None:
                actor.pop(column, None)
        return actor

    # -- a batch -----------------------------------------------------------------------

    def _complete(self, rows: Sequence[Row]) -> list[str]:
        """Give every row every column that any has, from the defaults; their names."""
        names = {name for row in rows for name in row if not name.startswith("#")}
        ordered = [name for name in self._columns.types if name in names]
        for row in rows:
            if len(row) < len(ordered):
                for name in ordered:
                    if name not in row:
                        row[name] = self._fresh(self._columns.defaults.get(name))
        return ordered

    def _fresh(self, value: object) -> object:
        if value is Fresh.UUID:
            return self._ids.next()
        return "now" if value is Fresh.NOW else value

    def _typed(self, names: Sequence[str] | Row) -> tuple[tuple[str, str], ...]:
        types = self._columns.types
        return tuple((name, kind) for name, kind in types.items() if name in names)


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
    )
    return plan, record


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
    if not allowed:
        raise Forbidden(path=(request.object,))


def _cascades(request: Write, source: ObjectView, view: View) -> tuple[tuple[ObjectView, str], ...]:
    if source.object.is_custom or request.kind not in ("delete", "restore"):
        return ()
    child_name, column = _SOFT_DELETE_CASCADES.get(source.object.name_singular, ("", ""))
    child = view.object(child_name) if child_name else None
    return () if child is None else ((child, column),)


def _place(row: Row, index: int) -> str:
    """How a row is placed; `"first"` and `"last"` become a rank beside an empty position."""
    given = row.get(POSITION, "first")
    if given == "first":
        row[POSITION], row["#rank"] = None, -1 - index
        return "first"
    if given == "last":
        row[POSITION], row["#rank"] = None, 1 + index
        return "last"
    return "number"


def _moved(row: Row) -> str:
    """How an update places its records; `"first"` and `"last"` leave the position to SQL."""
    if POSITION not in row:
        return ""
    given = row[POSITION]
    if given == "first" or given == "last":
        row[POSITION] = None
        return str(given)
    return "number"


def _id(value: object) -> object:
    if value is None or is_uuid(value):
        return value
    raise DataInvalid(
        f'Value "{value}" is not a valid UUID'
        if isinstance(value, str)
        else f'Value "{inspect(value)}" is not a valid UUID',
        path=("id",),
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
