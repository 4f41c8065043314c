"""Leave: what is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date as Date  # noqa: N812  # a date is a text here
from datetime import datetime, timedelta

from floorwatch.api import (
    Ask,
    Command,
    Field,
    FloorRules,
    FloorSnapshot,
    Happened,
    Outcome,
    PersonField,
    Prefilled,
    Request,
    TextField,
    Toast,
    Tone,
    _,
    duty,
    events,
    roster,
)
from floorwatch_rosters.request_words import leave_words, objection_words
from floorwatch_rosters.typed_dates import Typed, moment_typed
from floorwatch_rosters.who import name_of

LONGEST_WORD = 2_000
LONGEST_DAYS = 366


class AsksLeave(Prefilled):
    """Ask for leave of somebody."""

    name = "leave"
    title = "Leave"
    rows = ("agent", "absence")
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """Whose, from when to when, of what kind."""
        kinds = (_("annual"), _("sick"), _("personal"), _("compensatory"), _("training"))
        return (
            PersonField(name="agent", title=_("who"), hint=_("number, seat or name")),
            TextField(name="start", title=_("from"), longest=40, hint=_("11-23, tomorrow, or 11-23 13:30")),
            TextField(
                name="end",
                title=_("to"),
                required=False,
                longest=40,
                hint=_("the same; to the end of the day if empty"),
            ),
            TextField(name="kind", title=_("kind"), required=False, longest=40, suggestions=kinds),
            TextField(name="word", title=_("why"), required=False, longest=LONGEST_WORD),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Whoever the row is about; whoever is missing, from today on."""
        absent = request.subject("absence")
        agent = absent or request.subject("agent")
        start = "" if absent is None else roster.date_of(request.floor)
        return {} if agent is None else {"agent": agent, "start": start}

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is asked for; the head has to approve it, and HR to file it."""
        floor = request.floor
        try:
            leave = _leave_typed(request)
        except ValueError as mistake:
            yield Toast(str(mistake), Tone.WARN)
            yield Ask(self.name)
            return
        yield Happened(
            events.LeaveRequested(
                floor.at, agent=leave.agent, start=leave.start, end=leave.end, kind=leave.kind, word=leave.word
            )
        )
        against = objection_words(roster.leave_objections(floor, leave))
        said = _("Asked for, {leave}. Against it: {objections}.") if against else _("Asked for, {leave}.")
        yield Toast(said.format(leave=leave_words(floor, leave), objections=against))


def leave_commands() -> Sequence[Command]:
    """All of them."""
    return (AsksLeave(),)


def _leave_typed(request: Request) -> duty.Leave:
    """What the form says. Raises ValueError for what is no leave, in words."""
    floor, agent = request.floor, request.text("agent")
    start, end = _span_typed(request)
    if end <= start:
        raise ValueError(_("the leave ends before it begins: write a later end"))
    if end - start > LONGEST_DAYS * 86_400.0:
        raise ValueError(_("that is more than a year: look at the dates again"))
    leave = duty.Leave("", agent, start, end, request.text("kind"), request.text("word"), request.me, floor.at)
    _check_new(floor, leave)
    return leave


def _span_typed(request: Request) -> tuple[float, float]:
    rules, today = request.floor.rules, roster.date_of(request.floor)
    start = moment_typed(request.text("start"), today, rules)
    typed = request.text("end")
    end = moment_typed(typed, start.date, rules) if typed else Typed(start.date)
    first = _midnight(start.date, rules) if start.at is None else start.at
    return first, _midnight(end.date, rules, days=1) if end.at is None else end.at


def _midnight(date: str, rules: FloorRules, days: int = 0) -> float:
    return datetime.combine(
        Date.fromisoformat(date) + timedelta(days=days), datetime.min.time(), rules.days.zone
    ).timestamp()


def _check_new(floor: FloorSnapshot, leave: duty.Leave) -> None:
    """Raises ValueError where leave of this time waits or is granted already."""
    for each in floor.duty.leaves.values():
        is_known = each.agent == leave.agent and each.is_open_or_filed
        if is_known and each.start <= leave.start and leave.end <= each.end:
            said = _("{who} has leave then already, or has asked for it: {leave}")
            raise ValueError(said.format(who=name_of(floor, leave.agent), leave=leave_words(floor, each)))
