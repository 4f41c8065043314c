"""What else becomes of a change of the plan: it is taken back, and those whom it concerns are told."""

from collections.abc import Iterator, Mapping, Sequence

from floorwatch.api import (
    Ask,
    Command,
    Field,
    FixedField,
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
    spoken,
)
from floorwatch_rosters.changes import change_of, concerned, holds, not_told
from floorwatch_rosters.request_words import Change, change_words
from floorwatch_rosters.who import name_of

LONGEST_WORD = 2_000


class Withdraws(Prefilled):
    """It no longer holds, and why."""

    name = "withdraw-duty"
    title = "Withdraw a swap, leave or assignment"
    rows = ("swap", "leave", "assignment", "mark", "excuse")
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """Which one, and the word without which nothing goes away."""
        return (FixedField(name="what", title=_("what")), TextField(name="word", title=_("why"), longest=LONGEST_WORD))

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Which one."""
        found = _entry(request.floor, request.row_key or "")
        return {} if found is None else {"what": _words(request.floor, found)}

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is taken back, and stays in the journal."""
        found = _entry(request.floor, request.row_key or "")
        if found is None:
            yield Toast(_("Choose a swap, a leave or an assignment first."), Tone.WARN)
        elif found.withdrawn:
            yield Toast(_("It was withdrawn already."))
        elif isinstance(found, duty.Leave) and found.source:
            yield Toast(_("It stands in {document}: change it there.").format(document=found.source), Tone.WARN)
        else:
            yield Happened(events.DutyWithdrawn(request.floor.at, entry=found.id, word=request.text("word")))
            yield Toast(_("Withdrawn, {what}.").format(what=_words(request.floor, found)))


class Tells(Prefilled):
    """Somebody was told of a change that concerns them."""

    name = "tell"
    title = "Told: a change of the plan"
    rows = ("swap", "leave", "assignment")
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """Of what, and who."""
        return (
            FixedField(name="what", title=_("what")),
            PersonField(name="agent", title=_("told"), hint=_("who was told")),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """The change, and the first of them whom nobody has told."""
        change = change_of(request.floor, request.row_key or "")
        if change is None:
            return {}
        waiting = not_told(request.floor, change)
        return {"what": change_words(request.floor, change), "agent": waiting[0] if waiting else ""}

    def run(self, request: Request) -> Iterator[Outcome]:
        """They know."""
        floor, agent = request.floor, request.text("agent")
        change = change_of(floor, request.row_key or "")
        if change is None:
            yield Toast(_("Choose a swap, a leave or an assignment first."), Tone.WARN)
        elif agent not in concerned(change):
            yield Toast(_("{who} is not concerned by it.").format(who=name_of(floor, agent)), Tone.WARN)
            yield Ask(self.name)
        elif told := floor.duty.told.get((change.id, agent)):
            time = spoken.clock_minute(told.at, floor.rules.days.zone)
            said = _("{who} was told by {by} at {time} already.")
            yield Toast(said.format(who=name_of(floor, agent), by=told.by, time=time))
        else:
            yield Happened(events.AgentTold(floor.at, about=change.id, agent=agent))
            yield Toast(_told(floor, change, agent))


def change_commands() -> Sequence[Command]:
    """All of them."""
    return (Withdraws(), Tells())


def _entry(floor: FloorSnapshot, key: str) -> Change | duty.HandMark | duty.Excuse | None:
    kind, _colon, entry = key.partition(":")
    match kind:
        case "mark":
            return floor.duty.marks.get(entry)
        case "excuse":
            return floor.duty.excuses.get(entry)
        case _:
            return change_of(floor, key)


def _words(floor: FloorSnapshot, found: Change | duty.HandMark | duty.Excuse) -> str:
    match found:
        case duty.HandMark():
            what = {
                duty.MarkKind.CAME: _("{who} came at {time}"),
                duty.MarkKind.LEFT: _("{who} left at {time}"),
                duty.MarkKind.ABSENT: _("{who} is absent"),
            }[found.kind]
            time = spoken.clock_minute(found.moment, floor.rules.days.zone)
            return what.format(who=name_of(floor, found.agent), time=time)
        case duty.Excuse():
            said = _("excuse: {who}, {reason}")
            return said.format(who=name_of(floor, found.agent), reason=found.reason)
        case _:
            return change_words(floor, found)


def _told(floor: FloorSnapshot, change: Change, agent: str) -> str:
    left = ", ".join(name_of(floor, each) for each in not_told(floor, change) if each != agent)
    said = _("{who} knows: {what}. Not told yet: {people}.") if left else _("{who} knows: {what}.")
    if not holds(change):
        said = _("{who} knows: {what}. It is not granted.")
    return said.format(who=name_of(floor, agent), what=change_words(floor, change), people=left)
