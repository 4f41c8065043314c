"""Where a replay goes on to by one key: the next entry, whole minute, or moment worth seeing; and what is there, in
words."""

from collections.abc import Sequence
from itertools import takewhile
from math import ceil, floor, inf, nextafter
from typing import assert_never

from msgspec import Struct

from floorwatch.engine.desk_replay import Stop
from floorwatch.engine.keyframes.shapes import Moment, MomentKind, Tape
from floorwatch.engine.replay_bar import lacks_alerts
from floorwatch.spoken import clock, clock_minute
from floorwatch.text import inert
from floorwatch.words import _, title_of


class Place(Struct, frozen=True):
    """Where it goes to (None: nowhere), and what is there, or why it does not."""

    at: float | None
    words: str


def next_stop(tape: Tape, stop: Stop, now: float, *, back: bool) -> Place:
    """The first such place after `now`, or the last before it. Raises FeedError."""
    match stop:
        case Stop.EVENT:
            found = _event(tape, now, back=back)
        case Stop.MINUTE:
            found = _minute(tape, now, back=back)
        case Stop.MOMENT:
            found = _moment(tape, now, back=back)
        case _:
            assert_never(stop)
    return Place(None, _why_none(tape, stop, now, back=back)) if found is None else found


def _event(tape: Tape, now: float, *, back: bool) -> Place | None:
    at = tape.event_before(now) if back else tape.event_after(now)
    return None if at is None else Place(at, _("entry of {time}").format(time=clock(at, tape.house.rules.days.zone)))


def _minute(tape: Tape, now: float, *, back: bool) -> Place | None:
    days = tape.house.rules.days
    offset = days.local(now).utcoffset()
    shift = 0.0 if offset is None else offset.total_seconds() % 60  # some zones of old are not apart by whole minutes
    minutes = (now + shift) / 60
    at = (ceil(minutes) - 1 if back else floor(minutes) + 1) * 60 - shift
    first, last = tape.span
    return Place(at, clock_minute(at, days.zone)) if first <= at <= last else None


def _moment(tape: Tape, now: float, *, back: bool) -> Place | None:
    found = tape.moments(-inf, now) if back else tape.moments(nextafter(now, inf), inf)
    if not found:
        return None
    at, known = found[-1 if back else 0].at, tape.refresh()
    here = list(takewhile(lambda moment: moment.at == at, reversed(found) if back else found))
    words = list(dict.fromkeys(_words_of(tape, here)))
    more = _("{first}, and {n} more").format(first=words[0], n=len(words) - 1)
    said = words[0] if len(words) == 1 else more
    if lacks_alerts(tape, max(now, at), known):  # there may be one that lies nearer
        return Place(at, _("{moment} (alerts are not known yet)").format(moment=said))
    return Place(at, said)


def _words_of(tape: Tape, moments: Sequence[Moment]) -> Sequence[str]:
    """What each is, alerts first."""
    ordered = sorted(moments, key=lambda moment: moment.kind is not MomentKind.ALERT)
    return [word for moment in ordered for word in _said(tape, moment)]


def _said(tape: Tape, moment: Moment) -> Sequence[str]:
    whom = inert(moment.subject.partition(":")[2] or moment.subject)
    match moment.kind:
        case MomentKind.ALERT if not moment.is_named and moment.words:
            return [_("alert: {whom}").format(whom=inert(moment.words))]
        case MomentKind.ALERT:
            rules = _rules_of(tape, moment)
            said = _("alert: {whom}, {rule}")
            return [said.format(whom=whom, rule=rule) for rule in rules] or [_("alert: {whom}").format(whom=whom)]
        case MomentKind.LOST:
            return [_("caller lost: {queue}").format(queue=whom)]
        case MomentKind.LATE:
            return [_("longest wait over target: {queue}").format(queue=whom)]
        case _:
            assert_never(moment.kind)


def _rules_of(tape: Tape, moment: Moment) -> Sequence[str]:
    """Titles of the rules that raised it."""
    up = () if tape.alerts is None else tape.alerts.up_at(moment.at)
    names = [each.rule for each in up if each.raised_at == moment.at and each.alert.subject == moment.subject]
    rules = tape.house.catalogue.rules
    return [title_of(rules[name]) if name in rules else inert(name) for name in names]


def _why_none(tape: Tape, stop: Stop, now: float, *, back: bool) -> str:
    if stop is Stop.MOMENT and tape.alerts is None:
        return _("Moments are not known here: this replay has no index.")
    known = tape.refresh()
    if back and not (stop is Stop.MOMENT and lacks_alerts(tape, now, known)):
        return _("Nothing before this.") if stop is Stop.MOMENT else _("The recording begins here.")
    if not known.is_whole and stop is not Stop.MINUTE:
        return known.problem or _("Nothing more is known yet: the recording is still being read.")
    return _("Nothing after this.") if stop is Stop.MOMENT else _("The recording ends here.")
