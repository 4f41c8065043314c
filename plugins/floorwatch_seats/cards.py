"""A seat as it is drawn: letter, tone, sign, and what is said of whoever sits there.

Rules
- A seat that nothing has changed about is the same object as before: a thousand seats are made anew once, then only
  those of whom something changed. What a seat shows depends on nothing but its `Basis`.
- The tone is that of the state's age, as in the panel "agents"; the colour deepens on its way there.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from floorwatch.api import (
    Agent,
    AgentState,
    Cell,
    FloorSnapshot,
    Help,
    RaisedAlert,
    Seat,
    Tone,
    Visit,
    _,
    spoken,
    steps_of,
)
from floorwatch_seats.options import SeatsOptions
from floorwatch_seats.places import Place
from floorwatch_seats.signs import VISIT, Signs, alone_since

EMPTY_SEAT = "."
"""Drawn where nobody sits: a quiet sign, and no gap, for somebody may sit down there."""

_ALERT_TONES = {"warn": Tone.WARN, "alarm": Tone.ALARM}
AWAY = frozenset({AgentState.SIGNED_OUT, AgentState.UNKNOWN})


class Words(Struct, frozen=True):
    """The words of a build: looked up once, not once a seat, and another language makes other seats."""

    states: Mapping[AgentState, str]
    no_reason: str
    help: str
    visited: str
    alone: str
    nobody: str
    also: str
    seat_of: str

    @staticmethod
    def now() -> "Words":
        """In the language of the moment."""
        return Words(
            {state: spoken.state_name(state) for state in AgentState},
            _("no reason given"),
            _("help"),
            _("visited"),
            _("not visited"),
            _("nobody is signed in here"),
            _("also {names}"),
            _("seat of {names}"),
        )


class Basis(Struct, frozen=True):
    """Everything that a seat is drawn from: one that is drawn from the same is the same."""

    place: Place
    words: Words
    options: SeatsOptions
    tone: Tone = Tone.MUTED
    mark: str = ""
    alert: RaisedAlert | None = None
    asked: Help | None = None
    visit: Visit | None = None
    alone_since: float | None = None

    @property
    def key(self) -> str:
        """Whom or what the seat stands for."""
        desk = self.place.desk
        return f"seat:{desk.seat}" if desk.agent is None else f"agent:{desk.agent.id}"


class Cards:
    """Makes the seats of a panel, and keeps the last ones: what is kept is compared before it is used."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Basis, Seat]] = {}
        self._words = Words.now()

    def seats(
        self, floor: FloorSnapshot, places: Iterable[Place], signs: Signs, options: SeatsOptions
    ) -> tuple[Seat, ...]:
        """A seat for each place, in their order."""
        words = Words.now()
        words = self._words if words == self._words else words
        before, now = self._kept, _Now(floor, signs, options, words)
        kept: dict[str, tuple[Basis, Seat]] = {}
        for place in places:
            basis = now.basis(place)
            known = before.get(basis.key)
            kept[basis.key] = known if known is not None and known[0] == basis else (basis, now.seat(basis))
        self._kept, self._words = kept, words
        return tuple(seat for _basis, seat in kept.values())


class _Now:
    """What is the same for all seats of one build."""

    def __init__(self, floor: FloorSnapshot, signs: Signs, options: SeatsOptions, words: Words) -> None:
        self._floor = floor
        self._signs = signs
        self._options = options
        self._words = words
        self._steps = options.steps()
        self._shades = options.all_shades()
        self._visits = floor.support.visits
        self._day_start = floor.day_start

    def basis(self, place: Place) -> Basis:
        """What the seat is drawn from."""
        agent = place.desk.agent
        if agent is None:
            return Basis(place, self._words, self._options)
        tone, visit = self._tone(agent), self._visits.get(agent.id)
        mark = "" if place.is_aside else self._signs.mark(self._floor, agent, tone)
        return Basis(
            place,
            self._words,
            self._options,
            Tone.MUTED if place.is_aside else tone,
            mark,
            self._signs.alert_of(agent),
            self._signs.helps.get(agent.id),
            visit if visit is not None and visit.at >= self._day_start else None,
            alone_since(self._floor, agent) if mark == VISIT else None,
        )

    def seat(self, basis: Basis) -> Seat:
        """It drawn."""
        place, agent = basis.place, basis.place.desk.agent
        name = place.desk.seat
        if agent is None:
            about = (Cell(name), Cell(self._words.nobody, Tone.MUTED), *_named(self._words.seat_of, place.desk.others))
            return Seat(basis.key, place.row, place.column, EMPTY_SEAT, Tone.MUTED, label=name, about=about)
        is_there = agent.state not in AWAY and not place.is_aside
        return Seat(
            basis.key,
            place.row,
            place.column,
            spoken.STATE_LETTERS[agent.state],
            basis.tone,
            agent.since if is_there else None,
            self._shades[agent.state] if is_there else (),
            basis.mark,
            name or spoken.number_of(agent.id, agent.name),
            tuple(self._about(agent, basis)),
        )

    def _tone(self, agent: Agent) -> Tone:
        if agent.state in AWAY:
            return Tone.MUTED
        if agent.since is None:
            return Tone.CALM
        age = self._floor.at - agent.since
        return next((tone for seconds, tone in reversed(self._steps_of(agent)) if age >= seconds), Tone.CALM)

    def _steps_of(self, agent: Agent) -> tuple[tuple[float, Tone], ...]:
        return steps_of(agent, self._steps, self._floor.rules.duty)

    def _about(self, agent: Agent, basis: Basis) -> Iterator[Cell]:
        """Who, what and since when; then what calls for somebody; then when somebody was there."""
        words, seat = self._words, basis.place.desk.seat
        number = spoken.number_of(agent.id, agent.name)
        yield Cell(f"{seat} {agent.name}" if seat else agent.name)
        if number and number != agent.name:
            yield Cell(number, Tone.MUTED)
        yield Cell(words.states[agent.state], since=agent.since, steps=self._steps_of(agent))
        if doing := self._doing(agent):
            yield Cell(doing)
        yield from self._calls_for_somebody(basis)
        if basis.visit is not None:
            yield Cell(words.visited, Tone.MUTED, since=basis.visit.at)
        yield from _named(words.also, basis.place.desk.others)

    def _calls_for_somebody(self, basis: Basis) -> Iterator[Cell]:
        alert, asked = basis.alert, basis.asked
        if alert is not None:
            yield Cell(alert.alert.text, _ALERT_TONES[alert.alert.tone])
        if asked is not None:
            yield Cell(self._words.help, Tone.NOTICE, since=asked.requested_at)
            yield from (Cell(said) for said in (" ".join(asked.question.split()), self._on_the_way(asked)) if said)
        if basis.alone_since is not None:
            yield Cell(self._words.alone, Tone.NOTICE, since=basis.alone_since)

    def _on_the_way(self, asked: Help) -> str:
        if asked.taken_at is None:
            return ""
        return _("{who} is on the way").format(who=asked.taken_by or _("somebody"))

    def _doing(self, agent: Agent) -> str:
        match agent.state:
            case AgentState.ON_CALL | AgentState.ON_HOLD if agent.calls:
                return agent.calls[0][0]
            case AgentState.RINGING if agent.ringing:
                return agent.ringing[0][0]
            case AgentState.PAUSED:
                return agent.pause_reason or self._words.no_reason
            case AgentState.FAULT:
                return agent.fault_reason or ""
            case _:
                return ""


def _named(words: str, names: tuple[str, ...]) -> Iterator[Cell]:
    if names:
        yield Cell(words.format(names=", ".join(names)), Tone.MUTED)
