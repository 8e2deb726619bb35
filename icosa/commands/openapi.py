"""`icosa openapi`: the documents that the server publishes."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import msgspec
import typer

from icosa.catalog.view import View
from icosa.commands import door
from icosa.commands.door import Workspace
from icosa.commands.options import DatabaseUrl, DataDir
from icosa.commands.seen import RoleName, seen
from icosa.db.pool import Database
from icosa.http.openapi.core import core_document
from icosa.http.openapi.metadata import metadata_document
from icosa.settings import Settings

EXAMPLE = "Example: icosa openapi core > openapi.json"


class Api(StrEnum):
    """Records, or the data model itself."""

    CORE = "core"
    METADATA = "metadata"


def openapi(
    api: Annotated[Api, typer.Argument(help="Of records, or of the data model.")],
    *,
    workspace: Workspace = None,
    role: RoleName = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Print the OpenAPI 3.1 document of a workspace; the same text while its model stays."""
    settings = Settings.read(os.environ, database_url=database_url, data_dir=data_dir)

    async def work(database: Database) -> View:
        return await seen(database, workspace, role)

    view = door.run(work, database_url=database_url, data_dir=data_dir)
    make = core_document if api is Api.CORE else metadata_document
    typer.echo(msgspec.json.format(make(view, settings.url), indent=2))
