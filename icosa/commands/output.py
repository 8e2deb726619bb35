"""What commands print: data on stdout, as a table or as JSON; all else on stderr."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import typer


def say_json(value: object) -> None:
    """One line."""
    typer.echo(msgspec.json.encode(value).decode())


def say_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Columns as wide as what is in them, two spaces apart; nothing for None."""
    texts = [head, *(["" if cell is None else str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in texts) for column in range(len(head))]
    for row in texts:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


def note(message: str) -> None:
    """For people; programs that read stdout don't see it."""
    typer.echo(message, err=True)
