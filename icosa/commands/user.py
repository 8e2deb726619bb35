"""`icosa user`: create."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from icosa.access import members, roles, users
from icosa.access.passwords import Passwords, generated_password
from icosa.access.rows import JsonObject
from icosa.access.users import User
from icosa.catalog.store import load_snapshot
from icosa.commands import door
from icosa.commands.door import CommandFailed, Workspace
from icosa.commands.options import AsJson, DatabaseUrl, DataDir
from icosa.commands.output import note, say_json
from icosa.db.pool import Connection, Database

application = typer.Typer(no_args_is_help=True, help="Users: people who sign in.")


@application.callback()
def user() -> None:
    """Users: people who sign in."""


@application.command(
    epilog="Example: icosa user create ada@example.com --workspace main --role Admin"
)
def create(
    email: Annotated[str, typer.Argument(help="What they sign in with.")],
    *,
    role: Annotated[str, typer.Option(help="Its label or id.")] = roles.ADMIN,
    first_name: Annotated[str, typer.Option(help="As records name them.")] = "",
    last_name: Annotated[str, typer.Option(help="As records name them.")] = "",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password; else one is made.")
    ] = False,
    workspace: Workspace = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make a user and a member of a workspace. A password that was made is printed, alone.

    Somebody who is a user already becomes a member and keeps the password.
    """
    given = sys.stdin.readline().rstrip("\r\n") if password_stdin else None

    async def work(database: Database) -> JsonObject:
        chosen = await door.the_workspace(database, workspace)
        granted = await door.the_role(database, str(chosen["id"]), role)
        if not granted["canBeAssignedToUsers"]:
            raise CommandFailed(f"The role {granted['label']} is not for users.")
        password = generated_password() if given is None else given
        person = User.new(
            email=email,
            first_name=first_name,
            last_name=last_name,
            password_hash=await Passwords().hash(password),
        )
        snapshot = await load_snapshot(database, str(chosen["id"]))
        async with database.transaction() as connection:
            added = await _added(connection, person, str(chosen["id"]), str(chosen["name"]))
            await members.add(connection, snapshot, added, role_id=str(granted["id"]))
        is_shown = added is person and given is None
        return {
            "id": added.id,
            "email": added.email,
            "workspace": chosen["name"],
            "role": granted["label"],
            "password": password if is_shown else None,
        }

    made = door.run(work, database_url=database_url, data_dir=data_dir)
    if as_json:
        say_json(made)
        return
    if made["password"] is not None:
        typer.echo(made["password"])
    note(f"{made['email']} is a member of {made['workspace']} as {made['role']}.")


async def _added(connection: Connection, person: User, workspace_id: str, name: str) -> User:
    """`person`, or the user who has that address already."""
    known = await users.by_email(connection, person.email)
    if known is None:
        await users.add(connection, person)
        return person
    if await members.is_member(connection, workspace_id, known.id):
        raise CommandFailed(f"{known.email} is a member of {name} already.")
    return known
