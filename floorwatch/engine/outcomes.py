"""What a command gave back, held against what it may give: a mistake is a word that names the command and its file.

`items_of` and `outcome_of` judge alone: the conformance checks ask them too, so that they and the screen agree.

Rules
- A command that gives anything else than outcomes makes nothing happen: half of what was meant may be worse than none.
- An event is folded as it would be read back from where events are kept: what cannot be written there is refused.
"""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TypeVar

import msgspec

from floorwatch.extend.command import Ask, Command, Happened, Open, Outcome, Toast
from floorwatch.feeds.jsonl import EVENT_TYPES, decode, encode
from floorwatch.feeds.shapes import RejectLine
from floorwatch.host.place import place_of
from floorwatch.host.sound import unsound
from floorwatch.model.events import Event
from floorwatch.text import inert
from floorwatch.views import Tone
from floorwatch.words import _, title_of

MOST = 1_000
"""Outcomes of one command: a generator without an end must not fill the memory."""

Said = TypeVar("Said", Toast, Open, Ask)


class NotAnOutcomeError(Exception):
    """What a command gave is nothing that can be done; the message says what to give."""


class NotAnEventError(NotAnOutcomeError):
    """What it says that happened cannot be folded or kept."""


def outcomes_of(command: Command, returned: object) -> tuple[Outcome, ...]:
    """The outcomes, or one word that says why they are none. Runs plugin code when `returned` is a generator, and
    raises what that raises."""
    try:
        return tuple(outcome_of(item) for item in items_of(returned))
    except NotAnOutcomeError as mistake:
        said = _("{command}: {mistake} ({place})")
        toast = said.format(command=title_of(command), mistake=mistake, place=place_of(command.run) or _type(command))
        return (Toast(toast, Tone.ALARM),)


def items_of(returned: object) -> list[object]:
    """The things in what `run` returned. Raises NotAnOutcomeError; runs plugin code when it is a generator."""
    if returned is None:
        raise NotAnOutcomeError(_("run returned nothing: return a list of outcomes, [] for none"))
    if isinstance(returned, Happened | Toast | Open | Ask):
        raise NotAnOutcomeError(
            _("run returned a {what}: return it in a list, [{what}(...)]").format(what=_type(returned))
        )
    if isinstance(returned, str | bytes | Mapping) or not isinstance(returned, Iterable):
        said = _("run returned a {what}: return a list of Happened(...), Toast(...), Open(...) or Ask(...)")
        raise NotAnOutcomeError(said.format(what=_type(returned)))
    found = list(islice(returned, MOST + 1))
    if len(found) > MOST:
        raise NotAnOutcomeError(_("run gave more than {most} outcomes").format(most=MOST))
    return found


def outcome_of(item: object) -> Outcome:
    """One of them as it will be done: an event as it is read back from where it is kept. Raises NotAnOutcomeError."""
    match item:
        case Happened(event=event):
            return Happened(_event(event))
        case Toast():
            return _said(item)
        case Open():
            return _said(item)
        case Ask():
            return _said(item)
        case Event():
            raise NotAnOutcomeError(_("run gave a {what}: give it as Happened({what}(...))").format(what=_type(item)))
        case _:
            said = _("run gave a {what}: give Happened(...), Toast(...), Open(...) or Ask(...)")
            raise NotAnOutcomeError(said.format(what=_type(item)))


def texts_of(given: object) -> Mapping[str, str]:
    """A copy of a mapping of text to text; nothing of anything else. Runs plugin code: the mapping may be its own."""
    items = list(given.items()) if isinstance(given, Mapping) else []
    return dict(items) if all(isinstance(word, str) for item in items for word in item) else {}


def _event(event: object) -> Event:
    if not isinstance(event, Event):
        said = _("a Happened holds a {what}: give it an event, one of floorwatch.api.events")
        raise NotAnEventError(said.format(what=_type(event)))
    if type(event) is not EVENT_TYPES.get(_type(event)):
        said = _("a Happened holds a {what}, which nobody can fold: what is your own goes into events.Custom")
        raise NotAnEventError(said.format(what=_type(event)))
    said = _("a Happened holds an event that cannot be kept: {reason}")
    if wrong := unsound(event, _type(event)):
        raise NotAnEventError(said.format(reason=wrong[0]))
    try:
        return decode(encode(event))
    except (RejectLine, TypeError, ValueError, msgspec.MsgspecError, OverflowError, RecursionError) as error:
        raise NotAnEventError(said.format(reason=inert(str(error)))) from None


def _said(outcome: Said) -> Said:
    if wrong := unsound(outcome, _type(outcome)):
        raise NotAnOutcomeError(wrong[0])
    return outcome


def _type(value: object) -> str:
    return type(value).__name__
