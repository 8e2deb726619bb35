"""The pages on what fields hold and how they are compared: field types, operators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from docs.form import block, code, codes, page, shown, table
from icosa.core.shape import Choice, Many, Record, Scalar, Shape
from icosa.core.sql import Sql, ident, render, sql
from icosa.fields import operators
from icosa.fields.base import FieldType
from icosa.fields.composite import Composite
from icosa.fields.operators import Operator, Takes
from icosa.fields.registry import ALL, bind
from icosa.fields.relation import RelationId
from icosa.http.rest import filter as rest_filter

# How each thing that an operator takes is explained.
TAKES: Final[Mapping[Takes, str]] = {
    Takes.ONE: "a value of the field's own type",
    Takes.MANY: "a non-empty list of such values",
    Takes.PATTERN: "a string",
    Takes.NULLNESS: '`"NULL"` or `"NOT_NULL"`',
    Takes.FLAG: "`true` or `false`",
}


# -- field types ------------------------------------------------------------------------


def field_types_page() -> str:
    return page(
        "Field types",
        "`icosa/fields`",
        """
What a field of each type holds, how it is stored and shown, and what is refused. The examples are
those that `tests/fields/test_conformance.py` runs through PostgreSQL, on a field named `f`.""",
        table(
            ("Type", "Holds", "GraphQL", "Filter"),
            (
                (
                    f"[{kind.kind}](#{kind.kind.lower()})",
                    kind.summary,
                    code(graphql_type(example_of(kind).shape())),
                    code(example_of(kind).filter_input()),
                )
                for kind in ALL
            ),
        ),
        *(_field_type(kind) for kind in ALL),
        "## RELATION and MORPH_RELATION",
        f"""
Relations are two fields, one of each object: the many-to-one end has a column, named as the field
with `Id` (`companyId` beside `company`), and the other end has none. That column filters and orders
as a UUID does, with {codes(each.name for each in RelationId.operators)}, and GraphQL prints it as
`ID`. A morph relation is several many-to-one fields, one for each target object, whose names begin
alike.""",
    )


def example_of(kind: type[FieldType], name: str = "f") -> FieldType:
    return bind(
        kind.kind, name=name, options=kind.examples.options, settings=kind.examples.settings
    )


def graphql_type(shape: Shape) -> str:
    match shape:
        case Scalar(name=name) | Record(name=name):
            return name
        case Choice(name=name):
            return name or "an enum of the options"
        case Many(of=of):
            inner = graphql_type(of)
            return f"[{inner}]"


def _field_type(kind: type[FieldType]) -> str:
    example = example_of(kind)
    parts = [f"## {kind.kind}", kind.summary, _facts(kind, example)]
    if isinstance(example, Composite):
        parts.append(_members(example))
    sent = ((code(shown(given)), code(shown(read))) for given, read in kind.examples.valid)
    parts.append(table(("Sent", "Read back"), sent))
    if kind.examples.invalid:
        refused = ((code(shown(given)), message) for given, message in kind.examples.invalid)
        parts.append(table(("Sent", "Refused with"), refused))
    return "\n\n".join(parts)


def _facts(kind: type[FieldType], example: FieldType) -> str:
    facts = {
        "Columns": codes(f"f{c.suffix} {c.pg_type}" for c in example.columns()),
        "Operators": codes(each.name for each in kind.operators),
        "Operators of ours": codes(each.name for each in kind.more_operators),
        "Settings": codes(kind.known_settings),
        "Defaults beside values": codes(kind.functions),
    }
    if not isinstance(example, Composite):
        order = render(example.order([ident(f"f{c.suffix}") for c in example.columns()])).text
        facts["Sorted by"] = code(order) if kind.orderable else "not at all"
    if not kind.unique_allowed:
        facts["Unique"] = "never"
    return "\n".join(f"- {name}: {fact}" for name, fact in facts.items() if fact)


def _members(composite: Composite) -> str:
    return table(
        ("Member", "Type", "Operators"),
        (
            (code(name), member.kind, codes(each.name for each in member.operators))
            for name, member in composite.members().items()
        ),
    )


# -- operators --------------------------------------------------------------------------


def operators_page() -> str:
    rest = (*_comparators(), *_comparators(ours=True))
    return page(
        "Operators",
        "`icosa/fields/operators.py` and the field types",
        """
A condition is `{field: {operator: value}}` in GraphQL and `field[operator]:value` in REST; several
operators in one condition must all hold. Conditions are joined by `and`, `or`, `not`, may follow
many-to-one relations, and one-to-many relations through exactly one of `some`, `none`, `every`.""",
        "GraphQL:",
        block(
            "graphql",
            '{\n  people(filter: { or: [\n    { name: { lastName: { ilike: "%lace" } } }\n'
            '    { company: { name: { startsWith: "Analytical" } } }\n  ] }) { totalCount }\n}',
        ),
        "REST:",
        block(
            "http",
            "GET /rest/people?filter="
            'or(name.lastName[ilike]:"%lace",company.name[startsWith]:"Analytical")',
        ),
        table(
            ("Operator", "Means", "Takes", "As a rule in SQL", "REST"),
            (
                (
                    code(each.name),
                    each.summary,
                    TAKES[each.takes],
                    code(_sql_of(each)),
                    "yes" if each.name in rest else "",
                )
                for each in all_operators()
            ),
        ),
        "## Which type has which",
        table(
            ("Operator", "Types", "Types, beyond the contract"),
            (
                (
                    code(each.name),
                    ", ".join(t.kind for t in ALL if each in t.operators),
                    ", ".join(t.kind for t in ALL if each in t.more_operators),
                )
                for each in all_operators()
            ),
        ),
        f"""
Composite types have no operators of their own: a condition names one of their members
(`emails: {{primaryEmail: {{…}}}}`), which has those of its type.

Null and the empty value of a type are the same to `eq`, `neq`, `is`, `like` and `ilike`: `eq: ""`
finds null as well. A pattern of a regular expression holds at most
{operators.PATTERN_LENGTH_MAX} characters, a list at most {operators.IN_VALUES_MAX:,} values.
In error messages the lists of allowed operators are the reference's; what Icosa adds is in
`hint`.""",
    )


def all_operators() -> tuple[Operator, ...]:
    return tuple(each for each in vars(operators).values() if isinstance(each, Operator))


def _sql_of(operator: Operator) -> str:
    value = "$1[]" if operator.takes is Takes.MANY else "$1"
    right = Sql((value.removesuffix("[]"),))
    return render(operator.sql(sql("f"), right)).text


def _comparators(*, ours: bool = False) -> tuple[str, ...]:
    return rest_filter._MORE_COMPARATORS if ours else rest_filter._COMPARATORS  # noqa: SLF001
