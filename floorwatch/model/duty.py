"""Who should be here and who is: shifts, leave, swaps, assignments, punches, marks and excuses, frozen, as they stand.

Rules
- Times are epoch seconds UTC. A `date` is the local date of the business day that a thing belongs to, "2026-11-22": a
  night shift belongs to the day on which it begins.
- What documents say and what people enter stand side by side; nothing here merges them: `roster.plan` does.
- An agent is an id of the floor; whoever a document names and nobody could match stands under the document's own word,
  and in `Duty.unmatched`.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import astuple

from floorwatch.computed import computed_once
from floorwatch.model.same import have_the_same


class Activity(StrEnum):
    """What somebody is to do at a moment of a shift. `DUTY`: on duty for something else than the telephones."""

    PHONES = "phones"
    BREAK = "break"
    LUNCH = "lunch"
    MEETING = "meeting"
    TRAINING = "training"
    DUTY = "duty"


class ShiftKind(StrEnum):
    """What the roster says of a person's day. `UNKNOWN`: a code of which nobody said what hours it means."""

    WORK = "work"
    OFF = "off"
    LEAVE = "leave"
    UNKNOWN = "unknown"


class Stint(Struct, frozen=True, gc=False):
    """A part of a shift: from `start` up to `end`."""

    start: float
    end: float
    activity: Activity = Activity.PHONES


class Shift(Struct, frozen=True, gc=False):
    """What the roster says of one person on one day. `stints` follow one another and may leave a gap (a split shift);
    a day off, a leave and an unknown code have none. `code` is the roster's own word for it.

    `layer` is "" for the roster itself, else the name of a duty laid over it ("lunch", "weekend"): at each moment that
    a duty covers it says what the person does, whatever the shift below says. `source` is the document.
    """

    id: str
    agent: str
    date: str
    kind: ShiftKind = ShiftKind.WORK
    code: str = ""
    stints: tuple[Stint, ...] = ()
    layer: str = ""
    queue: str | None = None
    source: str = ""

    @property
    def start(self) -> float | None:
        """When it begins; None for a day without hours."""
        return self.stints[0].start if self.stints else None

    @property
    def end(self) -> float | None:
        """When it ends; None for a day without hours."""
        return self.stints[-1].end if self.stints else None


class Tick(StrEnum):
    """Who agrees to a request: the head approves, HR files, and the other side of a swap agrees."""

    HEAD = "head"
    HR = "hr"
    AGREED = "agreed"


class Ticked(Struct, frozen=True, gc=False):
    """Somebody's tick. `override` is the reason for which leave was approved in the peak period."""

    by: str
    at: float
    override: str = ""


class Leave(Struct, frozen=True):
    """Leave of one person. One of a document (`source`) was approved and filed there; `refused` is why it was not."""

    id: str
    agent: str
    start: float
    end: float
    kind: str = ""
    word: str = ""
    asked_by: str = ""
    asked_at: float | None = None
    ticks: Mapping[Tick, Ticked] = {}
    refused: str | None = None
    refused_by: str = ""
    withdrawn: bool = False
    source: str = ""

    @property
    def is_filed(self) -> bool:
        """Whether both ticks are there, and nobody took it back."""
        return self.is_open_or_filed and (bool(self.source) or {Tick.HEAD, Tick.HR} <= self.ticks.keys())

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a tick."""
        return self.is_open_or_filed and not self.is_filed

    @property
    def is_open_or_filed(self) -> bool:
        """Whether it was neither refused nor withdrawn."""
        return self.refused is None and not self.withdrawn


class Swap(Struct, frozen=True):
    """Two people exchange their days: `agent` works what `other` has on `other_date`, and the other way round."""

    id: str
    agent: str
    date: str
    other: str
    other_date: str
    word: str = ""
    asked_by: str = ""
    asked_at: float = 0.0
    ticks: Mapping[Tick, Ticked] = {}
    refused: str | None = None
    refused_by: str = ""
    withdrawn: bool = False

    @property
    def holds(self) -> bool:
        """Whether head and HR have ticked it, and nobody took it back."""
        return self.refused is None and not self.withdrawn and {Tick.HEAD, Tick.HR} <= self.ticks.keys()

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a tick."""
        return self.refused is None and not self.withdrawn and not self.holds


class Assignment(Struct, frozen=True, gc=False):
    """Somebody was given hours from the screen, in the place of `instead_of` or in addition."""

    id: str
    agent: str
    date: str
    start: float
    end: float
    activity: Activity = Activity.PHONES
    instead_of: str | None = None
    queue: str | None = None
    layer: str = ""
    word: str = ""
    by: str = ""
    at: float = 0.0
    withdrawn: bool = False


class Told(Struct, frozen=True, gc=False):
    """That a person was told of a change (`about`: the id of a swap, a leave or an assignment)."""

    about: str
    agent: str
    by: str
    at: float


class Punch(Struct, frozen=True, gc=False):
    """One mark of an attendance terminal or sheet. Its in/out flag is not kept: order and roster decide.

    `date` is the work day that the sheet itself puts it under, where it says so. `corrected` is a punch that was
    approved afterwards (补卡)."""

    agent: str
    at: float
    source: str = ""
    date: str | None = None
    device: str = ""
    corrected: bool = False


class ApprovalKind(StrEnum):
    """What a sheet's approved request is about, other than leave."""

    OUT = "out"
    OVERTIME = "overtime"
    CORRECTION = "correction"
    TRAVEL = "travel"


class Approval(Struct, frozen=True, gc=False):
    """A request that a sheet shows as approved: time out of the house, overtime, a correction of a punch."""

    agent: str
    start: float
    end: float
    kind: ApprovalKind
    word: str = ""
    source: str = ""


class Stated(Struct, frozen=True, gc=False):
    """What a sheet itself makes of one person's day: (in or out, the punch's words, the result's words) in order.

    Kept to be held against our own verdict, and shown beside it; never counted."""

    agent: str
    date: str
    shift: str
    results: tuple[tuple[str, str, str], ...] = ()
    source: str = ""


class MarkKind(StrEnum):
    """What a person marks by hand: somebody came, left, or is absent."""

    CAME = "came"
    LEFT = "left"
    ABSENT = "absent"


class HandMark(Struct, frozen=True, gc=False):
    """A mark of a person at the screen: `moment` is when somebody came or left."""

    id: str
    agent: str
    date: str
    kind: MarkKind
    moment: float
    word: str = ""
    by: str = ""
    at: float = 0.0
    withdrawn: bool = False


class Excuse(Struct, frozen=True, gc=False):
    """Why an exception between these moments is nobody's fault. `proposal` is what proposed it ("incident:...")."""

    id: str
    agent: str
    start: float
    end: float
    reason: str
    word: str = ""
    proposal: str = ""
    by: str = ""
    at: float = 0.0
    withdrawn: bool = False


class Who(Struct, frozen=True, gc=False):
    """How a document names one person; `key` is what its rows call them. Joined with the floor's people by the
    strongest word that is known: employee number, account, PIN, interface, name."""

    key: str
    name: str = ""
    employee: str = ""
    account: str = ""
    pin: str = ""
    team: str = ""


class Refusal(Struct, frozen=True, gc=False):
    """A row or cell of a document that was not used: where ("row 12", "C7", "byte 300"), why, and what stood there."""

    where: str
    why: str
    text: str = ""


class DocumentState(Struct, frozen=True):
    """One document as it was read last. `period` are its first and last dates; `rows` those that were read.
    `refused_at`: since then there is a newer file that cannot be used, and `why`; of one that was never read there is
    nothing else, and `read_at` is the same.

    `refused` are the first refusals in full, `refusals` all of them by reason; `unknown_codes` shift codes of which
    nobody said what they mean, by how often; `unmatched` whom nobody could be matched with.
    """

    source: str
    title: str
    read_at: float
    period: tuple[str, str] | None = None
    rows: int = 0
    people: int = 0
    shifts: int = 0
    punches: int = 0
    refused: tuple[Refusal, ...] = ()
    refusals: Mapping[str, int] = {}
    unknown_codes: Mapping[str, int] = {}
    unmatched: tuple[Who, ...] = ()
    remarks: tuple[str, ...] = ()
    refused_at: float | None = None
    why: str = ""

    @property
    def was_read(self) -> bool:
        """Whether it could ever be used."""
        return self.refused_at != self.read_at


class Presence(StrEnum):
    """What the telephone system shows of somebody, as far as attendance goes. `PHONES`: whatever they do there."""

    PHONES = "phones"
    PAUSED = "paused"
    OUT = "out"


class Spell(Struct, frozen=True, gc=False):
    """One presence of an agent by the call feed, from `start`; `end` None: it lasts. `reason` is that of a pause.

    `call` is the last call that was under way within it (start, end; end None: it still is): whoever hangs up late
    comes late to lunch, and that is neither late nor early. `is_implied`: calls alone show them, no line said that they
    signed in, as where members stand in the switch's own configuration.
    """

    presence: Presence
    start: float
    end: float | None = None
    reason: str | None = None
    call: tuple[float, float | None] | None = None
    is_implied: bool = False


class Duty(Struct, frozen=True, dict=True, eq=False):
    """All of it at one moment. By agent, in order of time: `shifts`, `punches`, `approvals`. By id: the rest; `told` by
    (about, agent); `documents` by source, `stated` by (agent, date).

    The same object as long as nothing in it changes: what is computed from it may be kept with it.
    """

    documents: Mapping[str, DocumentState] = {}
    shifts: Mapping[str, tuple[Shift, ...]] = {}
    punches: Mapping[str, tuple[Punch, ...]] = {}
    approvals: Mapping[str, tuple[Approval, ...]] = {}
    stated: Mapping[tuple[str, str], Stated] = {}
    leaves: Mapping[str, Leave] = {}
    swaps: Mapping[str, Swap] = {}
    assignments: Mapping[str, Assignment] = {}
    told: Mapping[tuple[str, str], Told] = {}
    marks: Mapping[str, HandMark] = {}
    excuses: Mapping[str, Excuse] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duty) and have_the_same(self, other)

    def __hash__(self) -> int:
        return hash(tuple(map(len, astuple(self))))

    @computed_once
    def has_roster(self) -> bool:
        """Whether any document or assignment says who should be here."""
        return bool(self.shifts) or any(not each.withdrawn for each in self.assignments.values())

    @computed_once
    def has_punches(self) -> bool:
        """Whether any attendance document was read."""
        return bool(self.punches) or any(each.punches for each in self.documents.values())

    @computed_once
    def shifts_on(self) -> Mapping[str, Mapping[str, tuple[Shift, ...]]]:
        """By date and agent: what the documents say of that day, the roster itself first, then the layers."""
        found: dict[str, dict[str, list[Shift]]] = {}
        for agent, shifts in self.shifts.items():
            for shift in shifts:
                found.setdefault(shift.date, {}).setdefault(agent, []).append(shift)
        return {
            date: {agent: tuple(sorted(those, key=lambda s: s.layer)) for agent, those in by_agent.items()}
            for date, by_agent in found.items()
        }

    @computed_once
    def unmatched(self) -> tuple[tuple[str, Who], ...]:
        """(source, who) of everybody in a document whom the people file does not know."""
        return tuple((source, who) for source, each in self.documents.items() for who in each.unmatched)


NO_DUTY = Duty()
