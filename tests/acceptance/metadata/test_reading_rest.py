"""Reading the model by REST: pages, both envelopes, one thing by id or name, raw values."""

from collections.abc import Iterator

import pytest

from tests.acceptance.metadata.client import MISSING, Json, Metadata

FLAG = "IS_REST_METADATA_API_NEW_FORMAT_DIRECT"


@pytest.fixture
def legacy(metadata: Metadata) -> Iterator[None]:
    metadata.set_flag(FLAG, on=False)
    yield
    metadata.set_flag(FLAG, on=True)


def get(metadata: Metadata, path: str, **params: object) -> Json:
    found = {name: str(value) for name, value in params.items()}
    response = metadata.call("GET", path, params=found)
    assert response.status_code == 200, response.text
    return response.json()


# -- pages -----------------------------------------------------------------------------


def test_a_page_has_sixty_items_and_at_most_two_hundred(metadata: Metadata) -> None:
    usual = get(metadata, "fields")
    most = get(metadata, "fields", limit=1000)
    empty = get(metadata, "fields", limit="")

    assert len(usual["data"]) == 60
    assert len(most["data"]) == min(200, most["totalCount"])
    assert usual["totalCount"] == most["totalCount"] > 60
    assert usual["pageInfo"]["hasNextPage"] is True
    assert len(empty["data"]) == 60


def test_a_page_is_ordered_by_id_descending_and_names_its_ends(metadata: Metadata) -> None:
    found = get(metadata, "objects", limit=3)

    ids = [each["id"] for each in found["data"]]
    assert ids == sorted(ids, reverse=True)
    assert found["pageInfo"] == {
        "hasNextPage": True,
        "startCursor": ids[0],
        "endCursor": ids[-1],
    }


def test_pages_forward_and_backward_make_the_whole(metadata: Metadata) -> None:
    whole = [each["id"] for each in get(metadata, "objects")["data"]]

    second = get(metadata, "objects", limit=2, starting_after=whole[1])
    last = get(metadata, "objects", starting_after=whole[-3])
    back = get(metadata, "objects", limit=2, ending_before=whole[4])
    front = get(metadata, "objects", limit=2, ending_before=whole[2].upper())

    assert [each["id"] for each in second["data"]] == whole[2:4]
    assert [each["id"] for each in last["data"]] == whole[-2:]
    assert last["pageInfo"]["hasNextPage"] is False
    assert [each["id"] for each in back["data"]] == whole[2:4]
    assert back["pageInfo"]["hasNextPage"] is True
    assert [each["id"] for each in front["data"]] == whole[0:2]
    assert front["pageInfo"]["hasNextPage"] is False


def test_no_rows_are_a_page_too(metadata: Metadata) -> None:
    found = get(metadata, "objects", limit=0)

    assert found["data"] == []
    assert found["pageInfo"] == {"hasNextPage": True, "startCursor": None, "endCursor": None}
    assert found["totalCount"] > 0


@pytest.mark.parametrize("limit", ["-1", "x", "1.5", "NaN"])
def test_a_limit_that_is_no_number_is_refused(metadata: Metadata, limit: str) -> None:
    response = metadata.call("GET", "objects", params={"limit": limit})

    assert response.status_code == 400
    assert response.json() == {
        "statusCode": 400,
        "error": "BadRequestException",
        "messages": [f"limit '{limit}' is invalid. Should be an integer"],
    }


def test_two_cursors_are_refused(metadata: Metadata) -> None:
    params = {"starting_after": MISSING, "ending_before": MISSING}

    response = metadata.call("GET", "fields", params=params)

    assert response.status_code == 400
    assert response.json()["messages"] == [
        "'starting_after' and 'ending_before' cannot be used together."
    ]


def test_a_cursor_that_is_no_id_is_refused(metadata: Metadata) -> None:
    response = metadata.call("GET", "objects", params={"starting_after": "eyJpZCI6IjEifQ=="})

    assert response.status_code == 400
    assert response.json()["messages"] == ["Invalid cursor: eyJpZCI6IjEifQ=="]


def test_unknown_parameters_are_named_in_a_warning(metadata: Metadata) -> None:
    params = {"after": MISSING, "limt": "1", 'no"th\ning\u00e9': "x"}

    response = metadata.call("GET", "objects", params=params)

    assert response.status_code == 200
    assert response.headers.get_list("warning") == [
        '299 icosa "Unknown parameter after; did you mean starting_after?"',
        '299 icosa "Unknown parameter limt; did you mean limit?"',
        '299 icosa "Unknown parameter nothing"',
    ]


# -- envelopes -------------------------------------------------------------------------


def test_the_new_envelope_is_bare(metadata: Metadata) -> None:
    company = get(metadata, "objects/company")

    assert company["nameSingular"] == "company"
    assert get(metadata, "fields/company.name")["name"] == "name"
    assert isinstance(get(metadata, "objects")["data"], list)


@pytest.mark.usefixtures("legacy")
def test_the_old_envelope_names_the_resource_and_the_operation(metadata: Metadata) -> None:
    objects, fields = get(metadata, "objects", limit=1), get(metadata, "fields", limit=1)
    assert objects.keys() == {"data", "pageInfo", "totalCount"}
    assert len(objects["data"]["objects"]) == len(fields["data"]["fields"]) == 1
    assert get(metadata, "objects/company")["data"]["object"]["nameSingular"] == "company"
    assert get(metadata, "fields/company.name")["data"]["field"]["name"] == "name"

    body = {"nameSingular": "old", "namePlural": "olds", "labelSingular": "A", "labelPlural": "B"}
    made = metadata.call("POST", "objects", body).json()["data"]["createOneObject"]
    field = {"objectMetadataId": made["id"], "type": "TEXT", "name": "x", "label": "X"}
    made_field = metadata.call("POST", "fields", field).json()["data"]["createOneField"]
    patch = {"label": "Y"}
    patched = metadata.call("PATCH", f"fields/{made_field['id']}", patch).json()
    put = metadata.call("PUT", "objects/old", {"icon": "IconX"}).json()
    deleted_field = metadata.call("DELETE", "fields/old.x").json()
    deleted = metadata.call("DELETE", "objects/olds").json()

    assert patched["data"]["updateOneField"]["label"] == "Y"
    assert put["data"]["updateOneObject"]["icon"] == "IconX"
    assert deleted_field["data"]["deleteOneField"]["name"] == "x"
    assert deleted["data"]["deleteOneObject"]["id"] == made["id"]


# -- one, and raw values ---------------------------------------------------------------


def test_a_thing_is_found_by_id_and_by_name(metadata: Metadata) -> None:
    company = get(metadata, "objects/company")
    name = get(metadata, "fields/company.name")

    assert get(metadata, "objects/companies") == company
    assert get(metadata, f"objects/{company['id']}") == company
    assert get(metadata, f"objects/{company['id'].upper()}") == company
    assert get(metadata, f"fields/{name['id']}") == name
    assert get(metadata, "fields/companies.name") == name


@pytest.mark.parametrize(
    ("path", "message", "code"),
    [
        (f"objects/{MISSING}", "Object metadata not found", "OBJECT_METADATA_NOT_FOUND"),
        ("objects/unicorns", "Object metadata not found", "OBJECT_METADATA_NOT_FOUND"),
        (f"fields/{MISSING}", "Field metadata not found", "FIELD_METADATA_NOT_FOUND"),
        ("fields/company.horn", "Field metadata not found", "FIELD_METADATA_NOT_FOUND"),
        ("fields/unicorn.horn", "Field metadata not found", "FIELD_METADATA_NOT_FOUND"),
    ],
)
def test_what_is_not_there_is_not_found(
    metadata: Metadata, path: str, message: str, code: str
) -> None:
    response = metadata.call("GET", path)

    assert response.status_code == 404
    assert response.json() == {
        "statusCode": 404,
        "error": "Error",
        "messages": [message],
        "code": code,
    }


@pytest.mark.parametrize("method", ["GET", "PATCH", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "path", ["objects/not-a-uuid", "objects/1", "objects/a.b", "fields/name", "fields/not-a-uuid"]
)
def test_what_can_be_neither_id_nor_name_is_refused(
    metadata: Metadata, method: str, path: str
) -> None:
    response = metadata.call(method, path)

    body = response.json()
    assert response.status_code == 400
    assert body["statusCode"] == 400
    assert body["error"] == "Bad Request"
    assert body["message"] == "Validation failed (uuid is expected)"


def test_an_object_is_shown_raw_with_its_fields(metadata: Metadata) -> None:
    """The keys of the contract's sample `metadata-object-create`, and what is ours beside."""
    made = metadata.create_object("raw", icon="IconBox", description="d")

    found = get(metadata, "objects/raw")

    assert found == made
    assert found.keys() == {
        *("id", "universalIdentifier", "isActive", "isLabelSyncedWithName", "isRemote"),
        *("isSearchable", "isSystem", "isUIEditable", "isUICreatable", "isUIReadOnly"),
        *("labelPlural", "labelSingular", "namePlural", "nameSingular", "workspaceId"),
        *("imageIdentifierFieldMetadataId", "labelIdentifierFieldMetadataId", "createdAt"),
        *("updatedAt", "description", "icon", "applicationId", "fields"),
    }
    assert found["workspaceId"] == get(metadata, "objects/company")["workspaceId"]
    assert found["fields"][0].keys() == {
        *("id", "universalIdentifier", "applicationId", "type", "name", "label", "description"),
        *("icon", "isActive", "isSystem", "isUIEditable", "isUIReadOnly", "isNullable"),
        *("isUnique", "workspaceId", "objectMetadataId", "isLabelSyncedWithName"),
        *("createdAt", "updatedAt", "defaultValue"),
    }
    assert [each["name"] for each in found["fields"]][:9] == [
        *("name", "id", "createdAt", "updatedAt", "deletedAt", "createdBy", "updatedBy"),
        *("position", "searchVector"),
    ]


def test_a_field_is_shown_raw(metadata: Metadata) -> None:
    """The keys of the contract's sample `metadata-field-create`."""
    metadata.create_object("swatch")
    options = [{"value": "RED", "label": "Red", "color": "red", "position": 0}]

    made = metadata.create_field("swatch", "SELECT", "colour", options=options)

    assert made.keys() == {
        *("id", "universalIdentifier", "label", "name", "objectMetadataId", "type"),
        *("workspaceId", "defaultValue", "isActive", "isLabelSyncedWithName", "isSystem"),
        *("isUIEditable", "isUIReadOnly", "options", "createdAt", "updatedAt", "isNullable"),
        *("isUnique", "applicationId"),
    }
    assert made["defaultValue"] is None
    assert made["options"][0].keys() == {"id", "color", "label", "value", "position"}
    assert get(metadata, f"fields/{made['id']}") == made


def test_morph_fields_are_not_collapsed_and_relations_name_their_ends(metadata: Metadata) -> None:
    found = get(metadata, "objects/noteTarget")

    targets = [each for each in found["fields"] if each["type"] == "MORPH_RELATION"]
    company = next(each for each in targets if each["name"] == "targetCompany")
    assert len(targets) > 1
    assert {each["morphId"] for each in targets} == {company["morphId"]}
    assert company["relationTargetObjectMetadataId"] == get(metadata, "objects/company")["id"]
    other = get(metadata, f"fields/{company['relationTargetFieldMetadataId']}")
    assert other["name"] == "noteTargets"


def test_an_override_of_a_standard_object_is_shown(metadata: Metadata) -> None:
    metadata.call("PATCH", "objects/task", {"labelSingular": "Chore"})
    changed = get(metadata, "objects/task")
    metadata.call("PATCH", "objects/task", {"labelSingular": "Task"})
    back = get(metadata, "objects/task")

    assert changed["labelSingular"] == "Chore"
    assert changed["overrides"] == {"labelSingular": "Chore"}
    assert back["labelSingular"] == "Task"
    assert not back.get("overrides")
