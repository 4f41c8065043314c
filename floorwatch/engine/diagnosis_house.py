"""What `floorwatch doctor` finds about the house: plugins, the people file, and the floor's time zone."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from floorwatch.engine.diagnosis import Check, Finding, fine, look, wrong
from floorwatch.engine.house import House
from floorwatch.host.catalogue import PluginEntry, PluginState
from floorwatch.settings import zone_name
from floorwatch.text import inert, without_numbers
from floorwatch.words import _, _n

SLOW_SECONDS = 0.5
"""A plugin that takes longer to import holds up every start."""

_SHOWN = 5


def plugins_found(house: House) -> Iterator[Finding]:
    """Each plugin, how it stands and why."""
    for entry in house.catalogue.plugins:
        yield from _plugin_found(entry)


def people_found(house: House, file: Path | None, agents: Sequence[str]) -> Iterator[Finding]:
    """The people file, and whom of the feeds' agents it does not know. `agents` are words of the feeds."""
    people = house.people
    if file is None:
        if agents:
            says = _("there is no people file: agents are shown as the switch writes them")
            yield look(Check.PEOPLE_FILE, says, _("floorwatch config init offers to write one; see docs/config.md"))
        else:
            yield fine(Check.PEOPLE_FILE, _("there is no people file, and no agent to be in it"))
        return
    if not len(people):
        says = _("{file}: there is nobody in it").format(file=file)
        yield look(Check.PEOPLE_FILE, inert(says), _("write a line for each person below the line of columns"))
    else:
        n = len(people)
        said = _n("{file}: {n} person", "{file}: {n} people", n)
        yield fine(Check.PEOPLE_FILE, inert(said.format(file=file, n=n)))
    for problem in people.problems:
        yield look(
            Check.PEOPLE_LINES,
            problem_in_words(file, problem),
            _("correct the line; the earlier one holds what two claim"),
        )
    if people.ignored_columns:
        says = _("columns that mean nothing here: {columns}").format(columns=", ".join(people.ignored_columns))
        yield look(Check.PEOPLE_LINES, inert(says), _("nothing, if they are meant for others"))
    yield from _agents_found(house, agents)


def zone_found(house: House, now: float) -> Finding:
    """Which zone applies, and what time it is there."""
    days = house.rules.days
    said = _("{zone}, where it is {time} now; a business day starts at {starts}")
    text = said.format(zone=zone_name(days.zone), time=f"{days.local(now):%H:%M}", starts=f"{days.starts:%H:%M}")
    return fine(Check.CONFIG_ZONE, text)


def problem_in_words(file: Path, problem: str) -> str:
    """A problem of the people file without numbers of telephones; the date in the name of the file is none."""
    said = problem.removeprefix(str(file))
    return inert(problem[: len(problem) - len(said)]) + without_numbers(said)


def _agents_found(house: House, agents: Sequence[str]) -> Iterator[Finding]:
    unknown = [word for word in agents if not house.people.candidates(word) and house.people.id_of(word) is None]
    shared = [word for word in agents if len(house.people.candidates(word)) > 1]
    if shared:
        says = _("several people are called {names}: whoever it is must be told by the queue").format(
            names=_listed(shared)
        )
        yield look(Check.PEOPLE_AGENTS, says, _("give each member of a queue a name of their own on the switch"))
    if unknown:
        n = len(unknown)
        says = _n(
            "{n} agent of the feeds is not in it: {names}", "{n} agents of the feeds are not in it: {names}", n
        ).format(n=n, names=_listed(unknown))
        yield look(
            Check.PEOPLE_AGENTS, says, _("add a line for each, with the interface or the name as it stands here")
        )
    elif agents and not shared:
        n = len(agents)
        said = _n("it knows the agent of the feeds", "it knows all {n} agents of the feeds", n)
        yield fine(Check.PEOPLE_AGENTS, said.format(n=n))


def _listed(words: Sequence[str]) -> str:
    named = [without_numbers(word) for word in words[:_SHOWN]]
    return ", ".join(named if len(words) <= _SHOWN else [*named, "…"])


def _plugin_found(entry: PluginEntry) -> Iterator[Finding]:
    if entry.state is PluginState.DISABLED:
        says = _("disabled by the configuration")
        yield fine(Check.PLUGIN_STATE, says, entry.name)
        return
    for problem in entry.problems:
        found = wrong if entry.state is PluginState.FAILED else look
        do = _("floorwatch plugins list --verbose shows where; floorwatch plugins check {name} tries it")
        yield found(Check.PLUGIN_STATE, inert(problem.reason), do.format(name=entry.name), entry.name)
    if entry.import_seconds > SLOW_SECONDS:
        says = _("its import takes {seconds:.1f} seconds of every start").format(seconds=entry.import_seconds)
        yield look(Check.PLUGIN_STATE, says, _("have it import what is heavy where it is used"), entry.name)
    elif not entry.problems:
        said = _("loaded, {origin}, {version}") if entry.version else _("loaded, {origin}")
        text = said.format(origin=_(entry.origin.value), version=inert(entry.version))
        yield fine(Check.PLUGIN_STATE, text, entry.name)
