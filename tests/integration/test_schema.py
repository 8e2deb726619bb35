"""The records schema over a running application: what it shows, works."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    build_client_schema,
    build_schema,
    get_introspection_query,
    parse,
    print_schema,
)
from graphql.type import GraphQLInputType, GraphQLOutputType

from icosa.catalog.store import load_snapshot
from icosa.catalog.view import Role, View
from icosa.db.pool import Database
from icosa.http.graphql import schema as records
from tests.build import Running, furnished_database, running
from tests.postgres import TestServer

Json = dict[str, Any]

_ID: Final = "0f5a4f1e-94b1-4c0e-9f5e-2b8f6f1f7a01"
# A value of each scalar that an operator compares with.
_VALUES: Final[dict[str, object]] = {
    "String": "a",
    "ID": _ID,
    "UUID": _ID,
    "Int": 1,
    "Float": 1.5,
    "BigInt": 1,
    "BigFloat": "1.5",
    "Boolean": True,
    "Date": "2026-01-02",
    "DateTime": "2026-01-02T03:04:05.678Z",
    "Position": 1,
    "TSVector": "a",
    "JSON": {},
}


@pytest.fixture(scope="module")
def app(server: TestServer, template_database: str) -> Iterator[Running]:
    with running(server, furnished_database(server, template_database)) as found:
        yield found


@pytest.fixture
def view(app: Running) -> View:
    """The model of now: one of the tests adds an object."""

    async def load() -> View:
        database = await Database.open(app.dsn, size=1, slow_size=1)
        try:
            ((workspace_id,),) = await database.rows("select id from icosa.workspace")
            snapshot = await load_snapshot(database, workspace_id)
        finally:
            await database.close()
        return View(snapshot, Role(id="", grants={}))

    return app.run(load())


@pytest.fixture
def schema(view: View) -> GraphQLSchema:
    return build_schema(records.print_sdl(view))


def named(kind: GraphQLOutputType | GraphQLInputType) -> Any:
    while isinstance(kind, GraphQLList | GraphQLNonNull):
        kind = kind.of_type
    return kind


def selection(kind: GraphQLObjectType, depth: int) -> str:
    """Every field of a type, and of what it leads to."""
    parts: list[str] = []
    for name, field in kind.fields.items():
        of = named(field.type)
        if not isinstance(of, GraphQLObjectType):
            parts.append(name)
        elif depth > 0 or not _is_relation(of):
            inner = depth - 1 if _is_relation(of) else depth
            parts.append(f"{name} {{ {selection(of, inner)} }}")
    return " ".join(parts)


def _is_relation(kind: GraphQLObjectType) -> bool:
    return "id" in kind.fields or kind.name.endswith("Connection")


def clean(app: Running, query: str, **variables: object) -> Json:
    """`data`, of an answer without an error or a warning."""
    body: Json = app.graphql(query, **variables)
    assert "errors" not in body, (query, body["errors"])
    assert "extensions" not in body, (query, body["extensions"])
    found: Json = body["data"]
    return found


def test_introspection_is_the_schema_that_the_command_prints(app: Running, view: View) -> None:
    answered = build_client_schema(app.data(get_introspection_query(input_value_deprecation=True)))

    assert print_schema(answered) + "\n" == records.print_sdl(view)


def test_every_field_that_is_shown_can_be_selected(app: Running, schema: GraphQLSchema) -> None:
    assert schema.query_type is not None
    app.create("people", {"jobTitle": "Pilot"})
    for name, field in schema.query_type.fields.items():
        if "first" in field.args:
            clean(app, f"{{ {name}(first: 2) {{ {selection(named(field.type), 2)} }} }}")


def test_duplicates_are_found_as_shown(app: Running, schema: GraphQLSchema) -> None:
    kind = schema.type_map["CompanyConnection"]
    assert isinstance(kind, GraphQLObjectType)
    app.create("companies", {"name": "Twice"}, {"name": "Twice"})

    (found,) = clean(
        app,
        "query ($data: [CompanyCreateInput]) { companyDuplicates(data: $data)"
        f" {{ {selection(kind, 0)} }} }}",
        data=[{"name": "Twice"}],
    )["companyDuplicates"]

    assert found["totalCount"] == 2


def test_every_operator_that_is_shown_and_not_deprecated_works(
    app: Running, schema: GraphQLSchema
) -> None:
    kind = schema.type_map["SampleFilterInput"]
    assert isinstance(kind, GraphQLInputObjectType)
    tried = 0
    for condition in conditions(kind):
        clean(
            app,
            "query ($filter: SampleFilterInput) { samples(filter: $filter) { totalCount } }",
            filter=condition,
        )
        tried += 1
    assert tried > 150


def conditions(kind: GraphQLInputObjectType) -> Iterator[Json]:
    """One condition for each operator of each field, relations aside."""
    for name, field in kind.fields.items():
        of = named(field.type)
        if name in ("and", "or", "not") or field.deprecation_reason or of is kind:
            continue
        if not isinstance(of, GraphQLInputObjectType):
            yield {name: value(field.type, name)}
        elif of.name.endswith("ToManyFilter"):
            yield from ({name: {word: {}}} for word in of.fields)
        else:
            yield from ({name: inner} for inner in conditions(of))


def value(kind: GraphQLInputType, name: str) -> object:
    if isinstance(kind, GraphQLNonNull):
        return value(kind.of_type, name)
    if isinstance(kind, GraphQLList):
        return [value(kind.of_type, name)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    assert isinstance(kind, GraphQLScalarType)
    return _VALUES[kind.name]


def test_relations_can_be_filtered_by_as_shown(app: Running) -> None:
    filters = {
        "company": {"name": {"ilike": "%a%"}},
        "noteTargets": {"none": {"id": {"eq": _ID}}},
        "not": {"or": [{"jobTitle": {"eq": "x"}}, {"jobTitle": {"regex": "^y"}}]},
    }

    clean(app, "query ($f: PersonFilterInput) { people(filter: $f) { totalCount } }", f=filters)


@pytest.mark.parametrize("plural", ["samples", "people", "companies"])
def test_every_order_that_is_shown_works(app: Running, schema: GraphQLSchema, plural: str) -> None:
    assert schema.query_type is not None
    field = schema.query_type.fields[plural]
    kind = named(field.args["orderBy"].type)
    assert isinstance(kind, GraphQLInputObjectType)
    for order in orders(kind, 1):
        clean(
            app,
            f"query ($o: [{kind.name}]) {{ {plural}(first: 1, orderBy: $o) {{ totalCount }} }}",
            o=[order],
        )


def orders(kind: GraphQLInputObjectType, hops: int) -> Iterator[Json]:
    for name, field in kind.fields.items():
        of = named(field.type)
        if isinstance(of, GraphQLEnumType):
            yield {name: "DescNullsLast"}
        elif "id" not in of.fields or hops > 0:
            inner = hops - 1 if "id" in of.fields else hops
            yield from ({name: order} for order in orders(of, inner))


def test_every_mutation_that_is_shown_works(app: Running, schema: GraphQLSchema) -> None:
    """On records that are made for it."""
    assert schema.mutation_type is not None
    names = [
        name for name in schema.mutation_type.fields if "Note" in name and "Target" not in name
    ]
    made = app.create("notes", *({"title": str(number)} for number in range(len(names))))
    assert len(names) >= 10
    for name, record in zip(names, made, strict=True):
        field = schema.mutation_type.fields[name]
        given: Json = {
            "id": record["id"],
            "filter": {"id": {"eq": record["id"]}},
            "data": [{"title": "x"}] if "Notes" in name and "create" in name else {"title": "x"},
        }
        arguments = {key: argument for key, argument in field.args.items() if key in given}
        header = ", ".join(f"${key}: {argument.type}" for key, argument in arguments.items())
        inner = ", ".join(f"{key}: ${key}" for key in arguments)
        query = f"mutation ({header}) {{ {name}({inner}) {{ id title }} }}"

        assert clean(app, query, **{key: given[key] for key in arguments})[name], name


def test_connect_and_upsert_work_as_shown(app: Running) -> None:
    query = (
        "mutation ($company: CompanyCreateInput!, $person: PersonCreateInput!) {"
        " createCompany(data: $company, upsert: true) { id }"
        " createPerson(data: $person) { companyId } }"
    )
    domain = {"domainName": {"primaryLinkUrl": "connected.example"}}
    person = {"company": {"connect": {"where": domain}}}

    first, second = (clean(app, query, company=domain, person=person) for _ in range(2))

    assert first == second
    assert first["createPerson"]["companyId"] == first["createCompany"]["id"]


def test_what_the_console_sends_passes_strict_validation(view: View) -> None:
    document = parse(
        "query List($filter: CompanyFilterInput, $orderBy: [CompanyOrderByInput], $after: String)"
        "{ companies(first: 20, after: $after, filter: $filter, orderBy: $orderBy)"
        "{ edges { cursor node { ...Fields } } pageInfo { hasNextPage endCursor } totalCount } }"
        "fragment Fields on Company { __typename id name domainName { primaryLinkUrl }"
        " people(first: 3) { edges { node { id name { firstName lastName } } } } }"
    )

    assert records.validation_errors(view, document) == []


def test_a_document_of_two_thousand_fields_is_validated_fast(view: View) -> None:
    """The specification's comparison of all pairs would take a quarter of a minute."""
    document = parse("{ companies { edges { node { " + "id " * 1_990 + "} } } }")

    assert records.validation_errors(view, document) == []


def test_a_new_object_is_in_the_schema_at_once(app: Running) -> None:
    names = {"nameSingular": "boat", "namePlural": "boats"}
    labels = {"labelSingular": "Boat", "labelPlural": "Boats"}
    question = '{ __type(name: "Boat") { name fields { name } } }'
    assert app.data(question) == {"__type": None}

    content = json.dumps({**names, **labels}).encode()
    app.send("POST", "/rest/metadata/objects", content=content)

    assert app.data(question)["__type"]["name"] == "Boat"
