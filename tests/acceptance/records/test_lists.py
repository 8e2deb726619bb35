"""Lists: orders, pages, cursors, totals, and their errors, in both dialects (A2, A3b, A4, B2)."""

import base64
import json
from typing import Any

import pytest

from tests.build import Running

Json = Any

DIRECTIONS = ("AscNullsFirst", "AscNullsLast", "DescNullsFirst", "DescNullsLast")
IDS = [f"c2000000-0000-4000-8000-00000000000{n}" for n in range(6)]


@pytest.fixture(scope="module", autouse=True)
def records(app: Running) -> None:
    names = ("delta", "Alpha", "", "alpha", "Charlie", "bravo")
    numbers = (3, None, 1, 3, None, 2)
    app.create(
        "companies",
        *(
            {"id": key, "name": name, "employees": number, "position": place}
            for place, (key, name, number) in enumerate(zip(IDS, names, numbers, strict=True))
        ),
    )
    app.create(
        "people",
        {"name": {"firstName": "Zoe", "lastName": "A"}, "companyId": IDS[0]},
        {"name": {"firstName": "zoe", "lastName": "B"}, "companyId": IDS[1]},
        {"name": {"firstName": "Yan"}},
    )


def ordered(app: Running, order: Json) -> list[str]:
    query = "query ($o: JSON) { companies(orderBy: $o) { edges { node { name } } } }"
    edges = app.data(query, o=order)["companies"]["edges"]
    return [edge["node"]["name"] for edge in edges]


def page(app: Running, **arguments: Json) -> Json:
    """Ids of a page of companies, beside its pageInfo."""
    query = """query ($first: Int, $last: Int, $after: String, $before: String, $offset: Int,
        $filter: JSON, $orderBy: JSON) {
      companies(first: $first, last: $last, after: $after, before: $before, offset: $offset,
        filter: $filter, orderBy: $orderBy) {
        edges { cursor node { id name } }
        pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
        totalCount
      }
    }"""
    found = app.data(query, **arguments)["companies"]
    ids = [IDS.index(edge["node"]["id"]) for edge in found["edges"]]
    cursors = [edge["cursor"] for edge in found["edges"]]
    assert found["totalCount"] == len(IDS)
    assert found["pageInfo"]["startCursor"] == (cursors[0] if cursors else None)
    assert found["pageInfo"]["endCursor"] == (cursors[-1] if cursors else None)
    return {
        "ids": ids,
        "next": found["pageInfo"]["hasNextPage"],
        "previous": found["pageInfo"]["hasPreviousPage"],
        "cursors": cursors,
    }


# -- orders ----------------------------------------------------------------------------


def test_without_an_order_records_come_by_id(app: Running) -> None:
    assert page(app)["ids"] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("direction", "names"),
    [
        ("AscNullsFirst", ["", "Alpha", "alpha", "bravo", "Charlie", "delta"]),
        ("AscNullsLast", ["Alpha", "alpha", "bravo", "Charlie", "delta", ""]),
        ("DescNullsFirst", ["", "delta", "Charlie", "bravo", "Alpha", "alpha"]),
        ("DescNullsLast", ["delta", "Charlie", "bravo", "Alpha", "alpha", ""]),
    ],
)
def test_text_is_ordered_without_regard_to_case_and_ties_by_id(
    app: Running, direction: str, names: list[str]
) -> None:
    assert ordered(app, [{"name": direction}]) == names
    assert ordered(app, {"name": direction}) == names
    response = app.rest("GET", "companies", order_by=f"name[{direction}]")
    assert [record["name"] for record in response.json()["data"]["companies"]] == names


def test_several_keys_order_one_after_another(app: Running) -> None:
    names = ordered(app, [{"employees": "DescNullsLast"}, {"name": "DescNullsLast"}])

    assert names == ["delta", "alpha", "bravo", "", "Charlie", "Alpha"]


def test_people_are_ordered_by_their_company(app: Running) -> None:
    query = "query ($o: JSON) { people(orderBy: $o) { edges { node { name { lastName } } } } }"

    edges = app.data(query, o=[{"company": {"name": "DescNullsLast"}}])["people"]["edges"]

    assert [edge["node"]["name"]["lastName"] for edge in edges] == ["A", "B", ""]


def test_rest_orders_by_parts_and_defaults_to_ascending(app: Running) -> None:
    response = app.rest("GET", "people", order_by="name.firstName,name.lastName[DescNullsLast]")

    records = response.json()["data"]["people"]
    assert [record["name"]["lastName"] for record in records] == ["", "B", "A"]


ORDER_FAULTS: list[tuple[str, Json, str | None, str, str]] = [
    (
        "companies",
        {"foo": "AscNullsFirst"},
        "foo",
        'Field "foo" does not exist or is not sortable',
        "FIELD_NOT_FOUND",
    ),
    (
        "companies",
        {"people": "AscNullsFirst"},
        "people",
        'Field "people" does not exist or is not sortable',
        "FIELD_NOT_FOUND",
    ),
    (
        "companies",
        {"name": {"x": "AscNullsFirst"}},
        "name.x",
        (
            'Scalar field "name" requires a direction value (AscNullsFirst, AscNullsLast, '
            "DescNullsFirst, DescNullsLast)"
        ),
        "INVALID_QUERY_INPUT",
    ),
    (
        "companies",
        {"name": "asc"},
        None,
        (
            'Scalar field "name" requires a direction value (AscNullsFirst, AscNullsLast, '
            "DescNullsFirst, DescNullsLast)"
        ),
        "INVALID_QUERY_INPUT",
    ),
    (
        "people",
        {"name": "AscNullsLast"},
        "name[AscNullsLast]",
        (
            'Composite field "name" requires subfield ordering (e.g., { name: { subFieldName: '
            "'AscNullsFirst' } })"
        ),
        "INVALID_QUERY_INPUT",
    ),
    (
        "people",
        {"company": "AscNullsLast"},
        "company[AscNullsLast]",
        (
            'Relation field "company" requires nested field ordering (e.g., { company: { '
            "fieldName: 'AscNullsFirst' } })"
        ),
        "INVALID_QUERY_INPUT",
    ),
    (
        "people",
        {"company": {"foo": "AscNullsLast"}},
        "company.foo",
        'Nested field "foo" not found in target object "company"',
        "INVALID_QUERY_INPUT",
    ),
]


@pytest.mark.parametrize(("plural", "order", "text", "message", "sub_code"), ORDER_FAULTS)
def test_a_faulty_order_is_refused(
    app: Running, plural: str, order: Json, text: str | None, message: str, sub_code: str
) -> None:
    body = app.graphql(f"query ($o: JSON) {{ {plural}(orderBy: $o) {{ totalCount }} }}", o=[order])

    (error,) = body["errors"]
    assert error["message"] == message
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["subCode"] == sub_code
    if text is not None:
        response = app.rest("GET", plural, order_by=text)
        assert response.status_code == 400
        assert response.json()["messages"] == [message]
        assert response.json()["error"] == "BadRequestException"


def test_an_unknown_direction_is_refused_by_rest(app: Running) -> None:
    response = app.rest("GET", "companies", order_by="name[bad]")

    assert response.json()["messages"] == [
        (
            "'order_by' direction 'bad' invalid. Allowed values are 'AscNullsFirst', "
            "'AscNullsLast', 'DescNullsFirst', 'DescNullsLast'. eg: "
            "?order_by=field_1[AscNullsFirst],field_2[DescNullsLast],field_3"
        )
    ]


# -- pages -----------------------------------------------------------------------------


def test_the_first_page_knows_whether_there_is_another(app: Running) -> None:
    assert page(app, first=6) | {"cursors": 0} == {
        "ids": [0, 1, 2, 3, 4, 5],
        "next": False,
        "previous": False,
        "cursors": 0,
    }
    assert page(app, first=2)["next"] is True


def test_first_zero_gives_no_records_and_the_truth(app: Running) -> None:
    found = page(app, first=0)

    assert (found["ids"], found["next"]) == ([], True)


def test_last_without_before_is_the_last_page(app: Running) -> None:
    found = page(app, last=2)

    assert (found["ids"], found["next"], found["previous"]) == ([4, 5], False, True)


def test_a_page_after_a_cursor_knows_that_there_is_one_before(app: Running) -> None:
    cursor = page(app, first=2)["cursors"][-1]

    found = page(app, first=2, after=cursor)

    assert (found["ids"], found["next"], found["previous"]) == ([2, 3], True, True)


def test_a_page_before_a_cursor_comes_in_the_right_order(app: Running) -> None:
    cursor = page(app)["cursors"][4]

    found = page(app, last=2, before=cursor)

    assert (found["ids"], found["next"], found["previous"]) == ([2, 3], True, True)


def test_an_offset_skips(app: Running) -> None:
    found = page(app, first=2, offset=3)

    assert (found["ids"], found["next"], found["previous"]) == ([3, 4], True, True)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("field", ["name", "employees"])
def test_a_walk_loses_no_record_that_has_nulls(app: Running, field: str, direction: str) -> None:
    order = [{field: direction}]
    whole = page(app, orderBy=order)["ids"]

    forward: list[int] = []
    cursor = None
    while True:
        found = page(app, first=2, orderBy=order, **({"after": cursor} if cursor else {}))
        forward += found["ids"]
        if not found["next"]:
            break
        cursor = found["cursors"][-1]
    backward: list[int] = []
    cursor = None
    while True:
        found = page(app, last=2, orderBy=order, **({"before": cursor} if cursor else {}))
        backward = found["ids"] + backward
        if not found["previous"]:
            break
        cursor = found["cursors"][0]

    assert forward == whole
    assert backward == whole


def test_a_cursor_is_the_json_of_its_keys(app: Running) -> None:
    query = "query ($o: JSON) { people(orderBy: $o) { edges { cursor node { id } } } }"
    order = [{"name": {"firstName": "AscNullsFirst"}}, {"name": {"lastName": "AscNullsFirst"}}]

    edge = app.data(query, o=order)["people"]["edges"][0]

    keys = json.loads(base64.b64decode(edge["cursor"]))
    assert keys == {"name": {"firstName": "Yan", "lastName": ""}, "id": edge["node"]["id"]}


def test_a_walk_passes_names_that_are_longer_than_a_cursor(app: Running) -> None:
    names = ["漢" * 1_500, "漢" * 2_000, "漢" * 1_000 + "x", "zebra"]
    app.create("opportunities", *({"name": name} for name in names))

    found: list[str] = []
    cursor: dict[str, str] = {}
    for _ in names:
        page = app.rest("GET", "opportunities", order_by="name", limit=1, **cursor).json()
        found += [record["name"] for record in page["data"]["opportunities"]]
        cursor = {"starting_after": page["pageInfo"]["endCursor"]}

    assert sorted(found) == sorted(names)


def test_rest_pages_both_ways(app: Running) -> None:
    first = app.rest("GET", "companies", limit=2).json()
    second = app.rest(
        "GET", "companies", limit=2, starting_after=first["pageInfo"]["endCursor"]
    ).json()
    back = app.rest(
        "GET", "companies", limit=2, ending_before=second["pageInfo"]["startCursor"]
    ).json()

    assert [record["id"] for record in second["data"]["companies"]] == IDS[2:4]
    assert second["totalCount"] == len(IDS)
    assert back["data"] == first["data"]
    assert back["pageInfo"] == first["pageInfo"]


def test_the_total_can_be_left_out_of_rest(app: Running) -> None:
    assert "totalCount" not in app.rest("GET", "companies", total="false").json()


PAGE_FAULTS: list[tuple[Json, str, str]] = [
    ({"first": 1, "last": 1}, "Cannot provide both first and last", "ARGS_CONFLICT"),
    ({"before": "e30=", "after": "e30="}, "Cannot provide both before and after", "ARGS_CONFLICT"),
    ({"before": "e30=", "first": 1}, "Cannot provide both before and first", "ARGS_CONFLICT"),
    ({"after": "e30=", "last": 1}, "Cannot provide both after and last", "ARGS_CONFLICT"),
    ({"first": -1}, "First argument must be non-negative", "INVALID_ARGS_FIRST"),
    ({"last": -1}, "Last argument must be non-negative", "INVALID_ARGS_LAST"),
    ({"after": "xxx"}, "Invalid cursor: xxx", "INVALID_CURSOR"),
    ({"before": "xxx"}, "Invalid cursor: xxx", "INVALID_CURSOR"),
    ({"first": "x"}, 'Invalid argument: "first" must be a number', "INVALID_QUERY_INPUT"),
    ({"last": True}, 'Invalid argument: "last" must be a number', "INVALID_QUERY_INPUT"),
    ({"offset": "x"}, 'Invalid argument: "offset" must be a number', "INVALID_QUERY_INPUT"),
    ({"after": 1}, 'Invalid argument: "after" must be a string', "INVALID_QUERY_INPUT"),
    ({"before": 1}, 'Invalid argument: "before" must be a string', "INVALID_QUERY_INPUT"),
    ({"filter": 1}, 'Invalid argument: "filter" must be an object', "INVALID_QUERY_INPUT"),
    ({"filter": []}, 'Invalid argument: "filter" must be an object', "INVALID_QUERY_INPUT"),
    ({"orderBy": 1}, 'Invalid argument: "orderBy" must be an array', "INVALID_QUERY_INPUT"),
    ({"orderBy": "name"}, 'Invalid argument: "orderBy" must be an array', "INVALID_QUERY_INPUT"),
]


@pytest.mark.parametrize(("arguments", "message", "sub_code"), PAGE_FAULTS)
def test_faulty_arguments_of_a_list_are_refused(
    app: Running, arguments: Json, message: str, sub_code: str
) -> None:
    given = ", ".join(f"{name}: ${name}" for name in arguments)
    declared = ", ".join(f"${name}: JSON" for name in arguments)
    query = f"query ({declared}) {{ companies({given}) {{ edges {{ node {{ id }} }} }} }}"

    body = app.graphql(query, **arguments)

    (error,) = body["errors"]
    assert error["message"] == message
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["subCode"] == sub_code
    assert error["extensions"]["userFriendlyMessage"] == "An error occurred."
    assert "path" not in error
    assert "locations" not in error
    assert body["data"] == {"companies": None}


def forged(keys: Json) -> str:
    return base64.b64encode(json.dumps(keys).encode()).decode()


@pytest.mark.parametrize(
    "keys",
    [
        {"id": "x"},
        {"id": 1},
        {"id": None},
        {"id": {"a": 1}},
        {"id": []},
        {"id": IDS[0], "name": "x"},
        {"name": "x"},
        [],
        1,
        {},
    ],
)
def test_a_forged_cursor_is_refused(app: Running, keys: Json) -> None:
    for arguments in ({"after": forged(keys)}, {"before": forged(keys)}):
        query = (
            "query ($after: S, $before: S) { companies(after: $after, before: $before) { edges { "
            "node { id } } } }"
        )
        (error,) = app.graphql(query, **arguments)["errors"]
        assert error["message"].startswith("Invalid cursor")
        assert error["extensions"]["subCode"] == "INVALID_CURSOR"
    response = app.rest("GET", "companies", starting_after=forged(keys))
    assert response.status_code == 400
    assert response.json()["messages"][0].startswith("Invalid cursor")


@pytest.mark.parametrize("value", ["x", True, [], {}, {"a": 1}, "1e999", "NaN", "Infinity", 10**30])
def test_a_cursor_with_a_value_that_does_not_fit_is_refused(app: Running, value: Json) -> None:
    query = (
        "query ($after: S) { companies(after: $after, orderBy: {employees: AscNullsFirst}) { "
        "edges { node { id } } } }"
    )

    body = app.graphql(query, after=forged({"employees": value, "id": IDS[0]}))

    for error in body.get("errors", ()):
        assert error["extensions"]["subCode"] == "INVALID_CURSOR", error


def test_a_cursor_of_another_order_is_refused(app: Running) -> None:
    cursor = page(app, orderBy=[{"name": "AscNullsFirst"}])["cursors"][0]
    query = (
        "query ($after: S) { companies(after: $after, orderBy: {employees: AscNullsFirst}) { "
        "totalCount edges { node { id } } } }"
    )

    (error,) = app.graphql(query, after=cursor)["errors"]

    assert error["extensions"]["subCode"] == "INVALID_CURSOR"


def test_more_than_the_most_is_cut_with_a_warning(app: Running) -> None:
    body = app.graphql("{ companies(first: 10001) { pageInfo { hasNextPage } } }")

    assert body["data"] == {"companies": {"pageInfo": {"hasNextPage": False}}}
    assert "10000" in body["extensions"]["warnings"][0].replace(",", "")


REST_FAULTS = [
    ({"limit": "x"}, "limit 'x' is invalid. Should be an integer"),
    ({"limit": "-1"}, "limit '-1' is invalid. Should be an integer"),
    ({"limit": "1.5"}, "limit '1.5' is invalid. Should be an integer"),
    ({"depth": "3"}, "'depth=3' parameter invalid. Allowed values are 0, 1"),
    ({"depth": "x"}, "'depth=x' parameter invalid. Allowed values are 0, 1"),
    ({"starting_after": "xxx"}, "Invalid cursor: xxx"),
    ({"ending_before": "xxx"}, "Invalid cursor: xxx"),
    ({"starting_after": "a", "ending_before": "b"}, "Cannot provide both before and after"),
]


@pytest.mark.parametrize(("params", "message"), REST_FAULTS)
def test_faulty_parameters_are_refused(app: Running, params: dict[str, str], message: str) -> None:
    response = app.rest("GET", "companies", **params)

    assert response.status_code == 400
    assert response.json()["messages"] == [message]
    assert response.json()["error"] == "BadRequestException"


@pytest.mark.parametrize("limit", ["200", "201", "100000", "9" * 30])
def test_a_limit_past_the_cap_becomes_the_cap(app: Running, limit: str) -> None:
    assert app.rest("GET", "companies", limit=limit).status_code == 200


def test_a_limit_of_zero_gives_no_records(app: Running) -> None:
    body = app.rest("GET", "companies", limit=0).json()

    assert body["data"] == {"companies": []}
    assert body["totalCount"] == len(IDS)
    assert body["pageInfo"]["hasNextPage"] is True


def test_a_total_follows_creation_deletion_and_restoration(app: Running) -> None:
    (note,) = app.create("notes", {"title": "One"})
    totals = [app.rest("GET", "notes").json()["totalCount"]]
    app.rest("DELETE", f"notes/{note['id']}", soft_delete="true")
    totals.append(app.rest("GET", "notes").json()["totalCount"])
    app.rest("PATCH", f"restore/notes/{note['id']}")
    totals.append(app.rest("GET", "notes").json()["totalCount"])
    app.rest("DELETE", f"notes/{note['id']}")
    totals.append(app.rest("GET", "notes").json()["totalCount"])

    assert totals == [1, 0, 1, 0]
