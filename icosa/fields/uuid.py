"""UUID: a UUID of any version, in the usual 36 characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from icosa.core.identity import is_uuid
from icosa.core.inspect import inspect
from icosa.core.shape import Scalar, Shape
from icosa.core.sql import Sql
from icosa.fields.base import (
    Column,
    ColumnValue,
    Examples,
    FieldType,
    Fresh,
    refused,
    unfit,
)
from icosa.fields.operators import COMPARISONS

_LOWER = "0f5a4f1e-94b1-4c0e-9f5e-2b8f6f1f7a01"
_VERSION_7 = "01975b2c-8a40-7c3e-b0a1-6d1f0c9e5b22"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uuid(FieldType):
    """Stored as `uuid`."""

    kind = "UUID"
    label = "UUID"
    summary = "A UUID of any version; capitals are read back as small letters."
    operators = COMPARISONS
    filter_name = "UUIDFilter"
    functions = MappingProxyType({"uuid": Fresh.UUID})
    examples = Examples(
        valid=(
            (_LOWER, _LOWER),
            (_VERSION_7.upper(), _VERSION_7),
            ("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000"),
            (None, None),
        ),
        invalid=(
            ("non-uuid", "Invalid UUID value 'non-uuid' for field \"f\""),
            ("", "Invalid UUID value '' for field \"f\""),
            ({}, 'Invalid UUID value {} for field "f"'),
            ([], 'Invalid UUID value [] for field "f"'),
            (True, 'Invalid UUID value true for field "f"'),
            (1, 'Invalid UUID value 1 for field "f"'),
        ),
    )

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "uuid"),)

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        if value is None:
            return {"": None}
        if not isinstance(value, str) or not is_uuid(value):
            raise refused(self._fault(value), self.name)
        return {"": value.lower()}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return columns[0]

    def shape(self) -> Shape:
        return Scalar("UUID", "string", "uuid")

    def operand_text(self, value: object) -> str:
        if not isinstance(value, str) or not is_uuid(value):
            raise unfit(self._fault(value), self.name)
        return value.lower()

    def _fault(self, value: object) -> str:
        return f'Invalid UUID value {inspect(value)} for field "{self.name}"'
