"""How a field's values in several records become one (records contract, A6, mergeMany).

Most types keep one record's value whole; an array type (`text[]`) becomes the union. What is
left are the composites with a list beside their primary: the primaries that were not chosen
move into the list. A table by kind, as in `search`: the answer is SQL over columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Listed:
    """A composite of a primary and a list of others like it."""

    rest: str  # the member with the list
    key: str  # the member by which two entries are the same
    entry: Mapping[str, str]  # key in an entry -> member; empty where an entry is but its key
    sparse: bool = False  # entries leave out what is null

    @property
    def entry_key(self) -> str:
        """What the key is called in an entry."""
        return next((name for name, member in self.entry.items() if member == self.key), "")


LISTED: Final[Mapping[str, Listed]] = MappingProxyType(
    {
        "EMAILS": Listed("additionalEmails", "primaryEmail", {}),
        "LINKS": Listed(
            "secondaryLinks",
            "primaryLinkUrl",
            {"url": "primaryLinkUrl", "label": "primaryLinkLabel"},
        ),
        "PHONES": Listed(
            "additionalPhones",
            "primaryPhoneNumber",
            {
                "number": "primaryPhoneNumber",
                "countryCode": "primaryPhoneCountryCode",
                "callingCode": "primaryPhoneCallingCode",
            },
            sparse=True,
        ),
    }
)
