"""Compiled statements by the shape of a request, and the plans of a miss.

One cache hangs on each view and dies with it. A hit costs one look-up; a miss plans,
compiles and keeps the result with the warnings that planning gave.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from icosa.catalog.view import View
from icosa.compile.statement import (
    ReadStatement,
    compile_by_ids,
    compile_merge_lock,
    compile_merging,
    compile_reads,
    compile_write,
)
from icosa.core.sql import Statement
from icosa.plan.duplicates import plan_duplicates
from icosa.plan.group import plan_group
from icosa.plan.merge import plan_merge
from icosa.plan.read import plan_read
from icosa.plan.search import plan_search
from icosa.plan.tree import MergePlan, ReadPlan, RecordPlan, WritePlan
from icosa.plan.write import plan_write
from icosa.request.ir import FindDuplicates, GroupBy, Merge, Read, Search, Write

STATEMENTS_MAX: Final = 2_000  # a view


@dataclass(frozen=True, slots=True)
class Reads:
    compiled: ReadStatement
    plans: tuple[ReadPlan, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    statement: Statement
    plan: WritePlan
    again: Statement | None  # reads the written records, where the selection leaves them
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merging:
    lock: Statement
    statement: Statement
    plan: MergePlan
    again: Statement | None  # reads the merged record, where the selection leaves it
    warnings: tuple[str, ...]


class Statements:
    """The statements of one view, at most `STATEMENTS_MAX`, least recently used first out."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._reads: OrderedDict[tuple[Read, ...], Reads] = OrderedDict()
        self._changes: OrderedDict[Write, Change] = OrderedDict()
        self._merges: OrderedDict[Merge, Merging] = OrderedDict()

    def reads(self, requests: tuple[Read, ...]) -> Reads:
        """Raises what planning raises; nothing is kept then."""
        found = self._reads.get(requests)
        if found is None:
            warnings: list[str] = []
            plans = tuple(self._plan(request, warnings) for request in requests)
            found = Reads(compile_reads(plans, self._view), plans, tuple(warnings))
            self._reads[requests] = found
            if len(self._reads) > STATEMENTS_MAX:
                self._reads.popitem(last=False)
        else:
            self._reads.move_to_end(requests)
        return found

    def _plan(self, request: Read, warnings: list[str]) -> ReadPlan:
        if isinstance(request, FindDuplicates):
            return plan_duplicates(request, self._view, warnings)
        if isinstance(request, GroupBy):
            return plan_group(request, self._view, warnings)
        if isinstance(request, Search):
            return plan_search(request, self._view)
        return plan_read(request, self._view, warnings)

    def change(self, request: Write) -> Change:
        found = self._changes.get(request)
        if found is None:
            found = self._compile(request)
            self._changes[request] = found
            if len(self._changes) > STATEMENTS_MAX:
                self._changes.popitem(last=False)
        else:
            self._changes.move_to_end(request)
        return found

    def merge(self, request: Merge) -> Merging:
        found = self._merges.get(request)
        if found is None:
            found = self._compile_merge(request)
            self._merges[request] = found
            if len(self._merges) > STATEMENTS_MAX:
                self._merges.popitem(last=False)
        else:
            self._merges.move_to_end(request)
        return found

    def _compile_merge(self, request: Merge) -> Merging:
        warnings: list[str] = []
        plan, record = plan_merge(request, self._view, warnings)
        again = None
        if plan.record is None:
            again = compile_by_ids(
                record, self._view, ids=request.shown, separator=request.separator
            )
        statement = compile_merging(plan, self._view)
        return Merging(compile_merge_lock(plan), statement, plan, again, tuple(warnings))

    def _compile(self, request: Write) -> Change:
        warnings: list[str] = []
        plan, record = plan_write(request, self._view, warnings)
        again = None if plan.record is not None else _again(plan, record, self._view)
        return Change(compile_write(plan, self._view), plan, again, tuple(warnings))


def _again(plan: WritePlan, record: RecordPlan, view: View) -> Statement:
    return compile_by_ids(record, view, ids=plan.slot, separator=plan.separator)
