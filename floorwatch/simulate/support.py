"""Seat support on a simulated floor: who asks for help, who goes, who walks, what they note, and whom they call back.

Rules
- It watches the calls and changes none of them: every chance comes from a stream of its own.
- Whoever leads a team takes one request after the other, walks when the switch says "Floor walk", and signs by name.
- Every entry has an id; equal plans give equal entries. What falls after the plan's end is left out.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from msgspec.structs import replace

from floorwatch.model import events
from floorwatch.model.entities import AgentState
from floorwatch.model.events import Entered, Event, NoteKind
from floorwatch.simulate.agenda import Agenda
from floorwatch.simulate.floor import simulate
from floorwatch.simulate.habits import lognormal
from floorwatch.simulate.plan import HOUR, Plan, midnights
from floorwatch.simulate.said import Remark, often_first, tongue_of
from floorwatch.simulate.staff import Person, people

WALK = "Floor walk"
_MINUTE = 60.0

_ASKS = 0.06
"""Of the calls, how many make an agent ask."""
_FINDS_IT = 0.06
_NOTES = 0.5
"""Of the visits of a walk, how many leave a note."""
_PASSES = 0.04
_AMENDS = 0.05
_UNDOES = 0.02
_FOLLOWS_UP = 0.75
_CALLED_BACK = 0.5
"""Of those who waited for so many seconds in vain, how many somebody calls back."""
_WAITED_SECONDS = 20.0
_PICKS_UP = 0.7

_KINDS = (
    (NoteKind.PRAISE, 42),
    (NoteKind.COACHING, 14),
    (NoteKind.STATE, 22),
    (NoteKind.HELP, 12),
    (NoteKind.CHECK, 6),
    (NoteKind.FAULT, 4),
)
"""Praise and coaching stand about three to one."""

_FAULTS = (("CRM", 10.62 * HOUR, (5, 7)), ("Softphone", 15.1 * HOUR, (4, 5)))
"""What breaks each day: the system, about when (clock), at how many seats. The demo opens a little after the first."""


def support(plan: Plan) -> Iterator[Entered]:
    """Everything that is entered on the plan's floor, in the order of time."""
    return _Support(plan).entries()


class _Support:
    """The people of a floor as they support each other."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._random = Random(f"{plan.seed}/support")
        self._of_call_backs = Random(f"{plan.seed}/call-backs")
        self._agenda = Agenda(plan.start)
        self._people = {who.employee: who for who in people(plan)}
        staff = list(self._people.values())
        self._leaders = [who for who in staff if who.leader] or staff[:1]
        self._free_at = {who.employee: plan.start for who in self._leaders}
        self._present: dict[str, int] = {}
        self._calls: dict[str, tuple[str, str]] = {}
        self._paused: set[str] = set()
        self._walking: dict[str, float] = {}
        self._waiting: dict[tuple[str, str], events.CallEntered] = {}
        self._spoken_with: dict[str, float] = {}
        """When somebody last talked with whoever has this number."""
        self._number = 0
        self._see: dict[type[Event], Callable[[Any], None]] = {
            events.MemberAdded: self._joins,
            events.MemberRemoved: self._leaves,
            events.CallEntered: self._waits,
            events.CallAnswered: self._answers,
            events.CallAbandoned: self._is_lost,
            events.CallLeft: self._is_lost,
            events.CallCompleted: self._ends,
            events.CallTransferred: self._ends,
            events.AgentPaused: self._pauses,
            events.AgentResumed: self._resumes,
        }

    def entries(self) -> Iterator[Entered]:
        """All of them."""
        for day, midnight in enumerate(midnights(self._plan)):
            self._plan_faults(day, midnight)
        for event in simulate(self._plan):
            yield from self._play(event.at)
            if (see := self._see.get(type(event))) is not None:
                self._agenda.now = event.at
                see(event)
        yield from self._play(self._plan.end)

    def _play(self, until: float) -> Iterator[Entered]:
        for entry in self._agenda.play(until):
            assert isinstance(entry, Entered)
            yield entry

    def _enter(self, by: Person, entry: Entered) -> str:
        """Its id."""
        self._number += 1
        key = f"{self._plan.seed}-{self._plan.start:.0f}-{self._number}"
        self._agenda.said.append(replace(entry, id=key, by=by.name, at=self._agenda.now))
        return key

    # --- what the switch says ---

    def _joins(self, event: events.MemberAdded) -> None:
        self._present[event.agent] = self._present.get(event.agent, 0) + 1

    def _leaves(self, event: events.MemberRemoved) -> None:
        self._present[event.agent] -= 1
        if not self._present[event.agent]:
            del self._present[event.agent]
            self._paused.discard(event.agent)
            self._walking.pop(event.agent, None)

    def _waits(self, event: events.CallEntered) -> None:
        self._waiting[event.queue, event.call] = event

    def _answers(self, event: events.CallAnswered) -> None:
        self._calls[event.agent] = (event.queue, event.call)
        entered = self._waiting.pop((event.queue, event.call), None)
        if entered is not None and entered.caller:
            self._spoken_with[entered.caller] = event.at
        if self._random.random() < _ASKS:
            self._agenda.after(self._random.uniform(35, 160), self._ask, event.agent, event.call)

    def _ends(self, event: events.CallCompleted | events.CallTransferred) -> None:
        self._calls.pop(event.agent, None)

    def _pauses(self, event: events.AgentPaused) -> None:
        self._paused.add(event.agent)
        who = self._people[event.agent]
        if event.reason == WALK and who in self._leaders and event.agent not in self._calls:
            self._agenda.after(self._random.uniform(5, 20), self._begin_walk, who)

    def _resumes(self, event: events.AgentResumed) -> None:
        self._paused.discard(event.agent)
        if self._walking.pop(event.agent, None) is not None:
            self._agenda.after(0.0, self._end_walk, self._people[event.agent])

    # --- calling back ---

    def _is_lost(self, event: events.CallAbandoned | events.CallLeft) -> None:
        entered, chances = self._waiting.pop((event.queue, event.call), None), self._of_call_backs
        if entered is None or not entered.caller or event.at - entered.at < _WAITED_SECONDS:
            return
        if chances.random() < _CALLED_BACK:
            self._agenda.after(lognormal(chances, 8 * _MINUTE, 0.6), self._call_back, entered, entered.caller)

    def _call_back(self, entered: events.CallEntered, number: str) -> None:
        """By whoever leads and is there, unless the caller got through meanwhile."""
        there = [each for each in self._leaders if each.employee in self._present]
        if not there or self._spoken_with.get(number, 0.0) > entered.at:
            return
        reached = self._of_call_backs.random() < _PICKS_UP
        if reached:
            self._spoken_with[number] = self._agenda.now
        returned = events.CallReturned(
            0.0, queue=entered.queue, call=entered.call, entered_at=entered.at, reached=reached
        )
        self._enter(self._of_call_backs.choice(there), returned)

    # --- help ---

    def _ask(self, agent: str, call: str) -> None:
        who, on = self._people[agent], self._calls.get(agent)
        if on is None or on[1] != call:
            return
        tongue = tongue_of(who.name)
        question = tongue.questions[often_first(self._random, len(tongue.questions))]
        asked = events.HelpRequested(0.0, agent=agent, question=question.text, seat=who.seat, queue=on[0], call=call)
        request = self._enter(who, asked)
        if self._random.random() < _FINDS_IT:
            self._agenda.after(self._random.uniform(40, 90), self._find_it, request, who, tongue.found_it)
            return
        leader = self._who_goes(who)
        goes_at = max(self._agenda.now, self._free_at[leader.employee]) + lognormal(self._random, 110.0, 0.7)
        answers_at = goes_at + lognormal(self._random, 190.0, 0.5)
        self._free_at[leader.employee] = answers_at
        self._agenda.at(goes_at, self._go, request, leader)
        self._agenda.at(answers_at, self._answer, request, leader, question.answer)

    def _who_goes(self, who: Person) -> Person:
        """The first to be free, of the own team when that makes no great difference, never oneself."""
        there = [each for each in self._leaders if each.employee in self._present and each is not who]
        others = there or [each for each in self._leaders if each is not who] or self._leaders
        return min(
            others, key=lambda each: self._free_at[each.employee] + (0 if each.team == who.team else 2 * _MINUTE)
        )

    def _find_it(self, request: str, who: Person, word: str) -> None:
        self._enter(who, events.HelpWithdrawn(0.0, help=request, word=word))

    def _go(self, request: str, leader: Person) -> None:
        self._enter(leader, events.HelpTaken(0.0, help=request))

    def _answer(self, request: str, leader: Person, answer: str) -> None:
        self._enter(leader, events.HelpAnswered(0.0, help=request, answer=answer))

    # --- the walk ---

    def _begin_walk(self, leader: Person) -> None:
        if leader.employee not in self._paused:
            return
        self._walking[leader.employee] = self._agenda.now
        self._enter(leader, events.WalkBegan(0.0, team=leader.team))
        seats = [who for who in self._people.values() if who.team == leader.team and who is not leader]
        first = self._random.randrange(len(seats)) if seats else 0
        self._agenda.after(
            self._random.uniform(15, 40), self._visit, leader, self._agenda.now, seats[first:] + seats[:first]
        )

    def _visit(self, leader: Person, began_at: float, to_come: list[Person]) -> None:
        if self._walking.get(leader.employee) != began_at:
            return
        while to_come and to_come[0].employee not in self._present:
            to_come = to_come[1:]
        if not to_come:
            return
        who = to_come[0]
        chance = self._random.random()
        if chance < _PASSES:
            self._enter(leader, events.SeatPassed(0.0, agent=who.employee, seat=who.seat))
        elif chance < _PASSES + _NOTES:
            kind = self._random.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])[0]
            self._note(leader, who, kind)
        else:
            self._enter(leader, events.SeatVisited(0.0, agent=who.employee, seat=who.seat))
        self._agenda.after(self._random.uniform(30, 80), self._visit, leader, began_at, to_come[1:])

    def _end_walk(self, leader: Person) -> None:
        self._enter(leader, events.WalkEnded(0.0))

    # --- notes ---

    def _note(self, leader: Person, who: Person, kind: NoteKind) -> None:
        remarks = tongue_of(leader.name).remarks[kind]
        remark = remarks[often_first(self._random, len(remarks))]
        due_at = round(self._agenda.now + self._random.uniform(30, 180) * _MINUTE) if remark.follow_up else None
        note = self._enter(leader, self._said_of(who, kind, remark, due_at))
        chance = self._random.random()
        if chance < _UNDOES:
            self._agenda.after(self._random.uniform(4, 15), self._undo, leader, note)
            return
        if chance < _UNDOES + _AMENDS and remark.text:
            self._agenda.after(self._random.uniform(10, 40), self._amend, leader, note, f"{remark.text}.")
        if due_at is not None and self._random.random() < _FOLLOWS_UP:
            self._agenda.at(due_at + self._random.gauss(-5, 12) * _MINUTE, self._follow_up, leader, note)

    def _said_of(self, who: Person, kind: NoteKind, remark: Remark, due_at: float | None) -> Entered:
        queue, call = self._calls.get(who.employee, (None, None))
        state, about = self._state(who.employee), (who.employee, who.seat)
        if kind is NoteKind.FAULT:
            return events.FaultReported(
                0.0, system=remark.tag, symptom=remark.text, agent=about[0], seat=about[1], state=state,
                queue=queue, call=call, follow_up=remark.follow_up, due_at=due_at,
            )  # fmt: skip
        return events.NoteTaken(
            0.0, kind=kind, agent=about[0], seat=about[1], state=state, queue=queue, call=call,
            tag=remark.tag, text=remark.text, follow_up=remark.follow_up, due_at=due_at,
        )  # fmt: skip

    def _state(self, agent: str) -> AgentState:
        if agent in self._calls:
            return AgentState.ON_CALL
        return AgentState.PAUSED if agent in self._paused else AgentState.AVAILABLE

    def _undo(self, leader: Person, note: str) -> None:
        self._enter(leader, events.EntryUndone(0.0, entry=note))

    def _amend(self, leader: Person, note: str, text: str) -> None:
        self._enter(leader, events.NoteAmended(0.0, note=note, text=text))

    def _follow_up(self, leader: Person, note: str) -> None:
        done = tongue_of(leader.name).done
        self._enter(leader, events.FollowUpDone(0.0, note=note, outcome=self._random.choice(done)))

    # --- what breaks ---

    def _plan_faults(self, day: int, midnight: float) -> None:
        random = Random(f"{self._plan.seed}/faults/{day}")
        for system, clock, (least, most) in _FAULTS:
            at = midnight + clock + random.uniform(-1, 1) * _MINUTE
            for number in range(random.randint(least, most)):
                moment = at + number * random.uniform(20, 70)
                if moment >= self._plan.start:
                    self._agenda.at(moment, self._break, system, random.random())

    def _break(self, system: str, chance: float) -> None:
        there = [who for who in self._people.values() if who.employee in self._present]
        if not there:
            return
        who = there[int(chance * len(there))]
        leader, symptoms = self._who_goes(who), tongue_of(who.name).symptoms
        remark = Remark(system, symptoms[often_first(self._random, len(symptoms))])
        self._enter(leader, self._said_of(who, NoteKind.FAULT, remark, None))
