"""What an empty database is given at the first start: a workspace, an admin, a key.

Also the way in which any later workspace is made: `found_workspace`. Of processes that start
together one makes the workspace, as its name is unique, and one furnishes it, as roles, admin and
key come in one transaction that holds the workspace's row. A start that was killed between the two
leaves a workspace without roles, and the next start goes on there.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from icosa.access import keys, members, roles, users
from icosa.access.passwords import Passwords, generated_password
from icosa.access.rows import Door
from icosa.access.signing import SigningKeys
from icosa.access.users import User
from icosa.catalog.snapshot import Snapshot
from icosa.catalog.store import load_snapshot
from icosa.changes.model import ModelChanges, WorkspaceExists
from icosa.db.pool import Database
from icosa.settings import Settings

KEY_NAME: Final = "First key"
ADMIN_NAME: Final = "Admin"

# There is no workspace, or only this one, unfurnished.
_IS_DUE: Final = """
select not exists (
    select from icosa.workspace w
    where w.name <> $1 or exists (select from icosa.role r where r.workspace_id = w.id)
) as is_due"""

_UNFURNISHED: Final = """
select w.id from icosa.workspace w
where w.name = $1 and not exists (select from icosa.role r where r.workspace_id = w.id)"""

# In a statement of its own, so that the next one sees what the holder before us committed.
_HOLD: Final = "select id from icosa.workspace where name = $1 for no key update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """What is printed once and never again."""

    workspace: str
    workspace_id: str
    email: str
    password: str | None  # None if it was given
    api_key: str


async def first_run(
    database: Database | str,
    settings: Settings,
    *,
    email: str,
    password: str | None = None,
    model: str = "crm",
    workspace: str = "main",
) -> Created | None:
    """None where there is a workspace already. `database` may be an address.

    Raises `ArgumentInvalid` for a bad e-mail address, `PasswordWeak`.
    """
    if isinstance(database, str):
        opened = await Database.open(database, size=2, slow_size=1)
        try:
            return await first_run(
                opened, settings, email=email, password=password, model=model, workspace=workspace
            )
        finally:
            await opened.close()

    due = await database.row(_IS_DUE, (workspace,))
    if due is None or not due["is_due"]:
        return None
    email = users.checked_email(email)
    given = password
    password = generated_password() if given is None else given
    password_hash = await Passwords().hash(password)
    with suppress(WorkspaceExists):  # of a killed start, or of one in this moment
        await ModelChanges(database).create_workspace(
            workspace, model=model, display_name=workspace
        )
    async with database.transaction() as connection:
        await connection.row(_HOLD, (workspace,))
        row = await connection.row(_UNFURNISHED, (workspace,))
        if row is None:
            return None
        workspace_id = str(row["id"])
        snapshot = await load_snapshot(connection, workspace_id)
        await roles.create_defaults(connection, workspace_id)
        token = await _people_and_key(connection, snapshot, email, password_hash)
    # The first sign-in need not wait for it, and a secret that does not fit is noticed now.
    await SigningKeys(database, settings.secret).signer()
    return Created(
        workspace=workspace,
        workspace_id=workspace_id,
        email=email,
        password=password if given is None else None,
        api_key=token,
    )


async def found_workspace(
    database: Database, name: str, *, model: str, display_name: str | None = None
) -> str:
    """A workspace with its data model and its three roles; its id."""
    workspace_id = await ModelChanges(database).create_workspace(
        name, model=model, display_name=display_name or name
    )
    await roles.create_defaults(database, workspace_id)
    return workspace_id


async def _people_and_key(door: Door, snapshot: Snapshot, email: str, password_hash: str) -> str:
    """The key's token."""
    admin = await roles.found(door, snapshot.workspace_id, roles.ADMIN)
    assert admin is not None  # made by `create_defaults`
    role_id = str(admin["id"])
    user = await users.by_email(door, email)  # of a workspace that was deleted
    if user is None:
        user = User.new(email=email, password_hash=password_hash, first_name=ADMIN_NAME)
        await users.add(door, user)
    else:
        await users.set_password(door, user.id, password_hash)
    await members.add(door, snapshot, user, role_id=role_id)
    key_id = await keys.create(door, snapshot.workspace_id, name=KEY_NAME, role_id=role_id)
    return await keys.add_token(door, key_id)
