"""The application for properties, and how many examples of each are tried."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.build import Running, furnished_database, running
from tests.postgres import TestServer

settings.register_profile(
    "icosa",
    max_examples=300 if os.environ.get("ICOSA_TEST_LONG") else 30,
    derandomize=True,  # the same examples in every run
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="session", autouse=True)
def profile() -> Iterator[None]:
    settings.load_profile("icosa")
    yield
    settings.load_profile("default")


@pytest.fixture(scope="module")
def app(server: TestServer, template_database: str) -> Iterator[Running]:
    with running(server, furnished_database(server, template_database)) as app:
        yield app
