"""What a purge deletes: what is old and over with all that was entered about it, and the floor is the same without."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.engine.decoding import fold
from floorwatch.engine.entering import decoded
from floorwatch.engine.notes_purge import Purge, purge_before
from floorwatch.journal.shapes import Entry
from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import NO_DUTY, MarkKind, Tick
from floorwatch.model.events import Entered, NoteKind
from floorwatch.model.floor import Floor
from floorwatch.model.people import People
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Support
from floorwatch.model.targets import FloorRules

AT = 1_795_000_000.0
DAY = "2026-11-18"


def entry(number: int, event: Entered, at: float, by: str = "Ada") -> Entry:
    name = event.id or f"e{number}"
    return Entry(number, name, at, by, replace(event, id=name, by=by, at=at))


def journal(*said: tuple[float, Entered]) -> list[Entry]:
    """An entry each, by number, so many seconds after `AT`."""
    return [entry(number, event, AT + after) for number, (after, event) in enumerate(said)]


def floor_of(entries: Sequence[Entry]) -> FloorSnapshot:
    floor = Floor(FloorRules(FloorDays()), People())
    for each in decoded(entries):
        fold(floor, each)
    return floor.snapshot(AT + 1e6)


def support_of(entries: Sequence[Entry]) -> Support:
    return floor_of(entries).support


def purge(entries: Sequence[Entry], before: float) -> Purge:
    floor = floor_of(entries)
    return purge_before(entries, floor.support, floor.duty, AT + before)


def note(**said: object) -> ev.NoteTaken:
    return ev.NoteTaken(0.0, kind=NoteKind.STATE, agent="1007", **said)  # type: ignore[arg-type]  # as the test says


def test_a_note_goes_with_everything_that_was_entered_about_it() -> None:
    entries = journal(
        (0, note(id="n", follow_up="send")),
        (1, ev.NoteAmended(0.0, note="n", text="x")),
        (2, ev.FollowUpDone(0.0, note="n", outcome="sent")),
        (60, note(id="young")),
    )
    found = purge(entries, 50)

    assert set(found.ids) == {"n", "e1", "e2"}
    assert (found.notes, found.helps, found.incidents, found.kept) == (1, 0, 0, 0)


def test_what_waits_for_somebody_stays_whole_and_is_counted() -> None:
    entries = journal(
        (0, note(id="n", follow_up="send")),
        (1, ev.NoteAmended(0.0, note="n", text="x")),
        (2, ev.HelpRequested(0.0, agent="1007", id="h")),
        (3, ev.HelpTaken(0.0, help="h")),
        (4, ev.EvidenceAdded(0.0, incident="i", text="more")),
    )
    found = purge(entries, 50)

    assert found.ids == ()
    assert found.kept == 3


def test_what_was_entered_about_a_request_of_a_feed_stays_while_its_line_may_be_read_again() -> None:
    entries = journal((1, ev.HelpTaken(0.0, help="calls/1007/1.0")), (2, ev.HelpAnswered(0.0, help="calls/1007/1.0")))
    support = support_of(entries)

    assert purge_before(entries, support, NO_DUTY, AT + 50, lines_since=AT + 2).ids == ()
    assert set(purge_before(entries, support, NO_DUTY, AT + 50, lines_since=AT + 3).ids) == {"e0", "e1"}


def test_what_somebody_went_on_with_lately_stays() -> None:
    entries = journal((0, note(id="n")), (60, ev.NoteAmended(0.0, note="n", text="x")))

    assert purge(entries, 50).ids == ()
    assert set(purge(entries, 70).ids) == {"n", "e1"}


def test_what_was_undone_goes_with_its_undoing_and_stays_while_that_is_young() -> None:
    entries = journal((0, note(id="n")), (60, ev.EntryUndone(0.0, entry="n")))

    assert purge(entries, 50).ids == ()
    found = purge(entries, 70)
    assert set(found.ids) == {"n", "e1"}
    assert found.notes == 0


def test_visits_walks_and_alerts_that_are_over_go_and_a_walk_under_way_stays() -> None:
    walk = (
        (0, ev.WalkBegan(0.0)),
        (1, ev.SeatVisited(0.0, agent="1007")),
        (2, ev.SeatPassed(0.0, agent="1008")),
        (3, ev.WalkEnded(0.0)),
        (4, ev.WalkBegan(0.0, id="open")),
        (5, ev.SeatPassed(0.0, agent="1009", id="passed")),
        (6, ev.AlertAcknowledged(0.0, alert="a", owner="Ada")),
        (7, ev.AlertSnoozed(0.0, alert="a", until=AT + 20)),
        (8, ev.AlertSnoozed(0.0, alert="b", until=AT + 90, id="snoozed")),
        (6, ev.CallReturned(0.0, id="c", queue="q", call="c", entered_at=AT, reached=False)),
        (90, ev.CallReturned(0.0, id="young", queue="q", call="d", entered_at=AT, reached=True)),
    )

    assert set(purge(journal(*walk), 50).ids) == {"e0", "e1", "e2", "e3", "e6", "e7", "c"}


def test_attendance_that_is_over_goes_and_a_request_that_waits_stays() -> None:
    entries = journal(
        (0, ev.LeaveRequested(0.0, id="filed", agent="1007", start=AT, end=AT + 20)),
        (1, ev.RequestTicked(0.0, request="filed", tick=Tick.HEAD)),
        (2, ev.RequestTicked(0.0, request="filed", tick=Tick.HR)),
        (3, ev.AgentTold(0.0, about="filed", agent="1007")),
        (4, ev.LeaveRequested(0.0, id="open", agent="1007", start=AT, end=AT + 20)),
        (5, ev.RequestTicked(0.0, id="half", request="open", tick=Tick.HEAD)),
        (6, ev.ShiftAssigned(0.0, id="to come", agent="1007", date=DAY, start=AT, end=AT + 60)),
        (7, ev.AttendanceMarked(0.0, agent="1007", date=DAY, kind=MarkKind.CAME, moment=AT)),
    )

    assert set(purge(entries, 50).ids) == {"filed", "e1", "e2", "e3", "e7"}
    assert purge(entries, 50).kept == 1


def test_what_plugins_keep_and_what_says_that_something_was_purged_stays() -> None:
    entries = journal((0, ev.NotesPurged(0.0, before=AT - 10, entries=3)))
    custom = Entry(7, "c", AT, "Ada", ev.Custom(AT, "mine", "1007", {}))
    unknown = Entry(8, "u", AT, "Ada", None)

    assert purge([*entries, custom, unknown], 50).ids == ()


def test_what_was_purged_but_still_stands_there_goes_the_next_time() -> None:
    entries = journal((0, note(id="n")), (60, ev.NotesPurged(0.0, before=AT + 50, entries=1)))

    assert purge(entries, 50).ids == ("n",)


KEYS = st.sampled_from(["e0", "e1", "e2", "e3", "e4", "e5"])
SAID = st.one_of(
    st.builds(lambda what: note(follow_up=what), st.sampled_from(["", "send"])),
    st.builds(lambda key: ev.NoteAmended(0.0, note=key, text="x"), KEYS),
    st.builds(lambda key: ev.NoteWithdrawn(0.0, note=key), KEYS),
    st.builds(lambda key: ev.FollowUpDone(0.0, note=key), KEYS),
    st.builds(lambda: ev.HelpRequested(0.0, agent="1008")),
    st.builds(lambda key: ev.HelpTaken(0.0, help=key), KEYS),
    st.builds(lambda key: ev.HelpAnswered(0.0, help=key), KEYS),
    st.builds(lambda: ev.SeatVisited(0.0, agent="1007")),
    st.builds(lambda: ev.WalkBegan(0.0)),
    st.builds(lambda: ev.SeatPassed(0.0, agent="1007")),
    st.builds(lambda: ev.WalkEnded(0.0)),
    st.builds(lambda: ev.IncidentTaken(0.0, incident="i", owner="Ada")),
    st.builds(lambda: ev.IncidentClosed(0.0, incident="i", word="over")),
    st.builds(lambda reached: ev.CallReturned(0.0, queue="q", call="c", entered_at=AT, reached=reached), st.booleans()),
    st.builds(lambda: ev.AlertAcknowledged(0.0, alert="a", owner="Ada")),
    st.builds(lambda key: ev.EntryUndone(0.0, entry=key), KEYS),
    st.builds(lambda end: ev.LeaveRequested(0.0, agent="1007", start=AT, end=AT + end), st.integers(1, 14)),
    st.builds(lambda end: ev.ShiftAssigned(0.0, agent="1", date=DAY, start=AT, end=AT + end), st.integers(1, 14)),
    st.builds(lambda key, tick: ev.RequestTicked(0.0, request=key, tick=tick), KEYS, st.sampled_from(Tick)),
    st.builds(lambda key: ev.RequestRefused(0.0, request=key), KEYS),
    st.builds(lambda key: ev.AgentTold(0.0, about=key, agent="1007"), KEYS),
    st.builds(lambda key: ev.DutyWithdrawn(0.0, entry=key), KEYS),
)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(["Ada", "Bo"]), SAID), max_size=12), st.integers(0, 14))
def test_the_floor_is_the_same_without_what_was_purged(said: list[tuple[str, Entered]], before: int) -> None:
    entries = [entry(number, event, AT + number, by) for number, (by, event) in enumerate(said)]
    mark = entry(99, ev.NotesPurged(0.0, before=AT + before), AT + 50)
    gone = purge(entries, before).ids
    left = [each for each in entries if each.id not in gone]

    without, with_ = floor_of([*left, mark]), floor_of([*entries, mark])
    assert (without.support, without.duty) == (with_.support, with_.duty)
