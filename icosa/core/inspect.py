"""Values as the contract's error texts print them: the way Node's `util.inspect` does.

Covers JSON values nested two levels deep, which is what those texts ever hold
(amendments, 23): strings in single quotes, `[]`, `{}`, `null`, `NaN`, keys bare when
they are identifiers. Longer or deeper values are cut as Node cuts them (`[Object]`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final

_BARE_KEY: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*\Z")
_DEPTH_MAX: Final = 2
_TEXT_MAX: Final = 1000  # error texts stay short whatever a caller sends


def inspect(value: object, *, depth: int = 0) -> str:
    """`'x'`, `1`, `true`, `null`, `[ 1, 2 ]`, `{ a: 'b' }`."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return _quote(value)
        case int() | float():
            return _number(value)
        case Mapping():
            if not value:
                return "{}"
            if depth > _DEPTH_MAX:
                return "[Object]"
            pairs = (f"{_key(str(k))}: {inspect(v, depth=depth + 1)}" for k, v in value.items())
            return "{ " + ", ".join(pairs) + " }"
        case list() | tuple():
            if not value:
                return "[]"
            if depth > _DEPTH_MAX:
                return "[Array]"
            return "[ " + ", ".join(inspect(item, depth=depth + 1) for item in value) + " ]"
        case _:
            return str(value)


def type_name(value: object) -> str:
    """JavaScript's `typeof`: arrays and null are `object`."""
    match value:
        case bool():
            return "boolean"
        case str():
            return "string"
        case int() | float():
            return "number"
        case _:
            return "object"


def _quote(text: str) -> str:
    cut = text if len(text) <= _TEXT_MAX else text[:_TEXT_MAX] + "…"
    escaped = cut.replace("\\", "\\\\").replace("\n", "\\n")
    if "'" not in escaped:
        return f"'{escaped}'"
    if '"' not in escaped:
        return f'"{escaped}"'
    if "`" not in escaped:
        return f"`{escaped}`"
    return "'" + escaped.replace("'", "\\'") + "'"


def _number(value: float) -> str:
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        if value.is_integer() and abs(value) < 1e21:
            return str(int(value))
    return str(value)


def _key(name: str) -> str:
    return name if _BARE_KEY.match(name) else _quote(name)
