"""Passwords: what is strong enough, what is stored, and what an unknown user costs."""

import asyncio
from typing import Literal

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from icosa.access import passwords as passwords_module
from icosa.access.passwords import Passwords, generated_password
from icosa.core.errors import PasswordWeak, Unavailable


class CountingHasher(PasswordHasher):
    """Argon2id with the least effort, which counts the hashes that it computes."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=CHEAPEST.memory_cost, parallelism=1)
        self.verifications = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
        self.verifications += 1
        return super().verify(hash, password)


@pytest.fixture
def hasher() -> CountingHasher:
    return CountingHasher()


@pytest.fixture
def passwords(hasher: CountingHasher) -> Passwords:
    return Passwords(hasher)


async def test_a_password_is_stored_as_argon2id(passwords: Passwords) -> None:
    stored = await passwords.hash("correct horse")

    assert stored.startswith("$argon2id$v=19$")
    assert "correct horse" not in stored


async def test_only_the_right_password_is_right(passwords: Passwords) -> None:
    stored = await passwords.hash("correct horse")

    assert await passwords.is_right("correct horse", stored)
    assert not await passwords.is_right("Correct horse", stored)


@pytest.mark.parametrize("password", ["", "7 chars", "x" * 51, "two\nlines"])
async def test_a_weak_password_is_refused(passwords: Passwords, password: str) -> None:
    with pytest.raises(PasswordWeak, match=r"^Password too weak$"):
        await passwords.hash(password)


@pytest.mark.parametrize("password", ["8 chars!", "x" * 50])
async def test_eight_to_fifty_characters_are_enough(passwords: Passwords, password: str) -> None:
    assert await passwords.is_right(password, await passwords.hash(password))


async def test_an_unknown_user_costs_as_many_hashes_as_a_known_one(
    passwords: Passwords, hasher: CountingHasher
) -> None:
    stored = await passwords.hash("correct horse")

    await passwords.is_right("wrong password", stored)
    for_a_known_user = hasher.verifications
    await passwords.is_right("wrong password", None)
    for_an_unknown_user = hasher.verifications - for_a_known_user

    assert for_a_known_user == for_an_unknown_user == 1


async def test_nobody_has_no_password(passwords: Passwords) -> None:
    assert not await passwords.is_right("", None)


async def test_a_stored_text_that_is_no_hash_fits_no_password(passwords: Passwords) -> None:
    assert not await passwords.is_right("correct horse", "correct horse")


async def test_a_password_of_odd_characters_is_only_wrong(passwords: Passwords) -> None:
    stored = await passwords.hash("correct horse")

    assert not await passwords.is_right("\ud800\0", stored)


async def test_a_crowd_at_the_door_is_sent_away(
    passwords: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords_module, "WAITING_MAX", 3)
    attempts = [passwords.is_right("correct horse", None) for _ in range(5)]

    answers = await asyncio.gather(*attempts, return_exceptions=True)

    assert [type(answer) for answer in answers] == [bool] * 3 + [Unavailable] * 2
    assert await passwords.is_right("correct horse", None) is False


def test_a_generated_password_is_strong_and_new_each_time() -> None:
    made = {generated_password() for _ in range(100)}

    assert len(made) == 100
    assert all(8 <= len(password) <= 50 for password in made)
