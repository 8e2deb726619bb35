"""One check of every answer's form, over every record route there is (records A7, B1, B5)."""

from typing import Any

import pytest

from icosa.http.routes import RECORD_ROUTES, Route
from tests.build import Running

Json = Any

RECORD = "c5000000-0000-4000-8000-000000000001"
UNKNOWN = "00000000-0000-4000-8000-000000000000"
STATUS = {"create_one": 201, "create_many": 201}
ENVELOPED = [  # not groupBy, duplicates and merge, whose answers are of other forms
    route
    for route in RECORD_ROUTES
    if route.operation.partition("_")[0] in ("find", "create", "update", "delete", "restore")
    and route.operation.partition("_")[2] in ("one", "many")
]
NAMES = [f"{route.method} {route.path}" for route in RECORD_ROUTES]


@pytest.fixture(autouse=True)
def one_record(app: Running) -> None:
    app.clear()
    app.create("tasks", {"id": RECORD, "title": "One"})


def send(
    app: Running, route: Route, *, record: str = RECORD, body: Json = None, **params: Json
) -> Any:
    path = route.path.replace("{plural}", "tasks").replace("{id}", record)
    usual: Json = [{"title": "x"}] if route.operation == "create_many" else {"title": "x"}
    has_body = route.method in ("POST", "PATCH", "PUT") and not route.operation.startswith(
        "restore"
    )
    return app.rest(
        route.method,
        path.removeprefix("/rest/"),
        body if body is not None else usual if has_body else None,
        **params,
    )


@pytest.mark.parametrize("route", ENVELOPED, ids=lambda route: f"{route.method} {route.path}")
def test_every_success_has_the_envelope_of_its_operation(app: Running, route: Route) -> None:
    verb, _, size = route.operation.partition("_")
    params = {"filter": "title[eq]:One"} if route.operation.endswith("many") else {}

    response = send(app, route, **params)

    assert response.status_code == STATUS.get(route.operation, 200), response.text
    body = response.json()
    name = (
        ("task" if size == "one" else "tasks")
        if verb == "find"
        else (f"{verb}Task" if size == "one" else f"{verb}Tasks")
    )
    assert list(body["data"]) == [name]
    records = [body["data"][name]] if size == "one" else body["data"][name]
    assert len(records) == 1
    assert all(record["id"] for record in records)
    beside = {"totalCount", "pageInfo"} if route.operation == "find_many" else set()
    assert set(body) == {"data"} | beside


def check_error(response: Any, status: int, name: str) -> None:
    body = response.json()
    assert response.status_code == status, response.text
    assert body["statusCode"] == status
    assert body["error"] == name
    assert all(isinstance(message, str) and message for message in body["messages"])
    assert len(body["messages"]) >= 1
    assert set(body) <= {
        "statusCode",
        "error",
        "messages",
        "message",
        "code",
        "hint",
        "path",
        "requestId",
    }
    assert response.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("route", RECORD_ROUTES, ids=NAMES)
def test_every_route_wants_a_token(app: Running, route: Route) -> None:
    path = route.path.replace("{plural}", "tasks").replace("{id}", RECORD)

    check_error(app.send(route.method, path, token=None), 403, "FORBIDDEN_EXCEPTION")
    check_error(app.send(route.method, path, token="x"), 401, "UNAUTHENTICATED")


@pytest.mark.parametrize("route", RECORD_ROUTES, ids=NAMES)
def test_every_route_refuses_an_unknown_object(app: Running, route: Route) -> None:
    path = route.path.replace("{plural}", "tsaks").replace("{id}", RECORD)

    response = app.rest(route.method, path.removeprefix("/rest/"))

    check_error(response, 400, "BadRequestException")


@pytest.mark.parametrize("route", RECORD_ROUTES, ids=NAMES)
def test_every_route_of_one_record_says_when_there_is_none(app: Running, route: Route) -> None:
    if route.operation.endswith("_one") and route.operation != "create_one":
        check_error(send(app, route, record=UNKNOWN), 404, "NotFoundException")
        check_error(send(app, route, record="x"), 400, "BadRequestException")


@pytest.mark.parametrize("route", RECORD_ROUTES, ids=NAMES)
def test_every_route_with_a_filter_refuses_a_bad_one(app: Running, route: Route) -> None:
    if route.operation.endswith("_many") and route.operation != "create_many":
        check_error(send(app, route, filter="foo[eq]:1"), 400, "BadRequestException")
        check_error(send(app, route, filter="("), 400, "BadRequestException")


@pytest.mark.parametrize("route", RECORD_ROUTES, ids=NAMES)
def test_every_route_that_shows_records_refuses_a_bad_depth(app: Running, route: Route) -> None:
    if not route.operation.startswith("delete"):
        check_error(send(app, route, depth=7), 400, "BadRequestException")
    assert app.rest("GET", "tasks").json()["totalCount"] == 1


@pytest.mark.parametrize("route", RECORD_ROUTES, ids=NAMES)
def test_every_route_with_a_body_refuses_what_is_not_json(app: Running, route: Route) -> None:
    if route.method in ("POST", "PATCH", "PUT"):
        path = route.path.replace("{plural}", "tasks").replace("{id}", RECORD)
        check_error(app.send(route.method, path, content=b"{"), 400, "BadRequestException")
        check_error(
            app.send(route.method, path, content=b"{}", headers={"content-type": "text/plain"}),
            415,
            "UnsupportedMediaTypeException",
        )


# -- GraphQL ---------------------------------------------------------------------------

ROOTS = [
    ("query", "tasks", "", "edges { node { id } }"),
    ("query", "task", f'(filter: {{ id: {{ eq: "{RECORD}" }} }})', "id"),
    ("mutation", "createTask", "(data: {})", "id"),
    ("mutation", "createTasks", "(data: [{}])", "id"),
    ("mutation", "updateTask", f'(id: "{RECORD}", data: {{}})', "id"),
    ("mutation", "updateTasks", "(filter: {}, data: {})", "id"),
    ("mutation", "deleteTask", f'(id: "{RECORD}")', "id"),
    ("mutation", "deleteTasks", "(filter: {})", "id"),
    ("mutation", "restoreTask", f'(id: "{RECORD}")', "id"),
    ("mutation", "restoreTasks", "(filter: {})", "id"),
    ("mutation", "destroyTask", f'(id: "{RECORD}")', "id"),
    ("mutation", "destroyTasks", "(filter: {})", "id"),
]


@pytest.mark.parametrize(("kind", "name", "arguments", "selection"), ROOTS)
def test_every_root_answers_under_its_key(
    app: Running, kind: str, name: str, arguments: str, selection: str
) -> None:
    body = app.graphql(f"{kind} {{ {name}{arguments} {{ {selection} }} }}")

    assert list(body) == ["data"]
    assert list(body["data"]) == [name]
    found = body["data"][name]
    if name == "tasks":
        assert found["edges"] == [{"node": {"id": RECORD}}]
    else:
        records = found if name.endswith("s") else [found]
        assert [list(record) for record in records] == [["id"]]


@pytest.mark.parametrize(("kind", "name", "arguments", "selection"), ROOTS)
def test_every_root_refuses_an_argument_that_it_does_not_know(
    app: Running, kind: str, name: str, arguments: str, selection: str
) -> None:
    more = f"({arguments[1:-1]}{', ' if arguments else ''}nonsense: 1)"

    body = app.graphql(f"{kind} {{ {name}{more} {{ {selection} }} }}")

    assert body["data"] == {name: None}
    (error,) = body["errors"]
    assert error["message"] == "Argument not allowed: nonsense"
    assert set(error) == {"message", "extensions"}
    assert {"code", "subCode", "userFriendlyMessage"} <= set(error["extensions"])
    assert app.data("{ tasks { totalCount } }") == {"tasks": {"totalCount": 1}}
