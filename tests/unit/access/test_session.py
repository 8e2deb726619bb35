"""Which workspace an origin names."""

import pytest

from icosa.access.session import subdomain


@pytest.mark.parametrize(
    ("origin", "server_url", "name"),
    [
        ("https://main.crm.example", "https://crm.example", "main"),
        ("https://main.crm.example:3000/sign-in", "https://crm.example", "main"),
        ("https://MAIN.crm.example", "https://crm.example", "main"),
        ("https://crm.example", "https://crm.example", None),
        ("https://main.other.example", "https://crm.example", None),
        ("https://maincrm.example", "https://crm.example", None),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000", None),
        ("main.crm.example", "https://crm.example", None),
        ("", "https://crm.example", None),
        ("https://[", "https://crm.example", None),
    ],
)
def test_a_workspace_is_named_before_the_server_s_own_host(
    origin: str, server_url: str, name: str | None
) -> None:
    assert subdomain(origin, server_url) == name
