"""What a merge is asked for, with the contract's refusals (records contract, A6).

Called for GraphQL's arguments and REST's body alike, so a fault is worded once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from icosa.catalog.snapshot import Object
from icosa.core.errors import ArgumentInvalid, RecordNotFound
from icosa.core.identity import is_uuid
from icosa.core.inspect import inspect

RECORDS_MIN: Final = 2
RECORDS_MAX: Final = 9
NOT_FOUND: Final = "One or more records not found"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeArguments:
    ids: tuple[str, ...]
    survivor: str  # one of them
    dry_run: bool

    @property
    def losers(self) -> tuple[str, ...]:
        return tuple(each for each in self.ids if each != self.survivor)


def read_merge(raw: Mapping[str, object], source: Object) -> MergeArguments:
    """Raises `ArgumentInvalid`, `RecordNotFound`; null counts as absent."""
    ids = raw.get("ids")
    if ids is None:
        raise ArgumentInvalid('Missing required argument: "ids" (array)', path=("ids",))
    if not isinstance(ids, list):
        raise ArgumentInvalid('Invalid argument: "ids" must be an array', path=("ids",))
    priority = _priority(raw)
    dry_run = raw.get("dryRun")
    if dry_run is not None and not isinstance(dry_run, bool):
        raise ArgumentInvalid('Invalid argument: "dryRun" must be a boolean', path=("dryRun",))
    if not source.duplicate_criteria:
        raise ArgumentInvalid(
            "Merge is only available for objects with duplicate criteria. Object "
            f"'{source.name_singular}' does not have duplicate criteria defined."
        )
    found = _ids(ids)
    if priority not in range(len(found)):
        raise ArgumentInvalid(
            f"Invalid conflict priority '{inspect(priority)}'. Valid options for {len(found)} "
            f"records: 0-{len(found) - 1}",
            path=("conflictPriorityIndex",),
        )
    return MergeArguments(ids=found, survivor=found[int(priority)], dry_run=dry_run is True)


def _priority(raw: Mapping[str, object]) -> int | float:
    priority = raw.get("conflictPriorityIndex")
    if priority is None:
        raise ArgumentInvalid(
            'Missing required argument: "conflictPriorityIndex" (number)',
            path=("conflictPriorityIndex",),
        )
    if isinstance(priority, bool) or not isinstance(priority, int | float):
        raise ArgumentInvalid(
            'Invalid argument: "conflictPriorityIndex" must be a number',
            path=("conflictPriorityIndex",),
        )
    return priority


def _ids(items: list[object]) -> tuple[str, ...]:
    if len(items) < RECORDS_MIN:
        raise ArgumentInvalid(
            f"At least {RECORDS_MIN} record IDs are required for merge", path=("ids",)
        )
    if len(items) > RECORDS_MAX:
        raise ArgumentInvalid(f"Maximum {RECORDS_MAX} records can be merged at once", path=("ids",))
    found: list[str] = []
    for place, item in enumerate(items):
        if not isinstance(item, str) or not is_uuid(item):
            raise ArgumentInvalid(
                f'Invalid UUID value {inspect(item)} for field "id"', path=("ids", place)
            )
        found.append(item.lower())
    if len(set(found)) < len(found):
        error = RecordNotFound(NOT_FOUND)
        error.hint = "The same id was given twice."
        raise error
    return tuple(found)
