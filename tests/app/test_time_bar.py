"""The bar of a replay: there with it, true at any size, moved by the mouse, and drawn only where something moved."""

import pytest
from msgspec.structs import replace
from textual.events import MouseMove
from textual.geometry import Region

from floorwatch.app.glyphs import ASCII, BLOCKS, Glyphs
from floorwatch.app.replay_cells import cell_at
from floorwatch.app.time_bar import TimeBar
from floorwatch.engine.desk import Mark
from tests.app import fake_views as views
from tests.app.fake_floor import LAYOUTS, FakeDesk
from tests.app.fake_replay import ALERT, BAR, CLOSES_AT, LOST, MINUTES, OPENS_AT, FakeReplay, strip_of_day
from tests.app.screens import Seen, seen
from tests.app.test_pictures import compare

SIZES = {(200, 60): 3, (120, 36): 3, (80, 24): 2, (40, 20): 1}


def replaying() -> tuple[FakeDesk, FakeReplay]:
    desk = FakeDesk(replay=True)
    assert desk.replay is not None
    return desk, desk.replay


def bar_of(found: Seen) -> TimeBar:
    return found.app.floor_screen.bar


def bar_lines(found: Seen) -> list[str]:
    """What the bar shows, above the footer."""
    lines = bar_of(found).lines
    return found.lines[-1 - lines : -1]


def column_of(found: Seen, at: float) -> int:
    """Where in the bar this moment stands."""
    day = bar_of(found)._day  # noqa: SLF001  # a place on the screen, which a hand sees
    assert day is not None
    return cell_at(day.span, at) - day.cell_under(0)


@pytest.mark.parametrize(("size", "lines"), SIZES.items())
async def test_it_has_so_many_lines_and_the_panels_the_others(size: tuple[int, int], lines: int) -> None:
    desk, _replay = replaying()
    async with seen(desk, size=size) as found:
        assert bar_of(found).lines == lines
        assert "10:41" in "".join(bar_lines(found))
        assert len(found.lines) == size[1]
        assert found.app.dashboard.footer.region.bottom == size[1]
        bottom = max(frame.region.bottom for frame in found.app.dashboard.frames)
        assert bottom == size[1] - 1 - lines


async def test_a_live_floor_has_none() -> None:
    async with seen() as found:
        assert bar_of(found).lines == 0
        assert not bar_of(found).display


async def test_it_shows_the_day_with_its_signs_hours_and_figures() -> None:
    desk, replay = replaying()
    replay.marks = (Mark(views.DAY_START + 11.5 * 3600, "coach"),)
    async with seen(desk) as found:
        axis, waiting, came = bar_lines(found)
        assert axis.startswith(" 2026-11-21")
        assert "08:00" in axis
        assert "17:00" in axis
        assert '"' in axis
        assert axis.count("!") == 2
        assert waiting.startswith(" most waiting 6"), "not how many wait at this instant, as in the header"
        assert "█" in waiting
        assert came.startswith(" came 8, lost 0")
        assert came[column_of(found, LOST.at)] == "x"
        assert axis[column_of(found, ALERT.at)] == "!"


async def test_the_cursor_stands_in_every_line_with_its_time_beside_it() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        column = column_of(found, views.START)
        assert {line[column] for line in bar_lines(found)} == {"│"}
        assert bar_lines(found)[0][column + 1 :].startswith("10:41:07")
        replay.seek(CLOSES_AT)
        await found.until(lambda: "18:00:00│" in bar_lines(found)[0])


async def test_a_sign_under_the_cursor_is_seen() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        replay.seek(ALERT.at)
        await found.until(lambda: "!10:30:05" in bar_lines(found)[0])


async def test_what_is_not_known_yet_is_drawn_as_such_and_said() -> None:
    desk, replay = replaying()
    replay.shows = replace(BAR, strip=strip_of_day(MINUTES // 2), read=0.43, earlier=True, later=True)
    async with seen(desk) as found:
        axis, waiting, came = bar_lines(found)
        assert axis.endswith("reading 43 % >")
        assert waiting.endswith("┈┈┈>")
        assert (
            came.count("┈")
            == waiting.count("┈")
            == column_of(found, CLOSES_AT) - column_of(found, views.DAY_START + 13 * 3600) + 1
        )
        assert all("<" in line for line in (axis, waiting, came))


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"target": views.DAY_START + 12 * 3600}, "going to 12:00 ..."),
        ({"target": views.DAY_START + 12 * 3600 + 5, "read": 0.4}, "going to 12:00:05 ..."),
        ({"alerts": 0.2}, "alerts 20 %"),
        ({"problem": "The index cannot be read.", "read": 0.3}, "The index cannot be read."),
    ],
)
async def test_what_there_is_to_say_stands_beside_the_day(known: dict[str, object], words: str) -> None:
    desk, replay = replaying()
    replay.shows = replace(BAR, **known)
    async with seen(desk) as found:
        assert bar_lines(found)[0].rstrip().endswith(words)
    async with seen(desk, size=(40, 20)) as found:
        assert (words[:12] if "problem" not in known else "problem: M") in bar_lines(found)[0]
        assert "│10:41" in bar_lines(found)[0]


@pytest.mark.parametrize("size", SIZES)
async def test_a_problem_without_room_is_told_by_the_page_whose_key_the_bar_names(size: tuple[int, int]) -> None:
    desk, replay = replaying()
    replay.shows = replace(BAR, problem="keyframes cannot be built: No space left on device")
    async with seen(desk, size=size) as found:
        bar = "".join(bar_lines(found))
        assert ("problem: M" in bar) != ("No space left on device " in bar)
        await found.press("M")
        await found.until(lambda: "Moments of the day" in found.text)
        told = " ".join(found.text.replace("│", " ").split())
        assert "keyframes cannot be built: No space left on device" in told


async def test_it_looks_again_by_itself_while_more_becomes_known() -> None:
    desk, replay = replaying()
    replay.paused = True
    replay.shows = replace(BAR, read=0.43)
    async with seen(desk) as found:
        assert bar_of(found)._looking is not None  # noqa: SLF001  # the timer itself
        replay.shows = BAR
        bar_of(found)._look_again()  # noqa: SLF001  # as the timer does
        await found.settle()
        assert "reading" not in bar_lines(found)[0]
        assert bar_of(found)._looking is None  # noqa: SLF001  # at rest nothing looks


async def test_a_beat_moves_the_cursor_and_at_rest_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, _replay = replaying()
    async with seen(desk) as found:
        drawn: list[Region] = []
        bar = bar_of(found)
        before = bar.refresh

        def refresh(*regions: Region, **how: object) -> TimeBar:
            drawn.extend(regions)
            return before(*regions, **how)

        monkeypatch.setattr(bar, "refresh", refresh)
        found.app.stage.beat.beat()
        desk.tell()
        await found.settle()
        assert drawn == []
        await found.pass_seconds(1)
        assert [region.y for region in drawn] == [0], "the time alone has changed"
        assert "10:41:08" in bar_lines(found)[0]


async def test_the_day_is_drawn_once() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        day = bar_of(found)._day  # noqa: SLF001  # what is kept
        await found.pass_seconds(600)
        assert bar_of(found)._day is day  # noqa: SLF001  # the same
        replay.marks = (Mark(views.START, ""),)
        desk.tell()
        await found.until(lambda: bar_of(found)._day is not day)  # noqa: SLF001  # another


# The mouse


async def test_a_click_goes_to_the_minute_under_it_and_on_a_sign_to_its_moment() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        await found.pilot.click(TimeBar, offset=(column_of(found, views.DAY_START + 13 * 3600), 1))
        await found.settle()
        assert "13:00:00" in found.lines[0]
        await found.pilot.click(TimeBar, offset=(column_of(found, LOST.at), 2))
        await found.settle()
        assert replay.sought[-1] == LOST.at
        assert "12:00:17" in bar_lines(found)[0]


async def test_a_click_takes_away_what_was_said_of_another_moment() -> None:
    desk, _replay = replaying()
    async with seen(desk) as found:
        found.app.floor_screen.say_instead("caller lost: sales")
        await found.until(lambda: "caller lost" in found.text)
        await found.pilot.click(TimeBar, offset=(column_of(found, views.DAY_START + 13 * 3600), 1))
        await found.until(lambda: "caller lost" not in found.text)


async def test_a_drag_seeks_where_it_is_let_go() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        first, last = (column_of(found, views.DAY_START + hour * 3600) for hour in (9, 17.5))
        bar = bar_of(found)
        await found.pilot.mouse_down(TimeBar, offset=(first, 0))
        for column in range(first, last):
            at = bar.region.offset
            bar.post_message(
                MouseMove(bar, column, 0, 1, 0, 1, False, False, False, at.x + column, at.y)  # as a terminal tells it
            )
        await found.settle()
        await found.pilot.mouse_up(TimeBar, offset=(last, 0))
        await found.settle()
        assert replay.sought[0] == views.DAY_START + 9 * 3600
        assert len(replay.sought) < last - first, "many moves are few seeks"
        assert desk.now() == replay.sought[-1] > views.DAY_START + 17 * 3600
        assert found.app.mouse_captured is None


async def test_the_wheel_steps_a_minute() -> None:
    desk, _replay = replaying()
    async with seen(desk) as found:
        bar = bar_of(found)
        await found.pilot._post_mouse_events([_scroll(down=True)], TimeBar, (30, 1), 0)  # noqa: SLF001  # it has no wheel
        await found.settle()
        assert desk.now() == views.START + 60
        assert "10:42:07" in found.lines[0]
        await found.pilot._post_mouse_events([_scroll(down=False)], bar, (30, 1), 0)  # noqa: SLF001  # it has no wheel
        await found.settle()
        assert desk.now() == views.START


def _scroll(*, down: bool) -> type:
    from textual.events import MouseScrollDown, MouseScrollUp

    return MouseScrollDown if down else MouseScrollUp


async def test_the_ends_go_to_other_days() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        await found.pilot.click(TimeBar, offset=(found.app.size.width - 1, 1))
        assert not replay.sought, "there is none"
        replay.shows = replace(BAR, earlier=True, later=True)
        desk.tell()
        await found.until(lambda: bar_lines(found)[0].endswith(">"))
        await found.pilot.click(TimeBar, offset=(found.app.size.width - 1, 1))
        await found.pilot.click(TimeBar, offset=(column_of(found, OPENS_AT) - 1, 1))
        await found.settle()
        assert replay.sought == [views.DAY_START + 86_400, views.DAY_START - 1]


# Looks


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_picture(size: tuple[int, int]) -> None:
    desk, replay = replaying()
    replay.marks = (Mark(views.DAY_START + 11.5 * 3600, "coach"),)
    async with seen(desk, size=size) as found:
        assert "REPLAY x8" in found.lines[0]
        compare(f"replay-{size[0]}x{size[1]}", found)


@pytest.mark.parametrize(("glyphs", "name"), [(ASCII, "ascii"), (BLOCKS, "reading")])
async def test_the_picture_of_a_day_that_is_being_read(glyphs: Glyphs, name: str) -> None:
    desk, replay = replaying()
    replay.shows = replace(BAR, strip=strip_of_day(400), read=0.43, earlier=True)
    async with seen(desk, glyphs=glyphs) as found:
        assert "reading 43 %" in found.text
        assert glyphs is BLOCKS or not set("".join(bar_lines(found))) & set("│▁▂▃▄▅▆▇█┈")
        compare(f"replay-{name}", found)


@pytest.mark.parametrize("colour", [True, False])
async def test_the_cursor_stands_out_with_and_without_colours(colour: bool) -> None:
    desk, _replay = replaying()
    async with seen(desk, colour=colour) as found:
        column = column_of(found, views.START)
        strip = bar_of(found).render_line(1)
        style = next(each.style for each in strip.crop(column, column + 1))
        others = {each.style for each in strip.crop(0, column)}
        assert style is not None
        assert style not in others
        assert colour or style.reverse


async def test_on_a_wall_it_is_there_and_the_panels_keep_their_lines() -> None:
    desk, _replay = replaying()
    wall = next(each for each in LAYOUTS if each.wall)
    async with seen(desk, layout=wall) as found:
        assert found.app.dashboard.is_quiet
        assert bar_of(found).region.bottom == 36
        assert "10:41:07" in found.lines[-3]
        await found.press("right_square_bracket")
        await found.until(lambda: not found.app.dashboard.is_quiet)
        assert bar_of(found).region.bottom == 35
        assert "REPLAY x8" in found.lines[0], "the first key wakes it"
        await found.press("right_square_bracket")
        assert "REPLAY x16" in found.lines[0]


async def test_it_follows_the_size_and_the_colours() -> None:
    desk, _replay = replaying()
    async with seen(desk) as found:
        for size, lines in SIZES.items():
            await found.pilot.resize_terminal(*size)
            await found.settle()
            assert bar_of(found).lines == lines
            assert "10:41" in "".join(bar_lines(found))
        await found.press("c")
        assert "10:41" in "".join(bar_lines(found))
