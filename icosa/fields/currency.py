"""CURRENCY: an amount in millionths of its currency's unit, and the currency's code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from icosa.fields.base import Examples, FieldType, Setting
from icosa.fields.composite import Composite
from icosa.fields.numeric import Numeric
from icosa.fields.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency(Composite):
    """The amount is exact: no digit passes through a floating-point number."""

    kind = "CURRENCY"
    label = "currency"
    summary = "`amountMicros`, a millionth of the unit each, and `currencyCode` (ISO 4217)."
    filter_name = "CurrencyFilterInput"
    unique_allowed = False
    known_settings = MappingProxyType({"format": Setting(("short", "full")), "decimals": Setting()})
    type_name = "Currency"
    decides_emptiness = ("amountMicros", "currencyCode")
    aggregates = ("min", "max", "avg", "sum")
    aggregate_member = "amountMicros"
    examples = Examples(
        valid=(
            (
                {"amountMicros": 2500000000, "currencyCode": "EUR"},
                {"amountMicros": 2500000000, "currencyCode": "EUR"},
            ),
            (
                {"amountMicros": "9007199254740993"},
                {"amountMicros": 9007199254740993, "currencyCode": None},
            ),
            ({"currencyCode": ""}, {"amountMicros": None, "currencyCode": None}),
            (None, {"amountMicros": None, "currencyCode": None}),
        ),
        invalid=(
            ("not-a-currency", "Invalid object value 'not-a-currency' for field \"f\""),
            ({"x": 1}, 'Invalid subfield x for currency field "f"'),
            ({"amountMicros": "x"}, "Invalid number value 'x' for field \"f.amountMicros\""),
            ({"currencyCode": 1}, 'Invalid string value 1 for text field "f.currencyCode"'),
        ),
    )

    def make_members(self) -> Mapping[str, FieldType]:
        return {
            "amountMicros": Numeric(name=f"{self.name}.amountMicros"),
            "currencyCode": Text(name=f"{self.name}.currencyCode", blank=False),
        }
