"""What a floor lets go over night: all that nobody looks back to, and nothing else, so that it can run for months."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from floorwatch.model import events
from floorwatch.model.clock import FloorDays
from floorwatch.model.entities import AgentState, Fact
from floorwatch.model.events import EndedBy, Event
from floorwatch.model.floor import Floor
from floorwatch.model.forgetting import MOST_ROWS
from floorwatch.model.ledger import NAMES_KEPT, OTHERS
from floorwatch.model.rows import BLOCK_ROWS
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules

DAY = 86_400.0
FIRST = 1_795_219_200.0  # 2026-11-21, midnight in UTC
CALLS = 40
TABLES = 5
RULES = FloorRules(days=FloorDays(ZoneInfo("UTC")))


def a_floor() -> Floor:
    return Floor(RULES, gives=frozenset(Fact), queues=["support"])


def a_day(day: int, agents: range = range(3)) -> Iterator[Event]:
    """Calls every ten minutes from 08:00 on, half of them lost; all sign in before and out after."""
    began = FIRST + day * DAY
    for agent in agents:
        yield events.MemberAdded(began + 7 * 3600, f"agent {agent}", "support")
    for number in range(CALLS):
        at = began + 8 * 3600 + number * 600
        call, who = f"{day}-{number}", f"agent {agents[number % len(agents)]}"
        yield events.CallEntered(at, call, "support", caller=f"1555{number:04}")
        if number % 2:
            yield events.CallAbandoned(at + 60, call, "support", wait_seconds=60)
            continue
        yield events.CallAnswered(at + 20, call, "support", who, wait_seconds=20)
        yield events.CallCompleted(at + 200, call, "support", who, EndedBy.AGENT, talk_seconds=180)
    for agent in agents:
        yield events.MemberRemoved(began + 22 * 3600, f"agent {agent}", "support")


def folded(floor: Floor, happened: Iterator[Event]) -> None:
    for event in happened:
        floor.apply(event, "log")


def today(floor: FloorSnapshot) -> object:
    """All that can be seen of the business day of the floor."""
    start = floor.day_start
    return (
        {key: counts for key, counts in floor.day_counts.items() if key[1] >= start},
        {key: counts for key, counts in floor.interval_counts.items() if key[1] >= start},
        {key: counts for key, counts in floor.agent_counts.items() if key[1] >= start},
        list(floor.past.visits(start)),
        list(floor.past.talks(start)),
        [list(floor.past.states_of(agent, start)) for agent in floor.agents],
        floor.lost,
        floor.agents,
        floor.waiting,
        floor.queue_names,
        floor.spells,
    )


def test_what_is_let_go_is_what_ended_before_yesterday() -> None:
    kept, forgot = a_floor(), a_floor()
    for day in range(4):
        for floor in (kept, forgot):
            folded(floor, a_day(day))
            floor.snapshot(FIRST + day * DAY + 23 * 3600)
        forgot.forget(FIRST + day * DAY + 23 * 3600)
    at = FIRST + 3 * DAY + 23.5 * 3600
    whole, rest = kept.snapshot(at), forgot.snapshot(at)

    assert today(rest) == today(whole)
    yesterday = FIRST + 2 * DAY
    assert list(rest.past.visits(yesterday)) == list(whole.past.visits(yesterday))
    assert len(list(whole.past.visits(0.0))) == 4 * CALLS
    assert {start for _queue, start in rest.day_counts} == {yesterday, yesterday + DAY}
    assert min(start for _queue, start in rest.interval_counts) >= yesterday
    assert {start for _agent, start in rest.agent_counts} == {yesterday, yesterday + DAY}


def test_a_floor_of_three_months_holds_no_more_than_one_of_three_weeks() -> None:
    floor = a_floor()
    held = []
    for day in range(90):
        folded(floor, a_day(day, range(day * 3, day * 3 + 3)))  # nobody comes a second day
        floor.snapshot(FIRST + (day + 1) * DAY)
        floor.forget(FIRST + (day + 1) * DAY)
        snapshot = floor.snapshot(FIRST + (day + 1) * DAY + 1)
        rows = sum(map(len, floor.history.tables.values()))
        counters = len(snapshot.interval_counts) + len(snapshot.agent_counts) + len(snapshot.day_counts)
        held.append((rows, counters, len(snapshot.agents), len(floor.history.vocabulary.words)))

    assert held[-1][1:3] == held[12][1:3]
    a_day_has = held[0][0]
    assert all(rows <= 3 * a_day_has + TABLES * BLOCK_ROWS for rows, *_others in held), "rows go block by block"
    assert max(words for *_others, words in held) < 100


def test_who_is_at_work_and_who_waits_is_not_let_go() -> None:
    floor = a_floor()
    floor.apply(events.MemberAdded(FIRST, "Ada", "night desk"), "log")
    floor.apply(events.MemberAdded(FIRST, "Grace", "night desk"), "log")
    floor.apply(events.CallEntered(FIRST + 10, "c-1", "hot line"), "log")
    floor.apply(events.CallEntered(FIRST + 10, "c-2", "night desk"), "log")
    floor.apply(events.CallAnswered(FIRST + 20, "c-2", "night desk", "Grace", wait_seconds=10), "log")
    floor.forget(FIRST + 1.5 * DAY)
    snapshot = floor.snapshot(FIRST + 1.5 * DAY)

    assert set(snapshot.agents) == {"Ada", "Grace"}
    assert set(snapshot.queue_names) == {"support", "night desk", "hot line"}
    assert [each.call for each in snapshot.waiting.values()] == ["c-1"]
    floor.apply(events.CallAbandoned(FIRST + 1.5 * DAY + 5, "c-1", "hot line"), "log")
    floor.apply(events.CallCompleted(FIRST + 1.5 * DAY + 5, "c-2", "night desk", "Grace", talk_seconds=5), "log")
    after = floor.snapshot(FIRST + 1.5 * DAY + 6)
    assert (len(after.waiting), len(after.talks)) == (0, 0)
    assert not after.feeds, "nothing was a misfit"


def test_a_call_whose_end_was_lost_goes_and_is_counted_as_such() -> None:
    floor = a_floor()
    floor.apply(events.MemberAdded(FIRST, "Grace", "support"), "log")
    floor.apply(events.CallEntered(FIRST + 10, "c-1", "support"), "log")
    floor.apply(events.CallEntered(FIRST + 10, "c-2", "support"), "log")
    floor.apply(events.CallRang(FIRST + 11, "c-1", "support", "Grace"), "log")
    floor.apply(events.CallAnswered(FIRST + 20, "c-2", "support", "Grace", wait_seconds=10), "log")
    floor.forget(FIRST + 2 * DAY + 60)
    snapshot = floor.snapshot(FIRST + 2 * DAY + 61)

    assert (len(snapshot.waiting), len(snapshot.talks)) == (0, 0)
    grace = snapshot.agents["Grace"]
    assert (grace.state, grace.since, grace.calls, grace.ringing) == (
        AgentState.AVAILABLE,
        FIRST + 2 * DAY + 60,
        (),
        (),
    )
    assert snapshot.feeds["log"].misfits == {"call that never ended": 2}
    assert not snapshot.agent_today("Grace").on_call_seconds
    assert not list(snapshot.past.visits(FIRST + DAY))


def test_who_left_a_week_ago_is_not_shown_any_more_and_who_left_yesterday_is() -> None:
    floor = a_floor()
    folded(floor, a_day(0, range(2)))
    folded(floor, a_day(8, range(5, 7)))
    floor.forget(FIRST + 9 * DAY + 3600)
    assert set(floor.snapshot(FIRST + 9 * DAY + 3600).agents) == {"agent 5", "agent 6"}


def test_a_snapshot_of_before_stays_as_it_was() -> None:
    floor = a_floor()
    folded(floor, a_day(0))
    folded(floor, a_day(1))
    before = floor.snapshot(FIRST + 2 * DAY - 1)
    visits, counts, lost = list(before.past.visits(0.0)), dict(before.interval_counts), before.lost
    floor.forget(FIRST + 5 * DAY)
    folded(floor, a_day(5))
    floor.snapshot(FIRST + 6 * DAY - 1)

    assert list(before.past.visits(0.0)) == visits
    assert before.interval_counts == counts
    assert before.lost == lost


def test_a_snapshot_after_it_shares_no_counters_with_the_floor() -> None:
    floor = a_floor()
    folded(floor, a_day(0))
    floor.snapshot(FIRST + DAY)
    floor.forget(FIRST + DAY)
    shown = floor.snapshot(FIRST + DAY)
    offered = shown.day_counts["support", FIRST].offered
    floor.apply(events.CallEntered(FIRST + 23 * 3600, "late", "support"), "log")
    floor.apply(events.CallAbandoned(FIRST + DAY + 5, "late", "support"), "log")
    assert shown.day_counts["support", FIRST].offered == offered
    assert floor.snapshot(FIRST + DAY + 6).day_counts["support", FIRST].offered == offered + 1


def test_a_doubled_ending_is_still_told_from_a_new_visit() -> None:
    floor = a_floor()
    folded(floor, a_day(0))
    folded(floor, a_day(1))
    floor.forget(FIRST + 2 * DAY)
    entered = FIRST + DAY + 8 * 3600
    floor.apply(events.CallEntered(entered, "1-0", "support"), "log")
    snapshot = floor.snapshot(FIRST + 2 * DAY)
    assert not snapshot.waiting
    assert sum(snapshot.feeds["log"].misfits.values()) == 1


def test_a_flood_leaves_the_newest_rows_and_every_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    most = 4096
    monkeypatch.setattr("floorwatch.model.forgetting.MOST_ROWS", dict.fromkeys(MOST_ROWS, most))
    floor = a_floor()
    for number in range(2 * most):
        at = FIRST + number
        floor.apply(events.CallEntered(at, str(number), "support"), "log")
        floor.apply(events.CallAbandoned(at + 0.5, str(number), "support"), "log")
        if floor.holds_too_much:
            floor.make_room()
    snapshot = floor.snapshot(FIRST + 2 * most)

    assert most / 2 < len(list(snapshot.past.visits(0.0))) <= most
    assert [each.call for each in snapshot.past.visits(FIRST + 2 * most - 2)] == [str(2 * most - 2), str(2 * most - 1)]
    assert snapshot.day_counts["support", FIRST].offered == 2 * most


def test_names_that_a_feed_makes_up_do_not_fill_the_memory() -> None:
    floor = a_floor()
    for number in range(10_000):
        floor.apply(events.Unrecognised(FIRST, f"WORD{number}"), "log")
        floor.take("log", FIRST, (), rejected=f"reason {number}")
    feed = floor.snapshot(FIRST).feeds["log"]

    for counts in (feed.unknown_events, feed.rejected):
        assert len(counts) == NAMES_KEPT + 1
        assert counts[OTHERS] == 10_000 - NAMES_KEPT
