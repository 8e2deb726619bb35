"""Field types made of named members, each a simple type: money, names, addresses.

A subclass is its `kind`, its members and its rules of normalisation. A member's column is
the field's name and the member's with a capital (`domainNamePrimaryLinkUrl`); the member
itself is a `FieldType` named `domainName.primaryLinkUrl`, so that filters, orders and
selections of members need nothing of their own.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar

from icosa.core.inspect import inspect
from icosa.core.shape import Record, Shape
from icosa.core.sql import Sql, ident, join, sql
from icosa.fields.base import Column, ColumnValue, FieldType, refused
from icosa.fields.json_value import NotStorable, decoded


@dataclass(frozen=True, slots=True, kw_only=True)
class Composite(FieldType):
    """Members are in the order of the contract's table (A5)."""

    operators = ()
    type_name: ClassVar[str]  # the GraphQL type: "FullName"
    in_unique: ClassVar[frozenset[str]] = frozenset()  # members that a unique field compares
    never_null: ClassVar[frozenset[str]] = frozenset()  # members printed with `!`
    decides_emptiness: ClassVar[tuple[str, ...]]  # members whose texts are empty when it is (A2)

    _members: Mapping[str, FieldType] = field(init=False, repr=False, compare=False)
    _columns: tuple[Column, ...] = field(init=False, repr=False, compare=False)
    _suffixes: Mapping[str, str] = field(init=False, repr=False, compare=False)  # by member

    def __post_init__(self) -> None:
        members = dict(self.make_members())
        columns = tuple(
            Column(capital(name), member.columns()[0].pg_type, name in self.in_unique)
            for name, member in members.items()
        )
        suffixes = {name: capital(name) for name in members}
        object.__setattr__(self, "_members", MappingProxyType(members))
        object.__setattr__(self, "_columns", columns)
        object.__setattr__(self, "_suffixes", MappingProxyType(suffixes))

    @abstractmethod
    def make_members(self) -> Mapping[str, FieldType]:
        """Each member by its name, as a type of its own; asked for once."""

    def members(self) -> Mapping[str, FieldType]:
        return self._members

    def parse_members(self, value: Mapping[str, object]) -> Mapping[str, ColumnValue]:
        """The columns to write, by member name, from an object with known members only.

        As a rule each member that is given is written, and the others stay.
        """
        members = self._members
        return {name: members[name].parse(part)[""] for name, part in value.items()}

    def columns(self) -> tuple[Column, ...]:
        return self._columns

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        if value is None:
            return {column.suffix: None for column in self.columns()}
        if isinstance(value, str):
            value = self._decoded(value)
        if not isinstance(value, dict):
            raise self._no_object(value)
        for key in value:
            if key not in self._members:
                raise refused(
                    f'Invalid subfield {key} for {self.label} field "{self.name}"', self.name, key
                )
        return {self._suffixes[name]: part for name, part in self.parse_members(value).items()}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return self.output_members(tuple((name, name) for name in self._members), columns)

    def output_members(self, keys: Sequence[tuple[str, str]], columns: Sequence[Sql]) -> Sql:
        """The JSON object of the members in `keys`, pairs of response key and member name.

        `(select row_to_json(o.*) from (select coalesce(c, '') as "primaryLinkUrl") as o)`
        """
        values = self.member_outputs(columns)
        parts = (sql("{value} as {key}", value=values[name], key=ident(key)) for key, name in keys)
        return sql("(select row_to_json(o.*) from (select {parts}) as o)", parts=join(", ", parts))

    def member_outputs(self, columns: Sequence[Sql]) -> Mapping[str, Sql]:
        """The expression of each member's JSON value."""
        return {
            name: member.output((column,))
            for (name, member), column in zip(self._members.items(), columns, strict=True)
        }

    def emptiness(self, columns: Sequence[Sql]) -> Sql:
        by_name = dict(zip(self._members, columns, strict=True))
        parts = join(", ", (by_name[name] for name in self.decides_emptiness))
        return sql("concat({parts})", parts=parts)

    def shape(self) -> Shape:
        members = {name: member.shape() for name, member in self._members.items()}
        return Record(self.type_name, members, self.never_null)

    def normal_default(self, value: object) -> object:
        """A default whose members are all null is none."""
        if isinstance(value, Mapping) and all(part is None for part in value.values()):
            return None
        return value

    def _decoded(self, text: str) -> object:
        """A string that holds JSON stands for the object in it."""
        try:
            return decoded(text)
        except NotStorable:
            raise self._no_object(text) from None

    def _no_object(self, value: object) -> Exception:
        return refused(f'Invalid object value {inspect(value)} for field "{self.name}"', self.name)


def capital(name: str) -> str:
    return name[:1].upper() + name[1:]
