"""What tests are made of: a workspace with every type of field, and the whole application in it.

The application runs over ASGI, without sockets, in a thread with an event loop of its own: so a
test calls it as one calls a function, and hypothesis can call it as well.
"""

import asyncio
import dataclasses
import json
import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Final, TypeVar

import asyncpg
import httpx

from icosa.app import App, create_app
from icosa.changes.commands import CreateField, CreateObject, read
from icosa.changes.model import ModelChanges
from icosa.db.pool import Database
from icosa.first_run import first_run
from icosa.settings import Settings
from tests.postgres import TestServer, run_apart

T = TypeVar("T")
Json = Any  # what a body holds; tests look into it as they please

SETTINGS: Final = Settings(secret="a secret of the tests, of some length")
BODY_BYTES_MAX: Final = Settings().body_bytes_max

_OPTIONS: Final = [
    {"value": f"OPTION_{number}", "label": f"Option {number}", "color": "green", "position": number}
    for number in (1, 2, 3)
]
_POLICIES: Final = [
    {"value": value, "label": value.title(), "color": "blue", "position": position}
    for position, value in enumerate(("ON_SITE", "HYBRID", "REMOTE_WORK"))
]

# (object, type, name, more): one of each type on `sample`, and some of the demo's on company.
_FIELDS: Final[tuple[tuple[str, str, str, dict[str, object]], ...]] = (
    ("company", "NUMBER", "employees", {}),
    ("company", "TEXT", "tagline", {}),
    ("company", "MULTI_SELECT", "workPolicy", {"options": _POLICIES}),
    ("company", "BOOLEAN", "visaSponsorship", {"defaultValue": False}),
    ("person", "RATING", "performanceRating", {}),
    ("sample", "TEXT", "textField", {}),
    ("sample", "NUMBER", "numberField", {}),
    ("sample", "BOOLEAN", "booleanField", {}),
    ("sample", "UUID", "uuidField", {}),
    ("sample", "DATE", "dateField", {}),
    ("sample", "DATE_TIME", "dateTimeField", {}),
    ("sample", "SELECT", "selectField", {"options": _OPTIONS}),
    ("sample", "MULTI_SELECT", "multiSelectField", {"options": _OPTIONS}),
    ("sample", "RATING", "ratingField", {}),
    ("sample", "ARRAY", "arrayField", {}),
    ("sample", "RAW_JSON", "rawJsonField", {}),
    ("sample", "CURRENCY", "currencyField", {}),
    ("sample", "LINKS", "linksField", {}),
    ("sample", "EMAILS", "emailsField", {}),
    ("sample", "PHONES", "phonesField", {}),
    ("sample", "ADDRESS", "addressField", {}),
    ("sample", "FULL_NAME", "fullNameField", {}),
    ("sample", "RICH_TEXT", "richTextField", {}),
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A database with one workspace, and the key to it."""

    name: str  # of the database
    workspace_id: str
    api_key: str


def furnished_database(server: TestServer, template: str) -> Place:
    """A database whose workspace has the model `crm` and the object `sample` of every type."""
    name = server.create(template)
    workspace_id, api_key = run_apart(_furnish(server.url(name)))
    return Place(name=name, workspace_id=workspace_id, api_key=api_key)


async def _furnish(url: str) -> tuple[str, str]:
    created = await first_run(
        url, SETTINGS, email="admin@example.com", password="Correct-horse-1", model="crm"
    )
    assert created is not None
    database = await Database.open(url, size=2, slow_size=1)
    try:
        changes = ModelChanges(database)
        await _make_sample(changes, created.workspace_id)
    finally:
        await database.close()
    return created.workspace_id, created.api_key


async def _make_sample(changes: ModelChanges, workspace_id: str) -> None:
    sample = read(
        CreateObject,
        {
            "nameSingular": "sample",
            "namePlural": "samples",
            "labelSingular": "Sample",
            "labelPlural": "Samples",
        },
    )
    await changes.create_object(workspace_id, sample, by=None)
    for source, kind, name, more in _FIELDS:
        field = {"objectMetadataId": source, "type": kind, "name": name, "label": name, **more}
        await changes.create_field(workspace_id, read(CreateField, field), by=None)


class Running:
    """The application of one process, started; requests go through ASGI."""

    def __init__(self, dsn: str, api_key: str, settings: Settings = SETTINGS) -> None:
        self.dsn = dsn
        self.api_key = api_key
        self.app: App = create_app(settings, dsn)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._stop = asyncio.Event()

    def __enter__(self) -> "Running":
        self._thread.start()
        self._lifespan = asyncio.run_coroutine_threadsafe(self._live(), self._loop)
        self.run(self._until_started())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._lifespan.result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    def run(self, coroutine: Coroutine[object, object, T]) -> T:
        """A coroutine in the application's own loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(60)

    # -- requests ----------------------------------------------------------------------

    def send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        token: str | None = "",
    ) -> httpx.Response:
        """`token` "" is the workspace's key, None is none."""
        found = dict(headers or {})
        if token is not None:
            found.setdefault("authorization", f"Bearer {token or self.api_key}")
        if content is not None:
            found.setdefault("content-type", "application/json")
        return self.run(self._send(method, path, params, content, found))

    def rest(
        self, method: str, path: str, body: object = None, /, **params: object
    ) -> httpx.Response:
        """`rest("GET", "companies", limit=3)`."""
        return self.send(
            method,
            f"/rest/{path}",
            params={name: str(value) for name, value in params.items()},
            content=None if body is None else json.dumps(body).encode(),
        )

    def post_graphql(self, query: str, /, **more: object) -> httpx.Response:
        return self.send("POST", "/graphql", content=json.dumps({"query": query, **more}).encode())

    def graphql(self, query: str, /, **variables: object) -> Json:
        """The whole body; the status is 200."""
        response = self.post_graphql(query, variables=variables)
        assert response.status_code == httpx.codes.OK, response.text
        return response.json()

    def data(self, query: str, /, **variables: object) -> Json:
        """`data` of an operation without errors."""
        body = self.graphql(query, **variables)
        assert "errors" not in body, body
        return body["data"]

    def create(self, plural: str, *records: Mapping[str, object]) -> list[Json]:
        """Records by the batch route, as they are read afterwards."""
        response = self.rest("POST", f"batch/{plural}", list(records))
        assert response.status_code == httpx.codes.CREATED, response.text
        return list(next(iter(response.json()["data"].values())))

    async def _send(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        content: bytes | None,
        headers: Mapping[str, str],
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://icosa.test") as client:
            return await client.request(
                method, path, params=params, content=content, headers=dict(headers)
            )

    # -- the database ------------------------------------------------------------------

    def sql(self, text: str, *params: object) -> list[asyncpg.Record]:
        """A statement past the application, with asyncpg's own types."""
        return self.run(self._sql(text, params))

    async def _sql(self, text: str, params: tuple[object, ...]) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.dsn)
        try:
            return list(await connection.fetch(text, *params))
        finally:
            await connection.close()

    def schema(self) -> str:
        """Of the only workspace."""
        ((name,),) = self.sql("select schema_name from icosa.workspace")
        return str(name)

    def clear(self, *tables: str) -> None:
        """Takes every record away but those of members; or those of some tables only."""
        schema = self.schema()
        if not tables:
            found = self.sql(
                "select tablename from pg_tables where schemaname = $1"
                " and tablename not in ('workspaceMember', 'record_total')",
                schema,
            )
            names = ", ".join(f'"{schema}"."{name}"' for (name,) in found)
            self.sql(f"truncate {names}")
        for name in tables:
            self.sql(f'delete from "{schema}"."{name}"')

    # -- lifespan ----------------------------------------------------------------------

    async def _live(self) -> None:
        self._started: asyncio.Future[None] = self._loop.create_future()
        incoming = iter(("startup", "shutdown"))

        async def receive() -> dict[str, Any]:
            word = next(incoming)
            if word == "shutdown":
                await self._stop.wait()
            return {"type": f"lifespan.{word}"}

        async def send(message: Mapping[str, Any]) -> None:
            if message["type"] == "lifespan.startup.complete":
                self._started.set_result(None)
            elif message["type"] == "lifespan.startup.failed":
                self._started.set_exception(RuntimeError(message["message"]))

        await self.app({"type": "lifespan"}, receive, send)

    async def _until_started(self) -> None:
        await self._started


@contextmanager
def running(server: TestServer, place: Place, settings: Settings = SETTINGS) -> Iterator[Running]:
    """The application over a database of its own, like that of `place`."""
    with server.database(place.name) as url, Running(url, place.api_key, settings) as app:
        yield app
