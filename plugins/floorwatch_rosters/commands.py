"""What a person can do about the plan: see it, swap, ask for leave, tick, assign, tell.

`r` opens the panel, `g` ticks, `f` replaces; everything else stands in the menu of its rows and in the palette.
"""

from collections.abc import Iterator, Sequence

from floorwatch.api import Command, Open, Outcome, Request
from floorwatch_rosters.assign_commands import PANEL, assign_commands
from floorwatch_rosters.change_commands import change_commands
from floorwatch_rosters.leave_commands import leave_commands
from floorwatch_rosters.swap_commands import swap_commands
from floorwatch_rosters.tick_commands import tick_commands


class OpensRosters(Command):
    """Bring the duty roster to the front."""

    name = PANEL
    title = "Duty roster: who is on, and who will be"
    key = "r"

    def run(self, request: Request) -> Iterator[Outcome]:  # noqa: ARG002  # the same on every floor
        """The panel of its own name."""
        yield Open(self.name)


class OpensCoverage(OpensRosters):
    """Bring the hands of the day to the front: most layouts do not show them."""

    name = "coverage"
    title = "Coverage: hands against what is needed, all day"
    key = ""


class OpensTimeline(OpensRosters):
    """Bring a team's day to the front."""

    name = "timeline"
    title = "Timeline: the plan of a team above what was done"
    key = ""


class OpensRequests(OpensRosters):
    """Bring swaps, leave and assignments to the front."""

    name = "requests"
    title = "Requests: what waits, what holds, who knows"
    key = ""


def commands() -> Sequence[Command]:
    """All of them."""
    return (
        OpensRosters(),
        OpensCoverage(),
        OpensTimeline(),
        OpensRequests(),
        *swap_commands(),
        *leave_commands(),
        *tick_commands(),
        *assign_commands(),
        *change_commands(),
    )
