"""What a field type says of itself. All answers are pure.

An instance is a type bound to one field: its name, options and settings. To add a type:
write one module here with one subclass, and add its name to `ALL` in `registry.py`.
`tests/fields/test_conformance.py` then runs every check on it, from its own `examples`.

The six questions: `columns`, `parse`, `output`, `shape`, `order`, `default`. Filtering is
answered by the table of operators; `compare` and `operand` are there for the few types
whose null, array or option rules differ. What the metadata API asks about defaults and
settings is answered here for most types, by `parse` and by tables.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import ClassVar, Final

from icosa.core.errors import DataInvalid, FilterInvalid
from icosa.core.inspect import inspect, type_name
from icosa.core.shape import Shape
from icosa.core.sql import EMPTY, Sql, param, sql
from icosa.fields.operators import (
    CONTAINS_ILIKE,
    ILIKE,
    IN_VALUES_MAX,
    IREGEX,
    LIKE,
    PATTERN_LENGTH_MAX,
    REGEX,
    Operand,
    Operator,
    Takes,
)

ColumnValue = object
"""A value as JSON carries it into PostgreSQL: None, bool, number, str, list or dict."""


class Fresh(Enum):
    """A default that is made when a record is: in SQL `now()` and `gen_random_uuid()`."""

    NOW = "now"
    UUID = "uuid"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of PostgreSQL's."""

    suffix: str  # "" for the only column; "PrimaryLinkUrl" for `domainNamePrimaryLinkUrl`
    pg_type: str  # "text", "timestamptz(3)", "jsonb"
    in_unique: bool = True  # whether a unique field's index holds it


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values of a SELECT or MULTI_SELECT."""

    id: str
    value: str
    label: str
    position: float
    color: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a key of `settings` may hold: one of `values` or several, a text, a whole number."""

    values: tuple[str, ...] = ()
    several: bool = False
    text: bool = False  # any
    minimum: int = 0

    def fault(self, key: str, value: object) -> str | None:
        if self.values:
            chosen = value if self.several and isinstance(value, list) else [value]
            if all(isinstance(item, str) and item in self.values for item in chosen):
                return None
            return f"{key} must be one of the following values: {', '.join(self.values)}"
        if self.text:
            return None if isinstance(value, str) else f"{key} must be a string"
        if not isinstance(value, int) or isinstance(value, bool):
            return f"{key} must be an integer number"
        return f"{key} must not be less than {self.minimum}" if value < self.minimum else None


@dataclass(frozen=True, slots=True)
class Examples:
    """Used by the conformance tests, the documents and the playground.

    `valid` pairs what a caller sends with what is read back; `invalid` what is refused
    with the message, for a field named `f`. `settings` are those of the example field.
    """

    valid: tuple[tuple[object, object], ...]
    invalid: tuple[tuple[object, str], ...]
    options: tuple[Option, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType(ABC):
    """One field's type. Subclasses are data and pure functions, and hold no other state."""

    kind: ClassVar[str]  # as the catalogue and the APIs spell it: "DATE_TIME"
    summary: ClassVar[str]  # one sentence, for the documents
    operators: ClassVar[tuple[Operator, ...]]  # in the contract's order
    more_operators: ClassVar[tuple[Operator, ...]] = ()  # ours, not in the contract's messages
    filter_name: ClassVar[str]  # the GraphQL input type of its filter: "StringFilter"
    examples: ClassVar[Examples]
    empty: ClassVar[Sql] = EMPTY  # the value that means the same as null: `''`, `'{}'`
    orderable: ClassVar[bool] = True
    groupable: ClassVar[bool] = True
    label: ClassVar[str]  # as messages name the type: "date-time"
    aggregates: ClassVar[tuple[str, ...]] = ()  # beside those that all types have: ("min", "max")
    aggregate_member: ClassVar[str] = ""  # the member of a composite that `aggregates` are of
    unique_allowed: ClassVar[bool] = True  # whether a unique index may be made of it (C.7)
    known_settings: ClassVar[Mapping[str, Setting]] = MappingProxyType({})  # without: always null
    functions: ClassVar[Mapping[str, Fresh]] = MappingProxyType({})  # bare words of defaults, C.5

    name: str  # as callers write it; "emails.primaryEmail" for a member
    nullable: bool = True
    default_value: object = None  # in the metadata contract's form, C.5
    options: tuple[Option, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)

    @abstractmethod
    def columns(self) -> tuple[Column, ...]:
        """The PostgreSQL columns that hold a value, in a fixed order."""

    @abstractmethod
    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        """JSON in, one value for each column *to be written* out, by suffix.

        A column that is left out stays as it is (composite updates). Null and the type's
        empty value come out as None. Raises `DataInvalid` in the contract's words (A5).
        """

    @abstractmethod
    def output(self, columns: Sequence[Sql]) -> Sql:
        """The expression, over `columns`, of the JSON value that callers see."""

    @abstractmethod
    def shape(self) -> Shape:
        """What callers see, for GraphQL and OpenAPI alike."""

    def input_shape(self) -> Shape:
        """What callers send; what they see, as a rule."""
        return self.shape()

    def filter_input(self) -> str:
        """The GraphQL input type of this field's filter; one for the whole type, as a rule."""
        return self.filter_name

    def emptiness(self, columns: Sequence[Sql]) -> Sql:
        """The text that is null or `''` when the field is empty (A2), for `countEmpty`."""
        return sql("{c}::text", c=columns[0])

    def order(self, columns: Sequence[Sql]) -> Sql:
        """The expression that sorts by this field: its column, as a rule."""
        return columns[0]

    def cursor(self, columns: Sequence[Sql]) -> Sql:
        """What a cursor keeps of the value: all that `order` looks at, so that it stays short."""
        return columns[0]

    def cursor_type(self) -> str:
        """The PostgreSQL type that a cursor's value is cast to before it is compared."""
        return self.columns()[0].pg_type

    def default(self) -> Mapping[str, ColumnValue | Fresh]:
        """The values written when a caller says nothing, by suffix; empty for null."""
        value = self.default_value
        if value is None:
            return {}
        if isinstance(value, str) and value in self.functions:
            return {"": self.functions[value]}
        columns = self.parse(unquoted(value))
        return {suffix: part for suffix, part in columns.items() if part is not None}

    def operator(self, name: str) -> Operator | None:
        for operator in (*self.operators, *self.more_operators):
            if operator.name == name:
                return operator
        return None

    # -- what the metadata API asks ----------------------------------------------------

    def default_faults(self, value: object) -> tuple[str, ...]:
        """What is wrong with `value` as a default, in the words of C.5 and C.6."""
        if value is None or (isinstance(value, str) and value in self.functions):
            return ()
        for text in _strings(value):
            if unquoted(text) == text:
                return (f'Invalid string default value "{text}" should be single quoted',)
        return self._value_faults(unquoted(value))

    def default_fault(self, value: object) -> str | None:
        """The first of `default_faults`."""
        return next(iter(self.default_faults(value)), None)

    def normal_default(self, value: object) -> object:
        """A valid default as the catalogue keeps it; itself, as a rule."""
        return value

    def settings_fault(self, settings: Mapping[str, object] | None) -> str | None:
        """What is wrong with `settings`; keys that are not known are nobody's business."""
        for key, rule in self.known_settings.items():
            value = (settings or {}).get(key)
            if value is not None and (fault := rule.fault(key, value)):
                return fault
        return None

    def creation_faults(self, *, is_system: bool, is_unique: bool) -> tuple[str, ...]:
        """Why a caller may not make such a field, in the words of C.4; none, as a rule."""
        del is_system, is_unique
        return ()

    def _value_faults(self, value: object) -> tuple[str, ...]:
        try:
            self.parse(value)
        except DataInvalid as fault:
            return (fault.message,)
        return ()

    # -- filters ---------------------------------------------------------------------

    def compare(self, operator: Operator, columns: Sequence[Sql], operand: Operand) -> Sql:
        """The condition, bracketed where it needs to be.

        Raises `FilterInvalid` for an operand that the text depends on (`is`).
        """
        column = columns[0]
        if operator.takes is Takes.NULLNESS:
            return self._nullness(column, operand)
        if operator.takes is Takes.FLAG:
            return self._emptiness(column, operand)
        if operand.emptiness != "value" and self.empty and operator.takes is not Takes.MANY:
            return self._compare_empty(operator, column)
        return operator.sql(column, self._parameter(operator, operand))

    def operand(self, value: object) -> object:
        """A whole value, of a filter or a cursor, as PostgreSQL's text form.

        Raises `FilterInvalid`. Filters are more lenient than writes: REST sends all values
        as strings.
        """
        return None if value is None else self.operand_text(value)

    def operand_text(self, value: object) -> str:
        """One non-null value of a filter, such as an item of `in`. Raises `FilterInvalid`."""
        raise unfit(f'Invalid value {inspect(value)} for field "{self.name}"', self.name)

    def operand_pg_type(self) -> str:
        return self.columns()[0].pg_type

    def _parameter(self, operator: Operator, operand: Operand) -> Sql:
        pg_type = self.operand_pg_type()
        match operator.takes:
            case Takes.MANY:
                element = pg_type.removesuffix("[]")
                return param(operand.slot, OperandList(self, operator.name), f"{element}[]")
            case Takes.PATTERN:
                return param(operand.slot, OperandPattern(self.name, operator), "text")
            case _:
                return param(operand.slot, OperandOne(self), pg_type)

    def _compare_empty(self, operator: Operator, column: Sql) -> Sql:
        """The contract's equivalence of null and empty: `eq: ""` finds null as well."""
        if operator.name == "neq":
            return sql("({c} is not null and {c} <> {e})", c=column, e=self.empty)
        if operator.name in ("eq", "like", "ilike"):
            return sql("({c} is null or {c} = {e})", c=column, e=self.empty)
        return operator.sql(column, self.empty)

    def _nullness(self, column: Sql, operand: Operand) -> Sql:
        match operand.constant:
            case "NULL" if self.empty:
                return sql("({c} is null or {c} = {e})", c=column, e=self.empty)
            case "NULL":
                return sql("{c} is null", c=column)
            case "NOT_NULL":
                return sql("{c} is not null", c=column)
            case _:
                raise unfit(
                    'Invalid filter value for "is" operator. Expected "NULL" or "NOT_NULL"',
                    self.name,
                    "is",
                )

    def _emptiness(self, column: Sql, operand: Operand) -> Sql:
        if operand.constant in (False, "false"):
            return sql("cardinality({c}) > 0", c=column)
        if operand.constant in (True, "true"):
            return sql("coalesce(cardinality({c}), 0) = 0", c=column)
        raise unfit(
            'Invalid filter value for "isEmptyArray" operator. Expected true or false',
            self.name,
            "isEmptyArray",
        )


# The three ways in which a parameter is made from a filter's value. They are classes, not
# closures, so that equal parameters compare equal and share one number in a statement.


@dataclass(frozen=True, slots=True)
class OperandOne:
    """One value of the field's own type."""

    type: FieldType

    def __call__(self, value: object) -> object:
        return self.type.operand(value)

    def __hash__(self) -> int:
        return hash(self.type.name)


@dataclass(frozen=True, slots=True)
class OperandList:
    """A non-empty list of values of the field's own type."""

    type: FieldType
    operator: str

    def __call__(self, value: object) -> object:
        name = self.type.name
        if not isinstance(value, list):
            raise unfit(
                f'Filter operator "{self.operator}" requires an array value for field {name}',
                name,
                self.operator,
            )
        if not value:
            raise unfit(
                f"Invalid filter value for field {name}. Expected non-empty array",
                name,
                self.operator,
            )
        if len(value) > IN_VALUES_MAX:
            raise unfit(
                f"Too many values for field {name}. Expected at most {IN_VALUES_MAX}",
                name,
                self.operator,
            )
        return [None if item is None else self.type.operand_text(item) for item in value]

    def __hash__(self) -> int:
        return hash((self.type.name, self.operator))


@dataclass(frozen=True, slots=True)
class OperandPattern:
    """A string that is matched against the text of the field."""

    name: str
    operator: Operator

    def __call__(self, value: object) -> object:
        if not isinstance(value, str):
            raise unfit(
                f'Filter operator "{self.operator.name}" requires a string value for field '
                f'"{self.name}", got {type_name(value)}',
                self.name,
                self.operator.name,
            )
        if self.operator in _REGULAR and len(value) > PATTERN_LENGTH_MAX:
            raise unfit(
                f'The pattern for field "{self.name}" is too long. '
                f"Expected at most {PATTERN_LENGTH_MAX} characters",
                self.name,
                self.operator.name,
            )
        text = storable(value)
        return complete_escapes(text) if self.operator in _WILD else text

    def __hash__(self) -> int:
        return hash((self.name, self.operator.name))


_NUL: Final = "\0"
_REGULAR: Final = (REGEX, IREGEX)
_WILD: Final = (LIKE, ILIKE, CONTAINS_ILIKE)


def storable(text: str) -> str:
    """`text` without what PostgreSQL's `text` can't hold: NUL and lone surrogates."""
    if _NUL in text:
        text = text.replace(_NUL, "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def complete_escapes(pattern: str) -> str:
    """A backslash at the end of a pattern escapes nothing (22025), so it stands for itself."""
    loose = len(pattern) - len(pattern.rstrip("\\"))
    return pattern + "\\" if loose % 2 else pattern


def unquoted(value: object) -> object:
    """A metadata default without its inner quotes: `"'x'"` is `x` (metadata contract, C.5)."""
    match value:
        case str() if len(value) >= 2 and value[0] == value[-1] == "'":
            return value[1:-1]
        case list():
            return [unquoted(item) for item in value]
        case Mapping():
            return {key: unquoted(part) for key, part in value.items()}
        case _:
            return value


def _strings(value: object) -> Iterator[str]:
    """The strings in a default, as they are."""
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _strings(item)
        case Mapping():
            for part in value.values():
                yield from _strings(part)


def refused(message: str, *path: str) -> DataInvalid:
    """The error of a value that can't be written. `f.firstName` is a path of two parts."""
    return DataInvalid(message, path=_parts(path))


def unfit(message: str, *path: str) -> FilterInvalid:
    """The error of a value that can't be filtered by."""
    return FilterInvalid(message, path=_parts(path))


def _parts(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for step in path for part in step.split("."))
