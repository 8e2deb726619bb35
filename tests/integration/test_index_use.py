"""Filters, orders and pages of a large table are served by an index: PostgreSQL's own plan."""

import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

import pytest

from icosa.commands.explain import recorded
from icosa.commands.seen import seen
from icosa.db.pool import Database
from tests.build import Place, Running, furnished_database, running
from tests.postgres import TestServer

Node = dict[str, Any]

PEOPLE: Final = 20_000
FILL: Final = """
insert into "{schema}"."person" ("nameFirstName", "nameLastName", "emailsPrimaryEmail", "position")
select 'first ' || md5(n::text), 'last ' || md5((n + 7)::text), md5(n::text) || '@example.com', n
from generate_series(1, {people}) as n"""
COMPANIES: Final = """
insert into "{schema}"."company" ("name", "position")
select case when n % 10 > 0 then 'name ' || md5(n::text) end, n
from generate_series(1, {people}) as n"""


@pytest.fixture(scope="module")
def place(server: TestServer, template_database: str) -> Place:
    return furnished_database(server, template_database)


@pytest.fixture(scope="module")
def app(server: TestServer, place: Place) -> Iterator[Running]:
    with running(server, place) as app:
        schema = app.schema()
        for text in (FILL, COMPANIES):
            app.sql(text.format(schema=schema, people=PEOPLE))
        app.sql(f'analyze "{schema}"."person"')
        app.sql(f'analyze "{schema}"."company"')
        yield app


async def _scans(dsn: str, request: str) -> list[Node]:
    """The nodes of the plan that read tables or indexes."""
    database = await Database.open(dsn, size=1, slow_size=1)
    try:
        view = await seen(database, None, None)
        (step,) = (await recorded(request, None, view)).steps
        rows = await database.rows("explain (format json)\n" + step.statement.text, step.params())
    finally:
        await database.close()
    found: list[Node] = []
    nodes = [json.loads(rows[0][0])[0]["Plan"]]
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", ())
        if "Relation Name" in node or "Index Name" in node:
            found.append(node)
    return found


@pytest.mark.parametrize(
    "request_line",
    [
        'people?filter=name.firstName[eq]:"first 1"',
        'people?filter=name.firstName[in]:["first 1","first 2"]',
        'people?filter=name.firstName[ilike]:"%abc%"',
        'people?filter=name.lastName[ilike]:"%abcd%"',
        'people?filter=emails.primaryEmail[eq]:"a@example.com"',
        'people?filter=emails.primaryEmail[in]:["a@example.com","b@example.com"]',
        'people?filter=emails.primaryEmail[ilike]:"%abcd%"',
        'companies?filter=name[eq]:"name 1"',
        'companies?filter=name[in]:["name 1","name 2"]',
        'companies?filter=name[ilike]:"%abcd%"',
    ],
)
def test_a_filter_uses_an_index(app: Running, request_line: str) -> None:
    nodes = app.run(_scans(app.dsn, f"GET /rest/{request_line.replace('%', '%25')}"))

    tables = [n for n in nodes if n.get("Relation Name") in ("person", "company")]
    assert tables
    assert all(n["Node Type"] != "Seq Scan" for n in tables), nodes


@pytest.mark.parametrize("direction", ["", "[AscNullsLast]", "[DescNullsFirst]", "[DescNullsLast]"])
@pytest.mark.parametrize("place_of_cursor", ["first", "later"])
def test_a_page_is_a_range_of_an_index(app: Running, direction: str, place_of_cursor: str) -> None:
    path = f"companies?order_by=name{direction}&limit=20"
    if place_of_cursor == "later":
        page = app.rest("GET", "companies", order_by=f"name{direction}", limit=200).json()
        path += f"&starting_after={quote(page['pageInfo']['endCursor'])}"

    nodes = app.run(_scans(app.dsn, f"GET /rest/{path}"))

    # What only asks whether there is another row is planned for the first row that comes.
    pages = [
        node
        for node in nodes
        if node.get("Relation Name") == "company" and node["Parent Relationship"] != "InitPlan"
    ]
    assert pages
    assert all("Index" in node["Node Type"] for node in pages), nodes
    if place_of_cursor == "later":
        assert any("Index Cond" in node for node in pages), nodes
