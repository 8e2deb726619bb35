"""What is wrong with a new or changed object, in the contract's words (C.1 to C.3, A.3)."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from icosa.catalog.snapshot import Object
from icosa.changes.objects import delete_object
from icosa.core.errors import ModelInvalid, ModelNotFound, ModelRefused, RequestInvalid
from icosa.core.identity import derived_uuid
from tests.unit.changes.parts import (
    create_object,
    draft_of,
    model,
    update_object,
    with_pet,
)

INVALID_NAME = (
    "Name is not valid: it must start with lowercase letter and contain only alphanumeric letters"
)


def messages(error: ModelInvalid, name: str = "objectMetadata") -> list[tuple[object, object]]:
    """Code and message of every fault of one metadata name."""
    return [
        (fault["code"], fault["message"])
        for entry in error.failures[name]
        for fault in faults(entry)
    ]


def faults(entry: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    found: Any = entry["errors"]
    assert found
    return list(found)


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"nameSingular": "1bad"}, "INVALID_OBJECT_INPUT", INVALID_NAME),
        ({"namePlural": "Bads"}, "INVALID_OBJECT_INPUT", INVALID_NAME),
        ({"nameSingular": "a" * 64}, "INVALID_OBJECT_INPUT", "Name is too long"),
        (
            {"nameSingular": "workspace"},
            "INVALID_OBJECT_INPUT",
            'This name is reserved. Use a different name or the system will add "Custom" suffix.',
        ),
        (
            {"namePlural": "PET", "nameSingular": "pet"},
            "INVALID_OBJECT_INPUT",
            "The singular and plural names cannot be the same for an object",
        ),
        ({"labelSingular": "a" * 64}, "INVALID_OBJECT_INPUT", "Object label is too long"),
        ({"nameSingular": "company"}, "OBJECT_ALREADY_EXISTS", "Object already exists"),
        ({"nameSingular": "companies"}, "OBJECT_ALREADY_EXISTS", "Object already exists"),
        ({"namePlural": "person"}, "OBJECT_ALREADY_EXISTS", "Object already exists"),
        (
            {"isLabelSyncedWithName": True, "labelSingular": "Cat"},
            "INVALID_OBJECT_INPUT",
            "Names are not synced with labels",
        ),
        ({"isRemote": True}, "INVALID_OBJECT_INPUT", "Remote objects are not supported"),
    ],
)
def test_a_new_object_is_refused(change: dict[str, object], code: str, message: str) -> None:
    with pytest.raises(ModelInvalid) as refused:
        create_object(draft_of(model()), **change)

    assert (code, message) in messages(refused.value)
    assert refused.value.message == "Multiple validation errors occurred while creating object"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"nameSingular": ""}, "nameSingular should not be empty"),
        ({"nameSingular": "not"}, "nameSingular has failed the name validation check"),
        ({"labelPlural": " "}, "labelPlural should not be empty"),
        (
            {"nameSingular": "a;b", "namePlural": ""},
            "nameSingular has failed the name validation check, namePlural should not be empty",
        ),
    ],
)
def test_an_input_is_checked_before_the_rules(change: dict[str, object], message: str) -> None:
    with pytest.raises(RequestInvalid) as refused:
        create_object(draft_of(model()), **change)

    assert refused.value.message == message


def test_an_object_that_cannot_be_takes_all_that_comes_with_it_along() -> None:
    with pytest.raises(ModelInvalid) as refused:
        create_object(
            draft_of(model()),
            nameSingular="1bad",
            namePlural="1bads",
            labelSingular="x",
            labelPlural="xs",
        )

    error = refused.value
    assert error.summary == {
        "totalErrors": 35,
        "fieldMetadata": 17,
        "objectMetadata": 1,
        "view": 2,
        "viewField": 9,
        "index": 5,
        "searchFieldMetadata": 1,
    }
    assert error.count_text == (
        "Validation failed for 17 fieldMetadata, 1 objectMetadata, 2 views, 9 viewFields, "
        "5 indices, 1 searchFieldMetadata"
    )
    assert error.friendly == "Many validation errors"
    assert messages(error) == [("INVALID_OBJECT_INPUT", INVALID_NAME)] * 2
    assert [fault["value"] for fault in faults(error.failures["objectMetadata"][0])] == [
        "1bad",
        "1bads",
    ]


def test_dependants_say_what_they_depend_on() -> None:
    with pytest.raises(ModelInvalid) as refused:
        create_object(draft_of(model()), nameSingular="1bad")

    failures = refused.value.failures
    name = failures["fieldMetadata"][0]
    assert name["flatEntityMinimalInformation"]["name"] == "name"  # type: ignore[index]  # JSON
    assert faults(name) == [
        {
            "code": "OBJECT_METADATA_NOT_FOUND",
            "message": "Object metadata not found",
            "userFriendlyMessage": "Field to create related object not found",
        }
    ]
    assert faults(failures["index"][0]) == [
        {
            "code": "INDEX_FIELD_NOT_FOUND",
            "message": "Could not find index field related field metadata",
            "userFriendlyMessage": "Field referenced in index does not exist",
        }
    ]
    assert [fault["message"] for fault in faults(failures["viewField"][0])] == [
        "Field metadata not found",
        "View not found",
    ]
    assert [fault["code"] for fault in faults(failures["searchFieldMetadata"][0])][:2] == [
        "FIELD_METADATA_NOT_FOUND",
        "TS_VECTOR_FIELD_METADATA_NOT_FOUND",
    ]
    assert failures["view"][0].keys() == {
        "status",
        "errors",
        "flatEntityMinimalInformation",
        "metadataName",
        "type",
    }


def test_the_reverse_relation_limits_the_name_of_an_object() -> None:
    with pytest.raises(ModelInvalid) as refused:
        create_object(draft_of(model()), nameSingular="a" * 58)

    assert ("INVALID_FIELD_INPUT", "Name is too long") in messages(refused.value, "fieldMetadata")
    assert "objectMetadata" not in refused.value.failures


def test_the_longest_name_is_fine() -> None:
    draft = draft_of(model())

    object_id = create_object(draft, nameSingular="a" * 57)

    assert draft.object(object_id).table == "_" + "a" * 57


def test_a_single_fault_is_told_to_people_as_it_is() -> None:
    with pytest.raises(ModelInvalid) as refused:
        update_object(draft_of(with_pet()), "pet", nameSingular="company")

    assert refused.value.friendly == "Object already exists"
    assert refused.value.message == "Multiple validation errors occurred while updating object"


# -- what becomes of a good one --------------------------------------------------------------


def test_a_new_object_has_the_contract_s_fields_in_order() -> None:
    pet = with_pet().by_singular["pet"]

    assert list(pet.fields) == [
        *("name", "id", "createdAt", "updatedAt", "deletedAt", "createdBy", "updatedBy"),
        *("position", "searchVector"),
        *("timelineActivities", "attachments", "noteTargets", "taskTargets"),
    ]
    assert pet.label_identifier == pet.fields["name"]
    assert pet.table == "_pet"


def test_the_indexes_of_an_object_are_named_as_the_contract_does() -> None:
    draft = draft_of(model())
    dish = create_object(draft, nameSingular="dish", namePlural="dishes")

    assert draft.object(dish).indexes[0].name == "IDX_be6fe08944beb9886fb83dfbbf1"


def test_a_new_object_is_related_to_the_shared_ones() -> None:
    snapshot = with_pet()

    for name in ("timelineActivity", "attachment", "noteTarget", "taskTarget"):
        field = snapshot.by_singular[name].fields["targetPet"]
        assert field.kind == "MORPH_RELATION"
        assert field.columns == ("targetPetId",)
        assert field.morph_id == snapshot.by_singular[name].fields["targetPerson"].morph_id
        assert field.relation is not None
        assert field.relation.on_delete == "SET_NULL"


def test_system_fields_have_derived_identifiers() -> None:
    snapshot = with_pet()
    pet, note_target = snapshot.by_singular["pet"], snapshot.by_singular["noteTarget"]

    def derived(source: Object, name: str) -> str:
        key = f"fieldMetadata:{source.universal_identifier}:{name}"
        return derived_uuid(snapshot.custom_application_id, key)

    assert pet.fields["name"].universal_identifier == derived(pet, "name")
    assert pet.fields["noteTargets"].universal_identifier == derived(pet, "noteTargets")
    reverse = note_target.fields["targetPet"]
    assert reverse.universal_identifier == derived(note_target, "targetPet")


def test_an_object_without_a_name_is_identified_by_its_id() -> None:
    draft = draft_of(model())
    pet = draft.object(create_object(draft, skipNameField=True))

    assert "name" not in pet.fields
    assert pet.label_identifier == pet.fields["id"]
    assert pet.search_fields == ()


def test_labels_begin_with_a_capital_and_texts_are_tidied() -> None:
    draft = draft_of(model())
    pet = draft.object(create_object(draft, labelSingular="  house   pet ", description=" d  d "))

    assert pet.label_singular == "House pet"
    assert pet.description == "d d"


# -- update ----------------------------------------------------------------------------


def test_an_unknown_object_cannot_be_updated() -> None:
    with pytest.raises(ModelNotFound, match=r"^Object to update not found$"):
        update_object(draft_of(model()), "nobody", labelSingular="X")


def test_a_standard_object_keeps_its_names() -> None:
    with pytest.raises(ModelRefused) as refused:
        update_object(draft_of(model()), "company", namePlural="firms", nameSingular="firm")

    assert refused.value.message == (
        "Cannot edit standard object metadata properties: namePlural, nameSingular"
    )
    assert refused.value.sub_code == "INVALID_OBJECT_INPUT"


def test_what_does_not_change_is_no_edit() -> None:
    draft = draft_of(model())

    update_object(draft, "company", nameSingular="company", shortcut="X")

    assert draft.object(draft.before.by_singular["company"].id).shortcut == "C"


def test_a_system_object_s_search_is_fixed() -> None:
    with pytest.raises(ModelRefused, match="isSearchable"):
        update_object(draft_of(model()), "noteTarget", isSearchable=True)


def test_an_override_goes_away_with_the_base_value() -> None:
    draft = draft_of(model())
    object_id = update_object(draft, "company", labelSingular="Firm", icon="IconX")
    company = draft.object(object_id)
    assert company.label_singular == "Firm"
    assert company.overrides == {"labelSingular": "Firm", "icon": "IconX"}
    assert company.base == {"labelSingular": "Company", "icon": "IconBuildingSkyscraper"}

    update_object(draft, "company", labelSingular="Company")

    company = draft.object(object_id)
    assert company.label_singular == "Company"
    assert company.overrides == {"icon": "IconX"}
    assert company.base == {"icon": "IconBuildingSkyscraper"}


def test_a_renamed_object_takes_its_morph_fields_along() -> None:
    draft = draft_of(with_pet())

    update_object(draft, "pet", nameSingular="animal", namePlural="animals")

    snapshot = draft.snapshot()
    animal = snapshot.by_singular["animal"]
    note_target = snapshot.by_singular["noteTarget"]
    assert animal.table == "_animal"
    assert "targetPet" not in note_target.fields
    target = note_target.fields["targetAnimal"]
    assert target.columns == ("targetAnimalId",)
    assert target.settings is not None
    assert target.settings["joinColumnName"] == "targetAnimalId"
    assert any(index.columns == ("targetAnimalId",) for index in note_target.indexes)


def test_a_rename_is_refused_where_a_morph_field_would_be_in_the_way() -> None:
    draft = draft_of(with_pet())

    with pytest.raises(ModelInvalid) as refused:
        update_object(draft, "pet", nameSingular="a" * 60)

    assert ("INVALID_FIELD_INPUT", "Name is too long") in messages(refused.value, "fieldMetadata")


@pytest.mark.parametrize("name", ["employees", "searchVector", "createdAt"])
def test_only_texts_names_and_ids_identify_records(name: str) -> None:
    snapshot = with_pet({"type": "NUMBER", "name": "employees", "label": "Employees"})

    with pytest.raises(ModelInvalid) as refused:
        update_object(draft_of(snapshot), "pet", labelIdentifierFieldMetadataId=name)

    (entry,) = refused.value.failures["objectMetadata"]
    assert "status" not in entry
    assert messages(refused.value) == [
        (
            "INVALID_OBJECT_INPUT",
            (
                "labelIdentifierFieldMetadataUniversalIdentifier validation failed: "
                "field type not compatible"
            ),
        )
    ]


def test_an_unknown_label_identifier_is_not_found() -> None:
    with pytest.raises(ModelNotFound, match="Could not find flat entity in maps") as refused:
        update_object(draft_of(with_pet()), "pet", labelIdentifierFieldMetadataId="company.name")

    assert refused.value.sub_code == "ENTITY_NOT_FOUND"


def test_a_new_label_identifier_is_searched_beside_the_old_one() -> None:
    snapshot = with_pet({"type": "TEXT", "name": "title", "label": "Title"})
    draft = draft_of(snapshot)

    update_object(draft, "pet", labelIdentifierFieldMetadataId="pet.title")

    pet = draft.snapshot().by_singular["pet"]
    assert pet.label_identifier == pet.fields["title"]
    assert [pet.fields_by_id[s.field_id].name for s in pet.search_fields] == ["name", "title"]


def test_objects_that_nobody_touches_stay_the_very_same() -> None:
    before = with_pet()
    draft = draft_of(before)

    update_object(draft, "pet", labelSingular="Animal")

    after = draft.snapshot()
    assert after.version == before.version + 1
    assert {
        item.name_singular for key, item in after.objects.items() if item is not before.objects[key]
    } == {"pet"}


def test_an_update_that_says_nothing_makes_no_version() -> None:
    before = with_pet()
    draft = draft_of(before)

    update_object(draft, "pet", labelSingular="Pet", isActive=None)

    assert draft.snapshot() is before


# -- delete ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("company", "Standard objects cannot be deleted"),
        ("noteTarget", "System objects cannot be deleted"),
    ],
)
def test_only_custom_objects_can_be_deleted(name: str, message: str) -> None:
    with pytest.raises(ModelInvalid) as refused:
        delete_object(draft_of(model()), name)

    assert messages(refused.value) == [("INVALID_OBJECT_INPUT", message)]


def test_a_deleted_object_takes_the_other_ends_along() -> None:
    before = with_pet()
    draft = draft_of(before)

    delete_object(draft, "pets")

    after = draft.snapshot()
    assert "pet" not in after.by_singular
    assert "targetPet" not in after.by_singular["noteTarget"].fields
    assert after.by_singular["noteTarget"].fields.keys() == (
        model().by_singular["noteTarget"].fields.keys()
    )
    assert after.by_singular["noteTarget"].indexes == before.by_singular["noteTarget"].indexes[:-1]
