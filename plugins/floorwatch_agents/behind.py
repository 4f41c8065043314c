"""What a row of the agents panel opens, and what stands behind the parts of that page."""

from floorwatch.api import FloorSnapshot, Notice, View, _
from floorwatch_agents.day import agent_of
from floorwatch_agents.day_lists import behind_day
from floorwatch_agents.day_support import alert_in_full, help_in_full, note_in_full
from floorwatch_agents.detail import agent_detail, team_detail
from floorwatch_agents.options import AgentsOptions


def behind(floor: FloorSnapshot, options: AgentsOptions, row_key: str) -> View:
    """An agent's day, what stands behind a part of it, or how many of a team are in each state."""
    kind, _colon, name = row_key.partition(":")
    match kind:
        case "agent" if (agent := agent_of(floor, name)) is not None:
            return agent_detail(floor, agent, options)
        case "day":
            return behind_day(floor, options, name)
        case "note":
            return note_in_full(floor, name)
        case "help":
            return help_in_full(floor, name)
        case "alert":
            return alert_in_full(floor, name)
        case "team" if members := [each for each in floor.agents.values() if (each.team or "") == name]:
            return team_detail(members)
        case _:
            return Notice(_("This agent is no longer on the floor."))
