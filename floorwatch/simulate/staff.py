"""Who works on the floor: names, employee numbers, seats, teams, skills and shifts.

Rules
- Employee numbers run from 1001, seats A01, A02, ... by team; a team has about twenty people, the first its leader.
- Every shift holds every queue as far as the heads go round: shifts and queues are dealt out, not drawn.
"""

import csv
import io
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random

from msgspec import Struct

from floorwatch.model.grid import Grid
from floorwatch.simulate.names import names_for
from floorwatch.simulate.plan import HOUR, Plan

FIRST_EMPLOYEE = 1001
TEAM_SIZE = 20
"""A leader's span of control (DOMAIN: 1:20)."""

_ROW_SEATS = 10

_OTHER_SKILLS = (30, 42, 28)
"""On a large floor: how many people in a hundred have none, one, two further skills."""


_NEW = 7
"""Of twelve people, the one who is new."""


class Shift(Struct, frozen=True):
    """Hours of work, in seconds of the floor's day; `lunch` is when the first of three lunch turns begins."""

    name: str
    starts: float
    ends: float
    lunch: float


EARLY = Shift("early", 8 * HOUR, 17 * HOUR, 11.5 * HOUR)
MIDDLE = Shift("middle", 9 * HOUR, 18 * HOUR, 11.5 * HOUR)
LATE = Shift("late", 11 * HOUR, 20 * HOUR, 15.5 * HOUR)

_DEAL = (EARLY, MIDDLE, MIDDLE, EARLY, LATE, MIDDLE, EARLY, MIDDLE, LATE, EARLY)
_GOLDEN = 0.6180339887498949
"""Steps of the golden ratio fall evenly over the weights, however many people there are."""


class Person(Struct, frozen=True):
    """An agent. `skills` are places in `plan.queues`, best rank first; `pace` scales talk and wrap-up (1 is usual).

    `lunch_turn` is 0, 1 or 2.
    """

    employee: str
    name: str
    interface: str
    seat: str
    team: str
    leader: bool
    shift: Shift
    skills: tuple[int, ...]
    lunch_turn: int
    pace: float


def people(plan: Plan) -> list[Person]:
    """Everyone on the plan's floor, by employee number."""
    random = Random(f"{plan.seed}/people")
    teams = max(1, round(plan.agents / TEAM_SIZE))
    names = names_for(plan.agents, plan.languages, random)
    seen_in_team: dict[int, int] = {}
    staff = []
    for index, name in enumerate(names):
        team = index * teams // plan.agents
        seat = seen_in_team[team] = seen_in_team.get(team, 0) + 1
        shift = _DEAL[index % len(_DEAL)]
        employee = str(FIRST_EMPLOYEE + index)
        staff.append(
            Person(
                employee=employee,
                name=name,
                interface=f"PJSIP/{employee}",
                seat=f"{_letters(team)}{seat:02}",
                team=_letters(team),
                leader=seat == 1 and plan.agents >= TEAM_SIZE // 2,
                shift=shift,
                skills=_skills(plan, index, shift, random),
                lunch_turn=(team if teams > 2 else index) % 3,
                pace=random.uniform(0.85, 1.15),
            )
        )
    return staff


def people_csv(plan: Plan) -> str:
    """The identity map of the plan's floor, a line for each agent. At the terminals everybody punches
    with their employee number. Skills are queues; one in twelve has a mentor."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("interface", "name", "employee", "seat", "team", "pin", "role", "mentor", "skills"))
    staff = people(plan)
    for index, who in enumerate(staff):
        skills = ";".join(plan.queues[place].name for place in who.skills)
        mentor = staff[index - 1].employee if _is_new(index, staff) else ""
        role = "leader" if who.leader else ""
        rows.writerow((who.interface, who.name, who.employee, who.seat, who.team, who.employee, role, mentor, skills))
    return text.getvalue()


def _is_new(index: int, staff: Sequence[Person]) -> bool:
    """Whether somebody learns from whoever sits beside them."""
    return index % 12 == _NEW and staff[index - 1].team == staff[index].team


def grid(plan: Plan) -> Grid:
    """The plan's floor as it stands: a team has rows of ten, and an aisle behind the last."""
    teams: dict[str, list[str]] = {}
    for who in people(plan):
        teams.setdefault(who.team, []).append(who.seat)
    rows: list[tuple[str, ...]] = []
    for seats in teams.values():
        rows += [(), *_batched(seats, _ROW_SEATS)]
    return Grid(tuple(rows[1:]))


def _batched(seats: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """So many at a time."""
    return (tuple(seats[start : start + size]) for start in range(0, len(seats), size))


def _letters(team: int) -> str:
    """A, B, ..., Z, AA, AB, ..."""
    return (_letters(team // 26 - 1) if team >= 26 else "") + chr(ord("A") + team % 26)


def _skills(plan: Plan, index: int, shift: Shift, random: Random) -> tuple[int, ...]:
    """A home queue and perhaps others. Small floors and the few of the late shift need people who can do it all."""
    shares = list(accumulate(queue.weight for queue in plan.queues))
    home = min(bisect(shares, (index + 0.5) * _GOLDEN % 1 * shares[-1]), len(shares) - 1)
    if plan.agents < 3 * len(shares):
        others = len(shares)
    elif plan.agents < 12 * len(shares) or shift is LATE:
        others = min(4, len(shares))
    else:
        others = random.choices(range(min(3, len(shares))), _OTHER_SKILLS[: len(shares)])[0]
    skills = {home, *random.sample(range(len(shares)), others)}
    return tuple(sorted(skills, key=lambda place: (plan.queues[place].rank, place)))
