"""Five requests that show what is there, with their answers and their SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import msgspec

from icosa.catalog.view import View
from icosa.commands.demo.client import Client
from icosa.commands.explain import recorded

_SHOWN_MAX: Final = 1_500  # characters of an answer


@dataclass(frozen=True, slots=True)
class Stop:
    """One request: REST has a path, GraphQL a document."""

    says: str
    path: str = ""
    document: str = ""


STOPS: Final = (
    Stop(
        "The most populous countries of Europe, by REST:",
        path="/rest/countries?filter=continent[eq]:EUROPE,population[gte]:50000000"
        "&order_by=population[DescNullsLast]&limit=3",
    ),
    Stop(
        "Iceland, its largest cities, and their airports, by GraphQL:",
        document="""{
  countries(filter: {isoCode: {eq: "IS"}}) {
    edges { node {
      name capitalName languages
      cities(first: 3, orderBy: [{population: DescNullsLast}]) {
        totalCount
        edges { node { name population airports(first: 2) { edges { node { name icaoCode } } } } }
      }
    } }
  }
}""",
    ),
    Stop(
        "High airports in cities of Japan, two relations away, by REST:",
        path='/rest/airports?filter=city.country.name[eq]:"Japan",elevationFt[gte]:1000'
        "&order_by=elevationFt[DescNullsLast]&limit=2",
    ),
    Stop(
        "Counts of several lists in one statement, by GraphQL:",
        document="""{
  all: cities { totalCount }
  millions: cities(filter: {population: {gte: 1000000}}) { totalCount }
  inIndia: cities(filter: {country: {isoCode: {eq: "IN"}}}) { totalCount }
  airports { totalCount }
}""",
    ),
    Stop(
        "Countries with an airport above 13,000 feet, by GraphQL:",
        document="""{
  countries(
    filter: {airports: {some: {elevationFt: {gte: 13000}}}}
    orderBy: [{name: AscNullsLast}]
  ) { totalCount edges { node { name continent } } }
}""",
    ),
)


async def tour(client: Client, view: View) -> list[str]:
    """The lines to print. Raises `CommandFailed`."""
    lines: list[str] = []
    for number, stop in enumerate(STOPS, start=1):
        lines += ["", f"{number}. {stop.says}", "", *_request(stop), ""]
        lines += _answer(client, stop)
        recording = await recorded(_as_request(stop), None, view)
        for step in recording.steps:
            lines += ["", *(f"    {line}" for line in step.statement.text.splitlines())]
    return lines


def _request(stop: Stop) -> Iterator[str]:
    text = f"GET {stop.path}" if stop.path else stop.document
    return (f"  {line}" for line in text.splitlines())


def _as_request(stop: Stop) -> str:
    return f"GET {stop.path}" if stop.path else stop.document


def _answer(client: Client, stop: Stop) -> list[str]:
    if stop.path:
        path = quote(stop.path, safe="/?&=[]:,.")
        answer: Any = client.must("GET", path)
    else:
        answer = client.must("POST", "/graphql", {"query": stop.document})
    text = msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()
    if len(text) > _SHOWN_MAX:
        text = text[:_SHOWN_MAX] + "\n…"
    return [f"  {line}" for line in text.splitlines()]
