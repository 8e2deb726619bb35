"""The root field `search`: its arguments, and what is selected of its connection.

Not a record field: what it does not know is refused and not null, in GraphQL's own words, as
it is on the reference, which validates it (records contract, A1). Variables of other types
are fine here as everywhere (A0).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import msgspec
from graphql.language import FieldNode

from icosa.core.errors import DocumentInvalid
from icosa.engine.search import SearchPage
from icosa.plan.filter import suggestion
from icosa.request.ir import Pick, Search
from icosa.request.search import SearchArguments

_ARGUMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "searchInput": "String!",
        "limit": "Int!",
        "after": "String",
        "includedObjectNameSingulars": "[String!]",
        "excludedObjectNameSingulars": "[String!]",
        "filter": "ObjectRecordFilterInput",
    }
)
_CONNECTION: Final = "SearchResultConnection"
# The fields of each type, and the type that each leads to; empty for a value.
_TYPES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        _CONNECTION: {"edges": "SearchResultEdge", "pageInfo": "SearchResultPageInfo"},
        "SearchResultEdge": {"node": "SearchRecord", "cursor": ""},
        "SearchResultPageInfo": {"endCursor": "", "hasNextPage": ""},
        "SearchRecord": {
            "recordId": "",
            "objectNameSingular": "",
            "objectLabelSingular": "",
            "label": "",
            "imageUrl": "",
            "tsRankCD": "",
            "tsRank": "",
        },
    }
)


@dataclass(frozen=True, slots=True)
class AskedSearch:
    """A search of a document, understood."""

    arguments: SearchArguments
    request: Search
    picks: tuple[Pick, ...]


def check_search(node: FieldNode, given: Mapping[str, object], picks: tuple[Pick, ...]) -> None:
    """Raises `DocumentInvalid`."""
    for argument in node.arguments or ():
        name = argument.name.value
        if name not in _ARGUMENTS:
            raise _invalid(
                node, f'Unknown argument "{name}" on field "Query.search".', name, _ARGUMENTS
            )
    for name, kind in _ARGUMENTS.items():
        if kind.endswith("!") and name not in given:
            raise _invalid(
                node,
                f'Field "search" argument "{name}" of type "{kind}" is required, but it was not '
                "provided.",
            )
    if not picks:
        raise _invalid(
            node,
            f'Field "search" of type "{_CONNECTION}!" must have a selection of subfields. '
            'Did you mean "search { ... }"?',
        )
    _check_picks(node, picks, _CONNECTION)


def search_connection(page: SearchPage, picks: tuple[Pick, ...]) -> bytes:
    """The JSON of a connection with just what was selected."""
    values = {
        "edges": [
            {"node": hit, "cursor": cursor}
            for hit, cursor in zip(page.hits, page.cursors, strict=True)
        ],
        "pageInfo": {
            "hasNextPage": page.has_next,
            "endCursor": page.cursors[-1] if page.cursors else None,
        },
    }
    return msgspec.json.encode(_shown(values, picks, _CONNECTION))


def _shown(value: object, picks: Iterable[Pick], type_name: str) -> object:
    if isinstance(value, list):
        return [_shown(item, picks, type_name) for item in value]
    assert isinstance(value, dict)
    found: dict[str, object] = {}
    for pick in picks:
        if pick.name == "__typename":
            found[pick.key] = type_name
        else:
            inner = value[pick.name]
            found[pick.key] = (
                inner if pick.of is None else _shown(inner, pick.of, _TYPES[type_name][pick.name])
            )
    return found


def _check_picks(node: FieldNode, picks: tuple[Pick, ...], type_name: str) -> None:
    fields = _TYPES[type_name]
    for pick in picks:
        if pick.name == "__typename":
            continue
        if pick.name not in fields:
            message = f'Cannot query field "{pick.name}" on type "{type_name}".'
            raise _invalid(node, message, pick.name, fields)
        inner = fields[pick.name]
        if inner and not pick.of:
            raise _invalid(
                node,
                f'Field "{pick.name}" of type "{inner}" must have a selection of subfields. '
                f'Did you mean "{pick.name} {{ ... }}"?',
            )
        if not inner and pick.of is not None:
            raise _invalid(
                node,
                f'Field "{pick.name}" must not have a selection since it has no subfields.',
            )
        if pick.of is not None:
            _check_picks(node, pick.of, inner)


def _invalid(
    node: FieldNode, message: str, name: str = "", known: Iterable[str] = ()
) -> DocumentInvalid:
    """With GraphQL's own "did you mean" where a name is close."""
    hint = suggestion(name, known)
    places: tuple[tuple[int, int], ...] = ()
    if node.loc is not None:
        place = node.loc.source.get_location(node.loc.start)
        places = ((place.line, place.column),)
    return DocumentInvalid(f"{message} {hint}" if hint else message, locations=places)
