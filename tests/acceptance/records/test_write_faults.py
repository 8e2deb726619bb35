"""What can't be written, in the words of the contract, in both dialects (records A5, A6)."""

from typing import Any

import pytest

from tests.build import Running

Json = Any

NONE = "00000000-0000-4000-8000-000000000000"
OPTIONS = "OPTION_1, OPTION_2, OPTION_3"

# An object, what is written to it, and what is said of that.
FAULTS: list[tuple[str, Json, str]] = [
    ("sample", {"foo": 1}, 'Object sample doesn\'t have any "foo" field.'),
    ("person", {"city": "x"}, 'Object person doesn\'t have any "city" field.'),
    ("sample", {"textField": 1}, 'Invalid string value 1 for text field "textField"'),
    ("sample", {"textField": {}}, 'Invalid string value {} for text field "textField"'),
    ("sample", {"textField": []}, 'Invalid string value [] for text field "textField"'),
    ("sample", {"textField": True}, 'Invalid string value true for text field "textField"'),
    (
        "sample",
        {"numberField": "string"},
        "Invalid number value 'string' for field \"numberField\"",
    ),
    ("sample", {"numberField": "1"}, "Invalid number value '1' for field \"numberField\""),
    ("sample", {"numberField": True}, 'Invalid number value true for field "numberField"'),
    ("sample", {"numberField": {}}, 'Invalid number value {} for field "numberField"'),
    ("sample", {"uuidField": "non-uuid"}, "Invalid UUID value 'non-uuid' for field \"uuidField\""),
    ("sample", {"uuidField": {}}, 'Invalid UUID value {} for field "uuidField"'),
    ("sample", {"uuidField": []}, 'Invalid UUID value [] for field "uuidField"'),
    ("sample", {"uuidField": True}, 'Invalid UUID value true for field "uuidField"'),
    ("sample", {"uuidField": 1}, 'Invalid UUID value 1 for field "uuidField"'),
    ("person", {"companyId": "x"}, "Invalid UUID value 'x' for field \"companyId\""),
    ("sample", {"booleanField": 1}, 'Invalid boolean value 1 for field "booleanField"'),
    ("sample", {"booleanField": "true"}, "Invalid boolean value 'true' for field \"booleanField\""),
    (
        "sample",
        {"dateField": "malformed-date"},
        (
            "Invalid value 'malformed-date' for date field \"dateField\". Expected format: "
            "'YYYY-MM-DD'"
        ),
    ),
    (
        "sample",
        {"dateTimeField": "malformed-date-time"},
        (
            "Invalid value 'malformed-date-time' for date-time field \"dateTimeField\". Expected "
            "format: 'YYYY-MM-DDTHH:mm:ssZ'"
        ),
    ),
    (
        "sample",
        {"selectField": "not-a-select-option"},
        f'Invalid value "not-a-select-option" for field "selectField". Valid values are: {OPTIONS}',
    ),
    ("sample", {"selectField": 1}, 'Invalid string value 1 for text field "selectField"'),
    (
        "sample",
        {"ratingField": "RATING_6"},
        (
            'Invalid value "RATING_6" for field "ratingField". Valid values are: RATING_1, '
            "RATING_2, RATING_3, RATING_4, RATING_5"
        ),
    ),
    (
        "sample",
        {"multiSelectField": ["not-a-select-option"]},
        "Invalid value 'not-a-select-option' for multi select field \"multiSelectField\"",
    ),
    (
        "sample",
        {"multiSelectField": "not-a-select-option"},
        "Invalid value 'not-a-select-option' for multi select field \"multiSelectField\"",
    ),
    (
        "sample",
        {"arrayField": [1]},
        'Invalid value 1 for field "arrayField - Array values need to be string"',
    ),
    (
        "sample",
        {"rawJsonField": "not-json"},
        "Invalid object value 'not-json' for field \"rawJsonField\"",
    ),
    (
        "sample",
        {"currencyField": "not-a-currency"},
        "Invalid object value 'not-a-currency' for field \"currencyField\"",
    ),
    (
        "sample",
        {"currencyField": {"x": 1}},
        'Invalid subfield x for currency field "currencyField"',
    ),
    ("sample", {"addressField": {"x": 1}}, 'Invalid subfield x for address field "addressField"'),
    ("sample", {"emailsField": {"x": 1}}, 'Invalid subfield x for emails field "emailsField"'),
    ("sample", {"phonesField": {"x": 1}}, 'Invalid subfield x for phones field "phonesField"'),
    ("sample", {"linksField": {"x": 1}}, 'Invalid subfield x for links field "linksField"'),
    (
        "sample",
        {"fullNameField": {"x": 1}},
        'Invalid subfield x for full name field "fullNameField"',
    ),
    (
        "sample",
        {"richTextField": {"x": 1}},
        'Invalid subfield x for rich text field "richTextField"',
    ),
    ("sample", {"createdBy": {"x": 1}}, 'Invalid subfield x for actor field "createdBy"'),
    (
        "sample",
        {"emailsField": {"primaryEmail": "x"}},
        "Invalid string value 'x' for email field \"emailsField.primaryEmail\"",
    ),
    (
        "sample",
        {"emailsField": {"primaryEmail": "a@b.example", "additionalEmails": ["x"]}},
        "Invalid string value 'x' for email field \"emailsField.additionalEmails\"",
    ),
    ("sample", {"linksField": {"primaryLinkUrl": "http://"}}, "The URL of the link is not valid"),
    ("sample", {"linksField": {"primaryLinkUrl": "not a url"}}, "The URL of the link is not valid"),
    (
        "sample",
        {"phonesField": {"primaryPhoneCountryCode": "XX", "primaryPhoneNumber": "123"}},
        "Invalid country code XX",
    ),
    (
        "sample",
        {"phonesField": {"primaryPhoneCallingCode": "+999", "primaryPhoneNumber": "123"}},
        "Invalid calling code +999",
    ),
    (
        "sample",
        {
            "phonesField": {
                "primaryPhoneCallingCode": "+33",
                "primaryPhoneCountryCode": "US",
                "primaryPhoneNumber": "123",
            }
        },
        "Provided country code and calling code are conflicting",
    ),
    (
        "sample",
        {"phonesField": {"primaryPhoneNumber": "123"}},
        "Provided phone number is invalid 123",
    ),
    (
        "person",
        {"phones": {"primaryPhoneNumber": "612345678"}},
        "Provided phone number is invalid 612345678",
    ),
    (
        "sample",
        {"richTextField": {"blocknote": "x"}},
        'Invalid blocknote value for field "richTextField.blocknote" - must contain valid JSON',
    ),
    (
        "sample",
        {"richTextField": {"blocknote": "{}"}},
        (
            'Invalid blocknote value for field "richTextField.blocknote" - must be a JSON array '
            "of blocks"
        ),
    ),
    (
        "sample",
        {"position": "not-a-position"},
        "Invalid position value 'not-a-position' for field \"position\"",
    ),
    ("sample", {"position": None}, 'Invalid position value null for field "position"'),
    (
        "sample",
        {"searchVector": "x"},
        "searchVector TS_VECTOR-typed field does not support write operations",
    ),
    (
        "company",
        {"people": []},
        "One-to-many relation people field does not support write operations.",
    ),
    ("person", {"company": {}}, 'Relation "company" requires connect or disconnect operation'),
    ("person", {"company": "x"}, 'Relation "company" requires connect or disconnect operation'),
    (
        "person",
        {"company": {"disconnect": True}, "companyId": NONE},
        "company and companyId cannot be both provided.",
    ),
    ("sample", {"id": "x"}, 'Value "x" is not a valid UUID'),
]
PLURALS = {"sample": "samples", "person": "people", "company": "companies"}
SHOWN = "{ id }"


def pascal(name: str) -> str:
    return name[0].upper() + name[1:]


def check_graphql(body: Json, key: str, message: str) -> None:
    (error,) = body["errors"]
    assert error["message"] == message
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["subCode"] == "INVALID_ARGS_DATA"
    assert error["extensions"]["userFriendlyMessage"]
    assert body["data"] == {key: None}


def check_rest(response: Any, message: str) -> None:
    assert response.status_code == 400
    found = response.json()
    assert (found["statusCode"], found["error"]) == (400, "BadRequestException")
    assert found["messages"] == [message]


@pytest.mark.parametrize(("singular", "data", "message"), FAULTS)
def test_a_faulty_value_can_not_be_created(
    app: Running, singular: str, data: Json, message: str
) -> None:
    key = f"create{pascal(singular)}"

    check_graphql(
        app.graphql(f"mutation ($d: JSON) {{ {key}(data: $d) {SHOWN} }}", d=data), key, message
    )
    check_rest(app.rest("POST", PLURALS[singular], data), message)
    check_rest(app.rest("POST", f"batch/{PLURALS[singular]}", [{}, data]), message)


@pytest.mark.parametrize(("singular", "data", "message"), FAULTS)
def test_a_faulty_value_can_not_be_updated(
    app: Running, singular: str, data: Json, message: str
) -> None:
    key = f"update{pascal(singular)}"
    many = f"update{pascal(PLURALS[singular])}"

    check_graphql(
        app.graphql(f'mutation ($d: JSON) {{ {key}(id: "{NONE}", data: $d) {SHOWN} }}', d=data),
        key,
        message,
    )
    check_graphql(
        app.graphql(
            f'mutation ($d: JSON) {{ {many}(filter: {{ id: {{ eq: "{NONE}" }} }}, data: $d)'
            f" {SHOWN} }}",
            d=data,
        ),
        many,
        message,
    )
    check_rest(app.rest("PATCH", f"{PLURALS[singular]}/{NONE}", data), message)


def test_nothing_of_a_faulty_batch_is_written(app: Running) -> None:
    response = app.rest("POST", "batch/notes", [{"title": "a"}, {"title": 1}])

    assert response.status_code == 400
    assert app.rest("GET", "notes").json()["totalCount"] == 0


def test_a_null_where_there_must_be_a_value_is_refused(app: Running) -> None:
    # workspaceMember's and sample's own fields are nullable; a boolean without default is not
    (record,) = app.create("opportunities", {"name": "x", "stage": None})

    assert record["stage"] == "NEW"


def test_a_taken_unique_value_is_refused(app: Running) -> None:
    link = {"domainName": {"primaryLinkUrl": "https://taken.example"}}
    (stored,) = app.create("companies", {"name": "Taken", **link})

    body = app.graphql("mutation ($d: JSON) { createCompany(data: $d) { id } }", d=link)
    response = app.rest("POST", "companies", link)

    (error,) = body["errors"]
    assert error["message"] == "A duplicate entry was detected"
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "subCode" not in error["extensions"]
    assert error["extensions"]["userFriendlyMessage"] == (
        "This Domain Name value is already in use. Please check your data and try again."
    )
    assert error["extensions"]["conflictingRecordId"] == stored["id"]
    assert error["extensions"]["conflictingObjectNameSingular"] == "company"
    assert body["data"] == {"createCompany": None}
    assert response.status_code == 400
    assert response.json()["error"] == "BadRequestException"
    assert response.json()["messages"] == ["A duplicate entry was detected"]


def test_a_value_that_a_deleted_record_has_is_taken(app: Running) -> None:
    link = {"domainName": {"primaryLinkUrl": "https://deleted.example"}}
    (stored,) = app.create("companies", link)
    app.rest("DELETE", f"companies/{stored['id']}", soft_delete="true")

    assert app.rest("POST", "companies", link).status_code == 400


def test_empty_unique_values_never_collide(app: Running) -> None:
    blank = {"domainName": {"primaryLinkUrl": ""}}

    assert len(app.create("companies", blank, blank, {})) == 3


def test_the_same_id_twice_is_a_duplicate(app: Running) -> None:
    (stored,) = app.create("samples", {"name": "x"})

    response = app.rest("POST", "samples", {"id": stored["id"]})

    assert response.status_code == 400
    assert response.json()["messages"] == ["A duplicate entry was detected"]


def test_a_relation_to_nothing_is_refused(app: Running) -> None:
    body = app.graphql(
        "mutation ($d: JSON) { createPerson(data: $d) { id } }", d={"companyId": NONE}
    )

    (error,) = body["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "foreign key" in error["message"]
    response = app.rest("POST", "people", {"companyId": NONE})
    assert response.status_code == 400
    assert response.json()["error"] == "BadRequestException"


@pytest.mark.parametrize(
    "data",
    [
        {"textField": "a\0b"},
        {"fullNameField": {"firstName": "\0"}},
        {"rawJsonField": {"a": "\0"}},
        {"rawJsonField": {"a\0": 1}},
        {"arrayField": ["\0"]},
        {"textField": "\ud800"},
        {"numberField": 1e308},
        {"numberField": 10**400},
        {"position": 1e308},
        {"currencyField": {"amountMicros": 10**40}},
        {"currencyField": {"amountMicros": "x"}},
        {"dateField": "99999-01-01"},
        {"dateTimeField": "9999-12-31T23:59:59.999Z"},
        {"dateTimeField": "0000-01-01"},
        {"linksField": {"primaryLinkUrl": "https://" + "a" * 5000 + ".example"}},
        {"linksField": {"primaryLinkUrl": 5}},
        {"linksField": {"secondaryLinks": [1]}},
        {"linksField": {"secondaryLinks": "x"}},
        {"emailsField": {"primaryEmail": "a" * 300 + "@x.example"}},
        {"emailsField": {"additionalEmails": "x"}},
        {"phonesField": {"additionalPhones": [1]}},
        {"phonesField": {"additionalPhones": "x"}},
        {"richTextField": {"markdown": 1}},
        {"richTextField": {"blocknote": "[1]"}},
        {"richTextField": {"blocknote": '[{"type":1,"content":5}]'}},
        {"addressField": {"addressLat": "x"}},
        {"createdBy": {"source": "x"}},
        {"createdBy": {"workspaceMemberId": "x", "name": "y"}},
        {"name": "x" * 3_000},
        {"createdAt": None},
        {"id": None},
        {"deletedAt": "x"},
    ],
)
def test_no_value_makes_the_server_fail(app: Running, data: Json) -> None:
    query = "mutation ($d: JSON) { createSample(data: $d) { id } }"
    body = app.post_graphql(query, variables={"d": data}).json()
    response = app.rest("POST", "samples", data)

    assert response.status_code in (201, 400), response.text
    for error in body.get("errors", ()):
        assert error["extensions"]["code"] == "BAD_USER_INPUT", error


ARGUMENT_FAULTS = [
    ("mutation { createCompany(foo: 1, data: {}) { id } }", "Argument not allowed: foo"),
    ("{ companies(skip: 1) { totalCount } }", "Argument not allowed: skip"),
    ("mutation { createCompany { id } }", 'Missing required argument: "data" (object)'),
    ("mutation { createCompanies { id } }", 'Missing required argument: "data" (array)'),
    ("mutation { createCompany(data: null) { id } }", 'Missing required argument: "data" (object)'),
    (
        f'mutation {{ updateCompany(id: "{NONE}") {{ id }} }}',
        'Missing required argument: "data" (object)',
    ),
    ("mutation { updateCompany(data: {}) { id } }", 'Missing required argument: "id" (UUID)'),
    (
        "mutation { updateCompanies(data: {}) { id } }",
        'Missing required argument: "filter" (object)',
    ),
    ("mutation { deleteCompany { id } }", 'Missing required argument: "id" (UUID)'),
    ("mutation { deleteCompanies { id } }", 'Missing required argument: "filter" (object)'),
    ("mutation { destroyCompany { id } }", 'Missing required argument: "id" (UUID)'),
    ("mutation { destroyCompanies { id } }", 'Missing required argument: "filter" (object)'),
    ("mutation { restoreCompany { id } }", 'Missing required argument: "id" (UUID)'),
    ("mutation { restoreCompanies { id } }", 'Missing required argument: "filter" (object)'),
    ("{ company { id } }", 'Missing required argument: "filter" (object)'),
    (
        'mutation { createCompany(data: {}, upsert: "x") { id } }',
        'Invalid argument: "upsert" must be a boolean',
    ),
    (
        "mutation { deleteCompanies(filter: 1) { id } }",
        'Invalid argument: "filter" must be an object',
    ),
]


@pytest.mark.parametrize(("query", "message"), ARGUMENT_FAULTS)
def test_faulty_arguments_are_refused(app: Running, query: str, message: str) -> None:
    (error,) = app.graphql(query)["errors"]

    assert error["message"] == message
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["subCode"] == "INVALID_QUERY_INPUT"
    assert error["extensions"]["userFriendlyMessage"] == "An error occurred."


ONE = [
    ("updateCompany", f'updateCompany(id: "{NONE}", data: {{ name: "x" }})'),
    ("deleteCompany", f'deleteCompany(id: "{NONE}")'),
    ("destroyCompany", f'destroyCompany(id: "{NONE}")'),
    ("restoreCompany", f'restoreCompany(id: "{NONE}")'),
]


@pytest.mark.parametrize(("key", "field"), ONE)
@pytest.mark.parametrize("shown", ["{ id }", "{ id people { totalCount } }"])
def test_a_record_that_is_not_there_is_not_found(
    app: Running, key: str, field: str, shown: str
) -> None:
    body = app.graphql(f"mutation {{ {field} {shown} }}")

    assert body["data"] == {key: None}
    assert body["errors"] == [
        {
            "message": "Record not found",
            "extensions": {
                "code": "NOT_FOUND",
                "subCode": "RECORD_NOT_FOUND",
                "userFriendlyMessage": "This record does not exist or has been deleted.",
            },
        }
    ]


def test_a_record_that_is_not_there_can_not_be_found(app: Running) -> None:
    body = app.graphql(f'{{ company(filter: {{ id: {{ eq: "{NONE}" }} }}) {{ id }} }}')

    assert body["data"] == {"company": None}
    assert body["errors"][0]["extensions"]["subCode"] == "RECORD_NOT_FOUND"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"companies/{NONE}"),
        ("PATCH", f"companies/{NONE}"),
        ("PUT", f"companies/{NONE}"),
        ("DELETE", f"companies/{NONE}"),
        ("DELETE", f"companies/{NONE}?soft_delete=true"),
        ("PATCH", f"restore/companies/{NONE}"),
    ],
)
def test_rest_answers_404_for_a_record_that_is_not_there(
    app: Running, method: str, path: str
) -> None:
    has_body = method in ("PATCH", "PUT")
    response = app.send(method, f"/rest/{path}", content=b"{}" if has_body else None)

    assert response.status_code == 404
    assert response.json() == {
        "statusCode": 404,
        "error": "NotFoundException",
        "messages": ["Record not found"],
    }


@pytest.mark.parametrize(
    ("soft", "word"), [("true", "delete"), ("false", "destroy"), ("TRUE", "destroy")]
)
def test_deleting_many_needs_a_filter(app: Running, soft: str, word: str) -> None:
    response = app.rest("DELETE", "companies", soft_delete=soft)

    assert response.status_code == 400
    assert response.json()["messages"] == [
        (
            f"Filters are mandatory for bulk {word} operations. Please provide at least one "
            "filter to prevent accidental deletion of all records."
        )
    ]


# -- how much at once ------------------------------------------------------------------


def test_two_hundred_can_be_created_at_once_and_no_more(app: Running) -> None:
    message = "Maximum number of records to upsert is 200."

    created = app.create("tasks", *({"title": str(n)} for n in range(200)))
    response = app.rest("POST", "batch/tasks", [{}] * 201)
    body = app.graphql("mutation ($d: JSON) { createTasks(data: $d) { id } }", d=[{}] * 201)

    assert [task["title"] for task in created] == [str(n) for n in range(200)]
    assert response.status_code == 400
    assert response.json()["messages"] == [message]
    assert response.json()["error"] == "BadRequestException"
    assert "code" not in response.json()
    assert body["errors"][0]["message"] == message
    assert body["errors"][0]["extensions"]["subCode"] == "TOO_MANY_RECORDS_TO_UPDATE"


def test_more_than_two_hundred_can_not_be_updated_at_once(app: Running) -> None:
    message = "Cannot update more than 200 records at once"
    app.create("tasks", *({"title": "many"} for _ in range(200)))
    app.create("tasks", {"title": "many"})
    where = {"title": {"eq": "many"}}

    response = app.rest("PATCH", "tasks", {"title": "x"}, filter="title[eq]:many")
    body = app.graphql(
        'mutation ($f: JSON) { updateTasks(filter: $f, data: { title: "x" }) { id } }', f=where
    )

    assert response.status_code == 400
    assert response.json() == {
        "statusCode": 400,
        "error": "Error",
        "messages": [message],
        "code": "TOO_MANY_RECORDS_TO_UPDATE",
    }
    assert body["errors"][0]["message"] == message
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert "subCode" not in body["errors"][0]["extensions"]
    assert app.rest("GET", "tasks", filter="title[eq]:many").json()["totalCount"] == 201


def test_deleting_many_has_no_cap(app: Running) -> None:
    for _ in range(2):
        app.create("noteTargets", *({} for _ in range(150)))

    deleted = app.rest("DELETE", "noteTargets", soft_delete="true", filter="noteId[is]:NULL")

    assert len(deleted.json()["data"]["deleteNoteTargets"]) == 300
