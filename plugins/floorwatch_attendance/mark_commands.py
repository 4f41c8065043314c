"""A person says what they see: somebody came, left, or is absent.

Rules
- A mark stands above punches and the telephone system, and says who made it; `withdraw-duty` takes it back.
- It belongs to the shift around its moment: at 01:00 somebody of the night shift is marked for the evening before.
- Nobody is marked for a moment that is still to come.
"""

from collections.abc import Iterator, Mapping, Sequence

from floorwatch.api import (
    Ask,
    ChoiceField,
    Command,
    Field,
    FixedField,
    FloorSnapshot,
    Happened,
    Open,
    Option,
    Outcome,
    PersonField,
    Prefilled,
    Request,
    TextField,
    TimeField,
    Toast,
    Tone,
    _,
    duty,
    events,
    roster,
)
from floorwatch_attendance.typed import is_known
from floorwatch_attendance.who import name_of, who_in_full
from floorwatch_attendance.wording import clock, hours_of, status_name

PANEL = "attendance"
LONGEST_WORD = 2_000
AROUND_SECONDS = 6 * 3600.0
"""So long before and after a shift a mark is still of it, as a punch is."""


class OpensAttendance(Command):
    """Who is here; on somebody, their day; there, the mark."""

    name = "attendance"
    title = "Attendance: who is here, then mark"
    key = "k"
    rows = ("agent", "team")

    def run(self, request: Request) -> Iterator[Outcome]:
        """The panel, somebody's day in it, or what is done about them there."""
        agent, team = request.subject("agent"), request.subject("team")
        if team is not None:
            yield Open(PANEL, f"team:{team}")
        elif agent is None:
            yield Open(PANEL)
        elif request.panel == PANEL:
            yield Ask("mark", f"agent:{agent}")
        else:
            yield Open(PANEL, f"agent:{agent}")


class Marks(Prefilled):
    """Somebody came, left, or is absent."""

    name = "mark"
    title = "Mark: came, left, absent"
    rows = ("agent",)
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """What was seen, when, of whom. The letter of a kind marks at once."""
        kinds = (
            Option(duty.MarkKind.CAME.value, _("came"), "c", sends=True),
            Option(duty.MarkKind.LEFT.value, _("left"), "l", sends=True),
            Option(duty.MarkKind.ABSENT.value, _("absent"), "a", sends=True),
        )
        return (
            FixedField(name="who", title=_("who")),
            FixedField(name="now", title=_("now")),
            ChoiceField(name="kind", title=_("what"), options=kinds),
            TimeField(name="moment", title=_("at"), required=False, hint=_("now, unless you write a time")),
            TextField(name="word", title=_("word"), required=False, longest=LONGEST_WORD),
            PersonField(name="agent", title=_("of whom"), required=False, hint=_("number, seat or name")),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Who, and how they stand."""
        floor, agent = request.floor, request.subject("agent")
        if not agent:
            return {}
        each = roster.attendance_of(floor, agent)
        now = _("{status}; roster {hours}")
        words = (
            now.format(status=status_name(each.status), hours=hours_of(floor, each.planned)) if each is not None else ""
        )
        return {"who": who_in_full(floor, agent), "now": words, "agent": agent if is_known(floor, agent) else ""}

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is marked."""
        floor, agent = request.floor, request.text("agent") or request.subject("agent")
        kind, moment = duty.MarkKind(request.text("kind")), request.time("moment")
        if not agent:
            yield Toast(_("Say of whom."), Tone.WARN)
            yield Ask(self.name)
        elif moment > floor.at:
            said = _("{time} is still to come: mark what was seen.")
            yield Toast(said.format(time=clock(floor, moment)), Tone.WARN)
            yield Ask(self.name)
        elif (already := _already(floor, agent, kind, moment)) is not None:
            yield already
        else:
            date = date_of_mark(floor, agent, moment)
            word = request.text("word")
            yield Happened(
                events.AttendanceMarked(floor.at, agent=agent, date=date, kind=kind, moment=moment, word=word)
            )
            yield Toast(_marked(floor, agent, kind, moment))


def mark_commands() -> Sequence[Command]:
    """All of them."""
    return (OpensAttendance(), Marks())


def date_of_mark(floor: FloorSnapshot, agent: str, moment: float) -> str:
    """The day that the mark belongs to: that of the shift that runs then, else of the one that it is nearest to."""
    today = roster.date_of(floor, moment)
    found = {}
    for date in (today, roster.moved(today, -1), roster.moved(today, 1)):
        planned = roster.plan_of(floor, date).by_agent.get(agent)
        if planned is not None and planned.start is not None and planned.end is not None:
            found[date] = max(0.0, planned.start - moment, moment - planned.end)
    nearest = min(found, key=found.__getitem__, default=today)
    return nearest if found.get(nearest, 0.0) < AROUND_SECONDS else today


def _already(floor: FloorSnapshot, agent: str, kind: duty.MarkKind, moment: float) -> Toast | None:
    """That the last mark of the day says the same."""
    date = date_of_mark(floor, agent, moment)
    those = [m for m in floor.duty.marks.values() if m.agent == agent and m.date == date and not m.withdrawn]
    last = max(those, key=lambda mark: mark.at, default=None)
    is_same = kind is duty.MarkKind.ABSENT or (last is not None and abs(last.moment - moment) < 60)
    if last is None or last.kind is not kind or not is_same:
        return None
    said = _("{by} has marked that at {time} already.")
    return Toast(said.format(by=last.by or _("Somebody"), time=clock(floor, last.at)))


def _marked(floor: FloorSnapshot, agent: str, kind: duty.MarkKind, moment: float) -> str:
    said = {
        duty.MarkKind.CAME: _("{who}: marked as come at {time}."),
        duty.MarkKind.LEFT: _("{who}: marked as gone at {time}."),
        duty.MarkKind.ABSENT: _("{who}: marked as absent."),
    }[kind]
    return said.format(who=name_of(floor, agent), time=clock(floor, moment))
