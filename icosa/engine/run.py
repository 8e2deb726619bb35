"""The whole life of a record request, on one screen.

A request has been read by REST or GraphQL; what comes back is PostgreSQL's own JSON, as
bytes, for that dialect's envelope. Reads of one document are one statement. A write is one
statement, or two in one transaction where its selection shows more than what was written.
"""

from __future__ import annotations

import asyncio
import random
from time import perf_counter
from typing import Final

import msgspec

from icosa.catalog.view import ObjectView, View
from icosa.compile.conflict import compile_conflict
from icosa.compile.statement import Root
from icosa.core.errors import DuplicateRecord, RecordNotFound
from icosa.core.sql import Statement
from icosa.core.timing import CURRENT
from icosa.db.failures import as_api_error, fold_groups, is_stale
from icosa.db.pool import Connection, Database, Row
from icosa.engine.statements import Change, Merging, Statements
from icosa.engine.totals import Totals
from icosa.plan.encode import Batch
from icosa.plan.upsert import fold, same_keys
from icosa.request.ir import Merge, Read, Write
from icosa.request.merge import NOT_FOUND

Values = list[object]

UPSERT_ATTEMPTS: Final = 5
UPSERT_PAUSE_S: Final = 0.02


class ModelChanged(Exception):
    """A statement met another model than it was compiled for: read the request anew."""


class NeedsFolding(Exception):
    """Several inputs of an upsert are one stored record: `of` has their places."""

    def __init__(self, of: list[list[int]]) -> None:
        super().__init__(of)
        self.of = of


class RecordsGone(Exception):
    """A record that an upsert had found was gone when it came to change it."""


class Found(msgspec.Struct, frozen=True):
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


class Answer(msgspec.Struct, frozen=True):
    found: tuple[Found, ...]  # one for each request, in order
    warnings: tuple[str, ...]


class Engine:
    def __init__(self, database: Database, totals: Totals) -> None:
        self._database = database
        self._totals = totals

    async def read(self, requests: tuple[Read, ...], values: Values, view: View) -> Answer:
        """Raises `ApiError`, `ModelChanged`."""
        started = _parsed()
        reads = view.make(Statements).reads(requests)
        _planned(started)
        row = await self._run(self._database, reads.compiled.statement, values)
        found = tuple([Found(row, root) for root in reads.compiled.roots])
        return Answer(found, reads.warnings)

    async def write(
        self, request: Write, values: Values, view: View
    ) -> tuple[bytes | None, Change]:
        """The written records' JSON, joined by the separator; None when there were none.

        Raises `ApiError`, among them `RecordNotFound` for one record that is not there.
        """
        started = _parsed()
        change = view.make(Statements).change(request)
        _planned(started)
        if request.kind != "update":
            self._totals.wrote(view.snapshot.schema)
        try:
            if request.upsert is not None:
                records = await self._upsert(change, values)
            else:
                records = await self._write(change, values, None)
        except DuplicateRecord as duplicate:
            await self._name_conflict(duplicate, change.plan.source)
            raise
        if records is None and request.one:
            raise RecordNotFound
        return records, change

    async def merge(self, request: Merge, values: Values, view: View) -> tuple[bytes, Merging]:
        """The merged record's JSON; of a dry run what it would be.

        Raises `ApiError`, among them `RecordNotFound` where not all of the records are there.
        """
        started = _parsed()
        merging = view.make(Statements).merge(request)
        _planned(started)
        ids = values[request.ids]
        assert isinstance(ids, list)
        if request.dry_run:
            row = await self._run(self._database, merging.statement, values)
            if row["count"] != len(ids):
                raise RecordNotFound(NOT_FOUND)
            return _merged(row), merging
        self._totals.wrote(view.snapshot.schema)
        try:
            return await self._merge(merging, values, len(ids)), merging
        except DuplicateRecord as duplicate:
            await self._name_conflict(duplicate, merging.plan.source)
            raise

    async def _merge(self, merging: Merging, values: Values, expected: int) -> bytes:
        async with self._database.transaction() as connection:
            locked = await self._run(connection, merging.lock, values)
            if locked["count"] != expected:
                raise RecordNotFound(NOT_FOUND)
            row = await self._run(connection, merging.statement, values)
            if merging.again is not None:
                row = await self._run(connection, merging.again, values)
            return _merged(row)

    async def _upsert(self, change: Change, values: Values) -> bytes | None:
        """The statement again where a concurrent writer won, or inputs were one record."""
        values = [*values]
        for attempt in range(UPSERT_ATTEMPTS):
            batch = values[change.plan.slot]
            assert isinstance(batch, Batch)
            try:
                return await self._write(change, values, len(batch.rows))
            except NeedsFolding as groups:
                rows = tuple(fold(batch.rows, groups.of))
                values[change.plan.slot] = msgspec.structs.replace(batch, rows=rows)
            except DuplicateRecord as duplicate:
                twins = same_keys(batch.rows, change.plan.upsert)
                if twins is not None:
                    duplicate.hint = f"The records at {twins[0]} and {twins[1]} have one key."
                    raise
                if attempt == UPSERT_ATTEMPTS - 1:
                    raise
                await asyncio.sleep(random.uniform(0, UPSERT_PAUSE_S * (attempt + 1)))  # noqa: S311  # jitter
            except RecordsGone:
                if attempt == UPSERT_ATTEMPTS - 1:
                    raise DuplicateRecord from None
        raise DuplicateRecord

    async def _name_conflict(self, duplicate: DuplicateRecord, source: ObjectView) -> None:
        """Adds which record is in the way, and of which field the value is."""
        if not duplicate.values:
            return
        statement = compile_conflict(source, duplicate.columns)
        row = await self._database.row(statement.text, duplicate.values)
        if row is not None:
            duplicate.details = {
                "conflictingRecordId": row["id"],
                "conflictingObjectNameSingular": source.object.name_singular,
            }
        for member in source.own.values():
            if member.field.columns and duplicate.columns[0] in member.field.columns:
                if duplicate.columns != ("id",):
                    duplicate.friendly = (
                        f"This {member.field.label} value is already in use. "
                        "Please check your data and try again."
                    )
                return

    async def _write(self, change: Change, values: Values, expected: int | None) -> bytes | None:
        """Raises `RecordsGone` when fewer than the expected number were written.

        What was written then stays: the statement is run again, and finds it.
        """
        if change.again is None:
            row = await self._run(self._database, change.statement, values)
            if expected is not None and row["count"] != expected:
                raise RecordsGone
            return _records(row)
        async with self._database.transaction() as connection:
            row = await self._run(connection, change.statement, values)
            if expected is not None and row["count"] != expected:
                raise RecordsGone
            ids = row["ids"]
            if not ids:
                return None
            again_values = [*values]
            again_values[change.plan.slot] = ids
            return _records(await self._run(connection, change.again, again_values))

    async def _run(self, door: Database | Connection, statement: Statement, values: Values) -> Row:
        params = statement.bind(values)
        timing = CURRENT.get()
        started = perf_counter()
        try:
            row = await door.row(statement.text, params)
        except Exception as failure:
            if is_stale(failure):
                raise ModelChanged from failure
            groups = fold_groups(failure)
            if groups is not None:
                raise NeedsFolding(groups) from failure
            known = as_api_error(failure)
            if known is None:
                raise
            raise known from failure
        finally:
            if timing is not None:
                timing.db += perf_counter() - started
        assert row is not None, "every statement gives one row"
        return row


def _records(row: Row) -> bytes | None:
    records: bytes | None = row["records"]
    return records


def _merged(row: Row) -> bytes:
    records = _records(row)
    assert records is not None, "the survivor is locked"
    return records


def _parsed() -> float:
    """The moment when a request was understood; the first one of a document counts."""
    now = perf_counter()
    timing = CURRENT.get()
    if timing is not None and not timing.parsed_at:
        timing.parsed_at = now
    return now


def _planned(started: float) -> None:
    timing = CURRENT.get()
    if timing is not None:
        timing.plan += perf_counter() - started
