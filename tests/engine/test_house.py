"""The house: panels and rules as the settings want them, and what the screens about figures and plugins say."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from floorwatch.engine.explain import explained
from floorwatch.engine.house import House, build_house, rules_asked, slots_of
from floorwatch.engine.plugin_screen import plugin_rows, plugin_text
from floorwatch.engine.shows import Slot
from floorwatch.engine.system_clock import monotonic
from floorwatch.extend.panel import NoOptions
from floorwatch.host.failure import Failure
from floorwatch.host.health import raised
from floorwatch.host.lane import Lanes
from floorwatch.settings import RuleSettings, ScreenSettings, Settings, SettingsError
from floorwatch.settings.layout import LayoutSpec
from floorwatch.views import Explain, Notice, Stack, Table
from tests.engine.small_floor import START, Counting, house_in


def house_with(**settings: Any) -> House:
    return replace(house_in(), settings=replace(house_in().settings, **settings))


def test_the_panels_stand_in_the_order_of_the_layout() -> None:
    layout = LayoutSpec.of([["agents"], ["needs-you", "queue-status"]])

    slots = slots_of(house_with(screen=ScreenSettings(layout=layout)))

    assert [slot.name for slot in slots] == ["agents", "needs-you", "queue-status"]
    assert all(slot.panel is not None and slot.view is None for slot in slots)


def test_a_panel_that_nobody_brings_keeps_its_place_and_says_so() -> None:
    layout = LayoutSpec.of([["agent"], ["queue-status"]])

    missing, found = slots_of(house_with(screen=ScreenSettings(layout=layout)))

    assert isinstance(missing.view, Notice)
    assert missing.view.text == "there is no panel 'agent'; did you mean 'agents'?"
    assert found.panel is not None


def test_wrong_options_of_panels_and_rules_are_all_said_at_once() -> None:
    wrong = {"agents": {"colour": 3}, "queue-status": {"nonsense": 1}}
    with pytest.raises(SettingsError) as of_panels:
        slots_of(house_with(panels=wrong))
    with pytest.raises(SettingsError) as of_rules:
        rules_asked(house_with(rules={"longest-wait": RuleSettings(options={"secs": 3})}))

    assert [said.partition(":")[0] for said in of_panels.value.messages] == [
        "panels.queue-status.nonsense",
        "panels.agents.colour",
    ]
    assert [said.partition(":")[0] for said in of_rules.value.messages] == ["rules.longest-wait.secs"]


def test_a_rule_that_is_switched_off_is_not_asked() -> None:
    every = {rule.name for rule in rules_asked(house_in())}
    without = {rule.name for rule in rules_asked(house_with(rules={"feed-silent": RuleSettings(enabled=False)}))}

    assert every - without == {"feed-silent"}


def test_a_figure_is_explained_by_formula_parts_and_its_other_definitions() -> None:
    floor = house_in().floor().snapshot(START)

    view = explained(floor, house_in().catalogue, Explain("service-level"))

    assert isinstance(view, Stack)
    definitions = view.views[1]
    assert isinstance(definitions, Table)
    assert {row.key for row in definitions.rows} >= {"short-out", "offered", "answered"}
    assert "Formula: " in str(explained(floor, house_in().catalogue, Explain("asa")))


def test_a_figure_that_nobody_knows_is_a_sentence() -> None:
    floor, catalogue = house_in().floor().snapshot(START), house_in().catalogue

    assert isinstance(explained(None, catalogue, Explain("asa")), Notice)
    assert "did you mean 'asa'?" in str(explained(floor, catalogue, Explain("asaa")))


@pytest.fixture
def house_with_a_broken_plugin(tmp_path: Path) -> House:
    tmp_path.chmod(0o755)
    broken = tmp_path / "mine.py"
    broken.write_text("raise ValueError('broken on purpose')\n")
    broken.chmod(0o644)
    return build_house(Settings(), plugin_folders=[broken])


def test_the_plugin_screen_says_what_is_wrong_with_whom(house_with_a_broken_plugin: House) -> None:
    catalogue = house_with_a_broken_plugin.catalogue
    slot = Slot("agents", "agents", Counting("agents", ()), NoOptions())
    slot.health = raised(slot.health, Failure("KeyError: 'x' (agents.py:1)", "Traceback of agents"), 0.0)
    rows = {row.key: [cell.text for cell in row.cells] for row in plugin_rows(catalogue, [slot]).rows}

    assert rows["mine"][3:] == ["failed", "ValueError: broken on purpose (mine.py:1)"]
    assert rows["agents"][3:] == ["faulted", "agents: KeyError: 'x' (agents.py:1)"]
    assert rows["asterisk"][3:] == ["loaded", ""]

    lanes = Lanes(monotonic)
    assert "broken on purpose" in str(plugin_text(catalogue, [slot], lanes, "mine"))
    assert "Traceback of agents" in str(plugin_text(catalogue, [slot], lanes, "agents"))
    assert "There is no plugin 'nobody'." in str(plugin_text(catalogue, [slot], lanes, "nobody"))
