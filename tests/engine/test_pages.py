"""Panels that the layout does not show: opened as pages, built while they are open, gone afterwards."""

from pathlib import Path

from floorwatch.engine.desk import Health
from floorwatch.views import Notice, Text
from tests.engine.pens import Pen, session_of, writing


def text_of(pen: Pen) -> object:
    """What the page shows."""
    shown = pen.session.shown("page")
    return None if shown is None else shown.view


async def test_a_page_is_built_while_it_is_open_and_follows_what_is_entered(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜")) as pen:
        opened = pen.session.open_panel("page")
        assert opened is not None
        assert (opened.title, opened.health) == ("Page", Health.OK)
        await pen.changes.until(lambda: text_of(pen) == Text.of("0 notes, and 李娜 looks"))
        await pen.do("jot")
        await pen.changes.until(lambda: text_of(pen) == Text.of("1 notes, and 李娜 looks"))
        assert await pen.session.detail("page", "a row") == Text.of("a row")

    assert any("page" in told for told in pen.changes.told)
    assert [show.panel for show in pen.session.panels()] == ["agents"]


async def test_a_page_that_was_closed_is_built_no_longer_and_comes_back_with_its_last_view(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜")) as pen:
        pen.session.open_panel("page")
        await pen.changes.until(lambda: text_of(pen) == Text.of("0 notes, and 李娜 looks"))
        pen.session.close_panel("page")
        assert pen.session.shown("page") is None
        await pen.do("jot")
        await pen.changes.until(lambda: pen.session.is_settled)
        again = pen.session.open_panel("page")
        assert again is not None
        assert again.view == Text.of("0 notes, and 李娜 looks")
        await pen.changes.until(lambda: text_of(pen) == Text.of("1 notes, and 李娜 looks"))


async def test_a_page_has_the_options_of_the_settings(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜", panels={"page": {"looks": "stares"}})) as pen:
        pen.session.open_panel("page")
        await pen.changes.until(lambda: text_of(pen) == Text.of("0 notes, and 李娜 stares"))


async def test_a_page_with_wrong_options_says_so_in_its_place(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜", panels={"page": {"lookz": "stares"}})) as pen:
        opened = pen.session.open_panel("page")

        assert opened is not None
        assert isinstance(opened.view, Notice)
        assert "panels.page.lookz: there is no such option" in opened.view.text


async def test_a_panel_of_the_layout_is_there_and_stays_and_one_that_nobody_brings_is_not(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜")) as pen:
        assert pen.session.open_panel("no-such-panel") is None
        assert pen.session.shown("no-such-panel") is None
        opened = pen.session.open_panel("agents")
        assert opened is not None
        assert opened.panel == "agents"
        pen.session.close_panel("agents")
        pen.session.retry("no-such-panel")
        assert pen.session.shown("agents") is not None
