"""The wall: the floor in figures that are read from across the room."""

from collections.abc import Sequence

from floorwatch.api import Panel, hookimpl
from floorwatch_wall.panel import Wall


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    """The panel "wall"."""
    return [Wall()]
