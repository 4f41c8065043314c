"""Keyframes are built in two passes, hold what a replay would have come to, and are of use wherever it was stopped."""

import asyncio
from collections.abc import Callable, Sequence
from math import inf
from pathlib import Path

import pytest

from floorwatch.bundled import bundled
from floorwatch.engine.alerting import LogEntry
from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.engine.house import House, build_house, rules_asked
from floorwatch.engine.keyframes import folding_pass
from floorwatch.engine.keyframes.blocks import Kind, Place
from floorwatch.engine.keyframes.build import MOST_INSTANTS, Built, build
from floorwatch.engine.keyframes.contents import Contents
from floorwatch.engine.keyframes.file import KeyframesFile
from floorwatch.engine.keyframes.fingerprint import header_of
from floorwatch.engine.keyframes.folding_pass import never_back
from floorwatch.engine.keyframes.in_thread import ThreadBuilding
from floorwatch.engine.keyframes.shapes import MomentKind
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.shows import Shows
from floorwatch.engine.station import Station
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.timeline import RecordedTimeline
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter, read_recording
from floorwatch.feeds.shapes import FeedError, FeedLine
from floorwatch.host.lane import Lanes
from floorwatch.model.events import WatchBegan
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import Settings, load_settings
from tests.engine.small_floor import QUEUE_LOG, START, house_in
from tests.keyframes.small_recording import recording
from tests.patience import PATIENCE_SECONDS


class StoppedError(Exception):
    """Somebody wants the build to stop."""


def stopping_at(share: float) -> Callable[[float], None]:
    def told(done: float) -> None:
        if done >= share:
            raise StoppedError

    return told


def places_in(path: Path, house: House, of: Path) -> list[Place]:
    file = KeyframesFile(path, header_of(house, of))
    places = list(file.refresh())
    file.close()
    return places


def contents_of(path: Path, house: House, of: Path) -> Contents:
    timeline = RecordedTimeline(house, read_recording(of))
    contents = Contents(KeyframesFile(path, header_of(house, of)), lambda: timeline.house.floor(timeline.gives))
    contents.refresh()
    return contents


def folded_to(contents: Contents, at: float) -> FloorSnapshot:
    """The floor at a moment, by way of the frame before it."""
    opened = contents.open_at(at)
    for entry in opened.entries:
        if entry.received_at > at:
            break
        fold(opened.floor, entry)
    opened.floor.hold_alerts(contents.alerts.up_at(at), contents.alerts.cleared_at(at))
    return opened.floor.snapshot(at)


class Known:
    """A time that is known up to where everything was handed over."""

    at = -inf

    def known(self) -> float:
        return self.at

    def complete(self, source: str, to: float) -> None:  # noqa: ARG002  # there is one source
        self.at = max(self.at, to)


async def watched(house: House, of: Path, moments: Sequence[float]) -> tuple[list[FloorSnapshot], Sequence[LogEntry]]:
    """What a station that folds the recording and asks the rules all the way has at these moments, and its log."""
    timeline = RecordedTimeline(house, read_recording(of))
    entries, house = list(timeline.entries()), timeline.house
    lanes, time, given = Lanes(monotonic), Known(), HandOver()
    ruling = Ruling(rules_asked(house), lanes, house.settings.alerts.every_seconds)
    station = Station(house.floor(timeline.gives), given, time, ruling, Shows([], lanes, monotonic))
    found, since = [], -inf
    for moment in (*moments, entries[-1].received_at):
        given.put(Batch("", [each for each in entries if since < each.received_at <= moment], moment))
        since = moment
        while await station.advance():
            pass
        found.append(station.floor.snapshot(moment))
    lanes.close()
    return found[: len(moments)], ruling.log


@pytest.mark.parametrize("name", ["hard-half-hour", "short-noon"])
def test_the_samples_have_the_floors_and_the_alerts_of_a_floor_that_was_watched(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding_pass, "FRAME_EVERY", 40)
    folder = bundled("sample_feeds") / name
    file, out = folder / f"{name}.floorlog", tmp_path / "keyframes"
    config = folder / "floorwatch.toml"
    settings = load_settings(config) if config.exists() else Settings()
    house = build_house(settings, people=folder / "people.csv", only_bundled=True, journal="memory:")

    built = build(house, file, out)
    contents = contents_of(out, house, file)
    first, last = contents.watched.until if contents.watched else START, contents.open_at(inf).at
    moments = [first + (last - first) * tenth / 10 + 1.5 for tenth in range(-1, 10)]
    floors, log = asyncio.run(watched(house, file, moments))

    assert built is not None
    assert built.frames > 3
    assert contents.is_whole
    assert contents.alerts.log_to(inf) == log
    assert len(log) > 10
    for moment, floor in zip(moments, floors, strict=True):
        assert folded_to(contents, moment) == floor, moment


def test_blocks_stand_in_the_order_in_which_they_can_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding_pass, "FRAME_EVERY", 20)
    file, out = recording(tmp_path / "day.floorlog", 15, past=30), tmp_path / "keyframes"

    built = build(house_in(), file, out)
    places = places_in(out, house_in(), file)
    span = [Kind.ROWS, Kind.STRIP, Kind.ENTRIES]

    assert built == Built(46, 2, 0, out.stat().st_size)
    assert [place.kind for place in places if place.kind not in (Kind.ALERTS, Kind.ASKED)] == [
        *span, Kind.FRAME, *span, Kind.WATCHED, Kind.FRAME, *span, Kind.FOLDED,
    ]  # fmt: skip
    assert [place.kind for place in places][-1] is Kind.ASKED
    assert [(place.entry, place.upto) for place in places if place.kind is Kind.ENTRIES] == [
        (0, 20),
        (20, 40),
        (40, 46),
    ]
    assert [(place.entry, place.since) for place in places if place.kind is Kind.WATCHED] == [(30, START + 98)]
    assert [place.share for place in places] == sorted(place.share for place in places)
    assert places[-1].share == 1.0


def test_a_recording_that_was_never_watched_has_floors_and_no_alerts(tmp_path: Path) -> None:
    file, out = recording(tmp_path / "day.floorlog", 10, past=30, watched=False), tmp_path / "keyframes"

    build(house_in(), file, out)
    contents = contents_of(out, house_in(), file)

    assert contents.is_whole
    assert contents.watched is None
    assert contents.alerts.up_at(inf) == ()
    assert folded_to(contents, START + 500).total.counts.offered == 10


def test_a_recording_of_nothing_is_whole_at_once(tmp_path: Path) -> None:
    file = tmp_path / "day.floorlog"
    RecordingWriter(file, "UTC", {"queue_log": RecordedFeed(QUEUE_LOG)}).close()

    assert build(house_in(), file, tmp_path / "keyframes") == Built(0, 0, 0, (tmp_path / "keyframes").stat().st_size)
    assert contents_of(tmp_path / "keyframes", house_in(), file).is_whole


def test_what_is_there_is_built_again_only_when_that_is_wanted(tmp_path: Path) -> None:
    file, out = recording(tmp_path / "day.floorlog"), tmp_path / "keyframes"
    first = build(house_in(), file, out)
    stood = out.stat().st_ino

    assert build(house_in(), file, out) is None
    assert out.stat().st_ino == stood
    assert build(house_in(), file, out, again=True) == first


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_a_build_that_is_stopped_leaves_what_it_had_and_the_next_one_has_all(
    share: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding_pass, "FRAME_EVERY", 20)
    file, out = recording(tmp_path / "day.floorlog", 90), tmp_path / "keyframes"

    with pytest.raises(StoppedError):
        build(house_in(), file, out, stopping_at(share))
    left = contents_of(out, house_in(), file)
    built = build(house_in(), file, out)

    assert not left.is_whole
    assert folded_to(left, START + 60).total.counts.offered == 7
    assert built is not None
    assert contents_of(out, house_in(), file).is_whole


def test_how_much_is_done_only_grows_and_comes_to_all_of_it(tmp_path: Path) -> None:
    told: list[float] = []
    build(house_in(), recording(tmp_path / "day.floorlog", 90), tmp_path / "keyframes", told.append)

    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 100


def test_a_clock_gone_wrong_costs_the_alerts_alone(tmp_path: Path) -> None:
    file, out = recording(tmp_path / "day.floorlog"), tmp_path / "keyframes"
    with file.open("ab") as entries:
        entries.write(b'{"received_at":%.1f,"feed":"queue_log","line":"1|x"}\n' % (START + 6 * MOST_INSTANTS))

    with pytest.raises(FeedError, match=r"day\.floorlog: no alerts"):
        build(house_in(), file, out)
    contents = contents_of(out, house_in(), file)

    assert contents.reached().folded_to == inf
    assert contents.reached().alerts_to == -inf


def test_a_time_that_steps_back_is_that_of_the_line_before() -> None:
    entries = [Decoded("", at, ()) for at in (5.0, 3.0, 4.0, 6.0)]

    assert [each.received_at for each in never_back(entries)] == [5.0, 5.0, 5.0, 6.0]


def test_the_longest_wait_over_target_is_a_moment_and_so_is_its_alert(tmp_path: Path) -> None:
    file, out = tmp_path / "day.floorlog", tmp_path / "keyframes"
    writer = RecordingWriter(file, "UTC", {"queue_log": RecordedFeed(QUEUE_LOG)})
    writer.append(RecordedEvent("", START, WatchBegan(START)))
    for after, words in ((0, "ENTERQUEUE||1|1"), (300, "ABANDON|1|1|300")):
        writer.append(
            FeedLine("queue_log", START + after, 0, b"%d|1.1|support|NONE|%b" % (START + after, words.encode()))
        )
    writer.close()

    built = build(house_in(), file, out)
    contents = contents_of(out, house_in(), file)
    moments = contents.strips.moments(-inf, inf)

    assert built is not None
    assert built.alerts > 0
    assert [(each.kind, each.at - START) for each in moments if each.kind is not MomentKind.ALERT] == [
        (MomentKind.LATE, 20.0),
        (MomentKind.LOST, 300.0),
    ]
    raised = [line.at for line in contents.alerts.log_to(inf) if line.kind == "raised"]
    assert {each.at for each in moments if each.kind is MomentKind.ALERT} <= set(raised)
    assert any(each.subject == "queue:support" for each in moments if each.kind is MomentKind.ALERT)


def test_a_thread_builds_too_and_says_why_when_it_cannot(tmp_path: Path) -> None:
    file, out = recording(tmp_path / "day.floorlog"), tmp_path / "keyframes"
    building = ThreadBuilding(house_in(), file, out)
    building.start()
    building.start()
    assert building.wait(PATIENCE_SECONDS)
    assert building.problem == ""
    assert contents_of(out, house_in(), file).is_whole

    nowhere = ThreadBuilding(house_in(), tmp_path / "nothing.floorlog", out)
    nowhere.start()
    assert nowhere.wait(PATIENCE_SECONDS)
    assert "nothing.floorlog: there is no such file" in nowhere.problem


def test_a_thread_that_is_stopped_ends_without_a_word(tmp_path: Path) -> None:
    file, out = recording(tmp_path / "day.floorlog", 2_000), tmp_path / "keyframes"
    building = ThreadBuilding(house_in(), file, out)
    building.start()
    building.stop()

    assert building.wait(PATIENCE_SECONDS)
    assert building.problem == ""
