"""What is wrong with the variables of a request, in the reference's words (contract, A.3).

graphql-core would say it as the next version of the reference's library does. Here also the
UUID is checked, which is done for variables only; one that is none may be a name, which the
model decides, so it is handed back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLType,
    VariableDefinitionNode,
    is_required_input_field,
    type_from_ast,
)
from graphql.pyutils import did_you_mean, suggestion_list

from icosa.core.identity import is_uuid
from icosa.http.metadata.document import spelled, too_deep
from icosa.http.metadata.failure import Shown, uuid_error, variable_error

Path = tuple[str | int, ...]

UUID: Final = "UUID"
_FAULTS_MAX: Final = 20
_DEPTH_MAX: Final = 60


@dataclass(slots=True)
class Checked:
    """`names` are texts where a UUID is asked for, and where they stand."""

    faults: list[Shown] = field(default_factory=list)
    names: list[tuple[str, Path]] = field(default_factory=list)


def check_variables(
    schema: GraphQLSchema,
    definitions: Iterable[VariableDefinitionNode],
    values: Mapping[str, object],
) -> Checked:
    """Raises `TooComplex`."""
    walk = _Walk()
    for definition in definitions:
        name = definition.variable.name.value
        kind = type_from_ast(schema, definition.type)
        assert kind is not None, "the document is valid"
        is_required = isinstance(kind, GraphQLNonNull)
        if name in values:
            if values[name] is None and is_required:
                walk.fault(f'Variable "${name}" of non-null type "{kind}" must not be null.', ())
            else:
                walk.check(kind, values[name], (name,))
        elif is_required and definition.default_value is None:
            walk.fault(f'Variable "${name}" of required type "{kind}" was not provided.', ())
    return walk.found


class _Walk:
    """A value beside its type, from the outside in."""

    def __init__(self) -> None:
        self.found = Checked()

    def fault(self, message: str, path: Path) -> None:
        if len(self.found.faults) < _FAULTS_MAX:
            self.found.faults.append(variable_error(message, path))

    def check(self, kind: GraphQLType, value: object, path: Path) -> None:
        if len(path) > _DEPTH_MAX:
            raise too_deep()
        if isinstance(kind, GraphQLNonNull):
            if value is None:
                self.fault(f'Expected non-nullable type "{kind}" not to be null.', path)
                return
            kind = kind.of_type
        if value is None:
            return
        match kind:
            case GraphQLList():
                self._check_list(kind, value, path)
            case GraphQLInputObjectType():
                self._check_object(kind, value, path)
            case GraphQLEnumType():
                self._check_enum(kind, value, path)
            case GraphQLScalarType():
                self._check_scalar(kind, value, path)

    def _check_list(self, kind: GraphQLList[GraphQLType], value: object, path: Path) -> None:
        if not isinstance(value, list):  # one thing stands for a list of it
            self.check(kind.of_type, value, path)
            return
        for place, item in enumerate(value):
            self.check(kind.of_type, item, (*path, place))

    def _check_object(self, kind: GraphQLInputObjectType, value: object, path: Path) -> None:
        if not isinstance(value, Mapping):
            self.fault(f'Expected type "{kind.name}" to be an object.', path)
            return
        for name, part in kind.fields.items():
            if name in value:
                self.check(part.type, value[name], (*path, name))
            elif is_required_input_field(part):
                text = f'Field "{name}" of required type "{part.type}" was not provided.'
                self.fault(text, path)
        for name in value:
            if name not in kind.fields:
                close = spelled(did_you_mean(suggestion_list(name, list(kind.fields))))
                text = f'Field "{name}" is not defined by type "{kind.name}".{close}'
                self.fault(text, path)

    def _check_enum(self, kind: GraphQLEnumType, value: object, path: Path) -> None:
        if not isinstance(value, str):
            shown = "true" if value is True else "false" if value is False else value
            self.fault(f'Enum "{kind.name}" cannot represent non-string value: {shown}.', path)
        elif value not in kind.values:
            names = suggestion_list(value, list(kind.values))
            close = spelled(did_you_mean(names, "the enum value"))
            self.fault(f'Value "{value}" does not exist in "{kind.name}" enum.{close}', path)

    def _check_scalar(self, kind: GraphQLNamedType, value: object, path: Path) -> None:
        assert isinstance(kind, GraphQLScalarType)
        if kind.name == UUID:
            if not isinstance(value, str):
                self.found.faults.append(uuid_error(value, path))
            elif not is_uuid(value):
                self.found.names.append((value, path))
            return
        try:
            kind.parse_value(value)
        except GraphQLError as fault:
            self.fault(spelled(fault.message), path)
