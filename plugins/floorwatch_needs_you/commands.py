"""What a person does about an alert: sees to it, or has it hidden for a while.

Rules
- Both name the alert by its id: one that is raised again is another, and calls anew.
- A red line cannot be snoozed.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from floorwatch.api import (
    Field,
    FixedField,
    Happened,
    Known,
    Outcome,
    Prefilled,
    RaisedAlert,
    Request,
    TextField,
    TimeField,
    Toast,
    _,
    events,
    spoken,
)


class Acknowledge(Prefilled):
    """Somebody sees to it."""

    name = "acknowledge"
    title = "See to an alert"
    key = "a"
    rows = ("alert",)
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """Which alert, who sees to it, and a word."""
        return (
            FixedField(name="alert", title=_("alert")),
            TextField(name="owner", title=_("who"), required=False, known=Known.AUTHORS, longest=80),
            TextField(name="word", title=_("word"), required=False, hint=_("what is being done")),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """The alert in its own words, and whoever writes."""
        raised = _raised(request)
        return {} if raised is None else {"alert": raised.alert.text, "owner": request.me}

    def run(self, request: Request) -> Iterator[Outcome]:
        """It has an owner, unless it has one already."""
        raised, floor = _raised(request), request.floor
        if raised is None:
            yield _not_there(request)
            return
        owner = request.text("owner") or request.me
        known = floor.support.seen_to(raised)
        if known is not None:
            since = spoken.clock_minute(known.at, floor.rules.days.zone)
            yield Toast(_("{who} has been seeing to it since {time}.").format(who=known.owner, time=since))
        elif not owner:
            yield Toast(_("Say who sees to it."))
        else:
            word = request.text("word")
            yield Happened(events.AlertAcknowledged(floor.at, alert=raised.id, owner=owner, word=word))
            yield Toast(_("{who} sees to it.").format(who=owner))


class SnoozeOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`minutes` is how long an alert is hidden unless something else is typed. Raises ValueError unless above 0."""

    minutes: int = 15

    def __post_init__(self) -> None:
        """Refuse a snooze that is over before it begins."""
        if self.minutes <= 0:
            raise ValueError(_("minutes: {minutes} must be above 0").format(minutes=self.minutes))


class Snoozes(Prefilled):
    """Not now."""

    name = "snooze"
    title = "Snooze an alert"
    rows = ("alert",)
    quick = True
    options_type: type[Struct] = SnoozeOptions

    @property
    def parameters(self) -> Sequence[Field]:
        """Which alert, and until when."""
        return (FixedField(name="alert", title=_("alert")), TimeField(name="until", title=_("until"), default="+15m"))

    def prefill(self, request: Request) -> Mapping[str, str]:
        """The alert in its own words, and the usual time."""
        raised = _raised(request)
        if raised is None:
            return {}
        minutes = request.options.minutes if isinstance(request.options, SnoozeOptions) else SnoozeOptions().minutes
        return {"alert": raised.alert.text, "until": f"+{minutes}m"}

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is hidden until then."""
        raised, floor = _raised(request), request.floor
        until = request.time("until")
        if raised is None:
            yield _not_there(request)
        elif raised.alert.red_line:
            yield Toast(_("This is a red line: it cannot be snoozed. See to it (a)."))
        elif until <= floor.at:
            yield Toast(_("That moment is past: name one that is to come."))
        else:
            yield Happened(events.AlertSnoozed(floor.at, alert=raised.id, until=until))
            yield Toast(_("Snoozed until {time}.").format(time=spoken.clock_minute(until, floor.rules.days.zone)))


def _raised(request: Request) -> RaisedAlert | None:
    """The alert of the row, while it is up."""
    key = request.subject("alert")
    return next((each for each in request.floor.alerts if each.id == key and each.cleared_at is None), None)


def _not_there(request: Request) -> Toast:
    if request.subject("alert") is None:
        return Toast(_("Put the cursor on an alert first."))
    return Toast(_("This no longer needs you."))
