"""API keys and roles (contract, A.6, A.7): the operations are `icosa.access`'s."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from icosa.access import api_keys
from icosa.access.role_list import get_roles
from icosa.http.metadata.resolve.context import (
    Arguments,
    Context,
    Root,
    optional_text,
    part,
    text,
)


async def _api_keys(context: Context, _: Arguments) -> object:
    parts = context.parts
    return await api_keys.api_keys(parts.database, parts.roles, context.who())


async def _api_key(context: Context, arguments: Arguments) -> object:
    parts = context.parts
    key_id = text(part(arguments, "input"), "id")
    return await api_keys.api_key(parts.database, parts.roles, context.who(), key_id=key_id)


async def _get_roles(context: Context, _: Arguments) -> object:
    parts, caller = context.parts, context.who()
    return await get_roles(parts.database, parts.roles, caller, await context.snapshot())


async def _create(context: Context, arguments: Arguments) -> object:
    parts, asked = context.parts, part(arguments, "input")
    return await api_keys.create_api_key(
        parts.database,
        parts.roles,
        context.who(),
        name=text(asked, "name"),
        expires_at=text(asked, "expiresAt"),
        role_id=text(asked, "roleId"),
        revoked_at=optional_text(asked, "revokedAt"),
    )


async def _update(context: Context, arguments: Arguments) -> object:
    parts, asked = context.parts, part(arguments, "input")
    return await api_keys.update_api_key(
        parts.database,
        parts.roles,
        context.who(),
        key_id=text(asked, "id"),
        name=optional_text(asked, "name"),
        expires_at=optional_text(asked, "expiresAt"),
        revoked_at=optional_text(asked, "revokedAt"),
    )


async def _revoke(context: Context, arguments: Arguments) -> object:
    parts = context.parts
    key_id = text(part(arguments, "input"), "id")
    return await api_keys.revoke_api_key(parts.database, parts.roles, context.who(), key_id=key_id)


async def _assign_role(context: Context, arguments: Arguments) -> object:
    parts = context.parts
    return await api_keys.assign_role_to_api_key(
        parts.database,
        parts.roles,
        context.who(),
        key_id=text(arguments, "apiKeyId"),
        role_id=text(arguments, "roleId"),
    )


async def _generate_token(context: Context, arguments: Arguments) -> object:
    parts = context.parts
    return await api_keys.generate_api_key_token(
        parts.database,
        parts.roles,
        context.who(),
        key_id=text(arguments, "apiKeyId"),
        expires_at=text(arguments, "expiresAt"),
    )


async def role_part(role: Mapping[str, object], context: Context, name: str) -> object:
    """What hangs on a role, which is loaded where the role is shown in passing."""
    if name not in role:
        role = await context.role(str(role["id"]))
    return role[name]


ROLE_PARTS: Final = (
    "workspaceMembers", "agents", "apiKeys", "permissionFlags", "objectPermissions",
    "fieldPermissions", "rowLevelPermissionPredicates", "rowLevelPermissionPredicateGroups",
)  # fmt: skip
QUERIES: Final[Mapping[str, Root]] = {
    "apiKeys": _api_keys,
    "apiKey": _api_key,
    "getRoles": _get_roles,
}
MUTATIONS: Final[Mapping[str, Root]] = {
    "createApiKey": _create,
    "updateApiKey": _update,
    "revokeApiKey": _revoke,
    "assignRoleToApiKey": _assign_role,
    "generateApiKeyToken": _generate_token,
}
