"""A command that does not come back in time: it never happens, and what comes after it does."""

import threading
from collections.abc import Sequence

import pytest

from floorwatch.engine import shows as shows_module
from floorwatch.engine.shows import Shows
from floorwatch.extend.command import Command, Happened, Outcome, Request, Toast
from floorwatch.host.catalogue import Declared
from floorwatch.host.lane import Lanes
from floorwatch.model.events import Custom
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import Tone
from tests.engine.known_floor import floor

PATIENCE_SECONDS = 0.5


class Held(Command):
    """Does not come back the first time, before `let_go` is set."""

    name = "held"
    title = "Held"

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.came_back = threading.Event()
        self._asked = 0

    def run(self, request: Request) -> Sequence[Outcome]:
        """An event that says how often it was asked."""
        self._asked += 1
        asked = self._asked
        if asked == 1:
            try:
                self.let_go.wait(timeout=60)
            finally:
                self.came_back.set()
        return [happened(request.floor, asked)]


def happened(floor: FloorSnapshot, asked: int) -> Happened:
    """The event of the command when it was asked so often."""
    return Happened(Custom(floor.at, "held", "nobody", {"asked": asked}))


async def test_what_was_given_up_never_happens_and_holds_up_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shows_module, "DETAIL_PATIENCE_SECONDS", PATIENCE_SECONDS)
    lanes, command, now = Lanes(lambda: 0.0), Held(), floor()
    shows, declared = Shows((), lanes, lambda: 0.0), Declared[Command]("mine", "held", command, title=command.title)

    first = await shows.run(declared, Request(now))
    again = await shows.run(declared, Request(now))
    stuck = lanes.left_behind("mine")
    command.let_go.set()
    assert command.came_back.wait(timeout=60)
    later = await shows.run(declared, Request(now))
    lanes.close()

    said = "Held: no answer within 0.5 s: it was given up, and nothing happened; try again"
    assert first == [Toast(said, Tone.ALARM)]
    assert (list(again), list(later)) == ([happened(now, 2)], [happened(now, 3)])
    assert stuck == 1
