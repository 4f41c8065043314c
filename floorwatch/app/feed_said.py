"""What the header says of one feed: its sign and name, its word, its silence, and of when its figures are."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from floorwatch.app.cells import age_text, cut
from floorwatch.engine.desk import FeedWord
from floorwatch.spoken import duration
from floorwatch.text import inert
from floorwatch.views import Tone
from floorwatch.words import _

QUIET_SECONDS = 30
"""A feed that brought no line for so long has its silence beside its word: on a busy floor it means something."""
SECONDS_UP_TO = 600
"""The silence of a feed is counted in seconds up to here, then in minutes, from HOURS_FROM on in hours or days."""
HOURS_FROM, DAYS_FROM = 2 * 3600, 4 * 86_400

_SEVERITY = (Tone.MUTED, Tone.CALM, Tone.NOTICE, Tone.WARN, Tone.ALARM)


def named(feed: FeedWord, cells: int) -> str:
    """Its sign, where it has one, and its name in so many cells."""
    name = cut(inert(feed.name), cells, ".")
    return f"{feed.glyph} {name}" if feed.glyph else name


def said_of(feed: FeedWord, now: float) -> tuple[str, Tone]:
    """Its word, and since when it has brought nothing, once that means something. Where the silence is all that is
    wrong, it stands for the word."""
    word, silent = inert(feed.word), silence(feed, now)
    if silent < QUIET_SECONDS:
        return word, feed.tone
    age = age_text(silent) if silent < SECONDS_UP_TO else _long(silent)
    if not feed.stale or feed.tone is Tone.ALARM:
        return _("{word}, last line {age} ago").format(word=word, age=age), feed.tone
    return _("last line {age} ago").format(age=age), max(feed.tone, Tone.WARN, key=_SEVERITY.index)


def _long(seconds: float) -> str:
    """How long nothing came, where seconds mean nothing any more."""
    if seconds < HOURS_FROM:
        return _("{n} min").format(n=int(seconds // 60))
    return duration(seconds) if seconds >= DAYS_FROM else _("{n} h").format(n=int(seconds // 3600))


def said_in_hand(feeds: Sequence[FeedWord], now: float, zone: tzinfo) -> tuple[str, Tone]:
    """What is said in the hand, where a word is all there is room for, of feeds whose figures are old: the first alarm,
    or of when the figures are."""
    alarm = next((inert(feed.word) for feed in feeds if feed.tone is Tone.ALARM), None)
    return (of_when(feeds, now, zone, wide=False), Tone.WARN) if alarm is None else (alarm, Tone.ALARM)


def silence(feed: FeedWord, now: float) -> float:
    """For how long it has brought no line; 0 for one that never did, which its word says."""
    return 0.0 if feed.last_line_at is None else now - feed.last_line_at


def of_when(feeds: Sequence[FeedWord], now: float, zone: tzinfo, *, wide: bool) -> str:
    """Of when the figures are where they are not of now; "" where they are."""
    old = [feed.last_line_at for feed in feeds if feed.stale]
    known = [at for at in old if at is not None]
    if not old:
        return ""
    if not known:
        return _("nothing read yet") if wide else _("nothing yet")
    return _("as of {time}").format(time=time_of(min(known), now, zone, wide=wide))


def time_of(at: float, now: float, zone: tzinfo, *, wide: bool) -> str:
    """The moment as the wall has it; of another day with the date, lest yesterday's 10:40 be taken for today's."""
    local = datetime.fromtimestamp(at, zone)
    time = f"{local:%H:%M:%S}" if wide else f"{local:%H:%M}"
    return time if local.date() == datetime.fromtimestamp(now, zone).date() else f"{local:%m-%d} {time}"
