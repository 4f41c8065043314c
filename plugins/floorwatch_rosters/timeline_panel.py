"""The panel "timeline": everybody of a team, the plan above what was done.

Rules
- Whose team: the one in focus, else the one of the options, else that of whoever looks, else the first in which
  anything is off the plan, else the first there is. Without teams it is the whole floor, as far as `most` goes.
- Who is off the plan stands first.
"""

from collections.abc import Mapping

from msgspec import Struct

from floorwatch.api import (
    FloorSnapshot,
    Notice,
    Panel,
    Timeline,
    View,
    _,
    folded,
    roster,
)
from floorwatch_rosters.behind import about_row
from floorwatch_rosters.rosters_panel import DUTY_NEEDS
from floorwatch_rosters.tracks import tracks_of


class TimelineOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`team`: whose (empty: see the rules above); `most` people at most."""

    team: str = ""
    most: int = 40


class TimelinePanel(Panel):
    """A team's day."""

    name = "timeline"
    title = "Timeline"
    needs = DUTY_NEEDS
    options_type: type[Struct] = TimelineOptions

    def build(self, floor: FloorSnapshot, options: TimelineOptions) -> View:
        """Two lines a person."""
        if not floor.duty.has_roster:
            return Notice(_("No roster is read: there is no plan to hold the day against."))
        team = floor.focus.team or team_shown(floor, options.team)
        those = (each for each in roster.attendance(floor, team) if roster.shows(floor, each.agent))
        seen = {each.agent: each for each in those if is_of_today(each)}
        agents = list(seen)[: max(0, options.most)]
        start, end = _span(floor, [seen[agent] for agent in agents])
        tracks = tuple(track for agent in agents for track in tracks_of(floor, agent, start, end))
        caption = _("Team {team}").format(team=team) if team is not None else _("Everybody")
        if len(seen) > len(agents):
            caption = _("{caption}, the first {n} of {all}").format(caption=caption, n=len(agents), all=len(seen))
        return Timeline(tracks, start, end, floor.at, caption, _("Nobody of this team is planned today."))

    def detail(self, floor: FloorSnapshot, options: TimelineOptions, row_key: str) -> View:  # noqa: ARG002  # the same with all
        """The person's week."""
        return about_row(floor, row_key)


def team_shown(floor: FloorSnapshot, wanted: str) -> str | None:
    """The team that is shown; None: there are none."""
    teams = _teams(floor)
    if wanted:
        return next((team for team in teams.values() if folded(team) == folded(wanted)), wanted)
    mine = _mine(floor)
    if mine is not None:
        return mine
    worst = next((teams[each.agent] for each in roster.attendance(floor) if each.agent in teams), None)
    return worst if worst is not None else min(teams.values(), default=None)


def is_of_today(seen: roster.Attendance) -> bool:
    """Whether there is anything to draw: hours of the plan, or somebody who is here without any."""
    return (seen.planned is not None and seen.planned.start is not None) or seen.came is not None


def _teams(floor: FloorSnapshot) -> Mapping[str, str]:
    """The team of everybody of today who has one, by agent."""
    seen = (each.agent for each in roster.attendance(floor) if is_of_today(each))
    return {agent: team for agent in seen if (team := roster.team_of(floor, agent))}


def _mine(floor: FloorSnapshot) -> str | None:
    """The team of whoever looks, where the people file knows them by one name."""
    if not floor.me:
        return None
    found = {roster.team_of(floor, agent) for agent in floor.people.candidates(floor.me)}
    return found.pop() if len(found) == 1 else None


def _span(floor: FloorSnapshot, seen: list[roster.Attendance]) -> tuple[float, float]:
    """From the first to the last hour of these people; a shift that runs over is drawn to now."""
    plans = [each.planned for each in seen if each.planned is not None]
    starts = [plan.start for plan in plans if plan.start is not None]
    ends = [plan.end for plan in plans if plan.end is not None]
    came = [each.came for each in seen if each.came is not None]
    start = min((*starts, *came), default=floor.day_start)
    end = max(ends, default=floor.rules.days.end_of(floor.at))
    return start, max(end, start + roster.STEP_SECONDS)
