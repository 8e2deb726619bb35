"""Sign-in, the user and the workspace (contract, A.8, A.9): operations of `icosa.access`.

Signing in needs no token, so a client may send one that has expired.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from icosa.access import profile, session
from icosa.http.metadata.resolve.context import Arguments, Context, Root, text


async def _login_token(context: Context, arguments: Arguments) -> object:
    parts = context.parts
    return await session.get_login_token_from_credentials(
        parts.database,
        parts.tokens,
        parts.passwords,
        server_url=parts.server_url,
        email=text(arguments, "email"),
        password=text(arguments, "password"),
        origin=text(arguments, "origin"),
    )


async def _auth_tokens(context: Context, arguments: Arguments) -> object:
    parts = context.parts
    return await session.get_auth_tokens_from_login_token(
        parts.database,
        parts.tokens,
        server_url=parts.server_url,
        login_token=text(arguments, "loginToken"),
        origin=text(arguments, "origin"),
    )


async def _renew_token(context: Context, arguments: Arguments) -> object:
    parts = context.parts
    return await session.renew_token(
        parts.database, parts.tokens, app_token=text(arguments, "appToken")
    )


async def _current_user(context: Context, _: Arguments) -> object:
    parts, caller = context.parts, context.who()
    snapshot = await context.snapshot()
    return await profile.current_user(
        parts.database, parts.roles, caller, snapshot, server_url=parts.server_url
    )


async def _current_workspace(context: Context, _: Arguments) -> object:
    parts, caller = context.parts, context.who()
    snapshot = await context.snapshot()
    return await profile.current_workspace(
        parts.database, caller, snapshot, server_url=parts.server_url
    )


QUERIES: Final[Mapping[str, Root]] = {
    "currentUser": _current_user,
    "currentWorkspace": _current_workspace,
}
MUTATIONS: Final[Mapping[str, Root]] = {
    "getLoginTokenFromCredentials": _login_token,
    "getAuthTokensFromLoginToken": _auth_tokens,
    "renewToken": _renew_token,
}
PUBLIC: Final = frozenset(MUTATIONS)
