"""Things that stand somewhere: seats in a room, stretches of a day. Both take a cursor."""

from msgspec import Struct

from floorwatch.views.cells import Cell, Tone


class Seat(Struct, frozen=True):
    """One seat. `key` is unique in the map and stays with it, like a row's; Enter opens what stands behind it.

    `row` and `column` are its place in the room, from 0 at the upper left; nobody sits where no seat is given. `letter`
    is a state letter of one cell on a cell coloured by `tone`; the colour deepens at each of `shades` (seconds since
    `since`). `mark` is one more sign beside it ("!", "h"). `label` names it where there is room ("A07"); `about` is
    what the line under the map says while the cursor is on it.
    """

    key: str
    row: int
    column: int
    letter: str = ""
    tone: Tone = Tone.CALM
    since: float | None = None
    shades: tuple[float, ...] = ()
    mark: str = ""
    label: str = ""
    about: tuple[Cell, ...] = ()


class SeatMap(Struct, frozen=True):
    """Seats as they stand in the room. `rows` are titles at the left, by row number ("": none).

    `about` is what `?` says of a seat: what letters and marks mean. `home` is the panel whose detail Enter opens for a
    key of it, where that is another one: "agents" for people.
    """

    seats: tuple[Seat, ...]
    rows: tuple[str, ...] = ()
    caption: str = ""
    empty: str = ""
    opens: bool = True
    home: str = ""
    about: str = ""


class Stretch(Struct, frozen=True):
    """Something that lasted from `start` up to `end` (epoch seconds UTC; None: it lasts still).

    `letter` is drawn in it, like a state letter; `about` is said while the cursor is on it. `key` is what Enter on it
    opens, where that is another thing than what stands behind its track.
    """

    start: float
    end: float | None = None
    letter: str = ""
    tone: Tone = Tone.CALM
    about: str = ""
    key: str = ""


class Mark(Struct, frozen=True):
    """Something that happened at a moment: one sign above its track. `key` is as that of a stretch."""

    at: float
    sign: str
    tone: Tone = Tone.NOTICE
    about: str = ""
    key: str = ""


class Track(Struct, frozen=True):
    """One line of a timeline. `key` is unique in it; Enter opens what stands behind it. Stretches are in order."""

    key: str
    title: str
    stretches: tuple[Stretch, ...] = ()
    marks: tuple[Mark, ...] = ()


class Timeline(Struct, frozen=True):
    """Tracks over one span of time, `start` up to `end` (epoch seconds UTC), with `now` marked (None: not in it).

    `home` is the panel whose detail Enter opens for a track, where that is another one. `starts`: the cursor stands
    here at first, as in a table.
    """

    tracks: tuple[Track, ...]
    start: float
    end: float
    now: float | None = None
    caption: str = ""
    empty: str = ""
    opens: bool = True
    home: str = ""
    starts: bool = False
