"""Folds the deltas behind exact totals, in the background.

A total is a sum of deltas; every write adds one. Twice a second the workspaces that wrote
are folded, each in one statement of its own, and every minute all that this process knows:
so a read never adds up more than a few hundred. Deltas that another transaction holds are
left for the next time.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

import asyncpg

from icosa.compile.ddl import fold_totals
from icosa.db.pool import Database, DatabaseUnavailable
from icosa.engine.workspaces import Workspaces

log = logging.getLogger(__name__)

PAUSE_S: Final = 0.5
SWEEP_EVERY: Final = 120  # pauses


class Totals:
    def __init__(self, database: Database, workspaces: Workspaces) -> None:
        self._database = database
        self._workspaces = workspaces
        self._written: set[str] = set()

    def wrote(self, schema: str) -> None:
        """A workspace's records were created, deleted or restored."""
        self._written.add(schema)

    async def run(self) -> None:
        """Until cancelled."""
        turn = 0
        while True:
            await asyncio.sleep(PAUSE_S)
            turn += 1
            if turn % SWEEP_EVERY == 0:
                self._written.update(s.schema for s in self._workspaces.known())
            schemas, self._written = self._written, set()
            for schema in sorted(schemas):
                await self._fold(schema)

    async def _fold(self, schema: str) -> None:
        try:
            await self._database.execute(fold_totals(schema), slow=True)
        except (asyncpg.PostgresError, DatabaseUnavailable) as failure:
            # the workspace may be gone, or the database for a while: the deltas stay correct
            log.info("totals of %s were not folded: %s", schema, failure)
