"""The figures of a person's day: raw beside excused, off the plan piece by piece, breaks against their limits."""

from collections.abc import Iterator

from floorwatch.api import Align, Cell, Column, FloorSnapshot, Row, Table, Tone, _, duty, roster, spoken
from floorwatch_attendance.wording import activity_name, break_name, clock, per_cent

RIGHT = Align.RIGHT


def figures(each: roster.Attendance, adherence: roster.Adherence | None) -> Table:
    """Late, early, overtime where there is any, adherence and conformance: as they were, and with what is excused taken
    out."""
    columns = (
        Column("figure", "", 12, flex=1),
        Column("raw", _("as seen"), 9, RIGHT),
        Column("adjusted", _("adjusted"), 10, RIGHT),
        Column("meaning", "", 30, flex=4, drop=1),
    )
    rows = [*_times(each), *(_shares(adherence) if adherence is not None else ())]
    return Table(columns, tuple(rows), _("Neither late nor early."), caption=_("Figures"), opens=False)


def _times(each: roster.Attendance) -> Iterator[Row]:
    times = (
        ("late", _("late"), each.late, each.adjusted_late),
        ("early", _("left early"), each.early, each.adjusted_early),
        ("overtime", _("stayed on"), each.overtime, None),
    )
    for key, name, raw, adjusted in times:
        if raw > 0:
            left = Cell() if adjusted is None else Cell(spoken.duration(adjusted), sort=adjusted)
            yield Row(f"figure:{key}", (Cell(name, Tone.MUTED), Cell(spoken.duration(raw), sort=raw), left, Cell()))


def _shares(adherence: roster.Adherence) -> Iterator[Row]:
    """With what they say."""
    shares = (
        ("adherence", _("adherence"), adherence.adherence, per_cent(adherence.adjusted), _("of the time, as planned")),
        ("conformance", _("conformance"), adherence.conformance, "", _("worked against scheduled, whenever it was")),
    )
    for key, name, raw, adjusted, meaning in shares:
        cells = (Cell(name, Tone.MUTED), Cell(per_cent(raw)), Cell(adjusted), Cell(meaning, Tone.MUTED))
        yield Row(f"figure:{key}", cells)


def deviations(floor: FloorSnapshot, adherence: roster.Adherence, *, starts: bool) -> Table:
    """Everything that was off the plan by more than the tolerance, with the hands that it cost or gave. `starts`: the
    cursor stands there at first."""
    columns = (
        Column("at", _("from"), 5),
        Column("lasted", _("for"), 8, RIGHT),
        Column("what", _("planned, done"), 14, flex=3),
        Column("impact", _("hands"), 5, RIGHT),
        Column("excuse", _("excuse"), 8, flex=2, drop=1),
    )
    rows = tuple(_deviation(floor, adherence.agent, each) for each in adherence.deviations)
    starts = starts and bool(rows)
    nothing = _("Nothing was off the plan.")
    return Table(columns, rows, nothing, caption=_("Off the plan"), opens=False, starts=starts)


def _deviation(floor: FloorSnapshot, agent: str, each: roster.Deviation) -> Row:
    excuse = floor.duty.excuses.get(each.excuse)
    planned = _("nothing") if each.planned is None else activity_name(each.planned)
    covered = excuse is not None and each.excused >= each.seconds
    cells = (
        Cell(clock(floor, each.start), Tone.MUTED, sort=each.start),
        Cell(spoken.duration(each.seconds), sort=each.seconds),
        Cell(_("{planned}: {done}").format(planned=planned, done=activity_name(each.done))),
        Cell(f"{each.impact:+d}" if each.impact else "0", Tone.NOTICE if each.impact < 0 else Tone.CALM),
        Cell(excuse.reason) if excuse is not None else Cell(_("excuse"), command="excuse"),
    )
    key = f"deviation:{each.start:.0f}/{each.end:.0f}/{agent}"
    return Row(key, cells, Tone.MUTED if covered else Tone.CALM, about=f"agent:{agent}", commands=("excuse",))


def breaks(floor: FloorSnapshot, each: roster.Attendance) -> Table:
    """Every break with its limit."""
    columns = (
        Column("at", _("from"), 5),
        Column("what", _("break"), 5, flex=2),
        Column("took", _("took"), 7, RIGHT),
        Column("limit", _("limit"), 7, RIGHT),
        Column("over", _("over"), 7, RIGHT),
    )
    rows = tuple(_break(floor, number, taken) for number, taken in enumerate(each.breaks))
    return Table(columns, rows, caption=_("Breaks"), opens=False)


def _break(floor: FloorSnapshot, number: int, taken: roster.BreakTaken) -> Row:
    took = Cell.age(taken.start) if taken.end is None else Cell(spoken.duration(taken.end - taken.start))
    over = Cell()
    if taken.is_over:
        over = Cell(spoken.duration(taken.over), Tone.NOTICE)
        if taken.end is None and taken.limit is not None:
            over = Cell.age(taken.start + taken.limit, tone=Tone.NOTICE)
    cells = (
        Cell(clock(floor, taken.start), Tone.MUTED, sort=taken.start),
        Cell(break_name(taken)),
        took,
        Cell(spoken.duration_or_nothing(taken.limit)),
        over,
    )
    return Row(f"break:{number}", cells)


def stated(said: duty.Stated) -> Table:
    """What the sheet itself makes of the day; nothing of it is counted here."""
    columns = (
        Column("which", _("sheet"), 8, flex=1),
        Column("punch", _("punch"), 8, flex=1),
        Column("result", _("its verdict"), 10, flex=2),
    )
    ways = {"in": _("in"), "out": _("out")}
    rows = tuple(
        Row(
            f"stated:{number}",
            (Cell(ways.get(way, way), Tone.MUTED), Cell(punch or spoken.NOTHING), Cell(result or spoken.NOTHING)),
        )
        for number, (way, punch, result) in enumerate(said.results)
    )
    caption = _("As {source} states it, shift {shift}") if said.shift else _("As {source} states it")
    return Table(columns, rows, caption=caption.format(source=said.source, shift=said.shift), opens=False)
