"""`{company: {connect: {where: {…}}}}` and `{company: {disconnect: true}}` (A6).

`where` fills exactly one unique key of the target: its id, or all columns of one unique
index. Its values are normalised like data. Which record that is, SQL finds out in the
statement that writes; here it becomes the key's columns, and values in the row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from icosa.catalog.view import JoinId, ObjectView, Own, ToOne, View
from icosa.core.errors import DataInvalid, Forbidden
from icosa.core.identity import is_uuid
from icosa.fields.base import storable
from icosa.fields.composite import Composite, capital
from icosa.request.ir import Connect

Row = dict[str, object]


def is_disconnect(name: str, value: object) -> bool:
    """Raises `DataInvalid` for both at once."""
    if not isinstance(value, Mapping):
        return False
    if value.get("connect") is not None and value.get("disconnect") is True:
        raise DataInvalid(
            "Cannot have both connect and disconnect for the same field on undefined.",
            path=(name,),
        )
    return value.get("disconnect") is True


def connect_where(name: str, value: object) -> Mapping[str, object] | None:
    """The `where` of a connect; None for `disconnect: false`, which does nothing."""
    match value:
        case {"connect": {"where": dict() as where}}:
            return where
        case {"disconnect": False}:
            return None
        case _:
            raise DataInvalid(
                f'Relation "{name}" requires connect or disconnect operation', path=(name,)
            )


@dataclass(frozen=True, slots=True)
class UniqueKey:
    columns: tuple[tuple[str, str], ...]  # (physical name, PostgreSQL type)


def unique_keys(source: ObjectView) -> tuple[UniqueKey, ...]:
    """The id, then every unique index, in the catalogue's order."""
    types = {
        name: column.pg_type
        for member in source.own.values()
        for name, column in zip(member.field.columns, member.type.columns(), strict=True)
    }
    keys = [UniqueKey((("id", "uuid"),))]
    keys += (
        UniqueKey(tuple((name, types[name]) for name in index.columns))
        for index in source.object.indexes
        if index.is_unique and index.columns and all(name in types for name in index.columns)
    )
    return tuple(keys)


def read_connect(member: ToOne, where: Mapping[str, object], view: View, row: Row) -> Connect:
    """The shape of a connect; the key's values go into `row`. Raises `DataInvalid`."""
    relation = member.field.name
    target = view.object(member.target)
    if target is None or not target.grant.read:
        raise Forbidden(path=(relation,))
    keys = unique_keys(target)
    values = _values(where, target, keys)
    filled = [key for key in keys if all(values.get(c) is not None for c, _ in key.columns)]
    if not filled:
        raise DataInvalid(
            "Missing required fields: at least one unique constraint have to be fully "
            f"populated for '{relation}'.",
            path=(relation, "connect", "where"),
        )
    connect = Connect(relation, member.column, member.target, filled[0].columns)
    for place, (column, _) in enumerate(connect.key):
        row[connect.value_name(place)] = values[column]
    return connect


def _values(where: Mapping[str, object], target: ObjectView, keys: tuple[UniqueKey, ...]) -> Row:
    """The values of `where` by physical column. Raises `DataInvalid`."""
    in_keys = {column for key in keys for column, _ in key.columns}
    name_of_target = target.object.name_singular
    found: Row = {}
    for name, value in where.items():
        member = target.members.get(name)
        if not isinstance(member, Own | JoinId) or not in_keys & set(member.field.columns):
            raise DataInvalid(
                f"Field {name} is not a unique constraint field for '{name_of_target}'.",
                path=("connect", "where", name),
            )
        if name == "id" and not is_uuid(value):
            raise DataInvalid(f'Value "{value}" is not a valid UUID', path=("where", "id"))
        parsed = _parsed(member, value)
        for column, part in zip(member.field.columns, member.type.columns(), strict=True):
            given = not isinstance(member.type, Composite) or column in in_keys
            if given and part.suffix in parsed and parsed[part.suffix] is not None:
                found[column] = parsed[part.suffix]
    return found


def _parsed(member: Own | JoinId, value: object) -> Mapping[str, object]:
    """The value as data is stored.

    One that can't be stored is looked for as it is: what is true of it is that no record has it.
    """
    try:
        return member.type.parse(value)
    except DataInvalid:
        if not isinstance(member.type, Composite) or not isinstance(value, Mapping):
            raise
        members = member.type.members()
        return {
            capital(name): storable(part)
            for name, part in value.items()
            if name in members and isinstance(part, str)
        }
