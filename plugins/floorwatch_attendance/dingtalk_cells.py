"""What a cell of a DingTalk sheet says: a shift's hours, and approved requests.

Rules
- A shift is a name and its hours, `4班次17点 17:00-次日01:30`; several spans are a split shift. What ends before it
  begins ends on the next day. A break stands in it as `休息12:00-13:00`; where the sheet is silent, the configuration
  may say it.
- Requests follow one another, `外出05-07 14:00到05-07 16:00 2小时，加班…`. They have no year: it is the one nearest to
  the row's date. 上午 and 下午 are the halves of a day; a date alone is all of it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo

from msgspec import Struct

from floorwatch.api import duty, sheets

_TIME = r"(?:次日|翌日)?\s*\d{1,2}:\d{2}"
_SPAN = re.compile(rf"(?P<break>休息|午休|午餐|用餐|晚餐)?\s*(?P<start>{_TIME})\s*(?:-|~|—|–|至|到)\s*(?P<end>{_TIME})")
_OFF = ("休息", "公休", "休")
_NO_SHIFT = ("未排班", "-", "--")
_MOMENT = r"(?:\d{4}[-/.])?\d{1,2}[-/.]\d{1,2}(?:\s*(?:\d{1,2}:\d{2}|上午|下午))?"
_REQUEST = re.compile(
    rf"(?P<kind>[^\d\s,]+?)\s*(?P<start>{_MOMENT})\s*(?:到|至|~)\s*(?P<end>{_MOMENT})(?:\s*[\d.]+\s*\S+)?"
)
_PARTS_OF_MOMENT = re.compile(r"(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})\s*(.*)")
_HALVES: Mapping[str, tuple[timedelta, timedelta]] = {
    "上午": (timedelta(), timedelta(hours=12)),
    "下午": (timedelta(hours=12), timedelta(hours=24)),
    "": (timedelta(), timedelta(hours=24)),
}
_DAY = timedelta(days=1)
_APPROVALS: Mapping[str, duty.ApprovalKind] = {
    "外出": duty.ApprovalKind.OUT,
    "外勤": duty.ApprovalKind.OUT,
    "出差": duty.ApprovalKind.TRAVEL,
    "加班": duty.ApprovalKind.OVERTIME,
    "补卡": duty.ApprovalKind.CORRECTION,
    "补卡申请": duty.ApprovalKind.CORRECTION,
}
_LEAVES = ("假", "调休", "补休")

Hours = tuple[timedelta, timedelta, duty.Activity]
"""From, up to (both from the midnight of the date), what for."""


class Meaning(Struct, frozen=True):
    """What a cell with a shift means; `hours` are those of a working day, in order."""

    kind: duty.ShiftKind
    hours: Sequence[Hours] = ()

    def stints(self, day: date, zone: tzinfo) -> tuple[duty.Stint, ...]:
        """Its hours on this day. Where the clocks are put forward, a span of which nothing is left falls away."""
        made = (
            duty.Stint(sheets.epoch_of(day, start, zone), sheets.epoch_of(day, end, zone), activity)
            for start, end, activity in self.hours
        )
        return tuple(stint for stint in made if stint.start < stint.end)


class Request(Struct, frozen=True):
    """An approved request: `approval` is None for leave."""

    kind: str
    start: float
    end: float
    approval: duty.ApprovalKind | None
    word: str


def meaning_of(text: str, breaks: Mapping[str, str]) -> Meaning | None:
    """What a shift's cell means; None: there is no shift. `breaks` are hours by the name or the hours of a shift."""
    found = list(_SPAN.finditer(text))
    if not found:
        if text in _NO_SHIFT or not text:
            return None
        return Meaning(duty.ShiftKind.OFF if text.startswith(_OFF) else duty.ShiftKind.UNKNOWN)
    work = _in_a_row(span for span in found if not span["break"])
    rest = [_within(span, work) for span in found if span["break"]] if work else []
    name, hours = text[: found[0].start()].strip(), found[0].group().replace(" ", "")
    said = breaks.get(name) or breaks.get(hours) or breaks.get("*")
    if said and work and not rest:
        rest = [_within(span, work) for span in _SPAN.finditer(sheets.plain(said))]
    if not work or None in rest:
        return Meaning(duty.ShiftKind.UNKNOWN)
    return Meaning(duty.ShiftKind.WORK, _with_breaks(work, [span for span in rest if span is not None]))


def is_break(text: str) -> bool:
    """Whether this says the hours of breaks, and nothing else."""
    return bool(text.strip()) and not re.sub(r"[\s,、]", "", _SPAN.sub("", sheets.plain(text)))


def requests_of(text: str, day: date, zone: tzinfo) -> Iterator[Request | str]:
    """The requests in a cell of this day's row; the text of what is none."""
    for piece in filter(None, re.split(r"\s*[,;，；、\n]\s*", text)):
        found = _REQUEST.fullmatch(piece)
        kind = found["kind"] if found is not None else ""
        start = _moment(found["start"], day, zone, is_end=False) if found is not None else None
        end = _moment(found["end"], day, zone, is_end=True) if found is not None else None
        approval = _APPROVALS.get(kind)
        is_known = approval is not None or kind.endswith(_LEAVES)
        is_moment = approval is duty.ApprovalKind.CORRECTION and start == end
        if start is None or end is None or not is_known or not (start < end or is_moment):
            yield piece
        else:
            yield Request(kind, start, end, approval, piece)


def _in_a_row(spans: Iterator[re.Match[str]]) -> Sequence[tuple[timedelta, timedelta]]:
    """The spans of work, each after the one before it; none where a time is no time."""
    found: list[tuple[timedelta, timedelta]] = []
    for span in spans:
        start, end = sheets.clock_of(span["start"]), sheets.clock_of(span["end"])
        if start is None or end is None:
            return []
        while found and start < found[-1][1]:
            start, end = start + _DAY, end + _DAY
        while end <= start:
            end += _DAY
        found.append((start, end))
    return found if not found or found[-1][1] <= 2 * _DAY else []


def _within(span: re.Match[str], work: Sequence[tuple[timedelta, timedelta]]) -> tuple[timedelta, timedelta] | None:
    """A break within the work; None where it is none of it."""
    start, end = sheets.clock_of(span["start"]), sheets.clock_of(span["end"])
    if start is None or end is None:
        return None
    if start < work[0][0]:
        start, end = start + _DAY, end + _DAY
    if end <= start:
        end += _DAY
    return (start, end) if any(first <= start and end <= last for first, last in work) else None


def _with_breaks(
    work: Sequence[tuple[timedelta, timedelta]], rest: Sequence[tuple[timedelta, timedelta]]
) -> Sequence[Hours]:
    found: list[Hours] = []
    for start, end in work:
        reached = start
        for pause, goes_on in sorted(rest):
            if reached <= pause and goes_on <= end:
                found.append((reached, pause, duty.Activity.PHONES))
                found.append((pause, goes_on, duty.Activity.LUNCH))
                reached = goes_on
        found.append((reached, end, duty.Activity.PHONES))
    return [each for each in found if each[0] < each[1]]


def _moment(text: str, day: date, zone: tzinfo, *, is_end: bool) -> float | None:
    """A moment without a year, in the year that brings it nearest to this day."""
    found = _PARTS_OF_MOMENT.fullmatch(text)
    if found is None:
        return None
    years = [int(found[1])] if found[1] else [day.year, day.year - 1, day.year + 1]
    dates = [made for year in years if (made := sheets.date_of(f"{year}-{found[2]}-{found[3]}")) is not None]
    half = _HALVES.get(found[4])
    clock = sheets.clock_of(found[4]) if half is None else half[is_end]
    if not dates or clock is None:
        return None
    return sheets.epoch_of(min(dates, key=lambda made: abs(made - day)), clock, zone)
