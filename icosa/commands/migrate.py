"""`icosa migrate`: the catalogue's own schema."""

import asyncio
import json
import os
from typing import Annotated

import typer

from icosa.commands.options import AsJson, DatabaseUrl, DataDir
from icosa.db import migrate as migrations
from icosa.installation import running_database
from icosa.settings import Settings

EXAMPLE = "Example: icosa migrate --check || icosa migrate"


def migrate(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 1 when something is pending.")
    ] = False,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Bring the catalogue's own schema up to date, in one transaction."""
    settings = Settings.read(os.environ, database_url=database_url, data_dir=data_dir)
    with running_database(settings) as (dsn, _):
        run = migrations.pending if check else migrations.migrate
        names = asyncio.run(run(dsn))
    if as_json:
        typer.echo(json.dumps({"pending" if check else "applied": names}))
    elif not check:
        typer.echo("\n".join(names) or "up to date")
    if check and names:
        typer.echo(f"Pending: {', '.join(names)}. Run: icosa migrate", err=True)
        raise typer.Exit(1)
