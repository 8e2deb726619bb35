"""The catalogue's own schema, brought up to date from numbered SQL files.

All pending files run in one transaction: either the schema is up to date afterwards or nothing has
changed. Each is recorded in `icosa.migration` with the SHA-256 of its text, so that a file edited
after it ran is noticed. An advisory lock makes processes that start together take turns.
Going back is deliberately absent: a mistake is mended by the next file.

Three of PostgreSQL's own extensions are needed. They are used wherever they are already, and
otherwise created in schema `icosa`; the files write `{{pg_trgm}}.gin_trgm_ops`.
"""

import hashlib
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import asyncpg

from icosa.db.connection import ConnectionOptions, DriverConnection, connect

EXTENSIONS = ("btree_gin", "pg_trgm", "unaccent")
# Any number will do, as long as no other program that uses the same database has chosen it.
LOCK_KEY = 1_229_147_987
FILE_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


class MigrationFailed(Exception):
    """The schema could not be brought up to date; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One numbered file."""

    name: str  # 0001_catalogue
    text: str
    sha256: str  # in hex


def migrations(folder: Traversable | None = None) -> tuple[Migration, ...]:
    """All migrations in the order of their numbers; those of Icosa unless `folder` is given."""
    if folder is None:
        folder = files("icosa.db.migrations")
    named = {each.name: each for each in folder.iterdir() if FILE_NAME.fullmatch(each.name)}
    return tuple(_read(named[name]) for name in sorted(named))


def _read(file: Traversable) -> Migration:
    content = file.read_bytes()
    return Migration(
        name=file.name.removesuffix(".sql"),
        text=content.decode(),
        sha256=hashlib.sha256(content).hexdigest(),
    )


async def pending(dsn: str, known: Sequence[Migration] | None = None) -> tuple[str, ...]:
    """The names of the migrations that `migrate` would run."""
    known = migrations() if known is None else known
    async with _connected(dsn) as connection:
        return tuple(each.name for each in await _pending(connection, known))


async def migrate(dsn: str, known: Sequence[Migration] | None = None) -> tuple[str, ...]:
    """Runs what is pending and gives its names; raises `MigrationFailed`."""
    known = migrations() if known is None else known
    async with _connected(dsn) as connection, connection.transaction():
        await connection.execute(f"select pg_advisory_xact_lock({LOCK_KEY})")
        waiting = await _pending(connection, known)
        if waiting:
            await _create_schema(connection)
            schemas = {name: await _extension_schema(connection, name) for name in EXTENSIONS}
            for migration in waiting:
                await _run(connection, migration, schemas)
        return tuple(each.name for each in waiting)


@asynccontextmanager
async def _connected(dsn: str) -> AsyncIterator[DriverConnection]:
    # A migration takes as long as it takes, and waits as long for others.
    options = ConnectionOptions(statement_timeout_ms=0, lock_timeout_ms=0)
    connection = await connect(dsn, options)
    try:
        yield connection
    finally:
        await connection.close()


async def _pending(
    connection: DriverConnection, known: Sequence[Migration]
) -> tuple[Migration, ...]:
    """Raises `MigrationFailed` where the record and the files contradict each other."""
    recorded = await _recorded(connection)
    unknown = sorted(recorded.keys() - {each.name for each in known})
    if unknown:
        raise MigrationFailed(
            f"This database was migrated by a newer Icosa ({unknown[-1]}): use that version."
        )
    for migration in known:
        if recorded.get(migration.name, migration.sha256) != migration.sha256:
            raise MigrationFailed(
                f"{migration.name}.sql was edited after it ran on this database: "
                "restore it, and put the change into a new file."
            )
    return tuple(each for each in known if each.name not in recorded)


async def _recorded(connection: DriverConnection) -> Mapping[str, str]:
    """SHA-256 by name."""
    if await connection.fetchval("select to_regclass('icosa.migration')::text") is None:
        return {}
    rows = await connection.fetch("select name, sha256 from icosa.migration")
    return {row["name"]: row["sha256"] for row in rows}


async def _create_schema(connection: DriverConnection) -> None:
    # The names are asked beforehand: after a refusal the transaction answers nothing more.
    found = await connection.fetchrow(
        """
        select quote_ident(current_database()) as database, quote_ident(current_user) as role,
               to_regnamespace('icosa') is not null as exists
        """
    )
    assert found is not None
    try:
        if not found["exists"]:
            await connection.execute("create schema icosa")
        await connection.execute(
            """
            create table if not exists icosa.migration (
                name       text primary key,
                sha256     text not null,
                applied_at timestamptz not null default now()
            )
            """
        )
    except asyncpg.InsufficientPrivilegeError as failure:
        raise MigrationFailed(
            f"{failure}. Let the owner of the database run: "
            f"grant create on database {found['database']} to {found['role']};"
        ) from failure


async def _extension_schema(connection: DriverConnection, name: str) -> str:
    """The schema that holds the extension, quoted; creates the extension where there is none."""
    found = await connection.fetchval(
        """
        select quote_ident(n.nspname)
        from pg_extension e join pg_namespace n on n.oid = e.extnamespace
        where e.extname = $1
        """,
        name,
    )
    if found is not None:
        return str(found)
    command = f"create extension {name} schema icosa"
    try:
        await connection.execute(command)
    except asyncpg.InsufficientPrivilegeError as failure:
        raise MigrationFailed(
            f"{failure}. Let a superuser run in this database: "
            f"create schema if not exists icosa; {command};"
        ) from failure
    except (asyncpg.FeatureNotSupportedError, asyncpg.UndefinedFileError) as failure:
        raise MigrationFailed(
            f"{failure}. Install PostgreSQL's contrib package on the database server "
            "(Debian and Ubuntu: postgresql-contrib)."
        ) from failure
    return "icosa"


async def _run(
    connection: DriverConnection, migration: Migration, schemas: Mapping[str, str]
) -> None:
    text = PLACEHOLDER.sub(lambda found: schemas[found[1]], migration.text)
    try:
        await connection.execute(text)
    except asyncpg.PostgresError as failure:
        raise MigrationFailed(
            f"{migration.name}.sql failed, nothing was changed: {failure}"
        ) from failure
    await connection.execute(
        "insert into icosa.migration (name, sha256) values ($1, $2)",
        migration.name,
        migration.sha256,
    )
