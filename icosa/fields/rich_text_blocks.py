"""BlockNote's blocks and Markdown, each made from the other.

Covered both ways: paragraph, headings 1-3, bullet, numbered and check lists (nested),
quote, code, bold, italic, strike, inline code and links. Other blocks (tables, images,
files) keep their text as paragraphs (amendments, 23). HTML in Markdown is text.

The ids of blocks follow from their place and the text, so that equal Markdown makes equal
blocks: nothing here is random.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from icosa.core.identity import derived_uuid

Block = Mapping[str, object]
Inline = Mapping[str, object]

_NAMESPACE: Final = "6f2d7a1c-4b1e-5c64-9a53-1f0f9f0a6b2e"  # of the ids of blocks
_PROPS: Final = {
    "backgroundColor": "default",
    "textColor": "default",
    "textAlignment": "left",
}
_CHECK: Final = re.compile(r"\[([ xX])\](?: |$)")
_DEPTH_MAX: Final = 50  # of nested blocks; deeper ones lie flat
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>~])")
_LINE_START: Final = re.compile(
    r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|\d{1,9}(?=[.)](?:\s|$))|={1,}\s*$|-{2,}\s*$)"
)
_SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "ftp", "sms"})
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_CONTROLS: Final = re.compile(r"[\x00-\x20\x7f-\x9f]")
_STYLES: Final = (("bold", "**"), ("italic", "*"), ("strike", "~~"))
_LIST_TYPES: Final = ("bulletListItem", "numberedListItem", "checkListItem")


def is_dangerous(url: str) -> bool:
    """Whether following `url` could run code: any scheme that is not known to be harmless."""
    match = _SCHEME.match(_CONTROLS.sub("", url))
    return match is not None and match[1].lower() not in _SAFE_SCHEMES


def links(value: object) -> Iterator[str]:
    """Every URL in blocks, wherever it is."""
    pending = [value]
    while pending:
        match pending.pop():
            case Mapping() as mapping:
                for key, part in mapping.items():
                    if isinstance(part, str) and key in ("href", "url", "previewUrl", "src"):
                        yield part
                    else:
                        pending.append(part)
            case list() as items:
                pending.extend(items)


# -- Markdown from blocks --------------------------------------------------------------


def markdown_from_blocks(blocks: Sequence[object]) -> str:
    """The Markdown of `blocks`, ending in a newline; `""` if they hold nothing."""
    text = "\n".join(_rendered(blocks, 0)).strip("\n")
    return f"{text}\n" if text.strip() else ""


def _rendered(blocks: Iterable[object], depth: int) -> Iterator[str]:
    """Lines. Blocks are parted by an empty line, save items of one list."""
    before: str | None = None
    ordinal = 0
    for block in blocks:
        if not isinstance(block, Mapping):
            continue
        kind = str(block.get("type"))
        if before is not None and not (kind == before and kind in _LIST_TYPES):
            yield ""
        ordinal = ordinal + 1 if kind == before else 1
        before = kind
        yield from _block_lines(block, kind, ordinal, depth)


def _block_lines(block: Block, kind: str, ordinal: int, depth: int) -> Iterator[str]:
    prefix, indent = _marker(block, kind, ordinal)
    first = True
    for line in _content_lines(block, kind):
        yield (prefix if first else indent) + line
        first = False
    children = block.get("children")
    if isinstance(children, list) and children and depth < _DEPTH_MAX:
        inner = indent if kind in _LIST_TYPES else ""
        if kind not in _LIST_TYPES:
            yield ""
        for line in _rendered(children, depth + 1):
            yield inner + line if line else ""


def _marker(block: Block, kind: str, ordinal: int) -> tuple[str, str]:
    """What the first line of a block begins with, and what its others do."""
    props = _props(block)
    match kind:
        case "heading":
            level = props.get("level")
            return ("#" * (level if level in (1, 2, 3, 4, 5, 6) else 1) + " ", "")
        case "bulletListItem" | "toggleListItem":
            return ("* ", "  ")
        case "numberedListItem":
            start = props.get("start")
            number = (start if isinstance(start, int) else 1) + ordinal - 1
            return (f"{number}. ", " " * (len(str(number)) + 2))
        case "checkListItem":
            return ("* [x] " if props.get("checked") is True else "* [ ] ", "  ")
        case "quote":
            return ("> ", "> ")
        case _:
            return ("", "")


def _content_lines(block: Block, kind: str) -> list[str]:
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
    lines = text.split("\n")
    if kind == "heading":
        return [" ".join(lines)]
    kept = [
        _LINE_START.sub(r"\1\\\2", line) if not line.startswith("**") else line for line in lines
    ]
    return [line + "\\" if place < len(kept) - 1 else line for place, line in enumerate(kept)]


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
    return "".join(_inline_text(item) for item in content)


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
    styles = item.get("styles")
    return _styled(text, styles if isinstance(styles, Mapping) else {})


def _destination(href: str) -> str:
    """A link's target: in `<…>` where brackets or spaces would end it."""
    if re.search(r"[\s()<>\\]", href):
        return "<" + re.sub(r"([<>\\])", r"\\\1", re.sub(r"\s", "%20", href)) + ">"
    return href


def _styled(text: str, styles: Mapping[str, object]) -> str:
    """`text` in its marks. Marks can't touch spaces, so those go outside of them."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    if styles.get("code"):
        ticks = "`" * (1 + max((len(run) for run in re.findall("`+", core)), default=0))
        pad = " " if core.startswith("`") or core.endswith("`") else ""
        marked = f"{ticks}{pad}{core}{pad}{ticks}"
    else:
        marked = _SPECIAL.sub(r"\\\1", core)
    for style, mark in _STYLES:
        if styles.get(style):
            marked = f"{mark}{marked}{mark}"
    return text[:start] + marked + text[start + len(core) :]


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


def _props(block: Block) -> Mapping[str, object]:
    props = block.get("props")
    return props if isinstance(props, Mapping) else {}


# -- blocks from Markdown --------------------------------------------------------------


def blocks_from_markdown(markdown: str) -> list[Block]:
    """BlockNote's blocks; Markdown without text makes none."""
    tokens = MarkdownIt("commonmark", {"html": False}).enable("strikethrough").parse(markdown)
    return _Builder(markdown).blocks(_Reader(tokens))


@dataclass(slots=True)
class _Reader:
    tokens: Sequence[Token]
    place: int = 0

    def next(self) -> Token | None:
        if self.place >= len(self.tokens):
            return None
        self.place += 1
        return self.tokens[self.place - 1]


@dataclass(slots=True)
class _Builder:
    markdown: str
    count: int = 0

    def blocks(self, reader: _Reader, until: str = "") -> list[Block]:
        """The blocks up to the token that closes their container."""
        made: list[Block] = []
        while (token := reader.next()) is not None and token.type != until:
            match token.type:
                case "heading_open":
                    level = min(int(token.tag[1]), 3)
                    made.append(self._block("heading", self._line(reader), {"level": level}))
                case "paragraph_open":
                    made.append(self._block("paragraph", self._line(reader)))
                case "fence" | "code_block":
                    language = token.info.split()[0] if token.info.strip() else "text"
                    code = [_text(token.content.removesuffix("\n"), {})]
                    made.append(self._block("codeBlock", code, {"language": language}))
                case "bullet_list_open":
                    made.extend(self._items(reader, "bullet_list_close", "bulletListItem"))
                case "ordered_list_open":
                    made.extend(self._items(reader, "ordered_list_close", "numberedListItem"))
                case "blockquote_open":
                    made.extend(self._quotes(self.blocks(reader, "blockquote_close")))
                case _:
                    pass  # a rule holds no text
        return made

    def _items(self, reader: _Reader, until: str, kind: str) -> Iterator[Block]:
        while (token := reader.next()) is not None and token.type != until:
            inner = self.blocks(reader, "list_item_close")
            if inner and inner[0]["type"] == "paragraph":
                content, children = inner[0]["content"], inner[1:]
            else:
                content, children = [], inner
            assert isinstance(content, list)
            yield self._item(kind, content, children)

    def _item(self, kind: str, content: list[Inline], children: list[Block]) -> Block:
        """`[ ] x` and `[x] x` are check list items."""
        text = str(content[0].get("text", "")) if content else ""
        match = _CHECK.match(text) if kind == "bulletListItem" else None
        if match is None:
            return self._block(kind, content, children=children)
        rest = text[match.end() :]
        content = [{**content[0], "text": rest}, *content[1:]] if rest else content[1:]
        props = {"checked": match[1] != " "}
        return self._block("checkListItem", content, props, children)

    def _quotes(self, inner: Iterable[Block]) -> Iterator[Block]:
        """A quote holds text only; whatever else was quoted stands beside it."""
        for block in inner:
            if block["type"] == "paragraph":
                content = block["content"]
                assert isinstance(content, list)
                yield self._block("quote", content)
            else:
                yield block

    def _line(self, reader: _Reader) -> list[Inline]:
        token = reader.next()
        reader.next()  # the closing token
        return _inlines(token.children or []) if token is not None else []

    def _block(
        self,
        kind: str,
        content: list[Inline],
        props: Mapping[str, object] | None = None,
        children: list[Block] | None = None,
    ) -> Block:
        self.count += 1
        return {
            "id": derived_uuid(_NAMESPACE, f"{self.count}:{self.markdown}"),
            "type": kind,
            "props": {**({} if kind == "codeBlock" else _PROPS), **(props or {})},
            "content": content,
            "children": children or [],
        }


@dataclass(slots=True)
class _Inlines:
    """What has been read of a line, with the styles and the link that are open."""

    made: list[Inline] = field(default_factory=list)
    styles: dict[str, bool] = field(default_factory=dict)
    href: str | None = None
    label: list[Inline] = field(default_factory=list)

    def add(self, text: str, **styles: bool) -> None:
        into = self.made if self.href is None else self.label
        _append(into, text, {**self.styles, **styles})

    def close_link(self) -> None:
        if self.href is None:
            return
        if self.href and not is_dangerous(self.href):
            self.made.append({"type": "link", "href": self.href, "content": self.label})
        else:
            self.made.extend(self.label)
        self.href, self.label = None, []


def _inlines(tokens: Sequence[Token]) -> list[Inline]:
    line = _Inlines()
    names = {"strong": "bold", "em": "italic", "s": "strike"}
    for token in tokens:
        match token.type.rpartition("_"):
            case (mark, _, "open") if mark in names:
                line.styles[names[mark]] = True
            case (mark, _, "close") if mark in names:
                line.styles.pop(names[mark], None)
            case ("link", _, "open"):
                line.href = str(token.attrGet("href") or "")
            case ("link", _, "close"):
                line.close_link()
            case ("code", _, "inline"):
                line.add(token.content, code=True)
            case (_, _, "softbreak" | "hardbreak"):
                line.add("\n")
            case _:
                line.add(token.content)
    return line.made


def _append(into: list[Inline], text: str, styles: Mapping[str, bool]) -> None:
    """Neighbours of one style are one."""
    if not text:
        return
    last = into[-1] if into else None
    if last is not None and last.get("type") == "text" and last["styles"] == styles:
        into[-1] = _text(f"{last['text']}{text}", styles)
    else:
        into.append(_text(text, styles))


def _text(text: str, styles: Mapping[str, bool]) -> Inline:
    return {"type": "text", "text": text, "styles": dict(styles)}
