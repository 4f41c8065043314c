"""A simulated floor's events as Asterisk 22 would have written them to its queue_log.

Rules
- `epoch|callid|queue|agent|EVENT|data...`, whole seconds cut and not rounded, an event without data ends in `|`.
- Membership lines name the interface, all other lines the member's name.
- A pause of every queue is PAUSEALL with queue NONE, then a PAUSE for each queue of the member.
- Ringing, hold, wrap-up and failed devices are not in such a log.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from floorwatch.model.events import (
    AgentPaused,
    AgentResumed,
    AnswerDropped,
    CallAbandoned,
    CallAnswered,
    CallCompleted,
    CallEntered,
    CallLeft,
    CallTransferred,
    EndedBy,
    Event,
    LeftHow,
    MemberAdded,
    MemberRemoved,
    RingCancelled,
    RingMissed,
    SwitchReloaded,
    SwitchRestarted,
    TransferKind,
)
from floorwatch.simulate.plan import Plan
from floorwatch.simulate.staff import people

_CONTEXT = "from-internal"

_LEFT = {
    LeftHow.TIMEOUT: "EXITWITHTIMEOUT",
    LeftHow.KEY: "EXITWITHKEY",
    LeftHow.EMPTY: "EXITEMPTY",
    LeftHow.WITHDRAWN: "WITHDRAW",
}


class _Visit(NamedTuple):
    entered_at: int
    position: int


class _Talk(NamedTuple):
    since: int
    hold: int
    position: int


class QueueLogWriter:
    """Writes one plan's events, in their order; remembers what a line says about earlier ones (waits, positions)."""

    def __init__(self, plan: Plan) -> None:
        staff = people(plan)
        self._names = {who.employee: who.name for who in staff}
        self._interfaces = {who.employee: who.interface for who in staff}
        self._memberships: dict[str, dict[str, None]] = {who.employee: {} for who in staff}
        self._waiting: dict[str, dict[str, _Visit]] = {queue.name: {} for queue in plan.queues}
        self._talks: dict[tuple[str, str], _Talk] = {}
        self._write: dict[type[Event], Callable[[Any], str]] = {
            CallEntered: self._entered,
            RingMissed: self._missed,
            RingCancelled: self._cancelled,
            AnswerDropped: self._dropped,
            CallAnswered: self._answered,
            CallCompleted: self._completed,
            CallTransferred: self._transferred,
            CallAbandoned: self._abandoned,
            CallLeft: self._left,
            MemberAdded: self._added,
            MemberRemoved: self._removed,
            AgentPaused: self._paused,
            AgentResumed: self._resumed,
            SwitchRestarted: _restarted,
            SwitchReloaded: _reloaded,
        }

    def lines(self, event: Event) -> bytes:
        """The whole lines that Asterisk writes for this event, often one; empty for what it does not log."""
        write = self._write.get(type(event))
        return write(event).encode() if write is not None else b""

    def _entered(self, event: CallEntered) -> str:
        waiting = self._waiting[event.queue]
        position = event.position or len(waiting) + 1
        waiting[event.call] = _Visit(int(event.at), position)
        return f"{int(event.at)}|{event.call}|{event.queue}|NONE|ENTERQUEUE||{event.caller or ''}|{position}\n"

    def _missed(self, event: RingMissed) -> str:
        return self._on_call(event, f"RINGNOANSWER|{event.ring_ms or 0}")

    def _cancelled(self, event: RingCancelled) -> str:
        return self._on_call(event, f"RINGCANCELED|{event.ring_ms or 0}")

    def _dropped(self, event: AnswerDropped) -> str:
        return self._on_call(event, "AGENTDUMP|")

    def _answered(self, event: CallAnswered) -> str:
        visit = self._waiting[event.queue].pop(event.call)
        now, ring = int(event.at), int(event.ring_seconds or 0)
        hold = now - visit.entered_at
        self._talks[event.call, event.agent] = _Talk(now, hold, visit.position)
        # The agent's channel is made when the ringing starts; its number is the one after the caller's.
        channel = f"{int(event.at - (event.ring_seconds or 0))}.{int(event.call.rpartition('.')[2]) + 1}"
        return self._on_call(event, f"CONNECT|{hold}|{channel}|{ring}")

    def _completed(self, event: CallCompleted) -> str:
        word = "COMPLETEAGENT" if event.ended_by is EndedBy.AGENT else "COMPLETECALLER"
        return self._on_call(event, f"{word}|{self._talk_figures(event)}")

    def _transferred(self, event: CallTransferred) -> str:
        if event.kind is TransferKind.BLIND:
            data = f"BLINDTRANSFER|{event.to}|{_CONTEXT}"
        else:
            data = f"ATTENDEDTRANSFER|BRIDGE|{event.to}"
        return self._on_call(event, f"{data}|{self._talk_figures(event)}")

    def _talk_figures(self, event: CallCompleted | CallTransferred) -> str:
        talk = self._talks.pop((event.call, event.agent))
        return f"{talk.hold}|{int(event.at) - talk.since}|{talk.position}"

    def _abandoned(self, event: CallAbandoned) -> str:
        return f"{int(event.at)}|{event.call}|{event.queue}|NONE|ABANDON|{self._end_of_wait(event)}\n"

    def _left(self, event: CallLeft) -> str:
        key = f"{event.detail}|" if event.how is LeftHow.KEY else ""
        word = _LEFT.get(event.how)
        figures = self._end_of_wait(event)
        return f"{int(event.at)}|{event.call}|{event.queue}|NONE|{word}|{key}{figures}\n" if word else ""

    def _end_of_wait(self, event: CallAbandoned | CallLeft) -> str:
        waiting = self._waiting[event.queue]
        position = 1 + next(place for place, call in enumerate(waiting) if call == event.call)
        visit = waiting.pop(event.call)
        return f"{position}|{visit.position}|{int(event.at) - visit.entered_at}"

    def _on_call(
        self,
        event: RingMissed | RingCancelled | AnswerDropped | CallAnswered | CallCompleted | CallTransferred,
        data: str,
    ) -> str:
        return f"{int(event.at)}|{event.call}|{event.queue}|{self._names[event.agent]}|{data}\n"

    def _added(self, event: MemberAdded) -> str:
        self._memberships[event.agent][event.queue] = None
        paused = "PAUSED" if event.paused else ""
        return f"{int(event.at)}|MANAGER|{event.queue}|{self._interfaces[event.agent]}|ADDMEMBER|{paused}\n"

    def _removed(self, event: MemberRemoved) -> str:
        self._memberships[event.agent].pop(event.queue, None)
        return f"{int(event.at)}|MANAGER|{event.queue}|{self._interfaces[event.agent]}|REMOVEMEMBER|\n"

    def _paused(self, event: AgentPaused) -> str:
        return self._of_member(event, "PAUSE")

    def _resumed(self, event: AgentResumed) -> str:
        return self._of_member(event, "UNPAUSE")

    def _of_member(self, event: AgentPaused | AgentResumed, word: str) -> str:
        head, tail = f"{int(event.at)}|NONE|", f"|{event.reason or ''}\n"
        name = self._names[event.agent]
        if event.queue is not None:
            return f"{head}{event.queue}|{name}|{word}{tail}"
        each = "".join(f"{head}{queue}|{name}|{word}{tail}" for queue in self._memberships[event.agent])
        return f"{head}NONE|{name}|{word}ALL{tail}{each}"


def _restarted(event: SwitchRestarted) -> str:
    return f"{int(event.at)}|NONE|NONE|NONE|QUEUESTART|\n"


def _reloaded(event: SwitchReloaded) -> str:
    return f"{int(event.at)}|NONE|NONE|NONE|CONFIGRELOAD|\n"
