"""A guest's format that does not come back is given up: its feed is named with the place, and the day is read."""

import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from floorwatch.engine.guests_past import in_time, past_of
from floorwatch.engine.house import House, build_house
from floorwatch.engine.live import live_session
from floorwatch.engine.opening import past_feed
from floorwatch.engine.recorder import Recorder
from floorwatch.engine.state import state_of_floor
from floorwatch.engine.timeline import drained, timeline_of
from floorwatch.feeds.recording import RecordedFeed, RecordingWriter, read_recording
from floorwatch.feeds.shapes import FeedError, FeedLine
from floorwatch.model.clock import VirtualClock
from floorwatch.settings import FeedSettings, FloorSettings, Settings
from tests.engine.small_floor import START, queue_log
from tests.engine.test_feed_watch import text_of
from tests.engine.test_sessions import Open, opened
from tests.host.drop_in_files import drop
from tests.patience import PATIENCE_SECONDS
from tests.support.places import Place, place_in, told

PLUGIN = """
import threading
from floorwatch.api import DocumentFormat, Fact, FeedFormat, NoOptions, RejectLine, events, hookimpl

STOP = threading.Event()

def spin():
    while not STOP.is_set():
        pass

def sleep():
    STOP.wait(600)

HANGS = {"spins": spin, "sleeps": sleep, "has-no-time": spin}

class Lines:
    def feed(self, line):
        at, call = line.raw.decode().split()
        if call in HANGS:
            HANGS[call]()
        if call == "refused":
            raise RejectLine("it is refused")
        return [events.CallEntered(float(at), call=call, queue="odd")]

class Odd(FeedFormat):
    name = "odd"
    title = "Odd"
    gives = frozenset({Fact.CALLS})

    def sniff(self, sample):
        return 0

    def time_of(self, raw):
        at, call = raw.decode().split()
        if call == "has-no-time":
            spin()
        return float(at)

    def decoder(self, options):
        return Lines()

class OddDocument(DocumentFormat):
    name = "odd-document"
    title = "Odd document"
    options_type = NoOptions

    def sniff(self, document):
        return 0

    def read(self, document, options):
        sleep()

@hookimpl
def floorwatch_feed_formats():
    return [Odd()]

@hookimpl
def floorwatch_document_formats():
    return [OddDocument()]
"""
SAID = r"does not come back: given up after \d+ s \(stuck_lines\.py:\d+\)"
BEFORE = ("c1", "c2")


def dropped(folder: Path) -> Path:
    """The folder with the plugin."""
    folder.mkdir(mode=0o755)
    drop(folder, "stuck_lines.py", PLUGIN)
    return folder


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house with these formats, that has not much patience; what hangs in them is let go of at the end."""
    monkeypatch.setattr("floorwatch.engine.opening.GIVEN_UP_SECONDS", 0.5)
    monkeypatch.setattr("floorwatch.engine.opening.LONG_CALL_SECONDS", 0.5)
    settings = Settings(floor=FloorSettings(zone="UTC"))
    yield build_house(settings, plugin_folders=[dropped(tmp_path / "plugins")], journal="memory:")
    for module in [each for name, each in sys.modules.items() if "stuck_lines" in name]:
        stop = getattr(module, "STOP", None)
        assert isinstance(stop, threading.Event)
        stop.set()


def odd(path: Path, *calls: str, start: float = START) -> FeedSettings:
    """A log of the guest's format, a call a second."""
    path.write_text("".join(f"{start + number:.0f} {call}\n" for number, call in enumerate(calls)), encoding="utf-8")
    return FeedSettings(str(path), "odd")


def feeds_of(folder: Path, *calls: str) -> Mapping[str, FeedSettings]:
    """A log of the guest's, and one of the switch that goes on for longer."""
    switch = queue_log(folder / "queue_log", (START, "c9|support|NONE|ENTERQUEUE||1|1"), (START + 90, "x|y|z|?"))
    return {"odd": odd(folder / "odd.log", *calls), "queue_log": switch}


def roster_of(folder: Path) -> FeedSettings:
    """A document of the guest's."""
    roster = folder / "roster.odd"
    roster.write_text("anything", encoding="utf-8")
    return FeedSettings(str(roster), "odd-document")


def read_of(live: Open) -> tuple[int, ...]:
    """Lines on the floor of both feeds; nothing while the day is being read."""
    if live.session.station.is_opening or live.session.station.snapshot is None:
        return ()
    return tuple(live.floor.feeds[name].lines for name in ("odd", "queue_log") if name in live.floor.feeds)


def failed(live: Open) -> bool:
    """Whether the header says so of the guest's feed."""
    return [each.word for each in live.session.heading().feeds if each.name == "odd"] == ["failed"]


@pytest.mark.parametrize(("how", "lines"), [("spins", (2, 2)), ("sleeps", (2, 2)), ("has-no-time", (2,))])
async def test_a_line_of_the_past_that_hangs_costs_its_feed_and_no_other(
    house: House, tmp_path: Path, how: str, lines: tuple[int, ...]
) -> None:
    feeds = feeds_of(tmp_path, *BEFORE, how, "after")
    async with opened(live_session(house, feeds, clock=VirtualClock(START + 120))) as live:
        await live.changes.until(lambda: read_of(live) == lines and failed(live))

        state = state_of_floor(live.floor, {each.name: each for each in live.session.feed_health()}, followed=True)
        assert re.fullmatch(SAID, state["feeds"]["odd"]["reason"])
        assert (state["feeds"]["odd"]["state"], state["feeds"]["queue_log"]["state"]) == ("failed", "ok")
        assert re.search(SAID, text_of(live.session.feed_rows()))
        assert re.search(SAID, text_of(live.session.feed_text("odd")))


@pytest.mark.parametrize("how", ["spins", "sleeps"])
async def test_a_line_that_comes_later_and_hangs_is_said_too(house: House, tmp_path: Path, how: str) -> None:
    feeds = feeds_of(tmp_path, *BEFORE)
    async with opened(live_session(house, feeds, clock=VirtualClock(START + 120))) as live:
        await live.changes.until(lambda: read_of(live) == (2, 2))
        with (tmp_path / "odd.log").open("a", encoding="utf-8") as log:
            log.write(f"{START + 100:.0f} {how}\n")

        await live.changes.until(lambda: failed(live))

        assert re.search(SAID, text_of(live.session.feed_text("odd")))


async def test_a_document_that_hangs_is_named_and_the_day_does_not_wait_for_it(house: House, tmp_path: Path) -> None:
    feeds = {**feeds_of(tmp_path, *BEFORE), "roster": roster_of(tmp_path)}
    async with opened(live_session(house, feeds, clock=VirtualClock(START + 120))) as live:
        await live.changes.until(lambda: read_of(live) == (2, 2))

        assert re.search(SAID, text_of(live.session.feed_text("roster")))
    with pytest.raises(FeedError, match=f"^feed roster: {SAID}$"):
        list(timeline_of(house, {"roster": feeds["roster"]}).entries())


def test_a_log_that_is_read_once_is_read_up_to_the_line_that_hangs(house: House, tmp_path: Path) -> None:
    entries = timeline_of(house, {"odd": odd(tmp_path / "odd.log", *BEFORE, "sleeps", "after")}).entries()

    read = [next(entries).line, next(entries).line]
    with pytest.raises(FeedError, match=f"^feed odd: {SAID}$"):
        next(entries)

    assert [line.raw.split()[1].decode() for line in read if line is not None] == list(BEFORE)


def test_the_end_of_a_log_in_which_the_time_of_a_line_hangs_is_not_waited_for(house: House, tmp_path: Path) -> None:
    timeline = timeline_of(house, {"odd": odd(tmp_path / "odd.log", *BEFORE, "has-no-time")})

    with pytest.raises(FeedError, match=f"^feed odd: {SAID}$"):
        timeline.last_at()


def test_what_is_refused_is_counted_when_its_line_is_asked_for(house: House, tmp_path: Path) -> None:
    timeline = timeline_of(house, {"odd": odd(tmp_path / "odd.log", "c1", "refused", "c2")})
    entries = timeline.entries()

    next(entries)
    before = dict(timeline.health()["odd"].rejected)
    list(entries)

    assert (before, timeline.health()["odd"].rejected) == ({}, {"it is refused": 1})


def recording_of(path: Path, *calls: str) -> Path:
    """A recording of the guest's log."""
    writer = RecordingWriter(path, "UTC", {"odd": RecordedFeed("odd")})
    for number, call in enumerate(calls):
        writer.append(FeedLine("odd", START + number, 0, f"{START + number:.0f} {call}".encode()))
    writer.close()
    return path


def test_a_recording_is_read_up_to_the_line_that_hangs(house: House, tmp_path: Path) -> None:
    path = recording_of(tmp_path / "day.floorlog", "c1", "refused", "spins", "after")
    timeline = timeline_of(house, {"day": FeedSettings(str(path))})
    entries = timeline.entries()

    read = [next(entries).rejected, next(entries).rejected]
    with pytest.raises(FeedError, match=f"^feed odd: {SAID}$"):
        next(entries)

    assert read == [None, "it is refused"]
    assert timeline.health()["odd"].rejected == {"it is refused": 1}


def test_a_feed_that_hangs_is_recorded_up_to_there_and_never_asked_again(house: House, tmp_path: Path) -> None:
    out, clock = tmp_path / "day.floorlog", VirtualClock(START + 120)
    feeds = {**feeds_of(tmp_path, *BEFORE, "has-no-time"), "roster": roster_of(tmp_path)}
    recorder = Recorder(house, feeds, out, clock)
    recorder.begin()
    again = recorder.step()
    recorder.close()

    assert again == []
    assert [each.feed for each in read_recording(out) if isinstance(each, FeedLine)] == ["queue_log", "queue_log"]


def test_a_feed_of_floorwatchs_own_is_read_where_it_always_was(house: House, tmp_path: Path) -> None:
    opened_feed = past_feed(house, "queue_log", feeds_of(tmp_path)["queue_log"])
    lines = drained(opened_feed)

    assert past_of(opened_feed, lines) == (lines, opened_feed.decoder)
    assert in_time(opened_feed, lines) is lines
    opened_feed.feed.close()


# --- as processes ----------------------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A floor with the plugin beside its configuration, and a log of its format of an hour ago."""
    place = place_in(tmp_path)
    dropped(tmp_path / "plugins")
    with place.config.open("a", encoding="utf-8") as config:
        config.write('[feeds.odd]\npath = "odd.log"\nformat = "odd"\n')
    return place


@pytest.mark.slow
@pytest.mark.parametrize("how", ["spins", "sleeps"])
def test_a_watch_without_a_screen_reads_the_day_and_names_the_feed(place: Place, how: str) -> None:
    odd(place.folder / "odd.log", *BEFORE, how, "after", start=place.began)
    words = ("--config", str(place.config), "watch", "--headless", "--every", "0.5", "--seconds", "60")
    watch = subprocess.Popen([sys.executable, "-m", "floorwatch", *words], stdout=subprocess.PIPE)
    assert watch.stdout is not None
    state = json.loads(watch.stdout.readline())  # which it says once the day is read
    watch.send_signal(signal.SIGINT)
    watch.communicate(timeout=PATIENCE_SECONDS)

    assert (state["feeds"]["odd"]["lines"], state["feeds"]["odd"]["state"]) == (2, "failed")
    assert re.fullmatch(SAID, state["feeds"]["odd"]["reason"])
    assert (state["feeds"]["queue_log"]["lines"], len(state["agents"])) == (6, 4)
    assert watch.returncode == 130, "the thread that was left behind keeps nobody"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("spins", ("state", "--json")),
        ("sleeps", ("report", "day")),
        ("sleeps", ("feeds", "check", "odd")),
    ],
)
def test_a_command_that_reads_it_ends_with_the_reason(place: Place, how: str, words: Sequence[str]) -> None:
    odd(place.folder / "odd.log", *BEFORE, how, start=place.began)

    said = told(place.folder, "--config", place.config, *words, status=1)

    assert re.fullmatch(f"floorwatch: feed odd: {SAID}", said.strip())
