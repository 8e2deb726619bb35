"""Sessions' tokens: JWTs (RFC 7519) with the claims of the metadata contract, E.1.

Three types: LOGIN, which says that a password was right and buys the other two; ACCESS, the bearer
token of a user's requests; REFRESH, which renews them (`refresh`). Their algorithm is fixed and
`kid` is required: a token that names another algorithm, or `none`, or no key, is not one of ours.
API keys' tokens are opaque and live in `keys`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeAlias

import jwt

from icosa.access.signing import ALGORITHM, SigningKeys
from icosa.core.errors import TokenExpired, TokenInvalid

Claims: TypeAlias = Mapping[str, object]

ACCESS: Final = "ACCESS"
LOGIN: Final = "LOGIN"
REFRESH: Final = "REFRESH"

LIFE_S: Final[Mapping[str, int]] = {ACCESS: 30 * 60, LOGIN: 15 * 60, REFRESH: 60 * 24 * 3600}
LENGTH_MAX: Final = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A user in one workspace: what the claims of an access token say."""

    user_id: str
    workspace_id: str
    user_workspace_id: str
    workspace_member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Minted:
    """A token that was just made."""

    token: str
    expires_at: datetime

    def as_auth_token(self) -> dict[str, object]:
        """The contract's AuthToken."""
        expires_at = self.expires_at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        return {"token": self.token, "expiresAt": expires_at}


class Tokens:
    """Makes and reads tokens; what their claims name is read elsewhere."""

    def __init__(self, keys: SigningKeys, *, clock: Callable[[], float] = time.time) -> None:
        self._keys = keys
        self._clock = clock

    async def login(self, email: str, workspace_id: str) -> Minted:
        claims = {"sub": email, "workspaceId": workspace_id, "authProvider": "password"}
        return await self._minted(LOGIN, claims)

    async def access(self, session: Session) -> Minted:
        return await self._minted(
            ACCESS,
            {
                "sub": session.user_id,
                "userId": session.user_id,
                "workspaceId": session.workspace_id,
                "workspaceMemberId": session.workspace_member_id,
                "userWorkspaceId": session.user_workspace_id,
                "authProvider": "password",
                "isImpersonating": False,
            },
        )

    async def refresh(self, session: Session, jti: str) -> Minted:
        """Stands for the row `jti` of refresh tokens, which the caller writes."""
        return await self._minted(
            REFRESH,
            {
                "sub": session.user_id,
                "userId": session.user_id,
                "workspaceId": session.workspace_id,
                "jti": jti,
                "authProvider": "password",
                "targetedTokenType": ACCESS,
            },
        )

    async def read(self, token: str) -> tuple[str, Claims]:
        """The `kid` and the claims of a token of any type.

        Raises `TokenInvalid`, `TokenExpired`. That the key pair was not revoked since it was first
        met is left to the statement that reads what the claims name.
        """
        if len(token) > LENGTH_MAX or not token.isascii():
            raise TokenInvalid
        try:
            header = jwt.get_unverified_header(token)
        except jwt.InvalidTokenError:
            raise TokenInvalid from None
        kid = header.get("kid")
        if header.get("alg") != ALGORITHM or not isinstance(kid, str):
            raise TokenInvalid
        public_key = await self._keys.public_key(kid)
        if public_key is None:
            raise TokenInvalid
        try:
            claims = jwt.decode(
                token,
                public_key,
                algorithms=[ALGORITHM],
                options={
                    "require": ["exp", "iat", "sub", "type"],
                    "verify_iat": False,  # the clocks of two machines differ
                },
            )
        except jwt.ExpiredSignatureError:
            raise TokenExpired from None
        except jwt.InvalidTokenError:
            raise TokenInvalid from None
        return kid, claims

    async def _minted(self, type_: str, claims: Claims) -> Minted:
        signer = await self._keys.signer()
        now = int(self._clock())
        expires = now + LIFE_S[type_]
        token = jwt.encode(
            {**claims, "type": type_, "iat": now, "exp": expires},
            signer.private_key,
            algorithm=ALGORITHM,
            headers={"kid": signer.kid},
        )
        return Minted(token=token, expires_at=datetime.fromtimestamp(expires, UTC))
