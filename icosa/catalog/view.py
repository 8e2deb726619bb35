"""A snapshot as one role sees it, and everything that is made from it on demand.

Planning takes a `View`, never a `Snapshot`. A name resolves in three ways (amendments, 1):
to a member that the role may read, to one that exists and is forbidden, or to nothing.
What is derived from a view (GraphQL schema, OpenAPI document, compiled statements) is made
by `make` when first asked for and dies with the view: there is no invalidation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypeVar, cast

from icosa.catalog.snapshot import Field, Object, Snapshot
from icosa.fields.base import FieldType

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role's rights on one object; the defaults are an administrator's."""

    read: bool = True
    update: bool = True
    soft_delete: bool = True
    destroy: bool = True
    unreadable: frozenset[str] = frozenset()  # field ids
    unwritable: frozenset[str] = frozenset()  # field ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role as far as views depend on it. `grants` holds what differs from `default`."""

    id: str
    label: str = ""
    default: Grant = Grant()
    grants: Mapping[str, Grant]  # by object id

    def grant(self, source: Object) -> Grant:
        return self.grants.get(source.id, self.default)


# -- what a name in a record stands for ----------------------------------------------


@dataclass(frozen=True, slots=True)
class Own:
    """A column, or the columns of a composite."""

    field: Field
    type: FieldType


@dataclass(frozen=True, slots=True)
class JoinId:
    """`companyId`, the column of a many-to-one relation."""

    field: Field
    type: FieldType


@dataclass(frozen=True, slots=True)
class ToOne:
    """`company`, the record that the join column points at."""

    field: Field
    target: str  # nameSingular
    column: str  # the join column, in the table of the object that has this member


@dataclass(frozen=True, slots=True)
class ToMany:
    """`people`, the records that point here."""

    field: Field
    target: str  # nameSingular
    column: str  # the join column, in the target's table


@dataclass(frozen=True, slots=True)
class Hidden:
    """It exists, and this role may not read it."""

    field: Field


Member: TypeAlias = Own | JoinId | ToOne | ToMany | Hidden


@dataclass(frozen=True, kw_only=True)
class ObjectView:
    object: Object
    schema: str
    grant: Grant
    members: Mapping[str, Member]  # by the name that callers use, in the contract's order

    def readable(self) -> Mapping[str, Own | JoinId | ToOne | ToMany]:
        return {name: m for name, m in self.members.items() if not isinstance(m, Hidden)}

    def may_write(self, member: Member) -> bool:
        return member.field.id not in self.grant.unwritable

    @cached_property
    def own(self) -> Mapping[str, Own | JoinId]:
        """The columns that a record has by itself: what REST shows at depth 0."""
        return {n: m for n, m in self.members.items() if isinstance(m, Own | JoinId)}


class View:
    """Object views are made when first asked for: a model may have hundreds of objects."""

    def __init__(self, snapshot: Snapshot, role: Role) -> None:
        self.snapshot = snapshot
        self.role = role
        self._objects: dict[str, ObjectView | None] = {}
        self._made: dict[object, object] = {}

    def object(self, name_singular: str) -> ObjectView | None:
        """The object of that name, if it is active; whether it may be read is its grant's."""
        try:
            return self._objects[name_singular]
        except KeyError:
            source = self.snapshot.by_singular.get(name_singular)
            made = None if source is None or not source.is_active else self._look_at(source)
            if made is not None:  # unknown names are the caller's to choose: never kept
                self._objects[name_singular] = made
            return made

    def plural(self, name_plural: str) -> ObjectView | None:
        source = self.snapshot.by_plural.get(name_plural)
        return None if source is None else self.object(source.name_singular)

    def names(self) -> tuple[str, ...]:
        """The nameSingular of every active object that this role may read."""
        return tuple(
            o.name_singular
            for o in self.snapshot.objects.values()
            if o.is_active and self.role.grant(o).read
        )

    def make(self, maker: Callable[[View], T]) -> T:
        """What `maker` makes of this view, made once."""
        try:
            return cast("T", self._made[maker])
        except KeyError:
            made = maker(self)
            self._made[maker] = made
            return made

    def _look_at(self, source: Object) -> ObjectView:
        grant = self.role.grant(source)
        members: dict[str, Member] = {}
        for item in source.fields.values():
            if item.is_active:
                for name, member in self._members(item):
                    members[name] = Hidden(item) if self._is_hidden(item, grant) else member
        return ObjectView(object=source, schema=self.snapshot.schema, grant=grant, members=members)

    def _is_hidden(self, item: Field, grant: Grant) -> bool:
        """A relation is one thing: who may not read one end of it can't read the other."""
        if item.id in grant.unreadable or item.relation is None:
            return item.id in grant.unreadable
        target = self.snapshot.objects.get(item.relation.target_object_id)
        return (
            target is not None
            and item.relation.target_field_id in self.role.grant(target).unreadable
        )

    def _members(self, item: Field) -> list[tuple[str, Member]]:
        relation = item.relation
        if relation is None:
            assert item.type is not None, item.name
            return [(item.name, Own(item, item.type))]
        target = self.snapshot.objects.get(relation.target_object_id)
        if target is None or not target.is_active:
            return []
        if relation.kind == "MANY_TO_ONE":
            assert item.type is not None, item.name
            return [
                (item.join_name, JoinId(item, item.type)),
                (item.name, ToOne(item, target.name_singular, item.columns[0])),
            ]
        inverse = target.fields_by_id.get(relation.target_field_id)
        if inverse is None or not inverse.is_active:
            return []
        return [(item.name, ToMany(item, target.name_singular, inverse.columns[0]))]
