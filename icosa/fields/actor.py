"""ACTOR: who made a record or changed it last, and by what means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from icosa.core.shape import Choice, Record, Shape
from icosa.core.sql import Sql, sql
from icosa.fields.base import ColumnValue, Examples, FieldType, Option
from icosa.fields.composite import Composite
from icosa.fields.raw_json import RawJson
from icosa.fields.select import Select
from icosa.fields.text import Text
from icosa.fields.uuid import Uuid

SOURCES: Final = (
    "EMAIL",
    "CALENDAR",
    "WORKFLOW",
    "AGENT",
    "API",
    "IMPORT",
    "MANUAL",
    "SYSTEM",
    "WEBHOOK",
    "APPLICATION",
)
_OPTIONS: Final = tuple(
    Option(id=source, value=source, label=source.capitalize(), position=place)
    for place, source in enumerate(SOURCES)
)
_MEMBER: Final = "20202020-0687-4c41-b707-ed1bfca972a7"
_NOBODY: Final = MappingProxyType(
    {"source": "MANUAL", "workspaceMemberId": None, "name": "", "context": None}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Select):
    """`source`: the means, from a list that is the same for every ACTOR."""

    filter_name = "ActorSourceEnumFilter"

    def output(self, columns: Sequence[Sql]) -> Sql:
        return sql("coalesce({c}, 'MANUAL')", c=columns[0])

    def shape(self) -> Shape:
        return Choice("ActorSourceEnum", SOURCES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(RawJson):
    """`context`: unlike other JSON it may be an empty object, and often is."""

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        return {"": {}} if value in ({}, "{}") else RawJson.parse(self, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Composite):
    """An actor that may not be null, and is, reads as an unknown person."""

    kind = "ACTOR"
    label = "actor"
    summary = "Who did it (`name`, `workspaceMemberId`) and by what means (`source`)."
    filter_name = "ActorFilterInput"
    unique_allowed = False
    type_name = "Actor"
    never_null = frozenset({"source", "name"})
    decides_emptiness = ("workspaceMemberId", "source")
    examples = Examples(
        valid=(
            (
                {"source": "API", "name": "My key", "workspaceMemberId": None, "context": {}},
                {"source": "API", "workspaceMemberId": None, "name": "My key", "context": {}},
            ),
            (
                {"source": "MANUAL", "name": "Tim A", "workspaceMemberId": _MEMBER},
                {
                    "source": "MANUAL",
                    "workspaceMemberId": _MEMBER,
                    "name": "Tim A",
                    "context": None,
                },
            ),
            (
                {"source": "EMAIL", "context": '{"provider": "google"}'},
                {**_NOBODY, "source": "EMAIL", "context": {"provider": "google"}},
            ),
            (None, dict(_NOBODY)),
        ),
        invalid=(
            ("not-an-actor", "Invalid object value 'not-an-actor' for field \"f\""),
            ({"x": 1}, 'Invalid subfield x for actor field "f"'),
            (
                {"source": "NOBODY"},
                (
                    'Invalid value "NOBODY" for field "f.source". '
                    f"Valid values are: {', '.join(SOURCES)}"
                ),
            ),
            ({"name": 1}, 'Invalid string value 1 for text field "f.name"'),
            (
                {"workspaceMemberId": "x"},
                "Invalid UUID value 'x' for field \"f.workspaceMemberId\"",
            ),
            ({"context": 1}, 'Invalid object value 1 for field "f.context"'),
        ),
    )

    enum_name: str = ""  # as `Select.enum_name`, of the column of `source`

    def make_members(self) -> Mapping[str, FieldType]:
        return {
            "source": Source(
                name=f"{self.name}.source", options=_OPTIONS, enum_name=self.enum_name
            ),
            "workspaceMemberId": Uuid(name=f"{self.name}.workspaceMemberId"),
            "name": Text(name=f"{self.name}.name"),
            "context": Context(name=f"{self.name}.context"),
        }

    def member_outputs(self, columns: Sequence[Sql]) -> Mapping[str, Sql]:
        outputs = dict(Composite.member_outputs(self, columns))
        if not self.nullable:
            source, _, _, context = columns
            outputs["context"] = sql(
                "coalesce({context}, case when {source} is null then '{}'::jsonb end)",
                context=context,
                source=source,
            )
        return outputs

    def input_shape(self) -> Shape:
        """The contract shows two members; all four are accepted."""
        members = self.members()
        shown = {name: members[name].input_shape() for name in ("source", "context")}
        return Record("Actor", shown, frozenset({"source"}))
