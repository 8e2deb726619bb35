"""Changing the model by both APIs: every operation, seen at once by all four."""

import pytest

from tests.acceptance.metadata.client import Json, Metadata

CREATE_OBJECT = (
    "mutation($input:CreateOneObjectInput!){createOneObject(input:$input)"
    "{id nameSingular labelSingular icon isActive applicationId labelIdentifierFieldMetadataId"
    " fieldsList{name type isSystem}}}"
)
UPDATE_OBJECT = (
    "mutation($input:UpdateOneObjectInput!){updateOneObject(input:$input)"
    "{id nameSingular namePlural labelSingular isActive fieldsList{name}}}"
)
DELETE_OBJECT = (
    "mutation($input:DeleteOneObjectInput!){deleteOneObject(input:$input)"
    "{id nameSingular fieldsList{name relation{targetObjectMetadata{nameSingular}}}}}"
)
CREATE_FIELD = (
    "mutation($input:CreateOneFieldMetadataInput!){createOneField(input:$input)"
    "{id name type label options settings defaultValue isNullable object{nameSingular}"
    " relation{type targetObjectMetadata{nameSingular} targetFieldMetadata{name label icon}}"
    " morphRelations{targetObjectMetadata{nameSingular}}}}"
)
UPDATE_FIELD = (
    "mutation($input:UpdateOneFieldMetadataInput!){updateOneField(input:$input)"
    "{id name label isActive type isNullable}}"
)
DELETE_FIELD = (
    "mutation($input:DeleteOneFieldInput!){deleteOneField(input:$input){id name"
    " object{nameSingular} relation{targetFieldMetadata{name}}}}"
)


def labels(name: str) -> dict[str, object]:
    """The input of a new object."""
    return {
        "nameSingular": name,
        "namePlural": f"{name}s",
        "labelSingular": name.title(),
        "labelPlural": f"{name.title()}s",
    }


def field(source: str, kind: str, name: str, **more: object) -> dict[str, object]:
    """The input of a new field."""
    return {
        "objectMetadataId": source,
        "type": kind,
        "name": name,
        "label": name.title(),
        **more,
    }


def create_field(metadata: Metadata, source: str, kind: str, name: str, **more: object) -> Json:
    asked = {"input": {"field": field(source, kind, name, **more)}}
    return metadata.ask(CREATE_FIELD, asked)["createOneField"]


# -- objects ---------------------------------------------------------------------------


def test_an_object_made_by_graphql_is_there_in_all_four_apis(metadata: Metadata) -> None:
    asked = {"input": {"object": {**labels("rocket"), "icon": "IconRocket"}}}

    made = metadata.ask(CREATE_OBJECT, asked)["createOneObject"]
    record = metadata.rest("POST", "rockets", {"name": "Saturn"})
    seen = metadata.data("{rockets{edges{node{name}}}}")
    rest = metadata.call("GET", "objects/rocket").json()

    assert made["nameSingular"] == "rocket"
    assert made["isActive"] is True
    assert made["icon"] == "IconRocket"
    assert [each["name"] for each in made["fieldsList"]] == [
        *("name", "id", "createdAt", "updatedAt", "deletedAt", "createdBy", "updatedBy"),
        *("position", "searchVector", "timelineActivities", "attachments", "noteTargets"),
        "taskTargets",
    ]
    assert record.status_code == 201, record.text
    assert seen["rockets"]["edges"] == [{"node": {"name": "Saturn"}}]
    assert rest["id"] == made["id"]


def test_an_object_made_by_rest_is_there_in_all_four_apis(metadata: Metadata) -> None:
    made = metadata.create_object("planet")
    seen = metadata.ask('{object(id:"planet"){id labelPlural}}')["object"]
    record = metadata.data('mutation{createPlanet(data:{name:"Mars"}){name}}')
    listed = metadata.rest("GET", "planets").json()["data"]["planets"]

    assert made["labelIdentifierFieldMetadataId"] == made["fields"][0]["id"]
    assert seen == {"id": made["id"], "labelPlural": "Planets"}
    assert record == {"createPlanet": {"name": "Mars"}}
    assert [each["name"] for each in listed] == ["Mars"]


def test_an_object_without_a_name_field_is_named_by_its_id(metadata: Metadata) -> None:
    made = metadata.create_object("nameless", skipNameField=True)

    names = {each["id"]: each["name"] for each in made["fields"]}
    assert "name" not in names.values()
    assert names[made["labelIdentifierFieldMetadataId"]] == "id"


def test_a_renamed_object_has_new_addresses_and_the_old_ones_are_gone(metadata: Metadata) -> None:
    made = metadata.create_object("ship")
    metadata.create("ships", {"name": "Victory"})
    asked = {"id": made["id"], "update": {"nameSingular": "boat", "namePlural": "boats"}}

    changed = metadata.ask(UPDATE_OBJECT, {"input": asked})["updateOneObject"]
    renamed = metadata.rest("GET", "boats")
    old = metadata.rest("GET", "ships")
    morph = metadata.ask('{object(id:"noteTarget"){fields(paging:{first:99}){edges{node{name}}}}}')

    assert (changed["nameSingular"], changed["namePlural"]) == ("boat", "boats")
    assert [each["name"] for each in renamed.json()["data"]["boats"]] == ["Victory"]
    assert old.status_code == 400
    names = {edge["node"]["name"] for edge in morph["object"]["fields"]["edges"]}
    assert "targetBoat" in names
    assert "targetShip" not in names


def test_an_inactive_object_has_no_records_until_it_is_active_again(metadata: Metadata) -> None:
    metadata.create_object("sleeper")

    metadata.call("PATCH", "objects/sleeper", {"isActive": False})
    asleep = metadata.rest("GET", "sleepers")
    kept = metadata.call("GET", "objects/sleeper").json()
    asked = {"input": {"id": "sleeper", "update": {"isActive": True}}}
    metadata.ask(UPDATE_OBJECT, asked)
    awake = metadata.rest("GET", "sleepers")

    assert asleep.status_code == 400
    assert kept["isActive"] is False
    assert awake.status_code == 200


def test_another_field_may_name_records(metadata: Metadata) -> None:
    metadata.create_object("book")
    title = metadata.create_field("book", "TEXT", "title")

    by_name = metadata.call("PATCH", "objects/book", {"labelIdentifierFieldMetadataId": "title"})

    assert by_name.status_code == 200, by_name.text
    assert by_name.json()["labelIdentifierFieldMetadataId"] == title["id"]


def test_a_deleted_object_is_given_as_it_was(metadata: Metadata) -> None:
    made = metadata.create_object("ghost")
    other = metadata.create_object("shade")

    former = metadata.ask(DELETE_OBJECT, {"input": {"id": made["id"]}})["deleteOneObject"]
    by_rest = metadata.call("DELETE", f"objects/{other['id']}")

    assert former["nameSingular"] == "ghost"
    targets = {
        each["name"]: each["relation"]["targetObjectMetadata"]["nameSingular"]
        for each in former["fieldsList"]
        if each["relation"] is not None
    }
    assert targets["noteTargets"] == "noteTarget"
    assert by_rest.status_code == 200
    assert "fields" not in by_rest.json()
    assert {k: v for k, v in other.items() if k != "fields"} == by_rest.json()
    assert metadata.call("GET", "objects/ghost").status_code == 404
    assert metadata.rest("GET", "ghosts").status_code == 400
    assert "errors" in metadata.graphql("{ghosts{edges{node{id}}}}")


# -- fields ----------------------------------------------------------------------------


def test_a_field_made_by_graphql_is_there_in_all_four_apis(metadata: Metadata) -> None:
    metadata.create_object("car")
    options = [{"value": "RED", "label": "Red", "color": "red", "position": 0}]

    made = create_field(metadata, "cars", "SELECT", "colour", options=options)
    written = metadata.rest("POST", "cars", {"name": "Mini", "colour": "RED"})
    read = metadata.data("{cars{edges{node{colour}}}}")
    rest = metadata.call("GET", "fields/car.colour").json()

    assert made["options"][0]["value"] == "RED"
    assert made["object"] == {"nameSingular": "car"}
    assert made["relation"] is None
    assert written.json()["data"]["createCar"]["colour"] == "RED"
    assert read["cars"]["edges"] == [{"node": {"colour": "RED"}}]
    assert rest["id"] == made["id"]
    assert rest["options"] == made["options"]


def test_a_field_is_renamed_with_its_values_and_switched_off(metadata: Metadata) -> None:
    metadata.create_object("dog")
    made = metadata.create_field("dog", "TEXT", "breed")
    metadata.create("dogs", {"name": "Rex", "breed": "Boxer"})

    asked = {"id": "dog.breed", "update": {"name": "race", "label": "Race"}}
    changed = metadata.ask(UPDATE_FIELD, {"input": asked})["updateOneField"]
    moved = metadata.rest("GET", "dogs").json()["data"]["dogs"][0]
    metadata.call("PATCH", f"fields/{made['id']}", {"isActive": False})
    off = metadata.rest("GET", "dogs").json()["data"]["dogs"][0]

    assert changed == {
        "id": made["id"],
        "name": "race",
        "label": "Race",
        "isActive": True,
        "type": "TEXT",
        "isNullable": True,
    }
    assert moved["race"] == "Boxer"
    assert "breed" not in moved
    assert "race" not in off


def test_what_never_changes_of_a_field_is_ignored(metadata: Metadata) -> None:
    metadata.create_object("cat")
    made = metadata.create_field("cat", "TEXT", "breed")
    body = {"type": "NUMBER", "isNullable": False, "objectMetadataId": "company", "isSystem": True}

    changed = metadata.call("PATCH", f"fields/{made['id']}", body)

    assert changed.status_code == 200, changed.text
    assert changed.json() == made


def test_a_relation_has_two_ends_that_come_and_go_together(metadata: Metadata) -> None:
    metadata.create_object("owner")
    metadata.create_object("pet")
    payload = {
        "type": "MANY_TO_ONE",
        "targetObjectMetadataId": "owner",
        "targetFieldLabel": "Pets",
        "targetFieldIcon": "IconPaw",
    }

    made = create_field(metadata, "pet", "RELATION", "owner", relationCreationPayload=payload)
    (owner,) = metadata.create("owners", {"name": "Ann"})
    metadata.create("pets", {"name": "Rex", "ownerId": owner["id"]})
    seen = metadata.data("{owners{edges{node{pets{edges{node{name owner{name}}}}}}}}")
    former = metadata.ask(DELETE_FIELD, {"input": {"id": made["id"]}})["deleteOneField"]
    gone = metadata.call("GET", "fields/owner.pets")

    assert made["settings"]["joinColumnName"] == "ownerId"
    assert made["relation"] == {
        "type": "MANY_TO_ONE",
        "targetObjectMetadata": {"nameSingular": "owner"},
        "targetFieldMetadata": {"name": "pets", "label": "Pets", "icon": "IconPaw"},
    }
    assert seen["owners"]["edges"][0]["node"]["pets"]["edges"] == [
        {"node": {"name": "Rex", "owner": {"name": "Ann"}}}
    ]
    assert former == {
        "id": made["id"],
        "name": "owner",
        "object": {"nameSingular": "pet"},
        "relation": {"targetFieldMetadata": {"name": "pets"}},
    }
    assert gone.status_code == 404


def test_a_morph_relation_grows_by_another_target(metadata: Metadata) -> None:
    metadata.create_object("memo")
    payloads = [
        {
            "type": "MANY_TO_ONE",
            "targetObjectMetadataId": target,
            "targetFieldLabel": "Memos",
            "targetFieldIcon": "IconNote",
        }
        for target in ("company", "person")
    ]
    made = create_field(
        metadata, "memo", "MORPH_RELATION", "about", morphRelationsCreationPayload=payloads
    )
    update = {"morphRelationsUpdatePayload": [{"targetObjectMetadataId": "opportunity"}]}

    metadata.ask(UPDATE_FIELD, {"input": {"id": made["id"], "update": update}})
    listed = metadata.ask(
        '{object(id:"memo"){fieldsList{name morphRelations{targetObjectMetadata{nameSingular}}}}}'
    )["object"]["fieldsList"]
    former = metadata.call("DELETE", f"fields/{made['id']}")

    assert made["name"] == "aboutCompany"
    assert len(made["morphRelations"]) == 2
    (about,) = (each for each in listed if each["name"] == "about")
    targets = {each["targetObjectMetadata"]["nameSingular"] for each in about["morphRelations"]}
    assert targets == {"company", "person", "opportunity"}
    assert former.status_code == 200
    assert metadata.call("GET", "fields/memo.aboutPerson").status_code == 404
    assert metadata.call("GET", "fields/company.memos").status_code == 404


def test_a_removed_option_takes_its_value_from_the_records(metadata: Metadata) -> None:
    metadata.create_object("lamp")
    options = [
        {"value": value, "label": value.title(), "color": "red", "position": position}
        for position, value in enumerate(("ON", "OFF"))
    ]
    made = metadata.create_field("lamp", "SELECT", "state", options=options)
    metadata.create("lamps", {"name": "a", "state": "ON"}, {"name": "b", "state": "OFF"})
    on = {**made["options"][0], "value": "LIT", "label": "Lit"}

    changed = metadata.call("PATCH", "fields/lamp.state", {"options": [on]})

    assert changed.status_code == 200, changed.text
    found = metadata.rest("GET", "lamps", order_by="name").json()["data"]["lamps"]
    assert [each["state"] for each in found] == ["LIT", None]


def test_several_changes_of_one_document_are_made_in_order(metadata: Metadata) -> None:
    query = (
        "mutation($o:CreateOneObjectInput!,$f:CreateOneFieldMetadataInput!){"
        "first:createOneObject(input:$o){id} second:createOneField(input:$f)"
        "{object{nameSingular fieldsList{name}}}}"
    )
    variables = {
        "o": {"object": labels("tree")},
        "f": {"field": field("company", "TEXT", "treeNote")},
    }

    done = metadata.ask(query, variables)

    names = [each["name"] for each in done["second"]["object"]["fieldsList"]]
    assert "treeNote" in names
    assert metadata.call("GET", "objects/tree").json()["id"] == done["first"]["id"]


# -- at the same time ------------------------------------------------------------------


def test_of_clients_that_make_the_same_object_at_once_one_wins(metadata: Metadata) -> None:
    request = ("POST", "/rest/metadata/objects", labels("race"))

    responses = metadata.at_once(*[request] * 4)

    assert sorted(each.status_code for each in responses) == [201, 400, 400, 400]
    for refused in (each for each in responses if each.status_code == 400):
        (entry,) = refused.json()["errors"]["objectMetadata"]
        assert [each["message"] for each in entry["errors"]] == ["Object already exists"]


def test_of_clients_that_make_the_same_field_at_once_one_wins(metadata: Metadata) -> None:
    metadata.create_object("derby")
    request = ("POST", "/rest/metadata/fields", field("derby", "TEXT", "horse"))

    responses = metadata.at_once(*[request] * 4)

    assert sorted(each.status_code for each in responses) == [201, 400, 400, 400]
    for refused in (each for each in responses if each.status_code == 400):
        (entry,) = refused.json()["errors"]["fieldMetadata"]
        assert [each["code"] for each in entry["errors"]] == ["NOT_AVAILABLE"]


def test_a_change_by_another_process_is_seen(metadata: Metadata) -> None:
    made = metadata.create_object("elsewhere")
    with Metadata(metadata.dsn, metadata.api_key) as other:
        other.call("PATCH", "objects/elsewhere", {"labelSingular": "There"})

        seen = metadata.call("GET", f"objects/{made['id']}").json()

    assert seen["labelSingular"] == "There"


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_a_change_to_what_is_already_so_changes_nothing(metadata: Metadata, method: str) -> None:
    before = metadata.call("GET", "objects/company").json()

    after = metadata.call(method, "objects/company", {"labelSingular": "Company"})

    assert after.status_code == 200
    assert after.json() | {"updatedAt": ""} == before | {"updatedAt": ""}
