"""A page of alerts: what was up at each of a few instants of the rule grid, as bytes and back.

Rules
- A page begins with the book as it was before its first instant, and has for each instant what changed: alerts mostly
  say the same as five seconds before.
- Words and alerts stand in it once, and by their number where they come again: what says the same at several instants
  is one object when it is read.
- What was cleared is there as the floor keeps it, and every line of the log. Read as it was written, to the last bit of
  a time; words may hold halves of surrogate pairs, which no other text can.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeAlias, TypeVar

import msgspec
from msgspec import Struct, field

from floorwatch.engine.alerting import BookState, Held, LogEntry, LogKind
from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert

NO_ALERT = -1

Thing = TypeVar("Thing")

KeptHeld: TypeAlias = tuple[int, int, int, float, float | None]
"""Rule, subject, alert (or NO_ALERT: it is no longer true), true since, raised at."""

KeptRaised: TypeAlias = tuple[int, int, float, float | None]
"""Rule, alert, raised at, cleared at."""

Failing: TypeAlias = list[tuple[int, int]]
"""Rules that failed, each with the reason."""


class KeptAlert(Struct, frozen=True, array_like=True, gc=False):
    """An alert; what is text is the number of a word, but for the tone."""

    subject: int
    text: int
    tone: AlertTone
    since: float | None
    playbook: int
    command: int
    red_line: bool


class KeptStep(Struct, frozen=True, array_like=True):
    """One instant: what is held otherwise than before, and the rules that fail (None: those that did)."""

    at: float
    held: list[KeptHeld]
    failing: Failing | None = None


class KeptLine(Struct, frozen=True, array_like=True):
    """A line of the log."""

    at: float
    kind: LogKind
    rule: int
    alert: KeptRaised | None
    reason: int


class Page(Struct, array_like=True):
    """A page. `before` is the book before its first instant."""

    words: list[bytes] = field(default_factory=list)
    alerts: list[KeptAlert] = field(default_factory=list)
    before: KeptStep | None = None
    steps: list[KeptStep] = field(default_factory=list)
    cleared: list[KeptRaised] = field(default_factory=list)
    log: list[KeptLine] = field(default_factory=list)


class _Cleared(Struct, frozen=True, array_like=True):
    """As much of a page as tells what was cleared."""

    words: list[bytes]
    alerts: list[KeptAlert]
    before: msgspec.Raw
    steps: msgspec.Raw
    cleared: list[KeptRaised]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Page).decode
_decode_cleared = msgspec.msgpack.Decoder(_Cleared).decode


class _Numbers(Generic[Thing]):
    """Things by their number, in the order in which they came."""

    def __init__(self) -> None:
        self._numbers: dict[Thing, int] = {}

    def of(self, thing: Thing) -> int:
        """The number of this thing; a new one is numbered."""
        return self._numbers.setdefault(thing, len(self._numbers))

    @property
    def all(self) -> list[Thing]:
        """Everything that was numbered, in order."""
        return list(self._numbers)


class PageWriter:
    """Puts a page together, instant by instant, from the book's own states."""

    def __init__(self, before: BookState) -> None:
        """`before` is the book before the first instant."""
        self._words: _Numbers[str] = _Numbers()
        self._alerts: _Numbers[Alert] = _Numbers()
        self._state = before
        self._page = Page()
        if before.at is not None:
            held = list(self._changes(BookState().held, before.held))
            self._page.before = KeptStep(before.at, held, self._failing(before))
        self.instants: list[float] = []
        """Those that are on it."""

    def add(self, at: float, state: BookState, cleared: Sequence[RaisedAlert]) -> None:
        """The book after an instant, and what was cleared at it, in the floor's order."""
        failing = None if state.failing == self._state.failing else self._failing(state)
        self._page.steps.append(KeptStep(at, list(self._changes(self._state.held, state.held)), failing))
        self._page.cleared += map(self._raised, cleared)
        self._state = state
        self.instants.append(at)

    def written(self, log: Sequence[LogEntry]) -> bytes:
        """The page, with the log's lines of these instants."""
        page = self._page
        page.log = [self._line(each) for each in log]
        page.alerts = [self._alert(each) for each in self._alerts.all]
        page.words = [word.encode("utf-8", "surrogatepass") for word in self._words.all]
        return _encode(page)

    def _changes(
        self, before: Mapping[str, Mapping[str, Held]], after: Mapping[str, Mapping[str, Held]]
    ) -> Iterator[KeptHeld]:
        word = self._words.of
        for rule in {**before, **after}:
            old, new = before.get(rule, {}), after.get(rule, {})
            for subject in old.keys() - new.keys():
                yield word(rule), word(subject), NO_ALERT, 0.0, None
            for subject, held in new.items():
                if old.get(subject) != held:
                    yield word(rule), word(subject), self._alerts.of(held.alert), held.true_since, held.raised_at

    def _failing(self, state: BookState) -> Failing:
        return [(self._words.of(rule), self._words.of(reason)) for rule, reason in state.failing.items()]

    def _raised(self, raised: RaisedAlert) -> KeptRaised:
        return self._words.of(raised.rule), self._alerts.of(raised.alert), raised.raised_at, raised.cleared_at

    def _line(self, line: LogEntry) -> KeptLine:
        alert = None if line.alert is None else self._raised(line.alert)
        return KeptLine(line.at, line.kind, self._words.of(line.rule), alert, self._words.of(line.reason))

    def _alert(self, alert: Alert) -> KeptAlert:
        word = self._words.of
        texts = word(alert.subject), word(alert.text), word(alert.playbook), word(alert.command)
        return KeptAlert(texts[0], texts[1], alert.tone, alert.since, texts[2], texts[3], alert.red_line)


class _Said:
    """The words and alerts of a page, each made when it is asked for by its number, and once."""

    def __init__(
        self, words: Sequence[bytes], alerts: Sequence[KeptAlert], known: dict[str, str] | None = None
    ) -> None:
        """`known` are words that come again on other pages, one object for all: those that are asked for are added."""
        self._kept_words = words
        self._kept_alerts = alerts
        self._known = {} if known is None else known
        self._words: dict[int, str] = {}
        self._alerts: dict[int, Alert] = {}

    def word(self, number: int) -> str:
        """The word of this number."""
        found = self._words.get(number)
        if found is None:
            text = self._kept_words[number].decode("utf-8", "surrogatepass")
            found = self._words[number] = self._known.setdefault(text, text)
        return found

    def alert(self, number: int) -> Alert:
        """The alert of this number."""
        found = self._alerts.get(number)
        if found is None:
            kept, word = self._kept_alerts[number], self.word
            texts = word(kept.subject), word(kept.text)
            more = word(kept.playbook), word(kept.command)
            found = self._alerts[number] = Alert(*texts, kept.tone, kept.since, *more, kept.red_line)
        return found

    def raised(self, kept: KeptRaised) -> RaisedAlert:
        """An alert that was held up."""
        rule, alert, raised_at, cleared_at = kept
        return RaisedAlert(self.word(rule), self.alert(alert), raised_at, cleared_at)


class PageReader:
    """A page as it is read: the book at any of its instants. Going on costs what changed, going back begins anew."""

    def __init__(self, data: bytes) -> None:
        """Raises DecodeError and ValidationError of msgspec, and IndexError, for what is no page."""
        self._page = _decode(data)
        self._said = _Said(self._page.words, self._page.alerts)
        self.instants = [step.at for step in self._page.steps]
        self._state = BookState()
        self._upto = -1
        """How many instants the state has taken in; -1 where it is of no instant at all."""

    def state_after(self, instants: int) -> BookState:
        """The book after so many instants of the page; 0: before the first."""
        if instants < self._upto or self._upto < 0:
            before = self._page.before
            self._state, self._upto = BookState() if before is None else self._next(BookState(), before), 0
        for step in self._page.steps[self._upto : instants]:
            self._state = self._next(self._state, step)
        self._upto = instants
        return self._state

    def log(self) -> Iterator[LogEntry]:
        """The lines of the log."""
        said = self._said
        for line in self._page.log:
            alert = None if line.alert is None else said.raised(line.alert)
            yield LogEntry(line.at, line.kind, said.word(line.rule), alert, said.word(line.reason))

    def _next(self, state: BookState, step: KeptStep) -> BookState:
        word, failing = self._said.word, state.failing
        if step.failing is not None:
            failing = {word(rule): word(reason) for rule, reason in step.failing}
        return BookState(step.at, self._held(state.held, step.held) if step.held else state.held, failing)

    def _held(
        self, before: Mapping[str, Mapping[str, Held]], changes: Sequence[KeptHeld]
    ) -> Mapping[str, Mapping[str, Held]]:
        """Everything that is held; what has not changed is the same object as before."""
        word, said = self._said.word, self._said.alert
        changed: dict[str, dict[str, Held]] = {}
        for rule, subject, alert, true_since, raised_at in changes:
            name = word(rule)
            held = changed.get(name)
            if held is None:
                held = changed[name] = dict(before.get(name, {}))
            if alert == NO_ALERT:
                del held[word(subject)]
            else:
                held[word(subject)] = Held(said(alert), true_since, raised_at)
        return {rule: held for rule, held in {**before, **changed}.items() if held}


def cleared_in(data: bytes, known: dict[str, str]) -> list[RaisedAlert]:
    """What was cleared at the instants of a page, in order; nothing else of it is read. `known` are words that came
    before, and are added to. Raises as `PageReader` does."""
    page = _decode_cleared(data)
    said = _Said(page.words, page.alerts, known)
    return [said.raised(each) for each in page.cleared]
