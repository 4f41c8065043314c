"""Each key moves floor time as it says, asks where it must, and says what came of it."""

from math import inf

import pytest
from msgspec.structs import replace

from floorwatch.app.replay_keys import RATES, next_rate
from floorwatch.engine.desk import Mark, Stop
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.fake_replay import BAR, LATER_ALERT, LOST
from tests.app.replay_hands import KEY_NAMES, is_asked, replaying, type_wide, type_words
from tests.app.screens import seen

# How it runs


def test_rates_go_up_to_as_fast_as_it_goes_and_down_again() -> None:
    assert [next_rate(rate, 1) for rate in (0.1, 1, 5, 600, inf)] == [0.25, 2, 8, inf, inf]
    assert [next_rate(rate, -1) for rate in (0.1, 0.25, 5, 601, inf)] == [0.25, 0.25, 4, 600, 600]
    assert RATES[-2:] == (600.0, inf)


async def test_as_fast_as_it_goes_is_said() -> None:
    desk, replay = replaying()
    replay.rate = 600
    async with seen(desk) as found:
        await found.press(KEY_NAMES["]"])
        assert replay.rate == inf
        assert "REPLAY max" in found.lines[0]
        await found.until(lambda: "As fast as it goes." in found.text)
        await found.press(KEY_NAMES["["])
        assert replay.rate == 600
        await found.until(lambda: "As fast as it goes." not in found.text)


async def test_a_rate_that_is_chosen_while_time_stands_still_is_said() -> None:
    desk, replay = replaying()
    replay.paused = True
    async with seen(desk) as found:
        await found.press(KEY_NAMES["]"])
        assert replay.rate == 16
        await found.until(lambda: "x16, once time goes on" in found.text)


# Where it is


@pytest.mark.parametrize(
    ("signs", "stop", "back"),
    [
        ("<《＜", Stop.MINUTE, True),
        (">》＞", Stop.MINUTE, False),
        ("(（", Stop.EVENT, True),
        (")）", Stop.EVENT, False),
        ("{「｛", Stop.MOMENT, True),
        ("}」｝", Stop.MOMENT, False),
    ],
)
async def test_each_stop_has_its_key_in_narrow_and_in_wide(signs: str, stop: Stop, back: bool) -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        for sign in signs:
            replay.asked.clear()
            await type_wide(found, sign)
            assert ("stop", stop, back) in replay.asked, sign


async def test_what_is_at_a_stop_is_said_once_however_often_the_key_is_pressed() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        for said in ("alert: billing, service level", "caller lost: sales", "alert: A07"):
            replay.said = said
            await type_wide(found, "}")
            await found.until(lambda: replay.said in found.text)
        assert "10:30" not in found.lines[0]
        assert found.text.count("alert: billing") == 0
        assert desk.now() > LATER_ALERT.at


async def test_in_the_hand_all_of_what_is_at_a_stop_can_be_read() -> None:
    desk, replay = replaying()
    replay.said = "longest wait over target: support"
    async with seen(desk, size=(40, 20)) as found:
        await type_wide(found, "}")
        await found.until(lambda: replay.said in found.text)
        assert found.app.screen.query("Toast").first().region.right == 40, "no letter of the footer stands behind it"


async def test_a_time_is_asked_for_and_gone_to() -> None:
    desk, _replay = replaying()
    async with seen(desk) as found:
        await found.press("t")
        assert "go to:" in found.text
        assert "10:40, +5m, -30s, 2026-11-21 10:40" in found.text
        await type_words(found, "12:15", "enter")
        await found.until(lambda: not is_asked(found))
        assert "12:15:00" in found.lines[0]
        await found.press("ctrl+g")
        await type_words(found, "+5m", "enter")
        await found.until(lambda: "12:20:00" in found.lines[0])


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 20)])
async def test_the_line_stands_above_the_bar_and_covers_nothing_of_it(size: tuple[int, int]) -> None:
    desk, _replay = replaying()
    async with seen(desk, size=size) as found:
        below = found.lines[-1 - found.app.floor_screen.bar.lines :]
        await found.press("t")
        assert "go to:" in found.lines[-2 - found.app.floor_screen.bar.lines]
        assert found.lines[-1 - found.app.floor_screen.bar.lines :] == below
        await found.press("x", "enter")
        assert "is no time" in found.text
        assert found.lines[-1 - found.app.floor_screen.bar.lines :] == below


async def test_what_is_wrong_is_said_below_and_what_was_typed_stays() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        await found.press("t")
        await type_words(found, "noon", "enter")
        line = next(at for at, words in enumerate(found.lines) if "go to: noon" in words)
        assert "'noon' is no time" in found.lines[line + 1]
        await found.press("backspace")
        assert "is no time" not in found.text
        await found.press("escape")
        assert not is_asked(found)
        assert not replay.sought


async def test_an_input_method_s_digits_are_a_time() -> None:
    desk, _replay = replaying()
    async with seen(desk) as found:
        await found.press("t")
        for sign in "１２：１５":
            await type_wide(found, sign)
        assert "１２：１５" in found.text
        await found.press("enter")
        await found.until(lambda: "12:15:00" in found.lines[0])


async def test_the_floor_goes_on_behind_what_is_asked() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        await found.press("t")
        replay.seek(LOST.at)
        await found.until(lambda: "12:00:17" in found.lines[0])
        assert "│12:00:17" in found.text


@pytest.mark.parametrize(("typed", "said"), [("23:59", "ends at 18:00:00."), ("6:00", "begins at 08:00:00.")])
async def test_a_time_beside_the_recording_is_said_below_the_line_and_the_floor_stays(typed: str, said: str) -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        await found.press("t")
        await type_words(found, typed, "enter")
        assert is_asked(found)
        line = next(at for at, words in enumerate(found.lines) if f"go to: {typed}" in words)
        assert f"The recording {said}" in found.lines[line + 1]
        assert not replay.sought


@pytest.mark.parametrize("keys", [[","], ["t", "9", ":", "0", "0", "enter"], ["M", "home", "enter"]])
async def test_what_was_said_of_one_moment_does_not_stand_over_another(keys: list[str]) -> None:
    desk, replay = replaying()
    replay.said = "caller lost: sales"
    async with seen(desk) as found:
        await type_wide(found, "}")
        await found.until(lambda: replay.said in found.text)
        await found.press(*keys)
        await found.until(lambda: replay.said not in found.text)


# Marks


@pytest.mark.parametrize("sign", ['"', "“", "”", "＂"])
async def test_a_mark_has_a_word_and_time_stands_still_for_it(sign: str) -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        await type_wide(found, sign)
        assert "mark:" in found.text
        assert replay.paused
        await type_words(found, "coach li", "enter")
        await found.until(lambda: not is_asked(found) and not replay.paused)
        assert replay.marks == (Mark(views.START, "coach li", "王芳"),)
        await found.until(lambda: '"10:41:07' in found.text)


async def test_a_mark_needs_no_word_and_a_replay_that_was_held_stays_held() -> None:
    desk, replay = replaying()
    replay.paused = True
    async with seen(desk) as found:
        await found.press(KEY_NAMES['"'], "enter")
        assert replay.marks == (Mark(views.START, "", "王芳"),)
        assert replay.paused


async def test_esc_marks_nothing_and_lets_time_go_on() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        await found.press(KEY_NAMES['"'], "escape")
        assert not replay.marks
        assert not replay.paused


async def test_a_mark_that_cannot_be_kept_is_said_and_its_word_stays() -> None:
    desk, replay = replaying()
    replay.may_mark = False
    async with seen(desk) as found:
        await found.press(KEY_NAMES['"'])
        await type_words(found, "coach", "enter")
        assert "The disk is full." in found.text
        assert "mark: coach" in found.text


# Where there is nothing to move


@pytest.mark.parametrize("key", ["]", "}", '"', "~", "M", ".", "<"])
async def test_on_a_live_floor_each_key_says_what_it_is_for(key: str) -> None:
    async with seen() as found:
        await found.press(KEY_NAMES.get(key, key))
        await found.until(lambda: "t shows the floor of five minutes ago" in found.text)
        assert found.desk.now() == views.START


async def test_a_recording_has_no_now_and_now_is_now() -> None:
    desk, _replay = replaying()
    async with seen(desk) as found:
        await found.press("T")
        await found.until(lambda: "This is a recording" in found.text)
    async with seen() as found:
        await found.press("ctrl+n")
        await found.until(lambda: "This is now." in found.text)


async def test_a_floor_without_a_way_back_says_so() -> None:
    desk = FakeDesk()
    desk.journey = None
    async with seen(desk) as found:
        await found.press("t")
        await found.until(lambda: "That is for a replay." in found.text)


# Where it ends


async def test_behind_the_end_of_the_past_the_way_to_now_is_said() -> None:
    desk = FakeDesk()
    async with seen(desk) as found:
        await found.press("t")
        await found.until(lambda: "PAST" in found.lines[0])
        assert desk.replay is not None
        desk.replay.said = "The recording ends here."
        desk.replay.shows = replace(BAR, ends_at=desk.now())
        await type_wide(found, ">")
        await found.until(lambda: "T is back to now" in found.text and "ends here, where it was read" in found.text)


async def test_the_end_of_a_recording_is_said_as_such() -> None:
    desk, replay = replaying()
    replay.said = "The recording ends here."
    replay.shows = replace(BAR, ends_at=views.START)
    async with seen(desk) as found:
        await type_wide(found, ">")
        await found.until(lambda: "The recording ends here." in found.text)


# What is offered


@pytest.mark.parametrize(("size", "words"), [(120, "slower"), (40, "moment")])
async def test_the_footer_offers_what_is_wanted_most(size: int, words: str) -> None:
    desk, _replay = replaying()
    async with seen(desk, size=(size, 24)) as found:
        for each in ("space pause", "] faster", "} moment", words):
            assert each in found.lines[-1]
        assert "T now" not in found.lines[-1]
    async with seen(size=(size, 24)) as found:
        assert "pause" not in found.lines[-1]


async def test_a_click_on_a_word_of_the_footer_presses_its_key() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        for words in ("] faster", "} moment"):
            await found.pilot.click("Footer", offset=(found.lines[-1].index(words), 0))
            await found.settle()
        assert replay.rate == 16
        assert ("stop", Stop.MOMENT, False) in replay.asked


async def test_the_palette_has_all_of_it() -> None:
    desk, _replay = replaying()
    async with seen(desk) as found:
        await found.press("ctrl+p")
        await found.pilot.press(*"mark this")
        await found.until(lambda: "Mark this moment ..." in found.text)
