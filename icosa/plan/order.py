"""An order's shape -> order keys, and a cursor's shape -> its values (A3b, A4).

`id` ascending is always the last key, so that every order is total. A key that can't be
null has no null range, which spares the compiler a second index scan.
"""

from __future__ import annotations

from typing import Final

from icosa.catalog.view import Hidden, JoinId, ObjectView, Own, ToMany, ToOne, View
from icosa.core.errors import (
    CursorInvalid,
    Forbidden,
    OrderFieldUnknown,
    OrderInvalid,
)
from icosa.fields.base import FieldType
from icosa.fields.composite import Composite
from icosa.plan.filter import suggestion
from icosa.plan.tree import CursorKey, OrderPlan
from icosa.request.ir import Entries, Node, OrderKey
from icosa.request.limits import RELATION_HOPS_MAX

DIRECTIONS: Final = ("AscNullsFirst", "AscNullsLast", "DescNullsFirst", "DescNullsLast")


def plan_order(keys: tuple[OrderKey, ...], source: ObjectView, view: View) -> tuple[OrderPlan, ...]:
    """The keys of a total order. Raises `OrderInvalid`, `OrderFieldUnknown`, `Forbidden`."""
    found: list[OrderPlan] = []
    seen: set[tuple[str, ...]] = set()
    for key in keys:
        plan = _key(key, key.path, source, view, ())
        if plan.path not in seen:  # a second mention of a key can't change the order
            seen.add(plan.path)
            found.append(plan)
        if plan.path == ("id",):
            return tuple(found)
    return (*found, _by_id(source))


def plan_cursor(node: Node | None, order: tuple[OrderPlan, ...]) -> tuple[CursorKey, ...]:
    """The values of a cursor, in the order's places. Raises `CursorInvalid`."""
    if node is None:
        return ()
    values = tuple(_value_at(node, key) for key in order)
    if _count_leaves(node) > len(order):
        raise CursorInvalid(
            "Invalid cursor: it was made under another order",
            hint="Use the orderBy that the cursor was made with.",
        )
    return values


def _value_at(node: Node, key: OrderPlan) -> CursorKey:
    at: Node | None = node
    for name in key.path:
        at = dict(at.entries).get(name) if isinstance(at, Entries) else None
    if at is None or isinstance(at, Entries):
        raise CursorInvalid(
            "Invalid cursor: it was made under another order",
            hint=f"It does not hold {'.'.join(key.path)}.",
        )
    assert not hasattr(at, "items")
    is_null = at.emptiness == "null" or (at.emptiness == "empty" and bool(key.type.empty))
    return CursorKey(None if is_null and key.nullable else at)


def _count_leaves(node: Node) -> int:
    if isinstance(node, Entries):
        return sum(_count_leaves(child) for _, child in node.entries)
    return 1


def _by_id(source: ObjectView) -> OrderPlan:
    member = source.members["id"]
    assert isinstance(member, Own)
    column = member.field.columns[0]
    return OrderPlan(
        path=("id",),
        hops=(),
        type=member.type,
        column=column,
        descending=False,
        nulls_first=True,
        nullable=False,
        indexed=True,
    )


def _key(
    key: OrderKey,
    rest: tuple[str, ...],
    source: ObjectView,
    view: View,
    hops: tuple[ToOne, ...],
) -> OrderPlan:
    name, inner = rest[0], rest[1:]
    match source.members.get(name):
        case Own(field=field, type=Composite() as composite):
            first = field.id == source.object.label_identifier_field_id
            return _member(key, inner, composite, field.columns, hops, indexed=first)
        case Own(field=field, type=field_type) | JoinId(field=field, type=field_type):
            if not field_type.orderable:
                raise _unsortable(name, key, source)
            nullable = field.is_nullable or bool(hops)
            if inner or key.direction not in DIRECTIONS:
                raise OrderInvalid(
                    f'Scalar field "{name}" requires a direction value ({", ".join(DIRECTIONS)})',
                    path=("orderBy", *key.path),
                )
            indexed = field.id == source.object.label_identifier_field_id
            return _plan(
                key, hops, field_type, field.columns[0], nullable=nullable, indexed=indexed
            )
        case ToOne() as member:
            return _through(key, inner, member, view, hops)
        case Hidden():
            raise Forbidden(path=("orderBy", *key.path))
        case ToMany() | None:
            if hops:
                raise OrderInvalid(
                    f'Nested field "{name}" not found in target object '
                    f'"{source.object.name_singular}"',
                    path=("orderBy", *key.path),
                    hint=suggestion(name, source.readable()),
                )
            raise _unsortable(name, key, source)


def _unsortable(name: str, key: OrderKey, source: ObjectView) -> OrderFieldUnknown:
    return OrderFieldUnknown(
        f'Field "{name}" does not exist or is not sortable',
        path=("orderBy", *key.path),
        hint=suggestion(name, source.readable()),
    )


def _member(
    key: OrderKey,
    inner: tuple[str, ...],
    composite: Composite,
    columns: tuple[str, ...],
    hops: tuple[ToOne, ...],
    *,
    indexed: bool,
) -> OrderPlan:
    if not inner:
        raise OrderInvalid(
            f'Composite field "{composite.name}" requires subfield ordering '
            f"(e.g., {{ {composite.name}: {{ subFieldName: 'AscNullsFirst' }} }})",
            path=("orderBy", *key.path),
        )
    members = composite.members()
    name = inner[0]
    if name not in members:
        raise OrderInvalid(
            f'Nested field "{name}" not found in target object "{composite.name}"',
            path=("orderBy", *key.path),
            hint=suggestion(name, members),
        )
    if inner[1:] or key.direction not in DIRECTIONS:
        raise OrderInvalid(
            f'Scalar field "{name}" requires a direction value ({", ".join(DIRECTIONS)})',
            path=("orderBy", *key.path),
        )
    column = columns[list(members).index(name)]
    indexed = indexed and column == columns[0]
    return _plan(key, hops, members[name], column, nullable=True, indexed=indexed)


def _through(
    key: OrderKey, inner: tuple[str, ...], member: ToOne, view: View, hops: tuple[ToOne, ...]
) -> OrderPlan:
    name = member.field.name
    if not inner:
        raise OrderInvalid(
            f'Relation field "{name}" requires nested field ordering '
            f"(e.g., {{ {name}: {{ fieldName: 'AscNullsFirst' }} }})",
            path=("orderBy", *key.path),
        )
    target = view.object(member.target)
    if target is None or not target.grant.read or len(hops) >= RELATION_HOPS_MAX:
        raise Forbidden(path=("orderBy", *key.path))
    return _key(key, inner, target, view, (*hops, member))


def _plan(
    key: OrderKey,
    hops: tuple[ToOne, ...],
    field_type: FieldType,
    column: str,
    *,
    nullable: bool,
    indexed: bool,
) -> OrderPlan:
    assert key.direction is not None
    return OrderPlan(
        path=key.path,
        hops=hops,
        type=field_type,
        column=column,
        descending=key.direction.startswith("Desc"),
        nulls_first=key.direction.endswith("First"),
        nullable=nullable,
        indexed=indexed and not hops,
    )
