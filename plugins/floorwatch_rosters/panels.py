"""The panels of this plugin."""

from collections.abc import Sequence

from floorwatch.api import Panel
from floorwatch_rosters.coverage_panel import CoveragePanel
from floorwatch_rosters.requests_panel import RequestsPanel
from floorwatch_rosters.rosters_panel import RostersPanel
from floorwatch_rosters.timeline_panel import TimelinePanel


def panels() -> Sequence[Panel]:
    """The panels "rosters", "coverage", "timeline" and "requests"."""
    return [RostersPanel(), CoveragePanel(), TimelinePanel(), RequestsPanel()]
