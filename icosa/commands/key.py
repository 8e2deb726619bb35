"""`icosa key`: create, list, revoke."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Final

import typer

from icosa.access import keys, roles
from icosa.access.keys import Expiry
from icosa.access.rows import JsonObject, moment
from icosa.commands import door
from icosa.commands.door import CommandFailed, Workspace
from icosa.commands.options import AsJson, DatabaseUrl, DataDir
from icosa.commands.output import note, say_json, say_table
from icosa.core.errors import ArgumentInvalid
from icosa.db.pool import Database

application = typer.Typer(no_args_is_help=True, help="API keys: what programs call the APIs with.")

_SPAN: Final = re.compile(r"([1-9]\d{0,4})([mhdwy])\Z")
_UNITS: Final = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "y": timedelta(days=365),
}
_SPAN_MAX: Final = timedelta(days=365 * 1_000)


def expiry(text: str) -> Expiry:
    """`90d`, or a date; raises `BadParameter`."""
    text = text.strip()
    span = _SPAN.match(text)
    if span is not None:
        return min(int(span[1]) * _UNITS[span[2]], _SPAN_MAX)
    try:
        return moment(text, "--expires")
    except ArgumentInvalid:
        raise typer.BadParameter(
            "must be a time from now such as 90d, 12h or 1y, or a date such as 2030-01-31.",
            param_hint="--expires",
        ) from None


@application.command(epilog="Example: KEY=$(icosa key create --name import --expires 90d)")
def create(
    *,
    name: Annotated[str, typer.Option(help="What it is for; records show it.")],
    role: Annotated[str, typer.Option(help="Its label or id.")] = roles.ADMIN,
    expires: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="90d, 12h, 1y or a date [100y].", show_default=False),
    ] = None,
    workspace: Workspace = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make an API key and print its token, alone: nobody can see it again."""
    life = keys.LIFE if expires is None else expiry(expires)
    if not name.strip():
        raise typer.BadParameter("must not be empty.", param_hint="--name")

    async def work(database: Database) -> JsonObject:
        chosen = await door.the_workspace(database, workspace)
        workspace_id = str(chosen["id"])
        granted = await door.the_role(database, workspace_id, role)
        if not granted["canBeAssignedToApiKeys"]:
            raise CommandFailed(f'Role "{granted["label"]}" cannot be assigned to API keys')
        async with database.transaction() as connection:
            key_id = await keys.create(
                connection,
                workspace_id,
                name=name.strip(),
                role_id=str(granted["id"]),
                expires=life,
            )
            token = await keys.add_token(connection, key_id, expires=life)
            made = await keys.found(connection, workspace_id, key_id)
        assert made is not None
        return made | {"token": token, "workspace": chosen["name"]}

    made = door.run(work, database_url=database_url, data_dir=data_dir)
    if as_json:
        say_json(made)
    else:
        typer.echo(made["token"])


@application.command("list", epilog="Example: icosa key list --workspace main")
def list_(
    *,
    workspace: Workspace = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List the API keys that are not revoked; expired ones are among them."""

    async def work(database: Database) -> list[JsonObject]:
        chosen = await door.the_workspace(database, workspace)
        return await keys.listed(database, str(chosen["id"]))

    listed = door.run(work, database_url=database_url, data_dir=data_dir)
    if as_json:
        say_json(listed)
        return
    say_table(("ID", "NAME", "ROLE", "TOKENS", "EXPIRES", "LAST USED"), [_row(k) for k in listed])


@application.command(epilog="Example: icosa key revoke 0197a3b2-0000-7000-8000-000000000001")
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="As `icosa key list` shows it.")],
    *,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Revoke an API key and all its tokens, at once."""

    async def work(database: Database) -> None:
        workspace_id = await keys.workspace_of(database, key_id)
        if workspace_id is None:
            raise CommandFailed(f"There is no API key {key_id}. See: icosa key list")
        await keys.revoke(database, workspace_id, key_id)

    door.run(work, database_url=database_url, data_dir=data_dir)
    note(f"Revoked the API key {key_id}.")


def _row(key: JsonObject) -> list[object]:
    role, tokens = key["role"], key["tokens"]
    assert isinstance(role, dict)
    assert isinstance(tokens, list)
    shown = " ".join(f"{token['first12']}…{token['last4']}" for token in tokens)
    return [key["id"], key["name"], role["label"], shown, key["expiresAt"], key["lastUsedAt"]]
