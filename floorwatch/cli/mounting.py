"""The commands of plugins as words of the command line, with an option for each of their fields.

Rules
- Plugins are loaded only for a word that is none of floorwatch's own, and for `floorwatch --help`.
- What must be filled in and begins empty also stands behind the word, in the order of the fields; where there is no
  such field, the first one, if it is a text.
"""

import asyncio
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from inspect import Parameter, Signature
from typing import Any

import typer
from msgspec import Struct

from floorwatch.cli.commanding import Asked, option_of, run
from floorwatch.cli.doubts import say
from floorwatch.cli.wishes import Wishes
from floorwatch.engine.desk import CommandEntry
from floorwatch.engine.entries import entries_of, in_the_command_line
from floorwatch.engine.filling import option_words
from floorwatch.engine.house import House
from floorwatch.settings import SettingsError
from floorwatch.text import inert
from floorwatch.views import ChoiceField, Field, FixedField, PersonField, TextField, TimeField
from floorwatch.words import _

MOST_NEAR = 3
_MINUS = re.compile(r"-\d")


class Mounted(Struct, frozen=True):
    """The commands of plugins that `floorwatch NAME` runs, and the house they come from."""

    wishes: Wishes
    house: House
    entries: Mapping[str, CommandEntry]


def mounted(wishes: Wishes) -> Mounted:
    """Load the plugins and see what they bring. Raises SettingsError."""
    house = wishes.silent_house()
    return Mounted(wishes, house, entries_of(in_the_command_line(house.catalogue.commands)))


def listed(wishes: Wishes) -> Sequence[tuple[str, str]] | str:
    """Word and title of each, for `--help`; a sentence where the configuration keeps plugins from being asked."""
    try:
        entries = mounted(wishes).entries.values()
    except SettingsError:
        return _("Not known: the configuration has mistakes; `floorwatch config check` lists them.")
    return [(entry.name, inert(entry.title)) for entry in entries]


def no_such_command(word: str, ours: Iterable[str], plugins: Mounted) -> str:
    """What is said of a word that nobody knows here."""
    if word in plugins.house.catalogue.commands:
        said = _("The command {word!r} is for the screen alone: there, ctrl+p offers it.")
        return said.format(word=word)
    near = difflib.get_close_matches(word, [*ours, *plugins.entries], MOST_NEAR)
    if near:
        said = _("There is no command {word!r}. Did you mean {near}?")
        return said.format(word=inert(word), near=", ".join(map(repr, near)))
    return _("There is no command {word!r}.").format(word=inert(word))


def shielded(words: Iterable[str]) -> list[str]:
    """The words, with a blank before what is a minus and a number ("-30s"): the parser would take it for options."""
    return [f" {word}" if _MINUS.match(word) else word for word in words]


def command_of(plugins: Mounted, name: str) -> Any:
    """The parser's command for this word; typer's own, so that its help and its mistakes look like all others."""
    entry = plugins.entries[name]
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    declared = plugins.house.catalogue.commands[name]
    brought = _("A command of the plugin {plugin}.").format(plugin=declared.plugin)
    app.command(name, help=inert(entry.title), epilog=brought)(_typed_as(plugins, entry))
    return typer.main.get_command(app)


def _typed_as(plugins: Mounted, entry: CommandEntry) -> Any:
    """A function whose parameters are the command's words and options, as typer reads them."""
    destinations = {f"field_{place}": field for place, field in enumerate(entry.fields)}

    def act(**words: Any) -> None:
        given = {field.name: words[place] for place, field in destinations.items() if words[place] is not None}
        typed = {**given, **_in_order(entry, given, words.get("values") or ())}
        _warn(plugins)
        asked = Asked(typed, words["feed"] or (), words["row"], words["me"])
        raise typer.Exit(asyncio.run(run(plugins.house, entry, asked)))

    act.__signature__ = Signature(list(_parameters(entry, destinations)))  # type: ignore[attr-defined]  # what typer reads
    return act


def _warn(plugins: Mounted) -> None:
    """Say what is doubtful. Raises SettingsError with what plugins find wrong in their sections."""
    if mistakes := plugins.house.catalogue.settings_mistakes:
        raise SettingsError(*mistakes)
    say(plugins.wishes.doubts(plugins.house))


def _in_order(entry: CommandEntry, given: Mapping[str, str], words: Sequence[str]) -> Mapping[str, str]:
    """The words behind the command by field: those that stand there and were not given as options."""
    free = [field.name for field in _standing(entry) if field.name not in given]
    if len(words) > len(free):
        said = _("Nothing takes {words}: put a text with blanks in quotes.")
        raise typer.BadParameter(said.format(words=", ".join(inert(repr(word)) for word in words[len(free) :])))
    return dict(zip(free, words, strict=False))


def _standing(entry: CommandEntry) -> list[Field]:
    needed = [field for field in entry.fields if field.required and not field.default]
    return needed or [field for field in entry.fields[:1] if isinstance(field, TextField) and not field.default]


def _parameters(entry: CommandEntry, destinations: Mapping[str, Field]) -> Iterator[Parameter]:
    if standing := _standing(entry):
        metavar = " ".join(field.name.upper() for field in standing)
        order = typer.Argument(None, metavar=metavar, help=_("In this order, or each by its option."))
        yield _parameter("values", list[str] | None, order)
    for destination, field in destinations.items():
        option = typer.Option(None, option_of(field), metavar=_metavar(field), help=_help(field))
        yield _parameter(destination, str | None, option)
    feeds = _("A file, folder or NAME=PATH to read the floor from, instead of the configured feeds; may be repeated.")
    yield _parameter("feed", list[str] | None, typer.Option(None, "--feed", metavar="FEED", help=feeds))
    row = _("As if the cursor were on this row: agent:1007, queue:support.")
    me = _("Who enters it; the configured name, or the system user, when not given.")
    yield _parameter("me", str | None, typer.Option(None, "--me", metavar="NAME", help=me))
    yield _parameter("row", str | None, typer.Option(None, "--row", metavar="KEY", help=row))


def _parameter(name: str, annotation: Any, default: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _metavar(field: Field) -> str:
    match field:
        case ChoiceField():
            return "|".join(inert(option.value) for option in field.options)
        case TextField() | FixedField():
            return _("TEXT")
        case TimeField():
            return _("TIME")
        case PersonField():
            return _("WHO")


def _help(field: Field) -> str:
    """Title, hint, the meaning of choices, and the default, as far as there are any."""
    said = inert(field.title)
    if field.hint:
        said = _("{title}: {hint}").format(title=said, hint=inert(field.hint))
    if isinstance(field, ChoiceField) and any(option.title for option in field.options):
        said = _("{help}; {options}").format(help=said, options=", ".join(map(option_words, field.options)))
    if field.default:
        said = _("{help}; {default} when not given").format(help=said, default=inert(field.default))
    return said
