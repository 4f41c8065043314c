"""The report "day" and its brief about the week of `duty_week`, by their sections."""

from floorwatch.engine.day_ends import DayEnds
from floorwatch.engine.decoding import Decoded
from floorwatch.model import events
from floorwatch.model.events import EndedBy, NoteKind
from floorwatch.model.floor import Floor
from floorwatch.reports.day import Day
from floorwatch.reports.frames import frames_of
from tests.reports.duty_week import (
    ADA,
    DAYS,
    LI,
    MONDAY,
    TUESDAY,
    WANG,
    WEDNESDAY,
    at,
    day_span,
    new_floor,
    told,
)

REPORT = Day()


def sections(text: str) -> dict[str, list[str]]:
    """The lines under each title, without their dashes."""
    found: dict[str, list[str]] = {}
    for block in text.split("\n\n")[1:]:
        title, *lines = block.split("\n")
        found[title] = [line.removeprefix("- ") for line in lines]
    return found


def evening(floor: Floor, date: str, now: float, ends: DayEnds | None = None) -> dict[str, list[str]]:
    """The sections of the evening's report."""
    past = {} if ends is None else ends.up_to(now)
    return sections(REPORT.text(frames_of(floor.history, floor.snapshot(now), day_span(date), past), day_span(date)))


def morning(floor: Floor, date: str, now: float) -> dict[str, list[str]]:
    """The sections of the morning's brief."""
    frames = frames_of(floor.history, floor.snapshot(now), day_span(date))
    return sections(REPORT.brief.text(frames, day_span(date)))


def on(until: float, *entered: events.Event) -> tuple[Floor, DayEnds]:
    """The week's floor as of then, with what was entered and told beside."""
    floor = new_floor()
    ends = DayEnds(floor, DAYS)
    ends.fold(told(until, *entered))
    return floor, ends


def call(number: int, start: float, wait: float, talk: float = 60.0) -> list[Decoded]:
    """A call that waits and is answered by 王芳; one that hangs up where it talks for 0."""
    name = f"c{number}"
    end: events.Event = (
        events.CallCompleted(start + wait + talk, name, "support", "PJSIP/1", EndedBy.CALLER)
        if talk
        else events.CallAbandoned(start + wait, name, "support")
    )
    answered = [events.CallAnswered(start + wait, name, "support", "PJSIP/1")] if talk else []
    return [
        Decoded("queue_log", each.at, (each,)) for each in (events.CallEntered(start, name, "support"), *answered, end)
    ]


ENTERED = (
    events.HelpRequested(at(MONDAY, "10:00"), id="h1", by="李娜", agent=LI, question="Refund of VAT?"),
    events.HelpRequested(at(MONDAY, "10:10"), id="h2", by="王芳", agent=WANG, question="refund of  VAT"),
    events.HelpTaken(at(MONDAY, "10:01"), id="t1", by="Ada", help="h1"),
    events.HelpAnswered(at(MONDAY, "10:05"), id="a1", by="Ada", help="h1", answer="form 12"),
    events.NoteTaken(
        at(MONDAY, "11:00"), id="n1", by="Ada", kind=NoteKind.FAULT, agent=WANG, tag="CRM", text="slow",
        follow_up="ask IT", due_at=at(TUESDAY, "10:00"),
    ),
    events.SwapRequested(
        at(MONDAY, "12:00"), id="s1", by="Ada", agent=WANG, date=TUESDAY, other=LI, other_date=WEDNESDAY
    ),
    events.LeaveRequested(
        at(MONDAY, "12:00"), id="l1", by="Ada", agent=ADA, start=at(TUESDAY, "22:00"), end=at(WEDNESDAY, "06:00"),
        kind="sick",
    ),
    events.ShiftAssigned(
        at(MONDAY, "13:00"), id="g1", by="Ada", agent=WANG, date=TUESDAY, start=at(TUESDAY, "22:00"),
        end=at(WEDNESDAY, "06:00"), instead_of=ADA,
    ),
)  # fmt: skip
