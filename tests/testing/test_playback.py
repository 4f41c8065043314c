"""A replay driven by a clock of the test: the same at any rate, on the way and at the end."""

import asyncio

import pytest

from floorwatch.testing import Kit, RefusedError
from tests.testing.small_plugins import Crowd, Failing, Remembering, Waits

SAMPLE = "support-in-trouble"
MOMENTS = ("10:05", "10:31", "10:40:02")


def small_shift(kit: Kit) -> None:
    """Two callers, one of whom gives up."""
    kit.at("10:40").enters("c1", "support")
    kit.at("10:40:30").enters("c2", "support")
    kit.at("10:42").abandons("c2")


def test_the_rate_does_not_matter(floorwatch: Kit) -> None:
    floorwatch.load(SAMPLE)
    folded = [floorwatch.show(Waits(), at=moment) for moment in MOMENTS]

    for rate in (20.0, 600.0):
        assert floorwatch.replay(SAMPLE, rate=rate).shows(Waits(), *MOMENTS) == folded


def test_a_panel_that_remembers_is_found_out(floorwatch: Kit) -> None:
    slow = floorwatch.replay(SAMPLE, rate=20).show(Remembering(), at="10:30")
    fast = floorwatch.replay(SAMPLE, rate=600).show(Remembering(), at="10:30")

    assert slow != fast


def test_alerts_are_the_same_folded_and_replayed(floorwatch: Kit) -> None:
    small_shift(floorwatch)
    replayed = [floorwatch.replay(rate=rate).alerts(Crowd(), "10:41:10") for rate in (1, 77)]

    floorwatch.asks(Crowd())
    assert replayed == [floorwatch.floor("10:41:10").alerts] * 2
    assert len(replayed[0]) == 1


def test_what_was_said_is_replayed_too(floorwatch: Kit) -> None:
    small_shift(floorwatch)
    replay = floorwatch.replay(rate=10)

    assert [len(floor.waiting) for floor in replay.floors("10:41", "10:40", "10:43")] == [1, 2, 1]
    assert replay.floor("10:41") == floorwatch.floor("10:41")


def test_the_same_in_a_test_that_is_on_a_loop(floorwatch: Kit) -> None:
    async def asked() -> str:
        small_shift(floorwatch)
        return floorwatch.replay(rate=10).show(Waits(), at="10:41").cell("queue:support", "longest").text

    assert asyncio.run(asked()) == "1:00"


def test_a_moment_outside_the_replay_is_refused(floorwatch: Kit) -> None:
    with pytest.raises(ValueError, match="08:00:00 is not in this replay, which lasts from 10:00:00"):
        floorwatch.replay(SAMPLE).floor("08:00")
    with pytest.raises(ValueError, match="there is nothing to replay"):
        floorwatch.replay().floor("10:00")
    with pytest.raises(ValueError, match="above 0"):
        floorwatch.replay(SAMPLE, rate=0)


def test_a_panel_that_fails_is_said_as_the_host_says_it(floorwatch: Kit) -> None:
    small_shift(floorwatch)

    with pytest.raises(RefusedError, match="failing: KeyError: 'seat'"):
        floorwatch.replay().show(Failing(), at="10:41")
