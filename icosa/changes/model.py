"""Each change of a data model as one transaction.

Under a lock on the workspace's row: the snapshot as it is, the new snapshot (pure, with all
faults of the input), catalogue rows and DDL from the difference, the next version, the
change itself as a row, and a notification that PostgreSQL sends when it commits. So there
is the old model or the new one, whatever fails.

Tables are locked for a short time only: a change that can't have its locks within two
seconds lets everybody else go first and tries again.
"""

from __future__ import annotations

import asyncio
import random
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

import asyncpg
import msgspec

from icosa.catalog.naming import schema_name
from icosa.catalog.snapshot import Field, Object, Snapshot
from icosa.catalog.store import load_snapshot
from icosa.catalog.templates import standard_snapshot
from icosa.changes import edits, fields, history, objects, views
from icosa.changes.commands import CreateField, CreateObject, UpdateField, UpdateObject
from icosa.changes.draft import Draft
from icosa.changes.rows import row_statements
from icosa.compile.ddl import create_schema, drop_schema, statements
from icosa.core.caller import Caller
from icosa.core.errors import ApiError, ModelRefused
from icosa.core.identity import RecordIds
from icosa.core.sql import render
from icosa.db.failures import is_retryable
from icosa.db.pool import Connection, Database

CHANNEL: Final = "icosa_model"
DEFAULT_FLAGS: Final = {
    "IS_UNIQUE_INDEXES_ENABLED": False,
    "IS_JSON_FILTER_ENABLED": False,
    "IS_EMAIL_GROUP_ENABLED": False,
    "IS_JUNCTION_RELATIONS_ENABLED": False,
    "IS_REST_METADATA_API_NEW_FORMAT_DIRECT": True,
    "IS_LOGIC_FUNCTION_PREBUILT_MODE_ENABLED": False,
    "IS_SETTINGS_DISCOVERY_HERO_ENABLED": False,
    "IS_WORKFLOW_VERSION_IN_CORE_ENABLED": False,
}
ATTEMPTS_MAX: Final = 6
BACK_OFF_S: Final = 0.1  # doubled after each attempt, with jitter
_KNOWN_MAX: Final = 20  # workspaces whose last snapshot is kept, to load only what changed

# Time enough to fill an index or a search vector; locks must be had quickly or not at all.
_LIMITS: Final = "set local lock_timeout = '2s'; set local statement_timeout = '10min'"
_LOCK: Final = """
select icosa.iso(now()) as now from icosa.workspace where id = $1::uuid for no key update"""
_NOW: Final = "select icosa.iso(now()) as now"
_NEXT_VERSION: Final = """
update icosa.workspace set version = $2::bigint, updated_at = now() where id = $1::uuid"""
_NOTIFY: Final = "select pg_notify($1::text, $2::text)"
_TRIGRAMS: Final = """
select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace
where e.extname = 'pg_trgm'"""
_NEW_WORKSPACE: Final = """
insert into icosa.workspace (id, name, display_name, schema_name, standard_application_id,
    custom_application_id, flags, model, timeline)
values ($1::uuid, $2::text, $3::text, $4::text, $5::uuid, $6::uuid, $7::jsonb, $8::text,
    $9::text = 'true')
on conflict (name) do nothing"""


class WorkspaceExists(Exception):
    """There is a workspace of that name."""


class ModelChanges:
    """The way in. Objects and fields are named by id, or `pet` and `pet.species`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ids = RecordIds()
        self._known: OrderedDict[str, Snapshot] = OrderedDict()

    # -- workspaces --------------------------------------------------------------------

    async def create_workspace(
        self, name: str, *, model: str = "crm", display_name: str | None = None
    ) -> str:
        """The new workspace's id. Raises `LookupError` (template), `WorkspaceExists`."""
        workspace_id = self._ids.next()
        clock = await self._database.row(_NOW)
        assert clock is not None
        snapshot = standard_snapshot(
            model,
            workspace_id=workspace_id,
            schema=schema_name(workspace_id),
            standard_application_id=self._ids.next(),
            custom_application_id=self._ids.next(),
            flags=DEFAULT_FLAGS,
            now=clock["now"],
            new_id=self._ids.next,
        )
        row = (
            workspace_id,
            name,
            display_name or name,
            snapshot.schema,
            snapshot.standard_application_id,
            snapshot.custom_application_id,
            msgspec.json.encode(DEFAULT_FLAGS).decode(),
            model,
            "true" if model == "crm" else "false",
        )
        async with self._database.transaction(slow=True) as connection:
            if not await connection.execute(_NEW_WORKSPACE, row):
                raise WorkspaceExists(name)
            await connection.execute_script(";\n".join(create_schema(snapshot.schema)))
            await _apply(connection, None, snapshot)
            draft = Draft(snapshot, clock["now"], self._ids.next)
            views.add_standard_views(draft)
            await _write_views(connection, draft)
        return workspace_id

    async def delete_workspace(self, workspace_id: str) -> None:
        """Its schema, its catalogue and its keys. Raises `LookupError`."""
        async with self._database.transaction(slow=True) as connection:
            row = await connection.row(
                "delete from icosa.workspace where id = $1::uuid returning schema_name",
                (workspace_id,),
            )
            if row is None:
                raise LookupError(workspace_id)
            await connection.execute_script(drop_schema(row[0]))
            await connection.row(_NOTIFY, (CHANNEL, workspace_id))
        self._known.pop(workspace_id, None)

    # -- objects -----------------------------------------------------------------------

    async def create_object(
        self, workspace_id: str, command: CreateObject, *, by: Caller | None
    ) -> Object:
        """Raises `RequestInvalid`, `ModelInvalid`."""

        def edit(draft: Draft) -> str:
            return objects.create_object(draft, command)

        change = await self._change(workspace_id, edit, "create_object", command, by)
        return change.object_after()

    async def update_object(
        self, workspace_id: str, reference: str, command: UpdateObject, *, by: Caller | None
    ) -> Object:
        """Raises `ModelNotFound`, `ModelRefused`, `RequestInvalid`, `ModelInvalid`."""

        def edit(draft: Draft) -> str:
            return objects.update_object(draft, reference, command)

        change = await self._change(workspace_id, edit, "update_object", command, by)
        return change.object_after()

    async def delete_object(
        self, workspace_id: str, reference: str, *, by: Caller | None
    ) -> Object:
        """What was deleted. Raises `ModelNotFound`, `ModelInvalid`."""

        def edit(draft: Draft) -> str:
            return objects.delete_object(draft, reference)

        change = await self._change(workspace_id, edit, "delete_object", None, by)
        return change.object_before()

    # -- fields ------------------------------------------------------------------------

    async def create_field(
        self, workspace_id: str, command: CreateField, *, by: Caller | None
    ) -> Field:
        """Of a morph relation the first of its fields. Raises `RequestInvalid`, `ModelInvalid`."""

        def edit(draft: Draft) -> str:
            return fields.create_field(draft, command)

        change = await self._change(workspace_id, edit, "create_field", command, by)
        return change.field_after()

    async def update_field(
        self, workspace_id: str, reference: str, command: UpdateField, *, by: Caller | None
    ) -> Field:
        """Raises `ModelRefused`, `RequestInvalid`, `ModelInvalid`."""

        def edit(draft: Draft) -> str:
            return edits.update_field(draft, reference, command)

        change = await self._change(workspace_id, edit, "update_field", command, by)
        return change.field_after()

    async def delete_field(self, workspace_id: str, reference: str, *, by: Caller | None) -> Field:
        """What was deleted. Raises `ModelNotFound`, `ModelRefused`, `ModelInvalid`."""

        def edit(draft: Draft) -> str:
            return edits.delete_field(draft, reference)

        change = await self._change(workspace_id, edit, "delete_field", None, by)
        return change.field_before()

    # -- one change --------------------------------------------------------------------

    async def _change(
        self,
        workspace_id: str,
        edit: Callable[[Draft], str],
        operation: history.Operation,
        command: msgspec.Struct | None,
        by: Caller | None,
    ) -> history.Change:
        """Raises `LookupError` when there is no such workspace."""
        attempt = 1
        while True:
            try:
                return await self._attempt(workspace_id, edit, operation, command, by)
            except asyncpg.PostgresError as failure:
                if not is_retryable(failure) or attempt == ATTEMPTS_MAX:
                    raise
            pause = BACK_OFF_S * 2**attempt
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - only jitter
            attempt += 1

    async def _attempt(
        self,
        workspace_id: str,
        edit: Callable[[Draft], str],
        operation: history.Operation,
        command: msgspec.Struct | None,
        by: Caller | None,
    ) -> history.Change:
        async with self._database.transaction(slow=True) as connection:
            await connection.execute_script(_LIMITS)
            locked = await connection.row(_LOCK, (workspace_id,))
            if locked is None:
                raise LookupError(workspace_id)
            before = await load_snapshot(
                connection, workspace_id, since=self._known.get(workspace_id)
            )
            self._remember(before)
            standing = await connection.rows(views.STANDING, (workspace_id,))
            draft = Draft(before, locked["now"], self._ids.next, views.standing(standing))
            subject_id = edit(draft)
            after = draft.snapshot()
            change = history.Change(operation, command, before, after, subject_id)
            if after is not before:
                await self._write(connection, draft, change, by)
        return change

    async def _write(
        self, connection: Connection, draft: Draft, change: history.Change, by: Caller | None
    ) -> None:
        after = change.after
        try:
            await _apply(connection, change.before, after)
            for part in draft.records:
                await connection.execute_script(render(part).text)
        except asyncpg.PostgresError as failure:
            refusal = _refusal(failure, draft)
            if refusal is None:
                raise
            raise refusal from failure
        await _write_views(connection, draft)
        await connection.execute(_NEXT_VERSION, (after.workspace_id, after.version))
        await connection.execute(history.INSERT, history.row(change, by))
        payload = f"{after.workspace_id}:{after.version}"
        await connection.row(_NOTIFY, (CHANNEL, payload))

    def _remember(self, snapshot: Snapshot) -> None:
        self._known[snapshot.workspace_id] = snapshot
        self._known.move_to_end(snapshot.workspace_id)
        while len(self._known) > _KNOWN_MAX:
            self._known.popitem(last=False)


async def _apply(connection: Connection, old: Snapshot | None, new: Snapshot) -> None:
    """Catalogue rows, then tables."""
    for statement in row_statements(old, new):
        await connection.execute(statement.text, (statement.rows,))
    trigrams = await pg_trgm_schema(connection)
    for text in statements(old, new, trigrams=trigrams):
        await connection.execute_script(text)


def _refusal(failure: asyncpg.PostgresError, draft: Draft) -> ApiError | None:
    """The caller's error, where what is in the tables is in the way of the change."""
    match failure:
        case asyncpg.UniqueViolationError():
            return draft.refusals.get("equal values")
        case asyncpg.NotNullViolationError():
            return draft.refusals.get("no value")
        case asyncpg.TooManyColumnsError():
            return ModelRefused(
                "An object holds at most 1,600 columns in all its time, deleted ones included",
                sub_code="INVALID_OBJECT_INPUT",
            )
        case _:
            return None


async def pg_trgm_schema(door: Connection | Database) -> str:
    """The schema of the extension, which may have been there before Icosa."""
    row = await door.row(_TRIGRAMS)
    assert row is not None, "migrate creates pg_trgm"
    return str(row["nspname"])


async def _write_views(connection: Connection, draft: Draft) -> None:
    for statement in draft.rows:
        await connection.execute(statement.text, (statement.rows,))
