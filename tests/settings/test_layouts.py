"""Layouts in the settings: what they may say, what is wrong with them, and which there are to choose."""

from pathlib import Path

import pytest

from floorwatch.settings import SettingsError, load_settings, settings_table
from floorwatch.settings.layout import LayoutSpec
from floorwatch.settings.layouts import BUNDLED, MINE, USUAL, USUAL_ROWS, Layout, layouts_of
from floorwatch.words import _


def loaded(folder: Path, text: str) -> object:
    file = folder / "floorwatch.toml"
    file.write_text(text, "utf-8")
    return load_settings(file, {})


def test_a_layout_has_what_its_table_says(tmp_path: Path) -> None:
    file = tmp_path / "floorwatch.toml"
    file.write_text(
        "[screen]\nlayout = 'a team'\n[layouts.'a team']\ntitle = 'Team A'\nrows = [['*2', '>agents:3', 'seats']]\n"
        "team = 'A'\nwall = true\nturn_seconds = 20\n",
        "utf-8",
    )
    settings = load_settings(file, {})

    rows = LayoutSpec.of([["*2", ">agents:3", "seats"]])
    assert settings.screen.layout == "a team"
    assert settings.layouts == {"a team": Layout("Team A", rows, "A", wall=True, turn_seconds=20.0)}
    shown = {row.key: row.value for row in settings_table(settings)}
    assert shown["screen.layout"] == '"a team"'
    assert shown['layouts."a team".rows'] == '[["*2", ">agents:3", "seats"]]'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[screen]\nlayout = 'flor'", "2: screen.layout: there is no layout flor; did you mean floor?"),
        ("[screen]\nlayout = 'xyz'", "2: screen.layout: there is no layout xyz; there are usual, floor, "),
        ("[screen]\nlayout = ''", '2: screen.layout: must be a list, not ""'),
        ("[layouts.mine]\ntitle = 'Mine'", "1: layouts.mine.rows: is missing"),
        ("[layouts.mine]\nrows = []", "2: layouts.mine.rows: a row has no panel; name at least one in each row"),
        ("[layouts.mine]\nrows = [['a'], ['a']]", "2: layouts.mine.rows: a stands here twice"),
        ("[layouts.mine]\nrows = [['a:0']]", "2: layouts.mine.rows: a weight in a layout is a whole number above 0"),
        ("[layouts.mine]\nrows = [['a']]\nturn_seconds = -1", "3: layouts.mine.turn_seconds: must be at least 0"),
        ("[layouts.mine]\nrows = [['a']]\nwal = true", "3: layouts.mine.wal: is not known here; did you mean wall?"),
        ("[layouts.usual]\nrows = [['a']]", "1: layouts.usual: this name is for the rows in [screen] layout"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_key(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, text)

    assert [message for message in caught.value.messages if f"floorwatch.toml:{said}" in message]


def test_an_own_layout_takes_the_place_of_the_bundled_one_of_its_name() -> None:
    own = {"leader": Layout(rows=LayoutSpec.of([["agents"]])), "mine": Layout(rows=LayoutSpec.of([["seats"]]))}

    found = layouts_of(USUAL_ROWS, own)

    assert list(found) == [USUAL, *BUNDLED, "mine"]
    assert found["leader"] is own["leader"]
    assert found[USUAL].rows == USUAL_ROWS


def test_the_usual_rows_can_be_chosen_where_the_settings_name_a_layout() -> None:
    assert layouts_of("floor", {})[USUAL].rows == USUAL_ROWS
    assert layouts_of(LayoutSpec.of([["agents"]]), {})[USUAL].rows.panels == ("agents",)


def test_bundled_layouts_are_for_a_supervisor_a_leader_two_walls_and_the_hand() -> None:
    walls = [name for name, layout in BUNDLED.items() if layout.wall]

    assert [*BUNDLED] == ["floor", "leader", "wall", "wall-queues", "hand"]
    assert walls == ["wall", "wall-queues"]
    assert all(BUNDLED[name].turn_seconds for name in walls)
    assert BUNDLED["leader"].team == MINE
    assert all(layout.title and _(layout.title) for layout in BUNDLED.values())
