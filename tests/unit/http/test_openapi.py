"""The OpenAPI documents: valid, the same every time, and true to routes, roles and types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from icosa.catalog.snapshot import Snapshot
from icosa.catalog.view import Grant, View
from icosa.http.openapi.core import OPERATIONS, core_document
from icosa.http.openapi.document import stub
from icosa.http.openapi.metadata import NEW_FORMAT, metadata_document
from icosa.http.rest import query
from icosa.http.routes import KEY_ROUTES, MODEL_ROUTES, RECORD_ROUTES
from tests.unit.http import model

Json = dict[str, Any]

SERVER: Final = "https://crm.example.com"
METHODS: Final = ("get", "post", "patch", "put", "delete")


@pytest.fixture(scope="module")
def demonstration() -> Snapshot:
    return model.demonstration()


@pytest.fixture(scope="module")
def core(demonstration: Snapshot) -> Json:
    found: Json = json.loads(core_document(View(demonstration, model.EVERYTHING), SERVER))
    return found


@pytest.fixture(scope="module")
def metadata(demonstration: Snapshot) -> Json:
    found: Json = json.loads(metadata_document(View(demonstration, model.EVERYTHING), SERVER))
    return found


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


# -- whole documents ---------------------------------------------------------------------


def test_the_records_document_is_valid(core: Json) -> None:
    validate(core)


def test_the_data_model_document_is_valid(metadata: Json) -> None:
    validate(metadata)


@pytest.mark.parametrize("name", ["core", "metadata"])
def test_the_stub_is_valid_and_names_its_one_path(name: str) -> None:
    found = json.loads(stub(SERVER, name))

    validate(found)
    assert list(found["paths"]) == [f"/open-api/{name}"]


def test_the_same_model_gives_the_same_bytes(demonstration: Snapshot) -> None:
    views = [View(replace(demonstration), model.EVERYTHING) for _ in range(2)]

    assert len({core_document(view, SERVER) for view in views}) == 1
    assert len({metadata_document(view, SERVER) for view in views}) == 1


def test_no_path_doubles_the_servers_slash(core: Json, metadata: Json) -> None:
    assert core["servers"] == [{"url": f"{SERVER}/rest"}]
    assert metadata["servers"] == [{"url": f"{SERVER}/rest/metadata"}]


@pytest.mark.parametrize("document", ["core", "metadata"])
def test_operation_ids_are_unique(document: str, request: pytest.FixtureRequest) -> None:
    ids = [o["operationId"] for _, _, o in operations(request.getfixturevalue(document))]

    assert len(ids) == len(set(ids))


def test_every_reference_leads_somewhere(core: Json, metadata: Json) -> None:
    for document in (core, metadata):
        for reference in references(document):
            _, *path = reference.split("/")
            at: Any = document
            for step in path:
                at = at[step]


def references(node: object) -> Iterator[str]:
    match node:
        case dict():
            if isinstance(node.get("$ref"), str):
                yield node["$ref"]
            for inner in node.values():
                yield from references(inner)
        case list():
            for inner in node:
                yield from references(inner)


# -- against the routes ------------------------------------------------------------------


def test_every_record_route_is_documented(core: Json) -> None:
    expected = {
        (route.path.removeprefix("/rest").replace("{plural}", "people"), route.method.lower())
        for route in RECORD_ROUTES
        if route.method != "PUT"
    }
    found = {(path, method) for path, method, o in operations(core) if o["tags"] == ["people"]}

    assert found == expected


def test_every_model_route_is_documented(metadata: Json) -> None:
    expected = {
        (route.path.removeprefix("/rest/metadata"), route.method.lower())
        for route in (*MODEL_ROUTES, *KEY_ROUTES)
        if route.method != "PUT" and route.path.startswith("/rest/metadata")
    }

    assert {(path, method) for path, method, _ in operations(metadata)} == expected


_ALWAYS: Final = {
    "findManyPeople",
    "createOnePerson",
    "createManyPeople",
    "updateManyPeople",
    "deleteManyPeople",
    "findOnePerson",
    "UpdateOnePerson",
    "deleteOnePerson",
    "restoreManyPeople",
    "restoreOnePerson",
}
# Those of the routes that came later.
_MORE: Final = {"findPersonDuplicates", "mergePeople", "groupByPeople"}


def test_operation_ids_are_the_contracts(core: Json) -> None:
    found = {o["operationId"] for _, _, o in operations(core) if o["tags"] == ["people"]}

    assert found >= _ALWAYS
    assert found <= _ALWAYS | _MORE


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_the_parameters_of_an_operation_are_those_that_its_route_knows(
    core: Json, operation: str
) -> None:
    parameters = core["components"]["parameters"]
    named = {parameters[name]["name"] for name in OPERATIONS[operation].parameters}

    assert named == query._KNOWN[operation]


def test_every_operation_says_what_may_go_wrong(core: Json, metadata: Json) -> None:
    always = {"400", "401", "403", "413", "429", "500", "503"}
    for document in (core, metadata):
        for path, method, operation in operations(document):
            assert always <= operation["responses"].keys(), (path, method)
    for path, _, operation in operations(core):
        assert ("404" in operation["responses"]) == path.endswith(("{id}", "/merge"))


def test_examples_of_errors_have_the_form_of_errors(core: Json) -> None:
    schema = core["components"]["schemas"]["Error"]
    for status, response in core["components"]["responses"].items():
        example = response["content"]["application/json"]["example"]
        OAS31Validator(schema).validate(example)
        assert status == f"Error{example['statusCode']}"


# -- schemas -----------------------------------------------------------------------------


def test_every_object_has_its_three_schemas(core: Json, demonstration: Snapshot) -> None:
    for source in demonstration.objects.values():
        for suffix in ("", "ForUpdate", "ForResponse"):
            assert f"{source.type_name}{suffix}" in core["components"]["schemas"]


def test_examples_are_valid_by_their_own_schemas(core: Json) -> None:
    for name, schema in core["components"]["schemas"].items():
        for key, member in schema.get("properties", {}).items():
            for example in member.get("examples", ()):
                inlined = {**member, "components": core["components"]}
                assert OAS31Validator(inlined).is_valid(example), (name, key, example)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("id", {"type": "string", "format": "uuid"}),
        ("name", {"type": "string"}),
        ("deletedAt", {"type": ["string", "null"], "format": "date-time"}),
        ("createdAt", {"type": "string", "format": "date-time"}),
        ("employees", {"type": ["number", "null"]}),
        ("accountOwnerId", {"type": ["string", "null"], "format": "uuid"}),
        ("visaSponsorship", {"type": ["boolean", "null"]}),
        (
            "workPolicy",
            {
                "type": "array",
                "items": {"type": "string", "enum": ["ON_SITE", "HYBRID", "REMOTE_WORK"]},
            },
        ),
        ("domainName", {"$ref": "#/components/schemas/Links"}),
    ],
)
def test_what_is_read_is_null_only_where_it_can_be(core: Json, name: str, expected: Json) -> None:
    found = core["components"]["schemas"]["CompanyForResponse"]["properties"][name]

    assert {key: found.get(key) for key in expected} == expected


def test_members_of_composites_are_null_only_where_they_can_be(core: Json) -> None:
    schemas = core["components"]["schemas"]

    assert schemas["Currency"]["properties"] == {
        "amountMicros": {"type": ["number", "null"]},
        "currencyCode": {"type": ["string", "null"]},
    }
    assert schemas["FullName"]["properties"] == {
        "firstName": {"type": "string"},
        "lastName": {"type": "string"},
    }


def test_a_select_that_may_be_null_lists_null(core: Json) -> None:
    species = core["components"]["schemas"]["PetForResponse"]["properties"]["species"]

    assert species["enum"][-1] is None
    assert species["type"] == ["string", "null"]


def test_relations_are_one_level_deep_and_not_always_there(core: Json) -> None:
    person = core["components"]["schemas"]["PersonForResponse"]

    assert person["properties"]["company"]["anyOf"] == [
        {"$ref": "#/components/schemas/CompanyForResponse"},
        {"type": "null"},
    ]
    assert person["properties"]["noteTargets"]["items"] == {
        "$ref": "#/components/schemas/NoteTargetForResponse"
    }
    assert "company" not in person["required"]
    assert "companyId" in person["required"]


def test_a_many_to_one_relation_can_be_connected(core: Json) -> None:
    person = core["components"]["schemas"]["Person"]["properties"]

    assert person["company"]["$ref"] == "#/components/schemas/RelationInput"
    assert "companyId" in person
    assert "noteTargets" not in person


def test_what_the_server_makes_can_not_be_sent(core: Json) -> None:
    assert "searchVector" not in core["components"]["schemas"]["Person"]["properties"]
    assert "searchVector" in core["components"]["schemas"]["PersonForResponse"]["properties"]


def test_an_object_named_like_a_composite_keeps_its_name() -> None:
    draft = model.draft_of(model.standard())
    model.add_object(draft, "actor", "actors")
    document = documented(View(draft.snapshot(), model.EVERYTHING))

    schemas = document["components"]["schemas"]
    assert "searchVector" not in schemas["Actor"]["properties"]
    assert "source" in schemas["ActorValue"]["properties"]


# -- roles -------------------------------------------------------------------------------


def documented(view: View) -> Json:
    found: Json = json.loads(core_document(view, SERVER))
    return found


def test_what_a_role_may_not_do_is_not_documented() -> None:
    grant = Grant(update=False, destroy=False, soft_delete=False)
    document = documented(model.seen_by(model.standard(), person=grant))

    found = {o["operationId"] for _, _, o in operations(document) if o["tags"] == ["people"]}
    assert found == {"findManyPeople", "findOnePerson", "findPersonDuplicates", "groupByPeople"}


def test_what_a_role_may_not_read_is_not_documented() -> None:
    snapshot = model.standard()
    hidden = frozenset({model.field_id(snapshot, "person", "jobTitle")})
    grants: Mapping[str, Grant] = {
        "company": Grant(read=False),
        "person": Grant(unreadable=hidden),
    }
    document = documented(model.seen_by(snapshot, **grants))

    schemas = document["components"]["schemas"]
    assert "/companies" not in document["paths"]
    assert "CompanyForResponse" not in schemas
    assert "company" not in schemas["PersonForResponse"]["properties"]
    assert "jobTitle" not in schemas["PersonForResponse"]["properties"]
    assert "jobTitle" not in schemas["Person"]["properties"]


# -- the data model's envelope -----------------------------------------------------------


@pytest.mark.parametrize(
    ("new_format", "keys"), [(True, {"id"}), (False, {"data"})], ids=["new", "legacy"]
)
def test_the_envelope_follows_the_workspaces_flag(
    demonstration: Snapshot, new_format: bool, keys: set[str]
) -> None:
    snapshot = replace(demonstration, flags={NEW_FORMAT: new_format})
    document = json.loads(metadata_document(View(snapshot, model.EVERYTHING), SERVER))

    validate(document)
    answer = document["paths"]["/objects/{id}"]["get"]["responses"]["200"]
    schema = answer["content"]["application/json"]["schema"]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    assert keys <= set(schema["required"])
