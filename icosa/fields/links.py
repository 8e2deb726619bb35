"""LINKS: a primary link with its label, and others.

A write that names the field writes all of it. Empty entries are dropped, and the first of
the others takes the place of an empty primary. URLs are normalised by the WHATWG's rules
(https://url.spec.whatwg.org) with Ada, the library that does it for Node as well; text
without a scheme, such as `twenty.com`, is kept as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import ada_url

from icosa.fields.base import ColumnValue, Examples, FieldType, Setting, refused, storable
from icosa.fields.composite import Composite
from icosa.fields.json_list import JsonList, list_objects
from icosa.fields.link_safety import is_dangerous
from icosa.fields.text import Text

_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d+(?:[/:?#].*)?", re.ASCII | re.DOTALL)
_DOMAIN: Final = re.compile(r"(?:[^.\s]{1,63}\.)+(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{1,59})\.?")
_URL_LENGTH_MAX: Final = 8192
_EMPTY: Final = {"primaryLinkLabel": "", "primaryLinkUrl": "", "secondaryLinks": []}
_FAULT: Final = "The URL of the link is not valid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Links(Composite):
    """A unique field compares the primary URL only."""

    kind = "LINKS"
    label = "links"
    summary = "A primary link and a list of others; a write replaces all of them."
    filter_name = "LinksFilterInput"
    known_settings = MappingProxyType(
        {
            "maxNumberOfValues": Setting(minimum=1),
            "clickAction": Setting(text=True),
        }
    )
    type_name = "Links"
    in_unique = frozenset({"primaryLinkUrl"})
    decides_emptiness = ("primaryLinkUrl",)
    examples = Examples(
        valid=(
            (
                {
                    "primaryLinkUrl": "HTTPS://Example.com/Path/",
                    "primaryLinkLabel": "Example",
                    "secondaryLinks": [{"url": "twenty.com", "label": "Twenty"}],
                },
                {
                    "primaryLinkUrl": "https://example.com/Path",
                    "primaryLinkLabel": "Example",
                    "secondaryLinks": [{"url": "twenty.com", "label": "Twenty"}],
                },
            ),
            (
                {"primaryLinkUrl": "", "secondaryLinks": [{"url": "https://a.io/", "label": "A"}]},
                {**_EMPTY, "primaryLinkUrl": "https://a.io", "primaryLinkLabel": "A"},
            ),
            ({"primaryLinkUrl": "Twenty.com"}, {**_EMPTY, "primaryLinkUrl": "Twenty.com"}),
            (
                {"primaryLinkUrl": "https://example.com/é?q=ü"},
                {**_EMPTY, "primaryLinkUrl": "https://example.com/%C3%A9?q=%C3%BC"},
            ),
            ({"primaryLinkLabel": "no link"}, _EMPTY),
            ({"secondaryLinks": "[]"}, _EMPTY),
            ({}, _EMPTY),
            (None, _EMPTY),
        ),
        invalid=(
            ("not-links", "Invalid object value 'not-links' for field \"f\""),
            ({"x": 1}, 'Invalid subfield x for links field "f"'),
            ({"primaryLinkUrl": 1}, 'Invalid string value 1 for text field "f.primaryLinkUrl"'),
            ({"primaryLinkUrl": "wikipedia"}, _FAULT),
            ({"primaryLinkUrl": "12345"}, _FAULT),
            ({"primaryLinkUrl": "https://12345/a"}, _FAULT),
            ({"primaryLinkUrl": "java\tscript:alert(1)?@example.com"}, _FAULT),
            ({"secondaryLinks": [{"url": "a b"}]}, _FAULT),
            (
                {"secondaryLinks": "x"},
                "Invalid object value 'x' for field \"f.secondaryLinks\"",
            ),
        ),
    )

    def make_members(self) -> Mapping[str, FieldType]:
        return {
            "primaryLinkLabel": Text(name=f"{self.name}.primaryLinkLabel"),
            "primaryLinkUrl": Text(name=f"{self.name}.primaryLinkUrl"),
            "secondaryLinks": JsonList(name=f"{self.name}.secondaryLinks"),
        }

    def parse_members(self, value: Mapping[str, object]) -> Mapping[str, ColumnValue]:
        members = self.members()
        primary = {
            "url": members["primaryLinkUrl"].parse(value.get("primaryLinkUrl"))[""],
            "label": members["primaryLinkLabel"].parse(value.get("primaryLinkLabel"))[""],
        }
        others = list_objects(value.get("secondaryLinks"), f"{self.name}.secondaryLinks")
        links = [
            {"url": self._normal(link["url"]), "label": self._label(link.get("label"))}
            for link in (primary, *others)
            if link.get("url") not in (None, "")
        ]
        first = links[0] if links else {"url": None, "label": None}
        return {
            "primaryLinkLabel": first["label"] or None,
            "primaryLinkUrl": first["url"],
            "secondaryLinks": links[1:] or None,
        }

    def _normal(self, url: object) -> str:
        normal = normal_url(url)
        if normal is None:
            raise refused(_FAULT, self.name)
        return normal

    def _label(self, label: object) -> str | None:
        stored = self.members()["primaryLinkLabel"].parse(label)[""]
        return None if stored is None else str(stored)


def normal_url(url: object) -> str | None:
    """`url` as it is stored; None if it is no plausible address of anything on the web."""
    if not isinstance(url, str) or len(url) > _URL_LENGTH_MAX:
        return None
    text = storable(url).strip()
    if is_dangerous(text):
        return None
    has_scheme = _SCHEME.match(text) is not None
    if _DIGITS.fullmatch(text[text.find("://") + 3 :] if has_scheme else text):
        return None
    try:
        parsed = ada_url.URL(text if has_scheme else f"https://{text}")
    except ValueError:
        return None
    if not _is_plausible(parsed.hostname):
        return None
    return parsed.href.removesuffix("/") if _WEB.match(text) else text


def _is_plausible(host: str) -> bool:
    """A name with a dot and a top-level domain, an IP address, or `localhost`."""
    if host == "localhost" or host.startswith("["):
        return True
    return _DOMAIN.fullmatch(host) is not None or _is_ipv4(host)


def _is_ipv4(host: str) -> bool:
    """The parser has already written out what is an IPv4 address in full."""
    return re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}", host, re.ASCII) is not None
