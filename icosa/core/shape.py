"""The neutral type algebra from which GraphQL types and JSON Schemas are both made.

A field type says its shape once. `http/graphql/schema.py` and `http/openapi/` each turn
the four cases below into their own language; neither knows any field type, and no field
type knows either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

JsonType: TypeAlias = Literal["string", "integer", "number", "boolean", "any"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """One JSON value; `name` is the GraphQL scalar (`String`, `BigFloat`, `DateTime`)."""

    name: str
    json_type: JsonType
    format: str | None = None  # JSON Schema `format`, such as `date-time`


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list of strings. An empty `name` is filled in by the place of use
    (`CompanyWorkPolicyEnum`).
    """

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object with known members; `name` is the GraphQL type (`Links`)."""

    name: str
    members: Mapping[str, Shape]
    required: frozenset[str] = frozenset()  # members that are never null


@dataclass(frozen=True, slots=True)
class Many:
    of: Shape
    item_nullable: bool = True


Shape: TypeAlias = Scalar | Choice | Record | Many
