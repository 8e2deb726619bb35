"""What duplicates are asked for: either ids or data, never both (records contract, A6).

Called for GraphQL's arguments and REST's body alike, so a fault is worded once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from icosa.core.errors import ArgumentInvalid
from icosa.core.identity import is_uuid
from icosa.core.inspect import inspect
from icosa.request.ir import DuplicatesBy

INPUTS_MAX: Final = 200
DUPLICATES_MAX: Final = 200  # of one input


def read_inputs(raw: Mapping[str, object]) -> tuple[DuplicatesBy, list[object]]:
    """Which of the two was given, and its items; null counts as absent.

    Raises `ArgumentInvalid`.
    """
    ids, data = (_items(raw, name) for name in ("ids", "data"))
    if ids is not None and data is not None:
        raise ArgumentInvalid('You cannot provide both "data" and "ids" arguments', path=("ids",))
    if ids is not None:
        return "ids", [_uuid(item, place) for place, item in enumerate(ids)]
    if data is None:
        raise ArgumentInvalid('You have to provide either "data" or "ids" argument')
    if not data:
        raise ArgumentInvalid(
            'The "data" condition can not be empty when "ids" input not provided', path=("data",)
        )
    return "data", data


def _items(raw: Mapping[str, object], name: str) -> list[object] | None:
    items = raw.get(name)
    if items is None:
        return None
    if not isinstance(items, list):
        raise ArgumentInvalid(f'Invalid argument: "{name}" must be an array', path=(name,))
    if len(items) > INPUTS_MAX:
        raise ArgumentInvalid(
            f"Maximum number of records to find duplicates of is {INPUTS_MAX}.", path=(name,)
        )
    return items


def _uuid(item: object, place: int) -> object:
    if not is_uuid(item):
        raise ArgumentInvalid(
            f'Invalid UUID value {inspect(item)} for field "id"', path=("ids", place)
        )
    return item
