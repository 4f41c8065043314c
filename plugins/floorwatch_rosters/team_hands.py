"""Hands of each team in a quarter of an hour, as columns behind those of the floor: which team is short, and when.

Rules
- A team has no minimum of its own. It is short, and amber, with fewer hands than half of those who are on shift then:
  the others are at lunch, in a meeting, or have not come.
- Where lines are short the last teams go first; one team alone stands alone.
"""

from collections import Counter
from collections.abc import Mapping

from floorwatch.api import Align, Cell, Column, FloorSnapshot, Tone, _, roster

MOST_TEAMS = 16
"""More do not fit beside each other, and each costs the plan of the day once more."""

TeamHands = Mapping[str, tuple[roster.Step, ...]]


def team_hands(floor: FloorSnapshot) -> TeamHands:
    """The quarters of each team that is planned now, by name; nothing where there is one team alone."""
    names = _on_shift(floor, floor.at).keys()
    shown = sorted(name for name in names if floor.focus.team in ("", name))
    return {team: roster.steps(floor, team=team) for team in shown[:MOST_TEAMS]} if len(names) > 1 else {}


def team_columns(hands: TeamHands) -> tuple[Column, ...]:
    """One a team, named by it."""
    about = _("hands of this team; amber: fewer than half of those on shift then")
    return tuple(
        Column(f"team:{team}", team, 3, Align.RIGHT, drop=1 + at, about=about) for at, team in enumerate(hands)
    )


def team_cells(floor: FloorSnapshot, hands: TeamHands, place: int) -> tuple[Cell, ...]:
    """The figures of the quarter at this place."""
    steps = {team: each[place] for team, each in hands.items() if place < len(each)}
    due = _on_shift(floor, max(floor.at, next(iter(steps.values())).start)) if steps else {}
    return tuple(_cell(steps[team], due.get(team, 0)) if team in steps else Cell() for team in hands)


def _on_shift(floor: FloorSnapshot, at: float) -> Mapping[str, int]:
    """People by team whom the plan has here then, whatever they do; those of no team are left out."""
    teams = Counter(roster.team_of(floor, agent) or "" for agent in roster.planned_at(floor, at))
    return {team: number for team, number in teams.items() if team}


def _cell(step: roster.Step, due: int) -> Cell:
    return Cell(str(step.expected), Tone.WARN if 2 * step.expected < due else Tone.CALM, sort=step.expected)
