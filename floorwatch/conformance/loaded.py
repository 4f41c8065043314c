"""A plugin as floorwatch would load it: the version that it was written for, its hooks, and what they declare."""

from collections.abc import Iterator
from types import ModuleType

from floorwatch.conformance.verdict import Check, Verdict, held
from floorwatch.feeds.formats import CORE_FORMATS
from floorwatch.host.catalogue import Core, catalogue_of
from floorwatch.host.discovery import Found, Origin
from floorwatch.host.written_for import refusal

LOADS = "loads without a problem"


def check_plugin(plugin: ModuleType) -> Verdict:
    """The verdict on the module or package with the hooks. Raises ConformanceError when floorwatch would not load it,
    or would leave out some of what it declares."""
    return held(examine_plugin(plugin))


def examine_plugin(plugin: ModuleType) -> Verdict:
    """The same, without raising. Calls its hooks, as every start does."""
    name = plugin.__name__.replace("_", "-")
    wrong = tuple(Check(LOADS, passed=False, why=why) for why in _problems(name, plugin))
    return Verdict("plugin", name, wrong or (Check(LOADS),))


def _problems(name: str, plugin: ModuleType) -> Iterator[str]:
    refused = refusal(plugin)
    if refused is not None:
        yield refused
        return
    found = Found(name, Origin.DROP_IN, str(plugin.__file__ or ""), module=plugin)
    (entry,) = catalogue_of([found], Core(formats=CORE_FORMATS)).plugins
    yield from (problem.reason for problem in entry.problems)
