"""What stands in a form: whom it is for, what was typed and not sent, and how a form looks in the flow of a view. Pure.

Rules
- A value is text, as typed; only the engine reads it. What is shown beside it comes from the engine too.
- What a person typed is kept until it was sent: a wrong `esc` loses nothing.
- What is needed is said in a word, never by colour alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo

from floorwatch.app.cells import cut, fit, width_of
from floorwatch.app.paint import Piece
from floorwatch.app.prose import Ink, Lines
from floorwatch.app.subject import Subject
from floorwatch.app.tones import Ground
from floorwatch.engine.desk import CommandEntry, Suggestion
from floorwatch.engine.moments import nearest
from floorwatch.model.clock import FloorDays
from floorwatch.spoken import duration
from floorwatch.text import LONGEST, inert
from floorwatch.views import ChoiceField, Field, Form, PersonField, TextField, TimeField, Tone
from floorwatch.words import _, _n

MOST_DRAFTS = 50
MOST_FIELDS = 60
"""Fields of one form that are ever shown."""

LEAST_TITLE = 8
LEAD = 2
"""Cells in front of a field's title, for the sign of the one with the cursor."""


class Drafts:
    """What was typed into forms and not sent, by command and row: the newest `MOST_DRAFTS`."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str | None], Mapping[str, str]] = {}

    def of(self, command: str, row_key: str | None) -> Mapping[str, str]:
        """What a person had typed, by the field's name."""
        return self._kept.get((command, row_key), {})

    def keep(self, command: str, row_key: str | None, typed: Mapping[str, str]) -> None:
        """This is what was typed by now; nothing: forget it."""
        self._kept.pop((command, row_key), None)
        if typed:
            self._kept[command, row_key] = dict(typed)
        while len(self._kept) > MOST_DRAFTS:
            del self._kept[next(iter(self._kept))]


def subject_for(entry: CommandEntry, subjects: Sequence[Subject]) -> Subject:
    """The first of these that the command stands on, else the first: a detail is about a row and has rows itself."""
    stands = (each for each in subjects if each.takes(entry))
    return next(stands, subjects[0] if subjects else Subject())


def title_of(entry: CommandEntry, subject: Subject) -> str:
    """What a form is called: the command, and the row it is for unless the command is for other rows."""
    title = inert(entry.title)
    is_for_it = subject.row_key is not None and (not entry.rows or subject.takes(entry))
    if not is_for_it or not subject.words:
        return title
    return _("{command} - {row}").format(command=title, row=inert(subject.words))


def asking_title(entry: CommandEntry) -> str:
    """A command in a menu; the dots say that it asks before it does anything."""
    return _("{command} ...").format(command=inert(entry.title)) if entry.fields else inert(entry.title)


def fields_of(fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields in order, each name once: what is filled in goes by the name. Of too many those that may stay empty
    are left out first, the last ones first of all."""
    named = list({field.name: field for field in fields}.values())
    shown = sorted(named, key=lambda field: not field.required)[:MOST_FIELDS]
    return tuple(field for field in named if field in shown) if len(named) > MOST_FIELDS else tuple(named)


def left_out_words(fields: Iterable[Field]) -> str:
    """That not all fields of a form are shown, where it is so; "" otherwise."""
    more = len({field.name for field in fields}) - MOST_FIELDS
    return _n("{n} more field is not shown", "{n} more fields are not shown", more).format(n=more) if more > 0 else ""


def beginnings(fields: Sequence[Field], *layers: Mapping[str, str]) -> dict[str, str]:
    """What stands in each field at first: its default, over it what each layer has for it."""
    found = {field.name: field.default for field in fields}
    for layer in layers:
        found |= {name: text for name, text in layer.items() if name in found}
    return {field.name: _beginning(field, found[field.name]) for field in fields}


def _beginning(field: Field, text: str) -> str:
    if isinstance(field, ChoiceField):
        return text if any(option.value == text for option in field.options) else ""
    return typed_text(text)


def typed_text(text: str) -> str:
    """Text as one could have typed it into one line: line ends and what does not print are blanks."""
    plain = " ".join(text.splitlines())
    if not plain.isprintable():
        plain = "".join(sign if sign.isprintable() else " " for sign in plain)
    return "".join(inert(plain[at : at + LONGEST]) for at in range(0, len(plain), LONGEST))


def reading_of(typed: str, suggestions: Iterable[Suggestion]) -> str:
    """How the engine reads exactly what was typed: whose number it is, which moment; "" where it does not say."""
    return next((each.words for each in suggestions if each.text == typed.strip() and each.words != each.text), "")


def time_reading(typed: str, zone: tzinfo, now: float) -> str:
    """The moment that was typed, as the engine will read it if it is sent now: "10:56:07, in 15:00"; "" for none."""
    at = nearest(typed, FloorDays(zone), now) if typed.strip() else None
    if at is None:
        return ""
    moment, today = datetime.fromtimestamp(at, zone), datetime.fromtimestamp(now, zone)
    clock = f"{moment:%H:%M:%S}" if moment.date() == today.date() else f"{moment:%Y-%m-%d %H:%M:%S}"
    said = _("{time}, in {duration}") if at > now else _("{time}, {duration} ago")
    return said.format(time=clock, duration=duration(abs(at - now)))


def need_of(field: Field) -> str:
    """Whether a field must be filled in, in a word."""
    return _("needed") if field.required else _("may stay empty")


def hint_of(field: Field, text: str, mistake: str, reading: str) -> tuple[str, Tone]:
    """What stands beside a field: what is wrong, else how it is read, else what it takes."""
    if mistake:
        return mistake, Tone.WARN
    if isinstance(field, TextField) and len(text.strip()) > field.longest:
        words = _("{n} characters, at most {most} are taken").format(n=len(text.strip()), most=field.longest)
        return words, Tone.WARN
    if reading:
        return reading, Tone.NOTICE
    return _takes(field, text), Tone.MUTED


def _takes(field: Field, text: str) -> str:
    match field:
        case ChoiceField() if not text:
            need = need_of(field)
            return _("{need}: {hint}").format(need=need, hint=field.hint) if field.hint else need
        case TimeField():
            return field.hint or _("10:40, +15m or -30s")
        case PersonField():
            return field.hint or _("name, number or seat")
        case _:
            return field.hint


def words_for(field: Field, text: str) -> str:
    """What a person reads for a value: a choice's title."""
    if isinstance(field, ChoiceField):
        return next((option.title or option.value for option in field.options if option.value == text), "")
    return text


def title_cells(fields: Sequence[Field], width: int) -> int:
    """Cells for the titles, so that the values of a form stand under one another."""
    longest = max((width_of(inert(field.title)) for field in fields), default=0)
    return LEAD + max(LEAST_TITLE, min(longest, width * 2 // 5)) + 1


def form_lines(form: Form, width: int, ink: Ink, cursor: int | None = None) -> Lines:
    """The form in lines of at most `width` cells: caption, a line a field, and how to fill it in. The field at `cursor`
    has the cursor."""
    if width <= 0:
        return []
    lines: Lines = [[_piece(form.caption, width, ink, Tone.CALM, bold=True)]] if form.caption else []
    fields = fields_of(form.fields)
    values = beginnings(fields, form.values)
    for at, field in enumerate(fields):
        lines.append(_field_line(field, values[field.name], width, ink, title_cells(fields, width), at == cursor))
    words = _("enter: fill in and send") if fields else _("enter: do it")
    if left_out := left_out_words(form.fields):
        lines.append([_piece(" " * LEAD + left_out, width, ink, Tone.WARN)])
    lines.append([_piece(" " * LEAD + words, width, ink, Tone.MUTED)])
    return lines


def _field_line(field: Field, text: str, width: int, ink: Ink, titles: int, has_cursor: bool) -> list[Piece]:
    ground = Ground.ROW if has_cursor else Ground.PLAIN
    sign = ink.glyphs.closed if has_cursor else " "
    title = fit(cut(ink.glyphs.plain(inert(field.title)), max(0, titles - LEAD - 1), ink.glyphs.cut), titles - LEAD)
    lead = cut(f"{sign} {title}", width)
    value = ink.glyphs.plain(inert(words_for(field, text)))
    rest = fit(value or need_of(field), width - width_of(lead), sign=ink.glyphs.cut)
    return [
        (lead, ink.palette.style(Tone.MUTED, ground)),
        (rest, ink.palette.style(Tone.CALM if value else Tone.MUTED, ground, bold=bool(value))),
    ]


def _piece(text: str, width: int, ink: Ink, tone: Tone, *, bold: bool = False) -> Piece:
    return cut(ink.glyphs.plain(inert(text)), width, ink.glyphs.cut), ink.palette.style(tone, bold=bold)
