"""What people enter about attendance and rosters: the first has it, what is undone never was, what is over can go."""

from typing import Any

import pytest

from floorwatch.model import events as ev
from floorwatch.model.duty import Activity, Duty, Leave, MarkKind, Tick
from floorwatch.model.entities import Topic
from floorwatch.model.events import Entered
from tests.model.entering import AT, Book
from tests.model.rosters import DAY, roster, shift

HOUR = 3600.0


def leave(agent: str = "1007", start: float = AT, end: float = AT + HOUR) -> ev.LeaveRequested:
    return ev.LeaveRequested(AT, agent=agent, start=start, end=end, kind="annual")


def swap(agent: str = "1007", other: str = "1008", day: str = DAY) -> ev.SwapRequested:
    return ev.SwapRequested(AT, agent=agent, date=day, other=other, other_date=day)


def tick(request: str, kind: Tick = Tick.HEAD) -> ev.RequestTicked:
    return ev.RequestTicked(AT, request=request, tick=kind)


def assigned(agent: str = "1007", end: float = AT + HOUR) -> ev.ShiftAssigned:
    return ev.ShiftAssigned(AT, agent=agent, date=DAY, start=AT, end=end, instead_of="王芳")


def mark(agent: str = "1007") -> ev.AttendanceMarked:
    return ev.AttendanceMarked(AT, agent=agent, date=DAY, kind=MarkKind.CAME, moment=AT)


def excuse(end: float = AT + 60) -> ev.ExceptionExcused:
    return ev.ExceptionExcused(AT, agent="李娜", start=AT, end=end, reason="incident", proposal="incident:x")


UNDOABLE: list[Entered] = [leave(), swap(), assigned(), mark(), excuse()]


@pytest.fixture
def book() -> Book:
    return Book()


def duty(book: Book) -> Duty:
    return book.floor.duty


def filed(book: Book, request: Entered) -> str:
    """A request with both ticks."""
    entry = book.enter(request)
    book.enter(tick(entry))
    book.enter(tick(entry, Tick.HR))
    return entry


# --- what stands ---


def test_leave_counts_once_head_and_hr_have_ticked_it(book: Book) -> None:
    entry = book.enter(leave("李娜"), "Bo")
    asked = duty(book).leaves[entry]
    assert (asked.agent, asked.asked_by, asked.asked_at, asked.is_open, asked.is_filed) == (
        "1007",
        "Bo",
        AT + 1,
        True,
        False,
    )

    book.enter(ev.RequestTicked(AT, request=entry, tick=Tick.HR, override="peak"), "Ada")
    assert duty(book).leaves[entry].is_open
    book.enter(tick(entry), "Ada")
    assert duty(book).leaves[entry].is_filed
    assert duty(book).leaves[entry].ticks[Tick.HR].override == "peak"


def test_a_swap_takes_the_tick_of_the_other_side_too(book: Book) -> None:
    entry = filed(book, swap())
    book.enter(tick(entry, Tick.AGREED), "王芳")

    assert duty(book).swaps[entry].holds
    assert set(duty(book).swaps[entry].ticks) == set(Tick)


def test_marks_excuses_and_assignments_stand_as_they_were_entered(book: Book) -> None:
    marked, excused, extra = book.enter(mark("李娜")), book.enter(excuse()), book.enter(assigned())

    now = duty(book)
    assert (now.marks[marked].agent, now.marks[marked].by, now.marks[marked].at) == ("1007", "Ada", AT + 1)
    assert (now.excuses[excused].agent, now.excuses[excused].proposal) == ("1007", "incident:x")
    assert (now.assignments[extra].activity, now.assignments[extra].instead_of) == (Activity.PHONES, "王芳")
    assert now.has_roster


def test_what_people_enter_touches_duty_alone(book: Book) -> None:
    assert book.floor.apply(mark(), "journal") == {Topic.DUTY}


def test_what_a_feed_enters_has_a_key_of_its_own(book: Book) -> None:
    book.again(mark("李娜"), "door")
    book.again(mark("李娜"), "door")

    assert list(duty(book).marks) == [f"door/李娜/{AT:.3f}"]
    assert book.floor.snapshot(AT).feeds["door"].misfits == {"entry doubled": 1}


# --- who was first ---


def test_the_first_tick_of_a_kind_has_it(book: Book) -> None:
    entry = book.enter(leave())
    book.enter(tick(entry), "Ada")
    late = book.enter(tick(entry), "Grace")

    assert book.late(late) == ("Ada", "RequestTicked")
    assert duty(book).leaves[entry].ticks[Tick.HEAD].by == "Ada"


@pytest.mark.parametrize(
    "closes",
    [
        lambda entry: ev.RequestRefused(AT, request=entry, word="peak"),
        lambda entry: ev.DutyWithdrawn(AT, entry=entry, word="well again"),
    ],
)
@pytest.mark.parametrize("request_", [leave(), swap()])
def test_what_is_closed_takes_no_ticks_and_says_who_closed_it(book: Book, closes: Any, request_: Entered) -> None:
    entry = book.enter(request_)
    book.enter(closes(entry), "Ada")
    late = [
        book.enter(tick(entry), "Grace"),
        book.enter(ev.RequestRefused(AT, request=entry), "Grace"),
        book.enter(ev.DutyWithdrawn(AT, entry=entry), "Grace"),
    ]

    assert [book.late(each) for each in late] == [
        ("Ada", "RequestTicked"),
        ("Ada", "RequestRefused"),
        ("Ada", "DutyWithdrawn"),
    ]


@pytest.mark.parametrize("request_", [leave(), swap()])
def test_what_is_filed_is_no_longer_refused_but_can_be_withdrawn(book: Book, request_: Entered) -> None:
    entry = filed(book, request_)
    refused = book.enter(ev.RequestRefused(AT, request=entry), "Grace")
    assert book.late(refused) == ("Ada", "RequestRefused")

    book.enter(ev.DutyWithdrawn(AT, entry=entry), "Grace")
    now = duty(book)
    assert (now.leaves[entry] if entry in now.leaves else now.swaps[entry]).withdrawn


def test_the_first_who_tells_has_it(book: Book) -> None:
    entry = book.enter(assigned())
    book.enter(ev.AgentTold(AT, about=entry, agent="李娜"), "Ada")
    late = book.enter(ev.AgentTold(AT, about=entry, agent="1007"), "Grace")

    assert book.late(late) == ("Ada", "AgentTold")
    assert duty(book).told[entry, "1007"].by == "Ada"


def test_whoever_tells_of_what_is_closed_has_not_closed_it(book: Book) -> None:
    entry = book.enter(leave())
    book.enter(ev.DutyWithdrawn(AT, entry=entry), "Ada")
    book.enter(ev.AgentTold(AT, about=entry, agent="1007"), "Grace")

    assert book.late(book.enter(tick(entry), "Grace")) == ("Ada", "RequestTicked")


# --- what does not fit ---


@pytest.mark.parametrize(
    "event",
    [
        tick("?"),
        ev.RequestRefused(AT, request="?"),
        ev.DutyWithdrawn(AT, entry="?"),
        ev.AgentTold(AT, about="?", agent="1007"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_an_entry_about_something_unknown_is_a_misfit(book: Book, event: Entered) -> None:
    book.enter(event)

    assert duty(book) == Duty()
    assert book.misfits == {"entry about nothing known": 1}


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (leave(end=AT), "entry that ends before it begins"),
        (excuse(AT - 1), "entry that ends before it begins"),
        (assigned(end=AT - 1), "entry that ends before it begins"),
        (swap(day="21.11.2026"), "entry of no date"),
        (ev.AttendanceMarked(AT, agent="1007", date="20261121", kind=MarkKind.LEFT, moment=AT), "entry of no date"),
    ],
)
def test_what_cannot_be_is_a_misfit(book: Book, event: Entered, kind: str) -> None:
    book.enter(event)

    assert duty(book) == Duty()
    assert book.misfits == {kind: 1}


def test_leave_has_no_other_side_to_agree(book: Book) -> None:
    book.enter(tick(book.enter(leave()), Tick.AGREED))

    assert book.misfits == {"leave that another side agrees to": 1}


def test_what_a_document_says_takes_no_ticks(book: Book) -> None:
    read = ev.DocumentRead(AT, document="x", leaves=(Leave("1", "1007", AT, AT + HOUR),))
    book.floor.take("roster", AT, (read,))
    book.enter(tick("roster/1"))

    assert book.misfits == {"entry about nothing known": 1}


# --- undoing ---


@pytest.mark.parametrize("event", UNDOABLE, ids=lambda event: type(event).__name__)
def test_what_is_undone_never_was(book: Book, event: Entered) -> None:
    entry = book.enter(event)
    assert book.floor.last_entry_of("Ada") == (entry, type(event).__name__)
    book.enter(ev.EntryUndone(AT, entry=entry))

    assert duty(book) == Duty()
    assert book.floor.last_entry_of("Ada") is None


@pytest.mark.parametrize(
    "then",
    [
        tick,
        lambda entry: ev.RequestRefused(AT, request=entry),
        lambda entry: ev.DutyWithdrawn(AT, entry=entry),
        lambda entry: ev.AgentTold(AT, about=entry, agent="1008"),
    ],
)
def test_undoing_a_step_leaves_the_request_as_it_was(book: Book, then: Any) -> None:
    entry = book.enter(leave())
    before = duty(book)
    step = book.enter(then(entry))
    assert duty(book) != before
    book.enter(ev.EntryUndone(AT, entry=step))

    assert duty(book) == before


@pytest.mark.parametrize("then", [tick, lambda entry: ev.AgentTold(AT, about=entry, agent="1008")])
def test_nobody_undoes_a_request_that_another_has_gone_on_from(book: Book, then: Any) -> None:
    entry = book.enter(leave())
    step = book.enter(then(entry), "Grace")
    undo = book.enter(ev.EntryUndone(AT, entry=entry))
    assert book.late(undo) == ("Grace", "EntryUndone")

    book.enter(ev.EntryUndone(AT, entry=step), "Grace")
    book.enter(ev.EntryUndone(AT, entry=entry))
    assert duty(book) == Duty()


def test_entries_of_duty_and_of_support_are_undone_in_one_order(book: Book) -> None:
    first = book.enter(mark())
    second = book.enter(ev.SeatVisited(AT, agent="1007"))

    assert book.floor.last_entry_of("Ada") == (second, "SeatVisited")
    book.enter(ev.EntryUndone(AT, entry=second))
    assert book.floor.last_entry_of("Ada") == (first, "AttendanceMarked")


def test_undoing_touches_what_it_was_about(book: Book) -> None:
    entry, visit = book.enter(mark()), book.enter(ev.SeatVisited(AT, agent="1007"))

    assert book.floor.apply(ev.EntryUndone(AT, id="u", by="Ada", entry=visit), "journal") == {Topic.SUPPORT}
    assert book.floor.apply(ev.EntryUndone(AT, id="v", by="Ada", entry=entry), "journal") == {Topic.DUTY}


# --- purging ---


def test_a_purge_leaves_what_waits_and_what_is_to_come(book: Book) -> None:
    later = AT + 30 * 86_400
    over, open_, to_come = filed(book, leave()), book.enter(leave()), filed(book, leave(end=later))
    filed(book, swap())
    for event in (assigned(), mark(), excuse()):
        book.enter(event)
    book.enter(ev.AgentTold(AT, about=over, agent="1007"))
    book.enter(ev.AgentTold(AT, about=to_come, agent="1007"))
    book.floor.take("roster", AT, (roster(shift("1007")),))
    book.enter(ev.NotesPurged(AT, before=AT + 10 * 86_400))

    now = duty(book)
    assert set(now.leaves) == {open_, to_come}
    assert (now.swaps, now.assignments, now.marks, now.excuses) == ({}, {}, {}, {})
    assert list(now.told) == [(to_come, "1007")]
    assert list(now.shifts) == ["1007"]


def test_what_was_asked_lately_about_long_ago_stays(book: Book) -> None:
    asked = filed(book, leave(start=AT - 20 * 86_400, end=AT - 19 * 86_400))
    book.enter(ev.NotesPurged(AT, before=AT - 86_400))

    assert set(duty(book).leaves) == {asked}
