"""The alerts of attendance: what *needs you* and the alert log have of who is missing, late or too long away.

Rules
- One alert a person, the worst of them; what is excused or replaced calls for nobody.
- Nobody is accused by silence: where no feed could have shown them, nothing is said (`fresh`).
- What is the same with many of one team is one alert of the team: half a floor that is late is one thing to do.
- A text stays the same while nothing happens; what passes is the age, from `since` on.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from floorwatch.api import Alert, AlertRule, AlertTone, FloorSnapshot, NoOptions, Tone, _, _n, duty, roster
from floorwatch_attendance.fresh import Witnesses
from floorwatch_attendance.limits import Limits
from floorwatch_attendance.matters import Kind, Matter, Matters, begun_at
from floorwatch_attendance.who import team_of
from floorwatch_attendance.wording import clock, hours_of

MOST = 500
"""Alerts of one rule at one moment; more than that are of more teams than any floor has."""

TELLING = (roster.Doubt.PUNCHED_NOT_SIGNED, roster.Doubt.SIGNED_NOT_PUNCHED, roster.Doubt.OFF_ROSTER)
"""What witnesses disagree about now; a mark that says otherwise is somebody's decision, a code a matter of the file."""

_TONES = {Tone.ALARM: AlertTone.ALARM, Tone.WARN: AlertTone.WARN}
_URGENCY = tuple(AlertTone)


def rules(limits: Limits) -> Sequence[AlertRule]:
    """All of them, which look at the same matters."""
    all_matters = AllMatters(limits)
    kinds = (Absent, Late, BreakOver, LeftEarly, WitnessesDisagree)
    return tuple(kind(limits, all_matters) for kind in kinds)


class AllMatters:
    """Everybody's matters at one moment: found once for all rules, which are asked one after the other."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._found: tuple[FloorSnapshot | None, Sequence[Matter]] = (None, ())

    def at(self, floor: FloorSnapshot) -> Sequence[Matter]:
        """Those of this floor."""
        if self._found[0] is not floor:
            self._found = floor, Matters(floor, self._limits).of_all(roster.attendance(floor))
        return self._found[1]


class OfPeople(AlertRule):
    """Something that is the matter with people, by person or by team."""

    kinds: frozenset[Kind]

    def __init__(self, limits: Limits, all_matters: AllMatters) -> None:
        self._limits = limits
        self._all_matters = all_matters

    def check(self, floor: FloorSnapshot, options: NoOptions) -> Iterator[Alert]:  # noqa: ARG002  # it has none
        """One a person, or a team of many."""
        witnesses = Witnesses(floor, self._limits)
        by_team: dict[str, list[Matter]] = {}
        for matter in self._all_matters.at(floor):
            if matter.kind in self.kinds and not matter.is_settled and self._calls(floor, witnesses, matter):
                by_team.setdefault(team_of(floor, matter.agent), []).append(matter)
        yield from islice(self._alerts(floor, by_team), MOST)

    def _alerts(self, floor: FloorSnapshot, by_team: dict[str, list[Matter]]) -> Iterator[Alert]:
        for team, matters in by_team.items():
            if len(matters) >= self._limits.team_from:
                yield self._of_team(floor, team, matters)
            else:
                yield from (self._of_person(floor, matter) for matter in matters)

    def _of_person(self, floor: FloorSnapshot, matter: Matter) -> Alert:
        since = None if matter.since is None else min(matter.since, floor.at)
        tone = _TONES.get(matter.tone, AlertTone.NOTICE)
        subject = f"agent:{matter.agent}"
        return Alert(subject, self._words(floor, matter), tone, since, self._playbook(), matter.command)

    def _of_team(self, floor: FloorSnapshot, team: str, matters: list[Matter]) -> Alert:
        tones = [_TONES.get(matter.tone, AlertTone.NOTICE) for matter in matters]
        since = min((matter.since for matter in matters if matter.since is not None), default=floor.at)
        said = (
            _("{team}: {what}").format(team=team, what=self._count(len(matters))) if team else self._count(len(matters))
        )
        playbook = _("Look at the list, and find out what they have in common before you ask one by one.")
        return Alert(f"team:{team}", said, max(tones, key=_URGENCY.index), min(since, floor.at), playbook, "attendance")

    def _calls(self, floor: FloorSnapshot, witnesses: Witnesses, matter: Matter) -> bool:
        """Whether it calls for a person now."""
        raise NotImplementedError

    def _words(self, floor: FloorSnapshot, matter: Matter) -> str:  # noqa: ARG002  # what the panel says, unless more is known
        return matter.text

    def _count(self, n: int) -> str:
        """So many of them, in words."""
        raise NotImplementedError

    def _playbook(self) -> str:
        """What to do about one."""
        raise NotImplementedError


class Absent(OfPeople):
    """Nobody has seen them since their grace was over: a warning, an alarm while nobody comes in their place."""

    name = "absent"
    title = "Absent"
    kinds = frozenset({Kind.ABSENT})

    def _calls(self, floor: FloorSnapshot, witnesses: Witnesses, matter: Matter) -> bool:
        planned = matter.each.planned
        if planned is None or planned.start is None or planned.end is None or floor.at >= planned.end:
            return False
        return _is_marked_absent(floor, matter) or witnesses.sees(planned.start)

    def _words(self, floor: FloorSnapshot, matter: Matter) -> str:
        said = _("{what}, roster {hours}")
        return said.format(what=matter.text, hours=hours_of(floor, matter.each.planned))

    def _count(self, n: int) -> str:
        return _n("{n} absent", "{n} absent", n).format(n=n)

    def _playbook(self) -> str:
        return _("Call them; then replace them, mark them as come, or note the leave that was not filed.")


class Late(OfPeople):
    """The shift has begun without them, or they came after the grace."""

    name = "late"
    title = "Late"
    kinds = frozenset({Kind.DUE, Kind.LATE})

    def _calls(self, floor: FloorSnapshot, witnesses: Witnesses, matter: Matter) -> bool:
        if matter.kind is Kind.DUE:
            begun = begun_at(matter.each, floor.at)
            return begun is not None and witnesses.sees(begun)
        return matter.since is not None and 0 <= floor.at - matter.since < self._limits.late_told_seconds

    def _words(self, floor: FloorSnapshot, matter: Matter) -> str:
        if matter.kind is Kind.DUE:
            return _("due, not seen yet; roster {hours}").format(hours=hours_of(floor, matter.each.planned))
        said = _("came late, at {time}; roster {hours}")
        return said.format(time=clock(floor, matter.each.came), hours=hours_of(floor, matter.each.planned))

    def _count(self, n: int) -> str:
        return _n("{n} late or due", "{n} late or due", n).format(n=n)

    def _playbook(self) -> str:
        return _("Ask what kept them. An incident, a meeting or help given is an excuse: one key.")


class BreakOver(OfPeople):
    """A break is longer than the plan or the rules allow."""

    name = "break-over"
    title = "Break over its limit"
    kinds = frozenset({Kind.BREAK})

    def _calls(self, floor: FloorSnapshot, witnesses: Witnesses, matter: Matter) -> bool:  # noqa: ARG002  # the feed says so
        return witnesses.sees_signs

    def _count(self, n: int) -> str:
        return _n("{n} break over its limit", "{n} breaks over their limit", n).format(n=n)

    def _playbook(self) -> str:
        return _("Ask when they will be back, or excuse the break.")


class LeftEarly(OfPeople):
    """Gone before the end of the shift, and not back."""

    name = "left-early"
    title = "Left early"
    hold_seconds = 120.0
    kinds = frozenset({Kind.LEFT_EARLY})

    def _calls(self, floor: FloorSnapshot, witnesses: Witnesses, matter: Matter) -> bool:
        planned, left = matter.each.planned, matter.each.left
        if planned is None or planned.end is None or floor.at >= planned.end or matter.each.here:
            return False
        return left is not None and witnesses.sees(left)

    def _words(self, floor: FloorSnapshot, matter: Matter) -> str:
        said = _("left early, at {time}; roster {hours}")
        return said.format(time=clock(floor, matter.each.left), hours=hours_of(floor, matter.each.planned))

    def _count(self, n: int) -> str:
        return _n("{n} left early", "{n} left early", n).format(n=n)

    def _playbook(self) -> str:
        return _("Find out why, excuse it if it was agreed, and see who is left on the telephones.")


class WitnessesDisagree(OfPeople):
    """Punched in and not signed in, signed in and not punched in, here off the roster."""

    name = "witnesses-disagree"
    title = "Witnesses disagree"
    hold_seconds = 60.0
    kinds = frozenset({Kind.DOUBT})

    def _calls(self, floor: FloorSnapshot, witnesses: Witnesses, matter: Matter) -> bool:  # noqa: ARG002  # of the moment
        each = matter.each
        if not each.here or not any(doubt in TELLING for doubt in each.doubts):
            return False
        if roster.Doubt.PUNCHED_NOT_SIGNED in each.doubts:
            return witnesses.sees_signs
        if roster.Doubt.SIGNED_NOT_PUNCHED in each.doubts:
            return each.signed_in is not None and witnesses.sees_punches(each.signed_in)
        return True

    def _count(self, n: int) -> str:
        said = _n("{n} whose witnesses disagree", "{n} whose witnesses disagree", n)
        return said.format(n=n)

    def _playbook(self) -> str:
        return _("Look at the seat, and mark what you see.")


def _is_marked_absent(floor: FloorSnapshot, matter: Matter) -> bool:
    mark = floor.duty.marks.get(matter.each.marked)
    return mark is not None and mark.kind is duty.MarkKind.ABSENT
