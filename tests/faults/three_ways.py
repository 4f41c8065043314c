"""What lines of a switch come to, whichever way they are read: as they are written, at a start, and as they lie there.

Rules
- A line is its seconds from now on the stage, and all that stands behind its time. Bytes are written as they are.
- The ways must agree in everything but alerts, which depend on when they were asked for.
- Of every queue, offered is answered, abandoned, left and waiting, together.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

from msgspec import Struct

from tests.faults.stage import FEED, Stage, State, facts

Line: TypeAlias = tuple[float, str] | bytes

COUNTED = ("offered", "answered", "abandoned", "waiting", "completed")


class Figures(Struct, frozen=True):
    """The figures of a queue, or of all; `left` only of the ways in which somebody left."""

    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    waiting: int = 0
    completed: int = 0
    left: dict[str, int] = {}


class Read(Struct, frozen=True):
    """What a state says of the lines: `feed` is that of the only feed, or of the one named."""

    state: State

    def of(self, queue: str = "support") -> Figures:
        """The figures of this queue."""
        return figures(self.state["queues"].get(queue))

    @property
    def total(self) -> Figures:
        """The figures of all queues."""
        return figures(self.state["total"])

    @property
    def misfits(self) -> dict[str, int]:
        """What did not fit, by kind, of all feeds."""
        return self._counted("misfits")

    @property
    def rejected(self) -> dict[str, int]:
        """Lines that were refused, by reason, of all feeds."""
        return self._counted("rejected")

    @property
    def unknown(self) -> dict[str, int]:
        """Unknown events, by name, of all feeds."""
        return self._counted("unknown_events")

    @property
    def calls(self) -> set[tuple[str, str, str, str | None]]:
        """Open calls: (call, queue, state, agent)."""
        return {(each["call"], each["queue"], each["state"], each["agent"]) for each in self.state["calls"]}

    def agent(self, name: str) -> str:
        """The state of this agent."""
        state: str = self.state["agents"][name]["state"]
        return state

    def _counted(self, kind: str) -> dict[str, int]:
        counted: dict[str, int] = {}
        for feed in self.state["feeds"].values():
            for name, number in feed[kind].items():
                counted[name] = counted.get(name, 0) + number
        return counted


def figures(scope: dict[str, Any] | None) -> Figures:
    """The figures of a queue, or of the total, of a state."""
    if scope is None:
        return Figures()
    left = {how: number for how, number in scope["left"].items() if number}
    return Figures(**{name: scope[name] for name in COUNTED}, left=left)


def written(stage: Stage, *lines: Line) -> bytes:
    """These lines as the switch writes them now."""
    at = stage.clock.at
    return b"".join(line if isinstance(line, bytes) else f"{at + line[0]:.0f}|{line[1]}\n".encode() for line in lines)


def compared(state: State) -> State:
    """What all ways must agree on."""
    return {**facts(state), "alerts": []}


def read(stage: Stage, *lines: Line) -> Read:
    """The lines read in each of three ways, which agree. Whoever follows sees them come one by one."""
    stage.log.touch()
    live = stage.watch()
    for line in lines:
        stage.write(written(stage, line))
        live.beat()
    stage.pass_time(0)
    ways = [live.state(), stage.watch().state(), stage.state()]
    for state in ways[1:]:
        assert compared(state) == compared(ways[0])
        assert state["feeds"][FEED]["rejected"] == ways[0]["feeds"][FEED]["rejected"]
    for scope in (*ways[0]["queues"].values(), ways[0]["total"]):
        assert adds_up(figures(scope)), scope
    return Read(ways[0])


def adds_up(found: Figures) -> bool:
    """Whether everyone who was offered is accounted for, once."""
    return found.offered == found.answered + found.abandoned + sum(found.left.values()) + found.waiting


def a_call(call: str, begins: float, agent: str = "Ann", queue: str = "support") -> Iterator[Line]:
    """A caller who waits 5 s, is answered, and hangs up 20 s later."""
    yield begins, f"{call}|{queue}|NONE|ENTERQUEUE||5550{begins % 1000:04.0f}|1"
    yield begins + 5, f"{call}|{queue}|{agent}|CONNECT|5|{call}x|2"
    yield begins + 25, f"{call}|{queue}|{agent}|COMPLETECALLER|5|20|1"
