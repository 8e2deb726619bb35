"""Markdown and BlockNote's blocks, each made from the other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icosa.core.errors import DataInvalid
from icosa.fields.markdown_reader import blocks_from_markdown
from icosa.fields.markdown_writer import markdown_from_blocks
from icosa.fields.rich_text import RichText

FIELD = RichText(name="f")


def text(content: str, **styles: bool) -> dict[str, object]:
    return {"type": "text", "text": content, "styles": styles}


def block(kind: str, *content: object, children: Sequence[object] = (), **props: object) -> Any:
    return {
        "id": "1",
        "type": kind,
        "props": props,
        "content": list(content),
        "children": list(children),
    }


BOTH_WAYS = [
    ("Plain text\n", [block("paragraph", text("Plain text"))]),
    ("One\n\nTwo\n", [block("paragraph", text("One")), block("paragraph", text("Two"))]),
    ("# One\n", [block("heading", text("One"), level=1)]),
    ("## Two\n", [block("heading", text("Two"), level=2)]),
    ("### Three\n", [block("heading", text("Three"), level=3)]),
    (
        "**b** *i* ~~s~~ `c` **~~bs~~**\n",
        [
            block(
                "paragraph",
                text("b", bold=True),
                text(" "),
                text("i", italic=True),
                text(" "),
                text("s", strike=True),
                text(" "),
                text("c", code=True),
                text(" "),
                text("bs", bold=True, strike=True),
            )
        ],
    ),
    (
        "[Icosa *it*](https://example.com/a)\n",
        [
            block(
                "paragraph",
                {
                    "type": "link",
                    "href": "https://example.com/a",
                    "content": [text("Icosa "), text("it", italic=True)],
                },
            )
        ],
    ),
    (
        "[a](<https://example.com/a_(b)>)\n",
        [
            block(
                "paragraph",
                {"type": "link", "href": "https://example.com/a_(b)", "content": [text("a")]},
            )
        ],
    ),
    (
        "* a\n  * b\n* c\n",
        [
            block("bulletListItem", text("a"), children=[block("bulletListItem", text("b"))]),
            block("bulletListItem", text("c")),
        ],
    ),
    (
        "1. a\n2. b\n   * c\n",
        [
            block("numberedListItem", text("a")),
            block("numberedListItem", text("b"), children=[block("bulletListItem", text("c"))]),
        ],
    ),
    (
        "3. a\n4. b\n",
        [block("numberedListItem", text("a"), start=3), block("numberedListItem", text("b"))],
    ),
    (
        "* [ ] open\n* [x] done\n",
        [
            block("checkListItem", text("open"), checked=False),
            block("checkListItem", text("done"), checked=True),
        ],
    ),
    ("* \\[ \\] no check\n", [block("bulletListItem", text("[ ] no check"))]),
    (
        "* a\n\n  b\n",
        [block("bulletListItem", text("a"), children=[block("paragraph", text("b"))])],
    ),
    ("> said\n", [block("quote", text("said"))]),
    ("```python\na = 1\n\nb\n```\n", [block("codeBlock", text("a = 1\n\nb"), language="python")]),
    ("````text\n```\n````\n", [block("codeBlock", text("```"), language="text")]),
    ("one\\\ntwo\n", [block("paragraph", text("one\ntwo"))]),
    (
        "\\*a\\* \\# \\_b\\_ \\<i\\> \\&amp;\n".replace("\\#", "#"),
        [block("paragraph", text("*a* # _b_ <i> &amp;"))],
    ),
    ("\\# no heading\n", [block("paragraph", text("# no heading"))]),
    ("1\\. no list\n", [block("paragraph", text("1. no list"))]),
    ("\\- no list\n", [block("paragraph", text("- no list"))]),
    ("a\\\n\\===\n", [block("paragraph", text("a\n==="))]),
]


def bare(blocks: Sequence[Any]) -> list[Any]:
    """Blocks without their ids and the props that all have."""
    common = ("backgroundColor", "textColor", "textAlignment")
    return [
        {
            "type": each["type"],
            "props": {k: v for k, v in each["props"].items() if k not in common},
            "content": each["content"],
            "children": bare(each["children"]),
        }
        for each in blocks
    ]


@pytest.mark.parametrize(("markdown", "blocks"), BOTH_WAYS)
def test_blocks_become_markdown(markdown: str, blocks: Sequence[object]) -> None:
    assert markdown_from_blocks(blocks) == markdown


@pytest.mark.parametrize(("markdown", "blocks"), BOTH_WAYS)
def test_markdown_becomes_blocks(markdown: str, blocks: Sequence[Any]) -> None:
    assert bare(blocks_from_markdown(markdown)) == bare(blocks)


@pytest.mark.parametrize(
    ("markdown", "content"),
    [
        ("soft\nbreak", "soft break"),
        ("###### Six", "Six"),
        ("<b>html</b>", "<b>html</b>"),
        ("![caption](https://example.com/a.png)", "caption"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("x" * 100_001, "x" * 100_001),
    ],
)
def test_what_blocks_have_no_word_for_is_text(markdown: str, content: str) -> None:
    (only,) = blocks_from_markdown(markdown)

    assert only["content"] == [text(content)]


@pytest.mark.parametrize("markdown", ["", "\n\n", "---"])
def test_markdown_without_text_makes_no_blocks(markdown: str) -> None:
    assert blocks_from_markdown(markdown) == []


@pytest.mark.parametrize(
    ("blocks", "markdown"),
    [
        ([], ""),
        ([block("paragraph")], ""),
        ([{"type": "image", "props": {"url": "https://a.io/b", "caption": "A b"}}], "A b\n"),
        ([{"type": "file", "props": {"url": "https://a.io/b", "name": "b.pdf"}}], "b.pdf\n"),
        (
            [
                {
                    "type": "table",
                    "content": {
                        "type": "tableContent",
                        "rows": [
                            {"cells": [[text("a")], {"type": "tableCell", "content": [text("b")]}]},
                            {"cells": ["c", []]},
                        ],
                    },
                }
            ],
            "a b\nc\n",
        ),
        ([{"type": "mystery", "content": "some text"}], "some text\n"),
        ([{"type": "mystery", "content": [{"type": "mention", "content": ["@Ada"]}]}], "@Ada\n"),
        (
            [block("paragraph", text(" bold ", bold=True), text("x ", code=True), text("y"))],
            "**bold** ` x  `y\n",
        ),
        ([None, 1, "x", [], {}], ""),
    ],
)
def test_other_blocks_keep_their_text(blocks: Sequence[object], markdown: str) -> None:
    assert markdown_from_blocks(blocks) == markdown


def test_equal_markdown_makes_equal_blocks_with_ids_of_their_own() -> None:
    first, second = blocks_from_markdown("a\n\na"), blocks_from_markdown("a\n\na")

    assert first == second
    assert len({each["id"] for each in first}) == 2


# -- the field --------------------------------------------------------------------------


def test_the_missing_side_is_made() -> None:
    from_markdown = FIELD.parse({"markdown": "Hi"})
    from_blocks = FIELD.parse({"blocknote": from_markdown["Blocknote"]})

    assert bare(json.loads(str(from_markdown["Blocknote"]))) == [
        {"type": "paragraph", "props": {}, "content": [text("Hi")], "children": []}
    ]
    assert from_blocks["Markdown"] == "Hi\n"


def test_what_both_sides_say_is_kept() -> None:
    assert FIELD.parse({"blocknote": "[]", "markdown": "other"}) == {
        "Blocknote": "[]",
        "Markdown": "other",
    }


@pytest.mark.parametrize(
    "value", [{"markdown": None}, {"blocknote": ""}, {"markdown": "", "blocknote": None}]
)
def test_nothing_on_one_side_empties_both(value: dict[str, object]) -> None:
    assert FIELD.parse(value) == {"Blocknote": None, "Markdown": None}


def test_an_empty_object_changes_nothing() -> None:
    assert FIELD.parse({}) == {}


@pytest.mark.parametrize("key", ["href", "url"])
def test_dangerous_links_are_refused_wherever_they_are(key: str) -> None:
    deep = [block("paragraph", children=[{"type": "image", "props": {key: "javascript:x"}}])]

    with pytest.raises(DataInvalid) as refusal:
        FIELD.parse({"blocknote": json.dumps(deep)})

    assert refusal.value.message.startswith("Dangerous URL protocol in blocknote content")
    assert refusal.value.path == ("f", "blocknote")


# -- whatever it is ---------------------------------------------------------------------

WORDS = st.text("abcdé123.,!?()#*_-+=`~[]<>&;:|\\/ ", min_size=1, max_size=12).filter(
    lambda words: words == words.strip() and "  " not in words
)


def paragraphs() -> st.SearchStrategy[Any]:
    return st.builds(lambda words: block("paragraph", text(words)), WORDS)


def blocks() -> st.SearchStrategy[Any]:
    """Blocks that Markdown can say in full."""
    items = st.builds(
        lambda kind, words, children: block(kind, text(words), children=children),
        st.sampled_from(["bulletListItem", "numberedListItem"]),
        WORDS,
        st.lists(st.builds(lambda w: block("bulletListItem", text(w)), WORDS), max_size=2),
    )
    headings = st.builds(
        lambda words, level: block("heading", text(words), level=level), WORDS, st.integers(1, 3)
    )
    quotes = st.builds(lambda words: block("quote", text(words)), WORDS)
    codes = st.builds(
        lambda words: block("codeBlock", text(words), language="text"),
        st.text("ab`\n ", min_size=1).filter(lambda code: not code.endswith("\n")),
    )
    return st.lists(paragraphs() | items | headings | quotes | codes, max_size=5)


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(blocks())
def test_blocks_survive_the_way_through_markdown(given_blocks: list[Any]) -> None:
    assert bare(blocks_from_markdown(markdown_from_blocks(given_blocks))) == bare(given_blocks)


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(st.text("ab`#>-+1. \n[]()!<\\&", max_size=60))
def test_markdown_is_stable_after_one_way_round(markdown: str) -> None:
    once = blocks_from_markdown(markdown)

    again = blocks_from_markdown(markdown_from_blocks(once))

    assert plain(again) == plain(once), ascii(markdown)


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(
    st.recursive(
        st.none() | st.text() | st.booleans() | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["type", "content", "children", "props", "rows", "cells", "text"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_no_blocks_are_too_odd_to_be_written(odd: object) -> None:
    assert isinstance(markdown_from_blocks([odd]), str)


def plain(part: Any) -> str:
    """All text of blocks in their order, without marks and spaces."""
    match part:
        case Mapping():
            own = "".join(part.get("text", "").split())
            return own + plain(part.get("content")) + plain(part.get("children"))
        case list():
            return "".join(map(plain, part))
        case _:
            return ""
