"""Upsert: by which keys a batch may find stored records, and what it would set (A6).

A key takes part for a record only if the record fills it. What a record did not give must
stay as it is, so where the records of a batch differ in what they give, each row says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from icosa.catalog.view import ObjectView
from icosa.plan.connect import Row, unique_keys
from icosa.request.ir import Upsert

GIVEN_ID: Final = "#id"
GIVEN: Final = "#given"
# What an upsert never changes of a record that is there, whoever gives it.
_KEPT: Final = ("id", "createdAt", "deletedAt")
_KEPT_ACTOR: Final = "createdBy"


def given_columns(row: Row) -> list[str]:
    return [name for name in row if not name.startswith("#")]


def upsert_shape(rows: Sequence[Row], source: ObjectView, names: Iterable[str]) -> Upsert:
    """The keys that some record fills, and which of `names` all or some of them give."""
    actor = source.members.get(_KEPT_ACTOR)
    kept = {*_KEPT, *(actor.field.columns if actor is not None else ())}
    given = [set(_given(row)) - kept for row in rows]
    everywhere = set.intersection(*given) if given else set()
    somewhere = set.union(*given) if given else set()
    keys = tuple(
        key.columns
        for key in unique_keys(source)
        if any(_fills(row, tuple(name for name, _ in key.columns)) for row in rows)
    )
    order = [name for name in names if name in somewhere]
    return Upsert(
        keys=keys,
        always=tuple(name for name in order if name in everywhere),
        sometimes=tuple(name for name in order if name not in everywhere),
    )


def fold(rows: Sequence[Row], groups: Sequence[Sequence[int]]) -> list[Row]:
    """The rows with each group, which is one stored record, made one; later values win."""
    into = {place: min(group) for group in groups for place in group}
    folded: dict[int, Row] = {}
    for row in rows:
        place = row["#"]
        assert isinstance(place, int)
        first = into.get(place, place)
        if first not in folded:
            folded[first] = dict(row)
            continue
        kept = folded[first]
        given = _given(row)
        kept.update({name: row[name] for name in given})
        kept[GIVEN] = list(dict.fromkeys((*_given(kept), *given)))
        kept[GIVEN_ID] = row.get(GIVEN_ID) or kept.get(GIVEN_ID)
    return list(folded.values())


def same_keys(rows: Sequence[Row], upsert: Upsert | None) -> tuple[int, int] | None:
    """The places of two records of a batch that have one unique key, if there are."""
    for key in () if upsert is None else upsert.keys:
        names = tuple(name for name, _ in key)
        seen: dict[tuple[object, ...], int] = {}
        for place, row in enumerate(rows):
            if _fills(row, names):
                values = tuple(row[GIVEN_ID if name == "id" else name] for name in names)
                if values in seen:
                    return seen[values], place
                seen[values] = place
    return None


def _given(row: Row) -> list[str]:
    given = row[GIVEN]
    assert isinstance(given, list)
    return given


def _fills(row: Row, names: tuple[str, ...]) -> bool:
    if names == ("id",):
        return row.get(GIVEN_ID) is not None
    return all(row.get(name) is not None for name in names)
