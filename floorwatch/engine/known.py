"""The names that the floor knows at a moment: what completes a word in a form, and whom a word means.

Rules
- Names are compared folded: capitals, full-width letters and signs that a terminal cannot show make no difference.
- A suggestion is a word that means that agent alone when it is filled in; where nothing shorter does, the id.
- A seat means who sits there: of several people with one seat, those who are signed in.
- Reasons of pauses are those of the pauses there are now: a snapshot does not hold those that are over.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.computed import computed_once
from floorwatch.engine.desk import Suggestion
from floorwatch.engine.known_words import SupportWords, support_words
from floorwatch.model.entities import Agent, AgentState
from floorwatch.model.people import People, Person
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.spoken import number_of
from floorwatch.text import folded, inert
from floorwatch.views import ChoiceField, Field, FixedField, Known, PersonField, TextField, TimeField

MOST = 24
"""Suggestions at once: more than anyone reads."""

AWAY = frozenset({AgentState.SIGNED_OUT, AgentState.UNKNOWN})
_INSIDE_A_WORD = 2

_Called: TypeAlias = tuple[str, str, str | None, str | None, bool]


class KnownAgent(Struct, frozen=True, dict=True):
    """One person of the floor as they are named: `number` is what people say instead of the id ("" for nothing).

    `dict=True` holds what was computed.
    """

    id: str
    name: str
    number: str = ""
    seat: str = ""
    team: str = ""
    devices: tuple[str, ...] = ()
    is_there: bool = False

    @property
    def called(self) -> tuple[str, ...]:
        """The words that people use, the shortest to write first."""
        return tuple(word for word in dict.fromkeys((self.number, self.seat, self.name)) if word)

    @computed_once
    def words(self) -> tuple[str, ...]:
        """Every word that means this agent."""
        return tuple(dict.fromkeys((*self.called, inert(self.id), *self.devices)))

    @computed_once
    def folded(self) -> tuple[str, ...]:
        """`words` as they are compared."""
        return tuple(map(fold, self.words))


class Names(Struct, frozen=True, dict=True):
    """Everything that has a name at one moment. `meant` is whom a folded word means, by place in `agents`."""

    agents: tuple[KnownAgent, ...] = ()
    queues: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    entered: SupportWords = SupportWords()
    meant: Mapping[str, tuple[int, ...]] = {}

    def agents_called(self, word: str) -> tuple[KnownAgent, ...]:
        """Whom this word means: by id, else by number, seat, name or device, else those with a word that begins so."""
        if word in self._by_id:
            return (self._by_id[word],)
        folded = fold(word)
        if folded in self.meant:
            return tuple(self.agents[place] for place in self.meant[folded])
        return tuple(agent for agent in self.agents if any(fold(each).startswith(folded) for each in agent.called))

    @property
    def writers(self) -> tuple[str, ...]:
        """Who may write: those who have, then everybody who has a name here."""
        return tuple(dict.fromkeys((*self.entered.authors, *self._own_names)))

    @computed_once
    def _own_names(self) -> tuple[str, ...]:
        return tuple(agent.name for agent in self.agents if agent.name and agent.name != agent.id)

    @computed_once
    def _by_id(self) -> Mapping[str, KnownAgent]:
        return {agent.id: agent for agent in self.agents}


class NameBook:
    """The names of one floor from snapshot to snapshot: put together anew only when somebody is called otherwise.

    A word is completed at every key press, while snapshots come thirty times a second: for 1,000 agents the names alone
    would take 8 ms of each.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._floor: FloorSnapshot | None = None
        self._called: tuple[_Called, ...] = ()
        self._names: Names | None = None

    def names(self, floor: FloorSnapshot | None) -> Names:
        """The same as `names_of`."""
        if self._names is None or floor is not self._floor:
            self._names = self._brought_up_to(floor)
            self._floor = floor
        return self._names

    def _brought_up_to(self, floor: FloorSnapshot | None) -> Names:
        called = () if floor is None else tuple(map(_called, floor.agents.values()))
        if self._names is not None and called == self._called:
            entered = self._names.entered if self._names.entered.is_of(floor) else support_words(floor)
            return replace(self._names, queues=_queues(floor), reasons=_reasons(floor), entered=entered)
        self._called = called
        return names_of(floor, self._people)


def fold(word: str) -> str:
    """The word as it is compared."""
    return folded(inert(word)).strip()


def names_of(floor: FloorSnapshot | None, people: People) -> Names:
    """What the floor and the people file know, those on the floor first."""
    on_floor = {} if floor is None else floor.agents
    agents = (
        *(_on_the_floor(agent, people.person(agent.id)) for agent in on_floor.values()),
        *(_in_the_file(person) for person in people if person.id not in on_floor),
    )
    return Names(
        agents,
        _queues(floor),
        _unique(sorted(agent.seat for agent in agents)),
        _unique(sorted(agent.team for agent in agents)),
        _reasons(floor),
        support_words(floor),
        _meanings(agents),
    )


def suggest(field: Field, typed: str, names: Names) -> list[Suggestion]:
    """What completes `typed` in this field, best first: what begins so before what holds it; at most `MOST`."""
    match field:
        case PersonField():
            return _agents(typed, names)
        case TextField():
            words = [Suggestion(word) for word in dict.fromkeys((*field.suggestions, *_known(field.known, names)))]
            return _best(typed, words)
        case ChoiceField():
            return _best(typed, [Suggestion(option.value, option.title) for option in field.options])
        case TimeField() | FixedField():
            return []
        case _:
            assert_never(field)


def _on_the_floor(agent: Agent, person: Person | None) -> KnownAgent:
    number, name = number_of(agent.id, agent.name), inert(agent.name)
    devices = () if person is None else person.interfaces
    return KnownAgent(
        agent.id,
        name,
        inert(number),
        inert(agent.seat or ""),
        inert(agent.team or ""),
        devices,
        agent.state not in AWAY,
    )


def _in_the_file(person: Person) -> KnownAgent:
    seat, team = inert(person.seat or ""), inert(person.team or "")
    number = inert(number_of(person.id, person.name))
    return KnownAgent(person.id, inert(person.name), number, seat, team, person.interfaces)


def _called(agent: Agent) -> _Called:
    """All of an agent that `KnownAgent` is made from."""
    return agent.id, agent.name, agent.seat, agent.team, agent.state in AWAY


def _queues(floor: FloorSnapshot | None) -> tuple[str, ...]:
    return () if floor is None else _unique(floor.queue_names)


def _reasons(floor: FloorSnapshot | None) -> tuple[str, ...]:
    return () if floor is None else _unique(each for agent in floor.agents.values() for each in _reasons_of(agent))


def _reasons_of(agent: Agent) -> Iterator[str]:
    yield agent.pause_reason or ""
    for place in agent.queues.values():
        yield place.pause_reason or ""


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(inert(word) for word in words if word))


def _meanings(agents: Sequence[KnownAgent]) -> Mapping[str, tuple[int, ...]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    seated: defaultdict[str, list[int]] = defaultdict(list)
    for place, agent in enumerate(agents):
        seated[fold(agent.seat)].append(place)
        for word in {fold(word) for word in agent.words if word != agent.seat}:
            found[word].append(place)
    seated.pop("", None)
    for seat, places in seated.items():
        there = [place for place in places if agents[place].is_there]
        found[seat] = sorted({*found.get(seat, ()), *(there or places)})
    return {word: tuple(places) for word, places in found.items()}


def _known(known: Known | None, names: Names) -> tuple[str, ...]:
    match known:
        case None:
            return ()
        case Known.AGENTS:
            return tuple(agent.name for agent in names.agents)
        case Known.QUEUES:
            return names.queues
        case Known.SEATS:
            return names.seats
        case Known.TEAMS:
            return names.teams
        case Known.REASONS:
            return names.reasons
        case Known.TAGS | Known.ANSWERS | Known.AUTHORS:
            return _entered(known, names)
        case _:
            assert_never(known)


def _entered(known: Literal[Known.TAGS, Known.ANSWERS, Known.AUTHORS], names: Names) -> tuple[str, ...]:
    if known is Known.AUTHORS:
        return names.writers
    return names.entered.tags if known is Known.TAGS else names.entered.answers


def _best(typed: str, suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    folded = fold(typed)
    ranked = [
        (rank, place)
        for place, each in enumerate(suggestions)
        if (rank := _rank(folded, each.text, each.words)) is not None
    ]
    return [suggestions[place] for _rank_of, place in sorted(ranked)[:MOST]]


def _rank(folded: str, *words: str) -> int | None:
    """0 for a word that begins so, 1 where a later part of it does, 2 where it is inside; None where it is not."""
    return min((rank for word in words if (rank := _rank_in(folded, fold(word))) is not None), default=None)


def _rank_in(folded: str, word: str) -> int | None:
    at = word.find(folded)
    if at <= 0:
        return None if at < 0 else 0
    begins = (not word[place - 1].isalnum() for place in range(at, len(word)) if word.startswith(folded, place))
    return 1 if any(begins) else _INSIDE_A_WORD


def _agents(typed: str, names: Names) -> list[Suggestion]:
    folded = fold(typed)
    if not folded:
        return [_suggested(agent, agent.name, names) for agent in names.agents[:MOST]]
    found: list[tuple[int, int, str]] = []
    for place, agent in enumerate(names.agents):
        ranks = [(rank, at) for at, word in enumerate(agent.folded) if (rank := _rank_in(folded, word)) is not None]
        if ranks:
            rank, at = min(ranks)
            found.append((rank, place, agent.words[at]))
    return [_suggested(names.agents[place], word, names) for _rank_of, place, word in sorted(found)[:MOST]]


def _suggested(agent: KnownAgent, word: str, names: Names) -> Suggestion:
    text = word if names.agents_called(word) == (agent,) else agent.id
    return Suggestion(text, " ".join(each for each in agent.called if each != text))
