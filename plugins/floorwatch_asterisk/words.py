"""What each event word of a queue log means: its data columns over the versions, turned into events.

Rules
- `s` is whole seconds, `ms` milliseconds. A column that an old version does not write is None.
- The hold, talk and position of a transfer are read from the right: what stands before them varies by its kind.
- Data of an event without any is one empty column. Further empty columns at the end mean nothing.
- A "|" inside a caller's number moves the position on: the first number behind it is the position.
"""

from collections.abc import Callable, Mapping, Sequence
from math import isfinite

from floorwatch.api import EndedBy, Event, LeftHow, TransferKind, events

NO_CALL = frozenset({"NONE", "MANAGER", "CLI", "REALTIME", ""})
"""What stands in a column that has nothing to say."""

NO_QUEUE = frozenset({"NONE", ""})
"""The same in the column of the queue; one may well be called MANAGER."""

Read = Callable[[float, str, str, str, Sequence[str]], Sequence[Event]]


def _seconds(data: Sequence[str], place: int) -> float | None:
    """The number in this column; None where the version has no such column or it is empty. Raises ValueError."""
    try:
        text = data[place]
    except IndexError:
        return None
    return _number(text) if text else None


def _number(text: str) -> float:
    """Raises ValueError for what Python reads as a number and no sum would survive: inf, nan, 1e999."""
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def _count(data: Sequence[str], place: int) -> int | None:
    if place >= len(data) or not data[place]:
        return None
    return int(data[place])


def _word(data: Sequence[str], place: int = 0) -> str | None:
    return data[place] or None if place < len(data) else None


def _queue(queue: str) -> str | None:
    """None: every queue."""
    return None if queue in NO_QUEUE else queue


def _joined(data: Sequence[str]) -> str | None:
    """A text that may hold a "|", without empty columns behind it; None where nothing is left."""
    return "|".join(data).rstrip("|") or None


def _enter(at: float, call: str, queue: str, _agent: str, data: Sequence[str]) -> Sequence[Event]:
    """url, caller number [, position (1.8+) [, caller name (20.14/21.9/22.4+)]]."""
    place = 2
    if len(data) > place and data[place] and not data[place].isdecimal():
        place = next((at for at in range(place + 1, len(data)) if data[at].isdecimal()), place)
        if place == 2:  # nowhere a position: all that follows the number is the name
            return (events.CallEntered(at, call, queue, _word(data, 1), _joined(data[2:])),)
    number = "|".join(data[1:place]) or None
    return (events.CallEntered(at, call, queue, number, _joined(data[place + 1 :]), _count(data, place)),)


def _connect(at: float, call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """hold s [, agent channel id (1.4+) [, ring s (1.6+)]]."""
    return (events.CallAnswered(at, call, queue, agent, _seconds(data, 0), _seconds(data, 2)),)


def _complete(ended_by: EndedBy) -> Read:
    """hold s, talk s, original position."""

    def read(at: float, call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
        return (events.CallCompleted(at, call, queue, agent, ended_by, _seconds(data, 0), _seconds(data, 1)),)

    return read


def _old_transfer(at: float, call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """exten, context [, hold s, talk s [, position]] (to version 11)."""
    hold, talk = _seconds(data, 2), _seconds(data, 3)
    return (events.CallTransferred(at, call, queue, agent, TransferKind.BLIND, _word(data), hold, talk),)


def _transfer(kind: TransferKind) -> Read:
    """What it was bridged to (two columns, or three), then hold s, talk s, position (12+)."""

    def read(at: float, call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
        while len(data) > 5 and not data[-1]:
            data = data[:-1]
        if len(data) < 4:  # at least one word before the three numbers
            return (events.CallTransferred(at, call, queue, agent, kind, _word(data)),)
        to, (hold, talk) = "|".join(data[:-3]), data[-3:-1]
        return (events.CallTransferred(at, call, queue, agent, kind, to, _number(hold), _number(talk)),)

    return read


def _abandon(at: float, call: str, queue: str, _agent: str, data: Sequence[str]) -> Sequence[Event]:
    """position, original position, wait s."""
    return (events.CallAbandoned(at, call, queue, _count(data, 0), _seconds(data, 2)),)


def _exit(how: LeftHow, wait_at: int, detail_at: int | None = None) -> Read:
    """Columns vary by the way out; the wait is missing in old versions."""

    def read(at: float, call: str, queue: str, _agent: str, data: Sequence[str]) -> Sequence[Event]:
        detail = None if detail_at is None else _word(data, detail_at)
        return (events.CallLeft(at, call, queue, how, detail, _seconds(data, wait_at)),)

    return read


def _ring_missed(at: float, call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """ring ms; 0 means refused or unreachable."""
    return (events.RingMissed(at, call, queue, agent, _count(data, 0)),)


def _ring_cancelled(at: float, call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """ring ms."""
    return (events.RingCancelled(at, call, queue, agent, _count(data, 0)),)


def _dump(at: float, call: str, queue: str, agent: str, _data: Sequence[str]) -> Sequence[Event]:
    return (events.AnswerDropped(at, call, queue, agent),)


def _add(at: float, _call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """[PAUSED]."""
    return (events.MemberAdded(at, agent, queue, _word(data) == "PAUSED"),)


def _remove(at: float, _call: str, queue: str, agent: str, _data: Sequence[str]) -> Sequence[Event]:
    return (events.MemberRemoved(at, agent, queue),)


def _pause(at: float, _call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """reason."""
    return (events.AgentPaused(at, agent, _queue(queue), _joined(data)),)


def _resume(at: float, _call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """reason."""
    return (events.AgentResumed(at, agent, _queue(queue), _joined(data)),)


def _penalty(at: float, _call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """n."""
    return (events.PenaltyChanged(at, agent, int(data[0]), _queue(queue)),)


def _ring_in_use(at: float, _call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """0 or 1."""
    return (events.RingInUseChanged(at, agent, bool(int(data[0])), _queue(queue)),)


def _login(at: float, _call: str, _queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """channel."""
    return (events.AgentSignedIn(at, agent, _word(data)),)


def _logoff(at: float, _call: str, _queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """channel [, seconds]."""
    return (events.AgentSignedOut(at, agent, _word(data), _seconds(data, 1)),)


def _outcall(at: float, call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """status, and more that differs by who writes it."""
    return (events.OutboundCallEnded(at, call, agent, _queue(queue), _word(data)),)


def _start(at: float, _call: str, _queue: str, _agent: str, _data: Sequence[str]) -> Sequence[Event]:
    return (events.SwitchRestarted(at),)


def _reload(at: float, _call: str, _queue: str, _agent: str, _data: Sequence[str]) -> Sequence[Event]:
    return (events.SwitchReloaded(at),)


WORDS: Mapping[str, Read] = {
    "ENTERQUEUE": _enter,
    "CONNECT": _connect,
    "COMPLETECALLER": _complete(EndedBy.CALLER),
    "COMPLETEAGENT": _complete(EndedBy.AGENT),
    "TRANSFER": _old_transfer,
    "BLINDTRANSFER": _transfer(TransferKind.BLIND),
    "ATTENDEDTRANSFER": _transfer(TransferKind.ATTENDED),
    "ABANDON": _abandon,
    "EXITWITHTIMEOUT": _exit(LeftHow.TIMEOUT, 2),
    "EXITWITHKEY": _exit(LeftHow.KEY, 3, 0),
    "EXITEMPTY": _exit(LeftHow.EMPTY, 2),
    "WITHDRAW": _exit(LeftHow.WITHDRAWN, 2, 3),
    "RINGNOANSWER": _ring_missed,
    "RINGCANCELED": _ring_cancelled,
    "AGENTDUMP": _dump,
    "ADDMEMBER": _add,
    "REMOVEMEMBER": _remove,
    "PAUSE": _pause,
    "UNPAUSE": _resume,
    "PENALTY": _penalty,
    "RINGINUSE": _ring_in_use,
    "AGENTLOGIN": _login,
    "AGENTLOGOFF": _logoff,
    "OUTCALL": _outcall,
    "QUEUESTART": _start,
    "CONFIGRELOAD": _reload,
}

OF_AGENTS: Mapping[str, int] = {
    "CONNECT": 1,
    "COMPLETECALLER": 2,
    "COMPLETEAGENT": 2,
    "TRANSFER": 2,
    "BLINDTRANSFER": 4,
    "ATTENDEDTRANSFER": 4,
    "ABANDON": 3,
    "RINGNOANSWER": 1,
    "RINGCANCELED": 1,
    "AGENTDUMP": 0,
    "ADDMEMBER": 0,
    "REMOVEMEMBER": 0,
    "PAUSE": 0,
    "UNPAUSE": 0,
    "PENALTY": 1,
    "RINGINUSE": 1,
    "AGENTLOGIN": 0,
    "AGENTLOGOFF": 0,
    "OUTCALL": 0,
}
"""Words behind an agent's name, and how many columns of data they have at least."""

IGNORED = frozenset({"PAUSEALL", "UNPAUSEALL"})
CALL_WORDS = frozenset(
    {
        "ENTERQUEUE",
        "CONNECT",
        "COMPLETECALLER",
        "COMPLETEAGENT",
        "TRANSFER",
        "BLINDTRANSFER",
        "ATTENDEDTRANSFER",
        "ABANDON",
        "EXITWITHTIMEOUT",
        "EXITWITHKEY",
        "EXITEMPTY",
        "WITHDRAW",
        "RINGNOANSWER",
        "RINGCANCELED",
        "AGENTDUMP",
    }
)

QUEUE_WORDS = CALL_WORDS | {"ADDMEMBER", "REMOVEMEMBER"}
"""Words that say nothing without a queue."""
