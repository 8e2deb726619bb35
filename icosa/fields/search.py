"""What a field adds to its record's search document, and which of its columns are looked
through by pattern (records contract, A1).

Tables by kind, because the answer is SQL over columns and not a question that every field
type has to answer: kinds that are not here add nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from icosa.core.sql import Sql, join, sql

_PLAIN: Final = frozenset({"TEXT", "FULL_NAME", "ADDRESS"})
SEARCHABLE_KINDS: Final = _PLAIN | {"EMAILS", "LINKS", "PHONES", "RICH_TEXT", "UUID"}

# the member whose column gets a trigram index, beside the label identifier's
_BY_PATTERN: Final[Mapping[str, int]] = MappingProxyType({"EMAILS": 0, "LINKS": 1, "PHONES": 0})


def search_words(kind: str, columns: Sequence[Sql]) -> Sql | None:
    """The words of a field as an immutable expression over its columns."""
    if kind in _PLAIN:
        texts = columns[:6] if kind == "ADDRESS" else columns
        return join(", ", texts)
    match kind:
        case "EMAILS":
            return sql("icosa.search_emails({a}, {b})", a=columns[0], b=columns[1])
        case "LINKS":
            label, url, more = columns
            return sql("icosa.search_links({l}, {u}, {m})", l=label, u=url, m=more)
        case "PHONES":
            number, _country, calling, more = columns
            return sql("icosa.search_phones({n}, {c}, {m})", n=number, c=calling, m=more)
        case "RICH_TEXT":
            return columns[1]
        case "UUID":
            return sql("{c}::text", c=columns[0])
        case _:
            return None


def by_pattern(kind: str) -> int | None:
    """The place of the column that callers look through by pattern, if there is one."""
    return _BY_PATTERN.get(kind)
