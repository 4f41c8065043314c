"""Hours and duties given to somebody, most of all in the place of a person who is missing.

Rules
- `replace` is the one key: on somebody who is missing it shows who could come, on one of those it assigns them at once;
  anywhere else it opens the form of `assign`.
- Hours that end before they begin end on the next day, if that makes no more than `LONGEST_NIGHT_SECONDS`.
- What speaks against it is said with the entry; `u` takes it back.
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
    Known,
    Open,
    Option,
    Outcome,
    PersonField,
    Prefilled,
    Request,
    TextField,
    Toast,
    Tone,
    _,
    _p,
    duty,
    events,
    roster,
)
from floorwatch_rosters.changes import candidate_of, change_of
from floorwatch_rosters.gaps import Gap, candidates_for, gap_of, gap_of_leave, taken_by
from floorwatch_rosters.offers import offer_of, offer_values
from floorwatch_rosters.request_words import activity_names, assignment_words, objection_words
from floorwatch_rosters.typed_dates import date_typed, date_words, hours_typed, time_typed
from floorwatch_rosters.who import name_of, who

PANEL = "rosters"
LONGEST_WORD = 2_000
LONGEST_NIGHT_SECONDS = 12 * 3600.0
DAY_SECONDS = 86_400.0
MOST_OFFERED = 3
MISSING = frozenset({roster.Status.ABSENT, roster.Status.LEFT_EARLY, roster.Status.ON_LEAVE})


class Replaces(Command):
    """Somebody is missing: who could come, then assign."""

    name = "replace"
    title = "Replace: who could come, then assign"
    key = "f"
    rows = ("absence", "candidate", "agent")

    def run(self, request: Request) -> Iterator[Outcome]:
        """What comes next."""
        floor, key = request.floor, request.row_key or ""
        pair = candidate_of(floor, key) if key.startswith("candidate:") else None
        absent = request.subject("absence") or _missing(floor, request.subject("agent"))
        if pair is not None:
            yield from _assigned(floor, *pair)
        elif absent is not None:
            yield Open(PANEL, f"absence:{absent}")
        else:
            yield Ask("assign")


class Assigns(Prefilled):
    """Give somebody hours or a duty."""

    name = "assign"
    title = "Assign hours or a duty"
    rows = ("agent", "absence", "candidate", "leave", "gap", "offer")
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """Who, when, for what, in whose place."""
        activities = tuple(Option(activity.value, name) for activity, name in activity_names().items())
        return (
            FixedField(name="offered", title=_("best first")),
            PersonField(name="agent", title=_("who"), hint=_("number, seat or name")),
            TextField(name="date", title=_("date"), longest=20, hint=_("11-23, tomorrow")),
            TextField(name="start", title=_("from"), longest=20, hint="08:30"),
            TextField(name="end", title=_("to"), longest=20, hint=_("17:30; 25:30 is 01:30 of the next day")),
            PersonField(name="instead_of", title=_("in the place of"), required=False),
            ChoiceField(
                name="activity", title=_p("of work", "for"), options=activities, default=duty.Activity.PHONES.value
            ),
            TextField(
                name="layer",
                title=_("duty"),
                required=False,
                longest=40,
                suggestions=(_("lunch"), _("weekend"), _("evening")),
                hint=_("the name of a duty that is laid over the shift"),
            ),
            TextField(name="queue", title=_("queue"), required=False, known=Known.QUEUES, longest=80),
            TextField(name="word", title=_("why"), required=False, longest=LONGEST_WORD),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """In the place of somebody missing, or for hours that lack hands, the best who could come; else whoever the row
        is about, today."""
        floor, chosen = request.floor, request.subject("agent")
        if (offer := offer_of(floor, request.row_key or "")) is not None:
            return offer_values(floor, *offer)
        gap, pair = _gap_meant(request)
        if gap is None:
            today = roster.date_of(floor)
            return {"date": today} if chosen is None else {"agent": chosen, "date": today}
        offered = candidates_for(floor, gap)
        best = pair[0] if pair is not None else offered[0].agent if offered else ""
        date = floor.rules.days.local(gap.start).date().isoformat()
        return {
            "offered": ", ".join(_offer(floor, each) for each in offered[:MOST_OFFERED]),
            "agent": best,
            "date": date,
            "start": hours_typed(gap.start, date, floor.rules),
            "end": hours_typed(gap.end, date, floor.rules),
            "instead_of": gap.agent,
            "activity": gap.activity.value,
            "queue": gap.queue or "",
        }

    def run(self, request: Request) -> Iterator[Outcome]:
        """They have it."""
        try:
            assignment = _typed(request)
        except ValueError as mistake:
            yield Toast(str(mistake), Tone.WARN)
            yield Ask(self.name)
            return
        yield from _entered(request.floor, assignment)


def assign_commands() -> Sequence[Command]:
    """All of them."""
    return (Replaces(), Assigns())


def _typed(request: Request) -> duty.Assignment:
    """What the form says. Raises ValueError for what nobody can be given, in words."""
    floor, today = request.floor, roster.date_of(request.floor)
    agent, instead = request.text("agent"), request.text("instead_of") or None
    if agent == instead:
        said = _("{who} cannot come in their own place: name somebody else")
        raise ValueError(said.format(who=name_of(floor, agent)))
    date = date_typed(request.text("date"), today)
    start, end = (
        time_typed(request.text("start"), date, floor.rules),
        time_typed(request.text("end"), date, floor.rules),
    )
    if end <= start and 0 < end + DAY_SECONDS - start <= LONGEST_NIGHT_SECONDS:
        end = time_typed(request.text("end"), roster.moved(date, 1), floor.rules)
    if end <= start:
        raise ValueError(_("the hours end before they begin: 25:30 is 01:30 of the next day"))
    if end <= floor.at:
        raise ValueError(_("{date} is over: assign hours that are ahead").format(date=date_words(date, today)))
    return duty.Assignment(
        "", agent, roster.date_of(floor, start), start, end, duty.Activity(request.text("activity")), instead,
        request.text("queue") or None, request.text("layer"), request.text("word"), request.me, floor.at,
    )  # fmt: skip


def _entered(floor: FloorSnapshot, given: duty.Assignment) -> Iterator[Outcome]:
    against = objection_words(roster.assignment_objections(floor, given))
    yield Happened(
        events.ShiftAssigned(
            floor.at, agent=given.agent, date=given.date, start=given.start, end=given.end, activity=given.activity,
            instead_of=given.instead_of, queue=given.queue, layer=given.layer, word=given.word,
        )
    )  # fmt: skip
    said = (
        _("Assigned: {what}. Against it: {objections}. Not told yet.")
        if against
        else _("Assigned: {what}. Not told yet.")
    )
    yield Toast(said.format(what=assignment_words(floor, given), objections=against))


def _assigned(floor: FloorSnapshot, agent: str, instead_of: str) -> Iterator[Outcome]:
    """The one key: this candidate has all of the hours that are left."""
    gap = gap_of(floor, instead_of)
    if gap is None:
        yield Toast(_("{who} leaves no hours open.").format(who=name_of(floor, instead_of)), Tone.WARN)
        return
    taken = taken_by(floor, gap)
    if taken is not None:
        said = _("{who} comes in their place already.")
        yield Toast(said.format(who=name_of(floor, taken.agent)), Tone.WARN)
    elif agent not in {each.agent for each in candidates_for(floor, gap)}:
        yield Toast(_("{who} works or is away then.").format(who=name_of(floor, agent)), Tone.WARN)
    else:
        yield from _entered(
            floor,
            duty.Assignment(
                "", agent, gap.date, gap.start, gap.end, gap.activity, gap.agent, gap.queue, by="", at=floor.at
            ),
        )


def _gap_meant(request: Request) -> tuple[Gap | None, tuple[str, str] | None]:
    """The hours that the row leaves open, and the pair of a candidate's row."""
    floor, key = request.floor, request.row_key or ""
    if key.startswith("candidate:"):
        pair = candidate_of(floor, key)
        return (None if pair is None else gap_of(floor, pair[1])), pair
    change = change_of(floor, key)
    if isinstance(change, duty.Leave):
        return gap_of_leave(floor, change), None
    absent = request.subject("absence") or _missing(floor, request.subject("agent"))
    return (None if absent is None else gap_of(floor, absent)), None


def _missing(floor: FloorSnapshot, agent: str | None) -> str | None:
    """The agent, where somebody should come in their place."""
    seen = None if agent is None else roster.attendance_of(floor, agent)
    return agent if seen is not None and seen.status in MISSING else None


def _offer(floor: FloorSnapshot, one: roster.Candidate) -> str:
    said = _("{who} ({objections})") if one.objections else "{who}"
    return said.format(who=who(floor, one.agent), objections=objection_words(one.objections))
