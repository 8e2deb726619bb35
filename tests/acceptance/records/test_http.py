"""What comes before a request is understood: method, path, body, caller (records B1, B5, A0)."""

import json

import pytest

from tests.build import BODY_BYTES_MAX, Running

INPUT = "BadRequestException"


def rest_error(response_json: dict[str, object]) -> tuple[object, object, object]:
    return response_json["statusCode"], response_json["error"], response_json["messages"]


# -- callers ---------------------------------------------------------------------------


def test_rest_without_a_token_is_forbidden(app: Running) -> None:
    response = app.send("GET", "/rest/companies", token=None)

    assert response.status_code == 403
    assert response.json() == {
        "statusCode": 403,
        "error": "FORBIDDEN_EXCEPTION",
        "messages": ["Missing authentication token"],
    }


@pytest.mark.parametrize("token", ["nonsense", "icosa_nonsense", "a.b.c", "x" * 5000])
def test_rest_with_a_bad_token_is_unauthenticated(app: Running, token: str) -> None:
    response = app.send("GET", "/rest/companies", token=token)

    assert response.status_code == 401
    assert response.json() == {
        "statusCode": 401,
        "error": "UNAUTHENTICATED",
        "messages": ["Token invalid."],
    }


def test_the_caller_is_asked_for_before_the_path(app: Running) -> None:
    response = app.send("GET", "/rest/nonsense", token=None)

    assert response.status_code == 403


def test_graphql_with_a_bad_token_has_an_error_and_no_data(app: Running) -> None:
    response = app.send(
        "POST", "/graphql", content=b'{"query": "{ companies { totalCount } }"}', token="nonsense"
    )

    body = response.json()
    assert response.status_code == 200
    assert "data" not in body
    assert body["errors"][0]["message"] == "Token invalid."
    assert body["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_graphql_without_a_token_knows_no_records(app: Running) -> None:
    response = app.send(
        "POST", "/graphql", content=b'{"query": "{ companies { totalCount } }"}', token=None
    )

    (error,) = response.json()["errors"]
    assert response.status_code == 200
    assert error["message"] == 'Cannot query field "companies" on type "Query".'
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


# -- paths -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "a/b/c",
            (
                "Query path '/rest/a/b/c' invalid. Valid examples: /rest/companies/id or "
                "/rest/companies or /rest/batch/companies"
            ),
        ),
        ("companies/malformed-uuid", "'malformed-uuid' is not a valid UUID"),
        ("company", "object 'company' not found. Did you mean 'companies'?"),
        ("foo", "object 'foo' not found. eg: companies"),
        ("batch/company", None),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(app: Running, path: str, message: str | None) -> None:
    method = "POST" if path.startswith("batch") else "GET"
    response = app.rest(method, path, [] if method == "POST" else None)

    status, error, messages = rest_error(response.json())
    assert (response.status_code, status, error) == (400, 400, INPUT)
    if message is not None:
        assert messages == [message]


def test_a_path_without_an_object_is_refused(app: Running) -> None:
    response = app.send("GET", "/rest/")

    assert response.status_code == 400
    assert response.json()["messages"] == [
        (
            "Query path '/rest/' invalid. Valid examples: /rest/companies/id or "
            "/rest/companies or /rest/batch/companies"
        )
    ]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PATCH", "batch/companies", {"POST"}),
        ("GET", "batch/companies", {"POST"}),
        (
            "POST",
            "companies/00000000-0000-4000-8000-000000000000",
            {"GET", "PATCH", "PUT", "DELETE"},
        ),
        ("GET", "restore/companies", {"PATCH"}),
        ("OPTIONS", "companies", {"GET", "POST", "PATCH", "PUT", "DELETE"}),
        ("TRACE", "companies", {"GET", "POST", "PATCH", "PUT", "DELETE"}),
    ],
)
def test_an_unknown_method_names_those_allowed(
    app: Running, method: str, path: str, allowed: set[str]
) -> None:
    response = app.rest(method, path, [] if method in ("POST", "PATCH") else None)

    assert response.status_code == 405
    assert response.json()["statusCode"] == 405
    assert allowed <= set(response.headers["allow"].split(", "))


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_graphql_is_posted_or_got(app: Running, method: str) -> None:
    response = app.send(method, "/graphql", content=b"{}")

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"
    assert response.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


def test_graphql_may_be_got(app: Running) -> None:
    response = app.send("GET", "/graphql", params={"query": "{ companies { totalCount } }"})

    assert response.json() == {"data": {"companies": {"totalCount": 0}}}


def test_a_get_changes_nothing(app: Running) -> None:
    query = 'mutation { createCompany(data: { name: "Got" }) { id } }'

    response = app.send("GET", "/graphql", params={"query": query})

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert app.data("{ companies { totalCount } }") == {"companies": {"totalCount": 0}}


def test_head_answers_without_a_body(app: Running) -> None:
    response = app.send("HEAD", "/rest/companies")

    assert response.status_code == 200


# -- bodies ----------------------------------------------------------------------------

NOT_JSON = [b"{", b"{'a': 1}", b"nonsense", b'{"name": }', b"[1,"]


@pytest.mark.parametrize("body", NOT_JSON)
def test_a_rest_body_that_is_not_json_is_refused(app: Running, body: bytes) -> None:
    response = app.send("POST", "/rest/companies", content=body)

    found = response.json()
    assert response.status_code == 400
    assert found["error"] == INPUT
    assert found["messages"][0].startswith("Request body is not valid JSON: ")
    assert found["message"] == found["messages"][0]


@pytest.mark.parametrize("body", NOT_JSON[:-1])
def test_a_graphql_body_that_is_not_json_is_refused(app: Running, body: bytes) -> None:
    response = app.send("POST", "/graphql", content=body)

    (error,) = response.json()["errors"]
    assert response.status_code == 400
    assert error["message"].startswith("Request body is not valid JSON: ")
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("path", ["/rest/companies", "/graphql"])
def test_a_body_that_is_not_utf8_is_refused(app: Running, path: str) -> None:
    response = app.send("POST", path, content=b'{"query": "\xff\xfe", "name": "\xff\xfe"}')

    assert response.status_code == 400


@pytest.mark.parametrize("path", ["/rest/companies", "/graphql"])
def test_a_body_past_the_limit_is_too_large(app: Running, path: str) -> None:
    response = app.send("POST", path, content=b'"' + b"x" * BODY_BYTES_MAX + b'"')

    assert response.status_code == 413
    assert str(BODY_BYTES_MAX) in response.text


@pytest.mark.parametrize("path", ["/rest/companies", "/graphql"])
def test_a_body_nested_too_deeply_is_refused(app: Running, path: str) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    content = b'{"query": "{ __typename }", "variables": {"x": %b}, "name": %b}' % (deep, deep)

    response = app.send("POST", path, content=content)

    assert response.status_code == 400
    assert "nested too deeply" in response.text


def test_json_that_a_record_holds_may_be_as_deep_as_the_limit(app: Running) -> None:
    value: object = 1
    for _ in range(20):
        value = [value]

    (record,) = app.create("samples", {"rawJsonField": {"deep": value}})

    assert record["rawJsonField"] == {"deep": value}


@pytest.mark.parametrize("path", ["/rest/companies", "/graphql"])
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "image/png"])
def test_another_content_type_is_refused(app: Running, path: str, kind: str) -> None:
    response = app.send("POST", path, content=b"{}", headers={"content-type": kind})

    assert response.status_code == 415


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON"]
)
def test_json_by_any_of_its_names_is_accepted(app: Running, kind: str) -> None:
    response = app.send(
        "POST",
        "/graphql",
        content=b'{"query": "{ __typename }"}',
        headers={"content-type": kind},
    )

    assert response.json() == {"data": {"__typename": "Query"}}


def test_an_array_of_operations_is_refused(app: Running) -> None:
    response = app.send("POST", "/graphql", content=b'[{"query": "{ __typename }"}]')

    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "body", [{}, {"query": None}, {"query": 1}, {"query": "{ a }", "variables": 1}]
)
def test_a_body_that_is_no_graphql_request_is_refused(app: Running, body: object) -> None:
    response = app.send("POST", "/graphql", content=json.dumps(body).encode())

    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("body", ["text", 1, None, True])
def test_a_record_is_an_object(app: Running, body: object) -> None:
    response = app.send("POST", "/rest/companies", content=json.dumps(body).encode())

    assert response.status_code == 400, response.text
    assert response.json()["error"] == INPUT


def test_a_batch_is_an_array(app: Running) -> None:
    response = app.rest("POST", "batch/companies", {"name": "One"})

    assert response.status_code == 400
    assert response.json()["error"] == INPUT


def test_a_url_may_be_only_so_long(app: Running) -> None:
    response = app.rest("GET", "companies", filter="name[eq]:" + "x" * 20_000)

    assert response.status_code in (400, 413, 414)


def test_answers_say_that_they_are_json(app: Running) -> None:
    for response in (app.rest("GET", "companies"), app.rest("GET", "nonsense")):
        assert response.headers["content-type"] == "application/json; charset=utf-8"
