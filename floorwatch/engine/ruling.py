"""The alert rules of a floor and their book, as the station asks them."""

from collections.abc import Callable, Sequence
from typing import Protocol

from floorwatch.engine.alerting import AlertBook, BookState, LogEntry, Step
from floorwatch.engine.asking import AskedRule, run_rules
from floorwatch.host.lane import Lanes
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.floor import Floor
from floorwatch.model.snapshot import FloorSnapshot


class Rules(Protocol):
    """Whoever knows which alerts are up: by asking the rules, or otherwise."""

    every_seconds: float

    @property
    def is_known(self) -> bool:
        """Whether what is up at the last instant is known already."""
        ...

    def begin(self, floor: Floor, at: float) -> None:
        """Begin anew with this floor, which was folded up to `at` (-inf: it was not watched yet)."""
        ...

    async def hold_up(self, floor: Floor, at: float, look: Callable[[], FloorSnapshot]) -> None:
        """Have the floor hold up what is up at the instant `at`. Whoever needs the floor of then looks, before waiting
        for anything: a snapshot for nobody would cost more than all else."""
        ...


class Ruling:
    """Asks every rule about one instant after another. `on_step` is told what each instant changed."""

    is_known = True

    def __init__(self, rules: Sequence[AskedRule], lanes: Lanes, every_seconds: float) -> None:
        self.every_seconds = every_seconds
        self.on_step: Callable[[Step], None] = lambda _step: None
        self._rules = tuple(rules)
        self._lanes = lanes
        self._book = self._new_book()

    def begin(self, floor: Floor, at: float) -> None:  # noqa: ARG002  # whoever asks needs no floor before
        """Begin anew, with nothing held and an empty log."""
        self._book = self._new_book()

    def catch_up(self, floor: Floor) -> bool:  # noqa: ARG002  # asked for by whoever plays a tape
        """Whoever asks is never behind."""
        return True

    def resume(self, state: BookState) -> None:
        """Go on from this state of another book, with an empty log."""
        self._book = self._new_book()
        self._book.restore(state)

    @property
    def log(self) -> tuple[LogEntry, ...]:
        """Everything that was raised and cleared so far."""
        return self._book.log

    async def ask(self, floor: FloorSnapshot) -> tuple[RaisedAlert, ...]:
        """Ask every rule about this instant; the alerts that are up now, most urgent first."""
        book = self._book
        if book.state.at is not None and floor.at <= book.state.at:  # only where a live clock was set back
            book.set_back(floor.at)
        self.on_step(book.step(floor.at, await run_rules(floor, self._rules, self._lanes)))
        return book.active

    async def hold_up(self, floor: Floor, at: float, look: Callable[[], FloorSnapshot]) -> None:
        """Ask every rule about the instant `at`, and have the floor hold up what they say."""
        floor.set_alerts(await self.ask(look()), at)

    def _new_book(self) -> AlertBook:
        return AlertBook({rule.name: rule.hold_seconds for rule in self._rules})
