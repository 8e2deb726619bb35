"""How a command reaches the database that the server uses, and finds what its options name."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from typing import Annotated, TypeVar

import typer

from icosa.access import roles, workspace
from icosa.access.rows import Door, JsonObject
from icosa.db.migrate import migrate, migrations, pending
from icosa.db.pool import Database
from icosa.installation import running_database
from icosa.settings import Settings

T = TypeVar("T")

Work = Callable[[Database], Coroutine[object, object, T]]

Workspace = Annotated[
    str | None,
    typer.Option(metavar="W", help="Its name or id [the oldest].", show_default=False),
]


class CommandFailed(Exception):
    """It can't be done; the message says why, and what to do."""


def run(work: Work[T], *, database_url: str | None, data_dir: str | None) -> T:
    """Does `work` on the database; our own server is adopted, or runs just for this."""
    settings = Settings.read(os.environ, database_url=database_url, data_dir=data_dir)
    with running_database(settings) as (url, _):
        return asyncio.run(_done(work, url, prepared=settings.prepared))


async def _done(work: Work[T], url: str, *, prepared: bool) -> T:
    waiting = await pending(url)
    if len(waiting) == len(migrations()):
        await migrate(url)  # nothing has ever used it
    elif waiting:
        raise CommandFailed("The database is of an older Icosa. Run: icosa migrate")
    database = await Database.open(url, size=1, slow_size=1, prepared=prepared)
    try:
        return await work(database)
    finally:
        await database.close()


async def the_workspace(database: Database, name_or_id: str | None) -> JsonObject:
    """The one that is meant. Raises `CommandFailed`."""
    found = await workspace.found(database, name_or_id)
    if found is not None:
        return found
    if name_or_id is None:
        raise CommandFailed("There is no workspace yet. Make one: icosa workspace create main")
    names = ", ".join(str(each["name"]) for each in await workspace.listed(database))
    raise CommandFailed(f"There is no workspace {name_or_id}. There are: {names or 'none'}.")


async def the_role(door: Door, workspace_id: str, label_or_id: str) -> JsonObject:
    """Raises `CommandFailed`."""
    found = await roles.found(door, workspace_id, label_or_id)
    if found is None:
        raise CommandFailed(
            f"There is no role {label_or_id} in this workspace. Try Admin, Member or Guest."
        )
    return found
