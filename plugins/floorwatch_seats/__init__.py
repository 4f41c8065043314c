"""Seats: the floor as it stands, a letter a seat; and its teams, one row each."""

from collections.abc import Sequence

from floorwatch.api import Panel, hookimpl
from floorwatch_seats.panel import Seats
from floorwatch_seats.teams_panel import Teams


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    """The panels "seats" and "teams"."""
    return [Seats(), Teams()]
