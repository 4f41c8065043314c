"""Where somebody is by the call feed: spells of the telephones, of pauses and of absence, however it is looked at."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import Presence, Spell
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.presence import KEPT_SECONDS, MOST_SPELLS, remembered_since
from floorwatch.model.targets import FloorRules
from tests.model.entering import AT

PHONES, PAUSED, OUT = Presence
HOUR = 3600.0


def floor_of(*happened: Event) -> Floor:
    floor = Floor(FloorRules(FloorDays()))
    for event in happened:
        floor.take("switch", event.at, (event,))
    return floor


def spells(*happened: Event, agent: str = "1007") -> tuple[Spell, ...]:
    return floor_of(*happened).snapshot(AT + 90_000).spells.get(agent, ())


def comes(at: float = 0.0) -> Event:
    return ev.MemberAdded(AT + at, "1007", "q")


def calls(at: float) -> tuple[Event, ...]:
    entered, answered = ev.CallEntered(AT + at, "c", "q"), ev.CallAnswered(AT + at + 5, "c", "q", "1007")
    return entered, answered, ev.CallCompleted(AT + at + 60, "c", "q", "1007")


def test_whoever_is_known_by_calls_alone_is_implied_until_a_line_says_that_they_left() -> None:
    gone = ev.MemberRemoved(AT + 500, "1007", "q")
    found = spells(*calls(0), pauses(100), gone, comes(600))
    assert [(each.presence, each.is_implied) for each in found] == [
        (PHONES, True),
        (PAUSED, True),
        (OUT, False),
        (PHONES, False),
    ]


def pauses(at: float, reason: str | None = "Lunch") -> Event:
    return ev.AgentPaused(AT + at, "1007", None, reason)


def resumes(at: float) -> Event:
    return ev.AgentResumed(AT + at, "1007", None)


def goes(at: float) -> Event:
    return ev.MemberRemoved(AT + at, "1007", "q")


def enters(at: float, call: str = "c") -> Event:
    return ev.CallEntered(AT + at, call, "q")


def answers(at: float, call: str = "c") -> Event:
    return ev.CallAnswered(AT + at, call, "q", "1007")


def ends(at: float, call: str = "c") -> Event:
    return ev.CallCompleted(AT + at, call, "q", "1007")


def test_a_day_is_told_in_its_spells() -> None:
    assert spells(comes(), pauses(60), resumes(120), goes(180)) == (
        Spell(PHONES, AT, AT + 60),
        Spell(PAUSED, AT + 60, AT + 120, "Lunch"),
        Spell(PHONES, AT + 120, AT + 180),
        Spell(OUT, AT + 180, None),
    )


def test_whatever_happens_at_the_telephones_is_one_spell() -> None:
    calls = (enters(5), ev.CallRang(AT + 6, "c", "q", "1007"), answers(9), ends(30))
    wraps = (ev.WrapUpStarted(AT + 30, "1007", None), ev.WrapUpEnded(AT + 40, "1007", None))

    assert spells(comes(), *calls, *wraps) == (Spell(PHONES, AT, None, None, (AT + 9, AT + 30)),)


def test_a_call_that_lasts_is_told_as_lasting() -> None:
    assert spells(comes(), enters(5), answers(9)) == (Spell(PHONES, AT, None, None, (AT + 9, None)),)


def test_who_hangs_up_late_goes_late_and_the_call_is_told() -> None:
    found = spells(comes(), enters(5), answers(9), pauses(60), ends(300), resumes(900))

    assert found == (
        Spell(PHONES, AT, AT + 300, None, (AT + 9, AT + 300)),
        Spell(PAUSED, AT + 300, AT + 900, "Lunch"),
        Spell(PHONES, AT + 900, None),
    )


def test_of_several_calls_the_last_is_told() -> None:
    found = spells(comes(), enters(1), answers(2), ends(10), enters(11, "d"), answers(12, "d"), ends(20, "d"))

    assert found[-1].call == (AT + 12, AT + 20)


def test_another_reason_is_another_spell() -> None:
    assert [spell.reason for spell in spells(comes(), pauses(60), pauses(90, "Tea"), pauses(95, "Tea"))] == [
        None,
        "Lunch",
        "Tea",
    ]


def test_who_leaves_one_queue_for_another_at_once_was_never_away() -> None:
    joins = ev.MemberAdded(AT + 60, "1007", "other")

    assert spells(comes(), goes(60), joins) == (Spell(PHONES, AT, None),)


def test_a_telephone_that_fails_hides_nothing() -> None:
    fails, works = ev.DeviceFailed(AT + 70, "1007"), ev.DeviceRestored(AT + 200, "1007")

    assert spells(comes(), pauses(60), fails, resumes(100), works) == (
        Spell(PHONES, AT, AT + 60),
        Spell(PAUSED, AT + 60, AT + 100, "Lunch"),
        Spell(PHONES, AT + 100, None),
    )


def test_an_unknown_state_tells_nothing() -> None:
    assert spells(ev.DeviceFailed(AT, "1007"), ev.DeviceRestored(AT + 5, "1007")) == ()


@pytest.mark.parametrize("back", [0.0, 30.0])
def test_a_clock_that_runs_backwards_makes_no_spell_backwards(back: float) -> None:
    found = spells(comes(), pauses(60), resumes(60 - back), pauses(100), goes(90))

    assert all(one.end == other.start for one, other in pairwise(found))
    assert all(spell.end is None or spell.start < spell.end for spell in found)


def test_a_day_and_a_half_is_kept() -> None:
    hours = [pauses(hour * HOUR) if hour % 2 else resumes(hour * HOUR) for hour in range(1, 60)]
    found = spells(comes(), *hours)

    assert found[-1].start == AT + 59 * HOUR
    assert found[0].start == AT + (59 - 37) * HOUR


def flood(changes: int) -> list[Event]:
    """Somebody who signs in, and goes to and from a pause every second from then on, as often as this."""
    return [comes(), *(pauses(second) if second % 2 else resumes(second) for second in range(1, changes + 1))]


def test_of_a_flood_the_last_spells_are_kept() -> None:
    found = spells(*flood(MOST_SPELLS + 50))

    assert len(found) == MOST_SPELLS + 1
    assert found[-1] == Spell(PHONES, AT + MOST_SPELLS + 50)
    assert found[0].start == AT + 50


@pytest.mark.parametrize(("changes", "first"), [(0, None), (MOST_SPELLS - 2, None), (MOST_SPELLS + 50, 50)])
def test_what_was_before_the_spells_of_a_flood_is_not_remembered(changes: int, first: float | None) -> None:
    now = AT + 1000
    expected = now - KEPT_SECONDS if first is None else AT + first
    assert remembered_since(spells(*flood(changes)), now) == expected
    assert remembered_since((), now) == now - KEPT_SECONDS
    assert remembered_since(spells(*flood(MOST_SPELLS + 50)), now + 2 * KEPT_SECONDS) == now + KEPT_SECONDS


def test_who_has_not_changed_shares_with_the_snapshot_before() -> None:
    floor = floor_of(comes(), ev.MemberAdded(AT, "1008", "q"))
    before = floor.snapshot(AT + 1).spells
    floor.take("switch", AT + 2, (pauses(2),))
    after = floor.snapshot(AT + 3).spells
    floor.take("journal", AT + 4, (ev.SeatVisited(AT + 4, id="v", by="Ada", agent="1007"),))

    assert after["1008"] is before["1008"]
    assert before["1007"] == (Spell(PHONES, AT, None),)
    assert floor.snapshot(AT + 5).spells is after


EVENTS = st.lists(
    st.one_of(
        st.sampled_from(
            (comes(), pauses(0.0), resumes(0.0), goes(0.0), enters(0.0), answers(0.0), ends(0.0)),
        ),
        st.sampled_from((ev.DeviceFailed(AT, "1007"), ev.DeviceRestored(AT, "1007"))),
    ),
    max_size=30,
)


@given(EVENTS, st.sets(st.integers(0, 30)))
def test_looking_on_the_way_changes_nothing_and_spells_follow_one_another(
    happened: list[Event], looks: set[int]
) -> None:
    straight, stopping = Floor(FloorRules(FloorDays())), Floor(FloorRules(FloorDays()))
    for place, event in enumerate(happened):
        moved = replace(event, at=AT + place)
        straight.take("switch", moved.at, (moved,))
        stopping.take("switch", moved.at, (moved,))
        if place in looks:
            stopping.snapshot(moved.at)
    found = straight.snapshot(AT + 60).spells

    assert stopping.snapshot(AT + 60).spells == found
    for one, other in pairwise(found.get("1007", ())):
        assert one.end == other.start
        assert (one.presence, one.reason) != (other.presence, other.reason)


def test_a_spell_without_length_that_somebody_saw_run_is_none() -> None:
    floor = floor_of(ev.WrapUpStarted(AT, "1007"))
    assert [each.end for each in floor.snapshot(AT).spells["1007"]] == [None]

    floor.take("switch", AT, (ev.WrapUpEnded(AT, "1007"),))
    assert floor.snapshot(AT + 60).spells == {}
