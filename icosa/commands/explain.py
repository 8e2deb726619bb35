"""`icosa explain`: what the server makes of a request, without running it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer

from icosa.catalog.view import View
from icosa.commands import door
from icosa.commands.door import CommandFailed, Workspace
from icosa.commands.options import DatabaseUrl, DataDir
from icosa.commands.outline import plan_lines, request_lines
from icosa.commands.seen import RoleName, seen
from icosa.core.caller import Caller
from icosa.core.identity import RecordIds
from icosa.core.inspect import inspect
from icosa.db.pool import Database
from icosa.engine.explain import Finding, Recorder, Step, findings
from icosa.engine.explain import explain as postgres_plan
from icosa.http.exchange import decode_json, query_parameters
from icosa.http.graphql.document import parse_document
from icosa.http.graphql.execute import Execution
from icosa.http.rest.handler import Call, RecordRoutes
from icosa.http.rest.path import read_path
from icosa.request.limits import BATCH_MAX

EXAMPLE = "Example: icosa explain 'GET /rest/people?filter=name.firstName[ilike]:\"%jo%\"'"

_REST: Final = re.compile(
    r"(?P<method>GET|POST|PATCH|PUT|DELETE)\s+(?P<url>.+?)(?:\s+(?P<body>[{\[].*))?", re.DOTALL
)
_GRAPHQL: Final = re.compile(r"\s*(?:\{|query\b|mutation\b|fragment\b|#)")
_PREFIX: Final = "/rest/"
_SHOWN_MAX: Final = 200  # characters of a parameter


@dataclass(slots=True)
class Recording:
    """What a request would do, and what is to be said of it."""

    steps: list[Step]
    remarks: list[str] = field(default_factory=list)


def explain(
    request: Annotated[
        str,
        typer.Argument(
            metavar="REQUEST",
            help="A REST request (method, path, body if any), or a GraphQL document.",
        ),
    ],
    *,
    variables: Annotated[
        str | None, typer.Option(metavar="JSON", help="Of a document.", show_default=False)
    ] = None,
    analyze: Annotated[
        bool, typer.Option("--analyze", help="Run reads, and show what they really took.")
    ] = False,
    workspace: Workspace = None,
    role: RoleName = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Show a request as understood, its plan, its SQL and PostgreSQL's EXPLAIN.

    Nothing is changed: a write is planned, but not run.
    """

    async def work(database: Database) -> list[str]:
        view = await seen(database, workspace, role)
        recording = await recorded(request, variables, view)
        lines = _section("Remarks", recording.remarks)
        for step in recording.steps:
            lines += step_lines(step)
            lines += await _postgres_lines(database, step, analyze=analyze)
            lines += await _index_lines(database, step, view)
        return lines

    for line in door.run(work, database_url=database_url, data_dir=data_dir):
        typer.echo(line)


# -- what the front ends make of it ----------------------------------------------------


async def recorded(request: str, variables: str | None, view: View) -> Recording:
    """Raises `CommandFailed`, and the `ApiError` that the server would answer."""
    rest = _REST.fullmatch(request.strip())
    if rest is not None:
        return await _rest(rest, view)
    if _GRAPHQL.match(request):
        return await _graphql(request, variables, view)
    raise CommandFailed(
        "That is neither a REST request nor a GraphQL document. "
        "Try: icosa explain 'GET /rest/people?limit=3'"
    )


async def _rest(request: re.Match[str], view: View) -> Recording:
    url = urlsplit(request["url"])
    if not url.path.startswith(_PREFIX):
        raise CommandFailed(f"{url.path} is not a route of records, which begin with {_PREFIX}.")
    target = read_path(request["method"], url.path, view)
    parameters = query_parameters({"query_string": url.query.encode()})
    body = decode_json(request["body"].encode()) if request["body"] else {}
    recorder = Recorder()
    routes = RecordRoutes(recorder, RecordIds(), batch_max=BATCH_MAX)
    reply = await routes.answer(Call(target, parameters, body, view, _caller(view)))
    return Recording(recorder.steps, [warning.decode() for warning in reply.warnings])


async def _graphql(text: str, variables: str | None, view: View) -> Recording:
    sent = decode_json((variables or "{}").encode())
    if not isinstance(sent, dict):
        raise CommandFailed("--variables must be a JSON object.")
    document = parse_document(text)
    recorder = Recorder()
    execution = Execution(
        recorder,
        RecordIds(),
        view=view,
        newest=_no_newer,
        caller=_caller(view),
        batch_max=BATCH_MAX,
        document=document,
        operation=document.operation(None),
        variables=sent,
    )
    result = await execution.run()
    errors = [f"error: {error['message']}" for error in result.errors]
    if not recorder.steps:
        raise CommandFailed(errors[0] if errors else "The document asks for no records.")
    return Recording(recorder.steps, errors)


async def _no_newer(view: View | None) -> View | None:  # noqa: ARG001 - of the view's time
    """A command looks at one model and ends."""
    return None


def _caller(view: View) -> Caller:
    return Caller(
        kind="key",
        workspace_id=view.snapshot.workspace_id,
        role_id=view.role.id,
        name="icosa explain",
    )


# -- what is printed -------------------------------------------------------------------


def step_lines(step: Step) -> list[str]:
    """Request, plan, SQL and parameters. Raises what a value deserves."""
    lines: list[str] = []
    if not step.is_second:
        requests = (line for each in step.requests for line in request_lines(each, step.values))
        plans = (line for each in step.plans for line in plan_lines(each, step.values))
        lines += _section("Request", requests)
        lines += _section("Plan", plans)
    title = "SQL, once that is written" if step.is_second else "SQL"
    lines += _section(title, step.statement.text.splitlines())
    lines += _section("Parameters", _parameters(step))
    return lines + _section("Warnings", step.warnings)


def _parameters(step: Step) -> Iterator[str]:
    values = step.params()
    for number, (param, value) in enumerate(zip(step.statement.params, values, strict=True), 1):
        text = inspect(value)
        shown = text if len(text) <= _SHOWN_MAX else f"{text[:_SHOWN_MAX]}…"
        yield f"${number} {param.pg_type} = {shown}"


async def _postgres_lines(database: Database, step: Step, *, analyze: bool) -> list[str]:
    really = analyze and step.is_read and not step.is_second
    title = "PostgreSQL, run" if really else "PostgreSQL"
    return _section(title, await postgres_plan(database, step, analyze=really))


async def _index_lines(database: Database, step: Step, view: View) -> list[str]:
    found = await findings(database, step, view)
    return _section("Indexes", (f"{each.subject}: {_verdict(each)}" for each in found))


def _verdict(finding: Finding) -> str:
    if finding.index is not None:
        return f"index {finding.index}"
    if finding.subject.startswith("order"):
        return "no index; all records that match are read and sorted"
    return "no index; it is checked record by record"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    """A title, indented lines, an empty line; nothing where there are no lines."""
    found = [f"  {line}" for line in lines]
    return [title, *found, ""] if found else []
