"""A seat map as lines of styled pieces: seats as they stand in the room, as much of each as there is room for. Pure.

Rules
- Gaps are kept: an empty row is a blank line; a column in which nobody sits is an aisle, half as wide as a seat.
- Five densities, the widest that fits: label, letter and mark; letter and mark; twice the same closer; the letter
  alone, where a mark of the seat's own takes its place. Where not even that fits, the map scrolls at the fourth.
- A seat of the muted tone has no coloured cell: nobody is there, and whoever is stands out.
- Words that are looked for leave the seats that hold them as they are, and take colour and mark from all others.
- A seat without a place of its own (outside any room, or where another stands) is not lost: it stands below the room.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from rich.style import Style

from floorwatch.app.cells import fit, width_of
from floorwatch.app.paint import Piece
from floorwatch.app.places import clipped, distinct, worded
from floorwatch.app.prose import MARGIN, Ink, Lines
from floorwatch.app.tones import DEEPEST, FRESH, MARKS, Ground
from floorwatch.text import folded, inert
from floorwatch.views import Align, Cell, Seat, SeatMap, Tone
from floorwatch.words import _

ROWS, COLUMNS = range(400), range(400)
"""Where a seat can stand; larger rooms than any, and small enough to be laid out at once."""

STRAYS_A_ROW = 20
WIDEST_LABEL = 8
NARROWEST_WITH_TITLES = 12
NO_SEATS: Mapping[int, Seat] = {}


class Density(Struct, frozen=True):
    """Cells of one seat: its label, the coloured block with its letter, its mark, and the gap to the next."""

    label: int
    block: int
    mark: int
    gap: int = 0

    @property
    def pitch(self) -> int:
        """Cells from one seat to the next."""
        return self.label + self.block + self.mark + self.gap

    @property
    def aisle(self) -> int:
        """Cells of a column in which nobody sits."""
        return max(1, self.pitch // 2)


CLOSE, LETTER, SNUG, MARKED = Density(0, 1, 0), Density(0, 1, 1), Density(0, 2, 1), Density(0, 3, 1)


def labelled(cells: int) -> Density:
    """The density that shows labels of so many cells."""
    return Density(cells, 3, 1, 1)


class Room(Struct, frozen=True):
    """Seats by row and column, their `places` by key, and what they want at the widest."""

    rows: tuple[Mapping[int, Seat], ...]
    titles: tuple[str, ...]
    places: Mapping[str, tuple[int, int]]
    used: tuple[bool, ...]
    label_cells: int
    title_cells: int

    def seat(self, key: str | None) -> Seat | None:
        """The seat of this key."""
        place = None if key is None else self.places.get(key)
        return None if place is None else self.rows[place[0]][place[1]]


class Plan(Struct, frozen=True):
    """Where things stand in `width` cells: titles from the margin on, seats from `lead`, columns `starts` behind it."""

    density: Density
    width: int
    margin: int
    title: int
    starts: tuple[int, ...]

    @property
    def lead(self) -> int:
        """Cells in front of the seats."""
        return self.margin + self.title

    def window(self, left: int) -> range:
        """The columns in sight when `left` is the first; at least that one."""
        reach = self.starts[left] + self.width - self.lead + self.density.gap
        return range(left, max(left + 1, bisect_right(self.starts, reach) - 1))

    def leftmost(self, column: int) -> int:
        """The first of the columns in sight when this is the last."""
        ends = self.starts[column + 1] - self.density.gap
        return min(column, bisect_left(self.starts, ends - (self.width - self.lead)))

    def column_at(self, x: int, left: int) -> int | None:
        """The column that stands at cell `x`."""
        if x < self.lead:
            return None
        column = bisect_right(self.starts, self.starts[left] + x - self.lead) - 1
        return column if column < len(self.starts) - 1 else None


class MapLook(Struct, frozen=True):
    """Which seats stand out: the one under the cursor, those with a mark that is new since the last look, and those in
    which words were found (None: none are looked for)."""

    cursor: str | None = None
    fresh: frozenset[str] = frozenset()
    found: frozenset[str] | None = None


NO_LOOK = MapLook()


def seat_map_lines(view: SeatMap, width: int, ink: Ink) -> Lines:
    """The whole map without a cursor: caption, then a line for each row; each of at most `width` cells."""
    if width <= 0:
        return []
    room = room_of(view)
    plan = plan_of(room, width)
    lines = [worded(view.caption, width, ink, heading=True)] if view.caption else []
    if not room.places:
        return [*lines, worded(empty_words(view), width, ink)]
    window = plan.window(0)
    return lines + [clipped(row_pieces(room, plan, at, window, ink), width) for at in range(len(room.rows))]


def empty_words(view: SeatMap) -> str:
    """What a map without seats says."""
    return view.empty or _("No seat is known yet.")


def room_of(view: SeatMap) -> Room:
    """The seats where they stand."""
    rows: dict[int, dict[int, Seat]] = defaultdict(dict)
    strays: list[Seat] = []
    for key, each in zip(distinct(seat.key for seat in view.seats), view.seats, strict=True):
        seat = each if key == each.key else replace(each, key=key)
        if seat.row in ROWS and seat.column in COLUMNS and int(seat.column) not in rows[int(seat.row)]:
            rows[int(seat.row)][int(seat.column)] = seat
        else:
            strays.append(seat)
    titles = [inert(title) for title in view.rows[: len(ROWS)]]
    seated = [row for row, seats in rows.items() if seats]
    last = max([*seated, *(row for row, title in enumerate(titles) if title)], default=-1)
    grid: list[Mapping[int, Seat]] = [rows.get(row, NO_SEATS) for row in range(last + 1)]
    columns = max((column for seats in grid for column in seats), default=-1) + 1
    grid += _stray_rows(strays, max(columns, STRAYS_A_ROW), apart=bool(grid))
    taken = {column for seats in grid for column in seats}
    return Room(
        tuple(grid),
        tuple(titles[: len(grid)]) + ("",) * (len(grid) - len(titles)),
        {seat.key: (row, column) for row, seats in enumerate(grid) for column, seat in seats.items()},
        tuple(column in taken for column in range(max(taken, default=-1) + 1)),
        max((width_of(inert(seat.label)) for seat in view.seats), default=0),
        max(map(width_of, titles), default=0),
    )


def _stray_rows(strays: Sequence[Seat], a_row: int, *, apart: bool) -> Iterator[Mapping[int, Seat]]:
    if strays and apart:
        yield NO_SEATS
    for first in range(0, len(strays), a_row):
        yield dict(enumerate(strays[first : first + a_row]))


def found_in(room: Room, words: str) -> tuple[str, ...]:
    """Keys of the seats that hold all these words, in the order of the rows; capitals and full-width letters make no
    difference. Without words none does."""
    wanted = folded(words).split()
    seats = (seats[column] for seats in room.rows for column in sorted(seats))
    return tuple(seat.key for seat in seats if _holds(seat, wanted)) if wanted else ()


def _holds(seat: Seat, wanted: Sequence[str]) -> bool:
    text = folded("\n".join((seat.label, *(cell.text for cell in about_of(seat)))))
    return all(word in text for word in wanted)


def plan_of(room: Room, width: int) -> Plan:
    """The widest density at which the room fits `width` cells, without its titles before it is drawn close."""
    title = min(room.title_cells, max(1, width // 4)) + 1 if room.title_cells else 0
    tries = [(density, MARGIN, title) for density in (MARKED, SNUG, LETTER)]
    tries += [(LETTER, 0, 0), (CLOSE, MARGIN, title), (CLOSE, 0, 0)]
    if room.label_cells:
        tries.insert(0, (labelled(min(room.label_cells, WIDEST_LABEL)), MARGIN, title))
    for density, margin, title_cells in tries:
        if margin + title_cells + _cells(room, density) <= width:
            return _planned(room, density, width, margin, title_cells)
    return _planned(room, LETTER, width, *((MARGIN, title) if width >= NARROWEST_WITH_TITLES else (0, 0)))


def _cells(room: Room, density: Density) -> int:
    seats = sum(room.used)
    return seats * density.pitch + (len(room.used) - seats) * density.aisle - density.gap


def _planned(room: Room, density: Density, width: int, margin: int, title: int) -> Plan:
    starts = [0]
    for used in room.used:
        starts.append(starts[-1] + (density.pitch if used else density.aisle))
    return Plan(density, width, margin, title, tuple(starts))


def row_pieces(room: Room, plan: Plan, at: int, window: range, ink: Ink, look: MapLook = NO_LOOK) -> list[Piece]:
    """One row of the room, its columns in `window`; it may end before the width does."""
    blank = ink.palette.style(Tone.CALM)
    title = fit(ink.glyphs.plain(room.titles[at]), plan.title - 1, sign=ink.glyphs.cut)
    pieces = [(" " * plan.margin, blank), (title, ink.palette.style(Tone.MUTED)), (" " * min(1, plan.title), blank)]
    seats, origin, done = room.rows[at], plan.starts[window.start], 0
    for column in window:
        seat = seats.get(column)
        if seat is None:
            continue
        x = plan.starts[column] - origin
        pieces.append((" " * (x - done), blank))
        is_aside = look.found is not None and seat.key not in look.found
        pieces += (aside_pieces if is_aside else seat_pieces)(seat, plan.density, ink, look)
        done = x + plan.density.pitch - plan.density.gap
    return pieces


def aside_pieces(seat: Seat, density: Density, ink: Ink, look: MapLook) -> list[Piece]:
    """One seat that does not hold the words that are looked for, in the cells of its density."""
    style = ink.palette.style(Tone.MUTED, Ground.CELL if seat.key == look.cursor else Ground.PLAIN)
    label = fit(ink.glyphs.plain(inert(seat.label)), density.label, sign=ink.glyphs.cut)
    return [(label + _one(seat.letter, density.block, ink), style), (" " * density.mark, ink.palette.style(Tone.CALM))]


def seat_pieces(seat: Seat, density: Density, ink: Ink, look: MapLook) -> list[Piece]:
    """One seat in exactly the cells of its density, without the gap behind it."""
    palette, glyphs = ink.palette, ink.glyphs
    cursor, fresh = seat.key == look.cursor, seat.key in look.fresh
    here = palette.style(seat.tone, Ground.CELL)
    sign = mark_of(seat)
    letter = seat.letter if density.mark else seat.mark or seat.letter
    pieces = [(_one(letter, density.block, ink), here if cursor else _ground(seat, ink))]
    if density.label:
        label = fit(glyphs.plain(inert(seat.label)), density.label, sign=glyphs.cut)
        pieces.insert(0, (label, here if cursor else palette.style(Tone.CALM, bold=fresh)))
    if density.mark:
        style = palette.style(Tone.NOTICE if seat.tone is Tone.CALM else seat.tone, bold=True)
        # A mark that came and went while nobody looked leaves nothing to see.
        pieces.append((_one(sign, density.mark, ink), style + FRESH if fresh and sign else style))
    return pieces


def _ground(seat: Seat, ink: Ink) -> Style:
    if seat.tone is Tone.MUTED:
        return ink.palette.style(Tone.MUTED)
    return ink.palette.shade(seat.tone, depth_of(seat, ink.now))


def _one(sign: str, cells: int, ink: Ink) -> str:
    """A sign in the middle of its cells; one that is too wide for them is `#`."""
    text = ink.glyphs.plain(inert(sign[:2]))
    return fit(text[:1] if width_of(text[:1]) <= cells else "#", cells, Align.CENTER)


def mark_of(seat: Seat) -> str:
    """The seat's own mark, else that of its tone."""
    return seat.mark or MARKS.get(seat.tone, "")


def depth_of(seat: Seat, now: float) -> int | None:
    """How deep the colour is: any step that was reached shows, the last one is the deepest; None without steps."""
    if seat.since is None or not seat.shades:
        return None
    age = now - seat.since
    return -(-sum(age >= seconds for seconds in seat.shades) * DEEPEST // len(seat.shades))


def deepens_in(seat: Seat, now: float) -> float | None:
    """Seconds until the next step."""
    if seat.since is None:
        return None
    age = now - seat.since
    return min((seconds - age for seconds in seat.shades if seconds > age), default=None)


def about_of(seat: Seat) -> Sequence[Cell]:
    """What is said of the seat under the cursor; label, letter and age where its panel says nothing."""
    if seat.about:
        return seat.about
    age = () if seat.since is None else (Cell.age(seat.since, tone=seat.tone),)
    return (Cell(seat.label or seat.key), Cell(seat.letter, seat.tone, badge=True), *age)
