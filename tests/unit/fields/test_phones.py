"""How phone numbers are split, completed and refused."""

from __future__ import annotations

import pytest

from icosa.core.errors import DataInvalid
from icosa.fields.phones import Phones

FIELD = Phones(name="f")
NUMBER, COUNTRY, CALLING = (
    "primaryPhoneNumber",
    "primaryPhoneCountryCode",
    "primaryPhoneCallingCode",
)


def stored(**given: object) -> tuple[object, object, object]:
    columns = FIELD.parse(given)
    return tuple(columns.get(name[0].upper() + name[1:]) for name in (NUMBER, COUNTRY, CALLING))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("number", "country", "calling", "expected"),
    [
        ("+33612345678", None, None, ("612345678", "FR", "+33")),
        ("+33 (0)6 12 34 56 78", None, None, ("612345678", "FR", "+33")),
        ("0612345678", "FR", None, ("612345678", "FR", "+33")),
        ("0612345678", None, "+33", ("612345678", "FR", "+33")),
        ("0612345678", None, "33", ("612345678", "FR", "+33")),
        ("612345678", "FR", "+33", ("612345678", "FR", "+33")),
        ("(415) 555-2671", "US", "+1", ("4155552671", "US", "+1")),
        ("+1 416 555 0123", None, None, ("4165550123", "CA", "+1")),
        ("+39 06 1234 5678", None, None, ("0612345678", "IT", "+39")),
        ("+44 20 7946 0018", "GB", None, ("2079460018", "GB", "+44")),
        ("+800 1234 5678", None, None, ("12345678", None, "+800")),
        ("123", "US", None, ("123", "US", "+1")),
    ],
)
def test_a_number_is_split_and_its_codes_are_inferred(
    number: str, country: str | None, calling: str | None, expected: tuple[object, ...]
) -> None:
    given = {NUMBER: number, COUNTRY: country, CALLING: calling}

    assert stored(**{key: part for key, part in given.items() if part is not None}) == expected


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({NUMBER: "612345678"}, "Provided phone number is invalid 612345678"),
        ({NUMBER: "abc", COUNTRY: "FR"}, "Provided phone number is invalid abc"),
        ({NUMBER: "1" * 40, COUNTRY: "FR"}, "Provided phone number is invalid " + "1" * 40),
        ({COUNTRY: "fr"}, "Invalid country code fr"),
        ({COUNTRY: "001"}, "Invalid country code 001"),
        ({CALLING: "+0"}, "Invalid calling code +0"),
        ({CALLING: "+\u0661"}, "Invalid calling code +\u0661"),
        ({CALLING: "+" + "9" * 5000}, "Invalid calling code +" + "9" * 5000),
        (
            {COUNTRY: "FR", CALLING: "+1"},
            "Provided country code and calling code are conflicting",
        ),
        (
            {NUMBER: "+14165550123", COUNTRY: "US"},
            "Provided and inferred country code are conflicting",
        ),
        (
            {NUMBER: "+33612345678", CALLING: "+44"},
            "Provided and inferred calling code are conflicting",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(DataInvalid) as refusal:
        FIELD.parse(given)

    assert refusal.value.message == message


def test_members_that_are_not_named_stay_and_the_others_are_wiped() -> None:
    assert FIELD.parse({COUNTRY: "FR"}) == {
        "PrimaryPhoneCountryCode": "FR",
        "AdditionalPhones": None,
    }


def test_an_empty_number_is_null_with_its_codes_kept() -> None:
    assert stored(**{NUMBER: "", COUNTRY: "FR", CALLING: "+33"}) == (None, "FR", "+33")


def test_additional_phones_are_completed_too() -> None:
    columns = FIELD.parse(
        {
            "additionalPhones": [
                {"number": "+33612345678", "note": "dropped"},
                {"number": "", "countryCode": None},
                {},
            ]
        }
    )

    assert columns["AdditionalPhones"] == [
        {"number": "612345678", "countryCode": "FR", "callingCode": "+33"}
    ]
