"""The types of a plan: a request with every name resolved against a view.

Nothing here can fail any more: a plan always compiles. Names of the caller remain only as
keys of the answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal, TypeAlias

from icosa.catalog.view import JoinId, ObjectView, Own, ToMany, ToOne
from icosa.fields.base import FieldType
from icosa.fields.operators import Operand, Operator
from icosa.request.ir import Connect, DuplicatesBy, Merge, SearchAfter, Upsert

_COLUMN_LENGTH_MAX: Final = 50  # leaves room in a name of PostgreSQL's for `root_12_`

# -- what is shown of a record -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Value:
    """A field; `parts` are the (key, member) pairs selected of a composite."""

    key: str
    member: Own | JoinId
    parts: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class LiveId:
    """A join id shown beside its relation: null while the target is deleted (A2)."""

    key: str
    member: JoinId
    target: ObjectView


@dataclass(frozen=True, slots=True)
class Constant:
    """`__typename`."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """A name that does not exist: null, with a warning."""

    key: str


@dataclass(frozen=True, slots=True)
class One:
    key: str
    member: ToOne
    record: RecordPlan


@dataclass(frozen=True, slots=True)
class Many:
    key: str
    member: ToMany
    page: PagePlan


Output: TypeAlias = Value | LiveId | Constant | Nothing | One | Many


@dataclass(frozen=True, slots=True)
class RecordPlan:
    source: ObjectView
    outputs: tuple[Output, ...]


# -- a connection's own keys ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`avgEmployees`: one value over the records of a connection or a group."""

    name: str
    word: str  # "avg"; "total" counts the records themselves
    type: FieldType | None = None  # of what `columns` hold; None for a relation's far end
    columns: tuple[str, ...] = ()
    children: ToMany | None = None  # the related records, for a relation's far end

    @property
    def column(self) -> str:
        """What SQL calls it: its name, or a shorter one with a hash, as field names may be long."""
        if len(self.name) <= _COLUMN_LENGTH_MAX:
            return self.name
        digest = hashlib.sha256(self.name.encode()).hexdigest()[:8]
        return f"{self.name[: _COLUMN_LENGTH_MAX - 9]}_{digest}"


@dataclass(frozen=True, slots=True)
class LayoutItem:
    """A key of a connection or of its `pageInfo`. `part` says what stands there."""

    key: str
    part: Literal[
        "edges",
        "total",
        "aggregate",
        "dimensions",
        "pageInfo",
        "next",
        "previous",
        "start",
        "end",
        "typename",
        "null",
    ]
    of: tuple[LayoutItem, ...] = ()  # of pageInfo
    text: str = ""  # of typename
    aggregate: Aggregate | None = None


def aggregates_of(layout: Sequence[LayoutItem]) -> tuple[Aggregate, ...]:
    """Those that a layout shows, each once, in its order."""
    shown = (item.aggregate for item in layout)
    return tuple({each.name: each for each in shown if each is not None}.values())


@dataclass(frozen=True, slots=True)
class EdgeItem:
    key: str
    part: Literal["node", "cursor", "typename", "null"]
    text: str = ""


# -- which records, in which order ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Test:
    """`column operator operand`, on the record at the end of `hops`."""

    __test__ = False  # not a test case, whatever pytest thinks of its name

    hops: tuple[ToOne, ...]
    type: FieldType
    columns: tuple[str, ...]
    operator: Operator
    operand: Operand


@dataclass(frozen=True, slots=True)
class IsLive:
    """Not soft-deleted."""


@dataclass(frozen=True, slots=True)
class All:
    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    of: Condition


@dataclass(frozen=True, slots=True)
class Related:
    """Some, none or every one of the related records at the end of `hops` meets `of`."""

    hops: tuple[ToOne, ...]
    member: ToMany
    target: ObjectView
    quantifier: Literal["some", "none", "every"]
    of: Condition


Condition: TypeAlias = Test | IsLive | All | AnyOf | Not | Related


@dataclass(frozen=True, slots=True)
class OrderPlan:
    """One key of an order. `path` names it in cursors."""

    path: tuple[str, ...]
    hops: tuple[ToOne, ...]
    type: FieldType
    column: str
    descending: bool
    nulls_first: bool
    nullable: bool
    indexed: bool  # an index holds this key, nulls first


@dataclass(frozen=True, slots=True)
class CursorKey:
    """A cursor's value of the order key at the same place; `operand` None means null."""

    operand: Operand | None


@dataclass(frozen=True, slots=True)
class PagePlan:
    source: ObjectView
    where: Condition | None
    filtered: bool  # more than the soft-delete rule: then a total must be counted
    order: tuple[OrderPlan, ...]  # ends with the id
    limit: int
    backward: bool
    cursor: tuple[CursorKey, ...]  # as long as `order`, or empty
    offset: int
    record: RecordPlan | None  # None: no records are asked for
    edge: tuple[EdgeItem, ...]  # what stands in an edge
    wants: frozenset[str]  # of "total", "aggregates", "next", "previous", "start", "end"
    layout: tuple[LayoutItem, ...] | None  # of a connection; None is a bare array of records
    separator: int  # slot of the text between two records, at the root

    @property
    def bare(self) -> bool:
        """An edge that is nothing but its node: the envelope can write what is around it."""
        return len(self.edge) == 1 and self.edge[0].part == "node"

    @property
    def aggregates(self) -> tuple[Aggregate, ...]:
        """Those that are wanted, each once, in the order in which they are shown."""
        return aggregates_of(self.layout or ()) if "aggregates" in self.wants else ()


@dataclass(frozen=True, slots=True)
class FirstPlan:
    """The first record, by id, that meets `where`."""

    source: ObjectView
    where: Condition | None
    record: RecordPlan

    @property
    def by_id(self) -> bool:
        """Whether at most one record can meet `where`: then there is nothing to order or cut."""
        parts = self.where.of if isinstance(self.where, All) else (self.where,)
        return any(
            isinstance(part, Test)
            and part.columns == ("id",)
            and not part.hops
            and part.operator.name == "eq"
            for part in parts
        )


@dataclass(frozen=True, slots=True)
class DuplicatesPlan:
    """For each input the page of the records that are equal to it by some criterion."""

    source: ObjectView
    by: DuplicatesBy
    slot: int  # of the inputs
    criteria: tuple[tuple[str, ...], ...]  # columns that must all be equal
    page: PagePlan
    cost: int  # of what one input's page shows

    @property
    def where(self) -> Condition | None:
        return self.page.where


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What records are grouped by: a column, a period of the calendar, an array's item."""

    path: tuple[str, ...]  # as callers name it: `("company", "createdAt")`
    hops: tuple[ToOne, ...]
    type: FieldType
    column: str
    granularity: str = ""  # "MONTH"; empty for the value itself
    week_start: str = "MONDAY"
    is_instant: bool = False  # a moment, which is a day only in some time zone
    zone: Operand | None = None  # None is UTC
    unnest: bool = False  # a group for each item; records without items are in none


@dataclass(frozen=True, slots=True)
class GroupKey:
    """A key of the order of groups: one of their aggregates, or the dimension at a place."""

    by: Aggregate | int
    descending: bool
    nulls_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPlan:
    source: ObjectView
    where: Condition | None
    dimensions: tuple[Dimension, ...]
    aggregates: tuple[Aggregate, ...]  # shown or ordered by
    order: tuple[GroupKey, ...]  # dimensions decide last, in their own order
    limit: int
    layout: tuple[LayoutItem, ...]
    page: PagePlan  # which of a group's records are shown, and how
    plain: bool

    @property
    def shows_records(self) -> bool:
        return bool(self.page.edge) or bool(self.page.wants & {"start", "end"})


class Place(Enum):
    """Where an object stands among hits of the cursor's rank: what of those is still to come."""

    ALONE = "there is no cursor"
    BEFORE = "before the object of the last hit: none"
    LAST = "the object of the last hit: records after it"
    AFTER = "after the object of the last hit: all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """One object of a search."""

    source: ObjectView
    where: Condition | None
    fields: tuple[str, ...] | None  # ids of those whose words may be searched; None is all
    label: tuple[str, ...]  # columns
    image: str | None  # column
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlan:
    of: tuple[Searched, ...]  # in the order of hits of equal rank
    words: Literal["none", "one", "many"]
    text: int  # slot
    limit: int
    after: SearchAfter | None
    within: bool


ReadPlan: TypeAlias = PagePlan | FirstPlan | DuplicatesPlan | GroupPlan | SearchPlan


@dataclass(frozen=True, slots=True)
class WritePlan:
    """A change of the records that meet `where`; `columns` are written, from one JSON value."""

    kind: Literal["create", "update", "delete", "destroy", "restore"]
    source: ObjectView
    one: bool
    where: Condition | None
    columns: tuple[tuple[str, str], ...]  # (physical name, PostgreSQL type)
    positions: str  # "", "number", "first", "last" or "mixed": how the batch is placed
    record: RecordPlan | None  # None: only the ids are returned
    count_max: int | None  # how many records may be changed at once
    slot: int  # of the JSON value with what is written
    separator: int  # slot of the text between two records
    cascades: tuple[tuple[ObjectView, str], ...] = ()  # children deleted along, join column
    shared: tuple[tuple[str, str], ...] = ()  # columns whose values all records share
    connects: tuple[Connect, ...] = ()
    targets: Mapping[str, ObjectView] = field(default_factory=dict)  # of connects, by relation
    upsert: Upsert | None = None


# -- merges ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MergedField:
    type: FieldType
    columns: tuple[str, ...]
    points_home: bool  # a relation to records of the same object


@dataclass(frozen=True, slots=True)
class UniqueKey:
    columns: tuple[str, ...]
    among_live: bool  # deleted rows don't count


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointing:
    """A table with columns that point at the records to be merged."""

    schema: str
    table: str
    columns: tuple[str, ...]
    is_own: bool  # it is the table of those records
    unique: tuple[UniqueKey, ...]  # those that hold one of the columns


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan:
    request: Merge
    source: ObjectView
    fields: tuple[MergedField, ...]
    pointing: tuple[Pointing, ...]
    record: RecordPlan | None  # None: it is read by a second statement

    @property
    def where(self) -> Condition | None:
        """Records are named by their ids."""
        return None
