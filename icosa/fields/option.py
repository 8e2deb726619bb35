"""The options of SELECT and MULTI_SELECT as callers define them: checked, then made whole.

Faults are the contract's words (metadata contract, C.6), in its order. Callers get all of
them at once, so nothing here stops at the first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

from icosa.core.identity import is_uuid
from icosa.core.inspect import inspect
from icosa.fields.base import Option, unquoted

COLORS: Final = (
    *("red", "ruby", "crimson", "tomato", "orange", "amber", "yellow", "lime", "grass"),
    *("green", "jade", "mint", "turquoise", "cyan", "sky", "blue", "iris", "violet"),
    *("purple", "plum", "pink", "bronze", "gold", "brown", "gray"),
)
_LENGTH_MAX: Final = 63
_VALUE: Final = re.compile(r"(?!__)[A-Z0-9_]+")
_SPACES: Final = re.compile(r"\s+")


def option_faults(options: object) -> list[str]:
    """What is wrong with `options`, the JSON that a caller sent; empty if nothing is."""
    if not isinstance(options, list) or not options:
        return ["Options are required for enum fields"]
    each = [option if isinstance(option, Mapping) else {} for option in options]
    faults: list[str] = []
    for option in each:
        faults += (*_id_faults(option), *_label_faults(option), *_value_faults(option))
    for key in ("position", "id", "value"):
        if _has_duplicates([_trimmed(o[key]) for o in each if o.get(key) is not None]):
            faults.append(f"Duplicated option {key}")
    return faults


def option_values(options: object) -> tuple[str, ...]:
    """The values that `options` define, as far as they do; for checking a default by."""
    each = options if isinstance(options, list) else []
    values = (option.get("value") for option in each if isinstance(option, Mapping))
    return tuple(str(_trimmed(value)) for value in values if isinstance(value, str))


def normalised_options(options: Sequence[object], new_id: Callable[[], str]) -> tuple[Option, ...]:
    """Options without faults as the catalogue keeps them.

    Texts are trimmed; an option without an id gets a new one, one without a position its
    place in the list.
    """
    made: list[Option] = []
    for place, option in enumerate(options):
        assert isinstance(option, Mapping)
        position, color = option.get("position"), option.get("color")
        made.append(
            Option(
                id=str(option.get("id") or new_id()).lower(),
                value=str(_trimmed(option["value"])),
                label=str(_trimmed(option["label"])),
                position=position if isinstance(position, int | float) else place,
                color=color if isinstance(color, str) else None,
            )
        )
    return tuple(made)


def select_default_faults(value: object, values: Collection[str]) -> tuple[str, ...]:
    """What is wrong with `value` as the default of a SELECT with these option values."""
    if value is None:
        return ()
    if not isinstance(value, str):
        return (f"Default value for select must be a string got {_as_text(value)}",)
    return tuple(_item_faults(value, values))


def multi_select_default_faults(value: object, values: Collection[str]) -> tuple[str, ...]:
    """The same for a MULTI_SELECT."""
    if value is None:
        return ()
    if not isinstance(value, list):
        return (f"Default value for multi-select must be an array got {_as_text(value)}",)
    if not value:
        return ("If defined default value must contain at least one value",)
    faults = ["Default values must be unique"] if _has_duplicates(value) else []
    for item in value:
        faults += select_default_faults(item, values)
    return tuple(faults)


def _item_faults(value: str, values: Collection[str]) -> Iterator[str]:
    if unquoted(value) == value:
        yield "Default value should be as quoted string"
    if unquoted(value) not in values:
        yield f'Default value "{value}" must be one of the option values'


def _id_faults(option: Mapping[str, object]) -> Iterator[str]:
    if "id" not in option:
        return
    if option["id"] is None:
        yield "Option id is required"
    if not is_uuid(option["id"]):
        yield "Option id is invalid"


def _label_faults(option: Mapping[str, object]) -> Iterator[str]:
    label = _trimmed(option.get("label"))
    yield from _text_faults("label", label)
    if isinstance(label, str) and "," in label:
        yield "Label must not contain a comma"


def _value_faults(option: Mapping[str, object]) -> Iterator[str]:
    value = _trimmed(option.get("value"))
    yield from _text_faults("value", value)
    if isinstance(value, str) and value and not _VALUE.fullmatch(value):
        yield f'Value must be in UPPER_CASE and follow snake_case "{value}"'


def _text_faults(key: str, text: object) -> Iterator[str]:
    if text is None:
        yield f"Option {key} is required"
    elif not isinstance(text, str) or not text:
        yield f"Option {key} must be a string of at least one character"
    elif len(text) > _LENGTH_MAX:
        yield f"Option {key} exceeds {_LENGTH_MAX} characters"


def _trimmed(value: object) -> object:
    return _SPACES.sub(" ", value.strip()) if isinstance(value, str) else value


def _has_duplicates(values: Sequence[object]) -> bool:
    return any(count > 1 for count in Counter(map(inspect, values)).values())


def _as_text(value: object) -> str:
    """As JavaScript puts a value into a text."""
    match value:
        case str():
            return value
        case list():
            return ",".join("" if item is None else _as_text(item) for item in value)
        case Mapping():
            return "[object Object]"
        case _:
            return inspect(value)
