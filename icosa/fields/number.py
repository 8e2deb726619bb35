"""NUMBER: a floating-point number, shown as `Float`, `Int` or `BigInt` by its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from icosa.core.shape import Scalar, Shape
from icosa.core.sql import Sql, sql
from icosa.fields.base import Column, ColumnValue, Examples, FieldType, Setting, refused
from icosa.fields.numeral import as_float, finite, number_fault, operand_number
from icosa.fields.operators import COMPARISONS

_SCALARS: Final = MappingProxyType(
    {
        "float": Scalar("Float", "number"),
        "int": Scalar("Int", "integer"),
        "bigint": Scalar("BigInt", "integer"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(FieldType):
    """Whole numbers print without a fraction in every case: PostgreSQL prints 42 for 42.0."""

    kind = "NUMBER"
    label = "number"
    summary = (
        "A number with about 15 digits. Writes take JSON numbers only; filters take strings too. "
        "`settings.dataType` is `float` (the default), `int` or `bigint`."
    )
    operators = COMPARISONS
    filter_name = "FloatFilter"
    known_settings = MappingProxyType(
        {
            "dataType": Setting(tuple(_SCALARS)),
            "decimals": Setting(),
            "type": Setting(("number", "percentage")),
        }
    )
    aggregates = ("min", "max", "avg", "sum")
    examples = Examples(
        valid=(
            (42, 42),
            (42.0, 42),
            (-0.5, -0.5),
            (0, 0),
            (-0.0, 0),
            (1e300, 1e300),
            (9007199254740991, 9007199254740991),
            (None, None),
        ),
        invalid=(
            ("string", "Invalid number value 'string' for field \"f\""),
            ("42", "Invalid number value '42' for field \"f\""),
            ("", "Invalid number value '' for field \"f\""),
            (True, 'Invalid number value true for field "f"'),
            ({}, 'Invalid number value {} for field "f"'),
            ([], 'Invalid number value [] for field "f"'),
            (float("nan"), 'Invalid number value NaN for field "f"'),
            (float("inf"), 'Invalid number value Infinity for field "f"'),
            (-(10**400), 'Invalid number value -Infinity for field "f"'),
        ),
    )

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "float8"),)

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        if value is None:
            return {"": None}
        number = finite(value)
        if number is None or (self._is_whole() and not as_float(number).is_integer()):
            raise refused(number_fault(value, self.name), self.name)
        return {"": number}

    def output(self, columns: Sequence[Sql]) -> Sql:
        """A whole number beyond 10^15 takes a way round: `float8` would print `1e+15`."""
        return sql("{c}::text::numeric", c=columns[0]) if self._is_whole() else columns[0]

    def shape(self) -> Shape:
        return _SCALARS.get(self._data_type(), _SCALARS["float"])

    def filter_input(self) -> str:
        return f"{_SCALARS.get(self._data_type(), _SCALARS['float']).name}Filter"

    def operand_text(self, value: object) -> str:
        return repr(as_float(operand_number(value, self.name)))

    def _data_type(self) -> str:
        return str(self.settings.get("dataType") or "float")

    def _is_whole(self) -> bool:
        return self._data_type() in ("int", "bigint")
