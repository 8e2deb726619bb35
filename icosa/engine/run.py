"""The whole life of a record request, on one screen.

A request has been read by REST or GraphQL; what comes back is PostgreSQL's own JSON, as
bytes, for that dialect's envelope. Reads of one document are one statement. A write is one
statement, or two in one transaction where its selection shows more than what was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from icosa.catalog.view import View
from icosa.compile.statement import Root
from icosa.core.errors import RecordNotFound
from icosa.core.sql import Statement
from icosa.db.failures import as_api_error, is_stale
from icosa.db.pool import Connection, Database
from icosa.engine.statements import Change, Statements
from icosa.engine.totals import Totals
from icosa.request.ir import Read, Write

Values = list[object]


class ModelChanged(Exception):
    """A statement met another model than it was compiled for: read the request anew."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of the database, and where in it each root's parts stand."""

    row: Sequence[object]
    roots: tuple[Root, ...]
    warnings: tuple[str, ...]


class Engine:
    def __init__(self, database: Database, totals: Totals) -> None:
        self._database = database
        self._totals = totals

    async def read(self, requests: tuple[Read, ...], values: Values, view: View) -> Answer:
        """Raises `ApiError`, `ModelChanged`."""
        reads = view.make(Statements).reads(requests)
        row = await self._run(self._database, reads.compiled.statement, values)
        return Answer(row, reads.compiled.roots, reads.warnings)

    async def write(self, request: Write, values: Values, view: View) -> tuple[bytes | None, Change]:
        """The written records' JSON, joined by the separator; None when there were none.

        Raises `ApiError`, among them `RecordNotFound` for one record that is not there.
        """
        change = view.make(Statements).change(request)
        if request.kind != "update":
            self._totals.wrote(view.snapshot.schema)
        if change.again is None:
            row = await self._run(self._database, change.statement, values)
            records = row[0]
        else:
            records = await self._write_and_read(change, change.again, values)
        if records is None and request.one:
            raise RecordNotFound
        assert records is None or isinstance(records, bytes)
        return records, change

    async def _write_and_read(
        self, change: Change, again: Statement, values: Values
    ) -> object:
        async with self._database.transaction() as connection:
            ids = (await self._run(connection, change.statement, values))[0]
            if not ids:
                return None
            again_values = [*values]
            again_values[change.plan.slot] = ids
            return (await self._run(connection, again, again_values))[0]

    async def _run(
        self, door: Database | Connection, statement: Statement, values: Values
    ) -> Sequence[object]:
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
