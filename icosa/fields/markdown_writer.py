"""Markdown from BlockNote's blocks.

Covered: paragraph, headings, bullet, numbered and check lists (nested), quote, code, bold,
italic, strike, inline code and links. Other blocks (tables, images, files) keep their text
as paragraphs (amendments, 23). Text that Markdown would take for marks is escaped
(https://spec.commonmark.org, 2.4), so that `markdown_reader` reads the same text back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>~]|&(?=#?\w+;))")
_LINE_START: Final = re.compile(r"(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|=+\s*$|-{2,}\s*$)")
_NUMBER_START: Final = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")
_CLOSING: Final = re.compile(r"(?<=\s)(#+)$")  # of a heading, which would be dropped
_STYLES: Final = (("bold", "**"), ("italic", "*"), ("strike", "~~"))
_LIST_TYPES: Final = ("bulletListItem", "numberedListItem", "checkListItem")
_DEPTH_MAX: Final = 50  # of nested blocks; deeper ones are left out


def markdown_from_blocks(blocks: Sequence[object]) -> str:
    """The Markdown of `blocks`, ending in a newline; `""` if they hold nothing."""
    text = "\n".join(_rendered(blocks, 0)).strip("\n")
    return f"{text}\n" if text.strip() else ""


def _rendered(blocks: Iterable[object], depth: int) -> Iterator[str]:
    """Lines. Blocks are parted by an empty line, save items of one list."""
    before: str | None = None
    number = 0
    for block in blocks:
        if not isinstance(block, Mapping):
            continue
        kind = _kind(block)
        if before is not None and not (kind == before and kind in _LIST_TYPES):
            yield ""
        start = _props(block).get("start")
        number = start if isinstance(start, int) else number + 1 if kind == before else 1
        before = kind
        yield from _block_lines(block, kind, number, depth)


def _block_lines(block: Mapping[str, object], kind: str, number: int, depth: int) -> Iterator[str]:
    prefix, indent = _marker(block, kind, number)
    first = True
    for line in _content_lines(block, kind):
        yield (prefix if first else indent) + line
        first = False
    children = block.get("children")
    if isinstance(children, list) and children and depth < _DEPTH_MAX:
        is_list = kind in _LIST_TYPES
        if not (is_list and _kind(children[0]) in _LIST_TYPES):
            yield ""
        for line in _rendered(children, depth + 1):
            yield indent + line if line and is_list else line


def _kind(block: object) -> str:
    return str(block.get("type")) if isinstance(block, Mapping) else ""


def _marker(block: Mapping[str, object], kind: str, number: int) -> tuple[str, str]:
    """What the first line of a block begins with, and what its others do."""
    props = _props(block)
    match kind:
        case "heading":
            level = props.get("level")
            return ("#" * (level if level in (1, 2, 3, 4, 5, 6) else 1) + " ", "")
        case "bulletListItem" | "toggleListItem":
            return ("* ", "  ")
        case "numberedListItem":
            return (f"{number}. ", " " * (len(str(number)) + 2))
        case "checkListItem":
            return ("* [x] " if props.get("checked") is True else "* [ ] ", "  ")
        case "quote":
            return ("> ", "> ")
        case _:
            return ("", "")


def _content_lines(block: Mapping[str, object], kind: str) -> list[str]:
    content = block.get("content")
    if kind == "codeBlock":
        code = _plain(content)
        language = _props(block).get("language")
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
        return [f"{fence}{language if isinstance(language, str) else ''}", *code.split("\n"), fence]
    if isinstance(content, Mapping):
        return _table_lines(content)
    text = _inline(content if isinstance(content, list) else _as_inlines(content))
    if not text and not content:
        text = _SPECIAL.sub(r"\\\1", _caption(_props(block)))
    lines = [_literal_start(line.strip()) for line in text.strip().split("\n")]
    if kind == "heading":
        return [_CLOSING.sub(r"\\\1", " ".join(lines))]
    return [line + "\\" if place < len(lines) - 1 else line for place, line in enumerate(lines)]


def _literal_start(line: str) -> str:
    """`line` without a beginning that would make it a heading, a list item or a rule."""
    if match := _NUMBER_START.match(line):
        return f"{match[1]}\\{line[match.end() :]}"
    return f"\\{line}" if _LINE_START.match(line) else line


def _table_lines(content: Mapping[str, object]) -> list[str]:
    """The text of a table, a line a row."""
    rows = content.get("rows")
    lines: list[str] = []
    for row in rows if isinstance(rows, list) else ():
        cells = row.get("cells") if isinstance(row, Mapping) else None
        if isinstance(cells, list):
            lines.append(" ".join(filter(None, (_inline(_cell(cell)) for cell in cells))))
    return [line for line in lines if line] or [""]


def _cell(cell: object) -> list[object]:
    content = cell.get("content") if isinstance(cell, Mapping) else cell
    return content if isinstance(content, list) else _as_inlines(content)


def _as_inlines(content: object) -> list[object]:
    return [{"type": "text", "text": content, "styles": {}}] if isinstance(content, str) else []


def _caption(props: Mapping[str, object]) -> str:
    """The text of a block without content, such as an image."""
    for key in ("caption", "name", "url"):
        text = props.get(key)
        if isinstance(text, str) and text:
            return text
    return ""


def _inline(content: Iterable[object]) -> str:
    return _marked(list(content), _STYLES)


def _marked(content: Sequence[object], styles: Sequence[tuple[str, str]]) -> str:
    """`content` with the marks of `styles`, each around as long a run as it can be."""
    if not styles:
        return "".join(map(_inline_text, content))
    (style, mark), others = styles[0], styles[1:]
    runs = groupby(content, lambda item: _has(item, style))
    return "".join(
        _wrapped(_marked(list(run), others), mark) if styled else _marked(list(run), others)
        for styled, run in runs
    )


def _has(item: object, style: str) -> bool:
    styles = item.get("styles") if isinstance(item, Mapping) else None
    return isinstance(styles, Mapping) and bool(styles.get(style))


def _wrapped(text: str, mark: str) -> str:
    """`text` in its marks. Marks can't touch spaces, so those go outside of them."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    return f"{text[:start]}{mark}{core}{mark}{text[start + len(core) :]}"


def _inline_text(item: object) -> str:
    if isinstance(item, str):
        return _SPECIAL.sub(r"\\\1", item)
    if not isinstance(item, Mapping):
        return ""
    inner = item.get("content")
    if item.get("type") == "link":
        label = _inline(inner if isinstance(inner, list) else _as_inlines(inner))
        href = str(item.get("href") or "")
        return f"[{label}]({_destination(href)})" if href else label
    text = item.get("text")
    if not isinstance(text, str):
        return _inline(inner) if isinstance(inner, list) else ""
    return _code(text) if _has(item, "code") and text.strip() else _SPECIAL.sub(r"\\\1", text)


def _code(text: str) -> str:
    """`text` in more backticks than it holds in a row; it can't hold a line break."""
    text = text.replace("\n", " ")
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _destination(href: str) -> str:
    """A link's target: in `<…>` where brackets or spaces would end it."""
    if re.search(r"[\s()<>\\]", href):
        return "<" + re.sub(r"([<>\\])", r"\\\1", re.sub(r"\s", "%20", href)) + ">"
    return href


def _plain(content: object) -> str:
    match content:
        case str():
            return content
        case list():
            return "".join(_plain(item) for item in content)
        case Mapping():
            text = content.get("text")
            return text if isinstance(text, str) else _plain(content.get("content"))
        case _:
            return ""


def _props(block: Mapping[str, object]) -> Mapping[str, object]:
    props = block.get("props")
    return props if isinstance(props, Mapping) else {}
