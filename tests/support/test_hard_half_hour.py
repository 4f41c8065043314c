"""The sample `hard-half-hour` shows what its page says: each moment of sample_feeds/README.md is looked at here."""

import pytest

from floorwatch.bundled import bundled
from floorwatch.testing import Kit
from floorwatch_seat_support.asked_before import answered_before
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.rules import rules

SAMPLE = "hard-half-hour"
HELP, DUE, SUSPECTED, _NOT_VISITED = rules(Limits())


@pytest.fixture
def sample(floorwatch: Kit) -> Kit:
    floorwatch.load(SAMPLE)
    return floorwatch


def test_it_is_small_and_readable_by_all() -> None:
    file = bundled("sample_feeds") / SAMPLE / f"{SAMPLE}.floorlog"

    assert file.stat().st_size < 200_000
    assert file.stat().st_mode & 0o044 == 0o044


def test_all_of_it_is_understood(sample: Kit) -> None:
    feeds = sample.floor("15:06:50").feeds

    assert feeds["switch"].lines > 500
    assert not any(feed.rejected or feed.unknown_events or feed.misfits for feed in feeds.values())


def test_one_request_waits_from_amber_to_red(sample: Kit) -> None:
    def tone(at: str) -> str:
        return next(each.tone.value for each in sample.alerts(HELP, at=at) if each.subject == "help:h2")

    assert [tone(at) for at in ("14:38", "14:39", "14:41", "14:44")] == ["notice", "warn", "alarm", "warn"]
    assert sample.floor("14:43:35").support.queue_of_help[0].taken_at is None
    assert sample.floor("14:43:45").support.queue_of_help[0].taken_by == "周敏"


def test_a_question_comes_again_when_its_answer_is_known(sample: Kit) -> None:
    floor = sample.floor("14:38:30")
    asked = floor.support.helps["h3"]

    assert [each.help.id for each in answered_before(floor, asked.question, but=asked.id)] == ["h1"]
    assert sample.floor("14:50").support.helps["h4"].withdrawn


def test_three_seats_are_suspected_and_what_is_owned_is_closed(sample: Kit) -> None:
    assert sample.alerts(SUSPECTED, at="14:42:50") == ()
    (suspected,) = sample.alerts(SUSPECTED, at="14:43")
    (owned,) = sample.alerts(SUSPECTED, at="14:47")
    incident = sample.floor("14:56").support.incidents[suspected.subject.removeprefix("incident:")]

    assert suspected.text.endswith("A09 A10 A12")
    assert (owned.subject, owned.tone.value) == (suspected.subject, "notice")
    assert (incident.owner, incident.seats, len(incident.evidence)) == ("周敏", ("A09", "A10", "A12", "A13"), 1)
    assert sample.alerts(SUSPECTED, at="14:56") == ()


def test_callers_wait_while_nobody_is_free(sample: Kit) -> None:
    total = sample.floor("14:46").total

    assert (len(total.waiting), total.free) == (4, 0)


def test_the_walk_and_what_it_left_to_do(sample: Kit) -> None:
    assert sample.floor("14:50").support.walks
    (due,) = sample.alerts(DUE, at="15:01")
    last = sample.floor("15:06:50")

    assert due.subject == "note:n2"
    assert sample.alerts(DUE, at="15:04") == ()
    assert [note.id for note in last.support.follow_ups.values()] == ["n3"]
    assert [walk.ended_at is None for walk in last.support.walks.values()] == [False]
    assert sorted(note.id for note in last.support.notes_since(last.day_start)) == sorted(
        ["f1", "f2", "f3", "n1", "n2", "n3", "n5", "n6"]
    )
    assert sum(visit.at >= last.day_start for visit in last.support.visits.values()) == 12
    assert not last.support.queue_of_help
