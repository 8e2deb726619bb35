"""RAW_JSON: any object or array; `{}` is null."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from icosa.core.inspect import inspect
from icosa.core.shape import Scalar, Shape
from icosa.core.sql import Sql, sql
from icosa.fields.base import Column, ColumnValue, Examples, FieldType, refused, unfit
from icosa.fields.json_value import NotStorable, decoded, storable_json
from icosa.fields.operators import IS, LIKE, Operand, Operator, Takes


@dataclass(frozen=True, slots=True, kw_only=True)
class RawJson(FieldType):
    """`like` matches PostgreSQL's text of the value, in which `: ` and `, ` hold a space."""

    kind = "RAW_JSON"
    label = "raw JSON"
    summary = "A JSON object or array, or a string that holds JSON; `{}` is null."
    operators = (IS, LIKE)
    filter_name = "RawJsonFilter"
    groupable = False
    examples = Examples(
        valid=(
            (
                {"key": "value", "n": [1, 2.5, None, True]},
                {"key": "value", "n": [1, 2.5, None, True]},
            ),
            ([1, "two"], [1, "two"]),
            ([], []),
            ('{"a": {"b": "c"}}', {"a": {"b": "c"}}),
            ({"nul": "a\0b", "lone": "\ud800"}, {"nul": "ab", "lone": "\ufffd"}),
            ({}, None),
            ("{}", None),
            (None, None),
        ),
        invalid=(
            ("not-json", "Invalid object value 'not-json' for field \"f\""),
            ("", "Invalid object value '' for field \"f\""),
            (1, 'Invalid object value 1 for field "f"'),
            (True, 'Invalid object value true for field "f"'),
            ({"n": float("inf")}, 'Invalid object value { n: Infinity } for field "f"'),
        ),
    )

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "jsonb"),)

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        if value is None:
            return {"": None}
        try:
            stored = storable_json(decoded(value) if isinstance(value, str) else self._known(value))
        except NotStorable:
            raise refused(
                f'Invalid object value {inspect(value)} for field "{self.name}"', self.name
            ) from None
        return {"": None if stored == {} and self.nullable else stored}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return columns[0]

    def shape(self) -> Shape:
        return Scalar("JSON", "any")

    def default(self) -> Mapping[str, ColumnValue]:
        """As it is: the strings in a JSON default have no inner quotes."""
        return {} if self.default_value in (None, {}) else self.parse(self.default_value)

    def default_faults(self, value: object) -> tuple[str, ...]:
        return self._value_faults(value)

    def compare(self, operator: Operator, columns: Sequence[Sql], operand: Operand) -> Sql:
        if operator.takes is Takes.PATTERN:
            text = sql("{c}::text", c=columns[0])
            return operator.sql(text, self._parameter(operator, operand))
        return FieldType.compare(self, operator, columns, operand)

    def operand(self, value: object) -> object:
        """A cursor's JSON."""
        try:
            return msgspec.json.encode(storable_json(value)).decode()
        except NotStorable:
            raise unfit(
                f'Invalid object value {inspect(value)} for field "{self.name}"', self.name
            ) from None

    def _known(self, value: object) -> object:
        if not isinstance(value, Mapping | list):
            raise NotStorable
        return value
