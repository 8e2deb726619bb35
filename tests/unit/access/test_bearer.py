"""The bearer token of a request."""

import pytest

from icosa.http.auth import bearer


@pytest.mark.parametrize(
    ("value", "token"),
    [
        (b"Bearer abc", "abc"),
        (b"bearer abc", "abc"),
        (b"BEARER  abc ", "abc"),
        (b"Bearer ", ""),
        (b"Bearer", None),
        (b"Basic abc", None),
        (b"abc", None),
        (b"", None),
        (b"Bearer \xff", "\xff"),
    ],
)
def test_only_the_scheme_bearer_counts(value: bytes, token: str | None) -> None:
    assert bearer([(b"host", b"x"), (b"authorization", value)]) == token


def test_without_the_header_there_is_no_token() -> None:
    assert bearer([(b"host", b"x"), (b"cookie", b"authorization=Bearer abc")]) is None
