"""A calendar file (ICS): each entry a duty, with the names of those who have it in one of its fields.

Rules
- Times without a zone, and of a zone that nobody knows, are the floor's. An entry for whole days is of business days.
- Entries that repeat are unfolded from a year before to a year after the reading; their exceptions and moved
  occurrences hold. A cancelled entry is none, and alarms say nothing.
- What lasts longer than a business day is a shift on each of its days.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from floorwatch.api import Document, DocumentFormat, RejectDocument, _, _n, duty, events, sheets
from floorwatch_rosters.calendar_names import names_in
from floorwatch_rosters.shifts import Gathered

if TYPE_CHECKING:
    from icalendar import Component as Entry

MOST_ENTRIES = 20_000
MOST_OCCURRENCES = 1_000  # of one entry
MOST_DAYS = 62  # that one entry may last

MOST_STEPS = 20_000  # occurrences looked at before the window begins: daily ones of 50 years
MOST_SHIFTS = 100_000
MOST_EMPTY_RULES = 3

_YEAR = timedelta(days=366)
_LONGEST_NIGHT_SECONDS = 24 * 3600
_FIRST_LINE = b"BEGIN:VCALENDAR"
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_BEGINNING = re.compile(r"^BEGIN:VEVENT\b", re.MULTILINE | re.IGNORECASE)
_BLOCK = re.compile(r"^BEGIN:VEVENT$.*?^END:VEVENT$", re.DOTALL | re.MULTILINE | re.IGNORECASE)


class CalendarOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`names`: the field in which they stand. `layer`: the duty's name (absent: each entry's SUMMARY; "": the roster
    itself). `activity`: what is done in it."""

    names: Literal["description", "summary", "attendee"] = "description"
    layer: str | None = None
    activity: duty.Activity = duty.Activity.DUTY


class CalendarFile(DocumentFormat):
    """Entries as duties."""

    name = "ics"
    title = "Calendar file"
    options_type = CalendarOptions

    def sniff(self, document: Document) -> float:
        """Its first line."""
        return 1.0 if document.raw[:200].removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(_FIRST_LINE) else 0.0

    def read(self, document: Document, options: Any) -> events.DocumentRead:
        """All duties of all entries. Raises RejectDocument for what is no calendar."""
        text = sheets.text_of(document.raw)
        if not self.sniff(document):
            raise RejectDocument(_("This is no calendar file: it does not begin with BEGIN:VCALENDAR."))
        return _Reading(document, options).read(text)


class _EntryError(ValueError):
    """An entry that cannot be used; the message says why."""


# Of these, only ValueError is meant; the others come from the library for fields of a shape that it did not expect.
_LIBRARY_ERRORS = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, OSError)
"""What it raises for what is no calendar; the last one for a zone whose name is that of a folder, or too long for a
file's."""


class _Occurrence(Struct, frozen=True):
    """An entry at one of its times: from, up to (epoch seconds); `original` is the start that it had by its rule."""

    start: float
    end: float
    original: float


class _Reading:
    """One document as it is read."""

    def __init__(self, document: Document, options: CalendarOptions) -> None:
        self._options = options
        self._gathered = Gathered(document)
        self._days = document.days
        now = document.days.local(document.read_at)
        self._window = now.replace(tzinfo=None) - _YEAR, now.replace(tzinfo=None) + _YEAR
        self._strange_zones: Counter[str] = Counter()
        self._cancelled = 0
        self._empty_rules = 0

    def read(self, text: str) -> events.DocumentRead:
        """All of it. Raises RejectDocument."""
        entries = _entries(text, self._gathered)
        moved = self._moved(entries)
        for number, entry in enumerate(entries, start=1):
            self._gathered.rows += 1
            try:
                if str(entry.get("STATUS", "")).upper() == "CANCELLED":
                    self._cancelled += 1
                else:
                    self._read_entry(entry, moved.get(str(entry.get("UID", "")), frozenset()))
            except _LIBRARY_ERRORS as error:
                why = str(error) if isinstance(error, _EntryError) else _("the entry cannot be understood")
                self._gathered.refuse(_("entry {n}").format(n=number), why, str(entry.get("SUMMARY", "")))
        self._remark()
        return self._gathered.reading(CalendarFile.title)

    def _remark(self) -> None:
        if self._cancelled:
            said = _n("{n} cancelled entry was left out.", "{n} cancelled entries were left out.", self._cancelled)
            self._gathered.remarks.append(said.format(n=self._cancelled))
        for zone, n in self._strange_zones.items():
            said = _n(
                "The zone “{zone}” of {n} entry is not known: its times are taken as the floor's.",
                "The zone “{zone}” of {n} entries is not known: their times are taken as the floor's.",
                n,
            )
            self._gathered.remarks.append(said.format(zone=zone, n=n))

    def _moved(self, entries: Sequence["Entry"]) -> dict[str, frozenset[float]]:
        """By entry: the starts of occurrences that have an entry of their own, moved or cancelled."""
        found: dict[str, set[float]] = {}
        for entry in entries:
            original = getattr(entry.get("RECURRENCE-ID"), "dt", None)
            if isinstance(original, date):
                found.setdefault(str(entry.get("UID", "")), set()).add(self._epoch(original))
        return {uid: frozenset(starts) for uid, starts in found.items()}

    def _read_entry(self, entry: "Entry", moved: frozenset[float]) -> None:
        summary = str(entry.get("SUMMARY", "")).strip()
        those = names_in(entry, self._options.names)
        if not those:
            raise _EntryError(_("there are no names in {field}").format(field=self._options.names.upper()))
        layer = summary if self._options.layer is None else self._options.layer
        is_moved = entry.get("RECURRENCE-ID") is not None
        for occurrence in self._occurrences(entry):
            if occurrence.original in moved and not is_moved:
                continue
            for stint in self._by_day(occurrence):
                if len(self._gathered.shifts) > MOST_SHIFTS:
                    raise RejectDocument(_("The calendar has more than {n} duties.").format(n=MOST_SHIFTS))
                for who in those:
                    self._gathered.people.setdefault(who.key, who)
                    day = self._gathered.date_of(stint.start)
                    shift = duty.Shift("", "", day, duty.ShiftKind.WORK, summary, (stint,), layer)
                    self._gathered.add(shift, who.key)

    def _by_day(self, occurrence: _Occurrence) -> Iterator[duty.Stint]:
        """One stint; for what lasts longer than a business day, one for each that it touches."""
        start, activity = occurrence.start, self._options.activity
        if occurrence.end - start <= _LONGEST_NIGHT_SECONDS:
            yield duty.Stint(start, occurrence.end, activity)
            return
        while start < occurrence.end:
            end = min(self._days.end_of(start), occurrence.end)
            yield duty.Stint(start, end, activity)
            start = end

    def _occurrences(self, entry: "Entry") -> Iterator[_Occurrence]:
        start = getattr(entry.get("DTSTART"), "dt", None)
        if not isinstance(start, date):
            raise _EntryError(_("it has no start"))
        zone = str(entry["DTSTART"].params.get("TZID", ""))
        if zone and isinstance(start, datetime) and start.tzinfo is None:
            self._strange_zones[zone] += 1
        if not sheets.date_of(start):
            raise _EntryError(_("its start lies outside of all calendars"))
        length = self._length(entry, start)
        for each in self._starts(entry, start):
            begin = self._epoch(each)
            yield _Occurrence(begin, self._epoch(each + length), begin)

    def _length(self, entry: "Entry", start: date) -> timedelta:
        """How long it lasts, by the wall clock where both ends are in one zone."""
        end, duration = getattr(entry.get("DTEND"), "dt", None), getattr(entry.get("DURATION"), "dt", None)
        length = timedelta()
        if isinstance(end, date) and isinstance(end, datetime) == isinstance(start, datetime):
            is_mixed = getattr(end, "tzinfo", None) is not getattr(start, "tzinfo", None)
            length = timedelta(seconds=self._epoch(end) - self._epoch(start)) if is_mixed else end - start
        elif isinstance(duration, timedelta):
            length = duration
        elif end is None and not isinstance(start, datetime):
            length = timedelta(days=1)
        if not timedelta() < length <= timedelta(days=MOST_DAYS):
            raise _EntryError(
                _("it has no end, one before its start, or one more than {n} days off").format(n=MOST_DAYS)
            )
        return length

    def _starts(self, entry: "Entry", start: date) -> Iterator[date]:
        """The starts of all occurrences: one, or those of the rule within the window."""
        rule = entry.get("RRULE")
        if isinstance(rule, list):
            raise _EntryError(_("it repeats by several rules"))
        repeated = [start] if rule is None else self._repeated(rule, start)
        gone = {self._key(each, start) for each in _listed(entry, "EXDATE")}
        extra = (each for each in _listed(entry, "RDATE") if self._in_window(each))
        for each in islice(chain(repeated, extra), MOST_OCCURRENCES):
            if (key := self._key(each, start)) not in gone:
                gone.add(key)
                yield each

    def _key(self, when: date, start: date) -> float:
        """What tells occurrences apart. An exception that is a date alone means the occurrence on that date."""
        if isinstance(start, datetime) and not isinstance(when, datetime):
            when = datetime.combine(when, start.timetz())
        return self._epoch(when)

    def _repeated(self, rule: Any, start: date) -> Iterator[date]:
        """The starts by a rule, on the wall clock of the entry; `rule` maps its parts to lists."""
        from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # comes with icalendar, without types

        if not {str(each).upper() for each in rule.get("FREQ", [])} <= _FREQUENCIES:
            raise _EntryError(_("it repeats more than once a day"))
        if self._empty_rules >= MOST_EMPTY_RULES:
            raise RejectDocument(_("Several entries of the calendar repeat on days that never come."))
        last = min([self._wall(each, start) for each in rule.get("UNTIL", [])] + [self._window[1]])
        parts = {key: values for key, values in rule.items() if key.upper() != "UNTIL"}
        made = rrulestr(type(rule)(parts).to_ical().decode(), dtstart=self._wall(start, start))
        is_empty = True
        for naive in islice(made, MOST_STEPS):
            is_empty = False
            if naive > last:
                return
            if naive >= self._window[0]:
                yield naive.replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else naive.date()
        if is_empty:  # a rule like the 30th of February was looked for up to the year 9999, for seconds
            self._empty_rules += 1
            raise _EntryError(_("it repeats on days that never come"))

    def _wall(self, when: date, start: date) -> datetime:
        """What the wall clock of the entry shows then."""
        if not isinstance(when, datetime):
            return datetime(when.year, when.month, when.day)  # noqa: DTZ001  # a wall clock has no zone
        zone = getattr(start, "tzinfo", None) or self._days.zone
        return (when if when.tzinfo is None else when.astimezone(zone)).replace(tzinfo=None)

    def _in_window(self, when: date) -> bool:
        return self._window[0] <= self._wall(when, when) <= self._window[1]

    def _epoch(self, when: date) -> float:
        if isinstance(when, datetime):
            return (when if when.tzinfo is not None else when.replace(tzinfo=self._days.zone)).timestamp()
        starts = timedelta(hours=self._days.starts.hour, minutes=self._days.starts.minute)
        return sheets.epoch_of(when, starts, self._days.zone)


def _entries(text: str, gathered: Gathered) -> Sequence["Entry"]:
    """All entries; of a damaged calendar those that are whole. Raises RejectDocument when there are too many."""
    from icalendar import Calendar  # here: start-up does without it

    begun = len(_BEGINNING.findall(text))
    if begun > MOST_ENTRIES:
        raise RejectDocument(_("The calendar has more than {n} entries.").format(n=MOST_ENTRIES))
    try:
        found = [each for calendar in Calendar.from_ical(text, multiple=True) for each in calendar.walk("VEVENT")]
    except _LIBRARY_ERRORS:
        found = []
    return found if len(found) == begun else _whole_entries(text, begun, gathered)


def _whole_entries(text: str, begun: int, gathered: Gathered) -> Sequence["Entry"]:
    from icalendar import Event

    found: list[Entry] = []
    for number, block in enumerate(_BLOCK.findall(text.replace("\r\n", "\n")), start=1):
        try:
            found.append(Event.from_ical(block))
        except _LIBRARY_ERRORS:
            gathered.refuse(_("entry {n}").format(n=number), _("the entry is damaged"), block[:200])
    if begun > len(found) + len(gathered.refused):
        gathered.refuse(_("end"), _("the entry is damaged"))
    gathered.remarks.append(_("The calendar is damaged; its whole entries were read."))
    return found


def _listed(entry: "Entry", name: str) -> Iterator[date]:
    """The dates of a field that may come several times, each with several dates; a period counts by its start."""
    fields = entry.get(name, [])
    for field in fields if isinstance(fields, list) else [fields]:
        for each in field.dts:
            when = each.dt[0] if isinstance(each.dt, tuple) else each.dt
            if isinstance(when, date):
                yield when
