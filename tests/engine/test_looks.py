"""How one looks at the floor: layouts that take each other's place, and the team that a layout shows alone."""

from pathlib import Path

from msgspec.structs import replace

from floorwatch.engine.house import House, build_house
from floorwatch.engine.live import live_session
from floorwatch.engine.looks import team_of
from floorwatch.engine.session import Session
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.model.people import People, Person
from floorwatch.settings import Settings
from floorwatch.settings.layout import LayoutSpec
from floorwatch.settings.layouts import Layout
from floorwatch.settings.values import PluginSettings
from floorwatch.views import Text
from tests.engine.pens import house_of_pens, writing
from tests.engine.small_floor import queue_log

PEOPLE = People(
    (
        Person("1007", "李娜", "PJSIP/2001", "1007", team="A", role="班组长"),
        Person("1008", "李娜", "PJSIP/2002", "1008", team="B"),
        Person("1009", "王芳", "PJSIP/2003", "1009", team="B"),
        Person("1010", "王芳", "PJSIP/2004", "1010", team="A"),
    )
)
OWN = {
    "pages": Layout("Pages", LayoutSpec.of([["page", "agents"]])),
    "mine": Layout(None, LayoutSpec.of([["agents"]]), team="mine"),
    "b": Layout(None, LayoutSpec.of([["agents"]]), team="B"),
}


def session_with_layouts(folder: Path, me: str = "李娜", **changes: object) -> Session:
    house, at = house_of_pens(folder, me, "memory:", layouts=OWN)
    log = queue_log(folder / "queue_log", (at, "NONE|support|PJSIP/2001|ADDMEMBER|"))
    return live_session(replace(house, people=PEOPLE, **changes), {"queue_log": log})


def layout_names(house: House) -> list[str]:
    return list(house.layouts)


async def test_another_layout_has_its_panels_built_and_one_that_stays_keeps_its_view(tmp_path: Path) -> None:
    async with writing(session_with_layouts(tmp_path)) as pen:
        session = pen.session
        before = session.station.shows.slot("agents")
        session.looks.use("pages")

        await pen.changes.until(lambda: session.is_settled)
        assert [show.panel for show in session.panels()] == ["page", "agents"]
        assert session.panels()[0].view == Text.of("0 notes, and 李娜 looks")
        assert session.station.shows.slot("agents") is before


async def test_of_a_layout_that_comes_back_the_last_view_is_there_at_once(tmp_path: Path) -> None:
    async with writing(session_with_layouts(tmp_path)) as pen:
        session = pen.session
        session.looks.use("pages")
        await pen.changes.until(lambda: session.is_settled)
        session.looks.use("usual")
        assert session.shown("page") is None
        await pen.do("jot")
        session.looks.use("pages")
        assert session.panels()[0].view == Text.of("0 notes, and 李娜 looks")
        await pen.changes.until(lambda: session.panels()[0].view == Text.of("1 notes, and 李娜 looks"))


async def test_a_name_that_nobody_has_changes_nothing(tmp_path: Path) -> None:
    async with writing(session_with_layouts(tmp_path)) as pen:
        pen.session.looks.use("no such layout")
        assert pen.session.looks.layout.name == "usual"


async def test_a_layout_shows_its_team_alone_and_the_next_one_everybody(tmp_path: Path) -> None:
    async with writing(session_with_layouts(tmp_path)) as pen:
        looks = pen.session.looks
        assert looks.focus == NO_FOCUS
        looks.use("b")
        assert looks.focus == Focus(team="B")
        await pen.changes.until(lambda: getattr(pen.session.station.snapshot, "focus", None) == Focus(team="B"))
        looks.use("usual")
        assert looks.focus == NO_FOCUS


async def test_my_team_is_that_of_whoever_writes_until_something_else_is_looked_at(tmp_path: Path) -> None:
    async with writing(session_with_layouts(tmp_path)) as pen:
        looks = pen.session.looks
        looks.use("mine")
        assert looks.focus == Focus(team="A")
        pen.session.become("1009")
        assert looks.focus == Focus(team="B")
        looks.look_at(NO_FOCUS)
        pen.session.become("李娜")
        assert looks.focus == NO_FOCUS


async def test_a_session_may_begin_with_a_layout_and_its_team(tmp_path: Path) -> None:
    async with writing(session_with_layouts(tmp_path, begins_with="mine")) as pen:
        assert pen.session.looks.layout.name == "mine"
        assert pen.session.looks.focus == Focus(team="A")
        assert [show.panel for show in pen.session.panels()] == ["agents"]


def test_of_several_of_one_name_the_leader_is_meant_and_where_nobody_leads_nobody() -> None:
    assert team_of(PEOPLE, "李娜") == "A"
    assert team_of(PEOPLE, "1008") == "B"
    assert team_of(PEOPLE, "王芳") == ""
    assert team_of(PEOPLE, "Ada") == ""
    assert team_of(PEOPLE, "") == ""


def test_a_bundled_layout_has_what_plugins_bring_below_and_a_wall_and_an_own_one_have_not(tmp_path: Path) -> None:
    house, _at = house_of_pens(tmp_path, None, "memory:", layouts=OWN)

    has_page = [name for name, layout in house.layouts.items() if "page" in layout.rows.panels]
    assert has_page == ["floor", "leader", "hand", "pages"]


def test_of_a_bundled_layout_panels_of_disabled_plugins_are_left_out_and_what_is_empty_then_goes() -> None:
    plugins = PluginSettings(disabled=("attendance", "wall", "queue-hours"))

    house = build_house(Settings(plugins=plugins), only_bundled=True)

    assert "attendance" not in house.layouts["floor"].rows.panels
    assert "rosters" in house.layouts["floor"].rows.panels
    assert "wall" not in layout_names(house)
    assert "wall-queues" in layout_names(house)
