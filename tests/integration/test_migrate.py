"""Migrations: run once, together or not at all, and noticed when they were edited."""

import asyncio
import hashlib
from collections.abc import Iterator
from urllib.parse import urlsplit

import asyncpg
import pytest

from icosa.db.connection import DatabaseUnavailable
from icosa.db.migrate import Migration, MigrationFailed, migrate, migrations, pending
from tests.postgres import TestServer, run_apart


def migration(name: str, text: str) -> Migration:
    return Migration(name=name, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


FIRST = migration("0001_first", "create table icosa.first (x int); create table icosa.more (x int)")
SECOND = migration(
    "0002_second",
    "create table icosa.second (name text);"
    "create index on icosa.second using gin (name {{pg_trgm}}.gin_trgm_ops);"
    "select {{unaccent}}.unaccent('É');",
)
BROKEN = migration("0003_broken", "create table icosa.third (x int); select 1 / 0")


async def fetch(url: str, statement: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(statement)]
    finally:
        await connection.close()


@pytest.fixture
def owner_url(server: TestServer, empty_database_url: str) -> Iterator[str]:
    """The same empty database, as a role that may do nothing in it."""
    role = "icosa_test_owner"
    statement = f"create role {role} login password 'secret'"
    run_apart(fetch(empty_database_url, statement))
    parts = urlsplit(empty_database_url)
    host = parts.netloc.rpartition("@")[2]
    yield parts._replace(netloc=f"{role}:secret@{host}").geturl()
    database = parts.path.removeprefix("/")
    run_apart(fetch(empty_database_url, f"drop owned by {role}"))
    server.drop(database)
    run_apart(fetch(server.url("postgres"), f"drop role {role}"))


def test_files_are_numbered_without_gaps_and_names_are_unique() -> None:
    numbers = [int(each.name[:4]) for each in migrations()]

    assert numbers == list(range(1, len(numbers) + 1))


async def test_migrations_run_in_order_and_once(empty_database_url: str) -> None:
    assert await pending(empty_database_url, [FIRST, SECOND]) == ("0001_first", "0002_second")

    assert await migrate(empty_database_url, [FIRST]) == ("0001_first",)
    assert await migrate(empty_database_url, [FIRST, SECOND]) == ("0002_second",)

    assert await migrate(empty_database_url, [FIRST, SECOND]) == ()
    assert await pending(empty_database_url, [FIRST, SECOND]) == ()
    recorded = await fetch(empty_database_url, "select name, sha256 from icosa.migration")
    assert set(recorded) == {(each.name, each.sha256) for each in (FIRST, SECOND)}


async def test_asking_what_is_pending_changes_nothing(empty_database_url: str) -> None:
    await pending(empty_database_url, [FIRST])

    found = await fetch(empty_database_url, "select 1 from pg_namespace where nspname = 'icosa'")
    assert found == []


async def test_a_failing_migration_undoes_those_before_it(empty_database_url: str) -> None:
    with pytest.raises(MigrationFailed, match=r"0003_broken.* division by zero"):
        await migrate(empty_database_url, [FIRST, SECOND, BROKEN])

    assert len(await pending(empty_database_url, [FIRST, SECOND, BROKEN])) == 3


async def test_an_edited_migration_is_refused(empty_database_url: str) -> None:
    await migrate(empty_database_url, [FIRST])
    edited = migration(FIRST.name, FIRST.text + " -- edited")

    with pytest.raises(MigrationFailed, match=r"0001_first\.sql was edited"):
        await migrate(empty_database_url, [edited, SECOND])
    with pytest.raises(MigrationFailed, match=r"0001_first\.sql was edited"):
        await pending(empty_database_url, [edited])


async def test_a_database_of_a_newer_icosa_is_refused(empty_database_url: str) -> None:
    await migrate(empty_database_url, [FIRST, SECOND])

    with pytest.raises(MigrationFailed, match=r"newer Icosa \(0002_second\)"):
        await migrate(empty_database_url, [FIRST])


async def test_processes_that_start_together_take_turns(empty_database_url: str) -> None:
    results = await asyncio.gather(
        *(migrate(empty_database_url, [FIRST, SECOND]) for _ in range(4))
    )

    assert sorted(results) == [(), (), (), ("0001_first", "0002_second")]


async def test_extensions_are_used_where_they_are_already(empty_database_url: str) -> None:
    await fetch(empty_database_url, 'create schema "Ours too"')
    await fetch(empty_database_url, 'create extension pg_trgm schema "Ours too"')

    await migrate(empty_database_url, [FIRST, SECOND])

    places = await fetch(
        empty_database_url,
        "select extname::text, extnamespace::regnamespace::text from pg_extension order by 1",
    )
    assert places == [
        ("btree_gin", "icosa"),
        ("pg_trgm", '"Ours too"'),
        ("plpgsql", "pg_catalog"),
        ("unaccent", "icosa"),
    ]


async def test_a_role_that_may_create_nothing_is_told_what_to_ask_for(owner_url: str) -> None:
    with pytest.raises(MigrationFailed, match=r"grant create on database \w+ to icosa_test_owner;"):
        await migrate(owner_url, [FIRST])


async def test_an_extension_that_cannot_be_created_is_named(
    owner_url: str, empty_database_url: str
) -> None:
    await fetch(empty_database_url, "create schema icosa authorization icosa_test_owner")

    with pytest.raises(MigrationFailed, match="create extension btree_gin schema icosa;"):
        await migrate(owner_url, [FIRST])


async def test_a_server_that_does_not_answer_is_said_so() -> None:
    with pytest.raises(DatabaseUnavailable):
        await migrate("postgresql://icosa@/icosa?host=/nowhere", [FIRST])
