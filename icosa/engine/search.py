"""A search's page: the hits of its statement, or of a second one where that found none.

The second looks for the words anywhere within the documents, which no index serves; so it has
two seconds, and finds nothing in more (records contract, A1).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from icosa.catalog.view import View
from icosa.core.errors import Timeout
from icosa.engine.run import Engine, Found, Values
from icosa.plan.search import make_search, unknown_objects
from icosa.request.ir import Search
from icosa.request.search import Hit, SearchArguments, encode_search_cursors

WITHIN_TIMEOUT_S: Final = 2.0
_TOO_SLOW: Final = "The search within words took too long and was stopped."
_HITS: Final = msgspec.json.Decoder(list[dict[str, object]])


@dataclass(frozen=True, slots=True)
class SearchPage:
    hits: Sequence[Hit]
    cursors: Sequence[str]  # of each hit
    has_next: bool
    warnings: Sequence[str] = ()


async def search(
    engine: Engine, arguments: SearchArguments, values: Values, view: View
) -> SearchPage:
    """A search that stands alone. Raises what reading raises."""
    request = make_search(arguments, view, values)
    if not request.objects:
        return nothing_searched(arguments, view)
    answer = await engine.read((request,), values, view)
    return await search_page(engine, request, arguments, answer.found[0], values, view)


def nothing_searched(arguments: SearchArguments, view: View) -> SearchPage:
    return SearchPage((), (), has_next=False, warnings=unknown_objects(arguments, view))


async def search_page(
    engine: Engine,
    request: Search,
    arguments: SearchArguments,
    found: Found,
    values: Values,
    view: View,
) -> SearchPage:
    """The page of what a search's statement has found. Raises what reading raises."""
    hits = _hits(found)
    warnings = unknown_objects(arguments, view)
    if not hits and arguments.text and arguments.after is None:
        try:
            hits = await _within(engine, request, values, view)
        except Timeout:
            warnings.append(_TOO_SLOW)
    shown = hits[: request.limit]
    return SearchPage(
        hits=shown,
        cursors=encode_search_cursors(shown, arguments.after),
        has_next=len(hits) > request.limit,
        warnings=warnings,
    )


async def _within(engine: Engine, request: Search, values: Values, view: View) -> list[Hit]:
    """Raises `Timeout`."""
    request = msgspec.structs.replace(request, within=True)
    try:
        async with asyncio.timeout(WITHIN_TIMEOUT_S):
            answer = await engine.read((request,), values, view)
    except TimeoutError:
        raise Timeout(_TOO_SLOW) from None
    return _hits(answer.found[0])


def _hits(found: Found) -> list[Hit]:
    raw = found.json("hits")
    return [] if raw is None else [*_HITS.decode(raw)]
