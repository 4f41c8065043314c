"""A feed that stops, is not there, or brings what cannot be read: a live floor says so in its header, on its feeds page
and in the titles of its panels, and takes it back when all is well again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from floorwatch.engine.desk import FeedWord
from floorwatch.engine.live import live_session
from floorwatch.engine.session import Session
from floorwatch.engine.state import state_of_floor
from floorwatch.model.clock import VirtualClock
from floorwatch.settings import FeedSettings
from floorwatch.views import Table
from tests.engine.small_floor import QUEUE_LOG, START, house_in, log_lines, queue_log
from tests.engine.test_feed_watch import text_of
from tests.engine.test_sessions import Open, opened

SIGNED_IN = ((START, "NONE|support|PJSIP/2001|ADDMEMBER|"), (START + 60, "c1|support|NONE|ENTERQUEUE||5550001234|1"))
FROM_FEEDS = {"queue-status", "needs-you", "seats", "callers", "agents", "queue-hours"}


class Watched(Open):
    """A live floor whose time the test moves."""

    def __init__(self, live: Open, clock: VirtualClock, log: Path) -> None:
        super().__init__(live.session, live.changes)
        self.clock = clock
        self.log = log

    def word(self, feed: str = "queue_log") -> FeedWord:
        return next(each for each in self.session.heading().feeds if each.name == feed)

    async def until_word(self, word: str, feed: str = "queue_log") -> FeedWord:
        await self.changes.until(lambda: self.word(feed).word == word)
        return self.word(feed)

    def old(self) -> set[str]:
        """Panels whose figures are said to be old."""
        return {show.panel for show in self.session.panels() if show.is_old}

    def append(self, *lines: tuple[float, str], raw: bytes = b"") -> None:
        with self.log.open("ab") as file:
            file.write(log_lines(*lines) + raw)


@asynccontextmanager
async def watched(folder: Path, **more: FeedSettings) -> AsyncIterator[Watched]:
    """A floor of two minutes, an agent and a caller; it is read, and time stands still."""
    clock, log = VirtualClock(START + 120), folder / "queue_log"
    feeds = {"queue_log": queue_log(log, *SIGNED_IN), **more}
    session: Session = live_session(house_in(), feeds, rest=lambda _seconds: None, clock=clock)
    async with opened(session) as live:
        await live.until_lines("queue_log", 2)
        await live.changes.until(lambda: not session.station.is_opening)
        yield Watched(live, clock, log)


async def test_a_feed_that_stops_is_said_and_its_figures_are_marked_until_it_brings_lines_again(tmp_path: Path) -> None:
    async with watched(tmp_path) as floor:
        assert (floor.word().glyph, floor.word().word, floor.old()) == ("=", "ok", set())

        floor.clock.move_to(START + 60 + 1801)
        word = await floor.until_word("silent")
        await floor.changes.until(lambda: floor.old() == FROM_FEEDS)
        assert (word.stale, word.last_line_at) == (True, START + 60)
        assert {show.as_of for show in floor.session.panels()} == {START + 60}
        assert any(told >= FROM_FEEDS for told in floor.changes.told), "the screen is told of its panels"

        floor.clock.move_to(START + 60 + 1811)
        await floor.changes.until(lambda: [each.rule for each in floor.floor.alerts if "feed" in each.rule] != [])
        (alert,) = [each.alert for each in floor.floor.alerts if each.rule == "feed-silent"]
        assert (alert.subject, alert.since) == ("feed:queue_log", START + 60)

        floor.append((floor.clock.now(), "c1|support|NONE|ABANDON|1|1|60"))
        await floor.until_word("ok")
        await floor.changes.until(lambda: floor.old() == set())


async def test_a_feed_that_goes_makes_figures_old_and_one_that_never_came_does_not(tmp_path: Path) -> None:
    missing = FeedSettings(str(tmp_path / "crm"), "floorwatch-jsonl")
    async with watched(tmp_path, crm=missing) as floor:
        absent = await floor.until_word("missing", "crm")
        assert (absent.glyph, absent.stale, floor.old()) == (".", False, set())

        floor.log.rename(tmp_path / "elsewhere")
        floor.clock.move_to(START + 130)
        lost = await floor.until_word("lost")
        assert (lost.glyph, lost.stale) == ("x", True)
        await floor.changes.until(lambda: floor.old() == FROM_FEEDS)

        rows = floor.session.feed_rows()
        assert isinstance(rows, Table)
        assert [row.key for row in rows.rows] == ["queue_log", "crm"]
        said = text_of(floor.session.feed_text("queue_log"))
        assert "is gone: reading on from the file that it was" in said
        assert str(floor.log) in said
        assert "by events of the system" in said


async def test_refused_lines_are_said_while_there_are_many_and_kept_on_the_page(tmp_path: Path) -> None:
    async with watched(tmp_path) as floor:
        await floor.until_word("ok")
        floor.clock.move_to(START + 125)
        assert floor.session.heading().feeds
        floor.clock.move_to(START + 130)
        floor.append(raw=b"from 13905551234\n" * 5)
        await floor.until_word("5 refused")
        assert floor.word().glyph == "?"
        said = text_of(floor.session.feed_text("queue_log"))
        assert "fewer than five fields  5" in said
        assert "from *********34" in said
        assert "13905551234" not in said


async def test_a_floor_without_any_line_says_that_nothing_was_read(tmp_path: Path) -> None:
    clock = VirtualClock(START)
    wanted = {"queue_log": FeedSettings(str(tmp_path / "queue_log"), QUEUE_LOG)}
    session = live_session(house_in(), wanted, rest=lambda _seconds: None, clock=clock)
    async with opened(session) as live:
        await live.changes.until(lambda: any(show.is_old for show in session.panels()))
        assert {show.as_of for show in session.panels()} == {None}


async def test_the_lag_is_told_from_live_lines(tmp_path: Path) -> None:
    async with watched(tmp_path) as floor:
        floor.append(*((START + 30 + at, f"late{at}|support|NONE|ENTERQUEUE||1|1") for at in range(5)))
        word = await floor.until_word("behind 1:26")
        assert (word.glyph, word.stale) == ("<", True)
        await floor.changes.until(lambda: floor.old() == FROM_FEEDS)
        assert floor.session.feed_health()[0].lag_seconds == 86.0


async def test_a_log_whose_last_line_is_of_another_week_is_silent_at_any_hour(tmp_path: Path) -> None:
    """Nothing of it is read, so that no agent, no hour and no earlier week says whether it should bring lines."""
    log, clock = tmp_path / "queue_log", VirtualClock(START + 20 * 86_400)
    session = live_session(house_in(), {"queue_log": queue_log(log, *SIGNED_IN)}, rest=lambda _s: None, clock=clock)
    async with opened(session) as live:
        floor = Watched(live, clock, log)
        word = await floor.until_word("silent")
        await floor.changes.until(lambda: floor.old() == FROM_FEEDS)
        state = state_of_floor(floor.floor, {each.name: each for each in session.feed_health()})["feeds"]["queue_log"]

        assert (word.glyph, word.stale, word.last_line_at) == ("-", True, START + 60)
        assert (state["lines"], state["silent"], state["last_line_at"]) == (0, True, START + 60)
        assert state["age_seconds"] == 20 * 86_400 - 60

        floor.append((clock.now(), "c1|support|NONE|ENTERQUEUE||5550001234|1"))
        await floor.until_word("ok")
        await floor.changes.until(lambda: floor.old() == set())


async def test_a_log_of_another_week_makes_no_figure_of_the_others_old(tmp_path: Path) -> None:
    before = tuple((at - 20 * 86_400, line) for at, line in SIGNED_IN)
    async with watched(tmp_path, moved=queue_log(tmp_path / "moved", *before)) as floor:
        word = await floor.until_word("silent", "moved")

        assert (word.stale, word.last_line_at) == (False, START + 60 - 20 * 86_400)
        assert (floor.word().word, floor.old()) == ("ok", set())


async def test_an_empty_log_says_that_there_is_no_line_yet(tmp_path: Path) -> None:
    (tmp_path / "new").touch()
    async with watched(tmp_path, new=FeedSettings(str(tmp_path / "new"), QUEUE_LOG)) as floor:
        word = await floor.until_word("no line yet", "new")

        assert (word.glyph, word.stale) == ("=", False)
