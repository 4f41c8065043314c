"""My report: visits of each queue."""

from collections.abc import Sequence

from floorwatch.api import Report, hookimpl

from .report import MyReport

FLOORWATCH_API = "1"


@hookimpl
def floorwatch_reports() -> Sequence[Report]:
    """The reports of this plugin."""
    return [MyReport()]
