"""The commands that show: explain, doctor, openapi, schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import typer
from graphql import build_schema
from openapi_spec_validator import validate
from typer.testing import CliRunner, Result

from icosa.access import roles
from icosa.changes.model import ModelChanges
from icosa.commands import doctor, explain, openapi, schema
from icosa.commands.door import CommandFailed
from icosa.core.errors import ApiError
from icosa.db.pool import Database
from icosa.settings import Settings
from tests.postgres import TestServer, run_apart

ID = "0f5a4f1e-94b1-4c0e-9f5e-2b8f6f1f7a01"

application = typer.Typer()
for command in (explain.explain, doctor.doctor, openapi.openapi, schema.schema):
    application.command()(command)

Icosa = Callable[..., Result]


@dataclass(frozen=True)
class Place:
    url: str
    icosa: Icosa

    def sql(self, text: str) -> list[Any]:
        return run_apart(_sql(self.url, text))

    def lines(self, *arguments: str) -> list[str]:
        done = self.icosa(*arguments)
        assert done.exit_code == 0, done.output
        return [line.strip() for line in done.output.splitlines()]


async def _sql(url: str, text: str) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        return list(await connection.fetch(text))
    finally:
        await connection.close()


async def _furnish(url: str) -> None:
    database = await Database.open(url, size=1, slow_size=1)
    try:
        for name in ("main", "second"):
            made = await ModelChanges(database).create_workspace(name)
            await roles.create_defaults(database, made)
    finally:
        await database.close()


@pytest.fixture(scope="module")
def furnished(server: TestServer, template_database: str) -> Iterator[str]:
    """The name of a database with two workspaces."""
    name = server.create(template_database)
    run_apart(_furnish(server.url(name)))
    yield name
    server.drop(name)


def _place(url: str, folder: Path) -> Place:
    environment = {"DATABASE_URL": url, "ICOSA_DATA_DIR": str(folder)}

    def icosa(*arguments: str) -> Result:
        return CliRunner().invoke(application, arguments, env=environment)

    return Place(url, icosa)


@pytest.fixture(scope="module")
def place(server: TestServer, furnished: str, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Shared by tests that only look."""
    return _place(server.url(furnished), tmp_path_factory.mktemp("data"))


@pytest.fixture
def own_place(server: TestServer, furnished: str, tmp_path: Path) -> Iterator[Place]:
    """A test's own, to break."""
    with server.database(furnished) as url:
        yield _place(url, tmp_path)


def section(lines: list[str], title: str) -> list[str]:
    start = lines.index(title) + 1
    return lines[start : lines.index("", start)]


# -- explain -----------------------------------------------------------------------------


def test_a_rest_request_is_told_from_understanding_to_plan(place: Place) -> None:
    lines = place.lines(
        "explain",
        'GET /rest/people?filter=name.firstName[ilike]:"%jo%",company.name[eq]:Air'
        "&order_by=jobTitle&limit=5&total=false",
    )

    assert section(lines, "Request")[0] == "find many of person"
    assert "limit 5" in section(lines, "Request")
    condition = "where live and name.firstName ilike '%jo%' and company.name eq 'Air'"
    assert condition in section(lines, "Plan")
    assert "order jobTitle nulls first, id" in section(lines, "Plan")
    assert any("ilike $1::text" in line for line in section(lines, "SQL"))
    assert section(lines, "Parameters")[:2] == ["$1 text = '%jo%'", "$2 text = 'Air'"]
    assert any("Limit" in line for line in section(lines, "PostgreSQL"))


def test_a_graphql_document_is_told_as_well(place: Place) -> None:
    lines = place.lines(
        "explain",
        "query ($n: Int) { companies(first: $n) { totalCount edges { node { id nam } } } }",
        "--variables",
        '{"n": 7}',
    )

    assert "limit 7" in section(lines, "Request")
    assert "record id, nam (unknown: null)" in section(lines, "Plan")
    assert section(lines, "Warnings") == [
        'Cannot query field "nam" on type "Company". Did you mean "name"?'
    ]


def test_what_has_an_index_and_what_has_none_is_said(place: Place) -> None:
    lines = place.lines(
        "explain",
        'GET /rest/companies?filter=name[ilike]:"%a%",id[eq]:' + ID + ",name[startsWith]:A"
        "&order_by=createdAt[DescNullsLast]",
    )
    sorted_lines = place.lines("explain", "GET /rest/people?order_by=jobTitle")

    found = dict(line.split(": ", 1) for line in section(lines, "Indexes"))
    assert found["filter name ilike"].startswith("index ")
    assert found["filter id eq"].startswith("index ")
    assert found["filter name startsWith"] == "no index; it is checked record by record"
    assert found["order createdAt, id"].startswith("index ")
    assert section(sorted_lines, "Indexes") == [
        "order jobTitle, id: no index; all records that match are read and sorted"
    ]


@pytest.mark.parametrize(
    "request_",
    [
        'POST /rest/people {"jobTitle": "Pilot", "company": {"disconnect": true}}',
        f'PATCH /rest/people/{ID}?depth=1 {{"jobTitle": "Pilot"}}',
        f"DELETE /rest/people/{ID}?soft_delete=true",
        f'mutation {{ destroyPeople(filter: {{id: {{eq: "{ID}"}}}}) {{ id }} }}',
        'mutation { createCompany(data: {name: "a"}, upsert: true) { id } }',
    ],
)
def test_writes_are_planned_and_not_run(place: Place, request_: str) -> None:
    ((schema_name,),) = place.sql("select min(schema_name) from icosa.workspace")
    count = f"select count(*) from {schema_name}.person"
    before = place.sql(count)

    lines = place.lines("explain", request_)

    assert any(line.startswith(("Insert on", "Update on", "Delete on")) for line in lines) or any(
        "->  Insert on" in line or "->  Update on" in line or "->  Delete on" in line
        for line in lines
    )
    assert place.sql(count) == before


def test_a_write_that_shows_more_is_two_statements(place: Place) -> None:
    lines = place.lines("explain", f'PATCH /rest/people/{ID}?depth=1 {{"jobTitle": "x"}}')

    assert "record by a second statement" in section(lines, "Plan")
    assert "SQL, once that is written" in lines


def test_analyze_runs_reads(place: Place) -> None:
    lines = place.lines("explain", "GET /rest/people", "--analyze")

    assert any("actual time" in line for line in section(lines, "PostgreSQL, run"))


def test_analyze_does_not_run_writes(place: Place) -> None:
    lines = place.lines("explain", 'POST /rest/people {"jobTitle": "x"}', "--analyze")

    assert "PostgreSQL" in lines
    assert not any("actual time" in line for line in lines)


@pytest.mark.parametrize(
    ("request_", "kind", "message"),
    [
        ("GET /rest/people?filter=x", ApiError, "'filter' invalid for 'x'. eg: price[gte]:10"),
        ("GET /rest/peeple", ApiError, "object 'peeple' not found. eg: companies"),
        ("GET /metadata", CommandFailed, "/metadata is not a route of records"),
        ("people", CommandFailed, "That is neither a REST request nor a GraphQL document."),
        ("{ peeple { totalCount } }", ApiError, 'Cannot query field "peeple" on type "Query".'),
        (
            "{ people(filter: {x: {eq: 1}}) { totalCount } }",
            CommandFailed,
            'error: Object person doesn\'t have any "x" field.',
        ),
        ("{ __typename }", CommandFailed, "The document asks for no records."),
    ],
)
def test_what_the_server_would_refuse_is_refused(
    place: Place, request_: str, kind: type[Exception], message: str
) -> None:
    done = place.icosa("explain", request_)

    assert isinstance(done.exception, kind)
    assert str(done.exception).startswith(message)


def test_a_role_sees_what_it_may(place: Place) -> None:
    done = place.icosa("explain", 'POST /rest/people {"jobTitle": "x"}', "--role", "Guest")
    missing = place.icosa("explain", "GET /rest/people", "--role", "Nobody")

    assert isinstance(done.exception, ApiError)
    assert done.exception.code == "auth.forbidden"
    assert "There is no role Nobody in this workspace" in str(missing.exception)


def test_another_workspace_can_be_named(place: Place) -> None:
    ((name,),) = place.sql("select schema_name from icosa.workspace where name = 'second'")

    lines = place.lines("explain", "GET /rest/people", "--workspace", "second")

    assert section(lines, "Plan")[0] == f"page of {name}.person"


# -- openapi and schema ------------------------------------------------------------------


def test_openapi_prints_the_documents(place: Place) -> None:
    core = place.icosa("openapi", "core")
    metadata = place.icosa("openapi", "metadata", "--workspace", "second")

    validate(json.loads(core.stdout))
    validate(json.loads(metadata.stdout))
    assert core.stdout == place.icosa("openapi", "core").stdout
    assert "createOnePerson" in core.stdout
    assert "createOnePerson" not in place.icosa("openapi", "core", "--role", "Guest").stdout


def test_schema_prints_sdl(place: Place) -> None:
    core = build_schema(place.icosa("schema", "core").stdout)
    metadata = build_schema(place.icosa("schema", "metadata").stdout)

    assert core.query_type is not None
    assert "people" in core.query_type.fields
    assert metadata.query_type is not None
    assert "objects" in metadata.query_type.fields


def test_what_is_neither_is_wrong_usage(place: Place) -> None:
    assert place.icosa("schema", "other").exit_code == 2


# -- doctor ------------------------------------------------------------------------------


def findings(place: Place, *options: str) -> dict[str, dict[str, str]]:
    done = place.icosa("doctor", "--json", *options)
    found = {each["check"]: each for each in json.loads(done.stdout)}
    assert done.exit_code == any(each["status"] == "wrong" for each in found.values())
    return found


def test_a_sound_installation_is_told_to_be_sound(place: Place) -> None:
    found = findings(place, "--count")

    assert {each["status"] for each in found.values()} == {"ok"}
    assert found["workspace main"]["says"].endswith("its tables agree")
    assert "PostgreSQL" in found["database"]["says"]
    assert place.icosa("doctor").exit_code == 0


def test_a_table_changed_by_hand_is_found(own_place: Place) -> None:
    ((name,),) = own_place.sql("select schema_name from icosa.workspace where name = 'main'")
    own_place.sql(f'alter table {name}.person drop column "avatarUrl"')

    found = findings(own_place)

    assert found["workspace main"]["status"] == "wrong"
    assert "avatarUrl" in found["workspace main"]["says"]
    assert found["workspace main"]["mend"]
    assert found["workspace second"]["status"] == "ok"


def test_a_lost_schema_is_found_and_a_stray_one_shown(own_place: Place) -> None:
    ((name,),) = own_place.sql("select schema_name from icosa.workspace where name = 'main'")
    own_place.sql(f"alter schema {name} rename to w_lost")

    found = findings(own_place)

    assert found["workspace main"]["says"] == f"its schema {name} is gone"
    assert found["schemas"]["status"] == "warning"
    assert found["schemas"]["mend"] == "if nobody needs it: drop schema w_lost cascade"


def test_pending_migrations_are_found(own_place: Place) -> None:
    own_place.sql("delete from icosa.migration where name like '0002%'")

    found = findings(own_place)

    assert found["migrations"]["says"].startswith("pending: 0002_")
    assert found["migrations"]["mend"] == "icosa migrate"
    assert "workspace main" not in found


def test_a_missing_extension_is_found(own_place: Place) -> None:
    own_place.sql("drop extension btree_gin cascade")

    found = findings(own_place)

    assert found["extensions"]["says"] == "missing: btree_gin"
    assert "create extension btree_gin schema icosa;" in found["extensions"]["mend"]


def test_totals_that_lag_and_totals_that_lie_are_found(own_place: Place) -> None:
    ((name,),) = own_place.sql("select schema_name from icosa.workspace where name = 'main'")
    own_place.sql(
        f"insert into {name}.record_total select o.id, 1 from icosa.object o"
        " cross join generate_series(1, 11000)"
        " where o.name_singular = 'person' and o.workspace_id ="
        " (select id from icosa.workspace where name = 'main')"
    )

    lagging = findings(own_place)["totals of main"]
    lying = findings(own_place, "--count")["totals of main"]

    assert lagging["status"] == "warning"
    assert lagging["says"].startswith("11000 deltas are not folded")
    assert lying["says"] == "The total of person is 11000, but there are 0 records"


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    environment = {"DATABASE_URL": url, "ICOSA_DATA_DIR": str(tmp_path)}

    done = CliRunner().invoke(application, ["doctor"], env=environment)

    assert done.exit_code == 1
    assert "start PostgreSQL, or give its address with --database-url" in done.output


@pytest.mark.parametrize(
    ("encoding", "knows", "status"),
    [("UTF8", True, "ok"), ("UTF8", False, "warning"), ("LATIN1", True, "wrong")],
)
def test_letters(encoding: str, knows: bool, status: str) -> None:
    assert doctor._letters(encoding, knows_letters=knows).status == status


def test_too_few_connections_are_found() -> None:
    settings = Settings(workers=4)

    assert doctor._connections(40, settings).status == "wrong"
    assert doctor._connections(44, settings).status == "ok"
