"""PHONES: a primary phone number with its country, and others.

Google's libphonenumber reads the number with the country or calling code that is given;
what is stored is the national number, and the codes that were missing are inferred. A
member of the primary that is not named stays; the others are wiped unless they are named
(records contract, A5).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

import phonenumbers

from icosa.fields.base import ColumnValue, Examples, FieldType, Setting, refused
from icosa.fields.composite import Composite
from icosa.fields.json_list import JsonList, list_objects
from icosa.fields.text import Text

_PRIMARY: Final = {  # member -> key in an additional phone
    "primaryPhoneNumber": "number",
    "primaryPhoneCountryCode": "countryCode",
    "primaryPhoneCallingCode": "callingCode",
}
_EMPTY: Final = {**dict.fromkeys(_PRIMARY, ""), "additionalPhones": []}
_FRENCH: Final = {
    "primaryPhoneNumber": "612345678",
    "primaryPhoneCountryCode": "FR",
    "primaryPhoneCallingCode": "+33",
}
# The types of numbers that libphonenumber tells apart, as its metadata names them.
_KINDS: Final = (
    "premium_rate",
    "toll_free",
    "shared_cost",
    "voip",
    "personal_number",
    "pager",
    "uan",
    "voicemail",
    "fixed_line",
    "mobile",
)
_NATIONAL_NUMBER_LENGTH_MAX: Final = 17  # digits, as in libphonenumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Phones(Composite):
    """A unique field compares number, country and calling code."""

    kind = "PHONES"
    label = "phones"
    summary = "A primary phone number, split into national number and codes, and others."
    filter_name = "PhonesFilterInput"
    known_settings = MappingProxyType(
        {
            "maxNumberOfValues": Setting(minimum=1),
            "clickAction": Setting(text=True),
        }
    )
    type_name = "Phones"
    in_unique = frozenset(_PRIMARY)
    decides_emptiness = tuple(_PRIMARY)
    examples = Examples(
        valid=(
            ({"primaryPhoneNumber": "+33 6 12 34 56 78"}, {**_EMPTY, **_FRENCH}),
            (
                {"primaryPhoneNumber": "06 12 34 56 78", "primaryPhoneCountryCode": "FR"},
                {**_EMPTY, **_FRENCH},
            ),
            (
                {"primaryPhoneNumber": "0612345678", "primaryPhoneCallingCode": "+33"},
                {**_EMPTY, **_FRENCH},
            ),
            (
                {"additionalPhones": [{"number": "(415) 555-2671", "countryCode": "US"}]},
                {
                    **_EMPTY,
                    "additionalPhones": [
                        {"number": "4155552671", "countryCode": "US", "callingCode": "+1"}
                    ],
                },
            ),
            ({"primaryPhoneCountryCode": "US"}, {**_EMPTY, "primaryPhoneCountryCode": "US"}),
            ({"primaryPhoneNumber": ""}, _EMPTY),
            (None, _EMPTY),
        ),
        invalid=(
            ("not-phones", "Invalid object value 'not-phones' for field \"f\""),
            ({"x": 1}, 'Invalid subfield x for phones field "f"'),
            (
                {"primaryPhoneNumber": 612345678},
                'Invalid string value 612345678 for text field "f.primaryPhoneNumber"',
            ),
            ({"primaryPhoneNumber": "612345678"}, "Provided phone number is invalid 612345678"),
            (
                {"primaryPhoneNumber": "123", "primaryPhoneCountryCode": "XX"},
                "Invalid country code XX",
            ),
            ({"primaryPhoneCallingCode": "+999"}, "Invalid calling code +999"),
            (
                {"primaryPhoneCountryCode": "FR", "primaryPhoneCallingCode": "+1"},
                "Provided country code and calling code are conflicting",
            ),
            (
                {"primaryPhoneNumber": "+33612345678", "primaryPhoneCountryCode": "US"},
                "Provided and inferred country code are conflicting",
            ),
            (
                {"primaryPhoneNumber": "+33612345678", "primaryPhoneCallingCode": "+1"},
                "Provided and inferred calling code are conflicting",
            ),
            (
                {"additionalPhones": [{"number": "not a number", "countryCode": "US"}]},
                "Provided phone number is invalid not a number",
            ),
            (
                {"additionalPhones": "x"},
                "Invalid object value 'x' for field \"f.additionalPhones\"",
            ),
        ),
    )

    def make_members(self) -> Mapping[str, FieldType]:
        return {
            **{name: Text(name=f"{self.name}.{name}") for name in _PRIMARY},
            "additionalPhones": JsonList(name=f"{self.name}.additionalPhones"),
        }

    def parse_members(self, value: Mapping[str, object]) -> Mapping[str, ColumnValue]:
        given = {
            _PRIMARY[name]: self.members()[name].parse(part)[""]
            for name, part in value.items()
            if name in _PRIMARY
        }
        phone = self._completed(given)
        others = list_objects(value.get("additionalPhones"), f"{self.name}.additionalPhones")
        phones = [self._additional(other) for other in others]
        return {
            **{name: phone[key] for name, key in _PRIMARY.items() if key in phone},
            "additionalPhones": [other for other in phones if other] or None,
        }

    def _additional(self, item: Mapping[str, object]) -> Mapping[str, ColumnValue]:
        text = self.members()["primaryPhoneNumber"]
        given = {key: text.parse(item[key])[""] for key in _PRIMARY.values() if key in item}
        return {key: part for key, part in self._completed(given).items() if part is not None}

    def _completed(self, given: Mapping[str, ColumnValue]) -> Mapping[str, ColumnValue]:
        """`number`, `countryCode` and `callingCode`, as far as they are given or inferred."""
        number, country, calling = (
            _text(given.get(key)) for key in ("number", "countryCode", "callingCode")
        )
        if fault := _codes_fault(country, calling):
            raise refused(fault, self.name)
        if number is None:
            return given
        parsed = _parsed(number, country, calling)
        if parsed is None:
            raise refused(f"Provided phone number is invalid {number}", self.name)
        national = phonenumbers.national_significant_number(parsed)
        region = _region(parsed, national)
        inferred_country = region if region in phonenumbers.SUPPORTED_REGIONS else None
        inferred_calling = f"+{parsed.country_code}"
        if country and inferred_country and country != inferred_country:
            raise refused("Provided and inferred country code are conflicting", self.name)
        if calling and calling.removeprefix("+") != inferred_calling[1:]:
            raise refused("Provided and inferred calling code are conflicting", self.name)
        completed = dict(given)
        completed["number"] = national
        completed["callingCode"] = inferred_calling
        if country or inferred_country:
            completed["countryCode"] = country or inferred_country
        return completed


def _text(value: ColumnValue) -> str | None:
    return value if isinstance(value, str) and value else None


def _codes_fault(country: str | None, calling: str | None) -> str | None:
    if country and country not in phonenumbers.SUPPORTED_REGIONS:
        return f"Invalid country code {country}"
    if not calling:
        return None
    regions = _regions(calling)
    if not regions:
        return f"Invalid calling code {calling}"
    if country and country not in regions:
        return "Provided country code and calling code are conflicting"
    return None


def _regions(calling: str) -> tuple[str, ...]:
    """The countries of a calling code, the main one first."""
    digits = calling.removeprefix("+")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 3):
        return ()
    return _regions_of(int(digits))


@cache
def _regions_of(code: int) -> tuple[str, ...]:
    regions = phonenumbers.region_codes_for_country_code(code)
    return tuple(region for region in regions if region in phonenumbers.SUPPORTED_REGIONS)


@cache
def _plain_form(region: str) -> tuple[int, re.Pattern[str], re.Pattern[str] | None]:
    """Calling code, pattern of a national number, and what may stand before one.

    Digits that fit the one and not the other are what libphonenumber would make of them, by
    its own data, in a tenth of the time.
    """
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    assert metadata is not None, region
    assert metadata.general_desc is not None, region
    # The prefix of calls abroad can be digits as well: Finland has 99.
    prefixes = (metadata.national_prefix_for_parsing, metadata.international_prefix)
    before = "|".join(f"(?:{prefix})" for prefix in prefixes if prefix)
    return (
        phonenumbers.country_code_for_region(region),
        re.compile(metadata.general_desc.national_number_pattern or "(?!)"),
        re.compile(before) if before else None,
    )


@cache
def _main_form(code: int) -> re.Pattern[str]:
    """What numbers of a calling code's main country look like, of whatever type."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(
        phonenumbers.region_code_for_country_code(code)
    )
    if metadata is None or metadata.leading_digits is not None:
        return re.compile("(?!)")
    kinds = (getattr(metadata, kind) for kind in _KINDS)
    forms = [_form(kind) for kind in kinds if kind and kind.national_number_pattern]
    general = metadata.general_desc
    assert general is not None, code
    return re.compile(f"(?={_form(general)}$)(?:{'|'.join(forms) or '(?!)'})")


def _form(kind: phonenumbers.PhoneNumberDesc) -> str:
    lengths = "|".join(f"\\d{{{length}}}$" for length in kind.possible_length if length > 0)
    return f"(?={lengths})(?:{kind.national_number_pattern})"


def _region(parsed: phonenumbers.PhoneNumber, national: str) -> str | None:
    """The main country of a calling code comes first, and most numbers are of one."""
    code = parsed.country_code
    if code is not None and _main_form(code).fullmatch(national):
        return phonenumbers.region_code_for_country_code(code)
    return phonenumbers.region_code_for_number(parsed)


def _parsed(
    number: str, country: str | None, calling: str | None
) -> phonenumbers.PhoneNumber | None:
    region = country or (_regions(calling)[0] if calling else None)
    if region is not None and number.isascii() and number.isdecimal() and number[0] != "0":
        code, pattern, prefix = _plain_form(region)
        if pattern.fullmatch(number) and not (prefix and prefix.match(number)):
            return phonenumbers.PhoneNumber(country_code=code, national_number=int(number))
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    national = phonenumbers.national_significant_number(parsed)
    return parsed if 2 <= len(national) <= _NATIONAL_NUMBER_LENGTH_MAX else None
