"""Which texts are dates, and which instants they are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icosa.fields.date import Date
from icosa.fields.date_time import DateTime, instant_text, read_instant


@pytest.mark.parametrize(
    "text",
    [
        "2025-05-04",
        "2025-05-04T00:00Z",
        "2025-05-04T00:00:00",
        "2025-05-04 00:00:00.000Z",
        "2025-05-04T02:00:00+02:00",
        "2025-05-04T02:00:00+0200",
        "2025-05-04T02:00+02",
        "2025-05-03T19:00:00-05:00",
        "2025.05.04",
        "2025/5/4",
        "05-04-2025",
        "5/4/2025",
        "05.04.2025",
        "May 4, 2025",
        "may 04, 2025",
        "4 May 2025",
        "04-May-2025",
        "2025-MAY-04",
        "  2025-05-04  ",
    ],
)
def test_every_layout_of_the_contract_is_read(text: str) -> None:
    assert read_instant(text) == datetime(2025, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2025",
        "2025-5-4",
        "2025-13-01",
        "2025-02-29",
        "2025-05-04T24:00:00Z",
        "2025-05-04T10:60:00Z",
        "2025-05-04T10:00:00+25:00",
        "2025-05-04T10:00:00+02:60",
        "2025-05-04T10",
        "2025/05.04",
        "04/31/2025",
        "Mayo 4, 2025",
        "0000-01-01",
        "10000-01-01",
        "-0044-03-15",
        "9999-12-31T23:59:59-01:00",
        "infinity",
        "now",
        "\u0662\u0660\u0662\u0665-01-01",
        "2025-05-04T10:00:00." + "1" * 100 + "Z",
    ],
)
def test_other_text_is_no_instant(text: str) -> None:
    assert read_instant(text) is None


def test_fractions_beyond_milliseconds_are_cut_not_rounded() -> None:
    assert DateTime(name="f").parse("2025-05-04T23:59:59.9999Z") == {"": "2025-05-04T23:59:59.999Z"}


def test_an_instant_gives_its_day_in_utc() -> None:
    assert Date(name="f").parse("2025-05-04T23:00:00-02:00") == {"": "2025-05-05"}


@settings(derandomize=True, database=None)
@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_written_is_read_back(instant: datetime) -> None:
    kept = instant.replace(microsecond=instant.microsecond // 1000 * 1000)

    assert read_instant(instant_text(instant)) == kept
