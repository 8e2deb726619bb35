"""API keys and the cache of callers, with PostgreSQL: who is let in, and what is stored."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from icosa.access import keys
from icosa.core.errors import KeyExpired, KeyRevoked, TokenExpired, TokenInvalid
from icosa.db.pool import Database
from icosa.first_run import Created, found_workspace
from tests.integration.access_parts import (
    PASSWORD,
    Access,
    made_by_first_run,
    new_key,
    new_token,
    refused_soon,
    role_id,
    started,
)
from tests.postgres import run_apart

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture(scope="module")
def created(module_database_url: str) -> Created:
    return run_apart(made_by_first_run(module_database_url))


@pytest.fixture
async def access(module_database_url: str, created: Created) -> AsyncIterator[Access]:
    database = await Database.open(module_database_url, size=2, slow_size=1)
    yield await started(database, created)
    await database.close()


# -- keys ----------------------------------------------------------------------------


async def test_a_token_stands_for_its_key(access: Access) -> None:
    caller = await access.callers.of(access.created.api_key)

    assert caller.kind == "key"
    assert caller.name == "First key"
    assert caller.workspace_id == access.workspace_id
    assert caller.role_id == await role_id(access, "Admin")
    assert caller.user_id is None


@pytest.mark.parametrize("token", ["", "garbage", "icosa_", "a.b.c", "\udcff", "x" * 100_000])
async def test_what_is_no_token_is_invalid(access: Access, token: str) -> None:
    with pytest.raises(TokenInvalid, match=r"^Token invalid\.$"):
        await access.callers.of(token)


async def test_an_unknown_token_of_the_right_shape_is_invalid(access: Access) -> None:
    with pytest.raises(TokenInvalid):
        await access.callers.of(keys.new_token())


async def test_a_token_and_a_password_are_nowhere_in_the_database(access: Access) -> None:
    token = await new_token(access)
    tables = await access.database.rows(
        """
        select quote_ident(schemaname) || '.' || quote_ident(tablename) as name
        from pg_tables where schemaname not in ('pg_catalog', 'information_schema')
        """
    )

    found = [
        (table["name"], secret)
        for table in tables
        for secret in (token, token[12:-4], PASSWORD)
        if await access.database.row(
            f"select 1 from {table['name']} t where strpos(t::text, $1) > 0", (secret,)
        )
    ]

    assert len(tables) > 20
    assert found == []


async def test_a_key_has_several_tokens_at_once(access: Access) -> None:
    key_id = await new_key(access)

    tokens = [await keys.add_token(access.database, key_id) for _ in range(2)]

    assert {(await access.callers.of(token)).key_id for token in tokens} == {key_id}


async def test_a_revoked_key_is_refused(access: Access) -> None:
    key_id = await new_key(access)
    token = await keys.add_token(access.database, key_id)

    assert await keys.revoke(access.database, access.workspace_id, key_id)

    with pytest.raises(KeyRevoked, match=r"^This API Key is revoked$"):
        await access.callers.of(token)


async def test_an_expired_key_is_refused(access: Access) -> None:
    token = await keys.add_token(access.database, await new_key(access, expires=YESTERDAY))

    with pytest.raises(KeyExpired, match=r"^This API Key is expired$"):
        await access.callers.of(token)


async def test_an_expired_token_of_a_living_key_is_refused(access: Access) -> None:
    with pytest.raises(TokenExpired, match=r"^Token has expired\.$"):
        await access.callers.of(await new_token(access, expires=YESTERDAY))


async def test_a_key_that_expires_is_not_remembered_longer(access: Access) -> None:
    token = await new_token(access, expires=datetime.now(UTC) + timedelta(seconds=0.3))
    await access.callers.of(token)

    await refused_soon(access, token, TokenExpired)


async def test_a_key_is_no_business_of_another_workspace(access: Access) -> None:
    key_id = await new_key(access)
    other = await found_workspace(access.database, "other", model="empty")

    assert not await keys.revoke(access.database, other, key_id)
    assert await keys.found(access.database, other, key_id) is None
    with pytest.raises(asyncpg.ForeignKeyViolationError):  # its role is not one of theirs
        await access.database.execute(
            "update icosa.api_key set workspace_id = $1 where id = $2", (other, key_id)
        )


# -- the cache -----------------------------------------------------------------------


async def test_a_caller_seen_a_moment_ago_costs_no_statement(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = await new_token(access)
    first = await access.callers.of(token)

    monkeypatch.setattr(Database, "row", None)

    assert await access.callers.of(token) is first


@pytest.mark.parametrize(
    "change",
    [
        "update icosa.api_key set revoked_at = now() where id = $1",
        "update icosa.api_key_token set revoked_at = now() where key_id = $1",
    ],
)
async def test_a_revocation_made_elsewhere_is_noticed_at_once(
    access: Access, module_database_url: str, change: str
) -> None:
    key_id = await new_key(access)
    token = await keys.add_token(access.database, key_id)
    await access.callers.of(token)
    elsewhere = await Database.open(module_database_url, size=1, slow_size=1)

    await elsewhere.execute(change, (key_id,))
    await elsewhere.close()

    await refused_soon(access, token, KeyRevoked)


async def test_a_deleted_key_is_noticed_at_once(access: Access) -> None:
    key_id = await new_key(access)
    token = await keys.add_token(access.database, key_id)
    await access.callers.of(token)

    await access.database.execute("delete from icosa.api_key where id = $1", (key_id,))

    await refused_soon(access, token, TokenInvalid)


async def test_a_change_of_role_is_noticed_at_once(access: Access) -> None:
    key_id = await new_key(access)
    token = await keys.add_token(access.database, key_id)
    await access.callers.of(token)
    guest = await role_id(access, "Guest")

    await keys.set_role(access.database, access.workspace_id, key_id, guest)

    async with asyncio.timeout(2):
        while (await access.callers.of(token)).role_id != guest:
            await access.database.row("select pg_sleep(0.01)")


async def test_rights_are_the_same_object_until_they_change(access: Access) -> None:
    caller = await access.callers.of(access.created.api_key)
    first = await access.roles.of(caller)

    access.roles.drop(None)

    assert await access.roles.of(caller) is first


async def test_the_last_use_is_written_in_one_go(access: Access) -> None:
    key_id = await new_key(access)
    token = await keys.add_token(access.database, key_id)
    await access.callers.of(token, address="192.0.2.1")
    await access.callers.of(token, address="192.0.2.7")

    await access.callers.uses.write()

    found = await keys.found(access.database, access.workspace_id, key_id)
    assert found is not None
    assert found["lastUsedAt"] is not None
    assert found["lastUsedAddress"] == "192.0.2.7"
