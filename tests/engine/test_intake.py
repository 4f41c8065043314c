"""Intakes and the queue between them and the loop: woken, beating, bounded, and never ended by a feed that fails."""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.handover import BATCHES_AHEAD, Batch, HandOver
from floorwatch.engine.intake import Intake
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.clock import VirtualClock
from tests.engine.small_floor import START, entered
from tests.patience import PATIENCE_SECONDS

NEVER_SECONDS = 3600.0
Given = Sequence[Decoded] | BaseException | None


class Scripted:
    """A feed that gives what it was told, drain by drain, then nothing."""

    name = "scripted"

    def __init__(self, *script: Given, behind: int = 0) -> None:
        self.health = FeedHealth(self.name)
        self.drains = 0
        self.closed = threading.Event()
        self._script = list(script)
        self._behind = behind

    @property
    def caught_up(self) -> bool:
        return self.drains > self._behind

    def drain(self, now: float, limit: int) -> Any:  # noqa: ARG002  # asked for by the protocol; None is a mistake
        self.drains += 1
        given = self._script.pop(0) if self._script else ()
        if isinstance(given, BaseException):
            raise given
        return given

    def close(self) -> None:
        self.closed.set()


class Loop:
    """The taking end: waits for batches as the station would."""

    def __init__(self) -> None:
        self.hand_over = HandOver()
        self._there = threading.Semaphore(0)
        self.hand_over.notify(self._there.release)

    def next(self) -> Batch:
        assert self._there.acquire(timeout=PATIENCE_SECONDS)
        batch = self.hand_over.take()
        assert batch is not None
        return batch


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def intake_of(loop: Loop) -> Iterator[Callable[[Scripted, float], Intake[Decoded]]]:
    """Start an intake of a feed with a beat; ended after the test."""
    intakes: list[Intake[Decoded]] = []

    def start(feed: Scripted, beat_seconds: float) -> Intake[Decoded]:
        intake = Intake(feed, lambda entries: entries, VirtualClock(START), loop.hand_over, beat_seconds)
        intakes.append(intake)
        intake.start()
        return intake

    yield start
    for intake in intakes:
        intake.stop()
        while loop.hand_over.take() is not None:  # room for the one it may hold
            pass


Starting = Callable[[Scripted, float], Intake[Decoded]]


def test_a_feed_is_drained_at_every_beat_whatever_its_wake_up_does(loop: Loop, intake_of: Starting) -> None:
    feed = Scripted([], [], [entered(START)])
    intake_of(feed, 0.001)

    assert [len(loop.next().items) for _beat in range(3)] == [0, 0, 1]


def test_a_feed_is_drained_as_soon_as_it_is_woken(loop: Loop, intake_of: Starting) -> None:
    intake = intake_of(Scripted([], [entered(START)]), NEVER_SECONDS)
    assert loop.next().items == []

    intake.wake()

    assert len(loop.next().items) == 1


def test_a_feed_that_has_more_is_drained_on_at_once(loop: Loop, intake_of: Starting) -> None:
    items = [entered(START + place, str(place)) for place in range(4)]
    intake_of(Scripted(items[:2], items[2:], behind=1), NEVER_SECONDS)
    first, second = loop.next(), loop.next()

    assert [*first.items, *second.items] == items
    assert first.complete_to < items[1].received_at  # more of that instant may still come
    assert second.complete_to == START


def test_a_feed_that_fails_says_so_and_is_tried_again(loop: Loop, intake_of: Starting) -> None:
    feed = Scripted(OSError("the disk is gone"), [entered(START)])
    intake = intake_of(feed, NEVER_SECONDS)
    assert loop.next().items == ()
    assert feed.health.state == "failed"
    assert feed.health.reason.startswith("OSError: the disk is gone (test_intake.py:")

    intake.wake()

    assert len(loop.next().items) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [(SystemExit(1), "SystemExit: 1"), (KeyboardInterrupt(), "KeyboardInterrupt"), (None, "TypeError: ")],
)
def test_a_feed_that_leaves_or_gives_nonsense_has_failed_and_its_thread_goes_on(
    loop: Loop, given: Given, said: str
) -> None:
    feed = Scripted(given, [entered(START)])
    intake = Intake(feed, list, VirtualClock(START), loop.hand_over, NEVER_SECONDS)
    intake.start()
    assert loop.next().items == ()
    assert feed.health.state == "failed"
    assert feed.health.reason.startswith(said)

    intake.wake()

    assert len(loop.next().items) == 1
    intake.stop()
    assert feed.closed.wait(PATIENCE_SECONDS)


class Forgetful(Scripted):
    """A feed that does not know whether it has more."""

    @property
    def caught_up(self) -> bool:
        raise SystemExit(2)


def test_what_a_feed_gave_before_it_failed_is_kept(loop: Loop, intake_of: Starting) -> None:
    feed = Forgetful([entered(START)])
    intake_of(feed, NEVER_SECONDS)

    assert len(loop.next().items) == 1
    assert feed.health.state == "failed"


def test_an_intake_that_is_stopped_closes_its_feed(loop: Loop, intake_of: Starting) -> None:
    feed = Scripted()
    intake = intake_of(feed, NEVER_SECONDS)
    loop.next()

    intake.stop()

    assert feed.closed.wait(PATIENCE_SECONDS)


def test_whoever_is_too_far_ahead_waits_until_something_is_taken() -> None:
    hand_over, done = HandOver(), threading.Event()

    def put_one_too_many() -> None:
        for number in range(BATCHES_AHEAD + 1):
            hand_over.put(Batch("a", (), number))
        done.set()

    full = threading.Semaphore(0)
    hand_over.notify(full.release)
    threading.Thread(target=put_one_too_many, daemon=True).start()
    for _batch in range(BATCHES_AHEAD):
        assert full.acquire(timeout=PATIENCE_SECONDS)
    assert not done.is_set()

    first = hand_over.take()

    assert first is not None
    assert first.complete_to == 0
    assert done.wait(PATIENCE_SECONDS)
    assert [batch.complete_to for batch in iter(hand_over.take, None)] == list(range(1, BATCHES_AHEAD + 1))
