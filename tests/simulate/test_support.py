"""What people enter on a simulated floor: believable, in order, the same for the same seed, and beside the calls."""

from collections import Counter
from itertools import pairwise, takewhile

import pytest
from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.entities import AgentState
from floorwatch.model.events import Entered, Event, NoteKind
from floorwatch.model.floor import Floor
from floorwatch.model.people import read_people
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules
from floorwatch.simulate.duty import duty_entries
from floorwatch.simulate.floor import simulate
from floorwatch.simulate.output import LiveEntries
from floorwatch.simulate.plan import HOUR, Plan, demo_plan
from floorwatch.simulate.said import CHINESE, ENGLISH, tongue_of
from floorwatch.simulate.staff import grid, people, people_csv
from floorwatch.simulate.support import support
from tests.simulate.conftest import MONDAY_MIDNIGHT


@pytest.fixture(scope="module")
def entries(day: Plan) -> list[Entered]:
    return list(support(day))


@pytest.fixture(scope="module")
def evening(day: Plan, entries: list[Entered]) -> FloorSnapshot:
    """The floor at the end of the day."""
    return folded(day, entries).snapshot(day.end)


def folded(plan: Plan, entries: list[Entered]) -> Floor:
    floor = Floor(FloorRules(FloorDays()), read_people(people_csv(plan)))
    for entry in entries:
        floor.take("journal", entry.at, (entry,))
    return floor


def test_equal_plans_give_equal_entries_and_other_seeds_others(day: Plan, entries: list[Entered]) -> None:
    assert list(support(day)) == entries
    assert list(support(replace(day, seed=4))) != entries


def test_the_calls_are_what_they_are_without_it(day: Plan, events: list[Event]) -> None:
    list(support(day))

    assert list(simulate(day)) == events


def test_entries_come_in_order_within_the_plan_each_with_an_id_of_its_own(day: Plan, entries: list[Entered]) -> None:
    assert all(before.at <= after.at for before, after in pairwise(entries))
    assert all(day.start <= entry.at < day.end for entry in entries)
    assert len({entry.id for entry in entries}) == len(entries)


def test_nothing_misfits_and_nobody_is_overtaken(day: Plan, entries: list[Entered]) -> None:
    floor = folded(day, entries)

    assert floor.snapshot(day.end).feeds["journal"].misfits == {}
    assert [entry for entry in entries if floor.overtaken(entry.id) is not None] == []


def test_everybody_is_of_the_floor_and_leaders_write_the_notes(day: Plan, entries: list[Entered]) -> None:
    names = {who.name: who for who in people(day)}
    asks = (ev.HelpRequested, ev.HelpWithdrawn)

    assert {entry.by for entry in entries} <= names.keys()
    assert all(names[entry.by].leader for entry in entries if not isinstance(entry, asks))
    assert all(names[entry.by].employee == entry.agent for entry in entries if isinstance(entry, ev.HelpRequested))


def test_who_asks_is_on_the_call_that_they_ask_about(entries: list[Entered], events: list[Event]) -> None:
    answered = {(e.agent, e.call): e.at for e in events if isinstance(e, ev.CallAnswered)}
    ended = {(e.agent, e.call): e.at for e in events if isinstance(e, ev.CallCompleted | ev.CallTransferred)}
    asked = [(e.at, (e.agent, e.call)) for e in entries if isinstance(e, ev.HelpRequested) and e.call]

    assert asked
    assert all(answered[key] < at <= ended[key] for at, key in asked)


def test_a_request_is_taken_and_answered_within_minutes_by_one_leader(evening: FloorSnapshot) -> None:
    closed = [each for each in evening.support.helps.values() if each.closed_at and not each.withdrawn]
    waits = sorted(each.closed_at - each.requested_at for each in closed if each.closed_at)

    assert len(closed) > 60
    assert all(each.taken_by == each.closed_by and each.answer for each in closed)
    assert 120 < waits[len(waits) // 2] < 600
    assert waits[-1] < 3600


def test_some_questions_come_again_and_again(evening: FloorSnapshot) -> None:
    asked = Counter(each.question for each in evening.support.helps.values())

    assert asked.most_common(1)[0][1] >= 8
    assert len(asked) > 8


def test_people_write_in_the_language_of_their_name(day: Plan, evening: FloorSnapshot) -> None:
    names = {who.employee: who.name for who in people(day)}
    for each in evening.support.helps.values():
        assert each.question in {question.text for question in tongue_of(names[each.agent]).questions}


@pytest.mark.parametrize(
    ("name", "tongue"),
    [("王芳", CHINESE), ("欧阳娜娜", CHINESE), ("Alice Johnson", ENGLISH), ("佐藤 さくら", ENGLISH), ("", ENGLISH)],
)
def test_chinese_is_what_is_written_with_chinese_signs_alone(name: str, tongue: object) -> None:
    assert tongue_of(name) is tongue


def test_a_floor_of_chinese_names_speaks_chinese() -> None:
    plan = Plan(MONDAY_MIDNIGHT + 9 * HOUR, 3.0, 30, languages=(("zh", 1.0),))
    said = [entry.question for entry in support(plan) if isinstance(entry, ev.HelpRequested)]

    assert said
    assert all("\u4e00" <= question[0] <= "\u9fff" for question in said)


def test_over_some_days_praise_and_coaching_are_about_three_to_one() -> None:
    plan = Plan(MONDAY_MIDNIGHT + 8 * HOUR, 24 * 4.0, 60)
    kinds = Counter(entry.kind for entry in support(plan) if isinstance(entry, ev.NoteTaken))

    assert 2.0 < kinds[NoteKind.PRAISE] / kinds[NoteKind.COACHING] < 4.5
    assert set(kinds) == set(NoteKind) - {NoteKind.FAULT}


def test_a_walk_visits_those_who_are_there_and_ends(evening: FloorSnapshot, entries: list[Entered]) -> None:
    assert evening.support.walks
    assert not any(walk.is_open for walk in evening.support.walks.values())
    assert len(evening.support.visits) > 25
    assert any(isinstance(entry, ev.SeatPassed) for entry in entries)


def test_notes_say_what_was_true_then(entries: list[Entered], events: list[Event]) -> None:
    talks = {(event.agent, event.call) for event in events if isinstance(event, ev.CallAnswered)}
    notes = [entry for entry in entries if isinstance(entry, ev.NoteTaken | ev.FaultReported)]

    assert {note.state for note in notes} <= set(AgentState)
    for note in notes:
        assert (note.state == AgentState.ON_CALL) == (note.call is not None)
        assert note.call is None or (note.agent, note.call) in talks


def test_a_system_breaks_at_several_seats_within_minutes(evening: FloorSnapshot) -> None:
    broken = [note for note in evening.support.notes.values() if note.tag == "CRM"]

    assert len({note.seat for note in broken}) >= 3
    assert broken[-1].at - broken[0].at < 600


def test_what_is_left_to_be_done_has_a_time_and_some_of_it_is_done(evening: FloorSnapshot) -> None:
    left = [note for note in evening.support.notes.values() if note.follow_up]

    assert all(note.due_at and note.due_at > note.at for note in left)
    assert {note.done_at is None for note in left} == {True, False}


def test_the_demo_opens_with_somebody_waiting_and_something_broken() -> None:
    now = MONDAY_MIDNIGHT + 30 * HOUR
    plan = demo_plan(now)
    floor = folded(plan, list(takewhile(lambda entry: entry.at <= now, support(plan))))
    then = floor.snapshot(now).support

    assert [each.taken_at is None for each in then.queue_of_help].count(True) >= 1
    assert len({note.seat for note in then.notes_since(now - 600) if note.tag == "CRM"}) >= 3
    assert then.follow_ups


def test_a_floor_without_a_leader_helps_itself() -> None:
    plan = Plan(MONDAY_MIDNIGHT + 9 * HOUR, 6.0, 3)

    assert folded(plan, list(support(plan))).snapshot(plan.end).feeds["journal"].misfits == {}


def test_it_is_given_as_time_passes_with_what_else_is_entered(day: Plan, entries: list[Entered]) -> None:
    live = LiveEntries(day)
    entries = sorted([*duty_entries(day), *entries], key=lambda entry: entry.at)

    assert live.due(day.start) == []
    assert live.next_at == entries[0].at
    assert live.due(entries[9].at) == entries[:10]
    assert live.due(day.end) == entries[10:]
    assert live.next_at is None


def test_the_grid_holds_every_seat_once_with_an_aisle_between_teams(day: Plan) -> None:
    drawn = grid(day)

    assert sorted(drawn.seats) == sorted(who.seat for who in people(day))
    assert [row[0] for row in drawn.rows if row] == ["A01", "A11", "B01", "B11", "C01", "C11"]
    assert drawn.rows[2] == drawn.rows[5] == ()


def test_some_callers_are_called_back_once_and_only_who_was_lost(entries: list[Entered], events: list[Event]) -> None:
    entered = {(e.queue, e.call, e.at) for e in events if isinstance(e, ev.CallEntered) and e.caller}
    lost_at = {(e.queue, e.call): e.at for e in events if isinstance(e, ev.CallAbandoned | ev.CallLeft)}
    returned = [entry for entry in entries if isinstance(entry, ev.CallReturned)]

    assert len({each.visit for each in returned}) == len(returned) > 10
    assert {each.visit for each in returned} <= entered
    assert all(lost_at[each.queue, each.call] < each.at for each in returned)
    assert {each.reached for each in returned} == {True, False}
