"""Plain numbers are read by patterns of libphonenumber's own, which must agree with it."""

from __future__ import annotations

import random

import phonenumbers
import pytest

from icosa.core.errors import DataInvalid
from icosa.fields.phones import Phones

PHONES = Phones(name="f")
KINDS = range(11)  # of libphonenumber's types of numbers


def numbers(region: str) -> list[str]:
    """An example of each type, and others that are nearly like it."""
    chance = random.Random(region)  # noqa: S311  # only data
    found = []
    for kind in KINDS:
        example = phonenumbers.example_number_for_type(region, kind)
        if example is None:
            continue
        digits = phonenumbers.national_significant_number(example)
        found += [digits, digits[1:], digits + "1", chance.choice("123456789") + digits]
        for _ in range(20):
            place = chance.randrange(len(digits))
            found.append(digits[:place] + chance.choice("0123456789") + digits[place + 1 :])
    return found


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_plain_numbers_are_what_libphonenumber_makes_of_them(region: str) -> None:
    for number in numbers(region):
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        owner = phonenumbers.region_code_for_number(parsed)
        national = phonenumbers.national_significant_number(parsed)
        if owner not in (None, region) or len(national) < 2:
            continue  # refused, as the contract says

        read = PHONES.parse({"primaryPhoneNumber": number, "primaryPhoneCountryCode": region})

        assert read["PrimaryPhoneNumber"] == national, number
        assert read["PrimaryPhoneCallingCode"] == f"+{parsed.country_code}", number


def test_digits_may_be_the_prefix_of_a_call_abroad() -> None:
    finnish = {"primaryPhoneNumber": "99636113", "primaryPhoneCountryCode": "FI"}

    with pytest.raises(DataInvalid, match="conflicting"):  # 99 from Finland, 36 is Hungary
        PHONES.parse(finnish)
