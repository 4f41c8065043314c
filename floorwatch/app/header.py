"""The header: what is always on screen and always true. Two lines, or one where the terminal is small and shows now.

Rules
- Each line is a row of items; where they do not all fit, the least important go, whole. Figures are never cut.
- Ages and the clock are computed from floor time and tick by the beat. Seconds show while something on screen runs;
  on a still floor the clock turns by the minute, and costs nothing in between.
- Each feed has a sign and a word. When the figures that come from one are old they are dimmed, and in front of them
  stands of when they are, in the hand too. What else is wrong with one, or with the recording of the day, stays longer
  than the feeds that are fine; in the hand its sign does, marked, and its name where there is room.
- A replay has its own colour, and says REPLAY, or that it is the past, on a ground of its own: it is never mistaken for
  what is now. Its clock has seconds always, in the hand while nothing calls. What calls in the present stands beside
  it, cut to the room that the time leaves, and goes last but for the time. So in the hand there are two lines then:
  which time it is and what calls, below them the figures.
- Who writes stands at the right, in the hand before the name of the floor. That nobody does is said on any terminal:
  what is entered then has no author. On a wall at which nobody is, neither is.
- That a team or a queue alone is shown is said on any terminal: who reads a part for the whole is misled.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo

from msgspec import Struct
from textual.geometry import Size
from textual.strip import Strip

from floorwatch.app.cells import age_text, cut, width_of
from floorwatch.app.drawn import Drawn
from floorwatch.app.feed_said import QUIET_SECONDS, SECONDS_UP_TO, named, of_when, said_in_hand, said_of, silence
from floorwatch.app.figures import NOT_IN_FEED, Figures, figures_of
from floorwatch.app.header_room import Item, fitted
from floorwatch.app.paint import Piece, strip_of
from floorwatch.app.stage import Stage
from floorwatch.app.tones import MARKS, Ground, Palette
from floorwatch.engine.desk import FeedWord, Heading
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.text import inert
from floorwatch.views import Tone
from floorwatch.words import _

ONE_LINE_BELOW = (60, 24)
"""Terminals narrower or lower than this get one line."""
FULL_NAMES_FROM = 100
"""Columns from which figures have their full names."""
ME_CELLS = 16
"""Of the name of whoever writes."""
JOURNAL_CELLS = 32
FOCUS_CELLS, SHORT_FOCUS_CELLS = 20, 8
"""Of the name of what is shown alone; the second in the hand."""

FEED_CELLS, SHORT_FEED_CELLS = 20, 12
"""Of the name of a feed; the second in the hand."""

LAST_TO_GO, PRESENT_KEEP, TIME_KEEP = 101, 102, 103
_WRONG = frozenset({Tone.WARN, Tone.ALARM})
"""A feed in one of these is not fine."""


class Header(Drawn):
    """`show` takes the next heading."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.names_who_writes = True
        self._heading: Heading | None = None
        self._figures: Figures | None = None
        self._drawn: list[Strip] | None = None
        self._drawn_size = Size()

    def show(self, heading: Heading) -> None:
        """The next facts; repaints the lines that differ."""
        before = self._heading
        self._heading = heading
        if heading.snapshot is not None and (before is None or before.snapshot is not heading.snapshot):
            self._figures = figures_of(heading.snapshot)
        elif heading.snapshot is None:
            self._figures = None
        self._repaint()
        self.stage.beat.wake()

    def tick(self, now: float) -> float | None:
        """The clock and the ages in the header."""
        if not self.on_screen or self._heading is None:
            return None
        self._repaint()
        if self._runs(now):
            return 1.0
        until_quiet = (QUIET_SECONDS - silence(feed, now) for feed in self._feeds())
        return max(1.0, min((60.0 - now % 60.0, *(seconds for seconds in until_quiet if seconds > 0))))

    def restyle(self) -> None:
        """The palette changed."""
        self._drawn = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line at `y`."""
        if self._drawn is None or self._drawn_size != self.size:
            self._drawn = self._lines()
        return self._drawn[y] if y < len(self._drawn) else self.blank(self._ground)

    @property
    def _ground(self) -> Ground:
        return Ground.REPLAY if self._heading is not None and self._heading.replay else Ground.BAR

    def _repaint(self) -> None:
        """Draw anew, and paint what differs; before the first layout there is nothing to draw on."""
        if not self.size.width:
            return
        before, self._drawn = self._drawn or [], self._lines()
        for y, strip in enumerate(self._drawn):
            if y >= len(before) or [*before[y]] != [*strip]:
                self.refresh_rows(y)

    def _runs(self, now: float) -> bool:
        """Whether anything in the header changes every second."""
        silent = any(QUIET_SECONDS <= silence(feed, now) < SECONDS_UP_TO for feed in self._feeds())
        is_replay = self._heading is not None and self._heading.replay
        return silent or is_replay or (self._figures is not None and self._figures.longest_since is not None)

    def _feeds(self) -> Sequence[FeedWord]:
        return self._heading.feeds if self._heading is not None else ()

    def _lines(self) -> list[Strip]:
        now, width = self.stage.desk.now(), self.size.width
        self._drawn_size = self.size
        if self._heading is None or not width:
            return []
        local = datetime.fromtimestamp(now, self.stage.desk.zone)
        seconds = self._runs(now) or self.stage.beat.runs_seconds
        clock = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}   "
        focus, names = self.stage.desk.looks.focus, self.names_who_writes
        zone = self.stage.desk.zone
        facts = Facts(self._heading, self._figures, now, clock, f"{local:%H:%M}", width, zone, focus, names)
        stale = any(feed.stale for feed in self._feeds()) or self._heading.loading is not None
        figures = self.stage.dimmed if stale else self.stage.palette
        lines: Sequence[Callable[[Facts], Iterator[Item]]]
        if self.size.height < 2:
            lines = (_only,)
        else:
            lines = (_first, _second) if width >= ONE_LINE_BELOW[0] else (_time_in_hand, _floor_in_hand)
        return [self._line(list(line(facts)), width, figures) for line in lines]

    def _line(self, items: list[Item], width: int, figures: Palette) -> Strip:
        gap = _gap(width)
        items = fitted(items, gap, width)
        blank = self.ground_style(self._ground)
        left = self._pieces([item for item in items if not item.right], gap, figures)
        right = self._pieces([item for item in items if item.right], gap, figures)
        free = width - 2 - sum(width_of(text) for text, _style in (*left, *right))
        return strip_of([(" ", blank), *left, (" " * max(gap, free), blank), *right], width, blank)

    def _pieces(self, items: list[Item], gap: int, figures: Palette) -> list[Piece]:
        pieces: list[Piece] = []
        for at, item in enumerate(items):
            palette = figures if item.figure else self.stage.palette
            if at:
                pieces.append((" " * gap, self.ground_style(self._ground)))
            for text, tone in item.words:
                marked = self.stage.glyphs.plain(text) + MARKS.get(tone, "")
                pieces.append((marked, palette.style(tone, self._ground, bold=tone is not Tone.MUTED)))
            if item.flag:
                pieces.append((self.stage.glyphs.plain(item.flag), palette.style(Tone.CALM, Ground.CELL, bold=True)))
        return pieces


class Facts(Struct, frozen=True):
    """Everything the lines are made of."""

    heading: Heading
    figures: Figures | None
    now: float
    clock: str
    short_clock: str
    width: int
    zone: tzinfo
    focus: Focus
    names_who_writes: bool


def _first(facts: Facts) -> Iterator[Item]:
    heading, figures = facts.heading, facts.figures
    name = cut(inert(heading.floor), 24, ".")
    when = _when(heading, ((f"{name}  ", Tone.CALM), (facts.clock, Tone.CALM)))
    yield when
    yield from _present(heading, min(facts.width // 2, _beside(when, facts.width)))
    yield from _alone(facts, FOCUS_CELLS)
    if heading.loading is not None:
        share = f"{heading.loading * 100:.0f}%"
        yield Item(((_("reading the day {share}").format(share=share), Tone.NOTICE),), keep=90)
    for at, feed in enumerate(heading.feeds):
        yield _feed(feed, facts.now, 50 - at)
    if heading.journal:
        yield _journal(heading, keep=65 if _is_note(heading) else 85)
    yield from _me(facts, keep=60, lead=_("me "))
    yield from _alerts(figures, _("alerts") if facts.width >= FULL_NAMES_FROM else "")


def _feed(feed: FeedWord, now: float, keep: int) -> Item:
    """Its sign, its name and its word; `keep` of one that is fine. One that is not loses its word before any of
    them its name, first where the figures say of when they are; an alarm is kept longer than a warning."""
    said = said_of(feed, now)
    words = (f"{named(feed, FEED_CELLS)} ", Tone.MUTED), said
    if not feed.stale and feed.tone not in _WRONG:
        return Item(words, keep)
    whole, name = (71, 82) if feed.stale else (72, 75)
    worse = feed.tone is Tone.ALARM
    shorter = Item(((named(feed, FEED_CELLS), said[1]),), name + worse, is_trouble=True)
    return Item(words, whole + worse, shorter=shorter)


def _when(heading: Heading, words: tuple[tuple[str, Tone], ...]) -> Item:
    """The time, and of which time it is: nothing stays longer."""
    if not heading.replay:
        return Item((*words, (f" {inert(heading.label)}", Tone.CALM)), keep=TIME_KEEP)
    return Item((*words, (" ", Tone.CALM)), keep=TIME_KEEP, flag=f" {inert(heading.label)} ")


def _present(heading: Heading, room: int) -> Iterator[Item]:
    """What of the present calls, while the past is shown."""
    if heading.now:
        tone = Tone.ALARM if heading.replay else Tone.NOTICE  # before the past is there, how far the reading is
        words = cut(inert(heading.now), room - len(MARKS.get(tone, "")), ".")
        yield Item(((words, tone),), keep=PRESENT_KEEP)


def _beside(when: Item, width: int) -> int:
    """The cells that the time leaves to something beside it."""
    return width - when.width - 2 * _gap(width)


def _gap(width: int) -> int:
    """Cells between two items."""
    return 3 if width >= FULL_NAMES_FROM else 1


def _alerts(figures: Figures | None, name: str) -> Iterator[Item]:
    """How many alerts call for somebody."""
    if figures is not None and (figures.alarms or figures.warnings):
        alarms, warnings = f"{MARKS[Tone.ALARM]} {figures.alarms}", f"{MARKS[Tone.WARN]} {figures.warnings}"
        yield Item(((f"{name}  ", Tone.MUTED), (f"{alarms}  {warnings}", Tone.CALM)), keep=80, right=True)


def _alone(facts: Facts, cells: int) -> Iterator[Item]:
    """What alone is shown, to the last."""
    focus = facts.focus
    if focus != NO_FOCUS:
        team, queue = (cut(inert(name), cells, ".") for name in (focus.team, focus.queue))
        said = _("only team {team}").format(team=team) if team else _("only {queue}").format(queue=queue)
        if team and queue:
            said = _("only team {team}, {queue}").format(team=team, queue=queue)
        yield Item(((said, Tone.NOTICE),), keep=LAST_TO_GO)


def _me(facts: Facts, keep: int, lead: str = "") -> Iterator[Item]:
    """Who writes here; that nobody does stays to the last."""
    me = cut(inert(facts.heading.me), ME_CELLS, ".")
    if not facts.names_who_writes:
        return
    if me:
        yield Item(((lead, Tone.MUTED), (me, Tone.CALM)), keep, right=True)
    else:
        yield Item(((_("locked"), Tone.NOTICE),), keep=LAST_TO_GO, right=True)


def _journal(heading: Heading, keep: int) -> Item:
    return Item(((cut(inert(heading.journal), JOURNAL_CELLS, "."), Tone.WARN),), keep, right=True)


def _is_note(heading: Heading) -> bool:
    """Whether the word about the journal is what is always true of another time, and nothing is wrong."""
    return heading.replay and not (heading.present is not None and heading.present.journal)


def _second(facts: Facts) -> Iterator[Item]:
    figures = facts.figures
    if figures is None:
        yield Item(((_("waiting for the first figures"), Tone.MUTED),), keep=100)
        return
    wide = facts.width >= FULL_NAMES_FROM
    of = _("of {n}").format(n=figures.offered) if wide else ""
    names = (_("WAITING"), _("LONGEST"), _("ANSWERED")) if wide else (_("WAIT"), _("LONG"), _("ANS"))
    yield from _as_of(facts, wide=wide)
    yield _item(names[0], (f"{figures.waiting}", figures.waiting_tone), 4 if wide else 3, keep=99)
    yield _item(names[1], _longest(figures, facts.now), 6, keep=98)
    yield _item(names[2], (_share(figures.answer_rate), figures.answer_rate_tone), 7, keep=96, after=of)
    level = (_share(figures.service_level), figures.service_level_tone)
    yield _item(_("SL"), level, 7, keep=97, after=f"({figures.target}) {figures.trend or ' '}")
    yield Item(tuple(_agents(figures)), keep=95, figure=True)
    if figures.expected_wait is not None:
        yield _item(_("expected wait"), (f"~{age_text(figures.expected_wait)}", Tone.CALM), 6, keep=40)


def _as_of(facts: Facts, *, wide: bool) -> Iterator[Item]:
    said = of_when(facts.heading.feeds, facts.now, facts.zone, wide=wide)
    if said:
        yield Item(((said, Tone.WARN),), keep=100)


def _only(facts: Facts) -> Iterator[Item]:
    heading = facts.heading
    name = cut(inert(heading.floor).split(" ")[0], 12, ".")
    when = _when(heading, ((facts.short_clock, Tone.CALM),))
    yield Item(((name, Tone.CALM),), keep=60)
    yield when
    yield from _present(heading, _beside(when, facts.width))
    yield from _reading_in_hand(heading)
    yield from _figures_in_hand(facts)
    if heading.journal:
        yield _journal(heading, keep=94)
    yield from _me(facts, keep=70)


def _time_in_hand(facts: Facts) -> Iterator[Item]:
    clock = facts.short_clock if facts.heading.now else facts.clock
    when = _when(facts.heading, ((clock, Tone.CALM),))
    yield when
    yield from _present(facts.heading, _beside(when, facts.width))
    yield from _reading_in_hand(facts.heading)


def _floor_in_hand(facts: Facts) -> Iterator[Item]:
    yield from _figures_in_hand(facts)
    yield from _alerts(facts.figures, "")
    if facts.heading.journal:
        yield _journal(facts.heading, keep=65 if _is_note(facts.heading) else 94)
    yield from _me(facts, keep=70)


def _reading_in_hand(heading: Heading) -> Iterator[Item]:
    if heading.loading is not None:
        yield Item(((f"{heading.loading * 100:.0f}%", Tone.NOTICE),), keep=99)


def _figures_in_hand(facts: Facts) -> Iterator[Item]:
    """What alone is shown, of when the figures are where they are old, who waits and for how long, the service level,
    and the first feed with which something else is wrong."""
    figures = facts.figures
    yield from _alone(facts, SHORT_FOCUS_CELLS)
    silent = [feed for feed in facts.heading.feeds if feed.stale]
    if silent:
        yield Item((said_in_hand(silent, facts.now, facts.zone),), keep=97)
    if figures is not None:
        level = "-" if figures.service_level is None else f"{figures.service_level * 100:.0f}"
        yield _item(_("wait"), (f"{figures.waiting}", figures.waiting_tone), 2, keep=98)
        yield Item((_longest(figures, facts.now),), keep=96, figure=True)
        yield _item(_("SL"), (level, figures.service_level_tone), 3, keep=95)
    wrong = [feed for feed in facts.heading.feeds if feed.tone in _WRONG and not feed.stale]
    for feed in sorted(wrong, key=lambda feed: feed.tone is not Tone.ALARM)[:1]:
        sign = Item(((feed.glyph, feed.tone),), keep=94) if feed.glyph else None
        yield Item(((named(feed, SHORT_FEED_CELLS), feed.tone),), keep=93, shorter=sign)


def _item(name: str, said: tuple[str, Tone], slot: int, *, keep: int, after: str = "") -> Item:
    """A figure with its name; figure and mark have `slot` cells, so that what follows stands still."""
    value, tone = said
    room = " " * (slot - width_of(value) - len(MARKS.get(tone, "")))
    return Item(((f"{name} ", Tone.MUTED), (value, tone), (room + after, Tone.MUTED)), keep, figure=True)


def _longest(figures: Figures, now: float) -> tuple[str, Tone]:
    if figures.longest_since is None:
        return "-", Tone.MUTED
    age, tone = now - figures.longest_since, Tone.CALM
    for seconds, step in figures.longest_steps:
        tone = step if age >= seconds else tone
    return age_text(age), tone


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value * 100:.1f}%"


def _agents(figures: Figures) -> Iterator[tuple[str, Tone]]:
    slot = len(str(sum(count or 0 for _letter, count in figures.agents)))
    for at, (letter, count) in enumerate(figures.agents):
        yield f"{' ' if at else ''}{letter} ", Tone.MUTED
        yield (NOT_IN_FEED.ljust(slot), Tone.MUTED) if count is None else (str(count).ljust(slot), Tone.CALM)
