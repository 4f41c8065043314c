"""A floor that runs: callers wait for free agents, telephones ring, people talk, transfer and hang up.

Rules
- Discrete events in time order. Waits and service levels are not drawn: they emerge from who is free.
- The longest idle member rings, one at a time; a free agent takes the queue of the best rank, then the longest wait.
- Agents are named by employee number; call ids look like Asterisk's, `epoch.n`.
- A blind transfer into another queue is a second entry of the same call, now and then said before the transfer.
"""

from collections.abc import Iterator
from random import Random
from uuid import UUID

from floorwatch.model.events import (
    AnswerDropped,
    CallAbandoned,
    CallAnswered,
    CallCompleted,
    CallEntered,
    CallHeld,
    CallLeft,
    CallRang,
    CallResumed,
    CallTransferred,
    EndedBy,
    Event,
    LeftHow,
    RingCancelled,
    RingMissed,
    SwitchReloaded,
    TransferKind,
    WrapUpEnded,
    WrapUpStarted,
)
from floorwatch.simulate import habits
from floorwatch.simulate.agenda import Agenda
from floorwatch.simulate.arrivals import arrivals
from floorwatch.simulate.crew import Agent, Crew, Doing
from floorwatch.simulate.habits import GiveUp, Pickup
from floorwatch.simulate.plan import Plan, QueuePlan

_AUTO_PAUSED = 0.7
_HOLDS = 0.14
_TRANSFERS = 0.05
_BLIND = 0.6
_INTO_A_QUEUE = 0.6
_SAME_QUEUE = 0.04
_SAID_LATE = 0.23
"""Share of transfers into a queue that the switch says after the next entry (FEEDS: 11 of 47)."""
_AGENT_HANGS_UP = 0.35
_CALLS_AGAIN = 0.25
_OUTSIDE_EXTENSION = "6001"


def simulate(plan: Plan) -> Iterator[Event]:
    """The events of the plan's floor in time order, one by one as they are asked for. Equal plans, equal events.

    Calls, pauses and memberships that are open at the plan's end stay open.
    """
    yield SwitchReloaded(round(plan.start, 3))
    yield from _Floor(plan).run()


class _Caller:
    """One visit of a call to a queue; compared by identity, as a call may come back to the same queue."""

    __slots__ = ("answered_at", "call", "entered_at", "line", "number", "position", "rung_at", "rung_by")

    def __init__(self, call: str, number: str | None, line: "_Line", now: float) -> None:
        self.call = call
        self.number = number
        self.line = line
        self.entered_at = now
        self.position = len(line.waiting) + 1
        self.rung_by: Agent | None = None
        self.rung_at = 0.0
        self.answered_at = 0.0


class _Line:
    """A queue: its callers by entry, and how many of them no telephone rings for."""

    __slots__ = ("name", "place", "plan", "unrung", "waiting")

    def __init__(self, place: int, plan: QueuePlan) -> None:
        self.place = place
        self.plan = plan
        self.name = plan.name
        self.waiting: dict[_Caller, None] = {}
        self.unrung = 0

    def first_unrung(self) -> _Caller:
        """The longest waiting caller for whom nothing rings; those who ring stand in front, and are few."""
        return next(caller for caller in self.waiting if caller.rung_by is None)


class _Floor:
    """Queues and talks; the people are the crew's."""

    def __init__(self, plan: Plan) -> None:
        self._end = plan.end
        self._agenda = Agenda(round(plan.start, 3))
        self._say = self._agenda.said.append
        self._random = Random(f"{plan.seed}/floor")
        self._lines = [_Line(place, queue) for place, queue in enumerate(plan.queues)]
        self._channel = self._random.randrange(10, 400)
        self._crew = Crew(plan, self._agenda, self._find_work, self._deserted)
        for line in self._lines:
            self._await_next(line, arrivals(plan, line.plan))

    def run(self) -> Iterator[Event]:
        return self._agenda.play(self._end)

    # --- callers ---

    def _await_next(self, line: _Line, moments: Iterator[float]) -> None:
        if (moment := next(moments, None)) is not None:
            self._agenda.at(moment, self._arrive, line, moments)

    def _arrive(self, line: _Line, moments: Iterator[float]) -> None:
        self._call_in(line, habits.number(self._random))
        self._await_next(line, moments)

    def _call_in(self, line: _Line, number: str | None) -> None:
        """Somebody calls; a queue without members refuses them, which no feed says."""
        if self._crew.members[line.place]:
            self._channel += 2
            self._enter(f"{int(self._agenda.now)}.{self._channel}", number, line)

    def _enter(self, call: str, number: str | None, line: _Line) -> None:
        now = self._agenda.now
        caller = _Caller(call, number, line, now)
        line.waiting[caller] = None
        line.unrung += 1
        self._say(CallEntered(now, call, line.name, number, None, caller.position))
        leaving = habits.give_up(self._random, line.plan)
        self._agenda.after(leaving.after, self._give_up, caller, leaving)
        self._find_agent(line)

    def _give_up(self, caller: _Caller, leaving: GiveUp) -> None:
        line, now = caller.line, self._agenda.now
        if caller not in line.waiting:
            return
        position = 1 + next(place for place, other in enumerate(line.waiting) if other is caller)
        self._stop_waiting(caller)
        waited = round(now - caller.entered_at, 3)
        if leaving.how is None:
            self._say(CallAbandoned(now, caller.call, line.name, position, waited))
            if waited > habits.SHORT_ABANDON_SECONDS and self._random.random() < _CALLS_AGAIN:
                again = 30.0 + self._random.expovariate(1 / 240)
                self._agenda.after(again, self._call_in, line, caller.number)
            return
        self._say(CallLeft(now, caller.call, line.name, leaving.how, leaving.key, waited))
        elsewhere = self._another(line) if leaving.key == habits.KEY_ELSEWHERE else None
        if elsewhere is not None:
            self._enter(caller.call, caller.number, elsewhere)

    def _deserted(self, place: int) -> None:
        """The last member has gone: the switch sends everyone away."""
        line, now = self._lines[place], self._agenda.now
        for caller in list(line.waiting):
            self._stop_waiting(caller)
            self._say(
                CallLeft(now, caller.call, line.name, LeftHow.EMPTY, wait_seconds=round(now - caller.entered_at, 3))
            )

    def _stop_waiting(self, caller: _Caller) -> None:
        """The caller goes; the telephone that rang for them falls silent, through no fault of the agent's."""
        line, now = caller.line, self._agenda.now
        del line.waiting[caller]
        agent = caller.rung_by
        if agent is None:
            line.unrung -= 1
            return
        rang_ms = round((now - caller.rung_at) * 1000)
        self._say(RingCancelled(now, caller.call, line.name, agent.word, rang_ms))
        agent.caller = None
        self._crew.rest(agent, 1.0)

    def _another(self, line: _Line) -> _Line | None:
        """Another queue that somebody serves, by chance; None if there is none."""
        open_lines = [other for other in self._lines if other is not line and self._crew.members[other.place]]
        return self._random.choice(open_lines) if open_lines else None

    # --- ringing ---

    def _find_agent(self, line: _Line) -> None:
        idle = self._crew.idle[line.place]
        while line.unrung and idle:
            self._ring(next(iter(idle)), line.first_unrung())

    def _find_work(self, agent: Agent) -> None:
        """Skills are sorted by rank, so that the first queue with somebody waiting sets the rank to serve."""
        best: _Caller | None = None
        for place in agent.person.skills:
            line = self._lines[place]
            if best is not None and line.plan.rank > best.line.plan.rank:
                break
            if line.unrung:
                caller = line.first_unrung()
                if best is None or caller.entered_at < best.entered_at:
                    best = caller
        if best is not None:
            self._ring(agent, best)

    def _ring(self, agent: Agent, caller: _Caller) -> None:
        self._crew.take(agent, Doing.RINGING)
        now = self._agenda.now
        agent.caller, caller.rung_by, caller.rung_at = caller, agent, now
        caller.line.unrung -= 1
        outcome, seconds = habits.pickup(self._random)
        if outcome is not Pickup.REFUSED:
            self._say(CallRang(now, caller.call, caller.line.name, agent.word))
        self._agenda.after(seconds, self._rung, agent, caller, outcome)

    def _rung(self, agent: Agent, caller: _Caller, outcome: Pickup) -> None:
        if agent.caller is not caller or caller.rung_by is not agent or agent.doing is not Doing.RINGING:
            return
        if outcome is Pickup.ANSWERED:
            self._answer(agent, caller)
            return
        now, line = self._agenda.now, caller.line
        agent.caller, caller.rung_by = None, None
        line.unrung += 1
        if outcome is Pickup.DROPPED:
            self._say(AnswerDropped(now, caller.call, line.name, agent.word))
        else:
            rang_ms = round((now - caller.rung_at) * 1000)
            self._say(RingMissed(now, caller.call, line.name, agent.word, rang_ms))
        if outcome is Pickup.MISSED and self._random.random() < _AUTO_PAUSED:
            self._crew.auto_pause(agent)
        else:
            self._crew.rest(agent)
        self._find_agent(line)

    # --- talking ---

    def _answer(self, agent: Agent, caller: _Caller) -> None:
        now, line, random = self._agenda.now, caller.line, self._random
        del line.waiting[caller]
        agent.doing, caller.answered_at = Doing.TALKING, now
        waited, rang = round(now - caller.entered_at, 3), round(now - caller.rung_at, 3)
        self._say(CallAnswered(now, caller.call, line.name, agent.word, waited, rang))
        talk = habits.talk_seconds(random, line.plan, agent.person.pace)
        if random.random() < _HOLDS and talk > 30:
            seconds = habits.hold_seconds(random, talk)
            self._agenda.after(random.uniform(0.15, 0.45) * talk, self._hold, agent, caller, seconds)
        self._agenda.after(talk, self._end_talk, agent, caller)

    def _hold(self, agent: Agent, caller: _Caller, seconds: float) -> None:
        self._say(CallHeld(self._agenda.now, caller.call, caller.line.name, agent.word))
        self._agenda.after(seconds, self._resume, agent, caller)

    def _resume(self, agent: Agent, caller: _Caller) -> None:
        self._say(CallResumed(self._agenda.now, caller.call, caller.line.name, agent.word))

    def _end_talk(self, agent: Agent, caller: _Caller) -> None:
        random = self._random
        if random.random() >= _TRANSFERS:
            ended_by = EndedBy.AGENT if random.random() < _AGENT_HANGS_UP else EndedBy.CALLER
            now = self._agenda.now
            waited, talked = self._figures(caller)
            self._say(CallCompleted(now, caller.call, caller.line.name, agent.word, ended_by, waited, talked))
            self._wrap_up(agent, caller.line)
        elif random.random() >= _BLIND:
            bridge = str(UUID(int=random.getrandbits(128), version=4))
            self._transfer(agent, caller, TransferKind.ATTENDED, bridge)
        elif random.random() >= _INTO_A_QUEUE:
            self._transfer(agent, caller, TransferKind.BLIND, _OUTSIDE_EXTENSION)
        else:
            self._transfer_into_a_queue(agent, caller)

    def _transfer_into_a_queue(self, agent: Agent, caller: _Caller) -> None:
        random = self._random
        target = caller.line if random.random() < _SAME_QUEUE else self._another(caller.line)
        if target is None:
            self._transfer(agent, caller, TransferKind.BLIND, _OUTSIDE_EXTENSION)
        elif random.random() < _SAID_LATE:
            self._enter(caller.call, caller.number, target)
            late = random.uniform(0.02, 0.7)
            self._agenda.after(late, self._transfer, agent, caller, TransferKind.BLIND, target.plan.extension)
        else:
            self._transfer(agent, caller, TransferKind.BLIND, target.plan.extension)
            self._enter(caller.call, caller.number, target)

    def _transfer(self, agent: Agent, caller: _Caller, kind: TransferKind, to: str) -> None:
        now = self._agenda.now
        waited, talked = self._figures(caller)
        self._say(CallTransferred(now, caller.call, caller.line.name, agent.word, kind, to, waited, talked))
        self._wrap_up(agent, caller.line)

    def _figures(self, caller: _Caller) -> tuple[float, float]:
        """Seconds waited and seconds talked."""
        waited = round(caller.answered_at - caller.entered_at, 3)
        return waited, round(self._agenda.now - caller.answered_at, 3)

    def _wrap_up(self, agent: Agent, line: _Line) -> None:
        agent.caller, agent.doing = None, Doing.WRAPPING
        self._say(WrapUpStarted(self._agenda.now, agent.word, line.name))
        seconds = habits.wrap_up_seconds(self._random, line.plan, agent.person.pace)
        self._agenda.after(seconds, self._wrapped_up, agent, line)

    def _wrapped_up(self, agent: Agent, line: _Line) -> None:
        self._say(WrapUpEnded(self._agenda.now, agent.word, line.name))
        self._crew.free(agent)
