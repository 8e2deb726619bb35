"""Filters: what they find, and every error of one, in both dialects (records A3, B3)."""

from typing import Any

import pytest

from tests.build import Running

Json = Any

ACME = "c1000000-0000-4000-8000-000000000001"
BIRCH = "c1000000-0000-4000-8000-000000000002"


@pytest.fixture(scope="module", autouse=True)
def records(app: Running) -> None:
    app.create(
        "companies",
        {
            "id": ACME,
            "name": "Acme",
            "employees": 120,
            "workPolicy": ["HYBRID"],
            "address": {"addressCity": "Paris"},
            "visaSponsorship": True,
            "domainName": {"primaryLinkUrl": "acme.example"},
        },
        {"id": BIRCH, "name": "birch", "employees": 7, "workPolicy": ["ON_SITE", "HYBRID"]},
        {"name": ""},
        {"name": "Gone", "deletedAt": "2024-01-01"},
    )
    app.create(
        "people",
        {
            "name": {"firstName": "Ada"},
            "companyId": ACME,
            "emails": {"primaryEmail": "a@x.example"},
        },
        {"name": {"firstName": "ada"}, "companyId": ACME, "jobTitle": "Clerk"},
        {"name": {"firstName": "Grace"}, "companyId": BIRCH, "performanceRating": "RATING_4"},
        {"name": {"firstName": "Lone"}},
    )
    app.create(
        "samples",
        {
            "name": "full",
            "textField": "a_b%c",
            "numberField": 1.5,
            "booleanField": True,
            "uuidField": ACME,
            "dateField": "2024-02-29",
            "dateTimeField": "2024-02-29T10:30:00.123Z",
            "selectField": "OPTION_1",
            "multiSelectField": ["OPTION_1", "OPTION_2"],
            "arrayField": ["One", "two"],
            "rawJsonField": {"key": "value"},
            "ratingField": "RATING_3",
            "currencyField": {"amountMicros": 5, "currencyCode": "EUR"},
            "linksField": {
                "primaryLinkUrl": "icosa.example",
                "secondaryLinks": [{"url": "other.example", "label": "Other"}],
            },
        },
        {"name": "empty"},
        {"name": "false", "booleanField": False, "numberField": -3, "selectField": "OPTION_2"},
    )


def found(app: Running, plural: str, where: Json) -> list[str]:
    """The names of what GraphQL finds, sorted."""
    query = f"query ($f: JSON) {{ {plural}(filter: $f) {{ edges {{ node {{ name }} }} }} }}"
    edges = app.data(query, f=where)[plural]["edges"]
    return sorted(_name(edge["node"]) for edge in edges)


def found_by_rest(app: Running, plural: str, where: str) -> list[str]:
    response = app.rest("GET", plural, filter=where)
    assert response.status_code == 200, response.text
    return sorted(_name(record) for record in response.json()["data"][plural])


def _name(record: Json) -> str:
    name = record["name"]
    return str(name["firstName"] if isinstance(name, dict) else name)


FINDS: list[tuple[str, Json, str | None, list[str]]] = [
    ("companies", {}, "", ["", "Acme", "birch"]),
    ("companies", {"name": {"eq": "Acme"}}, "name[eq]:Acme", ["Acme"]),
    ("companies", {"name": {"eq": "acme"}}, "name[eq]:acme", []),
    ("companies", {"name": {"neq": "Acme"}}, "name[neq]:Acme", ["birch"]),
    ("companies", {"name": {"in": ["Acme", "birch"]}}, "name[in]:[Acme,birch]", ["Acme", "birch"]),
    ("companies", {"name": {"in": ["Acme"]}}, 'name[in]:["Acme"]', ["Acme"]),
    ("companies", {"name": {"like": "A%"}}, 'name[like]:"A%"', ["Acme"]),
    ("companies", {"name": {"like": "a%"}}, "name[like]:a%", []),
    ("companies", {"name": {"ilike": "a%"}}, "name[ilike]:a%", ["Acme"]),
    ("companies", {"name": {"startsWith": "Ac"}}, "name[startsWith]:Ac", ["Acme"]),
    ("companies", {"name": {"startsWith": "ac"}}, "name[startsWith]:ac", []),
    ("companies", {"name": {"endsWith": "rch"}}, "name[endsWith]:rch", ["birch"]),
    ("companies", {"name": {"gt": "Acme"}}, "name[gt]:Acme", ["birch"]),
    ("companies", {"name": {"gte": "Acme", "lt": "B"}}, "name[gte]:Acme,name[lt]:B", ["Acme"]),
    ("companies", {"name": {"regex": "^[A-C]"}}, "name[regex]:^[A-C]", ["Acme"]),
    ("companies", {"name": {"iregex": "^BIR"}}, "name[iregex]:^BIR", ["birch"]),
    ("companies", {"name": {"is": "NULL"}}, "name[is]:NULL", [""]),
    ("companies", {"name": {"is": "NOT_NULL"}}, "name[is]:NOT_NULL", ["Acme", "birch"]),
    ("companies", {"name": {"eq": ""}}, 'name[eq]:""', [""]),
    ("companies", {"name": {"eq": None}}, None, [""]),
    ("companies", {"name": {"neq": ""}}, 'name[neq]:""', ["Acme", "birch"]),
    ("companies", {"name": {"like": ""}}, 'name[like]:""', [""]),
    ("companies", {"name": {"ilike": ""}}, 'name[ilike]:""', [""]),
    ("companies", {"employees": {"eq": 7}}, "employees[eq]:7", ["birch"]),
    ("companies", {"employees": {"eq": "7"}}, "employees[eq]:'7'", ["birch"]),
    ("companies", {"employees": {"gt": 7}}, "employees[gt]:7", ["Acme"]),
    ("companies", {"employees": {"in": [7, 8]}}, "employees[in]:[7,8]", ["birch"]),
    ("companies", {"employees": {"neq": 7}}, "employees[neq]:7", ["Acme"]),
    (
        "companies",
        {"workPolicy": {"containsAny": ["ON_SITE"]}},
        "workPolicy[containsAny]:[ON_SITE]",
        ["birch"],
    ),
    ("companies", {"workPolicy": {"is": "NULL"}}, "workPolicy[is]:NULL", [""]),
    ("companies", {"workPolicy": {"isEmptyArray": True}}, "workPolicy[isEmptyArray]:true", [""]),
    (
        "companies",
        {"workPolicy": {"isEmptyArray": False}},
        "workPolicy[isEmptyArray]:false",
        ["Acme", "birch"],
    ),
    ("companies", {"visaSponsorship": {"eq": True}}, "visaSponsorship[eq]:true", ["Acme"]),
    (
        "companies",
        {"address": {"addressCity": {"eq": "Paris"}}},
        "address.addressCity[eq]:Paris",
        ["Acme"],
    ),
    (
        "companies",
        {"address": {"addressCity": {"is": "NULL"}}},
        "address.addressCity[is]:NULL",
        ["", "birch"],
    ),
    ("companies", {"id": {"in": [ACME, BIRCH]}}, f"id[in]:[{ACME},{BIRCH}]", ["Acme", "birch"]),
    (
        "companies",
        {"or": [{"name": {"eq": "Acme"}}, {"employees": {"eq": 7}}]},
        "or(name[eq]:Acme,employees[eq]:7)",
        ["Acme", "birch"],
    ),
    (
        "companies",
        {"and": [{"name": {"eq": "Acme"}}, {"employees": {"eq": 7}}]},
        "and(name[eq]:Acme,employees[eq]:7)",
        [],
    ),
    ("companies", {"not": {"name": {"eq": "Acme"}}}, "not(name[eq]:Acme)", ["birch"]),
    ("companies", {"not": {"name": {"is": "NULL"}}}, "not(name[is]:NULL)", ["Acme", "birch"]),
    ("companies", {"and": []}, None, ["", "Acme", "birch"]),
    ("companies", {"deletedAt": {"is": "NOT_NULL"}}, "deletedAt[is]:NOT_NULL", ["Gone"]),
    ("companies", {"not": {"deletedAt": {"is": "NULL"}}}, "not(deletedAt[is]:NULL)", ["Gone"]),
    (
        "companies",
        {"or": [{"deletedAt": {"is": "NULL"}}, {"deletedAt": {"is": "NOT_NULL"}}]},
        "or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL)",
        ["", "Acme", "Gone", "birch"],
    ),
    ("people", {"companyId": {"eq": ACME}}, f"companyId[eq]:{ACME}", ["Ada", "ada"]),
    ("people", {"companyId": {"is": "NULL"}}, "companyId[is]:NULL", ["Lone"]),
    (
        "people",
        {"company": {"name": {"ilike": "%ac%"}}},
        "company.name[ilike]:%ac%",
        ["Ada", "ada"],
    ),
    (
        "people",
        {"company": {"address": {"addressCity": {"eq": "Paris"}}}},
        "company.address.addressCity[eq]:Paris",
        ["Ada", "ada"],
    ),
    (
        "people",
        {"company": {"people": {"some": {"jobTitle": {"eq": "Clerk"}}}}},
        None,
        ["Ada", "ada"],
    ),
    (
        "people",
        {"name": {"firstName": {"eq": "Ada"}}, "companyId": {"is": "NOT_NULL"}},
        "name.firstName[eq]:Ada,companyId[is]:NOT_NULL",
        ["Ada"],
    ),
    (
        "people",
        {"performanceRating": {"eq": "RATING_4"}},
        "performanceRating[eq]:RATING_4",
        ["Grace"],
    ),
    ("companies", {"people": {"some": {"jobTitle": {"eq": "Clerk"}}}}, None, ["Acme"]),
    ("companies", {"people": {"none": {}}}, None, [""]),
    ("companies", {"people": {"every": {"jobTitle": {"eq": "Clerk"}}}}, None, [""]),
    ("companies", {"people": {"some": {}}}, None, ["Acme", "birch"]),
    ("samples", {"numberField": {"lte": 1.5}}, "numberField[lte]:1.5", ["false", "full"]),
    ("samples", {"booleanField": {"eq": False}}, "booleanField[eq]:false", ["false"]),
    ("samples", {"booleanField": {"eq": "true"}}, None, ["full"]),
    ("samples", {"booleanField": {"is": "NULL"}}, "booleanField[is]:NULL", ["empty"]),
    ("samples", {"uuidField": {"eq": ACME}}, f"uuidField[eq]:{ACME}", ["full"]),
    ("samples", {"dateField": {"eq": "2024-02-29"}}, "dateField[eq]:2024-02-29", ["full"]),
    ("samples", {"dateField": {"lt": "2024-02-29"}}, "dateField[lt]:2024-02-29", []),
    (
        "samples",
        {"dateTimeField": {"eq": "2024-02-29T10:30:00.123Z"}},
        "dateTimeField[eq]:'2024-02-29T10:30:00.123Z'",
        ["full"],
    ),
    (
        "samples",
        {"dateTimeField": {"gte": "2024-02-29"}},
        "dateTimeField[gte]:2024-02-29",
        ["full"],
    ),
    ("samples", {"selectField": {"eq": "OPTION_1"}}, "selectField[eq]:OPTION_1", ["full"]),
    (
        "samples",
        {"selectField": {"in": ["OPTION_1", "OPTION_2"]}},
        "selectField[in]:[OPTION_1,OPTION_2]",
        ["false", "full"],
    ),
    (
        "samples",
        {"selectField": {"containsAny": ["OPTION_2"]}},
        "selectField[containsAny]:[OPTION_2]",
        ["false"],
    ),
    ("samples", {"arrayField": {"containsIlike": "ON"}}, "arrayField[containsIlike]:ON", ["full"]),
    ("samples", {"rawJsonField": {"like": "%value%"}}, "rawJsonField[like]:%value%", ["full"]),
    ("samples", {"rawJsonField": {"is": "NULL"}}, "rawJsonField[is]:NULL", ["empty", "false"]),
    (
        "samples",
        {"currencyField": {"amountMicros": {"gte": 5}, "currencyCode": {"eq": "EUR"}}},
        "currencyField.amountMicros[gte]:5,currencyField.currencyCode[eq]:EUR",
        ["full"],
    ),
    (
        "samples",
        {"linksField": {"secondaryLinks": {"like": "%other%"}}},
        "linksField.secondaryLinks[like]:%other%",
        ["full"],
    ),
    (
        "samples",
        {"createdBy": {"source": {"eq": "API"}}, "name": {"eq": "full"}},
        "createdBy.source[eq]:API,name[eq]:full",
        ["full"],
    ),
    ("samples", {"searchVector": {"is": "NOT_NULL"}, "name": {"eq": "full"}}, None, ["full"]),
]


@pytest.mark.parametrize(("plural", "where", "text", "names"), FINDS)
def test_a_filter_finds(
    app: Running, plural: str, where: Json, text: str | None, names: list[str]
) -> None:
    assert found(app, plural, where) == names
    if text is not None:
        assert found_by_rest(app, plural, text) == names


def test_filters_compose_many_levels_deep(app: Running) -> None:
    where: Json = {"name": {"eq": "Acme"}}
    for _ in range(4):
        where = {"and": [{"not": {"not": where}}]}

    assert found(app, "companies", where) == ["Acme"]


def test_rest_commas_in_quotes_and_brackets_do_not_split(app: Running) -> None:
    app.create("opportunities", {"name": "a,b (c)"})

    assert found_by_rest(app, "opportunities", 'name[eq]:"a,b (c)"') == ["a,b (c)"]
    assert found_by_rest(app, "opportunities", "name[in]:['a,b (c)',x]") == ["a,b (c)"]


def test_a_deleted_at_inside_a_relation_does_not_count(app: Running) -> None:
    where = {"people": {"none": {"deletedAt": {"is": "NOT_NULL"}}}}

    assert "Gone" not in found(app, "companies", where)


# -- errors ----------------------------------------------------------------------------

OPERATORS_OF_TEXT = "eq, neq, gt, gte, lt, lte, in, is, like, ilike, startsWith, endsWith"
COMPARATORS = "eq, neq, in, containsAny, is, gt, gte, lt, lte, startsWith, endsWith, like, ilike"

# (object, GraphQL filter, REST filter with the same fault or None, message)
FAULTS: list[tuple[str, Json, str | None, str]] = [
    ("companies", {"foo": {"eq": 1}}, "foo[eq]:1", 'Object company doesn\'t have any "foo" field.'),
    (
        "companies",
        {"peopleId": {"eq": 1}},
        "peopleId[eq]:1",
        'Object company doesn\'t have any "peopleId" field.',
    ),
    ("companies", {"name": {}}, None, 'Filter for field "name" must have exactly one operator'),
    ("companies", {"name": "Acme"}, None, 'Filter value for field "name" must be an object'),
    ("companies", {"name": ["Acme"]}, None, 'Filter value for field "name" must be an object'),
    (
        "companies",
        {"people": {"name": {"eq": "x"}}},
        "people.name[eq]:x",
        'Cannot filter by relation field "people"',
    ),
    ("companies", {"people": {}}, None, 'Cannot filter by relation field "people"'),
    (
        "companies",
        {"people": {"some": {}, "none": {}}},
        None,
        'Cannot filter by relation field "people"',
    ),
    ("companies", {"people": "x"}, None, 'Cannot filter by relation field "people"'),
    (
        "people",
        {"company": "x"},
        None,
        'Cannot filter by relation field "company": use "companyId" instead',
    ),
    (
        "people",
        {"company": {"eq": ACME}},
        f"company[eq]:{ACME}",
        'Object company doesn\'t have any "eq" field.',
    ),
    (
        "companies",
        {"domainName": {"x": {"eq": 1}}},
        "domainName.x[eq]:1",
        'Sub field "x" not found for composite type: LINKS',
    ),
    (
        "people",
        {"emails": {"eq": "x"}},
        "emails[eq]:x",
        'Sub field "eq" not found for composite type: EMAILS',
    ),
    (
        "samples",
        {"textField": {"containsAny": ["a"]}},
        "textField[containsAny]:[a]",
        (
            'Operator "containsAny" is not valid for field "textField" of type TEXT - Allowed '
            f"operators: {OPERATORS_OF_TEXT}"
        ),
    ),
    (
        "samples",
        {"textField": {"foo": "a"}},
        None,
        (
            'Operator "foo" is not valid for field "textField" of type TEXT - Allowed operators: '
            f"{OPERATORS_OF_TEXT}"
        ),
    ),
    (
        "samples",
        {"numberField": {"like": "1"}},
        "numberField[like]:1",
        (
            'Operator "like" is not valid for field "numberField" of type NUMBER - Allowed '
            "operators: eq, neq, gt, gte, lt, lte, in, is"
        ),
    ),
    (
        "samples",
        {"dateField": {"like": "1"}},
        "dateField[like]:1",
        (
            'Operator "like" is not valid for field "dateField" of type DATE - Allowed '
            "operators: eq, neq, gt, gte, lt, lte, in, is"
        ),
    ),
    (
        "samples",
        {"dateTimeField": {"like": "1"}},
        "dateTimeField[like]:1",
        (
            'Operator "like" is not valid for field "dateTimeField" of type DATE_TIME - Allowed '
            "operators: eq, neq, gt, gte, lt, lte, in, is"
        ),
    ),
    (
        "samples",
        {"uuidField": {"like": "1"}},
        "uuidField[like]:1",
        (
            'Operator "like" is not valid for field "uuidField" of type UUID - Allowed '
            "operators: eq, neq, gt, gte, lt, lte, in, is"
        ),
    ),
    (
        "samples",
        {"booleanField": {"neq": True}},
        "booleanField[neq]:true",
        (
            'Operator "neq" is not valid for field "booleanField" of type BOOLEAN - Allowed '
            "operators: eq, is"
        ),
    ),
    (
        "samples",
        {"selectField": {"like": "x"}},
        "selectField[like]:x",
        (
            'Operator "like" is not valid for field "selectField" of type SELECT - Allowed '
            "operators: eq, neq, gt, gte, lt, lte, in, containsAny, is, isEmptyArray"
        ),
    ),
    (
        "samples",
        {"ratingField": {"like": "x"}},
        "ratingField[like]:x",
        (
            'Operator "like" is not valid for field "ratingField" of type RATING - Allowed '
            "operators: eq, neq, gt, gte, lt, lte, in, containsAny, is, isEmptyArray"
        ),
    ),
    (
        "samples",
        {"multiSelectField": {"eq": "x"}},
        "multiSelectField[eq]:x",
        (
            'Operator "eq" is not valid for field "multiSelectField" of type MULTI_SELECT - '
            "Allowed operators: containsAny, is, isEmptyArray"
        ),
    ),
    (
        "samples",
        {"arrayField": {"eq": "x"}},
        "arrayField[eq]:x",
        (
            'Operator "eq" is not valid for field "arrayField" of type ARRAY - Allowed '
            "operators: containsIlike, is, isEmptyArray"
        ),
    ),
    (
        "samples",
        {"rawJsonField": {"eq": "x"}},
        "rawJsonField[eq]:x",
        (
            'Operator "eq" is not valid for field "rawJsonField" of type RAW_JSON - Allowed '
            "operators: is, like"
        ),
    ),
    (
        "samples",
        {"searchVector": {"search": "x"}},
        None,
        (
            'Operator "search" is not valid for field "searchVector" of type TS_VECTOR - Allowed '
            "operators: eq, neq, is"
        ),
    ),
    (
        "samples",
        {"id": {"like": "x"}},
        "id[like]:x",
        (
            'Operator "like" is not valid for field "id" of type UUID - Allowed operators: eq, '
            "neq, gt, gte, lt, lte, in, is"
        ),
    ),
    (
        "samples",
        {"textField": {"in": []}},
        "textField[in]:[]",
        "Invalid filter value for field textField. Expected non-empty array",
    ),
    (
        "samples",
        {"textField": {"in": "x"}},
        None,
        'Filter operator "in" requires an array value for field textField',
    ),
    (
        "samples",
        {"textField": {"is": "x"}},
        "textField[is]:x",
        'Invalid filter value for "is" operator. Expected "NULL" or "NOT_NULL"',
    ),
    (
        "samples",
        {"textField": {"is": None}},
        None,
        'Invalid filter value for "is" operator. Expected "NULL" or "NOT_NULL"',
    ),
    (
        "samples",
        {"textField": {"like": 1}},
        None,
        'Filter operator "like" requires a string value for field "textField", got number',
    ),
    (
        "samples",
        {"textField": {"like": True}},
        None,
        'Filter operator "like" requires a string value for field "textField", got boolean',
    ),
    (
        "samples",
        {"textField": {"ilike": ["x"]}},
        None,
        'Filter operator "ilike" requires a string value for field "textField", got object',
    ),
    (
        "samples",
        {"textField": {"like": {"x": 1}}},
        None,
        'Filter operator "like" requires a string value for field "textField", got object',
    ),
    (
        "samples",
        {"rawJsonField": {"like": {}}},
        None,
        'Filter operator "like" requires a string value for field "rawJsonField", got object',
    ),
    (
        "samples",
        {"arrayField": {"containsIlike": 1}},
        None,
        (
            'Filter operator "containsIlike" requires a string value for field "arrayField", got '
            "number"
        ),
    ),
    (
        "samples",
        {"numberField": {"eq": "x"}},
        "numberField[eq]:x",
        'Invalid number value NaN for field "numberField"',
    ),
    (
        "samples",
        {"numberField": {"eq": []}},
        None,
        'Invalid number value [] for field "numberField"',
    ),
    (
        "samples",
        {"numberField": {"eq": {}}},
        None,
        'Invalid number value {} for field "numberField"',
    ),
    (
        "samples",
        {"numberField": {"eq": True}},
        None,
        'Invalid number value true for field "numberField"',
    ),
    (
        "samples",
        {"booleanField": {"eq": "not-a-boolean"}},
        "booleanField[eq]:not-a-boolean",
        "Invalid boolean value 'not-a-boolean' for field \"booleanField\"",
    ),
    (
        "samples",
        {"booleanField": {"eq": 2}},
        None,
        'Invalid boolean value 2 for field "booleanField"',
    ),
    (
        "samples",
        {"uuidField": {"eq": "x"}},
        "uuidField[eq]:x",
        "Invalid UUID value 'x' for field \"uuidField\"",
    ),
    ("samples", {"uuidField": {"eq": 2}}, None, 'Invalid UUID value 2 for field "uuidField"'),
    (
        "samples",
        {"uuidField": {"eq": "2"}},
        "uuidField[eq]:2",
        "Invalid UUID value '2' for field \"uuidField\"",
    ),
    (
        "samples",
        {"uuidField": {"in": ["x"]}},
        "uuidField[in]:[x]",
        "Invalid UUID value 'x' for field \"uuidField\"",
    ),
    ("samples", {"id": {"eq": "x"}}, "id[eq]:x", "Invalid UUID value 'x' for field \"id\""),
    (
        "people",
        {"companyId": {"eq": "x"}},
        "companyId[eq]:x",
        "Invalid UUID value 'x' for field \"companyId\"",
    ),
    (
        "samples",
        {"dateField": {"eq": "malformed-date"}},
        "dateField[eq]:malformed-date",
        (
            "Invalid value 'malformed-date' for date field \"dateField\". Expected format: "
            "'YYYY-MM-DD'"
        ),
    ),
    (
        "samples",
        {"dateTimeField": {"eq": "malformed"}},
        "dateTimeField[eq]:malformed",
        (
            "Invalid value 'malformed' for date-time field \"dateTimeField\". Expected format: "
            "'YYYY-MM-DDTHH:mm:ssZ'"
        ),
    ),
    (
        "samples",
        {"not": {"foo": {"eq": 1}}},
        "not(foo[eq]:1)",
        'Object sample doesn\'t have any "foo" field.',
    ),
    (
        "samples",
        {"or": [{"foo": {"eq": 1}}]},
        "or(foo[eq]:1)",
        'Object sample doesn\'t have any "foo" field.',
    ),
]


@pytest.mark.parametrize(("plural", "where", "text", "message"), FAULTS)
def test_a_faulty_filter_is_refused(
    app: Running, plural: str, where: Json, text: str | None, message: str
) -> None:
    body = app.graphql(
        f"query ($f: JSON) {{ {plural}(filter: $f) {{ totalCount edges {{ node {{ id }} }} }} }}",
        f=where,
    )

    (error,) = body["errors"]
    assert error["message"] == message
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["subCode"] == "INVALID_ARGS_FILTER"
    assert error["extensions"]["userFriendlyMessage"]
    assert body["data"] == {plural: None}
    if text is not None:
        response = app.rest("GET", plural, filter=text)
        assert response.status_code == 400
        assert response.json()["messages"] == [message]
        assert response.json()["error"] == "BadRequestException"
        assert response.json()["statusCode"] == 400


@pytest.mark.parametrize("value", ["not-a-select", "option_1", ""])
def test_an_option_that_is_none_is_refused_as_postgresql_would(app: Running, value: str) -> None:
    body = app.graphql(
        "query ($f: JSON) { samples(filter: $f) { totalCount } }",
        f={"selectField": {"eq": value}},
    )

    (error,) = body["errors"]
    assert error["message"].startswith("invalid input value for enum ")
    assert error["message"].endswith(f'sample_selectField_enum": "{value}"') or error[
        "message"
    ].endswith(f': "{value}"')
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("and(name[eq]:x", "'filter' invalid. 1 close bracket is missing in the query"),
        ("and(or(name[eq]:x", "'filter' invalid. 2 close brackets are missing in the query"),
        ("name[eq]:x)", "'filter' invalid. 1 open bracket is missing in the query"),
        ("x", "'filter' invalid for 'x'. eg: price[gte]:10"),
        ("name=x", "'filter' invalid for 'name=x'. eg: price[gte]:10"),
        (
            'textField[foo]:"^test$"',
            (
                "'filter' invalid for 'textField[foo]:\"^test$\"', comparator foo not in "
                f"{COMPARATORS}"
            ),
        ),
        (
            "not(name[eq]:a,name[eq]:b)",
            (
                "'filter' invalid. 'not' conjunction should contain only 1 condition."
                " eg: not(field[eq]:1)"
            ),
        ),
        (
            'workPolicy[containsAny]:"[]"',
            (
                "'filter' invalid for 'containsAny' operator. Received '\"[]\"' but array value "
                "expected eg: 'field[containsAny]:[value_1,value_2]'"
            ),
        ),
        (
            "name[in]:x",
            (
                "'filter' invalid for 'in' operator. Received 'x' but array value "
                "expected eg: 'field[in]:[value_1,value_2]'"
            ),
        ),
        ("or(name[eq]:a)(name[eq]:b)", None),
        (",", None),
        ("name[eq]", None),
        ("[eq]:x", None),
    ],
)
def test_a_filter_that_can_not_be_read_is_refused(
    app: Running, text: str, message: str | None
) -> None:
    response = app.rest("GET", "companies", filter=text)

    assert response.status_code == 400
    assert response.json()["error"] == "BadRequestException"
    if message is not None:
        assert response.json()["messages"] == [message]


def test_a_filter_follows_relations_over_several_hops(app: Running) -> None:
    where = {"pointOfContact": {"company": {"accountOwner": {"userEmail": {"eq": "x"}}}}}

    body = app.graphql("query ($f: JSON) { opportunities(filter: $f) { totalCount } }", f=where)

    assert body == {"data": {"opportunities": {"totalCount": 0}}}


def test_a_filter_may_hold_only_so_many_conditions(app: Running) -> None:
    where = {"or": [{"name": {"eq": str(n)}} for n in range(501)]}

    body = app.graphql("query ($f: JSON) { companies(filter: $f) { totalCount } }", f=where)

    assert body["errors"][0]["extensions"]["subCode"] == "INVALID_ARGS_FILTER"


def test_a_filter_may_be_nested_only_so_deeply(app: Running) -> None:
    where: Json = {"name": {"eq": "x"}}
    for _ in range(60):
        where = {"not": where}

    body = app.graphql("query ($f: JSON) { companies(filter: $f) { totalCount } }", f=where)

    assert body["errors"][0]["extensions"]["subCode"] == "INVALID_ARGS_FILTER"


def test_a_list_of_values_may_be_only_so_long(app: Running) -> None:
    query = "query ($f: JSON) { companies(filter: $f) { totalCount } }"

    body = app.graphql(query, f={"name": {"in": [str(n) for n in range(5_000)]}})
    too_many = app.graphql(query, f={"name": {"in": [str(n) for n in range(5_001)]}})

    assert "errors" not in body
    assert too_many["errors"][0]["extensions"]["subCode"] == "INVALID_ARGS_FILTER"


@pytest.mark.parametrize("pattern", ["(", "[", "*", "a{99999}", "\\"])
def test_a_pattern_that_is_none_is_the_callers_fault(app: Running, pattern: str) -> None:
    body = app.graphql(
        "query ($f: JSON) { companies(filter: $f) { totalCount } }",
        f={"name": {"regex": pattern}},
    )

    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "where", [{"name": {"eq": "a\0b"}}, {"name": {"like": "\0"}}, {"name": {"in": ["\0"]}}]
)
def test_a_character_that_postgresql_can_not_hold_finds_nothing_or_is_refused(
    app: Running, where: Json
) -> None:
    body = app.graphql("query ($f: JSON) { companies(filter: $f) { totalCount } }", f=where)

    for error in body.get("errors", ()):
        assert error["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("number", [1e308, 1e400, -1e308, 10**400, 2**63, 0.1 + 0.2])
def test_numbers_of_any_size_can_be_compared(app: Running, number: float) -> None:
    query = "query ($f: JSON) { samples(filter: $f) { totalCount } }"

    for where in ({"numberField": {"gt": str(number)}}, {"position": {"gt": str(number)}}):
        body = app.graphql(query, f=where)
        for error in body.get("errors", ()):
            assert error["extensions"]["code"] == "BAD_USER_INPUT", error


@pytest.mark.parametrize(
    "date", ["0001-01-01", "9999-12-31", "99999-01-01", "-4800-01-01", "2024-02-30"]
)
def test_dates_of_any_age_can_be_compared(app: Running, date: str) -> None:
    query = "query ($f: JSON) { samples(filter: $f) { totalCount } }"

    for where in ({"dateField": {"gt": date}}, {"createdAt": {"gt": date}}):
        body = app.graphql(query, f=where)
        for error in body.get("errors", ()):
            assert error["extensions"]["code"] == "BAD_USER_INPUT", error
