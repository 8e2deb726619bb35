"""Filter operators: one entry each. A field type lists those it allows.

What an operator compares with is an `Operand`: which value of the request it is, and what
of that value the SQL text depends on. Nothing else of a value may reach a statement's
text. The semantics are those of the records contract, A3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

import msgspec

from icosa.core.sql import Sql, sql


class Operand(msgspec.Struct, frozen=True, cache_hash=True):
    """One value of a request, as far as the text of a statement may depend on it."""

    slot: int  # index into the request's values
    emptiness: str  # "null", "empty" (`""` or `[]`) or "value"
    constant: str | bool | None = None  # the value itself, for operators that need it in the text


class Takes(Enum):
    """What an operator compares with."""

    ONE = "one"  # a value of the field's own type
    MANY = "many"  # a non-empty array of such values; bound as one array
    PATTERN = "pattern"  # a string
    NULLNESS = "nullness"  # "NULL" or "NOT_NULL"; part of the text
    FLAG = "flag"  # true or false; part of the text


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator; the order of a type's tuple of them is the contract's."""

    name: str
    takes: Takes
    sql: Callable[[Sql, Sql], Sql]  # (column, parameter) -> condition
    summary: str  # "equal to"


EQ: Final = Operator(
    "eq", Takes.ONE, lambda left, right: sql("{left} = {right}", left=left, right=right), "equal to"
)
NEQ: Final = Operator(
    "neq",
    Takes.ONE,
    lambda left, right: sql("{left} <> {right}", left=left, right=right),
    "not equal to",
)
GT: Final = Operator(
    "gt",
    Takes.ONE,
    lambda left, right: sql("{left} > {right}", left=left, right=right),
    "greater than",
)
GTE: Final = Operator(
    "gte",
    Takes.ONE,
    lambda left, right: sql("{left} >= {right}", left=left, right=right),
    "at least",
)
LT: Final = Operator(
    "lt",
    Takes.ONE,
    lambda left, right: sql("{left} < {right}", left=left, right=right),
    "less than",
)
LTE: Final = Operator(
    "lte",
    Takes.ONE,
    lambda left, right: sql("{left} <= {right}", left=left, right=right),
    "at most",
)
IN: Final = Operator(
    "in",
    Takes.MANY,
    lambda left, right: sql("{left} = any({right})", left=left, right=right),
    "one of",
)
IS: Final = Operator(
    "is", Takes.NULLNESS, lambda left, _: sql("{left} is null", left=left), "null or not"
)
LIKE: Final = Operator(
    "like",
    Takes.PATTERN,
    lambda left, right: sql("{left} like {right}", left=left, right=right),
    "matches, `%` and `_` wild",
)
ILIKE: Final = Operator(
    "ilike",
    Takes.PATTERN,
    lambda left, right: sql("{left} ilike {right}", left=left, right=right),
    "matches whatever the case, `%` and `_` wild",
)
STARTS_WITH: Final = Operator(
    "startsWith",
    Takes.PATTERN,
    lambda left, right: sql("starts_with({left}, {right})", left=left, right=right),
    "begins with",
)
ENDS_WITH: Final = Operator(
    "endsWith",
    Takes.PATTERN,
    lambda left, right: sql("right({left}, length({right})) = {right}", left=left, right=right),
    "ends with",
)
REGEX: Final = Operator(
    "regex",
    Takes.PATTERN,
    lambda left, right: sql("{left} ~ {right}", left=left, right=right),
    "matches a regular expression",
)
IREGEX: Final = Operator(
    "iregex",
    Takes.PATTERN,
    lambda left, right: sql("{left} ~* {right}", left=left, right=right),
    "matches a regular expression whatever the case",
)
CONTAINS_ANY: Final = Operator(
    "containsAny",
    Takes.MANY,
    lambda left, right: sql("{left} && {right}", left=left, right=right),
    "holds one of",
)
CONTAINS_ILIKE: Final = Operator(
    "containsIlike",
    Takes.PATTERN,
    lambda left, right: sql(
        "exists (select 1 from unnest({left}) as item where item ilike '%' || {right} || '%')",
        left=left,
        right=right,
    ),
    "an item contains, whatever the case",
)
IS_EMPTY_ARRAY: Final = Operator(
    "isEmptyArray",
    Takes.FLAG,
    lambda left, _: sql("cardinality({left}) = 0", left=left),
    "has no items",
)

COMPARISONS: Final = (EQ, NEQ, GT, GTE, LT, LTE, IN, IS)
PATTERNS: Final = (LIKE, ILIKE, STARTS_WITH, ENDS_WITH)
PATTERN_LENGTH_MAX: Final = 200  # of a regular expression (amendments, 2)
IN_VALUES_MAX: Final = 5000  # amendments, 16
