"""The configuration read again while the floor is watched: what is applied, what needs a restart, what is wrong."""

import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from floorwatch.engine.house import build_house
from floorwatch.engine.live import live_session
from floorwatch.engine.reloading import Reloading, Watcher, needing_restart
from floorwatch.engine.session import Session
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.settings import Settings, SettingsError, load_settings
from floorwatch.settings.layouts import USUAL
from floorwatch.views import Tone
from tests.engine.pens import writing
from tests.patience import PATIENCE_SECONDS

FIRST = '[screen]\nlayout = [["agents"]]\n'


def written(file: Path, text: str) -> Settings:
    file.write_text(text, "utf-8")
    return load_settings(file)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "floorwatch.toml"


def session_of(settings: Settings) -> Session:
    return live_session(build_house(settings, only_bundled=True, journal="memory:"), {})


def changed(session: Session, before: Settings, now: Settings | SettingsError) -> list[str]:
    """Take it; what was said."""
    told: list[str] = []
    reloading = Reloading(session.looks, lambda: told.append("told"))
    reloading.take(before, now)
    assert told == ["told"]
    assert session.looks.reload is not None
    return [session.looks.reload.toast.text, session.looks.reload.theme]


def panels_of(session: Session) -> list[str]:
    return [show.panel for show in session.panels()]


def test_another_layout_theme_and_layouts_of_one_s_own_are_applied(file: Path) -> None:
    before = written(file, FIRST)
    session = session_of(before)
    now = written(
        file,
        '[screen]\nlayout = [["needs-you"], ["agents"]]\ntheme = "light"\n'
        '[layouts.mine]\ntitle = "Mine"\nrows = [["help"]]\n',
    )

    assert changed(session, before, now) == ["The configuration was read again.", "light"]
    assert panels_of(session) == ["needs-you", "agents"]
    assert [each.title for each in session.looks.layouts][-1] == "Mine"
    session.looks.use("mine")
    assert panels_of(session) == ["help"]


def test_the_layout_that_was_chosen_stays_unless_the_settings_begin_with_another_one(file: Path) -> None:
    before = written(file, FIRST)
    session = session_of(before)
    session.looks.use("floor")
    changed(session, before, rows := written(file, '[screen]\nlayout = [["help"]]\n'))
    assert session.looks.layout.name == "floor"
    changed(session, rows, written(file, '[screen]\nlayout = "hand"\n'))
    assert session.looks.layout.name == "hand"


def test_a_layout_that_is_gone_gives_way_to_that_of_the_settings(file: Path) -> None:
    before = written(file, FIRST + '[layouts.mine]\nrows = [["help"]]\n')
    session = session_of(before)
    session.looks.use("mine")
    changed(session, before, written(file, FIRST))
    assert session.looks.layout.name == USUAL
    assert panels_of(session) == ["agents"]


def test_another_team_of_the_layout_is_shown_alone_unless_somebody_looks_at_something_else(file: Path) -> None:
    def with_team(team: str) -> str:
        return f'[layouts.mine]\nrows = [["help"]]\nteam = "{team}"\n'

    before = written(file, with_team("A"))
    session = session_of(before)
    session.looks.use("mine")
    changed(session, before, b := written(file, with_team("B")))
    assert session.looks.focus == Focus(team="B")
    session.looks.look_at(NO_FOCUS)
    changed(session, b, written(file, with_team("C")))
    assert session.looks.focus == NO_FOCUS


def test_options_of_a_panel_are_applied_and_what_was_turned_elsewhere_stays(file: Path) -> None:
    before = written(file, '[screen]\nlayout = [["agents", "seats"]]\n')
    session = session_of(before)
    assert session.looks.turn("seats")
    turned = session.station.shows.slot("seats")
    assert turned is not None
    options = turned.options
    changed(
        session, before, written(file, '[screen]\nlayout = [["agents", "seats"]]\n[panels.agents]\nby_team = false\n')
    )
    agents = session.station.shows.slot("agents")
    assert agents is not None
    assert agents.options.by_team is False
    assert agents.is_due
    assert turned.options is options


def test_what_is_read_at_the_start_alone_is_named(file: Path) -> None:
    before = written(file, FIRST)
    session = session_of(before)

    said, _theme = changed(session, before, written(file, FIRST + '[floor]\nname = "South"\n[service]\nseconds = 30\n'))

    assert said == "The configuration was read again. floor.name, service.seconds need a restart."


def test_of_many_keys_the_first_are_named(file: Path) -> None:
    before = written(file, "")
    now = written(
        file, "[service]\nseconds = 1\nshort_seconds = 2\nshare = 0.5\nanswer_rate = 0.5\n[screen]\nascii = true\n"
    )
    assert needing_restart(before, now) == [
        *(f"service.{key}" for key in ("seconds", "short_seconds", "share", "answer_rate")),
        "screen.ascii",
    ]


@pytest.mark.parametrize(
    "panels", ["[panels.agents]\nby_teem = false\n", "[panels.care]\ndays = 'x'\n[panels.seats]\nx = 1\n"]
)
def test_wrong_options_of_a_panel_change_nothing(file: Path, panels: str) -> None:
    before = written(file, FIRST + '[layouts.mine]\nrows = [["care"]]\n')
    session = session_of(before)

    said, _theme = changed(session, before, written(file, '[screen]\nlayout = [["help"]]\n' + panels))

    assert "nothing was changed" in said
    assert "panels." in said
    assert panels_of(session) == ["agents"]


def test_a_file_with_mistakes_is_said_in_one_word_and_the_old_settings_stay(file: Path) -> None:
    before = written(file, FIRST)
    session = session_of(before)
    with pytest.raises(SettingsError) as caught:
        written(file, '[screen]\nlayout = "flor"\ntheme = "dork"\n')

    said, theme = changed(session, before, caught.value)

    assert said.startswith("The configuration has 2 mistakes, and nothing was changed: ")
    assert "did you mean floor?" in said or "there is no theme" in said
    assert theme == "dark"
    assert session.looks.reload is not None
    assert session.looks.reload.toast.tone is Tone.WARN
    assert panels_of(session) == ["agents"]


def test_the_layout_of_the_demo_stays_where_the_file_names_none(file: Path) -> None:
    before = written(file, "")
    session = session_of(replace(before, screen=replace(before.screen, layout="floor")))
    assert "seats" in panels_of(session)
    changed(session, before, written(file, '[screen]\ntheme = "light"\n'))
    assert "seats" in panels_of(session)


class Told:
    """What a watcher told, awaited."""

    def __init__(self) -> None:
        self._came = threading.Condition()
        self.all: list[tuple[Settings, Settings | SettingsError]] = []

    def __call__(self, before: Settings, now: Settings | SettingsError) -> None:
        with self._came:
            self.all.append((before, now))
            self._came.notify_all()

    def next(self, number: int) -> Settings | SettingsError:
        with self._came:
            assert self._came.wait_for(lambda: len(self.all) >= number, PATIENCE_SECONDS)
            return self.all[number - 1][1]


def test_a_change_is_told_whether_it_was_written_in_place_or_by_rename_and_the_same_again_is_not(file: Path) -> None:
    written(file, FIRST)
    told = Told()
    watcher = Watcher(file, told, look_seconds=0.02)
    watcher.start()
    try:
        file.write_text('[screen]\ntheme = "light"\n', "utf-8")
        light = told.next(1)
        assert isinstance(light, Settings)
        assert light.screen.theme == "light"
        other = file.with_suffix(".new")
        other.write_text("[screen]\ntheme = 7\n", "utf-8")
        other.replace(file)
        assert isinstance(told.next(2), SettingsError)
        file.write_text("# the same again\n[screen]\ntheme = 'contrast'\n", "utf-8")
        contrast = told.next(3)
        assert isinstance(contrast, Settings)
        assert contrast.screen.theme == "contrast"
        before = [each for each, _now in told.all]
        assert before[1:] == [light, light]
    finally:
        watcher.stop()


async def test_a_session_hears_of_its_own_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("floorwatch.engine.reloading.LOOK_SECONDS", 0.02)
    session = session_of(written(file, FIRST))
    async with writing(session) as pen:
        written(file, '[screen]\nlayout = [["help"]]\n')
        await pen.changes.until(lambda: panels_of(session) == ["help"])


def test_whoever_mended_a_mistake_is_told_though_the_file_says_what_it_said_before(file: Path) -> None:
    at_first = written(file, FIRST)
    told = Told()
    watcher = Watcher(file, told, look_seconds=0.02)
    watcher.start()
    try:
        file.write_text("[screen]\ntheme = 7\n", "utf-8")
        assert isinstance(told.next(1), SettingsError)
        file.write_text(FIRST + "\n", "utf-8")
        assert told.next(2) == at_first
    finally:
        watcher.stop()


def test_a_file_that_goes_or_becomes_a_folder_and_comes_back_is_read_again(file: Path) -> None:
    written(file, FIRST)
    told = Told()
    watcher = Watcher(file, told, look_seconds=0.02)
    watcher.start()
    try:
        file.unlink()
        file.mkdir()
        assert isinstance(told.next(1), SettingsError)
        file.rmdir()
        light = written(file, '[screen]\ntheme = "light"\n')
        assert told.next(2) == light
    finally:
        watcher.stop()
