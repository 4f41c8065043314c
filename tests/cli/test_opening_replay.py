"""What `floorwatch replay` opens: recordings, plain feeds, and what is wrong with either, said in a line."""

import gzip
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path

import pytest
import typer

from floorwatch.cli.failing import WorkError
from floorwatch.cli.opening_replay import Opened, beginning, opened, rate_of
from floorwatch.cli.wishes import Wishes
from floorwatch.engine.moments import LATEST
from floorwatch.feeds.held import hold
from floorwatch.feeds.shapes import FeedError
from floorwatch.settings import SettingsError
from floorwatch.settings.find import replay_folder
from tests.cli.conftest import Run
from tests.cli.small_log import LINES, TEN, write_log, write_recording
from tests.cli.waiting import until
from tests.patience import PATIENCE_SECONDS

LAST_IN_LINE_SECONDS = 5 * PATIENCE_SECONDS
"""Alerts of a recording are looked for by a process that gives way to all others of the machine."""
FIRST, LAST = float(TEN), float(TEN + LINES[-1][0])

Open = Callable[..., Opened]


@pytest.fixture
def open_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open what is named by these words, as `replay` does; closed with the test."""
    tapes = []

    def open_words(*words: object, config: str = "", fmt: str | None = None) -> Opened:
        wishes = Wishes(Path(config) if config else None, journal="memory:")
        found = opened(wishes, wishes.house(), [str(word) for word in words], fmt)
        tapes.append(found.tape)
        return found

    yield open_words
    for tape in tapes:
        tape.close()


def whole(found: Opened) -> Opened:
    """The same, once everything of it is known."""
    until(lambda: found.tape.refresh().is_whole, "the keyframes", LAST_IN_LINE_SECONDS)
    return found


def lines_from(found: Opened, at: float) -> int:
    """How many entries the tape has from this moment on."""
    return sum(1 for entry in found.tape.open_at(at).entries if entry.received_at >= at)


def test_a_recording_begins_where_the_watch_did(open_it: Open, folder: Path) -> None:
    found = open_it(write_recording(folder / "day.floorlog"))

    assert found.tape.span == (FIRST, LAST)
    assert beginning(found, None) is None
    assert found.marks == folder / "day.floorlog.marks"


def test_a_plain_log_is_opened_as_a_recording_that_was_watched_from_its_first_line(
    open_it: Open, log: Path, folder: Path
) -> None:
    found = whole(open_it(log))

    assert found.tape.span == (FIRST, LAST)
    assert found.tape.begins_at == TEN
    assert found.tape.refresh().alerts_to == inf
    assert sorted(path.name for path in folder.iterdir()) == ["queue_log"]


def test_several_plain_feeds_are_one_replay(open_it: Open, folder: Path, log: Path) -> None:
    other = write_log(folder / "north_log", TEN + 7)
    found = whole(open_it(log, f"north={other}"))

    assert set(found.tape.health()) == {"queue_log", "north"}
    assert found.tape.span == (FIRST, LAST + 7)
    assert lines_from(found, TEN - 1) == 2 * len(LINES) + 1


def test_without_words_the_configured_feeds_are_replayed(open_it: Open, folder: Path, log: Path) -> None:
    (folder / "floor.toml").write_text(f'[feeds.main]\npath = "{log}"\n')

    assert set(open_it(config="floor.toml").tape.health()) == {"main"}
    with pytest.raises(SettingsError, match="no feed: give a file or folder"):
        open_it()


def test_a_recording_stands_alone(open_it: Open, folder: Path, log: Path) -> None:
    with pytest.raises(FeedError, match=r"day\.floorlog: a recording stands alone"):
        open_it(write_recording(folder / "day.floorlog"), log)


def test_what_was_written_out_is_used_again_until_the_log_grows(open_it: Open, log: Path) -> None:
    open_it(log).tape.close()
    (first,) = replay_folder().rglob("*.floorlog")
    written = first.stat().st_ino
    open_it(log).tape.close()
    assert [path.stat().st_ino for path in replay_folder().rglob("*.floorlog")] == [written]

    with log.open("a") as file:
        file.write(f"{TEN + 4000:.0f}|c3|sales|NONE|ABANDON|1|1|90\n")
    assert open_it(log).tape.span[1] == TEN + 4000
    assert len(list(replay_folder().rglob("*.floorlog"))) == 1
    assert first.exists() is False


def test_what_somebody_looks_at_stays_in_the_cache(open_it: Open, log: Path) -> None:
    open_it(log)
    (first,) = replay_folder().rglob("*.floorlog")
    with log.open("a") as file:
        file.write(f"{TEN + 4000:.0f}|c3|sales|NONE|ABANDON|1|1|90\n")
    open_it(log)

    assert first.exists()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (replay_folder(), *replay_folder().iterdir())}
    assert modes == {0o700}
    assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_a_replay_that_does_not_begin_lets_go_of_what_it_opened(
    floorwatch: Run, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("PYTHONUTF8", "1")
    ran = floorwatch("replay", log, "--at", "lunch")
    (folder,) = replay_folder().iterdir()
    handle = os.open(folder, os.O_RDONLY)
    is_free = hold(handle)
    os.close(handle)

    assert "10:40" in ran.err
    assert is_free


def test_marks_of_a_log_that_grows_stay_where_they_are(open_it: Open, log: Path, folder: Path) -> None:
    before = open_it(log).marks
    with log.open("a") as file:
        file.write(f"{TEN + 4000:.0f}|c3|sales|NONE|ABANDON|1|1|90\n")

    assert open_it(log).marks == before
    assert folder not in before.parents
    assert replay_folder() not in before.parents


# --- what is wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("prose", b"It was a dark and stormy night;\n", "prose: no known format, or nothing in it yet"),
        ("prose.floorlog", b"It was a dark and stormy night;\n", "prose.floorlog: not a recording: its first line"),
        ("empty", b"", "empty: no known format, or nothing in it yet"),
        ("empty.floorlog", b"", "empty.floorlog: an empty file, not a recording"),
        ("new.floorlog", b'{"floorlog": 2, "zone": "UTC"}\n', "new.floorlog: a recording of version 2"),
        ("torn.floorlog", b'{"floorlog":1,"zo', "torn.floorlog: a recording that was torn before anything stood"),
        ("bare.floorlog", b'{"floorlog":1,"zone":"UTC","feeds":{}}\n', "bare.floorlog: there is no line to read in it"),
        ("no.floorlog.gz", gzip.compress(b"1|2\n", mtime=0), "no.floorlog.gz: not a recording"),
        ("half.floorlog.gz", gzip.compress(b"x" * 99, mtime=0)[:12], "half.floorlog.gz: "),
    ],
)
def test_what_cannot_be_replayed_is_one_line(open_it: Open, folder: Path, name: str, content: bytes, said: str) -> None:
    (folder / name).write_bytes(content)

    with pytest.raises((FeedError, WorkError)) as refused:
        open_it(name)

    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


def test_a_folder_without_files_and_a_missing_file_are_one_line(open_it: Open, folder: Path) -> None:
    (folder / "days").mkdir()

    with pytest.raises(FeedError, match="days: there are no files in this folder"):
        open_it("days")
    for name in ("none", "none.floorlog"):
        with pytest.raises(FeedError, match=f"{name}: there is no such file"):
            open_it(name)


def test_a_torn_recording_opens_as_far_as_it_is_good_and_says_so(
    open_it: Open, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_recording(folder / "day.floorlog").read_bytes()
    (folder / "torn.floorlog").write_bytes(content[: content.index(b"ABANDON")])

    found = whole(open_it("torn.floorlog"))

    assert found.tape.span[1] == TEN + 2400
    assert capsys.readouterr().err == (
        "floorwatch: warning: torn.floorlog: the last line is torn, as a crash leaves it; all before it is read\n"
    )


def test_an_archive_that_was_cut_short_opens_as_far_as_it_goes_and_says_so(
    open_it: Open, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = gzip.compress(write_recording(folder / "day.floorlog").read_bytes())
    (folder / "cut.floorlog.gz").write_bytes(packed[: len(packed) * 2 // 3])

    found = whole(open_it("cut.floorlog.gz"))

    assert TEN <= found.tape.span[1] < TEN + LINES[-1][0]
    assert capsys.readouterr().err == (
        "floorwatch: warning: cut.floorlog.gz: the archive is damaged or cut short; all before that is read\n"
    )


def test_keyframes_of_another_recording_are_told_in_a_line_and_built_anew(
    open_it: Open, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole(open_it(write_recording(folder / "one.floorlog"))).tape.close()
    write_log(folder / "two", TEN + 9000)
    (folder / "one.floorlog").unlink()
    (folder / "one.floorlog").write_bytes(
        write_recording(folder / "other.floorlog").read_bytes().replace(b"support", b"billing")
    )

    found = whole(open_it("one.floorlog"))

    opened_at = found.tape.open_at(TEN + 100)
    for entry in opened_at.entries:
        for event in entry.events:
            opened_at.floor.apply(event, entry.feed)
    assert "support" not in opened_at.floor.snapshot(TEN + 3600).queues
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert said[0].endswith("one.floorlog.keyframes: keyframes of another recording: built anew")


@pytest.mark.parametrize("at", ["09:58", "11:01", "2026-11-20T10:30", "+2h", "-30s"])
def test_a_moment_outside_is_one_line_that_says_what_is_inside(open_it: Open, folder: Path, at: str) -> None:
    found = open_it(write_recording(folder / "day.floorlog"))

    with pytest.raises(WorkError) as refused:
        beginning(found, at)

    assert str(refused.value).startswith(f"{folder}/day.floorlog: there is nothing of 2026-11-2")
    assert str(refused.value).endswith(" in it: it goes from 2026-11-21 10:00:00 to 2026-11-21 11:00:00")


@pytest.mark.parametrize(
    ("at", "after"),
    [("10:40", 2400), ("+5m", 300), ("+30s", 30), ("2026-11-21T10:40:30", 2430), (str(TEN + 60), 60), ("11:00", 3600)],
)
def test_a_replay_begins_at_moments_that_one_may_go_to(open_it: Open, folder: Path, at: str, after: float) -> None:
    assert beginning(open_it(write_recording(folder / "day.floorlog")), at) == TEN + after


def test_what_is_no_moment_is_said_in_words(open_it: Open, folder: Path) -> None:
    found = open_it(write_recording(folder / "day.floorlog"))

    for words in ("lunch", "", "25:00", str(LATEST * 10)):
        with pytest.raises(WorkError, match="10:40"):
            beginning(found, words)


def test_rates_are_numbers_or_as_fast_as_it_goes() -> None:
    assert [rate_of(text) for text in ("1", "0.5", "600", "max")] == [1.0, 0.5, 600.0, inf]


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "4000", "fast", ""])
def test_what_is_no_rate_is_wrong_usage(text: str) -> None:
    with pytest.raises(typer.BadParameter, match=r"is no rate: write a number from 0\.01 to 3600, or max"):
        rate_of(text)
