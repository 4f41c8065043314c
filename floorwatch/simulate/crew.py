"""The agents of a simulated floor as they come, go, pause and stand idle; calls are the floor's (floor.py).

Rules
- An agent does one thing at a time (`Doing`). Only an idle agent is offered a call.
- What comes due in a call (a pause, going home) is kept and done when the hands are free; now and then an agent
  presses pause while still talking.
- Going home while paused brings no resumption: the pause ends with the memberships.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from random import Random

from floorwatch.model.events import AgentPaused, AgentResumed, MemberAdded, MemberRemoved
from floorwatch.simulate.agenda import Agenda
from floorwatch.simulate.plan import Plan, midnights
from floorwatch.simulate.staff import Person, people
from floorwatch.simulate.workday import ABSENT, AUTO_PAUSE, LUNCH, Pause, Workday, workday

_PRESSES_PAUSE_IN_A_CALL = 0.2
_SIGN_IN_SPREAD = 50.0
"""Seconds within which those sign in whose shift is under way when the plan begins."""
_BREATH = 5.0
"""Seconds before an agent who let it ring is offered the next call (Asterisk's usual `retry`)."""


class Doing(Enum):
    """What an agent is busy with."""

    OUT = "out"
    IDLE = "idle"
    RINGING = "ringing"
    TALKING = "talking"
    WRAPPING = "wrapping"
    RESTING = "resting"
    PAUSED = "paused"


class Agent:
    """One person's present: what they do, for whom, and what has come due meanwhile. Compared by identity."""

    __slots__ = ("caller", "doing", "due", "leaving", "midnight", "person", "pressed", "resumes_at", "word")

    def __init__(self, person: Person) -> None:
        self.person = person
        self.word = person.employee
        self.doing = Doing.OUT
        self.caller: object | None = None
        self.midnight = 0.0
        self.leaving = False
        self.due: Pause | None = None
        self.pressed = False
        self.resumes_at = 0.0


def first_day(plan: Plan) -> Mapping[str, Workday | None]:
    """How everybody's first day of the plan will go, by employee number; None for whoever does not come."""
    random, absent = _chances(plan), _absent(plan)
    return {person.employee: workday(person, random, absent) for person in people(plan)}


def _chances(plan: Plan) -> Random:
    return Random(f"{plan.seed}/crew")


def _absent(plan: Plan) -> float:
    """A handful of people cannot spare one for a whole day."""
    return ABSENT if plan.agents >= 10 else 0.0


class Crew:
    """Everyone on the floor. `is_free` is told who has become idle, `is_deserted` which queue lost its last member.

    `idle[place]` are the idle members of a queue, the longest idle first; `members[place]` counts those signed in.
    """

    def __init__(
        self, plan: Plan, agenda: Agenda, is_free: Callable[[Agent], None], is_deserted: Callable[[int], None]
    ) -> None:
        self.idle: list[dict[Agent, None]] = [{} for _ in plan.queues]
        self.members = [0 for _ in plan.queues]
        self._queues = [queue.name for queue in plan.queues]
        self._agenda = agenda
        self._random = _chances(plan)
        self._is_free = is_free
        self._is_deserted = is_deserted
        self._agents = [Agent(person) for person in people(plan)]
        self._absent = _absent(plan)
        self._midnights = midnights(plan)
        self._next_day()

    def take(self, agent: Agent, doing: Doing) -> None:
        """An idle agent turns to something."""
        for place in agent.person.skills:
            del self.idle[place][agent]
        agent.doing = doing

    def free(self, agent: Agent) -> None:
        """The agent's hands are free: home, the pause that has come due, or idle."""
        if agent.leaving:
            self._sign_out(agent)
        elif agent.due is not None:
            self._pause(agent, agent.due)
        else:
            agent.doing = Doing.IDLE
            for place in agent.person.skills:
                self.idle[place][agent] = None
            self._is_free(agent)

    def rest(self, agent: Agent, seconds: float = _BREATH) -> None:
        """The agent takes nothing for a moment, without a word to the switch."""
        agent.doing = Doing.RESTING
        self._agenda.after(seconds, self.free, agent)

    def auto_pause(self, agent: Agent) -> None:
        """The switch pauses an agent who let it ring; they notice after a while."""
        self._pause(agent, Pause(0.0, AUTO_PAUSE, self._random.uniform(30, 210)))

    def _next_day(self) -> None:
        """Put down everyone's next day; the day after it is put down at its own midnight."""
        agenda = self._agenda
        midnight = next(self._midnights, None)
        if midnight is None:
            return
        # All of them before the first further chance: `first_day` draws the same.
        days = [(agent, workday(agent.person, self._random, self._absent)) for agent in self._agents]
        for agent, day in days:
            if day is not None and midnight + day.signs_out > agenda.now:
                late = self._random.uniform(0, _SIGN_IN_SPREAD) if midnight + day.signs_in < agenda.now else 0.0
                agenda.at(max(midnight + day.signs_in, agenda.now) + late, self._sign_in, agent, midnight, day)
        agenda.at(midnight + 24 * 3600, self._next_day)

    def _sign_in(self, agent: Agent, midnight: float, day: Workday) -> None:
        agenda = self._agenda
        agent.midnight = midnight
        for place in agent.person.skills:
            self.members[place] += 1
            agenda.said.append(MemberAdded(agenda.now, agent.word, self._queues[place]))
        for pause in day.pauses:
            over = agenda.now - (midnight + pause.clock)
            if over < pause.seconds - 60:
                rest = Pause(pause.clock, pause.reason, pause.seconds - max(over, 0.0))
                agenda.at(midnight + pause.clock, self._pause_is_due, agent, midnight, rest)
        agenda.at(midnight + day.signs_out, self._end_is_due, agent, midnight)
        self.free(agent)

    def _end_is_due(self, agent: Agent, midnight: float) -> None:
        if agent.doing is Doing.OUT or agent.midnight != midnight:
            return
        if agent.doing is Doing.IDLE:
            self.take(agent, Doing.RESTING)
        elif agent.doing is not Doing.PAUSED:
            agent.leaving = True
            return
        self._sign_out(agent)

    def _sign_out(self, agent: Agent) -> None:
        agenda = self._agenda
        agent.doing, agent.leaving, agent.due, agent.pressed = Doing.OUT, False, None, False
        for place in agent.person.skills:
            self.members[place] -= 1
            agenda.said.append(MemberRemoved(agenda.now, agent.word, self._queues[place]))
        for place in agent.person.skills:
            if not self.members[place]:
                self._is_deserted(place)

    def _pause_is_due(self, agent: Agent, midnight: float, pause: Pause) -> None:
        if agent.doing is Doing.OUT or agent.midnight != midnight:
            return
        if agent.doing is Doing.IDLE:
            self.take(agent, Doing.PAUSED)
            self._pause(agent, pause)
        elif agent.doing is Doing.PAUSED:
            self._pause(agent, pause)
        elif agent.due is None or pause.reason == LUNCH:
            agent.due = pause
            agent.pressed = agent.doing is Doing.TALKING and self._random.random() < _PRESSES_PAUSE_IN_A_CALL
            if agent.pressed:
                self._agenda.said.append(AgentPaused(self._agenda.now, agent.word, None, pause.reason))

    def _pause(self, agent: Agent, pause: Pause) -> None:
        """Paused from now; on a paused agent it is a change of reason, and the new end holds."""
        agenda = self._agenda
        if not (agent.pressed and agent.due is pause):
            agenda.said.append(AgentPaused(agenda.now, agent.word, None, pause.reason))
        agent.doing, agent.pressed = Doing.PAUSED, False
        if agent.due is pause:
            agent.due = None
        agent.resumes_at = agenda.after(pause.seconds, self._resume, agent)

    def _resume(self, agent: Agent) -> None:
        if agent.doing is Doing.PAUSED and agent.resumes_at == self._agenda.now:
            self._agenda.said.append(AgentResumed(self._agenda.now, agent.word))
            self.free(agent)
