"""API keys by REST (contract, B.1): bare objects and arrays, under two paths.

A key that is not there is `null`, whatever is asked of it. DELETE revokes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from msgspec import UNSET, UnsetType

from icosa.access import api_keys
from icosa.access.roles import Roles
from icosa.db.pool import Database
from icosa.http.metadata.call import Call, Operation, Reply
from icosa.http.metadata.command import read_command


class CreateKey(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """`CreateApiKeyInput`."""

    name: str
    expires_at: str
    role_id: str
    revoked_at: str | None = None


class UpdateKey(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """`UpdateApiKeyInput` without the id. What is absent or null stays."""

    name: str | UnsetType | None = UNSET
    expires_at: str | UnsetType | None = UNSET
    revoked_at: str | UnsetType | None = UNSET


@dataclass(frozen=True, slots=True)
class KeyRoutes:
    """The operations of `routes.KEY_ROUTES`."""

    database: Database
    roles: Roles

    @property
    def operations(self) -> Mapping[str, Operation]:
        """By their names in the table of routes."""
        return {
            "list_api_key": Operation(answer=self._list),
            "get_api_key": Operation(answer=self._get),
            "create_api_key": Operation(answer=self._create),
            "update_api_key": Operation(answer=self._update),
            "revoke_api_key": Operation(answer=self._revoke),
        }

    async def _list(self, call: Call) -> Reply:
        return Reply(200, await api_keys.api_keys(self.database, self.roles, call.caller))

    async def _get(self, call: Call) -> Reply:
        found = await api_keys.api_key(
            self.database, self.roles, call.caller, key_id=call.reference
        )
        return Reply(200, found)

    async def _create(self, call: Call) -> Reply:
        command = read_command(CreateKey, call.body)
        made = await api_keys.create_api_key(
            self.database,
            self.roles,
            call.caller,
            name=command.name,
            expires_at=command.expires_at,
            role_id=command.role_id,
            revoked_at=command.revoked_at,
        )
        return Reply(201, made)

    async def _update(self, call: Call) -> Reply:
        command = read_command(UpdateKey, call.body)
        changed = await api_keys.update_api_key(
            self.database,
            self.roles,
            call.caller,
            key_id=call.reference,
            name=command.name or None,
            expires_at=command.expires_at or None,
            revoked_at=command.revoked_at or None,
        )
        return Reply(200, changed)

    async def _revoke(self, call: Call) -> Reply:
        revoked = await api_keys.revoke_api_key(
            self.database, self.roles, call.caller, key_id=call.reference
        )
        return Reply(200, revoked)
