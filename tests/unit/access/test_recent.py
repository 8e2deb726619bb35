"""What was read a moment ago: how long it stays, and how it goes."""

from icosa.access.recent import AGE_MAX_S, Recent


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def recent(clock: Clock, *, size: int = 10) -> Recent[str, int]:
    made: Recent[str, int] = Recent(clock=clock, size=size)
    made.put("a", 1, workspace_id="one", mark=made.mark())
    made.put("b", 2, workspace_id="two", mark=made.mark())
    return made


def test_an_entry_is_found_until_it_is_too_old() -> None:
    clock = Clock()
    made = recent(clock)

    clock.now += AGE_MAX_S - 0.01
    assert made.get("a") == 1
    clock.now += 0.01
    assert made.get("a") is None


def test_an_entry_that_ends_earlier_goes_earlier() -> None:
    clock = Clock()
    made = recent(clock)
    made.put("c", 3, workspace_id="one", mark=made.mark(), seconds=1)

    clock.now += 1

    assert made.get("c") is None
    assert made.get("a") == 1


def test_a_workspace_is_dropped_alone() -> None:
    made = recent(Clock())

    made.drop("one")

    assert made.get("a") is None
    assert made.get("b") == 2


def test_no_workspace_means_all_of_them() -> None:
    for payload in ("", None):
        made = recent(Clock())

        made.drop(payload)

        assert made.get("a") is None
        assert made.get("b") is None


def test_what_was_read_before_a_drop_is_not_kept_after_it() -> None:
    made = recent(Clock())
    mark = made.mark()

    made.drop("two")
    made.put("c", 3, workspace_id="one", mark=mark)

    assert made.get("c") is None


def test_the_oldest_goes_when_it_is_full() -> None:
    made = recent(Clock(), size=2)

    made.put("c", 3, workspace_id="one", mark=made.mark())

    assert made.get("a") is None
    assert (made.get("b"), made.get("c")) == (2, 3)


def test_an_entry_put_again_counts_once() -> None:
    made = recent(Clock(), size=2)

    made.put("b", 20, workspace_id="two", mark=made.mark())

    assert (made.get("a"), made.get("b")) == (1, 20)
