"""Wake-ups: they come when a file of interest changes, by events or by looking, and stop when nobody cares."""

import errno
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from floorwatch.feeds import wake as wake_module
from floorwatch.feeds.wake import Wake
from tests.feeds.log_files import append
from tests.patience import PATIENCE_SECONDS


@pytest.fixture
def wake() -> Wake:
    return Wake(poll_seconds=0.01)


def is_log(name: str) -> bool:
    return name.startswith("queue_log")


def test_a_change_wakes_who_cares_for_that_file(tmp_path: Path, wake: Wake) -> None:
    log, other = threading.Event(), threading.Event()
    first = wake.watch([tmp_path], is_log, log.set)
    second = wake.watch([tmp_path], lambda name: name == "other", other.set)
    append(tmp_path / "queue_log", b"a\n")
    assert log.wait(PATIENCE_SECONDS)
    assert not other.is_set()
    append(tmp_path / "other", b"a\n")
    assert other.wait(PATIENCE_SECONDS)
    assert not first.polling
    first.close()
    second.close()


def test_a_rename_wakes(tmp_path: Path, wake: Wake) -> None:
    append(tmp_path / "queue_log", b"a\n")
    woken = threading.Event()
    watch = wake.watch([tmp_path], is_log, woken.set)
    (tmp_path / "queue_log").rename(tmp_path / "gone")
    assert woken.wait(PATIENCE_SECONDS)
    watch.close()


def test_a_folder_made_later_is_watched_from_the_next_refresh(tmp_path: Path, wake: Wake) -> None:
    woken = threading.Event()
    folder = tmp_path / "later"
    watch = wake.watch([folder], is_log, woken.set)
    assert not watch.polling
    folder.mkdir()
    watch.refresh()
    append(folder / "queue_log", b"a\n")
    assert woken.wait(PATIENCE_SECONDS)
    watch.close()


def test_a_folder_made_anew_is_watched_from_the_next_refresh(tmp_path: Path, wake: Wake) -> None:
    woken = threading.Event()
    folder = tmp_path / "folder"
    folder.mkdir()
    watch = wake.watch([folder], is_log, woken.set)
    folder.rename(tmp_path / "old")
    folder.mkdir()
    watch.refresh()
    append(folder / "queue_log", b"a\n")
    assert woken.wait(PATIENCE_SECONDS)
    watch.close()


def test_without_watches_to_be_had_it_looks_and_says_so(
    tmp_path: Path, wake: Wake, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog.observers import Observer

    def none_left(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", none_left)
    woken = threading.Event()
    watch = wake.watch([tmp_path], is_log, woken.set)
    assert watch.polling
    append(tmp_path / "queue_log", b"a\n")
    assert woken.wait(PATIENCE_SECONDS)
    watch.close()


def test_a_network_file_system_is_looked_at(tmp_path: Path, wake: Wake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wake_module, "_file_system", lambda _path: "nfs4")
    woken = threading.Event()
    watch = wake.watch([tmp_path], is_log, woken.set)
    assert watch.polling
    append(tmp_path / "queue_log", b"a\n")
    assert woken.wait(PATIENCE_SECONDS)
    watch.close()


def test_nothing_is_left_running_when_the_last_watch_closes(tmp_path: Path, wake: Wake) -> None:
    before = set(threading.enumerate())
    watch = wake.watch([tmp_path], is_log, lambda: None)
    started = set(threading.enumerate()) - before
    assert started
    watch.close()
    watch.close()
    for thread in started:
        thread.join(PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in started)


def test_watchdog_is_not_imported_before_something_is_watched() -> None:
    code = "import sys, floorwatch.feeds.files, floorwatch.feeds.formats; sys.exit('watchdog' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
