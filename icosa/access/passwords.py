"""Passwords: argon2id (RFC 9106) with the library's parameters, which are the RFC's second choice.

A hash costs some 50 ms and 64 MB, so it is computed in a thread and few at a time. It is computed
whether or not there is such a user, so that the time of an answer tells nobody who has an account.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from icosa.core.errors import PasswordWeak, Unavailable

AT_ONCE_MAX: Final = 2
WAITING_MAX: Final = 100  # some five seconds of sign-ins
GENERATED_BYTES: Final = 12  # 96 bits, 16 characters

_STRONG: Final = re.compile(r".{8,50}\Z")  # the contract's rule, E.1


class Passwords:
    """Makes and compares hashes."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._free = asyncio.Semaphore(AT_ONCE_MAX)
        self._waiting = 0  # including those whose turn it is
        self._nobodys: str | None = None  # a hash that no password has

    async def hash(self, password: str) -> str:
        """Raises `PasswordWeak`, `Unavailable`."""
        if not _STRONG.match(password):
            raise PasswordWeak
        async with self._turn():
            return await asyncio.to_thread(self._hasher.hash, _bytes(password))

    async def is_right(self, password: str, stored: str | None) -> bool:
        """Whether `stored` is the password's hash; None is no user, and takes as long.

        Raises `Unavailable` where too many wait for an answer already.
        """
        async with self._turn():
            return await asyncio.to_thread(self._verify, password, stored)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._waiting >= WAITING_MAX:
            raise Unavailable("Too many sign-ins at once. Try again in a moment.")
        self._waiting += 1
        try:
            async with self._free:
                yield
        finally:
            self._waiting -= 1

    def _verify(self, password: str, stored: str | None) -> bool:
        if self._nobodys is None:
            self._nobodys = self._hasher.hash(secrets.token_urlsafe())
        try:
            self._hasher.verify(stored or self._nobodys, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None


def generated_password() -> str:
    return secrets.token_urlsafe(GENERATED_BYTES)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
