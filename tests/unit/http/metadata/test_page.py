"""Pages of things in memory, by ids and by places."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.core.errors import CursorInvalid, RequestInvalid
from icosa.http.metadata.page import (
    Window,
    cut,
    decode_cursor,
    encode_cursor,
    newest_first,
    read_slice,
)


@dataclass(frozen=True)
class Thing:
    id: str


def things(count: int) -> list[Thing]:
    return newest_first([Thing(f"{number:08x}") for number in range(count)])


@given(count=st.integers(0, 30), limit=st.integers(1, 10))
def test_pages_one_after_another_are_the_whole(count: int, limit: int) -> None:
    whole = things(count)
    seen: list[Thing] = []
    window = Window(limit=limit, after=None, before=None)

    for _ in range(count + 1):
        page, page_info = cut(whole, window)
        seen += page
        if not page_info["hasNextPage"]:
            break
        window = Window(limit=limit, after=page[-1].id, before=None)

    assert seen == whole


@given(count=st.integers(0, 30), limit=st.integers(1, 10))
def test_pages_one_before_another_are_the_whole(count: int, limit: int) -> None:
    whole = things(count)
    seen: list[Thing] = []
    window = Window(limit=limit, after=None, before="")

    for _ in range(count + 1):
        page, page_info = cut(whole, window)
        seen = page + seen
        if not page_info["hasNextPage"]:
            break
        window = Window(limit=limit, after=None, before=page[0].id)

    assert seen == whole


@given(
    total=st.integers(0, 20),
    first=st.none() | st.integers(0, 25),
    after=st.none() | st.integers(0, 25),
    before=st.none() | st.integers(0, 25),
)
def test_a_slice_is_what_relay_says(
    total: int, first: int | None, after: int | None, before: int | None
) -> None:
    paging: dict[str, object] = {"first": first}
    if after is not None:
        paging["after"] = encode_cursor(after)
    if before is not None:
        paging["before"] = encode_cursor(before)

    found = read_slice(paging, total)

    places = [
        place
        for place in range(total)
        if (after is None or place > after) and (before is None or place < before)
    ][: 10 if first is None else first]
    assert list(range(found.start, found.end)) == places


@given(total=st.integers(0, 20), last=st.integers(0, 25))
def test_the_last_ones_are_at_the_end(total: int, last: int) -> None:
    found = read_slice({"last": last}, total)

    assert (found.start, found.end) == (max(0, total - last), total)
    assert found.page_info()["hasNextPage"] is False


@given(st.integers(0, 10**9 - 1))
def test_a_cursor_is_read_as_it_was_written(place: int) -> None:
    assert decode_cursor(encode_cursor(place)) == place


@pytest.mark.parametrize(
    "cursor", ["", "x", "YXJyYXk=", "é", "=" * 200, encode_cursor(10**9), "YXJyYXljb25uZWN0aW9uOjE"]
)
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(CursorInvalid):
        decode_cursor(cursor)


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(RequestInvalid, match="last must not be less than 0"):
        read_slice({"last": -1}, 3)
