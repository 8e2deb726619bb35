"""Writes `docs/reference` and the SQL in the README: what the code decides, taken from the code.

Run from the root of the source tree: `python -m docs.generate` writes the pages that are stale;
`python -m docs.generate --check` writes nothing and exits 1 when there is one. The same code gives
the same bytes. Nothing here is part of the server, so the server does not carry it.

A page is a function without arguments that gives the whole text: those of `server_pages` and
`field_pages`, and the README of `readme`. What they have in common is in `form`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from docs.field_pages import field_types_page, operators_page
from docs.form import COMMAND, ROOT
from docs.readme import readme
from docs.server_pages import cli_page, errors_page, routes_page, settings_page

PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "docs/reference/errors.md": errors_page,
    "docs/reference/settings.md": settings_page,
    "docs/reference/field-types.md": field_types_page,
    "docs/reference/operators.md": operators_page,
    "docs/reference/routes.md": routes_page,
    "docs/reference/cli.md": cli_page,
    "README.md": readme,
}


def stale() -> dict[str, str]:
    """The text of each page that is not as it should be, by its path."""
    texts = {name: make() for name, make in PAGES.items()}
    return {name: text for name, text in texts.items() if _written(name) != text}


def _written(name: str) -> str | None:
    path = ROOT / name
    return path.read_text("utf-8") if path.exists() else None


def main(arguments: Sequence[str]) -> int:
    found = stale()
    if "--check" in arguments:
        for name in found:
            sys.stderr.write(f"{name} is stale: run {COMMAND}\n")
        return 1 if found else 0
    for name, text in found.items():
        (ROOT / name).write_text(text, "utf-8")
        sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
