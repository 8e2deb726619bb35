"""Relations and morph relations: both ends, and what is wrong with them (C.8)."""

from typing import Any

import pytest

from icosa.core.errors import ModelInvalid
from tests.unit.changes.parts import (
    create_field,
    delete_field,
    draft_of,
    keeper,
    model,
    owner,
    update_field,
    with_pet,
)

MALFORMED = "FIELD_METADATA_RELATION_MALFORMED"
INVALID = "INVALID_FIELD_INPUT"
NOBODY = "11111111-1111-4111-8111-111111111111"


def payload(**change: object) -> dict[str, object]:
    whole: Any = owner()["relationCreationPayload"]
    return {**whole, **change}


def messages(error: ModelInvalid, name: str = "fieldMetadata") -> list[tuple[object, object]]:
    """Code and message of every fault of one metadata name."""
    entries: Any = error.failures[name]
    return [(fault["code"], fault["message"]) for entry in entries for fault in entry["errors"]]


def test_a_relation_is_two_fields_that_are_each_other_s_inverse() -> None:
    snapshot = with_pet(owner())
    pet, person = snapshot.by_singular["pet"], snapshot.by_singular["person"]
    one, many = pet.fields["owner"], person.fields["pets"]

    assert one.columns == ("ownerId",)
    assert one.settings == {
        "relationType": "MANY_TO_ONE",
        "onDelete": "SET_NULL",
        "joinColumnName": "ownerId",
    }
    assert one.relation is not None
    assert one.relation.target_field_id == many.id
    assert many.columns == ()
    assert many.type is None
    assert many.settings == {"relationType": "ONE_TO_MANY"}
    assert many.relation is not None
    assert many.relation.target_field_id == one.id
    assert (many.label, many.icon) == ("Pets", "IconPaw")
    assert pet.indexes[-1].columns == ("ownerId",)
    assert pet.indexes[-1].is_custom


def test_the_other_end_has_the_column_of_a_one_to_many() -> None:
    snapshot = with_pet(
        owner(
            name="toys",
            relationCreationPayload=payload(
                type="ONE_TO_MANY", targetObjectMetadataId="company", targetFieldLabel="Toy of"
            ),
        )
    )

    assert snapshot.by_singular["pet"].fields["toys"].columns == ()
    assert snapshot.by_singular["company"].fields["toyOf"].columns == ("toyOfId",)
    assert snapshot.by_singular["company"].indexes[-1].columns == ("toyOfId",)


def test_an_object_may_be_related_to_itself() -> None:
    snapshot = with_pet(
        owner(
            name="mother",
            relationCreationPayload=payload(
                targetObjectMetadataId="pet", targetFieldLabel="Children"
            ),
        )
    )

    pet = snapshot.by_singular["pet"]
    assert pet.fields["mother"].relation is not None
    assert pet.fields["mother"].relation.target_field_id == pet.fields["children"].id


def test_a_relation_s_ends_on_one_object_need_two_names() -> None:
    with pytest.raises(ModelInvalid) as refused:
        with_pet(
            owner(
                name="mother",
                relationCreationPayload=payload(
                    targetObjectMetadataId="pet", targetFieldLabel="Mother"
                ),
            )
        )

    assert (
        "NOT_AVAILABLE",
        'Name "mother" is not available as it is already used by another field',
    ) in messages(refused.value)


def test_what_is_done_on_delete_may_be_chosen() -> None:
    snapshot = with_pet(owner(settings={"onDelete": "CASCADE"}))

    field = snapshot.by_singular["pet"].fields["owner"]
    assert field.relation is not None
    assert field.relation.on_delete == "CASCADE"
    assert field.settings is not None
    assert field.settings["onDelete"] == "CASCADE"


@pytest.mark.parametrize(
    ("raw", "code", "message"),
    [
        (None, INVALID, "Relation creation payload is required"),
        (
            payload(targetObjectMetadataId="nobody"),
            MALFORMED,
            "Relation creation payload is invalid: targetObjectMetadataId must be a UUID",
        ),
        (
            payload(type="MANY_TO_MANY"),
            MALFORMED,
            (
                "Relation creation payload is invalid: type must be one of the following values: "
                "MANY_TO_ONE, ONE_TO_MANY"
            ),
        ),
        (
            payload(targetFieldLabel=""),
            MALFORMED,
            "Relation creation payload is invalid: targetFieldLabel should not be empty",
        ),
        (
            payload(targetObjectMetadataId=NOBODY),
            MALFORMED,
            "Object metadata relation target not found for relation creation payload",
        ),
    ],
)
def test_a_malformed_payload_is_one_failure(raw: object, code: str, message: str) -> None:
    with pytest.raises(ModelInvalid) as refused:
        with_pet(owner(relationCreationPayload=raw))

    assert messages(refused.value) == [(code, message)]
    assert refused.value.summary == {"totalErrors": 1, "fieldMetadata": 1}


def test_only_the_end_with_the_column_is_told_what_to_do_on_delete() -> None:
    with pytest.raises(ModelInvalid) as refused:
        with_pet(
            owner(
                settings={"onDelete": "CASCADE"},
                relationCreationPayload=payload(type="ONE_TO_MANY"),
            )
        )

    assert messages(refused.value) == [
        (INVALID, "On delete action is only supported for many to one relations")
    ]


def test_a_relation_that_cannot_be_takes_inverse_index_and_views_along() -> None:
    with pytest.raises(ModelInvalid) as refused:
        with_pet(owner(name="name"))

    error = refused.value
    assert error.summary == {"totalErrors": 7, "fieldMetadata": 2, "viewField": 4, "index": 1}
    assert messages(error)[0][0] == "NOT_AVAILABLE"
    assert messages(error)[1] == ("FIELD_METADATA_NOT_FOUND", "Field metadata not found")
    assert messages(error, "index") == [
        ("INDEX_FIELD_NOT_FOUND", "Could not find index field related field metadata")
    ]


def test_an_inverse_whose_name_is_taken_fails_the_relation() -> None:
    with pytest.raises(ModelInvalid) as refused:
        with_pet(owner(relationCreationPayload=payload(targetFieldLabel="Emails")))

    assert messages(refused.value)[1] == (
        "NOT_AVAILABLE",
        'Name "emails" is not available as it is already used by another field',
    )


# -- morph relations ---------------------------------------------------------------------


def test_a_morph_relation_is_a_field_for_each_target() -> None:
    snapshot = with_pet(keeper("person", "company"))
    pet = snapshot.by_singular["pet"]
    person, company = pet.fields["keeperPerson"], pet.fields["keeperCompany"]

    assert person.kind == "MORPH_RELATION"
    assert person.morph_id == company.morph_id
    assert person.morph_id is not None
    assert person.columns == ("keeperPersonId",)
    assert snapshot.by_singular["person"].fields["keptPets"].kind == "RELATION"
    assert snapshot.by_singular["company"].fields["keptPets"].morph_id is None


def test_a_morph_relation_to_many_is_named_by_plurals() -> None:
    snapshot = with_pet(keeper("person", "company", kind="ONE_TO_MANY"))

    fields = snapshot.by_singular["pet"].fields
    assert {"keeperPeople", "keeperCompanies"} <= fields.keys()
    assert snapshot.by_singular["person"].fields["keptPets"].columns == ("keptPetsId",)


@pytest.mark.parametrize(
    ("targets", "change", "code", "message"),
    [
        ((), {}, MALFORMED, "Morph relation creation payloads are empty"),
        (
            ("person", "person"),
            {},
            MALFORMED,
            "Morph relation creation payloads must have only relation to the same object metadata",
        ),
        (("person", NOBODY), {}, MALFORMED, "Morph relation input transpilation failed"),
        (("person", "pet"), {}, INVALID, "Source object cannot be the target object"),
    ],
)
def test_a_morph_relation_is_refused(
    targets: tuple[str, ...], change: dict[str, object], code: str, message: str
) -> None:
    with pytest.raises(ModelInvalid) as refused:
        with_pet({**keeper(*targets), **change})

    assert messages(refused.value) == [(code, message)]


def test_the_targets_of_a_morph_relation_are_of_one_kind() -> None:
    one: Any = keeper("person")["morphRelationsCreationPayload"]
    many: Any = keeper("company", kind="ONE_TO_MANY")["morphRelationsCreationPayload"]

    with pytest.raises(ModelInvalid) as refused:
        with_pet({**keeper("person"), "morphRelationsCreationPayload": [*one, *many]})

    assert messages(refused.value) == [
        (MALFORMED, "Morph relation creation payloads must have the same relation type")
    ]


def test_a_morph_relation_gets_more_targets() -> None:
    draft = draft_of(with_pet(keeper("person")))

    update_field(
        draft,
        "pet.keeperPerson",
        morphRelationsUpdatePayload=[{"targetObjectMetadataId": "company"}],
    )

    pet = draft.snapshot().by_singular["pet"]
    assert pet.fields["keeperCompany"].morph_id == pet.fields["keeperPerson"].morph_id
    assert "keptPets" in draft.snapshot().by_singular["company"].fields


@pytest.mark.parametrize(
    ("target", "code"), [("person", "NOT_AVAILABLE"), ("pet", INVALID), ("nobody", MALFORMED)]
)
def test_a_target_is_refused(target: str, code: str) -> None:
    draft = draft_of(with_pet(keeper("person")))

    with pytest.raises(ModelInvalid) as refused:
        update_field(
            draft,
            "pet.keeperPerson",
            morphRelationsUpdatePayload=[{"targetObjectMetadataId": target}],
        )

    assert code in [found for found, _ in messages(refused.value)]
    assert refused.value.message == "Multiple validation errors occurred while updating field"


def test_the_fields_of_a_morph_relation_change_together() -> None:
    draft = draft_of(with_pet(keeper("person", "company")))

    update_field(draft, "pet.keeperPerson", name="carer", label="Carer", icon="IconHeart")

    fields = draft.snapshot().by_singular["pet"].fields
    assert {"carerPerson", "carerCompany"} <= fields.keys()
    assert fields["carerCompany"].columns == ("carerCompanyId",)
    assert fields["carerCompany"].label == "Carer"


def test_a_renamed_relation_keeps_its_old_join_name_in_settings() -> None:
    draft = draft_of(with_pet(owner()))

    update_field(draft, "pet.owner", name="human")

    human = draft.snapshot().by_singular["pet"].fields["human"]
    assert human.columns == ("humanId",)
    assert human.settings is not None
    assert human.settings["joinColumnName"] == "ownerId"


def test_switching_a_relation_off_switches_its_inverse_off() -> None:
    draft = draft_of(with_pet(owner()))

    update_field(draft, "person.pets", isActive=False)

    assert not draft.snapshot().by_singular["pet"].fields["owner"].is_active


def test_what_is_done_on_delete_may_be_changed() -> None:
    draft = draft_of(with_pet(owner()))

    update_field(draft, "pet.owner", settings={"onDelete": "RESTRICT"})

    field = draft.snapshot().by_singular["pet"].fields["owner"]
    assert field.relation is not None
    assert field.relation.on_delete == "RESTRICT"


def test_a_relation_field_has_no_default() -> None:
    with pytest.raises(ModelInvalid) as refused:
        update_field(draft_of(with_pet(owner())), "pet.owner", defaultValue="'x'", isUnique=True)

    ((code, message),) = messages(refused.value)
    assert code == "FIELD_MUTATION_NOT_ALLOWED"
    assert str(message).endswith("Forbidden properties: defaultValue, isUnique")


def test_deleting_an_end_deletes_the_other() -> None:
    draft = draft_of(with_pet(owner()))

    delete_field(draft, "pet.owner")

    after = draft.snapshot()
    assert "pets" not in after.by_singular["person"].fields
    assert all("ownerId" not in index.columns for index in after.by_singular["pet"].indexes)


def test_deleting_a_field_of_a_morph_relation_deletes_its_siblings() -> None:
    draft = draft_of(with_pet(keeper("person", "company")))

    delete_field(draft, "pet.keeperCompany")

    after = draft.snapshot()
    assert "keeperPerson" not in after.by_singular["pet"].fields
    assert list(after.by_singular["person"].fields) == list(model().by_singular["person"].fields)


def test_deleting_the_inverse_of_a_morph_relation_takes_one_target_out() -> None:
    draft = draft_of(with_pet(keeper("person", "company")))

    delete_field(draft, "person.keptPets")

    fields = draft.snapshot().by_singular["pet"].fields
    assert "keeperPerson" not in fields
    assert "keeperCompany" in fields


def test_a_join_column_cannot_be_taken_by_a_field() -> None:
    with pytest.raises(ModelInvalid) as refused:
        create_field(draft_of(with_pet(owner())), name="ownerId")

    assert messages(refused.value)[0][0] == "NOT_AVAILABLE"
