"""Call-backs: a command that notes one, a command that strikes it off, and a panel of those that are open."""

from collections.abc import Mapping, Sequence
from typing import Any

from floorwatch.api import (
    Align,
    Cell,
    ChoiceField,
    Column,
    Field,
    FloorSnapshot,
    Happened,
    Known,
    Needs,
    NoOptions,
    Notice,
    Option,
    Outcome,
    Panel,
    PersonField,
    Prefilled,
    Request,
    Row,
    Table,
    TextField,
    TimeField,
    Toast,
    Tone,
    Topic,
    View,
    _,
    events,
    spoken,
)

KEPT = "call-back"
OVERDUE = ((0.0, Tone.WARN), (600.0, Tone.ALARM))


def reasons() -> dict[str, str]:
    """Why someone is called back, in words."""
    return {
        "promised": _("it was promised"),
        "cut-off": _("the line was cut off"),
        "gave-up": _("the caller gave up"),
        "other": _("other"),
    }


class CallBackLater(Prefilled):
    """Who calls back, when, why: in the palette, on `C`, in an agent's menu and as `floorwatch call-back-later`."""

    name = "call-back-later"
    title = "Call back later"
    rows = ("agent",)
    key = "C"
    cli = True

    @property
    def parameters(self) -> Sequence[Field]:
        """The fields of its form."""
        why = tuple(Option(value, title) for value, title in reasons().items())
        common = (_("refund"), _("delivery"), _("contract"), _("complaint"))
        return (
            PersonField(name="who", title=_("who")),
            TimeField(name="when", title=_("when"), default="+15m", hint=_("10:40, +15m")),
            ChoiceField(name="why", title=_("why"), options=why, default="promised"),
            TextField(
                name="note", title=_("note"), required=False, known=Known.QUEUES, suggestions=common, longest=120
            ),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """The agent under the cursor, if there is one."""
        agent = request.subject("agent")
        return {"who": agent} if agent else {}

    def run(self, request: Request) -> Sequence[Outcome]:
        """The call-back is kept as floor.custom["call-back"] under a subject of its own, and said."""
        at, who, when = request.floor.at, request.text("who"), request.time("when")
        kept = {"who": who, "when": when, "why": request.text("why"), "note": request.text("note"), "noted": at}
        said = _("{name} calls back at {time}.").format(
            name=_name(request.floor, who), time=_clock(request.floor, when)
        )
        return [Happened(events.Custom(at, KEPT, f"{who} {when:.0f}", kept)), Toast(said)]


class CallBackDone(Prefilled):
    """In the menu of a call-back's row."""

    name = "call-back-done"
    title = "Call-back done"
    rows = (KEPT,)

    @property
    def parameters(self) -> Sequence[Field]:
        """Which one, by its name in the list."""
        return (TextField(name="which", title=_("which")),)

    def prefill(self, request: Request) -> Mapping[str, str]:
        """The call-back under the cursor, if there is one."""
        which = request.subject(KEPT)
        return {"which": which} if which else {}

    def run(self, request: Request) -> Sequence[Outcome]:
        """It is forgotten; a word where there is no such call-back."""
        which = request.text("which")
        if which not in request.floor.custom.get(KEPT, {}):
            return [Toast(_("This call-back is not there any more."), Tone.WARN)]
        return [Happened(events.Custom(request.floor.at, KEPT, which)), Toast(_("Done."))]


class CallBacks(Panel):
    """One row a call-back that is open, the next one first."""

    name = "call-backs"
    title = "Call-backs"
    needs = Needs(topics=frozenset({Topic.AGENTS, Topic.CUSTOM}), every_seconds=15.0)

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        """The list; one sentence where nothing was noted."""
        columns = (
            Column("when", _("when"), 6),
            Column("overdue", _("overdue"), 8, Align.RIGHT),
            Column("who", _("who"), 10, flex=1),
            Column("why", _("why"), 10, flex=1, drop=1),
            Column("note", _("note"), 10, flex=2, drop=2),
        )
        noted = floor.custom.get(KEPT, {})
        rows = [_row(floor, subject, noted[subject]) for subject in sorted(noted, key=lambda each: _due(noted[each]))]
        return Table(columns, tuple(rows), empty=_("No call-back is noted."))

    def detail(self, floor: FloorSnapshot, options: NoOptions, row_key: str) -> View:
        """All that was noted of one call-back."""
        kept = floor.custom.get(KEPT, {}).get(row_key.removeprefix(f"{KEPT}:"))
        if kept is None:
            return Notice(_("This call-back is not there any more."))
        facts = (
            (_("who"), Cell(_name(floor, _word(kept, "who")))),
            (_("when"), Cell(_clock(floor, _due(kept)))),
            (_("why"), Cell(_why(kept))),
            (_("note"), Cell(_word(kept, "note") or spoken.NOTHING)),
            (_("noted"), Cell.age(_moment(kept, "noted"))),
        )
        return Table.of_facts(facts)


def _row(floor: FloorSnapshot, subject: str, kept: Mapping[str, Any]) -> Row:
    due = _due(kept)
    cells = (
        Cell(_clock(floor, due), sort=due),
        Cell.age(due, OVERDUE) if due <= floor.at else Cell(),
        Cell(_name(floor, _word(kept, "who"))),
        Cell(_why(kept)),
        Cell(_word(kept, "note")),
    )
    return Row(f"{KEPT}:{subject}", cells)


def _name(floor: FloorSnapshot, person: str) -> str:
    agent = floor.agents.get(person)
    return agent.name if agent else person


def _clock(floor: FloorSnapshot, at: float) -> str:
    return spoken.clock_minute(at, floor.rules.days.zone)


def _why(kept: Mapping[str, Any]) -> str:
    word = _word(kept, "why")
    return reasons().get(word, word)


def _due(kept: Mapping[str, Any]) -> float:
    return _moment(kept, "when")


def _word(kept: Mapping[str, Any], name: str) -> str:
    return str(kept.get(name) or "")


def _moment(kept: Mapping[str, Any], name: str) -> float:
    """Epoch seconds; 0 where the feed that brought the note has no such number."""
    value = kept.get(name)
    return float(value) if isinstance(value, int | float) else 0.0
