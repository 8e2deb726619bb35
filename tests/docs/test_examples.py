"""The requests in the documents, run: the README's are answered as it says."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from docs.readme import Call, shell_calls
from icosa.first_run import first_run
from tests.build import SETTINGS, Json, Running
from tests.docs.markdown import DOCUMENTS, PROJECT, fences, text_of
from tests.postgres import TestServer, run_apart

README = text_of(Path("README.md"))
NOT_YET = README[README.index("## Not there yet") : README.index("## Read on")]
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")

QUERIES = [
    (path, text) for path in DOCUMENTS for kind, text in fences(text_of(path)) if kind == "graphql"
]
REQUESTS = [
    (path, text) for path in DOCUMENTS for kind, text in fences(text_of(path)) if kind == "http"
]


@pytest.fixture(scope="module")
def app(server: TestServer, template_database: str) -> Iterator[Running]:
    """A workspace as after the first start, and the key that the README makes."""
    with server.database(template_database) as url:
        created = run_apart(first_run(url, SETTINGS, email="admin@example.com"))
        assert created is not None
        with Running(url, made_key(url)) as app:
            yield app


def made_key(url: str) -> str:
    """By the README's own command."""
    script = re.search(r"^KEY=\$\(icosa (.*)\)$", README, re.MULTILINE)
    assert script is not None
    command = [sys.executable, "-m", "icosa", *shlex.split(script[1]), "--database-url", url]
    environment = {"PATH": os.defpath, "ICOSA_SECRET": SETTINGS.secret}
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_calls_of_the_readme_are_answered_as_it_says(app: Running) -> None:
    calls = list(shell_calls(README))

    answers = [(send(app, call), told) for call, told in calls]

    assert all(response.is_success for response, _ in answers)
    assert [masked(r.json()) for r, told in answers if told is not None] == [
        masked(json.loads(told)) for _, told in answers if told is not None
    ]


def test_the_readme_shows_both_dialects() -> None:
    answered = {urlsplit(call.url).path for call, told in shell_calls(README) if told is not None}

    assert "/graphql" in answered
    assert any(path.startswith("/rest/") for path in answered)


@pytest.mark.parametrize(
    ("words", "method", "path"),
    [
        ("webhooks", "GET", "/rest/webhooks"),
        ("pages around the OpenAPI documents", "GET", "/docs"),
    ],
)
def test_the_readme_says_what_is_not_there_yet(
    app: Running, words: str, method: str, path: str
) -> None:
    """And no more: whoever makes one of these takes its words away."""
    response = app.send(method, path)

    is_there = response.is_success and "errors" not in response.text

    assert (words in NOT_YET) is not is_there


@pytest.mark.parametrize(("document", "query"), QUERIES, ids=lambda value: str(value)[:40])
def test_a_query_in_a_document_is_answered(app: Running, document: Path, query: str) -> None:
    body = app.graphql(query)

    assert set(body) == {"data"}, document


@pytest.mark.parametrize(("document", "request_"), REQUESTS, ids=lambda value: str(value)[:40])
def test_a_request_in_a_document_is_answered(app: Running, document: Path, request_: str) -> None:
    method, url = request_.split(maxsplit=1)
    path, _, query = url.strip().partition("?")
    params = dict(part.split("=", 1) for part in query.split("&")) if query else {}

    response = app.send(method, path, params=params)

    assert response.is_success, (document, response.text)
    assert "warning" not in response.headers


def send(app: Running, call: Call) -> httpx.Response:
    content = None if call.body is None else call.body.encode()
    return app.send(call.method, urlsplit(call.url).path, content=content)


def masked(value: Json) -> Json:
    """Without what differs from one run to the next."""
    text = TIME.sub("a time", ID.sub("an id", json.dumps(value)))
    return json.loads(text)
