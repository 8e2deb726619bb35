"""The form of a generated page: tables, code, and the note that says where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
COMMAND: Final = "python -m docs.generate"
SHOWN_MAX: Final = 400  # characters of an example


def page(title: str, source: str, *parts: str) -> str:
    note = f"<!-- Made by `{COMMAND}` from {source}. Edit that, not this. -->"
    return "\n\n".join((f"# {title}", note, *(part.strip("\n") for part in parts))) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_row(head), _row(["---"] * len(head))]
    return "\n".join([*lines, *(_row(row) for row in rows)])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: str) -> str:
    """`text` as code in a line; the empty text is nothing."""
    if not text:
        return ""
    fence = "``" if "`" in text else "`"
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def codes(texts: Iterable[str]) -> str:
    return ", ".join(code(text) for text in texts)


def block(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def shown(value: object) -> str:
    """A JSON value, as a caller would write it; what is too long for a table is cut."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    most = SHOWN_MAX if " " in text else SHOWN_MAX // 5
    return text if len(text) <= most else f"{text[:most]}…"


def sentence(text: str) -> str:
    """The first sentence, ended by a full stop."""
    return text[:1].upper() + text[1:].rstrip(".") + "." if text else ""


@cache
def sources() -> Mapping[Path, str]:
    """Every module of the server."""
    return {path: path.read_text("utf-8") for path in sorted((ROOT / "icosa").rglob("*.py"))}
