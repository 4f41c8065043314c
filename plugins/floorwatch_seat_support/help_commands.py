"""What a person does about help: asks for it, goes, answers, gives it back, says that it is no longer needed.

Rules
- `help` is the one key: it does what comes next with the thing under the cursor. The others do one thing each.
- Without a request under the cursor the oldest is meant: one that you took, else one that nobody took.
- Who was first is decided by the journal; what is said here beforehand is what the floor shows at that moment.
"""

from collections.abc import Iterator, Mapping, Sequence

from floorwatch.api import (
    Ask,
    Command,
    Field,
    FixedField,
    FloorSnapshot,
    Happened,
    Help,
    Known,
    Open,
    Outcome,
    Prefilled,
    Request,
    TextField,
    Toast,
    Tone,
    _,
    events,
    spoken,
)
from floorwatch_seat_support.asked_before import answered_before
from floorwatch_seat_support.asking import Asks, RequestsHelp
from floorwatch_seat_support.who import who

LONGEST_ANSWER = 10_000
LONGEST_SHOWN = 400
"""Characters of a question or answer that stand fixed in a form: more than 500 would not be taken back from it."""

OPEN = "help"
"""The panel that `help` opens."""


def help_commands() -> Sequence[Command]:
    """All of them."""
    return (DoesNext(), Asks(), RequestsHelp(), Takes(), Answers(), Releases(), Withdraws())


class DoesNext(Command):
    """Take it, then answer it; for an agent who has not asked, ask; anywhere else, see who waits."""

    name = "help"
    title = "Help: go, then answer"
    key = "h"
    rows = ("help", "agent")

    def run(self, request: Request) -> Iterator[Outcome]:
        """What comes next."""
        agent = request.subject("agent")
        wanted = _named(request) or _of_agent(request.floor, agent)
        if wanted is None:
            yield Open(OPEN) if agent is None else Ask("request-help", f"agent:{agent}")
        elif not wanted.is_open:
            yield Open(OPEN, f"help:{wanted.id}")
        elif wanted.taken_at is None:
            yield from _taken(request, wanted)
        else:
            if wanted.taken_by != request.me:
                said = _("{who} has been on the way since {time}. You may answer all the same.")
                yield Toast(_on_the_way(request.floor, wanted, said))
            yield Ask("answer-help", f"help:{wanted.id}")


class Takes(Command):
    """Go there."""

    name = "take-help"
    title = "Go and help"
    rows = ("help",)

    def run(self, request: Request) -> Iterator[Outcome]:
        """The request is theirs, unless somebody is on the way."""
        wanted = _named(request) or _oldest(request.floor, None)
        if wanted is None or not wanted.is_open:
            yield _nobody_waits(wanted)
        elif wanted.taken_at is None:
            yield from _taken(request, wanted)
        else:
            yield Toast(_on_the_way(request.floor, wanted, _("{who} has been on the way since {time}.")))


class Answers(Prefilled):
    """Write down what helped."""

    name = "answer-help"
    title = "Answer a help request"
    rows = ("help",)
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """What was asked, what was answered before, and the answer; without one it was helped, and nothing is kept."""
        return (
            FixedField(name="who", title=_("who")),
            FixedField(name="question", title=_("question")),
            FixedField(name="taken", title=_("on the way")),
            FixedField(name="before", title=_("asked before")),
            TextField(
                name="answer",
                title=_("answer"),
                required=False,
                known=Known.ANSWERS,
                longest=LONGEST_ANSWER,
                hint=_("kept for the next time"),
            ),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Who asked what, who else is on the way, and the newest answer to the same question or a similar one."""
        wanted = _meant(request)
        if wanted is None:
            return {}
        floor = request.floor
        before = answered_before(floor, wanted.question, but=wanted.id)
        elsewhere = wanted.taken_at is not None and wanted.taken_by != request.me
        return {
            "who": who(floor, wanted.agent, wanted.seat),
            "question": wanted.question[:LONGEST_SHOWN],
            "taken": _on_the_way(floor, wanted, _("{who}, since {time}")) if elsewhere else "",
            "before": before[0].help.answer[:LONGEST_SHOWN] if before else "",
        }

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is answered."""
        wanted = _meant(request)
        if wanted is None or not wanted.is_open:
            yield _nobody_waits(wanted)
            return
        answer = request.text("answer")
        yield Happened(events.HelpAnswered(request.floor.at, help=wanted.id, answer=answer))
        said = _("{who}: answered, and kept for the next time.") if answer else _("{who}: helped.")
        yield Toast(said.format(who=who(request.floor, wanted.agent, wanted.seat)))


class Releases(Command):
    """Give it back: somebody else should go."""

    name = "release-help"
    title = "Give a help request back"
    rows = ("help",)

    def run(self, request: Request) -> Iterator[Outcome]:
        """It waits again, as old as it is."""
        wanted = _named(request) or _oldest(request.floor, request.me)
        if wanted is None or not wanted.is_open:
            yield _nobody_waits(wanted)
        elif wanted.taken_at is None:
            yield Toast(_("Nobody is on the way: it is open."))
        else:
            yield Happened(events.HelpReleased(request.floor.at, help=wanted.id))
            yield Toast(_("{who} waits again.").format(who=who(request.floor, wanted.agent, wanted.seat)))
            if wanted.taken_by != request.me:  # whoever was on the way may have gone home
                said = _("It was not yours: {who} has been on the way since {time}. Tell them.")
                yield Toast(_on_the_way(request.floor, wanted, said), Tone.WARN)


class Withdraws(Prefilled):
    """It is no longer needed, and why."""

    name = "withdraw-help"
    title = "Withdraw a help request"
    rows = ("help",)
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """Which one, and the word without which no request goes away."""
        return (
            FixedField(name="who", title=_("who")),
            FixedField(name="question", title=_("question")),
            TextField(name="word", title=_("why"), longest=LONGEST_ANSWER, hint=_("it solved itself, ...")),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Who asked what."""
        wanted = _named(request)
        if wanted is None:
            return {}
        return {"who": who(request.floor, wanted.agent, wanted.seat), "question": wanted.question[:LONGEST_SHOWN]}

    def run(self, request: Request) -> Iterator[Outcome]:
        """Nobody waits for it any more."""
        wanted = _named(request)
        if wanted is None:
            yield Toast(_("Choose a request first: h opens who waits."))
        elif not wanted.is_open:
            yield _nobody_waits(wanted)
        else:
            yield Happened(events.HelpWithdrawn(request.floor.at, help=wanted.id, word=request.text("word")))
            yield Toast(_("{who}: withdrawn.").format(who=who(request.floor, wanted.agent, wanted.seat)))


def _named(request: Request) -> Help | None:
    """The request under the cursor."""
    key = request.subject("help")
    return None if key is None else request.floor.support.helps.get(key)


def _meant(request: Request) -> Help | None:
    return _named(request) or _oldest(request.floor, request.me) or _oldest(request.floor, None)


def _oldest(floor: FloorSnapshot, taken_by: str | None) -> Help | None:
    """The oldest that is open and taken by this person; None: by nobody."""
    line = floor.support.queue_of_help
    return next((each for each in line if (each.taken_by if each.taken_at is not None else None) == taken_by), None)


def _of_agent(floor: FloorSnapshot, agent: str | None) -> Help | None:
    """What this agent has asked first and still waits for."""
    return next((each for each in floor.support.queue_of_help if each.agent == agent), None)


def _taken(request: Request, wanted: Help) -> Iterator[Outcome]:
    yield Happened(events.HelpTaken(request.floor.at, help=wanted.id))
    said = _("Yours: {who}. {question}") if wanted.question else _("Yours: {who}.")
    name = who(request.floor, wanted.agent, wanted.seat)
    yield Toast(said.format(who=name, question=wanted.question[:80]))


def _on_the_way(floor: FloorSnapshot, wanted: Help, said: str) -> str:
    """`said` with who took it and when."""
    since = wanted.requested_at if wanted.taken_at is None else wanted.taken_at
    at = spoken.clock_minute(since, floor.rules.days.zone)
    return said.format(who=wanted.taken_by or _("Somebody"), time=at)


def _nobody_waits(wanted: Help | None) -> Toast:
    if wanted is None:
        return Toast(_("Nobody waits for help."))
    if wanted.withdrawn:
        return Toast(_("Withdrawn by {who} already.").format(who=wanted.closed_by))
    return Toast(_("Answered by {who} already.").format(who=wanted.closed_by))
