"""JSON made fit for `jsonb`: no NUL, no lone surrogates, no infinite numbers, no abyss.

PostgreSQL refuses such values with errors of its own (22P05, 22P02, 54001), so they are
cleaned or refused here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import msgspec

from icosa.fields.base import storable

DEPTH_MAX: Final = 100  # PostgreSQL's parser overflows its stack at some 6,000


class NotStorable(ValueError):
    """A JSON value that `jsonb` can't hold."""


def storable_json(value: object, depth: int = 0) -> object:
    """`value` without what `jsonb` can't hold. Raises `NotStorable` for what can't be cleaned."""
    match value:
        case None | bool():
            return value
        case str():
            return storable(value)
        case int():
            return value
        case float():
            if not math.isfinite(value):
                raise NotStorable
            return value
        case Mapping() | list() if depth >= DEPTH_MAX:
            raise NotStorable
        case Mapping():
            return {storable(str(k)): storable_json(v, depth + 1) for k, v in value.items()}
        case list():
            return [storable_json(item, depth + 1) for item in value]
        case _:
            raise NotStorable


def decoded(text: str) -> object:
    """The JSON in `text`. Raises `NotStorable` if there is none."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        raise NotStorable from None
