"""What both dialects do to a data model: rights, the change, and its announcement.

A change that this process made is known to all its APIs before the answer leaves. Reading
asks for the version first, so that a change made by another process a moment ago is seen as
well: metadata is read seldom, and a client that has just made a field wants to see it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from icosa.access.roles import Roles
from icosa.catalog.snapshot import Field, Object, Snapshot
from icosa.changes.commands import CreateField, CreateObject, UpdateField, UpdateObject
from icosa.changes.model import ModelChanges
from icosa.core.caller import Caller
from icosa.core.errors import ModelNotFound, WorkspaceNotFound
from icosa.core.identity import is_uuid
from icosa.db.pool import Database
from icosa.engine.workspaces import Workspaces
from icosa.http.metadata.catalogue import State, load_state
from icosa.http.metadata.command import read_command

DATA_MODEL: Final = "DATA_MODEL"  # the flag of a role that may change the model

_OBJECT_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{0,62}")
_FIELD_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{0,62}\.[A-Za-z][A-Za-z0-9]{0,62}")


@dataclass(frozen=True, slots=True)
class ShownObject:
    """An object, and the model that it is, or was, a part of."""

    source: Object
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field, and the model that it is, or was, a part of."""

    item: Field
    snapshot: Snapshot


class ModelOperations:
    """One a process."""

    def __init__(
        self, database: Database, workspaces: Workspaces, changes: ModelChanges, roles: Roles
    ) -> None:
        self._database = database
        self._workspaces = workspaces
        self._changes = changes
        self._roles = roles

    async def require(self, caller: Caller) -> None:
        """Raises `SettingForbidden` where the caller's role may not change the model."""
        await self._roles.require(caller, DATA_MODEL)

    # -- reading -----------------------------------------------------------------------

    async def snapshot(self, workspace_id: str) -> Snapshot:
        """The model as of now. Raises `WorkspaceNotFound`."""
        return (await self.current(workspace_id))[0]

    async def current(self, workspace_id: str) -> tuple[Snapshot, State]:
        """The model and the workspace's flags as of now. Raises `WorkspaceNotFound`."""
        state = await load_state(self._database, workspace_id)
        if state is None:
            raise WorkspaceNotFound
        self._workspaces.announce(workspace_id, state.version)
        try:
            return await self._workspaces.snapshot(workspace_id), state
        except LookupError:
            raise WorkspaceNotFound from None

    # -- objects -----------------------------------------------------------------------

    async def create_object(self, caller: Caller, body: Mapping[str, object]) -> ShownObject:
        await self.require(caller)
        command = read_command(CreateObject, body)
        made = await self._changes.create_object(caller.workspace_id, command, by=caller)
        return self._as_stored(made, await self.snapshot(caller.workspace_id))

    async def update_object(
        self, caller: Caller, reference: str, body: Mapping[str, object]
    ) -> ShownObject:
        await self.require(caller)
        command = read_command(UpdateObject, body)
        changed = await self._changes.update_object(
            caller.workspace_id, reference, command, by=caller
        )
        return self._as_stored(changed, await self.snapshot(caller.workspace_id))

    async def delete_object(self, caller: Caller, reference: str) -> ShownObject:
        """The object as it was, in the model that it was in."""
        await self.require(caller)
        before = await self.snapshot(caller.workspace_id)
        former = await self._changes.delete_object(caller.workspace_id, reference, by=caller)
        await self.snapshot(caller.workspace_id)
        return self._as_stored(former, before)

    def _as_stored(self, source: Object, snapshot: Snapshot) -> ShownObject:
        """The snapshot's own, but for one that somebody else has deleted since."""
        return ShownObject(snapshot.objects.get(source.id, source), snapshot)

    # -- fields ------------------------------------------------------------------------

    async def create_field(self, caller: Caller, body: Mapping[str, object]) -> ShownField:
        await self.require(caller)
        command = read_command(CreateField, body)
        made = await self._changes.create_field(caller.workspace_id, command, by=caller)
        return self._field_as_stored(made, await self.snapshot(caller.workspace_id))

    async def update_field(
        self, caller: Caller, reference: str, body: Mapping[str, object]
    ) -> ShownField:
        await self.require(caller)
        command = read_command(UpdateField, body)
        changed = await self._changes.update_field(
            caller.workspace_id, reference, command, by=caller
        )
        return self._field_as_stored(changed, await self.snapshot(caller.workspace_id))

    async def delete_field(self, caller: Caller, reference: str) -> ShownField:
        """The field as it was, in the model that it was in."""
        await self.require(caller)
        before = await self.snapshot(caller.workspace_id)
        former = await self._changes.delete_field(caller.workspace_id, reference, by=caller)
        await self.snapshot(caller.workspace_id)
        return self._field_as_stored(former, before)

    def _field_as_stored(self, item: Field, snapshot: Snapshot) -> ShownField:
        return ShownField(snapshot.field(item.id) or item, snapshot)


# -- ids and names ---------------------------------------------------------------------


def is_object_reference(text: str) -> bool:
    """Whether `text` could be an object's id or one of its names (amendments, 25)."""
    return is_uuid(text) or _OBJECT_NAME.fullmatch(text) is not None


def is_field_reference(text: str) -> bool:
    """Whether `text` could be a field's id, or `object.field`."""
    return is_uuid(text) or _FIELD_NAME.fullmatch(text) is not None


def find_object(snapshot: Snapshot, reference: str) -> Object | None:
    return (
        snapshot.objects.get(reference.lower())
        or snapshot.by_singular.get(reference)
        or snapshot.by_plural.get(reference)
    )


def find_field(snapshot: Snapshot, reference: str) -> Field | None:
    object_name, dot, name = reference.partition(".")
    if not dot:
        return snapshot.field(reference.lower())
    source = find_object(snapshot, object_name)
    return None if source is None else source.fields.get(name)


def object_of(snapshot: Snapshot, reference: str) -> Object:
    """Raises `ModelNotFound`."""
    found = find_object(snapshot, reference)
    if found is None:
        names = (*snapshot.by_singular, *snapshot.by_plural)
        raise ModelNotFound(
            "Object metadata not found",
            sub_code="OBJECT_METADATA_NOT_FOUND",
            hint=_suggestion(reference, names),
        )
    return found


def field_of(snapshot: Snapshot, reference: str) -> Field:
    """Raises `ModelNotFound`."""
    found = find_field(snapshot, reference)
    if found is None:
        object_name, _, name = reference.partition(".")
        source = find_object(snapshot, object_name)
        names = () if source is None else tuple(source.fields)
        raise ModelNotFound(
            "Field metadata not found",
            sub_code="FIELD_METADATA_NOT_FOUND",
            hint=_suggestion(name, names),
        )
    return found


def _suggestion(name: str, names: tuple[str, ...]) -> str | None:
    close = get_close_matches(name, names, n=1)
    return f"Did you mean {close[0]}?" if close else None
