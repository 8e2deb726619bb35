"""Objects and fields by REST (contract, B.1 to B.3): reads need the right to change, too.

Answers are bare, or each in an envelope of its own, as the workspace's flag says at the time
of the request. PUT is PATCH. An id may be a name: `company`, `companies`, `company.name`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from icosa.core.errors import RequestInvalid
from icosa.http.metadata.call import Call, Operation, Reply
from icosa.http.metadata.catalogue import State
from icosa.http.metadata.operations import (
    ModelOperations,
    ShownField,
    ShownObject,
    field_of,
    is_field_reference,
    is_object_reference,
    object_of,
)
from icosa.http.metadata.page import cut, newest_first, read_window
from icosa.http.metadata.shown import Shown, rest_field, rest_object

_PAGE_PARAMETERS: Final = ("limit", "starting_after", "ending_before")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Around what one of the two resources answers."""

    resource: str  # "object"

    def one(self, shown: Shown, state: State) -> object:
        return shown if state.has_new_format else {"data": {self.resource: shown}}

    def many(self, shown: Sequence[Shown], state: State, *, page_info: Shown, total: int) -> object:
        data: object = shown if state.has_new_format else {f"{self.resource}s": shown}
        return {"data": data, "pageInfo": page_info, "totalCount": total}

    def changed(self, verb: str, shown: Shown, state: State) -> object:
        """`createOneObject`, `deleteOneField`, …"""
        if state.has_new_format:
            return shown
        return {"data": {f"{verb}One{self.resource.capitalize()}": shown}}


_OBJECT: Final = Envelope("object")
_FIELD: Final = Envelope("field")


class ModelRoutes:
    """The operations of `routes.MODEL_ROUTES`, by their names there."""

    def __init__(self, model: ModelOperations) -> None:
        self._model = model
        self.operations: Mapping[str, Operation] = {
            "list_object": Operation(answer=self._list_objects, parameters=_PAGE_PARAMETERS),
            "get_object": Operation(answer=self._get_object),
            "create_object": Operation(answer=self._create_object),
            "update_object": Operation(answer=self._update_object),
            "delete_object": Operation(answer=self._delete_object),
            "list_field": Operation(answer=self._list_fields, parameters=_PAGE_PARAMETERS),
            "get_field": Operation(answer=self._get_field),
            "create_field": Operation(answer=self._create_field),
            "update_field": Operation(answer=self._update_field),
            "delete_field": Operation(answer=self._delete_field),
        }

    # -- objects -----------------------------------------------------------------------

    async def _list_objects(self, call: Call) -> Reply:
        await self._model.require(call.caller)
        window = read_window(call.parameters)
        snapshot, state = await self._model.current(call.caller.workspace_id)
        page, page_info = cut(newest_first(tuple(snapshot.objects.values())), window)
        shown = [rest_object(item, snapshot) for item in page]
        total = len(snapshot.objects)
        return Reply(200, _OBJECT.many(shown, state, page_info=page_info, total=total))

    async def _get_object(self, call: Call) -> Reply:
        await self._model.require(call.caller)
        reference = _object_reference(call)
        snapshot, state = await self._model.current(call.caller.workspace_id)
        shown = rest_object(object_of(snapshot, reference), snapshot)
        return Reply(200, _OBJECT.one(shown, state))

    async def _create_object(self, call: Call) -> Reply:
        made = await self._model.create_object(call.caller, call.body)
        return Reply(201, await self._changed_object("create", made, call))

    async def _update_object(self, call: Call) -> Reply:
        reference = _object_reference(call)
        changed = await self._model.update_object(call.caller, reference, call.body)
        return Reply(200, await self._changed_object("update", changed, call))

    async def _delete_object(self, call: Call) -> Reply:
        former = await self._model.delete_object(call.caller, _object_reference(call))
        return Reply(200, await self._changed_object("delete", former, call))

    async def _changed_object(self, verb: str, thing: ShownObject, call: Call) -> object:
        state = (await self._model.current(call.caller.workspace_id))[1]
        shown = rest_object(thing.source, thing.snapshot, with_fields=verb != "delete")
        return _OBJECT.changed(verb, shown, state)

    # -- fields ------------------------------------------------------------------------

    async def _list_fields(self, call: Call) -> Reply:
        await self._model.require(call.caller)
        window = read_window(call.parameters)
        snapshot, state = await self._model.current(call.caller.workspace_id)
        fields = tuple(f for item in snapshot.objects.values() for f in item.fields.values())
        page, page_info = cut(newest_first(fields), window)
        shown = [rest_field(item, snapshot) for item in page]
        return Reply(200, _FIELD.many(shown, state, page_info=page_info, total=len(fields)))

    async def _get_field(self, call: Call) -> Reply:
        await self._model.require(call.caller)
        reference = _field_reference(call)
        snapshot, state = await self._model.current(call.caller.workspace_id)
        shown = rest_field(field_of(snapshot, reference), snapshot)
        return Reply(200, _FIELD.one(shown, state))

    async def _create_field(self, call: Call) -> Reply:
        made = await self._model.create_field(call.caller, call.body)
        return Reply(201, await self._changed_field("create", made, call))

    async def _update_field(self, call: Call) -> Reply:
        reference = _field_reference(call)
        changed = await self._model.update_field(call.caller, reference, call.body)
        return Reply(200, await self._changed_field("update", changed, call))

    async def _delete_field(self, call: Call) -> Reply:
        former = await self._model.delete_field(call.caller, _field_reference(call))
        return Reply(200, await self._changed_field("delete", former, call))

    async def _changed_field(self, verb: str, thing: ShownField, call: Call) -> object:
        state = (await self._model.current(call.caller.workspace_id))[1]
        return _FIELD.changed(verb, rest_field(thing.item, thing.snapshot), state)


def _object_reference(call: Call) -> str:
    """Raises `RequestInvalid` for what is neither an id nor could be a name."""
    if not is_object_reference(call.reference):
        raise RequestInvalid(
            "Validation failed (uuid is expected)",
            hint="An object's id, nameSingular or namePlural.",
        )
    return call.reference


def _field_reference(call: Call) -> str:
    """Raises `RequestInvalid` for what is neither an id nor could be a name."""
    if not is_field_reference(call.reference):
        raise RequestInvalid(
            "Validation failed (uuid is expected)",
            hint="A field's id, or object.field, such as company.name.",
        )
    return call.reference
