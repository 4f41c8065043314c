"""Everything that comes with floorwatch holds every claim, whichever plugin brings it."""

from collections.abc import Mapping
from typing import Any

import pytest

from floorwatch.conformance import Verdict
from floorwatch.conformance.plugins import verdicts_of
from floorwatch.engine.house import build_house
from floorwatch.host.catalogue import Catalogue, PluginState
from floorwatch.settings import Settings


def bundled_catalogue() -> Catalogue:
    return build_house(Settings(), only_bundled=True).catalogue


def nothing_given(_kind: str, _name: str) -> Mapping[str, Any]:
    return {}


BUNDLED = [entry.name for entry in bundled_catalogue().plugins]


@pytest.mark.parametrize("plugin", BUNDLED)
def test_a_bundled_plugin_holds_every_claim(plugin: str) -> None:
    catalogue = bundled_catalogue()
    verdicts: list[Verdict] = list(verdicts_of(catalogue, plugin, nothing_given))

    assert next(entry.state for entry in catalogue.plugins if entry.name == plugin) is PluginState.LOADED
    assert verdicts
    assert [check for verdict in verdicts for check in verdict.failed] == []
