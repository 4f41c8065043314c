"""What of somebody's attendance calls for a person: the worst of it in words, with its tone and what acts on it.

Rules
- One person is one matter, the worst: absent, due, on a break over its limit, gone early, late, then what witnesses
  disagree about.
- What is excused, and an absence in whose place somebody comes, stay in sight and call for nobody.
- Whoever is in a call is not on a break.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import takewhile
from operator import attrgetter

from msgspec import Struct

from floorwatch.api import FloorSnapshot, Tone, _, roster
from floorwatch_attendance.limits import Limits
from floorwatch_attendance.who import name_of
from floorwatch_attendance.wording import break_name, doubt_words

REPLACE, MARK, EXCUSE = "replace", "attendance", "excuse"
"""The commands that act: `replace` is that of the duty roster, `attendance` marks where it is shown already."""


class Kind(StrEnum):
    """What it is, the worst first."""

    ABSENT = "absent"
    DUE = "due"
    BREAK = "break"
    LEFT_EARLY = "left_early"
    LATE = "late"
    DOUBT = "doubt"


class Matter(Struct, frozen=True):
    """One of them. `since` is when it began; `seconds` is how long it was where it is over, else it runs. `is_settled`:
    it calls for nobody any more."""

    kind: Kind
    each: roster.Attendance
    text: str
    tone: Tone
    since: float | None
    command: str
    seconds: float | None = None
    is_settled: bool = False

    @property
    def agent(self) -> str:
        """Whose."""
        return self.each.agent


class Matters:
    """Finds them on one floor; holds what is the same for everybody."""

    def __init__(self, floor: FloorSnapshot, limits: Limits) -> None:
        self._floor = floor
        self._limits = limits
        self._stand_ins = stand_ins(floor)

    def of_all(self, those: Iterable[roster.Attendance]) -> list[Matter]:
        """Of these people, in their order, exceptions first; the settled ones last."""
        wrong = takewhile(attrgetter("is_exception"), those)
        found = [matter for each in wrong if (matter := self.of(each)) is not None]
        return sorted(found, key=lambda matter: matter.is_settled)

    def of(self, each: roster.Attendance) -> Matter | None:
        """The worst of one person; None: all is as it should be."""
        if each.status is roster.Status.ABSENT:
            return self._absent(each)
        if each.status is roster.Status.DUE:
            return Matter(Kind.DUE, each, _("due"), Tone.NOTICE, begun_at(each, self._floor.at), MARK)
        found = (self._over(each), self._early(each), self._late(each), self._doubted(each))
        matters = [matter for matter in found if matter is not None]
        return next((matter for matter in matters if not matter.is_settled), next(iter(matters), None))

    def _absent(self, each: roster.Attendance) -> Matter:
        since = each.planned.start if each.planned is not None else None
        stand_in = self._stand_ins.get(each.agent)
        if stand_in is not None:
            text = _("absent, {who} comes").format(who=name_of(self._floor, stand_in))
            return Matter(Kind.ABSENT, each, text, Tone.MUTED, since, "", is_settled=True)
        if self._is_excused(each, self._floor.at):
            return Matter(Kind.ABSENT, each, _("absent, excused"), Tone.MUTED, since, "", is_settled=True)
        unfiled = roster.Doubt.LEAVE_NOT_FILED in each.doubts
        text = _("absent, leave not granted yet") if unfiled else _("absent")
        age = self._floor.at - since if since is not None else 0.0
        tone = Tone.ALARM if age >= self._limits.absent_alarm_seconds else Tone.WARN
        return Matter(Kind.ABSENT, each, text, tone, since, REPLACE)

    def _over(self, each: roster.Attendance) -> Matter | None:
        taken = each.on_break
        if taken is None or taken.limit is None or not taken.is_over or self._is_in_call(each.agent):
            return None
        since = taken.start + taken.limit
        if self._is_excused(each, self._floor.at):
            return None
        text = _("{reason} over its limit").format(reason=break_name(taken))
        tone = Tone.WARN if taken.over >= self._limits.break_warn_seconds else Tone.NOTICE
        return Matter(Kind.BREAK, each, text, tone, since, EXCUSE)

    def _early(self, each: roster.Attendance) -> Matter | None:
        if each.early <= 0:
            return None
        excused = each.adjusted_early <= 0
        text = _("left early, excused") if excused else _("left early")
        tone = Tone.MUTED if excused else Tone.NOTICE
        command = "" if excused else EXCUSE
        return Matter(Kind.LEFT_EARLY, each, text, tone, each.left, command, each.early, is_settled=excused)

    def _late(self, each: roster.Attendance) -> Matter | None:
        if each.late <= 0:
            return None
        excused = each.adjusted_late <= 0
        text = _("late, excused") if excused else _("late")
        tone = Tone.MUTED if excused else Tone.NOTICE
        command = "" if excused else EXCUSE
        return Matter(Kind.LATE, each, text, tone, each.came, command, each.late, is_settled=excused)

    def _doubted(self, each: roster.Attendance) -> Matter | None:
        if not each.doubts:
            return None
        text = ", ".join(doubt_words(self._floor, each, doubt) for doubt in each.doubts)
        return Matter(Kind.DOUBT, each, text, Tone.NOTICE, _doubted_since(each), MARK)

    def _is_in_call(self, agent: str) -> bool:
        known = self._floor.agents.get(agent)
        return known is not None and bool(known.calls)

    def _is_excused(self, each: roster.Attendance, at: float) -> bool:
        excuses = (self._floor.duty.excuses.get(key) for key in each.excuses)
        return any(excuse is not None and excuse.start <= at < excuse.end for excuse in excuses)


def stand_ins(floor: FloorSnapshot) -> Mapping[str, str]:
    """By whoever is absent: who was given hours in their place that are not over."""
    return {
        each.instead_of: each.agent
        for each in floor.duty.assignments.values()
        if each.instead_of is not None and not each.withdrawn and each.end > floor.at and each.start < floor.at + 86_400
    }


def begun_at(each: roster.Attendance, at: float) -> float | None:
    """When the part of the shift that runs began."""
    begun, ended = None, None
    for stint in each.planned.stints if each.planned is not None else ():
        if stint.start > at:
            break
        if ended is None or stint.start > ended:
            begun = stint.start
        ended = stint.end
    return begun


def _doubted_since(each: roster.Attendance) -> float | None:
    start = each.planned.start if each.planned is not None else None
    seen = {
        roster.Doubt.PUNCHED_NOT_SIGNED: each.punched_in,
        roster.Doubt.SIGNED_NOT_PUNCHED: each.signed_in,
    }.get(each.doubts[0], each.came)
    return seen if start is None or seen is None else max(seen, start)
