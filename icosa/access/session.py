"""The contract's operations that begin and renew a session (A.9): public, no caller is needed.

A password buys a login token for one workspace; a login token buys an access and a refresh token.
Which workspace: the one that `origin` names as a subdomain of the server's own address, else the
oldest that the user is a member of.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from icosa.access import refresh, users
from icosa.access.passwords import Passwords
from icosa.access.rows import Door, JsonObject
from icosa.access.tokens import LOGIN, Minted, Session, Tokens
from icosa.core.errors import (
    LoginMethodWrong,
    MembershipNotFound,
    NotMember,
    PasswordWrong,
    TokenInvalid,
    UserNotFound,
    WrongWorkspace,
)
from icosa.core.identity import is_uuid
from icosa.db.pool import Database

_NAMED: Final = "select id from icosa.workspace where name = $1 and deleted_at is null"

_MEMBERSHIP: Final = """
select m.id, m.workspace_id, m.record_id
from icosa.member m join icosa.workspace w on w.id = m.workspace_id
where m.user_id = $1 and m.deleted_at is null and w.deleted_at is null
    and ($2::uuid is null or w.id = $2)
order by w.created_at, w.id limit 1"""


async def get_login_token_from_credentials(
    database: Database,
    tokens: Tokens,
    passwords: Passwords,
    *,
    server_url: str,
    email: str,
    password: str,
    origin: str,
) -> JsonObject:
    """`getLoginTokenFromCredentials`: `{loginToken{token expiresAt}}`.

    Raises `PasswordWrong` for an unknown user too, `LoginMethodWrong`, `NotMember`.
    """
    user = await users.by_email(database, email)
    usable = user if user is not None and not user.is_disabled else None
    is_right = await passwords.is_right(password, usable.password_hash if usable else None)
    if usable is not None and usable.password_hash is None:
        raise LoginMethodWrong
    if usable is None or not is_right:
        raise PasswordWrong
    workspace_id = await _named_by(database, origin, server_url)
    session = await _membership(database, usable.id, workspace_id)
    if session is None:
        raise NotMember
    login = await tokens.login(usable.email, session.workspace_id)
    return {"loginToken": login.as_auth_token()}


async def get_auth_tokens_from_login_token(
    database: Database, tokens: Tokens, *, server_url: str, login_token: str, origin: str
) -> JsonObject:
    """`getAuthTokensFromLoginToken`: `{tokens{…}}`, the first ones of a session.

    Raises `TokenInvalid`, `TokenExpired`, `WrongWorkspace`, `UserNotFound`, `MembershipNotFound`.
    """
    _, claims = await tokens.read(login_token)
    workspace_id = claims.get("workspaceId")
    if claims["type"] != LOGIN or not is_uuid(workspace_id):
        raise TokenInvalid
    if await _named_by(database, origin, server_url) not in (None, workspace_id):
        raise WrongWorkspace
    user = await users.by_email(database, str(claims["sub"]))
    if user is None or user.is_disabled:
        raise UserNotFound
    session = await _membership(database, user.id, str(workspace_id))
    if session is None:
        raise MembershipNotFound
    return await _token_pair(tokens, session, await refresh.begin(database, tokens, session))


async def renew_token(database: Database, tokens: Tokens, *, app_token: str) -> JsonObject:
    """`renewToken`: `{tokens{…}}`; `app_token` is a refresh token, and is used up by this."""
    session, renewed = await refresh.renew(database, tokens, app_token)
    return await _token_pair(tokens, session, renewed)


async def _token_pair(tokens: Tokens, session: Session, renewal: Minted) -> JsonObject:
    access = await tokens.access(session)
    return {
        "tokens": {
            "accessOrWorkspaceAgnosticToken": access.as_auth_token(),
            "refreshToken": renewal.as_auth_token(),
        }
    }


async def _named_by(door: Door, origin: str, server_url: str) -> str | None:
    """The workspace whose name stands before the server's own host name in `origin`."""
    name = subdomain(origin, server_url)
    row = await door.row(_NAMED, (name,)) if name else None
    return None if row is None else str(row["id"])


def subdomain(origin: str, server_url: str) -> str | None:
    """`main` for `https://main.crm.example` where the server is `https://crm.example`."""
    try:
        host, own = urlsplit(origin).hostname, urlsplit(server_url).hostname
    except ValueError:
        return None
    if not host or not own or not host.endswith(f".{own}") or "\0" in host:
        return None
    return host.removesuffix(f".{own}")


async def _membership(door: Door, user_id: str, workspace_id: str | None) -> Session | None:
    row = await door.row(_MEMBERSHIP, (user_id, workspace_id))
    if row is None:
        return None
    return Session(
        user_id=user_id,
        workspace_id=row["workspace_id"],
        user_workspace_id=row["id"],
        workspace_member_id=row["record_id"],
    )
