"""What every field type must do, checked on each from its own examples.

Written and read through a real PostgreSQL; filters and orders are compared with Python.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings

from icosa.core.errors import DataInvalid, FilterInvalid
from icosa.core.sql import Sql, ident, param, sql
from icosa.fields.base import FieldType, Option
from icosa.fields.composite import Composite
from icosa.fields.registry import ALL, BY_KIND, bind
from tests.fields.conftest import example_field
from tests.fields.oracle import finds, fits, rules_of, sort_key
from tests.fields.strategy import ANY_JSON, operand_of, operands
from tests.fields.table import Session, Table

KINDS = [type_.kind for type_ in ALL]
FIELDS = {type_.kind: example_field(type_) for type_ in ALL}


def one_of(kind: str, member: str) -> FieldType:
    """A type of one column: the field's own, or that of a member."""
    field = FIELDS[kind]
    return field.members()[member] if isinstance(field, Composite) else field


ONES = [
    (kind, member)
    for kind, field in FIELDS.items()
    for member in (field.members() if isinstance(field, Composite) else [""])
]
OPERATORS = [
    (kind, member, operator.name)
    for kind, member in ONES
    for operator in (*one_of(kind, member).operators, *one_of(kind, member).more_operators)
]


# -- values ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read_as_promised(kind: str, tables: dict[str, Table]) -> None:
    table = tables[kind]
    expected = [read for _, read in table.type.examples.valid]

    found = table.read(table.type.output(table.columns()))

    assert found[: len(expected)] == expected or kind == "TS_VECTOR"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_fits_the_shape(kind: str, tables: dict[str, Table]) -> None:
    table = tables[kind]

    found = table.read(table.type.output(table.columns()))

    assert all(fits(value, table.type.shape()) for value in found)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "RAW_JSON"])
def test_what_is_read_can_be_written_again(kind: str, tables: dict[str, Table]) -> None:
    table = tables[kind]
    if kind in ("TS_VECTOR", "FILES", "POSITION"):
        pytest.skip("not writable as read")
    found = table.read(table.type.output(table.columns()))
    again = Table(table.session, f"again_{kind.lower()}", table.type)
    again.create()

    again.insert(found)

    assert again.read(table.type.output(again.columns())) == found


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [(type_.kind, value, message) for type_ in ALL for value, message in type_.examples.invalid],
)
def test_an_invalid_value_is_refused_in_the_contract_s_words(
    kind: str, value: object, message: str
) -> None:
    with pytest.raises(DataInvalid) as refusal:
        FIELDS[kind].parse(value)

    assert refusal.value.message == message
    assert refusal.value.path[0] == "f"


@pytest.mark.parametrize("kind", KINDS)
def test_a_type_says_what_documents_need(kind: str) -> None:
    field = FIELDS[kind]

    assert field.summary.endswith(".")
    assert field.examples.invalid
    assert field.examples.valid or kind == "TS_VECTOR"
    assert field.filter_input()


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_named_after_members(kind: str) -> None:
    field = FIELDS[kind]
    suffixes = [column.suffix for column in field.columns()]

    assert len(set(suffixes)) == len(suffixes)
    if isinstance(field, Composite):
        assert suffixes == [name[0].upper() + name[1:] for name in field.members()]
    else:
        assert suffixes == [""]


@pytest.mark.parametrize("kind", [k for k in KINDS if issubclass(BY_KIND[k], Composite)])
def test_members_can_be_selected_alone_and_renamed(kind: str, tables: dict[str, Table]) -> None:
    table = tables[kind]
    field = table.type
    assert isinstance(field, Composite)
    last = list(field.members())[-1]

    whole = table.read(field.output(table.columns()))
    part = table.read(field.output_members((("o", last), (last, last)), table.columns()))

    assert part == [{"o": row[last], last: row[last]} for row in whole]  # type: ignore[index]


@pytest.mark.parametrize("kind", KINDS)
def test_emptiness_is_null_or_blank_for_a_row_of_nulls_only(
    kind: str, tables: dict[str, Table]
) -> None:
    table = tables[kind]

    found = table.read(sql("{text}", text=table.type.emptiness(table.columns())))

    assert found[-1] in (None, "")
    assert found[0] not in (None, "")


# -- filters ---------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "member", "name"), OPERATORS)
def test_an_operator_finds_what_the_contract_says(
    kind: str, member: str, name: str, tables: dict[str, Table]
) -> None:
    table = tables[kind]
    column, one = column_of(table, member), one_of(kind, member)
    operator = one.operator(name)
    assert operator is not None
    stored = table.read(compared(one, column))
    texts = table.read(sql("{c}::text", c=column))
    rules = rules_of(one, dict(zip(map(repr, stored), texts, strict=True)))

    @settings(max_examples=30, derandomize=True, deadline=None, database=None)
    @given(asked=operands(one, operator))
    def check(asked: Any) -> None:
        condition = one.compare(operator, (column,), operand_of(operator, asked))

        found = table.where(condition, [asked])

        expected = [n for n, value in enumerate(stored) if finds(rules, operator, value, asked)]
        assert found == expected, ascii(asked)

    check()


@pytest.mark.parametrize(("kind", "member"), ONES)
def test_an_operator_that_a_type_has_not_is_unknown(kind: str, member: str) -> None:
    assert one_of(kind, member).operator("search") is None


@pytest.mark.parametrize(("kind", "member", "name"), OPERATORS)
@settings(max_examples=30, derandomize=True, deadline=None, database=None)
@given(asked=ANY_JSON)
def test_no_value_of_a_filter_is_postgresql_s_to_refuse(
    kind: str, member: str, name: str, asked: Any, tables: dict[str, Table]
) -> None:
    column, one = column_of(tables[kind], member), one_of(kind, member)
    operator = one.operator(name)
    assert operator is not None
    if operator.name in ("regex", "iregex"):
        pytest.skip("only PostgreSQL knows what a regular expression is")
    with suppress(FilterInvalid):
        condition = one.compare(operator, (column,), operand_of(operator, asked))
        tables[kind].where(condition, [asked])


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=30, derandomize=True, deadline=None, database=None)
@given(value=ANY_JSON)
def test_no_value_is_postgresql_s_to_refuse(
    kind: str, value: Any, tables: dict[str, Table]
) -> None:
    session, field = tables[kind].session, tables[kind].type
    scratch = Table(session, f"scratch_{kind.lower()}", field)
    session.execute(f'drop table if exists "{scratch.name}"')
    scratch.create()
    try:
        parsed = field.parse(value)
    except DataInvalid:
        return
    if kind != "POSITION" or parsed[""] not in ("first", "last"):
        scratch.insert([value])
        (found,) = scratch.read(field.output(scratch.columns()))
        assert fits(found, field.shape())


# -- order -----------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "member"), ONES)
def test_order_is_the_contract_s(kind: str, member: str, tables: dict[str, Table]) -> None:
    table = tables[kind]
    column, one = column_of(table, member), one_of(kind, member)
    if one.columns()[0].pg_type == "jsonb":
        pytest.skip("JSON is sorted as PostgreSQL sorts it")
    stored = table.read(compared(one, column))
    texts = table.read(sql("{c}::text", c=column))

    found = table.ordered([sql("{key} nulls last", key=one.order((column,)))])

    keys = [sort_key(one, value, str(text)) for value, text in zip(stored, texts, strict=True)]
    assert found == sorted(range(len(stored)), key=lambda n: (stored[n] is None, keys[n], n))


@pytest.mark.parametrize(("kind", "member"), ONES)
def test_a_cursor_s_value_sorts_as_the_row_that_it_is_of(
    kind: str, member: str, tables: dict[str, Table]
) -> None:
    table = tables[kind]
    column, one = column_of(table, member), one_of(kind, member)
    if not one.orderable:
        pytest.skip("no cursor holds it")
    stored = table.read(column)
    cursor = one.order((param(0, one.operand, one.cursor_type()),))
    same = sql("{a} = {b}", a=one.order((column,)), b=cursor)

    for number, value in enumerate(table.read(one.output((column,)))):
        if stored[number] is not None:
            assert number in table.where(same, [value])


@pytest.mark.parametrize(
    ("kind", "values"), [("TEXT", ["", "x"]), ("ARRAY", [[], ["x"]]), ("MULTI_SELECT", [[], "A"])]
)
def test_the_empty_value_of_a_field_that_may_not_be_null_means_null(
    kind: str, values: list[object], session: Session
) -> None:
    options = (Option(id="1", value="A", label="A", position=0),)
    table = Table(
        session, f"never_null_{kind}", bind(kind, name="f", nullable=False, options=options)
    )
    table.create()
    table.insert(values)

    def found(name: str, asked: object) -> list[int]:
        operator = table.type.operator(name)
        assert operator is not None
        condition = table.type.compare(operator, table.columns(), operand_of(operator, asked))
        return table.where(condition, [asked])

    assert found("is", "NULL") == [0]
    assert found("is", "NOT_NULL") == [0, 1]
    if kind == "TEXT":
        assert found("eq", "") == found("eq", None) == found("like", "") == [0]
        assert found("neq", "") == [1]
        assert table.read(table.columns()[0]) == ["", "x"]
    else:
        assert found("isEmptyArray", True) == [0]
        assert found("isEmptyArray", False) == [1]
        assert table.read(table.columns()[0])[0] == []


# -- columns ---------------------------------------------------------------------------


def column_of(table: Table, member: str) -> Sql:
    return ident("t", table.type.name + member[:1].upper() + member[1:])


def compared(one: FieldType, column: Sql) -> Sql:
    """The column itself, save for instants: those are read in the form that is written."""
    return one.output((column,)) if one.kind == "DATE_TIME" else column
