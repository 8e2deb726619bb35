"""`__schema` and `__type`, answered by graphql-core from the workspace's own schema.

The answer of a full introspection is a megabyte and takes a fifth of a second, so answers
are kept with the view, by document and variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from graphql import execute_sync
from graphql.language import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from icosa.catalog.view import View
from icosa.core.errors import DocumentInvalid
from icosa.http.graphql.document import Document
from icosa.http.graphql.schema import build_schema

_KEPT_MAX: Final = 20


class Introspections:
    def __init__(self, view: View) -> None:
        self._view = view
        self._kept: dict[tuple[str, str, bytes], Mapping[str, bytes]] = {}

    def answer(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
    ) -> Mapping[str, bytes]:
        """The JSON of each introspection field of an operation, by response key."""
        name = operation.name.value if operation.name else ""
        key = (document.text, name, msgspec.json.encode(variables))
        found = self._kept.get(key)
        if found is None:
            found = self._run(document, operation, variables)
            if len(self._kept) >= _KEPT_MAX:
                self._kept.clear()
            self._kept[key] = found
        return found

    def _run(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
    ) -> Mapping[str, bytes]:
        fields = tuple(
            node
            for node in operation.selection_set.selections
            if not isinstance(node, FieldNode) or node.name.value.startswith("__")
        )
        alone = OperationDefinitionNode(
            operation=operation.operation,
            name=operation.name,
            variable_definitions=operation.variable_definitions,
            directives=operation.directives,
            selection_set=SelectionSetNode(selections=fields),
        )
        fragments: tuple[FragmentDefinitionNode, ...] = tuple(document.fragments.values())
        node = DocumentNode(definitions=(alone, *fragments))
        schema = self._view.make(build_schema)
        result = execute_sync(schema, node, variable_values=dict(variables))
        if result.errors:
            raise DocumentInvalid(result.errors[0].message)
        assert result.data is not None
        return {key: msgspec.json.encode(value) for key, value in result.data.items()}


def introspect(
    view: View,
    document: Document,
    operation: OperationDefinitionNode,
    variables: Mapping[str, object],
    key: str,
) -> bytes:
    """The JSON of one introspection field. Raises `DocumentInvalid`."""
    return view.make(Introspections).answer(document, operation, variables)[key]
