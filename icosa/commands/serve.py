"""`icosa serve`: everything at once."""

import os
import sys
from typing import Annotated

import typer

from icosa import serve as everything
from icosa.commands.options import AsJson, DatabaseUrl, DataDir
from icosa.serve import ADMIN_EMAIL_DEFAULT
from icosa.settings import Settings

EXAMPLE = "Example: icosa serve --port 4000 --email me@example.com"


def serve(
    *,
    host: Annotated[
        str | None,
        typer.Option(help="The address to listen on [ICOSA_HOST; 127.0.0.1].", show_default=False),
    ] = None,
    port: Annotated[
        str | None,
        typer.Option(
            metavar="PORT", help="0: any free one [ICOSA_PORT; 3000].", show_default=False
        ),
    ] = None,
    workers: Annotated[
        str | None,
        typer.Option(
            metavar="N", help="Processes that answer [ICOSA_WORKERS; 1].", show_default=False
        ),
    ] = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
    email: Annotated[
        str, typer.Option(help="The admin made at the first run.")
    ] = ADMIN_EMAIL_DEFAULT,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the admin's password from stdin.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Start everything: the database, migrations, the API.

    At the first run it makes a workspace, an admin and an API key, and prints them once.
    """
    settings = Settings.read(
        os.environ,
        host=host,
        port=port,
        workers=workers,
        database_url=database_url,
        data_dir=data_dir,
    )
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    admin = everything.FirstAdmin(email=email, password=password)
    everything.serve(settings, admin, as_json=as_json)
