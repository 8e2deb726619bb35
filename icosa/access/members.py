"""Members: a user in a workspace, and the record that stands for him among the workspace's own.

The record belongs to the object `workspaceMember` of the workspace's data model, whose table only
the snapshot knows. A model without that object has members without records; their id is kept all
the same, as sessions carry it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from icosa.access.rows import Door
from icosa.access.tokens import Session
from icosa.access.users import User
from icosa.catalog.snapshot import Field, Object, Snapshot
from icosa.core.identity import RecordIds
from icosa.core.sql import Sql, ident, join, literal, render, sql
from icosa.fields.base import Fresh

OBJECT: Final = "workspaceMember"

# What the contract's WorkspaceMember shows of the record, in its order.
SHOWN: Final = (
    "name", "userEmail", "colorScheme", "avatarUrl", "locale", "calendarStartDay", "timeZone",
    "dateFormat", "timeFormat", "numberFormat",
)  # fmt: skip

_SYSTEM: Final[Mapping[str, object]] = {
    "source": "SYSTEM",
    "name": "System",
    "workspaceMemberId": None,
    "context": {},
}

_INSERT: Final = """
insert into icosa.member (id, workspace_id, user_id, role_id, record_id, locale)
values ($1, $2, $3, $4, $5, $6)"""


_ONE: Final = "select id from icosa.member where workspace_id = $1 and user_id = $2"


async def add(door: Door, snapshot: Snapshot, user: User, *, role_id: str) -> Session:
    """Makes `user` a member, with a record. Run it in a transaction."""
    session = Session(
        user_id=user.id,
        workspace_id=snapshot.workspace_id,
        user_workspace_id=RecordIds().next(),
        workspace_member_id=RecordIds().next(),
    )
    ids = (session.user_workspace_id, session.workspace_id, user.id, role_id)
    await door.execute(_INSERT, (*ids, session.workspace_member_id, user.locale))
    source = snapshot.by_singular.get(OBJECT)
    if source is not None:
        text, row = insertion(snapshot.schema, source, _values(user, session))
        await door.execute(text, (row,))
    return session


async def is_member(door: Door, workspace_id: str, user_id: str) -> bool:
    return await door.row(_ONE, (workspace_id, user_id)) is not None


def _values(user: User, session: Session) -> Mapping[str, object]:
    return {
        "id": session.workspace_member_id,
        "name": {"firstName": user.first_name, "lastName": user.last_name},
        "userEmail": user.email,
        "userId": user.id,
        "locale": user.locale,
        "createdBy": _SYSTEM,
        "updatedBy": _SYSTEM,
    }


def insertion(schema: str, source: Object, values: Mapping[str, object]) -> tuple[str, str]:
    """A statement that adds one record, and its parameter: the record as JSON.

    insert into "w_1"."workspaceMember" ("id", "nameFirstName", …, "createdAt", "position")
    select r."id", r."nameFirstName", …, now(), (select coalesce(max("position"), -1) + 1 …)
    from json_to_record($1::json) as r ("id" uuid, "nameFirstName" text, …)
    """
    table = ident(schema, source.table)
    names: list[Sql] = []
    expressions: list[Sql] = []
    columns: list[Sql] = []
    row: dict[str, object] = {}
    for field in source.fields.values():
        for physical, pg_type, value in _written(field, values):
            name = ident(physical)
            names.append(name)
            if field.name == "position":
                expressions.append(
                    sql("(select coalesce(max({n}), -1) + 1 from {t})", n=name, t=table)
                )
            elif isinstance(value, Fresh):
                made = sql("now()") if value is Fresh.NOW else sql("gen_random_uuid()")
                expressions.append(made)
            else:
                expressions.append(sql("r.{n}", n=name))
                columns.append(sql("{n} {type}", n=name, type=Sql((pg_type,))))
                row[physical] = value
    statement = sql(
        "insert into {table} ({names})\nselect {expressions}\n"
        "from json_to_record($1::json) as r ({columns})",
        table=table,
        names=join(", ", names),
        expressions=join(", ", expressions),
        columns=join(", ", columns),
    )
    return render(statement).text, msgspec.json.encode(row).decode()


def _written(field: Field, values: Mapping[str, object]) -> list[tuple[str, str, object]]:
    """Column, type and value of what a new record holds in this field, null left out."""
    if field.type is None or not field.is_active:
        return []
    given = field.name in values
    parts: Mapping[str, object] = (
        field.type.parse(values[field.name]) if given else field.type.default()
    )
    placed = zip(field.columns, field.type.columns(), strict=True)
    return [
        (physical, column.pg_type, parts[column.suffix])
        for physical, column in placed
        if parts.get(column.suffix) is not None
    ]


def shown(snapshot: Snapshot) -> Sql:
    """The contract's WorkspaceMember of the member `m`, as JSON; null where its record is gone.

    In a model without the object it is made of the user.
    """
    source = snapshot.by_singular.get(OBJECT)
    pairs = sql(
        "'userWorkspaceId', m.id, 'roles', json_build_array(icosa.role_json((\n"
        "        select r from icosa.role r where r.id = m.role_id)))"
    )
    if source is None:
        return sql(
            """
(
    select json_build_object('id', m.record_id,
        'name', json_build_object('firstName', u.first_name, 'lastName', u.last_name),
        'userEmail', u.email, 'colorScheme', 'System', 'locale', u.locale, {pairs})
    from icosa."user" u where u.id = m.user_id
)""",
            pairs=pairs,
        )
    return sql(
        """
(
    select json_build_object({fields}, {pairs})
    from {table} w where w.{id} = m.record_id
)""",
        fields=join(", ", _shown_fields(source)),
        pairs=pairs,
        table=ident(snapshot.schema, source.table),
        id=ident(_column(source, "id")),
    )


def _shown_fields(source: Object) -> list[Sql]:
    pairs = [sql("'id', w.{id}", id=ident(_column(source, "id")))]
    for name in SHOWN:
        field = source.fields.get(name)
        if field is not None and field.type is not None:
            columns = [sql("w.{c}", c=ident(column)) for column in field.columns]
            pairs.append(sql("{n}, {v}", n=literal(name), v=field.type.output(columns)))
    return pairs


def _column(source: Object, name: str) -> str:
    return source.fields[name].columns[0]
