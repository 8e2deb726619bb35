"""`ICOSA_RATE_LIMIT`: what a key that asks too often is told, by each of the four APIs."""

import dataclasses
from collections.abc import Iterator

import httpx
import pytest

from tests.build import SETTINGS, Running, furnished_database, running
from tests.postgres import TestServer

MESSAGE = "Limit reached (2 tokens per 60000 ms)"


@pytest.fixture
def app(server: TestServer, template_database: str) -> Iterator[Running]:
    place = furnished_database(server, template_database)
    with running(server, place, dataclasses.replace(SETTINGS, rate_limit=2)) as app:
        for _ in range(2):
            assert app.rest("GET", "companies").status_code == httpx.codes.OK
        yield app


def test_a_key_that_asks_too_often_is_told_so(app: Running) -> None:
    refused = app.rest("GET", "companies")
    assert refused.status_code == httpx.codes.TOO_MANY_REQUESTS
    assert refused.json()["error"] == "HttpException"
    assert refused.json()["messages"] == [MESSAGE]
    assert 0 < int(refused.headers["retry-after"]) <= 30

    (error,) = app.graphql("{ companies { totalCount } }")["errors"]
    assert error["message"] == MESSAGE
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["subCode"] == "LIMIT_REACHED"

    model = app.rest("GET", "metadata/objects")
    assert model.status_code == httpx.codes.TOO_MANY_REQUESTS
    assert model.json()["messages"] == [MESSAGE]

    metadata = app.send(
        "POST", "/metadata", content=b'{"query": "{ objects { edges { node { id } } } }"}'
    )
    assert metadata.json()["errors"][0]["message"] == MESSAGE
