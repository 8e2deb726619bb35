"""A PostgreSQL of our own with a workspace that holds the data set.

It is durable, as one in use is. A folder that is kept is used again by the next run, unless
what makes the tables has changed since; what a run created is removed at its end.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import msgspec

import icosa
from bench.dataset import Dataset
from icosa.db.embedded import DATA_DIR_MODE
from icosa.db.migrate import migrate
from icosa.first_run import KEY_NAME, first_run
from icosa.installation import running_database
from icosa.settings import Settings

WORKSPACE = "crm"
_NOTE = "bench.json"
_TABLES_MADE_BY = ("db/migrations/*.sql", "compile/ddl.py", "catalog/templates/*")
_SAMPLE = "select id::text from {table} order by hashtext(id::text), id limit $1"
_CREATED = "delete from {schema}.person where \"emailsPrimaryEmail\" like '%@created.example'"


class _Note(msgspec.Struct, frozen=True):
    """What is known of a folder that was filled."""

    fingerprint: str
    scale: float
    schema: str
    company_object_id: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    data_dir: Path
    dsn: str
    schema: str
    company_object_id: str
    token: str
    key_name: str
    dataset: Dataset
    loaded_s: float | None  # None: it was there already

    async def sample(self, table: str, count: int) -> list[str]:
        """Ids of records, the same ones for the same data."""
        text = _SAMPLE.format(table=f"{self.schema}.{table}")
        rows = await self._fetch(text, count)
        return [row[0] for row in rows]

    async def tidy(self) -> None:
        """As it was after the load, but for what was updated."""
        await self._fetch(_CREATED.format(schema=self.schema))
        await self.dataset.tidy(self.dsn)

    async def _fetch(self, text: str, *values: object) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.dsn)
        try:
            return await connection.fetch(text, *values)
        finally:
            await connection.close()


@contextmanager
def installation(folder: Path, scale: float) -> Iterator[Installation]:
    """Runs while the block does. `folder` is empty or was filled by an earlier run."""
    folder.chmod(DATA_DIR_MODE)  # as root, PostgreSQL runs as another user
    data_dir = folder / f"data-{_fingerprint()}-{scale:g}"
    settings = Settings.read({}, data_dir=data_dir)
    with running_database(settings) as (dsn, settings):
        note_path = data_dir / _NOTE
        start = time.monotonic()
        is_new = not note_path.exists()
        if is_new:
            note = asyncio.run(_filled(dsn, settings, scale))
            note_path.touch(mode=0o600)
            note_path.write_bytes(msgspec.json.encode(note))
        note = msgspec.json.decode(note_path.read_bytes(), type=_Note)
        yield Installation(
            data_dir=data_dir,
            dsn=dsn,
            schema=note.schema,
            company_object_id=note.company_object_id,
            token=note.token,
            key_name=KEY_NAME,
            dataset=Dataset.scaled(note.schema, scale),
            loaded_s=time.monotonic() - start if is_new else None,
        )


async def _filled(dsn: str, settings: Settings, scale: float) -> _Note:
    await migrate(dsn)
    created = await first_run(dsn, settings, email="bench@example.com", workspace=WORKSPACE)
    if created is None:
        raise RuntimeError(f"{settings.data_dir} holds half a load: remove it")
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("update icosa.workspace set timeline = false")
        schema = await connection.fetchval("select schema_name from icosa.workspace")
        object_id = await connection.fetchval(
            "select id::text from icosa.object where name_singular = 'company'"
        )
    finally:
        await connection.close()
    await Dataset.scaled(schema, scale).load(dsn)
    return _Note(_fingerprint(), scale, schema, object_id, created.api_key)


def _fingerprint() -> str:
    """Of what makes the tables; another one, and the data are loaded anew."""
    root = Path(icosa.__file__).parent
    digest = hashlib.sha256()
    for pattern in _TABLES_MADE_BY:
        for path in sorted(each for each in root.glob(pattern) if each.is_file()):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
