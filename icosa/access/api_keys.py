"""The contract's operations on API keys (A.6): who may call them, what they refuse, their answers.

All need the flag `API_KEYS_AND_WEBHOOKS`. Those that change something need a user's session as
well: a key that could make keys would outlive its own revocation.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from icosa.access import keys, roles
from icosa.access.roles import Roles
from icosa.access.rows import JsonObject, moment
from icosa.core.caller import Caller
from icosa.core.errors import (
    ArgumentInvalid,
    KeyNotFound,
    KeyUnusable,
    RoleNotAssignable,
    RoleNotFound,
    SessionRequired,
)
from icosa.core.identity import is_uuid
from icosa.db.pool import Connection, Database
from icosa.fields.base import storable

FLAG: Final = "API_KEYS_AND_WEBHOOKS"
NAME_LENGTH_MAX: Final = 255

_USABLE: Final = """
select revoked_at is not null as is_revoked, expires_at <= now() as is_expired
from icosa.api_key where workspace_id = $1 and id = $2 for update"""


async def api_keys(database: Database, allowed: Roles, caller: Caller) -> list[JsonObject]:
    """`apiKeys`: those that are not revoked; expired ones are among them."""
    await allowed.require(caller, FLAG)
    return await keys.listed(database, caller.workspace_id)


async def api_key(
    database: Database, allowed: Roles, caller: Caller, *, key_id: str
) -> JsonObject | None:
    await allowed.require(caller, FLAG)
    return await keys.found(database, caller.workspace_id, key_id)


async def create_api_key(
    database: Database,
    allowed: Roles,
    caller: Caller,
    *,
    name: str,
    expires_at: str,
    role_id: str,
    revoked_at: str | None = None,
) -> JsonObject:
    """`createApiKey`: a key without a token. A past `expires_at` is accepted."""
    await _require_session(allowed, caller)
    name = _checked_name(name)
    expires, revoked = moment(expires_at, "expiresAt"), _moment(revoked_at, "revokedAt")
    async with database.transaction() as connection:
        await _assignable(connection, caller.workspace_id, role_id)
        key_id = await keys.create(
            connection,
            caller.workspace_id,
            name=name,
            role_id=role_id,
            expires=expires,
            revoked_at=revoked,
            member_id=caller.user_workspace_id,
        )
        made = await keys.found(connection, caller.workspace_id, key_id)
    assert made is not None
    return made


async def update_api_key(
    database: Database,
    allowed: Roles,
    caller: Caller,
    *,
    key_id: str,
    name: str | None = None,
    expires_at: str | None = None,
    revoked_at: str | None = None,
) -> JsonObject | None:
    """`updateApiKey`: null where there is no such key; what is None stays."""
    await _require_session(allowed, caller)
    await keys.update(
        database,
        caller.workspace_id,
        key_id,
        name=None if name is None else _checked_name(name),
        expires_at=_moment(expires_at, "expiresAt"),
        revoked_at=_moment(revoked_at, "revokedAt"),
    )
    return await keys.found(database, caller.workspace_id, key_id)


async def revoke_api_key(
    database: Database, allowed: Roles, caller: Caller, *, key_id: str
) -> JsonObject | None:
    """`revokeApiKey`: effective at once; null where there is no such key."""
    await _require_session(allowed, caller)
    await keys.revoke(database, caller.workspace_id, key_id)
    return await keys.found(database, caller.workspace_id, key_id)


async def assign_role_to_api_key(
    database: Database, allowed: Roles, caller: Caller, *, key_id: str, role_id: str
) -> bool:
    """`assignRoleToApiKey`. Raises `KeyNotFound`, `RoleNotFound`, `RoleNotAssignable`."""
    await _require_session(allowed, caller)
    async with database.transaction() as connection:
        if await keys.found(connection, caller.workspace_id, key_id) is None:
            raise KeyNotFound(f"API Key with id {key_id} not found in workspace")
        await _assignable(connection, caller.workspace_id, role_id)
        await keys.set_role(connection, caller.workspace_id, key_id, role_id)
    return True


async def generate_api_key_token(
    database: Database, allowed: Roles, caller: Caller, *, key_id: str, expires_at: str
) -> JsonObject:
    """`generateApiKeyToken`: `{token}`, beside those that the key has. Raises `KeyUnusable`."""
    await _require_session(allowed, caller)
    expires = moment(expires_at, "expiresAt")
    async with database.transaction() as connection:
        await _check_usable(connection, caller.workspace_id, key_id)
        return {"token": await keys.add_token(connection, key_id, expires=expires)}


async def _require_session(allowed: Roles, caller: Caller) -> None:
    if caller.kind != "user":
        raise SessionRequired
    await allowed.require(caller, FLAG)


async def _assignable(connection: Connection, workspace_id: str, role_id: str) -> None:
    role = await roles.found(connection, workspace_id, role_id) if is_uuid(role_id) else None
    if role is None:
        raise RoleNotFound(f"Role with id {role_id} not found in workspace")
    if not role["canBeAssignedToApiKeys"]:
        raise RoleNotAssignable(f'Role "{role["label"]}" cannot be assigned to API keys')


async def _check_usable(connection: Connection, workspace_id: str, key_id: str) -> None:
    row = await connection.row(_USABLE, (workspace_id, key_id)) if is_uuid(key_id) else None
    if row is None:
        raise KeyUnusable(f"API Key with id {key_id} not found in workspace")
    if row["is_revoked"]:
        raise KeyUnusable("This API Key is revoked")
    if row["is_expired"]:
        raise KeyUnusable("This API Key is expired")


def _checked_name(name: str) -> str:
    name = storable(name).strip()
    if not name:
        raise ArgumentInvalid("name should not be empty", path=("name",))
    if len(name) > NAME_LENGTH_MAX:
        raise ArgumentInvalid(
            f"name must be shorter than or equal to {NAME_LENGTH_MAX} characters", path=("name",)
        )
    return name


def _moment(text: str | None, name: str) -> datetime | None:
    return None if text is None else moment(text, name)
