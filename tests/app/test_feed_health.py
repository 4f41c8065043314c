"""How feeds are: signs and words in the header, marks on figures that are old, and the page of all of them."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from msgspec.structs import replace

from floorwatch.app.cells import width_of
from floorwatch.app.tones import MARKS
from floorwatch.app.view_screen import ViewScreen
from floorwatch.engine.desk import FeedWord
from floorwatch.engine.session_feeds import SessionFeeds
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.views import Cell, Row, Table, Text, Tone
from floorwatch.words import use_language
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen

SIZES = [(120, 36), (80, 24), (60, 24)]


class FeedDesk(FakeDesk):
    """A desk whose feeds page changes."""

    lines = 812

    def feed_rows(self) -> Table:
        table = super().feed_rows()
        return replace(table, rows=(Row("queue_log", (Cell("queue_log"), Cell("= ok"), Cell(f"{self.lines}"))),))

    def feed_text(self, name: str) -> Text:
        return Text.of(f"{name} has {self.lines} lines")


def silent(seconds: float = 130) -> FeedWord:
    return FeedWord("queue_log", "silent", Tone.WARN, views.START - seconds, stale=True, glyph="-")


def lost(seconds: float | None = 130) -> FeedWord:
    last = None if seconds is None else views.START - seconds
    return FeedWord("crm", "lost", Tone.ALARM, last, stale=True, glyph="x")


def desk_with(*feeds: FeedWord) -> FakeDesk:
    desk = FakeDesk()
    desk.feeds = feeds
    return desk


def words_of(health: FeedHealth) -> Sequence[FeedWord]:
    """What the engine says of a feed that never brought a line: alone, and beside one that brings lines."""
    alone = SessionFeeds(lambda: [health], lambda: (), {}, is_followed=True).words(None, views.START, is_opening=False)
    return [*alone, *(replace(word, stale=False) for word in alone)]


def grow_old(desk: FakeDesk, as_of: float | None) -> None:
    """The figures of every panel are old from now on."""
    for panel, show in desk.shows.items():
        desk.shows[panel] = replace(show, is_old=True, as_of=as_of)
    desk._on_change(frozenset(desk.shows))  # noqa: SLF001  # its own test's desk


@pytest.mark.parametrize("size", SIZES)
async def test_each_feed_has_a_sign_and_a_word(size: tuple[int, int]) -> None:
    fine = FeedWord("queue_log", "ok", last_line_at=views.START, glyph="=")
    refusing = FeedWord("crm", "12 refused", Tone.WARN, views.START, glyph="?")
    async with seen(desk_with(fine, refusing), size=size) as found:
        assert "? crm 12 refused*" in found.lines[0]
        assert ("= queue_log ok" in found.lines[0]) == (size[0] >= 80)


@pytest.mark.parametrize("size", SIZES)
async def test_old_figures_say_of_when_they_are(size: tuple[int, int]) -> None:
    async with seen(desk_with(silent()), size=size) as found:
        assert ("- queue_log last line 2:10 ago*" if size[0] >= 80 else "- queue_log*") in found.lines[0]
        assert "! 1  * 1" in found.lines[0]
        assert ("as of 10:38:57*" if size[0] >= 100 else "as of 10:38*") in found.lines[1]
        assert "WAIT" in found.lines[1]


async def test_of_two_feeds_the_older_one_says_of_when() -> None:
    async with seen(desk_with(silent(130), lost(600))) as found:
        assert "as of 10:31:07*" in found.lines[1]
        assert "x crm lost, last line 10 min ago!" in found.lines[0]


async def test_where_nothing_was_ever_read_that_is_said() -> None:
    async with seen(desk_with(lost(None))) as found:
        assert "nothing read yet*" in found.lines[1]


@pytest.mark.parametrize(("feed", "words"), [(silent(), "as of 10:38*"), (lost(), "lost!")])
async def test_in_the_hand_old_figures_say_of_when_they_are_and_leave_room_for_the_longest_wait(
    feed: FeedWord, words: str
) -> None:
    async with seen(desk_with(feed), size=(40, 20)) as found:
        assert words in found.lines[0]
        assert "wait 7*" in found.lines[0]
        assert "1:42!" in found.lines[0]


async def test_in_the_hand_an_alarm_is_said_before_a_warning() -> None:
    refusing = FeedWord("crm", "12 refused", Tone.WARN, views.START, glyph="?")
    failed = FeedWord("ivr", "failed", Tone.ALARM, glyph="x")
    async with seen(desk_with(refusing, failed), size=(40, 20)) as found:
        assert "x ivr!" in found.lines[0]
    async with seen(desk_with(silent(), lost()), size=(40, 20)) as found:
        assert "lost!" in found.lines[0]


@pytest.mark.parametrize("size", [(80, 24), (60, 24)])
async def test_feeds_that_find_no_room_are_counted(size: tuple[int, int]) -> None:
    waiting = [FeedWord(name, "waiting", Tone.WARN, glyph=".") for name in ("north", "south", "overflow", "vip desk")]
    async with seen(desk_with(*waiting, silent()), size=size) as found:
        named = sum(feed.name in found.lines[0] for feed in waiting)
        assert "- queue_log*" in found.lines[0]
        assert named == 4 or f"+{4 - named}" in found.lines[0]
        assert named < 4
        assert "! 1  * 1" in found.lines[0]


@pytest.mark.parametrize(
    ("language", "missing", "denied", "nothing"),
    [("en", "missing", "denied", "nothing yet*"), ("zh_CN", "未找到", "无权限", "尚无数据*")],
)
@pytest.mark.parametrize("size", [(120, 36), (40, 20)])
async def test_what_is_missing_and_what_is_denied_look_unlike(
    size: tuple[int, int], language: str, missing: str, denied: str, nothing: str
) -> None:
    use_language(language)
    desk = FakeDesk()
    async with seen(desk, size=size) as found:
        for lacks, sign, word in (("file", ".", missing), ("permission", "#", denied)):
            for feed in words_of(FeedHealth("crm", "waiting", lacks=lacks)):
                desk.feeds = (feed,)
                desk.tell()
                await found.settle()
                mark = MARKS[feed.tone]
                if size[0] == 120 or (feed.stale and feed.tone is Tone.ALARM):
                    said = f"{word}{mark}"
                elif feed.stale:
                    said = nothing
                else:  # in Chinese the name finds no room beside the figures
                    said = f" {sign}{mark}" if language == "zh_CN" else f" {sign} crm{mark}"
                await found.until(lambda said=said: said in found.lines[0])  # type: ignore[misc]  # bound at once
                assert max(map(width_of, found.lines)) <= size[0]


async def test_figures_of_another_day_say_of_which() -> None:
    async with seen(desk_with(silent(86_400)), size=(80, 24)) as found:
        local = f"{datetime.fromtimestamp(views.START - 86_400, found.app.stage.desk.zone):%m-%d %H:%M}"
        assert f"as of {local}*" in found.lines[1]
        assert "WAIT" in found.lines[1]


async def test_in_the_hand_what_else_is_wrong_has_its_sign() -> None:
    desk = desk_with(FeedWord("crm", "12 refused", Tone.WARN, views.START, glyph="?"))
    async with seen(desk, size=(40, 20)) as found:
        assert "? crm*" in found.lines[0]


async def test_a_panel_with_old_figures_says_of_when_in_its_title_and_is_dimmed() -> None:
    desk = FakeDesk()
    async with seen(desk) as found:
        before = _styles(found)
        grow_old(desk, views.START - 130)
        await found.settle()
        assert "1 Queues  * as of 10:38:57" in found.text
        assert _styles(found) != before, "dimmed as well"
        desk.put("queue-status", views.queues_view(desk.now()))
        await found.settle()
        assert "1 Queues  * as of" not in found.text
        assert _styles(found) == before
        grow_old(desk, None)
        await found.settle()
        assert "1 Queues  * nothing read yet" in found.text


async def test_in_the_hand_the_title_says_it_too() -> None:
    desk = FakeDesk()
    async with seen(desk, size=(40, 20)) as found:
        grow_old(desk, views.START - 130)
        await found.settle()
        assert "* as of 10:38:57" in found.text


@pytest.mark.parametrize("key", ["F", "ctrl+e"])
@pytest.mark.parametrize("size", [(120, 36), (40, 20)])
async def test_a_key_opens_the_feeds_and_enter_one_of_them(key: str, size: tuple[int, int]) -> None:
    async with seen(size=size) as found:
        await found.press(key)
        assert isinstance(found.app.screen, ViewScreen)
        assert "x lost!" in found.text
        await found.press("down", "enter")
        assert "Feeds > crm" in found.text
        assert "rotations 2" in found.text
        await found.press("escape", "escape")
        assert "Queues" in found.text


async def test_the_feeds_are_offered_by_name() -> None:
    async with seen() as found:
        await found.press("ctrl+p", *"feeds")
        await found.until(lambda: "the feeds and how they are" in found.text)
        await found.press("enter")
        await found.until(lambda: "/srv/crm.csv is gone" in found.text)


async def test_the_page_follows_while_it_is_open() -> None:
    desk = FeedDesk()
    async with seen(desk) as found:
        await found.press("F")
        assert "812" in found.text
        desk.lines = 813
        desk.tell()
        await found.until(lambda: "813" in found.text)
        await found.press("enter")
        assert "queue_log has 813 lines" in found.text
        desk.lines = 814
        desk.tell()
        await found.until(lambda: "queue_log has 814 lines" in found.text)


def _styles(found: Seen) -> list[object]:
    """How the first panel is painted."""
    table = found.table()
    return [[segment.style for segment in table.render_line(y)] for y in range(2, 5)]
