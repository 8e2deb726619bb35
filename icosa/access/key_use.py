"""When and from where each API key was last used, written in the background.

Requests only note it in memory; a statement writes all notes of a process once a minute. A crash
loses the last minute, which is why nothing is decided by it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final

import asyncpg

from icosa.db.pool import Database, DatabaseUnavailable

INTERVAL_S: Final = 60.0

# A later use that another process has written already stays.
_WRITE: Final = """
update icosa.api_key k
set last_used_at = u.at, last_used_address = u.address
from (
    select id, to_timestamp(at) as at, address::inet as address
    from unnest($1::uuid[], $2::float8[], $3::text[]) as u (id, at, address)
) u
where k.id = u.id and (k.last_used_at is null or k.last_used_at < u.at)"""

_log = logging.getLogger(__name__)


class KeyUses:
    """The notes of one process, and their way into the database."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock
        self._notes: dict[str, tuple[float, str | None]] = {}

    def note(self, key_id: str, address: str | None) -> None:
        """On every request with a key: as cheap as can be."""
        self._notes[key_id] = (self._clock(), address)

    async def write(self) -> None:
        """Writes the notes of all keys; keeps them where the database does not answer."""
        notes, self._notes = self._notes, {}
        if not notes:
            return
        ids = sorted(notes)  # in one order in all processes, or two of them could lock each other
        times = [str(notes[key_id][0]) for key_id in ids]
        addresses = [notes[key_id][1] for key_id in ids]
        try:
            await self._database.execute(_WRITE, (ids, times, addresses))
        except BaseException:
            self._notes = notes | self._notes
            raise

    async def keep_writing(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(INTERVAL_S)
            try:
                await self.write()
            except (DatabaseUnavailable, asyncpg.PostgresError) as failure:
                _log.warning("The last use of API keys was not written: %s", failure)
