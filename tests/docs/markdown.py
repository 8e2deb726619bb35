"""Documents as the tests see them: links, headings, code, and the paths that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).parents[2]
DOCUMENTS: Final = tuple(
    path.relative_to(PROJECT)
    for path in (*sorted(PROJECT.glob("*.md")), *sorted((PROJECT / "docs").rglob("*.md")))
)
ADRS: Final = tuple(path for path in DOCUMENTS if path.parent == Path("docs/adr"))

_FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK: Final = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE: Final = re.compile(r"`([^`\n]+)`")
_HEADING: Final = re.compile(r"^#+ (.*)$", re.MULTILINE)
_FOLDERS: Final = r"icosa|tests|docs|bench|console|\.ci"
_PATH: Final = re.compile(rf"(?:{_FOLDERS})(?:/[\w.*-]+)+/?(?:::\w+)?")
_FILE: Final = re.compile(r"(?:\w+\.(?:toml|lock)|Makefile|LICENSE|[A-Z]+\.md)")


def text_of(path: Path) -> str:
    return (PROJECT / path).read_text("utf-8")


def fences(text: str) -> list[tuple[str, str]]:
    """Language and content of each block of code."""
    return _FENCE.findall(text)


def links(text: str) -> list[str]:
    """The targets of links that stay in the project."""
    return [link for link in _LINK.findall(_FENCE.sub("", text)) if "://" not in link]


def anchors(text: str) -> set[str]:
    """What the headings of a page can be linked by."""
    return {_slug(heading) for heading in _HEADING.findall(_FENCE.sub("", text))}


def named_paths(text: str) -> Iterator[str]:
    """What is set as code and looks like a path of the project, perhaps with `::name`."""
    for word in _CODE.findall(_FENCE.sub("", text)):
        if _PATH.fullmatch(word) or _FILE.fullmatch(word):
            yield word


def headings(text: str) -> list[str]:
    return _HEADING.findall(text)


def _slug(heading: str) -> str:
    """As the usual viewers make it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
