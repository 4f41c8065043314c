"""Documents as feeds: each given whole when it has stood still, again when its bytes have changed, and never torn."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from floorwatch.feeds.documents import STILL_SECONDS, DocumentFeed, DocumentLine
from floorwatch.feeds.files import FileSource, OpenDocuments
from floorwatch.feeds.shapes import FeedError
from floorwatch.feeds.wake import Wake
from floorwatch.feeds.whole_file import MOST_BYTES
from tests.patience import PATIENCE_SECONDS

NOW = 4_000_000_000.0
"""Long after any file of a test was written: all of them have stood still."""


class Desk:
    """Somebody who looks at a feed of documents now and then, and judges what it gives."""

    def __init__(
        self, path: Path, *, follow: bool = True, refuses: Callable[[bytes], bool] = lambda _raw: False
    ) -> None:
        self.woken = threading.Event()
        self._opened: OpenDocuments = FileSource(Wake(0.01)).open_documents(
            str(path), "roster", self.woken.set, lambda line: not line.raw.startswith(b"stranger"), follow=follow
        )
        self.feed = self._opened.feed
        self.now = NOW
        self._refuses = refuses

    def look(self, later: float = 0.0) -> list[DocumentLine]:
        """What is given now, or `later` seconds from the last look."""
        self.now += later
        found: list[DocumentLine] = []
        while True:
            for line in self.feed.drain(self.now):
                assert isinstance(line, DocumentLine)
                found.append(line)
                self._opened.judged(line, "of no use" if self._refuses(line.raw) else None)
            if self.feed.caught_up:
                return found

    def given(self, later: float = 0.0) -> list[tuple[str, bytes]]:
        """Name and content of what is given now, once all stands still."""
        return [(line.name, line.raw) for line in (*self.look(later), *self.look(STILL_SECONDS))]

    @property
    def state(self) -> tuple[str, str]:
        """In one word, and why."""
        return self.feed.health.state, self.feed.health.reason


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(b"first")
    return path


def test_what_is_there_is_given_at_once_and_once(roster: Path) -> None:
    desk = Desk(roster)

    (line,) = desk.look()

    assert (line.name, line.raw, line.feed, line.backfill) == ("roster.xlsx", b"first", "roster", True)
    assert line.modified_at == roster.stat().st_mtime_ns / 1e9
    assert line.received_at == NOW
    assert desk.given(60) == []
    assert desk.state == ("ok", "")


def test_a_change_is_given_when_it_has_stood_still_for_a_look(roster: Path) -> None:
    desk = Desk(roster)
    desk.look()
    roster.write_bytes(b"sec")

    assert desk.look(1.0) == []
    roster.write_bytes(b"second")
    assert desk.look(1.0) == []
    (line,) = desk.look(1.0)

    assert (line.raw, line.backfill) == (b"second", False)


def test_looks_in_quick_succession_are_one(roster: Path) -> None:
    desk = Desk(roster)
    desk.look()
    roster.write_bytes(b"second")

    assert [desk.look(later) for later in (1.0, 0.001, 0.1)] == [[], [], []]
    assert len(desk.look(STILL_SECONDS)) == 1


def test_what_was_just_written_before_the_watch_waits_for_a_second_look(roster: Path) -> None:
    desk = Desk(roster)
    desk.now = roster.stat().st_mtime + 0.01

    assert desk.look() == []
    assert desk.state == ("waiting", "just being saved")
    assert len(desk.look(1.0)) == 1


def test_a_clock_that_was_set_back_holds_nothing_up(roster: Path) -> None:
    desk = Desk(roster)
    desk.look()
    roster.write_bytes(b"second")
    desk.look(1.0)

    assert len(desk.look(-3600.0)) == 1


def test_the_same_bytes_are_not_given_again_whatever_their_time_says(roster: Path) -> None:
    desk = Desk(roster)
    desk.look()
    os.utime(roster, (1, 1))
    assert desk.given(1.0) == []
    roster.write_bytes(b"first")
    assert desk.given(1.0) == []
    assert desk.state == ("ok", "")


def test_a_change_that_hides_its_size_and_time_is_seen(roster: Path) -> None:
    desk = Desk(roster)
    desk.look()
    before = roster.stat()
    roster.write_bytes(b"FIRST")
    os.utime(roster, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert desk.given(1.0) == [("roster.xlsx", b"FIRST")]


def test_a_file_that_takes_its_place_is_given(roster: Path) -> None:
    desk = Desk(roster)
    desk.look()
    new = roster.with_name("~new.tmp")
    new.write_bytes(b"second")
    new.replace(roster)

    assert desk.given(1.0) == [("roster.xlsx", b"second")]


def test_one_that_goes_away_stays_as_it_was_and_comes_back(roster: Path) -> None:
    desk = Desk(roster)
    desk.look()
    roster.unlink()

    assert desk.given(1.0) == []
    assert desk.state == ("lost", "roster.xlsx is gone: what it said last still holds")
    roster.write_bytes(b"first")
    assert desk.given(1.0) == []
    assert desk.state == ("ok", "")
    roster.unlink()
    desk.look(1.0)
    roster.write_bytes(b"second")
    assert desk.given(1.0) == [("roster.xlsx", b"second")]


def test_one_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "none" / "roster.xlsx"
    desk = Desk(path)

    assert desk.look() == []
    assert desk.state == ("waiting", f"{path} is not there yet")
    path.parent.mkdir()
    path.write_bytes(b"new")
    assert desk.given(1.0) == [("roster.xlsx", b"new")]
    assert not desk.look(1.0)


def test_a_link_is_followed_and_a_change_of_its_target_is_seen(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"real{number}").write_bytes(b"%d" % number)
    link = tmp_path / "roster.xlsx"
    link.symlink_to(tmp_path / "real1")
    desk = Desk(link)
    assert desk.given() == [("roster.xlsx", b"1")]
    link.unlink()
    link.symlink_to(tmp_path / "real2")
    assert desk.given(1.0) == [("roster.xlsx", b"2")]
    (tmp_path / "real2").unlink()
    desk.look(1.0)
    assert desk.state == ("lost", f"{link} is a link to a file that is not there")


def test_one_that_may_not_be_read_says_so_and_is_read_once_it_may(unprivileged: Path) -> None:
    path = unprivileged / "roster.xlsx"
    path.write_bytes(b"first")
    path.chmod(0)
    desk = Desk(path)

    assert desk.look() == []
    assert desk.state == ("waiting", f"{path}: no permission to read it: let this user read it")
    assert desk.feed.health.lacks == "permission"
    path.chmod(0o600)
    assert desk.given(1.0) == [("roster.xlsx", b"first")]


def test_one_that_may_no_longer_be_read_stays_as_it_was(unprivileged: Path) -> None:
    path = unprivileged / "roster.xlsx"
    path.write_bytes(b"first")
    desk = Desk(path)
    desk.look()
    path.chmod(0)

    assert desk.given(1.0) == []
    assert desk.state == ("lost", f"{path}: no permission to read it: let this user read it")
    path.chmod(0o600)
    assert desk.given(1.0) == []
    assert desk.state == ("ok", "")


def test_one_that_is_refused_is_counted_and_not_read_again_until_it_changes(roster: Path) -> None:
    desk = Desk(roster, refuses=lambda raw: raw == b"torn")
    desk.look()
    roster.write_bytes(b"torn")

    assert desk.given(1.0) == [("roster.xlsx", b"torn")]
    assert desk.state == ("failed", "roster.xlsx: of no use")
    assert desk.feed.health.rejected == {"of no use": 1}
    assert desk.feed.health.rejected_lines == [(0, "of no use", b"roster.xlsx")]
    roster.touch()
    assert desk.given(1.0) == []
    assert desk.state[0] == "failed"
    roster.write_bytes(b"first")
    assert desk.given(1.0) == []  # what it said before still holds
    assert desk.state == ("ok", "")


def test_a_file_of_many_gigabytes_is_refused_before_it_is_read(roster: Path) -> None:
    os.truncate(roster, MOST_BYTES + 1)
    desk = Desk(roster)

    assert desk.look() == []
    assert desk.state == ("failed", "roster.xlsx: 64 MiB is too large for a document: up to 64 MiB are read")
    assert desk.look(60) == []
    assert list(desk.feed.health.rejected.values()) == [1]


def test_a_folder_gives_all_its_documents_by_name_and_one_at_a_time(tmp_path: Path) -> None:
    for name in ("c.xlsx", "a.xlsx", "b.xlsx", "~$a.xlsx", ".~lock.a.xlsx#", "b.xlsx.tmp", "a.xlsx~"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "more").mkdir()
    desk = Desk(tmp_path)

    assert [len(desk.feed.drain(NOW)) for _ in range(4)] == [1, 1, 1, 0]
    desk = Desk(tmp_path)
    assert [name for name, _raw in desk.given()] == ["a.xlsx", "b.xlsx", "c.xlsx"]


def test_a_pattern_gives_what_it_names_and_what_comes_later(tmp_path: Path) -> None:
    (tmp_path / "11.xlsx").write_bytes(b"11")
    (tmp_path / "11.csv").write_bytes(b"other")
    desk = Desk(tmp_path / "*.xlsx")
    assert desk.given() == [("11.xlsx", b"11")]
    (tmp_path / "12.xlsx").write_bytes(b"12")
    assert desk.given(1.0) == [("12.xlsx", b"12")]


def test_strangers_in_a_plain_folder_are_left_alone_until_they_are_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"stranger")
    desk = Desk(tmp_path)
    assert desk.given() == []
    assert desk.state == ("waiting", "there are no documents yet")
    (tmp_path / "a.txt").write_bytes(b"ours")
    assert desk.given(1.0) == [("a.txt", b"ours")]


def test_of_one_that_was_renamed_what_it_said_is_withdrawn(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"a")
    desk = Desk(tmp_path)
    desk.look()
    (tmp_path / "a.xlsx").rename(tmp_path / "b.xlsx")

    lines = [*desk.look(1.0), *desk.look(1.0), *desk.look(1.0)]

    assert [(line.name, line.gone, line.raw) for line in lines] == [("b.xlsx", False, b"a"), ("a.xlsx", True, b"")]
    assert desk.state == ("ok", "")


def test_of_several_that_one_cannot_be_read_is_said_and_the_others_are(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_bytes(name.encode())
    desk = Desk(tmp_path, refuses=lambda raw: raw in (b"a", b"c"))
    desk.look()

    assert desk.state == ("ok", "a: of no use; and 1 more")


def test_a_folder_of_many_is_given_whole(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number:03}.csv").write_bytes(b"%d" % number)
    desk = Desk(tmp_path)
    assert len(desk.given()) == 300
    (tmp_path / "007.csv").write_bytes(b"changed")
    assert desk.given(1.0) + desk.given(1.0) == [("007.csv", b"changed")]


def test_a_folder_that_goes_away_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "rosters"
    desk = Desk(folder / "*.xlsx")
    desk.look()
    assert desk.state == ("waiting", f"{folder}: No such file or directory")
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"a")
    assert desk.given(1.0) == [("a.xlsx", b"a")]
    folder.rename(tmp_path / "away")
    desk.look(1.0)
    assert desk.state == ("lost", f"{folder}: No such file or directory")


def test_how_much_has_been_read_is_known_while_more_is_to_come(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        (tmp_path / name).write_bytes(b"1234567890")
    opened = FileSource().open_documents(str(tmp_path), "roster", lambda: None, lambda _line: True)
    health, seen = opened.feed.health, []
    while lines := opened.feed.drain(NOW):
        seen.append((health.state, health.bytes_read, health.bytes_total))
        for line in lines:
            assert isinstance(line, DocumentLine)
            opened.judged(line, None)

    assert seen == [("reading", 10 * number, 40) for number in range(4)]
    assert (health.state, health.bytes_read, health.bytes_total, health.lines) == ("ok", 40, 40, 4)


def test_without_following_it_is_as_it_lies_there_read_when_it_was_written(roster: Path) -> None:
    desk = Desk(roster, follow=False)
    desk.now = roster.stat().st_mtime

    (line,) = desk.look()

    assert line.received_at == line.modified_at
    assert desk.state == ("ended", "")


def test_without_following_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="there is no such file"):
        Desk(tmp_path / "none.xlsx", follow=False)


def test_a_change_wakes_whoever_reads_it(roster: Path) -> None:
    desk = Desk(roster)
    desk.look()
    desk.look(1.0)
    desk.woken.clear()
    roster.write_bytes(b"second")

    assert desk.woken.wait(PATIENCE_SECONDS)
    desk.feed.close()


def test_a_pipe_holds_nobody_up(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    desk = Desk(path)
    os.mkfifo(path)

    assert desk.given(1.0) == []
    assert desk.state[0] == "failed"
    assert "pipe" in desk.state[1]


def test_one_that_is_saved_while_it_is_read_is_not_given(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = os.read

    def saved_meanwhile(fd: int, size: int) -> bytes:
        monkeypatch.setattr(os, "read", read)
        block = read(fd, size)
        roster.write_bytes(b"saved meanwhile")
        return block

    feed = DocumentFeed(lambda: [str(roster)], "roster")
    monkeypatch.setattr(os, "read", saved_meanwhile)

    assert feed.drain(NOW) == []
    assert feed.drain(NOW + 0.1) == []
    (line,) = feed.drain(NOW + 1)
    assert line.raw == b"saved meanwhile"
