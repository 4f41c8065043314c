"""`floorwatch record` and what is read again from a recording."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Start
from tests.cli.small_log import LINES, TEN, line, write_recording
from tests.cli.waiting import wait_for
from tests.patience import PATIENCE_SECONDS


def without_host(state: dict[str, object]) -> dict[str, object]:
    """The state without what only the host that recorded knew."""
    feeds = state["feeds"]
    assert isinstance(feeds, dict)
    told = {name: {**feed, "rotations": None, "possible_loss": None} for name, feed in feeds.items()}
    return {**state, "feeds": told}


def test_a_recording_tells_the_same_as_the_log(
    floorwatch: Run, folder: Path, todays_log: Path, an_hour_ago: int
) -> None:
    moments = [word for after in (60, 1800, 2400, 3600) for word in ("--at", an_hour_ago + after)]
    recorded = floorwatch("record", "day.floorlog", todays_log, "--seconds", "0")
    ours = floorwatch("state", "day.floorlog", *moments, "--json").json
    theirs = floorwatch("state", todays_log, *moments, "--json").json

    assert recorded.status == 0
    assert "9 entries recorded, 0 lost" in recorded.out
    assert (folder / "day.floorlog").stat().st_mode & 0o777 == 0o600
    assert [each["total"]["offered"] for each in ours] == [1, 1, 2, 3]
    assert [without_host(each) for each in ours] == [without_host(each) for each in theirs]


def test_a_recording_of_two_feeds_holds_both(floorwatch: Run, folder: Path, todays_log: Path, an_hour_ago: int) -> None:
    other = folder / "north_log"
    other.write_text(line(30, "n1|north|NONE|ENTERQUEUE||1|1", an_hour_ago))
    floorwatch("record", "both.floorlog", todays_log, f"north={other}", "--seconds", "0")

    (state,) = floorwatch("state", "both.floorlog", "--at", an_hour_ago + 60, "--json").json

    assert set(state["feeds"]) == {"queue_log", "north"}
    assert set(state["queues"]) == {"support", "north"}


def test_a_recording_is_never_written_over(floorwatch: Run, folder: Path, log: Path) -> None:
    (folder / "day.floorlog").write_text("dear to somebody")

    ran = floorwatch("record", "day.floorlog", log, "--seconds", "0")

    assert ran.status == 1
    assert ran.complaints == ["floorwatch: day.floorlog: there is a file already: name another"]
    assert (folder / "day.floorlog").read_text() == "dear to somebody"


def test_a_torn_recording_is_read_to_where_it_is_torn_and_says_so(floorwatch: Run, folder: Path) -> None:
    whole = write_recording(folder / "day.floorlog").read_bytes()
    (folder / "torn.floorlog").write_bytes(whole[: whole.index(b"ABANDON")])

    ran = floorwatch("state", "torn.floorlog", "--json")
    (state,) = ran.json

    assert ran.status == 0
    assert state["total"]["offered"] == 2
    assert state["feeds"]["torn.floorlog"]["rejected"] == {"torn last line": 1}


def test_a_bad_line_in_a_recording_costs_that_line(floorwatch: Run, folder: Path) -> None:
    lines = write_recording(folder / "day.floorlog").read_text().splitlines()
    lines[3] = lines[3].replace('"feed":"queue_log"', '"feed":"somebody"')
    lines[6] = "no entry at all"
    (folder / "bad.floorlog").write_text("\n".join(lines))

    (state,) = floorwatch("state", "bad.floorlog", "--json").json

    assert state["feeds"]["queue_log"]["lines"] == len(LINES) - 2
    assert sum(state["feeds"]["bad.floorlog"]["rejected"].values()) == 2


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC+08:00"])
def test_a_recording_brings_its_own_zone(floorwatch: Run, folder: Path, zone: str) -> None:
    write_recording(folder / "east.floorlog", zone)

    ran = floorwatch("state", "east.floorlog", "--at", "18:40")

    assert ran.out.startswith("2026-11-21 18:40:00  waiting 1")


def test_recording_goes_on_through_a_rotation_until_it_is_ended(
    started: Start, folder: Path, todays_log: Path, an_hour_ago: int
) -> None:
    out = folder / "day.floorlog"
    process = started("record", out, todays_log)
    wait_for(process, out, "WatchBegan")
    todays_log.rename(folder / "queue_log.1")
    todays_log.write_text(line(3690, "c3|sales|NONE|ABANDON|1|1|90", an_hour_ago))
    wait_for(process, out, "ABANDON|1|1|90")
    process.terminate()
    said, complaints = process.communicate(timeout=PATIENCE_SECONDS)
    entries = [json.loads(each) for each in out.read_text().splitlines()[1:]]

    assert process.returncode == 0
    assert complaints == ""
    assert "10 entries recorded, 0 lost" in said
    assert [entry["feed"] for entry in entries] == ["queue_log"] * 8 + ["", "queue_log"]
    assert [entry.get("backfill", False) for entry in entries] == [True] * 8 + [False, False]


def test_a_recording_that_is_deleted_meanwhile_ends_and_says_so(started: Start, folder: Path, todays_log: Path) -> None:
    out = folder / "day.floorlog"
    process = started("record", out, todays_log)
    wait_for(process, out, "WatchBegan")
    out.unlink()
    said, complaints = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 1
    assert (said, complaints) == ("", f"floorwatch: {out}: was deleted while it was written\n")


def test_a_log_that_is_not_there_yet_is_recorded_from_its_first_line(
    started: Start, folder: Path, an_hour_ago: int
) -> None:
    out, log = folder / "day.floorlog", folder / "queue_log"
    process = started("record", out, log, "--format", "asterisk-queue-log")
    wait_for(process, out, "WatchBegan")
    log.write_text(line(3690, "c1|sales|NONE|ENTERQUEUE||1|1", an_hour_ago))
    wait_for(process, out, "ENTERQUEUE")
    process.terminate()
    said, complaints = process.communicate(timeout=PATIENCE_SECONDS)

    assert complaints == ""
    assert "2 entries recorded, 0 lost" in said


def test_the_past_of_a_plain_log_becomes_a_recording_that_tells_the_same(
    floorwatch: Run, folder: Path, log: Path
) -> None:
    moments = [word for after in (60, 1800, 2400, 3600) for word in ("--at", TEN + after)]

    recorded = floorwatch("record", "--past", "day.floorlog", log)

    assert (recorded.status, recorded.err) == (0, "")
    assert recorded.out == f"day.floorlog: {len(LINES) + 1} entries recorded, 0 lost\n"
    ours = floorwatch("state", "day.floorlog", *moments, "--json").json
    assert [each["total"]["offered"] for each in ours] == [1, 1, 2, 3]
    assert ours == floorwatch("state", log, *moments, "--json").json


def test_what_is_a_recording_already_is_not_recorded_again(floorwatch: Run, folder: Path) -> None:
    write_recording(folder / "day.floorlog")

    ran = floorwatch("record", "--past", "again.floorlog", "day.floorlog")

    assert ran.status == 1
    assert ran.complaints == ["floorwatch: day.floorlog: this is a recording already"]
    assert not (folder / "again.floorlog").exists()


def test_the_past_ends_by_itself(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("record", "--past", "--seconds", "3", "day.floorlog", log)

    assert ran.status == 2
    assert "--past ends with the last line that is there" in ran.err


@pytest.mark.parametrize("command", ["state", "report day", "feeds check"])
def test_whoever_reads_a_torn_recording_says_so(floorwatch: Run, folder: Path, command: str) -> None:
    whole = write_recording(folder / "day.floorlog").read_bytes()
    (folder / "torn.floorlog").write_bytes(whole[: whole.index(b"ABANDON")])

    ran = floorwatch(*command.split(), "torn.floorlog")

    assert ran.status == 0
    assert "torn" in ran.err + ran.out.replace("torn.floorlog", "")
