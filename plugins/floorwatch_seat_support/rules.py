"""The alerts of seat support: what *needs you* and the alert log have of it.

Rules
- A text stays the same while nothing happens; what passes is the age, from `since` on.
- An alert is about the thing itself, so that its commands act on the alert's row.
- Help to which nobody is on the way is a red line once it is red: it is taken, answered or withdrawn, never hidden.
"""

from collections.abc import Iterator, Sequence
from heapq import nsmallest

from floorwatch.api import Alert, AlertRule, AlertTone, FloorSnapshot, Help, NoOptions, _
from floorwatch_seat_support.duty import long_alone
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.suspicion import Suspicion, suspicions
from floorwatch_seat_support.wording import in_one_line, without_words

LONGEST = 100
"""Characters of what somebody typed that an alert repeats."""

MOST = 500
"""Alerts of one rule at one moment: the oldest. The panels show all."""

MOST_NOT_VISITED = 5

MOST_SEATS = 4
"""Seats that are named in a line."""


def rules(limits: Limits) -> Sequence[AlertRule]:
    """All of them."""
    return (HelpWaiting(limits), FollowUpDue(), SuspectedIncident(limits), NotVisited(limits))


class HelpWaiting(AlertRule):
    """Somebody waits for help: from the first second, so that it stands in the list, and redder with its age."""

    name = "help-waiting"
    title = "Help asked for"

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def check(self, floor: FloorSnapshot, options: NoOptions) -> Iterator[Alert]:  # noqa: ARG002  # it has none
        """One a request, until it is answered or withdrawn."""
        for each in floor.support.queue_of_help[:MOST]:
            tone = self._tone(floor, each)
            yield Alert(
                f"help:{each.id}",
                _asked(each),
                tone,
                min(each.requested_at, floor.at),
                _("Go there, or send somebody; write down the answer for the next time."),
                "help",
                red_line=tone is AlertTone.ALARM,
            )

    def _tone(self, floor: FloorSnapshot, each: Help) -> AlertTone:
        """By its age; to whom somebody is on the way waits without alarm."""
        age = floor.at - each.requested_at
        if age >= self._limits.help_alarm_seconds:
            return AlertTone.ALARM if each.taken_at is None else AlertTone.WARN
        if age >= self._limits.help_warn_seconds:
            return AlertTone.WARN if each.taken_at is None else AlertTone.NOTICE
        return AlertTone.NOTICE


class FollowUpDue(AlertRule):
    """What a note left to be done is due."""

    name = "follow-up-due"
    title = "Follow-up due"

    def check(self, floor: FloorSnapshot, options: NoOptions) -> Iterator[Alert]:  # noqa: ARG002  # it has none
        """One a note, since it was due."""
        due = [(note.due_at, key) for key, note in floor.support.follow_ups.items() if note.due_at is not None]
        for at, key in nsmallest(MOST, (each for each in due if each[0] <= floor.at)):
            text = in_one_line(floor.support.follow_ups[key].follow_up)[:LONGEST]
            said = _("Do it, or say until when: a promise that is late is one that was broken.")
            yield Alert(f"note:{key}", text, AlertTone.WARN, at, said, "follow-up-done")


class SuspectedIncident(AlertRule):
    """Several signs within minutes that something is broken."""

    name = "suspected-incident"
    title = "Suspected incident"

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def check(self, floor: FloorSnapshot, options: NoOptions) -> Iterator[Alert]:  # noqa: ARG002  # it has none
        """One an incident, until it is closed, or no longer suspected. One that has an owner is a notice."""
        for each in suspicions(floor, self._limits)[:MOST]:
            yield Alert(
                f"incident:{each.key}",
                _suspected(each),
                AlertTone.NOTICE if each.is_taken else AlertTone.WARN,
                min(each.since, floor.at),
                _("Look at one of the seats, tell technical support, and own it until it is repaired or replaced."),
                "close-incident" if each.is_taken else "own-incident",
            )


class NotVisited(AlertRule):
    """Nobody was with somebody for long."""

    name = "not-visited"
    title = "Not visited"

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def check(self, floor: FloorSnapshot, options: NoOptions) -> Iterator[Alert]:  # noqa: ARG002  # it has none
        """The few who have been there longest without a visit."""
        for since, agent in nsmallest(MOST_NOT_VISITED, long_alone(floor, self._limits.not_visited_seconds)):
            said = _("Walk past. That all is well is worth a look, too.")
            yield Alert(f"agent:{agent}", _("not visited"), AlertTone.NOTICE, since, said, "visited")


def _asked(each: Help) -> str:
    question = in_one_line(each.question)[:LONGEST]
    if each.taken_at is None:
        return _("help: {question}").format(question=question) if question else without_words()
    if not question:
        return _("help: {who} is on the way").format(who=each.taken_by or _("somebody"))
    return _("help: {question} ({who} is on the way)").format(question=question, who=each.taken_by or _("somebody"))


def _suspected(each: Suspicion) -> str:
    title, seats = each.title[:LONGEST], " ".join(seat[:LONGEST] for seat in each.seats[:MOST_SEATS])
    if each.is_taken:
        return _("{title} ({who} sees to it)").format(title=title, who=each.owner)
    if len(each.seats) > MOST_SEATS:
        said = _("{title}: {seats} and {n} more")
        return said.format(title=title, seats=seats, n=len(each.seats) - MOST_SEATS)
    return _("{title}: {seats}").format(title=title, seats=seats) if seats else title
