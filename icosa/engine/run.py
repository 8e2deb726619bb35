"""The whole life of a record request, on one screen.

A request has been read by REST or GraphQL; what comes back is PostgreSQL's own JSON, as
bytes, for that dialect's envelope. Reads of one document are one statement. A write is one
statement, or two in one transaction where its selection shows more than what was written.
"""

from __future__ import annotations

from dataclasses import dataclass

from icosa.catalog.view import View
from icosa.compile.statement import Root
from icosa.core.errors import RecordNotFound
from icosa.core.sql import Statement
from icosa.db.failures import as_api_error, is_stale
from icosa.db.pool import Connection, Database, Row
from icosa.engine.statements import Change, Statements
from icosa.engine.totals import Totals
from icosa.request.ir import Read, Write

Values = list[object]


class ModelChanged(Exception):
    """A statement met another model than it was compiled for: read the request anew."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one read gave: the parts of its root in the statement's row."""

    row: Row
    root: Root

    def holds(self, part: str) -> bool:
        return part in self.root.columns

    def json(self, part: str) -> bytes | None:
        """Records, a record, or the keys of a cursor, as PostgreSQL wrote them."""
        value: bytes | None = self.row[self.root.columns[part]]
        return value

    def total(self) -> int:
        value: int = self.row[self.root.columns["total"]]
        return value

    def flag(self, part: str) -> bool:
        value: bool = self.row[self.root.columns[part]]
        return value


@dataclass(frozen=True, slots=True)
class Answer:
    found: tuple[Found, ...]  # one for each request, in order
    warnings: tuple[str, ...]


class Engine:
    def __init__(self, database: Database, totals: Totals) -> None:
        self._database = database
        self._totals = totals

    async def read(self, requests: tuple[Read, ...], values: Values, view: View) -> Answer:
        """Raises `ApiError`, `ModelChanged`."""
        reads = view.make(Statements).reads(requests)
        row = await self._run(self._database, reads.compiled.statement, values)
        found = tuple(Found(row, root) for root in reads.compiled.roots)
        return Answer(found, reads.warnings)

    async def write(
        self, request: Write, values: Values, view: View
    ) -> tuple[bytes | None, Change]:
        """The written records' JSON, joined by the separator; None when there were none.

        Raises `ApiError`, among them `RecordNotFound` for one record that is not there.
        """
        change = view.make(Statements).change(request)
        if request.kind != "update":
            self._totals.wrote(view.snapshot.schema)
        if change.again is None:
            row = await self._run(self._database, change.statement, values)
            records: bytes | None = row[0]
        else:
            records = await self._write_and_read(change, change.again, values)
        if records is None and request.one:
            raise RecordNotFound
        return records, change

    async def _write_and_read(
        self, change: Change, again: Statement, values: Values
    ) -> bytes | None:
        async with self._database.transaction() as connection:
            ids = (await self._run(connection, change.statement, values))[0]
            if not ids:
                return None
            again_values = [*values]
            again_values[change.plan.slot] = ids
            records: bytes | None = (await self._run(connection, again, again_values))[0]
            return records

    async def _run(self, door: Database | Connection, statement: Statement, values: Values) -> Row:
        params = statement.bind(values)
        try:
            row = await door.row(statement.text, params)
        except Exception as failure:
            if is_stale(failure):
                raise ModelChanged from failure
            known = as_api_error(failure)
            if known is None:
                raise
            raise known from failure
        assert row is not None, "every statement gives one row"
        return row
