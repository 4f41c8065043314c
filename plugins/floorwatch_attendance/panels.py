"""The panels of this plugin."""

from collections.abc import Sequence

from floorwatch.api import Panel
from floorwatch_attendance.limits import Limits
from floorwatch_attendance.panel import AttendancePanel


def panels(limits: Limits) -> Sequence[Panel]:
    """The panels of this plugin."""
    return [AttendancePanel(limits)]
