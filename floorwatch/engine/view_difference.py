"""What of a panel is other than it was: two views of it, and one table of what changed between them.

Rules
- A row for each value that differs: whose it is, which, what it was and what it is; a row for what came or went.
- It is told with time, from the earlier view to the later one, whichever of them somebody looks at.
- More and less are a sign in front of the difference, a tone that changed alone is a word beside the value: colour says
  nothing here that words do not.
- Views of a stack are compared one by one: by kind and heading, else by kind, else in order.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, tzinfo

from msgspec.structs import replace

from floorwatch.engine.sound_view import what_is_wrong
from floorwatch.engine.view_things import AsOf, Thing, Things, Value, by_key, things_of, tone_word
from floorwatch.feeds.failing import FAILURES
from floorwatch.host.failure import Failure
from floorwatch.spoken import NOTHING, duration
from floorwatch.text import inert
from floorwatch.views import Align, Cell, Column, Notice, Part, Row, RowKind, Stack, Table, Tone, View, parts_of
from floorwatch.words import _, _p

LONGEST_WORDS = 200
"""Signs of a whole row in one cell."""

BEFORE, AFTER = 2, 3
"""Their columns."""

_NUMBER = re.compile(r"~?(-?\d+(?:\.(\d+))?) ?%?")
_TIME = re.compile(r"~?(?:(\d+):)?(\d+):(\d\d)")


def difference(before: View, after: View, before_at: float, after_at: float, zone: tzinfo = UTC) -> View:
    """What differs between a panel's view as it was to be seen at `before_at` and at `after_at` (epoch seconds UTC):
    a table, one under another where the panel has several parts; a notice where nothing does, or where a plugin gave
    what cannot be compared. Where `before_at` is the later one the two change places. 1,000 rows of 11 columns cost
    some 50 ms."""
    if before_at > after_at:
        before, after, before_at, after_at = after, before, after_at, before_at
    first, last = AsOf(before_at, zone), AsOf(after_at, zone)
    try:
        tables = [table for pair in _paired(before, after) if (table := _table(*pair, first, last)).rows]
    except FAILURES as error:  # a plugin's values, of which the screen may have shown only the sound
        wrong = what_is_wrong(before) or what_is_wrong(after) or Failure.of(error).reason
        return Notice(_("This panel cannot be compared. {wrong}").format(wrong=wrong), Tone.WARN)
    if not tables:
        said = _("Nothing changed between {first} and {last}.")
        return Notice(said.format(first=last.clock(before_at), last=last.clock(after_at)))
    return tables[0] if len(tables) == 1 else Stack(tuple(tables))


def _paired(before: View, after: View) -> Iterator[tuple[Part | None, Part | None]]:
    """The views of both that are to be compared, in the order of `after`; None: it went, or came."""
    left, right = list(parts_of(before)), list(parts_of(after))
    partner: dict[int, Part] = {}
    for name in (_kind_and_heading, _kind, _any):
        for at, part in enumerate(right):
            found = None if at in partner else next((each for each in left if name(each) == name(part)), None)
            if found is not None:
                partner[at] = found
                left = [each for each in left if each is not found]
    yield from ((partner.get(at), part) for at, part in enumerate(right))
    yield from ((part, None) for part in left)


def _kind_and_heading(part: Part) -> object:
    return type(part), getattr(part, "caption", ""), getattr(part, "title", "")


def _kind(part: Part) -> object:
    return type(part)


def _any(_part: Part) -> object:
    return None


def _table(before: Part | None, after: Part | None, first: AsOf, last: AsOf) -> Table:
    was, now = (
        Things("", ()) if part is None else things_of(part, moment) for part, moment in ((before, first), (after, last))
    )
    headings = [] if before is None or after is None else _heading(was.title, now.title)
    found = [*headings, *_grouped(_changes(was, now), {**was.groups, **now.groups})]
    rows = tuple(replace(row, key=row.key or str(at)) for at, row in enumerate(found))
    return Table(_columns(rows), rows, caption=inert(now.title or was.title), opens=False)


def _columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    """Figures stand right, where there is nothing else; words take the room that is left over."""
    figures = all(_is_figure(cell.text) for row in rows for cell in row.cells[BEFORE : AFTER + 1])
    align, flex = (Align.RIGHT, 0) if figures else (Align.LEFT, 2)
    return (
        Column("what", _("what"), 14, flex=2),
        Column("which", _("which"), 8, flex=1),
        Column("before", _("before"), 8, align, flex),
        Column("after", _p("a moment", "after"), 8, align, flex),
        Column("difference", _("difference"), 10, Align.RIGHT, drop=1),
    )


def _is_figure(text: str) -> bool:
    return text == NOTHING or _NUMBER.fullmatch(text) is not None or _TIME.fullmatch(text) is not None


def _heading(was: str, now: str) -> Sequence[Row]:
    return [] if was == now else [_row(_("heading"), Value("", inert(was)), Value("", inert(now)))]


def _changes(was: Things, now: Things) -> Iterator[tuple[Thing, Row]]:
    left, right = by_key(was.things), by_key(now.things)
    for key, thing in {**left, **right}.items():
        before, after = left.get(key), right.get(key)
        if before is None or after is None:
            yield thing, _came_or_went(thing, has_come=before is None)
            continue
        for place in {**before.values, **after.values}:
            one, other = before.values.get(place), after.values.get(place)
            if _seen(one) != _seen(other):
                yield after, _row(after.words, one, other, after)


def _seen(value: Value | None) -> object:
    """What is not there looks like what is empty."""
    return None if value is None or not value.text.strip() else value.seen


def _row(words: str, before: Value | None, after: Value | None, thing: Thing | None = None) -> Row:
    label = (after or before or Value("", "")).label
    was, now = _told_apart(before, after)
    more = "" if before is None or after is None else _more(before.text, after.text)
    cells = (Cell(words), Cell(label, Tone.MUTED), was, now, Cell(more))
    return Row("", cells, about=thing.key if thing is not None and thing.is_row else "")


def _came_or_went(thing: Thing, *, has_come: bool) -> Row:
    values = [value for value in thing.values.values() if value.text not in thing.words and not _is_muting(value)]
    words = " ".join(value.text for value in values)
    there = Cell(words[:LONGEST_WORDS] or _("there"))
    nothing, how = Cell(NOTHING, Tone.MUTED), _p("a row", "came") if has_come else _("went")
    cells = (Cell(thing.words), Cell(how), nothing if has_come else there, there if has_come else nothing, Cell())
    return Row("", cells, about=thing.key if thing.is_row else "")


def _is_muting(value: Value) -> bool:
    """Whether it is the word of a muted row, which nobody needs and which reads like a telephone's state."""
    return value.tone is Tone.MUTED and value.text == tone_word(Tone.MUTED)


def _told_apart(before: Value | None, after: Value | None) -> tuple[Cell, Cell]:
    """Both as cells; where they read the same, with what tells them apart."""
    if before is None or after is None or before.text != after.text:
        return _cell(before), _cell(after)
    if before.tone != after.tone:
        return _cell(before, tone_word(before.tone)), _cell(after, tone_word(after.tone))
    return _cell(before, before.began), _cell(after, after.began)


def _cell(value: Value | None, more: str = "") -> Cell:
    if value is None or not value.text:
        return Cell(more or NOTHING, Tone.MUTED if value is None else value.tone)
    return Cell(_("{text} ({more})").format(text=value.text, more=inert(more)) if more else value.text, value.tone)


def _more(before: str, after: str) -> str:
    """How much more it is, with its sign; "" for what is no number and no duration."""
    one, other = _NUMBER.fullmatch(before), _NUMBER.fullmatch(after)
    if one and other:
        digits = max(len(found[2] or "") for found in (one, other))
        return f"{float(other[1]) - float(one[1]):+.{digits}f}"
    one, other = _TIME.fullmatch(before), _TIME.fullmatch(after)
    if one and other:
        seconds = _seconds(other) - _seconds(one)
        return f"+{duration(seconds)}" if seconds >= 0 else duration(seconds)
    return ""


def _seconds(found: re.Match[str]) -> int:
    hours, minutes, seconds = found.groups(default="0")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def _grouped(changes: Iterator[tuple[Thing, Row]], groups: Mapping[str, str]) -> Sequence[Row]:
    """The rows, under a row of their group where they stand in one."""
    families: dict[str, list[Row]] = {"": []}
    for thing, row in changes:
        families.setdefault(thing.group if thing.group in groups else "", []).append(row)
    found = families.pop("")
    for group, rows in families.items():
        head = f"group of {group}"
        found.append(Row(head, (Cell(groups[group]),), kind=RowKind.GROUP))
        found += (replace(row, parent=head) for row in rows)
    return found
