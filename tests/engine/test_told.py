"""What is said to whoever came too late, and of what was undone."""

from zoneinfo import ZoneInfo

import pytest

from floorwatch.engine.entering import JOURNAL, new_entries
from floorwatch.engine.known import names_of
from floorwatch.engine.told import too_late, undone
from floorwatch.model import entered, entered_duty
from floorwatch.model.duty import Tick
from floorwatch.model.entered import Entered, NoteKind
from floorwatch.model.entry_log import Done
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from tests.engine.known_floor import floor, people
from tests.engine.small_floor import START, house_in

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST_DAY = (
    entered.HelpRequested(START, agent="4002"),
    entered.NoteTaken(START, kind=NoteKind.STATE, agent="4002", follow_up="ask again"),
    entered_duty.LeaveRequested(START, agent="4002", start=START, end=START + 3600),
)
"""The entries `day`, `day.1` and `day.2`."""

TAKEN = entered.HelpTaken(START, help="day")
ANSWERED = entered.HelpAnswered(START, help="day")
CALLED_OFF = entered.HelpWithdrawn(START, help="day")
DONE = entered.FollowUpDone(START, note="day.1")
GONE = entered.NoteWithdrawn(START, note="day.1")
OWNED = entered.IncidentTaken(START, incident="i", owner="李娜", title="CRM")
CLOSED = entered.IncidentClosed(START, incident="i", word="cable", title="CRM")
TICKED = entered_duty.RequestTicked(START, request="day.2", tick=Tick.HEAD)
FILED = entered_duty.RequestTicked(START, request="day.2", tick=Tick.HR)
REFUSED = entered_duty.RequestRefused(START, request="day.2", word="no")
WITHDRAWN = entered_duty.DutyWithdrawn(START, entry="day.2", word="")
TOLD = entered_duty.AgentTold(START, about="day.2", agent="4002")
CALLED = entered.CallReturned(START, queue="support", call="c1", entered_at=START, reached=True)
SEEN = entered.AlertAcknowledged(START, alert="a", owner="李娜")


def enter(on: Floor, name: str, by: str, *events: Event) -> None:
    """Somebody enters these."""
    for entry in new_entries(events, name, by, START):
        on.apply(entry.event, JOURNAL)


def told(first: Entered, second: Entered, by: str = "Wang") -> str:
    """What the second is told where 李娜 was first."""
    on = house_in().floor()
    enter(on, "day", "Zhao", *FIRST_DAY)
    enter(on, "one", "李娜", first)
    enter(on, "two", by, second)
    overtaken = on.overtaken("two")
    assert overtaken is not None
    return too_late(second, overtaken, on, by, SHANGHAI)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (TAKEN, TAKEN, "李娜 has it already, since 18:00."),
        (ANSWERED, TAKEN, "李娜 has answered it already, at 18:00."),
        (ANSWERED, ANSWERED, "李娜 has answered it already, at 18:00."),
        (CALLED_OFF, TAKEN, "李娜 has withdrawn it already, at 18:00."),
        (DONE, DONE, "李娜 has done it already, at 18:00."),
        (GONE, DONE, "李娜 has withdrawn it already, at 18:00."),
        (GONE, GONE, "李娜 has withdrawn it already, at 18:00."),
        (OWNED, entered.IncidentTaken(START, incident="i", owner="Wang"), "李娜 has it already, since 18:00."),
        (CLOSED, CLOSED, "李娜 has closed it already, at 18:00."),
        (SEEN, SEEN, "李娜 has it already, since 18:00."),
        (CALLED, CALLED, "李娜 has reached them already, at 18:00."),
        (TICKED, TICKED, "李娜 has approved it already, at 18:00."),
        (FILED, FILED, "李娜 has filed it already, at 18:00."),
        (REFUSED, TICKED, "李娜 has refused it already, at 18:00."),
        (WITHDRAWN, REFUSED, "李娜 has withdrawn it already, at 18:00."),
        (WITHDRAWN, WITHDRAWN, "李娜 has withdrawn it already, at 18:00."),
        (TOLD, TOLD, "李娜 has told them already, at 18:00."),
    ],
)
def test_who_was_first_is_named_with_the_time(first: Entered, second: Entered, said: str) -> None:
    assert told(first, second) == said


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (TAKEN, "You have it already."),
        (ANSWERED, "You have answered it already."),
        (DONE, "You have done it already."),
        (CLOSED, "You have closed it already."),
    ],
)
def test_whoever_was_first_themselves_is_told_that(entry: Entered, said: str) -> None:
    assert told(entry, entry, "李娜") == said


def done_by(*events: Event) -> Done:
    """What the last of these did."""
    on = house_in().floor()
    enter(on, "day", "Zhao", *FIRST_DAY)
    for number, event in enumerate(events):
        enter(on, f"e{number}", "李娜", event)
    done = on.what_was_done(f"e{len(events) - 1}")
    assert done is not None
    return done


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([FIRST_DAY[0]], "Undone: help request of 李娜."),
        ([TAKEN], "Undone: you go to help 李娜. The request is open again."),
        ([ANSWERED], "Undone: answer to 李娜. The request is open again."),
        ([FIRST_DAY[1]], "Undone: note for 李娜."),
        ([entered.FaultReported(START, system="CRM", seat="A09")], "Undone: fault at A09."),
        ([entered.NoteTaken(START, kind=NoteKind.CHECK)], "Undone: note for the floor."),
        ([entered.SeatVisited(START, agent="4002", seat="A02")], "Undone: visit to A02 李娜."),
        ([entered.WalkBegan(START)], "Undone: the beginning of your walk."),
        ([entered.WalkBegan(START), entered.WalkEnded(START)], "Undone: the end of your walk. It goes on."),
        ([CLOSED], "Undone: closing of CRM. It is open again."),
        ([CALLED], "Undone: call-back. It stands as it did before."),
        ([SEEN], "Undone: acknowledgement of an alert."),
        ([FIRST_DAY[2]], "Undone: leave request of 李娜."),
        ([TICKED], "Undone: your tick on the request of 李娜. It waits for it again."),
        ([TOLD], "Undone: that 李娜 was told."),
    ],
)
def test_what_is_undone_is_said_with_whom_it_was_about(events: list[Event], said: str) -> None:
    assert undone(done_by(*events), names_of(floor(), people())) == said


def test_every_event_that_can_be_undone_has_its_words() -> None:
    known = names_of(None, people())
    kinds = [kind for kind in Entered.__subclasses__() if kind.__name__ not in ("EntryUndone", "NotesPurged")]

    assert len(kinds) > 15
    for kind in kinds:
        assert undone(Done("Li", START, kind.__name__), known) != "Undone: your last entry.", kind
