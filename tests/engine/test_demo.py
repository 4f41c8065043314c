"""The demo floor: its feed, its people, and a journal of its own that fills as time passes."""

from pathlib import Path

import pytest

from floorwatch.engine.demo import LiveWriter, demo_floor, into_journal_file
from floorwatch.journal.opening import open_journal
from floorwatch.model.clock import VirtualClock
from floorwatch.model.events import Entered
from floorwatch.settings import JournalSettings, Settings
from floorwatch.simulate.output import Live, LiveEntries, entries
from floorwatch.simulate.plan import demo_plan
from floorwatch.simulate.staff import people

NOW = 1_773_110_467.0


class EndingClock(VirtualClock):
    """A clock that goes on to the next moment whenever it is read."""

    def now(self) -> float:
        self.move_to(super().now() + 600.0)
        return super().now()


def test_the_demo_has_a_grid_and_a_journal_with_the_past_in_it(tmp_path: Path) -> None:
    mine = tmp_path / "mine.db"
    folder = tmp_path / "demo"
    folder.mkdir()
    given = Settings(journal=JournalSettings(str(mine)))

    settings, people_file, feeds = demo_floor(given, folder, VirtualClock(NOW))

    assert settings.journal.url == str(folder / "journal.db")
    kept = open_journal(settings.journal.url).since(0)
    plan = demo_plan(NOW, "UTC")
    assert kept
    assert all(entry.at <= NOW for entry in kept)
    assert {entry.author for entry in kept} <= {who.name for who in people(plan)}
    assert len(settings.floor.grid.seats) == 60
    assert people_file.is_file()
    assert {name: Path(feed.path).is_file() for name, feed in feeds.items()} == dict.fromkeys(
        ("switch", "roster", "terminals"), True
    )
    assert settings.duty.minimums
    assert not mine.exists()


def test_what_falls_due_is_entered_as_time_passes_and_none_of_it_twice(tmp_path: Path) -> None:
    plan = demo_plan(NOW)
    some = [entry for entry, _number in zip(entries(plan), range(400), strict=False)]
    file = tmp_path / "journal.db"
    for _again in range(2):
        write = into_journal_file(file)
        floor = LiveEntries(plan)
        for moment in (NOW, NOW + 300, some[-1].at):
            write(floor.due(moment))

    kept = open_journal(str(file)).since(0)
    assert [entry.event for entry in kept[:400]] == some
    assert [entry.id for entry in kept] == list(dict.fromkeys(entry.id for entry in kept))


def test_a_journal_whose_folder_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    write = into_journal_file(folder / "journal.db")
    due = LiveEntries(demo_plan(NOW)).due(NOW)
    write(due[:5])
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()

    with pytest.raises(FileNotFoundError):
        write(due[5:])
    assert not folder.exists()


def test_what_a_locked_journal_could_not_take_is_entered_with_the_next(tmp_path: Path) -> None:
    file = tmp_path / "journal.db"
    due = LiveEntries(demo_plan(NOW)).due(NOW)
    file.mkdir()
    write = into_journal_file(file)
    write(due[:5])
    file.rmdir()
    write(due[5:8])

    assert [entry.event for entry in open_journal(str(file)).since(0)] == due[:8]


def test_a_writer_ends_with_its_plan() -> None:
    plan = demo_plan(NOW)
    short = [(entry.at, entry) for entry in LiveEntries(plan).due(NOW + 1200)]
    written: list[Entered] = []

    LiveWriter(EndingClock(NOW - 12_000), Live(iter(short)), written.extend).run()

    assert written == [entry for _at, entry in short]
