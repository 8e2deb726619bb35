"""GraphQL text -> a valid document within its bounds, kept by its text.

The schema is the same for every workspace, so a document is parsed and validated once a
process, whoever sends it; least recently used ones are forgotten. Bounds come before
validation, because validation compares fields with each other and its cost grows with the
square of their number; they are narrow for those who have not said who they are.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graphql import GraphQLError, GraphQLSchema, GraphQLSyntaxError, parse, validate
from graphql.language import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from icosa.core.errors import ArgumentInvalid, DocumentInvalid, TooComplex
from icosa.http.metadata.failure import Refused, document_error
from icosa.request.limits import DOCUMENT_BYTES_MAX

DOCUMENTS_MAX: Final = 500
FIELDS_MAX: Final = 2_000  # with all fragments spread
ANONYMOUS_FIELDS_MAX: Final = 100
ROOT_FIELDS_MAX: Final = 10
DEPTH_MAX: Final = 10  # of fields, but for introspection, which has a rule of its own
REPEATS_MAX: Final = 100  # fields that stand in one selection more than once
DEFINITIONS_MAX: Final = 20
ERRORS_MAX: Final = 20
TOKENS_MAX: Final = 10_000

_QUOTED: Final = re.compile(r"'([^']*)'")
_INTROSPECTION: Final = ("__schema", "__type")


@dataclass(frozen=True, slots=True)
class Document:
    """A document that may be run."""

    node: DocumentNode
    operations: tuple[OperationDefinitionNode, ...]
    fragments: dict[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Raises `DocumentInvalid`."""
        if name:
            for operation in self.operations:
                if operation.name is not None and operation.name.value == name:
                    return operation
            raise DocumentInvalid(f'Unknown operation named "{name[:100]}".')
        if len(self.operations) > 1:
            raise DocumentInvalid(
                "Must provide operation name if query contains multiple operations."
            )
        if not self.operations:
            raise DocumentInvalid("Must provide an operation.")
        return self.operations[0]

    def root_fields(self, operation: OperationDefinitionNode) -> frozenset[str]:
        """The names of the fields that an operation begins with."""
        return frozenset(self._names(operation.selection_set, frozenset()))

    def _names(self, selections: SelectionSetNode, spread: frozenset[str]) -> Iterator[str]:
        for item in _flat(selections):
            if isinstance(item, FieldNode):
                yield item.name.value
                continue
            name = item.name.value
            if name in self.fragments and name not in spread:
                yield from self._names(self.fragments[name].selection_set, spread | {name})


class Documents:
    """The documents of one process."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._kept: OrderedDict[str, Document] = OrderedDict()

    def read(self, text: str) -> Document:
        """A document that may have to be checked yet.

        Raises `DocumentInvalid`, `TooComplex`, `ArgumentInvalid`.
        """
        found = self._kept.get(text)
        if found is None:
            return parse_document(text)
        self._kept.move_to_end(text)
        return found

    def check(self, text: str, document: Document, *, fields_max: int) -> None:
        """Raises `Refused`, `TooComplex`."""
        if text in self._kept:
            return
        try:
            bounds = _Bounds(document.fragments, fields_max)
            for operation in document.operations:
                bounds.check(operation)
            faults = validate(self._schema, document.node, max_errors=ERRORS_MAX)
        except RecursionError:
            raise too_deep() from None
        if faults:
            raise Refused([document_error(_invalid(fault)) for fault in faults])
        self._kept[text] = document
        if len(self._kept) > DOCUMENTS_MAX:
            self._kept.popitem(last=False)


def parse_document(text: str) -> Document:
    """Raises `DocumentInvalid`, `TooComplex`, `ArgumentInvalid`."""
    if len(text.encode("utf-8", "replace")) > DOCUMENT_BYTES_MAX:
        raise ArgumentInvalid(f"Document is too large. Maximum is {DOCUMENT_BYTES_MAX} bytes")
    try:
        node = parse(text, max_tokens=TOKENS_MAX)
    except GraphQLSyntaxError as fault:
        raise _invalid(fault, kind="GRAPHQL_PARSE_FAILED") from None
    except RecursionError:
        raise too_deep() from None
    if len(node.definitions) > DEFINITIONS_MAX:
        raise TooComplex(
            f"Query too complex - Too many definitions requested: {len(node.definitions)} - "
            f"Maximum allowed definitions: {DEFINITIONS_MAX}"
        )
    return Document(
        node=node,
        operations=tuple(d for d in node.definitions if isinstance(d, OperationDefinitionNode)),
        fragments={
            d.name.value: d for d in node.definitions if isinstance(d, FragmentDefinitionNode)
        },
    )


def spelled(message: str) -> str:
    """A text of graphql-core with the quotation marks of the reference's GraphQL library."""
    return _QUOTED.sub(r'"\1"', message)


def too_deep() -> TooComplex:
    return TooComplex("Query too complex - The document is nested too deeply")


def _invalid(fault: GraphQLError, *, kind: str = "GRAPHQL_VALIDATION_FAILED") -> DocumentInvalid:
    places = tuple((place.line, place.column) for place in fault.locations or ())
    return DocumentInvalid(spelled(fault.message), kind=kind, locations=places)


class _Bounds:
    """Fragments are measured once, so that spreading them in each other costs nothing."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode], fields_max: int) -> None:
        self._fragments = fragments
        self._fields_max = fields_max
        self._measured: dict[str, tuple[int, int]] = {}
        self._repeats = 0

    def check(self, operation: OperationDefinitionNode) -> None:
        """Raises `TooComplex`."""
        roots = self._roots(operation.selection_set, frozenset())
        if roots > ROOT_FIELDS_MAX:
            raise _too_many("root resolvers", roots, ROOT_FIELDS_MAX)
        fields, depth = self._measure(operation.selection_set)
        if fields > self._fields_max:
            raise _too_many("fields", fields, self._fields_max)
        if depth > DEPTH_MAX:
            raise _too_many("nested fields", depth, DEPTH_MAX)
        if self._repeats > REPEATS_MAX:
            raise _too_many("repeated fields", self._repeats, REPEATS_MAX)

    def _roots(self, selections: SelectionSetNode, spread: frozenset[str]) -> int:
        count = 0
        for item in _flat(selections):
            if isinstance(item, FieldNode):
                count += 1
            elif item.name.value in self._fragments and item.name.value not in spread:
                fragment = self._fragments[item.name.value]
                count += self._roots(fragment.selection_set, spread | {item.name.value})
        return count

    def _measure(self, selections: SelectionSetNode) -> tuple[int, int]:
        """How many fields a selection has, and how deep they go."""
        count, depth = 0, 0
        keys: set[str] = set()
        for item in _flat(selections):
            if isinstance(item, FragmentSpreadNode):
                more, below = self._fragment(item.name.value)
            else:
                key = (item.alias or item.name).value
                self._repeats += key in keys
                keys.add(key)
                more, below = self._field(item)
            count += more
            depth = max(depth, below)
        return count, depth

    def _field(self, node: FieldNode) -> tuple[int, int]:
        if node.selection_set is None:
            return 1, 1
        count, depth = self._measure(node.selection_set)
        return count + 1, 1 if node.name.value in _INTROSPECTION else depth + 1

    def _fragment(self, name: str) -> tuple[int, int]:
        """One that spreads itself, or is not there, is validation's business."""
        if name not in self._measured:
            self._measured[name] = (0, 0)
            fragment = self._fragments.get(name)
            if fragment is not None:
                self._measured[name] = self._measure(fragment.selection_set)
        return self._measured[name]


def _flat(selections: SelectionSetNode) -> Iterator[FieldNode | FragmentSpreadNode]:
    """With inline fragments opened, as validation sees it."""
    for item in selections.selections:
        if isinstance(item, InlineFragmentNode):
            yield from _flat(item.selection_set)
        elif isinstance(item, FieldNode | FragmentSpreadNode):
            yield item


def _too_many(what: str, count: int, most: int) -> TooComplex:
    return TooComplex(
        f"Query too complex - Too many {what} requested: {count} - Maximum allowed {what}: {most}"
    )
