"""The application over the records of `records.json`, as each golden case finds it."""

from collections.abc import Iterator

import pytest

from tests.build import Running, furnished_database, running
from tests.golden.case import fill
from tests.postgres import TestServer


@pytest.fixture(scope="session")
def golden_app(server: TestServer, template_database: str) -> Iterator[Running]:
    """Shared by all cases: those that only read leave it as they found it."""
    place = furnished_database(server, template_database)
    with running(server, place) as app:
        fill(app)
        yield app


@pytest.fixture
def refilled_app(golden_app: Running) -> Iterator[Running]:
    """For a case that writes: the records are put back afterwards."""
    yield golden_app
    golden_app.clear()
    fill(golden_app)
