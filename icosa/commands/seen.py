"""A workspace as one of its roles sees it, for the commands that show what a caller would."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from icosa.access.roles import Roles
from icosa.catalog.store import load_snapshot
from icosa.catalog.view import Role, View
from icosa.commands import door
from icosa.db.pool import Database

RoleName = Annotated[
    str | None,
    typer.Option(
        "--role",
        metavar="R",
        help="As this role sees it [one that may do all].",
        show_default=False,
    ),
]
EVERYTHING: Final = Role(id="", label="everything", grants={})


async def seen(database: Database, workspace: str | None, role: str | None) -> View:
    """Raises `CommandFailed` for a workspace or a role that is not there."""
    chosen = await door.the_workspace(database, workspace)
    workspace_id = str(chosen["id"])
    granted = EVERYTHING
    if role is not None:
        named = await door.the_role(database, workspace_id, role)
        granted = await Roles(database).load(str(named["id"]))
    return View(await load_snapshot(database, workspace_id), granted)
