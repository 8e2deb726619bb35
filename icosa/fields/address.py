"""ADDRESS: a postal address and where it is on the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from icosa.fields.base import Examples, FieldType, Setting
from icosa.fields.composite import Composite
from icosa.fields.numeric import Numeric
from icosa.fields.text import Text

_TEXTS: Final = (
    "addressStreet1",
    "addressStreet2",
    "addressCity",
    "addressPostcode",
    "addressState",
    "addressCountry",
)
_NUMBERS: Final = ("addressLat", "addressLng")
_EMPTY: Final = {**dict.fromkeys(_TEXTS, ""), **dict.fromkeys(_NUMBERS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Composite):
    """Eight columns; six texts, and two numbers without loss of digits."""

    kind = "ADDRESS"
    label = "address"
    summary = "A postal address in six parts, with latitude and longitude."
    filter_name = "AddressFilterInput"
    unique_allowed = False
    known_settings = MappingProxyType({"subFields": Setting((*_TEXTS, *_NUMBERS), several=True)})
    type_name = "Address"
    decides_emptiness = (*_TEXTS, *_NUMBERS)
    examples = Examples(
        valid=(
            (
                {
                    "addressStreet1": "5 Rue de la Paix",
                    "addressCity": "Paris",
                    "addressPostcode": "75002",
                    "addressCountry": "France",
                    "addressLat": 48.8690,
                    "addressLng": "2.3310",
                },
                {
                    **_EMPTY,
                    "addressStreet1": "5 Rue de la Paix",
                    "addressCity": "Paris",
                    "addressPostcode": "75002",
                    "addressCountry": "France",
                    "addressLat": 48.869,
                    "addressLng": 2.331,
                },
            ),
            ({"addressCity": ""}, _EMPTY),
            (None, _EMPTY),
        ),
        invalid=(
            ("not-an-address", "Invalid object value 'not-an-address' for field \"f\""),
            ({"x": 1}, 'Invalid subfield x for address field "f"'),
            ({"addressCity": 1}, 'Invalid string value 1 for text field "f.addressCity"'),
            ({"addressLat": "north"}, "Invalid number value 'north' for field \"f.addressLat\""),
        ),
    )

    def make_members(self) -> Mapping[str, FieldType]:
        return {
            **{name: Text(name=f"{self.name}.{name}") for name in _TEXTS},
            **{name: Numeric(name=f"{self.name}.{name}") for name in _NUMBERS},
        }
