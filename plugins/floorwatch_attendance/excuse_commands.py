"""An exception is nobody's fault, and why: accepted with one key where something offers itself, else by a form.

Rules
- `excuse` is the one key: on what offers itself it accepts it; on somebody, or on a time off the plan, it opens the
  form with the time and the reason that offers itself, so that Enter accepts; anywhere else it opens attendance.
- Raw figures stay as they are: an excuse stands beside them, with who gave it and when.
- `withdraw-duty` of the duty roster takes an excuse back, `u` the last one.
"""

from collections.abc import Iterator, Mapping, Sequence

from floorwatch.api import (
    Ask,
    Command,
    Field,
    FixedField,
    FloorSnapshot,
    Happened,
    Open,
    Outcome,
    PersonField,
    Prefilled,
    Request,
    TextField,
    TimeField,
    Toast,
    Tone,
    _,
    events,
    roster,
)
from floorwatch_attendance.excusing import (
    Span,
    deviation_of,
    proposal_for,
    proposal_of,
    span_of_deviation,
    span_to_excuse,
    whole,
)
from floorwatch_attendance.typed import is_known, typed_moment
from floorwatch_attendance.who import name_of, who_in_full
from floorwatch_attendance.wording import clock

PANEL = "attendance"
FORM = "write-excuse"
LONGEST_REASON = 200
LONGEST_WORD = 2_000
LONGEST_SECONDS = 24 * 3600.0


class Excuses(Command):
    """The one key: accept what offers itself, else the form."""

    name = "excuse"
    title = "Excuse: accept what offers itself, or say why"
    key = "j"
    rows = ("agent",)

    def run(self, request: Request) -> Iterator[Outcome]:
        """What comes next."""
        floor, key = request.floor, request.row_key or ""
        agent = request.subject("agent")
        if key.startswith("proposal:"):
            yield from _accepted(floor, key)
        elif key.startswith("deviation:"):
            yield Ask(FORM, key)
        elif agent is None:
            yield Open(PANEL)
        elif span_to_excuse(floor, agent) is None:
            yield Toast(_("{who}: there is nothing to excuse.").format(who=name_of(floor, agent)))
        else:
            yield Ask(FORM, key)


class Accepts(Command):
    """What offers itself holds."""

    name = "accept-excuse"
    title = "Accept this excuse"
    rows = ("proposal",)

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is entered as it stands."""
        if request.subject("proposal") is None:
            yield Toast(
                _("Choose an excuse that offers itself first: it stands behind the row of a person."), Tone.WARN
            )
        else:
            yield from _accepted(request.floor, request.row_key or "")


class WritesExcuse(Prefilled):
    """Why somebody was off the plan: the form that the key opens."""

    name = FORM
    title = "Excuse an exception"
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """What, why, from when to when, of whom."""
        reasons = (_("incident"), _("meeting"), _("help given"), _("approved break"), _("training"), _("traffic"))
        return (
            FixedField(name="who", title=_("who")),
            FixedField(name="what", title=_("what")),
            TextField(name="reason", title=_("reason"), suggestions=reasons, longest=LONGEST_REASON),
            TimeField(name="start", title=_("from")),
            TimeField(name="end", title=_("to")),
            TextField(name="word", title=_("word"), required=False, longest=LONGEST_WORD),
            PersonField(name="agent", title=_("of whom"), required=False, hint=_("number, seat or name")),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """The time that the row is about, and the reason that offers itself for it."""
        floor, agent = request.floor, _agent(request)
        if agent is None:
            return {}
        person = {"who": who_in_full(floor, agent), "agent": agent if is_known(floor, agent) else ""}
        span = _span(floor, agent, request.row_key or "")
        if span is None:
            return person
        offered = proposal_for(floor, agent, span)
        wanted = span if offered is None else whole(offered.start, offered.end)
        return {
            **person,
            "what": _("{what}, {start}-{end}").format(
                what=span.words, start=clock(floor, span.start), end=clock(floor, span.end)
            ),
            "reason": "" if offered is None else offered.reason[:LONGEST_REASON],
            "start": typed_moment(floor, wanted.start),
            "end": typed_moment(floor, wanted.end),
        }

    def run(self, request: Request) -> Iterator[Outcome]:
        """It stands beside the raw figures."""
        floor, agent = request.floor, request.text("agent") or _agent(request)
        start, end = request.time("start"), request.time("end")
        if not agent:
            yield Toast(_("Say of whom."), Tone.WARN)
            yield Ask(FORM)
        elif end <= start:
            said = _("An excuse ends after it begins: {start} to {end} does not.")
            yield Toast(said.format(start=clock(floor, start), end=clock(floor, end)), Tone.WARN)
            yield Ask(FORM)
        elif end - start > LONGEST_SECONDS:
            yield Toast(_("An excuse is of one shift: 24 hours at most. For longer, enter a leave."), Tone.WARN)
            yield Ask(FORM)
        else:
            yield from _entered(request, agent, start, end)


def excuse_commands() -> Sequence[Command]:
    """All of them."""
    return (Excuses(), Accepts(), WritesExcuse())


def _agent(request: Request) -> str | None:
    """Whom the row is about."""
    key = request.row_key or ""
    if key.startswith("deviation:"):
        found = deviation_of(key)
        return None if found is None else found[0]
    return request.subject("agent") or None


def _span(floor: FloorSnapshot, agent: str, key: str) -> Span | None:
    found = deviation_of(key) if key.startswith("deviation:") else None
    return span_to_excuse(floor, agent) if found is None else span_of_deviation(floor, *found)


def _accepted(floor: FloorSnapshot, key: str) -> Iterator[Outcome]:
    offered = proposal_of(floor, key)
    if offered is None:
        yield Toast(_("This no longer offers itself: it was accepted, or there is nothing left to excuse."))
        return
    yield from _excused(floor, offered.agent, whole(offered.start, offered.end), offered.reason, "", offered.key)


def _entered(request: Request, agent: str, start: float, end: float) -> Iterator[Outcome]:
    floor, reason = request.floor, request.text("reason")
    offered = (each for each in roster.proposals(floor, agent) if each.start < end and start < each.end)
    proposal = next((each.key for each in offered if each.reason[:LONGEST_REASON].strip() == reason), "")
    yield from _excused(floor, agent, Span(start, end, ""), reason, request.text("word"), proposal)


def _excused(floor: FloorSnapshot, agent: str, span: Span, reason: str, word: str, proposal: str) -> Iterator[Outcome]:
    yield Happened(
        events.ExceptionExcused(
            floor.at, agent=agent, start=span.start, end=span.end, reason=reason, word=word, proposal=proposal
        )
    )
    said = _("{who}: excused {start}-{end}, {reason}. The figures as seen stay.")
    start, end = clock(floor, span.start), clock(floor, span.end)
    yield Toast(said.format(who=name_of(floor, agent), start=start, end=end, reason=reason))
