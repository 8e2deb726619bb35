"""API keys and the tokens that stand for them.

A token is `icosa_` and 40 characters of base 62: 34 random ones (202 bits), and 6 that are the
CRC-32 of those 34. So a mistyped or invented token is told from a real one without asking the
database, and a leaked one is found by its looks. Only its SHA-256 is stored: a token of that many
random bits needs neither salt nor a slow hash. What is shown of it afterwards are its first twelve
and last four characters.

A key may have several live tokens, so that programs can change over without a gap. Revoking a key
revokes them all. Nothing here asks whether the caller may do what he does: see `api_keys`.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import string
import zlib
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from icosa.access.rows import Door, JsonObject, checked_id, json_object, json_objects
from icosa.core.identity import RecordIds

PREFIX: Final = "icosa_"
RANDOM_LENGTH: Final = 34
CHECKSUM_LENGTH: Final = 6  # 62 ** 6 is more than 2 ** 32
ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase

Expiry: TypeAlias = datetime | timedelta
LIFE: Final = timedelta(days=36_500)  # where nobody says otherwise (contract, E.1)

_SHAPE: Final = re.compile(rf"{PREFIX}([0-9A-Za-z]{{{RANDOM_LENGTH}}})([0-9A-Za-z]{{6}})\Z")

# -- the format ----------------------------------------------------------------------


def new_token() -> str:
    secret = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return PREFIX + secret + checksum(secret)


def checksum(secret: str) -> str:
    """The CRC-32 of `secret` as six digits of base 62, the highest first."""
    rest = zlib.crc32(secret.encode())
    digits = ""
    for _ in range(CHECKSUM_LENGTH):
        rest, digit = divmod(rest, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits


def has_shape(token: str) -> bool:
    """Whether `token` could be one of ours. Most that are not are typing errors."""
    found = _SHAPE.match(token)
    return found is not None and checksum(found[1]) == found[2]


def digest(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


# -- rows ----------------------------------------------------------------------------

# The contract's ApiKey; beside it, for the console and the commands, when it was used and the
# tokens by which it is recognised.
_KEY: Final = """
json_build_object(
    'id', k.id,
    'name', k.name,
    'expiresAt', icosa.moment(k.expires_at),
    'revokedAt', icosa.moment(k.revoked_at),
    'createdAt', icosa.moment(k.created_at),
    'updatedAt', icosa.moment(k.updated_at),
    'roleId', k.role_id,
    'role', icosa.role_json(r),
    'lastUsedAt', icosa.moment(k.last_used_at),
    'lastUsedAddress', host(k.last_used_address),
    'tokens', (
        select coalesce(json_agg(json_build_object(
            'first12', t.first12,
            'last4', t.last4,
            'createdAt', icosa.moment(t.created_at),
            'expiresAt', icosa.moment(t.expires_at)
        ) order by t.created_at), '[]')
        from icosa.api_key_token t where t.key_id = k.id and t.revoked_at is null
    )
)"""

_LIST: Final = (
    "select"
    + _KEY
    + """
from icosa.api_key k join icosa.role r on r.id = k.role_id
where k.workspace_id = $1 and k.revoked_at is null
order by k.created_at, k.id"""
)

_ONE: Final = (
    "select"
    + _KEY
    + """
from icosa.api_key k join icosa.role r on r.id = k.role_id
where k.workspace_id = $1 and k.id = $2"""
)

_WORKSPACE: Final = "select workspace_id from icosa.api_key where id = $1"

_INSERT: Final = """
insert into icosa.api_key
    (id, workspace_id, name, role_id, expires_at, revoked_at, created_by_member_id)
values ($1, $2, $3, $4, coalesce($5, now() + $6::interval), $7, $8)"""

_UPDATE: Final = """
update icosa.api_key
set name = coalesce($3, name),
    expires_at = coalesce($4, expires_at),
    revoked_at = coalesce($5, revoked_at),
    updated_at = now()
where workspace_id = $1 and id = $2"""

_REVOKE: Final = """
update icosa.api_key
set revoked_at = coalesce(revoked_at, now()), updated_at = now()
where workspace_id = $1 and id = $2"""

_SET_ROLE: Final = """
update icosa.api_key set role_id = $3, updated_at = now() where workspace_id = $1 and id = $2"""

_MINT: Final = """
insert into icosa.api_key_token (sha256, key_id, first12, last4, expires_at)
values ($1, $2, $3, $4, coalesce($5, now() + $6::interval))"""


async def listed(door: Door, workspace_id: str) -> list[JsonObject]:
    """Every key that is not revoked, expired ones too, oldest first."""
    return await json_objects(door, _LIST, (workspace_id,))


async def found(door: Door, workspace_id: str, key_id: str) -> JsonObject | None:
    """A key, revoked or not."""
    return await json_object(door, _ONE, (workspace_id, checked_id(key_id)))


async def workspace_of(door: Door, key_id: str) -> str | None:
    """Whose key it is; None for no key."""
    row = await door.row(_WORKSPACE, (checked_id(key_id),))
    return None if row is None else str(row["workspace_id"])


async def create(
    door: Door,
    workspace_id: str,
    *,
    name: str,
    role_id: str,
    expires: Expiry = LIFE,
    revoked_at: datetime | None = None,
    member_id: str | None = None,
) -> str:
    """A new key without a token; its id. `member_id` is the membership that made it."""
    key_id = RecordIds().next()
    times = (*_expiry(expires), _text(revoked_at))
    await door.execute(_INSERT, (key_id, workspace_id, name, role_id, *times, member_id))
    return key_id


async def update(
    door: Door,
    workspace_id: str,
    key_id: str,
    *,
    name: str | None,
    expires_at: datetime | None,
    revoked_at: datetime | None,
) -> None:
    """Changes what is not None; nothing where there is no such key."""
    times = (_text(expires_at), _text(revoked_at))
    await door.execute(_UPDATE, (workspace_id, checked_id(key_id), name, *times))


async def revoke(door: Door, workspace_id: str, key_id: str) -> bool:
    """Effective at once; false if there is no such key."""
    return await door.execute(_REVOKE, (workspace_id, checked_id(key_id))) > 0


async def set_role(door: Door, workspace_id: str, key_id: str, role_id: str) -> None:
    await door.execute(_SET_ROLE, (workspace_id, checked_id(key_id), role_id))


async def add_token(door: Door, key_id: str, *, expires: Expiry = LIFE) -> str:
    """A token for a key. This is the only time that anybody sees it."""
    token = new_token()
    shown = (token[:12], token[-4:])
    await door.execute(_MINT, (digest(token), key_id, *shown, *_expiry(expires)))
    return token


def _expiry(expires: Expiry) -> tuple[str | None, str | None]:
    """A point in time, or how long from now by the database's clock."""
    if isinstance(expires, datetime):
        return expires.isoformat(), None
    return None, f"{expires.total_seconds()} seconds"


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
