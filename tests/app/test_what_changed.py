"""What changed in a panel between two moments of a replay: asked for by a key, told from the earlier to the later."""

import pytest
from msgspec.structs import replace

from floorwatch.views import Notice
from tests.app import fake_views as views
from tests.app.fake_replay import ALERT, BAR
from tests.app.replay_hands import KEY_NAMES, is_asked, replaying, type_wide, type_words
from tests.app.screens import seen


async def test_what_changed_in_the_panel_is_asked_since_where_one_came_from() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        await found.press("3")
        replay.came_from = ALERT.at + 0.25
        await type_wide(found, "～")
        assert "changed between 10:41:07 and: 10:30:05" in found.text
        await found.press("enter")
        await found.until(lambda: "Changed 10:30:05 to 10:41:07: Agents" in found.text)
        assert ("changed", "agents", ALERT.at + 0.25) in replay.asked, "to the fraction of a second"
        await found.press("escape")
        await found.until(lambda: found.app.screen is found.app.dashboard)


async def test_else_since_five_minutes_before_or_since_any_time() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        await found.press("ctrl+d")
        assert "changed between 10:41:07 and: 10:36:07" in found.text
        await type_words(found, "9:00", "enter")
        await found.until(lambda: "Changed 09:00:00 to 10:41:07: Queues" in found.text)
        assert ("changed", "queue-status", views.DAY_START + 9 * 3600) in replay.asked


@pytest.mark.parametrize("size", [(40, 20), (80, 24), (120, 36)])
async def test_from_when_to_when_is_read_whole_at_any_size(size: tuple[int, int]) -> None:
    desk, _replay = replaying()
    async with seen(desk, size=size) as found:
        await found.press("ctrl+d")
        assert "changed between 10:41:07 and: 10:36:07" in found.text
        await found.press("enter")
        await found.until(lambda: "Changed 10:36:07 to 10:41:07: Q" in found.text)


async def test_after_going_back_it_is_told_from_the_earlier_moment_to_the_later_one() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        replay.came_from = views.START + 600
        await found.press("ctrl+d")
        assert "changed between 10:41:07 and: 10:51:07" in found.text
        await found.press("enter")
        await found.until(lambda: "Changed 10:41:07 to 10:51:07: Queues" in found.text)


@pytest.mark.parametrize(("typed", "said"), [("7:00", "begins at 08:00:00."), ("23:00", "ends at 18:00:00.")])
async def test_a_moment_beside_the_recording_is_refused_below_the_line(typed: str, said: str) -> None:
    desk, replay = replaying()
    async with seen(desk, size=(40, 20)) as found:
        await found.press("ctrl+d")
        await type_words(found, typed, "enter")
        assert is_asked(found)
        assert f"The recording {said}" in found.text
        assert not replay.asked


async def test_in_its_first_minutes_a_recording_is_compared_with_its_beginning() -> None:
    desk, replay = replaying()
    replay.shows = replace(BAR, begins_at=views.START - 60.5)
    async with seen(desk) as found:
        await found.press("ctrl+d", "enter")
        await found.until(lambda: "Changed 10:40:06 to 10:41:07: Queues" in found.text)
        assert ("changed", "queue-status", views.START - 60.5) in replay.asked


async def test_of_a_recording_of_several_days_another_day_may_be_named() -> None:
    desk, replay = replaying()
    replay.shows = replace(BAR, earlier=True)
    async with seen(desk) as found:
        await found.press("ctrl+d")
        await type_words(found, "2026-11-20 10:40", "enter")
        await found.until(lambda: "Changed 2026-11-20 10:40:00 to 2026-11-21 10:41:07: Queues" in found.text)


async def test_time_stands_still_while_it_is_asked_and_goes_on_afterwards() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        for key in ("escape", "enter"):
            await found.press("ctrl+d")
            assert replay.paused
            assert "REPLAY paused" in found.lines[0]
            await found.press(key)
            await found.until(lambda: not replay.paused)
            await found.until(lambda: "REPLAY x8" in found.lines[0])
        assert "Changed" in found.text, "its page says that time goes on, too"


async def test_in_a_detail_it_is_the_panel_of_its_row() -> None:
    desk, replay = replaying()
    desk.detail_shown = Notice("alone")
    async with seen(desk) as found:
        await found.press("enter")
        await found.until(lambda: "alone" in found.text)
        await found.press(KEY_NAMES["~"], "enter")
        await found.until(lambda: any(asked[:2] == ("changed", "queue-status") for asked in replay.asked))


async def test_on_a_page_without_a_panel_that_is_said() -> None:
    desk, _replay = replaying()
    async with seen(desk) as found:
        await found.press("f1", KEY_NAMES["~"])
        await found.until(lambda: "no panel that could be compared" in found.text)
