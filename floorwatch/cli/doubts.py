"""What floorwatch can run with, though it is not what somebody meant: said in a line each before the work begins.

Rules
- Nothing here ends a command but `config check`, which tells all of it together with what does.
- With --no-plugins, names that only an absent plugin could know are not doubted.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from floorwatch.engine.house import House
from floorwatch.engine.recognising import format_of
from floorwatch.feeds.shapes import FeedError
from floorwatch.host.catalogue import NotDeclaredError, PluginEntry
from floorwatch.host.discovery import unknown_names
from floorwatch.journal.shapes import JournalError
from floorwatch.settings.layouts import rows_by_key
from floorwatch.text import inert
from floorwatch.words import _

MOST_SAID = 5


def doubts(house: House, people_file: Path | None, *, only_bundled: bool = False) -> list[str]:
    """A sentence each for what is wrong with plugins, names that nobody has, and lines of the people file."""
    found = [sentence for entry in house.catalogue.plugins for sentence in _problems(house, entry)]
    if not only_bundled:
        found += doubted_names(house)
    found += house.people.problems
    if people_file is not None and not len(house.people) and not house.people.problems:
        found.append(_("{file}: there is nobody in it").format(file=people_file))
    return [inert(sentence) for sentence in found]


def say(found: Sequence[str]) -> None:
    """Write the first few to stderr."""
    said = [_("floorwatch: warning: {doubt}").format(doubt=doubt) for doubt in found[:MOST_SAID]]
    if len(found) > MOST_SAID:
        more = _("floorwatch: warning: {n} more; `floorwatch config check` lists them all")
        said.append(more.format(n=len(found) - MOST_SAID))
    sys.stderr.write("".join(f"{line}\n" for line in said))


def doubted_feeds(house: House) -> Iterator[str]:
    """A sentence for each configured feed whose named format, or whose options, cannot be; the file is not asked."""
    for name, feed in house.settings.feeds.items():
        if feed.format and feed.format not in house.catalogue.document_formats:  # those are with `mistakes_of`
            try:
                format_of(house, name, feed)
            except FeedError as error:
                yield _in_file(house, str(error))


def doubted_journal(house: House) -> Iterator[str]:
    """A sentence for a journal that cannot be read; one that is not there yet can."""
    from floorwatch.journal.opening import open_journal  # sqlite3: 9 ms, for `config check` alone

    try:
        journal = open_journal(house.journal_url)
        journal.since(0, 1)
        journal.close()
    except JournalError as error:
        yield inert(_in_file(house, f"journal.url: {error}"))


def doubted_country(house: House) -> Iterator[str]:
    """A sentence for a country whose holidays nobody knows. Nothing is loaded for a floor without one."""
    if not house.rules.duty.country:
        return
    from floorwatch.roster.working_days import country_mistake

    mistake = country_mistake(house.rules.duty.country)
    if mistake is not None:
        yield inert(_in_file(house, f"duty.country: {mistake}"))


def doubted_names(house: House) -> Iterator[str]:
    """A sentence for each name in the configuration that nothing here has."""
    settings, catalogue = house.settings, house.catalogue
    plugins = [entry.name for entry in catalogue.plugins]
    for sentence in unknown_names(settings.plugins.disabled, plugins).values():
        yield _in_file(house, f"plugins.disabled: {sentence}")
    for name, sentence in unknown_names(settings.plugins.sections, plugins).items():
        yield _in_file(house, f"plugins.{name}: {sentence}")
    yield from _unread(house)
    for key, rows in rows_by_key(settings.screen.layout, settings.layouts):
        for panel in rows.panels:
            yield from _missing(house, key, catalogue.panel, panel)
    for panel in settings.panels:
        yield from _missing(house, f"panels.{panel}", catalogue.panel, panel)
    for rule in settings.rules:
        yield from _missing(house, f"rules.{rule}", catalogue.rule, rule)
    for command in settings.commands:
        yield from _missing(house, f"commands.{command}", catalogue.command, command)


def _unread(house: House) -> Iterator[str]:
    """Sections of plugins that ask for none: most likely they are meant for a panel or a rule."""
    contexts = house.catalogue.contexts
    for name in house.settings.plugins.sections:
        if name in contexts and not contexts[name].has_read_settings:
            said = _(
                "plugins.{name}: this plugin asks for no settings of its own; those of a panel stand in [panels.NAME]"
            )
            yield _in_file(house, said.format(name=name))


def _problems(house: House, entry: PluginEntry) -> Iterator[str]:
    """What is wrong with a plugin but for its settings: those are mistakes, and nothing begins with them."""
    told = set(house.catalogue.settings_mistakes)
    problems = zip(entry.problems, entry.sentences, strict=True)
    return (sentence for problem, sentence in problems if problem.reason not in told)


def _missing(house: House, key: str, look_up: Callable[[str], object], name: str) -> Iterator[str]:
    try:
        look_up(name)
    except NotDeclaredError as missing:
        yield _in_file(house, f"{key}: {missing}")


def _in_file(house: House, sentence: str) -> str:
    file = house.settings.file
    return sentence if file is None else f"{file}: {sentence}"
