"""A session looks at its feeds once a second, and at once where something must be said at once."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from floorwatch.engine.feed_watch import Place
from floorwatch.engine.session_feeds import Age, SessionFeeds
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.snapshot import FeedState, FloorSnapshot
from floorwatch.testing import floors

START = floors.NOW
PASS_SECONDS = 1 / 30


class Passes:
    """The passes of a session over one feed, whose last line the test says."""

    def __init__(self) -> None:
        self.health, self.recording = FeedHealth("log", "ok"), list[FeedHealth]()
        self.last_line = START
        self.feeds = SessionFeeds(lambda: [self.health], lambda: self.recording, {"log": Place()}, is_followed=True)

    def at(self, seconds: float) -> tuple[bool, bool]:
        """One pass: whether anything is other, and whether the age of the figures is."""
        floor: FloorSnapshot = replace(
            floors.snapshot(*(floors.caller("support", 9, call=f"c{n}") for n in range(3))),
            at=START + seconds,
            feeds={"log": FeedState("log", 812, self.last_line)},
        )
        return self.feeds.look(floor, START + seconds, is_opening=False)


def _lost(passes: Passes) -> None:
    passes.health.state = "lost"


def _says_why(passes: Passes) -> None:
    passes.health.reason = "b.log: no permission"


def _rotated(passes: Passes) -> None:
    passes.health.rotations += 1


def _lost_lines(passes: Passes) -> None:
    passes.health.possible_loss += 1


def _polls(passes: Passes) -> None:
    passes.health.polling = True


def _recording_fails(passes: Passes) -> None:
    passes.recording.append(FeedHealth("recording", "disk full"))


def test_what_is_counted_waits_for_the_second() -> None:
    passes = Passes()
    assert passes.at(0) == (True, False)
    passes.health.reject("torn", 0, b"x")
    for number in range(1, 30):
        assert passes.at(number * PASS_SECONDS) == (False, False)
    assert passes.at(1.01) == (True, False)


@pytest.mark.parametrize("happens", [_lost, _says_why, _rotated, _lost_lines, _polls, _recording_fails])
def test_trouble_is_said_in_the_next_pass(happens: Callable[[Passes], None]) -> None:
    passes = Passes()
    passes.at(0)
    assert passes.at(PASS_SECONDS) == (False, False)
    happens(passes)
    assert passes.at(2 * PASS_SECONDS) == (True, False)
    assert passes.at(3 * PASS_SECONDS) == (False, False)


def test_the_first_line_after_a_silence_takes_the_marks_back_at_once() -> None:
    passes = Passes()
    assert passes.at(0) == (True, False)
    assert passes.at(1800.5) == (True, True)
    assert passes.feeds.age == Age(True, START)
    passes.at(1800.6)
    passes.last_line = START + 1800.6
    assert passes.at(1800.7) == (True, True)
    assert passes.feeds.age == Age()


def test_where_time_stands_every_pass_looks() -> None:
    passes = Passes()
    passes.at(0)
    passes.at(0.5)
    passes.health.reject("torn", 0, b"x")
    assert passes.at(0.5) == (True, False)


def test_another_moment_is_looked_at_at_once() -> None:
    passes = Passes()
    passes.at(0)
    passes.health.reject("torn", 0, b"x")
    assert passes.at(-0.1) == (True, False)


@pytest.mark.parametrize("rate", [1, 7, 60, 600])
def test_a_replay_that_is_stopped_says_the_same_at_any_rate(rate: int) -> None:
    begins = next(second for second in range(120, 1900) if _is_old_at(second))
    passes, at = Passes(), 0.0
    while at < begins:
        passes.at(at)
        at += rate * PASS_SECONDS
    for _pass in range(2):  # it stands on the very second at which the silence begins
        passes.at(begins)
    assert passes.feeds.age == Age(True, START)
    for _pass in range(2):
        passes.at(begins - 0.5)
    assert passes.feeds.age == Age()


def _is_old_at(seconds: float) -> bool:
    passes = Passes()
    passes.at(seconds)
    return passes.feeds.age.is_old
