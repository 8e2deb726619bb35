"""What no record's field names any more goes: never saved, replaced, or its record destroyed.

Looked at once in a while and never in the way of a write. A file has a day to be saved in; a
soft-deleted record still holds its files. The row goes first: a crash in between leaves bytes
that nobody can reach, and never a link to nothing.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

import asyncpg

from icosa.catalog.snapshot import Field, Object
from icosa.catalog.store import load_snapshot
from icosa.compile.files import compile_unused
from icosa.db.pool import Database, DatabaseUnavailable
from icosa.files.store import Store

log = logging.getLogger(__name__)

PAUSE_S: Final = 600
_WORKSPACES: Final = "select distinct workspace_id from icosa.file"
_OF_NO_FIELD: Final = """
delete from icosa.file f where f.created_at < now() - interval '1 day'
and not exists (select from icosa.field x where x.id = f.field_id) returning id"""


class Sweep:
    def __init__(self, database: Database, store: Store) -> None:
        self._database = database
        self._store = store

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(PAUSE_S)
            try:
                await self.once()
            except (asyncpg.PostgresError, DatabaseUnavailable, LookupError, OSError) as failure:
                log.warning("Unused files were not removed: %s", failure)

    async def once(self) -> int:
        """How many files were removed."""
        count = await self._remove(_OF_NO_FIELD, ())
        for row in await self._database.rows(_WORKSPACES):
            snapshot = await load_snapshot(self._database, row["workspace_id"])
            for source in snapshot.objects.values():
                for item in source.fields.values():
                    if item.kind == "FILES":
                        count += await self._unused(snapshot.schema, source, item)
        return count

    async def _unused(self, schema: str, source: Object, item: Field) -> int:
        text = compile_unused(schema, source.table, item.columns[0])
        return await self._remove(text, (item.id,))

    async def _remove(self, text: str, params: tuple[object, ...]) -> int:
        rows = await self._database.rows(text, params, slow=True)
        for row in rows:
            await self._store.delete(row["id"])
        return len(rows)
