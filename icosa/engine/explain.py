"""What would be done for a request: its plan and statements, and how PostgreSQL runs them.

A `Recorder` stands in for the engine: the front ends hand it the same requests, and it
keeps what it would have run. Nothing is run but EXPLAIN; with `analyze`, reads are, in a
transaction that can't write.

Whether an index serves a filter or an order is PostgreSQL's own answer: each is planned by
itself with sequential scans and sorts made unattractive, so that an empty table says the
same as a large one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn

import msgspec

from icosa.catalog.view import ObjectView, View
from icosa.compile.condition import where
from icosa.compile.scope import Aliases, Scope
from icosa.compile.statement import compile_reads
from icosa.core.sql import Statement, render, sql
from icosa.db.pool import Connection, Database
from icosa.engine.run import Engine, Values
from icosa.engine.statements import Change, Statements
from icosa.plan.tree import (
    All,
    AnyOf,
    Condition,
    IsLive,
    Not,
    OrderPlan,
    PagePlan,
    ReadPlan,
    Related,
    Test,
    WritePlan,
)
from icosa.request.ir import Read, Write

Plan = ReadPlan | WritePlan
Node = dict[str, Any]  # of EXPLAIN's JSON

_ANALYZE: Final = "explain (analyze, buffers)\n"
_EXPLAIN: Final = "explain\n"
_AS_JSON: Final = "explain (format json)\n"
_PREFER_INDEXES: Final = (
    "set local enable_seqscan = off",
    "set local enable_sort = off",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One statement, and what it came from."""

    requests: tuple[Read, ...] | tuple[Write]
    plans: tuple[Plan, ...]
    statement: Statement
    values: tuple[object, ...]
    warnings: tuple[str, ...]
    is_read: bool = True
    is_second: bool = False  # reads what the write before it has written

    def params(self) -> list[object]:
        """The statement's parameters. Raises what a value deserves."""
        return self.statement.bind(self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Whether an index serves a condition or an order."""

    subject: str  # "filter name.firstName ilike"
    is_served: bool


class Recorded(Exception):
    """A read was recorded; there is no answer to go on with."""


class Recorder(Engine):
    """Keeps what it is asked for. It has no database, as it runs nothing."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    async def read(self, requests: tuple[Read, ...], values: Values, view: View) -> NoReturn:
        """Raises `Recorded`, and what planning raises."""
        reads = view.make(Statements).reads(requests)
        self.steps.append(
            Step(
                requests=requests,
                plans=reads.plans,
                statement=reads.compiled.statement,
                values=tuple(values),
                warnings=reads.warnings,
            )
        )
        raise Recorded

    async def write(
        self, request: Write, values: Values, view: View
    ) -> tuple[bytes | None, Change]:
        """Raises what planning raises; the records that it gives are empty."""
        change = view.make(Statements).change(request)
        step = Step(
            requests=(request,),
            plans=(change.plan,),
            statement=change.statement,
            values=tuple(values),
            warnings=change.warnings,
            is_read=False,
        )
        self.steps.append(step)
        if change.again is not None:
            no_ids = [*values]
            no_ids[change.plan.slot] = []
            self.steps.append(
                replace(
                    step,
                    statement=change.again,
                    values=tuple(no_ids),
                    warnings=(),
                    is_read=True,
                    is_second=True,
                )
            )
        return b"{}", change


async def explain(database: Database, step: Step, *, analyze: bool = False) -> list[str]:
    """PostgreSQL's plan, line by line; with `analyze` a read is run for it."""
    assert step.is_read or not analyze, "EXPLAIN ANALYZE runs what it explains"
    prefix = _ANALYZE if analyze else _EXPLAIN
    async with database.transaction() as connection:
        await connection.execute("set transaction read only")
        rows = await connection.rows(prefix + step.statement.text, step.params())
    return [str(row[0]) for row in rows]


async def findings(database: Database, step: Step, view: View) -> list[Finding]:
    """Which of the conditions and orders of a request's roots an index serves."""
    found: list[Finding] = []
    if step.is_second:
        return found
    async with database.transaction() as connection:
        for text in _PREFER_INDEXES:
            await connection.execute(text)
        for plan in step.plans:
            for source, test in _tests(plan.where, plan.source, view):
                is_served = await _is_test_served(connection, test, source, view, step)
                found.append(Finding(subject=_test_name(test), is_served=is_served))
            if isinstance(plan, PagePlan) and step.is_read and plan.order[1:]:
                alone = compile_reads((plan,), view).statement
                is_sorted = _sorts_records(await _planned(connection, alone, step))
                found.append(Finding(subject=_order_name(plan.order), is_served=not is_sorted))
    return list(dict.fromkeys(found))


# -- conditions ------------------------------------------------------------------------


def _tests(
    of: Condition | None, source: ObjectView, view: View
) -> Iterator[tuple[ObjectView, Test]]:
    """Each comparison, with the object whose table it is made on."""
    match of:
        case Test():
            target = view.object(of.hops[-1].target) if of.hops else source
            assert target is not None
            yield target, of
        case All() | AnyOf():
            for item in of.of:
                yield from _tests(item, source, view)
        case Not():
            yield from _tests(of.of, source, view)
        case Related():
            yield from _tests(of.of, of.target, view)
        case IsLive() | None:
            return


async def _is_test_served(
    connection: Connection, test: Test, source: ObjectView, view: View, step: Step
) -> bool:
    """Whether a comparison alone, on live records, is an index's condition."""
    scope = Scope(source, view, Aliases())
    condition = where(All((IsLive(), replace(test, hops=()))), scope)
    alone = render(sql("select from {source}{where}", source=scope.source_sql(), where=condition))
    plan = await _planned(connection, alone, step)
    return any("Index Cond" in node for node in _nodes(plan))


def _test_name(test: Test) -> str:
    hops = "".join(f"{hop.field.name}." for hop in test.hops)
    return f"filter {hops}{test.type.name} {test.operator.name}"


# -- orders ----------------------------------------------------------------------------


def _sorts_records(plan: Node) -> bool:
    """Whether rows of a table are sorted, and not only those of a page put in order."""
    return any(
        node["Node Type"] == "Sort" and any("Relation Name" in below for below in _nodes(node))
        for node in _nodes(plan)
    )


def _order_name(order: Sequence[OrderPlan]) -> str:
    return "order " + ", ".join(".".join(key.path) for key in order)


# -- EXPLAIN ---------------------------------------------------------------------------


async def _planned(connection: Connection, statement: Statement, step: Step) -> Node:
    row = await connection.row(_AS_JSON + statement.text, statement.bind(step.values))
    assert row is not None
    plan: Node = msgspec.json.decode(row[0])[0]["Plan"]
    return plan


def _nodes(plan: Node) -> Iterator[Node]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
