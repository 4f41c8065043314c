"""A floor on which people enter things: for the tests of seat support."""

from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import Entered, NoteKind
from floorwatch.model.floor import Floor
from floorwatch.model.people import read_people
from floorwatch.model.support import Support
from floorwatch.model.targets import FloorRules

AT = 1_795_219_200.0
PEOPLE = read_people(
    "interface,name,employee,seat,team\nSIP/1,李娜,1007,A07,A\nSIP/2,王芳,1008,,A\nSIP/3,王芳,1009,B01,B\n"
)


class Book:
    """A floor on which people enter things, each a second after the one before, each under its number as its id."""

    def __init__(self) -> None:
        self.floor = Floor(FloorRules(FloorDays()), PEOPLE)
        self.entries = 0

    def enter(self, event: Entered, by: str = "Ada", at: float | None = None) -> str:
        """Its id."""
        self.entries += 1
        entry = f"e{self.entries}"
        moment = AT + self.entries if at is None else at
        self.again(replace(event, id=entry, by=by, at=moment))
        return entry

    def again(self, event: Entered, feed: str = "journal") -> None:
        self.floor.take(feed, event.at, (event,))

    @property
    def now(self) -> Support:
        return self.floor.snapshot(AT + 10_000).support

    @property
    def misfits(self) -> dict[str, int]:
        return dict(self.floor.snapshot(AT + 10_000).feeds["journal"].misfits)

    def late(self, entry: str) -> tuple[str, str] | None:
        """By whom it was overtaken, and what came too late."""
        found = self.floor.overtaken(entry)
        return None if found is None else (found.by, found.what)


def asked(agent: str = "1007", question: str = "refund?") -> ev.HelpRequested:
    return ev.HelpRequested(AT, agent=agent, question=question)


def note(agent: str | None = "1007", kind: NoteKind = NoteKind.STATE, **said: object) -> ev.NoteTaken:
    return ev.NoteTaken(AT, kind=kind, agent=agent, **said)  # type: ignore[arg-type]  # whatever a test says of it


def taken(entry: str) -> ev.HelpTaken:
    return ev.HelpTaken(AT, help=entry)


def answered(entry: str, answer: str = "yes") -> ev.HelpAnswered:
    return ev.HelpAnswered(AT, help=entry, answer=answer)


UNDOABLE: list[Entered] = [
    asked(),
    note(follow_up="send the form"),
    ev.FaultReported(AT, system="CRM", agent="1007"),
    ev.SeatVisited(AT, agent="1007"),
    ev.WalkBegan(AT),
    ev.IncidentTaken(AT, incident="x", owner="Ada"),
    ev.EvidenceAdded(AT, incident="x", text="more"),
    ev.IncidentClosed(AT, incident="x", word="over"),
    ev.CallReturned(AT, queue="support", call="c1", entered_at=AT, reached=False),
    ev.AlertAcknowledged(AT, alert="a", owner="Ada"),
    ev.AlertSnoozed(AT, alert="a", until=AT + 900),
]
