"""`floorwatch watch` with `[recording]`, as processes: what a kill leaves, and what the next start makes of it."""

import json
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.cli.conftest import Run, Start
from tests.cli.small_log import LINES, line
from tests.cli.waiting import until, wait_for
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.slow

LONG = ("watch", "--headless", "--seconds", "60")

Process: TypeAlias = "subprocess.Popen[str]"


@pytest.fixture
def config(folder: Path, todays_log: Path) -> Path:
    """A floor of one feed, whose days are kept."""
    file = folder / "floor.toml"
    file.write_text(f'[feeds.queue_log]\npath = "{todays_log}"\n[recording]\nfolder = "kept"\n')
    return file


@pytest.fixture
def watch(started: Start, config: Path) -> Iterator[Callable[[], Process]]:
    """Begin to watch, in a process of its own; those that still do are killed in the end."""
    processes: list[Process] = []

    def begin() -> Process:
        processes.append(started("--config", config, *LONG))
        return processes[-1]

    yield begin
    for process in processes:
        process.kill()
        process.communicate(timeout=PATIENCE_SECONDS)


@pytest.fixture
def first(watch: Callable[[], Process], folder: Path) -> tuple[Process, Path]:
    """One that watches, and the file that it has begun."""
    process = watch()
    until(lambda: bool(kept(folder)), "a file")
    (day,) = kept(folder)
    wait_for(process, day, "WatchBegan")
    return process, day


def kept(folder: Path) -> list[Path]:
    """The recordings."""
    return sorted((folder / "kept").glob("*.floorlog"))


def test_a_killed_watch_leaves_every_line_and_the_next_one_begins_another_file(
    first: tuple[Process, Path],
    watch: Callable[[], Process],
    floorwatch: Run,
    todays_log: Path,
    an_hour_ago: int,
) -> None:
    process, day = first
    with todays_log.open("a") as log:
        log.write(line(3690, "c3|sales|NONE|ABANDON|1|1|90", an_hour_ago))
    wait_for(process, day, "ABANDON|1|1|90")
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=PATIENCE_SECONDS)

    assert day.read_bytes().endswith(b"\n")
    entries = [json.loads(each) for each in day.read_text().splitlines()[1:]]
    assert sum("line" in entry for entry in entries) == len(LINES) + 1
    (state,) = floorwatch("state", day, "--json").json
    assert state["total"]["waiting"] == 0

    again = day.with_name(f"{day.stem}-2.floorlog")
    wait_for(watch(), again, "WatchBegan")
    (same,) = floorwatch("state", again, "--at", state["at"], "--json").json
    assert same["total"] == state["total"]


def test_another_watch_goes_on_when_the_one_that_records_is_killed(
    first: tuple[Process, Path], watch: Callable[[], Process]
) -> None:
    process, day = first
    another = watch()
    process.send_signal(signal.SIGKILL)

    wait_for(another, day.with_name(f"{day.stem}-2.floorlog"), "WatchBegan")


def test_a_watch_of_feeds_of_the_command_line_keeps_nothing(
    floorwatch: Run, folder: Path, todays_log: Path, config: Path
) -> None:
    ran = floorwatch("--config", config, "watch", f"other={todays_log}", "--headless", "--seconds", "0.5")

    assert ran.status == 0
    assert not (folder / "kept").exists()
