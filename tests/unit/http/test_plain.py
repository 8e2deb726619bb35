"""What is not hot: health, the documents' manners, unknown paths, faults."""

from __future__ import annotations

from typing import Any, cast

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from icosa.access.callers import Callers
from icosa.core.caller import Caller
from icosa.core.errors import RoleNotFound, TokenInvalid
from icosa.db.migrate import migrations
from icosa.db.pool import Database, DatabaseUnavailable
from icosa.engine.workspaces import Workspaces
from icosa.files.links import Links, files_key, signature
from icosa.files.upload import Files
from icosa.http.openapi.core import core_document
from icosa.http.openapi.metadata import metadata_document
from icosa.http.plain import create_plain
from icosa.settings import Settings
from tests.unit.http import model

KEY = "icosa_key"
SERVER = "https://crm.example.com"
FILE = "0f5a4f1e-94b1-4c0e-9f5e-2b8f6f1f7a01"
OTHER_FILE = "0f5a4f1e-94b1-4c0e-9f5e-2b8f6f1f7a02"
LINK_KEY = files_key("a secret")
NOW = 1_000_000
VIEW = model.seen_by(model.standard())


class _Database:
    """Answers what readiness asks; or fails."""

    def __init__(self) -> None:
        self.recorded: list[str] | None = [each.name for each in migrations()]
        self.workspace: str | None = "w"
        self.failure: Exception | None = None

    async def row(self, text: str, params: object = (), *, slow: bool = False) -> Any:
        if self.failure is not None:
            raise self.failure
        if "migration" in text:
            return (self.recorded,)
        return None if self.workspace is None else (self.workspace,)


class _Callers:
    async def of(self, token: str, *, address: str | None = None) -> Caller:
        if token != KEY:
            raise TokenInvalid
        return Caller(kind="key", workspace_id="w", role_id="r", name="k")


class _Workspaces:
    known = True

    async def snapshot(self, workspace_id: str) -> object:
        if not self.known:
            raise LookupError(workspace_id)
        return VIEW.snapshot

    async def view(self, workspace_id: str, role_id: str) -> object:
        return VIEW


class _Files:
    async def content(self, file_id: str) -> tuple[str, str, bytes] | None:
        return ("Bérich t.html", "text/html", b"<b>") if file_id == FILE else None


async def _reads(_: Request) -> Response:
    return Response("read")


async def _writes(_: Request) -> Response:
    raise RoleNotFound("Role with id x not found in workspace")


async def _breaks(_: Request) -> Response:
    raise ZeroDivisionError


class Plain:
    """The application over stand-ins."""

    def __init__(self) -> None:
        self.database = _Database()
        self.workspaces = _Workspaces()
        routes = [
            Route("/rest/metadata/objects", _reads, methods=["GET"]),
            Route("/rest/metadata/objects", _writes, methods=["POST"]),
            Route("/breaks", _breaks),
        ]
        self.app = create_plain(
            cast("Database", self.database),
            cast("Callers", _Callers()),
            cast("Workspaces", self.workspaces),
            routes,
            Settings(server_url=SERVER),
            files=cast("Files", _Files()),
            links=Links(LINK_KEY, clock=lambda: NOW),
        )

    async def send(self, method: str, path: str, **headers: str) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://icosa.test") as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, path, headers=named)


@pytest.fixture
def plain() -> Plain:
    return Plain()


# -- health ------------------------------------------------------------------------------


async def test_a_living_process_says_so_whatever_the_database_does(plain: Plain) -> None:
    plain.database.failure = DatabaseUnavailable("gone")

    response = await plain.send("GET", "/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "info": {}, "error": {}, "details": {}}


async def test_readiness_names_what_was_checked(plain: Plain) -> None:
    response = await plain.send("GET", "/readyz")

    assert response.status_code == 200
    assert response.json()["info"] == {"database": {"status": "up"}, "model": {"status": "up"}}


async def test_without_any_workspace_it_is_ready(plain: Plain) -> None:
    plain.database.workspace = None

    assert (await plain.send("GET", "/readyz")).status_code == 200


async def test_without_the_database_it_is_not_ready_and_tells_no_address(plain: Plain) -> None:
    plain.database.failure = DatabaseUnavailable("no connection to db.internal as icosa")

    response = await plain.send("GET", "/readyz")

    assert response.status_code == 503
    reason = "The database cannot be reached, or refuses."
    assert response.json()["error"] == {"database": {"status": "down", "message": reason}}


async def test_with_pending_migrations_it_is_not_ready(plain: Plain) -> None:
    first, *_ = migrations()
    plain.database.recorded = [first.name]

    response = await plain.send("GET", "/readyz")

    assert response.status_code == 503
    message = response.json()["error"]["database"]["message"]
    assert message.startswith("Migrations are pending: 0002_")
    assert message.endswith(". Run: icosa migrate")


async def test_with_migrations_of_a_newer_version_it_is_not_ready(plain: Plain) -> None:
    assert plain.database.recorded is not None
    plain.database.recorded.append("9999_later")

    response = await plain.send("GET", "/readyz")

    assert response.json()["details"]["database"]["message"] == (
        "The database was migrated by a newer Icosa."
    )


async def test_without_a_model_to_load_it_is_not_ready(plain: Plain) -> None:
    plain.workspaces.known = False

    response = await plain.send("GET", "/readyz")

    assert response.status_code == 503
    assert list(response.json()["error"]) == ["model"]


# -- documents ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "make"), [("core", core_document), ("metadata", metadata_document)]
)
@pytest.mark.parametrize("prefix", ["", "/rest"])
async def test_with_a_token_the_document_is_the_roles(
    plain: Plain, prefix: str, path: str, make: Any
) -> None:
    response = await plain.send("GET", f"{prefix}/open-api/{path}", authorization=f"Bearer {KEY}")

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.content == make(VIEW, SERVER)


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}])
async def test_without_a_good_token_the_open_document_is_a_stub(
    plain: Plain, headers: dict[str, str]
) -> None:
    response = await plain.send("GET", "/open-api/core", **headers)

    assert response.status_code == 200
    assert list(response.json()["paths"]) == ["/open-api/core"]


async def test_under_rest_a_token_is_needed(plain: Plain) -> None:
    response = await plain.send("GET", "/rest/open-api/core")

    assert response.status_code == 403
    assert response.json() == {
        "statusCode": 403,
        "error": "FORBIDDEN_EXCEPTION",
        "messages": ["Missing authentication token"],
    }


async def test_under_rest_a_wrong_token_is_refused(plain: Plain) -> None:
    response = await plain.send("GET", "/rest/open-api/core", authorization="Bearer wrong")

    assert response.status_code == 401
    assert response.json()["messages"] == ["Token invalid."]


async def test_who_has_the_document_is_not_sent_it_again(plain: Plain) -> None:
    token = f"Bearer {KEY}"
    first = await plain.send("GET", "/open-api/core", authorization=token)
    etag = first.headers["etag"]

    again = await plain.send("GET", "/open-api/core", authorization=token, if_none_match=etag)
    other = await plain.send("GET", "/open-api/core", authorization=token, if_none_match='"x"')

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag
    assert other.status_code == 200
    assert first.headers["vary"] == "Authorization"


# -- files -------------------------------------------------------------------------------


def link(file_id: str, *, expires: int = NOW + 60, of: str | None = None) -> str:
    signed = signature(LINK_KEY, of or file_id, expires)
    return f"/files/{file_id}?expires={expires}&signature={signed}"


async def test_a_file_is_sent_as_an_attachment_and_never_shown(plain: Plain) -> None:
    response = await plain.send("GET", link(FILE))

    assert (response.status_code, response.content) == (200, b"<b>")
    assert response.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''B%C3%A9rich%20t.html"
    )
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"] == "sandbox"


async def test_a_file_that_is_gone_is_not_found(plain: Plain) -> None:
    assert (await plain.send("GET", link(OTHER_FILE))).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        f"/files/{FILE}",
        link(FILE, expires=NOW - 1),
        link(FILE, of=OTHER_FILE),
        link("x"),
        f"/files/{FILE}?expires=x&signature=y",
    ],
)
async def test_a_link_that_is_not_ours_or_too_old_is_refused(plain: Plain, path: str) -> None:
    response = await plain.send("GET", path)

    assert response.json()["messages"] == ["The link is not valid, or no longer"]


# -- what is unknown, and faults ---------------------------------------------------------


async def test_the_root_says_where_the_documents_are(plain: Plain) -> None:
    response = await plain.send("GET", "/")

    assert response.status_code == 200
    assert response.text.count("\n") == 1
    assert "/open-api/core" in response.text


async def test_an_unknown_path_answers_in_the_contracts_form(plain: Plain) -> None:
    response = await plain.send("GET", "/nowhere")

    assert response.status_code == 404
    assert response.json() == {
        "statusCode": 404,
        "error": "NotFoundException",
        "messages": ["Cannot GET /nowhere"],
    }


async def test_a_wrong_method_is_told_all_right_ones(plain: Plain) -> None:
    response = await plain.send("DELETE", "/rest/metadata/objects")

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST"
    assert response.json()["messages"] == ["Cannot DELETE /rest/metadata/objects"]


async def test_a_slash_at_the_end_does_not_matter(plain: Plain) -> None:
    assert (await plain.send("GET", "/rest/metadata/objects/")).text == "read"


async def test_errors_of_routes_answer_in_the_contracts_form(plain: Plain) -> None:
    response = await plain.send("POST", "/rest/metadata/objects")

    assert response.status_code == 404
    assert response.json()["messages"] == ["Role with id x not found in workspace"]


async def test_a_fault_of_ours_says_nothing_and_is_logged(
    plain: Plain, caplog: pytest.LogCaptureFixture
) -> None:
    response = await plain.send("GET", "/breaks")

    assert response.status_code == 500
    assert response.json()["messages"] == ["Internal Server Error"]
    assert "GET /breaks failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text
