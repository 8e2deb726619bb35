"""The aggregates of an object's records: what each name computes (records contract, A2).

`totalCount`, and of each field but the ends of plain relations `countEmptyName`,
`minCreatedAt`, `sumAmountAmountMicros`, …: five words that all types have, then those that
the type lists. Made once for an object of a view. Of a field that the role may not read
the names are there as well: they are forbidden, not unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from icosa.catalog.snapshot import Field
from icosa.catalog.view import Hidden, JoinId, Member, ObjectView, ToMany, ToOne, View
from icosa.core.errors import Forbidden
from icosa.fields.base import FieldType
from icosa.fields.composite import Composite, capital
from icosa.plan.filter import unreadable
from icosa.plan.tree import Aggregate

TOTAL: Final = "totalCount"
COMMON_WORDS: Final = (
    "countUniqueValues",
    "countEmpty",
    "countNotEmpty",
    "percentageEmpty",
    "percentageNotEmpty",
)


class Aggregates:
    """Those of a view's objects; had by `view.make(Aggregates)`."""

    def __init__(self, view: View) -> None:
        del view  # objects come with their own rights
        self._made: dict[str, Mapping[str, Aggregate | Hidden]] = {}

    def of(self, source: ObjectView) -> Mapping[str, Aggregate | Hidden]:
        """By the name that callers use, in the contract's order."""
        name = source.object.name_singular
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = dict(_named(source))
        return found


def find_aggregate(name: str, source: ObjectView, view: View) -> Aggregate | None:
    """The aggregate of that name, or None where there is none. Raises `Forbidden`."""
    found = view.make(Aggregates).of(source).get(name)
    if isinstance(found, Hidden):
        raise unreadable(found, source)
    if found is not None and not _may_count(found, view):
        raise Forbidden(path=(source.object.name_singular, name))
    return found


def readable_aggregates(source: ObjectView, view: View) -> Mapping[str, Aggregate]:
    """What the role may know of: for schemas and suggestions."""
    found = view.make(Aggregates).of(source)
    return {
        name: each
        for name, each in found.items()
        if isinstance(each, Aggregate) and _may_count(each, view)
    }


def _may_count(of: Aggregate, view: View) -> bool:
    """Counting related records is reading them."""
    if of.children is None:
        return True
    target = view.object(of.children.target)
    return target is not None and target.grant.read


def _named(source: ObjectView) -> Iterator[tuple[str, Aggregate | Hidden]]:
    yield TOTAL, Aggregate(TOTAL, "total")
    for name, member in source.members.items():
        field = member.field
        if name != field.name or _is_plain_relation(field):
            continue
        for aggregate in _of_member(member, field):
            yield aggregate.name, member if isinstance(member, Hidden) else aggregate


def _is_plain_relation(field: Field) -> bool:
    return field.relation is not None and field.morph_id is None


def _of_member(member: Member, field: Field) -> Iterator[Aggregate]:
    suffix = capital(field.name)
    children = member if isinstance(member, ToMany) else None
    for word in COMMON_WORDS:
        yield Aggregate(f"{word}{suffix}", word, field.type, field.columns, children)
    if field.type is None or isinstance(member, ToOne | JoinId):
        return
    of, columns = _aggregated(field.type, field.columns)
    suffix += capital(field.type.aggregate_member)
    for word in field.type.aggregates:
        yield Aggregate(f"{word}{suffix}", word, of, columns)


def _aggregated(of: FieldType, columns: tuple[str, ...]) -> tuple[FieldType, tuple[str, ...]]:
    """The type and the column that `min`, `sum`, … are of."""
    if not isinstance(of, Composite) or not of.aggregate_member:
        return of, columns
    place = list(of.members()).index(of.aggregate_member)
    return of.members()[of.aggregate_member], (columns[place],)
