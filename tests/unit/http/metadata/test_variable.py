"""What is wrong with variables, in the words of the reference."""

from typing import Any

import pytest
from graphql import OperationDefinitionNode, build_schema, parse

from icosa.core.errors import TooComplex
from icosa.http.metadata.variable import Checked, check_variables

SCHEMA = build_schema("""
scalar UUID
scalar JSON
enum Colour { RED GREEN }
input Part { name: String! id: UUID colour: Colour = RED count: Int! = 3 parts: [Part!] any: JSON }
type Query { f(part: Part, id: UUID!, ids: [UUID!], n: Float, b: Boolean): Int }
""")
ID = "11111111-1111-4111-8111-111111111111"


def check(definitions: str, values: dict[str, Any]) -> Checked:
    (operation,) = parse(f"query({definitions}){{f}}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    return check_variables(SCHEMA, operation.variable_definitions or (), values)


@pytest.mark.parametrize(
    ("definitions", "values"),
    [
        ("$p:Part", {}),
        ("$p:Part", {"p": None}),
        ("$p:Part", {"p": {"name": "x", "any": {"a": [1]}}}),
        ("$p:Part!", {"p": {"name": "x", "id": ID, "colour": "GREEN", "parts": [{"name": "y"}]}}),
        ("$p:Part!", {"p": {"name": "x", "parts": {"name": "one for a list"}}}),
        ('$i:UUID! = "x"', {}),
        ("$i:[UUID!]", {"i": ID}),
        ("$n:Float", {"n": 1}),
    ],
)
def test_right_variables_pass(definitions: str, values: dict[str, Any]) -> None:
    found = check(definitions, values)

    assert found.faults == []
    assert found.names == []


@pytest.mark.parametrize(
    ("definitions", "values", "message", "path"),
    [
        ("$p:Part!", {}, 'Variable "$p" of required type "Part!" was not provided.', []),
        ("$p:Part!", {"p": None}, 'Variable "$p" of non-null type "Part!" must not be null.', []),
        ("$p:Part", {"p": 1}, 'Expected type "Part" to be an object.', ["p"]),
        (
            "$p:Part",
            {"p": {}},
            'Field "name" of required type "String!" was not provided.',
            ["p"],
        ),
        (
            "$p:Part",
            {"p": {"name": None}},
            'Expected non-nullable type "String!" not to be null.',
            ["p", "name"],
        ),
        (
            "$p:Part",
            {"p": {"name": "x", "parts": [{"name": "y"}, None]}},
            'Expected non-nullable type "Part!" not to be null.',
            ["p", "parts", 1],
        ),
        (
            "$p:Part",
            {"p": {"name": "x", "nam": 1}},
            'Field "nam" is not defined by type "Part". Did you mean "name" or "any"?',
            ["p"],
        ),
        (
            "$p:Part",
            {"p": {"name": "x", "colour": 3}},
            'Enum "Colour" cannot represent non-string value: 3.',
            ["p", "colour"],
        ),
        (
            "$p:Part",
            {"p": {"name": "x", "colour": "red"}},
            'Value "red" does not exist in "Colour" enum. Did you mean the enum value "RED"?',
            ["p", "colour"],
        ),
        ("$b:Boolean", {"b": "x"}, 'Boolean cannot represent a non boolean value: "x"', ["b"]),
        ("$n:Float", {"n": "1"}, 'Float cannot represent non numeric value: "1"', ["n"]),
        ("$i:UUID!", {"i": 5}, "Invalid UUID: '5'", ["i"]),
    ],
)
def test_wrong_variables_are_said(
    definitions: str, values: dict[str, Any], message: str, path: list[object]
) -> None:
    (fault,) = check(definitions, values).faults

    extensions = fault["extensions"]
    assert fault["message"] == message
    assert isinstance(extensions, dict)
    assert extensions["path"] == ["variables", *path]
    assert extensions["http"] == {"status": 400}


def test_what_may_be_a_name_is_handed_back() -> None:
    found = check("$i:[UUID!],$p:Part", {"i": [ID, "pet"], "p": {"name": "x", "id": "owner"}})

    assert found.faults == []
    assert found.names == [("pet", ("i", 1)), ("owner", ("p", "id"))]


def test_values_that_are_nested_too_deeply_are_refused() -> None:
    part: dict[str, Any] = {"name": "x"}
    for _ in range(100):
        part = {"name": "x", "parts": [part]}

    with pytest.raises(TooComplex):
        check("$p:Part", {"p": part})
