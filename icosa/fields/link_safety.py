"""Which URLs may not be stored: those whose scheme runs code when they are followed.

Schemes are read as browsers read them: without regard to case, and past any control
characters and spaces in or before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

_IGNORED: Final = re.compile(r"[\x00-\x20\x7f-\x9f]")
_DANGEROUS: Final = re.compile(r"(?:javascript|vbscript|data(?!:image/(?!svg))):", re.IGNORECASE)
_URL_KEYS: Final = frozenset({"href", "url", "previewUrl", "src"})


def is_dangerous(url: str) -> bool:
    """Whether following `url` could run code; pictures in `data:` URLs can't."""
    return _DANGEROUS.match(_IGNORED.sub("", url)) is not None


def urls(value: object) -> Iterator[str]:
    """Every URL in a JSON value, by the keys that editors keep them under."""
    pending = [value]
    while pending:
        match pending.pop():
            case Mapping() as mapping:
                for key, part in mapping.items():
                    if isinstance(part, str) and key in _URL_KEYS:
                        yield part
                    else:
                        pending.append(part)
            case list() as items:
                pending.extend(items)
