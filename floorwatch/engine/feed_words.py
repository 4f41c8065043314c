"""How a feed is, in a sign and a word: what the header says of it, and whether its figures are of now.

Rules
- The first condition that holds is said: what keeps lines from coming before what is wrong with some of them.
- What is not there yet may come by itself; what may not be read is an alarm, since somebody must allow it.
- Lines that cannot be read are normal, one now and then: they are counted on the feeds page. The header says so when of
  the lines of the last ten minutes more than 1 % were refused, three at least.
- A lag of ten seconds is said; from a minute on the figures are old.
- Figures are old, too, while a feed of lines is silent, or is not there and has brought nothing for ten seconds: a
  rotation is over sooner. What documents say has no age.
- One whose newest line is older than all that today needs is silent at any hour: somebody follows the wrong file.
"""

from collections.abc import Sequence
from enum import StrEnum

from floorwatch.engine.desk import FeedWord
from floorwatch.engine.feed_watch import LOSS_SECONDS, FeedReport
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.spoken import duration, share
from floorwatch.views import Tone
from floorwatch.words import _, _p

REJECTED_SHARE, REJECTED_LINES = 0.01, 3
BEHIND_SECONDS, FAR_BEHIND_SECONDS = 10.0, 60.0
GONE_SECONDS = 10.0
FRESH_SECONDS = 120.0
"""Of a line that came longer ago the lag says nothing about now."""


class Condition(StrEnum):
    """How a feed is; the value is its sign in the header."""

    OK = "="
    READING = ">"
    WAITING = "."
    DENIED = "#"
    BROKEN = "x"
    BEHIND = "<"
    SILENT = "-"
    HOLE = "/"
    REJECTS = "?"
    ENDED = "|"
    OTHER = "*"


_OF_STATES = {
    "starting": Condition.READING,
    "reading": Condition.READING,
    "waiting": Condition.WAITING,
    "lost": Condition.BROKEN,
    "failed": Condition.BROKEN,
    "ended": Condition.ENDED,
}
_NOT_THERE = frozenset({"waiting", "lost"})
_AWAY = frozenset({Condition.WAITING, Condition.DENIED, Condition.BROKEN})
_TONES = {
    Condition.OK: Tone.CALM,
    Condition.READING: Tone.NOTICE,
    Condition.DENIED: Tone.ALARM,
    Condition.BROKEN: Tone.ALARM,
    Condition.ENDED: Tone.MUTED,
}


def condition_of(report: FeedReport) -> Condition:
    """The first thing to say of the feed."""
    state = report.health.state
    if _is_read(report):
        return Condition.READING
    if report.health.lacks == "permission" and state in _NOT_THERE:
        return Condition.DENIED
    if state != "ok":
        return _OF_STATES.get(state, Condition.OTHER)
    if report.is_silent:
        return Condition.SILENT
    if _lag(report) >= BEHIND_SECONDS:
        return Condition.BEHIND
    if _is_partly_read(report.health) or _lost_lately(report):
        return Condition.HOLE
    return Condition.REJECTS if _refuses(report) else Condition.OK


def is_old(report: FeedReport, condition: Condition) -> bool:
    """Whether the figures that come from this feed are not those of now."""
    if report.health.of_documents or report.is_opening:
        return False
    if condition in _AWAY:
        age = report.age_seconds
        return age is None or age >= GONE_SECONDS
    return condition is Condition.SILENT or (condition is Condition.BEHIND and _lag(report) >= FAR_BEHIND_SECONDS)


def feed_word(report: FeedReport) -> FeedWord:
    """The feed as the header says it."""
    condition = condition_of(report)
    tone = _TONES.get(condition, Tone.WARN)
    if condition is Condition.BEHIND and _lag(report) < FAR_BEHIND_SECONDS:
        tone = Tone.NOTICE
    word, last = word_of(report, condition), report.last_line_at
    return FeedWord(report.name, word, tone, last, is_old(report, condition), condition.value)


def word_of(report: FeedReport, condition: Condition) -> str:
    """The condition in a word or two."""
    health = report.health
    match condition:
        case Condition.READING if _is_read(report):
            return _("{percent} % read").format(percent=share(health.bytes_read / health.bytes_total))
        case Condition.BEHIND:
            return _("behind {lag}").format(lag=duration(_lag(report)))
        case Condition.HOLE:
            return _("partly read") if _is_partly_read(health) else _("possible loss")
        case Condition.SILENT:
            return _("silent")
        case Condition.DENIED:
            return _("denied")
        case Condition.WAITING if health.lacks == "file":
            return _p("a feed", "missing")
        case Condition.REJECTS:
            return _("{n} refused").format(n=report.lately.rejected)
        case _:
            words = {
                "starting": _("starting"),
                "reading": _("reading"),
                "ok": _("no line yet") if _is_empty(report) else _("ok"),
                "waiting": _("waiting"),
                "lost": _p("a feed", "lost"),
                "failed": _("failed"),
                "ended": _("ended"),
            }
            return words.get(health.state, health.state)


def _is_empty(report: FeedReport) -> bool:
    """Whether a feed that is followed has not brought a line, and holds none."""
    return report.is_followed and report.last_line_at is None and not (report.is_opening or report.health.of_documents)


def share_read(health: Sequence[FeedHealth]) -> float | None:
    """How much of the past has been read, 0..1; None where nobody knows how much there is."""
    total = sum(each.bytes_total for each in health)
    return sum(each.bytes_read for each in health) / total if total else None


def _is_read(report: FeedReport) -> bool:
    """Whether it is being read, and it is known how far."""
    health = report.health
    on_the_way = report.is_opening or (health.state == "reading" and health.bytes_read > 0)
    return on_the_way and health.bytes_read < health.bytes_total


def _lag(report: FeedReport) -> float:
    age, lag = report.age_seconds, report.health.lag_seconds
    return lag if lag is not None and report.is_followed and age is not None and age < FRESH_SECONDS else 0.0


def _is_partly_read(health: FeedHealth) -> bool:
    """Whether it is read but for something. A file that was just rotated is still read to its end: every night so."""
    return bool(health.reason) and not health.is_turning


def _lost_lately(report: FeedReport) -> bool:
    return any(0 <= report.now - loss.at < LOSS_SECONDS for loss in report.losses)


def _refuses(report: FeedReport) -> bool:
    lately = report.lately
    return lately.rejected >= REJECTED_LINES and lately.rejected > REJECTED_SHARE * lately.lines
