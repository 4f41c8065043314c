"""What a person does about a lost call: says that the caller was called back, and whether they picked up.

Rules
- `called-back` is the one key. It opens no form that can only fail: where nobody is to be called back, that is said.
- On a queue, or its alert, it is for whoever is to be called first; anywhere else it opens the list.
- No number is entered: the call says whose it was.
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
    LostCaller,
    Open,
    Option,
    Outcome,
    Prefilled,
    Request,
    TextField,
    Toast,
    Tone,
    _,
    _n,
    events,
    spoken,
)
from floorwatch_callers.call_back import done_words, tried_words
from floorwatch_callers.caller import caller, key_of
from floorwatch_callers.find import lost_by_key, most_urgent, visit_by_key
from floorwatch_callers.left_how import left_words

PANEL = "callers"
FORM = "write-call-back"
LONGEST_WORD = 2_000
REACHED, NO_ANSWER = "reached", "no-answer"


def commands() -> Sequence[Command]:
    """All of them."""
    return (CalledBack(), WritesCallBack())


class CalledBack(Command):
    """The key: the form for a caller who is to be called back; else a word on why there is none."""

    name = "called-back"
    title = "Called back"
    key = "b"
    rows = ("call", "queue")

    def run(self, request: Request) -> Iterator[Outcome]:
        """On to the form; from anywhere else to the list."""
        subject = _subject(request)
        kind, _colon, name = subject.partition(":")
        if kind not in self.rows:
            yield Open(PANEL)
            return
        floor = request.floor
        found = lost_by_key(floor, subject) if kind == "call" else most_urgent(floor, name)
        if found is None:
            yield Toast(_("Nobody is to be called back here."))
        elif found.returned is not None or found.answered is not None:
            yield _done_already(floor, found)
        else:
            yield Ask(FORM, subject if kind == "call" else key_of(found.last))


class WritesCallBack(Prefilled):
    """The caller of a lost call was called back."""

    name = FORM
    title = "Write down a call-back"
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """Whom, and whether they picked up: a letter for nobody, a letter and a word for a talk."""
        return (
            FixedField(name="caller", title=_("caller")),
            FixedField(name="lost", title=_("lost")),
            FixedField(name="tried", title=_("before")),
            ChoiceField(
                name="result",
                title=_("result"),
                options=(
                    Option(REACHED, _("reached"), "r"),
                    Option(NO_ANSWER, _("no answer"), "n", sends=True),
                ),
            ),
            TextField(
                name="word", title=_("word"), required=False, longest=LONGEST_WORD, hint=_("what came of it; no number")
            ),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Who it is, and how they were lost."""
        found = lost_by_key(request.floor, request.row_key or "")
        if found is None:
            return {}
        floor = request.floor
        return {"caller": _who(floor, found), "lost": _lost_words(floor, found), "tried": tried_words(floor, found)}

    def run(self, request: Request) -> Iterator[Outcome]:
        """Who was reached leaves the list; who was not stays in it, with the try."""
        floor, row_key = request.floor, request.row_key or ""
        found = lost_by_key(floor, row_key)
        if found is None:
            yield Toast(_("Choose a call first: b opens who is to be called back."), Tone.WARN)
            return
        if found.returned is not None:
            yield _done_already(floor, found)
            return
        visit, reached = visit_by_key(found, row_key), request.text("result") == REACHED
        yield Happened(
            events.CallReturned(
                floor.at,
                queue=visit.queue,
                call=visit.call,
                entered_at=visit.entered_at,
                reached=reached,
                word=request.text("word"),
            )
        )
        said = _("Called back: {who}.") if reached else _("No answer: {who} stays in the list.")
        yield Toast(said.format(who=_who(floor, found)))


def _subject(request: Request) -> str:
    """The key of the row; of an alert's what the alert is about."""
    alert = request.subject("alert")
    if alert is None:
        return request.row_key or ""
    return next((each.alert.subject for each in request.floor.alerts if each.id == alert), "")


def _who(floor: FloorSnapshot, found: LostCaller) -> str:
    return _("{queue}, {caller}").format(queue=found.last.queue, caller=caller(floor, found.last))


def _lost_words(floor: FloorSnapshot, found: LostCaller) -> str:
    """When and how, after how long, and how often."""
    last = found.last
    at, waited = spoken.clock_minute(last.left_at, floor.rules.days.zone), spoken.duration(last.wait_seconds)
    how = left_words(last.outcome, short=found.is_short(floor.rules))
    said = _n("{time}, {how} after {waited}", "{time}, {how} after {waited}, {n} calls today", found.times)
    return said.format(time=at, how=how, waited=waited, n=found.times)


def _done_already(floor: FloorSnapshot, found: LostCaller) -> Toast:
    said = _("{who}: {done}.")
    return Toast(said.format(who=_who(floor, found), done=done_words(floor, found)))
