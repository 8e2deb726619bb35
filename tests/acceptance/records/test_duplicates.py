"""findDuplicates (A6, B1): criteria, inputs and answers, faults; in both dialects."""

from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from tests.acceptance.records.roles import restricted
from tests.build import Running

Json = Any

BY_DATA = """query ($data: [PersonCreateInput]) {
  personDuplicates(data: $data) { totalCount edges { node { id } } }
}"""
BY_IDS = """query ($ids: [UUID]) {
  personDuplicates(ids: $ids) { totalCount edges { node { id } } }
}"""


def person(number: int) -> str:
    return f"a0000000-0000-4000-8000-00000000000{number}"


@pytest.fixture(scope="module", autouse=True)
def records(app: Running) -> None:
    app.create(
        "people",
        {"id": person(1), "name": {"firstName": "Anna", "lastName": "Berg"}, "jobTitle": "Buyer"},
        {"id": person(2), "name": {"firstName": "Anna", "lastName": "Berg"}, "jobTitle": "Seller"},
        {
            "id": person(3),
            "name": {"firstName": "Anna", "lastName": "Bergman"},
            "linkedinLink": {"primaryLinkUrl": "https://linkedin.com/in/anna"},
            "emails": {"primaryEmail": "anna@berg.example"},
        },
        {
            "id": person(4),
            "name": {"firstName": "Ann", "lastName": "B"},
            "linkedinLink": {"primaryLinkUrl": "https://linkedin.com/in/anna"},
        },
        {"id": person(5), "name": {"firstName": "Ann", "lastName": "B"}},
        {"id": person(6), "name": {"firstName": "anna", "lastName": "berg"}},
        {"id": person(7), "name": {"firstName": "Anna", "lastName": "Berg"}},
    )
    app.rest("DELETE", f"people/{person(7)}", soft_delete="true")
    app.create("companies", {"name": "Odessa", "domainName": {"primaryLinkUrl": "odessainc.com"}})
    app.create("samples", {"name": "Twin"}, {"name": "Twin"})


def ids(app: Running, *data: Json) -> list[list[str]]:
    """The ids that are found for each of the data; GraphQL and REST agree."""
    found = shown(app.data(BY_DATA, data=list(data))["personDuplicates"])
    response = app.rest("POST", "people/duplicates", {"data": list(data)})
    assert response.status_code == httpx.codes.OK, response.text
    rest = [[r["id"] for r in each["personDuplicates"]] for each in response.json()["data"]]
    assert rest == found
    return found


def shown(answers: Sequence[Json]) -> list[list[str]]:
    for each in answers:
        assert each["totalCount"] == len(each["edges"])
    return [[edge["node"]["id"] for edge in each["edges"]] for each in answers]


# -- criteria --------------------------------------------------------------------------


def test_a_record_is_the_same_by_any_criterion(app: Running) -> None:
    by_name = {"name": {"firstName": "Anna", "lastName": "Berg"}}
    by_link = {"linkedinLink": {"primaryLinkUrl": "https://linkedin.com/in/anna"}}
    by_email = {"emails": {"primaryEmail": "anna@berg.example"}}

    assert ids(app, by_name, by_link, by_email, {**by_name, **by_email}) == [
        [person(1), person(2)],
        [person(3), person(4)],
        [person(3)],
        [person(1), person(2), person(3)],
    ]


def test_all_columns_of_a_criterion_must_be_equal_with_their_case(app: Running) -> None:
    assert ids(
        app,
        {"name": {"firstName": "Anna", "lastName": "Else"}},
        {"name": {"firstName": "Anna"}},
        {"name": {"firstName": "ANNA", "lastName": "BERG"}},
        {"jobTitle": "Buyer"},
        {},
    ) == [[], [], [], [], []]


def test_what_is_shorter_than_three_characters_tells_nothing(app: Running) -> None:
    assert ids(app, {"name": {"firstName": "Ann", "lastName": "B"}}) == [[]]


def test_data_is_normalised_like_what_is_written(app: Running) -> None:
    assert ids(
        app,
        {"emails": {"primaryEmail": "ANNA@Berg.example"}},
        {"linkedinLink": {"primaryLinkUrl": "HTTPS://LinkedIn.com/in/anna/"}},
        {
            "linkedinLink": {
                "primaryLinkUrl": "",
                "secondaryLinks": [{"url": "https://linkedin.com/in/anna", "label": "x"}],
            }
        },
    ) == [[person(3)], [person(3), person(4)], [person(3), person(4)]]


def test_the_record_itself_is_left_out(app: Running) -> None:
    name = {"firstName": "Anna", "lastName": "Berg"}

    assert ids(app, {"id": person(1), "name": name}) == [[person(2)]]


# -- ids -------------------------------------------------------------------------------


def test_ids_are_answered_in_their_order_whatever_is_there(app: Running) -> None:
    asked = [person(2), person(9), person(1), person(7), person(1).upper()]
    found = app.data(BY_IDS, ids=asked)["personDuplicates"]

    assert shown(found) == [[person(1)], [], [person(2)], [], [person(2)]]


def test_duplicates_do_not_depend_on_what_is_selected(app: Running) -> None:
    query = "query ($ids: [UUID]) { personDuplicates(ids: $ids) { totalCount } }"

    assert app.data(query, ids=[person(3)])["personDuplicates"] == [{"totalCount": 1}]


def test_no_ids_have_no_duplicates(app: Running) -> None:
    assert app.data("{ personDuplicates(ids: []) { totalCount } }") == {"personDuplicates": []}
    response = app.rest("POST", "people/duplicates", {"ids": []})
    assert (response.status_code, response.json()) == (200, {"data": []})


def test_custom_objects_have_no_duplicates(app: Running) -> None:
    (first, _) = app.rest("GET", "samples").json()["data"]["samples"]
    by_id = app.rest("POST", "samples/duplicates", {"ids": [first["id"]]}).json()
    by_data = app.data('{ sampleDuplicates(data: [{ name: "Twin" }]) { totalCount } }')

    assert by_id["data"][0]["sampleDuplicates"] == []
    assert by_id["data"][0]["totalCount"] == 0
    assert by_data == {"sampleDuplicates": [{"totalCount": 0}]}


# -- answers ---------------------------------------------------------------------------


def test_rest_answers_whole_records_beside_their_count_and_page(app: Running) -> None:
    response = app.rest("POST", "companies/duplicates", {"data": [{"name": "Odessa"}]})

    (answer,) = response.json()["data"]
    assert list(answer) == ["companyDuplicates", "totalCount", "pageInfo"]
    (record,) = answer["companyDuplicates"]
    assert record["domainName"]["primaryLinkUrl"] == "odessainc.com"
    assert record["searchVector"] == "'odessa':1 'odessainc.com':2"
    assert answer["totalCount"] == 1
    assert list(answer["pageInfo"]) == [
        *("hasNextPage", "hasPreviousPage", "startCursor", "endCursor")
    ]
    assert answer["pageInfo"]["startCursor"] == answer["pageInfo"]["endCursor"] is not None
    deep = app.rest("POST", "companies/duplicates", {"data": [{"name": "Odessa"}]}, depth=1)
    assert deep.json()["data"][0]["companyDuplicates"][0]["people"] == []


def test_an_empty_page_has_no_cursors(app: Running) -> None:
    response = app.rest("POST", "people/duplicates", {"data": [{"jobTitle": "x"}]})

    assert response.json()["data"] == [
        {
            "personDuplicates": [],
            "totalCount": 0,
            "pageInfo": {
                "hasNextPage": False,
                "hasPreviousPage": False,
                "startCursor": None,
                "endCursor": None,
            },
        }
    ]


def test_a_page_holds_two_hundred_and_counts_all(app: Running) -> None:
    many = [{"name": {"firstName": "Legion", "lastName": "Many"}} for _ in range(203)]
    app.create("people", *many[:200])
    app.create("people", *many[200:])
    query = """query ($data: [PersonCreateInput]) { personDuplicates(data: $data) {
      totalCount pageInfo { hasNextPage } edges { node { id } }
    } }"""

    (answer,) = app.data(query, data=many[:1])["personDuplicates"]

    assert answer["totalCount"] == 203
    assert len(answer["edges"]) == 200
    assert answer["pageInfo"] == {"hasNextPage": True}


def test_relations_of_duplicates_may_be_shown_within_bounds(app: Running) -> None:
    query = """query ($ids: [UUID]) { personDuplicates(ids: $ids) {
      edges { node { noteTargets { edges { node { id } } } } } } }"""

    one = app.data(query, ids=[person(1)])
    many = app.graphql(query, ids=[person(n % 9) for n in range(101)])

    assert one["personDuplicates"][0]["edges"][0]["node"]["noteTargets"] == {"edges": []}
    assert many["errors"][0]["extensions"]["subCode"] == "TOO_COMPLEX_QUERY"


def test_duplicates_stand_beside_other_fields(app: Running) -> None:
    query = """query ($ids: [UUID]) {
      personDuplicates(ids: $ids) { totalCount }
      none: personDuplicates(ids: []) { totalCount }
      companies { totalCount }
    }"""

    assert app.data(query, ids=[person(1)]) == {
        "personDuplicates": [{"totalCount": 1}],
        "none": [],
        "companies": {"totalCount": 1},
    }


# -- faults ----------------------------------------------------------------------------

FAULTS: list[tuple[Json, str]] = [
    ({}, 'You have to provide either "data" or "ids" argument'),
    ({"ids": [], "data": []}, 'You cannot provide both "data" and "ids" arguments'),
    (
        {"ids": [person(1)], "data": [{"jobTitle": "x"}]},
        'You cannot provide both "data" and "ids" arguments',
    ),
    ({"data": []}, 'The "data" condition can not be empty when "ids" input not provided'),
    ({"ids": "x"}, 'Invalid argument: "ids" must be an array'),
    ({"data": {"jobTitle": "x"}}, 'Invalid argument: "data" must be an array'),
    ({"ids": ["x"]}, "Invalid UUID value 'x' for field \"id\""),
    ({"ids": [1]}, 'Invalid UUID value 1 for field "id"'),
    ({"ids": [person(1)] * 201}, "Maximum number of records to find duplicates of is 200."),
]


@pytest.mark.parametrize(("arguments", "message"), FAULTS)
def test_arguments_are_refused_in_the_contracts_words(
    app: Running, arguments: Json, message: str
) -> None:
    query = """query ($ids: JSON, $data: JSON) {
      personDuplicates(ids: $ids, data: $data) { totalCount } }"""

    body = app.graphql(query, **arguments)
    response = app.rest("POST", "people/duplicates", arguments)

    assert body["data"] == {"personDuplicates": None}
    assert body["errors"][0]["message"] == message
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert body["errors"][0]["extensions"]["subCode"] == "INVALID_QUERY_INPUT"
    assert response.status_code == httpx.codes.BAD_REQUEST
    assert response.json()["messages"] == [message]
    assert response.json()["error"] == "BadRequestException"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"city": "x"}, 'Object person doesn\'t have any "city" field.'),
        (
            {"emails": {"primaryEmail": "x"}},
            "Invalid string value 'x' for email field \"emails.primaryEmail\"",
        ),
        ({"name": "x"}, "Invalid object value 'x' for field \"name\""),
        (
            {"noteTargets": []},
            "One-to-many relation noteTargets field does not support write operations.",
        ),
        ("x", 'Invalid argument: "data" must be an object'),
    ],
)
def test_data_is_checked_like_what_is_written(app: Running, data: Json, message: str) -> None:
    body = app.graphql(BY_DATA, data=[{"jobTitle": "x"}, data])

    assert body["errors"][0]["message"] == message
    assert body["errors"][0]["extensions"]["path"][:2] == ["data", 1]


def test_an_unknown_argument_is_refused(app: Running) -> None:
    body = app.graphql("{ personDuplicates(id: 1) { totalCount } }")

    assert body["errors"][0]["message"] == "Argument not allowed: id"


def test_a_body_that_is_no_object_is_refused(app: Running) -> None:
    response = app.rest("POST", "people/duplicates", [1])

    assert response.status_code == httpx.codes.BAD_REQUEST


# -- rights ----------------------------------------------------------------------------


def test_what_a_role_may_not_read_tells_it_nothing(app: Running) -> None:
    with restricted(app, ("can_read", "person", "emails")) as other:
        by_id = other.data(BY_IDS, ids=[person(3)])["personDuplicates"]
        refused = other.graphql(BY_DATA, data=[{"emails": {"primaryEmail": "a@b.example"}}])

    assert shown(by_id) == [[person(4)]]
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def test_comparing_needs_no_right_to_write(app: Running) -> None:
    with restricted(app, ("can_update", "person"), ("can_update", "person", "name")) as other:
        name = {"firstName": "Anna", "lastName": "Berg"}
        assert ids(other, {"name": name}) == [[person(1), person(2)]]


def test_what_a_role_may_not_read_at_all_has_no_duplicates_for_it(app: Running) -> None:
    with restricted(app, ("can_read", "person")) as other:
        response = other.rest("POST", "people/duplicates", {"ids": [person(1)]})

    assert response.status_code == httpx.codes.BAD_REQUEST
    assert response.json()["code"] == "PERMISSION_DENIED"
