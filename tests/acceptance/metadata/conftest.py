"""One application for each module, in a workspace with the model `crm` and four callers.

Ada is its admin, Grace a member, Linus a guest; the workspace's key has the role Admin.
"""

from collections.abc import Iterator

import pytest

from icosa.access import members, roles, users
from icosa.access.users import User
from icosa.catalog.store import load_snapshot
from icosa.db.pool import Database
from icosa.first_run import Created, first_run
from tests.acceptance.metadata.client import EMAIL, PASSWORD, Metadata
from tests.build import SETTINGS
from tests.integration.access_parts import quick_passwords
from tests.postgres import run_apart

GRACE = "grace@example.com"
LINUS = "linus@example.com"


@pytest.fixture(scope="module")
def metadata(module_database_url: str) -> Iterator[Metadata]:
    created = run_apart(_furnish(module_database_url))
    with Metadata(module_database_url, created.api_key) as running:
        yield running


@pytest.fixture
def admin(metadata: Metadata) -> str:
    """The token of a user who may do everything."""
    return metadata.session(EMAIL)


@pytest.fixture
def member(metadata: Metadata) -> str:
    """The token of a user with the role Member."""
    return metadata.session(GRACE)


@pytest.fixture
def guest(metadata: Metadata) -> str:
    """The token of a user with the role Guest."""
    return metadata.session(LINUS)


async def _furnish(url: str) -> Created:
    created = await first_run(url, SETTINGS, email=EMAIL, password=PASSWORD)
    assert created is not None
    database = await Database.open(url, size=2, slow_size=1)
    try:
        await _add(database, created.workspace_id, GRACE, roles.MEMBER)
        await _add(database, created.workspace_id, LINUS, roles.GUEST)
        password_hash = await quick_passwords().hash(PASSWORD)
        await database.execute('update icosa."user" set password_hash = $1', (password_hash,))
    finally:
        await database.close()
    return created


async def _add(database: Database, workspace_id: str, email: str, role: str) -> None:
    user = User.new(email=email, password_hash=None, first_name=email.partition("@")[0].title())
    snapshot = await load_snapshot(database, workspace_id)
    found = await roles.found(database, workspace_id, role)
    assert found is not None
    async with database.transaction() as connection:
        await users.add(connection, user)
        await members.add(connection, snapshot, user, role_id=str(found["id"]))
