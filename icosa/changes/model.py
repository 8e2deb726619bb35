"""Each change of a data model as one transaction.

Under a lock on the workspace's row: the snapshot as it is, the new snapshot (pure, with all
faults of the input), catalogue rows and DDL from the difference, the next version, the
change itself as a row, and a notification that PostgreSQL sends when it commits. So there
is the old model or the new one, whatever fails.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import msgspec

from icosa.catalog.snapshot import Snapshot
from icosa.catalog.templates import standard_snapshot
from icosa.changes.rows import row_statements
from icosa.compile.ddl import create_schema, drop_schema, statements
from icosa.core.identity import RecordIds
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
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_TRIGRAMS: Final = (
    "select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace"
    " where e.extname = 'pg_trgm'"
)


class WorkspaceExists(Exception):
    """There is a workspace of that name."""


class ModelChanges:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._ids = RecordIds()

    async def create_workspace(
        self, name: str, *, model: str = "crm", display_name: str | None = None
    ) -> str:
        """The new workspace's id. Raises `LookupError` (template), `WorkspaceExists`."""
        workspace_id = self._ids.next()
        snapshot = standard_snapshot(
            model,
            workspace_id=workspace_id,
            schema=f"w_{base_36(int(workspace_id.replace('-', ''), 16))}",
            standard_application_id=self._ids.next(),
            custom_application_id=self._ids.next(),
            flags=DEFAULT_FLAGS,
            now=_now(),
            new_id=self._ids.next,
        )
        async with self._database.transaction(slow=True) as connection:
            made = await connection.execute(
                "insert into icosa.workspace (id, name, display_name, schema_name,"
                " standard_application_id, custom_application_id, flags, model)"
                " values ($1::uuid, $2::text, $3::text, $4::text, $5::uuid, $6::uuid, $7::jsonb,"
                " $8::text) on conflict (name) do nothing",
                (
                    workspace_id,
                    name,
                    display_name or name,
                    snapshot.schema,
                    snapshot.standard_application_id,
                    snapshot.custom_application_id,
                    msgspec.json.encode(DEFAULT_FLAGS).decode(),
                    model,
                ),
            )
            if not made:
                raise WorkspaceExists(name)
            for text in create_schema(snapshot.schema):
                await connection.execute_script(text)
            await self._apply(connection, None, snapshot)
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
            await connection.row("select pg_notify($1::text, $2::text)", (CHANNEL, workspace_id))

    async def _apply(self, connection: Connection, old: Snapshot | None, new: Snapshot) -> None:
        for statement in row_statements(old, new):
            await connection.execute(statement.text, (statement.rows,))
        trigrams = await connection.row(_TRIGRAMS)
        assert trigrams is not None, "migrate creates pg_trgm"
        ddl = statements(old, new, trigrams=trigrams[0])
        if ddl:
            await connection.execute_script(";\n".join(ddl))


def base_36(number: int) -> str:
    digits: list[str] = []
    while number:
        number, digit = divmod(number, 36)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits)) or "0"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
