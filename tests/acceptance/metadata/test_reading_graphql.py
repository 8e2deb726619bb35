"""Reading the model by GraphQL: lists, filters, pages, what hangs on objects and fields."""

import base64

import pytest

from tests.acceptance.metadata.client import MISSING, Json, Metadata

ONE = "query($id:UUID!){object(id:$id){id nameSingular}}"
LIST = (
    "query($paging:CursorPaging!,$filter:ObjectFilter!){objects(paging:$paging,filter:$filter)"
    "{edges{cursor node{id nameSingular}}"
    "pageInfo{hasNextPage hasPreviousPage startCursor endCursor}}}"
)
FIELDS = (
    "query($filter:FieldFilter!){fields(paging:{first:1000},filter:$filter)"
    "{edges{node{id name type objectMetadataId isSystem}}}}"
)


def objects(metadata: Metadata, paging: Json, wanted: Json = None) -> Json:
    return metadata.ask(LIST, {"paging": paging, "filter": wanted or {}})["objects"]


def names(page: Json) -> list[str]:
    return [edge["node"]["nameSingular"] for edge in page["edges"]]


def fields(metadata: Metadata, wanted: Json) -> list[Json]:
    found = metadata.ask(FIELDS, {"filter": wanted})["fields"]
    return [edge["node"] for edge in found["edges"]]


def cursor(place: int) -> str:
    return base64.b64encode(f"arrayconnection:{place}".encode()).decode()


# -- pages -----------------------------------------------------------------------------


def test_a_list_has_ten_items_unless_told_otherwise(metadata: Metadata) -> None:
    found = metadata.ask("{fields{edges{node{id}} pageInfo{hasNextPage}}}")["fields"]

    assert len(found["edges"]) == 10
    assert found["pageInfo"] == {"hasNextPage": True}


def test_a_list_is_ordered_by_id_descending(metadata: Metadata) -> None:
    found = objects(metadata, {"first": 1000})

    ids = [edge["node"]["id"] for edge in found["edges"]]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) >= 10


def test_cursors_are_places_in_the_list(metadata: Metadata) -> None:
    found = objects(metadata, {"first": 2})

    assert [edge["cursor"] for edge in found["edges"]] == [cursor(0), cursor(1)]
    assert found["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": cursor(0),
        "endCursor": "YXJyYXljb25uZWN0aW9uOjE=",  # of the contract's samples
    }


def test_pages_forward_and_backward_make_the_whole(metadata: Metadata) -> None:
    whole = names(objects(metadata, {"first": 1000}))

    first = objects(metadata, {"first": 3})
    second = objects(metadata, {"first": 1000, "after": first["pageInfo"]["endCursor"]})
    back = objects(metadata, {"last": 2, "before": second["pageInfo"]["startCursor"]})
    end = objects(metadata, {"last": 2})

    assert names(first) + names(second) == whole
    assert second["pageInfo"]["hasPreviousPage"] is True
    assert names(back) == whole[1:3]
    assert back["pageInfo"]["hasNextPage"] is True
    assert names(end) == whole[-2:]


def test_a_page_of_nothing_has_no_cursors(metadata: Metadata) -> None:
    found = objects(metadata, {"first": 0})

    assert found["edges"] == []
    assert found["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": None,
        "endCursor": None,
    }


@pytest.mark.parametrize(
    ("paging", "message"),
    [
        ({"first": 1001}, "Field paging.first max allowed value is `1000`."),
        ({"first": -1}, "first must not be less than 0"),
        ({"first": 1, "last": 1}, "Cannot be used with `before` , `last`."),
        ({"after": "what"}, "Invalid cursor: what"),
        ({"after": base64.b64encode(b"arrayconnection:-1").decode()}, "Invalid cursor: "),
    ],
)
def test_a_page_that_cannot_be_is_refused(metadata: Metadata, paging: Json, message: str) -> None:
    error = metadata.error(LIST, {"paging": paging, "filter": {}})

    assert error["message"].startswith(message)
    assert error["name"] == "UserInputError"
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


# -- filters ---------------------------------------------------------------------------


def test_objects_are_filtered_by_their_flags(metadata: Metadata) -> None:
    found = objects(metadata, {"first": 100}, {"isSystem": {"is": False}})

    assert {"company", "person"} <= set(names(found))
    assert "workspaceMember" not in names(found)


def test_filters_are_joined_by_and_and_or(metadata: Metadata) -> None:
    either = [{"id": {"eq": "company"}}, {"id": {"in": ["person", "note"]}}]

    both = objects(metadata, {}, {"or": either, "and": [{"id": {"neq": "note"}}]})
    none = objects(metadata, {}, {"and": [{"isSystem": {"is": True}, "isActive": {"isNot": True}}]})

    assert set(names(both)) == {"company", "person"}
    assert names(none) == []


def test_fields_are_filtered_by_their_object(metadata: Metadata) -> None:
    company = metadata.ask(ONE, {"id": "company"})["object"]

    by_id = fields(metadata, {"objectMetadataId": {"eq": company["id"]}})
    by_name = fields(metadata, {"objectMetadataId": {"eq": "company"}, "isSystem": {"is": False}})

    assert {each["objectMetadataId"] for each in by_id} == {company["id"]}
    assert {"name", "domainName"} <= {each["name"] for each in by_name}
    assert len(by_name) < len(by_id)


def test_an_id_is_compared_with_a_pattern(metadata: Metadata) -> None:
    company = metadata.ask(ONE, {"id": "company"})["object"]
    tail = company["id"][20:].upper()

    found = metadata.ask(
        f'{{like:objects(filter:{{id:{{iLike:"%{tail}"}}}}){{edges{{node{{id}}}}}}'
        f'not:objects(filter:{{id:{{like:"%{tail}"}}}}){{edges{{node{{id}}}}}}}}'
    )

    assert [edge["node"]["id"] for edge in found["like"]["edges"]] == [company["id"]]
    assert found["not"]["edges"] == []


# -- one -------------------------------------------------------------------------------


def test_a_thing_is_found_by_id_and_by_name(metadata: Metadata) -> None:
    by_plural = metadata.ask('{object(id:"companies"){id nameSingular}}')["object"]
    by_id = metadata.ask(ONE, {"id": by_plural["id"].upper()})["object"]
    field = metadata.ask('{field(id:"company.name"){id name objectMetadataId}}')["field"]
    field_by_id = metadata.ask("query($id:UUID!){field(id:$id){name}}", {"id": field["id"]})

    assert by_plural == by_id
    assert by_id["nameSingular"] == "company"
    assert field["objectMetadataId"] == by_id["id"]
    assert field_by_id == {"field": {"name": "name"}}


@pytest.mark.parametrize(
    ("query", "message", "sub_code"),
    [
        ("{object(id:%s){id}}", "Object metadata not found", "OBJECT_METADATA_NOT_FOUND"),
        ("{field(id:%s){id}}", "Field metadata not found", "FIELD_METADATA_NOT_FOUND"),
    ],
)
@pytest.mark.parametrize("reference", [MISSING, "compny", "company.nam", "what's that?", ""])
def test_what_is_not_there_is_not_found(
    metadata: Metadata, query: str, message: str, sub_code: str, reference: str
) -> None:
    body = metadata.post(query % f'"{reference}"').json()

    assert body["data"] is None
    assert body["errors"][0]["message"] == message
    assert body["errors"][0]["name"] == "NotFoundError"
    assert body["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert body["errors"][0]["extensions"]["subCode"] == sub_code
    assert body["errors"][0]["extensions"]["userFriendlyMessage"] == "An error occurred."
    assert "path" not in body["errors"][0]
    assert "locations" not in body["errors"][0]


def test_a_name_that_is_nearly_right_gets_a_hint(metadata: Metadata) -> None:
    error = metadata.error('{object(id:"compny"){id}}')

    assert error["extensions"]["hint"] == "Did you mean company?"


# -- what hangs on objects and fields --------------------------------------------------


def test_unset_texts_are_empty(metadata: Metadata) -> None:
    metadata.create_object("bare")

    found = metadata.ask(
        '{object(id:"bare"){description icon color shortcut fieldsList{description icon}}}'
    )["object"]

    assert (found["description"], found["icon"], found["color"]) == ("", "", "")
    assert all(each["description"] is not None for each in found["fieldsList"])


def test_an_object_has_what_its_type_says(metadata: Metadata) -> None:
    found = metadata.ask(
        '{object(id:"company"){universalIdentifier nameSingular namePlural labelSingular'
        " labelPlural description icon shortcut color isRemote isActive isSystem isUIEditable"
        " isUICreatable isUIReadOnly isSearchable applicationId labelIdentifierFieldMetadataId"
        " imageIdentifierFieldMetadataId isLabelSyncedWithName duplicateCriteria}"
        " currentWorkspace{workspaceCustomApplicationId}}"
    )
    company = found["object"]

    assert company["description"] == "A company"
    assert company["icon"] == "IconBuildingSkyscraper"
    assert company["shortcut"] == "C"
    assert company["color"] == ""
    assert company["isUIReadOnly"] is False
    assert company["duplicateCriteria"] == [["name"], ["domainNamePrimaryLinkUrl"]]
    assert company["applicationId"] != found["currentWorkspace"]["workspaceCustomApplicationId"]


def test_indexes_and_search_fields_are_listed(metadata: Metadata) -> None:
    found = metadata.ask(
        '{object(id:"company"){fieldsList{id name}'
        " indexMetadataList{id name isCustom isUnique indexType indexWhereClause"
        " indexFieldMetadataList{id fieldMetadataId order subFieldName}}"
        " searchFieldMetadataList{fieldMetadataId tsVectorFieldMetadataId position}"
        " indexMetadatas(filter:{isCustom:{is:false}},paging:{first:1}){edges{node{name}}"
        " pageInfo{hasNextPage}}}}"
    )["object"]
    by_id = {each["id"]: each["name"] for each in found["fieldsList"]}

    indexed = {
        by_id[each["indexFieldMetadataList"][0]["fieldMetadataId"]]: each
        for each in found["indexMetadataList"]
    }
    assert indexed.keys() == {"accountOwner", "domainName", "searchVector"}
    assert indexed["domainName"]["isUnique"] is True
    assert indexed["searchVector"]["indexType"] == "GIN"
    assert indexed["accountOwner"]["name"].startswith("IDX_")
    searched = [by_id[each["fieldMetadataId"]] for each in found["searchFieldMetadataList"]]
    assert searched == ["name", "domainName"]
    vector = found["searchFieldMetadataList"][0]["tsVectorFieldMetadataId"]
    assert by_id[vector] == "searchVector"
    assert len(found["indexMetadatas"]["edges"]) == 1
    assert found["indexMetadatas"]["pageInfo"]["hasNextPage"] is True


def test_a_relation_shows_both_of_its_ends(metadata: Metadata) -> None:
    found = metadata.ask(
        '{field(id:"person.company"){type settings relation{type'
        " sourceObjectMetadata{nameSingular} targetObjectMetadata{namePlural}"
        " sourceFieldMetadata{name object{nameSingular}} targetFieldMetadata{name relation{type}}}"
        ' morphRelations{type}} name:field(id:"person.name"){relation{type}}}'
    )

    assert found["name"] == {"relation": None}
    assert found["field"] == {
        "type": "RELATION",
        "settings": {
            "relationType": "MANY_TO_ONE",
            "onDelete": "SET_NULL",
            "joinColumnName": "companyId",
        },
        "relation": {
            "type": "MANY_TO_ONE",
            "sourceObjectMetadata": {"nameSingular": "person"},
            "targetObjectMetadata": {"namePlural": "companies"},
            "sourceFieldMetadata": {"name": "company", "object": {"nameSingular": "person"}},
            "targetFieldMetadata": {"name": "people", "relation": {"type": "ONE_TO_MANY"}},
        },
        "morphRelations": None,
    }


def test_the_fields_of_a_morph_relation_are_listed_as_one(metadata: Metadata) -> None:
    found = metadata.ask(
        '{object(id:"noteTarget"){fieldsList{name type morphId morphRelations'
        "{targetObjectMetadata{nameSingular} sourceFieldMetadata{name} targetFieldMetadata{name}}}"
        " fields(paging:{first:100}){edges{node{name type morphId}}}}}"
    )["object"]

    listed = found["fieldsList"]
    morphs = [each for each in listed if each["type"] == "MORPH_RELATION"]
    rows = [edge["node"] for edge in found["fields"]["edges"]]
    stored = [each for each in rows if each["type"] == "MORPH_RELATION"]
    assert [each["name"] for each in morphs] == ["target"]
    assert listed[-1] is morphs[0]
    assert {each["name"] for each in stored} >= {"targetCompany", "targetPerson"}
    assert {each["morphId"] for each in stored} == {morphs[0]["morphId"]}
    relations = morphs[0]["morphRelations"]
    assert {each["sourceFieldMetadata"]["name"] for each in relations} == {"target"}
    targets = {each["targetObjectMetadata"]["nameSingular"] for each in relations}
    assert {"company", "person"} <= targets
    assert {each["targetFieldMetadata"]["name"] for each in relations} == {"noteTargets"}


# -- counts, the short form ------------------------------------------------------------


def test_records_are_counted(metadata: Metadata) -> None:
    metadata.create_object("counted")
    metadata.create("counteds", {"name": "one"}, {"name": "two"})

    found = metadata.ask("{objectRecordCounts{objectNamePlural totalCount}}")["objectRecordCounts"]

    counts = {each["objectNamePlural"]: each["totalCount"] for each in found}
    assert counts["counteds"] == 2
    assert counts["companies"] == 0
    assert counts["workspaceMembers"] == 3


def test_the_short_form_holds_active_objects_and_hashes(metadata: Metadata) -> None:
    query = (
        "{minimalMetadata{objectMetadataItems{id nameSingular namePlural labelSingular labelPlural"
        " icon color isActive isSystem isRemote} views{id type key objectMetadataId}"
        " collectionHashes{collectionName hash}}}"
    )
    made = metadata.create_object("hidden")
    before = metadata.ask(query)["minimalMetadata"]

    metadata.call("PATCH", "objects/hidden", {"isActive": False})
    after = metadata.ask(query)["minimalMetadata"]

    def hashes(found: Json) -> dict[str, str]:
        return {each["collectionName"]: each["hash"] for each in found["collectionHashes"]}

    assert made["id"] in {each["id"] for each in before["objectMetadataItems"]}
    assert made["id"] not in {each["id"] for each in after["objectMetadataItems"]}
    assert all(each["isActive"] for each in after["objectMetadataItems"])
    assert hashes(before)["objectMetadata"] != hashes(after)["objectMetadata"]
    views = [each for each in before["views"] if each["objectMetadataId"] == made["id"]]
    assert {(each["type"], each["key"]) for each in views} == {
        ("TABLE", "INDEX"),
        ("FIELDS_WIDGET", None),
    }
    assert metadata.ask(query)["minimalMetadata"] == after
