"""Sessions with PostgreSQL: sign-in, forged and outdated tokens, renewal and its misuse."""

import base64
import json
import time
from collections.abc import AsyncIterator, Callable

import jwt
import pytest

from icosa.access import session
from icosa.access.signing import SigningKeys
from icosa.access.tokens import Tokens
from icosa.core.errors import (
    ApiError,
    MembershipNotFound,
    NotMember,
    PasswordWrong,
    RefreshTokenExpected,
    RefreshTokenRevoked,
    RefreshTokenUnknown,
    TokenExpired,
    TokenInvalid,
    UserNotFound,
    WorkspaceNotFound,
    WrongWorkspace,
)
from icosa.core.identity import RecordIds
from icosa.db.pool import Database
from icosa.first_run import Created, found_workspace
from tests.integration.access_parts import (
    EMAIL,
    PASSWORD,
    SECRET,
    URL,
    Access,
    login_token,
    made_by_first_run,
    pair,
    quick_passwords,
    refused_soon,
    session_of,
    sign_in,
    started,
    user_caller,
)
from tests.postgres import run_apart


@pytest.fixture(scope="module")
def created(module_database_url: str) -> Created:
    return run_apart(made_by_first_run(module_database_url))


@pytest.fixture
async def access(module_database_url: str, created: Created) -> AsyncIterator[Access]:
    database = await Database.open(module_database_url, size=2, slow_size=1)
    yield await started(database, created)
    await database.close()


async def test_a_password_buys_a_session(access: Access) -> None:
    caller = await user_caller(access)

    assert caller.kind == "user"
    assert caller.name == "Admin"
    assert caller.workspace_id == access.workspace_id
    assert caller.member_id is not None
    assert caller.user_workspace_id is not None


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "wrong horse"), ("nobody@example.com", PASSWORD), ("\0", PASSWORD), (EMAIL, "")],
)
async def test_a_wrong_password_and_an_unknown_user_look_the_same(
    access: Access, email: str, password: str
) -> None:
    with pytest.raises(PasswordWrong, match=r"^Wrong password$"):
        await session.get_login_token_from_credentials(
            access.database,
            access.tokens,
            quick_passwords(),
            server_url=URL,
            email=email,
            password=password,
            origin=URL,
        )


async def test_the_claims_are_the_contract_s(access: Access) -> None:
    token = (await sign_in(access))["access"]

    header = jwt.get_unverified_header(token)
    claims = jwt.decode(token, options={"verify_signature": False})

    assert header["alg"] == "ES256"
    assert set(header) == {"alg", "typ", "kid"}
    assert claims["type"] == "ACCESS"
    assert claims["sub"] == claims["userId"]
    assert claims["exp"] - claims["iat"] == 30 * 60
    assert set(claims) == {
        "sub", "userId", "workspaceId", "workspaceMemberId", "userWorkspaceId", "type",
        "authProvider", "isImpersonating", "iat", "exp",
    }  # fmt: skip


def unsigned(token: str) -> str:
    _, claims, _ = token.split(".")
    header = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    return f"{header}.{claims}."


def of_another_algorithm(token: str) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(
        claims,
        "k" * 64,
        algorithm="HS256",
        headers=jwt.get_unverified_header(token) | {"alg": "HS256"},
    )


def without_kid(token: str) -> str:
    _, claims, signature = token.split(".")
    header = base64.urlsafe_b64encode(b'{"alg":"ES256","typ":"JWT"}').rstrip(b"=").decode()
    return f"{header}.{claims}.{signature}"


def of_another_kid(token: str) -> str:
    _, claims, signature = token.split(".")
    head = json.dumps({"alg": "ES256", "typ": "JWT", "kid": RecordIds().next()}).encode()
    header = base64.urlsafe_b64encode(head).rstrip(b"=").decode()
    return f"{header}.{claims}.{signature}"


def of_another_user(token: str) -> str:
    header, claims, signature = token.split(".")
    read = json.loads(base64.urlsafe_b64decode(claims + "=="))
    changed = json.dumps(read | {"userId": RecordIds().next()}).encode()
    return f"{header}.{base64.urlsafe_b64encode(changed).rstrip(b'=').decode()}.{signature}"


@pytest.mark.parametrize(
    "forge",
    [unsigned, of_another_algorithm, without_kid, of_another_kid, of_another_user],
)
async def test_a_forged_token_is_invalid(access: Access, forge: Callable[[str], str]) -> None:
    token = (await sign_in(access))["access"]

    with pytest.raises(TokenInvalid):
        await access.callers.of(forge(token))


async def test_only_an_access_token_is_a_bearer_token(access: Access) -> None:
    tokens = await sign_in(access)

    with pytest.raises(TokenInvalid):
        await access.callers.of(tokens["refresh"])
    with pytest.raises(TokenInvalid):
        await access.callers.of(await login_token(access))


async def test_an_expired_session_says_so(access: Access) -> None:
    caller = await user_caller(access)
    an_hour_ago = Tokens(SigningKeys(access.database, SECRET), clock=lambda: time.time() - 3_600)
    old = await an_hour_ago.access(session_of(caller))

    with pytest.raises(TokenExpired):
        await access.callers.of(old.token)


@pytest.mark.parametrize(
    ("claim", "refusal"), [("user_id", UserNotFound), ("workspace_id", WorkspaceNotFound)]
)
async def test_what_a_session_names_must_exist(
    access: Access, claim: str, refusal: type[ApiError]
) -> None:
    caller = await user_caller(access)
    changed = session_of(caller, **{claim: RecordIds().next()})

    with pytest.raises(refusal):
        await access.callers.of((await access.tokens.access(changed)).token)


async def test_a_member_who_left_is_refused_at_once(access: Access) -> None:
    token = (await sign_in(access))["access"]
    await access.callers.of(token)

    await access.database.execute("update icosa.member set deleted_at = now()")
    try:
        await refused_soon(access, token, MembershipNotFound)
    finally:
        await access.database.execute("update icosa.member set deleted_at = null")


async def test_a_disabled_user_is_refused_at_once(access: Access) -> None:
    token = (await sign_in(access))["access"]
    await access.callers.of(token)

    await access.database.execute('update icosa."user" set is_disabled = true')
    try:
        await refused_soon(access, token, UserNotFound)
    finally:
        await access.database.execute('update icosa."user" set is_disabled = false')


async def test_a_revoked_signing_key_ends_its_sessions(access: Access) -> None:
    token = (await sign_in(access))["access"]
    await access.callers.of(token)

    await access.database.execute("update icosa.signing_key set revoked_at = now()")

    await refused_soon(access, token, TokenInvalid)


async def test_a_token_for_one_workspace_does_not_open_another(access: Access) -> None:
    await found_workspace(access.database, "second", model="empty")
    token = await login_token(access)

    with pytest.raises(WrongWorkspace, match=r"^Token is not valid for this workspace$"):
        await session.get_auth_tokens_from_login_token(
            access.database,
            access.tokens,
            server_url=URL,
            login_token=token,
            origin="http://second.crm.example",
        )
    with pytest.raises(NotMember):
        await login_token(access, origin="http://second.crm.example")


async def test_a_subdomain_that_names_the_workspace_is_right(access: Access) -> None:
    assert await login_token(access, origin="http://main.crm.example:3000/welcome")


async def test_an_access_token_buys_no_session(access: Access) -> None:
    tokens = await sign_in(access)

    with pytest.raises(TokenInvalid):
        await session.get_auth_tokens_from_login_token(
            access.database,
            access.tokens,
            server_url=URL,
            login_token=tokens["access"],
            origin=URL,
        )


# -- signing keys --------------------------------------------------------------------


async def test_all_processes_sign_with_one_key(access: Access) -> None:
    one, other = (SigningKeys(access.database, SECRET) for _ in range(2))

    assert (await one.signer()).kid == (await other.signer()).kid


async def test_another_secret_makes_a_new_key_and_the_old_sessions_stay(access: Access) -> None:
    old = (await sign_in(access))["access"]
    other = SigningKeys(access.database, "another secret of thirty-two characters")

    kid = (await other.signer()).kid

    assert kid != jwt.get_unverified_header(old)["kid"]
    assert (await access.callers.of(old)).kind == "user"


async def test_the_private_key_is_encrypted(access: Access) -> None:
    signer = await SigningKeys(access.database, SECRET).signer()
    number = signer.private_key.private_numbers().private_value.to_bytes(32, "big")

    row = await access.database.row(
        "select private_key from icosa.signing_key where kid = $1", (signer.kid,)
    )

    assert row is not None
    assert number not in row["private_key"]


# -- renewal -------------------------------------------------------------------------


async def renewed(access: Access, token: str) -> dict[str, str]:
    return dict(pair(await session.renew_token(access.database, access.tokens, app_token=token)))


async def grow_old(access: Access) -> None:
    """As if a minute had passed since the last renewals."""
    await access.database.execute(
        "update icosa.refresh_token set rotated_at = rotated_at - interval '61 seconds'"
    )


async def test_renewal_gives_a_new_pair(access: Access) -> None:
    first = await sign_in(access)

    second = await renewed(access, first["refresh"])

    assert second["refresh"] != first["refresh"]
    assert (await access.callers.of(second["access"])).kind == "user"


async def test_two_renewals_within_a_minute_are_two_tabs(access: Access) -> None:
    first = await sign_in(access)

    one = await renewed(access, first["refresh"])
    two = await renewed(access, first["refresh"])

    assert one["refresh"] != two["refresh"]
    assert await renewed(access, one["refresh"])
    assert await renewed(access, two["refresh"])


async def test_a_token_used_again_later_ends_its_whole_family(access: Access) -> None:
    first = await sign_in(access)
    second = await renewed(access, first["refresh"])
    await grow_old(access)

    for token in (first["refresh"], second["refresh"], first["refresh"]):
        with pytest.raises(RefreshTokenRevoked, match=r"^This refresh token has been revoked\.$"):
            await renewed(access, token)


async def test_other_sessions_outlive_a_stolen_one(access: Access) -> None:
    stolen, other = await sign_in(access), await sign_in(access)
    await renewed(access, stolen["refresh"])
    await grow_old(access)

    with pytest.raises(RefreshTokenRevoked):
        await renewed(access, stolen["refresh"])

    assert await renewed(access, other["refresh"])


async def test_an_unknown_refresh_token_does_not_exist(access: Access) -> None:
    first = await sign_in(access)
    await access.database.execute("delete from icosa.refresh_token")

    with pytest.raises(RefreshTokenUnknown, match=r"^This refresh token doesn't exist$"):
        await renewed(access, first["refresh"])


async def test_only_a_refresh_token_renews(access: Access) -> None:
    first = await sign_in(access)

    with pytest.raises(RefreshTokenExpected, match=r"^Expected a refresh token$"):
        await renewed(access, first["access"])
    with pytest.raises(TokenInvalid):
        await renewed(access, "garbage")


async def test_whoever_left_renews_nothing(access: Access) -> None:
    first = await sign_in(access)
    await access.database.execute("update icosa.member set deleted_at = now()")
    try:
        with pytest.raises(RefreshTokenRevoked):
            await renewed(access, first["refresh"])
    finally:
        await access.database.execute("update icosa.member set deleted_at = null")
