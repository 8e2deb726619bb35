"""BlockNote's blocks from Markdown.

Covered: paragraph, headings (4-6 become 3), bullet, numbered and check lists (nested),
quote, code, bold, italic, strike, inline code and links. HTML is text, a picture is its
caption, a table its source. markdown-it-py reads the Markdown (CommonMark).

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
from icosa.fields.link_safety import is_dangerous

Block = Mapping[str, object]
Inline = Mapping[str, object]

_NAMESPACE: Final = "6f2d7a1c-4b1e-5c64-9a53-1f0f9f0a6b2e"  # of the ids of blocks
_PROPS: Final = {
    "backgroundColor": "default",
    "textColor": "default",
    "textAlignment": "left",
}
_LENGTH_MAX: Final = 100_000  # characters, which take half a second; longer text stays plain
_CHECK: Final = re.compile(r"\[([ xX])\](?: |$)")


def blocks_from_markdown(markdown: str) -> list[Block]:
    """BlockNote's blocks; Markdown without text makes none."""
    builder = _Builder(derived_uuid(_NAMESPACE, markdown))
    if len(markdown) > _LENGTH_MAX:
        return [builder.paragraph(markdown)]
    tokens = MarkdownIt("commonmark", {"html": False}).enable("strikethrough").parse(markdown)
    return builder.blocks(_Reader(tokens))


@dataclass(slots=True)
class _Reader:
    tokens: Sequence[Token]
    place: int = 0

    def next(self) -> Token | None:
        if self.place >= len(self.tokens):
            return None
        self.place += 1
        return self.tokens[self.place - 1]

    def line(self) -> str:
        """The source of the paragraph that comes next; `""` if something else does."""
        ahead = self.tokens[self.place : self.place + 2]
        is_paragraph = len(ahead) == 2 and ahead[0].type == "paragraph_open"
        return ahead[1].content if is_paragraph else ""


@dataclass(slots=True)
class _Builder:
    namespace: str  # of the ids
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
                    items = list(self._items(reader, "ordered_list_close", "numberedListItem"))
                    made.extend(_started(items, token.attrGet("start")))
                case "blockquote_open":
                    made.extend(self._quotes(self.blocks(reader, "blockquote_close")))
                case _:
                    pass  # a rule holds no text
        return made

    def paragraph(self, text: str) -> Block:
        return self._block("paragraph", [_text(text, {})])

    def _items(self, reader: _Reader, until: str, kind: str) -> Iterator[Block]:
        while (token := reader.next()) is not None and token.type != until:
            check = _CHECK.match(reader.line()) if kind == "bulletListItem" else None
            inner = self.blocks(reader, "list_item_close")
            content: object = []
            if inner and inner[0]["type"] == "paragraph":
                content, inner = inner[0]["content"], inner[1:]
            assert isinstance(content, list)
            if check is None:
                yield self._block(kind, content, children=inner)
            else:
                props = {"checked": check[1] != " "}
                text = _without(check[0], content)
                yield self._block("checkListItem", text, props, inner)

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
            "id": derived_uuid(self.namespace, str(self.count)),
            "type": kind,
            "props": {**({} if kind == "codeBlock" else _PROPS), **(props or {})},
            "content": content,
            "children": children or [],
        }


def _without(mark: str, content: list[Inline]) -> list[Inline]:
    """`content` without the `[x] ` that its text begins with."""
    if not content:
        return content
    rest = str(content[0].get("text", ""))[len(mark) :]
    return [{**content[0], "text": rest}, *content[1:]] if rest else content[1:]


def _started(items: list[Block], start: object) -> list[Block]:
    """The first item says where the numbers begin, unless that is 1."""
    if not isinstance(start, int) or start == 1 or not items:
        return items
    props = items[0]["props"]
    assert isinstance(props, Mapping)
    return [{**items[0], "props": {**props, "start": start}}, *items[1:]]


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
            case (_, _, "softbreak"):
                line.add(" ")
            case (_, _, "hardbreak"):
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
