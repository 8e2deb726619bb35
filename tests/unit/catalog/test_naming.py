"""Names and labels: the rules of the metadata contract, C.1."""

import pytest

from icosa.catalog import naming


@pytest.mark.parametrize("name", ["pet", "p", "petCareAgreement", "pet2", "a" * 63])
def test_a_good_name_has_no_faults(name: str) -> None:
    assert list(naming.name_faults(name)) == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", naming.NAME_TOO_SHORT),
        ("a" * 64, naming.NAME_TOO_LONG),
        ("1bad", naming.NAME_INVALID),
        ("Pet", naming.NAME_INVALID),
        ("pet_care", naming.NAME_INVALID),
        ("pet care", naming.NAME_INVALID),
        ("pét", naming.NAME_INVALID),
        ("pet\n", naming.NAME_INVALID),
        ("workspace", naming.NAME_RESERVED),
        ("workspaces", naming.NAME_RESERVED),
        ("type", naming.NAME_RESERVED),
        ("addresses", naming.NAME_RESERVED),
        ("search", naming.NAME_RESERVED),
        ("index", naming.NAME_RESERVED),
    ],
)
def test_a_bad_name_has_its_fault(name: str, fault: str) -> None:
    assert list(naming.name_faults(name)) == [fault]


def test_a_name_may_have_several_faults() -> None:
    assert list(naming.name_faults("_" * 64)) == [naming.NAME_TOO_LONG, naming.NAME_INVALID]


@pytest.mark.parametrize("name", ["indexes", "currencys", "fullName", "searching"])
def test_what_only_looks_like_a_reserved_name_is_free(name: str) -> None:
    assert naming.NAME_RESERVED not in naming.name_faults(name)


@pytest.mark.parametrize(
    ("label", "faults"),
    [
        ("Pet", []),
        ("a" * 63, []),
        ("", ["Object label is too short"]),
        ("a" * 64, ["Object label is too long"]),
    ],
)
def test_labels_have_a_length(label: str, faults: list[str]) -> None:
    assert list(naming.label_faults(label)) == faults


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("pet", None),
        ("", "nameSingular should not be empty"),
        ("not", "nameSingular has failed the name validation check"),
        ("Int", "nameSingular has failed the name validation check"),
        ("pet;drop", "nameSingular has failed the name validation check"),
        ("notes", None),
    ],
)
def test_inputs_are_checked_before_the_rules(value: str, fault: str | None) -> None:
    assert naming.input_fault("nameSingular", value) == fault


def test_texts_are_trimmed_and_their_inner_space_is_one() -> None:
    assert naming.tidy("  My \t\n field ") == "My field"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Rocket", "rocket"),
        ("My Field", "myField"),
        ("My CreatedAt Field", "myCreatedatField"),
        ("reportTarget", "reporttarget"),
        ("Éléphants à vendre", "elephantsAVendre"),
        ("2 weeks", "n2Weeks"),
        ("Type", "typeCustom"),
        ("Pet's name", "petSName"),
        ("!?", ""),
    ],
)
def test_a_name_is_made_of_a_label(label: str, name: str) -> None:
    assert naming.name_from_label(label) == name


def test_a_schema_is_named_after_the_workspace_in_base_36() -> None:
    name = naming.schema_name("ffffffff-ffff-ffff-ffff-ffffffffffff")

    assert name == "w_f5lxx1zz5pnorynqglhzmsp33"


def test_custom_tables_begin_with_an_underscore() -> None:
    assert naming.table_name("pet", is_custom=True) == "_pet"
    assert naming.table_name("company", is_custom=False) == "company"


def test_a_table_name_that_is_too_long_is_cut_and_marked() -> None:
    name = naming.table_name("a" * 63, is_custom=True)

    assert len(name) == 63
    assert name.startswith("_aaa")
    assert name != naming.table_name("a" * 63 + "b", is_custom=True)


def test_an_enum_is_quoted_where_postgresql_would() -> None:
    assert naming.enum_name("w_1", "opportunity", "stage") == "w_1.opportunity_stage_enum"
    assert naming.enum_name("w_1", "_pet", "workPolicy") == 'w_1."_pet_workPolicy_enum"'
