"""The day's moments and marks: one place after the other, and Enter goes there."""

from msgspec.structs import replace

from floorwatch.app.moments_page import MomentsPage
from floorwatch.engine.desk import Mark
from floorwatch.engine.keyframes.shapes import Moment, MomentKind
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.fake_replay import ALERT, BAR, LOST, MINUTES, OPENS_AT, FakeReplay
from tests.app.screens import Seen, seen

COACH = Mark(views.DAY_START + 11 * 3600, "coach", "王芳")


def replaying() -> tuple[FakeDesk, FakeReplay]:
    desk = FakeDesk(replay=True)
    assert desk.replay is not None
    desk.replay.marks = (COACH,)
    return desk, desk.replay


async def opened(found: Seen, key: str = "M") -> None:
    await found.press(key)
    await found.until(lambda: "Moments of the day" in found.text)


def row_key(found: Seen) -> str:
    holder = found.app.floor_screen.frames[0].holder
    return "" if holder is None else holder.row_key or ""


async def test_it_lists_moments_and_marks_in_order_and_begins_at_the_last_before_now() -> None:
    desk, _replay = replaying()
    async with seen(desk) as found:
        await opened(found)
        rows = [line for line in found.lines if ":" in line[3:9]]
        assert [row.split()[1] for row in rows] == ["10:30:05", "11:00:00", "12:00:17", "14:02:05", "15:00:00"]
        for words in (
            "10:30:05 !  alert: support",
            '11:00:00 "  coach (by 王芳)',
            "12:00:17 x  sales: caller lost",
            "15:00:00 ^  sales: wait over target",
        ):
            assert words in found.text
        assert str(ALERT.at) in row_key(found)


async def test_in_the_hand_one_reads_whose_moment_it_is() -> None:
    desk, _replay = replaying()
    async with seen(desk, size=(40, 20)) as found:
        await opened(found)
        assert "sales: wait over tar" in found.text
        assert "sales: caller lost" in found.text
        assert "Enter goes there, x unmarks." in found.text


async def test_enter_goes_there_and_closes_it() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        await opened(found, "ctrl+b")
        await found.press("down", "down", "enter")
        await found.until(lambda: found.app.screen is found.app.dashboard)
        assert replay.sought[-1] == LOST.at
        assert "12:00:17" in found.lines[0]


async def test_x_takes_a_mark_away_and_nothing_else() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        await opened(found)
        await found.press("x")
        await found.until(lambda: "only marks can be taken away" in found.text)
        assert replay.marks
        await found.press("down", "delete")
        await found.until(lambda: "coach" not in found.text)
        assert not replay.marks


async def test_words_are_found_in_it() -> None:
    desk, _replay = replaying()
    async with seen(desk) as found:
        await opened(found)
        await found.press("/", *"sales", "enter")
        assert "alert: support" not in found.text
        assert "sales: caller lost" in found.text


async def test_what_becomes_known_comes_into_it_and_the_cursor_stays() -> None:
    desk, replay = replaying()
    async with seen(desk) as found:
        await opened(found)
        before = row_key(found)
        early = Moment(OPENS_AT + 60, MomentKind.LOST, "queue:support")
        replay.shows = replace(BAR, moments=(early, *BAR.moments))
        desk.tell()
        await found.until(lambda: "08:01:00 x" in found.text)
        assert row_key(found) == before


async def test_a_day_of_thousands_is_made_once() -> None:
    desk, replay = replaying()
    moments = [Moment(OPENS_AT + at * 7, MomentKind.LOST, "queue:sales") for at in range(MINUTES * 8)]
    replay.shows = replace(BAR, moments=moments)
    async with seen(desk) as found:
        await opened(found)
        page = found.app.floor_screen
        assert isinstance(page, MomentsPage)
        table = page.frames[0].view
        desk.tell()
        await found.settle()
        assert page.frames[0].view is table
        assert "10:41:0" in found.text, "the cursor is in sight"


async def test_a_day_without_any_says_so_kindly_and_one_that_cannot_be_read_says_why() -> None:
    desk, replay = replaying()
    replay.marks = ()
    replay.shows = replace(BAR, moments=())
    async with seen(desk) as found:
        await opened(found)
        assert "Nothing happened so far that is worth seeing" in found.text
        replay.shows = replace(BAR, moments=(), problem="The index cannot be written: the disk is full.")
        desk.tell()
        await found.until(lambda: "the disk is full." in "".join(found.lines[2:8]))
