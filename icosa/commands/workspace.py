"""`icosa workspace`: create, list, delete."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from icosa.access import workspace
from icosa.access.rows import JsonObject
from icosa.changes.model import ModelChanges, WorkspaceExists
from icosa.commands import door
from icosa.commands.door import CommandFailed
from icosa.commands.options import AsJson, DatabaseUrl, DataDir
from icosa.commands.output import note, say_json, say_table
from icosa.db.pool import Database
from icosa.first_run import found_workspace

application = typer.Typer(
    no_args_is_help=True, help="Workspaces: each a data model and its records."
)


class Model(StrEnum):
    """The data model that a workspace begins with."""

    CRM = "crm"
    FULL = "full"
    EMPTY = "empty"


@application.command(epilog="Example: icosa workspace create acme --model crm")
def create(
    name: Annotated[str, typer.Argument(help="Short and unique; part of addresses.")],
    *,
    model: Annotated[Model, typer.Option(help="What it begins with.")] = Model.CRM,
    display_name: Annotated[
        str | None, typer.Option(help="As people see it [the name].", show_default=False)
    ] = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make a workspace with a data model and the roles Admin, Member and Guest."""

    async def work(database: Database) -> JsonObject:
        try:
            workspace_id = await found_workspace(
                database, name, model=model.value, display_name=display_name
            )
        except WorkspaceExists:
            raise CommandFailed(f"There is a workspace {name} already.") from None
        return await door.the_workspace(database, workspace_id)

    made = door.run(work, database_url=database_url, data_dir=data_dir)
    if as_json:
        say_json(made)
    else:
        typer.echo(made["id"])
        note(f"Made the workspace {name}. Next: icosa user create EMAIL --workspace {name}")


@application.command("list", epilog="Example: icosa workspace list --json")
def list_(
    *, database_url: DatabaseUrl = None, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """List all workspaces, the oldest first: the one that other commands take by default."""
    listed = door.run(workspace.listed, database_url=database_url, data_dir=data_dir)
    if as_json:
        say_json(listed)
        return
    columns = ("id", "name", "displayName", "members", "apiKeys", "createdAt")
    say_table(
        ("ID", "NAME", "DISPLAY NAME", "MEMBERS", "KEYS", "CREATED"),
        [[each[column] for column in columns] for each in listed],
    )


@application.command(epilog="Example: icosa workspace delete acme --yes")
def delete(
    name_or_id: Annotated[str, typer.Argument(metavar="WORKSPACE", help="Its name or id.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask for its name again.")] = False,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Delete a workspace with all its records, for good. Its users stay."""

    async def work(database: Database) -> str:
        found = await door.the_workspace(database, name_or_id)
        name = str(found["name"])
        if not yes:
            _confirm(name)
        await ModelChanges(database).delete_workspace(str(found["id"]))
        return name

    name = door.run(work, database_url=database_url, data_dir=data_dir)
    note(f"Deleted the workspace {name}.")


def _confirm(name: str) -> None:
    if not sys.stdin.isatty():
        raise CommandFailed(f"This deletes every record of {name}. If you mean it: --yes")
    if typer.prompt(f"This deletes every record of {name}. Type its name", err=True) != name:
        raise CommandFailed("That is not its name; nothing was deleted.")
