"""Who and what a sentence speaks of, looked up on the floor of its moment: agents by name or id, calls by word."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from floorwatch.model.duty import Leave, Swap
from floorwatch.model.entities import Agent
from floorwatch.model.events import Event
from floorwatch.model.past import PastVisit
from floorwatch.model.people import People
from floorwatch.model.snapshot import FloorSnapshot

Happening: TypeAlias = Callable[["Scene"], Sequence[Event]]


class Sentence(Struct, frozen=True):
    """One sentence of a shift: what it makes happen is known only when the floor has come to its moment.

    `words` is how the test said it, `place` the file and line where; `misfits`: it need not fit.
    """

    at: float
    words: str
    place: str
    happens: Happening
    misfits: bool = False


class DoesNotFitError(Exception):
    """Why a sentence does not fit."""


class Scene:
    """The floor just before a sentence. Look-ups raise DoesNotFitError, which says what there is instead."""

    def __init__(self, floor: FloorSnapshot, people: People, *, misfits: bool = False, new_entry: str = "") -> None:
        """`new_entry` is an id that no entry has yet."""
        self.floor = floor
        self.new_entry = new_entry
        self._people = people
        self._misfits = misfits

    def agent(self, who: str) -> str:
        """The id of an agent who is on the floor, or known by the people file."""
        found = self._ids(who)
        if len(found) > 1:
            raise DoesNotFitError(f"{len(found)} people are called {who!r}: say which by id ({', '.join(found)})")
        if not found and not self._misfits:
            there = _listed(f"{each.name} ({each.id})" for each in self.floor.agents.values())
            raise DoesNotFitError(f"nobody called {who!r} has signed in by now; there: {there}")
        return found[0] if found else who

    def word_for(self, who: str) -> str:
        """The id of an agent, if the word is known; else the word: whoever enters something may name anybody."""
        found = self._ids(who)
        if len(found) > 1:
            raise DoesNotFitError(f"{len(found)} people are called {who!r}: say which by id ({', '.join(found)})")
        return found[0] if found else who

    def help(self, word: str) -> str:
        """The id of a request: the word itself, or the one open request of the agent whom it means."""
        support = self.floor.support
        if word in support.helps or self._misfits:
            return word
        found = [each.id for each in support.queue_of_help if each.agent == self.word_for(word)]
        if len(found) != 1:
            there = _listed(f"{each.id} ({self._name(each.agent)})" for each in support.queue_of_help)
            raise DoesNotFitError(f"{len(found)} requests are open by {word!r}; there: {there}")
        return found[0]

    def note(self, word: str) -> str:
        """The id of a note: the word itself, or the newest that holds about the agent, or by the author, whom it
        means."""
        notes = self.floor.support.notes
        if word in notes or self._misfits:
            return word
        ids = self._ids(word)
        found = [each.id for each in notes.values() if each.holds and (each.agent in (*ids, word) or each.by == word)]
        if not found:
            there = _listed(f"{each.id} ({each.agent or each.seat}, {each.by})" for each in notes.values())
            raise DoesNotFitError(f"no note by or about {word!r}; there: {there}")
        return found[-1]

    def lost(self, call: str, queue: str | None) -> PastVisit:
        """The visit of this call that was lost last today."""
        lost = self.floor.lost
        callers = (*lost.to_call_back, *lost.called_back, *lost.got_through)
        visits = [visit for caller in callers for visit in caller.visits]
        found = [visit for visit in visits if visit.call == call and queue in (None, visit.queue)]
        if not found:
            there = _listed(f"{visit.call} ({visit.queue})" for visit in visits)
            raise DoesNotFitError(f"no call {call!r} was lost today; lost: {there}")
        return max(found, key=lambda visit: visit.left_at)

    def request(self, word: str) -> str:
        """The id of a leave, a swap, an assignment, a mark or an excuse: the word itself, or the one open request of
        the agent whom it means."""
        duty = self.floor.duty
        entered = (duty.leaves, duty.swaps, duty.assignments, duty.marks, duty.excuses)
        if self._misfits or any(word in each for each in entered):
            return word
        requests: tuple[Leave | Swap, ...] = (*duty.leaves.values(), *duty.swaps.values())
        waiting = [each for each in requests if each.is_open]
        found = [each.id for each in waiting if each.agent == self.word_for(word)]
        if len(found) != 1:
            there = _listed(f"{each.id} ({self._name(each.agent)})" for each in waiting)
            raise DoesNotFitError(f"{len(found)} requests for leave or a swap are open by {word!r}; there: {there}")
        return found[0]

    def queues(self, who: str) -> Sequence[str]:
        """The queues that the agent is in; "" is the telephone system itself."""
        agent: Agent | None = self.floor.agents.get(self.agent(who))
        places = {} if agent is None else agent.queues
        found = [queue for queue, place in places.items() if place.member]
        if not found:
            raise DoesNotFitError(f"{who!r} is in no queue now")
        return found

    def waits_in(self, call: str, queue: str | None) -> str:
        """The queue in which the call waits."""
        found = [key for key in self.floor.waiting if key[1] == call and queue in (None, key[0])]
        return self._one(found, call, queue, "waits", [f"{key[1]} ({key[0]})" for key in self.floor.waiting])

    def talk(self, words: Sequence[str], queue: str | None) -> tuple[str, str, str]:
        """(call, queue, agent) of the talk that every word is of: its call, or its agent."""
        if not words:
            raise DoesNotFitError("name the call, the agent, or both")
        found = [talk for talk in self.floor.talks.values() if queue in (None, talk.queue)]
        for word in words:
            ids = self._ids(word)
            found = [talk for talk in found if word == talk.call or talk.agent in ids]
        now = [f"{talk.call} ({talk.queue}, {self._name(talk.agent)})" for talk in self.floor.talks.values()]
        about = " ".join(words)
        place = self._one([(talk.queue, talk.call) for talk in found], about, queue, "is a talk", now)
        if not found:
            return words[-1], place, words[0]
        return found[0].call, place, found[0].agent

    def _one(
        self, found: Sequence[tuple[str, str]], about: str, queue: str | None, what: str, there: Sequence[str]
    ) -> str:
        if len(found) == 1:
            return found[0][0]
        if found:
            every = _listed(f"{call} in {place}" for place, call in found)
            raise DoesNotFitError(f"more than one {what} as {about!r}: {every}; name the call, or queue=...")
        if self._misfits and queue is not None:
            return queue
        hint = "; say queue=... too, since nothing tells it" if self._misfits else ""
        raise DoesNotFitError(f"no {about!r} {what} now; there: {_listed(there)}{hint}")

    def _ids(self, who: str) -> tuple[str, ...]:
        if who in self.floor.agents or self._people.person(who) is not None:
            return (who,)
        named = (agent.id for agent in self.floor.agents.values() if agent.name == who)
        return tuple(dict.fromkeys((*named, *self._people.candidates(who))))

    def _name(self, agent: str) -> str:
        found = self.floor.agents.get(agent)
        return agent if found is None else found.name


def _listed(words: Iterable[str]) -> str:
    return ", ".join(word for word in words if word) or "nothing"
