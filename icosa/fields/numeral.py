"""Numbers as callers write them: the rules that NUMBER, NUMERIC and POSITION share.

The reference reads numbers with JavaScript, and so do these: a filter's string is read as
`parseFloat` reads it (the longest number it begins with), a NUMERIC's string as `Number`
does. What JavaScript makes `NaN` or `Infinity` is refused under that name, so no number
outside PostgreSQL's `float8` is ever sent to it.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Final

from icosa.core.inspect import inspect
from icosa.fields.base import unfit

_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_INFINITY: Final = re.compile(r"[+-]?Infinity")
_TEXT_MAX: Final = 1000  # characters of a number; more is no number anyone means
_SMALLEST: Final = Decimal("1e-400")  # below the smallest `float8`, which is as good as zero
_PLAIN_DIGITS_MAX: Final = 30  # longer numbers are written with an exponent


def finite(value: object) -> float | None:
    """`value` if it is a JSON number that `float8` can hold, with `-0` made `0`."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return (value or 0) if math.isfinite(as_float(value)) else None


def as_float(number: float | Decimal) -> float:
    """`number` as a `float8`; infinite where it is too large for one."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def leading_number(text: str) -> float | Decimal:
    """What `parseFloat` reads in `text`, exactly; NaN if it does not begin with a number."""
    stripped = text.strip()
    if match := _INFINITY.match(stripped):
        return float(match.group())
    match = _NUMBER.match(stripped)
    return _exact(match.group()) if match else math.nan


def whole_number(text: str) -> float | Decimal:
    """What `Number` reads in `text`, exactly; NaN if anything else is in it."""
    stripped = text.strip()
    return _exact(stripped) if _NUMBER.fullmatch(stripped) else math.nan


def operand_number(value: object, name: str) -> float | Decimal:
    """A filter's number or string as a finite number. Raises `FilterInvalid`."""
    number: object = leading_number(value) if isinstance(value, str) else value
    if isinstance(number, Decimal):
        return number
    number = finite(number)
    if number is None:
        printed = inspect(leading_number(value) if isinstance(value, str) else _printable(value))
        raise unfit(f'Invalid number value {printed} for field "{name}"', name)
    return number


def number_fault(value: object, name: str) -> str:
    return f'Invalid number value {inspect(_printable(value))} for field "{name}"'


def decimal_text(number: float | Decimal) -> str:
    """A finite number as PostgreSQL's `numeric` reads it, without superfluous zeros."""
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    if not exact or abs(exact) < _SMALLEST:
        return "0"
    exact = exact.normalize() if len(exact.as_tuple().digits) < _PLAIN_DIGITS_MAX - 2 else exact
    return format(exact, "f") if abs(exact.adjusted()) < _PLAIN_DIGITS_MAX else str(exact)


def _printable(value: object) -> object:
    """Numbers beyond `float8` print as JavaScript knows them: `Infinity`."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if math.isfinite(as_float(value)) else as_float(value)
    return value


def _exact(text: str) -> float | Decimal:
    if len(text) > _TEXT_MAX:
        return math.nan
    number = Decimal(text)
    approximate = as_float(number)
    return number if math.isfinite(approximate) else approximate
