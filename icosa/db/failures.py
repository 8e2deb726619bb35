"""SQLSTATE -> what it means to a caller. The only place that knows SQLSTATEs.

PostgreSQL manual, appendix A. A failure that is not in the table is ours: it is logged and
answered with a bare 500. `icosa.refuse(code, detail)` raises IC001 for the rules that only
SQL can see; its message is the code.
"""

from __future__ import annotations

import re
from typing import Final

import asyncpg
import msgspec

from icosa.core.errors import (
    ApiError,
    DuplicateRecord,
    RecordRefused,
    Timeout,
    TooManyRecords,
    Unavailable,
    UpsertAmbiguous,
)
from icosa.db.connection import DatabaseUnavailable

# A statement compiled for a model that has changed meanwhile: relation, column, function or
# type unknown; "cached plan must not change result type"; prepared statement gone.
_STALE: Final = frozenset({"42P01", "42703", "42883", "42704", "0A000", "26000"})
# Classes whose own text says what was wrong with a value.
_INPUT_CLASSES: Final = frozenset({"22", "23", "54"})  # 54: a value too large for an index
_INPUT_STATES: Final = frozenset({"2201B", "42P22"})  # invalid_regular_expression, …
_RETRY: Final = frozenset({"40001", "40P01", "55P03"})  # serialisation, deadlock, lock timeout
_UNAVAILABLE_CLASSES: Final = frozenset({"08", "53", "57"})
_DUPLICATE: Final = "23505"
_CANCELLED: Final = "57014"
_REFUSED: Final = "IC001"
_DUPLICATE_DETAIL: Final = re.compile(r"Key \((?P<columns>.+)\)=\((?P<values>.*)\) already exists")


def is_stale(error: BaseException) -> bool:
    """Whether a statement failed as one does that was compiled for another model."""
    return isinstance(error, asyncpg.PostgresError) and _state(error) in _STALE


def is_retryable(error: BaseException) -> bool:
    return isinstance(error, asyncpg.PostgresError) and _state(error) in _RETRY


def as_api_error(error: BaseException) -> ApiError | None:
    """The caller's error that a failure of the database is, or None when it is ours."""
    if isinstance(error, DatabaseUnavailable):
        return Unavailable("The database is not available. Try again in a moment.")
    if not isinstance(error, asyncpg.PostgresError):
        return None
    state = _state(error)
    if state == _REFUSED:
        return _refused(error)
    if state == _DUPLICATE:
        return _duplicate(error)
    if state == _CANCELLED:
        return Timeout("Query timed out. Ask for less, or filter by an indexed field.")
    if state[:2] in _INPUT_CLASSES or state in _INPUT_STATES:
        return RecordRefused(_message(error))
    if state in _RETRY or state[:2] in _UNAVAILABLE_CLASSES:
        return Unavailable("The database is busy. Try again in a moment.")
    return None


def fold_groups(error: BaseException) -> list[list[int]] | None:
    """The places of inputs that are one stored record, if that is why an upsert failed."""
    if not isinstance(error, asyncpg.PostgresError) or _state(error) != _REFUSED:
        return None
    if _message(error) != "UPSERT_FOLD":
        return None
    return msgspec.json.decode(str(getattr(error, "detail", "[]")), type=list[list[int]])


def _duplicate(error: asyncpg.PostgresError) -> DuplicateRecord:
    found = _DUPLICATE_DETAIL.search(str(getattr(error, "detail", None) or ""))
    if found is None:
        return DuplicateRecord()
    columns = tuple(name.strip('"') for name in found["columns"].split(", "))
    values = tuple(found["values"].split(", ")) if len(columns) > 1 else (found["values"],)
    if len(values) != len(columns):  # a value with a comma in it
        values = ()
    return DuplicateRecord(columns=columns, values=values)


def _refused(error: asyncpg.PostgresError) -> ApiError:
    code = _message(error)
    detail = str(getattr(error, "detail", None) or "")
    if code == "TOO_MANY_RECORDS":
        return TooManyRecords(f"Cannot update more than {detail} records at once")
    if code == "UPSERT_AMBIGUOUS":
        return UpsertAmbiguous(
            "Multiple records found with the same unique field values for the record at "
            f"{detail}. Cannot determine which record to update."
        )
    return RecordRefused(detail or code)


def _state(error: asyncpg.PostgresError) -> str:
    return str(getattr(error, "sqlstate", "") or "")


def _message(error: asyncpg.PostgresError) -> str:
    return str(getattr(error, "message", None) or error)
