"""What is no request, or a bad one: statuses, bodies, headers, bounds, of both APIs."""

import httpx
import pytest

from icosa.settings import Settings
from tests.acceptance.metadata.client import MISSING, Json, Metadata

OBJECTS = "/rest/metadata/objects"
FIRST = "query($first:Int!){objects(paging:{first:$first}){edges{node{id}}}}"
INTROSPECTION = "{__schema{queryType{name} types{name fields{name type{name ofType{name}}}}}}"


def post(
    metadata: Metadata, path: str, content: bytes, kind: str = "application/json"
) -> httpx.Response:
    return metadata.send("POST", path, content=content, headers={"content-type": kind})


# -- bodies ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "Input data was truncated"),
        (b"{'a':1}", "object keys must be strings"),
        (b'{"query":"\xff"}', ""),
        (b"[" * 200_000 + b"]" * 200_000, ""),
        (b'{"a":' * 3_000 + b"1" + b"}" * 3_000, ""),
    ],
)
def test_what_is_not_json_is_refused(metadata: Metadata, content: bytes, reason: str) -> None:
    rest, graphql = post(metadata, OBJECTS, content), post(metadata, "/metadata", content)

    body = rest.json()
    assert rest.status_code == graphql.status_code == 400
    assert body["statusCode"] == 400
    assert body["error"] == "BadRequestException"
    assert body["messages"] == [body["message"]]
    assert body["message"].startswith("Request body is not valid JSON: ")
    assert reason in body["message"]
    (error,) = graphql.json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


def test_what_is_not_a_json_object_is_refused(metadata: Metadata) -> None:
    rest, graphql = post(metadata, OBJECTS, b"[1]"), post(metadata, "/metadata", b"[1]")

    assert rest.status_code == graphql.status_code == 400
    assert rest.json()["message"] == "Request body is not a JSON object"
    assert graphql.json()["errors"][0]["message"] == "Batching is not supported."


@pytest.mark.parametrize("content", [b"", b"{}", b'{"query":1}', b'{"query":"{a}","variables":1}'])
def test_what_is_no_graphql_request_is_refused(metadata: Metadata, content: bytes) -> None:
    response = post(metadata, "/metadata", content)

    assert response.status_code == 400
    assert response.json().keys() == {"errors"}
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_another_content_type_is_refused(metadata: Metadata, kind: str) -> None:
    rest = post(metadata, OBJECTS, b"{}", kind)
    graphql = post(metadata, "/metadata", b'{"query":"{a}"}', kind)

    assert rest.status_code == graphql.status_code == 415
    assert rest.json()["messages"] == [f"Content type {kind} is not supported"]
    assert graphql.json()["errors"][0]["message"] == f"Content type {kind} is not supported"


def test_a_body_that_is_too_large_is_refused(metadata: Metadata) -> None:
    content = b'{"query":"' + b" " * Settings().body_bytes_max + b'"}'

    rest, graphql = post(metadata, OBJECTS, content), post(metadata, "/metadata", content)

    assert rest.status_code == graphql.status_code == 413
    assert rest.json()["error"] == "PayloadTooLargeException"
    assert graphql.json()["errors"][0]["message"].startswith("Request body is too large.")


# -- methods and routes ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PATCH", OBJECTS, "GET, HEAD, POST"),
        ("DELETE", "/rest/metadata/fields", "GET, HEAD, POST"),
        ("POST", f"{OBJECTS}/company", "DELETE, GET, HEAD, PATCH, PUT"),
        ("PUT", f"/rest/metadata/apiKeys/{MISSING}", "DELETE, GET, HEAD, PATCH"),
        ("PUT", "/rest/apiKeys", "GET, HEAD, POST"),
        ("PURGE", OBJECTS, "GET, HEAD, POST"),
    ],
)
def test_a_method_that_a_route_does_not_have(
    metadata: Metadata, method: str, path: str, allow: str
) -> None:
    response = metadata.send(method, path)

    assert response.status_code == 405
    assert response.headers["allow"] == allow
    assert response.json() == {
        "statusCode": 405,
        "error": "MethodNotAllowedException",
        "messages": [f"Cannot {method} {path}"],
    }


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_graphql_is_posted(metadata: Metadata, method: str) -> None:
    response = metadata.send(method, "/metadata")

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    (error,) = response.json()["errors"]
    assert error["message"] == f"Cannot {method} /metadata"
    assert error["extensions"]["code"] == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize(
    "path", ["/rest/metadata/unicorns", f"{OBJECTS}/company/fields", "/metadata/x"]
)
def test_a_route_that_is_not_there(metadata: Metadata, path: str) -> None:
    response = metadata.send("GET", path)

    assert response.status_code == 404
    assert response.json()["messages"] == [f"Cannot GET {path}"]


def test_a_slash_at_the_end_changes_nothing(metadata: Metadata) -> None:
    assert metadata.send("GET", f"{OBJECTS}/company/").status_code == 200


def test_only_the_headers_of_a_route_may_be_asked_for(metadata: Metadata) -> None:
    assert metadata.send("HEAD", f"{OBJECTS}/company").status_code == 200


def test_a_url_that_is_too_long_is_refused(metadata: Metadata) -> None:
    response = metadata.call("GET", "objects", params={"starting_after": "x" * 20_000})

    assert response.status_code == 413


# -- documents -------------------------------------------------------------------------


def test_a_syntax_error_names_its_place(metadata: Metadata) -> None:
    response = metadata.post("{objects(paging:{first:2}){")

    (error,) = response.json()["errors"]
    assert response.status_code == 200
    assert "data" not in response.json()
    assert error["message"] == "Syntax Error: Expected Name, found <EOF>."
    assert error["locations"] == [{"line": 1, "column": 28}]
    assert error["extensions"]["code"] == "GRAPHQL_PARSE_FAILED"


def test_an_unknown_field_is_refused_with_a_suggestion(metadata: Metadata) -> None:
    """The contract's sample `metadata-objects`."""
    query = (
        "{objects(paging:{first:2}){edges{node{id nameSingular namePlural isCustom"
        " fieldsList{id name type}}} pageInfo{hasNextPage endCursor}}}"
    )

    response = metadata.post(query)

    (error,) = response.json()["errors"]
    assert response.status_code == 200
    assert "data" not in response.json()
    assert error["message"] == (
        'Cannot query field "isCustom" on type "Object". Did you mean "isSystem"?'
    )
    assert error["locations"] == [{"line": 1, "column": 66}]
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('{search(searchInput:"x"){edges{node{id}}}}', 'Cannot query field "search" on type'),
        ("{objects(first:1){edges{cursor}}}", 'Unknown argument "first" on field "Query.objects"'),
        ("{object{id}}", 'Argument "Query.object(id:)" of type "UUID!" is required'),
        ("{currentUser}", 'Field "currentUser" of type "User!" must have a selection'),
        ("query($x:Foo){currentUser{id}}", 'Variable "$x" is never used.'),
        ("{...F}", 'Unknown fragment "F".'),
        ("fragment F on Query{...F} {...F}", 'Cannot spread fragment "F" within itself.'),
        ("query A{currentUser{id}} query B{currentUser{id}}", "Must provide operation name"),
        ("fragment F on Query{currentUser{id}}", "Must provide an operation."),
        ("subscription{a}", "The subscription operation is not supported by the schema."),
    ],
)
def test_a_document_that_cannot_be_run(metadata: Metadata, query: str, message: str) -> None:
    response = metadata.post(query)

    messages = [each["message"] for each in response.json()["errors"]]
    assert response.status_code == 200
    assert "data" not in response.json()
    assert any(each.startswith(message) for each in messages), messages


def test_the_operation_named_is_run(metadata: Metadata) -> None:
    query = 'query A{a:object(id:"company"){id}} query B{b:object(id:"company"){id}}'

    run = metadata.post(query, operationName="B").json()
    unknown = metadata.post(query, operationName="C").json()

    assert run["data"].keys() == {"b"}
    assert unknown["errors"][0]["message"] == 'Unknown operation named "C".'


def test_a_client_of_another_version_is_told_so_when_it_errs(metadata: Metadata) -> None:
    content = b'{"query":"{nothing}"}'

    other = metadata.send("POST", "/metadata", content=content, headers={"x-schema-version": "999"})
    usual = metadata.send("POST", "/metadata", content=content)

    assert other.json()["errors"][0]["message"] == "Schema version mismatch."
    assert usual.json()["errors"][0]["message"].startswith("Cannot query field")


# -- bounds ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "{" + " ".join(f"a{n}:currentWorkspace{{id}}" for n in range(11)) + "}",
            (
                "Query too complex - Too many root resolvers requested: 11 - "
                "Maximum allowed root resolvers: 10"
            ),
        ),
        (
            '{object(id:"company"){'
            + "fieldsList{relation{targetObjectMetadata{" * 4
            + "id"
            + "}" * 14,
            (
                "Query too complex - Too many nested fields requested: 14 - "
                "Maximum allowed nested fields: 10"
            ),
        ),
        (
            "{currentWorkspace{" + " ".join(f"a{n}:id" for n in range(2_000)) + "}}",
            "Query too complex - Too many fields requested: 2001 - Maximum allowed fields: 2000",
        ),
        (
            "{currentWorkspace{" + "id " * 200 + "}}",
            (
                "Query too complex - Too many repeated fields requested: 199 - "
                "Maximum allowed repeated fields: 100"
            ),
        ),
        (
            "{currentWorkspace{id}} "
            + " ".join(f"fragment F{n} on Workspace{{id}}" for n in range(60)),
            (
                "Query too complex - Too many definitions requested: 61 - "
                "Maximum allowed definitions: 20"
            ),
        ),
        ("{" * 30_000, "Syntax Error: "),
        ("{a" * 5_000 + "}" * 5_000, "Syntax Error: Document is nested too deeply"),
        (
            "{a" * 150 + "}" * 150,
            (
                "Query too complex - Too many nested fields requested: 150 - "
                "Maximum allowed nested fields: 10"
            ),
        ),
        ("{" + " " * 100_001 + "}", "Document is too large. Maximum is 100000 bytes"),
    ],
)
def test_a_document_that_asks_too_much(metadata: Metadata, query: str, message: str) -> None:
    response = metadata.post(query)

    (error,) = response.json()["errors"]
    assert response.status_code == 200
    assert error["message"].startswith(message), error["message"][:200]
    assert error["extensions"]["code"] in ("BAD_USER_INPUT", "GRAPHQL_PARSE_FAILED")


def test_fragments_that_multiply_are_counted_spread(metadata: Metadata) -> None:
    fragments = " ".join(
        f"fragment F{n} on Workspace{{a{n}:id ...F{n + 1} b{n}:id ...F{n + 1} ...F{n + 1}}}"
        for n in range(15)
    )
    query = f"{{currentWorkspace{{...F0}}}} {fragments} fragment F15 on Workspace{{id}}"

    error = metadata.error(query)

    assert error["message"].startswith("Query too complex - Too many fields requested: ")


def test_an_answer_that_grows_beyond_measure_is_refused(metadata: Metadata) -> None:
    query = (
        "{fields(paging:{first:1000}){edges{node{object{fieldsList{object{fieldsList"
        "{object{id}}}}}}}}}"
    )

    body = metadata.post(query).json()

    (error,) = body["errors"]
    assert body["data"] is None
    assert error["message"].startswith("Query complexity is too high. Please, reduce the amount")
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


def test_those_without_a_token_ask_little(metadata: Metadata) -> None:
    query = "{currentWorkspace{" + " ".join(f"a{n}:id" for n in range(200)) + "}}"

    error = metadata.error(query, token=None)

    assert error["message"].endswith("Maximum allowed fields: 100")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"or": [{"id": {"eq": MISSING}}] * 200}, "Too many conditions requested"),
        ({"id": {"in": [MISSING] * 6_000}}, "Too many ids in one condition requested"),
    ],
)
def test_a_filter_that_asks_too_much(metadata: Metadata, wanted: Json, message: str) -> None:
    query = "query($filter:ObjectFilter!){objects(filter:$filter){edges{cursor}}}"

    response = metadata.post(query, {"filter": wanted})

    assert message in response.json()["errors"][0]["message"]


# -- variables -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({}, 'Variable "$first" of required type "Int!" was not provided.'),
        (None, 'Variable "$first" of required type "Int!" was not provided.'),
        ({"first": None}, 'Variable "$first" of non-null type "Int!" must not be null.'),
        ({"first": "2"}, 'Int cannot represent non-integer value: "2"'),
        ({"first": 2**31}, "Int cannot represent non 32-bit signed integer value: 2147483648"),
    ],
)
def test_a_bad_variable_is_http_400(metadata: Metadata, variables: Json, message: str) -> None:
    response = metadata.post(FIRST, variables)

    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert response.json().keys() == {"errors"}
    assert error["message"] == message
    assert error["name"] == "GraphQLError"
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["http"] == {"status": 400}
    assert error["extensions"]["userFriendlyMessage"] == "An error occurred."


def test_all_that_is_wrong_with_the_variables_is_said(metadata: Metadata) -> None:
    query = "mutation($input:CreateOneFieldMetadataInput!){createOneField(input:$input){id}}"
    field = {"type": "TXT", "name": 1, "objectMetadataId": "company", "isActiv": True}

    response = metadata.post(query, {"input": {"field": field}})

    assert response.status_code == 400
    assert {each["message"] for each in response.json()["errors"]} == {
        (
            'Value "TXT" does not exist in "FieldMetadataType" enum. '
            'Did you mean the enum value "TEXT"?'
        ),
        "String cannot represent a non string value: 1",
        'Field "label" of required type "String!" was not provided.',
        'Field "isActiv" is not defined by type "CreateFieldInput". Did you mean "isActive"?',
    }


@pytest.mark.parametrize("value", ["zzz", "not-a-uuid", "", 5, f"{MISSING}0", "company.nothing"])
def test_a_uuid_is_checked_when_it_is_a_variable(metadata: Metadata, value: object) -> None:
    query = "query($id:UUID!){object(id:$id){id}}"

    response = metadata.post(query, {"id": value})

    (error,) = response.json()["errors"]
    assert response.status_code == 400
    assert error["message"] == f"Invalid UUID: '{value}'"
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert error["extensions"]["http"] == {"status": 400}
    assert error["extensions"]["value"] == value


def test_a_uuid_inside_an_input_is_checked_too(metadata: Metadata) -> None:
    query = "query($filter:ObjectFilter!){objects(filter:$filter){edges{cursor}}}"

    one = metadata.post(query, {"filter": {"or": [{"id": {"in": [MISSING, "zzz"]}}]}})
    known = metadata.post(query, {"filter": {"id": {"eq": "companies"}}})

    assert one.status_code == 400
    assert one.json()["errors"][0]["message"] == "Invalid UUID: 'zzz'"
    assert one.json()["errors"][0]["extensions"]["path"] == [
        *("variables", "filter", "or", 0, "id", "in", 1)
    ]
    assert len(known.json()["data"]["objects"]["edges"]) == 1


def test_a_variable_that_is_nested_too_deeply_is_refused(metadata: Metadata) -> None:
    query = "query($filter:ObjectFilter!){objects(filter:$filter){edges{cursor}}}"
    wanted: Json = {}
    for _ in range(200):
        wanted = {"and": [wanted]}

    response = metadata.post(query, {"filter": wanted})

    assert response.json()["errors"][0]["message"].startswith("Query too complex")


# -- introspection ---------------------------------------------------------------------


def test_the_schema_shows_itself_to_those_with_a_token(metadata: Metadata, guest: str) -> None:
    by_key, by_guest = metadata.ask(INTROSPECTION), metadata.ask(INTROSPECTION, token=guest)

    types = {each["name"]: each for each in by_key["__schema"]["types"]}
    fields = {each["name"] for each in types["Object"]["fields"]}
    assert by_key == by_guest
    assert {"Query", "Mutation", "Field", "Relation", "ApiKey", "User"} <= types.keys()
    assert "fieldsList" in fields
    assert "isUIReadOnly" not in fields  # deprecated: hidden, though it can be asked for


def test_the_schema_is_hidden_from_those_without(metadata: Metadata) -> None:
    hidden = metadata.error(INTROSPECTION, token=None)
    typename = metadata.post("{__typename}", token=None).json()

    assert hidden["message"] == (
        "GraphQL introspection has been disabled, but the requested query contained the field "
        '"__schema".'
    )
    assert typename == {"data": {"__typename": "Query"}}
