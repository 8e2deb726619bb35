"""What a caller sends to be written -> columns and one JSON value.

The field types check and normalise; here names are resolved, the rules on actors and
positions kept (A6), and the records of a batch brought to the same columns. The values
become one JSON text for `json_to_recordset`, so the shape of a write is its columns alone.

Beside a record's columns its row may hold what no column is called: `#` its place in the
batch, `#rank` how far before or after all others it goes, `#id` the id that the caller
gave, `#given` the columns that were given, and the values of `connect` keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import msgspec

from icosa.catalog.snapshot import Field
from icosa.catalog.view import Hidden, JoinId, ObjectView, Own, ToMany, ToOne, View
from icosa.core.caller import Caller
from icosa.core.errors import DataInvalid, Forbidden
from icosa.core.identity import RecordIds, is_uuid
from icosa.core.inspect import inspect
from icosa.fields.base import FieldType, Fresh
from icosa.plan.connect import Row, connect_where, is_disconnect, read_connect
from icosa.plan.filter import suggestion
from icosa.plan.upsert import GIVEN, GIVEN_ID, given_columns, upsert_shape
from icosa.request.ir import Connect, Upsert

Parse = Callable[[object], Mapping[str, object]]

CREATED_BY: Final = "createdBy"
UPDATED_BY: Final = "updatedBy"
POSITION: Final = "position"
TYPED_MAX: Final = 500  # sets of columns whose types are kept, an object


class Batch(msgspec.Struct, frozen=True):
    """What a write writes, as far as its shape; `rows` are the values."""

    columns: tuple[tuple[str, str], ...]
    positions: str
    rows: tuple[Row, ...]
    shared: Row = {}  # what all rows hold
    shared_columns: tuple[tuple[str, str], ...] = ()
    connects: tuple[Connect, ...] = ()
    upsert: Upsert | None = None
    is_list: bool = True  # a batch, or the one row of an update

    def json(self) -> str:
        value = self.rows if self.is_list else self.rows[0]
        return msgspec.json.encode(value).decode()

    def shared_json(self) -> str:
        return msgspec.json.encode(self.shared).decode()


@dataclass(frozen=True)
class Columns:
    """The columns of an object, made once for a view.

    Those that the role may not read are here too: who wrote a record is kept, and where it
    is placed, whoever may see that.
    """

    source: ObjectView

    @cached_property
    def _stored(self) -> tuple[tuple[Field, FieldType], ...]:
        """The fields that have columns, in the contract's order."""
        fields = {member.field.id: member.field for member in self.source.members.values()}
        return tuple((each, each.type) for each in fields.values() if each.type is not None)

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The PostgreSQL type of each physical column, in the order of the fields."""
        return {
            name: column.pg_type
            for item, of in self._stored
            for name, column in zip(item.columns, of.columns(), strict=True)
        }

    @cached_property
    def defaults(self) -> Mapping[str, object]:
        """What a column holds when a caller says nothing."""
        found: Row = {}
        for item, of in self._stored:
            default = of.default()
            for name, column in zip(item.columns, of.columns(), strict=True):
                if column.suffix in default:
                    found[name] = default[column.suffix]
        return found

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """By field id, the physical name of each column by its suffix."""
        return {
            item.id: {
                column.suffix: name for name, column in zip(item.columns, of.columns(), strict=True)
            }
            for item, of in self._stored
        }

    @cached_property
    def plain(self) -> Mapping[str, tuple[Parse, Mapping[str, str]]]:
        """The fields that are written as they are given, if that is not null: how a value is
        parsed, and the physical names of what comes of it.
        """
        return {
            name: (member.type.parse, self.names[member.field.id])
            for name, member in self.source.own.items()
            if self.source.may_write(member) and name not in ("id", UPDATED_BY)
        }

    @cached_property
    def typed_before(self) -> dict[frozenset[str], tuple[tuple[str, str], ...]]:
        return {}

    def named(self, field: Field, values: Mapping[str, object]) -> Row:
        """A field type's answer, by physical column."""
        names = self.names[field.id]
        return {names[suffix]: value for suffix, value in values.items()}

    def typed(self, names: frozenset[str]) -> tuple[tuple[str, str], ...]:
        """The columns of these names with their types, in the order of the fields."""
        found = self.typed_before.get(names)
        if found is None:
            if len(self.typed_before) >= TYPED_MAX:
                self.typed_before.clear()
            found = tuple((name, kind) for name, kind in self.types.items() if name in names)
            self.typed_before[names] = found
        return found


class AllColumns:
    """The columns of each object of a view, made when first written to."""

    def __init__(self, view: View) -> None:
        del view  # they hang on it and depend on its objects alone
        self._made: dict[str, Columns] = {}

    def of(self, source: ObjectView) -> Columns:
        name = source.object.name_singular
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = Columns(source)
        return found


class Encoder:
    """Turns data into rows, for one object and one caller."""

    def __init__(self, source: ObjectView, view: View, caller: Caller, ids: RecordIds) -> None:
        self._columns = view.make(AllColumns).of(source)
        self._source = source
        self._caller = caller
        self._ids = ids
        self._view = view
        self._connects: dict[str, list[Connect]] = {}  # by relation, one for each record

    def create(self, records: Sequence[object], *, upsert: bool = False) -> Batch:
        """Raises `DataInvalid`, with the record's place in the path."""
        fresh = self._ids.take(len(records))
        rows: list[Row] = []
        placed: set[str] = set()
        for index, (record, record_id) in enumerate(zip(records, fresh, strict=True)):
            path = () if len(records) == 1 else (index,)
            row = self._row(record, path, creating=True)
            if upsert:
                row[GIVEN_ID] = row.get("id")
                row[GIVEN] = given_columns(row)
            row["id"] = row.get("id") or record_id
            placed.add(_place(row, index))
            row["#"] = index
            rows.append(row)
        shared = self._actor(UPDATED_BY)
        if not any(isinstance(r, dict) and r.get(CREATED_BY) is not None for r in records):
            shared |= self._actor(CREATED_BY)
        names = self._complete(rows)
        positions = placed.pop() if len(placed) == 1 else "mixed" if placed else ""
        return Batch(
            columns=self._typed(names),
            positions=positions,
            rows=tuple(rows),
            shared=shared,
            shared_columns=self._typed(shared),
            connects=self._connected(len(records)),
            upsert=upsert_shape(rows, self._source, self._columns.types) if upsert else None,
        )

    def update(self, record: object) -> Batch:
        row = self._row(record, (), creating=False)
        row.update(self._actor(UPDATED_BY))
        return Batch(
            columns=self._typed(row),
            positions=_moved(row),
            rows=(row,),
            connects=self._connected(1),
            is_list=False,
        )

    # -- one record --------------------------------------------------------------------

    def _row(self, record: object, path: tuple[str | int, ...], *, creating: bool) -> Row:
        if not isinstance(record, dict):
            raise DataInvalid('Invalid argument: "data" must be an object', path=("data", *path))
        row: Row = {}
        plain = self._columns.plain
        name = ""
        try:
            for name, value in record.items():
                writer = plain.get(name)
                if writer is None or value is None:
                    self._field(name, value, record, row, creating=creating)
                    continue
                parse, columns = writer
                for suffix, part in parse(value).items():
                    row[columns[suffix]] = part
        except (DataInvalid, Forbidden) as error:
            error.path = ("data", *path, *(error.path or (name,)))
            raise
        if creating and isinstance(record.get(CREATED_BY), dict):
            row.update(self._created_by(record[CREATED_BY], row))
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
        if value is None and name == CREATED_BY:
            return {}  # as if it were left out: the caller's, or what is stored
        if value is None and not member.type.nullable and name != POSITION:
            if member.type.default_value is None:
                raise DataInvalid(
                    f"Field {name} is not nullable and has no default value.", path=(name,)
                )
            return self._columns.named(member.field, member.type.default()) if creating else {}
        return self._columns.named(member.field, member.type.parse(value))

    def _relation(
        self, member: ToOne, value: object, record: Mapping[str, object], row: Row
    ) -> None:
        name = member.field.name
        if member.field.join_name in record:
            raise DataInvalid(
                f"{name} and {member.field.join_name} cannot be both provided.", path=(name,)
            )
        if not self._source.may_write(member):
            raise Forbidden(path=(name,))
        if is_disconnect(name, value):
            row[member.column] = None
            return
        where = connect_where(name, value)
        if where is not None:
            connect = read_connect(member, where, self._view, row)
            row[member.column] = None
            self._connects.setdefault(name, []).append(connect)

    def _connected(self, count: int) -> tuple[Connect, ...]:
        """The connects of a batch: those of one relation must all use one key (A6)."""
        found: list[Connect] = []
        for name, connects in self._connects.items():
            if len(set(connects)) > 1:
                raise DataInvalid(
                    "Expected the same constraint fields to be used consistently across all "
                    f"operations for {name}.",
                    path=("data", name),
                )
            found.append(connects[0])
        assert all(len(connects) <= count for connects in self._connects.values())
        return tuple(found)

    # -- actors ------------------------------------------------------------------------

    def _actor(self, name: str) -> Row:
        """The caller as the value of an actor field."""
        member = self._source.members.get(name)
        if not isinstance(member, Own | Hidden):
            return {}
        caller = self._caller
        values: Row = {
            "Source": caller.source,
            "WorkspaceMemberId": caller.member_id,
            "Name": caller.name,
            "Context": {},
        }
        return self._columns.named(member.field, values)

    def _created_by(self, given: Mapping[str, object], row: Row) -> Row:
        """Without a name, the client's source and context stay and the rest is the caller's."""
        actor = self._actor(CREATED_BY)
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
        names = set().union(*rows)
        ordered = [name for name in self._columns.types if name in names]
        for row in rows:
            if row.keys() < names:
                for name in ordered:
                    if name not in row:
                        row[name] = self._fresh(name)
        return ordered

    def _fresh(self, column: str) -> object:
        """What a column holds when one record of a batch gives it and another does not."""
        if column.startswith(CREATED_BY):
            value = self._actor(CREATED_BY).get(column)
        else:
            value = self._columns.defaults.get(column)
        if value is Fresh.UUID:
            return self._ids.next()
        return "now" if value is Fresh.NOW else value

    def _typed(self, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
        return self._columns.typed(frozenset(names))


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
