"""Every error of groupBy, in both dialects (records A0, A3c, B2)."""

import json
from typing import Any

import pytest

from tests.build import Running

Json = Any

INPUT = "INVALID_QUERY_INPUT"
TIME_ZONE_MISSING = (
    "Time zone should be specified for a group by date on Day, Week, Month, Quarter or Year"
)
SPLIT = "in one GroupByInput, split them into multiple GroupByInput"

FAULTS: list[tuple[str, Json, str, str]] = [
    ("people", {"foo": True}, "Unidentified field in groupBy: foo", INPUT),
    (
        "people",
        {"jobTitle": True, "companyId": True},
        f"You cannot provide multiple fields {SPLIT}",
        INPUT,
    ),
    (
        "people",
        {"name": {"firstName": True, "lastName": True}},
        f"You cannot provide multiple subfields {SPLIT}",
        INPUT,
    ),
    (
        "people",
        {"company": {"name": True, "employees": True}},
        f"You cannot provide multiple nested fields {SPLIT}",
        INPUT,
    ),
    (
        "people",
        {"company": {"address": {"addressCity": True, "addressState": True}}},
        f"You cannot provide multiple nested subfields {SPLIT}",
        INPUT,
    ),
    *(
        (plural, {name: True}, f'Field "{name}" is not supported in groupBy', INPUT)
        for plural, name in (
            ("companies", "id"),
            ("companies", "deletedAt"),
            ("companies", "searchVector"),
            ("companies", "createdBy"),
            ("companies", "updatedBy"),
            ("companies", "position"),
            ("companies", "people"),
            ("people", "avatarUrl"),
            ("people", "avatarFile"),
            ("samples", "rawJsonField"),
        )
    ),
    ("people", {"company": {"id": True}}, 'Field "id" is not supported in groupBy', INPUT),
    (
        "people",
        {"company": {"foo": True}},
        'Nested field "foo" not found in target object "company"',
        INPUT,
    ),
    (
        "people",
        {"company": {"accountOwner": {"name": {"firstName": True}}}},
        "Cannot group by a relation field of the relation field: accountOwner",
        INPUT,
    ),
    (
        "people",
        {"company": {"people": {"jobTitle": True}}},
        "Cannot group by a relation field of the relation field: people",
        INPUT,
    ),
    (
        "companies",
        {"address": {"foo": True}},
        'Composite subfield "foo" is not supported in groupBy for "address"',
        INPUT,
    ),
    (
        "companies",
        {"domainName": {"secondaryLinks": True}},
        'Composite subfield "secondaryLinks" is not supported in groupBy for "domainName"',
        INPUT,
    ),
    *(
        (plural, by, f'Invalid groupBy definition for field "{name}"', INPUT)
        for plural, by, name in (
            ("companies", {"name": False}, "name"),
            ("companies", {"name": "yes"}, "name"),
            ("companies", {"name": 1}, "name"),
            ("companies", {"name": [True]}, "name"),
            ("companies", {"name": {"x": True}}, "name"),
            ("companies", {"name": {"unnest": True}}, "name"),
            ("companies", {"workPolicy": {"unnest": "x"}}, "workPolicy"),
            ("companies", {"workPolicy": {}}, "workPolicy"),
            ("companies", {"address": True}, "address"),
            ("companies", {"address": {}}, "address"),
            ("companies", {"address": {"addressCity": {"a": True}}}, "addressCity"),
            ("people", {"company": True}, "company"),
            ("samples", {"dateField": {"granularity": "CENTURY"}}, "dateField"),
            ("samples", {"dateField": {"granularity": 1}}, "dateField"),
            (
                "samples",
                {"dateField": {"granularity": "WEEK", "weekStartDay": "FRIDAY"}},
                "dateField",
            ),
            ("samples", {"dateField": {"granularity": "DAY", "more": True}}, "dateField"),
            ("samples", {"dateTimeField": {"granularity": "DAY", "timeZone": 5}}, "dateTimeField"),
        )
    ),
    *(
        (
            "samples",
            {"dateTimeField": {"granularity": granularity}},
            TIME_ZONE_MISSING,
            "MISSING_TIMEZONE_FOR_DATE_GROUP_BY",
        )
        for granularity in ("DAY", "WEEK", "MONTH", "QUARTER", "YEAR")
    ),
    *(
        (
            "samples",
            {"dateTimeField": {"granularity": "DAY", "timeZone": zone}},
            f"Invalid timezone: {zone}",
            "INVALID_TIMEZONE",
        )
        for zone in ("X", "+02:00", "Europe", "", "'; drop table x", "localtime")
    ),
    (
        "people",
        {"company": {"createdAt": {"granularity": "DAY", "timeZone": "Mars/Base"}}},
        "Invalid timezone: Mars/Base",
        "INVALID_TIMEZONE",
    ),
]


@pytest.mark.parametrize(("plural", "by", "message", "sub_code"), FAULTS)
def test_a_wrong_dimension_is_refused(
    app: Running, plural: str, by: Json, message: str, sub_code: str
) -> None:
    query = f"query ($by: J) {{ {plural}GroupBy(groupBy: $by) {{ totalCount }} }}"
    body = app.graphql(query, by=[by])
    response = app.rest("GET", f"{plural}/groupBy", group_by=json.dumps([by]))

    (error,) = body["errors"]
    assert body["data"] == {f"{plural}GroupBy": None}
    assert error["message"] == message
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["subCode"] == sub_code
    assert response.status_code == 400
    assert response.json()["messages"] == [message]
    assert response.json()["error"] == "BadRequestException"


NOT_GROUPED = "Cannot order by a field that is not an aggregate nor in groupBy criteria:"
DIRECTION = (
    "requires a direction value (AscNullsFirst, AscNullsLast, DescNullsFirst, DescNullsLast)"
)
MONTH = [{"dateField": {"granularity": "MONTH"}}]

ORDER_FAULTS: list[tuple[str, Json, Json, str]] = [
    ("companies", [{"name": True}], {"employees": "AscNullsFirst"}, f"{NOT_GROUPED} employees."),
    ("companies", [{"name": True}], {"people": "AscNullsFirst"}, f"{NOT_GROUPED} people."),
    ("companies", [{"name": True}], {"createdAt": "AscNullsFirst"}, f"{NOT_GROUPED} createdAt."),
    (
        "companies",
        [{"address": {"addressCity": True}}],
        {"address": {"addressState": "AscNullsFirst"}},
        f"{NOT_GROUPED} address.addressState.",
    ),
    (
        "people",
        [{"company": {"name": True}}],
        {"company": {"employees": "AscNullsFirst"}},
        f"{NOT_GROUPED} company.employees.",
    ),
    (
        "samples",
        [{"dateField": {"granularity": "YEAR"}}],
        {"dateField": {"granularity": "MONTH", "orderBy": "AscNullsFirst"}},
        "Cannot order by a date granularity that is not in groupBy criteria: MONTH",
    ),
    (
        "samples",
        MONTH,
        {"dateField": "AscNullsFirst"},
        (
            "Cannot order by a field that is not in groupBy or that is not an aggregate field: "
            "dateField."
        ),
    ),
    (
        "samples",
        MONTH,
        {"dateField": {"orderBy": "AscNullsFirst"}},
        (
            "Cannot order by a field that is not in groupBy or that is not an aggregate field: "
            "dateField."
        ),
    ),
    (
        "companies",
        [{"name": True}],
        {"aggregate": {"totalCount": "AscNullsFirst", "maxEmployees": "AscNullsFirst"}},
        "Please provide aggregate criteria one by one in orderBy array",
    ),
    (
        "companies",
        [{"name": True}],
        {"name": "AscNullsFirst", "aggregate": {"totalCount": "AscNullsFirst"}},
        "Please provide orderBy field criteria one by one in orderBy array",
    ),
    (
        "companies",
        [{"address": {"addressCity": True}}],
        {"address": {"addressCity": "AscNullsFirst", "addressState": "AscNullsFirst"}},
        "Please provide orderBy field criteria one by one in orderBy array",
    ),
    (
        "companies",
        [{"name": True}],
        {"foo": "AscNullsFirst"},
        "Cannot orderBy unknown field: foo.",
    ),
    (
        "people",
        [{"company": {"name": True}}],
        {"company": {"foo": "AscNullsFirst"}},
        "Cannot orderBy unknown field: foo.",
    ),
    (
        "companies",
        [{"name": True}],
        {"aggregate": {"avgName": "AscNullsFirst"}},
        "Unknown aggregate field: avgName",
    ),
    ("companies", [{"name": True}], {"name": "asc"}, f'Scalar field "name" {DIRECTION}'),
    (
        "companies",
        [{"name": True}],
        {"aggregate": {"totalCount": "asc"}},
        f'Scalar field "totalCount" {DIRECTION}',
    ),
    (
        "companies",
        [{"address": {"addressCity": True}}],
        {"address": "AscNullsFirst"},
        (
            'Composite field "address" requires subfield ordering '
            "(e.g., { address: { subFieldName: 'AscNullsFirst' } })"
        ),
    ),
    (
        "people",
        [{"company": {"name": True}}],
        {"company": "AscNullsFirst"},
        (
            'Relation field "company" requires nested field ordering '
            "(e.g., { company: { fieldName: 'AscNullsFirst' } })"
        ),
    ),
]


@pytest.mark.parametrize(("plural", "by", "order", "message"), ORDER_FAULTS)
def test_a_wrong_order_is_refused(
    app: Running, plural: str, by: Json, order: Json, message: str
) -> None:
    query = (
        f"query ($by: J, $o: J) {{ {plural}GroupBy(groupBy: $by, orderBy: $o) {{ totalCount }} }}"
    )
    body = app.graphql(query, by=by, o=[order])
    response = app.rest(
        "GET", f"{plural}/groupBy", group_by=json.dumps(by), order_by=json.dumps([order])
    )

    (error,) = body["errors"]
    assert error["message"] == message
    assert error["extensions"]["subCode"] == INPUT
    assert response.status_code == 400
    assert response.json()["messages"] == [message]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", 'Missing required argument: "groupBy" must be an array.'),
        ("(groupBy: null)", 'Missing required argument: "groupBy" must be an array.'),
        ("(groupBy: 1)", 'Missing required argument: "groupBy" must be an array.'),
        ("(groupBy: [1])", 'Missing required argument: "groupBy" must be an array.'),
        ("(groupBy: [], viewId: 1)", "Argument not allowed: viewId"),
        ("(groupBy: [], first: 1)", "Argument not allowed: first"),
        ('(groupBy: [], limit: "1")', 'Invalid argument: "limit" must be a number'),
        (
            "(groupBy: [], offsetForRecords: true)",
            'Invalid argument: "offsetForRecords" must be a number',
        ),
        ("(groupBy: [], filter: 1)", 'Invalid argument: "filter" must be an object'),
        ("(groupBy: [], orderBy: 1)", 'Invalid argument: "orderBy" must be an array'),
        (
            "(groupBy: [], orderByForRecords: 1)",
            'Invalid argument: "orderByForRecords" must be an array',
        ),
    ],
)
def test_a_wrong_argument_is_refused(app: Running, arguments: str, message: str) -> None:
    (error,) = app.graphql(f"{{ companiesGroupBy{arguments} {{ totalCount }} }}")["errors"]

    assert error["message"] == message
    assert error["extensions"]["subCode"] == INPUT


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("group_by", text) for text in ("", "x", "{}", '{"name": true}', "[1]", "[" * 5000)),
        *(("order_by", text) for text in ("name[AscNullsFirst]", "{}", "1", '["name"]')),
    ],
)
def test_rest_refuses_what_is_no_list_of_objects(app: Running, name: str, text: str) -> None:
    parameters = {"group_by": '[{"name": true}]', name: text}

    response = app.rest("GET", "companies/groupBy", **parameters)

    assert response.status_code == 400
    assert response.json()["messages"][0].startswith(
        f"Invalid {name} query parameter - should be a valid array of objects - ex: "
    )


def test_rest_needs_dimensions(app: Running) -> None:
    response = app.rest("GET", "companies/groupBy")

    assert response.status_code == 400
    assert response.json()["messages"][0].startswith("Invalid group_by query parameter")


@pytest.mark.parametrize("text", ["x", "{}", "[1]", '"totalCount"', "totalCount"])
def test_rest_refuses_what_is_no_list_of_names(app: Running, text: str) -> None:
    response = app.rest("GET", "companies/groupBy", group_by='[{"name": true}]', aggregate=text)

    assert response.status_code == 400
    assert response.json()["messages"] == [
        (
            "Invalid aggregate query parameter - should be a valid array of string - ex: "
            '["countNotEmptyId", "countEmptyField"]'
        )
    ]


def test_rest_refuses_aggregates_that_are_unknown(app: Running) -> None:
    response = app.rest(
        "GET",
        "companies/groupBy",
        group_by='[{"name": true}]',
        aggregate='["totalCount", "avgName", "foo"]',
    )

    assert response.status_code == 400
    assert response.json()["messages"] == ["Unknown aggregate field(s): avgName, foo"]


@pytest.mark.parametrize("limit", ["x", "-1", "1.5"])
def test_rest_refuses_a_limit_that_is_no_number(app: Running, limit: str) -> None:
    response = app.rest("GET", "companies/groupBy", group_by='[{"name": true}]', limit=limit)

    assert response.status_code == 400
    assert response.json()["messages"] == [f"limit '{limit}' is invalid. Should be an integer"]


def test_rest_warns_of_what_it_does_not_know(app: Running) -> None:
    response = app.rest("GET", "companies/groupBy", group_by="[]", groupBy="[]")

    assert response.headers["warning"].startswith('299 icosa "Unknown parameter groupBy')


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_groups_are_only_read(app: Running, method: str) -> None:
    response = app.rest(method, "companies/groupBy", {} if method != "DELETE" else None)

    assert response.status_code == 405
    assert response.headers["allow"] == "GET"


def test_one_bad_root_leaves_the_others(app: Running) -> None:
    body = app.graphql(
        "{ companies { totalCount } bad: companiesGroupBy(groupBy: [{createdAt: {granularity: DAY,"
        ' timeZone: "X"}}]) { totalCount } good: companiesGroupBy(groupBy: []) { totalCount } }'
    )

    assert body["data"] == {
        "companies": {"totalCount": 0},
        "bad": None,
        "good": [{"totalCount": 0}],
    }
    assert [error["message"] for error in body["errors"]] == ["Invalid timezone: X"]
