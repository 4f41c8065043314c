"""The edges of a floor that is kept: what goes on from it, beside it, and after it, and what lays a base."""

from collections.abc import Iterable

import pytest

from floorwatch.model import events as ev
from floorwatch.model.bases import Bases
from floorwatch.model.ended_visits import CLOSED_KEPT, EndedVisits, KeptVisits
from floorwatch.model.entities import AgentState
from floorwatch.model.entry_log import EntryLog, KeptEntries
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.history import History
from floorwatch.model.readings import Readings
from floorwatch.model.things import SPELLS, Things
from tests.model.by_hand import DAY, RULES, floor_of, misfits
from tests.model.entering import AT, PEOPLE, Book, asked, note, taken
from tests.model.rosters import roster, shift

NINE = DAY + 9 * 3600
TODAY = DAY + 86_400


def taken_up(floor: Floor, readings: Readings | None = None) -> Floor:
    readings = readings or Readings()
    second = Floor(RULES, PEOPLE)
    second.take_up(floor.kept(readings), floor.history, readings)
    return second


def book_of(floor: Floor, entries: int) -> Book:
    book = Book()
    book.floor, book.entries = floor, entries
    return book


# --- entries ---


def test_an_entry_that_came_after_a_moment_is_new_to_the_floor_of_that_moment() -> None:
    log, things = EntryLog(), Things()
    assert log.is_new("a")
    log.give(things)
    kept = log.kept(things)
    assert log.is_new("b")
    log.give(things)
    earlier = EntryLog()
    earlier.take_up(kept, things)
    assert [earlier.is_new(entry) for entry in ("a", "b", "b")] == [False, True, False]


@pytest.mark.parametrize("kept", [KeptEntries(0, [0], {}, {}), KeptEntries(1, [], {}, {})], ids=["done", "seen"])
def test_entries_that_the_history_does_not_have_are_refused_at_once(kept: KeptEntries) -> None:
    with pytest.raises(IndexError):
        EntryLog().take_up(kept, Things())


def test_a_floor_that_goes_on_from_an_earlier_moment_knows_its_own_entries_and_no_others() -> None:
    book = Book()
    book.enter(asked())
    readings = Readings()
    kept = book.floor.kept(readings)
    for _ in range(2):
        book.enter(note())
    book.floor.kept(readings)
    earlier = Floor(RULES, PEOPLE)
    earlier.take_up(kept, book.floor.history, readings)
    second = book_of(earlier, 8)
    entry = second.enter(note())
    third = book_of(taken_up(second.floor), 9)
    assert third.floor.what_was_done(entry) is not None
    third.again(ev.WalkBegan(AT + 99, id=entry, by="Ada"))
    assert third.misfits == {"entry doubled": 1}
    third.again(ev.WalkBegan(AT + 99, id="e2", by="Ada"))
    assert third.misfits == {"entry doubled": 1}


def test_what_waits_for_its_request_waits_on_a_floor_that_was_kept_too() -> None:
    request = ev.HelpRequested(AT + 5, agent="1007")
    book = Book()
    book.enter(taken(f"switch/1007/{AT + 5:.3f}"))
    second = taken_up(book.floor)
    second.apply(request, "switch")
    (help_,) = second.support.helps.values()
    assert (help_.taken_by, help_.taken_at) == ("Ada", AT + 1)


def test_what_stood_there_before_an_entry_is_numbered_as_long_as_it_can_be_undone() -> None:
    book = Book()
    book.enter(asked())
    done = book.floor.what_was_done(book.enter(taken("e1")))
    assert done is not None
    book.floor.kept(Readings())
    helps = book.floor.history.things.kinds["helps"]
    (change,) = done.changes
    assert helps.values == [change.after, change.before]
    assert helps.keys == ["e1", "e1"]
    assert list(helps.numbers([change.before])) == [1]


# --- documents ---


def test_floors_of_several_moments_are_each_as_they_were() -> None:
    floor, readings, moments = Floor(RULES, PEOPLE), Readings(), []
    steps: list[tuple[str, Event]] = [
        ("plan", roster(shift("1007"))),
        ("plan", roster(shift("1008"), shift("1009"))),
        ("journal", ev.LeaveRequested(AT + 1, id="e1", by="Ada", agent="1007", start=AT, end=AT + 9)),
        ("journal", ev.LeaveRequested(AT + 2, id="e2", by="Ada", agent="1008", start=AT, end=AT + 9)),
        ("plan", ev.DocumentRefused(AT + 3, document="roster.xlsx", why="torn")),
    ]
    for feed, event in steps:
        floor.apply(event, feed)
        moments.append((floor.kept(readings), floor.duty))
    for kept, duty in (*moments, *reversed(moments)):
        second = Floor(RULES, PEOPLE)
        second.take_up(kept, floor.history, readings)
        assert (second.duty.shifts, second.duty.leaves, second.duty.documents) == (
            duty.shifts, duty.leaves, duty.documents
        )  # fmt: skip


# --- calls ---


def visits(numbers: Iterable[int]) -> Iterable[Event]:
    for number in numbers:
        yield ev.CallEntered(NINE + number, f"c{number}", "s")
        yield ev.CallAbandoned(NINE + number + 0.5, f"c{number}", "s")


def test_calls_that_ended_long_ago_are_forgotten_and_the_last_ones_known_here_and_on_a_kept_floor() -> None:
    last = 2 * CLOSED_KEPT + 5
    floor = floor_of(visits(range(last)))
    for each in (taken_up(floor), floor):
        for number in (0, CLOSED_KEPT, last - 1):
            each.apply(ev.CallAnswered(NINE + number + 0.5, f"c{number}", "s", "amy"), "log")
        assert misfits(each.snapshot(NINE + last)) == {"answer repeated": 2, "answer without entry": 1}


def test_a_telephone_that_rang_when_the_floor_was_kept_rings_until_the_wait_ends() -> None:
    second = taken_up(floor_of([ev.CallEntered(NINE, "c", "s"), ev.CallRang(NINE + 1, "c", "s", "amy")]))
    states = [second.snapshot(NINE + 2).agents["amy"].state]
    second.apply(ev.CallAbandoned(NINE + 5, "c", "s"), "log")
    states.append(second.snapshot(NINE + 6).agents["amy"].state)
    assert [state is AgentState.RINGING for state in states] == [True, False]


def test_rows_that_are_gone_are_taken_off_what_is_remembered_of_them() -> None:
    ended = EndedVisits(kept=4)
    for row in range(6):
        ended.add(("s", f"c{row}"), (NINE, NINE + row), row)
    assert ended.kept() == KeptVisits(0, 4, 2)
    ended.forget_rows(3)
    assert ended.kept() == KeptVisits(0, 1, 2)
    ended.forget_rows(3)
    assert ended.kept() == KeptVisits(0, 0, 2)


# --- what lays a base ---


def talk(call: str, agent: str, at: float) -> Iterable[Event]:
    yield ev.CallEntered(at, call, "s")
    yield ev.CallAnswered(at + 5, call, "s", agent)
    yield ev.CallCompleted(at + 50, call, "s", agent)


def bases_after(floor: Floor, events: Iterable[Event]) -> dict[str, int]:
    """How many there are of each mapping once the floor was kept after these."""
    for event in events:
        floor.apply(event, "log")
    floor.kept(Readings())
    return floor.history.bases.lengths()


@pytest.mark.parametrize(("at", "last_talk"), [(TODAY - 3600, 2), (TODAY, 1)], ids=["yesterday", "today"])
def test_a_last_talk_of_a_day_before_lays_a_base_and_one_of_today_does_not(at: float, last_talk: int) -> None:
    floor = Floor(RULES)
    floor.history.bases = Bases(few=0)
    assert bases_after(floor, [*talk("a", "amy", NINE), *talk("b", "bo", TODAY)])["last_talk"] == 1
    assert bases_after(floor, talk("c", "amy", at))["last_talk"] == last_talk


@pytest.mark.parametrize(("at", "bases"), [(TODAY - 3600, 2), (TODAY, 1), (TODAY + 60, 1)])
def test_where_somebody_is_since_a_day_before_lays_a_base_and_where_since_today_does_not(at: float, bases: int) -> None:
    floor = Floor(RULES)
    floor.history.bases = Bases(few=0)
    begin = [ev.MemberAdded(NINE, "amy", "s"), *talk("b", "bo", TODAY)]
    assert bases_after(floor, begin)["running"] == 1
    assert bases_after(floor, [ev.AgentPaused(at, "amy", "s", "lunch")])["running"] == bases


@pytest.mark.parametrize(("day", "bases"), [(DAY, 2), (TODAY, 1)], ids=["yesterday", "today"])
def test_where_somebody_was_until_a_day_before_lays_a_base_and_where_until_today_does_not(
    day: float, bases: int
) -> None:
    floor = Floor(RULES)
    floor.history.bases = Bases(few=0)
    begin = [ev.MemberAdded(NINE, "amy", "s"), ev.AgentPaused(NINE + 60, "amy", "s"), *talk("b", "bo", TODAY)]
    ended = bases_after(floor, begin)["ended"]
    nine = day + 9 * 3600
    assert bases_after(floor, [ev.AgentResumed(nine + 90, "amy", "s")])["ended"] - ended == bases - 1


OVER: dict[str, list[Event]] = {
    "interval_counts": [ev.CallEntered(NINE + 10, "x", "s")],
    "agent_counts": [ev.OutboundCallEnded(NINE + 10, "x", "amy", "s")],
    "agents": [ev.MemberAdded(NINE + 10, "amy", "t")],
}
"""What changes something of yesterday, by the mapping in which it stands."""

UNDER_WAY: dict[str, list[Event]] = {
    "interval_counts": [ev.CallEntered(TODAY + 10, "x", "s")],
    "agent_counts": [ev.OutboundCallEnded(TODAY + 10, "x", "bo", "s")],
    "agents": [ev.MemberAdded(TODAY + 10, "bo", "t")],
}
"""What changes the same of today."""


@pytest.mark.parametrize("name", OVER)
def test_what_changes_of_a_day_before_lays_a_base_and_what_changes_today_does_not(name: str) -> None:
    floor = Floor(RULES)
    floor.history.bases = Bases(few=0)
    members: list[Event] = [ev.MemberAdded(NINE, "amy", "s"), ev.MemberAdded(TODAY, "bo", "s")]
    begin = [ev.OutboundCallEnded(NINE, "y", "amy"), ev.OutboundCallEnded(TODAY, "z", "bo")]
    calls = [ev.CallEntered(at, f"c{at}", "s") for at in (NINE, TODAY)]
    before = bases_after(floor, [*members, *begin, *calls])[name]
    assert bases_after(floor, UNDER_WAY[name])[name] == before
    assert bases_after(floor, OVER[name])[name] == before + 1


def test_of_somebody_who_was_let_go_nothing_is_kept() -> None:
    floor = floor_of([*talk("a", "amy", NINE), ev.AgentSignedOut(NINE + 99, "amy"), *talk("b", "bo", TODAY)])
    floor.forget(DAY + 12 * 86_400)
    kept = floor.kept(Readings()).live
    assert [floor.history.bases.whole(name, getattr(kept, name)).keys() for name in ("agents", "last_talk")] == [
        {"bo"}, {"bo"}
    ]  # fmt: skip


def test_what_the_day_is_compared_with_is_kept() -> None:
    read = ev.WeekdayRead(NINE, date="2026-11-14", compared_with=DAY, step_seconds=900, arrivals={"s": (1, 2)})
    assert taken_up(floor_of([read])).snapshot(NINE + 5).weekday == read


def test_spells_stand_under_no_key() -> None:
    floor = floor_of([ev.MemberAdded(NINE, "amy", "s"), ev.AgentPaused(NINE + 60, "amy", "s")])
    floor.kept(Readings())
    spells = floor.history.things.kinds[SPELLS]
    assert (spells.keys, [spell.start for spell in spells.values]) == ([""], [NINE])


# --- rows ---


def test_which_columns_hold_numbers_of_words_is_told_and_a_word_that_nobody_said_has_no_row() -> None:
    history = History()
    history.visits.add(("log", "s", "c", None, "abandoned", None, NINE, NINE + 5, 5.0))
    history.visits.settle()
    rows = history.visits.window()
    assert [rows.is_coded(name) for name in ("queue", "call", "left_at")] == [True, False, False]
    assert list(rows.of("queue", "nobody", NINE)) == []
    assert len(list(rows.of("queue", "s", NINE))) == 1


@pytest.mark.parametrize("settled", [True, False])
def test_the_newest_rows_go_back_to_the_very_moment(settled: bool) -> None:
    history = History()
    for number in range(3):
        history.visits.add(("log", "s", f"c{number}", None, "abandoned", None, NINE, NINE + number, 5.0))
    if settled:
        history.visits.settle()
    found = history.visits.window().newest(NINE + 1, ("queue",), lambda queue: queue == "s")
    assert [row[2] for row in found] == ["c2", "c1"]
