"""Any view as things with values, as they are to be seen at a moment: what two of them are compared by.

Rules
- A thing is a row, a tile, a series, a seat, a track, a line of text, a field; it keeps its key while it changes.
- A value is the same as another when a person could not tell them apart: an age by the instant at which it began, and
  all by their tone. What a key explains or a column sorts by is not seen, and a key to press is no value.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from math import isfinite
from typing import assert_never

from msgspec import Struct

from floorwatch.spoken import NOTHING, clock, duration
from floorwatch.text import inert
from floorwatch.views import (
    Bars,
    Cell,
    Chart,
    Field,
    Form,
    Notice,
    Part,
    Row,
    RowKind,
    Seat,
    SeatMap,
    Table,
    Text,
    Tile,
    Tiles,
    Timeline,
    Tone,
    Track,
)
from floorwatch.words import _, _p


class Value(Struct, frozen=True):
    """What stands under `label`: its words and their tone; of what runs the clock time at which it began, and what
    stands in front of the age."""

    label: str
    text: str
    tone: Tone = Tone.CALM
    began: str = ""
    lead: str = ""

    @property
    def seen(self) -> Hashable:
        """What is other when somebody sees a difference; an age that goes on is the same age."""
        return (self.lead, self.began) if self.began else self.text, self.tone


class Thing(Struct, frozen=True):
    """Something with values, in words; `group` is the key of the group it stands in."""

    key: str
    words: str
    values: Mapping[Hashable, Value]
    group: str = ""
    is_row: bool = False


class Things(Struct, frozen=True):
    """The things of a view, in order, and its heading; `groups` are words by the keys of groups."""

    title: str
    things: Sequence[Thing]
    groups: Mapping[str, str] = {}


class AsOf(Struct, frozen=True):
    """The moment at which a view was to be seen, by the clocks of `zone`."""

    at: float
    zone: tzinfo

    def value(self, label: str, cell: Cell) -> Value:
        """A cell as it was to be seen."""
        if cell.since is None:
            return Value(label, inert(cell.text), cell.tone)
        age, tone = self.at - cell.since, cell.tone
        for seconds, step in cell.steps:
            tone = step if age >= seconds else tone
        ran = duration(max(0.0, age)) if isfinite(age) else NOTHING
        text = " ".join(part for part in (inert(cell.text), inert(cell.prefix) + ran) if part)
        return Value(label, text, tone, self.clock(cell.since), cell.text + cell.prefix)

    def clock(self, at: float | None) -> str:
        """The clock time of an instant; with its date where that is another one; what no calendar holds is `-`."""
        if at is None:
            return NOTHING
        try:
            same_day = self._date(at) == self._date(self.at)
            return clock(at, self.zone) if same_day else f"{self._date(at)} {clock(at, self.zone)}"
        except (ValueError, OverflowError, OSError):
            return NOTHING

    def _date(self, at: float) -> str:
        return f"{datetime.fromtimestamp(at, self.zone):%Y-%m-%d}"


def things_of(part: Part, moment: AsOf) -> Things:
    """The things of a view as they were to be seen then; of one without any, what it says instead."""
    found, empty = _things(part, moment), inert(getattr(part, "empty", ""))
    return found if found.things or not empty else Things(found.title, [_sentence(empty)], found.groups)


def _things(part: Part, moment: AsOf) -> Things:  # noqa: PLR0911  # one for each view
    match part:
        case Table():
            groups = {row.key: _row_words(part, row, moment) for row in part.rows if row.kind is RowKind.GROUP}
            return Things(part.caption, [_row(part, row, moment) for row in part.rows], groups)
        case Tiles():
            return Things("", [_tile(tile, moment) for tile in part.tiles])
        case Bars():
            return Things(part.title, [_bars(part)])
        case Chart():
            return Things(part.caption, [*_series(part, moment), *_levels(part)])
        case SeatMap():
            return Things(part.caption, [_seat(part, seat, moment) for seat in part.seats])
        case Timeline():
            return Things(part.caption, [_track(track, moment) for track in part.tracks])
        case Text():
            return Things("", list(_lines(part, moment)))
        case Form():
            return Things(part.caption, [_field(part, field) for field in part.fields])
        case Notice():
            return Things("", [_sentence(inert(part.text), part.tone)])
        case _:
            assert_never(part)


def _sentence(text: str, tone: Tone = Tone.MUTED) -> Thing:
    return Thing("sentence in place of a view", _("the panel"), {"": Value(_("says"), text, tone)})


def _row(table: Table, row: Row, moment: AsOf) -> Thing:
    cells = zip(table.columns, row.cells, strict=False)
    values: dict[Hashable, Value] = {
        column.key: moment.value(inert(column.title or column.about or column.key), cell)
        for column, cell in cells
        if not _is_key(cell)
    }
    if row.tone is not Tone.CALM:
        values[_WHOLE] = Value(_("the row"), tone_word(row.tone), row.tone)
    group = row.key if row.kind is RowKind.GROUP else row.parent or ""
    return Thing(row.key, _row_words(table, row, moment), values, group, is_row=True)


_WHOLE = ("the whole",)
"""Not a column's key, which is text."""

MOST_WORDS = 2

_BRACKETS = re.compile(r"\[[^\[\]]+\]")


def _is_key(cell: Cell) -> bool:
    """Whether it names the key that acts on its row: `[h take]`, and muted `[enter]` that no command is behind."""
    return bool(cell.command) or (cell.tone is Tone.MUTED and _BRACKETS.fullmatch(cell.text) is not None)


def _row_words(table: Table, row: Row, moment: AsOf) -> str:
    """The first words of a row: what is no figure, no age, no state letter and no key to press."""
    pairs = zip(table.columns, row.cells, strict=False)
    words = [
        inert(cell.text)
        for column, cell in pairs
        if column.align.value == "left" and cell.text.strip() and not (cell.badge or _is_key(cell) or cell.since)
    ]
    return " ".join(words[:MOST_WORDS]) or next((moment.value("", cell).text for cell in row.cells), inert(row.key))


def _tile(tile: Tile, moment: AsOf) -> Thing:
    value, against = moment.value(_("value"), tile.value), Value(_p("a tile", "against"), inert(tile.against))
    return Thing(tile.title, inert(tile.title), {"value": value, "against": against})


def _bars(bars: Bars) -> Thing:
    values: dict[Hashable, Value] = {
        at: Value(_("bar {n}").format(n=at + 1), _number(value)) for at, value in enumerate(bars.values)
    }
    values["caption"] = Value(_("beside it"), inert(bars.caption), bars.tone)
    return Thing("bars", inert(bars.title), values)


def _series(chart: Chart, moment: AsOf) -> Iterator[Thing]:
    for series in chart.series:
        times = (chart.start + at * chart.step_seconds for at in range(len(series.values)))
        values: dict[Hashable, Value] = {
            at: Value(moment.clock(at), _number(value)) for at, value in zip(times, series.values, strict=True)
        }
        yield Thing(series.name, inert(series.name), values)


def _levels(chart: Chart) -> Iterator[Thing]:
    for level in chart.levels:
        yield Thing(f"level {level.name}", inert(level.name), {"": Value(_("value"), _number(level.value))})


def _seat(seats: SeatMap, seat: Seat, moment: AsOf) -> Thing:
    title = seats.rows[seat.row] if 0 <= seat.row < len(seats.rows) else ""
    place = f"{inert(title) or seat.row + 1} {seat.column + 1}"
    began = "" if seat.since is None else moment.clock(seat.since)
    values: dict[Hashable, Value] = {
        "state": Value(_("state"), inert(seat.letter) or NOTHING, seat.tone, began, seat.letter),
        "mark": Value(_("mark"), inert(seat.mark)),
        "place": Value(_("place"), place),
    }
    for at, cell in enumerate(seat.about):
        values[at] = moment.value(_("about"), cell)
    return Thing(seat.key, inert(seat.label) or place, values)


def _track(track: Track, moment: AsOf) -> Thing:
    values: dict[Hashable, Value] = {}
    for each in track.stretches:
        lasts = _("still lasts") if each.end is None else _("until {time}").format(time=moment.clock(each.end))
        text = " ".join(word for word in (inert(each.letter), lasts, inert(each.about)) if word)
        _put(values, each.start, Value(moment.clock(each.start), text, each.tone))
    for mark in track.marks:
        text = " ".join(word for word in (inert(mark.sign), inert(mark.about)) if word)
        _put(values, (mark.at, mark.sign), Value(moment.clock(mark.at), text, mark.tone))
    return Thing(track.key, inert(track.title), values)


def _lines(text: Text, moment: AsOf) -> Iterator[Thing]:
    for at, line in enumerate(text.lines, 1):
        values: dict[Hashable, Value] = {n: moment.value(_("says"), cell) for n, cell in enumerate(line.cells)}
        yield Thing(str(at), _("line {n}").format(n=at), values)


def _field(form: Form, field: Field) -> Thing:
    text = form.values.get(field.name, field.default)
    return Thing(field.name, inert(field.title), {"": Value(_("value"), inert(text))})


def _put(values: dict[Hashable, Value], key: Hashable, value: Value) -> None:
    """Under the key, or the next that is free: two stretches may begin at once."""
    number = 0
    while (key, number) in values:
        number += 1
    values[key, number] = value


def _number(value: float | None) -> str:
    """As many digits as anybody reads."""
    if value is None or not isfinite(value):
        return NOTHING
    return f"{value:.0f}" if value == round(value) else f"{value:.4g}"


def tone_word(tone: Tone) -> str:
    """A tone in a word, for who cannot tell it by its colour."""
    words = {
        Tone.CALM: _("calm"),
        Tone.NOTICE: _("notice"),
        Tone.WARN: _("warning"),
        Tone.ALARM: _("alarm"),
        Tone.MUTED: _("muted"),
    }
    return words[tone]


def by_key(things: Iterable[Thing]) -> Mapping[tuple[str, int], Thing]:
    """Things by their keys; those that came under a key again have numbers."""
    found: dict[tuple[str, int], Thing] = {}
    numbers: dict[str, int] = {}
    for thing in things:
        number = numbers[thing.key] = numbers.get(thing.key, -1) + 1
        found[thing.key, number] = thing
    return found
