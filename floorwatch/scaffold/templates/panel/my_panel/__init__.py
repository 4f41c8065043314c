"""My panel: the longest wait of each queue."""

from collections.abc import Sequence

from floorwatch.api import Panel, hookimpl

from .panel import MyPanel

FLOORWATCH_API = "1"


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    """The panels of this plugin."""
    return [MyPanel()]
