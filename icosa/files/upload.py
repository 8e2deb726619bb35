"""A file comes in: stored first, then known; so a row never names what is not there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from icosa.core.errors import ArgumentInvalid
from icosa.core.identity import RecordIds
from icosa.db.pool import Database
from icosa.files.store import Store

NAME_LENGTH_MAX: Final = 255
_ADD: Final = """
insert into icosa.file (id, workspace_id, field_id, name, content_type, size)
values ($1::uuid, $2::uuid, $3::uuid, $4::text, $5::text, $6::int8)"""
_SHOW: Final = """
select icosa.iso(f.created_at) as created_at, icosa.file_url(w.schema_name, f.id::text) as url
from icosa.file f join icosa.workspace w on w.id = f.workspace_id where f.id = $1::uuid"""
_FIND: Final = "select name, content_type from icosa.file where id = $1::uuid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    id: str
    path: str
    size: int
    created_at: str
    url: str | None


class Files:
    def __init__(self, database: Database, store: Store) -> None:
        self._database = database
        self._store = store
        self._ids = RecordIds()

    async def add(
        self, *, workspace_id: str, field_id: str, name: str, content_type: str, content: bytes
    ) -> Uploaded:
        """Raises `ArgumentInvalid` for a name that is none."""
        plain = PurePath(name.replace("\\", "/")).name.replace("\0", "")[:NAME_LENGTH_MAX]
        if not plain:
            raise ArgumentInvalid("The file has no name", path=("file",))
        file_id = self._ids.next()
        await self._store.put(file_id, content)
        await self._database.execute(
            _ADD,
            (file_id, workspace_id, field_id, plain, content_type[:NAME_LENGTH_MAX], len(content)),
        )
        row = await self._database.row(_SHOW, (file_id,))
        assert row is not None
        return Uploaded(
            id=file_id,
            path=f"files/{file_id}",
            size=len(content),
            created_at=row["created_at"],
            url=row["url"],
        )

    async def content(self, file_id: str) -> tuple[str, str, bytes] | None:
        """Name, content type and bytes."""
        row = await self._database.row(_FIND, (file_id,))
        content = None if row is None else await self._store.get(file_id)
        if row is None or content is None:
            return None
        return row["name"], row["content_type"], content
