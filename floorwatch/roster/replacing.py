"""Who could come in another's place."""

from collections.abc import Mapping

from msgspec import Struct

from floorwatch.model.duty import Activity, Leave
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.objections import (
    Objection,
    Work,
    at_work,
    in_order,
    is_away,
    leaves_at,
    most_in_a_week,
    of_hours,
    overlaps,
    rest_of,
    with_hours,
    works_around,
)
from floorwatch.roster.plan import Planned, date_of, plan_of
from floorwatch.roster.skills import lacks_skill


class Candidate(Struct, frozen=True):
    """Somebody who could come in another's place. `objections` stand behind the name: those without come first, then
    the most rested and the least worked. `same_team` comes before others.

    `rest_seconds` is the rest that they would have, the shorter of before and after (None: no other work is known of),
    `week_seconds` the most that they would work within seven days.
    """

    agent: str
    objections: tuple[Objection, ...]
    rest_seconds: float | None
    week_seconds: float
    same_team: bool


class _Wanted(Struct, frozen=True):
    """The hours to be worked, and what everybody works around them."""

    floor: FloorSnapshot
    agent: str
    start: float
    end: float
    date: str
    plan: Mapping[str, Planned]
    works: Mapping[str, Work]
    leaves: Mapping[str, tuple[Leave, ...]]


def replacements(floor: FloorSnapshot, agent: str, start: float, end: float) -> tuple[Candidate, ...]:
    """Who could work these hours in this person's place: everybody in the roster or the people file who is off then.
    Whoever lacks a skill of the absent person carries `NOT_SKILLED`; a person on leave is not a candidate.

    Whoever asked for leave then, or has a shift that nobody can explain that day, carries `NOT_FREE`. Of those with as
    many objections a leader stands before others for a leader, behind them for anybody else; whom no roster names
    stands behind those whom one does.
    """
    date = date_of(floor, start)
    works, leaves = works_around(floor, date), leaves_at(floor.duty, start, end)
    wanted = _Wanted(floor, agent, start, end, date, plan_of(floor, date).by_agent, works, leaves)
    everybody = dict.fromkeys((*floor.duty.shifts, *(person.id for person in floor.people)))
    found = [one for each in everybody if each != agent and (one := _candidate(wanted, each)) is not None]
    leaders = {person.id for person in floor.people if person.is_leader}
    leads = agent in leaders
    return tuple(sorted(found, key=lambda one: _place(floor, one, is_alike=(one.agent in leaders) is leads)))


def _place(floor: FloorSnapshot, one: Candidate, *, is_alike: bool) -> tuple[object, ...]:
    rest = float("inf") if one.rest_seconds is None else one.rest_seconds
    return (
        len(one.objections),
        not is_alike,
        not one.same_team,
        one.agent not in floor.duty.shifts,
        -rest,
        one.week_seconds,
        one.agent,
    )


def _candidate(wanted: _Wanted, agent: str) -> Candidate | None:
    """None for whoever works or is on leave then."""
    leaves = wanted.leaves.get(agent, ())
    planned = wanted.plan.get(agent)
    work = wanted.works.get(agent, {})
    if overlaps(work.get(wanted.date, ()), wanted.start, wanted.end) or at_work(work, wanted.start, wanted.end):
        return None
    if is_away(planned) or any(leave.is_filed for leave in leaves):
        return None
    own = with_hours(work.get(wanted.date, ()), wanted.start, wanted.end, Activity.PHONES)
    after = {**work, wanted.date: own}
    return Candidate(
        agent,
        _objections(wanted, agent, planned, work, after),
        rest_of(after, wanted.date),
        most_in_a_week(after, wanted.date),
        _team(wanted.floor, agent) == _team(wanted.floor, wanted.agent) is not None,
    )


def _objections(wanted: _Wanted, agent: str, planned: Planned | None, work: Work, after: Work) -> tuple[Objection, ...]:
    found = of_hours(wanted.floor.rules.duty, work, after, wanted.date)
    if wanted.leaves.get(agent) or (planned is not None and planned.is_unknown):
        found.add(Objection.NOT_FREE)
    if lacks_skill(wanted.floor, agent, wanted.agent):
        found.add(Objection.NOT_SKILLED)
    return in_order(found)


def _team(floor: FloorSnapshot, agent: str) -> str | None:
    person, known = floor.people.person(agent), floor.agents.get(agent)
    return (None if person is None else person.team) or (None if known is None else known.team)
