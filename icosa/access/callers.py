"""Who calls: a bearer token becomes a `Caller`, on every request.

A token seen in the last few seconds costs a hash and a look-up. Any other costs one statement,
after what can be told without the database: the shape of an API key's token, the signature and
the expiry of a session's. Refusals are not kept: a token that was refused is asked for again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from icosa.access import keys
from icosa.access.key_use import KeyUses
from icosa.access.rate import Rate
from icosa.access.recent import AGE_MAX_S, CHANNEL, Recent
from icosa.access.tokens import ACCESS, Claims, Tokens
from icosa.core.caller import Caller
from icosa.core.errors import (
    KeyExpired,
    KeyRevoked,
    MembershipNotFound,
    TokenExpired,
    TokenInvalid,
    UserNotFound,
    WorkspaceNotFound,
)
from icosa.core.identity import is_uuid
from icosa.db.connection import Row
from icosa.db.pool import Database

_BY_KEY: Final = """
select k.id, k.workspace_id, k.role_id, k.name, w.deleted_at is not null as is_gone,
       k.revoked_at is not null or t.revoked_at is not null as is_revoked,
       k.expires_at <= now() as key_is_expired,
       t.expires_at <= now() as token_is_expired,
       extract(epoch from least(k.expires_at, t.expires_at) - now())::float8 as seconds_left
from icosa.api_key_token t
join icosa.api_key k on k.id = t.key_id
join icosa.workspace w on w.id = k.workspace_id
where t.sha256 = $1"""

_BY_SESSION: Final = """
select exists (select from icosa.signing_key where kid = $3 and revoked_at is null) as is_signed,
       u.id as user_id, w.id as workspace_id,
       m.id as member_id, m.role_id, m.record_id,
       concat_ws(' ', nullif(u.first_name, ''), nullif(u.last_name, '')) as name
from (select $1::uuid as user_id, $2::uuid as workspace_id) asked
left join icosa."user" u on u.id = asked.user_id and u.deleted_at is null and not u.is_disabled
left join icosa.workspace w on w.id = asked.workspace_id and w.deleted_at is null
left join icosa.member m
    on m.user_id = u.id and m.workspace_id = w.id and m.deleted_at is null"""


class Callers:
    """One a process: its cache is what makes the callers of a busy minute cheap."""

    def __init__(
        self,
        database: Database,
        tokens: Tokens,
        *,
        rate_limit: int | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._clock = clock  # seconds since 1970, as a token's expiry is written
        self._recent: Recent[bytes, Caller] = Recent()
        self._rate = Rate(rate_limit)
        self.uses = KeyUses(database)

    async def start(self) -> None:
        """From now on, changes made elsewhere are noticed at once and not after some seconds."""
        await self._database.listen(CHANNEL, self.drop)

    def drop(self, payload: str | None) -> None:
        """What `icosa_access` announces: a workspace's id, or nothing for all of them."""
        self._recent.drop(payload)

    async def of(self, token: str, *, address: str | None = None) -> Caller:
        """Whose token it is; `address` is where the request came from.

        Raises `TokenInvalid`, `TokenExpired`, `KeyRevoked`, `KeyExpired`, `UserNotFound`,
        `WorkspaceNotFound`, `MembershipNotFound`, and `RateLimited` for a key that asks too often.
        """
        digest = keys.digest(token)
        caller = self._recent.get(digest)
        if caller is None:
            mark = self._recent.mark()
            caller, seconds = await self._read(token, digest)
            self._recent.put(
                digest, caller, workspace_id=caller.workspace_id, mark=mark, seconds=seconds
            )
        if caller.key_id is not None:
            self._rate.take(caller.key_id)
            self.uses.note(caller.key_id, address)
        return caller

    async def _read(self, token: str, digest: bytes) -> tuple[Caller, float]:
        """The caller, and for how many seconds the token stays valid."""
        if token.startswith(keys.PREFIX):
            return await self._by_key(token, digest)
        kid, claims = await self._tokens.read(token)
        if claims.get("type") != ACCESS:
            raise TokenInvalid
        caller = await self._by_session(kid, claims)
        return caller, float(str(claims["exp"])) - self._clock()

    async def _by_key(self, token: str, digest: bytes) -> tuple[Caller, float]:
        row = await self._database.row(_BY_KEY, (digest,)) if keys.has_shape(token) else None
        if row is None:
            raise TokenInvalid
        if row["is_gone"]:
            raise WorkspaceNotFound
        if row["is_revoked"]:
            raise KeyRevoked
        if row["key_is_expired"]:
            raise KeyExpired
        if row["token_is_expired"]:
            raise TokenExpired
        caller = Caller(
            kind="key",
            workspace_id=row["workspace_id"],
            role_id=row["role_id"],
            name=row["name"],
            key_id=row["id"],
        )
        return caller, min(row["seconds_left"], AGE_MAX_S)

    async def _by_session(self, kid: str, claims: Claims) -> Caller:
        user_id, workspace_id = str(claims.get("userId")), str(claims.get("workspaceId"))
        if not (is_uuid(user_id) and is_uuid(workspace_id)):
            raise TokenInvalid
        row = await self._database.row(_BY_SESSION, (user_id, workspace_id, kid))
        assert row is not None  # it selects from what was asked
        return _session_caller(row)


def _session_caller(row: Row) -> Caller:
    if not row["is_signed"]:
        raise TokenInvalid
    if row["user_id"] is None:
        raise UserNotFound
    if row["workspace_id"] is None:
        raise WorkspaceNotFound
    if row["member_id"] is None:
        raise MembershipNotFound
    return Caller(
        kind="user",
        workspace_id=row["workspace_id"],
        role_id=row["role_id"],
        name=row["name"],
        user_id=row["user_id"],
        member_id=row["record_id"],
        user_workspace_id=row["member_id"],
    )
