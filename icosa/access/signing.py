"""The key pairs that sign sessions: ES256 (RFC 7518, 3.4), in the database, one for all processes.

The private half is encrypted with AES-256-GCM under a key derived from ICOSA_SECRET, and bound to
its `kid`. With another secret it cannot be read, so a new pair is made and signs from then on;
what the old one signed stays valid until it expires, as its public half needs no secret.
Whether a pair was revoked is asked for with each session (`callers`), not remembered here.
"""

from __future__ import annotations

import os
import re
import uuid
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from icosa.access.recent import CHANNEL
from icosa.access.rows import Door
from icosa.db.pool import Database

ALGORITHM: Final = "ES256"
_KID: Final = re.compile(r"[\w-]{1,64}\Z", re.ASCII)
_NONCE_BYTES: Final = 12
_KNOWN_MAX: Final = 100

_PRIVATE: Final = """
select kid, private_key from icosa.signing_key
where revoked_at is null order by created_at desc, kid"""

_PUBLIC: Final = """
select public_key from icosa.signing_key where kid = $1 and revoked_at is null"""

_INSERT: Final = """
insert into icosa.signing_key (kid, algorithm, public_key, private_key)
values ($1, 'ES256', $2, $3)"""

# One pair is made, however many processes find none at the same time.
_ALONE: Final = "select pg_advisory_xact_lock(hashtext('icosa.signing_key'))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """The pair that signs."""

    kid: str
    private_key: ec.EllipticCurvePrivateKey


class SigningKeys:
    """The pairs that this process has met."""

    def __init__(self, database: Database, secret: str) -> None:
        assert secret, "settings.secret is made before the server starts"
        self._database = database
        self._cipher = AESGCM(_derived(secret))
        self._signer: Signer | None = None
        self._public: dict[str, ec.EllipticCurvePublicKey] = {}

    async def start(self) -> None:
        """From now on, a pair that was revoked elsewhere signs nothing any more."""
        await self._database.listen(CHANNEL, self.drop)

    def drop(self, payload: str | None) -> None:
        """What `icosa_access` announces: nothing of ours is in one workspace."""
        if not payload:
            self._signer = None
            self._public.clear()

    async def signer(self) -> Signer:
        """The newest pair that is not revoked and can be read; a new one where there is none."""
        if self._signer is None:
            self._signer = await self._find(self._database) or await self._make()
        return self._signer

    async def public_key(self, kid: str) -> ec.EllipticCurvePublicKey | None:
        """The half that verifies; None for an unknown or revoked `kid`."""
        known = self._public.get(kid)
        if known is not None or not _KID.match(kid):
            return known
        row = await self._database.row(_PUBLIC, (kid,))
        if row is None:
            return None
        key = serialization.load_pem_public_key(row["public_key"].encode())
        assert isinstance(key, ec.EllipticCurvePublicKey)
        if len(self._public) >= _KNOWN_MAX:
            self._public.clear()
        self._public[kid] = key
        return key

    async def _find(self, door: Door) -> Signer | None:
        for row in await door.rows(_PRIVATE):
            private_key = self._decrypted(row["kid"], row["private_key"])
            if private_key is not None:
                return Signer(kid=row["kid"], private_key=private_key)
        return None

    async def _make(self) -> Signer:
        async with self._database.transaction() as connection:
            await connection.row(_ALONE)
            found = await self._find(connection)
            if found is not None:
                return found
            made = Signer(
                kid=str(uuid.uuid4()), private_key=ec.generate_private_key(ec.SECP256R1())
            )
            public = made.private_key.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            await connection.execute(
                _INSERT, (made.kid, public.decode(), self._encrypted(made.kid, made.private_key))
            )
        return made

    def _encrypted(self, kid: str, private_key: ec.EllipticCurvePrivateKey) -> bytes:
        plain = private_key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, kid.encode())

    def _decrypted(self, kid: str, stored: bytes) -> ec.EllipticCurvePrivateKey | None:
        """None if it was encrypted under another secret."""
        nonce, rest = stored[:_NONCE_BYTES], stored[_NONCE_BYTES:]
        try:
            plain = self._cipher.decrypt(nonce, rest, kid.encode())
        except InvalidTag:
            return None
        key = serialization.load_der_private_key(plain, password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key


def _derived(secret: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"icosa signing keys").derive(
        secret.encode()
    )
