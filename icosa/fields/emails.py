"""EMAILS: a primary e-mail address and others, all in small letters.

The primary is written by every write that names the field, so that one without it wipes
it; the others stay unless they are given (records contract, A5).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from icosa.core.inspect import inspect
from icosa.fields.base import ColumnValue, Examples, FieldType, Setting, refused, storable
from icosa.fields.composite import Composite
from icosa.fields.json_list import JsonList, list_items
from icosa.fields.text import Text

_ADDRESS: Final = re.compile(r'[^\s@"]{1,64}@[^\s@]{1,255}')
_LENGTH_MAX: Final = 255
_EMPTY: Final = {"primaryEmail": "", "additionalEmails": []}


@dataclass(frozen=True, slots=True, kw_only=True)
class Emails(Composite):
    """A unique field compares the primary address only."""

    kind = "EMAILS"
    label = "emails"
    summary = "A primary e-mail address, wiped by a write without it, and a list of others."
    filter_name = "EmailsFilterInput"
    known_settings = MappingProxyType(
        {
            "maxNumberOfValues": Setting(minimum=1),
            "clickAction": Setting(text=True),
        }
    )
    type_name = "Emails"
    in_unique = frozenset({"primaryEmail"})
    decides_emptiness = ("primaryEmail",)
    examples = Examples(
        valid=(
            (
                {"primaryEmail": "Ada@Example.com", "additionalEmails": ["A@B.co"]},
                {"primaryEmail": "ada@example.com", "additionalEmails": ["a@b.co"]},
            ),
            ({"primaryEmail": "józef@münchen.de"}, {**_EMPTY, "primaryEmail": "józef@münchen.de"}),
            (
                {"additionalEmails": '["x@y.zz"]'},
                {"primaryEmail": "", "additionalEmails": ["x@y.zz"]},
            ),
            ({"primaryEmail": ""}, _EMPTY),
            (None, _EMPTY),
        ),
        invalid=(
            ("not-emails", "Invalid object value 'not-emails' for field \"f\""),
            ({"x": 1}, 'Invalid subfield x for emails field "f"'),
            (
                {"primaryEmail": "not an email"},
                "Invalid string value 'not an email' for email field \"f.primaryEmail\"",
            ),
            (
                {"primaryEmail": 1},
                'Invalid string value 1 for email field "f.primaryEmail"',
            ),
            (
                {"additionalEmails": ["a@b.co", "x"]},
                "Invalid string value 'x' for email field \"f.additionalEmails\"",
            ),
            (
                {"additionalEmails": "x"},
                "Invalid object value 'x' for field \"f.additionalEmails\"",
            ),
        ),
    )

    def make_members(self) -> Mapping[str, FieldType]:
        return {
            "primaryEmail": Text(name=f"{self.name}.primaryEmail"),
            "additionalEmails": JsonList(name=f"{self.name}.additionalEmails"),
        }

    def parse_members(self, value: Mapping[str, object]) -> Mapping[str, ColumnValue]:
        columns: dict[str, ColumnValue] = {
            "primaryEmail": self._address(value.get("primaryEmail"), "primaryEmail")
        }
        if "additionalEmails" in value:
            others = list_items(value["additionalEmails"], f"{self.name}.additionalEmails")
            addresses = (self._address(other, "additionalEmails") for other in others)
            columns["additionalEmails"] = [a for a in addresses if a is not None] or None
        return columns

    def _address(self, value: object, member: str) -> str | None:
        if value is None or value == "":
            return None
        valid = isinstance(value, str) and len(value) <= _LENGTH_MAX and _ADDRESS.fullmatch(value)
        if not valid:
            name = f"{self.name}.{member}"
            raise refused(
                f'Invalid string value {inspect(value)} for email field "{name}"', self.name, member
            )
        return storable(str(value)).lower()
