"""Alerts: rules are asked on a grid of floor time, and what they find is held, raised, updated and cleared.

Rules
- Instants are multiples of `every` since the epoch, none skipped: so the log is the same live and at any replay rate.
- What a rule says is true is raised once it was true at every instant for the rule's hold. An alert's text and tone
  follow the rule while it lasts; it is cleared at the first instant at which the rule no longer says it.
- Where the clock of a live floor is set back, alerts go on under their ids: what lasts is not raised again.
- A rule that fails or does not answer at an instant leaves its alerts as they are; the log says when that began and
  ended. A rule that is no longer asked has its alerts cleared.
- Rules have no back-off: waiting by the host's clock would make the log depend on the rate.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.host.failure import Failure
from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.words import _

EVERY_SECONDS = 5.0

Finding: TypeAlias = tuple[Alert, ...] | Failure
"""What one rule says is true at one instant, or how it failed to say."""

_URGENCY = {AlertTone.ALARM: 0, AlertTone.WARN: 1, AlertTone.NOTICE: 2}


def grid_instants(previous: float, now: float, every: float = EVERY_SECONDS) -> Iterator[float]:
    """The instants after `previous` up to and with `now`, ascending; none when time stood still or went back.

    However a span is cut into steps, its instants are the same. Raises ValueError unless `every` is above 0.
    """
    if not every > 0:
        raise ValueError(_("the rule grid is every {every} s: it must be above 0").format(every=every))
    return (index * every for index in range(_last_index(previous, every) + 1, _last_index(now, every) + 1))


def _last_index(at: float, every: float) -> int:
    """The greatest index whose instant is not after `at`; division alone is off by one at some fractions."""
    index = math.floor(at / every)
    while (index + 1) * every <= at:
        index += 1
    while index * every > at:
        index -= 1
    return index


class LogKind(StrEnum):
    """What a line of the alert log says."""

    RAISED = "raised"
    CLEARED = "cleared"
    RULE_FAILED = "rule-failed"
    RULE_WORKS = "rule-works"


class LogEntry(Struct, frozen=True):
    """One line of the alert log. `at` is an instant of the grid; `alert` is None where it is about the rule itself."""

    at: float
    kind: LogKind
    rule: str
    alert: RaisedAlert | None = None
    reason: str = ""


class Held(Struct, frozen=True):
    """What a rule has said without a break since the instant `true_since`; an alert once `raised_at` is set."""

    alert: Alert
    true_since: float
    raised_at: float | None = None


class BookState(Struct, frozen=True):
    """All that the next instant needs to know: what is held by rule and subject, which rules fail, the log's length."""

    at: float | None = None
    held: Mapping[str, Mapping[str, Held]] = {}
    failing: Mapping[str, str] = {}
    log_length: int = 0


class Step(Struct, frozen=True):
    """What one instant changed. `escalated` are lasting alerts whose tone rose; `mistakes` are (rule, sentence)."""

    raised: tuple[RaisedAlert, ...] = ()
    cleared: tuple[RaisedAlert, ...] = ()
    escalated: tuple[RaisedAlert, ...] = ()
    mistakes: tuple[tuple[str, str], ...] = ()


class AlertBook:
    """The alerts that are up, and the log of all that were. `hold_seconds` is by rule; a rule without one holds 0."""

    def __init__(self, hold_seconds: Mapping[str, float]) -> None:
        self._hold_seconds = hold_seconds
        self._state = BookState()
        self._log: list[LogEntry] = []
        self._end = 0
        self._active: tuple[RaisedAlert, ...] = ()

    @property
    def active(self) -> tuple[RaisedAlert, ...]:
        """The alerts that are up, most urgent first: by tone, then the oldest."""
        return self._active

    @property
    def log(self) -> tuple[LogEntry, ...]:
        """Everything that was raised and cleared up to now, in order."""
        return tuple(self._log[: self._state.log_length])

    @property
    def state(self) -> BookState:
        """The book as a value, for a keyframe; of the log only its length, since that grows for the whole day."""
        return self._state

    def restore(self, state: BookState) -> None:
        """Go to a state that this book had, back or forth. Raises ValueError when its log is no longer there."""
        if state.log_length > len(self._log):
            raise ValueError(_("this alert state is of another log"))
        self._take(state)

    def set_back(self, at: float) -> None:
        """The clock was set back to before `at`, which is the next instant: what is up stays up under its id, and what
        is held has been so since then at the latest."""
        held = {
            rule: {subject: replace(each, true_since=min(each.true_since, at)) for subject, each in by_subject.items()}
            for rule, by_subject in self._state.held.items()
        }
        self._take(replace(self._state, at=None, held=held))

    def step(self, at: float, findings: Mapping[str, Finding]) -> Step:
        """Fold in what every rule found at the instant `at`. Raises ValueError unless `at` is after the last one."""
        if self._state.at is not None and at <= self._state.at:
            raise ValueError(_("instant {at} is not after {last}").format(at=at, last=self._state.at))
        before = self._state.held
        mistakes: list[tuple[str, str]] = []
        held = {
            rule: _held(at, before.get(rule, {}), _by_subject(rule, finding, mistakes), self._hold_seconds.get(rule, 0))
            for rule, finding in findings.items()
        }
        step = _difference(at, before, held, mistakes)
        self._write([*_rule_lines(at, self._state.failing, findings), *_alert_lines(at, step)])
        self._take(BookState(at, {rule: each for rule, each in held.items() if each}, _failing(findings), self._end))
        return step

    def _write(self, lines: list[LogEntry]) -> None:
        """Append to the log. After a seek back the lines of the way forth are there already, and mostly the same."""
        start, self._end = self._end, self._end + len(lines)
        if self._log[start : self._end] != lines:
            self._log[start:] = lines

    def _take(self, state: BookState) -> None:
        self._state, self._end = state, state.log_length
        raised = (each for rule, by_subject in state.held.items() for each in _raised(rule, by_subject).values())
        self._active = tuple(sorted(raised, key=_most_urgent))


def _most_urgent(raised: RaisedAlert) -> tuple[int, float, str, str]:
    since = raised.raised_at if raised.alert.since is None else raised.alert.since
    return _URGENCY[raised.alert.tone], since, raised.rule, raised.alert.subject


def _by_subject(rule: str, finding: Finding, mistakes: list[tuple[str, str]]) -> Mapping[str, Alert] | None:
    """The alerts by subject, the first of each; None when the rule did not say."""
    if isinstance(finding, Failure):
        return None
    found: dict[str, Alert] = {}
    for alert in finding:
        if found.setdefault(alert.subject, alert) is not alert:
            twice = _("{subject!r} was found twice at one instant: the first counts")
            mistakes.append((rule, twice.format(subject=alert.subject)))
    return found


def _held(
    at: float, before: Mapping[str, Held], found: Mapping[str, Alert] | None, hold_seconds: float
) -> Mapping[str, Held]:
    """What one rule's alerts are at `at`."""
    if found is None:
        return before
    return {subject: _lasting(at, before.get(subject), alert, hold_seconds) for subject, alert in found.items()}


def _lasting(at: float, before: Held | None, alert: Alert, hold_seconds: float) -> Held:
    held = Held(alert, at) if before is None else replace(before, alert=alert)
    is_due = held.raised_at is None and at - held.true_since >= hold_seconds
    return replace(held, raised_at=at) if is_due else held


def _raised(rule: str, by_subject: Mapping[str, Held]) -> dict[str, RaisedAlert]:
    return {
        subject: RaisedAlert(rule, held.alert, held.raised_at)
        for subject, held in by_subject.items()
        if held.raised_at is not None
    }


def _difference(
    at: float,
    before: Mapping[str, Mapping[str, Held]],
    after: Mapping[str, Mapping[str, Held]],
    mistakes: Iterable[tuple[str, str]],
) -> Step:
    raised: list[RaisedAlert] = []
    cleared: list[RaisedAlert] = []
    escalated: list[RaisedAlert] = []
    for rule in sorted(before.keys() | after.keys()):
        old, new = _raised(rule, before.get(rule, {})), _raised(rule, after.get(rule, {}))
        raised += [new[subject] for subject in sorted(new.keys() - old.keys())]
        over = [old[subject] for subject in sorted(old.keys() - new.keys())]
        cleared += [replace(each, cleared_at=max(at, each.raised_at)) for each in over]
        lasting = sorted(new.keys() & old.keys())
        escalated += [new[subject] for subject in lasting if _rose(old[subject].alert, new[subject].alert)]
    return Step(tuple(raised), tuple(cleared), tuple(escalated), tuple(mistakes))


def _rose(old: Alert, new: Alert) -> bool:
    return _URGENCY[new.tone] < _URGENCY[old.tone]


def _failing(findings: Mapping[str, Finding]) -> Mapping[str, str]:
    return {rule: finding.reason for rule, finding in findings.items() if isinstance(finding, Failure)}


def _rule_lines(at: float, before: Mapping[str, str], findings: Mapping[str, Finding]) -> Iterator[LogEntry]:
    """Which rules began to fail and which work again, by name: the order in which they answered must not show."""
    for rule, finding in sorted(findings.items()):
        if isinstance(finding, Failure) and rule not in before:
            yield LogEntry(at, LogKind.RULE_FAILED, rule, reason=finding.reason)
        elif not isinstance(finding, Failure) and rule in before:
            yield LogEntry(at, LogKind.RULE_WORKS, rule)


def _alert_lines(at: float, step: Step) -> Iterator[LogEntry]:
    for cleared in step.cleared:
        yield LogEntry(at, LogKind.CLEARED, cleared.rule, cleared)
    for raised in step.raised:
        yield LogEntry(at, LogKind.RAISED, raised.rule, raised)
