"""The rules of the queue panel: the longest wait, more waiting than free, a feed that is silent."""

from typing import Any

import pytest

from floorwatch.api import (
    AgentState,
    Alert,
    AlertTone,
    Fact,
    FloorSnapshot,
    Membership,
)
from floorwatch.testing import Kit, floors
from floorwatch_queue_status.rules import FeedSilent, LongestWait, WaitingOverFree


def longest_wait(kit: Kit, floor: FloorSnapshot, **options: Any) -> tuple[Alert, ...]:
    """What the rule finds true."""
    return kit.alerts(LongestWait(), floor=floor, **options)


def test_wait_at_the_limit_of_the_queue_is_an_alarm_since_the_entry(floorwatch: Kit) -> None:
    floor = floors.snapshot(floors.caller("support", waited=60), floors.agent("1", queues=["support"]))

    (alert,) = longest_wait(floorwatch, floor)
    assert (alert.subject, alert.tone, alert.since) == ("queue:support", AlertTone.ALARM, floors.NOW - 60)
    assert alert.text == "support: 1 free, long wait"
    assert alert.playbook
    assert longest_wait(floorwatch, floors.snapshot(floors.caller("support", waited=59))) == ()


def test_alert_says_the_same_a_second_later(floorwatch: Kit) -> None:
    parts = (floors.caller("support", waited=70), floors.agent("1", queues=["support"]))

    now, later = floors.snapshot(*parts), floors.snapshot(*parts, at=floors.NOW + 1)
    assert longest_wait(floorwatch, now) == longest_wait(floorwatch, later)


def test_free_is_not_spoken_of_where_no_feed_tells_who_is_signed_in(floorwatch: Kit) -> None:
    floor = floors.snapshot(floors.caller("support", waited=70), gives=frozenset({Fact.CALLS}))

    assert [alert.text for alert in longest_wait(floorwatch, floor)] == ["support: 1 waiting, long wait"]
    assert floorwatch.alerts(WaitingOverFree(), floor=floor, margin=0) == ()


def test_only_the_chosen_queues_are_watched(floorwatch: Kit) -> None:
    floor = floors.snapshot(floors.caller("support", waited=70), floors.caller("vip", waited=70))

    assert [alert.subject for alert in longest_wait(floorwatch, floor, queues=["vip"])] == ["queue:vip"]


@pytest.mark.parametrize(("waiting", "raised"), [(3, False), (4, True)])
def test_more_waiting_than_free_counts_past_the_margin(floorwatch: Kit, waiting: int, raised: bool) -> None:
    callers = [floors.caller("support", waited=n + 1.0) for n in range(waiting)]
    floor = floors.snapshot(*callers, floors.agent("1", queues=["support"]), floors.agent("2", queues=["sales"]))

    alerts = floorwatch.alerts(WaitingOverFree(), floor=floor, margin=2)
    assert [alert.text for alert in alerts] == (["support: 4 wait, 1 free"] if raised else [])


def test_silent_feed_is_told_while_somebody_works(floorwatch: Kit) -> None:
    busy = floors.interval("support", back=1, offered=120)
    parts = (busy, floors.feed("queue_log", silent=310), floors.feed("ami", silent=2), floors.agent("1"))

    (alert,) = floorwatch.alerts(FeedSilent(), floor=parts)
    assert (alert.subject, alert.text) == ("feed:queue_log", "queue_log: no line since 10:35")
    assert alert.since == floors.NOW - 310


@pytest.mark.parametrize(
    "part",
    [
        floors.agent("1", state=AgentState.SIGNED_OUT, queues={"support": Membership(False)}),
        floors.day("support", offered=3),
    ],
    ids=["all signed out", "nobody there"],
)
def test_feed_may_be_silent_at_night(floorwatch: Kit, part: floors.Part) -> None:
    floor = floors.snapshot(floors.feed("queue_log", silent=9000), part)

    assert floorwatch.alerts(FeedSilent(), floor=floor) == ()


def test_feed_that_is_ignored_or_never_spoke_is_not_told(floorwatch: Kit) -> None:
    floor = floors.snapshot(
        floors.feed("roster", silent=900), floors.feed("late", silent=None), floors.caller("vip", 3)
    )

    assert floorwatch.alerts(FeedSilent(), floor=floor, ignore=["roster"]) == ()
