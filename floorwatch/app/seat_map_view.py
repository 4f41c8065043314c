"""The widget for a seat map: the room with a cursor, whose colours deepen as time passes.

Rules
- Words that are looked for take the cursor to the first seat that holds them, and keep it among those that do: left and
  right go to the one before and the next, up and down to the nearest row that has one.
- What stands behind an empty seat ("seat:A07") its own panel knows, whoever is at home with the people of the map.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from textual.geometry import Region

from floorwatch.app.paint import Piece
from floorwatch.app.place_view import PlaceView
from floorwatch.app.prose import Ink
from floorwatch.app.seat_map import (
    MapLook,
    Plan,
    Room,
    about_of,
    deepens_in,
    depth_of,
    empty_words,
    found_in,
    mark_of,
    plan_of,
    room_of,
    row_pieces,
)
from floorwatch.app.stage import Stage
from floorwatch.text import inert
from floorwatch.views import Cell, Seat, SeatMap
from floorwatch.words import _

Line = tuple[str, Mapping[int, Seat]]

SEAT = "seat:"
"""What the key of a seat begins with in which nobody sits."""


class SeatMapView(PlaceView):
    """A seat map on the screen. `show` takes the next one."""

    TAKES = (SeatMap,)

    def __init__(self, stage: Stage, view: SeatMap | None = None) -> None:
        self._map = SeatMap(())
        self._room: Room = room_of(self._map)
        self._planned: Plan | None = None
        self._left = 0
        self._cursor: str | None = None
        self._place = (0, 0)
        self._aim = 0
        """The column that the cursor keeps to on its way up and down."""
        self._depths: dict[str, int | None] = {}
        self._words = ""
        self._found: tuple[str, ...] = ()
        """Keys of the seats that hold the words that are looked for, in the order of the rows."""
        self._holding: frozenset[str] | None = None
        """The same to look up; None while no words are looked for."""
        super().__init__(stage, view)

    @property
    def row_key(self) -> str | None:
        """The key of the seat under the cursor."""
        return self._cursor

    def has(self, key: str) -> bool:
        """Whether there is such a seat."""
        return key in self._room.places

    @property
    def home(self) -> str:
        """The panel that knows what stands behind the seat under the cursor, where that is another one."""
        is_empty = self._cursor is not None and self._cursor.startswith(SEAT)
        return "" if is_empty else self._map.home

    def words_of(self, key: str) -> str:
        """What is said of the seat first, which names who sits there; else its label."""
        seat = self._room.seat(key)
        if seat is None:
            return inert(key)
        return inert(next((cell.text for cell in seat.about if cell.text), seat.label or key))

    @property
    def explain_words(self) -> str:
        """What its panel says of letters and marks."""
        return inert(self._map.about)

    @property
    def sought(self) -> str:
        """The words that are looked for."""
        return self._words

    @property
    def found(self) -> int:
        """How many seats hold them."""
        return len(self._found)

    def filter(self, words: str) -> None:
        """Look for these words; "" for none."""
        if words == self._words:
            return
        self._words = words
        self._seek()
        if self._found:
            self._take(self._found[0])
            self._hold(follow=True)
        self.refresh()
        self.stage.beat.wake()
        self.post_message(self.Moved())

    def tick(self, now: float) -> float | None:
        """Repaint the seats in sight whose colour deepens, and an age in the line about the cursor."""
        if not self.on_screen:
            return None
        head, due = self._shelves.head, []
        for y, (_title, seats) in enumerate(self._contents()):
            turned = [column for column, seat in seats.items() if self._has_turned(seat, now)]
            self._refresh_columns(head + y, turned)
            due += [seconds for seat in seats.values() if (seconds := deepens_in(seat, now)) is not None]
        return self._next_tick(due)

    def _has_turned(self, seat: Seat, now: float) -> bool:
        return seat.key in self._depths and self._depths[seat.key] != depth_of(seat, now)

    def _accept(self, view: SeatMap) -> frozenset[str]:
        old, self._room = self._room, room_of(view)
        self._map, self._planned = view, None
        self._seek()
        self._depths = {key: depth for key, depth in self._depths.items() if key in self._room.places}
        return _newly_marked(old, self._room)

    # Drawing

    @property
    def _standing(self) -> object:
        """What moves or changes every line when it differs."""
        view = self._map
        count = self._count(self.size.width)
        return self._shelves, self._plan, count, self._room.titles, view.caption, view.empty, self._found

    def _count(self, width: int) -> int:  # noqa: ARG002  # a row is one line at any width
        return len(self._room.rows) if self._room.places else 0

    def _content(self, at: int) -> Line:
        return self._room.titles[at], self._room.rows[at]

    def _body(self, at: int, ink: Ink) -> Sequence[Piece]:
        plan = self._plan
        window = plan.window(self._left)
        seats = self._room.rows[at]
        for column in window:
            if column in seats:
                self._depths[seats[column].key] = depth_of(seats[column], ink.now)
        look = MapLook(self._cursor if self.has_focus else None, self._fresh, self._holding)
        return row_pieces(self._room, plan, at, window, ink, look)

    def _about(self) -> Sequence[Cell]:
        seat = self._room.seat(self._cursor)
        return () if seat is None else (*about_of(seat), *self._beyond())

    def _beyond(self) -> Iterator[Cell]:
        """Which columns are in sight, where not all are."""
        window, columns = self._plan.window(self._left), len(self._room.used)
        if len(window) < columns:
            first, last = window.start + 1, min(window.stop, columns)
            yield Cell(_("[columns {first}-{last} of {count}]").format(first=first, last=last, count=columns))

    def _empty(self) -> str:
        return empty_words(self._map)

    def _refresh_line(self, y: int, before: Line, after: Line) -> None:
        old, new = before[1], after[1]
        self._refresh_columns(y, [at for at in old.keys() | new.keys() if old.get(at) != new.get(at)])

    def _refresh_columns(self, y: int, columns: Sequence[int]) -> None:
        """Paint a line again from the first of these columns to the last of those in sight."""
        plan = self._plan
        window = plan.window(self._left)
        seen = [column for column in columns if column in window]
        if seen:
            first, last = min(seen), max(seen)
            x = plan.lead + plan.starts[first] - plan.starts[self._left]
            self.refresh(Region(x, y, plan.starts[last + 1] - plan.starts[first], 1))

    @property
    def _plan(self) -> Plan:
        width = max(1, self.size.width - self._scrolls)
        if self._planned is None or self._planned.width != width:
            self._planned = plan_of(self._room, width)
            self._left = max(0, min(self._left, len(self._planned.starts) - 2))
        return self._planned

    # The cursor

    def _find_cursor(self) -> None:
        """Keep the cursor on its seat; on the nearest one where that is gone."""
        if self._cursor is None or not self.has(self._cursor):
            row, column = self._place
            places = self._room.places
            self._cursor = min(
                places, key=lambda key: (abs(places[key][0] - row), abs(places[key][1] - column)), default=None
            )
        if self._cursor is not None and self._place != self._room.places[self._cursor]:
            self._take(self._cursor)

    def _take(self, key: str) -> None:
        self._cursor = key
        self._place = self._room.places[key]
        self._aim = self._place[1]

    def _cursor_lines(self) -> range:
        return range(0) if self._cursor is None else range(self._place[0], self._place[0] + 1)

    def _cursor_cell(self) -> int:
        plan, column = self._plan, self._place[1]
        return plan.lead if self._cursor is None else plan.lead + plan.starts[column] - plan.starts[self._left]

    def _step(self, across: int, down: int) -> None:
        row, column = self._place
        if across and self._found:
            self._take(self._beside(across))
            return
        if across:
            seats = self._room.rows[row] if self._cursor is not None else {}
            ahead = [each for each in seats if (each - column) * across > 0]
            if ahead:
                self._take(seats[min(ahead, key=lambda each: abs(each - column))].key)
            return
        ahead = [each for each in range(len(self._room.rows)) if self._aims(each) and (each - row) * down > 0]
        if ahead:
            target = row + down
            self._take_in(min(ahead, key=lambda each: (abs(each - target), abs(each - row))))

    def _seek(self) -> None:
        self._found = found_in(self._room, self._words)
        self._holding = frozenset(self._found) if self._words.strip() else None

    def _aims(self, row: int) -> Mapping[int, Seat]:
        """The seats of a row that the cursor may go to."""
        seats = self._room.rows[row]
        holding = self._holding
        return {at: seat for at, seat in seats.items() if seat.key in holding} if holding else seats

    def _beside(self, across: int) -> str:
        """The seat that holds the words before or behind the cursor; the last one where there is no other."""
        at = [self._room.places[key] for key in self._found]
        ahead = bisect_right(at, self._place) if across > 0 else bisect_left(at, self._place) - 1
        return self._found[max(0, min(ahead, len(at) - 1))]

    def _far(self, direction: int) -> None:
        if self._found:
            self._take(self._found[-1 if direction > 0 else 0])
        elif self._cursor is not None:
            seats = self._room.rows[self._place[0]]
            self._take(seats[max(seats) if direction > 0 else min(seats)].key)

    def _put(self, x: int, at: int) -> bool:
        column = self._plan.column_at(x, self._left)
        seat = None if column is None else self._room.rows[at].get(column)
        if seat is not None:
            self._take(seat.key)
        return seat is not None

    def _take_in(self, row: int) -> None:
        seats, aim = self._aims(row), self._aim
        self._take(seats[min(seats, key=lambda each: abs(each - aim))].key)
        self._aim = aim

    def _hold_across(self) -> bool:
        if self._cursor is None:
            return False
        plan, left, column = self._plan, self._left, self._place[1]
        self._left = min(max(left, plan.leftmost(column)), column)
        self._left = min(self._left, plan.leftmost(len(self._room.used) - 1))
        return left != self._left


def _newly_marked(old: Room, new: Room) -> frozenset[str]:
    """Seats that carry another mark than before; where that is every second one, nothing is news."""
    marked = frozenset(
        key
        for key in new.places
        if (seat := new.seat(key)) is not None
        and mark_of(seat)
        and ((before := old.seat(key)) is None or mark_of(before) != mark_of(seat))
    )
    return marked if 2 * len(marked) <= len(new.places) else frozenset()
