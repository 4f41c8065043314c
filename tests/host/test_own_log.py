"""floorwatch's own log: small, of our own words, and nothing of a caller in it."""

import logging
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from floorwatch.engine.feeds_noted import Noted
from floorwatch.engine.house import slots_of
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.host import own_log
from floorwatch.host.failure import Failure
from floorwatch.host.health import HEALTHY, Health, HealthState, raised, returned
from floorwatch.host.log_file import FILE_BYTES, LogFileApart
from floorwatch.host.logbook import Logbook
from tests.engine.small_floor import house_in
from tests.patience import PATIENCE_SECONDS

NUMBER = "5550007714"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Logbook]:
    """The log, kept in a folder of this test; afterwards nowhere."""
    before = logging.getLogger("floorwatch.own").handlers
    yield own_log.keep_in(LogFileApart(lambda: tmp_path / "state" / "floorwatch.log"))
    logging.getLogger("floorwatch.own").handlers = before


def written(book: Logbook) -> str:
    """What stands in its file, once all does."""
    assert isinstance(book.file, LogFileApart)
    book.file.settle(PATIENCE_SECONDS)
    return book.file.path.read_text(encoding="utf-8") if book.file.path.exists() else ""


def failing() -> Exception:
    """An exception whose words and variables hold a number."""
    try:
        raise ValueError(f"no such caller as {NUMBER}: Zoë Ångström")
    except ValueError as error:
        return error


def test_before_it_is_kept_nothing_is_written_anywhere(capfd: pytest.CaptureFixture[str]) -> None:
    own_log.note("began", grave=True)
    own_log.crashed(failing())

    assert capfd.readouterr() == ("", "")


def test_a_line_has_its_time_and_its_words(book: Logbook) -> None:
    own_log.note("screen: opened\x1b[2J")

    assert written(book).endswith(" INFO screen: opened\ufffd[2J\n")


def test_a_crash_is_told_by_its_kind_and_places_and_never_in_its_words(book: Logbook) -> None:
    own_log.crashed(failing())

    said = written(book)
    assert "crashed: ValueError at test_own_log.py:" in said
    assert NUMBER not in said
    assert "Zoë" not in said


def test_a_panel_that_fails_is_told_once_and_by_its_places(book: Logbook) -> None:
    noted, (slot, *_others) = Noted(), slots_of(house_in())
    for now in range(3):
        slot.health = raised(slot.health, Failure.of(failing()), float(now))
        noted.look([], [slot])
    slot.health = returned(slot.health, 0.0, 4.0)
    noted.look([], [slot])
    slot.health = raised(HEALTHY, Failure.of(failing()), 5.0)
    noted.look([], [slot])

    lines = written(book).splitlines()
    assert len(lines) == 2
    assert f"plugin {slot.plugin}, panel {slot.name}: raised at test_own_log.py:" in lines[0]
    assert NUMBER not in written(book)


def test_a_panel_that_does_not_come_back_is_told(book: Logbook) -> None:
    (slot, *_others) = slots_of(house_in())
    slot.health = Health(HealthState.STALLED)
    Noted().look([], [slot])

    assert written(book).endswith("does not come back\n")


def test_what_becomes_of_a_feed_is_told_when_it_changes(book: Logbook) -> None:
    noted, feed = Noted(), FeedHealth("queue_log")
    for change in ({"state": "ok"}, {}, {"lines": 5}, {"rotations": 2}, {"possible_loss": 1}, {"polling": True}):
        for name, value in change.items():
            setattr(feed, name, value)
        noted.look([feed], [])
    feed.state, feed.reason = "lost", f"nothing stands at /var/{NUMBER}"
    noted.look([feed], [])

    assert [line.partition(" feed queue_log: ")[2] for line in written(book).splitlines()] == [
        "ok",
        "rotated, 2 in all",
        "lines may be lost, 1 times in all",
        "polled, the system does not tell when it grows",
        "lost (nothing stands at /var/********14)",
    ]


def test_its_file_is_of_its_user_alone_and_turned_over(book: Logbook) -> None:
    assert isinstance(book.file, LogFileApart)
    for _time in range(3):
        book.file.write("x" * (FILE_BYTES - 1) + "\n")
    written(book)

    folder = book.file.path.parent
    assert sorted(file.name for file in folder.iterdir()) == ["floorwatch.log", "floorwatch.log.1"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_disk_that_hangs_holds_up_nobody_who_writes(tmp_path: Path) -> None:
    free = threading.Event()

    def where() -> Path:
        free.wait(PATIENCE_SECONDS)
        return tmp_path / "floorwatch.log"

    file = LogFileApart(where)
    file.write("one\n")
    file.settle(0.0)
    assert not (tmp_path / "floorwatch.log").exists()

    free.set()
    file.settle(PATIENCE_SECONDS)
    assert (tmp_path / "floorwatch.log").read_text() == "one\n"
