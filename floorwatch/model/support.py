"""Seat support as it stands at one moment: help requests, notes, visits, walks, incidents, and who sees to which alert.

Rules
- Everything here came from what people entered (or a feed's help key), and nothing of it depends on the state of calls.
- Mappings keep the order of the journal, but for requests: those stand in the order in which they were asked.
- What was withdrawn stays, marked; what was purged is gone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Reversible, Sequence
from enum import StrEnum
from typing import TypeVar, cast

from msgspec import Struct

from floorwatch.computed import computed_once
from floorwatch.model.alerts import AlertTone, RaisedAlert
from floorwatch.model.entered import NoteKind

Thing = TypeVar("Thing")

_URGENCY = tuple(AlertTone)

CLOCK_SLACK_SECONDS = 86_400.0
"""How far the clocks of those who write in one journal may be apart without a look back taking notice."""

STRAYS = 100
"""Entries in a row that are older than all that before a look back ends: those of one wrong clock hide none behind."""


class HelpState(StrEnum):
    """How far a help request has come."""

    OPEN = "open"
    TAKEN = "taken"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Help(Struct, frozen=True, gc=False):
    """A help request. `agent` is an id, `by` who entered it ("": the telephone); times are epoch seconds UTC."""

    id: str
    agent: str
    requested_at: float
    question: str = ""
    by: str = ""
    seat: str | None = None
    queue: str | None = None
    call: str | None = None
    taken_by: str = ""
    taken_at: float | None = None
    answer: str = ""
    closed_by: str = ""
    closed_at: float | None = None
    withdrawn: bool = False

    @property
    def state(self) -> HelpState:
        """How far it has come."""
        if self.closed_at is not None:
            return HelpState.WITHDRAWN if self.withdrawn else HelpState.ANSWERED
        return HelpState.OPEN if self.taken_at is None else HelpState.TAKEN

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for it: open, or taken and not answered yet."""
        return self.closed_at is None


class Note(Struct, frozen=True, gc=False):
    """A note. `agent` is an id (None: about nobody); `state` what the agent was doing, `call` what they were on."""

    id: str
    at: float
    by: str
    kind: NoteKind
    agent: str | None = None
    seat: str | None = None
    state: str | None = None
    queue: str | None = None
    call: str | None = None
    tag: str = ""
    text: str = ""
    follow_up: str = ""
    due_at: float | None = None
    done_at: float | None = None
    done_by: str = ""
    outcome: str = ""
    amended_at: float | None = None
    amended_by: str = ""
    withdrawn_at: float | None = None
    withdrawn_by: str = ""
    word: str = ""

    @property
    def holds(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return bool(self.follow_up) and self.done_at is None and self.holds


class Visit(Struct, frozen=True, gc=False):
    """That somebody was with an agent: noted something, answered them, or found nothing to note."""

    agent: str
    at: float
    by: str
    seat: str | None = None


class Walk(Struct, frozen=True):
    """A person's last walk. `passed` are the agents left out of it."""

    id: str
    by: str
    began_at: float
    team: str | None = None
    passed: tuple[str, ...] = ()
    ended_at: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is under way."""
        return self.ended_at is None


class Evidence(Struct, frozen=True, gc=False):
    """Something that is known of an incident."""

    at: float
    by: str
    text: str


class Incident(Struct, frozen=True):
    """An incident that somebody took up. `since` is when it began, `word` what it was."""

    key: str
    title: str
    since: float
    seats: tuple[str, ...] = ()
    owner: str = ""
    owned_at: float | None = None
    evidence: tuple[Evidence, ...] = ()
    closed_at: float | None = None
    closed_by: str = ""
    word: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is not over."""
        return self.closed_at is None


class Returned(Struct, frozen=True, gc=False):
    """That the caller of a lost visit was called back, the last time by `by` at `at`, `tries` times in all. Where
    `reached` is false they did not pick up, and are still to be called."""

    by: str
    at: float
    reached: bool
    word: str = ""
    tries: int = 1


class Acknowledgement(Struct, frozen=True, gc=False):
    """Who sees to an alert."""

    alert: str
    owner: str
    word: str
    by: str
    at: float


class Snooze(Struct, frozen=True, gc=False):
    """Until when (epoch seconds) an alert is not to be seen; `tone` is what it was then, where that is known."""

    alert: str
    until: float
    by: str
    at: float
    tone: AlertTone | None = None


Told = TypeVar("Told", Acknowledgement, Snooze)


class Overtaken(Struct, frozen=True, gc=False):
    """Why an entry changed nothing: `by` was first, at `at`; `what` is the name of the event that came too late."""

    by: str
    at: float
    what: str


class Support(Struct, frozen=True, dict=True):
    """All of it at one moment. By id, but for visits (the last one, by agent), walks (by person), acknowledged and
    snoozed (by alert). `open_helps` and `follow_ups` are those of `helps` and `notes` that wait for somebody;
    `visit_log` is every visit by its entry. `returned` is by the visit of the caller: queue, call, entered_at."""

    helps: Mapping[str, Help] = {}
    open_helps: Mapping[str, Help] = {}
    notes: Mapping[str, Note] = {}
    follow_ups: Mapping[str, Note] = {}
    visits: Mapping[str, Visit] = {}
    visit_log: Mapping[str, Visit] = {}
    walks: Mapping[str, Walk] = {}
    incidents: Mapping[str, Incident] = {}
    returned: Mapping[tuple[str, str, float], Returned] = {}
    acknowledged: Mapping[str, Acknowledgement] = {}
    snoozed: Mapping[str, Snooze] = {}

    def notes_since(self, at: float) -> Iterator[Note]:
        """The notes that hold, from `at` on, the newest entry first."""
        return (note for note in _back_to(at, self.notes, lambda note: note.at) if note.holds)

    def helps_since(self, at: float) -> Iterator[Help]:
        """The help requests from `at` on that were not withdrawn, the newest entry first."""
        return (each for each in _back_to(at, self.helps, lambda each: each.requested_at) if not each.withdrawn)

    def visits_since(self, at: float) -> Iterator[Visit]:
        """All visits from `at` on, the newest entry first."""
        return _back_to(at, self.visit_log, lambda visit: visit.at)

    @computed_once
    def queue_of_help(self) -> tuple[Help, ...]:
        """Who waits for help, first come first: as all of them would count it, whoever took one."""
        return tuple(sorted(self.open_helps.values(), key=lambda each: each.requested_at))

    def seen_to(self, raised: RaisedAlert) -> Acknowledgement | None:
        """Who sees to the alert: the first who said so. It has another id where it was raised at another instant, on
        another's screen or after a restart: it is the same one when it began before that was said."""
        told = _told_of(raised, self.acknowledged, self._acknowledged_of)
        return min(told, key=lambda each: each.at, default=None)

    def snooze_of(self, raised: RaisedAlert, at: float) -> Snooze | None:
        """The last snooze of the alert, as for `seen_to`, while it lasts at `at`: none of a red line, none of what has
        become worse since."""
        told = _told_of(raised, self.snoozed, self._snoozed_of)
        last = max(told, key=lambda each: each.at, default=None)
        if last is None or raised.alert.red_line or last.until <= at:
            return None
        is_worse = last.tone is not None and _URGENCY.index(raised.alert.tone) > _URGENCY.index(last.tone)
        return None if is_worse else last

    @computed_once
    def _acknowledged_of(self) -> Mapping[str, Sequence[Acknowledgement]]:
        return _by_rule_and_subject(self.acknowledged.values())

    @computed_once
    def _snoozed_of(self) -> Mapping[str, Sequence[Snooze]]:
        return _by_rule_and_subject(self.snoozed.values())


def _told_of(
    raised: RaisedAlert, by_id: Mapping[str, Told], by_subject: Mapping[str, Sequence[Told]]
) -> Iterator[Told]:
    """What was said of this alert, under whatever id."""
    own, since = by_id.get(raised.id), raised.alert.since
    if own is not None:
        yield own
    if since is not None:
        yield from (each for each in by_subject.get(_rule_and_subject(raised.id), ()) if each.at >= since)


def _by_rule_and_subject(told: Iterable[Told]) -> Mapping[str, Sequence[Told]]:
    found: dict[str, list[Told]] = {}
    for each in told:
        found.setdefault(_rule_and_subject(each.alert), []).append(each)
    return found


def _rule_and_subject(alert: str) -> str:
    """The id of an alert without the instant at which it was raised."""
    return alert.rpartition("/")[0]


def _back_to(at: float, entries: Mapping[str, Thing], when: Callable[[Thing], float]) -> Iterator[Thing]:
    """The entries from `at` on, the newest first: a look at the end of a hundred thousand, not at all of them."""
    strays = 0
    for key in reversed(cast("Reversible[str]", entries)):  # a dict, or a view of one: both can
        each = entries[key]
        moment = when(each)
        if moment >= at:
            yield each
        strays = strays + 1 if moment < at - CLOCK_SLACK_SECONDS else 0
        if strays > STRAYS:
            return


NO_SUPPORT = Support()
