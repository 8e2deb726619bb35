"""`icosa schema`: the GraphQL schemas that the server answers introspection from."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated

import typer

from icosa.catalog.view import View
from icosa.commands import door
from icosa.commands.door import Workspace
from icosa.commands.openapi import Api
from icosa.commands.options import DatabaseUrl, DataDir
from icosa.commands.seen import RoleName, seen
from icosa.db.pool import Database
from icosa.http.graphql.schema import print_sdl

EXAMPLE = "Example: icosa schema core > schema.graphql"


def schema(
    api: Annotated[Api, typer.Argument(help="Of records, or of the data model.")],
    *,
    workspace: Workspace = None,
    role: RoleName = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Print a GraphQL schema in SDL: of a workspace's records, or of the data model's API.

    The latter is the same for every workspace and role, and needs no database.
    """
    if api is Api.METADATA:
        text = files("icosa.http.metadata").joinpath("schema.graphql").read_text()
        typer.echo(text, nl=False)
        return

    async def work(database: Database) -> View:
        return await seen(database, workspace, role)

    view = door.run(work, database_url=database_url, data_dir=data_dir)
    typer.echo(print_sdl(view), nl=False)
