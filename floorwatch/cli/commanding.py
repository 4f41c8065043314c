"""A plugin's command run from the command line: the floor as it is now, the fields as typed, and what comes of it.

Rules
- What happens is in the journal before a word says so; where it cannot be written, nothing happens, with status 1.
- Words to the person go to stdout. Warnings and alarms are for stderr; an alarm is status 1, and so is having come too
  late. What cannot be taken is status 2, each mistake in a line.
"""

import shlex
import sys
from collections.abc import Mapping, Sequence
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.cli.doubts import say
from floorwatch.cli.floor_now import floor_now
from floorwatch.cli.wishes import feeds_wanted
from floorwatch.engine.desk import CommandEntry, Refused
from floorwatch.engine.entering import writer
from floorwatch.engine.entries import entries_of, in_the_command_line
from floorwatch.engine.filling import filled
from floorwatch.engine.house import House, command_options
from floorwatch.engine.known import names_of
from floorwatch.engine.shows import Shows
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.timeline import timeline_of
from floorwatch.engine.writing import Kept, told
from floorwatch.extend.command import Ask, Command, Happened, Open, Request, Toast
from floorwatch.feeds.shapes import FeedError
from floorwatch.host.lane import Lanes
from floorwatch.settings import FeedSettings, me_of
from floorwatch.text import inert
from floorwatch.views import Field, Tone
from floorwatch.words import _, title_of

FINE, FAILED, WRONG_USAGE = 0, 1, 2
TAKEN = frozenset({"config", "feed", "help", "journal", "me", "no-plugins", "people", "plugin-dir", "row"})
"""Options of every plugin's command; a field of such a name is `--field-NAME`."""


class Asked(Struct, frozen=True):
    """What a person wrote behind the command: texts by the fields' names, feeds, the row as if under a cursor, and who
    they are."""

    typed: Mapping[str, str]
    feeds: Sequence[str] = ()
    row_key: str | None = None
    me: str | None = None


def option_of(field: Field) -> str:
    """The option that gives this field: `--walk-note` for "walk_note"."""
    name = field.name.replace("_", "-")
    return f"--field-{name}" if name in TAKEN else f"--{name}"


async def run(house: House, entry: CommandEntry, asked: Asked) -> int:
    """Run the command and say what comes of it; the exit status. Raises FeedError, SettingsError and WorkError."""
    lanes = Lanes(monotonic)
    try:
        return await _run(house, entry, asked, Shows((), lanes, monotonic))
    finally:
        lanes.close()


async def _run(house: House, entry: CommandEntry, asked: Asked, shows: Shows) -> int:
    declared = house.catalogue.commands[entry.name]
    options = command_options(house)[entry.name]
    wanted = _feeds(house, declared.thing, asked.feeds)
    now = await floor_now(house, wanted, writer(asked.me or "") or writer(me_of(house.settings)))
    floor = now.shown
    request = Request(floor, None, asked.row_key, options=options, me=now.me)
    begun = {} if asked.row_key is None else await shows.prefill(declared, request)
    typed = {**{field.name: begun[field.name] for field in entry.fields if field.name in begun}, **asked.typed}
    values = filled(entry.fields, typed, names_of(floor, house.people), now.house.rules.days, floor.at)
    if isinstance(values, Refused):
        _say_mistakes(entry, values)
        return WRONG_USAGE
    outcomes = await shows.run(declared, replace(request, values=values))
    happened = [outcome.event for outcome in outcomes if isinstance(outcome, Happened)]
    kept = now.keep(happened) if happened else Kept()
    said = [_said(house, outcome) for outcome in told(outcomes, kept)]
    return FAILED if FAILED in said or kept.overtaken else FINE


def _feeds(house: House, command: Command, words: Sequence[str]) -> Mapping[str, FeedSettings]:
    """The feeds that were named; else the configured ones, for a command that reads any."""
    if words:
        return feeds_wanted(house.settings, words)
    reads_any = getattr(command, "reads_feeds", True)  # came with API 1.1
    return {} if reads_any is False else _readable(house)


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


def _say_mistakes(entry: CommandEntry, refused: Refused) -> None:
    options = {field.name: option_of(field) for field in entry.fields}
    for name, mistake in refused.mistakes.items():
        said = _("floorwatch: {option}: {mistake}").format(option=options.get(name, name), mistake=mistake)
        sys.stderr.write(inert(said) + "\n")
    said = _("floorwatch: `floorwatch {name} --help` tells what it takes").format(name=entry.name)
    sys.stderr.write(said + "\n")


def _said(house: House, outcome: Toast | Open | Ask) -> int:
    """Say it; what that means for the exit status."""
    match outcome:
        case Toast():
            return _said_toast(outcome)
        case Open():
            sys.stdout.write(inert(_opened(outcome)) + "\n")
        case Ask():
            sys.stdout.write(inert(_next(house, outcome)) + "\n")
        case _:
            assert_never(outcome)
    return FINE


def _said_toast(toast: Toast) -> int:
    text = inert(toast.text)
    match toast.tone:
        case Tone.ALARM:
            sys.stderr.write(_("floorwatch: {text}").format(text=text) + "\n")
            return FAILED
        case Tone.WARN:
            say([text])
        case _:
            sys.stdout.write(text + "\n")
    return FINE


def _opened(outcome: Open) -> str:
    if outcome.row_key is None:
        return _("see the panel {panel} on the screen").format(panel=outcome.panel)
    return _("see {row} in the panel {panel} on the screen").format(row=outcome.row_key, panel=outcome.panel)


def _next(house: House, ask: Ask) -> str:
    """The command to go on with, as it may be pasted."""
    declared = house.catalogue.commands.get(ask.command)
    if ask.command not in in_the_command_line(house.catalogue.commands):
        title = ask.command if declared is None else title_of(declared)
        return _("go on with {title!r} on the screen").format(title=title)
    entry = entries_of(house.catalogue.commands)[ask.command]
    words = ["floorwatch", ask.command] + ([] if ask.row_key is None else ["--row", ask.row_key])
    for field in entry.fields:
        if field.name in ask.values:
            words += [option_of(field), ask.values[field.name]]
    return _("go on with: {command}").format(command=shlex.join(words))
