"""The OpenAPI document over a running application: every answer is as it says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx
import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from icosa.fields.registry import BY_KIND
from tests.build import Running, furnished_database, running
from tests.postgres import TestServer

Json = dict[str, Any]

ABSENT: Final = "0f5a4f1e-94b1-4c0e-9f5e-2b8f6f1f7a01"


@pytest.fixture(scope="module")
def app(server: TestServer, template_database: str) -> Iterator[Running]:
    with running(server, furnished_database(server, template_database)) as found:
        yield found


@pytest.fixture(scope="module")
def document(app: Running) -> Json:
    response = app.send("GET", "/open-api/core")
    assert response.status_code == httpx.codes.OK
    found: Json = response.json()
    return found


@pytest.fixture(scope="module")
def metadata(app: Running) -> Json:
    found: Json = app.send("GET", "/open-api/metadata").json()
    return found


def check(document: Json, path: str, method: str, response: httpx.Response) -> Json:
    """That the answer is as the document says; the answer."""
    operation = document["paths"][path][method]
    answer = operation["responses"][str(response.status_code)]
    if "$ref" in answer:
        answer = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    schema = answer["content"]["application/json"]["schema"]
    OAS31Validator({**schema, "components": document["components"]}).validate(response.json())
    found: Json = response.json()
    return found


def whole(document: Json, name: str, *, update: bool = False) -> Json:
    """A body with every property that the document knows, from its own examples."""
    schema = document["components"]["schemas"][f"{name}ForUpdate" if update else name]
    return {
        key: member["examples"][0]
        for key, member in schema["properties"].items()
        if member.get("examples") and key not in ("id", "deletedAt") and not key.endswith("Id")
    }


def test_both_documents_are_valid(document: Json, metadata: Json) -> None:
    validate(document)
    validate(metadata)


def test_without_a_token_there_is_a_stub_or_a_refusal(app: Running) -> None:
    stub = app.send("GET", "/open-api/core", token=None)
    refused = app.send("GET", "/rest/open-api/core", token=None)

    assert list(stub.json()["paths"]) == ["/open-api/core"]
    assert refused.status_code == httpx.codes.FORBIDDEN
    assert refused.json()["error"] == "FORBIDDEN_EXCEPTION"


def test_a_new_field_is_in_the_document_at_once(app: Running, document: Json) -> None:
    field = {"objectMetadataId": "company", "type": "TEXT", "name": "motto", "label": "Motto"}
    before = app.send("GET", "/open-api/core").headers["etag"]

    app.send("POST", "/rest/metadata/fields", content=json.dumps(field).encode())

    after = app.send("GET", "/open-api/core")
    assert after.headers["etag"] != before
    assert "motto" in after.json()["components"]["schemas"]["Company"]["properties"]
    assert "motto" not in document["components"]["schemas"]["Company"]["properties"]


def test_the_examples_of_every_type_can_be_sent_and_are_read_as_said(
    app: Running, document: Json
) -> None:
    body = whole(document, "Sample")
    types = {f.removesuffix("Field") for f in body if f.endswith("Field")}
    assert len(types) >= len(BY_KIND) - 5  # POSITION, TS_VECTOR, FILES, NUMERIC, ACTOR

    made = app.rest("POST", "samples", body)

    record = check(document, "/samples", "post", made)["data"]["createSample"]
    properties = document["components"]["schemas"]["SampleForResponse"]["properties"]
    assert set(record) <= set(properties)


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_lists_and_records_are_as_said(app: Running, document: Json, depth: int) -> None:
    (company,) = app.create("companies", {"name": "Air"})
    (person,) = app.create("people", {"jobTitle": "Pilot", "companyId": company["id"]})

    listed = app.rest("GET", "people", depth=depth, limit=5, order_by="createdAt")
    one = app.rest("GET", f"people/{person['id']}", depth=depth)

    page = check(document, "/people", "get", listed)
    record = check(document, "/people/{id}", "get", one)["data"]["person"]
    assert page["totalCount"] >= 1
    schema = document["components"]["schemas"]["PersonForResponse"]
    assert set(schema["required"]) <= set(record)
    assert set(record) <= set(schema["properties"])


def test_an_empty_record_is_as_said(app: Running, document: Json) -> None:
    """What is null must be allowed to be: nothing is given here."""
    for plural in ("samples", "companies", "people", "opportunities", "notes", "tasks"):
        made = app.rest("POST", plural, {})

        check(document, f"/{plural}", "post", made)


def test_writes_answer_as_said(app: Running, document: Json) -> None:
    batch = app.rest("POST", "batch/notes", [{"title": "a"}, {"title": "b"}])
    first, second = check(document, "/batch/notes", "post", batch)["data"]["createNotes"]
    one, both = f"notes/{first['id']}", f'id[in]:["{first["id"]}","{second["id"]}"]'

    steps: tuple[tuple[str, str, str, Mapping[str, str] | None, Mapping[str, str]], ...] = (
        ("/notes/{id}", "patch", one, {"title": "c"}, {}),
        ("/notes", "patch", "notes", {"title": "d"}, {"filter": both}),
        ("/notes/{id}", "delete", one, None, {"soft_delete": "true"}),
        ("/restore/notes/{id}", "patch", f"restore/{one}", {}, {}),
        ("/notes", "delete", "notes", None, {"filter": both, "soft_delete": "true"}),
        ("/restore/notes", "patch", "restore/notes", {}, {"filter": both}),
        ("/notes/{id}", "delete", one, None, {}),
        ("/notes", "delete", "notes", None, {"filter": both}),
    )
    for path, method, at, body, parameters in steps:
        response = app.rest(method.upper(), at, body, **dict(parameters))

        assert response.status_code == httpx.codes.OK, (path, method, response.text)
        check(document, path, method, response)


def test_upserts_and_connections_answer_as_said(app: Running, document: Json) -> None:
    domain = {"domainName": {"primaryLinkUrl": "upserted.example"}}

    ids = []
    for name in ("Air", "Air France"):
        made = app.rest("POST", "companies", {**domain, "name": name}, upsert="true")
        ids.append(check(document, "/companies", "post", made)["data"]["createCompany"]["id"])
    tied = app.rest("POST", "people", {"company": {"connect": {"where": domain}}})

    assert ids[0] == ids[1]
    person = check(document, "/people", "post", tied)["data"]["createPerson"]
    assert person["companyId"] == ids[0]


@pytest.mark.parametrize(
    ("path", "method", "at", "body", "status"),
    [
        ("/people", "patch", "people", {"nam": 1}, 400),
        ("/people", "post", "people", {"jobTitle": 1}, 400),
        ("/people/{id}", "get", f"people/{ABSENT}", None, 404),
        ("/people/{id}", "patch", f"people/{ABSENT}", {"jobTitle": "x"}, 404),
    ],
)
def test_errors_answer_as_said(
    app: Running, document: Json, path: str, method: str, at: str, body: object, status: int
) -> None:
    response = app.rest(method.upper(), at, body)

    assert response.status_code == status
    check(document, path, method, response)


def test_errors_of_parameters_answer_as_said(app: Running, document: Json) -> None:
    for name, value in (("filter", "x"), ("limit", "x"), ("depth", "9"), ("starting_after", "x")):
        response = app.rest("GET", "people", **{name: value})

        assert response.status_code == httpx.codes.BAD_REQUEST
        check(document, "/people", "get", response)


def test_errors_of_tokens_answer_as_said(app: Running, document: Json) -> None:
    for token, status in ((None, httpx.codes.FORBIDDEN), ("wrong", httpx.codes.UNAUTHORIZED)):
        response = app.send("GET", "/rest/people", token=token)

        assert response.status_code == status
        check(document, "/people", "get", response)


def test_the_data_model_answers_as_said(app: Running, metadata: Json) -> None:
    names = {"nameSingular": "boat", "namePlural": "boats"}
    labels = {"labelSingular": "Boat", "labelPlural": "Boats"}
    made = app.rest("POST", "metadata/objects", {**names, **labels})
    source = check(metadata, "/objects", "post", made)
    option = {"value": "RED", "label": "Red", "color": "red", "position": 0}
    colour = {"type": "SELECT", "name": "colour", "label": "Colour", "options": [option]}
    field = check(
        metadata,
        "/fields",
        "post",
        app.rest("POST", "metadata/fields", {**colour, "objectMetadataId": source["id"]}),
    )

    for path, method, at, body in (
        ("/objects", "get", "metadata/objects", None),
        ("/fields", "get", "metadata/fields", None),
        ("/objects/{id}", "get", f"metadata/objects/{source['id']}", None),
        ("/fields/{id}", "get", f"metadata/fields/{field['id']}", None),
        ("/fields/{id}", "patch", f"metadata/fields/{field['id']}", {"label": "Hue"}),
        ("/objects/{id}", "patch", f"metadata/objects/{source['id']}", {"icon": "IconBoat"}),
        ("/fields/{id}", "delete", f"metadata/fields/{field['id']}", None),
        ("/objects/{id}", "delete", f"metadata/objects/{source['id']}", None),
        ("/apiKeys", "get", "metadata/apiKeys", None),
    ):
        response = app.rest(method.upper(), at, body)

        assert response.status_code == httpx.codes.OK, (path, method, response.text)
        check(metadata, path, method, response)


@pytest.mark.parametrize(
    ("path", "method", "at", "body"),
    [
        ("/objects", "post", "metadata/objects", {"nameSingular": "company"}),
        ("/fields", "post", "metadata/fields", {"type": "TEXT", "name": "id", "label": "Id"}),
        ("/objects/{id}", "get", f"metadata/objects/{ABSENT}", None),
        ("/objects/{id}", "delete", f"metadata/objects/{ABSENT}", None),
    ],
)
def test_refusals_of_the_data_model_answer_as_said(
    app: Running, metadata: Json, path: str, method: str, at: str, body: object
) -> None:
    response = app.rest(method.upper(), at, body)

    assert response.status_code in (400, 404), response.text
    check(metadata, path, method, response)


def test_health_over_a_real_database(app: Running) -> None:
    assert app.send("GET", "/healthz", token=None).json()["status"] == "ok"
    assert app.send("GET", "/readyz", token=None).json()["status"] == "ok"
    assert app.send("GET", "/nowhere", token=None).status_code == httpx.codes.NOT_FOUND
