"""Roles: the three of a new workspace, and a role's rows as what views and operations ask.

Views take the part that `catalog.view.Role` holds; `Rights` adds the settings and tools. Row-level
predicates and the special rules of some objects (contract, E.4.3 to 5) are not applied here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from icosa.access.recent import CHANNEL, Recent
from icosa.access.rows import Door, JsonObject, checked_id, json_object
from icosa.catalog.view import Grant, Role
from icosa.core.caller import Caller
from icosa.core.errors import Forbidden, SettingForbidden
from icosa.core.identity import derived_uuid
from icosa.db.pool import Database

ADMIN: Final = "Admin"
MEMBER: Final = "Member"
GUEST: Final = "Guest"

SETTINGS: Final = (
    "API_KEYS_AND_WEBHOOKS", "WORKSPACE", "WORKSPACE_MEMBERS", "ROLES", "DATA_MODEL", "SECURITY",
    "WORKFLOWS", "IMPERSONATE", "SSO_BYPASS", "APPLICATIONS", "MARKETPLACE_APPS", "LAYOUTS",
    "BILLING", "AI_SETTINGS",
)  # fmt: skip
TOOLS: Final = (
    "AI", "VIEWS", "UPLOAD_FILE", "DOWNLOAD_FILE", "SEND_EMAIL_TOOL", "CREATE_CALENDAR_EVENT_TOOL",
    "HTTP_REQUEST_TOOL", "CODE_INTERPRETER_TOOL", "IMPORT_CSV", "EXPORT_CSV", "CONNECTED_ACCOUNTS",
    "PROFILE_INFORMATION",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """All that a role may do."""

    role: Role
    all_settings: bool
    all_tools: bool
    flags: frozenset[str]

    def may(self, flag: str) -> bool:
        """Whether the role may use a part of the settings, or a tool (contract, E.4.1)."""
        return flag in self.flags or (self.all_tools if flag in TOOLS else self.all_settings)

    def granted(self) -> list[str]:
        """Every flag that the role has, in the contract's order."""
        return [flag for flag in (*SETTINGS, *TOOLS) if self.may(flag)]


# -- the roles of a new workspace ----------------------------------------------------

_ADMIN_UNIVERSAL: Final = "20202020-02c2-43f2-b94d-cab1f2b532eb"  # the contract's, E.4

_INSERT: Final = """
insert into icosa.role (
    workspace_id, universal_identifier, label, description, icon, is_editable, is_default,
    can_update_all_settings, can_access_all_tools,
    can_read_all_records,
    can_update_all_records, can_soft_delete_all_records, can_destroy_all_records,
    can_be_assigned_to_users, can_be_assigned_to_agents, can_be_assigned_to_api_keys
)
values
    ($1, $2, 'Admin', 'May do everything', 'IconUserCog', false, false,
        true, true, true, true, true, true, true, false, true),
    ($1, $3, 'Member', 'May work with all records', 'IconUser', true, true,
        false, true, true, true, true, true, true, false, false),
    ($1, $4, 'Guest', 'May read all records', 'IconUser', true, false,
        false, false, true, false, false, false, true, false, false)
on conflict (workspace_id, label) do nothing"""


async def create_defaults(door: Door, workspace_id: str) -> None:
    """Admin, Member (that of new members) and Guest; those that exist stay as they are."""
    member, guest = (derived_uuid(workspace_id, f"role {label}") for label in (MEMBER, GUEST))
    await door.execute(_INSERT, (workspace_id, _ADMIN_UNIVERSAL, member, guest))


_ONE: Final = """
select icosa.role_json(r) from icosa.role r
where r.workspace_id = $1 and (r.id = $2 or lower(r.label) = lower($3))
order by r.id = $2 desc limit 1"""


async def found(door: Door, workspace_id: str, id_or_label: str) -> JsonObject | None:
    """The contract's Role, without what hangs on it."""
    return await json_object(door, _ONE, (workspace_id, checked_id(id_or_label), id_or_label))


# -- a role as views and operations ask it -------------------------------------------

_RIGHTS: Final = """
select json_build_object(
    'workspace_id', r.workspace_id,
    'role', icosa.role_json(r),
    'flags', (
        select coalesce(json_agg(f.flag order by f.flag), '[]')
        from icosa.role_permission_flag f where f.role_id = r.id
    ),
    'objects', (
        select coalesce(json_agg(o order by o.object_id), '[]')
        from icosa.object_permission o where o.role_id = r.id
    ),
    'fields', (
        select coalesce(json_agg(f order by f.field_id), '[]')
        from icosa.field_permission f where f.role_id = r.id
    )
)
from icosa.role r where r.id = $1"""


class _RoleRow(msgspec.Struct, rename="camel"):
    id: str
    label: str
    can_update_all_settings: bool
    can_access_all_tools: bool
    can_read_all_object_records: bool
    can_update_all_object_records: bool
    can_soft_delete_all_object_records: bool
    can_destroy_all_object_records: bool


class _ObjectRow(msgspec.Struct, frozen=True):
    object_id: str
    can_read: bool | None = None
    can_update: bool | None = None
    can_soft_delete: bool | None = None
    can_destroy: bool | None = None


_NOTHING_OWN: Final = _ObjectRow(object_id="")


class _FieldRow(msgspec.Struct):
    object_id: str
    field_id: str
    can_read: bool | None
    can_update: bool | None


class _RightsRow(msgspec.Struct):
    workspace_id: str
    role: _RoleRow
    flags: list[str]
    objects: list[_ObjectRow]
    fields: list[_FieldRow]


class Roles:
    """The rights of each role that was asked for; the same object while nothing changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._recent: Recent[str, Rights] = Recent()
        self._last: dict[str, Rights] = {}  # by role id: what views were made of

    async def start(self) -> None:
        """From now on, changes made elsewhere are noticed at once and not after some seconds."""
        await self._database.listen(CHANNEL, self.drop)

    def drop(self, payload: str | None) -> None:
        self._recent.drop(payload)

    async def of(self, caller: Caller) -> Rights:
        """Raises `Forbidden` for a role that is no more."""
        rights = await self._rights(caller.role_id)
        if rights is None:
            raise Forbidden(
                "API key has no role assigned"
                if caller.kind == "key"
                else "No role found for userWorkspace"
            )
        return rights

    async def load(self, role_id: str) -> Role:
        """What views are made of. Raises `Forbidden` for a role that is no more."""
        rights = await self._rights(role_id)
        if rights is None:
            raise Forbidden
        return rights.role

    async def require(self, caller: Caller, flag: str) -> None:
        """Raises `SettingForbidden` where the caller's role does not have `flag`."""
        if not (await self.of(caller)).may(flag):
            raise SettingForbidden

    async def _rights(self, role_id: str) -> Rights | None:
        known = self._recent.get(role_id)
        if known is not None:
            return known
        mark = self._recent.mark()
        row = await self._database.row(_RIGHTS, (role_id,))
        if row is None:
            self._last.pop(role_id, None)
            return None
        read = msgspec.json.decode(row[0], type=_RightsRow)
        rights = self._unchanged(_rights(read))
        self._recent.put(role_id, rights, workspace_id=read.workspace_id, mark=mark)
        return rights

    def _unchanged(self, rights: Rights) -> Rights:
        """The object that views hang on, if it says the same."""
        last = self._last.get(rights.role.id)
        if last == rights:
            return last
        self._last[rights.role.id] = rights
        return rights


def _rights(row: _RightsRow) -> Rights:
    default = Grant(
        read=row.role.can_read_all_object_records,
        update=row.role.can_update_all_object_records,
        soft_delete=row.role.can_soft_delete_all_object_records,
        destroy=row.role.can_destroy_all_object_records,
    )
    return Rights(
        role=Role(
            id=row.role.id, label=row.role.label, default=default, grants=_grants(row, default)
        ),
        all_settings=row.role.can_update_all_settings,
        all_tools=row.role.can_access_all_tools,
        flags=frozenset(row.flags),
    )


def _grants(row: _RightsRow, default: Grant) -> Mapping[str, Grant]:
    own = {each.object_id: each for each in row.objects}
    restricted = {each.object_id for each in row.fields}
    return {
        object_id: _grant(
            own.get(object_id), [f for f in row.fields if f.object_id == object_id], default
        )
        for object_id in sorted(own.keys() | restricted)
    }


def _grant(own: _ObjectRow | None, fields: list[_FieldRow], default: Grant) -> Grant:
    """What the object's row leaves open is as the role's flags say (contract, E.4.2)."""
    own = own or _NOTHING_OWN
    return Grant(
        read=default.read if own.can_read is None else own.can_read,
        update=default.update if own.can_update is None else own.can_update,
        soft_delete=default.soft_delete if own.can_soft_delete is None else own.can_soft_delete,
        destroy=default.destroy if own.can_destroy is None else own.can_destroy,
        unreadable=frozenset(f.field_id for f in fields if f.can_read is False),
        unwritable=frozenset(f.field_id for f in fields if f.can_update is False),
    )
