"""Updating and deleting fields: what is refused, and what becomes of the rest (C.6, C.7)."""

from typing import Any

import pytest

from icosa.changes.commands import UpdateField, given, read
from icosa.changes.draft import Draft
from icosa.core.errors import ModelInvalid, ModelNotFound, ModelRefused, RequestInvalid
from icosa.core.sql import render
from tests.unit.changes.parts import (
    SPECIES,
    create_field,
    delete_field,
    draft_of,
    model,
    species,
    update_field,
    with_pet,
)

INVALID = "INVALID_FIELD_INPUT"
CODE = {"type": "TEXT", "name": "code", "label": "Code"}


def messages(error: ModelInvalid, name: str = "fieldMetadata") -> list[tuple[object, object]]:
    """Code and message of every fault of one metadata name."""
    entries: Any = error.failures[name]
    return [(fault["code"], fault["message"]) for entry in entries for fault in entry["errors"]]


def statements(draft: Draft) -> list[str]:
    """What happens to records."""
    return [render(part).text for part in draft.records]


def options(*changes: dict[str, object]) -> list[dict[str, object]]:
    """The options of `species`, each with its change."""
    return [{**option, **change} for option, change in zip(SPECIES, changes, strict=False)]


# -- what is refused ---------------------------------------------------------------------


def test_an_unknown_field_cannot_be_updated() -> None:
    with pytest.raises(ModelInvalid) as refused:
        update_field(draft_of(model()), "company.nothing", label="X")

    assert messages(refused.value) == [
        ("FIELD_METADATA_NOT_FOUND", "Field metadata to update not found")
    ]


def test_a_standard_field_keeps_its_name() -> None:
    with pytest.raises(ModelRefused) as refused:
        update_field(
            draft_of(model()), "company.name", name="title", isLabelSyncedWithName=True, label="T"
        )

    assert refused.value.message == (
        "Cannot edit standard field metadata properties: isLabelSyncedWithName, name"
    )
    assert refused.value.sub_code == "FIELD_MUTATION_NOT_ALLOWED"


def test_a_system_field_can_only_be_switched_off() -> None:
    with pytest.raises(ModelInvalid) as refused:
        update_field(draft_of(with_pet()), "pet.createdAt", label="Born", name="born")

    assert messages(refused.value) == [
        (
            "FIELD_MUTATION_NOT_ALLOWED",
            (
                "System fields only allow updating: universalSettings, isActive. "
                "Forbidden properties: label, name"
            ),
        )
    ]


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"name": "name"}, "NOT_AVAILABLE", "already used by another field"),
        ({"name": "Code"}, INVALID, "Name is not valid"),
        (
            {"isLabelSyncedWithName": True, "label": "Other"},
            "FIELD_MUTATION_NOT_ALLOWED",
            "Name is not synced with label.",
        ),
        ({"defaultValue": "x"}, INVALID, 'default value "x" should be single quoted'),
    ],
)
def test_an_update_is_refused(change: dict[str, object], code: str, message: str) -> None:
    with pytest.raises(ModelInvalid) as refused:
        update_field(draft_of(with_pet(CODE)), "pet.code", **change)

    ((found, text),) = messages(refused.value)
    assert found == code
    assert message in str(text)
    assert refused.value.message == "Multiple validation errors occurred while updating field"


def test_a_name_of_nothing_is_refused_at_once() -> None:
    with pytest.raises(RequestInvalid, match="name should not be empty"):
        update_field(draft_of(with_pet(CODE)), "pet.code", name=" ")


def test_what_may_not_be_null_keeps_a_default() -> None:
    snapshot = with_pet({**CODE, "isNullable": False, "defaultValue": "'x'"})

    with pytest.raises(ModelInvalid) as refused:
        update_field(draft_of(snapshot), "pet.code", defaultValue=None)

    assert messages(refused.value) == [
        (INVALID, "Default value cannot be null for non-nullable fields")
    ]


def test_the_field_that_names_records_stays_active() -> None:
    with pytest.raises(ModelInvalid) as refused:
        update_field(draft_of(with_pet()), "pet.name", isActive=False)

    assert messages(refused.value) == [
        (
            "LABEL_IDENTIFIER_FIELD_METADATA_ID_NOT_FOUND",
            "Label identifier field metadata cannot be deactivated",
        )
    ]


def test_a_standard_unique_index_stays() -> None:
    with pytest.raises(ModelInvalid) as refused:
        update_field(draft_of(model()), "person.emails", isUnique=False)

    ((_, message),) = messages(refused.value, "index")
    assert message == (
        "Cannot delete unique index that have not been created by the workspace custom application"
    )


def test_a_unique_field_gets_no_default() -> None:
    snapshot = with_pet({**CODE, "isUnique": True})

    with pytest.raises(ModelInvalid) as refused:
        update_field(draft_of(snapshot), "pet.code", defaultValue="'x'")

    assert messages(refused.value, "index")[0][0] == "INDEX_FIELD_INVALID_DEFAULT_VALUE"


# -- what becomes of the rest ----------------------------------------------------------------


def test_type_and_nullness_are_left_as_they_are() -> None:
    body = {"type": "NUMBER", "isNullable": False, "isSystem": True, "objectMetadataId": "x"}

    assert given(read(UpdateField, body)) == {}


def test_absent_and_null_are_told_apart() -> None:
    draft = draft_of(with_pet({**CODE, "description": "d", "icon": "IconX"}))

    update_field(draft, "pet.code", description=None)

    field = draft.snapshot().by_singular["pet"].fields["code"]
    assert field.description is None
    assert field.icon == "IconX"


def test_a_rename_takes_the_columns_along() -> None:
    draft = draft_of(with_pet({"type": "LINKS", "name": "site", "label": "Site"}))

    update_field(draft, "pet.site", name="page")

    assert draft.snapshot().by_singular["pet"].fields["page"].columns == (
        "pagePrimaryLinkLabel",
        "pagePrimaryLinkUrl",
        "pageSecondaryLinks",
    )


def test_a_renamed_field_keeps_its_place() -> None:
    draft = draft_of(with_pet(CODE, {**CODE, "name": "size"}))

    update_field(draft, "pet.code", name="number")

    assert list(draft.snapshot().by_singular["pet"].fields)[-2:] == ["number", "size"]


def test_a_standard_field_is_overridden() -> None:
    draft = draft_of(model())

    update_field(draft, "company.name", label="Firm", description="d")

    field = draft.snapshot().by_singular["company"].fields["name"]
    assert field.label == "Firm"
    assert field.overrides == {"label": "Firm", "description": "d"}
    assert field.base is not None
    assert field.base["label"] == "Name"


def test_unique_on_and_off() -> None:
    draft = draft_of(with_pet(CODE))

    update_field(draft, "pet.code", isUnique=True)
    assert draft.snapshot().by_singular["pet"].fields["code"].is_unique

    update_field(draft_of(draft.snapshot()), "pet.code", isUnique=False)
    again = draft_of(draft.snapshot())
    update_field(again, "pet.code", isUnique=False)
    assert not again.snapshot().by_singular["pet"].fields["code"].is_unique


def test_records_in_the_way_of_a_unique_index_are_a_failure_of_the_index() -> None:
    draft = draft_of(with_pet(CODE))

    update_field(draft, "pet.code", isUnique=True)

    refusal = draft.refusals["equal values"]
    assert isinstance(refusal, ModelInvalid)
    assert "index" in refusal.failures


# -- options -----------------------------------------------------------------------------


def test_a_renamed_option_takes_its_records_along() -> None:
    draft = draft_of(with_pet(species()))

    update_field(draft, "pet.species", options=options({"value": "FELINE"}, {}, {}))

    assert statements(draft) == [
        (
            'update "w_1"."_pet" set "species" = case "species" when \'CAT\' then \'FELINE\''
            " else null end\nwhere \"species\" in ('CAT')"
        )
    ]


def test_options_may_change_places() -> None:
    draft = draft_of(with_pet(species()))

    update_field(draft, "pet.species", options=options({"value": "DOG"}, {"value": "CAT"}, {}))

    (text,) = statements(draft)
    assert "when 'CAT' then 'DOG' when 'DOG' then 'CAT'" in text


def test_records_of_a_removed_option_get_the_default() -> None:
    draft = draft_of(with_pet(species(defaultValue="'DOG'")))

    update_field(draft, "pet.species", options=SPECIES[1:])

    (text,) = statements(draft)
    assert text.endswith("else 'DOG' end\nwhere \"species\" in ('CAT')")


def test_an_option_without_its_id_is_another_option() -> None:
    draft = draft_of(with_pet(species()))
    without_id = {key: value for key, value in SPECIES[0].items() if key != "id"}

    update_field(draft, "pet.species", options=[without_id, *SPECIES[1:]])

    (text,) = statements(draft)
    assert "else null end\nwhere \"species\" in ('CAT')" in text


def test_the_default_s_option_cannot_be_removed_alone() -> None:
    draft = draft_of(with_pet(species(defaultValue="'CAT'")))

    with pytest.raises(ModelInvalid) as refused:
        update_field(draft, "pet.species", options=SPECIES[1:])

    assert messages(refused.value) == [
        (INVALID, "Default value \"'CAT'\" must be one of the option values")
    ]


def test_a_default_follows_its_renamed_option() -> None:
    draft = draft_of(with_pet(species(defaultValue="'CAT'")))

    update_field(draft, "pet.species", options=options({"value": "FELINE"}, {}, {}))

    assert draft.snapshot().by_singular["pet"].fields["species"].default_value == "'FELINE'"


def test_lists_lose_a_removed_option() -> None:
    draft = draft_of(with_pet(species(type="MULTI_SELECT", name="kinds")))

    update_field(draft, "pet.kinds", options=options({"value": "FELINE"}, {}))

    (text,) = statements(draft)
    assert text == (
        'update "w_1"."_pet" set "kinds" = nullif(array(\n'
        "    select case v when 'CAT' then 'FELINE' else v end from unnest(\"kinds\")"
        " with ordinality as u (v, n)\n    where v not in ('FISH')\n"
        "    order by n), '{}')\nwhere \"kinds\" && array['CAT', 'FISH']"
    )


def test_new_labels_and_colours_touch_no_record() -> None:
    draft = draft_of(with_pet(species()))

    update_field(draft, "pet.species", options=options({"label": "Kitty", "color": "red"}, {}, {}))

    assert statements(draft) == []


# -- delete ----------------------------------------------------------------------------


def test_an_unknown_field_cannot_be_deleted() -> None:
    with pytest.raises(ModelNotFound, match=r"^Field to delete not found$"):
        delete_field(draft_of(model()), "company.nothing")


@pytest.mark.parametrize("field", ["company.name", "pet.createdAt", "pet.noteTargets"])
def test_standard_and_system_fields_stay(field: str) -> None:
    name = field.rpartition(".")[2]

    with pytest.raises(ModelRefused, match=f'^Cannot delete standard field "{name}"$'):
        delete_field(draft_of(with_pet()), field)


def test_the_field_that_names_records_stays() -> None:
    with pytest.raises(ModelInvalid) as refused:
        delete_field(draft_of(with_pet()), "pet.name")

    assert messages(refused.value) == [
        (
            "FIELD_MUTATION_NOT_ALLOWED",
            "Cannot delete, please update the label identifier field first",
        )
    ]
    assert refused.value.message == "Multiple validation errors occurred while deleting field"


def test_an_active_custom_field_can_be_deleted() -> None:
    draft = draft_of(with_pet({**CODE, "isUnique": True}))

    delete_field(draft, "pet.code")

    pet = draft.snapshot().by_singular["pet"]
    assert "code" not in pet.fields
    assert not any(index.is_unique for index in pet.indexes)


def test_a_name_is_free_again_once_its_field_is_deleted() -> None:
    draft = draft_of(with_pet(CODE))

    delete_field(draft, "pet.code")
    create_field(draft, name="code", type="NUMBER")

    assert draft.snapshot().by_singular["pet"].fields["code"].kind == "NUMBER"
