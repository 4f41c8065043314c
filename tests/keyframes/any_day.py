"""Any day of a floor: whatever its feeds, its documents and its people may bring, in any order, and how it is kept."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.keyframes.frame import Readings, floor_of, frame_of
from floorwatch.engine.keyframes.rows import add_rows, lengths_of, rows_after
from floorwatch.model import events as ev
from floorwatch.model.bases import Bases
from floorwatch.model.clock import FloorDays
from floorwatch.model.entities import Fact
from floorwatch.model.events import Entered, Event, NoteKind
from floorwatch.model.floor import Floor
from floorwatch.model.history import History
from floorwatch.model.minutes import last_intervals, last_staffed
from floorwatch.model.people import read_people
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules
from tests.model import test_duty_property, test_support_property
from tests.model.numbered import IDS, PEOPLE
from tests.model.rosters import DAY as A_DATE
from tests.model.rosters import roster, shift
from tests.model.test_identity import DAY, EVENTS, QUEUES

STAFF = read_people("interface,name,employee,seat,team\nSIP/1,a,1001,A1,A\nSIP/2,b,1002,A2,A\nSIP/3,b,1003,A3,B\n")
END = DAY + 2 * 86_400

Line = tuple[str, Event]
"""A feed, and what it brings."""

_at = st.floats(DAY, END)
_agent = st.sampled_from(("a", "b"))
OTHERS: st.SearchStrategy[Event] = st.one_of(
    st.builds(ev.DeviceFailed, _at, _agent, st.none() | st.just("no signal")),
    st.builds(ev.DeviceRestored, _at, _agent),
    st.builds(ev.AgentSignedIn, _at, _agent),
    st.builds(ev.AgentSignedOut, _at, _agent),
    st.builds(ev.OutboundCallEnded, _at, st.just("o"), _agent),
    st.builds(ev.Unrecognised, _at, st.just("X")),
    st.builds(ev.Custom, _at, st.sampled_from("mn"), _agent, st.none() | st.just({"level": [1, {"of": "x"}]})),
    st.builds(ev.HelpRequested, at=st.integers(0, 2).map(DAY.__add__), agent=_agent, queue=st.just("sales")),
    st.builds(
        ev.WeekdayRead,
        _at,
        date=st.just("2026-11-14"),
        compared_with=st.sampled_from((DAY, END)),
        step_seconds=st.just(900),
        arrivals=st.just({"sales": (1, 2, 3)}),
    ),
)
DOCUMENTS: st.SearchStrategy[Event] = st.one_of(
    st.sampled_from(test_duty_property.OTHERS[-4:]),
    st.builds(
        lambda start, document: roster(shift("a", start=start), shift("SIP/3"), document=document),
        st.floats(0, 8),
        st.sampled_from(("roster.xlsx", "other.xlsx")),
    ),
)
EARLY: st.SearchStrategy[Entered] = st.builds(
    lambda entry, second, kind: kind(DAY, id=entry, by="Ada", help=f"log/a/{DAY + second:.3f}"),
    st.sampled_from(IDS),
    st.integers(0, 2),
    st.sampled_from((ev.HelpTaken, ev.HelpAnswered, ev.HelpWithdrawn)),
)
"""What is entered about a request by telephone, whose line may come later."""
PURGES = st.builds(lambda entry, at: ev.NotesPurged(at, id=entry, by="Ada", before=at), st.sampled_from(IDS), _at)


@st.composite
def _entries(draw: st.DrawFn) -> list[Line]:
    """What people enter; most entries have an id of their own."""
    kinds = st.one_of(test_support_property.ENTRIES, test_duty_property.ENTRIES, EARLY, PURGES)
    found = draw(st.lists(kinds, max_size=2 * len(IDS)))
    ids = [*IDS, *(f"f{number}" for number in range(len(IDS)))]
    doubled = draw(st.sets(st.integers(0, len(ids)), max_size=3))
    return [("journal", each if n in doubled else replace(each, id=ids[n])) for n, each in enumerate(found)]


@st.composite
def _call(draw: st.DrawFn) -> list[Line]:
    """What becomes of one call, as far as it comes."""
    feed, call, queue = draw(st.sampled_from(("log", "second"))), draw(st.sampled_from("hijk")), draw(QUEUES)
    at, agents = DAY + 60.0 * draw(st.integers(0, 2000)), ("a", "SIP/2")
    who = draw(st.sampled_from(agents))
    told: list[Event] = [ev.CallEntered(at, call, queue, draw(st.sampled_from(("5550101", "5550102", None))))]
    told += [ev.CallRang(at + 5, call, queue, agent) for agent in draw(st.sampled_from(((), agents[:1], agents)))]
    if draw(st.booleans()):
        told += [
            ev.CallAnswered(at + 9, call, queue, who),
            ev.CallHeld(at + 20, call, queue, who),
            ev.CallResumed(at + 30.25, call, queue, who),
            ev.CallCompleted(at + 90, call, queue, who),
            ev.WrapUpStarted(at + 90, who),
            ev.WrapUpEnded(at + 120, who),
        ]
    else:
        told += [ev.RingMissed(at + 12, call, queue, who, 7000), ev.CallAbandoned(at + 40, call, queue)]
    return [(feed, event) for event in told[: draw(st.integers(1, len(told)))]]


_SWITCH = st.tuples(st.sampled_from(("log", "log", "second")), EVENTS | OTHERS)
_PAPERS = st.tuples(st.sampled_from(("roster", "sheets")), DOCUMENTS)


@st.composite
def any_day(draw: st.DrawFn) -> list[Line]:
    """Lines and entries, mixed; calls in the order of their times."""
    calls = [line for call in draw(st.lists(_call(), max_size=6)) for line in call]
    calls.sort(key=lambda line: line[1].at)
    others = [*draw(st.lists(_SWITCH, max_size=25)), *draw(st.lists(_PAPERS, max_size=5))]
    return _dealt(draw, calls, draw(st.permutations(others)), draw(_entries()))


def _dealt(draw: st.DrawFn, *parts: Sequence[Line]) -> list[Line]:
    """These parts as one, each in its own order."""
    turns = draw(st.permutations([place for place, part in enumerate(parts) for _line in part]))
    rest = [iter(part) for part in parts]
    return [next(rest[place]) for place in turns]


def _of_all_kinds() -> list[Line]:
    agents = ("a", "SIP/2")
    switch: list[Event] = [
        *(ev.MemberAdded(DAY, agent, "sales") for agent in agents),
        ev.CallEntered(DAY + 1, "c1", "sales", "5550101"),
        *(ev.CallRang(DAY + 2, "c1", "sales", agent) for agent in agents),
        ev.CallAnswered(DAY + 3, "c1", "sales", "a"),
        ev.CallHeld(DAY + 4.5, "c1", "sales", "a"),
        ev.CallResumed(DAY + 6.25, "c1", "sales", "a"),
        ev.CallCompleted(DAY + 9, "c1", "sales", "a"),
        ev.WrapUpStarted(DAY + 9, "a"),
        ev.CallEntered(DAY + 9, "c1", "sales", "5550101"),
        ev.WrapUpEnded(DAY + 12, "a"),
        ev.RingMissed(DAY + 12, "c1", "sales", "SIP/2", 7000),
        ev.CallEntered(DAY + 1, "c1", "sales", "5550101"),
        ev.CallAbandoned(DAY + 40, "c1", "sales"),
        ev.AgentPaused(DAY + 41, "a", None, "Lunch"),
        ev.DeviceFailed(DAY + 42, "SIP/2", "no signal"),
        ev.AgentResumed(DAY + 50, "a"),
        ev.Custom(DAY + 51, "m", "x", {"level": 1}),
        ev.HelpRequested(DAY + 1, agent="a", queue="sales"),
        ev.WeekdayRead(DAY + 52, date="2026-11-14", compared_with=END, step_seconds=900, arrivals={"sales": (1, 2)}),
        ev.MemberRemoved(DAY + 86_400, "a", "sales"),
    ]
    journal: list[Event] = [
        ev.HelpTaken(DAY, id="e0", by="Ada", help=f"log/a/{DAY + 1:.3f}"),
        ev.HelpRequested(DAY + 5, id="e1", by="Ada", agent="1001"),
        ev.HelpRequested(DAY + 3, id="e2", by="Grace", agent="1002"),
        ev.HelpTaken(DAY + 6, id="e3", by="Ada", help="e1"),
        ev.HelpTaken(DAY + 6, id="e3", by="Ada", help="e1"),
        ev.HelpTaken(DAY + 7, id="e4", by="Grace", help="e1"),
        ev.EntryUndone(DAY + 8, id="e5", by="Ada", entry="e3"),
        ev.NoteTaken(DAY + 8, id="e6", by="Ada", kind=NoteKind.STATE, agent="1001", follow_up="x"),
        ev.LeaveRequested(DAY + 9, id="e7", by="Ada", agent="1001", start=DAY, end=END),
        ev.AgentTold(DAY + 10, id="e8", by="Ada", about="e7", agent="1001"),
        ev.EntryUndone(DAY + 11, id="e9", by="Ada", entry="e7"),
        ev.EntryUndone(DAY + 12, id="e10", by="Ada", entry="e6"),
        ev.NotesPurged(DAY + 13, id="e11", by="Ada", before=DAY + 6.5),
    ]
    papers: list[Event] = [
        roster(shift("a")),
        roster(shift("1002"), document="other.xlsx"),
        ev.DocumentRefused(DAY, document="other.xlsx", why="torn"),
        ev.DocumentGone(DAY, document="roster.xlsx"),
        roster(shift("a", start=1.0)),
    ]
    parts = [[(feed, each) for each in of] for feed, of in (("log", switch), ("journal", journal), ("hr", papers))]
    return [line for place in range(len(switch)) for part in parts for line in part[place : place + 1]]


OF_ALL_KINDS = _of_all_kinds()
"""A small day on which everything happens that a floor remembers."""


def new_floor() -> Floor:
    return Floor(FloorRules(FloorDays()), STAFF, frozenset(Fact), ("sales",))


def fold(floor: Floor, lines: Iterable[Line]) -> None:
    """As a station folds: lines of a feed, entries of people."""
    for feed, event in lines:
        if feed == "log":
            floor.take(feed, event.at, (event,), "no such thing" if isinstance(event, ev.Unrecognised) else None)
        else:
            floor.apply(event, feed)


class Written(Struct, frozen=True):
    """What a file of keyframes holds: a frame after so many lines each, rows and readings of all."""

    frames: dict[int, bytes]
    rows: list[bytes]
    readings: list[tuple[int, ev.DocumentRead]]

    def reader(self) -> "Reader":
        """Somebody who has read all of it, with nothing of the writer's."""
        return Reader(self)


class Reader:
    """The complete history, and the floors of the frames."""

    def __init__(self, written: Written) -> None:
        self._written = written
        self.history = History()
        self.history.bases = Bases(few=0)
        self.readings = Readings()
        for block in written.rows:
            add_rows(self.history, block)
        for number, reading in written.readings:
            self.readings.add(number, reading)

    def floor(self, lines: int) -> Floor:
        """The floor after so many lines."""
        return floor_of(self._written.frames[lines], new_floor(), self.history, self.readings)


def written(lines: Sequence[Line], cuts: Iterable[int]) -> Written:
    """The day as it is written: rows and a frame at each of the cuts and at its end, and bases as often as can be."""
    floor, readings = new_floor(), Readings()
    floor.history.bases = Bases(few=0)
    found = Written({}, [], [])
    lengths = lengths_of(floor.history)
    for start, end in pairwise(sorted({0, *cuts, len(lines)})):
        fold(floor, lines[start:end])
        found.frames[end] = frame_of(floor, readings)
        found.rows.append(rows_after(floor.history, lengths))
        found.readings.extend(readings.take_new())
        lengths = lengths_of(floor.history)
    return found


def looked_at(floor: Floor, now: float) -> tuple[FloorSnapshot, list[object]]:
    """Everything that anybody can ask of a floor."""
    snapshot = floor.snapshot(now)
    support = snapshot.support
    derived: list[object] = [
        snapshot.lost,
        [*support.helps],
        [*support.open_helps],
        [*support.notes],
        [*support.visits],
    ]
    for scope in (*snapshot.queues.values(), snapshot.total):
        derived += [last_intervals(scope, 12), last_intervals(scope, 96, 900), last_staffed(scope, 12)]
    entries = [*IDS, *(f"f{number}" for number in range(len(IDS)))]
    derived += [(floor.overtaken(entry), floor.what_was_done(entry)) for entry in entries]
    derived += [floor.last_entry_of(by) for by in PEOPLE]
    past = snapshot.past
    derived += [list(past.answered_by(agent, 0.0)) + list(past.states_of(agent, 0.0)) for agent in ("a", "1001")]
    derived += [list(past.unanswered(0.0)), list(past.talks_of("a", 0.0)), list(past.rings_of("a", 0.0)), A_DATE]
    return snapshot, derived
