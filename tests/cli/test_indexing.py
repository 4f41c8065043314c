"""`floorwatch index`: keyframes of a recording, beforehand."""

import signal
from pathlib import Path

import pytest

from floorwatch.engine.keyframes.place import place_of
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.model.events import WatchBegan
from tests.cli.conftest import Run, Start
from tests.cli.small_log import LINES, TEN, write_recording
from tests.cli.waiting import until
from tests.patience import PATIENCE_SECONDS


def test_it_says_what_it_built_in_one_line(floorwatch: Run, folder: Path) -> None:
    write_recording(folder / "day.floorlog")

    ran = floorwatch("index", "day.floorlog")

    keyframes = folder / "day.floorlog.keyframes"
    said = f"{keyframes}: {len(LINES)} entries, 0 frames, 1 alerts, {keyframes.stat().st_size} bytes, "
    assert ran.status == 0
    assert ran.err == ""
    assert ran.out.startswith(said)
    assert ran.out.endswith(" s\n")
    assert ran.out.count("\n") == 1
    assert keyframes.stat().st_mode & 0o777 == 0o600


def test_what_is_there_is_left_unless_it_is_wanted_again(floorwatch: Run, folder: Path) -> None:
    write_recording(folder / "day.floorlog")
    floorwatch("index", "day.floorlog")

    left, again = floorwatch("index", "day.floorlog"), floorwatch("index", "day.floorlog", "--again")

    assert left.out == f"{folder / 'day.floorlog.keyframes'}: all of it is there; --again builds it anew\n"
    assert " entries, " in again.out
    assert (left.status, again.status) == (0, 0)


def test_a_recording_that_is_torn_is_built_as_far_as_it_is_good_and_that_is_said(floorwatch: Run, folder: Path) -> None:
    file = write_recording(folder / "day.floorlog")
    with file.open("ab") as torn:
        torn.write(b'{"received_at":17952')

    ran = floorwatch("index", "day.floorlog")

    assert ran.status == 0
    assert ran.out.startswith(f"{place_of(file)}: {len(LINES)} entries, ")
    assert ran.complaints == [
        "floorwatch: warning: day.floorlog: the last line is torn, as a crash leaves it; all before it is read"
    ]


def test_other_settings_are_other_keyframes(floorwatch: Run, folder: Path) -> None:
    write_recording(folder / "day.floorlog")
    (folder / "strict.toml").write_text("[service]\nseconds = 5\n")
    floorwatch("index", "day.floorlog")

    assert " entries, " in floorwatch("index", "day.floorlog", "--config", "strict.toml").out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nothing.floorlog", None, "nothing.floorlog: there is no such file"),
        ("queue_log", "1795255200|NONE|NONE|NONE|QUEUESTART|\n", "queue_log: not a recording"),
        ("empty.floorlog", "", "empty.floorlog: an empty file, not a recording"),
    ],
)
def test_what_is_no_recording_is_said_in_one_line(
    name: str, content: str | None, said: str, floorwatch: Run, folder: Path
) -> None:
    if content is not None:
        (folder / name).write_text(content)

    ran = floorwatch("index", name)

    assert ran.status == 1
    assert len(ran.complaints) == 1
    assert ran.err.startswith(f"floorwatch: {said}")
    assert not place_of(folder / name).exists()


def test_what_somebody_keeps_under_that_name_is_left_to_them(floorwatch: Run, folder: Path) -> None:
    file = write_recording(folder / "day.floorlog")
    place_of(file).write_text("dear to somebody")

    ran = floorwatch("index", "day.floorlog", "--again")

    assert ran.status == 1
    assert "not a file of keyframes" in ran.err
    assert place_of(file).read_text() == "dear to somebody"


def test_no_recording_named_is_wrong_usage(floorwatch: Run) -> None:
    assert floorwatch("index").status == 2


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ended_on_the_way_it_leaves_what_it_had(
    number: signal.Signals, status: int, started: Start, folder: Path
) -> None:
    file = folder / "long.floorlog"
    writer = RecordingWriter(file, "UTC", {"queue_log": RecordedFeed("asterisk-queue-log")})
    for at in (TEN, TEN + 150 * 86_400.0):
        writer.append(RecordedEvent("", at, WatchBegan(at)))
    writer.close()
    process = started("index", file)
    until(lambda: process.poll() is not None or place_of(file).exists(), "keyframes")

    process.send_signal(number)
    said, complaints = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == status
    assert (said, complaints) == ("", "")
    assert place_of(file).exists()
