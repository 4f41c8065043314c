"""The help, topics, incidents and open ends of a day's report.

Rules
- A question counts however it was typed, and nobody who asked is named: what is asked often is a matter for training.
- What is open is open now, whenever it began; what is late stands first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from math import isnan
from typing import Any

from floorwatch import spoken
from floorwatch.model.events import NoteKind
from floorwatch.reports.day_frames import DayFrames, one_line
from floorwatch.reports.day_line import Line, Section
from floorwatch.reports.day_people import assignment_said, leave_said, swap_said
from floorwatch.reports.duty_frames import HOLDS, OPEN
from floorwatch.text import folded
from floorwatch.words import _, _p

MOST_TOPICS = 5
LAST_DAYS_SECONDS = 7 * 86_400.0
"""How far back the last day with topics is looked for: over a long holiday, not into last month."""


def help_topics(day: DayFrames) -> Section:
    """How much help was asked for, and what it was about."""
    helps = [row for row in day.within("helps", "requested_at") if not row.withdrawn]
    lines: tuple[Line, ...] = ()
    if helps:
        closed = [row for row in helps if not isnan(row.closed_at)]
        waits = [row.taken_at - row.requested_at for row in helps if not isnan(row.taken_at)]
        lines = (
            Line(_("asked {n}").format(n=len(helps)), figure="asked", count=len(helps), group=""),
            Line(_p("help", "answered {n}").format(n=len(closed)), figure="answered", count=len(closed), group=""),
        )
        if waits:
            mean = sum(waits) / len(waits)
            said = _("taken after {wait}, on average").format(wait=spoken.duration(mean))
            lines += (Line(said, figure="taken", seconds=mean),)
    topics = _topics(helps, day.within("notes", "at"))
    return Section("help", _("Help and topics"), (*lines, *topics), _("Nobody asked for help."))


def hard_topics(day: DayFrames) -> Section:
    """What was asked and noted most on the last day before the span on which anything was."""
    start = day.span.start
    days = {
        row.day
        for name in ("helps", "notes")
        for row in day.rows(name)
        if start - LAST_DAYS_SECONDS <= row.day < start and not row.withdrawn
    }
    title = _("Hard topics of the last day")
    if not days:
        return Section("topics", title, (), _("Nothing was asked or noted in the last seven days."))
    last = max(days)
    helps, notes = ([row for row in day.rows(name) if row.day == last] for name in ("helps", "notes"))
    lines = tuple(_topics(helps, notes))
    return Section("topics", title, lines, _("Nothing was asked, and nothing noted under a topic."))


def _topics(helps: Iterable[Any], notes: Iterable[Any]) -> Iterator[Line]:
    questions = [one_line(row.question) for row in helps if not row.withdrawn]
    tags = [one_line(row.tag) for row in notes if not row.withdrawn and row.kind != NoteKind.PRAISE]
    yield from _most(questions, "question", _("asked {n} times: {words}"), _("asked once: {words}"))
    yield from _most(tags, "topic", _("noted {n} times: {words}"), _("noted once: {words}"))


def _most(said: list[str], figure: str, often: str, once: str) -> Iterator[Line]:
    """The texts that came most often, each as it was put last."""
    count = Counter(_key(text) for text in said)
    as_put = {_key(text): text for text in said}
    for key, n in sorted(count.items(), key=lambda item: (-item[1], item[0]))[:MOST_TOPICS]:
        if key:
            words = (often if n > 1 else once).format(n=n, words=as_put[key])
            yield Line(words, as_put[key], figure, n)


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, folded(text)))


def incidents(day: DayFrames) -> Section:
    """What was broken during the span, since when, and whose it is."""
    lines = tuple(
        Line(_incident(day, row), one_line(row.title), "incident")
        for row in day.rows("incidents")
        if row.since < day.span.end and (isnan(row.closed_at) or row.closed_at >= day.span.start)
    )
    return Section("incidents", _("Incidents"), lines, _("None was taken up."))


def _incident(day: DayFrames, row: Any) -> str:
    said = (
        _("{title}: since {since}, {owner} sees to it")
        if isnan(row.closed_at)
        else _("{title}: {since} to {until}, {owner} saw to it")
    )
    until = "" if isnan(row.closed_at) else day.clock(row.closed_at)
    owner = one_line(row.owner) or spoken.NOTHING
    return said.format(title=one_line(row.title), since=day.clock(row.since), until=until, owner=owner)


def still_open(day: DayFrames) -> Section:
    """Everything that somebody waits for: help, follow-ups, incidents, requests without a tick, people not told."""
    lines = (*_open_helps(day), *_follow_ups(day), *_open_incidents(day), *_requests(day), *_untold(day))
    return Section("open", _("Still open"), lines, _("Nothing is left open."))


def carried_over(day: DayFrames) -> Section:
    """What is open and is not due today: that has a section of its own."""
    lines = (*_open_helps(day), *_open_incidents(day), *_requests(day), *_untold(day))
    return Section("carried", _("Carried over"), lines, _("Nothing was left open."))


def due_today(day: DayFrames) -> Section:
    """Follow-ups and promises that are due by the end of the span, those overdue first."""
    lines = tuple(_follow_ups(day, by=day.span.end))
    return Section("due", _("Due today"), lines, _("Nothing is due."))


def _open_helps(day: DayFrames) -> Iterator[Line]:
    for row in day.rows("helps"):
        if isnan(row.closed_at) and not row.withdrawn:
            said = _("help for {who}, asked {at}: {question}") if row.question else _("help for {who}, asked {at}")
            words = said.format(who=day.who(row.agent), at=day.clock(row.requested_at), question=one_line(row.question))
            yield Line(words, day.who(row.agent), "help", seconds=day.at - row.requested_at)


def _follow_ups(day: DayFrames, by: float | None = None) -> Iterator[Line]:
    rows = [row for row in day.rows("notes") if row.follow_up and isnan(row.done_at) and not row.withdrawn]
    if by is not None:
        rows = [row for row in rows if row.due_at < by]
    for row in sorted(rows, key=lambda row: float("inf") if isnan(row.due_at) else row.due_at):
        who = day.who(row.agent) if row.agent else one_line(row.by)
        if isnan(row.due_at):
            said = _("{who}: {follow_up}")
        else:
            said = (
                _("{who}: {follow_up}, overdue since {due}")
                if row.due_at < day.at
                else _("{who}: {follow_up}, due {due}")
            )
        due = "" if isnan(row.due_at) else day.clock(row.due_at)
        yield Line(said.format(who=who, follow_up=one_line(row.follow_up), due=due), who, "follow_up")


def _open_incidents(day: DayFrames) -> Iterator[Line]:
    for row in day.rows("incidents"):
        if isnan(row.closed_at):
            yield Line(_incident(day, row), one_line(row.title), "incident", seconds=day.at - row.since)


def _requests(day: DayFrames) -> Iterator[Line]:
    for row in day.rows("swaps"):
        if row.state == OPEN:
            yield Line(swap_said(day, row), day.who(row.agent), "swap")
    for row in day.rows("leaves"):
        if row.state == OPEN:
            yield Line(leave_said(day, row), day.who(row.agent), "leave")


def _untold(day: DayFrames) -> Iterator[Line]:
    """Changes that hold, lie ahead or run, and that somebody in them has not been told of."""
    for row in day.rows("assignments"):
        if not row.withdrawn and not row.told and row.end > day.at:
            yield Line(assignment_said(day, row), day.who(row.agent), "not_told")
    for row in day.rows("swaps"):
        if row.state == HOLDS and not row.told and max(row.date, row.other_date) >= day.floor.date:
            said = _("not told yet: {change}").format(change=swap_said(day, row))
            yield Line(said, day.who(row.agent), "not_told")
