"""A terminal that draws characters of ambiguous width two cells wide is sent none of them, on any screen."""

from unicodedata import east_asian_width

import pytest

from floorwatch.app.glyphs import ASCII, BLOCKS
from floorwatch.extend.command import Toast
from floorwatch.views import (
    Bars,
    Cell,
    Chart,
    Column,
    Mark,
    Notice,
    Row,
    Seat,
    SeatMap,
    Series,
    SeriesForm,
    Stack,
    Stretch,
    Table,
    Tile,
    Tiles,
    Timeline,
    Tone,
    Track,
)
from tests.app import fake_views as views
from tests.app.fake_floor import NOTE, FakeDesk
from tests.app.screens import Seen, seen

HARD = "①é—…“·”★ 王芳"
"""Signs that Chinese texts are full of, and a name."""


def wide_signs(found: Seen) -> set[str]:
    """What is on the screen and would take two cells."""
    return {sign for sign in found.text if east_asian_width(sign) == "A"}


def hard_desk() -> FakeDesk:
    """Every kind of view, with such signs in every text."""
    now = views.START
    desk = FakeDesk()
    seats = (Seat("agent:1", 0, 0, "T", Tone.WARN, now, (10.0,), "!", HARD, (Cell(HARD),)), Seat("b", 0, 3, "P"))
    tracks = (Track("t", HARD, (Stretch(now - 900, now, "T", Tone.WARN, HARD), Stretch(now)), (Mark(now - 60, "·"),)),)
    series = (Series(HARD, (1, 2, None, 4)), Series("b", (3, 2, 1, 0), form=SeriesForm.BARS))
    desk.put("queue-status", Stack((SeatMap(seats, (HARD,), HARD), Timeline(tracks, now - 3600, now + 60, now, HARD))))
    desk.put("needs-you", Stack((Tiles((Tile(HARD, Cell(HARD), HARD),)), Chart(series, now - 3600, 900, caption=HARD))))
    column = Column("a", HARD, 20, flex=1)
    rows = tuple(Row(f"agent:{at}", (Cell(HARD * 3, Tone.ALARM), Cell.age(now - 5, prefix="…"))) for at in range(40))
    bars = Bars(HARD, (1, 2, None, 3), caption=HARD)
    desk.put("agents", Stack((bars, Table((column, Column("b", "b", 6)), rows, caption=HARD))))
    desk.entries = (NOTE,)
    return desk


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 20)])
async def test_no_panel_sends_one(size: tuple[int, int]) -> None:
    async with seen(hard_desk(), size, glyphs=ASCII) as found:
        for key in ("1", "2", "3", "z"):
            await found.press(key)
            assert not wide_signs(found)
        assert "王芳" in found.text


@pytest.mark.parametrize(
    "keys",
    [("m",), ("w",), ("Y",), ("f1",), ("p",), ("enter",), ("i",), ("/", "—", "x"), ("s",), ("ctrl+p",), ("y",), ("?",)],
)
async def test_nothing_above_the_floor_sends_one(keys: tuple[str, ...]) -> None:
    desk = hard_desk()
    desk.detail_shown = Notice(HARD)
    async with seen(desk, glyphs=ASCII) as found:
        await found.press("3", *keys)
        assert not wide_signs(found)


async def test_no_short_word_sends_one() -> None:
    async with seen(hard_desk(), glyphs=ASCII) as found:
        found.app.tell(Toast(HARD, Tone.ALARM))
        await found.settle()
        assert "王芳" in found.text
        assert not wide_signs(found)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("1…2", "1.2"), ("é①℃", "e1C"), ("王芳，好", "王芳，好"), ("Иван", "Иван"), ("♠", "?"), ("Nguyễn", "Nguyễn")],
)
def test_signs_become_what_is_like_them_and_names_stay_names(text: str, plain: str) -> None:
    assert ASCII.plain(text) == plain
    assert BLOCKS.plain(text) == text
