"""Everything that comes with floorwatch holds every claim, whichever plugin brings it.

The only panel and the only report of a plugin are examined by the plugin's own tests, which may not go without
(tests/contracts/test_plugin_tests.py), and not once more here.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from floorwatch.conformance.plugins import verdicts_of
from floorwatch.engine.house import build_house
from floorwatch.host.catalogue import Catalogue, Declared, PluginState
from floorwatch.settings import Settings

KINDS = ("panels", "sources", "formats", "document_formats", "metrics", "rules", "commands", "reports")


def bundled_catalogue() -> Catalogue:
    return build_house(Settings(), only_bundled=True).catalogue


def nothing_given(_kind: str, _name: str) -> Mapping[str, Any]:
    return {}


def kinds_of_each() -> Iterator[tuple[str, str]]:
    """Each plugin with each kind of thing that it brings and that is examined here."""
    for entry in bundled_catalogue().plugins:
        for kind in KINDS:
            if len(getattr(entry, kind)) > (1 if kind in ("panels", "reports") else 0):
                yield entry.name, kind


def disowned(shelf: Mapping[str, Declared[Any]]) -> Mapping[str, Declared[Any]]:
    """The same things, as if nobody knew whose they are."""
    return {name: replace(declared, plugin="") for name, declared in shelf.items()}


def test_a_bundled_plugin_is_loaded_whole() -> None:
    assert {entry.state for entry in bundled_catalogue().plugins} == {PluginState.LOADED}


@pytest.mark.parametrize(("plugin", "kind"), [*kinds_of_each()])
def test_a_bundled_plugin_holds_every_claim(plugin: str, kind: str) -> None:
    catalogue = bundled_catalogue()
    others = {each: disowned(getattr(catalogue, each)) for each in KINDS if each != kind}

    verdicts = list(verdicts_of(replace(catalogue, **others), plugin, nothing_given))

    assert len(verdicts) == sum(declared.plugin == plugin for declared in getattr(catalogue, kind).values()) > 0
    assert [check for verdict in verdicts for check in verdict.failed] == []
