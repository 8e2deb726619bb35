"""The types of a request. Names are as the caller wrote them.

That names exist, and that this caller may use them, is `plan`'s to say. A request holds
its *shape* only: everything that the text of a statement may depend on. The values that
vary from run to run stand in a list beside it, and `Operand.slot` points into that list.
So two requests of one shape are equal, and the shape is the key under which a compiled
statement is kept. The types are msgspec structs because those keep their hash.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from icosa.fields.operators import Operand


class Entries(msgspec.Struct, frozen=True, cache_hash=True):
    """A JSON object, in the caller's order."""

    entries: tuple[tuple[str, Node], ...]


class Items(msgspec.Struct, frozen=True, cache_hash=True):
    """A JSON array whose structure matters, such as that of `and`."""

    items: tuple[Node, ...]


Node: TypeAlias = Entries | Items | Operand


class OrderKey(msgspec.Struct, frozen=True, cache_hash=True):
    """`{name: {firstName: DescNullsLast}}` is `("name", "firstName")`, `DescNullsLast`."""

    path: tuple[str, ...]
    direction: str | None  # None where the caller gave no string


class Arguments(msgspec.Struct, frozen=True, cache_hash=True):
    """What a list may be given, at the root and on nested connections alike."""

    filter: Node | None = None
    order: tuple[OrderKey, ...] = ()
    limit: int | None = None  # None: the default of the place of use
    backward: bool = False  # the page before the cursor; without one, the last page
    cursor: Node | None = None  # decoded
    offset: int = 0


NO_ARGUMENTS = Arguments()


class Pick(msgspec.Struct, frozen=True, cache_hash=True):
    """One selected name, with what is selected below it."""

    key: str  # in the answer
    name: str
    of: tuple[Pick, ...] | None = None
    arguments: Arguments = NO_ARGUMENTS
    plain: bool = False  # a related list as a bare array of records (REST), not a connection


class FindMany(msgspec.Struct, frozen=True, cache_hash=True, tag=True):
    """A page of records.

    `picks` are a connection's keys (`edges`, `totalCount`, …), or with `plain` the fields of
    each record (REST), which asks for the total and the page's ends as well.
    """

    object: str  # nameSingular
    arguments: Arguments
    limit: int  # of this page, with the dialect's default filled in
    picks: tuple[Pick, ...]
    separator: int  # slot of the text between two records of the answer
    plain: bool = False
    total: bool = True  # REST's `?total=false` leaves the total out


class FindOne(msgspec.Struct, frozen=True, cache_hash=True, tag=True):
    """The first record that a filter finds."""

    object: str
    filter: Node
    record: tuple[Pick, ...]


DuplicatesBy: TypeAlias = Literal["ids", "data"]


class FindDuplicates(msgspec.Struct, frozen=True, cache_hash=True, tag=True):
    """For each of several inputs the records that look the same, as a page of their own."""

    object: str
    by: DuplicatesBy
    slot: int  # of the ids, or of the data as rows; see `plan.duplicates`
    picks: tuple[Pick, ...]  # as those of `FindMany`
    plain: bool = False


class GroupBy(msgspec.Struct, frozen=True, cache_hash=True, tag=True):
    """Records in groups: of each its dimensions' values, aggregates, and some of its records.

    `by` and `order` are as they were sent: all of them but a time zone is in the shape.
    """

    object: str
    by: tuple[Node, ...]
    filter: Node | None
    order: tuple[Node, ...]
    limit: int  # of groups
    picks: tuple[Pick, ...]  # of a connection, and `groupByDimensionValues`
    records_order: tuple[OrderKey, ...] = ()
    records_offset: int = 0
    plain: bool = False  # REST: bare records, and aggregates as PostgreSQL's texts


class SearchAfter(msgspec.Struct, frozen=True, cache_hash=True):
    """The last hit of the page before."""

    object: str
    slot: int  # of its first rank; the second rank and its id follow


class Search(msgspec.Struct, frozen=True, cache_hash=True, tag=True):
    """The records of several objects that some words find, best first."""

    objects: tuple[str, ...]  # in the order of hits of equal rank
    words: Literal["none", "one", "many"]  # how many there are
    text: int  # slot of the words
    limit: int
    filter: Node | None  # of each object alike
    after: SearchAfter | None
    within: bool = False  # find the words anywhere in others, where none begins with them


Read: TypeAlias = FindMany | FindOne | FindDuplicates | GroupBy | Search

WriteKind: TypeAlias = Literal["create", "update", "delete", "destroy", "restore"]


class Connect(msgspec.Struct, frozen=True, cache_hash=True):
    """A relation set by a unique key of its target. The values stand in each row."""

    relation: str
    column: str  # the join column
    target: str  # nameSingular
    key: tuple[tuple[str, str], ...]  # (physical name in the target, PostgreSQL type)

    def value_name(self, place: int) -> str:
        """What a row calls the value of the key's column at `place`."""
        return f"#{self.relation}.{place}"


class Upsert(msgspec.Struct, frozen=True, cache_hash=True):
    keys: tuple[tuple[tuple[str, str], ...], ...]  # unique keys that some record fills
    always: tuple[str, ...]  # columns that every record gives
    sometimes: tuple[str, ...]  # columns that some give


class Write(msgspec.Struct, frozen=True, cache_hash=True, tag=True):
    """A change of records. Of what is written only its columns are part of the shape."""

    kind: WriteKind
    object: str
    one: bool  # one record by id or one to create; else many, by filter or in a batch
    filter: Node | None  # which records; None for create
    record: tuple[Pick, ...]
    columns: tuple[tuple[str, str], ...]  # (physical name, PostgreSQL type); see `plan.write`
    positions: str  # how a batch is placed; see `plan.write`
    slot: int  # of the JSON value with what is written
    separator: int  # of the text between two records of the answer
    shared: tuple[tuple[str, str], ...] = ()  # columns whose values all records share
    connects: tuple[Connect, ...] = ()
    upsert: Upsert | None = None


class Merge(msgspec.Struct, frozen=True, cache_hash=True, tag=True):
    """Several records made one. All but which of it is shown are values, by their slots."""

    object: str
    record: tuple[Pick, ...]  # what is shown, and merged
    dry_run: bool
    columns: tuple[tuple[str, str], ...]  # of the actor; as those of `Write`
    ids: int  # of all records, in the caller's order
    losers: int  # the ids without the survivor's
    survivor: int
    shown: int  # a list of the survivor's id, by which it is read again
    fresh: int  # the id that a dry run shows
    actor: int  # of the JSON value with who merges
    separator: int


Request: TypeAlias = Read | Write | Merge
