"""Every bundled panel obeys what a person wants to see alone; no panel of a bundled wall names anybody."""

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from floorwatch.conformance.made_floor import made_floor
from floorwatch.engine.house import build_house, slot_of
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import team_of
from floorwatch.settings import Settings
from floorwatch.settings.layouts import BUNDLED
from floorwatch.settings.zone import rules_of
from floorwatch.views import Row, Seat, Tone, Track

HOUSE = build_house(Settings(), only_bundled=True)
PANELS = tuple(HOUSE.catalogue.panels)
TEAM = "客服一组"
QUEUE = "support"


def shown(panel: str, floor: FloorSnapshot) -> Any:
    slot = slot_of(HOUSE, panel)
    assert slot is not None
    assert slot.panel is not None
    return slot.panel.build(floor, slot.options)


def parts(value: Any) -> Iterator[Any]:
    """The value and everything in it."""
    yield value
    if isinstance(value, Struct):
        value = tuple(getattr(value, field) for field in value.__struct_fields__)
    if isinstance(value, tuple | list):
        for each in value:
            yield from parts(each)


def people_in(view: Any) -> set[str]:
    """The ids of whoever has a row, a seat or a track of their own. A muted seat keeps the room in its shape."""
    found = [each for each in parts(view) if isinstance(each, Row | Seat | Track)]
    keys = [each.key for each in found if not (isinstance(each, Seat) and each.tone is Tone.MUTED and not each.mark)]
    return {key.removeprefix("agent:") for key in keys if key.startswith("agent:")}


def queues_in(view: Any) -> set[str]:
    keys = (each.key for each in parts(view) if isinstance(each, Row))
    return {key.removeprefix("queue:") for key in keys if key.startswith("queue:")}


def floor_with(focus: Focus) -> FloorSnapshot:
    return replace(made_floor(rules_of(Settings())), focus=focus)


def named_plainly(floor: FloorSnapshot) -> FloorSnapshot:
    """The same with names and numbers that are nothing else."""
    agents = {id_: replace(agent, name=f"Somebody {at}") for at, (id_, agent) in enumerate(floor.agents.items())}
    waiting = {key: replace(each, caller="5550100", caller_name="Somebody") for key, each in floor.waiting.items()}
    talks = {key: replace(each, caller="5550100") for key, each in floor.talks.items()}
    return replace(floor, agents=agents, waiting=waiting, talks=talks)


def seen_from_afar(value: Any) -> Iterator[Any]:
    """The same as `parts`, without what is said of the seat under a cursor: there is none."""
    yield value
    if isinstance(value, Struct):
        fields = (field for field in value.__struct_fields__ if field != "about")
        value = tuple(getattr(value, field) for field in fields)
    if isinstance(value, tuple | list):
        for each in value:
            yield from seen_from_afar(each)


@pytest.mark.parametrize("panel", PANELS)
def test_with_a_team_alone_nobody_of_another_team_has_a_row(panel: str) -> None:
    floor = floor_with(Focus(team=TEAM))

    assert {agent for agent in people_in(shown(panel, floor)) if team_of(floor, agent) != TEAM} == set()


@pytest.mark.parametrize("panel", PANELS)
def test_with_a_queue_alone_no_other_queue_and_nobody_who_is_not_in_it_has_a_row(panel: str) -> None:
    floor = floor_with(Focus(queue=QUEUE))
    view = shown(panel, floor)

    assert people_in(view) <= set(floor.agents_by_queue[QUEUE])
    assert queues_in(view) <= {QUEUE}


@pytest.mark.parametrize("panel", ["agents", "seats"])
def test_what_is_left_out_is_there_without_it(panel: str) -> None:
    """The tests above would pass on a floor that nobody is on."""
    floor = floor_with(NO_FOCUS)

    everybody = people_in(shown(panel, floor))
    assert {agent for agent in everybody if team_of(floor, agent) != TEAM}
    assert people_in(shown(panel, floor_with(Focus(team=TEAM))))


def test_what_needs_somebody_elsewhere_is_counted() -> None:
    words = [each for each in parts(shown("needs-you", floor_with(Focus(team="nobody's")))) if isinstance(each, str)]

    assert any(word.endswith(" elsewhere") for word in words)


@pytest.mark.parametrize(
    "panel", sorted({panel for layout in BUNDLED.values() if layout.wall for panel in layout.rows.panels})
)
def test_a_wall_names_nobody(panel: str) -> None:
    floor = named_plainly(floor_with(NO_FOCUS))
    words = [part for part in seen_from_afar(shown(panel, floor)) if isinstance(part, str)]

    assert words
    assert not [word for word in words if "Somebody" in word or "5550" in word]
