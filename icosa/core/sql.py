"""SQL text and its parameters, kept apart until `render`.

A `Sql` is a run of literal text, quoted names and parameters. Text enters only as a
literal of our own source (`LiteralString`), names only through `ident`, values only
through `param`; so no other module can splice a caller's string into SQL. Names that are
ours to spell as data (JSON keys, type names) go through `literal`.

A parameter holds no value: it says which value of the request it takes (`slot`) and how
that value becomes PostgreSQL's text form (`parse`). That is what makes a statement
independent of the values it runs with, and so cacheable by the shape of a request.
Rendering is deterministic: equal `Sql` renders to equal text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

_HOLE: Final = re.compile(r"\{(\w+)\}")
IDENTIFIER_BYTES_MAX: Final = 63  # NAMEDATALEN - 1, PostgreSQL manual 4.1.1

Parse = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Param:
    """One bound value: `values[slot]`, made fit for `pg_type` by `parse`."""

    slot: int
    parse: Parse
    pg_type: str


@dataclass(frozen=True, slots=True)
class Sql:
    parts: tuple[str | Param, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class Statement:
    """Text with `$1`, `$2`, …, and the parameters that fill them, in order."""

    text: str
    params: tuple[Param, ...]

    def bind(self, values: Sequence[object]) -> list[object]:
        """The parameters for one run. Raises whatever `ApiError` a value deserves."""
        return [param.parse(values[param.slot]) for param in self.params]


EMPTY: Final = Sql()


def sql(template: LiteralString, /, **holes: Sql) -> Sql:
    """Fill each `{name}` of `template` with the part of that name."""
    parts: list[str | Param] = []
    for index, text in enumerate(_HOLE.split(template)):
        if index % 2:
            parts.extend(holes[text].parts)
        elif text:
            parts.append(text)
    return Sql(tuple(parts))


def ident(*names: str) -> Sql:
    """A quoted, dotted name: `ident("w1", "person")` is `"w1"."person"`."""
    for name in names:
        assert 0 < len(name.encode()) <= IDENTIFIER_BYTES_MAX, name
        assert "\0" not in name, name
    return Sql((".".join('"' + name.replace('"', '""') + '"' for name in names),))


def param(slot: int, parse: Parse, pg_type: str) -> Sql:
    """One bound value, rendered as `$n::pg_type`."""
    return Sql((Param(slot, parse, pg_type),))


def literal(text: str) -> Sql:
    """A quoted string constant, for text that is ours to spell, such as JSON keys.

    `E'…'` is not needed: `standard_conforming_strings` is on in every supported version.
    """
    assert "\0" not in text, text
    return Sql(("'" + text.replace("'", "''") + "'",))


def number(value: int) -> Sql:
    """An integer of ours (a limit, an offset) as text."""
    return Sql((str(int(value)),))


def join(separator: LiteralString, items: Iterable[Sql]) -> Sql:
    parts: list[str | Param] = []
    for item in items:
        if parts:
            parts.append(separator)
        parts.extend(item.parts)
    return Sql(tuple(parts))


def all_of(conditions: Sequence[Sql]) -> Sql:
    """The conjunction; `true` for none. Each condition must bracket itself."""
    return join("\n  and ", conditions) if conditions else sql("true")


def any_of(conditions: Sequence[Sql]) -> Sql:
    """The disjunction, in brackets; `false` for none."""
    if not conditions:
        return sql("false")
    return sql("({of})", of=join(" or ", conditions))


def render(source: Sql) -> Statement:
    """Number the parameters left to right; equal parameters share a number."""
    text: list[str] = []
    numbers: dict[Param, int] = {}
    for part in source.parts:
        if isinstance(part, Param):
            index = numbers.setdefault(part, len(numbers) + 1)
            text.append(f"${index}::{part.pg_type}")
        else:
            text.append(part)
    return Statement("".join(text), tuple(numbers))
