"""Selection sets -> picks: fragments spread, directives decided, equal keys merged.

Names are not looked at here; that is the plan's. A field node whose picks depend on no
variable and put no value into the run's list has them kept with its document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphql.language import (
    DirectiveNode,
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
)

from icosa.core.errors import ArgumentInvalid, DocumentInvalid
from icosa.http.graphql.document import Document
from icosa.http.graphql.literal import ABSENT, Literals
from icosa.request.arguments import LIST_ARGUMENTS, read_arguments
from icosa.request.ir import NO_ARGUMENTS, Arguments, Pick


class Selecting:
    def __init__(self, document: Document, literals: Literals, values: list[object]) -> None:
        self._document = document
        self._literals = literals
        self._values = values
        self._varies = False  # whether what was picked depends on this run

    def fields(self, selections: SelectionSetNode) -> list[tuple[str, list[FieldNode]]]:
        """The fields of a selection set by response key, in the document's order."""
        found: dict[str, list[FieldNode]] = {}
        for node in self._flat(selections.selections):
            key = node.alias.value if node.alias else node.name.value
            found.setdefault(key, []).append(node)
        return list(found.items())

    def root(self, nodes: Sequence[FieldNode]) -> tuple[Pick, ...]:
        """What is selected below a root field."""
        known = self._document.picks.get(id(nodes[0])) if len(nodes) == 1 else None
        if known is not None:
            return known
        self._varies = False
        picks = self._below(nodes) or ()
        if not self._varies and len(nodes) == 1:
            self._document.picks[id(nodes[0])] = picks
        return picks

    def arguments(self, node: FieldNode) -> dict[str, object]:
        """A field's arguments; those that are null or absent vanish (A0)."""
        found: dict[str, object] = {}
        for argument in node.arguments or ():
            value = self._literals.read(argument.value)
            if value is not None and value is not ABSENT:
                found[argument.name.value] = value
        return found

    def _below(self, nodes: Sequence[FieldNode]) -> tuple[Pick, ...] | None:
        """The picks of the merged selection sets of fields with one response key."""
        found: dict[str, list[FieldNode]] = {}
        is_leaf = True
        for node in nodes:
            if node.selection_set is not None:
                is_leaf = False
                for key, inner in self.fields(node.selection_set):
                    found.setdefault(key, []).extend(inner)
        if is_leaf:
            return None
        return tuple(self._pick(key, inner) for key, inner in found.items())

    def _pick(self, key: str, nodes: Sequence[FieldNode]) -> Pick:
        first = nodes[0]
        name = first.name.value
        if len(nodes) > 1:
            check_mergeable(key, nodes)
        return Pick(key, name, self._below(nodes), self._nested_arguments(first))

    def _nested_arguments(self, node: FieldNode) -> Arguments:
        if not node.arguments:
            return NO_ARGUMENTS
        for argument in node.arguments:
            if argument.name.value not in LIST_ARGUMENTS:
                raise ArgumentInvalid(
                    f"Argument not allowed: {argument.name.value}",
                    path=(node.name.value, argument.name.value),
                    hint=f"Allowed: {', '.join(LIST_ARGUMENTS)}.",
                )
        before = len(self._values)
        self._literals.used = False
        arguments = read_arguments(self.arguments(node), self._values)
        if self._literals.used or len(self._values) != before:
            self._varies = True
        return arguments

    def _flat(self, selections: Iterable[SelectionNode]) -> Iterable[FieldNode]:
        for selection in selections:
            if selection.directives and not self._included(selection.directives):
                continue
            match selection:
                case FieldNode():
                    yield selection
                case InlineFragmentNode():
                    yield from self._flat(selection.selection_set.selections)
                case FragmentSpreadNode():
                    fragment = self._document.fragments[selection.name.value]
                    yield from self._flat(fragment.selection_set.selections)

    def _included(self, directives: Sequence[DirectiveNode]) -> bool:
        """`@include` and `@skip` (GraphQL specification, 3.13)."""
        self._varies = True
        for directive in directives:
            name = directive.name.value
            if name not in ("include", "skip"):
                raise DocumentInvalid(f'Unknown directive "@{name}".')
            condition = next(
                (
                    self._literals.read(argument.value)
                    for argument in directive.arguments or ()
                    if argument.name.value == "if"
                ),
                ABSENT,
            )
            if not isinstance(condition, bool):
                raise DocumentInvalid(
                    f'Directive "@{name}" argument "if" of type "Boolean!" is required, but it '
                    "was not provided."
                )
            if condition is (name == "skip"):
                return False
        return True


def check_mergeable(key: str, nodes: Sequence[FieldNode]) -> None:
    """Fields with one response key must be the same field (GraphQL specification, 5.3.2)."""
    first = nodes[0]
    for node in nodes[1:]:
        if node.name.value != first.name.value:
            raise DocumentInvalid(
                f'Fields "{key}" conflict because "{first.name.value}" and '
                f'"{node.name.value}" are different fields. Use different aliases on the fields '
                "to fetch both if this was intentional."
            )
        if _printed(node) != _printed(first):
            raise DocumentInvalid(
                f'Fields "{key}" conflict because they have differing arguments. Use different '
                "aliases on the fields to fetch both if this was intentional."
            )


def _printed(node: FieldNode) -> list[tuple[str, str]]:
    return sorted((a.name.value, str(a.value.to_dict())) for a in node.arguments or ())
