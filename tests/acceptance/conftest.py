"""The whole application in a workspace of its own, for each module."""

from collections.abc import Iterator

import pytest

from tests.build import Place, Running, furnished_database, running
from tests.postgres import TestServer


@pytest.fixture(scope="session")
def place(server: TestServer, template_database: str) -> Place:
    """A furnished database, copied for each module."""
    return furnished_database(server, template_database)


@pytest.fixture(scope="module")
def app(server: TestServer, place: Place) -> Iterator[Running]:
    """What one module's tests share; each makes the records that it looks at."""
    with running(server, place) as app:
        yield app
