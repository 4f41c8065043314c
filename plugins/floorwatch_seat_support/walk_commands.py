"""What a person does on a walk: begins it, was at a seat, passes one, ends it.

Rules
- The row under the cursor is meant; without one, whoever is next on the way.
- Who was at a seat where an answer or a follow-up waits is asked for it at once; the walk goes on all the same.
"""

from collections.abc import Iterator, Sequence

from floorwatch.api import Ask, Command, Happened, Open, Outcome, Request, Toast, Tone, _, events
from floorwatch_seat_support.duty import team_of
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.subject import subject_under_cursor
from floorwatch_seat_support.walk_order import Reason, Why, stops, walk_of
from floorwatch_seat_support.who import who

PANEL = "walk"


def walk_commands(limits: Limits) -> Sequence[Command]:
    """All of them."""
    return (Walks(limits), Visits(limits), Passes(limits), EndsWalk())


class Walks(Command):
    """Begin a walk, or see the one that is under way."""

    name = "walk"
    title = "Walk the floor"
    key = "w"

    def __init__(self, limits: Limits) -> None:
        """`limits` say who has which team."""
        self._limits = limits

    def run(self, request: Request) -> Iterator[Outcome]:
        """The panel, with a walk under way."""
        floor = request.floor
        walk = walk_of(floor, request.me)
        if walk is None or not walk.is_open:
            yield Happened(events.WalkBegan(floor.at, team=team_of(floor, request.me, self._limits)))
        yield Open(PANEL)


class Visits(Command):
    """Somebody was there, and there is nothing to note."""

    name = "visited"
    title = "Was at the seat"
    key = "v"
    rows = ("agent",)

    def __init__(self, limits: Limits) -> None:
        """`limits` say who is next."""
        self._limits = limits

    def run(self, request: Request) -> Iterator[Outcome]:
        """The visit counts, and the walk goes on."""
        agent = _meant(request, self._limits)
        if agent is None:
            yield _nobody(request)
            return
        yield Happened(events.SeatVisited(request.floor.at, agent=agent, seat=_seat(request, agent)))
        reason = _reason(request, self._limits, agent)
        if reason is not None and reason.help:
            yield Ask("answer-help", f"help:{reason.help}")
        elif reason is not None and reason.note:
            yield Ask("follow-up-done", f"note:{reason.note}")
        else:
            yield Toast(_("Visited: {who}").format(who=who(request.floor, agent)))


class Passes(Command):
    """Go on without a visit."""

    name = "pass-seat"
    title = "Next seat"
    key = "x"
    rows = ("agent",)

    def __init__(self, limits: Limits) -> None:
        """`limits` say who is next."""
        self._limits = limits

    def run(self, request: Request) -> Iterator[Outcome]:
        """The seat is left out for the rest of the walk."""
        walk = walk_of(request.floor, request.me)
        agent = _meant(request, self._limits)
        if walk is None or not walk.is_open:
            yield Toast(_("No walk is under way."), Tone.WARN)
        elif agent is None:
            yield _nobody(request)
        else:
            yield Happened(events.SeatPassed(request.floor.at, agent=agent, seat=_seat(request, agent)))
            yield Toast(_("Passed: {who}").format(who=who(request.floor, agent)))


class EndsWalk(Command):
    """The walk is over."""

    name = "end-walk"
    title = "End the walk"
    key = "e"

    def run(self, request: Request) -> Iterator[Outcome]:
        """The panel shows what it came to: a word above it would only cover that."""
        walk = walk_of(request.floor, request.me)
        if walk is None or not walk.is_open:
            yield Toast(_("No walk is under way."), Tone.WARN)
            return
        yield Happened(events.WalkEnded(request.floor.at))
        yield Open(PANEL)


def _meant(request: Request, limits: Limits) -> str | None:
    """The agent of the row; without a row, who is next in the walk that is under way."""
    subject = subject_under_cursor(request)
    if subject is not None:
        return subject.agent
    walk = walk_of(request.floor, request.me)
    if walk is None or not walk.is_open or request.row_key is not None:
        return None
    return next((stop.agent.id for stop in stops(request.floor, limits, walk, request.me)), None)


def _reason(request: Request, limits: Limits, agent: str) -> Reason | None:
    """Why to go there, where an answer or a follow-up waits."""
    walk = walk_of(request.floor, request.me)
    found = (each.reason for each in stops(request.floor, limits, walk, request.me) if each.agent.id == agent)
    reason = next(found, None)
    return reason if reason is not None and reason.why in (Why.HELP, Why.FOLLOW_UP) else None


def _seat(request: Request, agent: str) -> str | None:
    known = request.floor.agents.get(agent)
    return None if known is None else known.seat


def _nobody(request: Request) -> Toast:
    said = _("Choose somebody first.") if request.row_key is None else _("This row is about nobody.")
    return Toast(said, Tone.WARN)
