"""Shift codes: what hours "A1", "夜" or "早/晚" in a roster mean, as the configuration says it.

Rules
- A meaning is spans of hours, `08:30-17:30, lunch 12:00-13:00`, or `off`, or `leave`.
- Spans without a word are the telephones'. One with a word is cut out of the span around it, or stands alone.
- A span whose end is not after its start ends on the next day; `次日` or `+1` before a time says so outright.
- What stands in a cell beside a code (a remark, 班, brackets) does not hide it; two codes in a cell are both meant.
- A code that nobody explained stays visible as it is: nothing is guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from itertools import pairwise

from msgspec import Struct

from floorwatch.api import _, duty, folded, sheets

_OFF = "off 休 休息 公休 轮休 輪休 例休 排休 双休 雙休 周休 休假日 rest 休班 歇 / - -- — –"
_LEAVE = (
    "leave vacation sick 年 年假 年休 年休假 事 事假 病 病假 婚假 产假 產假 陪产假 陪產假 哺乳假 育儿假 护理假 丧假"
    " 喪假 工伤假 工傷假 调休 調休 补休 補休 探亲假 请假 請假 特休 假 al sl pto"
)
_ACTIVITIES: Mapping[str, duty.Activity] = {
    word: activity
    for activity, words in {
        duty.Activity.PHONES: "phones phone calls 电话 電話 接线 接線 话务 話務 上线 上線",
        duty.Activity.BREAK: "break 小休 休息 茶歇 工间休息",
        duty.Activity.LUNCH: "lunch meal dinner 午餐 午休 午饭 吃饭 用餐 晚餐 晚饭 夜宵",
        duty.Activity.MEETING: "meeting huddle 会议 會議 早会 早會 例会 开会 晨会 班会",
        duty.Activity.TRAINING: "training 培训 培訓 学习 訓練",
        duty.Activity.DUTY: "duty 值班 值守 备班 質檢 质检 非话务",
    }.items()
    for word in words.split()
}
_WORDS = "|".join(sorted(map(re.escape, _ACTIVITIES), key=len, reverse=True))
_TIME = r"(?:次日|翌日|\+1)?\s*\d{1,2}:\d{2}(?:\s*\(?\+1\)?)?"
# A text, compiled when the first code is read: 2 ms that a floor without a roster does not pay.
_SPAN = rf"(?P<word>{_WORDS})?\s*(?P<start>{_TIME})\s*(?:-|~|—|–|至|到|to)+\s*(?P<end>{_TIME})\s*(?P<after>{_WORDS})?"
_PARTS = re.compile(r"\s*[,;、\n]\s*")
_BETWEEN_CODES = re.compile(r"\s*[/+、,;&|\n和]\s*")
_REMARK = re.compile(r"[\s(\[【*#@!?~].*", re.DOTALL)
_DAY = timedelta(days=1)

Span = tuple[timedelta, timedelta, duty.Activity]
"""From, up to (both from the midnight of the date), what for."""


class Meaning(Struct, frozen=True):
    """What a code means: hours, a day off or leave."""

    kind: duty.ShiftKind
    spans: tuple[Span, ...] = ()

    def stints(self, day: date, zone: tzinfo) -> tuple[duty.Stint, ...]:
        """Its hours on this day. Where the clocks are put forward, a span of which nothing is left falls away."""
        made = (
            duty.Stint(sheets.epoch_of(day, start, zone), sheets.epoch_of(day, end, zone), activity)
            for start, end, activity in self.spans
        )
        return tuple(each for each in made if each.start < each.end)


OFF, LEAVE, UNKNOWN = (Meaning(kind) for kind in (duty.ShiftKind.OFF, duty.ShiftKind.LEAVE, duty.ShiftKind.UNKNOWN))


def activity_of(word: str) -> duty.Activity | None:
    """The activity of a word, English or Chinese."""
    return _ACTIVITIES.get(folded(sheets.plain(word)))


def meaning_of(spec: str) -> Meaning:
    """What a meaning in the configuration says. Raises ValueError with what is wrong with it."""
    text = folded(sheets.plain(spec))
    if text in _OFF.split():
        return OFF
    if text in _LEAVE.split():
        return LEAVE
    spans = [_span(part) for part in _PARTS.split(text) if part]
    if not spans:
        raise ValueError(_("it says neither hours, nor `off`, nor `leave`"))
    work = _in_a_row([span for span, has_word in spans if not has_word])
    others = [_beside(span, work) for span, has_word in spans if has_word]
    return Meaning(duty.ShiftKind.WORK, _cut(work, others))


def _span(part: str) -> tuple[Span, bool]:
    found = re.fullmatch(_SPAN, part)
    if found is None:
        raise ValueError(_("`{part}` is not hours like `08:30-17:30` or `lunch 12:00-13:00`").format(part=part))
    start, end = _time(part, found["start"]), _time(part, found["end"])
    while end <= start:
        end += _DAY
    word = found["word"] or found["after"]
    if end - start > _DAY or start >= 2 * _DAY:
        raise ValueError(_("`{part}` is longer than a day").format(part=part))
    return (start, end, _ACTIVITIES[word] if word else duty.Activity.PHONES), word is not None


def _time(part: str, text: str) -> timedelta:
    clock = sheets.clock_of(text)
    if clock is None:
        raise ValueError(_("`{part}` has a time that no clock shows").format(part=part))
    return clock


def _in_a_row(work: Sequence[Span]) -> list[Span]:
    """The spans of a split shift; behind one that ends past midnight a later one is of the next day too."""
    row: list[Span] = []
    for start, end, activity in work:
        before = row[-1][1] if row else timedelta()
        later = _DAY if start < before and before >= _DAY else timedelta()
        if start + later < before:
            raise ValueError(_("its spans overlap or are out of order; write 次日 before a time of the next day"))
        row.append((start + later, end + later, activity))
    return row


def _beside(span: Span, work: Sequence[Span]) -> Span:
    """A span with a word, on the day on which the work around it is."""
    start, end, activity = span
    if not any(first < end and start < last for first, last, _activity in work):
        for first, last, _activity in work:
            if first <= start + _DAY and end + _DAY <= last:
                return start + _DAY, end + _DAY, activity
    return span


def _cut(work: Sequence[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    ordered = sorted(others)
    for (_start, end, _activity), (start, _end, _other) in pairwise(ordered):
        if start < end:
            raise ValueError(_("its breaks and duties overlap"))
    pieces = list(ordered)
    for first, last, activity in work:
        at = first
        for start, end, _other in ordered:
            if start >= last or end <= at:
                continue
            if start > at:
                pieces.append((at, start, activity))
            at = max(at, end)
        if at < last:
            pieces.append((at, last, activity))
    return tuple(sorted(pieces))


class Codes:
    """All the codes of a roster; answers are kept, for a month has thousands of cells and ten codes."""

    def __init__(self, specs: Mapping[str, str]) -> None:
        """Raises ValueError naming the code whose meaning cannot be read."""
        self._known = {_key(word): (word, OFF) for word in _OFF.split()}
        self._known |= {_key(word): (word, LEAVE) for word in _LEAVE.split()}
        said: dict[str, str] = {}
        for code, spec in specs.items():
            if (other := said.setdefault(_key(code), code)) != code:
                raise ValueError(_("codes.{code} and codes.{other} are the same code").format(code=code, other=other))
            try:
                self._known[_key(code)] = code, meaning_of(spec)
            except ValueError as error:
                raise ValueError(_("codes.{code} = “{spec}”: {why}").format(code=code, spec=spec, why=error)) from None
        self._answers: dict[str, tuple[tuple[str, Meaning], ...]] = {}

    def read(self, cell: str) -> tuple[tuple[str, Meaning], ...]:
        """(code, what it means) of all that a cell says, `cell` being its plain text; empty for an empty one. A code is
        spelt as where its meaning is said."""
        answer = self._answers.get(cell)
        if answer is None:
            answer = self._answers[cell] = tuple(self._read(cell))
        return answer

    def _read(self, cell: str) -> Iterator[tuple[str, Meaning]]:
        if not cell:
            return
        if (exact := self._known.get(_key(cell))) is not None:
            yield exact
            return
        parts = [part for part in _BETWEEN_CODES.split(cell) if part] or [cell]
        told = [self._one(part) for part in parts]
        # A remark may have the signs that stand between codes: it is one where a part is no code, and the cell is.
        if not all(told) and (whole := self._one(cell)) is not None:
            yield whole
        else:
            yield from (code or (part, UNKNOWN) for part, code in zip(parts, told, strict=True))

    def _one(self, text: str) -> tuple[str, Meaning] | None:
        """One code with its meaning, whatever is said beside it; hours written out mean themselves."""
        key = _key(text)
        bare = _key(_REMARK.sub("", text))
        for each in (key, bare, key.removesuffix("班"), bare.removesuffix("班"), key + "班", bare + "班"):
            if each and (known := self._known.get(each)) is not None:
                return known
        try:
            return (text, meaning_of(text)) if ":" in text else None
        except ValueError:
            return None


def _key(code: str) -> str:
    return folded(sheets.plain(code)).replace(" ", "")
