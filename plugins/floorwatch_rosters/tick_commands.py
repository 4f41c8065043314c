"""What becomes of a swap or a leave: it is ticked, or refused.

Rules
- Nothing is decided here: what speaks against a request stands beside it, and a person ticks it all the same.
- Leave in the peak period is ticked with the reason why, and that reason is kept.
- Who was first is decided by the journal.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from floorwatch.api import (
    Ask,
    ChoiceField,
    Command,
    Field,
    FixedField,
    FloorSnapshot,
    Happened,
    Option,
    Outcome,
    Prefilled,
    Request,
    TextField,
    Toast,
    Tone,
    _,
    duty,
    events,
    roster,
    spoken,
)
from floorwatch_rosters.changes import Asked, asked_meant, key_of, not_told
from floorwatch_rosters.request_words import (
    change_words,
    missing_words,
    objection_words,
    tick_names,
    ticks_missing,
    ticks_wanted,
)
from floorwatch_rosters.who import name_of

LONGEST_WORD = 2_000
_KEYS = {duty.Tick.AGREED: "a", duty.Tick.HEAD: "h", duty.Tick.HR: "f"}


class Ticks(Prefilled):
    """Approve it, file it, or agree to it."""

    name = "tick"
    title = "Tick a request: swap or leave"
    key = "g"
    rows = ("swap", "leave")
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """What is asked for, what speaks against it, who has ticked it, and the next tick."""
        options = tuple(Option(tick.value, name, _KEYS[tick]) for tick, name in tick_names().items())
        return (
            FixedField(name="what", title=_("what")),
            FixedField(name="against", title=_("against")),
            FixedField(name="ticks", title=_("so far")),
            _key_field(),
            ChoiceField(name="tick", title=_("tick"), options=options),
            TextField(
                name="override",
                title=_("in the peak"),
                required=False,
                longest=LONGEST_WORD,
                hint=_("why leave in the peak period is granted all the same"),
            ),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """The request, and the tick that it waits for next."""
        asked = asked_meant(request)
        if asked is None:
            return {}
        missing = ticks_missing(asked)
        return {
            **_named(request, asked),
            "against": objection_words(objections(request.floor, asked)),
            "ticks": _ticks_so_far(asked),
            "tick": missing[0].value if missing else "",
        }

    def run(self, request: Request) -> Iterator[Outcome]:
        """It has this tick."""
        asked, tick = asked_meant(request, request.text("request")), duty.Tick(request.text("tick"))
        override = request.text("override")
        if asked is None or (closed := closed_words(asked)):
            yield Toast(_("Nothing waits for a tick.") if asked is None else closed, Tone.WARN)
        elif tick not in ticks_wanted(asked):
            yield Toast(_("Leave is approved by the head and filed by HR: nobody else has to agree."), Tone.WARN)
            yield Ask(self.name)
        elif given := asked.ticks.get(tick):
            yield _already(request.floor, given)
        elif tick is not duty.Tick.AGREED and not override and _wants_override(request.floor, asked):
            yield Toast(_("This leave is in the peak period: write why it is granted all the same."), Tone.WARN)
            yield Ask(self.name)
        else:
            yield Happened(events.RequestTicked(request.floor.at, request=asked.id, tick=tick, override=override))
            yield Toast(_ticked(request, asked, tick, override))


class Refuses(Prefilled):
    """It is not to be, and why."""

    name = "refuse"
    title = "Refuse a request: swap or leave"
    rows = ("swap", "leave")
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """What is asked for, and the word without which nothing is refused."""
        which = FixedField(name="what", title=_("what"))
        return (which, _key_field(), TextField(name="word", title=_("why"), longest=LONGEST_WORD))

    def prefill(self, request: Request) -> Mapping[str, str]:
        """The request."""
        asked = asked_meant(request)
        return {} if asked is None else _named(request, asked)

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is refused, and stays in the journal."""
        asked = asked_meant(request, request.text("request"))
        if asked is None or (closed := closed_words(asked)):
            yield Toast(_("Nothing waits for a tick.") if asked is None else closed, Tone.WARN)
            return
        yield Happened(events.RequestRefused(request.floor.at, request=asked.id, word=request.text("word")))
        yield Toast(_("Refused, {what}.").format(what=change_words(request.floor, asked)))


def tick_commands() -> Sequence[Command]:
    """All of them."""
    return (Ticks(), Refuses())


def _key_field() -> Field:
    """Which one is meant, behind the words that say it to a person."""
    return FixedField(name="request", title=_("key"))


def _named(request: Request, asked: Asked) -> Mapping[str, str]:
    """The request in words; with its key where the row is of something else, for another may be the oldest when the
    form is sent."""
    key = key_of(asked)
    return {"request": "" if key == request.row_key else key, "what": change_words(request.floor, asked)}


def objections(floor: FloorSnapshot, asked: Asked) -> tuple[roster.Objection, ...]:
    """What speaks against it."""
    if isinstance(asked, duty.Swap):
        return roster.swap_objections(floor, asked)
    return roster.leave_objections(floor, asked)


def closed_words(asked: Asked) -> str:
    """Why nothing can be ticked any more; "" while something can."""
    if asked.refused is not None:
        said = _("Refused by {who} already: {word}") if asked.refused else _("Refused by {who} already.")
        return said.format(who=asked.refused_by, word=asked.refused)
    if asked.withdrawn:
        return _("It was withdrawn.")
    if isinstance(asked, duty.Leave) and asked.source:
        return _("It stands in {document}: it was granted there.").format(document=asked.source)
    if not ticks_missing(asked) or (isinstance(asked, duty.Swap) and asked.holds):
        return _("It is granted already: withdraw it if it is not to be.")
    return ""


def _wants_override(floor: FloorSnapshot, asked: Asked) -> bool:
    return isinstance(asked, duty.Leave) and roster.is_in_peak(floor, asked)


def _ticked(request: Request, asked: Asked, tick: duty.Tick, override: str) -> str:
    """What is said of a tick: what is still missing, or who has to be told, and what speaks against it."""
    floor = request.floor
    now = replace(asked, ticks={**asked.ticks, tick: duty.Ticked(request.me, floor.at, override)})
    against = objection_words(objections(floor, now))
    words = {
        "what": change_words(floor, asked),
        "missing": missing_words(now),
        "objections": against,
        "people": ", ".join(name_of(floor, agent) for agent in not_told(floor, asked)),
    }
    if missing_words(now):
        said = _("Ticked, {what}. It waits for {missing}.")
        return (said if not against else _("Ticked, {what}. It waits for {missing}. Against it: {objections}.")).format(
            **words
        )
    said = _("Granted, {what}. Not told yet: {people}.")
    return (said if not against else _("Granted, {what}. Against it: {objections}. Not told yet: {people}.")).format(
        **words
    )


def _already(floor: FloorSnapshot, given: duty.Ticked) -> Toast:
    time = spoken.clock_minute(given.at, floor.rules.days.zone)
    return Toast(_("{who} has ticked that at {time} already.").format(who=given.by, time=time))


def _ticks_so_far(asked: Asked) -> str:
    names = tick_names()
    said = _("{tick} ({who})")
    return ", ".join(said.format(tick=names[tick], who=given.by) for tick, given in asked.ticks.items())
