"""What every test may ask for: the server of the run, and databases with the catalogue's schema.

`ICOSA_TEST_DATABASE_URL` names another server to use instead of a throw-away one; its role must be
allowed to create databases.
"""

import os
from collections.abc import Iterator

import pytest

from icosa.db.migrate import migrate
from tests.postgres import TestServer, run_apart, throw_away_server


@pytest.fixture(scope="session")
def server() -> Iterator[TestServer]:
    """The PostgreSQL server of this run."""
    given = os.environ.get("ICOSA_TEST_DATABASE_URL")
    if given:
        yield TestServer(given)
        return
    with throw_away_server() as url:
        yield TestServer(url)


@pytest.fixture(scope="session")
def template_database(server: TestServer) -> Iterator[str]:
    """The name of a migrated database without any workspace."""
    name = server.create()
    run_apart(migrate(server.url(name)))
    yield name
    server.drop(name)


@pytest.fixture
def empty_database_url(server: TestServer) -> Iterator[str]:
    """A database of this test's own, with nothing in it."""
    with server.database() as url:
        yield url


@pytest.fixture
def database_url(server: TestServer, template_database: str) -> Iterator[str]:
    """A migrated database of this test's own."""
    with server.database(template_database) as url:
        yield url


@pytest.fixture(scope="module")
def module_database_url(server: TestServer, template_database: str) -> Iterator[str]:
    """A migrated database which the tests of one module share."""
    with server.database(template_database) as url:
        yield url
