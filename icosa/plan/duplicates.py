"""Duplicates: which columns tell that two records are the same, and what is shown of them.

An object's criteria name columns as the contract composes them, `nameFirstName`. One that is
no text, or that the role may not read, can't tell anything: its criterion is left out. What
is shown does not decide what is compared (contract/README.md, rule 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from icosa.catalog.view import ObjectView, Own, View
from icosa.core.caller import Caller
from icosa.core.errors import DataInvalid, Forbidden, TooComplex
from icosa.core.identity import RecordIds
from icosa.plan.encode import Encoder
from icosa.plan.read import NODE_ONLY, Connection, Selection, read_connection, readable_object
from icosa.plan.tree import DuplicatesPlan, LayoutItem
from icosa.request.duplicates import DUPLICATES_MAX
from icosa.request.ir import NO_ARGUMENTS, FindDuplicates
from icosa.request.limits import RELATED_RECORDS_MAX

ORDINAL: Final = "#"  # the place of an input
_ROWS: Final = 0  # any separator: edges are bare records
_PAGE_INFO: Final = tuple(
    LayoutItem(key, part)  # type: ignore[arg-type]  # of these four
    for key, part in (
        ("hasNextPage", "next"),
        ("hasPreviousPage", "previous"),
        ("startCursor", "start"),
        ("endCursor", "end"),
    )
)


def plan_duplicates(request: FindDuplicates, view: View, warnings: list[str]) -> DuplicatesPlan:
    """Raises `Forbidden`, `TooComplex`."""
    source = readable_object(request.object, view)
    selection = Selection(view, warnings)
    connection = (
        _plain_connection(source, request)
        if request.plain
        else read_connection(request.picks, source, selection)
    )
    page = selection.page(
        NO_ARGUMENTS,
        source,
        connection,
        limit=DUPLICATES_MAX,
        separator=_ROWS if request.plain else -1,
    )
    return DuplicatesPlan(
        source=source,
        by=request.by,
        slot=request.slot,
        criteria=criteria(source),
        page=page,
        cost=selection.cost,
    )


def criteria(source: ObjectView) -> tuple[tuple[str, ...], ...]:
    """The physical columns of each criterion that holds for this role."""
    texts = {
        f"{name}{column.suffix}": physical
        for name, member in source.own.items()
        if isinstance(member, Own)
        for physical, column in zip(member.field.columns, member.type.columns(), strict=True)
        if column.pg_type == "text"
    }
    return tuple(
        tuple(texts[name] for name in names)
        for names in source.object.duplicate_criteria or ()
        if names and all(name in texts for name in names)
    )


def columns_of(found: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns of all criteria, each once."""
    return tuple(dict.fromkeys(name for names in found for name in names))


def read_data(
    records: Sequence[object], source: ObjectView, view: View, caller: Caller, ids: RecordIds
) -> list[dict[str, object]]:
    """Data as it would be stored, as far as it is compared. Raises `DataInvalid`, `Forbidden`.

    Comparing needs no right to write.
    """
    compared = (*columns_of(criteria(source)), "id")
    unbound = replace(source, grant=replace(source.grant, unwritable=frozenset()))
    rows: list[dict[str, object]] = []
    for place, record in enumerate(records):
        try:
            row = Encoder(unbound, view, caller, ids).update(record).rows[0]
        except (DataInvalid, Forbidden) as error:
            if len(records) > 1 and error.path[:1] == ("data",):
                error.path = ("data", place, *error.path[1:])
            raise
        rows.append({ORDINAL: place, **{name: row.get(name) for name in compared}})
    return rows


@dataclass(frozen=True, slots=True)
class Inputs:
    """Ids, or rows as JSON; refused where there are too many for what each is to show."""

    cost: int  # of one input
    as_json: bool

    def __call__(self, value: object) -> object:
        assert isinstance(value, list)
        if self.cost * len(value) > RELATED_RECORDS_MAX:
            raise TooComplex(
                "Query complexity is too high. Please, reduce the amount of relation fields "
                f"requested. Query complexity: {self.cost * len(value)}. Maximum complexity: "
                f"{RELATED_RECORDS_MAX}.",
                hint="Ask for the duplicates of fewer records at once.",
            )
        return msgspec.json.encode(value).decode() if self.as_json else value


def _plain_connection(source: ObjectView, request: FindDuplicates) -> Connection:
    """`{"personDuplicates":[…],"totalCount":2,"pageInfo":{…}}` (B1)."""
    layout = (
        LayoutItem(f"{source.object.name_singular}Duplicates", "edges"),
        LayoutItem("totalCount", "total"),
        LayoutItem("pageInfo", "pageInfo", _PAGE_INFO),
    )
    wants = frozenset(("total", "next", "previous", "start", "end"))
    return Connection(layout, request.picks, NODE_ONLY, wants)
