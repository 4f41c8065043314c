"""Any duty entries in any order: the fold equals a slow and plain one, and neither calls nor documents matter to it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import MarkKind, Tick
from floorwatch.model.duty_book import ENTERED
from floorwatch.model.events import Entered, Event
from floorwatch.model.floor import Floor
from floorwatch.model.targets import FloorRules
from tests.model.numbered import IDS, at, entered, known, numbered
from tests.model.plain_duty import PlainDuty
from tests.model.rosters import DAY, roster, shift
from tests.model.test_support_property import CALLS

JOURNAL = "journal"

_agent = st.sampled_from(("1001", "1002"))


ENTRIES: st.SearchStrategy[Entered] = st.one_of(
    entered(ev.LeaveRequested, agent=_agent, start=at, end=at),
    entered(ev.SwapRequested, agent=_agent, date=st.just(DAY), other=_agent, other_date=st.just(DAY)),
    entered(ev.ShiftAssigned, agent=_agent, date=st.just(DAY), start=at, end=at),
    entered(ev.AttendanceMarked, agent=_agent, date=st.just(DAY), kind=st.sampled_from(MarkKind), moment=at),
    entered(ev.ExceptionExcused, agent=_agent, start=at, end=at, reason=st.just("rain")),
    entered(ev.RequestTicked, request=known, tick=st.sampled_from(Tick)),
    entered(ev.RequestTicked, request=known, tick=st.sampled_from(Tick)),
    entered(ev.RequestRefused, request=known, word=st.just("no")),
    entered(ev.AgentTold, about=known, agent=_agent),
    entered(ev.DutyWithdrawn, entry=known),
    entered(ev.EntryUndone, entry=known),
    entered(ev.EntryUndone, entry=known),
)
"""Ids are few: entries often name each other, and some come twice."""

OTHERS: tuple[Event, ...] = (
    *CALLS,
    roster(shift("1001"), shift("1002")),
    roster(shift("1001"), document="other.xlsx"),
    ev.DocumentRefused(1.77e9, document="other.xlsx", why="torn"),
    ev.DocumentGone(1.77e9, document="other.xlsx"),
)


def new_floor() -> Floor:
    return Floor(FloorRules(FloorDays()))


@settings(max_examples=300)
@given(numbered(ENTRIES))
def test_the_fold_equals_a_plain_one(entries: list[Entered]) -> None:
    floor, plain = new_floor(), PlainDuty()

    for entry in entries:
        floor.take(JOURNAL, entry.at, (entry,))
        plain.apply(entry)

        snapshot = floor.snapshot(1.78e9)
        assert snapshot.duty == plain.duty()
        assert snapshot.feeds[JOURNAL].misfits == plain.misfits
        late = floor.overtaken(entry.id)
        assert (None if late is None else late.by) == plain.overtaken.get(entry.id)


@settings(max_examples=100)
@given(numbered(ENTRIES), st.lists(st.tuples(st.integers(0, 14), st.sampled_from(OTHERS)), max_size=12))
def test_calls_and_documents_between_make_no_difference(
    entries: list[Entered], others: list[tuple[int, Event]]
) -> None:
    alone, among = new_floor(), new_floor()
    for place in range(len(IDS) + 1):
        for entry in entries[place : place + 1]:
            alone.take(JOURNAL, entry.at, (entry,))
            among.take(JOURNAL, entry.at, (entry,))
        for when, other in others:
            if when == place:
                among.take("feed", other.at, (other,))

    one, other_ = alone.snapshot(1.78e9).duty, among.snapshot(1.78e9).duty
    assert {name: getattr(one, name) for name in ENTERED} == {name: getattr(other_, name) for name in ENTERED}


@settings(max_examples=100)
@given(numbered(ENTRIES))
def test_a_snapshot_stays_as_it_was(entries: list[Entered]) -> None:
    floor = new_floor()
    taken = []
    for entry in entries:
        floor.take(JOURNAL, entry.at, (entry,))
        duty = floor.snapshot(1.78e9).duty
        taken.append((duty, repr(duty)))

    assert [repr(duty) for duty, _written in taken] == [written for _duty, written in taken]
