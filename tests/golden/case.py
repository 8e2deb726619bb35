"""A golden case: a folder with requests by hand, and the SQL and JSON that they gave.

    case.http      a REST request: `GET /rest/people`, then `?name=value` lines, then a JSON body
    case.graphql   the same request in GraphQL, or another; `# variables: {…}` above it
    case.sql       the statements, with their parameters as comments
    case.json      the status and the body

Where both requests are there they are twins: they must give the same statements, and the same
records. Comment lines above a request say what it is for; `# expect: 400 BadRequestException`
or `# expect: 200 BAD_USER_INPUT INVALID_ARGS_FILTER` says which fault is wanted.
"""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx

from tests.build import Running

Json = Any

FOLDER: Final = Path(__file__).parent
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_OBJECT_ID: Final = re.compile(r"(object_id = )'[0-9a-f-]{36}'")
_TOLERANCE: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request of a case."""

    method: str
    path: str
    params: Mapping[str, str]
    body: bytes | None
    expect: tuple[str, ...]  # status, then the names of a fault

    @property
    def writes(self) -> bool:
        is_mutation = self.path == "/graphql" and b"mutation" in (self.body or b"")
        return is_mutation or (self.path != "/graphql" and self.method != "GET")

    def send(self, app: Running) -> httpx.Response:
        return app.send(self.method, self.path, params=self.params, content=self.body)


@dataclass(frozen=True, slots=True)
class Case:
    folder: Path

    @property
    def name(self) -> str:
        return str(self.folder.relative_to(FOLDER))

    def rest(self) -> Asked | None:
        path = self.folder / "case.http"
        return read_http(path.read_text()) if path.exists() else None

    def graphql(self) -> Asked | None:
        path = self.folder / "case.graphql"
        return read_graphql(path.read_text()) if path.exists() else None

    @property
    def sql(self) -> Path:
        return self.folder / "case.sql"

    @property
    def json(self) -> Path:
        return self.folder / "case.json"


def cases() -> list[Case]:
    """Every folder that holds a request."""
    folders = {path.parent for kind in ("http", "graphql") for path in FOLDER.rglob(f"case.{kind}")}
    return [Case(folder) for folder in sorted(folders)]


def fill(app: Running) -> None:
    """The records that every case finds."""
    for plural, records in json.loads((FOLDER / "records.json").read_text()).items():
        app.create(plural, *records)


# -- requests --------------------------------------------------------------------------


def read_http(text: str) -> Asked:
    headers, lines = _headers(text)
    method, path = lines[0].split(maxsplit=1)
    params: dict[str, str] = {}
    position = 1
    while position < len(lines) and lines[position].lstrip()[:1] in ("?", "&"):
        name, _, value = lines[position].strip()[1:].partition("=")
        params[name] = value
        position += 1
    body = "\n".join(lines[position:]).strip()
    return Asked(
        method=method,
        path=path.strip(),
        params=params,
        body=json.dumps(json.loads(body)).encode() if body else None,
        expect=_expected(headers, "200"),
    )


def read_graphql(text: str) -> Asked:
    headers, lines = _headers(text)
    body: dict[str, object] = {"query": "\n".join(lines)}
    if "variables" in headers:
        body["variables"] = json.loads(headers["variables"])
    if "operation" in headers:
        body["operationName"] = headers["operation"]
    return Asked(
        method="POST",
        path="/graphql",
        params={},
        body=json.dumps(body).encode(),
        expect=_expected(headers, "200"),
    )


def _headers(text: str) -> tuple[dict[str, str], list[str]]:
    """`# name: value` lines at the top, and the lines below them without other comments."""
    lines = text.splitlines()
    found: dict[str, str] = {}
    while lines and (not lines[0].strip() or lines[0].startswith("#")):
        line = lines.pop(0)
        header = re.match(r"# (expect|variables|operation): (.*)", line)
        if header:
            found[header[1]] = header[2]
    return found, lines


def _expected(headers: Mapping[str, str], default: str) -> tuple[str, ...]:
    return tuple(headers.get("expect", default).split())


# -- answers ---------------------------------------------------------------------------


def faults(response: httpx.Response) -> tuple[str, ...]:
    """The status and what names a fault: what an `expect` line says."""
    body = response.json()
    status = str(response.status_code)
    if isinstance(body, list):  # of REST's groupBy
        return (status,)
    if "error" in body:
        return (status, body["error"], *([body["code"]] if "code" in body else []))
    found: list[str] = []
    for error in body.get("errors", ()):
        extensions = error["extensions"]
        found += [extensions["code"], *([extensions["subCode"]] if "subCode" in extensions else [])]
    return (status, *found)


def shown(response: httpx.Response) -> dict[str, Json]:
    """What a case's JSON holds."""
    return {"status": response.status_code, "body": masked(response.json())}


def as_rest(body: Json) -> Json:
    """A GraphQL body as REST would have put it, for a comparison with its twin."""
    if "errors" in body:
        return [error["message"] for error in body["errors"]]
    ((name, value),) = body["data"].items()
    if name.endswith("GroupBy"):
        return value
    if isinstance(value, dict) and "edges" in value:
        records = [edge["node"] for edge in value["edges"]]
        beside = {key: value[key] for key in ("totalCount", "pageInfo") if key in value}
        return {"data": {name: records}, **beside}
    return {"data": {name: value}}


def masked(value: Json) -> Json:
    """Times of this run as `now`; a cursor as the JSON in it."""
    match value:
        case dict():
            return {
                key: _opened(inner)
                if key in ("cursor", "startCursor", "endCursor")
                else masked(inner)
                for key, inner in value.items()
            }
        case list():
            return [masked(item) for item in value]
        case str():
            return masked_text(value)
        case _:
            return value


def masked_text(text: str) -> str:
    return _TIME.sub(_masked_time, text)


def _masked_time(found: re.Match[str]) -> str:
    age = datetime.now(UTC) - datetime.fromisoformat(found[0])
    return "now" if abs(age) < _TOLERANCE else found[0]


def _opened(cursor: Json) -> Json:
    return cursor if cursor is None else f"base64 of {base64.b64decode(cursor).decode()}"


def printed_sql(statements: Sequence[tuple[str, Sequence[object]]], schema: str) -> str:
    """Statements as a reviewer reads them; names that differ from run to run are masked."""
    parts: list[str] = []
    for text, params in statements:
        text = _OBJECT_ID.sub(r"\1'…'", text).replace(schema, "crm")
        lines = [f"-- ${number}: {_param(value)}" for number, value in enumerate(params, 1)]
        parts.append("\n".join([text + ";", *lines]))
    return "\n\n".join(parts) + "\n"


def texts(printed: str) -> str:
    """Statements without their parameters: what stands between two records is a dialect's own."""
    return "\n".join(line for line in printed.splitlines() if not line.startswith("-- $"))


def _param(value: object) -> str:
    text = value.decode() if isinstance(value, bytes) else str(value)
    return masked_text(text)


def printed_json(value: Json) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
