"""Options that several commands take. Without one, its environment variable counts."""

from typing import Annotated

import typer

DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="The PostgreSQL server to use [DATABASE_URL; default: one of our own].",
        show_default=False,
    ),
]

DataDir = Annotated[
    str | None,
    typer.Option(
        metavar="DIR",
        help="Where our own server keeps its data [ICOSA_DATA_DIR].",
        show_default=False,
    ),
]

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
