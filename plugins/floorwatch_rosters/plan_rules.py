"""The alerts of the plan: requests that wait too long, documents of which something could not be understood.

Rules
- A request is spoken of from the hour on at which the day before is half over: until then head and HR have their day.
- A document is one notice, however much of it nobody understands: what it is stands behind it. Rows of a roster that
  were not used are a warning: whoever stands in them is planned by nobody, and missed by nobody.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct

from floorwatch.api import Alert, AlertRule, AlertTone, FloorSnapshot, NoOptions, _, _n, duty, inert, roster
from floorwatch_rosters.changes import Asked, key_of, open_requests
from floorwatch_rosters.request_words import change_words, missing_words
from floorwatch_rosters.to_do import begins

HOUR_SECONDS = 3600.0
MOST = 100
MOST_NAMED = 3
LONGEST = 40
"""Characters of a code or a name that an alert repeats."""


class RequestOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`from_hour`: the hour of the day before (13.5 is 13:30) from which a missing tick is said. Raises ValueError
    for what is no hour."""

    from_hour: float = 12.0

    def __post_init__(self) -> None:
        """Refuse what no clock shows."""
        if not 0 <= self.from_hour <= 24:
            raise ValueError(_("from_hour: {hour} is no hour of a day: give 0 to 24").format(hour=self.from_hour))


class RequestWaiting(AlertRule):
    """A swap or a leave of tomorrow, or of today, still lacks a tick."""

    name = "request-waiting"
    title = "Request waits for a tick"
    options_type: type[Struct] = RequestOptions

    def check(self, floor: FloorSnapshot, options: RequestOptions) -> Iterator[Alert]:
        """One a request; those of today are a warning at once."""
        today = roster.date_of(floor)
        tomorrow = roster.moved(today, 1)
        is_late = _hour(floor) >= options.from_hour
        due = (each for each in open_requests(floor) if today <= _first_ahead(floor, each, today) <= tomorrow)
        for each in islice((one for one in due if is_late or begins(floor, one) <= today), MOST):
            said = _("waits for {missing}: {what}")
            yield Alert(
                key_of(each),
                said.format(what=change_words(floor, each), missing=missing_words(each)),
                AlertTone.WARN,
                None if each.asked_at is None else min(each.asked_at, floor.at),
                _("Have it ticked or refused: until then the plan stays as it is, and people have to know."),
                "tick",
            )


class RosterUnclear(AlertRule):
    """A document has codes or people of whom nobody knows anything, or there is a newer file that cannot be used."""

    name = "roster-unclear"
    title = "Not understood in a document"

    def check(self, floor: FloorSnapshot, options: NoOptions) -> Iterator[Alert]:  # noqa: ARG002  # it has none
        """One a document, since it was read."""
        for source, document in islice(floor.duty.documents.items(), MOST):
            if said := _unclear(floor, document):
                how = _playbook(document)
                since = min(document.refused_at or document.read_at, floor.at)
                tone = AlertTone.WARN if _loses_shifts(document) else AlertTone.NOTICE
                yield Alert(f"document:{source}", said, tone, since, how, "rosters")


def _hour(floor: FloorSnapshot) -> float:
    """The hour on the floor's wall; past midnight it goes on from 24 until the business day is over."""
    local = floor.rules.days.local(floor.at)
    began = floor.rules.days.local(floor.day_start)
    return local.hour + local.minute / 60 + 24 * (local.date() - began.date()).days


def _first_ahead(floor: FloorSnapshot, asked: Asked, today: str) -> str:
    """The first date of it that is not over."""
    if isinstance(asked, duty.Swap):
        dates = sorted((asked.date, asked.other_date))
        return next((date for date in dates if date >= today), dates[-1])
    return max(begins(floor, asked), today) if asked.end > floor.at else begins(floor, asked)


def _unclear(floor: FloorSnapshot, document: duty.DocumentState) -> str:
    """What nobody understands in it; without a people file nobody can be known."""
    codes, people = document.unknown_codes, document.unmatched if len(floor.people) else ()
    parts = []
    if document.refused_at is not None:
        said = _("the newer file cannot be used: {why}") if document.was_read else _("cannot be used: {why}")
        parts.append(said.format(why=inert(document.why)))
    if _loses_shifts(document):
        n, why = sum(document.refusals.values()), max(document.refusals, key=lambda each: document.refusals[each])
        said = _n("{n} row not used: {why}", "{n} rows not used: {why}", n)
        parts.append(said.format(n=n, why=inert(why)))
    if codes:
        said = _n("{n} code not known: {names}", "{n} codes not known: {names}", len(codes))
        parts.append(said.format(n=len(codes), names=_few(codes)))
    if people:
        said = _n("{n} person not known: {names}", "{n} people not known: {names}", len(people))
        parts.append(said.format(n=len(people), names=_few(who.name or who.key for who in people)))
    return "; ".join(parts)


def _loses_shifts(document: duty.DocumentState) -> bool:
    """Whether it is a roster of which rows were not used. A torn line of a terminal is nothing to call somebody for."""
    return bool(document.shifts and document.refusals)


def _playbook(document: duty.DocumentState) -> str:
    """What to do about it, the worst alone."""
    if document.refused_at is not None:
        return _("Mend the document and save it again; until then what was read before holds.")
    if _loses_shifts(document):
        return _("Mend the rows that were not used and save it again: whoever stands in them is not planned now.")
    return _("Write the codes into the options of the feed, and the people into the people file.")


def _few(names: Iterable[str]) -> str:
    """The first of them, each in one short line."""
    return ", ".join(" ".join(inert(name).split())[:LONGEST] for name in islice(names, MOST_NAMED))
