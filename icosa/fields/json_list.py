"""The lists in composites (`additionalEmails`, `secondaryLinks`): JSON, empty is null.

Not a type of its own but a member of EMAILS, LINKS and PHONES, which check the items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icosa.core.inspect import inspect
from icosa.core.sql import Sql, sql
from icosa.fields.base import refused
from icosa.fields.json_value import NotStorable, decoded, storable_json
from icosa.fields.operators import Operand, Operator, Takes
from icosa.fields.raw_json import RawJson


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonList(RawJson):
    """Stored as `jsonb`; checked by the composite that it is part of."""

    summary = "A JSON list; the empty list is null, read as `[]`."
    empty = sql("'[]'::jsonb")

    def output(self, columns: Sequence[Sql]) -> Sql:
        return sql("coalesce({c}, '[]'::jsonb)", c=columns[0])

    def compare(self, operator: Operator, columns: Sequence[Sql], operand: Operand) -> Sql:
        """`like: ""` finds null, as it does in texts."""
        if operator.takes is Takes.PATTERN and operand.emptiness == "empty":
            return sql("({c} is null or {c} = {e})", c=columns[0], e=self.empty)
        return RawJson.compare(self, operator, columns, operand)


def list_items(value: object, name: str) -> list[object]:
    """The items of a list, or of a string that holds one. Raises `DataInvalid`."""
    if value is None or value == "":
        return []
    try:
        items = storable_json(decoded(value) if isinstance(value, str) else value)
    except NotStorable:
        items = ()
    if items is None:
        return []
    if not isinstance(items, list):
        raise _no_list(value, name)
    return items


def list_objects(value: object, name: str) -> list[Mapping[str, object]]:
    """The same, of objects only."""
    objects: list[Mapping[str, object]] = []
    for item in list_items(value, name):
        if not isinstance(item, Mapping):
            raise _no_list(item, name)
        objects.append(item)
    return objects


def _no_list(value: object, name: str) -> Exception:
    return refused(f'Invalid object value {inspect(value)} for field "{name}"', *name.split("."))
