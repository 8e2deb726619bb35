"""The format of API keys' tokens."""

import string

from hypothesis import given
from hypothesis import strategies as st

from icosa.access import keys

CHARACTERS = st.sampled_from(keys.ALPHABET)


def test_a_token_is_the_prefix_and_forty_characters_of_base_62() -> None:
    token = keys.new_token()

    assert token.startswith("icosa_")
    assert len(token) == len("icosa_") + 40
    assert set(token.removeprefix("icosa_")) <= set(string.ascii_letters + string.digits)


def test_tokens_differ() -> None:
    assert len({keys.new_token() for _ in range(1_000)}) == 1_000


def test_a_new_token_has_the_shape_of_one() -> None:
    assert all(keys.has_shape(keys.new_token()) for _ in range(100))


def test_the_last_six_characters_are_the_crc_32_of_the_others() -> None:
    # CRC-32 of "123456789" is the check value of the standard, 0xCBF43926 = 3421780262.
    digits = keys.checksum("123456789")

    number = 0
    for digit in digits:
        number = number * 62 + keys.ALPHABET.index(digit)
    assert len(digits) == 6
    assert number == 0xCBF43926


@given(position=st.integers(min_value=6, max_value=45), other=CHARACTERS)
def test_one_wrong_character_is_noticed(position: int, other: str) -> None:
    secret = "A" * keys.RANDOM_LENGTH
    token = keys.PREFIX + secret + keys.checksum(secret)

    altered = token[:position] + other + token[position + 1 :]

    assert keys.has_shape(altered) == (altered == token)


def test_what_is_no_token_has_not_its_shape() -> None:
    token = keys.new_token()

    for other in ("", "icosa_", token[:-1], token + "0", token.upper(), f"{token}\n", f" {token}"):
        assert not keys.has_shape(other)


def test_only_a_digest_of_32_bytes_stands_for_a_token() -> None:
    token = keys.new_token()

    assert len(keys.digest(token)) == 32
    assert keys.digest(token) == keys.digest(token)
    assert keys.digest(token) != keys.digest(keys.new_token())


def test_any_text_has_a_digest() -> None:
    assert len(keys.digest("\udcff\ud800")) == 32
