"""Aggregates of lists: their values, where they may stand, and what they ignore (records A2)."""

from typing import Any

import pytest

from tests.build import Running

Json = Any

ACME = "c7000000-0000-4000-8000-000000000001"


@pytest.fixture(scope="module", autouse=True)
def records(app: Running) -> None:
    app.create(
        "companies",
        {"id": ACME, "name": "Acme", "employees": 3, "annualRevenue": {"amountMicros": 10**15}},
        {"name": "acme", "employees": 4, "annualRevenue": {"amountMicros": 1}},
        {"name": "", "visaSponsorship": True, "annualRevenue": {"currencyCode": "EUR"}},
        {"name": "Gone", "employees": 1000, "deletedAt": "2024-01-01"},
    )
    app.create(
        "people",
        {"name": {"firstName": "Ada"}, "companyId": ACME},
        {"name": {"lastName": "Ada"}, "companyId": ACME},
        {"jobTitle": "Nobody"},
    )


def of(app: Running, plural: str, fields: str, arguments: str = "") -> Json:
    return app.data(f"{{ {plural}{arguments} {{ {fields} }} }}")[plural]


VALUES: list[tuple[str, Json]] = [
    ("countUniqueValuesName", 2),
    ("countEmptyName", 1),
    ("countNotEmptyName", 2),
    ("percentageEmptyName", 1 / 3),
    ("percentageNotEmptyName", 2 / 3),
    ("countUniqueValuesId", 3),
    ("countEmptyAnnualRevenue", 0),
    ("countUniqueValuesAnnualRevenue", 3),
    ("minAnnualRevenueAmountMicros", 1),
    ("maxAnnualRevenueAmountMicros", 10**15),
    ("sumAnnualRevenueAmountMicros", 10**15 + 1),
    ("avgAnnualRevenueAmountMicros", (10**15 + 1) / 2),
    ("minEmployees", 3),
    ("maxEmployees", 4),
    ("avgEmployees", 3.5),
    ("sumEmployees", 7),
    ("countTrueVisaSponsorship", 1),
    ("countFalseVisaSponsorship", 2),
    ("countNotEmptyDeletedAt", 0),
    ("maxDeletedAt", None),
    ("countNotEmptyWorkPolicy", 0),
    ("countNotEmptySearchVector", 2),
    ("percentageNotEmptyCreatedBy", 1),
    ("countNotEmptyPosition", 3),
]


@pytest.mark.parametrize(("name", "value"), VALUES)
def test_a_list_has(app: Running, name: str, value: Json) -> None:
    assert of(app, "companies", name) == {name: value}


def test_all_of_them_are_one_statement(app: Running) -> None:
    names = [name for name, _ in VALUES]

    assert of(app, "companies", " ".join(names)) == dict(VALUES)


@pytest.mark.parametrize(
    "arguments",
    ["(first: 1)", "(last: 1)", "(first: 0)", "(offset: 2)", "(orderBy: {name: AscNullsFirst})"],
)
def test_a_page_does_not_matter(app: Running, arguments: str) -> None:
    found = of(app, "companies", "sumEmployees totalCount countEmptyName", arguments)

    assert found == {"sumEmployees": 7, "totalCount": 3, "countEmptyName": 1}


def test_a_cursor_does_not_matter(app: Running) -> None:
    cursor = of(app, "companies", "edges { cursor }", "(first: 2)")["edges"][1]["cursor"]

    after = of(app, "companies", "sumEmployees edges { node { id } }", f'(after: "{cursor}")')

    assert after["sumEmployees"] == 7
    assert len(after["edges"]) == 1


def test_filters_matter(app: Running) -> None:
    found = of(
        app,
        "companies",
        "sumEmployees totalCount",
        '(filter: {people: {some: {name: {firstName: {eq: "Ada"}}}}})',
    )
    deleted = of(
        app, "companies", "sumEmployees totalCount", "(filter: {deletedAt: {is: NOT_NULL}})"
    )

    assert found == {"sumEmployees": 3, "totalCount": 1}
    assert deleted == {"sumEmployees": 1000, "totalCount": 1}


def test_a_composite_is_empty_when_its_members_are(app: Running) -> None:
    found = of(app, "people", "countEmptyName countUniqueValuesName countEmptyEmails")

    assert found == {"countEmptyName": 1, "countUniqueValuesName": 1, "countEmptyEmails": 3}


def test_related_lists_have_them_under_any_key_and_beside_pages(app: Running) -> None:
    found = of(
        app,
        "companies",
        "edges { node { people(first: 1) { lone: countEmptyName pageInfo { hasNextPage }"
        " percentageEmptyJobTitle edges { node { jobTitle } } totalCount } } }",
        f'(filter: {{id: {{eq: "{ACME}"}}}})',
    )

    assert found["edges"][0]["node"]["people"] == {
        "lone": 0,
        "pageInfo": {"hasNextPage": True},
        "percentageEmptyJobTitle": 1,
        "edges": [{"node": {"jobTitle": ""}}],
        "totalCount": 2,
    }


def test_writes_show_them_of_related_lists(app: Running) -> None:
    found = app.data(
        f'mutation {{ updateCompany(id: "{ACME}", data: {{tagline: "x"}})'
        " { people { totalCount countEmptyName } } }"
    )

    assert found["updateCompany"] == {"people": {"totalCount": 2, "countEmptyName": 0}}


def test_morph_relations_are_counted_by_their_records(app: Running) -> None:
    person, other = app.create("people", {"jobTitle": "One"}, {"jobTitle": "Two"})
    (note,) = app.create("notes", {"title": "N"})
    app.create(
        "noteTargets",
        {"noteId": note["id"], "targetPersonId": person["id"]},
        {"noteId": note["id"], "targetPersonId": person["id"]},
        {"noteId": note["id"], "targetPersonId": other["id"]},
        {"noteId": note["id"], "targetCompanyId": ACME},
    )
    names = "countUniqueValuesTargetPerson countEmptyTargetPerson countNotEmptyTargetPerson"
    try:
        assert of(app, "noteTargets", names) == {
            "countUniqueValuesTargetPerson": 2,
            "countEmptyTargetPerson": 1,
            "countNotEmptyTargetPerson": 3,
        }
    finally:
        app.rest("DELETE", f"notes/{note['id']}")
        app.rest("DELETE", "people", filter="jobTitle[in]:[One,Two]")


def test_far_ends_of_morph_relations_are_counted_by_what_points_there(app: Running) -> None:
    """The reference lists them, and has no column to look at."""
    target = {
        "targetObjectMetadataId": "sample",
        "targetFieldLabel": "helper",
        "targetFieldIcon": "I",
    }
    created = app.rest(
        "POST",
        "metadata/fields",
        {
            "objectMetadataId": "company",
            "type": "MORPH_RELATION",
            "name": "helped",
            "label": "Helped",
            "morphRelationsCreationPayload": [{**target, "type": "ONE_TO_MANY"}],
        },
    )
    assert created.status_code == 201, created.text
    fields = app.data('{ __type(name: "CompanyConnection") { fields { name } } }')["__type"][
        "fields"
    ]
    suffix = next(f["name"] for f in fields if f["name"].startswith("countEmptyHelped"))[10:]
    join = next(
        f["name"]
        for f in app.data('{ __type(name: "Sample") { fields { name } } }')["__type"]["fields"]
        if f["name"].startswith("helper") and f["name"].endswith("Id")
    )
    app.create("samples", {join: ACME}, {join: ACME}, {"name": "alone"})

    words = ("countEmpty", "countNotEmpty", "countUniqueValues", "percentageEmpty")
    found = of(app, "companies", " ".join(f"{word}{suffix}" for word in words))

    assert list(found.values()) == [2, 1, 2, pytest.approx(2 / 3)]


def test_a_field_with_a_long_name_has_them_too(app: Running) -> None:
    name = "n" * 60
    created = app.rest(
        "POST",
        "metadata/fields",
        {"objectMetadataId": "sample", "type": "NUMBER", "name": name, "label": "Long"},
    )
    assert created.status_code == 201, created.text
    key = f"percentageNotEmptyN{name[1:]}"

    body = app.data(
        f"{{ samples {{ {key} }} companies(first: 1) {{ totalCount }} samplesGroupBy(groupBy: [],"
        f" orderBy: {{aggregate: {{{key}: AscNullsFirst}}}}) {{ {key} }} }}"
    )

    assert body["samples"][key] in (0, None)
    assert body["samplesGroupBy"][0][key] in (0, None)


def test_an_unknown_one_is_null_with_a_suggestion(app: Running) -> None:
    body = app.graphql("{ companies { sumEmployee } }")

    assert body["data"] == {"companies": {"sumEmployee": None}}
    assert body["extensions"]["warnings"] == [
        'Cannot query field "sumEmployee" on type "CompanyConnection". Did you mean "sumEmployees"?'
    ]


def test_strict_documents_may_ask_for_them(app: Running) -> None:
    response = app.send(
        "POST",
        "/graphql",
        content=b'{"query": "{ companies { sumEmployees maxCreatedAt } }"}',
        headers={"x-graphql-strict": "1"},
    )

    assert "errors" not in response.json(), response.text
