"""Every text of the contract with which a change of the model is refused (metadata, C)."""

from collections.abc import Iterator

import pytest

from tests.acceptance.metadata.client import MISSING, Json, Metadata

NAME_INVALID = (
    "Name is not valid: it must start with lowercase letter and contain only alphanumeric letters"
)
RESERVED = 'This name is reserved. Use a different name or the system will add "Custom" suffix.'
LABEL_TYPE = (
    "labelIdentifierFieldMetadataUniversalIdentifier validation failed: field type not compatible"
)
OBJECT = {"nameSingular": "zed", "namePlural": "zeds", "labelSingular": "Z", "labelPlural": "Zs"}
RED = {"value": "RED", "label": "Red", "color": "red", "position": 0}


@pytest.fixture(scope="module")
def probe(metadata: Metadata) -> Iterator[Json]:
    """An object with a text and a choice."""
    made = metadata.create_object("probe")
    metadata.create_field("probe", "TEXT", "note")
    metadata.create_field("probe", "SELECT", "choice", options=[RED])
    yield made
    metadata.call("DELETE", "objects/probe")


def faults(body: Json, name: str) -> list[tuple[str, str]]:
    """Code and message of each fault of the first thing of that metadata name."""
    return [(each["code"], each["message"]) for each in body["errors"][name][0]["errors"]]


def new_field(**more: object) -> dict[str, object]:
    return {"objectMetadataId": "probe", "type": "TEXT", "name": "fx", "label": "Fx", **more}


# -- what the first look says ----------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("objects", {**OBJECT, "nameSingular": ""}, "nameSingular should not be empty"),
        ("objects", {**OBJECT, "nameSingular": 5}, "nameSingular must be a string"),
        (
            "objects",
            {**OBJECT, "nameSingular": "not", "namePlural": "a=b"},
            (
                "nameSingular has failed the name validation check, "
                "namePlural has failed the name validation check"
            ),
        ),
        ("objects", {**OBJECT, "isRemote": "x"}, "isRemote must be a boolean value"),
        (
            "objects",
            {"labelSingular": "Z", "labelPlural": "Zs"},
            "nameSingular should not be empty, namePlural should not be empty",
        ),
        ("fields", new_field(name=""), "name should not be empty"),
        ("fields", new_field(settings=[]), "settings must be an object"),
        ("fields", {"type": "TEXT", "name": "x", "label": "X"}, "objectMetadataId should not be"),
        ("fields", new_field(type="FOO"), "type must be one of the following values: "),
    ],
)
@pytest.mark.usefixtures("probe")
def test_the_first_look_answers_as_nest_does(
    metadata: Metadata, path: str, body: Json, message: str
) -> None:
    response = metadata.call("POST", path, body)

    found = response.json()
    assert response.status_code == 400
    assert found["message"].startswith(message)
    assert (found["error"], found["statusCode"]) == ("Bad Request", 400)


def test_the_first_look_by_graphql_joins_its_texts(metadata: Metadata) -> None:
    error = metadata.error(
        'mutation{createOneObject(input:{object:{nameSingular:"",namePlural:"or",'
        'labelSingular:"L",labelPlural:"Ls"}}){id}}'
    )

    assert error == {
        "message": "nameSingular should not be empty, "
        "namePlural has failed the name validation check",
        "name": "UserInputError",
        "extensions": {"code": "BAD_USER_INPUT", "userFriendlyMessage": "An error occurred."},
    }


# -- objects ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"nameSingular": "1bad"}, "INVALID_OBJECT_INPUT", NAME_INVALID),
        ({"nameSingular": "user"}, "INVALID_OBJECT_INPUT", RESERVED),
        ({"nameSingular": "x" * 64}, "INVALID_OBJECT_INPUT", "Name is too long"),
        (
            {"namePlural": "Zed".lower()},
            "INVALID_OBJECT_INPUT",
            "The singular and plural names cannot be the same for an object",
        ),
        ({"nameSingular": "company"}, "OBJECT_ALREADY_EXISTS", "Object already exists"),
        ({"nameSingular": "companies"}, "OBJECT_ALREADY_EXISTS", "Object already exists"),
        ({"labelSingular": "y" * 64}, "INVALID_OBJECT_INPUT", "Object label is too long"),
        (
            {"isLabelSyncedWithName": True},
            "INVALID_OBJECT_INPUT",
            "Names are not synced with labels",
        ),
    ],
)
def test_an_object_that_cannot_be_made(
    metadata: Metadata, changes: Json, code: str, message: str
) -> None:
    response = metadata.call("POST", "objects", OBJECT | changes)

    body = response.json()
    assert response.status_code == 400
    assert body["error"] == "METADATA_VALIDATION_ERROR"
    assert body["message"] == "Multiple validation errors occurred while creating object"
    assert (code, message) in faults(body, "objectMetadata")
    assert body["summary"]["objectMetadata"] == 1
    assert body["userFriendlyMessage"] == "Many validation errors"
    assert metadata.call("GET", "objects/zed").status_code == 404


def test_what_comes_with_an_object_fails_with_it(metadata: Metadata) -> None:
    """The contract's sample `metadata-create-object-bad`."""
    error = metadata.error(
        'mutation{createOneObject(input:{object:{nameSingular:"1bad",namePlural:"1bads",'
        'labelSingular:"x",labelPlural:"xs"}}){id}}'
    )

    extensions = error["extensions"]
    assert error["message"] == "Multiple validation errors occurred while creating object"
    assert error["name"] == "GraphQLError"
    assert extensions["code"] == "METADATA_VALIDATION_FAILED"
    assert extensions["userFriendlyMessage"] == "Many validation errors"
    assert extensions["summary"]["totalErrors"] == 35
    assert extensions["message"] == (
        "Validation failed for 17 fieldMetadata, 1 objectMetadata, 2 views, 9 viewFields, "
        "5 indices, 1 searchFieldMetadata"
    )
    (entry,) = extensions["errors"]["objectMetadata"]
    assert [each["value"] for each in entry["errors"]] == ["1bad", "1bads"]
    assert entry["status"] == "fail"
    assert entry["type"] == "create"
    assert entry["metadataName"] == "objectMetadata"


def test_an_object_name_leaves_room_for_the_names_made_of_it(metadata: Metadata) -> None:
    response = metadata.call("POST", "objects", OBJECT | {"nameSingular": "x" * 58})

    code, message = faults(response.json(), "fieldMetadata")[0]
    assert response.status_code == 400
    assert (code, message) == ("INVALID_FIELD_INPUT", "Name is too long")


@pytest.mark.parametrize(
    ("path", "body", "status", "code", "message"),
    [
        (
            f"objects/{MISSING}",
            {"icon": "x"},
            404,
            "OBJECT_METADATA_NOT_FOUND",
            "Object to update not found",
        ),
        (
            "objects/company",
            {"nameSingular": "firm", "isLabelSyncedWithName": True},
            400,
            "INVALID_OBJECT_INPUT",
            "Cannot edit standard object metadata properties: isLabelSyncedWithName, nameSingular",
        ),
        (
            "objects/probe",
            {"labelIdentifierFieldMetadataId": MISSING},
            404,
            "ENTITY_NOT_FOUND",
            "Could not find flat entity in maps",
        ),
        (
            "fields/company.name",
            {"name": "x", "isLabelSyncedWithName": True},
            403,
            "FIELD_MUTATION_NOT_ALLOWED",
            "Cannot edit standard field metadata properties: isLabelSyncedWithName, name",
        ),
    ],
)
@pytest.mark.usefixtures("probe")
def test_an_update_that_is_never_allowed(
    metadata: Metadata, path: str, body: Json, status: int, code: str, message: str
) -> None:
    response = metadata.call("PATCH", path, body)

    assert response.status_code == status
    assert response.json() == {
        "statusCode": status,
        "error": "Error",
        "messages": [message],
        "code": code,
    }


@pytest.mark.parametrize(
    ("path", "body", "name", "code", "message"),
    [
        (
            "objects/probe",
            {"nameSingular": "company"},
            "objectMetadata",
            "OBJECT_ALREADY_EXISTS",
            "Object already exists",
        ),
        (
            "objects/probe",
            {"labelIdentifierFieldMetadataId": "createdBy"},
            "objectMetadata",
            "INVALID_OBJECT_INPUT",
            LABEL_TYPE,
        ),
        (
            f"fields/{MISSING}",
            {"icon": "x"},
            "fieldMetadata",
            "FIELD_METADATA_NOT_FOUND",
            "Field metadata to update not found",
        ),
        (
            "fields/company.createdAt",
            {"label": "x"},
            "fieldMetadata",
            "FIELD_MUTATION_NOT_ALLOWED",
            (
                "System fields only allow updating: universalSettings, isActive. "
                "Forbidden properties: label"
            ),
        ),
        (
            "fields/probe.name",
            {"isActive": False},
            "fieldMetadata",
            "LABEL_IDENTIFIER_FIELD_METADATA_ID_NOT_FOUND",
            "Label identifier field metadata cannot be deactivated",
        ),
        (
            "fields/probe.note",
            {"name": "name"},
            "fieldMetadata",
            "NOT_AVAILABLE",
            'Name "name" is not available as it is already used by another field',
        ),
        (
            "fields/probe.note",
            {"isLabelSyncedWithName": True, "label": "Other"},
            "fieldMetadata",
            "FIELD_MUTATION_NOT_ALLOWED",
            "Name is not synced with label.",
        ),
        (
            "fields/probe.choice",
            {"options": []},
            "fieldMetadata",
            "INVALID_FIELD_INPUT",
            "Options are required for enum fields",
        ),
    ],
)
@pytest.mark.usefixtures("probe")
def test_an_update_that_breaks_the_rules(
    metadata: Metadata, path: str, body: Json, name: str, code: str, message: str
) -> None:
    response = metadata.call("PATCH", path, body)

    found = response.json()
    assert response.status_code == 400
    assert found["error"] == "METADATA_VALIDATION_ERROR"
    assert found["message"].startswith("Multiple validation errors occurred while updating ")
    assert (code, message) in faults(found, name)
    assert found["errors"][name][0]["type"] == "update"
    assert found["userFriendlyMessage"] == message


@pytest.mark.parametrize(
    ("path", "status", "code", "message"),
    [
        (f"objects/{MISSING}", 404, "ENTITY_NOT_FOUND", "Object to delete not found"),
        (f"fields/{MISSING}", 404, "FIELD_METADATA_NOT_FOUND", "Field to delete not found"),
        (
            "fields/company.name",
            403,
            "FIELD_MUTATION_NOT_ALLOWED",
            'Cannot delete standard field "name"',
        ),
    ],
)
def test_a_deletion_that_is_never_allowed(
    metadata: Metadata, path: str, status: int, code: str, message: str
) -> None:
    response = metadata.call("DELETE", path)

    body = response.json()
    assert response.status_code == status
    assert (body["messages"], body["code"]) == ([message], code)


@pytest.mark.parametrize(
    ("path", "name", "code", "message"),
    [
        (
            "objects/company",
            "objectMetadata",
            "INVALID_OBJECT_INPUT",
            "Standard objects cannot be deleted",
        ),
        (
            "objects/workspaceMember",
            "objectMetadata",
            "INVALID_OBJECT_INPUT",
            "System objects cannot be deleted",
        ),
        (
            "fields/probe.name",
            "fieldMetadata",
            "FIELD_MUTATION_NOT_ALLOWED",
            "Cannot delete, please update the label identifier field first",
        ),
    ],
)
@pytest.mark.usefixtures("probe")
def test_a_deletion_that_breaks_the_rules(
    metadata: Metadata, path: str, name: str, code: str, message: str
) -> None:
    response = metadata.call("DELETE", path)

    assert response.status_code == 400
    assert faults(response.json(), name) == [(code, message)]
    assert response.json()["errors"][name][0]["type"] == "delete"


# -- fields ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"name": "1x"}, "INVALID_FIELD_INPUT", NAME_INVALID),
        ({"name": "type"}, "INVALID_FIELD_INPUT", RESERVED),
        (
            {"name": "note"},
            "NOT_AVAILABLE",
            'Name "note" is not available as it is already used by another field',
        ),
        (
            {"name": "createdByName"},
            "RESERVED_KEYWORD",
            'Name "createdByName" is reserved composite field name',
        ),
        (
            {"isLabelSyncedWithName": True, "label": "Zoo"},
            "NAME_NOT_SYNCED_WITH_LABEL",
            "Name is not synced with label",
        ),
        (
            {"objectMetadataId": MISSING},
            "OBJECT_METADATA_NOT_FOUND",
            "Provided object metadata id does not exist",
        ),
        ({"isRemoteCreation": True}, "INVALID_FIELD_INPUT", "Remote fields aren't supported"),
        (
            {"defaultValue": "x"},
            "INVALID_FIELD_INPUT",
            'Invalid string default value "x" should be single quoted',
        ),
        (
            {"type": "NUMERIC"},
            "INVALID_FIELD_INPUT",
            "Field type NUMERIC is not supported for field creation. Use NUMBER instead.",
        ),
        (
            {"type": "TS_VECTOR"},
            "INVALID_FIELD_INPUT",
            "TS Vector is not supported for field creation",
        ),
        (
            {"type": "POSITION"},
            "INVALID_FIELD_INPUT",
            'Field type POSITION must be named "position", got "fx"',
        ),
        (
            {"type": "FILES"},
            "INVALID_FIELD_INPUT",
            (
                "maxNumberOfValues must be defined in settings and be a number greater than 0 and "
                "less than or equal to 60"
            ),
        ),
        ({"type": "SELECT"}, "INVALID_FIELD_INPUT", "Options are required for enum fields"),
        (
            {"type": "SELECT", "options": [RED | {"label": "a,b"}]},
            "INVALID_FIELD_INPUT",
            "Label must not contain a comma",
        ),
        (
            {"type": "SELECT", "options": [RED, RED]},
            "INVALID_FIELD_INPUT",
            "Duplicated option value",
        ),
        (
            {"type": "SELECT", "options": [RED | {"value": "a b"}]},
            "INVALID_FIELD_INPUT",
            'Value must be in UPPER_CASE and follow snake_case "a b"',
        ),
        ({"type": "RELATION"}, "INVALID_FIELD_INPUT", "Relation creation payload is required"),
        (
            {
                "type": "RELATION",
                "relationCreationPayload": {
                    "type": "MANY_TO_ONE",
                    "targetObjectMetadataId": MISSING,
                    "targetFieldLabel": "L",
                    "targetFieldIcon": "I",
                },
            },
            "FIELD_METADATA_RELATION_MALFORMED",
            "Object metadata relation target not found for relation creation payload",
        ),
        (
            {"type": "MORPH_RELATION", "morphRelationsCreationPayload": []},
            "FIELD_METADATA_RELATION_MALFORMED",
            "Morph relation creation payloads are empty",
        ),
    ],
)
@pytest.mark.usefixtures("probe")
def test_a_field_that_cannot_be_made(
    metadata: Metadata, changes: Json, code: str, message: str
) -> None:
    response = metadata.call("POST", "fields", new_field(**changes))

    body = response.json()
    assert response.status_code == 400
    assert body["message"] == "Multiple validation errors occurred while creating fields"
    assert (code, message) in faults(body, "fieldMetadata")
    assert metadata.call("GET", "fields/probe.fx").status_code == 404


@pytest.mark.usefixtures("probe")
def test_a_field_of_a_type_that_cannot_be_unique(metadata: Metadata) -> None:
    response = metadata.call("POST", "fields", new_field(type="FULL_NAME", isUnique=True))

    assert response.status_code == 400
    assert faults(response.json(), "index") == [
        (
            "INDEX_FIELD_INVALID_TYPE_FOR_UNIQUE",
            "Unique index cannot be created for field fx of type FULL_NAME",
        )
    ]


@pytest.mark.usefixtures("probe")
def test_a_refused_field_is_missed_in_its_two_views(metadata: Metadata) -> None:
    """The contract's sample `metadata-field-create-reserved`."""
    response = metadata.call("POST", "fields", new_field(name="id", label="Id"))

    body = response.json()
    assert body.keys() >= {"statusCode", "error", "message", "errors", "summary"}
    assert body["errors"].keys() == {"fieldMetadata", "viewField"}
    assert faults(body, "viewField") == [("INVALID_VIEW_DATA", "Field metadata not found")]
    assert body["summary"] == {"totalErrors": 3, "fieldMetadata": 1, "viewField": 2}
    assert body["userFriendlyMessage"] == "Many validation errors"


@pytest.mark.usefixtures("probe")
def test_a_refused_field_by_graphql_is_one_field(metadata: Metadata) -> None:
    error = metadata.error(
        'mutation{createOneField(input:{field:{objectMetadataId:"probe",type:TEXT,name:"id",'
        'label:"Id"}}){id}}'
    )

    assert error["message"] == "Multiple validation errors occurred while creating field"
    assert error["extensions"]["message"] == ("Validation failed for 1 fieldMetadata, 2 viewFields")


@pytest.mark.parametrize(
    ("mutation", "code", "sub_code", "message"),
    [
        (
            f'updateOneObject(input:{{id:"{MISSING}",update:{{}}}}){{id}}',
            "NOT_FOUND",
            "OBJECT_METADATA_NOT_FOUND",
            "Object to update not found",
        ),
        (
            'updateOneObject(input:{id:"company",update:{nameSingular:"firm"}}){id}',
            "BAD_USER_INPUT",
            "INVALID_OBJECT_INPUT",
            "Cannot edit standard object metadata properties: nameSingular",
        ),
        (
            (
                f'updateOneObject(input:{{id:"probe",update:{{labelIdentifierFieldMetadataId:'
                f'"{MISSING}"}}}}){{id}}'
            ),
            "INTERNAL_SERVER_ERROR",
            "ENTITY_NOT_FOUND",
            "Could not find flat entity in maps",
        ),
        (
            f'deleteOneObject(input:{{id:"{MISSING}"}}){{id}}',
            "NOT_FOUND",
            "ENTITY_NOT_FOUND",
            "Object to delete not found",
        ),
        (
            f'deleteOneField(input:{{id:"{MISSING}"}}){{id}}',
            "NOT_FOUND",
            "FIELD_METADATA_NOT_FOUND",
            "Field to delete not found",
        ),
        (
            'deleteOneField(input:{id:"company.name"}){id}',
            "FORBIDDEN",
            "FIELD_MUTATION_NOT_ALLOWED",
            'Cannot delete standard field "name"',
        ),
        (
            'updateOneField(input:{id:"company.name",update:{name:"x"}}){id}',
            "FORBIDDEN",
            "FIELD_MUTATION_NOT_ALLOWED",
            "Cannot edit standard field metadata properties: name",
        ),
    ],
)
@pytest.mark.usefixtures("probe")
def test_what_is_never_allowed_has_a_code_and_a_sub_code(
    metadata: Metadata, mutation: str, code: str, sub_code: str, message: str
) -> None:
    error = metadata.error(f"mutation{{{mutation}}}")

    assert error["message"] == message
    assert error["extensions"]["code"] == code
    assert error["extensions"]["subCode"] == sub_code
