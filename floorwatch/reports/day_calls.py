"""The calls of a day's report: what was offered and what became of it, each queue, and the worst half hours.

Rules
- The figures are those of the screen, from the same counters by the same definitions, to the last digit: the floor
  is judged by its own promise, a queue by the queue's.
- The worst half hours are those in which most callers were not served in time.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd
from msgspec import Struct

from floorwatch import spoken
from floorwatch.model.counts import QUEUE_FIELDS, QueueCounts
from floorwatch.model.service_level import SERVICE_LEVELS, Volume, ratio
from floorwatch.reports.counting import queue_counts, within
from floorwatch.reports.day_frames import DayFrames, one_line, rows_of
from floorwatch.reports.day_line import Line, Section
from floorwatch.reports.intervals import binned
from floorwatch.words import _

HALF_HOUR = 1800
WORST = 3


class Total(Struct):
    """Counters of some queues over some time, as `Scope` adds them up."""

    counts: QueueCounts
    waiting: int = 0
    late: int = 0
    longest_waiting: float = 0.0

    @property
    def volume(self) -> Volume:
        """The letters of METRICS.md."""
        return Volume.of(self.counts, self.waiting, self.late)

    @property
    def answer_rate(self) -> float | None:
        """A / (A + B + X)."""
        return ratio(self.counts.answered, self.counts.answered + self.counts.abandoned + self.counts.left)

    @property
    def longest_wait(self) -> float:
        """Of those who left the queue and those who still wait."""
        return max(self.counts.longest_wait_seconds, self.longest_waiting)


def calls(day: DayFrames) -> Section:
    """Volumes, answer rate and service level, of the floor and of each queue."""
    title = _("Calls")
    if not day.floor.has_calls:
        return Section("calls", title, (), _("No call feed is read."))
    by_queue = _by_queue(day)
    whole = _added(by_queue[queue] for queue in by_queue)
    lines = tuple(_whole(day, whole)) if whole.counts.offered else ()
    if len(by_queue) > 1:
        lines += tuple(_queue(name, by_queue[name], promise) for name, promise in _promises(day) if name in by_queue)
    return Section("calls", title, lines, _("No call came."))


def worst_half_hours(day: DayFrames) -> Section:
    """The three in which most callers were not served in time."""
    title = _("Worst half hours")
    if not day.floor.has_calls:
        return Section("worst", title, (), _("No call feed is read."))
    level = SERVICE_LEVELS[day.floor.definition]
    found = []
    for start, those in _by_half_hour(day).items():
        total = _added(those)
        served, asked = level.terms(total.volume)
        if asked > served:
            found.append((served - asked, start, total))
    found.sort(key=lambda each: each[:2])
    lines = tuple(_half_hour(day, start, total) for _missed, start, total in found[:WORST])
    return Section("worst", title, lines, _("Every caller was served in time."))


def _by_queue(day: DayFrames) -> Mapping[str, Total]:
    """By queue, in the order of the screen: those of which the span tells anything."""
    counts = queue_counts(within(day.frames, day.span), "day")
    found: dict[str, list[Total]] = {}
    for (queue, _start), total in _totals(counts):
        found.setdefault(queue, []).append(total)
    return {name: _added(found[name]) for name, _promise in _promises(day) if name in found}


def _by_half_hour(day: DayFrames) -> Mapping[float, list[Total]]:
    counts = queue_counts(binned(within(day.frames, day.span), HALF_HOUR), "bin")
    found: dict[float, list[Total]] = {}
    for (_queue, start), total in _totals(counts):
        found.setdefault(start, []).append(total)
    return found


def _totals(counts: pd.DataFrame) -> Iterator[tuple[tuple[str, float], Total]]:
    for key, row in zip(counts.index, counts.to_dict("records"), strict=True):
        own = QueueCounts(**{name: row[name] for name in QUEUE_FIELDS})
        yield key, Total(own, row["waiting"], row["waiting_late"], row["longest_waiting_seconds"])


def _added(those: Iterable[Total]) -> Total:
    """Their sum, added one after another: doubles come out as on the screen."""
    first, *others = [*those] or [Total(QueueCounts())]
    if not others:
        return first
    whole = Total(QueueCounts())
    for each in (first, *others):
        whole.counts.add(each.counts)
        whole.waiting += each.waiting
        whole.late += each.late
        whole.longest_waiting = max(whole.longest_waiting, each.longest_waiting)
    return whole


def _promises(day: DayFrames) -> list[tuple[str, Any]]:
    return [(row.queue, row) for row in rows_of(day.frames["queues"])]


def _whole(day: DayFrames, total: Total) -> Iterator[Line]:
    counts = total.counts
    volumes = (
        ("offered", counts.offered, _("offered {n}")),
        ("answered", counts.answered, _("answered {n}")),
        ("abandoned", counts.abandoned, _("abandoned {n}")),
        ("left", counts.left, _("left another way {n}")),
        ("waiting", total.waiting, _("still waiting {n}")),
    )
    for figure, count, said in volumes:
        if count or figure in ("offered", "answered", "abandoned"):
            yield Line(said.format(n=count), figure=figure, count=count, group="")
    rate = total.answer_rate
    yield Line(_("answer rate {rate} %").format(rate=spoken.share(rate)), figure="answer_rate", share=rate)
    yield _service_level(day.floor, total)
    asa = ratio(counts.answered_wait_seconds, counts.answered)
    said = _("mean wait of the answered {wait}, longest wait {longest}")
    words = said.format(wait=spoken.duration_or_nothing(asa), longest=spoken.duration(total.longest_wait))
    yield Line(words, figure="asa", seconds=asa)


def _service_level(promise: Any, total: Total) -> Line:
    level = SERVICE_LEVELS[promise.definition]
    share = level.of(total.volume)
    said = _("service level {level} % within {seconds} s, to be {target} % ({definition}: {formula})")
    words = said.format(
        level=spoken.share(share),
        seconds=f"{promise.seconds:g}",
        target=f"{promise.share * 100:g}",
        definition=promise.definition,
        formula=level.formula,
    )
    return Line(words, figure="service_level", share=share)


def _queue(name: str, total: Total, promise: Any) -> Line:
    share = SERVICE_LEVELS[promise.definition].of(total.volume)
    said = _("{queue}: offered {offered}, answer rate {rate} %, service level {level} %")
    queue = one_line(name)
    words = said.format(
        queue=queue, offered=total.counts.offered, rate=spoken.share(total.answer_rate), level=spoken.share(share)
    )
    return Line(words, queue, "service_level", total.counts.offered, share)


def _half_hour(day: DayFrames, start: float, total: Total) -> Line:
    share = SERVICE_LEVELS[day.floor.definition].of(total.volume)
    hours = day.hours(start, start + HALF_HOUR)
    said = _("{hours}: service level {level} %, {answered} of {offered} answered, longest wait {longest}")
    words = said.format(
        hours=hours,
        level=spoken.share(share),
        answered=total.counts.answered,
        offered=total.counts.offered,
        longest=spoken.duration(total.longest_wait),
    )
    return Line(words, hours, "service_level", total.counts.offered, share, total.longest_wait)
