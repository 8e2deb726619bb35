"""Which links are plausible, and how they are stored."""

from __future__ import annotations

import pytest

from icosa.core.errors import DataInvalid
from icosa.fields.link_safety import is_dangerous, urls
from icosa.fields.links import Links, normal_url

FIELD = Links(name="f")


@pytest.mark.parametrize(
    ("url", "stored"),
    [
        ("https://Example.COM", "https://example.com"),
        ("https://example.com/", "https://example.com"),
        ("HTTP://example.com/Path/", "http://example.com/Path"),
        ("https://example.com/a/?q=A#B", "https://example.com/a/?q=A#B"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://münchen.de/straße", "https://xn--mnchen-3ya.de/stra%C3%9Fe"),
        ("https://user@example.com", "https://user@example.com"),
        ("  https://example.com  ", "https://example.com"),
        ("twenty.com", "twenty.com"),
        ("Twenty.com/", "Twenty.com/"),
        ("www.example.co.uk/a b", "www.example.co.uk/a b"),
        ("localhost:3000", "localhost:3000"),
        ("http://127.0.0.1:8000/x/", "http://127.0.0.1:8000/x"),
        ("http://[::1]/", "http://[::1]"),
        ("ftp://files.example.com/", "ftp://files.example.com/"),
        ("1password.com", "1password.com"),
    ],
)
def test_a_link_is_stored_in_its_normal_form(url: str, stored: str) -> None:
    assert normal_url(url) == stored


@pytest.mark.parametrize("url", ["https://example.com/a/", "twenty.com", "https://münchen.de/ß"])
def test_a_normal_form_stays_as_it_is(url: str) -> None:
    once = normal_url(url)

    assert normal_url(once) == once


@pytest.mark.parametrize(
    "url",
    [
        "",
        "wikipedia",
        "not a link",
        "12345",
        "12345/path",
        "https://12345",
        "http://123:80/",
        "https://",
        "https://.com",
        "https://a..com",
        "example.c",
        "http://example.123abc.",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//@example.com",
        "java\nscript:x@example.com",
        " vbscript:x@example.com",
        "data:text/html,x@example.com",
        "https://exa mple.com",
        "https://example.com:99999",
        "x" * 9000 + ".com",
        1,
        None,
    ],
)
def test_an_implausible_link_is_none(url: object) -> None:
    assert normal_url(url) is None


def test_empty_entries_are_dropped_and_the_first_other_is_promoted() -> None:
    columns = FIELD.parse(
        {
            "primaryLinkUrl": "",
            "primaryLinkLabel": "lost",
            "secondaryLinks": [
                {"url": "", "label": "empty"},
                {"url": "b.com", "label": "B"},
                {"label": "no url"},
                {"url": "https://C.com/", "label": None, "more": 1},
            ],
        }
    )

    assert columns == {
        "PrimaryLinkLabel": "B",
        "PrimaryLinkUrl": "b.com",
        "SecondaryLinks": [{"url": "https://c.com", "label": None}],
    }


def test_a_write_replaces_all_three_members() -> None:
    assert FIELD.parse({"primaryLinkUrl": "a.com"}) == {
        "PrimaryLinkLabel": None,
        "PrimaryLinkUrl": "a.com",
        "SecondaryLinks": None,
    }


@pytest.mark.parametrize("links", [["a.com"], {"url": "a.com"}, 1])
def test_other_links_are_a_list_of_objects(links: object) -> None:
    with pytest.raises(DataInvalid) as refusal:
        FIELD.parse({"secondaryLinks": links})

    assert refusal.value.path == ("f", "secondaryLinks")


@pytest.mark.parametrize(
    ("url", "dangerous"),
    [
        ("javascript:alert(1)", True),
        ("\x01JAVA\tSCRIPT:x", True),
        ("data:text/html;base64,x", True),
        ("data:image/svg+xml,x", True),
        ("data:image/png;base64,x", False),
        ("https://example.com/?javascript:", False),
        ("/relative", False),
        ("slack://channel", False),
    ],
)
def test_a_scheme_that_runs_code_is_dangerous(url: str, dangerous: bool) -> None:
    assert is_dangerous(url) is dangerous


def test_urls_are_found_wherever_they_are() -> None:
    blocks = [{"props": {"url": "a"}, "children": [{"content": [{"href": "b"}]}]}, "c"]

    assert sorted(urls(blocks)) == ["a", "b"]
