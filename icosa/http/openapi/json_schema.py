"""Shapes -> JSON Schema 2020-12, as OpenAPI 3.1 takes it.

Whether a value can be null comes from what a field type says of itself: for answers, from
what its examples read for null; for bodies, from the field. Its examples are shown too,
but for choices, whose values are the field's own. Composite types are components, so that
a generated client has one class for each.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, assert_never

from icosa.catalog.view import JoinId, Own
from icosa.core.shape import Choice, Many, Record, Scalar, Shape
from icosa.fields.base import FieldType
from icosa.http.openapi.document import Json

_NOT_NULL: Final = object()
_EXACT: Final = ("BigFloat",)  # may be sent as a string, so that no digit is lost


class Schemas:
    """The components of one document; `taken` are the names of its objects' schemas."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = taken
        self.components: Json = {}

    # -- what is read ------------------------------------------------------------------

    def answer(self, member: Own | JoinId) -> Json:
        """A field as it is read."""
        of = member.type
        null_reads = _reads_null_as(of)
        schema = self._read(of.shape(), null_reads)
        if null_reads is None and (isinstance(member, JoinId) or member.field.is_nullable):
            schema = nullable(schema)
        return _described(schema, member, _example(of, place=1))

    def _read(self, shape: Shape, null_reads: object) -> Json:
        match shape:
            case Scalar():
                return _scalar(shape)
            case Choice():
                return _choice(shape)
            case Many():
                return {"type": "array", "items": self._read(shape.of, _NOT_NULL)}
            case Record():
                return self._component(shape.name, self._record(shape, null_reads))
            case _:
                assert_never(shape)

    def _record(self, shape: Record, null_reads: object) -> Json:
        reads = null_reads if isinstance(null_reads, dict) else {}
        members: Json = {}
        for name, member in shape.members.items():
            schema = self._read(member, _NOT_NULL)
            is_never_null = name in shape.required or reads.get(name) is not None
            members[name] = schema if is_never_null else nullable(schema)
        return {"type": "object", "properties": members, "required": list(members)}

    # -- what is written ---------------------------------------------------------------

    def body(self, member: Own | JoinId) -> Json:
        """A field as it is written."""
        of = member.type
        schema = self._written(of.input_shape())
        refused = [value for value, _ in of.examples.invalid]
        if (of.nullable or of.default_value is not None) and None not in refused:
            schema = nullable(schema)
        return _described(schema, member, _example(of, place=0))

    def _written(self, shape: Shape) -> Json:
        match shape:
            case Scalar(name=name) if name in _EXACT:
                return {"type": ["number", "string"]}
            case Scalar():
                return _scalar(shape)
            case Choice():
                return _choice(shape)
            case Many():
                return {"type": "array", "items": self._written(shape.of)}
            case Record():
                return self._written_record(shape)
            case _:
                assert_never(shape)

    def _written_record(self, shape: Record) -> Json:
        """A composite's members may each be left out or null; a listed item's may not."""
        if shape.name.endswith("Input"):
            members = {name: self._written(of) for name, of in shape.members.items()}
            required = [name for name in members if name in shape.required]
            item: Json = {"type": "object", "properties": members, "required": required}
            return self._component(shape.name, item)
        members = {name: nullable(self._written(of)) for name, of in shape.members.items()}
        return self._component(f"{shape.name}Input", {"type": "object", "properties": members})

    def _component(self, name: str, schema: Json) -> Json:
        if name in self._taken:
            name += "Value"
        self.components.setdefault(name, schema)
        return reference(name)


def reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Json) -> Json:
    """`schema`, or null; one that allows everything is left as it is."""
    if not schema:
        return schema
    kind = schema.get("type")
    if not isinstance(kind, str | list):
        return {"anyOf": [schema, {"type": "null"}]}
    found: Json = {**schema, "type": [*([kind] if isinstance(kind, str) else kind), "null"]}
    values = schema.get("enum")
    if isinstance(values, list):
        found["enum"] = [*values, None]
    return found


def _scalar(shape: Scalar) -> Json:
    schema: Json = {} if shape.json_type == "any" else {"type": shape.json_type}
    if shape.format is not None:
        schema["format"] = shape.format
    return schema


def _choice(shape: Choice) -> Json:
    return {"type": "string", **({"enum": list(shape.values)} if shape.values else {})}


def _reads_null_as(of: FieldType) -> object:
    """What null in the database is read as, by the type's examples."""
    for sent, read in of.examples.valid:
        if sent is None:
            return read
    return _NOT_NULL


def _example(of: FieldType, *, place: int) -> list[object]:
    """At most one; `place` 0 is what is sent, 1 what is read."""
    shape = of.shape()
    match shape:
        case Choice(values=(first, *_)):
            return [first]
        case Many(of=Choice(values=(first, *_))):
            return [[first]]
        case Choice() | Many(of=Choice()):
            return []
        case _:
            return [pair[place] for pair in of.examples.valid[:1]]


def _described(schema: Json, member: Own | JoinId, example: list[object]) -> Json:
    """With the field's label, description, example and id beside it."""
    field = member.field
    title = f"{field.label} (id)" if isinstance(member, JoinId) else field.label
    found: Json = {**schema, "title": title}
    if field.description:
        found["description"] = field.description
    if example:
        found["examples"] = example
    found["x-field-id"] = field.id
    return found
