"""groupBy: what it gives, in both dialects (records A2, A3c, B1)."""

import json
from typing import Any

import pytest

from tests.build import Running

Json = Any

ACME = "c6000000-0000-4000-8000-000000000001"
BIRCH = "c6000000-0000-4000-8000-000000000002"
GONE = "c6000000-0000-4000-8000-000000000003"
# Wednesday in UTC and in Paris, Tuesday evening in New York; then a Sunday, then a Saturday.
MOMENTS = ("2025-01-01T01:30:00.000Z", "2025-03-30T12:00:00.000Z", "2025-11-15T12:00:00.000Z")


@pytest.fixture(scope="module", autouse=True)
def records(app: Running) -> None:
    app.create(
        "companies",
        {"id": ACME, "name": "Acme", "employees": 120, "workPolicy": ["HYBRID", "ON_SITE"]},
        {"id": BIRCH, "name": "birch", "employees": 7.5, "workPolicy": ["HYBRID"]},
        {"name": "", "visaSponsorship": True},
        {"id": GONE, "name": "Gone", "deletedAt": "2024-01-01"},
    )
    app.create(
        "people",
        {"name": {"firstName": "Ada", "lastName": "B"}, "companyId": ACME, "jobTitle": "Clerk"},
        {"name": {"firstName": "Bo", "lastName": "A"}, "companyId": ACME, "jobTitle": "clerk"},
        {"name": {"firstName": "Cy"}, "companyId": BIRCH, "performanceRating": "RATING_2"},
        {"name": {"firstName": "Di"}, "companyId": GONE, "jobTitle": "Clerk"},
    )
    app.create(
        "samples",
        *(
            {"name": f"at {moment}", "dateTimeField": moment, "dateField": moment[:10]}
            for moment in MOMENTS
        ),
        {"name": "never"},
    )


def grouped(
    app: Running, plural: str, by: Json, fields: str = "totalCount", /, **more: Json
) -> Json:
    """The groups that GraphQL gives; the dimensions' values of a group are not a list of one."""
    query = (
        "query ($groupBy: J, $filter: J, $orderBy: J, $orderByForRecords: J, $limit: J,"
        f" $offsetForRecords: J) {{ {plural}GroupBy(groupBy: $groupBy, filter: $filter,"
        " orderBy: $orderBy, orderByForRecords: $orderByForRecords, limit: $limit,"
        f" offsetForRecords: $offsetForRecords) {{ groupByDimensionValues {fields} }} }}"
    )
    return app.data(query, groupBy=by, **more)[f"{plural}GroupBy"]


def values(groups: Json) -> list[Json]:
    """What each group has of its only dimension, or of all."""
    found = [group["groupByDimensionValues"] for group in groups]
    return [each[0] if len(each) == 1 else each for each in found]


def by_rest(app: Running, plural: str, by: Json, **more: object) -> Json:
    response = app.rest("GET", f"{plural}/groupBy", group_by=json.dumps(by), **more)
    assert response.status_code == 200, response.text
    return response.json()


# -- dimensions ------------------------------------------------------------------------

DIMENSIONS: list[tuple[str, Json, list[Json]]] = [
    ("people", {"jobTitle": True}, [None, "Clerk", "clerk"]),
    ("people", {"name": {"lastName": True}}, [None, "A", "B"]),
    ("people", {"companyId": True}, [ACME, BIRCH, GONE]),
    ("people", {"company": {"name": True}}, [None, "Acme", "birch"]),
    ("people", {"company": {"employees": True}}, [None, "7.5", "120"]),
    ("people", {"performanceRating": True}, [None, "RATING_2"]),
    ("companies", {"employees": True}, [None, "7.5", "120"]),
    ("companies", {"visaSponsorship": True}, [False, True]),
    ("companies", {"workPolicy": True}, [None, ["HYBRID"], ["HYBRID", "ON_SITE"]]),
    ("companies", {"workPolicy": {"unnest": False}}, [None, ["HYBRID"], ["HYBRID", "ON_SITE"]]),
    ("companies", {"workPolicy": {"unnest": True}}, ["HYBRID", "ON_SITE"]),
    ("samples", {"dateField": True}, [None, *(moment[:10] for moment in MOMENTS)]),
    ("samples", {"dateTimeField": True}, [None, *MOMENTS]),
    ("samples", {"dateTimeField": {"granularity": "NONE"}}, [None, *MOMENTS]),
    ("samples", {"dateTimeField": {}}, [None, *MOMENTS]),
]


@pytest.mark.parametrize(("plural", "by", "expected"), DIMENSIONS)
def test_records_are_grouped_by(app: Running, plural: str, by: Json, expected: list[Json]) -> None:
    assert values(grouped(app, plural, [by])) == expected
    assert values(by_rest(app, plural, [by])) == expected


def in_zone(granularity: str, zone: str | None = "UTC", start: str | None = None) -> Json:
    found = {"granularity": granularity, "timeZone": zone, "weekStartDay": start}
    return {key: value for key, value in found.items() if value is not None}


PERIODS: list[tuple[Json, list[Json]]] = [
    (in_zone("DAY"), [None, "2025-01-01", "2025-03-30", "2025-11-15"]),
    (in_zone("DAY", "America/New_York"), [None, "2024-12-31", "2025-03-30", "2025-11-15"]),
    (in_zone("WEEK"), [None, "2024-12-30", "2025-03-24", "2025-11-10"]),
    (in_zone("WEEK", start="MONDAY"), [None, "2024-12-30", "2025-03-24", "2025-11-10"]),
    (in_zone("WEEK", start="SUNDAY"), [None, "2024-12-29", "2025-03-30", "2025-11-09"]),
    (in_zone("WEEK", start="SATURDAY"), [None, "2024-12-28", "2025-03-29", "2025-11-15"]),
    (in_zone("MONTH"), [None, "2025-01-01", "2025-03-01", "2025-11-01"]),
    (in_zone("MONTH", "America/New_York"), [None, "2024-12-01", "2025-03-01", "2025-11-01"]),
    (in_zone("QUARTER"), [None, "2025-01-01", "2025-10-01"]),
    (in_zone("YEAR"), [None, "2025-01-01"]),
    (in_zone("YEAR", "america/new_york"), [None, "2024-01-01", "2025-01-01"]),
    (in_zone("DAY_OF_THE_WEEK", None), [None, "Wednesday", "Saturday", "Sunday"]),
    (in_zone("DAY_OF_THE_WEEK", None, "SUNDAY"), [None, "Sunday", "Wednesday", "Saturday"]),
    (in_zone("DAY_OF_THE_WEEK", None, "SATURDAY"), [None, "Saturday", "Sunday", "Wednesday"]),
    (in_zone("DAY_OF_THE_WEEK", "America/New_York"), [None, "Tuesday", "Saturday", "Sunday"]),
    (in_zone("MONTH_OF_THE_YEAR", None), [None, "January", "March", "November"]),
    (in_zone("QUARTER_OF_THE_YEAR", None), [None, "Q1", "Q4"]),
]


@pytest.mark.parametrize(("definition", "expected"), PERIODS)
def test_moments_are_grouped_by_the_calendar_of_a_time_zone(
    app: Running, definition: Json, expected: list[Json]
) -> None:
    by = [{"dateTimeField": definition}]

    assert values(grouped(app, "samples", by)) == expected
    assert values(by_rest(app, "samples", by)) == expected


@pytest.mark.parametrize(
    ("granularity", "expected"),
    [
        ("DAY", [None, "2025-01-01", "2025-03-30", "2025-11-15"]),
        ("WEEK", [None, "2024-12-30", "2025-03-24", "2025-11-10"]),
        ("QUARTER", [None, "2025-01-01", "2025-10-01"]),
        ("MONTH_OF_THE_YEAR", [None, "January", "March", "November"]),
    ],
)
def test_days_need_no_time_zone(app: Running, granularity: str, expected: list[Json]) -> None:
    assert (
        values(grouped(app, "samples", [{"dateField": {"granularity": granularity}}])) == expected
    )


def test_moments_of_related_records_need_no_time_zone(app: Running) -> None:
    by = [{"company": {"createdAt": {"granularity": "YEAR"}}}]

    years = values(grouped(app, "people", by, orderBy=None))

    assert years[0] is None
    assert len(years) == 2


def test_several_dimensions_are_values_in_their_order(app: Running) -> None:
    by = [{"company": {"name": True}}, {"jobTitle": True}]

    assert values(grouped(app, "people", by)) == [
        [None, "Clerk"],
        ["Acme", "Clerk"],
        ["Acme", "clerk"],
        ["birch", None],
    ]


def test_one_date_may_be_two_dimensions(app: Running) -> None:
    by = [
        {"dateField": {"granularity": "YEAR"}},
        {"dateField": {"granularity": "MONTH_OF_THE_YEAR"}},
    ]

    assert values(grouped(app, "samples", by))[1:] == [
        ["2025-01-01", "January"],
        ["2025-01-01", "March"],
        ["2025-01-01", "November"],
    ]


def test_a_morph_targets_field_is_a_dimension(app: Running) -> None:
    (person,) = app.create("people", {"name": {"firstName": "Target"}, "deletedAt": None})
    (note,) = app.create("notes", {"title": "About"})
    app.create("noteTargets", {"noteId": note["id"], "targetPersonId": person["id"]})

    groups = grouped(app, "noteTargets", [{"targetPerson": {"name": {"firstName": True}}}])

    assert values(groups) == ["Target"]
    assert values(grouped(app, "noteTargets", [{"targetCompanyId": True}])) == [None]
    app.rest("DELETE", f"people/{person['id']}")


def test_a_single_object_stands_for_a_list_of_one(app: Running) -> None:
    assert values(grouped(app, "companies", {"name": True}, limit=2)) == [None, "Acme"]


def test_no_dimension_is_one_group(app: Running) -> None:
    assert grouped(app, "companies", []) == [{"groupByDimensionValues": [], "totalCount": 3}]
    assert by_rest(app, "companies", []) == [{"groupByDimensionValues": []}]


# -- what is counted, and in which order -----------------------------------------------


def test_filters_count_and_deleted_records_don_t(app: Running) -> None:
    everyone = grouped(app, "people", [{"jobTitle": True}])
    found = grouped(
        app, "people", [{"jobTitle": True}], filter={"company": {"name": {"eq": "Acme"}}}
    )
    deleted = grouped(app, "companies", [{"name": True}], filter={"deletedAt": {"is": "NOT_NULL"}})

    assert [group["totalCount"] for group in everyone] == [1, 2, 1]
    assert [group["totalCount"] for group in found] == [1, 1]
    assert values(deleted) == ["Gone"]


def test_aggregates_are_numbers_in_graphql_and_texts_in_rest(app: Running) -> None:
    names = "totalCount avgEmployees percentageEmptyName countTrueVisaSponsorship maxEmployees"
    by = [{"visaSponsorship": True}]

    assert grouped(app, "companies", by, names) == [
        {
            "groupByDimensionValues": [False],
            "totalCount": 2,
            "avgEmployees": 63.75,
            "percentageEmptyName": 0,
            "countTrueVisaSponsorship": 0,
            "maxEmployees": 120,
        },
        {
            "groupByDimensionValues": [True],
            "totalCount": 1,
            "avgEmployees": None,
            "percentageEmptyName": 1,
            "countTrueVisaSponsorship": 1,
            "maxEmployees": None,
        },
    ]
    assert by_rest(app, "companies", by, aggregate=json.dumps(names.split())) == [
        {
            "groupByDimensionValues": [False],
            "totalCount": "2",
            "avgEmployees": "63.75",
            "percentageEmptyName": "0",
            "countTrueVisaSponsorship": "0",
            "maxEmployees": "120",
        },
        {
            "groupByDimensionValues": [True],
            "totalCount": "1",
            "avgEmployees": None,
            "percentageEmptyName": "1",
            "countTrueVisaSponsorship": "1",
            "maxEmployees": None,
        },
    ]


def test_rest_gives_only_the_dimensions_without_aggregates(app: Running) -> None:
    assert by_rest(app, "companies", [{"visaSponsorship": True}]) == [
        {"groupByDimensionValues": [False]},
        {"groupByDimensionValues": [True]},
    ]


ORDERS: list[tuple[str, Json, Json, list[Json]]] = [
    ("people", [{"jobTitle": True}], [{"jobTitle": "DescNullsLast"}], ["Clerk", "clerk", None]),
    (
        "people",
        [{"jobTitle": True}],
        [{"aggregate": {"totalCount": "DescNullsLast"}}],
        ["Clerk", None, "clerk"],
    ),
    (
        "companies",
        [{"name": True}],
        [{"aggregate": {"maxEmployees": "AscNullsLast"}}],
        ["birch", "Acme", None],
    ),
    (
        "companies",
        [{"name": True}],
        [{"aggregate": {"maxEmployees": "DescNullsFirst"}}],
        [None, "Acme", "birch"],
    ),
    (
        "people",
        [{"company": {"name": True}}],
        [{"company": {"name": "DescNullsLast"}}],
        ["birch", "Acme", None],
    ),
    (
        "people",
        [{"name": {"lastName": True}}],
        [{"name": {"lastName": "DescNullsFirst"}}],
        [None, "B", "A"],
    ),
    ("people", [{"companyId": True}], [{"companyId": "DescNullsLast"}], [GONE, BIRCH, ACME]),
    (
        "companies",
        [{"workPolicy": {"unnest": True}}],
        [{"workPolicy": "DescNullsLast"}],
        ["ON_SITE", "HYBRID"],
    ),
    (
        "samples",
        [{"dateField": {"granularity": "MONTH_OF_THE_YEAR"}}],
        [{"dateField": {"granularity": "MONTH_OF_THE_YEAR", "orderBy": "DescNullsLast"}}],
        ["November", "March", "January", None],
    ),
    (
        "samples",
        [{"dateTimeField": in_zone("DAY_OF_THE_WEEK", None, "SUNDAY")}],
        [{"dateTimeField": {"granularity": "DAY_OF_THE_WEEK", "orderBy": "AscNullsLast"}}],
        ["Sunday", "Wednesday", "Saturday", None],
    ),
    (
        "samples",
        [{"dateTimeField": in_zone("MONTH")}],
        [{"dateTimeField": {"granularity": "MONTH", "orderBy": "DescNullsFirst"}}],
        [None, "2025-11-01", "2025-03-01", "2025-01-01"],
    ),
    (
        "samples",
        [{"dateTimeField": {"granularity": "NONE"}}],
        [{"dateTimeField": {"granularity": "NONE", "orderBy": "DescNullsLast"}}],
        [*reversed(MOMENTS), None],
    ),
]


@pytest.mark.parametrize(("plural", "by", "order", "expected"), ORDERS)
def test_groups_are_ordered_by(
    app: Running, plural: str, by: Json, order: Json, expected: list[Json]
) -> None:
    assert values(grouped(app, plural, by, orderBy=order)) == expected
    assert values(grouped(app, plural, by, orderBy=order[0])) == expected
    assert values(by_rest(app, plural, by, order_by=json.dumps(order))) == expected


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (2, 2), (0, 3), (-1, 3), (1.5, 3), (99, 3)])
def test_a_limit_that_is_none_is_fifty(app: Running, limit: float, count: int) -> None:
    assert len(grouped(app, "companies", [{"name": True}], limit=limit)) == count


def test_rest_limits_groups(app: Running) -> None:
    by = [{"name": True}]

    assert [len(by_rest(app, "companies", by, limit=n)) for n in (1, 2, 0, 1000)] == [1, 2, 3, 3]


def test_more_than_the_most_groups_are_cut_with_a_warning(app: Running) -> None:
    body = app.graphql("{ companiesGroupBy(groupBy: {name: true}, limit: 10001) { totalCount } }")

    assert body["extensions"]["warnings"] == ["limit was cut to 10000 groups."]


# -- records ---------------------------------------------------------------------------


def names_of(group: Json) -> list[str]:
    return [edge["node"]["name"]["firstName"] for edge in group["edges"]]


def test_records_of_groups_are_shown_in_their_order_and_paged(app: Running) -> None:
    fields = "edges { node { name { firstName } } } pageInfo { hasNextPage hasPreviousPage }"
    by = [{"companyId": True}]
    order = [{"name": {"firstName": "DescNullsLast"}}]

    acme = grouped(app, "people", by, fields, orderByForRecords=order)[0]
    second = grouped(app, "people", by, fields, orderByForRecords=order, offsetForRecords=1)[0]
    beyond = grouped(app, "people", by, fields, offsetForRecords=9)[0]

    assert names_of(acme) == ["Bo", "Ada"]
    assert acme["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": False}
    assert names_of(second) == ["Ada"]
    assert second["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": True}
    assert names_of(beyond) == []


def test_ten_records_of_a_group_and_five_children_of_each_are_shown(app: Running) -> None:
    (company,) = app.create("companies", {"name": "Crowd"})
    try:
        people = [
            {"name": {"firstName": f"P{n}"}, "companyId": company["id"], "jobTitle": "Crowd"}
            for n in range(11)
        ]
        app.create("people", *people)
        fields = "edges { node { id people { edges { node { id } } } } } pageInfo { hasNextPage }"
        (crowd,) = grouped(
            app, "companies", [{"name": True}], fields, filter={"name": {"eq": "Crowd"}}
        )
        (many,) = grouped(
            app,
            "people",
            [{"jobTitle": True}],
            "totalCount edges { node { id } } pageInfo { hasNextPage }",
            filter={"jobTitle": {"eq": "Crowd"}},
        )
        (sample,) = by_rest(
            app,
            "people",
            [{"jobTitle": True}],
            filter="jobTitle[eq]:Crowd",
            include_records_sample="true",
        )

        assert len(crowd["edges"][0]["node"]["people"]["edges"]) == 5
        assert (many["totalCount"], len(many["edges"])) == (11, 10)
        assert many["pageInfo"]["hasNextPage"] is True
        assert len(sample["records"]) == 10
    finally:
        app.rest("DELETE", "people", filter="jobTitle[eq]:Crowd")
        app.rest("DELETE", f"companies/{company['id']}")


def test_rest_shows_a_sample_of_whole_records(app: Running) -> None:
    (group, *_) = by_rest(
        app,
        "people",
        [{"companyId": True}],
        include_records_sample="true",
        order_by_for_records="name.firstName[DescNullsLast]",
        aggregate='["totalCount"]',
    )

    assert list(group) == ["groupByDimensionValues", "totalCount", "records"]
    assert [record["name"]["firstName"] for record in group["records"]] == ["Bo", "Ada"]
    assert group["records"][0]["companyId"] == ACME
    assert "company" not in group["records"][0]


@pytest.mark.parametrize("text", ["false", "1", "TRUE", ""])
def test_a_sample_is_only_shown_for_true(app: Running, text: str) -> None:
    (group, *_) = by_rest(app, "people", [{"companyId": True}], include_records_sample=text)

    assert "records" not in group


def test_cursors_of_records_name_their_order(app: Running) -> None:
    fields = "edges { cursor } pageInfo { startCursor endCursor }"

    (acme, *_) = grouped(
        app,
        "people",
        [{"companyId": True}],
        fields,
        orderByForRecords=[{"company": {"name": "AscNullsLast"}}],
    )

    cursors = [edge["cursor"] for edge in acme["edges"]]
    assert (acme["pageInfo"]["startCursor"], acme["pageInfo"]["endCursor"]) == (
        cursors[0],
        cursors[-1],
    )
    query = (
        "query ($c: S) { people(after: $c, orderBy: {company: {name: AscNullsLast}}, first: 1)"
        " { edges { cursor } } }"
    )
    assert app.data(query, c=cursors[0])["people"]["edges"][0]["cursor"] == cursors[1]


def test_keys_stand_as_they_were_selected(app: Running) -> None:
    body = app.graphql(
        "{ a: companiesGroupBy(groupBy: [{name: true}], limit: 1) { __typename n: totalCount"
        " v: groupByDimensionValues nothing edges { __typename node { __typename } } } }"
    )

    assert body["data"]["a"] == [
        {
            "__typename": "CompanyGroupByConnection",
            "n": 1,
            "v": [None],
            "nothing": None,
            "edges": [{"__typename": "CompanyEdge", "node": {"__typename": "Company"}}],
        }
    ]
    assert body["extensions"]["warnings"] == [
        'Cannot query field "nothing" on type "CompanyGroupByConnection".'
    ]


def test_too_many_related_lists_are_refused(app: Running) -> None:
    (error,) = app.graphql(
        "{ companiesGroupBy(groupBy: [{name: true}], limit: 10000)"
        " { edges { node { people { totalCount } } } } }"
    )["errors"]

    assert error["message"].startswith("Query complexity is too high.")
    assert error["extensions"]["subCode"] == "TOO_COMPLEX_QUERY"
