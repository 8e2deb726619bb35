"""The parts that a server has of `icosa.access`, on a database after its first run."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from argon2 import PasswordHasher

from icosa.access import keys, session
from icosa.access.callers import Callers
from icosa.access.passwords import Passwords
from icosa.access.roles import Roles
from icosa.access.rows import JsonObject
from icosa.access.signing import SigningKeys
from icosa.access.tokens import Session, Tokens
from icosa.core.caller import Caller
from icosa.core.errors import ApiError
from icosa.db.pool import Database
from icosa.first_run import Created, first_run
from icosa.settings import Settings

SECRET = "a secret of more than thirty-two characters"
SETTINGS = Settings(secret=SECRET)
EMAIL = "ada@example.com"
PASSWORD = "correct horse"
URL = "http://crm.example"
NEVER = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Access:
    """What the composition root makes."""

    database: Database
    tokens: Tokens
    callers: Callers
    roles: Roles
    created: Created

    @property
    def workspace_id(self) -> str:
        return self.created.workspace_id


def quick_passwords() -> Passwords:
    """Argon2id with the least effort: most tests only pass through it."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


async def made_by_first_run(url: str) -> Created:
    created = await first_run(url, SETTINGS, email=EMAIL, password=PASSWORD)
    assert created is not None
    database = await Database.open(url, size=1, slow_size=1)
    quick = await quick_passwords().hash(PASSWORD)
    await database.execute('update icosa."user" set password_hash = $1', (quick,))
    await database.close()
    return created


async def started(database: Database, created: Created) -> Access:
    signing = SigningKeys(database, SECRET)
    tokens = Tokens(signing)
    callers, roles = Callers(database, tokens), Roles(database)
    for part in (signing, callers, roles):
        await part.start()
    return Access(database=database, tokens=tokens, callers=callers, roles=roles, created=created)


async def role_id(access: Access, label: str) -> str:
    row = await access.database.row(
        "select id from icosa.role where workspace_id = $1 and label = $2",
        (access.workspace_id, label),
    )
    assert row is not None
    return str(row["id"])


async def new_key(access: Access, *, expires: datetime = NEVER) -> str:
    return await keys.create(
        access.database,
        access.workspace_id,
        name="test",
        role_id=await role_id(access, "Admin"),
        expires=expires,
    )


async def new_token(access: Access, *, expires: datetime = NEVER) -> str:
    return await keys.add_token(access.database, await new_key(access), expires=expires)


async def login_token(access: Access, *, origin: str = URL) -> str:
    answer = await session.get_login_token_from_credentials(
        access.database,
        access.tokens,
        quick_passwords(),
        server_url=URL,
        email=EMAIL,
        password=PASSWORD,
        origin=origin,
    )
    login = answer["loginToken"]
    assert isinstance(login, dict)
    return str(login["token"])


async def sign_in(access: Access) -> Mapping[str, str]:
    """The access and the refresh token of a new session."""
    return pair(
        await session.get_auth_tokens_from_login_token(
            access.database,
            access.tokens,
            server_url=URL,
            login_token=await login_token(access),
            origin=URL,
        )
    )


def pair(answer: JsonObject) -> Mapping[str, str]:
    tokens = answer["tokens"]
    assert isinstance(tokens, dict)
    return {
        "access": tokens["accessOrWorkspaceAgnosticToken"]["token"],
        "refresh": tokens["refreshToken"]["token"],
    }


async def user_caller(access: Access) -> Caller:
    return await access.callers.of((await sign_in(access))["access"])


def session_of(caller: Caller, **changes: str) -> Session:
    """What the claims of a user's session say, or something else."""
    named = {
        "user_id": caller.user_id or "",
        "workspace_id": caller.workspace_id,
        "user_workspace_id": caller.user_workspace_id or "",
        "workspace_member_id": caller.member_id or "",
    }
    return Session(**named | changes)


async def refused_soon(access: Access, token: str, refusal: type[ApiError]) -> None:
    """The caller is refused well before the cache would have forgotten him."""
    async with asyncio.timeout(2):
        while True:
            try:
                await access.callers.of(token)
            except refusal:
                return
            await asyncio.sleep(0.01)
