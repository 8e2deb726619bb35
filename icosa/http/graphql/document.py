"""GraphQL text -> a document that can be run, kept by its text.

Parsing costs some hundred microseconds, so documents are kept, least recently used first
out. A document's bounds are checked once, when it is parsed: size, nesting, and the number
of fields with all fragments spread.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import msgspec
from graphql import GraphQLSyntaxError, parse
from graphql.language import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)

from icosa.core.errors import ArgumentInvalid, DocumentInvalid, TooComplex
from icosa.request.ir import Pick
from icosa.request.limits import (
    DOCUMENT_BYTES_MAX,
    SELECTED_FIELDS_MAX,
    SELECTION_DEPTH_MAX,
)

DOCUMENTS_MAX: Final = 1_000

# What is skipped comes first: comments, and the numbers that are page sizes.
_LITERALS: Final = re.compile(
    r"#[^\n\r]*"
    r"|\b(?:first|last|limit|offset|offsetForRecords)\s*:\s*\d+"
    r'|(?P<literal>"(?:[^"\\\n\r]|\\.)*"|(?<![\w$.])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.]))'
)
# Defaults of variables must be constants, and introspection is run by graphql-core, which
# wants its variables declared.
_CONSTANT: Final = re.compile(r"\$\w+\s*:[^$){}]*=|\b__(?:schema|type)\b")


@dataclass(slots=True)
class Document:
    text: str
    node: DocumentNode
    operations: dict[str, OperationDefinitionNode]
    fragments: dict[str, FragmentDefinitionNode]
    picks: dict[int, tuple[Pick, ...]] = field(default_factory=dict)  # by id of a root field

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Raises `DocumentInvalid`."""
        if name:
            found = self.operations.get(name)
            if found is None:
                raise DocumentInvalid(f'Unknown operation named "{name}".')
            return found
        if len(self.operations) > 1:
            raise DocumentInvalid(
                "Must provide operation name when document contains multiple operations."
            )
        if not self.operations:
            raise DocumentInvalid("Must provide an operation.")
        return next(iter(self.operations.values()))


@dataclass(frozen=True, slots=True)
class Read:
    """A document, and the values that its text held in place of variables."""

    document: Document
    literals: Mapping[str, object]


class Documents:
    """Kept by text, and by text without its literals, for clients that write values into it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Read] = OrderedDict()
        self._bare: OrderedDict[str, Document] = OrderedDict()

    def read(self, text: str) -> Read:
        """Raises `DocumentInvalid`, `ArgumentInvalid`, `TooComplex`."""
        found = self._kept.get(text)
        if found is not None:
            self._kept.move_to_end(text)
            return found
        found = self._parsed(text)
        self._kept[text] = found
        if len(self._kept) > DOCUMENTS_MAX:
            self._kept.popitem(last=False)
        return found

    def _parsed(self, text: str) -> Read:
        bare = without_literals(text) if len(text) <= DOCUMENT_BYTES_MAX else None
        if bare is None:
            return Read(parse_document(text), {})
        document = self._bare.get(bare.text)
        if document is None:
            try:
                document = parse_document(bare.text)
            except DocumentInvalid:
                return Read(parse_document(text), {})  # the fault, at its place in the text
            self._bare[bare.text] = document
            if len(self._bare) > DOCUMENTS_MAX:
                self._bare.popitem(last=False)
        else:
            self._bare.move_to_end(bare.text)
        return Read(document, bare.values)


@dataclass(frozen=True, slots=True)
class Bare:
    """A text whose literals are variables: `$__0` and so on, equal ones the same."""

    text: str
    values: Mapping[str, object]


def without_literals(text: str) -> Bare | None:
    """None where there are none to take out, or where that could change the meaning.

    Page sizes stay, because they are part of a statement, and so do block strings.
    """
    if '"""' in text or _CONSTANT.search(text):
        return None
    names: dict[str, str] = {}
    values: dict[str, object] = {}

    def replaced(found: re.Match[str]) -> str:
        literal = found["literal"]
        if literal is None:
            return found[0]
        name = names.get(literal)
        if name is None:
            name = names[literal] = f"__{len(names)}"
            values[name] = msgspec.json.decode(literal)
        return f"${name}"

    try:
        bare = _LITERALS.sub(replaced, text)
    except msgspec.DecodeError:  # an escape that JSON does not have
        return None
    return Bare(bare, values) if values else None


def parse_document(text: str) -> Document:
    if len(text.encode("utf-8", "replace")) > DOCUMENT_BYTES_MAX:
        raise ArgumentInvalid(f"Document is too large. Maximum is {DOCUMENT_BYTES_MAX} bytes")
    try:
        node = parse(text, max_tokens=DOCUMENT_BYTES_MAX // 4)
    except GraphQLSyntaxError as fault:
        places = tuple((place.line, place.column) for place in fault.locations or ())
        raise DocumentInvalid(
            fault.message, kind="GRAPHQL_PARSE_FAILED", locations=places
        ) from None
    except RecursionError:
        raise TooComplex(f"Maximum depth of {SELECTION_DEPTH_MAX} reached") from None
    operations: dict[str, OperationDefinitionNode] = {}
    fragments: dict[str, FragmentDefinitionNode] = {}
    for definition in node.definitions:
        if isinstance(definition, OperationDefinitionNode):
            operations[definition.name.value if definition.name else ""] = definition
        elif isinstance(definition, FragmentDefinitionNode):
            fragments[definition.name.value] = definition
    document = Document(text, node, operations, fragments)
    for operation in operations.values():
        if operation.operation is OperationType.SUBSCRIPTION:
            raise DocumentInvalid("Subscriptions are not supported.")
        _Bounds(fragments).check(operation.selection_set, 0, ())
    return document


class _Bounds:
    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._fields = 0

    def check(
        self, selections: SelectionSetNode | None, depth: int, spread: tuple[str, ...]
    ) -> None:
        if selections is None:
            return
        if depth > SELECTION_DEPTH_MAX:
            raise TooComplex(f"Maximum depth of {SELECTION_DEPTH_MAX} reached")
        for selection in selections.selections:
            self._fields += 1
            if self._fields > SELECTED_FIELDS_MAX:
                raise TooComplex(
                    "Query too complex - Too many fields requested: more than "
                    f"{SELECTED_FIELDS_MAX} - Maximum allowed fields: {SELECTED_FIELDS_MAX}"
                )
            match selection:
                case FieldNode():
                    self.check(selection.selection_set, depth + 1, spread)
                case InlineFragmentNode():
                    self.check(selection.selection_set, depth, spread)
                case FragmentSpreadNode():
                    name = selection.name.value
                    if name in spread:
                        raise DocumentInvalid(f'Cannot spread fragment "{name}" within itself.')
                    fragment = self._fragments.get(name)
                    if fragment is None:
                        raise DocumentInvalid(f'Unknown fragment "{name}".')
                    self.check(fragment.selection_set, depth, (*spread, name))
