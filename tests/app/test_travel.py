"""From a live floor into its past and back: everything on the screen follows at once, and nobody takes it for live."""

import pytest

from floorwatch.app.form_screen import FormScreen
from floorwatch.app.glyphs import ASCII
from floorwatch.views import Notice, Tone
from tests.app import fake_views as views
from tests.app.fake_floor import NOTE, FakeDesk
from tests.app.fake_replay import FakeTravel
from tests.app.screens import Seen, seen
from tests.app.test_pictures import compare


def journey(desk: FakeDesk) -> FakeTravel:
    assert desk.journey is not None
    return desk.journey


async def gone_back(found: Seen) -> None:
    await found.press("t")
    await found.until(lambda: "PAST" in found.lines[0])
    await found.settle()


@pytest.mark.parametrize("key", ["t", "ctrl+g"])
async def test_five_minutes_ago_and_back(key: str) -> None:
    async with seen() as found:
        live = found.lines
        await found.press(key)
        await found.until(lambda: "10:36:07  PAST x1" in found.lines[0])
        assert "LIVE" not in found.lines[0]
        assert "│10:36:07" in found.text
        assert found.app.floor_screen.bar.lines == 3
        await found.until(lambda: "T now" in found.lines[-1])
        await found.press("T")
        await found.until(lambda: "LIVE" in found.lines[0])
        assert "PAST" not in found.lines[0]
        found.app.clear_notifications()
        await found.settle()
        assert found.lines == live


async def test_what_was_said_of_the_past_does_not_stand_over_the_live_floor() -> None:
    async with seen() as found:
        await gone_back(found)
        await found.until(lambda: "This is five minutes ago" in found.text)
        await found.press("T")
        await found.until(lambda: "LIVE" in found.lines[0])
        await found.until(lambda: "five minutes ago" not in found.text)


async def test_what_calls_now_stands_beside_the_time_of_the_past() -> None:
    desk = FakeDesk()
    desk.now_calls = "NOW: 2 new alarms"
    async with seen(desk) as found:
        await gone_back(found)
        assert "PAST x1    NOW: 2 new alarms!" in found.lines[0]
    async with seen(desk := FakeDesk(), size=(40, 20)) as found:
        desk.now_calls = "NOW: 2 new alarms"
        await gone_back(found)
        assert found.lines[0].startswith(" 10:36  PAST x1  NOW: 2 new alarms!")
        assert "wait 7* 0:00" in found.lines[1]


async def test_in_the_hand_the_past_has_its_figures_whatever_calls_now() -> None:
    desk = FakeDesk()
    desk.now_calls = "NOW: " + "a long word about billing " * 4
    async with seen(desk, size=(40, 20)) as found:
        panel = found.app.dashboard.frames[0].region.y
        await gone_back(found)
        assert desk.replay is not None
        desk.replay.pause()
        desk.tell()
        await found.until(lambda: "PAST paused" in found.lines[0])
        assert "10:36" in found.lines[0]
        assert "NOW: a long w" in found.lines[0]
        assert "wait 7*" in found.lines[1]
        assert "SL 76*" in found.lines[1]
        assert "! 1  * 1" in found.lines[1]
        assert found.app.dashboard.frames[0].region.y == panel + 1
        await found.press("T")
        await found.until(lambda: "LIVE" in found.lines[0])
        assert found.app.dashboard.frames[0].region.y == panel, "now has one line again"


async def test_in_the_hand_a_step_of_seconds_is_seen() -> None:
    async with seen(size=(40, 20)) as found:
        await gone_back(found)
        assert "10:36:07  PAST x1" in found.lines[0]
        await found.press(".")
        await found.until(lambda: "10:36:17  PAST x1" in found.lines[0])


async def test_what_calls_now_is_read_whole_where_there_is_room() -> None:
    desk = FakeDesk()
    desk.now_calls = "NOW: sales: 0 free, long wait"
    desk.journal = "what you enter is entered now"
    for size in ((80, 24), (120, 36)):
        async with seen(desk, size=size) as found:
            await gone_back(found)
            assert "NOW: sales: 0 free, long wait!" in found.lines[0]
            assert "! 1  * 1" in found.lines[0], "which says more than where entries go"
            await found.press("T")


async def test_what_is_wrong_with_the_journal_stays_longer_than_the_count_of_alerts() -> None:
    desk = FakeDesk()
    desk.journal = "the journal cannot be written now"
    async with seen(desk, size=(80, 24)) as found:
        assert "the journal cannot be written" in found.lines[0]


@pytest.mark.parametrize("colour", [True, False])
async def test_the_past_stands_on_a_ground_of_its_own_also_without_colours(colour: bool) -> None:
    async with seen(colour=colour) as found:
        await gone_back(found)
        strip = found.app.floor_screen.header.render_line(0)
        label = next(segment.style for segment in strip if "PAST" in segment.text)
        clock = next(segment.style for segment in strip if "10:36" in segment.text)
        assert label is not None
        assert clock is not None
        assert (label.bgcolor, label.reverse) != (clock.bgcolor, clock.reverse)


async def test_why_it_cannot_be_is_said_and_the_floor_stays_live() -> None:
    desk = FakeDesk()
    journey(desk).refusal = "Today's lines are not kept: recording is off."
    async with seen(desk) as found:
        await found.press("t")
        await found.until(lambda: "recording is off" in found.text)
        assert "LIVE" in found.lines[0]
        journey(desk).refusal = ""
        await gone_back(found)


async def test_a_slow_way_is_said_and_begun_once() -> None:
    desk = FakeDesk()
    journey(desk).opens.clear()
    async with seen(desk) as found:
        await found.press("t", "t")
        await found.until(lambda: len(found.app.workers) == 1)
        journey(desk).opens.set()
        await found.until(lambda: "PAST" in found.lines[0])


async def test_who_does_not_want_to_wait_for_the_past_gives_it_up() -> None:
    desk = FakeDesk()
    journey(desk).opens.clear()
    async with seen(desk) as found:
        await found.press("t")
        await found.until(lambda: len(found.app.workers) == 1)
        await found.press("T")
        assert journey(desk).returned == 1
        journey(desk).opens.set()


async def test_panels_and_ages_are_those_of_the_other_time() -> None:
    desk = FakeDesk()
    async with seen(desk) as found:
        assert "1:42!" in found.lines[4] + found.lines[5] + found.lines[6]
        await gone_back(found)
        desk.put("queue-status", views.queues_view(desk.now(), [("five minutes ago", 9)]))
        await found.until(lambda: "five minut" in found.text)


async def test_a_detail_stays_open_and_shows_the_other_time() -> None:
    desk = FakeDesk()
    desk.detail_shown = Notice("as it is now")
    async with seen(desk) as found:
        await found.press("enter")
        await found.until(lambda: "as it is now" in found.text)
        desk.detail_shown = Notice("as it was")
        await gone_back(found)
        await found.until(lambda: "as it was" in found.text)
        assert found.app.floor_screen is not found.app.dashboard
        assert found.app.floor_screen.bar.lines == 3
        await found.press("escape")
        await found.until(lambda: found.app.screen is found.app.dashboard)
        assert found.app.dashboard.bar.lines == 3
        assert "PAST" in found.lines[0]


async def test_a_form_that_is_open_keeps_what_was_typed() -> None:
    desk = FakeDesk()
    desk.entries = (NOTE,)
    async with seen(desk) as found:
        await gone_back(found)
        await found.press("w")
        await found.until(lambda: isinstance(found.app.screen, FormScreen))
        await found.press("2", "tab", *"headset")
        journey(desk).return_to_now()
        await found.until(lambda: "LIVE" in found.lines[0])
        assert isinstance(found.app.screen, FormScreen)
        assert "headset" in found.text
        assert found.app.dashboard.bar.lines == 0


async def test_the_list_of_moments_says_that_now_has_none() -> None:
    desk = FakeDesk()
    async with seen(desk) as found:
        await gone_back(found)
        await found.press("M")
        await found.until(lambda: "Moments of the day" in found.text)
        journey(desk).return_to_now()
        await found.until(lambda: "This is now" in found.text)


async def test_the_cursor_stays_on_its_panel_and_row() -> None:
    async with seen() as found:
        await found.press("3", "down", "down")
        before = found.table(3).row_key
        await gone_back(found)
        assert found.table(3).has_focus
        await found.press("T")
        await found.settle()
        assert found.table(3).row_key == before


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_picture_of_the_past(size: tuple[int, int]) -> None:
    desk = FakeDesk()
    desk.now_calls = "NOW: 2 new alarms"
    async with seen(desk, size=size) as found:
        await gone_back(found)
        found.app.clear_notifications()
        await found.settle()
        assert "NOW: 2 new alarms!" in found.lines[0]
        compare(f"past-{size[0]}x{size[1]}", found)


async def test_in_ascii_all_of_it_is_ascii() -> None:
    async with seen(glyphs=ASCII) as found:
        await gone_back(found)
        await found.press("t")
        assert not set(found.text) & set("│─╭╮╰╯▂▃▄▅▆▇█▸▾▐…┈")


def test_the_tone_of_what_calls_now_is_that_of_an_alarm() -> None:
    from floorwatch.app.header import _present
    from floorwatch.engine.desk import Heading

    items = list(_present(Heading("North", "PAST", replay=True, now="NOW: 2 new alarms"), 40))
    assert items[0].words == (("NOW: 2 new alarms", Tone.ALARM),)
