"""FULL_NAME: a person's first and last name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from icosa.fields.base import Examples, FieldType
from icosa.fields.composite import Composite
from icosa.fields.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FullName(Composite):
    """Two texts; search and labels join them with a space."""

    kind = "FULL_NAME"
    label = "full name"
    summary = "A first and a last name; a member that is left out of an update stays."
    filter_name = "FullNameFilterInput"
    unique_allowed = False
    type_name = "FullName"
    decides_emptiness = ("firstName", "lastName")
    examples = Examples(
        valid=(
            (
                {"firstName": "Ada", "lastName": "Lovelace"},
                {"firstName": "Ada", "lastName": "Lovelace"},
            ),
            ({"firstName": "Ada"}, {"firstName": "Ada", "lastName": ""}),
            ('{"lastName": "Lovelace"}', {"firstName": "", "lastName": "Lovelace"}),
            ({}, {"firstName": "", "lastName": ""}),
            (None, {"firstName": "", "lastName": ""}),
        ),
        invalid=(
            ("not-a-full-name", "Invalid object value 'not-a-full-name' for field \"f\""),
            (1, 'Invalid object value 1 for field "f"'),
            ([], 'Invalid object value [] for field "f"'),
            ({"x": "y"}, 'Invalid subfield x for full name field "f"'),
            ({"firstName": 1}, 'Invalid string value 1 for text field "f.firstName"'),
        ),
    )

    def make_members(self) -> Mapping[str, FieldType]:
        return {
            "firstName": Text(name=f"{self.name}.firstName"),
            "lastName": Text(name=f"{self.name}.lastName"),
        }
