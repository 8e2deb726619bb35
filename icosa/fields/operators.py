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
    name: str
    takes: Takes
    sql: Callable[[Sql, Sql], Sql]  # (column, parameter) -> condition
    summary: str  # "equal to"


EQ: Final = Operator("eq", Takes.ONE, lambda l, r: sql("{l} = {r}", l=l, r=r), "equal to")
NEQ: Final = Operator("neq", Takes.ONE, lambda l, r: sql("{l} <> {r}", l=l, r=r), "not equal to")
GT: Final = Operator("gt", Takes.ONE, lambda l, r: sql("{l} > {r}", l=l, r=r), "greater than")
GTE: Final = Operator("gte", Takes.ONE, lambda l, r: sql("{l} >= {r}", l=l, r=r), "at least")
LT: Final = Operator("lt", Takes.ONE, lambda l, r: sql("{l} < {r}", l=l, r=r), "less than")
LTE: Final = Operator("lte", Takes.ONE, lambda l, r: sql("{l} <= {r}", l=l, r=r), "at most")
IN: Final = Operator("in", Takes.MANY, lambda l, r: sql("{l} = any({r})", l=l, r=r), "one of")
IS: Final = Operator("is", Takes.NULLNESS, lambda l, _: sql("{l} is null", l=l), "null or not")
LIKE: Final = Operator(
    "like", Takes.PATTERN, lambda l, r: sql("{l} like {r}", l=l, r=r), "matches, `%` and `_` wild"
)
ILIKE: Final = Operator(
    "ilike",
    Takes.PATTERN,
    lambda l, r: sql("{l} ilike {r}", l=l, r=r),
    "matches whatever the case, `%` and `_` wild",
)
STARTS_WITH: Final = Operator(
    "startsWith", Takes.PATTERN, lambda l, r: sql("starts_with({l}, {r})", l=l, r=r), "begins with"
)
ENDS_WITH: Final = Operator(
    "endsWith",
    Takes.PATTERN,
    lambda l, r: sql("right({l}, length({r})) = {r}", l=l, r=r),
    "ends with",
)
REGEX: Final = Operator(
    "regex", Takes.PATTERN, lambda l, r: sql("{l} ~ {r}", l=l, r=r), "matches a regular expression"
)
IREGEX: Final = Operator(
    "iregex",
    Takes.PATTERN,
    lambda l, r: sql("{l} ~* {r}", l=l, r=r),
    "matches a regular expression whatever the case",
)
CONTAINS_ANY: Final = Operator(
    "containsAny", Takes.MANY, lambda l, r: sql("{l} && {r}", l=l, r=r), "holds one of"
)
CONTAINS_ILIKE: Final = Operator(
    "containsIlike",
    Takes.PATTERN,
    lambda l, r: sql(
        "exists (select 1 from unnest({l}) as item where item ilike '%' || {r} || '%')", l=l, r=r
    ),
    "an item contains, whatever the case",
)
IS_EMPTY_ARRAY: Final = Operator(
    "isEmptyArray", Takes.FLAG, lambda l, _: sql("cardinality({l}) = 0", l=l), "has no items"
)

COMPARISONS: Final = (EQ, NEQ, GT, GTE, LT, LTE, IN, IS)
PATTERNS: Final = (LIKE, ILIKE, STARTS_WITH, ENDS_WITH)
PATTERN_LENGTH_MAX: Final = 200  # of a regular expression (amendments, 2)
IN_VALUES_MAX: Final = 5000  # amendments, 16
