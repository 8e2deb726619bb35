"""The contract's `getRoles`: every role of the workspace with all that hangs on it."""

from __future__ import annotations

from typing import Final

from icosa.access import members
from icosa.access.roles import Roles
from icosa.access.rows import JsonObject, json_objects
from icosa.catalog.snapshot import Snapshot
from icosa.core.caller import Caller
from icosa.core.sql import render, sql
from icosa.db.pool import Database

FLAG: Final = "ROLES"


async def get_roles(
    database: Database, allowed: Roles, caller: Caller, snapshot: Snapshot
) -> list[JsonObject]:
    """`getRoles`, oldest first. Raises `SettingForbidden`."""
    await allowed.require(caller, FLAG)
    return await json_objects(database, _statement(snapshot), (caller.workspace_id,))


def _statement(snapshot: Snapshot) -> str:
    """Lists that hang on a role are merged into it as jsonb, whose order of keys no one reads."""
    return render(
        sql(
            """
select (icosa.role_json(r)::jsonb || jsonb_build_object(
    'agents', '[]'::jsonb,
    'workspaceMembers', (
        select coalesce(jsonb_agg(shown order by created_at, id), '[]')
        from (
            select m.created_at, m.id, {member} as shown
            from icosa.member m where m.role_id = r.id and m.deleted_at is null
        ) members
        where shown is not null
    ),
    'apiKeys', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'id', k.id,
            'name', k.name,
            'expiresAt', icosa.moment(k.expires_at),
            'revokedAt', icosa.moment(k.revoked_at)
        ) order by k.created_at, k.id), '[]')
        from icosa.api_key k where k.role_id = r.id and k.revoked_at is null
    ),
    'permissionFlags', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'id', f.id, 'roleId', f.role_id, 'flag', f.flag
        ) order by f.flag), '[]')
        from icosa.role_permission_flag f where f.role_id = r.id
    ),
    'objectPermissions', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'objectMetadataId', o.object_id,
            'canReadObjectRecords', o.can_read,
            'canUpdateObjectRecords', o.can_update,
            'canSoftDeleteObjectRecords', o.can_soft_delete,
            'canDestroyObjectRecords', o.can_destroy
        ) order by o.created_at, o.id), '[]')
        from icosa.object_permission o where o.role_id = r.id
    ),
    'fieldPermissions', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'id', f.id,
            'objectMetadataId', f.object_id,
            'fieldMetadataId', f.field_id,
            'roleId', f.role_id,
            'canReadFieldValue', f.can_read,
            'canUpdateFieldValue', f.can_update
        ) order by f.created_at, f.id), '[]')
        from icosa.field_permission f where f.role_id = r.id
    ),
    'rowLevelPermissionPredicates', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'id', p.id,
            'fieldMetadataId', p.field_id,
            'objectMetadataId', p.object_id,
            'operand', p.operand,
            'subFieldName', p.sub_field,
            'workspaceMemberFieldMetadataId', p.member_field_id,
            'workspaceMemberSubFieldName', p.member_sub_field,
            'rowLevelPermissionPredicateGroupId', p.group_id,
            'positionInRowLevelPermissionPredicateGroup', p.position,
            'roleId', p.role_id,
            'value', p.value
        ) order by p.created_at, p.id), '[]')
        from icosa.row_predicate p where p.role_id = r.id
    ),
    'rowLevelPermissionPredicateGroups', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'id', g.id,
            'parentRowLevelPermissionPredicateGroupId', g.parent_id,
            'logicalOperator', g.logical_operator,
            'positionInRowLevelPermissionPredicateGroup', g.position,
            'roleId', g.role_id,
            'objectMetadataId', g.object_id
        ) order by g.created_at, g.id), '[]')
        from icosa.row_predicate_group g where g.role_id = r.id
    )
))::text::json
from icosa.role r where r.workspace_id = $1
order by r.created_at, r.label""",
            member=members.shown(snapshot),
        )
    ).text
