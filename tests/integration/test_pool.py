"""The pool: what values look like, who waits, and what is left after a failure."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from icosa.db import pool
from icosa.db.pool import Database, DatabaseUnavailable
from tests.postgres import TestServer


@pytest.fixture(scope="module")
def url(server: TestServer) -> Iterator[str]:
    with server.database() as url:
        yield url


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = await Database.open(url, size=2, slow_size=1)
    yield database
    await database.close()


async def backend_pid(database: Database) -> int:
    row = await database.row("select pg_backend_pid() as pid")
    assert row is not None
    pid = row["pid"]
    assert isinstance(pid, int)
    return pid


async def end_backends(url: str) -> None:
    """Ends every other session in the database, as an administrator might."""
    connection = await asyncpg.connect(url)
    await connection.fetch(
        """
        select pg_terminate_backend(pid) from pg_stat_activity
        where pid <> pg_backend_pid() and datname = current_database()
        """
    )
    await connection.close()


@pytest.mark.parametrize(
    ("cast", "value", "expected"),
    [
        ("uuid", "0197A3B2-0000-7000-8000-000000000001", "0197a3b2-0000-7000-8000-000000000001"),
        ("timestamptz", "2026-11-25T10:00:00+02:00", "2026-11-25 08:00:00+00"),
        ("date", "2026-11-25", "2026-11-25"),
        ("numeric", "123456789012345678901.5", "123456789012345678901.5"),
        ("float8", "0.1", 0.1),
        ("int8", "9007199254740993", 9007199254740993),
        ("int", "7", 7),
        ("bool", "true", True),
        ("text", "É", "É"),
        ("varchar", "É", "É".encode()),
        ("json", '{"b": 1, "a": 2}', b'{"b": 1, "a": 2}'),
        ("json", b'{"b": 1, "a": 2}', b'{"b": 1, "a": 2}'),
        ("jsonb", '{"b": 1, "a": 2}', b'{"a": 2, "b": 1}'),
        ("jsonb", b"[]", b"[]"),
        ("uuid", None, None),
        ("json", None, None),
        ("uuid[]", ["0197a3b2-0000-7000-8000-000000000001"], 1),
        ("timestamptz[]", ["2026-11-25T10:00:00Z"], 1),
        ("int8[]", ["1", "2"], 2),
        ("text[]", ['a "quoted", {one}', None], 2),
    ],
)
async def test_parameters_are_text_and_answers_are_bytes_or_plain_values(
    database: Database, cast: str, value: object, expected: object
) -> None:
    shown = f"cardinality($1::{cast})" if cast.endswith("[]") else f"$1::{cast}"

    row = await database.row(f"select {shown} as value", [value])

    assert row is not None
    assert row["value"] == expected


async def test_a_statement_without_rows_answers_none(database: Database) -> None:
    assert await database.row("select 1 where false") is None
    assert await database.rows("select 1 where false") == []


async def test_execute_counts_the_rows_written(database: Database) -> None:
    await database.execute_script("create table counted (x int); create index on counted (x)")

    assert await database.execute("insert into counted select generate_series(1, 3)") == 3
    assert await database.execute("delete from counted where x < $1", [3]) == 2
    assert await database.execute("create table uncounted (x int)") == 0


async def test_connections_run_in_utc_under_time_limits(database: Database) -> None:
    row = await database.row(
        """
        select current_setting('timezone'), current_setting('statement_timeout'),
               current_setting('idle_in_transaction_session_timeout'), current_setting('jit')
        """
    )

    assert row is not None
    assert tuple(row) == ("UTC", "10s", "30s", "off")


async def test_more_callers_than_connections_all_get_their_answer(database: Database) -> None:
    answers = await asyncio.gather(
        *(database.row("select $1::int, pg_sleep(0.001)", [number]) for number in range(50))
    )

    assert [answer and answer[0] for answer in answers] == list(range(50))


async def test_those_who_wait_are_served_in_their_order(url: str) -> None:
    database = await Database.open(url, size=1)
    served: list[int] = []

    async def ask(number: int) -> None:
        await database.row("select pg_sleep(0.001)")
        served.append(number)

    await asyncio.gather(*(ask(number) for number in range(20)))

    assert served == list(range(20))
    await database.close()


async def test_slow_statements_do_not_use_the_connections_of_others(database: Database) -> None:
    slow = asyncio.create_task(database.rows("select pg_sleep(0.2)", slow=True))
    others = [asyncio.create_task(database.rows("select pg_sleep(0.2)")) for _ in range(2)]

    await asyncio.wait_for(asyncio.gather(slow, *others), 0.39)


async def test_a_refused_statement_leaves_its_connection_usable(database: Database) -> None:
    before = {await backend_pid(database)}

    with pytest.raises(asyncpg.InvalidTextRepresentationError):
        await database.row("select $1::uuid", ["nonsense"])

    assert {await backend_pid(database)} == before


async def test_a_statement_past_the_time_limit_is_ended(url: str) -> None:
    database = await Database.open(url, size=1, statement_timeout_ms=50)

    with pytest.raises(asyncpg.QueryCanceledError):
        await database.row("select pg_sleep(5)")

    await database.execute_script("select pg_sleep(0.1)", timeout_ms=1000)
    with pytest.raises(asyncpg.QueryCanceledError):
        await database.execute_script("select pg_sleep(5)")
    await database.close()


async def test_a_cancelled_caller_ends_the_statement_on_the_server(
    url: str, database: Database
) -> None:
    alone = await Database.open(url, size=1)
    pid = await backend_pid(alone)
    caller = asyncio.create_task(alone.row("select pg_sleep(30)"))
    await asyncio.sleep(0.05)

    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)

    assert await asyncio.wait_for(backend_pid(alone), 1) == pid
    running = await database.row(
        "select state from pg_stat_activity where query like '%pg_sleep(30)' and pid = $1", [pid]
    )
    assert running is None
    await alone.close()


async def test_a_caller_cancelled_while_waiting_takes_no_connection_along(
    url: str,
) -> None:
    alone = await Database.open(url, size=1)
    holder = asyncio.create_task(alone.row("select pg_sleep(0.05)"))
    waiting = [asyncio.create_task(alone.row("select 1")) for _ in range(3)]
    await asyncio.sleep(0.01)

    waiting[0].cancel()
    waiting[2].cancel()
    await asyncio.gather(holder, *waiting, return_exceptions=True)

    assert await asyncio.wait_for(alone.row("select 1"), 1) is not None
    await alone.close()


async def write_twice(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute("insert into kept values (2)")
        await connection.execute_script("insert into kept values (3); insert into kept values (1)")


async def test_nobody_waits_for_ever(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "WAIT_TIMEOUT_S", 0.05)
    monkeypatch.setattr(pool, "SWEEP_INTERVAL_S", 0.01)
    alone = await Database.open(url, size=1)

    async with alone.transaction():
        with pytest.raises(DatabaseUnavailable, match="became free"):
            await alone.row("select 1")

    assert await alone.row("select 1") is not None
    await alone.close()


async def test_a_transaction_commits_or_rolls_back_as_a_whole(database: Database) -> None:
    await database.execute_script("create table kept (x int primary key)")

    async with database.transaction() as connection:
        assert await connection.execute("insert into kept values ($1)", [1]) == 1
        assert len(await connection.rows("select x from kept")) == 1
    with pytest.raises(asyncpg.UniqueViolationError):
        await write_twice(database)

    assert [row["x"] for row in await database.rows("select x from kept")] == [1]


async def test_a_cancelled_transaction_is_rolled_back(url: str) -> None:
    alone = await Database.open(url, size=1)
    await alone.execute_script("create table undone (x int)")
    begun = asyncio.Event()

    async def write() -> None:
        async with alone.transaction() as connection:
            await connection.execute("insert into undone values (1)")
            begun.set()
            await connection.row("select pg_sleep(30)")

    caller = asyncio.create_task(write())
    await begun.wait()
    await asyncio.sleep(0.05)
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)

    assert await asyncio.wait_for(alone.rows("select x from undone"), 1) == []
    await alone.close()


async def test_a_lost_connection_is_an_error_of_its_own_and_is_replaced(
    url: str,
) -> None:
    database = await Database.open(url, size=1)
    running = asyncio.create_task(database.row("select pg_sleep(30)"))
    await asyncio.sleep(0.05)

    await end_backends(url)

    with pytest.raises(DatabaseUnavailable):
        await running
    assert await database.row("select 1") is not None
    await database.close()


async def test_connections_lost_while_idle_are_replaced_unseen(url: str) -> None:
    database = await Database.open(url, size=2)
    await end_backends(url)
    await asyncio.sleep(0.05)

    answers = await asyncio.gather(*(database.row("select 1") for _ in range(10)))

    assert None not in answers
    await database.close()


async def test_an_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseUnavailable) as failure:
        await Database.open("postgresql://icosa:geheim@/icosa?host=/nowhere")

    assert "geheim" not in str(failure.value)


async def test_statements_are_refused_once_the_pool_is_closed(url: str) -> None:
    database = await Database.open(url, size=1)
    running = asyncio.create_task(database.row("select pg_sleep(0.05)"))
    await asyncio.sleep(0.01)
    waiting = asyncio.create_task(database.row("select 1"))
    await asyncio.sleep(0)

    await database.close()

    assert await running is not None
    with pytest.raises(DatabaseUnavailable):
        await waiting
    with pytest.raises(DatabaseUnavailable):
        await database.row("select 1")


async def test_unnamed_statements_work_too(url: str) -> None:
    database = await Database.open(url, size=1, prepared=False)

    await database.row("select $1::uuid[]", [[]])

    assert await database.rows("select name from pg_prepared_statements") == []
    await database.close()


async def test_a_statement_is_prepared_once_per_connection(url: str) -> None:
    database = await Database.open(url, size=1)
    for number in range(5):
        await database.row("select $1::int as again", [number])

    rows = await database.rows(
        """
        select generic_plans + custom_plans as runs from pg_prepared_statements
        where statement like '%as again'
        """
    )

    assert [row["runs"] for row in rows] == [5]
    await database.close()


async def test_notifications_reach_every_callback_of_their_channel(database: Database) -> None:
    first: asyncio.Queue[str | None] = asyncio.Queue()
    second: asyncio.Queue[str | None] = asyncio.Queue()
    await database.listen("news", first.put_nowait)
    await database.listen("news", second.put_nowait)
    await database.listen("other", second.put_nowait)

    await database.rows("select pg_notify('news', '1'), pg_notify('other', '2')")

    assert await asyncio.wait_for(first.get(), 1) == "1"
    assert {await asyncio.wait_for(second.get(), 1) for _ in range(2)} == {"1", "2"}


async def test_after_a_lost_connection_a_listener_learns_that_it_may_have_missed_something(
    url: str,
) -> None:
    database = await Database.open(url, size=1)
    heard: asyncio.Queue[str | None] = asyncio.Queue()
    await database.listen("news", heard.put_nowait)

    await end_backends(url)

    assert await asyncio.wait_for(heard.get(), 5) is None
    await database.rows("select pg_notify('news', 'again')")
    assert await asyncio.wait_for(heard.get(), 1) == "again"
    await database.close()
