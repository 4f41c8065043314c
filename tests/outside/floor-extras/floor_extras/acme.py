"""The call log of an ACME switch: tab separated, one state a line.

time	call	skill	agent	state	info
2026-03-10T09:00:02+08:00	A3F-0001.1	41	-	QUEUED	13800001234
2026-03-10T09:00:12+08:00	A3F-0001.1	41	1009	TALKING	-

The part of a call's id behind the dot is the leg, which changes when the call moves to another skill; the part before
it stays. A skill is a number: the option `skills` says how the queues are called.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from floorwatch.api import Decoder, EndedBy, Event, Fact, FeedFormat, FeedLine, LeftHow, RejectLine, TransferKind, _
from floorwatch.api import events as ev

HEADER = ["time", "call", "skill", "agent", "state", "info"]
NOTHING = "-"
EARLIEST, LATEST = 100_000_000.0, 100_000_000_000.0
LEFT = {"TIMEOUT": LeftHow.TIMEOUT, "DIGIT": LeftHow.KEY, "NOBODY": LeftHow.EMPTY, "MOVED": LeftHow.TRANSFERRED}
ENDED = {"caller": EndedBy.CALLER, "agent": EndedBy.AGENT}
CARRIED = frozenset({b"LOGON", b"LOGOFF", b"AWAY", b"BACK"})


class Entry(NamedTuple):
    """One line, its texts as they stand there; `-` is empty."""

    at: float
    call: str
    skill: str
    agent: str
    state: str
    info: str


def _queued(entry: Entry) -> Event:
    return ev.CallEntered(entry.at, entry.call, entry.skill, entry.info or None)


def _ringing(entry: Entry) -> Event:
    return ev.CallRang(entry.at, entry.call, entry.skill, entry.agent)


def _no_answer(entry: Entry) -> Event:
    return ev.RingMissed(entry.at, entry.call, entry.skill, entry.agent, _milliseconds(entry.info))


def _talking(entry: Entry) -> Event:
    return ev.CallAnswered(entry.at, entry.call, entry.skill, entry.agent)


def _held(entry: Entry) -> Event:
    return ev.CallHeld(entry.at, entry.call, entry.skill, entry.agent)


def _retrieved(entry: Entry) -> Event:
    return ev.CallResumed(entry.at, entry.call, entry.skill, entry.agent)


def _released(entry: Entry) -> Event:
    if entry.info and entry.info not in ENDED:
        raise RejectLine("RELEASED by neither caller nor agent")
    return ev.CallCompleted(entry.at, entry.call, entry.skill, entry.agent, ENDED.get(entry.info))


def _passed_on(entry: Entry) -> Event:
    return ev.CallTransferred(entry.at, entry.call, entry.skill, entry.agent, TransferKind.BLIND, entry.info or None)


def _gave_up(entry: Entry) -> Event:
    return ev.CallAbandoned(entry.at, entry.call, entry.skill)


def _left(entry: Entry) -> Event:
    if entry.info not in LEFT:
        raise RejectLine("LEFT for a reason that is not known")
    return ev.CallLeft(entry.at, entry.call, entry.skill, LEFT[entry.info])


def _logon(entry: Entry) -> Event:
    return ev.MemberAdded(entry.at, entry.agent, entry.skill)


def _logoff(entry: Entry) -> Event:
    return ev.MemberRemoved(entry.at, entry.agent, entry.skill)


def _away(entry: Entry) -> Event:
    return ev.AgentPaused(entry.at, entry.agent, None, entry.info or None)


def _back(entry: Entry) -> Event:
    return ev.AgentResumed(entry.at, entry.agent)


class State(NamedTuple):
    """What a state needs beside its time, and what it means."""

    needs: Sequence[str]
    event: Callable[[Entry], Event]


CALL = ("call", "skill")
TALK = ("call", "skill", "agent")
STATES = {
    "QUEUED": State(CALL, _queued),
    "RINGING": State(TALK, _ringing),
    "NO-ANSWER": State(TALK, _no_answer),
    "TALKING": State(TALK, _talking),
    "HELD": State(TALK, _held),
    "RETRIEVED": State(TALK, _retrieved),
    "RELEASED": State(TALK, _released),
    "PASSED-ON": State(TALK, _passed_on),
    "GAVE-UP": State(CALL, _gave_up),
    "LEFT": State(CALL, _left),
    "LOGON": State(("skill", "agent"), _logon),
    "LOGOFF": State(("skill", "agent"), _logoff),
    "AWAY": State(("agent",), _away),
    "BACK": State(("agent",), _back),
}


class AcmeSwitch(FeedFormat):
    """The format by its name, how it is recognised, and what it can tell: all but after-call work and devices."""

    name = "acme-switch"
    title = "ACME switch, call log"
    gives = frozenset(
        {Fact.CALLS, Fact.MEMBERS, Fact.PAUSES, Fact.RINGING, Fact.HOLD, Fact.ENDED_BY, Fact.MISSED_RINGS}
    )

    def sniff(self, sample: bytes) -> float:
        """The share of these first lines that look like ours; the last may be torn."""
        lines = [line for line in sample.split(b"\n")[:-1] if line.strip()][:100]
        return sum(map(self._is_ours, lines)) / len(lines) if lines else 0.0

    def decoder(self, options: dict[str, Any]) -> Decoder:
        """A reader for one feed. Raises ValueError for options that it does not have."""
        return Reader(_skills(options))

    def time_of(self, raw: bytes) -> float | None:
        """The time of a line, epoch seconds UTC; None when it has none."""
        try:
            moment = datetime.fromisoformat(raw.partition(b"\t")[0].decode("ascii").strip())
        except ValueError:
            return None
        at = moment.timestamp() if moment.tzinfo is not None else 0.0
        return at if EARLIEST <= at < LATEST else None

    def carries(self, raw: bytes) -> bool:
        """Whether a line of an earlier day still matters: who is logged on, who is away."""
        fields = raw.split(b"\t")
        return len(fields) == len(HEADER) and fields[4] in CARRIED

    def _is_ours(self, line: bytes) -> bool:
        fields = line.decode("utf-8", "replace").rstrip("\r").split("\t")
        return fields == HEADER or (
            len(fields) == len(HEADER) and fields[4] in STATES and self.time_of(line) is not None
        )


class Reader(Decoder):
    """Reads the lines of one feed; nothing is remembered between them."""

    def __init__(self, skills: Mapping[str, str]) -> None:
        self._skills = skills

    def feed(self, line: FeedLine) -> Sequence[Event]:
        """The event of this line; none for a blank one and for a header. Raises RejectLine."""
        fields = line.raw.decode("utf-8", "replace").rstrip("\r\n").split("\t")
        if not any(map(str.strip, fields)) or fields == HEADER:
            return []
        if len(fields) != len(HEADER):
            raise RejectLine("not six fields between tabs")
        at = AcmeSwitch().time_of(line.raw)
        if at is None:
            raise RejectLine("no time with an offset in front")
        return [_event(self._entry(at, fields))]

    def _entry(self, at: float, fields: Sequence[str]) -> Entry:
        call, skill, agent, state, info = ("" if field == NOTHING else field.strip() for field in fields[1:])
        return Entry(at, call.partition(".")[0], self._skills.get(skill, skill), agent, state, info)


def _event(entry: Entry) -> Event:
    state = STATES.get(entry.state)
    if state is None:
        raise RejectLine("a state that is not known")
    if missing := [name for name in state.needs if not getattr(entry, name)]:
        raise RejectLine(f"no {missing[0]} where its state needs one")
    return state.event(entry)


def _milliseconds(info: str) -> int | None:
    """The number before `ms`, None for nothing. Raises RejectLine."""
    number = info.removesuffix("ms")
    if not info:
        return None
    if not (number.isascii() and number.isdigit() and len(number) <= 8):
        raise RejectLine("a ringing time that is no number of milliseconds")
    return int(number)


def _skills(options: Mapping[str, Any]) -> dict[str, str]:
    """The names of skills by their numbers. Raises ValueError with the whole sentence."""
    if unknown := sorted(options.keys() - {"skills"}):
        raise ValueError(_("acme-switch has one option, skills; leave out {names}").format(names=", ".join(unknown)))
    skills = options.get("skills", {})
    if not isinstance(skills, dict) or not all(isinstance(name, str) and name for name in skills.values()):
        raise ValueError(_('acme-switch: skills must be names by number, for example skills = {41 = "support"}'))
    return skills
