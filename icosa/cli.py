"""The one executable: its commands, and how a failure is told.

Exits 0 on success, 2 on wrong usage, 1 on failure with one line on stderr that says what to do.
Anything else that is raised is a bug of ours and shows its traceback.
"""

import sys

import typer

from icosa.commands import doctor, explain, key, migrate, openapi, schema, serve, user, workspace
from icosa.commands.demo import command as demo
from icosa.commands.door import CommandFailed
from icosa.core.errors import ApiError
from icosa.db.binaries import BinariesNotFound
from icosa.db.embedded import EmbeddedServerFailed
from icosa.db.migrate import MigrationFailed
from icosa.db.pool import DatabaseUnavailable
from icosa.serve import ServeFailed
from icosa.settings import SettingsInvalid

FAILURES = (
    ApiError,
    BinariesNotFound,
    CommandFailed,
    DatabaseUnavailable,
    EmbeddedServerFailed,
    MigrationFailed,
    ServeFailed,
)

application = typer.Typer(
    name="icosa",
    help="Icosa: a CRM data platform over PostgreSQL, as REST and GraphQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@application.callback()
def icosa() -> None:
    """Icosa: a CRM data platform over PostgreSQL, as REST and GraphQL."""


application.command(epilog=serve.EXAMPLE)(serve.serve)
application.command(epilog=migrate.EXAMPLE)(migrate.migrate)
application.add_typer(workspace.application, name="workspace")
application.add_typer(user.application, name="user")
application.add_typer(key.application, name="key")
application.command(epilog=demo.EXAMPLE)(demo.demo)
application.command(epilog=openapi.EXAMPLE)(openapi.openapi)
application.command(epilog=schema.EXAMPLE)(schema.schema)
application.command(epilog=explain.EXAMPLE)(explain.explain)
application.command(epilog=doctor.EXAMPLE)(doctor.doctor)


def main() -> None:
    try:
        application()
    except SettingsInvalid as failure:
        _fail(failure, 2)
    except FAILURES as failure:
        _fail(failure, 1)


def _fail(failure: Exception, code: int) -> None:
    line = " ".join(str(failure).split())
    sys.stderr.write(f"icosa: {line}\n")
    sys.exit(code)
