"""The contract's operations on keys, roles, the user and the workspace; and the first run."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from icosa.access import api_keys, members, roles, users
from icosa.access.profile import current_user, current_workspace
from icosa.access.role_list import get_roles
from icosa.access.users import User
from icosa.catalog.store import load_snapshot
from icosa.changes.model import ModelChanges
from icosa.core.caller import Caller
from icosa.core.errors import (
    ArgumentInvalid,
    KeyNotFound,
    KeyUnusable,
    PasswordWeak,
    ResourceForbidden,
    RoleNotAssignable,
    RoleNotFound,
    SessionRequired,
    SettingForbidden,
)
from icosa.core.identity import RecordIds
from icosa.db.pool import Database
from icosa.first_run import Created, first_run
from tests.integration.access_parts import (
    EMAIL,
    SETTINGS,
    URL,
    Access,
    made_by_first_run,
    role_id,
    started,
    user_caller,
)
from tests.postgres import run_apart

LATER = "2100-01-01T00:00:00.000Z"


@pytest.fixture(scope="module")
def created(module_database_url: str) -> Created:
    return run_apart(made_by_first_run(module_database_url))


@pytest.fixture
async def access(module_database_url: str, created: Created) -> AsyncIterator[Access]:
    database = await Database.open(module_database_url, size=2, slow_size=1)
    yield await started(database, created)
    await database.close()


@pytest.fixture
async def admin(access: Access) -> Caller:
    return await user_caller(access)


@pytest.fixture
async def member(access: Access) -> Caller:
    """Somebody with the role Member."""
    user = User.new(email=f"{RecordIds().next()}@example.com", password_hash=None)
    snapshot = await load_snapshot(access.database, access.workspace_id)
    async with access.database.transaction() as connection:
        await users.add(connection, user)
        session = await members.add(
            connection, snapshot, user, role_id=await role_id(access, "Member")
        )
    return await access.callers.of((await access.tokens.access(session)).token)


async def new_key(access: Access, admin: Caller, *, expires_at: str = LATER) -> str:
    made = await api_keys.create_api_key(
        access.database,
        access.roles,
        admin,
        name="import",
        expires_at=expires_at,
        role_id=admin.role_id,
    )
    return str(made["id"])


# -- keys ----------------------------------------------------------------------------


async def test_a_key_is_made_listed_and_given_a_token(access: Access, admin: Caller) -> None:
    key_id = await new_key(access, admin)

    listed = await api_keys.api_keys(access.database, access.roles, admin)
    answer = await api_keys.generate_api_key_token(
        access.database, access.roles, admin, key_id=key_id, expires_at=LATER
    )

    made = next(key for key in listed if key["id"] == key_id)
    role = made["role"]
    assert isinstance(role, dict)
    assert (made["name"], made["expiresAt"], made["revokedAt"]) == ("import", LATER, None)
    assert role["label"] == "Admin"
    assert set(answer) == {"token"}
    assert (await access.callers.of(str(answer["token"]))).key_id == key_id


async def test_a_past_expiry_is_accepted_and_such_a_key_is_listed(
    access: Access, admin: Caller
) -> None:
    key_id = await new_key(access, admin, expires_at="2020-01-01")

    listed = await api_keys.api_keys(access.database, access.roles, admin)

    assert key_id in [key["id"] for key in listed]


async def test_a_revoked_key_is_not_listed_but_found(access: Access, admin: Caller) -> None:
    key_id = await new_key(access, admin)

    revoked = await api_keys.revoke_api_key(access.database, access.roles, admin, key_id=key_id)

    listed = await api_keys.api_keys(access.database, access.roles, admin)
    found = await api_keys.api_key(access.database, access.roles, admin, key_id=key_id)
    assert revoked is not None
    assert revoked["revokedAt"] is not None
    assert found == revoked
    assert key_id not in [key["id"] for key in listed]


async def test_only_what_is_given_changes(access: Access, admin: Caller) -> None:
    key_id = await new_key(access, admin)

    changed = await api_keys.update_api_key(
        access.database, access.roles, admin, key_id=key_id, name="export"
    )

    assert changed is not None
    assert (changed["name"], changed["expiresAt"]) == ("export", LATER)


@pytest.mark.parametrize("key_id", [RecordIds().next(), "no id"])
async def test_an_unknown_key_is_null(access: Access, admin: Caller, key_id: str) -> None:
    parts = (access.database, access.roles, admin)

    assert await api_keys.api_key(*parts, key_id=key_id) is None
    assert await api_keys.update_api_key(*parts, key_id=key_id, name="x") is None
    assert await api_keys.revoke_api_key(*parts, key_id=key_id) is None
    with pytest.raises(KeyUnusable, match=f"^API Key with id {key_id} not found in workspace$"):
        await api_keys.generate_api_key_token(*parts, key_id=key_id, expires_at=LATER)
    with pytest.raises(KeyNotFound, match=f"^API Key with id {key_id} not found in workspace$"):
        await api_keys.assign_role_to_api_key(*parts, key_id=key_id, role_id=admin.role_id)


async def test_no_token_is_made_for_a_revoked_or_an_expired_key(
    access: Access, admin: Caller
) -> None:
    revoked, expired = (
        await new_key(access, admin),
        await new_key(access, admin, expires_at="2020-01-01"),
    )
    await api_keys.revoke_api_key(access.database, access.roles, admin, key_id=revoked)

    for key_id in (revoked, expired):
        with pytest.raises(KeyUnusable):
            await api_keys.generate_api_key_token(
                access.database, access.roles, admin, key_id=key_id, expires_at=LATER
            )


async def test_a_role_is_given_to_a_key_if_it_may_be(access: Access, admin: Caller) -> None:
    key_id = await new_key(access, admin)
    parts = (access.database, access.roles, admin)
    unknown = RecordIds().next()

    assert await api_keys.assign_role_to_api_key(*parts, key_id=key_id, role_id=admin.role_id)
    with pytest.raises(RoleNotAssignable, match=r'^Role "Member" cannot be assigned to API keys$'):
        await api_keys.assign_role_to_api_key(
            *parts, key_id=key_id, role_id=await role_id(access, "Member")
        )
    with pytest.raises(RoleNotFound, match=f"^Role with id {unknown} not found in workspace$"):
        await api_keys.assign_role_to_api_key(*parts, key_id=key_id, role_id=unknown)


@pytest.mark.parametrize(("name", "expires_at"), [("", LATER), (" ", LATER), ("x", "tomorrow")])
async def test_a_key_needs_a_name_and_a_date(
    access: Access, admin: Caller, name: str, expires_at: str
) -> None:
    with pytest.raises(ArgumentInvalid):
        await api_keys.create_api_key(
            access.database,
            access.roles,
            admin,
            name=name,
            expires_at=expires_at,
            role_id=admin.role_id,
        )


async def test_a_key_makes_no_keys(access: Access, admin: Caller) -> None:
    key_id = await new_key(access, admin)
    key = await access.callers.of(access.created.api_key)
    parts = (access.database, access.roles, key)

    assert await api_keys.api_keys(*parts)
    for attempt in (
        api_keys.create_api_key(*parts, name="x", expires_at=LATER, role_id=key.role_id),
        api_keys.update_api_key(*parts, key_id=key_id, name="x"),
        api_keys.revoke_api_key(*parts, key_id=key_id),
        api_keys.assign_role_to_api_key(*parts, key_id=key_id, role_id=key.role_id),
        api_keys.generate_api_key_token(*parts, key_id=key_id, expires_at=LATER),
    ):
        with pytest.raises(
            SessionRequired, match=r"^This endpoint requires a session access token$"
        ):
            await attempt


async def test_a_member_may_not_even_list_keys(access: Access, member: Caller) -> None:
    with pytest.raises(
        SettingForbidden, match=r"^Entity performing the request does not have permission$"
    ):
        await api_keys.api_keys(access.database, access.roles, member)


async def test_a_flag_opens_one_part_of_the_settings(access: Access, member: Caller) -> None:
    await access.database.execute(
        "insert into icosa.role_permission_flag (workspace_id, role_id, flag) "
        "values ($1, $2, 'API_KEYS_AND_WEBHOOKS')",
        (access.workspace_id, member.role_id),
    )
    access.roles.drop(access.workspace_id)

    assert await api_keys.api_keys(access.database, access.roles, member)
    with pytest.raises(SettingForbidden):
        await access.roles.require(member, "DATA_MODEL")
    await access.database.execute("delete from icosa.role_permission_flag")


# -- roles, the user, the workspace --------------------------------------------------


async def test_the_roles_are_listed_with_what_hangs_on_them(access: Access, admin: Caller) -> None:
    snapshot = await load_snapshot(access.database, access.workspace_id)

    listed = await get_roles(access.database, access.roles, admin, snapshot)

    by_label = {str(role["label"]): role for role in listed}
    admins, admin_keys = by_label["Admin"]["workspaceMembers"], by_label["Admin"]["apiKeys"]
    assert list(by_label) == ["Admin", "Guest", "Member"]
    assert isinstance(admins, list)
    assert isinstance(admin_keys, list)
    assert [each["userEmail"] for each in admins] == [EMAIL]
    assert "First key" in [each["name"] for each in admin_keys]
    assert by_label["Guest"]["canReadAllObjectRecords"] is True
    assert by_label["Guest"]["canUpdateAllObjectRecords"] is False


async def test_a_member_may_not_list_roles(access: Access, member: Caller) -> None:
    snapshot = await load_snapshot(access.database, access.workspace_id)

    with pytest.raises(SettingForbidden):
        await get_roles(access.database, access.roles, member, snapshot)


async def test_the_current_user_has_a_record_and_rights(access: Access, admin: Caller) -> None:
    snapshot = await load_snapshot(access.database, access.workspace_id)

    user = await current_user(access.database, access.roles, admin, snapshot, server_url=URL)

    record, membership = user["workspaceMember"], user["currentUserWorkspace"]
    assert isinstance(record, dict)
    assert isinstance(membership, dict)
    assert (user["email"], user["hasPassword"], user["canImpersonate"]) == (EMAIL, True, True)
    assert record["id"] == admin.member_id
    assert record["name"] == {"firstName": "Admin", "lastName": ""}
    assert (record["userEmail"], record["timeZone"]) == (EMAIL, "system")
    assert record["userWorkspaceId"] == membership["id"] == admin.user_workspace_id
    assert len(membership["permissionFlags"]) == 26
    assert len(membership["objectPermissions"]) == len(snapshot.objects)
    assert membership["user"] is user


async def test_a_key_is_no_user(access: Access) -> None:
    key = await access.callers.of(access.created.api_key)
    snapshot = await load_snapshot(access.database, access.workspace_id)

    with pytest.raises(ResourceForbidden, match=r"^Forbidden resource$"):
        await current_user(access.database, access.roles, key, snapshot, server_url=URL)


async def test_the_current_workspace_names_its_applications(access: Access) -> None:
    key = await access.callers.of(access.created.api_key)
    snapshot = await load_snapshot(access.database, access.workspace_id)

    workspace = await current_workspace(access.database, key, snapshot, server_url=URL)

    assert workspace["id"] == access.workspace_id
    assert workspace["activationStatus"] == "ACTIVE"
    assert workspace["workspaceCustomApplicationId"] == snapshot.custom_application_id
    assert workspace["workspaceUrls"] == {"customUrl": None, "subdomainUrl": URL}


# -- the first run -------------------------------------------------------------------


async def test_a_second_start_makes_nothing(module_database_url: str, created: Created) -> None:
    assert await first_run(module_database_url, SETTINGS, email=EMAIL) is None


async def test_of_starts_at_the_same_time_one_wins(database_url: str) -> None:
    starts = [first_run(database_url, SETTINGS, email=EMAIL, model="empty") for _ in range(3)]

    made = [each for each in await asyncio.gather(*starts) if each is not None]

    assert len(made) == 1
    assert made[0].password is not None
    assert made[0].api_key.startswith("icosa_")


async def test_a_start_that_was_killed_is_finished_by_the_next(database_url: str) -> None:
    database = await Database.open(database_url, size=2, slow_size=1)
    await ModelChanges(database).create_workspace("main", model="empty", display_name="main")

    made = await first_run(database, SETTINGS, email=EMAIL, model="empty")
    again = await first_run(database, SETTINGS, email=EMAIL, model="empty")

    assert made is not None
    assert again is None
    assert await roles.found(database, made.workspace_id, "Admin") is not None
    await database.close()


async def test_a_workspace_goes_with_its_members_and_keys(database_url: str) -> None:
    first = await made_by_first_run(database_url)
    database = await Database.open(database_url, size=1, slow_size=1)

    await ModelChanges(database).delete_workspace(first.workspace_id)

    for table in ("role", "member", "api_key", "api_key_token"):
        assert await database.rows(f"select from icosa.{table}") == []
    again = await first_run(database, SETTINGS, email=EMAIL, model="empty")
    assert again is not None
    assert again.email == first.email
    await database.close()


async def test_a_weak_password_makes_nothing(database_url: str) -> None:
    with pytest.raises(PasswordWeak):
        await first_run(database_url, SETTINGS, email=EMAIL, password="short")

    assert await first_run(database_url, SETTINGS, email=EMAIL, model="empty") is not None
