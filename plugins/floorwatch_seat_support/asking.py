"""Asking for help: the commands `ask`, for the agent's own terminal, and `request-help`, for whoever stands beside.

Rules
- Where somebody is in line counts everyone who waits, whoever is on the way to them.
- Who asks the same again while it is open is told where they are, and is not in line twice.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from floorwatch.api import (
    Field,
    FloorSnapshot,
    Happened,
    Help,
    Known,
    Outcome,
    PersonField,
    Prefilled,
    Request,
    TextField,
    Toast,
    _,
    events,
)
from floorwatch_seat_support.asked_before import key_of
from floorwatch_seat_support.who import agent_called, who

LONGEST_QUESTION = 2_000

Place: TypeAlias = Callable[[Sequence[Help]], str]
"""Says where somebody is in line, given who is before them."""


class Asks(Prefilled):
    """`floorwatch ask "..."`: from an agent's own terminal, without any feed."""

    name = "ask"
    title = "Ask for help"
    cli = True
    reads_feeds = False
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """What is asked, and by whom: whoever writes, unless somebody else is named."""
        return (
            _question(),
            TextField(name="agent", title=_("who asks"), required=False, known=Known.AGENTS, hint=_("you, if empty")),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Whoever writes."""
        return {"agent": request.me} if request.me else {}

    def run(self, request: Request) -> Iterator[Outcome]:
        """They are in line, and told where."""
        word = request.text("agent") or request.me
        if not word:
            yield Toast(_("Say who asks: nobody is known here yet."))
            return
        agent = agent_called(request.floor, word)
        yield from asked(request, agent, _your_place, is_own=word == request.me)


class RequestsHelp(Prefilled):
    """For an agent who waved: entered by whoever saw it."""

    name = "request-help"
    title = "Ask for help for somebody"
    rows = ("agent",)
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """For whom, and what they ask."""
        return (_question(), PersonField(name="agent", title=_("for whom")))

    def prefill(self, request: Request) -> Mapping[str, str]:
        """The agent of the row."""
        agent = request.subject("agent")
        return {"agent": agent} if agent else {}

    def run(self, request: Request) -> Iterator[Outcome]:
        """They are in line."""
        agent = request.text("agent")
        yield from asked(request, agent, lambda before: _their_place(request.floor, agent, before))


def asked(request: Request, agent: str, place: Place, *, is_own: bool = False) -> Iterator[Outcome]:
    """The request with seat, queue and call as they are now, and a word on where it stands in line. `is_own`: who asks
    is whoever writes, by whatever name they are known here."""
    floor, question = request.floor, request.text("question")
    line = [each for each in floor.support.queue_of_help if each.requested_at <= floor.at]
    for at, each in enumerate(line):
        is_theirs = each.agent == agent or (is_own and each.by == request.me)
        if is_theirs and key_of(each.question) == key_of(question):
            yield Toast(_("Asked already."))
            yield Toast(place(line[:at]))
            return
    known = floor.agents.get(agent)
    queue, call = known.calls[0] if known is not None and known.calls else (None, None)
    seat = None if known is None else known.seat
    yield Happened(events.HelpRequested(floor.at, agent=agent, question=question, seat=seat, queue=queue, call=call))
    yield Toast(place(line))


def _question() -> TextField:
    return TextField(name="question", title=_("question"), required=False, longest=LONGEST_QUESTION)


def _your_place(before: Sequence[Help]) -> str:
    """For the one who asks."""
    n = len(before) + 1
    taken = _taken(before)
    if not before:
        return _("You are first in line.")
    if len(taken) == 1:
        said = _("You are number {n} in line; {who} is on the way to number {place}.")
        return said.format(n=n, who=before[taken[0]].taken_by, place=taken[0] + 1)
    if taken:
        return _("You are number {n} in line; somebody is on the way to {taken} of them.").format(n=n, taken=len(taken))
    return _("You are number {n} in line.").format(n=n)


def _their_place(floor: FloorSnapshot, agent: str, before: Sequence[Help]) -> str:
    """For whoever entered it."""
    if not before:
        return _("{who} is first in line.").format(who=who(floor, agent))
    return _("{who} is number {n} in line.").format(who=who(floor, agent), n=len(before) + 1)


def _taken(before: Sequence[Help]) -> list[int]:
    return [at for at, each in enumerate(before) if each.taken_at is not None]
