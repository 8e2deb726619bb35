"""The contract's `currentUser` and `currentWorkspace` (A.8): who asks, and where he is.

Everything that the reference can switch on and Icosa does not have is there and off, as clients
read it. The parts that other modules own (views, billing) are left out: null in the answer.
"""

from __future__ import annotations

from typing import Final

from icosa.access import members
from icosa.access.roles import Rights, Roles
from icosa.access.rows import JsonObject, json_object
from icosa.catalog.snapshot import Object, Snapshot
from icosa.core.caller import Caller
from icosa.core.errors import ResourceForbidden, UserNotFound, WorkspaceNotFound
from icosa.core.sql import render, sql
from icosa.db.pool import Database

_WORKSPACE: Final = """
select json_build_object(
    'id', w.id,
    'displayName', w.display_name,
    'subdomain', w.name,
    'createdAt', icosa.moment(w.created_at),
    'updatedAt', icosa.moment(w.updated_at),
    'workspaceMembersCount', (
        select count(*) from icosa.member m where m.workspace_id = w.id and m.deleted_at is null
    ),
    'defaultRole', (
        select icosa.role_json(r) from icosa.role r where r.workspace_id = w.id and r.is_default
    )
)
from icosa.workspace w where w.id = $1 and w.deleted_at is null"""


async def current_workspace(
    database: Database, caller: Caller, snapshot: Snapshot, *, server_url: str
) -> JsonObject:
    """`currentWorkspace`. Raises `WorkspaceNotFound`."""
    found = await json_object(database, _WORKSPACE, (caller.workspace_id,))
    if found is None:
        raise WorkspaceNotFound
    flags = [{"key": key, "value": value} for key, value in snapshot.flags.items()]
    return found | {
        "activationStatus": "ACTIVE",
        "metadataVersion": snapshot.version,
        "databaseSchema": snapshot.schema,
        "workspaceCustomApplicationId": snapshot.custom_application_id,
        "featureFlags": flags,
        "workspaceUrls": {"customUrl": None, "subdomainUrl": server_url},
        "isPasswordAuthEnabled": True,
        "workspaceDiscoverability": "HIDDEN",
        "trashRetentionDays": 0,
        "eventLogRetentionDays": 0,
        "fastModel": "",
        "smartModel": "",
        "routerModel": "",
        **dict.fromkeys(_OFF, False),
        **{name: [] for name in _EMPTY},
    }


_OFF: Final = (
    "allowImpersonation", "isPublicInviteLinkEnabled", "isGoogleAuthEnabled",
    "isGoogleAuthBypassEnabled", "isTwoFactorAuthenticationEnforced",
    "isPasswordAuthBypassEnabled", "isMicrosoftAuthEnabled", "isMicrosoftAuthBypassEnabled",
    "isCustomDomainEnabled", "isInternalMessagesImportEnabled", "useRecommendedModels",
    "hasValidSignedEnterpriseKey", "hasValidEnterpriseValidityToken",
)  # fmt: skip
_EMPTY: Final = (
    "editableProfileFields", "enabledAiModelIds", "billingSubscriptions", "installedApplications",
    "billingEntitlements",
)  # fmt: skip


async def current_user(
    database: Database, allowed: Roles, caller: Caller, snapshot: Snapshot, *, server_url: str
) -> JsonObject:
    """`currentUser`, with the member's own rights. Raises `ResourceForbidden` for a key.

    Each of its memberships holds the user again under `user`, as the contract's types do: an
    answer in which one can walk in a circle, so pick from it, don't print it.
    """
    if caller.user_id is None:
        raise ResourceForbidden
    rights = await allowed.of(caller)
    user = await json_object(
        database, _user_statement(snapshot), (caller.user_id, caller.workspace_id)
    )
    if user is None:
        raise UserNotFound
    workspace = await current_workspace(database, caller, snapshot, server_url=server_url)
    membership = user.pop("membership")
    assert isinstance(membership, dict)  # the caller has one
    membership |= _rights(rights, snapshot) | {"user": user}
    return _filled(user, membership, workspace)


def _filled(user: JsonObject, membership: JsonObject, workspace: JsonObject) -> JsonObject:
    available = {
        "id": workspace["id"],
        "displayName": workspace["displayName"],
        "loginToken": None,
        "personalInviteToken": None,
        "inviteHash": None,
        "workspaceUrls": workspace["workspaceUrls"],
        "logo": None,
        "sso": [],
    }
    user |= {
        "onboardingStatus": "COMPLETED",
        "currentWorkspace": workspace,
        "currentUserWorkspace": membership,
        "userWorkspaces": [membership],
        "workspaces": [membership],
        "userVars": {},
        "deletedWorkspaceMembers": [],
        "supportUserHash": None,
        "availableWorkspaces": {
            "availableWorkspacesForSignIn": [available],
            "availableWorkspacesForSignUp": [],
        },
    }
    return user


def _user_statement(snapshot: Snapshot) -> str:
    return render(
        sql(
            """
select json_build_object(
    'id', u.id,
    'firstName', u.first_name,
    'lastName', u.last_name,
    'email', u.email,
    'isEmailVerified', u.is_email_verified,
    'disabled', u.is_disabled,
    'canImpersonate', u.can_impersonate,
    'canAccessFullAdminPanel', u.can_access_full_admin_panel,
    'createdAt', icosa.moment(u.created_at),
    'updatedAt', icosa.moment(u.updated_at),
    'deletedAt', icosa.moment(u.deleted_at),
    'locale', u.locale,
    'hasPassword', u.password_hash is not null,
    'membership', json_build_object(
        'id', m.id,
        'userId', m.user_id,
        'locale', m.locale,
        'createdAt', icosa.moment(m.created_at),
        'updatedAt', icosa.moment(m.updated_at),
        'deletedAt', icosa.moment(m.deleted_at),
        'twoFactorAuthenticationMethodSummary', '[]'::json
    ),
    'workspaceMember', {member},
    'workspaceMembers', (
        select coalesce(json_agg(shown order by created_at, id), '[]')
        from (
            select m.created_at, m.id, {member} as shown
            from icosa.member m where m.workspace_id = $2 and m.deleted_at is null
        ) members
        where shown is not null
    )
)
from icosa."user" u join icosa.member m on m.user_id = u.id and m.workspace_id = $2
where u.id = $1""",
            member=members.shown(snapshot),
        )
    ).text


def _rights(rights: Rights, snapshot: Snapshot) -> JsonObject:
    """The member's flags, and what it may do with every object (`UserWorkspace`)."""
    permissions = [
        _permission(rights, each) for each in snapshot.objects.values() if each.is_active
    ]
    return {
        "permissionFlags": rights.granted(),
        "objectPermissions": permissions,
        "objectsPermissions": permissions,
    }


def _permission(rights: Rights, source: Object) -> JsonObject:
    grant = rights.role.grant(source)
    restricted: dict[str, dict[str, bool]] = {}
    for field_id in sorted(grant.unreadable):
        restricted.setdefault(field_id, {})["canRead"] = False
    for field_id in sorted(grant.unwritable):
        restricted.setdefault(field_id, {})["canUpdate"] = False
    return {
        "objectMetadataId": source.id,
        "canReadObjectRecords": grant.read,
        "canUpdateObjectRecords": grant.update,
        "canSoftDeleteObjectRecords": grant.soft_delete,
        "canDestroyObjectRecords": grant.destroy,
        "restrictedFields": restricted,
        "rowLevelPermissionPredicates": [],
        "rowLevelPermissionPredicateGroups": [],
    }
