"""A timeline as lines of styled pieces: tracks of coloured runs under the marks of what happened, and an axis. Pure.

Rules
- A run begins with its letter and the mark of its tone; what is left is its colour, or dots where that cannot be seen.
- A cell that several stretches share is the one's that lasted longest in it; of equals, the later one's.
- What ends before it starts lasted no time; what is outside the span, or at no moment at all, is not there.
- Where titles would take too much of a narrow line, each has a line of its own above its track.
- What lasts still reaches to now, and now goes on between two views.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby, islice
from math import ceil, isfinite

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.app.cells import age_text, cut, fit, width_of
from floorwatch.app.chart_time import Span, span_between
from floorwatch.app.paint import Piece
from floorwatch.app.places import clipped, distinct, worded
from floorwatch.app.prose import LONGEST_LINES, MARGIN, Ink, Lines
from floorwatch.app.time_axis import axis_pieces, moment_words, now_sign
from floorwatch.app.tones import FRESH, MARKS, Ground, Palette
from floorwatch.text import inert
from floorwatch.views import Cell, Mark, Stretch, Timeline, Tone, Track
from floorwatch.words import _

NARROW = 60
"""Below so many cells, titles that want more than their share stand above their tracks."""

TITLE_SHARE = 4
FILL = "."
TOO_WIDE = "#"
_URGENCY = (Tone.MUTED, Tone.CALM, Tone.NOTICE, Tone.WARN, Tone.ALARM)


class Part(StrEnum):
    """What a line of a track holds."""

    TITLE = "title"
    MARKS = "marks"
    RUNS = "runs"


class Plan(Struct, frozen=True):
    """Where things stand in `width` cells: titles from the margin on, the span from `lead`. Without a `span` the span
    is none that can be drawn."""

    width: int
    title: int
    narrow: bool
    span: Span | None
    now: float | None

    @property
    def lead(self) -> int:
        """Cells in front of the span."""
        return MARGIN if self.narrow or not self.title else MARGIN + self.title + 1

    @property
    def now_cell(self) -> int | None:
        """The cell of the span in which now is."""
        return None if self.span is None else self.span.cell_of(self.now)


class Stop(Struct, frozen=True):
    """What the cursor can be on within a track: a stretch or a mark, and since when it is there."""

    at: float
    thing: Stretch | Mark


class TrackLook(Struct, frozen=True):
    """How a track stands out: the cursor is in it, on `stop` if there is anything; its marks are new."""

    cursor: bool = False
    stop: Stop | None = None
    fresh: bool = False


NO_LOOK = TrackLook()


def timeline_lines(view: Timeline, width: int, ink: Ink) -> Lines:
    """The whole timeline without a cursor: caption, axis, every track; each line at most `width` cells."""
    if width <= 0:
        return []
    lines = [worded(view.caption, width, ink, heading=True)] if view.caption else []
    if not view.tracks:
        return [*lines, worded(empty_words(view), width, ink)]
    tracks = tracks_of(view)
    plan = plan_of(view, tracks, width, ink.now)
    lines.append(clipped(axis_pieces(plan.span, plan.lead, plan.now, ink), width))
    body = ((track, part) for track in tracks for part in parts_of(track, plan))
    lines += [clipped(track_pieces(track, part, plan, ink), width) for track, part in islice(body, LONGEST_LINES)]
    return lines


def empty_words(view: Timeline) -> str:
    """What a timeline without tracks says."""
    return view.empty or _("Nothing happened in this time.")


def tracks_of(view: Timeline) -> tuple[Track, ...]:
    """The tracks, each with a key of its own."""
    keyed = zip(distinct(track.key for track in view.tracks), view.tracks, strict=True)
    return tuple(track if track.key == key else replace(track, key=key) for key, track in keyed)


def plan_of(view: Timeline, tracks: Sequence[Track], width: int, now: float) -> Plan:
    """How the tracks stand in `width` cells at floor time `now`; a cell at the right stays free."""
    wanted = max((width_of(inert(track.title)) for track in tracks), default=0)
    narrow = width < NARROW and wanted > width // TITLE_SHARE
    title = wanted if narrow else min(wanted, width // TITLE_SHARE)
    plan = Plan(width, title, narrow, None, None if view.now is None else max(view.now, now))
    return replace(plan, span=span_between(view.start, view.end, width - plan.lead - MARGIN))


def parts_of(track: Track, plan: Plan) -> Iterator[Part]:
    """The lines that a track takes, from the top."""
    if plan.narrow:
        yield Part.TITLE
    if any(plan.span is not None and plan.span.cell_of(mark.at) is not None for mark in track.marks):
        yield Part.MARKS
    yield Part.RUNS


def stops_of(track: Track, plan: Plan) -> list[Stop]:
    """What the cursor can go to, in the order of time."""
    span = plan.span
    if span is None:
        return []
    stops = [Stop(mark.at, mark) for mark in track.marks if span.cell_of(mark.at) is not None]
    stops += [Stop(each.start, each) for each in track.stretches if reach_of(each, plan) is not None]
    return sorted(stops, key=lambda stop: stop.at)


def reach_of(stretch: Stretch, plan: Plan) -> tuple[float, float] | None:
    """From where to where a stretch lies, counted in cells of the span; None where it is outside."""
    span = plan.span
    if span is None or not isfinite(stretch.start):
        return None
    lasts_to = span.end if plan.now is None or not isfinite(plan.now) else plan.now
    end = lasts_to if stretch.end is None else stretch.end
    end = max(stretch.start, end)
    if stretch.start >= span.end or (end <= span.start and stretch.start < span.start):
        return None
    return span.position(stretch.start), span.position(end)


def cells_of(stretch: Stretch, plan: Plan) -> range:
    """The cells of the span that a stretch touches: at least one, if it is there at all."""
    reach = reach_of(stretch, plan)
    if reach is None or plan.span is None:
        return range(0)
    first = min(int(reach[0]), plan.span.cells - 1)
    return range(first, max(first + 1, min(plan.span.cells, ceil(reach[1]))))


def owners_of(track: Track, plan: Plan) -> list[Stretch | None]:
    """Whose each cell of the span is."""
    cells = 0 if plan.span is None else plan.span.cells
    owners: list[Stretch | None] = [None] * cells
    shares = [-1.0] * cells
    for stretch in track.stretches:
        reach, taken = reach_of(stretch, plan), cells_of(stretch, plan)
        if reach is None:
            continue
        inner = slice(taken.start + 1, taken.stop - 1)
        owners[inner] = [stretch] * len(owners[inner])
        shares[inner] = [1.0] * len(shares[inner])
        for cell in {taken.start, taken.stop - 1}:
            share = min(cell + 1.0, reach[1]) - max(float(cell), reach[0])
            if share >= shares[cell]:
                owners[cell], shares[cell] = stretch, share
    return owners


def track_pieces(track: Track, part: Part, plan: Plan, ink: Ink, look: TrackLook = NO_LOOK) -> list[Piece]:
    """One line of a track."""
    blank = ink.palette.style(Tone.CALM)
    ground = Ground.ROW if look.cursor else Ground.PLAIN
    title = ink.palette.style(Tone.CALM, ground, bold=look.cursor)
    text = ink.glyphs.plain(inert(track.title))
    if part is Part.TITLE:
        return [(" " * MARGIN, blank), (cut(text, plan.width - 2 * MARGIN, ink.glyphs.cut), title)]
    thing = None if look.stop is None else look.stop.thing
    lead = [(" " * plan.lead, blank)]
    if part is Part.MARKS:
        return [*lead, *_mark_line(track, plan, ink, thing if isinstance(thing, Mark) else None, fresh=look.fresh)]
    if plan.title and not plan.narrow:
        lead = [(" " * MARGIN, blank), (fit(text, plan.title, sign=ink.glyphs.cut), title), (" ", blank)]
    return [*lead, *_run_line(track, plan, ink, thing if isinstance(thing, Stretch) else None)]


def _run_line(track: Track, plan: Plan, ink: Ink, cursor: Stretch | None) -> Iterator[Piece]:
    owners = owners_of(track, plan)
    if cursor is not None:
        taken = cells_of(cursor, plan)
        owners[taken.start : taken.stop] = [cursor] * len(taken)
    cell = 0
    for _owner, run in groupby(owners, key=id):
        found = list(run)
        stretch = found[0]
        if stretch is None:
            yield from _gap(cell, len(found), plan, ink)
        else:
            yield _run(stretch, len(found), ink, cursor=stretch is cursor)
        cell += len(found)


def _run(stretch: Stretch, cells: int, ink: Ink, *, cursor: bool) -> Piece:
    letter = ink.glyphs.plain(inert(stretch.letter[:1]))
    text = cut(letter + MARKS.get(stretch.tone, ""), cells)
    style = ink.palette.shade(stretch.tone, None)
    fill = FILL if _is_invisible(ink.palette, stretch.tone) else " "
    return text + fill * (cells - width_of(text)), ink.palette.style(stretch.tone, Ground.CELL) if cursor else style


def _is_invisible(palette: Palette, tone: Tone) -> bool:
    """Whether the colour of a run is that of nothing."""
    return palette.shade(tone, None).bgcolor == palette.style(Tone.CALM).bgcolor


def _mark_line(track: Track, plan: Plan, ink: Ink, cursor: Mark | None, *, fresh: bool) -> Iterator[Piece]:
    if plan.span is None:
        return
    found: dict[int, Mark] = {}
    for mark in sorted(track.marks, key=lambda mark: _URGENCY.index(mark.tone)):
        cell = plan.span.cell_of(mark.at)
        if cell is not None:
            found[cell] = mark
    if cursor is not None and (cell := plan.span.cell_of(cursor.at)) is not None:
        found[cell] = cursor
    done = 0
    for cell in sorted(found):
        yield from _gap(done, cell - done, plan, ink)
        yield _sign(found[cell], ink, cursor=found[cell] is cursor, fresh=fresh)
        done = cell + 1
    yield from _gap(done, plan.span.cells - done, plan, ink)


def _sign(mark: Mark, ink: Ink, *, cursor: bool, fresh: bool) -> Piece:
    text = ink.glyphs.plain(inert(mark.sign[:1]))
    style = ink.palette.style(mark.tone, Ground.CELL if cursor else Ground.PLAIN, bold=True)
    return (text if width_of(text) == 1 else TOO_WIDE), style + FRESH if fresh and not cursor else style


def _gap(first: int, cells: int, plan: Plan, ink: Ink) -> Iterator[Piece]:
    """Cells in which nothing is, with now where it falls among them."""
    blank = ink.palette.style(Tone.CALM)
    at = plan.now_cell
    if at is None or not first <= at < first + cells:
        yield " " * cells, blank
        return
    yield " " * (at - first), blank
    yield now_sign(ink), ink.palette.style(Tone.NOTICE)
    yield " " * (first + cells - at - 1), blank


def about_of(stop: Stop, plan: Plan, ink: Ink) -> Sequence[Cell]:
    """What is said of a stretch (from when to when, how long, what) or of a mark (when, what)."""
    span, thing = plan.span, stop.thing
    start = moment_words(stop.at, span, ink.zone)
    if isinstance(thing, Mark):
        return (Cell(start), Cell(thing.about or thing.sign, thing.tone))
    words = Cell(thing.about or thing.letter, thing.tone)
    if thing.end is None:
        return (Cell(f"{start}-"), Cell.age(thing.start), words)
    end = moment_words(thing.end, span, ink.zone)
    return (Cell(f"{start}-{end}"), Cell(age_text(thing.end - thing.start)), words)
