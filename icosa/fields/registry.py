"""The table of contents of the type system, and the way from a catalogue's row to a type."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from icosa.fields.actor import Actor
from icosa.fields.address import Address
from icosa.fields.array import Array
from icosa.fields.base import FieldType, Option
from icosa.fields.boolean import Boolean
from icosa.fields.currency import Currency
from icosa.fields.date import Date
from icosa.fields.date_time import DateTime
from icosa.fields.emails import Emails
from icosa.fields.files import Files
from icosa.fields.full_name import FullName
from icosa.fields.links import Links
from icosa.fields.multi_select import MultiSelect
from icosa.fields.number import Number
from icosa.fields.numeric import Numeric
from icosa.fields.phones import Phones
from icosa.fields.position import Position
from icosa.fields.rating import Rating
from icosa.fields.raw_json import RawJson
from icosa.fields.relation import RelationId
from icosa.fields.rich_text import RichText
from icosa.fields.select import Select
from icosa.fields.text import Text
from icosa.fields.ts_vector import TsVector
from icosa.fields.uuid import Uuid

ALL: Final[tuple[type[FieldType], ...]] = (
    Uuid,
    Text,
    Number,
    Numeric,
    Boolean,
    Date,
    DateTime,
    Select,
    Rating,
    MultiSelect,
    Array,
    RawJson,
    Position,
    TsVector,
    Files,
    FullName,
    Currency,
    Links,
    Emails,
    Phones,
    Address,
    Actor,
    RichText,
)
BY_KIND: Final[Mapping[str, type[FieldType]]] = MappingProxyType({t.kind: t for t in ALL})
_WITH_ENUM: Final = (Select, MultiSelect, Actor)


def bind(
    kind: str,
    *,
    name: str,
    nullable: bool = True,
    default_value: object = None,
    options: tuple[Option, ...] = (),
    settings: Mapping[str, object] | None = None,
    enum_name: str = "",
) -> FieldType:
    """The type of one field. `RELATION` is that of a many-to-one's join column.

    `enum_name` is how messages print the enum that the reference would have made for the
    field: `w1."_pet_species_enum"`; before its dot stands the workspace's schema. Raises
    `KeyError` for a kind that isn't one.
    """
    type_ = RelationId if kind == RelationId.kind else BY_KIND[kind]
    extra = {"enum_name": enum_name} if issubclass(type_, _WITH_ENUM) else {}
    if type_ is Files:
        extra["schema"] = enum_name.partition(".")[0]
    return type_(
        name=name,
        nullable=nullable,
        default_value=default_value,
        options=options or (Rating.examples.options if type_ is Rating else ()),
        settings=settings or {},
        **extra,
    )
