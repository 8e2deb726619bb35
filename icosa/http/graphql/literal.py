"""Values in a document -> JSON. Variables stand for what was sent, whatever their type.

The contract's leniency (A0): undeclared and mistyped variables are fine, enum literals and
strings are the same thing. A variable that was not sent is absent, as the GraphQL
specification has it (6.1.2), unless its declaration gives a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graphql.language import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    StringValueNode,
    ValueNode,
    VariableNode,
)


class Absent:
    """A variable that was not sent."""


ABSENT: Final = Absent()


class Literals:
    """Reads the values of one run; `used` says whether any variable was looked at."""

    def __init__(self, operation: OperationDefinitionNode, sent: Mapping[str, object]) -> None:
        self._variables = dict(sent)
        self.used = False
        for definition in operation.variable_definitions or ():
            name = definition.variable.name.value
            if name not in self._variables and definition.default_value is not None:
                self._variables[name] = self.read(definition.default_value)
        self.used = False

    def read(self, node: ValueNode) -> object:
        match node:
            case VariableNode():
                self.used = True
                return self._variables.get(node.name.value, ABSENT)
            case StringValueNode() | EnumValueNode():
                return node.value
            case IntValueNode():
                return int(node.value)
            case FloatValueNode():
                return float(node.value)
            case BooleanValueNode():
                return node.value
            case NullValueNode():
                return None
            case ListValueNode():
                items = [self.read(item) for item in node.values]
                return [None if item is ABSENT else item for item in items]
            case ObjectValueNode():
                found: dict[str, object] = {}
                for field in node.fields:
                    value = self.read(field.value)
                    if value is not ABSENT:
                        found[field.name.value] = value
                return found
            case _:
                raise AssertionError(node)
