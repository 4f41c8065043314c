"""The alert rules of a floor and their book, as the station asks them."""

from collections.abc import Callable, Sequence

from floorwatch.engine.alerting import AlertBook, LogEntry, Step
from floorwatch.engine.asking import AskedRule, run_rules
from floorwatch.host.lane import Lanes
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.snapshot import FloorSnapshot


class Ruling:
    """Asks every rule about one instant after another. `on_step` is told what each instant changed."""

    def __init__(self, rules: Sequence[AskedRule], lanes: Lanes, every_seconds: float) -> None:
        self.every_seconds = every_seconds
        self.on_step: Callable[[Step], None] = lambda _step: None
        self._rules = tuple(rules)
        self._lanes = lanes
        self._book = self._new_book()

    def reset(self) -> None:
        """Begin anew, with nothing held and an empty log."""
        self._book = self._new_book()

    @property
    def log(self) -> tuple[LogEntry, ...]:
        """Everything that was raised and cleared so far."""
        return self._book.log

    async def ask(self, floor: FloorSnapshot) -> tuple[RaisedAlert, ...]:
        """Ask every rule about this instant; the alerts that are up now, most urgent first."""
        self.on_step(self._book.step(floor.at, await run_rules(floor, self._rules, self._lanes)))
        return self._book.active

    def _new_book(self) -> AlertBook:
        return AlertBook({rule.name: rule.hold_seconds for rule in self._rules})
