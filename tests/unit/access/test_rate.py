"""Requests a minute: bursts, refilling, keys apart, and what is remembered."""

import pytest

from icosa.access import rate
from icosa.access.rate import Rate
from icosa.core.errors import RateLimited


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_without_a_limit_nothing_is_refused() -> None:
    made = Rate(None)

    for _ in range(1_000):
        made.take("a")


def test_a_key_may_spend_its_minute_at_once_and_then_as_it_comes_back() -> None:
    clock = Clock()
    made = Rate(60, clock=clock)
    for _ in range(60):
        made.take("a")

    with pytest.raises(RateLimited, match=r"Limit reached \(60 tokens per 60000 ms\)") as caught:
        made.take("a")
    assert caught.value.seconds == pytest.approx(1)
    clock.now += 1
    made.take("a")
    with pytest.raises(RateLimited):
        made.take("a")


def test_refusals_cost_nothing_and_keys_do_not_share() -> None:
    clock = Clock()
    made = Rate(1, clock=clock)
    made.take("a")
    for _ in range(10):
        with pytest.raises(RateLimited):
            made.take("a")
    made.take("b")

    clock.now += 60
    made.take("a")


def test_keys_that_fell_silent_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "KEYS_MAX", 2)
    clock = Clock()
    made = Rate(2, clock=clock)
    made.take("a")
    clock.now += 59
    made.take("b")
    clock.now += 1

    made.take("c")

    assert set(made._buckets) == {"b", "c"}
