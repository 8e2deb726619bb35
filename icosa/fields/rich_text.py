"""RICH_TEXT: a text with formatting, as BlockNote's blocks and as Markdown.

Whichever of the two is missing from a write is made from the other, so that both always
say the same unless a caller gives both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from icosa.fields.base import ColumnValue, Examples, FieldType, refused
from icosa.fields.composite import Composite
from icosa.fields.json_value import NotStorable, decoded, storable_json
from icosa.fields.link_safety import is_dangerous, urls
from icosa.fields.markdown_reader import blocks_from_markdown
from icosa.fields.markdown_writer import markdown_from_blocks
from icosa.fields.text import Text

_EMPTY: Final = {"blocknote": None, "markdown": ""}
_PARAGRAPH: Final = (
    '[{"id":"1","type":"paragraph","props":{},'
    '"content":[{"type":"text","text":"Hello","styles":{"bold":true}}],"children":[]}]'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RichText(Composite):
    """Two columns of text, of which the caller may give one."""

    kind = "RICH_TEXT"
    label = "rich text"
    summary = "Formatted text: `blocknote` (a string of BlockNote's JSON) and `markdown`."
    filter_name = "RichTextFilterInput"
    unique_allowed = False
    type_name = "RichText"
    decides_emptiness = ("blocknote", "markdown")
    examples = Examples(
        valid=(
            (
                {"blocknote": _PARAGRAPH},
                {"blocknote": _PARAGRAPH, "markdown": "**Hello**\n"},
            ),
            (
                {"blocknote": _PARAGRAPH, "markdown": "as given"},
                {"blocknote": _PARAGRAPH, "markdown": "as given"},
            ),
            ({"blocknote": "[]"}, {"blocknote": "[]", "markdown": ""}),
            ({"markdown": ""}, _EMPTY),
            (None, _EMPTY),
        ),
        invalid=(
            ("not-rich-text", "Invalid object value 'not-rich-text' for field \"f\""),
            ({"x": 1}, 'Invalid subfield x for rich text field "f"'),
            ({"markdown": 1}, 'Invalid string value 1 for text field "f.markdown"'),
            (
                {"blocknote": "not json"},
                'Invalid blocknote value for field "f.blocknote" - must contain valid JSON',
            ),
            (
                {"blocknote": "{}"},
                'Invalid blocknote value for field "f.blocknote" - must be a JSON array of blocks',
            ),
            (
                {
                    "blocknote": '[{"type":"paragraph","content":'
                    '[{"type":"link","href":"JavaScript:alert(1)","content":[]}]}]'
                },
                'Dangerous URL protocol in blocknote content for field "f.blocknote"',
            ),
        ),
    )

    def make_members(self) -> Mapping[str, FieldType]:
        return {
            "blocknote": Text(name=f"{self.name}.blocknote", blank=False),
            "markdown": Text(name=f"{self.name}.markdown"),
        }

    def parse_members(self, value: Mapping[str, object]) -> Mapping[str, ColumnValue]:
        given = dict(Composite.parse_members(self, value))
        blocknote, markdown = given.get("blocknote"), given.get("markdown")
        if isinstance(blocknote, str):
            blocks = self._blocks(blocknote)
            if markdown is None:
                given["markdown"] = markdown_from_blocks(blocks) or None
        elif isinstance(markdown, str):
            made = msgspec.json.encode(blocks_from_markdown(markdown)).decode()
            given["blocknote"] = None if made == "[]" else made
        elif value:
            given = {"blocknote": None, "markdown": None}
        return given

    def _blocks(self, blocknote: str) -> list[object]:
        name = f"{self.name}.blocknote"
        fault = f'Invalid blocknote value for field "{name}" - must'
        try:
            blocks = storable_json(decoded(blocknote))
        except NotStorable:
            raise refused(f"{fault} contain valid JSON", self.name, "blocknote") from None
        if not isinstance(blocks, list):
            raise refused(f"{fault} be a JSON array of blocks", self.name, "blocknote")
        if any(is_dangerous(url) for url in urls(blocks)):
            raise refused(
                f'Dangerous URL protocol in blocknote content for field "{name}"',
                self.name,
                "blocknote",
            )
        return blocks
