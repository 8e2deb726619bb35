"""What was changed: the outcome of a change, and its row in the catalogue with the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import msgspec

from icosa.catalog.snapshot import Field, Object, Snapshot
from icosa.changes.commands import given
from icosa.core.caller import Caller

Operation: TypeAlias = Literal[
    "create_object",
    "update_object",
    "delete_object",
    "create_field",
    "update_field",
    "delete_field",
]

INSERT: Final = """
insert into icosa.model_change (workspace_id, version, operation, input, inverse, actor)
values ($1::uuid, $2::bigint, $3::text, $4::jsonb, $5::jsonb, $6::jsonb)"""


@dataclass(frozen=True, slots=True)
class Change:
    """`command` is None for a deletion, which takes nothing but its subject."""

    operation: Operation
    command: msgspec.Struct | None
    before: Snapshot
    after: Snapshot
    subject_id: str

    def object_before(self) -> Object:
        return self.before.objects[self.subject_id]

    def object_after(self) -> Object:
        return self.after.objects[self.subject_id]

    def field_before(self) -> Field:
        return _field(self.before, self.subject_id)

    def field_after(self) -> Field:
        return _field(self.after, self.subject_id)


def _field(snapshot: Snapshot, field_id: str) -> Field:
    found = snapshot.field(field_id)
    assert found is not None, field_id
    return found


def row(change: Change, by: Caller | None) -> tuple[object, ...]:
    """The parameters of `INSERT`."""
    command = {} if change.command is None else msgspec.to_builtins(change.command)
    given_input = {**command, "id": change.subject_id}
    return (
        change.after.workspace_id,
        change.after.version,
        change.operation,
        _json(given_input),
        _json(_inverse(change)),
        _json(_actor(by)),
    )


def _inverse(change: Change) -> Mapping[str, object] | None:
    """The change that undoes this one. What was deleted can't be made again with its records."""
    what = change.operation.partition("_")[2]
    if change.operation.startswith("create_"):
        return {"operation": f"delete_{what}", "input": {"id": change.subject_id}}
    if change.operation.startswith("delete_") or change.command is None:
        return None
    was = change.object_before() if what == "object" else change.field_before()
    former = {name: getattr(was, name) for name in given(change.command) if hasattr(was, name)}
    kind = type(change.command)
    restored = msgspec.to_builtins(kind(**former))
    return {"operation": change.operation, "input": {**restored, "id": change.subject_id}}


def _actor(by: Caller | None) -> Mapping[str, object] | None:
    """None for what Icosa does by itself, such as a command of the command line."""
    if by is None:
        return None
    return {"kind": by.kind, "id": by.key_id or by.user_id, "name": by.name}


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()
