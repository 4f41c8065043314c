"""What the screen asks of a replay, and of the way into a live floor's past: a part of the desk (`engine.desk`).

Rules
- Everything is called on the app's loop and returns at once, but for what is `async`; effects arrive as changes.
- Times are floor time, epoch seconds UTC. What is said back is a sentence for the person, "" where all is well.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from floorwatch.engine.keyframes.shapes import Moment, Strip
from floorwatch.views import View


class Stop(StrEnum):
    """Where a replay may go on to by one key."""

    EVENT = "event"
    """The next entry of the recording."""
    MINUTE = "minute"
    """The next whole minute of the floor's zone."""
    MOMENT = "moment"
    """The next moment worth seeing: an alert raised, a caller lost, a wait longer than promised."""


class Mark(Struct, frozen=True):
    """A place that somebody marked, with a word; it stands beside the recording."""

    at: float
    word: str
    by: str = ""


class ReplayBar(Struct, frozen=True):
    """The bar: the business day that holds `at`, as far as the recording has it (`begins_at` to `ends_at`).

    `strip` and `moments` are the same objects while nothing new is known of them. `read` is 0..1 while the recording is
    still being read, `alerts` 0..1 while the alerts of this moment are not known yet; None: all is known. `problem`:
    why no more will be known. `target` is where a replay is on its way to. `earlier`, `later`: there are other days.
    """

    begins_at: float
    ends_at: float
    at: float
    strip: Strip
    moments: Sequence[Moment] = ()
    marks: Sequence[Mark] = ()
    read: float | None = None
    alerts: float | None = None
    problem: str = ""
    target: float | None = None
    earlier: bool = False
    later: bool = False

    @property
    def is_at_end(self) -> bool:
        """Whether there is nothing behind this moment to go on to, and never will be."""
        return self.at >= self.ends_at and not self.later and self.read is None


class ReplayControl(Protocol):
    """The hands on a replay's clock. Effects arrive as changes."""

    @property
    def paused(self) -> bool:
        """Whether floor time stands still."""
        ...

    @property
    def rate(self) -> float:
        """Floor seconds a second; inf: as fast as it goes."""
        ...

    def pause(self) -> None:
        """Let floor time stand still, at the moment that is shown."""
        ...

    def resume(self) -> None:
        """Let floor time run on."""
        ...

    def set_rate(self, rate: float) -> None:
        """Run at `rate` floor seconds a second from now on; inf: as fast as it goes."""
        ...

    def step(self, seconds: float) -> None:
        """Move floor time by so many seconds; negative goes back."""
        ...

    def seek(self, at: float) -> None:
        """Go to this moment; one outside the recording is its first or last."""
        ...

    def go_to(self, text: str) -> str:
        """Go to a moment as people write it: `10:40`, `+5m`, `-30s`; what is wrong with it, "" where nothing is."""
        ...

    def stop_at(self, stop: Stop, *, back: bool = False) -> str:
        """Go on (or back) to such a place; what is there in a few words ("alert: billing, service level"), or why there
        is none."""
        ...

    def bar(self) -> ReplayBar:
        """What the bar shows now. Cheap: the app asks at every beat."""
        ...

    def mark(self, word: str) -> str:
        """Mark the moment that is shown, with a word; "" or why it could not be kept."""
        ...

    def unmark(self, at: float) -> str:
        """Take the mark at this moment away; "" or why it could not be."""
        ...

    async def changed_since(self, panel: str, at: float) -> View:
        """What of this panel is other than it was at that moment: a table of rows, before and now."""
        ...

    @property
    def came_from(self) -> float | None:
        """The moment that was shown before the last jump: what a person compares with. None before the first."""
        ...


class Travel(Protocol):
    """From a live floor into its past, and back. The live floor goes on all the while."""

    @property
    def is_away(self) -> bool:
        """Whether the past is what is shown now."""
        ...

    async def go_back(self, seconds: float) -> str:
        """Show the floor of so many seconds ago; "" or why that cannot be. The desk's replay control is there then."""
        ...

    def return_to_now(self) -> None:
        """Show the live floor again."""
        ...
