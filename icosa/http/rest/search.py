"""`GET /rest/search`, which is ours: the parameters of a search as GraphQL's arguments."""

from __future__ import annotations

from collections.abc import Mapping

from icosa.catalog.view import View
from icosa.http.rest.filter import parse_filter
from icosa.http.rest.path import unknown_object
from icosa.http.rest.query import read_limit
from icosa.request.limits import PAGE_DEFAULT_REST
from icosa.request.search import LIMIT_MAX, SearchArguments, read_search


def read_search_parameters(parameters: Mapping[str, str], view: View) -> SearchArguments:
    """Raises `RequestInvalid`, `ArgumentInvalid`, `CursorInvalid`."""
    names = (name.strip() for name in parameters.get("objects", "").split(","))
    return read_search(
        {
            "searchInput": parameters.get("query", ""),
            "limit": read_limit(parameters, default=PAGE_DEFAULT_REST, maximum=LIMIT_MAX),
            "after": parameters.get("starting_after") or None,
            "includedObjectNameSingulars": [_singular(name, view) for name in names if name],
            "filter": parse_filter(parameters.get("filter", "")),
        }
    )


def _singular(name: str, view: View) -> str:
    """Objects may be named as in paths or in the singular."""
    source = view.plural(name) or view.object(name)
    if source is None:
        raise unknown_object(name, view, path=("objects",))
    return source.object.name_singular
