"""The panel "wall": large figures of the floor or of queues, nobody's name on it, and nothing else to see."""

import pytest

from floorwatch.api import AgentState, Fact, FloorSnapshot, Stack, Text, Tile, Tiles, Tone, View
from floorwatch.testing import Kit, RefusedError, check_panel, floors
from floorwatch_wall import floorwatch_panels
from floorwatch_wall.figures import FIGURES
from floorwatch_wall.panel import Wall

BUSY = (
    floors.caller("support", waited=102, number="02885551234"),
    floors.caller("support", waited=12),
    floors.caller("sales", waited=18),
    floors.day("support", offered=402, answered=371, answered_in_time=280, abandoned=22),
    floors.day("sales", offered=290, answered=281, answered_in_time=240, abandoned=6),
    floors.talking("1004", "张伟", "support", 320, seat="B03"),
    floors.agent("1007", "李娜", AgentState.PAUSED, queues=["support", "sales"], reason="Lunch"),
    floors.agent("1009", "王芳", queues=["sales"]),
)


def busy() -> FloorSnapshot:
    return floors.snapshot(*BUSY, gives=floors.QUEUE_LOG_FACTS)


def tiles_of(view: View) -> list[list[Tile]]:
    assert isinstance(view, Stack)
    return [list(part.tiles) for part in view.views if isinstance(part, Tiles)]


def by_title(tiles: list[Tile]) -> dict[str, Tile]:
    return {tile.title: tile for tile in tiles}


def test_the_plugin_brings_one_panel() -> None:
    assert [panel.name for panel in floorwatch_panels()] == ["wall"]


def test_the_panel_holds_on_every_floor() -> None:
    check_panel(Wall())


def test_the_floor_stands_in_large_figures_beside_their_targets(floorwatch: Kit) -> None:
    view = floorwatch.show(Wall(), floor=busy()).view

    (tiles,) = tiles_of(view)
    found = by_title(tiles)
    assert len(tiles) == len(FIGURES)
    assert isinstance(view, Stack)
    assert all(part.large for part in view.views if isinstance(part, Tiles))
    assert (found["waiting"].value.text, found["waiting"].value.tone, found["waiting"].against) == (
        "3",
        Tone.WARN,
        "1 free",
    )
    assert found["service level"].against == "target 80 % in 20 s"
    assert found["answered"].against == "652 of 692, target 90 %"
    assert found["talking"].value.text == "1"
    assert found["paused"].value.text == "1"
    assert found["available"].against == "of 3 signed in"


def test_the_longest_wait_ticks_and_turns_at_the_limit_of_its_queue(floorwatch: Kit) -> None:
    found = by_title(tiles_of(floorwatch.show(Wall(), floor=busy()).view)[0])["longest wait"]

    assert found.value.since == busy().at - 102
    assert found.value.steps == ((20.0, Tone.NOTICE), (40.0, Tone.WARN), (60.0, Tone.ALARM))
    assert found.against == "limit 1:00"


def test_nobody_is_named_on_the_wall(floorwatch: Kit) -> None:
    said = floorwatch.show(Wall(), floor=busy()).text()
    assert not any(word in said for word in ("张伟", "李娜", "王芳", "1004", "1234", "B03"))


def test_queues_have_a_row_each(floorwatch: Kit) -> None:
    shown = floorwatch.show(Wall(), floor=busy(), queues=("support", "sales"))

    rows = tiles_of(shown.view)
    assert [[tile.title for tile in tiles] for tiles in rows] == 2 * [
        ["waiting", "longest wait", "service level", "available"]
    ]
    assert [tiles[0].value.text for tiles in rows] == ["2", "1"]
    assert "support" in shown.text()


def test_a_queue_that_was_not_seen_yet_says_so(floorwatch: Kit) -> None:
    shown = floorwatch.show(Wall(), floor=busy(), queues=("billing",))

    assert tiles_of(shown.view) == []
    assert "billing: no call of this queue has been seen" in shown.text()


def test_figures_are_chosen_with_their_order(floorwatch: Kit) -> None:
    shown = floorwatch.show(Wall(), floor=busy(), figures=("service-level", "waiting"))
    assert [tile.title for tile in tiles_of(shown.view)[0]] == ["service level", "waiting"]


def test_a_figure_that_there_is_not_is_refused_by_name(floorwatch: Kit) -> None:
    with pytest.raises(RefusedError, match="there is no nonsense; there are waiting, longest-wait"):
        floorwatch.show(Wall(), floor=busy(), figures=("nonsense",))


def test_where_nobody_signs_in_nobody_is_said_to_be_free(floorwatch: Kit) -> None:
    floor = floors.snapshot(*BUSY, gives=frozenset({Fact.CALLS}))
    found = by_title(tiles_of(floorwatch.show(Wall(), floor=floor).view)[0])

    assert (found["waiting"].against, found["waiting"].value.tone) == ("", Tone.CALM)
    assert found["available"].against == ""


def test_an_empty_floor_hangs_there_too(floorwatch: Kit) -> None:
    shown = floorwatch.show(Wall(), floor=floors.snapshot())
    found = by_title(tiles_of(shown.view)[0])

    assert found["longest wait"].value.text == "-"
    assert found["service level"].value.text == "-"
    assert "Last hour: no call came." in shown.text()


def test_the_last_hour_is_compared_with_the_day(floorwatch: Kit) -> None:
    floorwatch.at("08:00").signs_in("李娜", "support", id="1007")
    for minute in range(10):
        floorwatch.at(f"08:{minute:02}:00").enters(f"good{minute}", "support")
        floorwatch.at(f"08:{minute:02}:05").answers("李娜", f"good{minute}")
        floorwatch.at(f"08:{minute:02}:30").hangs_up(f"good{minute}")
    floorwatch.at("10:00").enters("late", "support")
    floorwatch.at("10:01").answers("李娜", "late")
    floorwatch.at("10:02").hangs_up("late")

    view = floorwatch.show(Wall(), at="10:10").view
    assert isinstance(view, Stack)
    first = view.views[0]
    assert isinstance(first, Text)
    said = "".join(cell.text for line in first.lines for cell in line.cells)
    assert said == "Last hour:  SL 0.0 % v  answered 100.0 %  1 came  0 given up"


def test_the_line_on_the_last_hour_can_be_left_out(floorwatch: Kit) -> None:
    shown = floorwatch.show(Wall(), floor=busy(), trend=False)
    assert "Last hour" not in shown.text()
