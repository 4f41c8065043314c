"""Taking a panel away: copied as text or table, saved as picture, CSV or text; by keys, by the palette."""

import asyncio
import re
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from floorwatch.app.glyphs import ASCII
from floorwatch.app.keep import Keep
from floorwatch.app.keeping import file_name
from floorwatch.app.row_menu import RowMenu
from floorwatch.engine.save_folder import SaveFolder
from floorwatch.views import Cell, Column, Notice, Row, Table
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen

SVG = "{http://www.w3.org/2000/svg}"


class Taking(NamedTuple):
    """A running app with a folder for files, and what it wrote to its terminal."""

    seen: Seen
    folder: Path
    written: list[str]

    @property
    def copied(self) -> str:
        """What the terminal was given last for its clipboard."""
        found = re.findall(r"\x1b]52;c;([^\x07]*)\x07", "".join(self.written))
        return b64decode(found[-1]).decode()

    async def saved(self, *keys: str) -> Path:
        """The file that these keys save, once it is said that it is there."""
        before = set(self.folder.glob("*"))
        await self.seen.press(*keys)
        await self.seen.until(lambda: bool(set(self.folder.glob("*")) - before))
        (file,) = set(self.folder.glob("*")) - before
        await self.until_said("saved:")
        return file

    async def until_said(self, words: str) -> str:
        """The word that holds these words, once it is said."""
        app = self.seen.app

        def said() -> list[str]:
            return [each.message for each in app._notifications if words in each.message]  # noqa: SLF001  # Textual's

        for _turn in range(400):
            if found := said():
                return str(found[-1])
            await asyncio.sleep(0)
            await self.seen.pilot.pause()
        raise AssertionError(f"nobody said {words!r}")


@asynccontextmanager
async def taking(folder: Path, desk: FakeDesk | None = None, **how: object) -> AsyncIterator[Taking]:
    """The fake floor, saving into this folder."""
    async with seen(desk, **how) as found:  # type: ignore[arg-type]  # the words of `seen`
        found.app.save_in(SaveFolder(folder))
        written: list[str] = []
        driver = found.app._driver  # noqa: SLF001  # what goes to the terminal goes through it
        assert driver is not None
        driver.write = written.append  # type: ignore[method-assign, assignment]  # it takes text
        yield Taking(found, folder, written)


def text_in(picture: Path) -> str:
    """All text of a picture."""
    return "".join("".join(each.itertext()) for each in ElementTree.fromstring(picture.read_text()).iter(f"{SVG}text"))


@pytest.mark.parametrize("key", ["Y", "ctrl+s", "Ｙ"])
async def test_the_menu_offers_every_way(tmp_path: Path, key: str) -> None:
    async with taking(tmp_path) as found:
        await found.seen.press("1", key)
        for number, words in enumerate(("Copy as text", "Copy as a table", "picture (SVG)", "whole screen"), 1):
            assert re.search(rf"{number} [^\n]*{re.escape(words)}", found.seen.text)
        assert "5 Save as a table (CSV)" in found.seen.text
        assert "6 Save as text" in found.seen.text


async def test_without_a_folder_only_copies_are_offered() -> None:
    async with seen() as found:
        await found.press("Y")
        assert "2 Copy as a table" in found.text
        assert "Save" not in found.text.replace("save", "")


async def test_a_panel_is_copied_as_text_through_the_terminal(tmp_path: Path) -> None:
    async with taking(tmp_path) as found:
        await found.seen.press("1", "y")
        assert found.copied.startswith("Queues\n")
        assert "support" in found.copied
        await found.until_said("Queues copied as text.")


async def test_a_panel_is_copied_as_a_table_that_pastes_into_a_spreadsheet(tmp_path: Path) -> None:
    async with taking(tmp_path) as found:
        await found.seen.press("1", "Y", "2")
        lines = [line.split("\t") for line in found.copied.splitlines()]
        at = next(at for at, line in enumerate(lines) if line[0] == "queue")
        assert lines[at + 1][0] == "support"
        assert len(lines[at]) == len(lines[at + 1])
        await found.until_said("Queues copied as a table.")


async def test_what_a_filter_leaves_is_what_is_taken(tmp_path: Path) -> None:
    async with taking(tmp_path) as found:
        await found.seen.press("1", "/", "s", "a", "l", "e", "s", "enter", "Y", "2")
        assert "sales" in found.copied
        assert "support" not in found.copied
        assert "total" in found.copied, "a total is one of everything, filtered or not"


async def test_what_is_too_large_for_a_clipboard_is_not_said_to_be_copied(tmp_path: Path) -> None:
    desk = FakeDesk()
    rows = tuple(Row(f"r{at}", (Cell("王" * 60),)) for at in range(500))
    desk.put("queue-status", Table((Column("a", "a", 10),), rows))
    async with taking(tmp_path, desk) as found:
        await found.seen.press("1", "y")
        await found.until_said("Queues is too large for a terminal's clipboard. Y saves it as a file.")
        assert not any("]52;" in each for each in found.written)


async def test_a_csv_file_is_its_owner_s_and_named_after_panel_and_floor_time(tmp_path: Path) -> None:
    async with taking(tmp_path) as found:
        file = await found.saved("1", "Y", "5")
        at = file_name("queue-status", Keep.CSV, found.seen.desk.now(), found.seen.desk.zone)
        assert file.name == at
        assert re.fullmatch(r"floorwatch-queue-status-\d{8}-\d{6}\.csv", file.name)
        assert file.stat().st_mode & 0o777 == 0o600
        assert "\nqueue,wait,longest," in file.read_text("utf-8-sig")
        assert str(file) in await found.until_said("saved:")


async def test_saved_twice_in_a_second_it_is_two_files(tmp_path: Path) -> None:
    async with taking(tmp_path) as found:
        first = await found.saved("1", "Y", "6")
        second = await found.saved("Y", "6")
        assert second.name == f"{first.stem}-2.txt"


async def test_a_picture_is_the_panel_alone_and_whole_in_itself(tmp_path: Path) -> None:
    async with taking(tmp_path) as found:
        picture = await found.saved("1", "Y", "3")
        words = text_in(picture)
        assert "support" in words
        assert "北京" not in words
        assert "North floor" not in words
        assert "Copy as text" not in words, "the menu is not in it"
        source = picture.read_text()
        assert "http" not in source.replace("http://www.w3.org/2000/svg", "")
        assert "#101418" in source, "the ground of the theme"


async def test_a_picture_of_the_whole_screen_has_every_panel(tmp_path: Path) -> None:
    async with taking(tmp_path) as found:
        picture = await found.saved("Y", "4")
        assert picture.name.startswith("floorwatch-screen-")
        words = text_in(picture)
        for title in ("North floor", "Queues", "Needs you", "Agents"):
            assert title in words


@pytest.mark.parametrize("how", [{"glyphs": ASCII}, {"colour": False}, {"theme": "light"}, {"size": (40, 20)}])
async def test_a_picture_is_what_is_seen(tmp_path: Path, how: dict[str, object]) -> None:
    async with taking(tmp_path, None, **how) as found:
        picture = await found.saved("1", "Y", "3")
        assert "support" in text_in(picture)


async def test_what_cannot_be_written_is_said_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    async with taking(tmp_path / "file") as found:
        await found.seen.press("1", "Y", "5")
        said = await found.until_said("Queues was not saved.")
        assert str(tmp_path / "file") in said


async def test_a_page_is_taken_like_a_panel(tmp_path: Path) -> None:
    async with taking(tmp_path) as found:
        await found.seen.press("f1")
        file = await found.saved("Y", "5")
        assert file.name.startswith("floorwatch-Keys-")
        assert "tab" in file.read_text("utf-8")


async def test_a_panel_that_is_only_words_is_taken_too(tmp_path: Path) -> None:
    desk = FakeDesk()
    desk.put("queue-status", Notice("No queue was seen yet."))
    async with taking(tmp_path, desk) as found:
        assert (await found.saved("1", "Y", "5")).read_text("utf-8-sig") == "No queue was seen yet.\n"


async def test_closing_the_menu_takes_nothing(tmp_path: Path) -> None:
    async with taking(tmp_path) as found:
        await found.seen.press("Y", "escape")
        assert not isinstance(found.seen.app.screen, RowMenu)
    assert not list(found.folder.glob("*"))


async def test_the_palette_offers_it(tmp_path: Path) -> None:
    async with taking(tmp_path) as found:
        await found.seen.press("ctrl+p", *"copy or save")
        await found.seen.until(lambda: "Copy or save the panel" in found.seen.text)
        await found.seen.press("down", "enter")
        await found.seen.until(lambda: isinstance(found.seen.app.screen, RowMenu))


@pytest.mark.parametrize(
    ("panel", "name"), [("a/../b c", "a-b-c"), ("队列", "队列"), ("//", "panel"), ("x" * 90, "x" * 40)]
)
def test_a_file_s_name_is_one_whatever_the_panel_is_called(panel: str, name: str) -> None:
    assert file_name(panel, Keep.CSV, views.START, views.ZONE).startswith(f"floorwatch-{name}-")
