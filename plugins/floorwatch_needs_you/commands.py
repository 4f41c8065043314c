"""What a person does about an alert: sees to it, has it hidden for a while, or has it back.

Rules
- All name the alert by its id: one that is raised again is another, and calls anew.
- The key opens no form that can only fail: where there is nothing to see to, that is said.
- A red line cannot be snoozed. What becomes worse while it is snoozed comes back at once.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from floorwatch.api import (
    Acknowledgement,
    Ask,
    Command,
    Field,
    FixedField,
    Happened,
    Known,
    Open,
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

PANEL = "needs-you"


def needs_you_commands() -> Sequence[Command]:
    """All of them."""
    return (SeesTo(), Acknowledge(), Snoozes(), Unsnoozes())


class SeesTo(Command):
    """The key: the form for an alert that nobody sees to; else a word on why there is none."""

    name = "see-to"
    title = "See to it"
    key = "a"
    rows = ("alert",)

    def run(self, request: Request) -> Iterator[Outcome]:
        """On to the form; from anywhere else to the list."""
        raised = _raised(request)
        if request.subject("alert") is None:
            yield Toast(_("Nothing to see to here: this is no alert.")) if request.panel == PANEL else Open(PANEL)
        elif raised is None:
            yield _not_there(request)
        elif (known := request.floor.support.seen_to(raised)) is not None:
            yield _seen_to_already(request, known)
        else:
            yield Ask("acknowledge", request.row_key)


class Acknowledge(Prefilled):
    """Somebody sees to it: the form that the key opens, which stands in no menu beside it."""

    name = "acknowledge"
    title = "See to an alert"
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
            yield _seen_to_already(request, known)
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
        """It is hidden until then, unless it becomes worse."""
        raised, floor = _raised(request), request.floor
        until = request.time("until")
        if raised is None:
            yield _not_there(request)
        elif raised.alert.red_line:
            yield Toast(_("This is a red line: it cannot be snoozed. See to it (a)."))
        elif until <= floor.at:
            yield Toast(_("That moment is past: name one that is to come."))
        else:
            yield Happened(events.AlertSnoozed(floor.at, alert=raised.id, until=until, tone=raised.alert.tone))
            yield Toast(_("Snoozed until {time}.").format(time=spoken.clock_minute(until, floor.rules.days.zone)))


class Unsnoozes(Command):
    """Now, after all."""

    name = "unsnooze"
    title = "Stop snoozing"
    rows = ("snoozed",)

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is in the list again: the snooze ends at this moment."""
        raised, floor = _raised(request), request.floor
        if raised is None:
            yield _not_there(request)
        elif floor.support.snooze_of(raised, floor.at) is None:
            yield Toast(_("It is not snoozed."))
        else:
            yield Happened(events.AlertSnoozed(floor.at, alert=raised.id, until=floor.at, tone=raised.alert.tone))
            yield Toast(_("Back in the list: {alert}").format(alert=raised.alert.text))


def _raised(request: Request) -> RaisedAlert | None:
    """The alert of the row, while it is up."""
    key = _alert(request)
    return next((each for each in request.floor.alerts if each.id == key and each.cleared_at is None), None)


def _alert(request: Request) -> str | None:
    """Its id; a row of those that are snoozed carries it too."""
    return request.subject("alert") or request.subject("snoozed")


def _seen_to_already(request: Request, known: Acknowledgement) -> Toast:
    since = spoken.clock_minute(known.at, request.floor.rules.days.zone)
    return Toast(_("{who} has been seeing to it since {time}.").format(who=known.owner, time=since))


def _not_there(request: Request) -> Toast:
    if _alert(request) is None:
        return Toast(_("Put the cursor on an alert first."))
    return Toast(_("This no longer needs you."))
