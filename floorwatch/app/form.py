"""What stands in a form: whom it is for, what it begins with, and how a form looks in the flow of a view. Pure.

Rules
- A value is text, as typed; only the engine reads it. What is shown beside it comes from the engine too.
- What stands fixed is shown and never typed; where it is empty it is not shown.
- What is needed is said in a word, never by colour alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from unicodedata import normalize

from floorwatch.app.cells import cut, fit, width_of
from floorwatch.app.paint import Piece
from floorwatch.app.prose import Ink, Lines
from floorwatch.app.subject import Subject
from floorwatch.app.tones import Ground
from floorwatch.engine.desk import CommandEntry, Suggestion
from floorwatch.engine.moments import nearest
from floorwatch.model.clock import FloorDays
from floorwatch.spoken import duration
from floorwatch.text import inert, whole_inert, without_unseen
from floorwatch.views import ChoiceField, Field, FixedField, Form, Option, PersonField, TextField, TimeField, Tone
from floorwatch.words import _, _n

MOST_FIELDS = 60
"""Fields of one form that are ever shown."""

MOST_TYPED = 20_000
"""Characters that a field begins with, or that are ever taken from one paste: more than any holds, and a field says
that it is too much."""

LEAST_TITLE = 8
LEAD = 2
"""Cells in front of a field's title, for the sign of the one with the cursor."""


def subject_for(entry: CommandEntry, subjects: Sequence[Subject]) -> Subject:
    """The first of these that the command stands on, else the first that names it, else the first: a detail is about a
    row and has rows itself, and the command of an alert is for what the alert is about."""
    stands = [each for each in subjects if entry.stands_on(each.row_key)]
    named = [each for each in subjects if each.takes(entry)]
    return next(iter((*stands, *named, *subjects)), Subject())


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


def shown_fields(fields: Iterable[Field], values: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields that a person sees: of what stands fixed, what says something."""
    named = fields_of(fields)
    return tuple(field for field in named if not isinstance(field, FixedField) or words_for(field, values[field.name]))


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
    """Text as one could have typed it into one line: line ends and what does not print are blanks. What only joins or
    dresses the sign before it (emoji are full of it) goes: it could not be shown again."""
    plain = " ".join(without_unseen(text[:MOST_TYPED]).splitlines())
    if not plain.isprintable():
        plain = "".join(sign if sign.isprintable() else " " for sign in plain)
    return whole_inert(plain)


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
            need, hint = need_of(field), field.hint or _sends_words(field)
            return _("{need}: {hint}").format(need=need, hint=hint) if hint else need
        case TimeField():
            return field.hint or _("10:40, +15m or -30s")
        case PersonField():
            return field.hint or _("name, number or seat")
        case _:
            return field.hint


def _sends_words(field: ChoiceField) -> str:
    """That a letter sends at once, where one does: nobody shall learn it by doing it."""
    letters = ", ".join(option.key for option in field.options if option.key and option.sends)
    return _("{letters} sends at once").format(letters=letters) if letters else ""


def words_for(field: Field, text: str) -> str:
    """What a person reads for a value: a choice's title, and that of a fixed value where it has one."""
    if isinstance(field, ChoiceField | FixedField):
        rest = text if isinstance(field, FixedField) else ""
        return next((option.title or option.value for option in field.options if option.value == text), rest)
    return text


def narrow(sign: str | None) -> str:
    """A key's letter or digit as its narrow one: an input method types wide ones."""
    return normalize("NFKC", sign) if sign else ""


def option_with(options: Sequence[Option], sign: str) -> Option | None:
    """The option whose letter was typed; a capital counts as its small letter, unless it is a letter of its own."""
    folded = sign.casefold()
    exact = (option for option in options if option.key and option.key == sign)
    alike = (option for option in options if option.key and option.key.casefold() == folded)
    return next(exact, None) or next(alike, None)


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
    values = beginnings(fields_of(form.fields), form.values)
    fields = shown_fields(form.fields, values)
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
