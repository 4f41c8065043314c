"""Documents on the floor: there before the lines, re-read when they change, recorded as they were read, and never able
to hurt the floor."""

import os
import threading
from collections.abc import Mapping
from math import inf
from pathlib import Path

import msgspec
import pytest

from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.desk import HEADING
from floorwatch.engine.headless import snapshots_at
from floorwatch.engine.house import House, build_house, rules_asked
from floorwatch.engine.live import live_session
from floorwatch.engine.opening import past_feed
from floorwatch.engine.recorder import Recorder
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.state import state_of_floor
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.timeline import Timeline, timeline_of
from floorwatch.extend.document import Document
from floorwatch.feeds.recording import RecordedFeed, read_recording
from floorwatch.feeds.shapes import FeedError
from floorwatch.host.lane import Lanes
from floorwatch.model.clock import VirtualClock
from floorwatch.model.duty import DocumentState
from floorwatch.model.duty_events import DocumentRead
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import FeedSettings, load_settings
from floorwatch.views import Tone
from tests.engine.small_documents import Hours, hours, with_hours
from tests.engine.small_floor import START, house_in, house_past_noon, queue_log
from tests.engine.test_sessions import Open, opened
from tests.patience import PATIENCE_SECONDS

LONG_AGO = (START, START)
HEADING_ALONE = frozenset({HEADING})
SWITCH = {"queue_log": (START + 60, "c1|support|NONE|ENTERQUEUE||5550001234|1")}


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A roster that was written long ago."""
    path = tmp_path / "roster.txt"
    path.write_bytes(hours("Ada 09:00 17:00", "nothing"))
    os.utime(path, LONG_AGO)
    return path


def wanted(roster: Path, log: Path | None = None) -> Mapping[str, FeedSettings]:
    feeds = {"roster": FeedSettings(str(roster), "hours")}
    if log is not None:
        feeds["queue_log"] = queue_log(log, *SWITCH.values())
    return feeds


def save(roster: Path, content: bytes | None) -> None:
    """As programs save: beside it, and then in its place; None takes it away."""
    if content is None:
        roster.unlink()
        return
    new = roster.with_name("new.tmp")
    new.write_bytes(content)
    new.replace(roster)


def still_house(folder: Path) -> House:
    """A house with one panel, which runs no clock: what is told there is told for a reason."""
    file = folder / "floorwatch.toml"
    file.write_text('[screen]\nlayout = [["agents"]]\n', encoding="utf-8")
    return build_house(load_settings(file), only_bundled=True, journal="memory:")


def people_in(floor: FloorSnapshot) -> list[str]:
    return sorted(floor.duty.shifts)


async def floor_at(house: House, timeline: Timeline, at: float) -> FloorSnapshot:
    lanes = Lanes(monotonic)
    ruling = Ruling(rules_asked(house), lanes, 5.0)
    try:
        return await anext(snapshots_at(house.floor(timeline.gives), timeline.entries(), [at], ruling))
    finally:
        lanes.close()


# --- as they lie there -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [START - 86_400 * 365, START + 59, START + 3600])
async def test_documents_are_there_at_every_moment_of_a_plain_timeline(roster: Path, at: float) -> None:
    house = with_hours(house_in())
    timeline = timeline_of(house, wanted(roster, roster.with_name("queue_log")))

    floor = await floor_at(house, timeline, at)

    assert people_in(floor) == ["Ada"]
    (document,) = floor.duty.documents.values()
    assert (document.read_at, document.rows, document.refusals) == (START, 2, {"not a person and hours": 1})
    assert len(floor.waiting) == (at >= START + 60)
    assert timeline.of_documents == {"roster"}


def test_the_event_has_the_name_and_time_of_the_document_whatever_its_format_says(roster: Path) -> None:
    timeline = timeline_of(with_hours(house_in()), wanted(roster))

    ((read,),) = (entry.events for entry in timeline.entries())

    assert isinstance(read, DocumentRead)
    assert (read.document, read.at) == ("roster.txt", START)


def test_documents_have_no_time_and_no_place_in_the_span_of_a_timeline(roster: Path) -> None:
    house = with_hours(house_in())
    alone = timeline_of(house, wanted(roster))
    beside = timeline_of(house, wanted(roster, roster.with_name("queue_log")))

    assert (alone.first_at(), alone.last_at()) == (None, None)
    assert (beside.first_at(), beside.last_at()) == (START + 60, START + 60)
    assert [entry.received_at for entry in beside.entries()] == [-inf, START + 60]


def test_the_state_as_plain_data_has_every_document(roster: Path) -> None:
    house = with_hours(house_in())
    timeline = timeline_of(house, wanted(roster))
    floor = house.floor()
    for entry in timeline.entries():
        fold(floor, entry)

    state = state_of_floor(floor.snapshot(START), timeline.health())

    assert state["documents"]["roster"] == {
        "title": "Hours",
        "period": ["2026-11-21", "2026-11-21"],
        "rows": 2,
        "people": 1,
        "shifts": 1,
        "punches": 0,
        "unmatched": ["Ada"],
        "refused": {"not a person and hours": 1},
        "unknown_codes": {},
        "remarks": [],
        "read_at": START,
        "refused_at": None,
        "why": "",
    }
    assert state["feeds"]["roster"]["lines"] == 0
    assert msgspec.json.encode(state)


def test_documents_of_a_plugins_own_source_are_refused_in_words(roster: Path) -> None:
    house = with_hours(house_in())
    with pytest.raises(FeedError, match=r"can only be watched|no feed source"):
        past_feed(house, "roster", FeedSettings("tcp://somewhere", "hours"))
    assert roster.exists()


# --- live ------------------------------------------------------------------------------------------------------------


async def test_a_floor_of_documents_alone_is_alive(roster: Path) -> None:
    async with opened(live_session(with_hours(house_in()), wanted(roster))) as live:
        await live.changes.until(lambda: not live.session.station.is_opening and "Ada" in _people(live))
        await live.changes.until(lambda: _word(live) == "ok")
        heading = live.session.heading()

        assert heading.label == "LIVE"
        assert heading.snapshot is not None
        assert heading.snapshot.alerts == ()
        (word,) = heading.feeds
        assert (word.name, word.tone, word.last_line_at, word.stale) == ("roster", Tone.CALM, None, False)
        assert heading.snapshot.feeds == {}  # nothing there that could fall silent
        await live.changes.until(lambda: live.session.station.reached() > START)


async def test_a_document_that_is_saved_again_is_read_again_and_stamped_as_received(roster: Path) -> None:
    async with opened(live_session(with_hours(house_in()), wanted(roster))) as live:
        folded: list[Decoded] = []
        live.session.station.on_folded = folded.append
        await live.changes.until(lambda: "Ada" in _people(live))
        save(roster, hours("Grace 08:00 16:00"))
        await live.changes.until(lambda: _people(live) == ["Grace"])

        readings = [item for item in folded if item.is_document]
        assert len(readings) == 2
        assert readings[-1].received_at > next(i for i in folded if not i.is_document).received_at
        assert readings[-1].line is None


async def test_a_torn_save_costs_nothing_and_is_said(roster: Path) -> None:
    async with opened(live_session(with_hours(house_in()), wanted(roster))) as live:
        await live.changes.until(lambda: "Ada" in _people(live))
        save(roster, b"torn")
        await live.changes.until(lambda: _word(live) == "failed")

        assert _people(live) == ["Ada"]
        (health,) = live.session.feed_health()
        assert health.reason == "roster.txt: not a document of hours"
        assert health.rejected == {"not a document of hours": 1}
        await live.changes.until(lambda: _document(live).refused_at is not None)
        assert (_document(live).rows, _document(live).why) == (2, "not a document of hours")
        save(roster, None)
        await live.changes.until(lambda: _word(live) == "lost")
        assert _people(live) == ["Ada"]


async def test_of_several_that_one_cannot_be_read_is_said_in_the_header(roster: Path) -> None:
    save(roster.with_name("torn.txt"), b"torn")
    os.utime(roster.with_name("torn.txt"), LONG_AGO)
    feeds = {"roster": FeedSettings(str(roster.with_name("*.txt")), "hours")}
    async with opened(live_session(with_hours(house_in()), feeds)) as live:
        await live.changes.until(lambda: _word(live) == "partly read" and "Ada" in _people(live))

        (word,) = live.session.heading().feeds
        assert word.tone is Tone.WARN


async def test_a_workbook_of_a_folder_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "rosters"
    folder.mkdir()
    for name, content in {
        "a.txt": hours("Ada 09:00 17:00"),
        "b.xlsx": b"PK\x03\x04torn",
        "c.zip": b"PK\x03\x04",
    }.items():
        (folder / name).write_bytes(content)
        os.utime(folder / name, LONG_AGO)
    async with opened(live_session(with_hours(house_in()), {"roster": FeedSettings(str(folder), "hours")})) as live:
        await live.changes.until(lambda: _word(live) == "partly read" and "Ada" in _people(live))

        assert live.session.feed_health()[0].reason.startswith("b.xlsx: ")


async def test_the_header_is_told_of_a_feed_on_a_floor_where_nothing_else_happens(roster: Path) -> None:
    async with opened(live_session(with_hours(still_house(roster.parent)), wanted(roster))) as live:
        await live.changes.until(lambda: _word(live) == "ok" and live.session.is_settled)
        live.changes.told.clear()
        save(roster, None)
        await live.changes.until(lambda: HEADING_ALONE in live.changes.told)
        assert _word(live) == "lost"


async def test_documents_are_folded_before_the_lines_and_move_no_time(tmp_path: Path) -> None:
    house, ago = house_past_noon()
    roster = tmp_path / "roster.txt"
    roster.write_bytes(hours("Ada 09:00 17:00"))
    os.utime(roster, LONG_AGO)
    log = queue_log(tmp_path / "queue_log", (ago, "c1|support|NONE|ENTERQUEUE||5550001234|1"))
    feeds = {"roster": FeedSettings(str(roster), "hours"), "queue_log": log}
    session = live_session(with_hours(house), feeds)
    folded: list[Decoded] = []
    session.station.on_folded = folded.append
    async with opened(session) as live:
        await live.until_lines("queue_log", 1)

        assert [item.is_document for item in folded[:2]] == [True, False]
        assert folded[1].received_at == ago


async def test_a_format_that_hangs_keeps_no_floor_from_opening(
    tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("floorwatch.engine.live.DOCUMENT_SECONDS", 0.05)
    go_on = threading.Event()
    house, ago = house_past_noon()

    def hang(_document: Document) -> None:
        go_on.wait(PATIENCE_SECONDS)

    slow = Hours(hang)
    log = queue_log(tmp_path / "queue_log", (ago, "c1|support|NONE|ENTERQUEUE||5550001234|1"))
    feeds = {"roster": FeedSettings(str(roster), "hours"), "queue_log": log}
    async with opened(live_session(with_hours(house, slow), feeds)) as live:
        await live.until_lines("queue_log", 1)
        assert _people(live) == []
        assert _word(live) in {"reading", "0 % read"}
        go_on.set()
        await live.changes.until(lambda: _people(live) == ["Ada"])


def _people(live: Open) -> list[str]:
    snapshot = live.session.station.snapshot
    return [] if snapshot is None else people_in(snapshot)


def _document(live: Open) -> DocumentState:
    snapshot = live.session.station.snapshot
    assert snapshot is not None
    return snapshot.duty.documents["roster"]


def _word(live: Open) -> str:
    return next(word.word for word in live.session.heading().feeds if word.name == "roster")


# --- recorded --------------------------------------------------------------------------------------------------------


def recorded(house: House, feeds: Mapping[str, FeedSettings], out: Path, clock: VirtualClock) -> Recorder:
    recorder = Recorder(house, feeds, out, clock)
    recorder.begin()
    return recorder


async def test_a_recording_holds_documents_as_they_were_read_and_needs_no_format(tmp_path: Path, roster: Path) -> None:
    clock = VirtualClock(START + 120)
    out, log = tmp_path / "day.floorlog", tmp_path / "queue_log"
    recorder = recorded(with_hours(house_in()), wanted(roster, log), out, clock)
    save(roster, hours("Grace 08:00 16:00"))
    for seconds in (130, 131, 132):
        clock.move_to(START + seconds)
        recorder.step()
    recorder.close()

    timeline = timeline_of(house_in(), {"day": FeedSettings(str(out))})

    assert timeline.of_documents == {"roster"}
    assert people_in(await floor_at(house_in(), timeline, START + 60)) == ["Ada"]
    assert people_in(await floor_at(house_in(), timeline, START + 131)) == ["Grace"]
    assert (timeline.first_at(), timeline.last_at()) == (START + 60, START + 60)
    readings = [entry for entry in timeline.entries() if entry.is_document]
    assert [entry.received_at for entry in readings] == [START + 60, START + 131]
    assert read_recording(out).feeds["roster"] == RecordedFeed("hours", documents=True)


async def test_a_replay_knows_what_was_refused_as_the_watch_did(tmp_path: Path, roster: Path) -> None:
    clock, out = VirtualClock(START + 120), tmp_path / "day.floorlog"
    recorder = recorded(with_hours(house_in()), wanted(roster, tmp_path / "queue_log"), out, clock)
    save(roster, b"torn")
    for seconds in (130, 131, 132):
        clock.move_to(START + seconds)
        recorder.step()
    recorder.close()

    timeline = timeline_of(house_in(), {"day": FeedSettings(str(out))})
    before, after = [
        (await floor_at(house_in(), timeline, START + seconds)).duty.documents["roster"] for seconds in (130, 132)
    ]

    assert (before.refused_at, before.why) == (None, "")
    assert (after.refused_at, after.why) == (START + 131, "not a document of hours")
    assert after.rows == before.rows == 2


async def test_a_recording_of_documents_alone_has_a_span(tmp_path: Path, roster: Path) -> None:
    out = tmp_path / "day.floorlog"
    recorded(with_hours(house_in()), wanted(roster), out, VirtualClock(START + 120)).close()

    timeline = timeline_of(house_in(), {"day": FeedSettings(str(out))})

    assert (timeline.first_at(), timeline.last_at()) == (START + 120, START + 120)
    assert people_in(await floor_at(house_in(), timeline, START + 120)) == ["Ada"]


def test_a_document_of_a_thousand_people_and_a_month_goes_through_a_recording(tmp_path: Path) -> None:
    roster, out = tmp_path / "roster.txt", tmp_path / "day.floorlog"
    roster.write_bytes(hours(*(f"agent{number} 09:00 17:00" for number in range(1000))))
    os.utime(roster, LONG_AGO)

    class Month(Hours):
        """Every day of a month as the first."""

        def read(self, document: Document, options: object) -> DocumentRead:
            first = super().read(document, options)
            shifts = tuple(
                msgspec.structs.replace(shift, id=f"{shift.id} {day}", date=f"2026-11-{day:02}")
                for day in range(1, 32)
                for shift in first.shifts
            )
            return msgspec.structs.replace(first, shifts=shifts)

    house = with_hours(house_in(), Month())
    recorded(house, wanted(roster, tmp_path / "queue_log"), out, VirtualClock(START + 120)).close()
    plain = [each.events for each in timeline_of(house, wanted(roster)).entries()]
    again = timeline_of(house_in(), {"day": FeedSettings(str(out))})

    (read,) = (entry.events[0] for entry in again.entries() if entry.is_document)

    assert isinstance(read, DocumentRead)
    assert len(read.shifts) == 31_000
    assert msgspec.structs.replace(read, at=START) == plain[0][0]
    assert again.health()["roster"].rejected == {}
