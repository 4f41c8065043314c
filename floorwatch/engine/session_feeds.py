"""The feeds of one session as its screen sees them: words for the header, rows and details of the feeds page, and
whether figures that come from them are of now.

Rules
- They are looked at once a second of floor time, though passes come thirty times a second. Floor time, since whether a
  feed is silent is asked by it: a replay that runs fast is looked at in each pass.
- Nobody waits a second for what must be said at once: another state or reason, a rotation, a possible loss, the first
  line after a silence, and what floor time that stands still shows.
- Whoever asks for words is told those of now.
"""

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.desk import FeedWord
from floorwatch.engine.feed_page import feed_rows, feed_text
from floorwatch.engine.feed_watch import FeedReport, FeedWatch, Place
from floorwatch.engine.feed_words import feed_word
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.snapshot import FeedState, FloorSnapshot
from floorwatch.model.targets import FloorRules
from floorwatch.views import Notice, Table, View
from floorwatch.words import _

HealthOf: TypeAlias = Callable[[], Sequence[FeedHealth]]

LOOK_SECONDS = 1.0


class Age(Struct, frozen=True):
    """Whether figures that come from feeds are old, and of when they are then: the last line of the feed that has been
    without one for longest (None: one never brought a line)."""

    is_old: bool = False
    as_of: float | None = None


class SessionFeeds:
    """Looks at the feeds of a session. Used from the event loop's thread only."""

    def __init__(self, health: HealthOf, beside: HealthOf, places: Mapping[str, Place], *, is_followed: bool) -> None:
        """`beside` is what has a word beside the feeds."""
        self.age = Age()
        self._health = health
        self._beside = beside
        self._watch = FeedWatch(places, is_followed=is_followed)
        self._reports: Sequence[FeedReport] = ()
        self._told: object = None
        self._urgent: object = None
        self._looked_at = self._passed_at = -inf

    def look(self, floor: FloorSnapshot | None, now: float, *, is_opening: bool) -> tuple[bool, bool]:
        """Take in how the feeds are now, when a look is due: whether anything is other than at the last look, and
        whether the age of the figures is."""
        if not self._is_due(floor, now, is_opening=is_opening):
            return False, False
        words = self.words(floor, now, is_opening=is_opening)
        told = words, [_counted(each) for each in self._reports]
        before, self.age = self.age, _age_of(words)
        is_new, self._told = told != self._told, told
        return is_new, before != self.age

    def _is_due(self, floor: FloorSnapshot | None, now: float, *, is_opening: bool) -> bool:
        """Whether a second is over, or something must be said at once. To be asked once a pass."""
        urgent, stands = self._what_is_urgent(floor), now == self._passed_at
        self._passed_at = now
        if not is_opening and not stands and urgent == self._urgent and 0 <= now - self._looked_at < LOOK_SECONDS:
            return False
        self._urgent, self._looked_at = urgent, now
        return True

    def _what_is_urgent(self, floor: FloorSnapshot | None) -> object:
        """What is said at once when it is other than it was."""
        feeds = {} if floor is None else floor.feeds
        silent = [feeds[each.name].last_line_at for each in self._reports if each.silent_since and each.name in feeds]
        troubles = [
            (each.name, each.state, each.reason, each.polling, each.rotations, each.possible_loss)
            for each in (*self._health(), *self._beside())
        ]
        return floor is None, silent, troubles

    def words(self, floor: FloorSnapshot | None, now: float, *, is_opening: bool) -> tuple[FeedWord, ...]:
        """The feeds, and what is wrong beside them, as the header says them now."""
        self._reports = [self._watch.look(each, floor, now, is_opening=is_opening) for each in self._health()]
        beside = [FeedReport(each.name, now, each, FeedState(each.name)) for each in self._beside()]
        reports = (*self._reports, *beside)
        words = [feed_word(each) for each in reports]
        brought = [each.state.last_line_at is not None for each in reports]
        if any(brought):  # one that never brought a line makes no figure old: there are none of it
            words = [replace(word, stale=word.stale and has) for word, has in zip(words, brought, strict=True)]
        return tuple(words)

    def rows(self) -> Table:
        """The feeds, one a row, keyed by name."""
        return feed_rows(self._reports)

    def text(self, name: str, rules: FloorRules) -> View:
        """All that is known of one feed."""
        report = next((each for each in self._reports if each.name == name), None)
        if report is None:
            return Notice(_("There is no such feed any more."))
        return feed_text(report, rules)


def _counted(report: FeedReport) -> tuple[object, ...]:
    """What the page shows of a feed beside its word and its last line, as it is written."""
    health, lately = report.health, report.lately
    per_minute = None if lately.per_minute is None else round(lately.per_minute)
    counts = (sum(report.rejected.values()), health.rotations, health.possible_loss, len(report.documents))
    return (health.reason, health.polling, health.bytes_left, per_minute, lately.rejected, *counts)


def _age_of(words: Sequence[FeedWord]) -> Age:
    old = [each.last_line_at for each in words if each.stale]
    return Age(bool(old), min((at for at in old if at is not None), default=None))
