"""The bearer token of a request, from raw ASGI headers. Whose it is, `icosa.access` says.

Only `Authorization: Bearer` counts: no cookie, so that no other site can act for a signed-in user,
and no query parameter, which would end up in logs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_NAME: Final = b"authorization"
_SCHEME: Final = b"bearer "


def bearer(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """None where there is no such header, or one of another scheme; may be the empty string.

    ASGI servers give names in lower case. The scheme's case does not matter (RFC 9110, 11.1).
    """
    for name, value in headers:
        if name == _NAME:
            if value[:7].lower() != _SCHEME:
                return None
            return value[7:].strip().decode("latin-1")
    return None
