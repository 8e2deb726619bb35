"""Records by REST: request -> engine -> envelope.

Each operation is a few lines: what it reads from path, query and body is turned into the
same requests that GraphQL makes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec

from icosa.catalog.view import View
from icosa.core.caller import Caller
from icosa.core.errors import (
    BatchTooLarge,
    BodyInvalid,
    DataInvalid,
    RecordNotFound,
    RequestInvalid,
)
from icosa.core.identity import RecordIds
from icosa.engine.run import Engine
from icosa.engine.search import search
from icosa.http.rest import envelope
from icosa.http.rest.group import read_groups
from icosa.http.rest.path import Target
from icosa.http.rest.query import (
    read_depth,
    read_filter,
    read_limit,
    read_list,
    unknown_parameters,
)
from icosa.http.rest.search import read_search_parameters
from icosa.http.rest.selection import Selections
from icosa.plan.duplicates import read_data
from icosa.plan.encode import Batch, Encoder
from icosa.plan.merge import make_merge
from icosa.plan.read import readable_object
from icosa.request.duplicates import read_inputs
from icosa.request.ir import (
    Entries,
    FindDuplicates,
    FindMany,
    FindOne,
    Node,
    Pick,
    Write,
    WriteKind,
)
from icosa.request.merge import read_merge
from icosa.request.shaping import shape_filter

ID_ONLY: Final = (Pick("id", "id"),)


class Call(msgspec.Struct, frozen=True):
    """One request to a record route, understood as far as its path."""

    target: Target
    parameters: Mapping[str, str]
    body: object  # decoded; None without one
    view: View
    caller: Caller
    values: list[object] = []

    @property
    def is_soft(self) -> bool:
        return self.parameters.get("soft_delete") == "true"

    @property
    def is_upsert(self) -> bool:
        return self.parameters.get("upsert") == "true"

    def picks(self) -> tuple[Pick, ...]:
        selections = self.view.make(Selections)
        return selections.record(self.target.source, read_depth(self.parameters))

    def by_id(self) -> Node:
        assert self.target.record_id is not None
        return shape_filter({"id": {"eq": self.target.record_id}}, self.values)

    def fields(self) -> Mapping[str, object]:
        """The body, which must be an object. Raises `BodyInvalid`."""
        if not isinstance(self.body, dict):
            raise BodyInvalid("The body must be an object")
        return self.body

    def slot(self, value: object) -> int:
        self.values.append(value)
        return len(self.values) - 1


class Reply(msgspec.Struct, frozen=True):
    status: int
    body: bytes
    warnings: list[bytes]


class RecordRoutes:
    def __init__(self, engine: Engine, ids: RecordIds, *, batch_max: int) -> None:
        self._engine = engine
        self._ids = ids
        self._batch_max = batch_max
        self._operations: Mapping[str, Callable[[Call], Awaitable[tuple[int, bytes]]]] = {
            "find_many": self._find_many,
            "find_one": self._find_one,
            "find_duplicates": self._find_duplicates,
            "search": self._search,
            "group_by": self._group_by,
            "create_one": self._create_one,
            "create_many": self._create_many,
            "update_one": self._update_one,
            "update_many": self._update_many,
            "delete_one": self._delete_one,
            "delete_many": self._delete_many,
            "restore_one": self._restore_one,
            "restore_many": self._restore_many,
            "merge_many": self._merge_many,
        }

    async def answer(self, call: Call) -> Reply:
        """Raises `ApiError`, `ModelChanged`."""
        operation = call.target.operation
        if call.target.of is not None:  # before a body is read: its faults name fields
            readable_object(call.target.of.object.name_singular, call.view)
        status, body = await self._operations[operation](call)
        return Reply(status, body, unknown_parameters(operation, call.parameters))

    # -- reads -------------------------------------------------------------------------

    async def _find_many(self, call: Call) -> tuple[int, bytes]:
        request = FindMany(
            object=call.target.source.object.name_singular,
            separator=call.slot(envelope.SEPARATOR),
            arguments=read_list(call.parameters, call.values),
            limit=read_limit(call.parameters),
            picks=call.picks(),
            plain=True,
            total=call.parameters.get("total") != "false",
        )
        answer = await self._engine.read((request,), call.values, call.view)
        return 200, envelope.many(call.target.source.object, answer)

    async def _find_one(self, call: Call) -> tuple[int, bytes]:
        request = FindOne(call.target.source.object.name_singular, call.by_id(), call.picks())
        answer = await self._engine.read((request,), call.values, call.view)
        record = answer.found[0].json("record")
        if record is None:
            raise RecordNotFound
        return 200, envelope.one(call.target.source.object, record)

    async def _find_duplicates(self, call: Call) -> tuple[int, bytes]:
        source = call.target.source
        by, inputs = read_inputs(call.fields())
        if by == "data":
            inputs = [*read_data(inputs, source, call.view, call.caller, self._ids)]
        if not inputs:
            return 200, envelope.listed(None)
        request = FindDuplicates(
            object=source.object.name_singular,
            by=by,
            slot=call.slot(inputs),
            picks=call.picks(),
            plain=True,
        )
        answer = await self._engine.read((request,), call.values, call.view)
        return 200, envelope.listed(answer.found[0].json("records"))

    async def _group_by(self, call: Call) -> tuple[int, bytes]:
        request = read_groups(
            call.parameters,
            call.values,
            source=call.target.source,
            view=call.view,
            record=call.picks(),
        )
        answer = await self._engine.read((request,), call.values, call.view)
        return 200, envelope.bare(answer.found[0].json("groups"))

    async def _search(self, call: Call) -> tuple[int, bytes]:
        arguments = read_search_parameters(call.parameters, call.view)
        page = await search(self._engine, arguments, call.values, call.view)
        return 200, envelope.found(page)

    # -- writes ------------------------------------------------------------------------

    async def _create_one(self, call: Call) -> tuple[int, bytes]:
        batch = self._encoder(call).create([call.body], upsert=call.is_upsert)
        return 201, await self._write(call, "create", batch=batch, one=True)

    async def _create_many(self, call: Call) -> tuple[int, bytes]:
        records = call.body
        if not isinstance(records, list):
            raise DataInvalid('Invalid argument: "data" must be an array', path=("data",))
        if len(records) > self._batch_max:
            raise BatchTooLarge(f"Maximum number of records to upsert is {self._batch_max}.")
        if not records:
            return 201, envelope.written(call.target.source.object, "create", None, is_one=False)
        batch = self._encoder(call).create(records, upsert=call.is_upsert)
        return 201, await self._write(call, "create", batch=batch, one=False)

    async def _update_one(self, call: Call) -> tuple[int, bytes]:
        batch = self._encoder(call).update(call.body)
        return 200, await self._write(call, "update", call.by_id(), batch=batch, one=True)

    async def _update_many(self, call: Call) -> tuple[int, bytes]:
        where = read_filter(call.parameters, call.values) or Entries(())
        batch = self._encoder(call).update(call.body)
        return 200, await self._write(call, "update", where, batch=batch, one=False)

    async def _delete_one(self, call: Call) -> tuple[int, bytes]:
        kind: WriteKind = "delete" if call.is_soft else "destroy"
        return 200, await self._write(call, kind, call.by_id(), one=True)

    async def _delete_many(self, call: Call) -> tuple[int, bytes]:
        where = read_filter(call.parameters, call.values)
        if where is None:
            word = "delete" if call.is_soft else "destroy"
            raise RequestInvalid(
                f"Filters are mandatory for bulk {word} operations. Please provide at least one "
                "filter to prevent accidental deletion of all records."
            )
        kind: WriteKind = "delete" if call.is_soft else "destroy"
        return 200, await self._write(call, kind, where, one=False)

    async def _restore_one(self, call: Call) -> tuple[int, bytes]:
        return 200, await self._write(call, "restore", call.by_id(), one=True)

    async def _restore_many(self, call: Call) -> tuple[int, bytes]:
        where = read_filter(call.parameters, call.values) or Entries(())
        return 200, await self._write(call, "restore", where, one=False)

    async def _merge_many(self, call: Call) -> tuple[int, bytes]:
        source = call.target.source.object
        request = make_merge(
            read_merge(call.fields(), source),
            source,
            call.picks(),
            actor=self._encoder(call).update({}),
            fresh=self._ids.next(),
            values=call.values,
        )
        record, _ = await self._engine.merge(request, call.values, call.view)
        return 200, envelope.written(source, "merge", record, is_one=True)

    async def _write(
        self,
        call: Call,
        kind: WriteKind,
        where: Node | None = None,
        *,
        one: bool,
        batch: Batch | None = None,
    ) -> bytes:
        source = call.target.source.object
        request = Write(
            kind=kind,
            object=source.name_singular,
            one=one,
            filter=where,
            record=ID_ONLY if kind == "destroy" else call.picks(),
            columns=batch.columns if batch else (),
            positions=batch.positions if batch else "",
            slot=call.slot(batch),
            separator=call.slot(envelope.SEPARATOR),
            shared=batch.shared_columns if batch else (),
            connects=batch.connects if batch else (),
            upsert=batch.upsert if batch else None,
        )
        records, _ = await self._engine.write(request, call.values, call.view)
        verb = "delete" if kind == "destroy" else kind
        return envelope.written(source, verb, records, is_one=one)

    def _encoder(self, call: Call) -> Encoder:
        return Encoder(call.target.source, call.view, call.caller, self._ids)
