"""Agents: everyone on the floor, what each is doing and for how long, under their teams."""

from collections.abc import Sequence

from floorwatch.api import Panel, hookimpl
from floorwatch_agents.panel import Agents


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    """The panel "agents"."""
    return [Agents()]
