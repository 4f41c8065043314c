"""Answers about people's shifts, kept with the `Duty` from one moment to the next.

Rules
- An answer holds for the spells that it was made from, and for others that make no difference to it (`turns`), from its
  moment up to the next one at which it may change by time alone. Whoever asks of an earlier moment, or on a floor with
  other spells, has it made anew.
- The answers of a `Duty` under other rules, or with a call feed that can tell something else, are others.
"""

from collections.abc import Mapping
from math import inf
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple, replace

from floorwatch.model.duty import Spell
from floorwatch.model.targets import FloorRules
from floorwatch.roster.evidence import Day
from floorwatch.roster.judging import judged
from floorwatch.roster.standing import Attendance
from floorwatch.roster.turns import grown, is_alike


class Answer(Struct, frozen=True, gc=False):
    """What there is to say of one person (None: nothing), the spells that it is known to hold for, and from when until
    when it does, as `turns.Validity` has it."""

    found: Attendance | None
    spells: tuple[Spell, ...] | None
    since: float
    until: float
    grows_until: float = -inf
    stays_since: float | None = None
    quiet_since: float = inf


Order = tuple[Any, ...]
"""Where somebody stands in a list of everybody: compared with those of others."""


class Everybody(Struct, frozen=True):
    """Today as somebody found it: the answers by agent, and of those of whom there is something to say (`those`) the
    order. What is in it is never changed."""

    date: str
    answers: Mapping[str, Answer] = {}
    orders: tuple[Order, ...] = ()
    those: tuple[Attendance, ...] = ()


class Answers:
    """The answers of one `Duty` under the same rules, with a call feed that can tell the same. `everybody` is what was
    found when today was asked for last."""

    def __init__(self, rules: FloorRules, tells: tuple[bool, float]) -> None:
        self.rules = rules
        self.tells = tells
        self.by_date: dict[str, dict[str, Answer]] = {}
        self.everybody = Everybody("")


def answers_of(day: Day) -> Answers:
    """Those that may be used on this day's floor."""
    slot, rules, tells = day.floor.duty.__dict__, day.floor.rules, (day.sees_signs, day.feed_began)
    answers: Answers | None = slot.get("_kept_answers")
    if answers is None or answers.rules is not rules or answers.tells != tells:
        answers = slot["_kept_answers"] = Answers(rules, tells)
    return answers


def answer(day: Day, agent: str, answers: Answers) -> Answer:
    """How this person's shift of the day stands; kept."""
    floor, known = day.floor, answers.by_date.setdefault(day.date, {})
    before, spells = known.get(agent), floor.spells.get(agent)
    made = None if before is None else _still(before, spells, floor.at)
    if made is None:
        found, holds = judged(day, agent)
        made = Answer(found, spells, floor.at, *astuple(holds))
    known[agent] = made
    return made


def _still(before: Answer, spells: tuple[Spell, ...] | None, at: float) -> Answer | None:
    """The answer for these spells at this moment, if it can be had from another."""
    if not before.since <= at < max(before.until, before.grows_until):
        return None
    if before.spells is not spells and not is_alike(spells, before.spells, before.quiet_since, at):
        return None
    if before.until <= at and before.found is not None:
        return replace(before, found=grown(before.found, at, before.stays_since), spells=spells, since=at, until=at)
    return before if before.spells is spells else replace(before, spells=spells)
