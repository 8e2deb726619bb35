"""`icosa demo`."""

from __future__ import annotations

import asyncio
import os
from typing import Annotated, Final

import typer

from icosa.access import keys, roles, workspace
from icosa.catalog.store import load_snapshot
from icosa.catalog.view import Role, View
from icosa.changes.model import ModelChanges
from icosa.commands import door
from icosa.commands.demo.client import Client
from icosa.commands.demo.load import load_records, make_model
from icosa.commands.demo.records import Sources
from icosa.commands.demo.site import running_site
from icosa.commands.demo.tour import tour
from icosa.commands.options import DatabaseUrl, DataDir
from icosa.commands.output import note
from icosa.db.migrate import migrate
from icosa.db.pool import Database
from icosa.first_run import found_workspace
from icosa.installation import running_database
from icosa.settings import Settings

EXAMPLE: Final = "Example: icosa demo --reset"
NAME: Final = "demo"


def demo(
    *,
    reset: Annotated[bool, typer.Option("--reset", help="Delete the demo and start over.")] = False,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Make a workspace with custom objects and load real data through the public APIs."""
    sources = Sources()
    settings = Settings.read(os.environ, database_url=database_url, data_dir=data_dir)
    with running_database(settings) as (url, known):
        token = asyncio.run(_prepared(url, reset=reset))
        if token is None:
            note(f"There is a workspace {NAME} already. Start over with: icosa demo --reset")
            return
        with running_site(known, url, token) as site:
            client = Client(site, token)
            make_model(client)
            counts = load_records(site, token, sources)
            lines = asyncio.run(_toured(url, client))
            client.close()
    loaded = ", ".join(f"{count} {plural}" for plural, count in counts.items())
    typer.echo(f"Loaded {loaded} into the workspace {NAME}.")
    for line in lines:
        typer.echo(line)
    typer.echo(f"\nAPI key: {token}")


async def _prepared(url: str, *, reset: bool) -> str | None:
    """A key of a new workspace; None when there is one and it is to stay."""
    await migrate(url)
    database = await Database.open(url, size=2, slow_size=1)
    try:
        found = await workspace.found(database, NAME)
        if found is not None and not reset:
            return None
        if found is not None:
            await ModelChanges(database).delete_workspace(str(found["id"]))
        workspace_id = await found_workspace(database, NAME, model="crm", display_name="Demo")
        admin = await door.the_role(database, workspace_id, roles.ADMIN)
        async with database.transaction() as connection:
            key_id = await keys.create(
                connection, workspace_id, name="Demo", role_id=str(admin["id"])
            )
            return await keys.add_token(connection, key_id)
    finally:
        await database.close()


async def _toured(url: str, client: Client) -> list[str]:
    database = await Database.open(url, size=1, slow_size=1)
    try:
        found = await door.the_workspace(database, NAME)
        snapshot = await load_snapshot(database, str(found["id"]))
        return await tour(client, View(snapshot, Role(id="demo", grants={})))
    finally:
        await database.close()
