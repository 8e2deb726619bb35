"""A JSON object -> a change that is asked of the model, or all that is wrong with its types.

The first look at an input: which properties must be there, and of which type each is, in the
words of the reference's own first look. What GraphQL sends has passed the schema already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType, UnionType
from typing import Final, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import UnsetType

from icosa.changes.commands import read
from icosa.core.errors import RequestInvalid

T = TypeVar("T", bound=msgspec.Struct)

_TYPES: Final[Mapping[object, str]] = MappingProxyType(
    {str: "a string", bool: "a boolean value", dict: "an object"}
)


def read_command(kind: type[T], body: Mapping[str, object]) -> T:
    """Raises `RequestInvalid` with all that is wrong."""
    found = [text for text in _faults(kind, body) if text]
    if found:
        raise RequestInvalid(", ".join(found))
    return read(kind, body)


def _faults(kind: type[msgspec.Struct], body: Mapping[str, object]) -> Iterator[str]:
    for part in msgspec.structs.fields(kind):
        name = part.encode_name
        if name not in body:
            if part.required:
                yield f"{name} should not be empty"
            continue
        allowed = _members(part.type)
        if object in allowed or isinstance(body[name], allowed):
            continue
        shown = next((text for t, text in _TYPES.items() if t in allowed), None)
        if shown is not None:
            yield f"{name} must be {shown}"


def _members(annotation: object) -> tuple[type, ...]:
    """The types of a union; a type alone is one."""
    is_union = get_origin(annotation) in (Union, UnionType)
    members = get_args(annotation) if is_union else (annotation,)
    return tuple(get_origin(t) or t for t in members if t is not UnsetType)
