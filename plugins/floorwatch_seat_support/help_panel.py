"""The panel "help": who waits for help, first come first, and what was answered today.

Rules
- A request stands here until it is answered or withdrawn; that somebody took it changes its words, not its place.
- The same question asked again today is counted beside it: a matter for training, not a fault of who asks.
"""

from collections.abc import Mapping
from heapq import nlargest
from itertools import islice

from msgspec import Struct

from floorwatch.api import (
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Help,
    Needs,
    NoOptions,
    Panel,
    Row,
    Stack,
    Table,
    Tone,
    Topic,
    View,
    _,
    _p,
    roster,
    spoken,
)
from floorwatch_seat_support.asked_before import asked_today, key_of
from floorwatch_seat_support.finding import helps_with
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.person import about_row
from floorwatch_seat_support.who import who
from floorwatch_seat_support.wording import in_one_line, without_words

MOST_ANSWERED = 100
MOST_FOUND = 100
A_DAY = 86_400.0
SEARCH = "search:"


class HelpPanel(Panel):
    """Who waits for help, and what was answered."""

    name = "help"
    title = "Help"
    needs = Needs(frozenset({Topic.SUPPORT, Topic.AGENTS}), every_seconds=60.0)
    options_type: type[Struct] = NoOptions

    def __init__(self, limits: Limits) -> None:
        """`limits` say when a request turns amber and red."""
        self._limits = limits

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:  # noqa: ARG002  # it has none
        """Open requests, oldest first; then those that were answered today, newest first."""
        times = asked_today(floor)
        line = [each for each in floor.support.queue_of_help if roster.shows(floor, each.agent)]
        rows = tuple(self._open(floor, each, times) for each in line)
        waiting = Table(_columns(), rows, _("Nobody waits for help."), searches=True, starts=bool(rows))
        answered = tuple(_closed(floor, each) for each in _answered_today(floor))
        if not answered:
            return waiting
        return Stack((waiting, Table(_closed_columns(), answered, caption=_("Answered today"), searches=True)))

    def detail(self, floor: FloorSnapshot, options: NoOptions, row_key: str) -> View:  # noqa: ARG002  # it has none
        """Everything about one request or person; for "search:WORDS", what has these words."""
        if row_key.startswith(SEARCH):
            return self._found(floor, row_key.removeprefix(SEARCH))
        return about_row(floor, self._limits, row_key)

    def _found(self, floor: FloorSnapshot, words: str) -> Table:
        found = islice(helps_with(floor, words), MOST_FOUND)
        rows = tuple(_closed(floor, each) for each in found)
        return Table(_closed_columns(), rows, _("No question or answer has these words."), searches=True)

    def _open(self, floor: FloorSnapshot, each: Help, times: Mapping[str, int]) -> Row:
        often = times.get(key_of(each.question), 0)
        cells = (
            Cell(who(floor, each.agent, each.seat)),
            _question(each),
            Cell.age(each.requested_at, self._limits.help_steps),
            Cell(each.taken_by if each.taken_at is not None else "", Tone.MUTED),
            Cell(_("x{n}").format(n=often) if often > 1 else "", Tone.NOTICE),
            _next(floor, each),
        )
        return Row(f"help:{each.id}", cells, about=f"agent:{each.agent}")


def _columns() -> tuple[Column, ...]:
    return (
        Column("who", _("who"), 8, flex=2),
        Column("question", _("question"), 8, flex=4),
        Column("age", _("for"), 7, Align.RIGHT),
        Column("taken", _("by"), 5, flex=1, drop=1),
        Column("times", "", 3, Align.RIGHT, drop=3),
        Column("key", "", 10, drop=2),
    )


def _closed_columns() -> tuple[Column, ...]:
    return (
        Column("at", _("at"), 5),
        Column("who", _("who"), 8, flex=1, drop=1),
        Column("question", _("question"), 8, flex=2),
        Column("answer", _("answer"), 8, flex=3),
        Column("by", _("by"), 8, flex=1, drop=2),
    )


def _closed(floor: FloorSnapshot, each: Help) -> Row:
    at = each.requested_at if each.closed_at is None else each.closed_at
    clock = spoken.clock_minute(at, floor.rules.days.zone)
    cells = (
        Cell(clock, Tone.MUTED, sort=at),
        Cell(who(floor, each.agent, each.seat)),
        _question(each),
        _answer(each),
        Cell(each.closed_by, Tone.MUTED),
    )
    return Row(f"help:{each.id}", cells, about=f"agent:{each.agent}")


def _question(each: Help) -> Cell:
    return Cell(in_one_line(each.question)) if each.question.strip() else Cell(without_words(), Tone.MUTED)


def _answer(each: Help) -> Cell:
    if each.is_open:
        return Cell(_p("a request", "open"), Tone.NOTICE)
    return Cell(in_one_line(each.answer), Tone.MUTED if each.withdrawn else Tone.CALM)


def _next(floor: FloorSnapshot, each: Help) -> Cell:
    """What the key does with it."""
    if each.taken_at is None:
        return Cell(_("take"), command="help")
    return Cell(_("answer"), command="help") if each.taken_by == floor.me else Cell()


def _answered_today(floor: FloorSnapshot) -> list[Help]:
    """The last ones that were closed since the day began, newest first; also of those asked the evening before."""
    start = floor.day_start
    found = (each for each in floor.support.helps_since(start - A_DAY) if (each.closed_at or 0.0) >= start)
    found = (each for each in found if roster.shows(floor, each.agent))
    return nlargest(MOST_ANSWERED, found, key=lambda each: each.closed_at or 0.0)
