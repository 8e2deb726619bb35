"""What is wrong with a new field, and what becomes of a good one (C.4 to C.6)."""

from typing import Any

import pytest

from icosa.core.errors import ModelInvalid, RequestInvalid
from tests.unit.changes.parts import SPECIES, create_field, draft_of, species, with_pet

INVALID = "INVALID_FIELD_INPUT"


def messages(error: ModelInvalid, name: str = "fieldMetadata") -> list[tuple[object, object]]:
    """Code and message of every fault of one metadata name."""
    entries: Any = error.failures[name]
    return [(fault["code"], fault["message"]) for entry in entries for fault in entry["errors"]]


def option(**change: object) -> list[dict[str, object]]:
    """One option, changed; what becomes `...` is left out."""
    whole = {"value": "CAT", "label": "Cat", "color": "red", "position": 0, **change}
    return [{key: value for key, value in whole.items() if value is not ...}]


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (
            {"name": "Code"},
            INVALID,
            (
                "Name is not valid: it must start with lowercase letter and contain only "
                "alphanumeric letters"
            ),
        ),
        ({"name": "c" * 64}, INVALID, "Name is too long"),
        (
            {"name": "event"},
            INVALID,
            'This name is reserved. Use a different name or the system will add "Custom" suffix.',
        ),
        (
            {"name": "id"},
            "NOT_AVAILABLE",
            'Name "id" is not available as it is already used by another field',
        ),
        (
            {"name": "ownerId"},
            "NOT_AVAILABLE",
            'Name "ownerId" is not available as it is already used by another join column name',
        ),
        (
            {"name": "createdByName"},
            "RESERVED_KEYWORD",
            'Name "createdByName" is reserved composite field name',
        ),
        (
            {"name": "size", "type": "LINKS"},
            "NOT_AVAILABLE",
            'Name "size" is not available as it is already used by another field',
        ),
        (
            {"isLabelSyncedWithName": True, "label": "Other"},
            "NAME_NOT_SYNCED_WITH_LABEL",
            "Name is not synced with label",
        ),
        ({"isRemoteCreation": True}, INVALID, "Remote fields aren't supported"),
        (
            {"objectMetadataId": "nobody"},
            "OBJECT_METADATA_NOT_FOUND",
            "Provided object metadata id does not exist",
        ),
        (
            {"type": "NUMERIC"},
            INVALID,
            "Field type NUMERIC is not supported for field creation. Use NUMBER instead.",
        ),
        ({"type": "TS_VECTOR"}, INVALID, "TS Vector is not supported for field creation"),
        (
            {"type": "POSITION"},
            INVALID,
            'Field type POSITION must be named "position", got "code"',
        ),
        ({"type": "POSITION"}, INVALID, "Field type POSITION must be a system field"),
        (
            {"type": "FILES"},
            INVALID,
            (
                "maxNumberOfValues must be defined in settings and be a number greater than 0 "
                "and less than or equal to 60"
            ),
        ),
        (
            {"type": "FILES", "settings": {"maxNumberOfValues": 1}, "isUnique": True},
            INVALID,
            "Files field is not supported for unique fields",
        ),
        (
            {"defaultValue": "x"},
            INVALID,
            'Invalid string default value "x" should be single quoted',
        ),
        ({"type": "SELECT"}, INVALID, "Options are required for enum fields"),
        ({"type": "MULTI_SELECT", "options": []}, INVALID, "Options are required for enum fields"),
        ({"type": "SELECT", "options": None}, INVALID, "Options are required for enum fields"),
    ],
)
def test_a_new_field_is_refused(change: dict[str, object], code: str, message: str) -> None:
    snapshot = with_pet(
        {
            "type": "RELATION",
            "name": "owner",
            "label": "Owner",
            "relationCreationPayload": {
                "type": "MANY_TO_ONE",
                "targetObjectMetadataId": "person",
                "targetFieldLabel": "Pets",
                "targetFieldIcon": "IconPaw",
            },
        },
        {"type": "TEXT", "name": "sizePrimaryLinkUrl", "label": "Size"},
    )

    with pytest.raises(ModelInvalid) as refused:
        create_field(draft_of(snapshot), **change)

    assert (code, message) in messages(refused.value)
    assert refused.value.message == "Multiple validation errors occurred while creating field"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (option(id=None), "Option id is required"),
        (option(id=None), "Option id is invalid"),
        (option(id="x"), "Option id is invalid"),
        (option(id=""), "Option id is invalid"),
        (option(label=...), "Option label is required"),
        (option(label=""), "Option label must be a string of at least one character"),
        (option(label=1), "Option label must be a string of at least one character"),
        (option(label="a" * 64), "Option label exceeds 63 characters"),
        (option(label="a,b"), "Label must not contain a comma"),
        (option(value=...), "Option value is required"),
        (option(value=""), "Option value must be a string of at least one character"),
        (option(value="A" * 64), "Option value exceeds 63 characters"),
        (option(value="a b"), 'Value must be in UPPER_CASE and follow snake_case "a b"'),
        (option() + option(), "Duplicated option position"),
        (option() + option(), "Duplicated option value"),
        (
            option(id=SPECIES[0]["id"]) + option(id=SPECIES[0]["id"], value="B"),
            "Duplicated option id",
        ),
    ],
)
def test_options_are_refused(options: object, message: str) -> None:
    with pytest.raises(ModelInvalid) as refused:
        create_field(draft_of(with_pet()), type="SELECT", options=options)

    assert (INVALID, message) in messages(refused.value)
    assert len(refused.value.failures["fieldMetadata"]) == 1


@pytest.mark.parametrize(
    ("kind", "default", "message"),
    [
        ("SELECT", "CAT", "Default value should be as quoted string"),
        ("SELECT", "'COW'", "Default value \"'COW'\" must be one of the option values"),
        ("SELECT", 1, "Default value for select must be a string got 1"),
        ("MULTI_SELECT", "'CAT'", "Default value for multi-select must be an array got 'CAT'"),
        ("MULTI_SELECT", [], "If defined default value must contain at least one value"),
        ("MULTI_SELECT", ["'CAT'", "'CAT'"], "Default values must be unique"),
    ],
)
def test_defaults_of_choices_are_refused(kind: str, default: object, message: str) -> None:
    with pytest.raises(ModelInvalid) as refused:
        create_field(draft_of(with_pet()), type=kind, options=SPECIES, defaultValue=default)

    assert (INVALID, message) in messages(refused.value)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"type": "CURRENCY"}, "INDEX_FIELD_INVALID_TYPE_FOR_UNIQUE"),
        ({"type": "FULL_NAME"}, "INDEX_FIELD_INVALID_TYPE_FOR_UNIQUE"),
        ({"defaultValue": "'x'"}, "INDEX_FIELD_INVALID_DEFAULT_VALUE"),
    ],
)
def test_not_every_field_can_be_unique(change: dict[str, object], code: str) -> None:
    with pytest.raises(ModelInvalid) as refused:
        create_field(draft_of(with_pet()), isUnique=True, **change)

    kind = change.get("type", "TEXT")
    assert messages(refused.value, "index") == [
        (code, f"Unique index cannot be created for field code of type {kind}")
    ]


def test_a_field_that_cannot_be_takes_its_places_in_views_along() -> None:
    with pytest.raises(ModelInvalid) as refused:
        create_field(draft_of(with_pet()), name="id", label="Id")

    error = refused.value
    assert error.summary == {"totalErrors": 3, "fieldMetadata": 1, "viewField": 2}
    assert error.count_text == "Validation failed for 1 fieldMetadata, 2 viewFields"
    assert error.friendly == "Many validation errors"
    assert messages(error, "viewField") == [("INVALID_VIEW_DATA", "Field metadata not found")] * 2
    entry: Any = error.failures["fieldMetadata"][0]
    assert entry["errors"][0]["value"] == "id"
    assert entry["flatEntityMinimalInformation"].keys() == {
        "universalIdentifier",
        "name",
        "objectMetadataUniversalIdentifier",
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "name should not be empty"),
        ({"name": "a'b"}, "name has failed the name validation check"),
        ({"type": "COLOUR"}, "type must be one of the following values: UUID, TEXT"),
    ],
)
def test_an_input_is_checked_before_the_rules(change: dict[str, object], message: str) -> None:
    with pytest.raises(RequestInvalid) as refused:
        create_field(draft_of(with_pet()), **change)

    assert refused.value.message.startswith(message)


# -- what becomes of a good one --------------------------------------------------------------


def test_a_field_has_the_contract_s_defaults() -> None:
    code = (
        with_pet({"type": "TEXT", "name": "code", "label": " The  code "})
        .by_singular["pet"]
        .fields["code"]
    )

    assert code.is_nullable
    assert code.is_active
    assert code.is_ui_editable
    assert not code.is_unique
    assert not code.is_system
    assert not code.is_label_synced_with_name
    assert code.default_value is None
    assert code.label == "The code"
    assert code.columns == ("code",)


def test_read_only_is_the_opposite_of_editable() -> None:
    draft = draft_of(with_pet())

    field = draft.field(create_field(draft, isUIReadOnly=True))

    assert not field.is_ui_editable


def test_options_get_ids_and_settings_of_choices_are_dropped() -> None:
    draft = draft_of(with_pet())

    field = draft.field(
        create_field(draft, type="SELECT", options=option(), settings={"displayedMaxRows": 1})
    )

    assert field.settings is None
    assert field.options is not None
    assert field.options[0] == {
        "id": field.options[0]["id"],
        "color": "red",
        "label": "Cat",
        "value": "CAT",
        "position": 0,
    }


def test_a_rating_has_five_options_of_its_own() -> None:
    draft = draft_of(with_pet())

    field = draft.field(create_field(draft, type="RATING", options=option()))

    assert field.options is not None
    assert [each["value"] for each in field.options] == [f"RATING_{n}" for n in range(1, 6)]
    assert [each["label"] for each in field.options] == list("12345")
    assert all("color" not in each for each in field.options)


def test_an_actor_has_a_default_by_itself() -> None:
    draft = draft_of(with_pet())

    field = draft.field(create_field(draft, type="ACTOR"))

    assert field.default_value == {
        "source": "'MANUAL'",
        "name": "'System'",
        "workspaceMemberId": None,
    }


def test_a_default_of_nothing_but_nulls_is_none() -> None:
    draft = draft_of(with_pet())

    field = draft.field(
        create_field(
            draft, type="CURRENCY", defaultValue={"amountMicros": None, "currencyCode": None}
        )
    )

    assert field.default_value is None


def test_a_unique_field_has_an_index_of_its_own() -> None:
    snapshot = with_pet({"type": "PHONES", "name": "phone", "label": "Phone", "isUnique": True})

    pet = snapshot.by_singular["pet"]
    assert pet.fields["phone"].is_unique
    assert pet.indexes[-1].is_unique
    assert pet.indexes[-1].columns == (
        "phonePrimaryPhoneNumber",
        "phonePrimaryPhoneCountryCode",
        "phonePrimaryPhoneCallingCode",
    )


def test_a_new_text_is_not_searched() -> None:
    pet = with_pet({"type": "TEXT", "name": "code", "label": "Code"}).by_singular["pet"]

    assert [pet.fields_by_id[s.field_id].name for s in pet.search_fields] == ["name"]


def test_long_names_of_composites_are_cut_in_columns_only() -> None:
    name = "p" * 60
    phone = (
        with_pet({"type": "PHONES", "name": name, "label": "Phone"}).by_singular["pet"].fields[name]
    )

    assert len(set(phone.columns)) == 4
    assert all(len(column) == 63 for column in phone.columns)


def test_a_field_may_be_named_on_an_object_by_its_plural() -> None:
    draft = draft_of(with_pet(species()))

    field = draft.field(create_field(draft, objectMetadataId="pets"))

    assert draft.object(field.object_id).name_singular == "pet"
