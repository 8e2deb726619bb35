"""Refresh tokens: each is used once, and its use makes the next of its family.

Whoever presents one that was used more than a minute ago has a copy that somebody else has too; as
nobody can say which of them is the thief, the whole family is revoked (RFC 9700, 4.14.2). Within
the minute a second use is a browser's second tab, or an answer that got lost, and is served.
"""

from __future__ import annotations

import uuid
from typing import Final

from icosa.access.rows import Door
from icosa.access.tokens import REFRESH, Minted, Session, Tokens
from icosa.core.errors import (
    RefreshTokenExpected,
    RefreshTokenRevoked,
    RefreshTokenUnknown,
)
from icosa.core.identity import is_uuid
from icosa.db.connection import Row
from icosa.db.pool import Connection, Database

_INSERT: Final = """
insert into icosa.refresh_token (jti, family, member_id, expires_at) values ($1, $2, $3, $4)"""

# Nobody misses what has expired: the signature's own expiry refuses it first.
_FORGET: Final = """
delete from icosa.refresh_token where member_id = $1 and expires_at < now() - interval '1 day'"""

_ONE: Final = """
select t.family, t.revoked_at is not null as is_revoked,
       coalesce(t.rotated_at < now() - interval '1 minute', false) as is_reused,
       m.user_id, m.workspace_id, m.id as member_id, m.record_id,
       m.deleted_at is null and u.deleted_at is null and not u.is_disabled as is_member
from icosa.refresh_token t
join icosa.member m on m.id = t.member_id
join icosa."user" u on u.id = m.user_id
where t.jti = $1 for update of t"""

_ROTATE: Final = """
update icosa.refresh_token set rotated_at = coalesce(rotated_at, now()) where jti = $1"""

_REVOKE_FAMILY: Final = """
update icosa.refresh_token set revoked_at = now() where family = $1 and revoked_at is null"""


async def begin(door: Door, tokens: Tokens, session: Session) -> Minted:
    """The first token of a new family, after a sign-in."""
    await door.execute(_FORGET, (session.user_workspace_id,))
    return await _next(door, tokens, session, family=str(uuid.uuid4()))


async def renew(database: Database, tokens: Tokens, token: str) -> tuple[Session, Minted]:
    """Whose session it is, and the token that takes this one's place.

    Raises `TokenInvalid`, `TokenExpired`, `RefreshTokenExpected`, `RefreshTokenUnknown`,
    `RefreshTokenRevoked`.
    """
    _, claims = await tokens.read(token)
    if claims["type"] != REFRESH:
        raise RefreshTokenExpected
    jti = claims.get("jti")
    if not is_uuid(jti):
        raise RefreshTokenUnknown
    async with database.transaction() as connection:
        renewed = await _renewed(connection, tokens, str(jti))
    if renewed is None:  # after the commit, so that the family stays revoked
        raise RefreshTokenRevoked
    return renewed


async def _renewed(
    connection: Connection, tokens: Tokens, jti: str
) -> tuple[Session, Minted] | None:
    row = await connection.row(_ONE, (jti,))
    if row is None:
        raise RefreshTokenUnknown
    if row["is_reused"] or not row["is_member"]:
        await connection.execute(_REVOKE_FAMILY, (row["family"],))
        return None
    if row["is_revoked"]:
        return None
    await connection.execute(_ROTATE, (jti,))
    session = _session(row)
    return session, await _next(connection, tokens, session, family=row["family"])


def _session(row: Row) -> Session:
    return Session(
        user_id=row["user_id"],
        workspace_id=row["workspace_id"],
        user_workspace_id=row["member_id"],
        workspace_member_id=row["record_id"],
    )


async def _next(door: Door, tokens: Tokens, session: Session, *, family: str) -> Minted:
    jti = str(uuid.uuid4())
    minted = await tokens.refresh(session, jti)
    expires_at = minted.expires_at.isoformat()
    await door.execute(_INSERT, (jti, family, session.user_workspace_id, expires_at))
    return minted
