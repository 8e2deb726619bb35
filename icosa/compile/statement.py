"""Whole statements: reads, several reads in one, writes.

Every statement gives one row. What stands in it is said beside the text, so that an
envelope finds its parts by position.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from icosa.catalog.view import View
from icosa.compile.duplicates import compile_duplicates
from icosa.compile.group import compile_groups
from icosa.compile.merge import compile_lock, compile_merge
from icosa.compile.read import Reader
from icosa.compile.search import compile_search
from icosa.compile.write import Writer
from icosa.core.sql import Sql, Statement, ident, join, render, sql
from icosa.plan.tree import (
    DuplicatesPlan,
    FirstPlan,
    GroupPlan,
    LayoutItem,
    MergePlan,
    PagePlan,
    ReadPlan,
    RecordPlan,
    SearchPlan,
    WritePlan,
)


@dataclass(frozen=True, slots=True)
class Root:
    """Where the parts of one read stand in the statement's row."""

    columns: dict[str, int]  # "records", "total", "next", …, aggregates; or "record"
    layout: tuple[LayoutItem, ...] | None  # of a connection
    bare: bool  # records stand without the edge around them
    node_key: str  # the key of the node in a bare edge


@dataclass(frozen=True, slots=True)
class ReadStatement:
    statement: Statement
    roots: tuple[Root, ...]


def compile_reads(plans: Sequence[ReadPlan], view: View) -> ReadStatement:
    """One statement for all of `plans`: a cross join of their single rows."""
    reader = Reader(view)
    texts = [_text(plan, reader) for plan in plans]
    roots: list[Root] = []
    start = 0
    for plan in plans:
        names = _names(plan)
        roots.append(_root(plan, {name: start + n for n, name in enumerate(names)}))
        start += len(names)
    if len(plans) == 1:
        return ReadStatement(render(texts[0]), tuple(roots))
    columns: list[Sql] = []
    sources: list[Sql] = []
    for number, (plan, text) in enumerate(zip(plans, texts, strict=True)):
        alias = f"root_{number + 1}"
        sources.append(sql("({text}) as {alias}", text=text, alias=ident(alias)))
        columns += (
            sql("{c} as {name}", c=ident(alias, name), name=ident(f"{alias}_{name}"))
            for name in _names(plan)
        )
    whole = sql(
        "select {columns}\nfrom {sources}",
        columns=join(", ", columns),
        sources=join(",\n", sources),
    )
    return ReadStatement(render(whole), tuple(roots))


def compile_write(plan: WritePlan, view: View) -> Statement:
    """One row: `records` (or `ids`) and `count`."""
    return render(Writer(view).write(plan))


def compile_by_ids(record: RecordPlan, view: View, *, ids: int, separator: int) -> Statement:
    """The written records again, for a selection that leaves them (amendments, 3)."""
    return render(Writer(view).by_ids(record, ids=ids, separator=separator))


def compile_merge_lock(plan: MergePlan) -> Statement:
    """One row: `count` of the live records, which are locked now."""
    return render(compile_lock(plan))


def compile_merging(plan: MergePlan, view: View) -> Statement:
    """One row: `records`, and of a dry run `count`."""
    return render(compile_merge(plan, view))


def _text(plan: ReadPlan, reader: Reader) -> Sql:
    match plan:
        case FirstPlan():
            return reader.first(plan)
        case PagePlan():
            return reader.page(plan)
        case DuplicatesPlan():
            return compile_duplicates(plan, reader)
        case GroupPlan():
            return compile_groups(plan, reader)
        case SearchPlan():
            return compile_search(plan, reader)
        case _:
            assert_never(plan)


def _names(plan: ReadPlan) -> list[str]:
    if isinstance(plan, FirstPlan):
        return ["record"]
    if isinstance(plan, DuplicatesPlan):
        return ["records"]
    if isinstance(plan, GroupPlan):
        return ["groups"]
    if isinstance(plan, SearchPlan):
        return ["hits"]
    names = ["records"] if plan.record is not None or plan.edge else []
    extra = "previous" if plan.backward else "next"
    ends = [extra, *(("end", "start") if plan.backward else ("start", "end"))]
    behind = "next" if plan.backward else "previous"
    names += [name for name in (*ends, behind, "total") if name in plan.wants]
    names += [each.column for each in plan.aggregates]
    return names or ["nothing"]


def _root(plan: ReadPlan, columns: dict[str, int]) -> Root:
    if not isinstance(plan, PagePlan):
        return Root(columns, None, bare=True, node_key="")
    return Root(columns, plan.layout, plan.bare, plan.edge[0].key if plan.bare else "")
