"""One timer, and none when nothing runs."""

from textual.geometry import Size

from floorwatch.app.beat import Beat
from floorwatch.engine.desk import FeedWord
from floorwatch.views import Table
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.screens import seen


class Clockwork:
    """Something that changes as often as it is told."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self.ticks: list[float] = []

    def tick(self, now: float) -> float | None:
        self.ticks.append(now)
        return self.seconds


def beaten(*seconds: float | None) -> Beat:
    beat = Beat(FakeDesk())
    clockwork = Clockwork(None)
    beat.join(clockwork)
    for each in seconds:
        clockwork.seconds = each
        beat.beat()
    return beat


async def test_the_beat_goes_on_while_something_runs() -> None:
    beat = beaten(None, 1.0)
    assert beat.runs
    beat.stop()


async def test_the_beat_rests_when_nothing_runs() -> None:
    assert not beaten(1.0, None).runs


async def test_what_is_new_wakes_the_beat() -> None:
    beat = beaten(None)
    beat.wake()
    assert beat.runs
    beat.stop()


async def test_seconds_are_told_from_minutes() -> None:
    fast, slow = beaten(1.0), beaten(1.0, 50.0)
    assert fast.runs_seconds
    assert not slow.runs_seconds
    fast.stop()
    slow.stop()


async def test_a_paused_replay_has_no_beat() -> None:
    desk = FakeDesk(replay=True)
    assert desk.replay is not None
    desk.replay.pause()
    beat = Beat(desk)
    beat.join(Clockwork(1.0))
    beat.beat()
    assert not beat.runs


async def test_who_has_left_is_asked_no_more() -> None:
    beat = Beat(FakeDesk())
    clockwork = Clockwork(1.0)
    beat.join(clockwork)
    beat.leave(clockwork)
    beat.beat()
    assert clockwork.ticks == []
    assert not beat.runs


async def test_a_still_floor_ticks_by_the_minute() -> None:
    desk = FakeDesk()
    desk.put("queue-status", Table(views.QUEUE_COLUMNS, ()))
    desk.put("needs-you", Table(views.NEEDS_COLUMNS, ()))
    desk.put("agents", Table(views.AGENT_COLUMNS, ()))
    desk.snapshot = views.snapshot_at(desk.now(), waits=(), alarm=False)
    desk.feeds = (FeedWord("queue_log", "waiting"),)
    async with seen(desk) as found:
        assert not found.app.stage.beat.runs_seconds
        assert "10:41 " in found.lines[0]
        assert "10:41:07" not in found.text
        await found.pass_seconds(60)
        assert "10:42 " in found.lines[0]


async def test_rows_out_of_sight_do_not_tick() -> None:
    async with seen() as found:
        await found.press("z")
        hidden = found.table(3)
        assert hidden.size == Size(0, 0) or not hidden.on_screen
        assert hidden.tick(found.desk.now()) is None


async def test_where_floor_time_jumps_ages_follow_at_once_also_while_it_stands_still() -> None:
    desk = FakeDesk(replay=True)
    assert desk.replay is not None
    desk.replay.pause()
    async with seen(desk) as found:
        assert "1:42!" in found.lines[6]
        desk.replay.step(10)
        await found.until(lambda: "1:52!" in found.lines[6])
        desk.replay.step(-60)
        await found.until(lambda: "0:52" in found.lines[6])
        assert not found.app.stage.beat.runs


async def test_where_a_replay_stops_all_ages_are_of_the_moment_at_which_it_stands() -> None:
    desk = FakeDesk(replay=True)
    assert desk.replay is not None
    beat, clockwork = Beat(desk), Clockwork(1.0)
    beat.join(clockwork)
    beat.beat()
    desk.replay.step(0.7)
    desk.replay.pause()
    beat.follow()
    beat.follow()

    assert clockwork.ticks.count(desk.now()) == 1
    assert not beat.runs
