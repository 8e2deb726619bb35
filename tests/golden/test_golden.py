"""Every golden case: what it is answered with, and by which statements.

`ICOSA_GOLDEN=update` writes the expected files anew, never in CI; `ICOSA_GOLDEN=sql` renews the
statements alone, while the answers must stay as they are.
"""

import json
import os
from collections.abc import Sequence

import pytest

from icosa.db.pool import Connection, Database
from tests.build import Running
from tests.golden.case import (
    Asked,
    Case,
    Json,
    as_rest,
    cases,
    faults,
    fill,
    printed_json,
    printed_sql,
    shown,
    texts,
)

Statements = list[tuple[str, Sequence[object]]]

CASES = cases()
TWINS = [case for case in CASES if case.rest() and case.graphql()]


def test_there_are_enough_requests() -> None:
    assert len(CASES) + len(TWINS) >= 40


def test_files_are_not_renewed_in_ci() -> None:
    assert not (os.environ.get("CI") == "true" and os.environ.get("ICOSA_GOLDEN"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_answered_as_before(
    case: Case, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [one for one in (case.rest(), case.graphql()) if one is not None]
    writes = any(one.writes for one in asked)
    app: Running = request.getfixturevalue("refilled_app" if writes else "golden_app")
    run = Run(app, monkeypatch)

    first, *twin = asked
    answer, sql = run.case(first)
    check(case, answer, sql)

    for other in twin:
        if writes:
            run.refill()
        twin_answer, twin_sql = run.case(other)
        if first.expect[1:] == ():  # those of a fault may select less
            assert texts(twin_sql) == texts(sql), "the twins' statements differ"
        assert as_rest(twin_answer["body"]) == _in_short(answer["body"])


def _in_short(body: Json) -> Json:
    """Of an error only the messages: the rest is each dialect's own."""
    return body.get("messages", body) if isinstance(body, dict) else body


def check(case: Case, answer: object, sql: str) -> None:
    """Against the files, or into them."""
    mode = os.environ.get("ICOSA_GOLDEN", "")
    if mode == "update":
        case.json.write_text(printed_json(answer))
    if mode in ("update", "sql"):
        case.sql.write_text(sql)
    assert answer == json.loads(case.json.read_text())
    assert sql == case.sql.read_text()


class Run:
    """Sends requests and keeps the statements that they caused."""

    def __init__(self, app: Running, monkeypatch: pytest.MonkeyPatch) -> None:
        self._app = app
        self._schema = app.schema()
        self._statements: Statements = []
        for door in (Database, Connection):
            self._watch(door, monkeypatch)

    def case(self, asked: Asked) -> tuple[dict[str, Json], str]:
        self._statements.clear()
        response = asked.send(self._app)
        assert faults(response) == asked.expect, response.text
        return shown(response), printed_sql(self._statements, self._schema)

    def refill(self) -> None:
        self._app.clear()
        fill(self._app)

    def _watch(
        self, door: type[Database] | type[Connection], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plain = door.row

        async def row(
            this: object, text: str, params: Sequence[object] = (), **more: bool
        ) -> object:
            if self._schema in text:
                self._statements.append((text, params))
            return await plain(this, text, params, **more)  # type: ignore[arg-type]  # either door

        monkeypatch.setattr(door, "row", row)
