"""A filter's shape -> conditions, with the contract's errors (A3).

`{company: {name: {ilike: …}}}` is read against the view from the outside in: a name is a
conjunction, a field, a composite's member, a relation, or unknown. A filter may follow
many-to-one relations up to five hops, and one-to-many relations through exactly one of
`some`, `none`, `every`. Filtering by what a role can't read is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from icosa.catalog.view import Hidden, JoinId, ObjectView, Own, ToMany, ToOne, View
from icosa.core.errors import FilterInvalid, Forbidden
from icosa.core.sql import EMPTY, render
from icosa.fields.base import FieldType
from icosa.fields.composite import Composite
from icosa.fields.operators import Operand, Operator
from icosa.plan.tree import All, AnyOf, Condition, IsLive, Not, Related, Test
from icosa.request.ir import Entries, Items, Node
from icosa.request.limits import RELATION_HOPS_MAX

DELETED: Final = "deletedAt"
Quantifier: TypeAlias = Literal["some", "none", "every"]
_QUANTIFIERS: Final[Mapping[str, Quantifier]] = MappingProxyType(
    {"some": "some", "none": "none", "every": "every"}
)


def plan_filter(node: Node | None, source: ObjectView, view: View) -> Condition | None:
    """The condition of a filter; None for one that matches all."""
    if node is None:
        return None
    conditions = _Resolver(view).entries(node, source, (), ("filter",))
    return conditions.of[0] if len(conditions.of) == 1 else conditions if conditions.of else None


def live_unless_asked(node: Node | None, condition: Condition | None) -> Condition | None:
    """The soft-delete rule: a `deletedAt` outside of relation blocks turns it off."""
    if mentions_deleted(node):
        return condition
    if condition is None:
        return IsLive()
    of = condition.of if isinstance(condition, All) else (condition,)
    return All((IsLive(), *of))


def mentions_deleted(node: Node | None) -> bool:
    match node:
        case Entries(entries):
            return any(
                name == DELETED or (name in ("and", "or", "not") and mentions_deleted(child))
                for name, child in entries
            )
        case Items(items):
            return any(mentions_deleted(item) for item in items)
        case _:
            return False


def suggestion(name: str, known: Iterable[str]) -> str | None:
    """`Did you mean "x"?`, if something known is close."""
    close = get_close_matches(name, list(known), n=1)
    return f'Did you mean "{close[0]}"?' if close else None


def unreadable(member: Hidden, source: ObjectView) -> Forbidden:
    """The error of naming a field that exists and that the role may not read."""
    return Forbidden(
        "Entity performing the request does not have permission: no permission to read field "
        f'"{member.field.name}" on "{source.object.name_singular}"',
        path=(source.object.name_singular, member.field.name),
    )


class _Resolver:
    def __init__(self, view: View) -> None:
        self._view = view

    def entries(
        self, node: Node, source: ObjectView, hops: tuple[ToOne, ...], path: tuple[str, ...]
    ) -> All:
        if not isinstance(node, Entries):
            raise FilterInvalid('Invalid argument: "filter" must be an object', path=path)
        found: list[Condition] = []
        for name, child in node.entries:
            condition = self._entry(name, child, source, hops, (*path, name))
            if condition is not None:
                found.append(condition)
        return All(tuple(found))

    def _entry(
        self,
        name: str,
        child: Node,
        source: ObjectView,
        hops: tuple[ToOne, ...],
        path: tuple[str, ...],
    ) -> Condition | None:
        if name in ("and", "or", "not") and name not in source.members:
            return self._conjunction(name, child, source, hops, path)
        match source.members.get(name):
            case Own(field=field, type=Composite() as composite):
                return self._members(composite, field.columns, child, hops, path)
            case Own(field=field, type=field_type) | JoinId(field=field, type=field_type):
                return self._operators(field_type, field.columns, child, hops, path)
            case ToOne() as member:
                return self._to_one(member, child, hops, path)
            case ToMany() as member:
                return self._to_many(member, child, hops, path)
            case Hidden():
                raise Forbidden(path=path)
            case None:
                raise FilterInvalid(
                    f'Object {source.object.name_singular} doesn\'t have any "{name}" field.',
                    path=path,
                    hint=suggestion(name, source.readable()),
                )

    def _conjunction(
        self,
        name: str,
        child: Node,
        source: ObjectView,
        hops: tuple[ToOne, ...],
        path: tuple[str, ...],
    ) -> Condition | None:
        if name == "not":
            inner = self.entries(child, source, hops, path)
            return Not(inner) if inner.of else None
        items = child.items if isinstance(child, Items) else (child,)
        found = tuple(self.entries(item, source, hops, path) for item in items)
        if name == "and":
            return All(tuple(part for item in found for part in item.of))
        # an empty object in `or` matches all, as it does alone
        return AnyOf(found) if found else None

    def _members(
        self,
        composite: Composite,
        columns: tuple[str, ...],
        child: Node,
        hops: tuple[ToOne, ...],
        path: tuple[str, ...],
    ) -> Condition:
        if not isinstance(child, Entries):
            raise FilterInvalid(
                f'Filter value for field "{composite.name}" must be an object', path=path
            )
        members = composite.members()
        order = list(members)
        found: list[Condition] = []
        for name, inner in child.entries:
            if name not in members:
                raise FilterInvalid(
                    f'Sub field "{name}" not found for composite type: {composite.kind}',
                    path=(*path, name),
                    hint=suggestion(name, members),
                )
            column = (columns[order.index(name)],)
            found.append(self._operators(members[name], column, inner, hops, (*path, name)))
        return All(tuple(found))

    def _operators(
        self,
        field_type: FieldType,
        columns: tuple[str, ...],
        child: Node,
        hops: tuple[ToOne, ...],
        path: tuple[str, ...],
    ) -> Condition:
        name = field_type.name
        if not isinstance(child, Entries):
            raise FilterInvalid(f'Filter value for field "{name}" must be an object', path=path)
        if not child.entries:
            raise FilterInvalid(
                f'Filter for field "{name}" must have exactly one operator', path=path
            )
        tests: list[Condition] = []
        for word, inner in child.entries:
            operator = field_type.operator(word)
            if operator is None:
                raise _operator_unknown(field_type, word, path)
            if isinstance(inner, Entries | Items):
                raise _object_given(field_type, operator, (*path, word))
            tests.append(Test(hops, field_type, columns, operator, inner))
        return tests[0] if len(tests) == 1 else All(tuple(tests))

    def _to_one(
        self, member: ToOne, child: Node, hops: tuple[ToOne, ...], path: tuple[str, ...]
    ) -> Condition | None:
        name = member.field.name
        if not isinstance(child, Entries):
            raise FilterInvalid(
                f'Cannot filter by relation field "{name}": use "{name}Id" instead', path=path
            )
        if len(hops) >= RELATION_HOPS_MAX:
            raise FilterInvalid(
                "Relation filter nesting deeper than 1 hop is not supported",
                path=path,
                hint=f"Up to {RELATION_HOPS_MAX} hops are.",
            )
        found = self.entries(child, self._target(member.target, path), (*hops, member), path)
        return found if found.of else None

    def _to_many(
        self, member: ToMany, child: Node, hops: tuple[ToOne, ...], path: tuple[str, ...]
    ) -> Condition:
        if (
            not isinstance(child, Entries)
            or len(child.entries) != 1
            or child.entries[0][0] not in _QUANTIFIERS
        ):
            raise FilterInvalid(
                f'Cannot filter by relation field "{member.field.name}"',
                path=path,
                hint="Use exactly one of some, none, every.",
            )
        word, inner = child.entries[0]
        if path.count("some") + path.count("none") + path.count("every") >= RELATION_HOPS_MAX:
            raise FilterInvalid("Relation filter is nested too deeply", path=path)
        target = self._target(member.target, path)
        condition = self.entries(inner, target, (), (*path, word))
        return Related(hops, member, target, _QUANTIFIERS[word], condition)

    def _target(self, name: str, path: tuple[str, ...]) -> ObjectView:
        target = self._view.object(name)
        if target is None or not target.grant.read:
            raise Forbidden(path=path)
        return target


def _object_given(
    field_type: FieldType, operator: Operator, path: tuple[str, ...]
) -> FilterInvalid:
    """An object where a value is wanted, in the words that the type has for a bad value."""
    test = field_type.compare(operator, (EMPTY,), Operand(0, "value"))
    try:
        render(test).bind(({},))
    except FilterInvalid as error:
        error.path = path
        return error
    return FilterInvalid(
        f'Filter operator "{operator.name}" does not take an object for field "{field_type.name}"',
        path=path,
    )


def _operator_unknown(field_type: FieldType, word: str, path: tuple[str, ...]) -> FilterInvalid:
    allowed = ", ".join(operator.name for operator in field_type.operators)
    more = ", ".join(operator.name for operator in field_type.more_operators)
    return FilterInvalid(
        f'Operator "{word}" is not valid for field "{field_type.name}" of type {field_type.kind}'
        f" - Allowed operators: {allowed}",
        path=(*path, word),
        hint=f"Allowed as well: {more}." if more else None,
    )
