"""Any entries in any order: the fold equals a slow and plain one, whatever calls come between, and snapshots stand."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import Entered, Event, NoteKind
from floorwatch.model.floor import Floor
from floorwatch.model.support import NO_SUPPORT, Support
from floorwatch.model.targets import FloorRules
from tests.model.numbered import IDS, PEOPLE, at, entered, known, numbered
from tests.model.plain_support import PlainSupport

AGENTS = ("1001", "1002")
JOURNAL = "journal"

_agent = st.sampled_from(AGENTS)
_word = st.sampled_from(("", "x", "退税"))
_seats = st.lists(st.sampled_from(("A1", "A2")), max_size=2).map(tuple)
_incident = st.sampled_from(("fault:CRM", "rings"))
_due = st.none() | at


ENTRIES: st.SearchStrategy[Entered] = st.one_of(
    entered(ev.HelpRequested, agent=_agent, question=_word),
    entered(ev.HelpTaken, help=known),
    entered(ev.HelpTaken, help=known),
    entered(ev.HelpReleased, help=known),
    entered(ev.HelpAnswered, help=known, answer=_word),
    entered(ev.HelpWithdrawn, help=known, word=_word),
    entered(ev.NoteTaken, kind=st.sampled_from(NoteKind), agent=st.none() | _agent, follow_up=_word, due_at=_due),
    entered(ev.FaultReported, system=st.just("CRM"), agent=st.none() | _agent, seat=st.just("A1")),
    entered(
        ev.NoteAmended, note=known, text=st.none() | _word, follow_up=st.none() | _word, due_at=_due, tag=st.none()
    ),
    entered(ev.NoteWithdrawn, note=known, word=_word),
    entered(ev.FollowUpDone, note=known, outcome=_word),
    entered(ev.SeatVisited, agent=_agent),
    entered(ev.SeatPassed, agent=_agent),
    entered(ev.WalkBegan, team=st.none() | st.just("A")),
    entered(ev.WalkEnded),
    entered(ev.IncidentTaken, incident=_incident, owner=st.sampled_from(PEOPLE), title=_word, seats=_seats),
    entered(ev.EvidenceAdded, incident=_incident, text=_word, seats=_seats, since=_due),
    entered(ev.IncidentClosed, incident=_incident, word=_word, seats=_seats),
    entered(
        ev.CallReturned,
        queue=st.just("q"),
        call=st.sampled_from(("c1", "c2")),
        entered_at=st.just(1.77e9),
        reached=st.booleans(),
        word=_word,
    ),
    entered(ev.AlertAcknowledged, alert=st.just("a"), owner=st.sampled_from(PEOPLE)),
    entered(ev.AlertSnoozed, alert=st.just("a"), until=at),
    entered(ev.EntryUndone, entry=known),
    entered(ev.EntryUndone, entry=known),
)
"""Ids are few: entries often name each other, and some come twice."""

CALLS: tuple[Event, ...] = (
    ev.MemberAdded(1.77e9, "1001", "q"),
    ev.CallEntered(1.77e9, "c", "q"),
    ev.CallAnswered(1.77e9 + 1, "c", "q", "1001"),
    ev.AgentPaused(1.77e9 + 2, "1002"),
    ev.CallCompleted(1.77e9 + 3, "c", "q", "1001"),
    ev.MemberRemoved(1.77e9 + 4, "1001", "q"),
    ev.SwitchRestarted(1.77e9 + 5),
)


def new_floor() -> Floor:
    return Floor(FloorRules(FloorDays()))


@settings(max_examples=300)
@given(numbered(ENTRIES))
def test_the_fold_equals_a_plain_one(entries: list[Entered]) -> None:
    floor, plain = new_floor(), PlainSupport()

    for entry in entries:
        floor.take(JOURNAL, entry.at, (entry,))
        plain.apply(entry)

        snapshot = floor.snapshot(1.78e9)
        assert snapshot.support == plain.support()
        assert snapshot.feeds[JOURNAL].misfits == plain.misfits
        late = floor.overtaken(entry.id)
        assert (None if late is None else late.by) == plain.overtaken.get(entry.id)


@settings(max_examples=100)
@given(numbered(ENTRIES), st.lists(st.tuples(st.integers(0, 14), st.sampled_from(CALLS)), max_size=12))
def test_calls_between_make_no_difference(entries: list[Entered], calls: list[tuple[int, Event]]) -> None:
    alone, among = new_floor(), new_floor()
    for place in range(len(IDS) + 1):
        for entry in entries[place : place + 1]:
            alone.take(JOURNAL, entry.at, (entry,))
            among.take(JOURNAL, entry.at, (entry,))
        for when, call in calls:
            if when == place:
                among.take("switch", call.at, (call,))

    assert among.snapshot(1.78e9).support == alone.snapshot(1.78e9).support


@settings(max_examples=100)
@given(numbered(ENTRIES))
def test_a_snapshot_stays_as_it_was_and_shares_what_nobody_touched(entries: list[Entered]) -> None:
    floor = new_floor()
    taken: list[tuple[Support, bytes]] = []
    before = floor.snapshot(1.78e9).support
    for entry in entries:
        floor.take(JOURNAL, entry.at, (entry,))
        after = floor.snapshot(1.78e9).support
        taken.append((after, msgspec.msgpack.encode(after)))
        assert all(
            getattr(after, name) is getattr(before, name)
            for name in Support.__struct_fields__
            if getattr(after, name) == getattr(before, name) == {}
        )
        before = after

    assert [msgspec.msgpack.encode(support) for support, _written in taken] == [written for _support, written in taken]


def test_a_floor_where_nobody_entered_anything_has_no_support_of_its_own() -> None:
    floor = new_floor()
    floor.take("switch", 1.77e9, CALLS)

    assert floor.snapshot(1.78e9).support is NO_SUPPORT
