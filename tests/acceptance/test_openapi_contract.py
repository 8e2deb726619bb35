"""The OpenAPI documents as contracts: whatever they allow or forbid is answered as they say.

Requests are made by schemathesis from each document, valid ones and broken ones. None may fail
on our side, and each answer must have a status, a content type and a shape that its operation
lists. Whether broken data are refused is not asked here: unknown parameters are ignored on
purpose, and what a filter may say is more than a schema can tell.
"""

import itertools
import json
import os
from collections.abc import Callable, Iterator
from typing import Any, Final

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from icosa.http.routes import MODEL_ROUTES, RECORD_ROUTES
from tests.acceptance.metadata.client import Metadata
from tests.build import Place, Running
from tests.postgres import TestServer

Json = Any
Store = Callable[[str], list[str]]  # plural -> ids of what is stored for the next request

CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
LATER: Final = "2100-01-01T00:00:00.000Z"
IDS: Final = [f"0f5a4f1e-94b1-4c0e-9f5e-2b8f6f1f7a0{digit}" for digit in (1, 2, 3)]
OBJECTS: Final = {"companies": "Company", "people": "Person", "notes": "Note", "samples": "Sample"}
WITH_CRITERIA: Final = ("companies", "people")  # only those can be compared and merged

examples = settings(
    max_examples=100 if os.environ.get("ICOSA_TEST_LONG") else 10,
    derandomize=True,  # the same in every run
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def record_operations() -> list[tuple[str, str, str]]:
    """(plural, method, path), as the records document has them."""
    found = [
        (plural, route.method, route.path.removeprefix("/rest").replace("{plural}", plural))
        for plural, route in itertools.product(OBJECTS, RECORD_ROUTES)
        if route.method != "PUT"
        if plural in WITH_CRITERIA or route.operation not in ("find_duplicates", "merge_many")
    ]
    return [*found, ("", "GET", "/search")]


def model_operations() -> list[tuple[str, str, str]]:
    """(plural, method, path), as the data model document has them."""
    routes = [(r.method, r.path.removeprefix("/rest/metadata")) for r in MODEL_ROUTES]
    keys = [("GET", "/apiKeys"), ("POST", "/apiKeys")]
    keys += [(method, "/apiKeys/{id}") for method in ("GET", "PATCH", "DELETE")]
    return [(path.split("/")[1], method, path) for method, path in routes + keys if method != "PUT"]


# -- the documents ---------------------------------------------------------------------


def contract(app: Running, name: str, *, bodies: Callable[[str], bool]) -> BaseSchema:
    """A document, with bodies that have no unknown properties, for those are always refused."""
    document = app.send("GET", f"/open-api/{name}").json()
    wanted = {path for _, _, path in (*record_operations(), *model_operations())}
    document["paths"] = {key: item for key, item in document["paths"].items() if key in wanted}
    for key, schema in document["components"]["schemas"].items():
        if bodies(key) and schema["type"] == "object":
            schema["additionalProperties"] = False
    config = schemathesis.Config.from_dict({"generation": {"with-security-parameters": False}})
    return schemathesis.openapi.from_dict(document, config=config)


@pytest.fixture(scope="module")
def records(app: Running) -> BaseSchema:
    names = {f"{one}{tail}" for one in OBJECTS.values() for tail in ("", "ForUpdate")}
    return contract(app, "core", bodies=lambda key: key in names or key.endswith("Input"))


@pytest.fixture(scope="module")
def changing(server: TestServer, place: Place) -> Iterator[Metadata]:
    """An application whose data model the tests may change as they like; a user asks."""
    with server.database(place.name) as url, Metadata(url, place.api_key) as app:
        app.api_key = app.session("admin@example.com", "Correct-horse-1")
        yield app


@pytest.fixture(scope="module")
def model(changing: Running) -> BaseSchema:
    names = {f"{one}{tail}" for one in ("Object", "Field", "ApiKey") for tail in ("", "ForUpdate")}
    names |= {"RelationCreation"}
    return contract(changing, "metadata", bodies=names.__contains__)


# -- what is there to be asked for -----------------------------------------------------


@pytest.fixture(scope="module")
def records_store(app: Running) -> Store:
    """Records of a plural, made anew."""

    def store(plural: str) -> list[str]:
        app.rest("DELETE", plural, filter=f"id[in]:{json.dumps(IDS)}")
        app.create(plural, *({"id": each} for each in IDS))
        return IDS

    return store


@pytest.fixture(scope="module")
def model_store(changing: Running) -> Store:
    """A new object, field or key."""
    numbers = itertools.count(1)

    def made(path: str, body: Json) -> str:
        response = changing.rest("POST", f"metadata/{path}", body)
        assert response.status_code == httpx.codes.CREATED, response.text
        return str(response.json()["id"])

    def make(plural: str) -> list[str]:
        name = f"thing{next(numbers)}"
        if plural == "apiKeys":
            ((role,),) = changing.sql("select id from icosa.role where label = 'Admin'")
            return [made(plural, {"name": name, "expiresAt": LATER, "roleId": str(role)})]
        if plural == "fields":
            of = {"objectMetadataId": "note", "type": "TEXT", "name": name, "label": name}
            return [made(plural, of)]
        named = {"nameSingular": name, "namePlural": f"{name}s"}
        return [made(plural, {**named, "labelSingular": name, "labelPlural": f"{name}s"})]

    return make


def aim(case: Case[Any], ids: list[str]) -> None:
    """Makes a request about what is stored, where it names something by id."""
    if "id" in case.path_parameters:
        case.path_parameters["id"] = ids[0]
    if isinstance(case.body, dict) and "ids" in case.body:
        case.body["ids"] = [*ids[:2]]


def send(app: Running, case: Case[Any]) -> httpx.Response:
    asked = case.as_transport_kwargs(base_url=case.operation.base_url)
    body = {"content": asked["data"]} if "data" in asked else {"json": asked.get("json")}
    request = httpx.Request(
        asked["method"], asked["url"], params=asked["params"], headers=asked["headers"], **body
    )
    target = request.url.raw_path.decode("ascii")
    return app.send(request.method, target, content=request.content, headers=request.headers)


def ask(
    app: Running, contract: BaseSchema, store: Store, plural: str, method: str, path: str
) -> None:
    """Whatever is asked of an operation is answered as the document says."""
    operation = contract[path][method]
    cases = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @examples
    @given(st.one_of(cases), st.booleans())
    def holds(case: Case[Any], is_aimed: bool) -> None:
        if is_aimed and plural:
            aim(case, store(plural))
        case.validate_response(send(app, case), checks=CHECKS)

    holds()


# -- the contracts ---------------------------------------------------------------------


@pytest.mark.parametrize(("plural", "method", "path"), record_operations())
def test_an_operation_on_records_is_answered_as_documented(
    app: Running, records: BaseSchema, records_store: Store, plural: str, method: str, path: str
) -> None:
    ask(app, records, records_store, plural, method, path)


@pytest.mark.parametrize(("plural", "method", "path"), model_operations())
def test_an_operation_on_the_model_is_answered_as_documented(
    changing: Running, model: BaseSchema, model_store: Store, plural: str, method: str, path: str
) -> None:
    ask(changing, model, model_store, plural, method, path)
