"""Requests that meet a change of the model: answered right by the old or the new one, never a 500.

The application is kept from hearing of a change, as if NOTIFY were late: so each request here meets
it in its statement, or in a name that it does not know.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest

from icosa.catalog.snapshot import Snapshot
from icosa.changes.commands import CreateField, UpdateObject, read
from icosa.changes.model import ModelChanges
from icosa.db.pool import Database
from icosa.engine.workspaces import Workspaces
from tests.build import Place, Running, furnished_database, running
from tests.postgres import TestServer

Json = Any
Change = Callable[[ModelChanges], Awaitable[object]]


@pytest.fixture(scope="module")
def place(server: TestServer, template_database: str) -> Place:
    return furnished_database(server, template_database)


@pytest.fixture
def app(server: TestServer, place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr(Workspaces, "_notified", lambda *_: None)
    with running(server, place) as app:
        app.create("companies", {"name": "One", "tagline": "old"})
        yield app


class Elsewhere:
    """Another process, that changes the model."""

    def __init__(self, app: Running, place: Place) -> None:
        self._app = app
        self._workspace_id = place.workspace_id

    def add(self, source: str, name: str) -> None:
        field = {"objectMetadataId": source, "type": "TEXT", "name": name, "label": name}
        self._run(
            lambda changes: changes.create_field(
                self._workspace_id, read(CreateField, field), by=None
            )
        )

    def drop(self, field: str) -> None:
        self._run(lambda changes: changes.delete_field(self._workspace_id, field, by=None))

    def drop_object(self, name: str) -> None:
        self._run(lambda changes: changes.delete_object(self._workspace_id, name, by=None))

    def rename(self, name: str, **names: str) -> None:
        command = read(UpdateObject, names)
        self._run(lambda changes: changes.update_object(self._workspace_id, name, command, by=None))

    def _run(self, change: Change) -> None:
        self._app.run(self._changed(change))

    async def _changed(self, change: Change) -> None:
        database = await Database.open(self._app.dsn, size=1, slow_size=1)
        try:
            await change(ModelChanges(database))
        finally:
            await database.close()


@pytest.fixture
def elsewhere(app: Running, place: Place) -> Elsewhere:
    return Elsewhere(app, place)


def companies(app: Running) -> Json:
    response = app.rest("GET", "companies")
    assert response.status_code == 200, response.text
    return response.json()["data"]["companies"]


def test_a_list_goes_on_without_a_dropped_column(app: Running, elsewhere: Elsewhere) -> None:
    assert companies(app)[0]["tagline"] == "old"

    elsewhere.drop("company.tagline")

    assert "tagline" not in companies(app)[0]


def test_a_selection_of_a_dropped_column_is_null_with_a_warning(
    app: Running, elsewhere: Elsewhere
) -> None:
    query = "{ companies { edges { node { name tagline } } } }"
    app.data(query)

    elsewhere.drop("company.tagline")
    body = app.graphql(query)

    assert body["data"]["companies"]["edges"] == [{"node": {"name": "One", "tagline": None}}]
    assert "tagline" in body["extensions"]["warnings"][0]


def test_a_filter_on_a_dropped_column_is_refused_as_unknown(
    app: Running, elsewhere: Elsewhere
) -> None:
    app.rest("GET", "companies", filter="tagline[eq]:old")

    elsewhere.drop("company.tagline")
    response = app.rest("GET", "companies", filter="tagline[eq]:old")

    assert response.status_code == 400
    assert response.json()["messages"] == ['Object company doesn\'t have any "tagline" field.']


def test_a_write_to_a_dropped_column_is_refused_as_unknown(
    app: Running, elsewhere: Elsewhere
) -> None:
    (company,) = companies(app)
    path = f"companies/{company['id']}"
    app.rest("PATCH", path, {"tagline": "new"})

    elsewhere.drop("company.tagline")
    by_rest = app.rest("PATCH", path, {"tagline": "newer"})
    by_graphql = app.graphql(
        f'mutation {{ updateCompany(id: "{company["id"]}", data: {{ tagline: "x" }}) {{ id }} }}'
    )
    created = app.rest("POST", "companies", {"name": "Two"})

    message = 'Object company doesn\'t have any "tagline" field.'
    assert by_rest.status_code == 400
    assert by_rest.json()["messages"] == [message]
    assert by_graphql["errors"][0]["message"] == message
    assert created.status_code == 201


def test_a_write_meets_a_dropped_column_first(app: Running, elsewhere: Elsewhere) -> None:
    (company,) = companies(app)

    elsewhere.drop("company.tagline")
    body = app.graphql(
        f'mutation {{ updateCompany(id: "{company["id"]}", data: {{ tagline: "x" }}) {{ id }} }}'
    )

    assert body["errors"][0]["message"] == 'Object company doesn\'t have any "tagline" field.'
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_a_new_column_is_known_at_once(app: Running, elsewhere: Elsewhere) -> None:
    companies(app)

    elsewhere.add("company", "motto")

    assert app.rest("POST", "companies", {"motto": "new"}).status_code == 201
    found = app.rest("GET", "companies", filter="motto[eq]:new", order_by="motto")
    assert found.json()["totalCount"] == 1


def test_a_new_column_is_known_at_once_to_graphql(app: Running, elsewhere: Elsewhere) -> None:
    companies(app)

    elsewhere.add("company", "motto")
    data = app.data('mutation { createCompany(data: { motto: "new" }) { motto } }')

    assert data == {"createCompany": {"motto": "new"}}
    where = app.data('{ companies(filter: { motto: { eq: "new" } }) { totalCount } }')
    assert where == {"companies": {"totalCount": 1}}


def test_a_renamed_object_is_found_by_its_new_name(app: Running, elsewhere: Elsewhere) -> None:
    app.create("samples", {"name": "One"})

    elsewhere.rename("sample", nameSingular="probe", namePlural="probes")

    assert app.rest("GET", "probes").json()["totalCount"] == 1
    assert app.rest("GET", "samples").status_code == 400
    assert app.data("{ probes { totalCount } }") == {"probes": {"totalCount": 1}}


def test_a_renamed_object_is_not_asked_for_by_a_stale_statement(
    app: Running, elsewhere: Elsewhere
) -> None:
    app.create("samples", {"name": "One"})
    app.rest("GET", "samples")

    elsewhere.rename("sample", nameSingular="probe", namePlural="probes")
    response = app.rest("GET", "samples")

    assert response.status_code in (200, 400), response.text


def test_a_deleted_object_is_unknown(app: Running, elsewhere: Elsewhere) -> None:
    app.rest("GET", "samples")

    elsewhere.rename("sample", nameSingular="sample")
    elsewhere._run(
        lambda changes: changes.update_object(
            elsewhere._workspace_id, "sample", read(UpdateObject, {"isActive": False}), by=None
        )
    )
    elsewhere.drop_object("sample")

    assert app.rest("GET", "samples").status_code == 400
    assert app.rest("POST", "samples", {}).status_code == 400
    assert "errors" in app.graphql("{ samples { totalCount } }")


def test_requests_during_many_changes_never_fail(app: Running, elsewhere: Elsewhere) -> None:
    async def change(database: Database) -> None:
        changes = ModelChanges(database)
        workspace = elsewhere._workspace_id
        field = {"objectMetadataId": "company", "type": "TEXT", "name": "flicker", "label": "F"}
        for _ in range(5):
            await changes.create_field(workspace, read(CreateField, field), by=None)
            await changes.delete_field(workspace, "company.flicker", by=None)

    async def ask(client: httpx.AsyncClient, done: asyncio.Event) -> set[int]:
        seen: set[int] = set()
        headers = {"authorization": f"Bearer {app.api_key}"}
        while not done.is_set():
            for response in (
                await client.get("/rest/companies", headers=headers),
                await client.post("/rest/companies", headers=headers, json={"flicker": "x"}),
                await client.post("/rest/companies", headers=headers, json={"name": "x"}),
                await client.get("/rest/companies?filter=flicker[eq]:x", headers=headers),
            ):
                seen.add(response.status_code)
            body = (
                await client.post(
                    "/graphql",
                    headers=headers,
                    json={"query": "{ companies { totalCount edges { node { flicker name } } } }"},
                )
            ).json()
            assert "errors" not in body, body
        return seen

    async def both() -> set[int]:
        database = await Database.open(app.dsn, size=1, slow_size=1)
        done = asyncio.Event()
        transport = httpx.ASGITransport(app.app)
        try:
            async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
                asking = [asyncio.create_task(ask(client, done)) for _ in range(3)]
                await change(database)
                done.set()
                return set().union(*await asyncio.gather(*asking))
        finally:
            await database.close()

    assert app.run(both()) <= {200, 201, 400}


def test_an_old_view_stays_whole(app: Running, place: Place) -> None:
    """A snapshot in use is never changed in place."""
    hot = app.app._hot
    assert hot is not None
    before: Snapshot = app.run(hot._workspaces.snapshot(place.workspace_id))
    names = tuple(before.by_singular["company"].fields)

    Elsewhere(app, place).drop("company.tagline")
    app.rest("GET", "companies")

    assert tuple(before.by_singular["company"].fields) == names
