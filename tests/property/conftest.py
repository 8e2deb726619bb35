"""The application for properties."""

from collections.abc import Iterator

import pytest

from tests.build import Running, furnished_database, running
from tests.postgres import TestServer


@pytest.fixture(scope="module")
def app(server: TestServer, template_database: str) -> Iterator[Running]:
    with running(server, furnished_database(server, template_database)) as app:
        yield app
