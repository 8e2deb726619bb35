"""One PostgreSQL connection as every part of Icosa gets it: codecs, time limits, statement cache.

Parameters travel as text and are cast by PostgreSQL (`$1::timestamptz`), so binders pass strings
and no value is converted in Python: a value that PostgreSQL refuses is PostgreSQL's error. An array
parameter is a list of such strings. Answers come back as bytes wherever they are on their way to a
socket: json, jsonb and varchar are not decoded, whereas text is a str for use inside the program.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

if TYPE_CHECKING:  # generic in the stubs, not in asyncpg itself
    DriverConnection: TypeAlias = asyncpg.Connection[asyncpg.Record]
else:
    DriverConnection = asyncpg.Connection
Row: TypeAlias = asyncpg.Record

# More statements than this on one connection, and the least recently used is closed.
PREPARED_STATEMENTS_MAX = 300
CONNECT_TIMEOUT_S = 10.0
IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000


class DatabaseUnavailable(Exception):
    """PostgreSQL cannot be reached, or the connection was lost before the answer arrived."""


# What asyncpg and the operating system raise when a connection fails; TimeoutError is an OSError.
CONNECTION_FAILURES = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionOptions:
    """How each connection of a process is opened."""

    prepared: bool = True  # False: no named statements, as a PgBouncer before 1.21 needs it
    statement_timeout_ms: int = 10_000
    lock_timeout_ms: int = 10_000  # data-model changes set a shorter one for themselves
    session: tuple[tuple[str, str], ...] = ()  # further settings: of ours, "icosa.…"


def _boolean(value: str) -> bool:
    return value == "t"


def _encoded(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value


def _jsonb_encoded(value: str | bytes) -> bytes:
    return b"\x01" + _encoded(value)


def _jsonb_decoded(value: bytes) -> bytes:
    # The binary form of jsonb is a version byte and then the text.
    return value[1:]


_TEXT_DECODERS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("uuid", str),
    ("timestamptz", str),
    ("timestamp", str),
    ("date", str),
    ("time", str),
    ("interval", str),
    ("numeric", str),
    ("float8", float),
    ("float4", float),
    ("int8", int),
    ("int4", int),
    ("int2", int),
    ("bool", _boolean),
)

_BINARY_CODECS: tuple[tuple[str, Callable[[str | bytes], bytes], Callable[[bytes], bytes]], ...] = (
    ("json", _encoded, bytes),
    ("jsonb", _jsonb_encoded, _jsonb_decoded),
    ("varchar", _encoded, bytes),
)


async def connect(dsn: str, options: ConnectionOptions) -> DriverConnection:
    """Opens a connection; raises `DatabaseUnavailable` when there is none to be had."""
    try:
        connection = await asyncpg.connect(
            dsn,
            timeout=CONNECT_TIMEOUT_S,
            statement_cache_size=PREPARED_STATEMENTS_MAX if options.prepared else 0,
            # asyncpg would close statements after five minutes and never keep long ones; ours are
            # long, and a statement prepared anew costs PostgreSQL two to five times its run.
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=0,
            server_settings=_server_settings(options),
        )
    except CONNECTION_FAILURES as failure:
        raise DatabaseUnavailable(f"PostgreSQL refuses a connection: {failure}") from failure

    for name, decoder in _TEXT_DECODERS:
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=str, decoder=decoder, format="text"
        )
    for name, encoder, bytes_decoder in _BINARY_CODECS:
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=encoder, decoder=bytes_decoder, format="binary"
        )
    return connection


def _server_settings(options: ConnectionOptions) -> dict[str, str]:
    settings = {"application_name": "icosa", "timezone": "UTC"}
    if not options.prepared:
        # An old PgBouncer refuses a connection that brings settings it does not know.
        return settings
    return settings | {
        "statement_timeout": str(options.statement_timeout_ms),
        "lock_timeout": str(options.lock_timeout_ms),
        "idle_in_transaction_session_timeout": str(IDLE_IN_TRANSACTION_TIMEOUT_MS),
        # Compiling takes longer than any of our statements runs.
        "jit": "off",
        **dict(options.session),
    }
