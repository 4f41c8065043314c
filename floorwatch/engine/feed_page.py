"""The feeds page: a row a feed, and behind it everything that is known of one.

Rules
- What nobody can know is said, never shown as 0: a replay does not know how a feed was read.
- Of one feed nothing is cut, on a telephone either: what may be long stands in lines that wrap, figures in a table.
- A line that was refused is shown as it came, but inert, and in it whatever may be the number of a caller is masked,
  unless the floor's rules say otherwise; so it is in reasons and names of events, in which a feed may have anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from floorwatch.engine.feed_watch import FeedReport
from floorwatch.engine.feed_words import feed_word
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.clock import FloorDays
from floorwatch.model.targets import FloorRules
from floorwatch.spoken import NOTHING, duration, duration_or_nothing
from floorwatch.text import inert, without_numbers
from floorwatch.views import Align, Cell, Column, Line, Row, Stack, Table, Text, Tone, View
from floorwatch.words import _

REFUSED_CELLS = 120
_UNITS = (("GB", 1e9), ("MB", 1e6), ("kB", 1e3))


def feed_rows(reports: Sequence[FeedReport]) -> Table:
    """A row a feed: how it is, how old its last line is, and what was counted."""
    right = Align.RIGHT
    columns = (
        Column("feed", _("feed"), 12, flex=2),
        Column("state", _("state"), 16, flex=1),
        Column("last", _("last line"), 9, right),
        Column("lag", _("lag"), 6, right, drop=5),
        Column("left", _("unread"), 8, right, drop=7),
        Column("lines", _("lines"), 8, right, drop=4),
        Column("minute", _("a minute"), 8, right, drop=6),
        Column("refused", _("refused"), 8, right, drop=1),
        Column("unknown", _("unknown"), 8, right, drop=8),
        Column("misfits", _("misfits"), 8, right, drop=9),
        Column("loss", _("loss"), 4, right, drop=2),
        Column("looks", _("noticed by"), 10, drop=10),
        Column("reason", _("reason"), 20, flex=3, drop=3),
    )
    return Table(columns, tuple(map(_row, reports)), _("Nothing is read here."))


def feed_text(report: FeedReport, rules: FloorRules) -> View:
    """Everything that is known of one feed."""
    views: list[View] = [_sentences(report)]
    facts = tuple(_facts(report, rules.days))
    if facts:
        views.append(Table.of_facts(facts))
    if report.losses:
        views.append(_losses(report, rules.days))
    if report.health.of_documents:
        views.append(_of_documents(report, rules.days))
    counted = (
        (_("refused, by reason"), report.rejected),
        (_("unknown events, by name"), report.state.unknown_events),
        (_("misfits, by kind"), report.state.misfits),
    )
    views += [_counts(title, counts) for title, counts in counted if counts]
    if report.health.last_rejected:
        views.append(_last_refused(report.health, show_numbers=rules.show_numbers))
    return Stack(tuple(views))


def _row(report: FeedReport) -> Row:
    said, health, state = feed_word(report), report.health, report.state
    calm = Tone.MUTED if said.tone is Tone.MUTED else Tone.CALM
    of_lines = not health.of_documents
    per_minute = report.lately.per_minute
    cells = (
        Cell(inert(report.name), calm),
        Cell(inert(f"{said.glyph} {said.word}"), said.tone),
        Cell.age(report.last_line_at),
        Cell(duration_or_nothing(health.lag_seconds if report.is_followed else None), calm),
        Cell(_left(report), calm),
        _count(state.lines if of_lines else health.lines),
        Cell(NOTHING if per_minute is None or not of_lines else f"{per_minute:.0f}", calm),
        _count(sum(report.rejected.values())),
        _count(sum(state.unknown_events.values())),
        _count(sum(state.misfits.values())),
        _count(health.possible_loss) if report.is_followed else Cell(NOTHING, Tone.MUTED),
        Cell(_noticed(report)[0], calm),
        Cell(inert(_brief(report)), calm),
    )
    return Row(report.name, cells)


def _sentences(report: FeedReport) -> Text:
    """What may be long: how it is, and why; where it comes from; how its growth is noticed."""
    health, said = report.health, feed_word(report)
    how = f"{said.glyph} {said.word}"
    lines = [Line((Cell(inert(how), said.tone), Cell(inert(f"  {health.reason}" if health.reason else ""))))]
    where = [inert(word) for word in (report.place.path, report.place.format) if word]
    if where:
        lines.append(Line((Cell("  ".join(where)),)))
    lines.append(Line((Cell(_("noticed"), Tone.MUTED), Cell(f"  {_noticed(report)[1]}"))))
    return Text(tuple(lines))


def _facts(report: FeedReport, days: FloorDays) -> Iterator[tuple[str, Cell]]:
    """Figures, so short that a telephone shows them whole."""
    health, state = report.health, report.state
    if health.of_documents:
        return
    last, lately = report.last_line_at, report.lately
    yield _("last line"), Cell(_("none yet"), Tone.MUTED) if last is None else Cell(_time(last, report, days))
    yield _("its age"), Cell.age(last)
    yield _("lag"), Cell(_lag(report))
    yield _("unread"), Cell(_left(report))
    yield _("lines"), Cell(f"{state.lines}")
    if lately.since is not None:
        came = _("{n} since {time}").format(n=lately.lines, time=f"{days.local(lately.since):%H:%M}")
        yield _("new lines"), Cell(came)
        yield _("of them refused"), Cell(f"{lately.rejected}")
    yield _("a minute"), Cell(NOTHING if lately.per_minute is None else f"{lately.per_minute:.0f}")
    if not report.is_followed:
        yield _("rotations"), Cell(_("not known"), Tone.MUTED)
        yield _("possible loss"), Cell(_("not known"), Tone.MUTED)
        return
    yield _("rotations"), Cell(f"{health.rotations}")
    if report.rotated_at is not None:
        yield _("last rotation"), Cell(_time(report.rotated_at, report, days))
    yield _("possible loss"), Cell(f"{health.possible_loss}", Tone.WARN if health.possible_loss else Tone.CALM)


def _losses(report: FeedReport, days: FloorDays) -> Text:
    """Each occasion on which lines may have been lost, the last first."""
    lost = _("lines may have been lost: {n}")
    said = [(_time(loss.at, report, days), lost.format(n=loss.count)) for loss in reversed(report.losses)]
    return Text(tuple(Line((Cell(_("{time}: {what}").format(time=time, what=what)),)) for time, what in said))


def _of_documents(report: FeedReport, days: FloorDays) -> Text:
    if not report.documents:
        return Text.of(_("none was read yet"), Tone.MUTED)
    lines: list[Line] = []
    for name, document in report.documents.items():
        said = _("read {time}: {rows} rows, {refused} refused")
        when, refused = _time(document.read_at, report, days), sum(document.refusals.values())
        read = said.format(time=when, rows=document.rows, refused=refused)
        lines.append(Line((Cell(f"{inert(name)}  ", Tone.MUTED), Cell(read))))
        if document.refused_at is not None:
            newer = _("a newer file cannot be used: {why}").format(why=inert(document.why))
            lines.append(Line((Cell(newer, Tone.WARN),)))
    return Text(tuple(lines))


def _counts(title: str, counts: Mapping[str, int]) -> Table:
    columns = (Column("what", title, 30, flex=1), Column("count", _("count"), 8, Align.RIGHT))
    most_first = sorted(counts.items(), key=lambda item: -item[1])
    rows = (Row(f"{title}/{what}", (Cell(without_numbers(what)), Cell(f"{count}"))) for what, count in most_first)
    return Table(columns, tuple(rows), opens=False)


def _last_refused(health: FeedHealth, *, show_numbers: bool) -> Text:
    lines = [Line((Cell(_("refused last:"), Tone.MUTED),))]
    for offset, reason, raw in reversed(health.last_rejected.copy()):
        whole = raw.decode("utf-8", "replace")
        text = (inert(whole) if show_numbers else without_numbers(whole))[:REFUSED_CELLS]
        said = _("byte {offset}: {reason}").format(offset=offset, reason=without_numbers(reason))
        lines.append(Line((Cell(f"{said}  "), Cell(text, Tone.MUTED))))
    return Text(tuple(lines))


def _noticed(report: FeedReport) -> tuple[str, str]:
    """How it is noticed that the feed grows, in a word and in full."""
    health = report.health
    if not report.is_followed:
        return NOTHING, _("not known in a replay")
    if "://" in report.place.path and not report.place.path.startswith("file:"):
        return _("its plugin"), _("as its plugin does")
    if health.polling:
        return _("looking"), _("by looking twice a second: {why}").format(why=inert(health.polling_reason))
    return _("events"), _("by events of the system, and by looking once a second")


def _lag(report: FeedReport) -> str:
    lag = report.health.lag_seconds
    if not report.is_followed:
        return _("not known")
    return _("not known yet") if lag is None else duration(lag)


def _left(report: FeedReport) -> str:
    """Bytes, and by the length of those read about how many lines that is."""
    left, health = report.health.bytes_left, report.health
    if left is None or not report.is_followed:
        return NOTHING
    if not left or not report.state.lines or not health.bytes_read:
        return bytes_said(left)
    lines = max(1, round(left * report.state.lines / health.bytes_read))
    return _("{bytes}, ~{n} lines").format(bytes=bytes_said(left), n=lines)


def bytes_said(count: int) -> str:
    """`0`, `812 B`, `12.3 kB`, `4.0 MB`."""
    if not count:
        return "0"
    for unit, size in _UNITS:
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} B"


def _brief(report: FeedReport) -> str:
    """The reason with the file's name for its path: a path would fill the column."""
    path = report.place.path
    return report.health.reason.replace(path, PurePath(path).name) if path else report.health.reason


def _count(number: int) -> Cell:
    return Cell(f"{number}", Tone.CALM if number else Tone.MUTED)


def _time(at: float, report: FeedReport, days: FloorDays) -> str:
    """With the date where it is another day's, with the year where it is another year's; 16 cells at most."""
    local, now = days.local(at), days.local(report.now)
    if local.date() == now.date():
        return f"{local:%H:%M:%S}"
    return f"{local:%m-%d %H:%M:%S}" if local.year == now.year else f"{local:%Y-%m-%d %H:%M}"
