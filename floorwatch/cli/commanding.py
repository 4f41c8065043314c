"""A plugin's command run from the command line: the floor as it is now, the fields as typed, and what comes of it.

Rules
- Events go to stdout as native JSONL, and then nothing else does: `floorwatch NAME ... >> notes.jsonl` feeds a floor
  that watches the file. Words to the person go to stdout when there is no event, else to stderr.
- Warnings and alarms are for stderr; an alarm is status 1. What cannot be taken is status 2, each mistake in a line.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO, assert_never

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.cli.doubts import say
from floorwatch.cli.plain import write_json
from floorwatch.cli.wishes import feeds_wanted
from floorwatch.engine.desk import CommandEntry, Refused
from floorwatch.engine.filling import filled
from floorwatch.engine.headless import snapshots_at
from floorwatch.engine.house import House, command_options, rules_asked
from floorwatch.engine.known import names_of
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.shows import Shows
from floorwatch.engine.system_clock import SystemClock, monotonic
from floorwatch.engine.timeline import Timeline, timeline_of
from floorwatch.extend.command import Happened, Open, Outcome, Request, Toast
from floorwatch.feeds.jsonl import encode
from floorwatch.feeds.shapes import FeedError
from floorwatch.host.lane import Lanes
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import FeedSettings
from floorwatch.text import inert
from floorwatch.views import Field, Tone
from floorwatch.words import _

FINE, FAILED, WRONG_USAGE = 0, 1, 2
TAKEN = frozenset({"config", "feed", "help", "no-plugins", "people", "plugin-dir", "row"})
"""Options of every plugin's command; a field of such a name is `--field-NAME`."""


class Asked(Struct, frozen=True):
    """What a person wrote behind the command: texts by the fields' names, feeds, and the row as if under a cursor."""

    typed: Mapping[str, str]
    feeds: Sequence[str] = ()
    row_key: str | None = None


def option_of(field: Field) -> str:
    """The option that gives this field: `--walk-note` for "walk_note"."""
    name = field.name.replace("_", "-")
    return f"--field-{name}" if name in TAKEN else f"--{name}"


async def run(house: House, entry: CommandEntry, asked: Asked) -> int:
    """Run the command and say what comes of it; the exit status. Raises FeedError and SettingsError."""
    lanes = Lanes(monotonic)
    shows = Shows((), lanes, monotonic)
    declared = house.catalogue.commands[entry.name]
    options = command_options(house)[entry.name]
    house, floor = await _floor_now(house, asked.feeds, lanes)
    request = Request(floor, None, asked.row_key, options=options)
    begun = {} if asked.row_key is None else await shows.prefill(declared, request)
    typed = {**{field.name: begun[field.name] for field in entry.fields if field.name in begun}, **asked.typed}
    values = filled(entry.fields, typed, names_of(floor, house.people), house.rules.days, floor.at)
    if isinstance(values, Refused):
        _say_mistakes(entry, values)
        return WRONG_USAGE
    return _say(await shows.run(declared, replace(request, values=values)))


async def _floor_now(house: House, feeds: Sequence[str], lanes: Lanes) -> tuple[House, FloorSnapshot]:
    """The floor of these feeds, else of the configured ones, else an empty one; and the house in its zone."""
    wanted = feeds_wanted(house.settings, feeds) if feeds else _readable(house)
    if not wanted:
        return house, house.floor().snapshot(SystemClock().now())
    timeline = timeline_of(house, wanted)
    house = timeline.house
    ruling = Ruling(rules_asked(house), lanes, house.settings.alerts.every_seconds)
    floor, at = house.floor(timeline.gives), _moment_of(timeline)
    return house, await anext(snapshots_at(floor, timeline.entries(), [at], ruling))


def _readable(house: House) -> Mapping[str, FeedSettings]:
    """The configured feeds but for those that cannot be read now: a note can be taken all the same."""
    found = {}
    for name, feed in house.settings.feeds.items():
        try:
            timeline_of(house, {name: feed})
        except FeedError as error:
            say([_("the floor is read without feed {name}: {reason}").format(name=name, reason=inert(str(error)))])
        else:
            found[name] = feed
    return found


def _moment_of(timeline: Timeline) -> float:
    """Now; of a recording, where nothing comes after its last line, that line's."""
    last = timeline.last_at() if timeline.was_watched else None
    return SystemClock().now() if last is None else last


def _say_mistakes(entry: CommandEntry, refused: Refused) -> None:
    options = {field.name: option_of(field) for field in entry.fields}
    for name, mistake in refused.mistakes.items():
        said = _("floorwatch: {option}: {mistake}").format(option=options.get(name, name), mistake=mistake)
        sys.stderr.write(inert(said) + "\n")
    said = _("floorwatch: `floorwatch {name} --help` tells what it takes").format(name=entry.name)
    sys.stderr.write(said + "\n")


def _say(outcomes: Iterable[Outcome]) -> int:
    """Write the events, then the words, each in order; the exit status."""
    outcomes = list(outcomes)
    happened = [outcome.event for outcome in outcomes if isinstance(outcome, Happened)]
    for event in happened:
        write_json(encode(event))
    sys.stdout.flush()  # before a word says that it happened: the disk may be full
    words = sys.stderr if happened else sys.stdout
    for outcome in outcomes:
        match outcome:
            case Happened():
                pass
            case Toast():
                _say_toast(outcome, words)
            case Open():
                words.write(inert(_opened(outcome)) + "\n")
            case _:
                assert_never(outcome)
    if happened and sys.stdout.isatty():
        sys.stderr.write(_("floorwatch: nothing keeps this yet: append it to a feed with >> notes.jsonl") + "\n")
    alarmed = any(isinstance(outcome, Toast) and outcome.tone is Tone.ALARM for outcome in outcomes)
    return FAILED if alarmed else FINE


def _say_toast(toast: Toast, words: TextIO) -> None:
    text = inert(toast.text)
    match toast.tone:
        case Tone.ALARM:
            sys.stderr.write(_("floorwatch: {text}").format(text=text) + "\n")
        case Tone.WARN:
            sys.stderr.write(_("floorwatch: warning: {text}").format(text=text) + "\n")
        case _:
            words.write(text + "\n")


def _opened(outcome: Open) -> str:
    if outcome.row_key is None:
        return _("see the panel {panel} on the screen").format(panel=outcome.panel)
    return _("see {row} in the panel {panel} on the screen").format(row=outcome.row_key, panel=outcome.panel)
