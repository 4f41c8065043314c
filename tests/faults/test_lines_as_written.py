"""Faults 55, 56, 59 to 63 and 68: lines of an odd shape, files that are locked, many or too fast, a reader that stood
still, hostile names, and who is who."""

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

import pytest

from floorwatch.engine.diagnosis_house import people_found
from floorwatch.engine.handover import BATCHES_AHEAD, Batch, HandOver
from floorwatch.engine.intake import BATCH_LINES, Intake
from floorwatch.engine.opening import live_feed
from floorwatch.feeds.files import FileSource
from floorwatch.feeds.wake import NoWake
from floorwatch.settings import FeedSettings
from tests.faults.stage import CAPTURE, FEED, FORMAT, Stage
from tests.faults.three_ways import Figures, Read, a_call, compared, figures, read, written
from tests.patience import PATIENCE_SECONDS

ENTRY = "c1|support|NONE|ENTERQUEUE||5550001|1"


# --- 55: columns too many --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bars", [b"|", b"|||"])
def test_fault_55_empty_columns_behind_every_line_of_a_log_change_nothing(captured: Stage, bars: bytes) -> None:
    log = captured.folder / "barred"
    log.write_bytes(CAPTURE.read_bytes().replace(b"\n", bars + b"\n"))

    found, plain = (captured.state(path) for path in (log, CAPTURE))
    assert compared(found) == compared(plain)
    assert found["feeds"][FEED]["rejected"] == {}


def test_fault_55_a_bar_in_the_data_of_a_transfer_is_read_from_the_right(stage: Stage) -> None:
    entry = ((-100, ENTRY), (-95, "c1|support|Ann|CONNECT|5|x|2"))
    found = read(stage, *entry, (-75, "c1|support|Ann|BLINDTRANSFER|60|0|ctx|5|20|1"))

    assert found.of() == Figures(1, 1, 0, 0, 1)
    assert found.state["queues"]["support"]["talk_seconds_mean"] == 20


# --- 56: unknown events ----------------------------------------------------------------------------------------------


def test_fault_56_unknown_events_are_counted_by_name_and_change_nothing_else(stage: Stage) -> None:
    found = read(stage, *a_call("c1", -100), (-50, "c1|support|Ann|SURVEY|5"), (-40, "NONE|NONE|NONE|SURVEY|"))

    assert found.unknown == {"SURVEY": 2}
    assert found.of() == Figures(1, 1, 0, 0, 1)
    assert found.misfits == found.rejected == {}


def test_fault_56_a_feed_that_makes_up_words_fills_no_memory_with_them(stage: Stage) -> None:
    """Whoever can write a line can make one up: names are cut, and their number has an end."""
    stage.write(b"".join(written(stage, (-10, f"c|q|Ann|{'X' * 3000}{n}|")) for n in range(300)))
    stage.write(b"".join(written(stage, (-9, f"c|q|Ann|WORD{n}|")) for n in range(700)))
    found = Read(stage.watch().state())

    assert sum(found.unknown.values()) == 1000
    assert len(found.unknown) <= 201
    assert max(map(len, found.unknown)) <= 64


# --- 59: a lock ------------------------------------------------------------------------------------------------------

LOCKING = "import fcntl, sys; f = open(sys.argv[1], 'ab'); fcntl.lockf(f, fcntl.LOCK_EX); print(1, flush=True); input()"


def test_fault_59_a_log_that_its_writer_holds_locked_is_read_and_its_locks_stand(stage: Stage) -> None:
    stage.says(4)
    command = [sys.executable, "-S", "-c", LOCKING, str(stage.log)]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer,
        stage.log.open("ab") as mine,
    ):
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"1\n"
        fcntl.flock(mine, fcntl.LOCK_EX)

        followed = stage.follow()
        stage.says(4)
        stage.pass_time(1)
        assert followed.lines == stage.said
        with pytest.raises(BlockingIOError):
            fcntl.lockf(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
        writer.communicate(b"\n")


# --- 60: a reader that is too slow -----------------------------------------------------------------------------------


class SlowLoop:
    """The taking end of a hand-over, which takes when it is told to."""

    def __init__(self) -> None:
        self.hand_over = HandOver()
        self._there = threading.Semaphore(0)
        self.hand_over.notify(self._there.release)

    def wait_for(self, batches: int) -> None:
        """Wait until so many more were put."""
        for _batch in range(batches):
            assert self._there.acquire(timeout=PATIENCE_SECONDS)

    def take(self) -> Batch:
        """The next one."""
        batch = self.hand_over.take()
        assert batch is not None
        return batch


def test_fault_60_a_loop_that_stands_still_holds_the_reader_and_not_the_lines(stage: Stage) -> None:
    lines = 30_000
    raw = written(stage, (-9, "c|support|NONE|ENTERQUEUE||5550001|1"))
    stage.log.touch()
    feed = live_feed(
        stage.house, FileSource(NoWake()), FEED, FeedSettings(str(stage.log), FORMAT), stage.clock.at, lambda: None
    )
    feed.feed.drain(stage.clock.at)
    stage.write(raw * lines)
    loop = SlowLoop()
    intake = Intake(
        feed.feed, lambda entries: [feed.decoder.decode(line) for line in entries], stage.clock, loop.hand_over
    )
    intake.start()
    loop.wait_for(BATCHES_AHEAD)

    most = (BATCHES_AHEAD + 1) * BATCH_LINES
    taken = 0
    for _batch in range(3):
        assert feed.feed.health.lines <= taken + most
        assert feed.feed.health.bytes_left is not None
        assert feed.feed.health.bytes_left > stage.log.stat().st_size // 2
        taken += len(loop.take().items)
        loop.wait_for(1)
    while taken < lines:
        taken += len(loop.take().items)
        loop.wait_for(1)
    intake.stop()
    while loop.hand_over.take() is not None:
        pass
    assert taken == lines
    assert feed.feed.health.bytes_left == 0


# --- 61: ten thousand files ------------------------------------------------------------------------------------------


def open_files() -> int:
    """How many this process has open."""
    return sum(1 for _file in Path("/proc/self/fd").iterdir())


@pytest.mark.slow
def test_fault_61_ten_thousand_files_are_one_feed_with_few_of_them_open(stage: Stage) -> None:
    folder = stage.folder / "many"
    folder.mkdir()
    for n in range(10_000):
        (folder / f"pbx-{n}.log").write_bytes(written(stage, (-9000 + n // 2, f"c{n}|support|NONE|ENTERQUEUE||{n}|1")))

    before, most = open_files(), 0
    followed = live_feed(
        stage.house, FileSource(NoWake()), FEED, FeedSettings(f"{folder}/*.log", FORMAT), stage.clock.at, lambda: None
    ).feed
    times: list[float] = []
    while True:
        came = [line.received_at for line in followed.drain(stage.clock.at)]
        times += came
        most = max(most, open_files() - before)
        if followed.caught_up:
            break
    assert len(times) == 10_000
    assert times == sorted(times)
    assert most <= 80

    for n in range(0, 10_000, 100):
        stage.write(written(stage, (0, f"c{n}|support|NONE|ABANDON|1|1|1")), to=folder / f"pbx-{n}.log")
    came_later = 0
    while came_later < 100:
        stage.clock.at += 1
        came_later += len(followed.drain(stage.clock.at))
        most = max(most, open_files() - before)
    followed.close()
    assert came_later == 100
    assert most <= 80


# --- 62: a reader that stood still -----------------------------------------------------------------------------------


def grown_past(stage: Stage) -> None:
    """Truncated, and written to beyond where it was (fault 4)."""
    size = stage.log.stat().st_size
    os.truncate(stage.log, 0)
    while stage.log.stat().st_size <= size:
        stage.says(5)


def same_size(stage: Stage) -> None:
    """Written anew, as long as it was (fault 5)."""
    size = stage.log.stat().st_size
    os.truncate(stage.log, 0)
    stage.says(3)
    rest = size - stage.log.stat().st_size
    line = f"{stage.clock.at:.0f}|NONE|NONE|NONE|INFO|".encode()
    stage.said.append(line.ljust(rest - 1, b"x"))
    stage.write(stage.said[-1] + b"\n")


def rotated(stage: Stage) -> None:
    """Renamed, and made anew (fault 1)."""
    stage.says(3)
    stage.rotate()
    stage.says(4)


@pytest.mark.slow
def test_fault_62_a_watch_that_was_stopped_catches_up_exactly(stage: Stage) -> None:
    stage.says(30)
    process = stage.process()
    process.until_lines(30)
    for done_meanwhile in (grown_past, same_size, rotated):
        process.stop()
        done_meanwhile(stage)
        process.go_on()
        process.until_lines(len(stage.said))

    stage.says(2)
    state = process.until_lines(len(stage.said))
    truth = stage.truth(at=state["at"])
    assert state["feeds"][FEED]["lines"] == len(stage.said)
    assert state["calls"] == truth["calls"]
    assert {name: figures(queue) for name, queue in state["queues"].items()} == {
        name: figures(queue) for name, queue in truth["queues"].items()
    }


# --- 63: names that want to be more ----------------------------------------------------------------------------------

NAMES = {
    "escape": "\x1b[2J\x1b]0;owned\x07Li",
    "c1": "\x9b31mLi",
    "markup": "[@click=app.quit]Li[/]",
    "right to left": "\u202eiL\u2066\u200f",
    "zero width": "L\u200b\u2060i\ufeff",
    "carriage return": "Li\rMei",
    "formula": "=HYPERLINK(1)",
    "separator": "Li\u2028Mei",
    "bytes": "Li\udc9b\udcff",
}


def words_in(value: object) -> Iterator[str]:
    """Every text in a state, keys as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield str(key)
            yield from words_in(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from words_in(each)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_fault_63_a_hostile_name_is_shown_inert_wherever_it_stands_and_costs_no_event(stage: Stage, name: str) -> None:
    words = (
        (-100, f"c1|support|NONE|ENTERQUEUE||5550001|1|{name}"),
        (-95, f"c1|support|{name}|CONNECT|5|x|2"),
        (-90, f"{name}|support|NONE|ENTERQUEUE||{name}|1"),
        (-85, f"NONE|{name}|{name}|PAUSE|{name}"),
        (-80, f"NONE|support|{name}|{name}|"),
    )
    lines = [
        written(stage, (at, "")).rstrip(b"\n") + each.encode("utf-8", "surrogateescape") + b"\n" for at, each in words
    ]
    found = read(stage, *lines)

    assert found.of() == Figures(2, 1, 0, 1, 0)
    assert sum((found.rejected | found.unknown).values()) == 1
    alive = [
        word for word in words_in(found.state) if any(category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in word)
    ]
    assert alive == []


def test_fault_63_a_line_forged_by_a_name_is_one_event_of_that_feed_and_acts_on_nothing(stage: Stage) -> None:
    """Whoever calls in as "x NEWLINE 179...|NONE|NONE|NONE|QUEUESTART|" writes a restart into the log: it is believed,
    since nothing tells it from a real one. The open calls are lost, and what they do from then on does not fit."""
    forged = written(stage, (-90, "NONE|NONE|NONE|QUEUESTART|"))
    found = read(
        stage,
        (-100, "c0|support|NONE|ENTERQUEUE||5550000|1"),
        written(stage, (-90, "c1|support|NONE|ENTERQUEUE||5550001|1|x")) + forged,
        (-80, "c0|support|Ann|CONNECT|20|y|3"),
        (-60, "c0|support|Ann|COMPLETECALLER|20|20|1"),
    )

    assert found.of() == Figures(2, 0, 0, 0, 1, {"restart": 2})
    assert found.misfits == {"answer without entry": 1}
    assert found.rejected == {}


def test_fault_63_a_forged_line_that_says_nothing_is_refused_and_counted(stage: Stage) -> None:
    found = read(
        stage, (-90, "c1|support|NONE|ENTERQUEUE||5550001|1|x\nrm -rf /; `reboot`"), (-80, ENTRY.replace("c1", "c2"))
    )

    assert found.of() == Figures(2, 0, 0, 2, 0)
    assert found.rejected == {"fewer than five fields": 1}


# --- 68: who is who --------------------------------------------------------------------------------------------------

PEOPLE = """interface,name,employee,seat,team
PJSIP/2001,Wang Fang,4001,A01,Blue
PJSIP/2002,Wang Fang,4002,A02,Blue
PJSIP/2003,李雷,4003,A03,Red
"""


@pytest.fixture
def known(stage: Stage) -> Stage:
    """A stage whose house knows three people, of whom two have one name."""
    file = stage.folder.with_name("people.csv")
    file.write_text(PEOPLE, encoding="utf-8")
    with stage.config.open("a", encoding="utf-8") as config:
        config.write('[people]\nfile = "people.csv"\n')
    return stage


def test_fault_68_one_person_under_interface_name_and_number_is_one(known: Stage) -> None:
    found = read(
        known,
        (-120, "NONE|support|PJSIP/2003|ADDMEMBER|"),
        *a_call("c1", -100, agent="李雷"),
        *a_call("c2", -70, agent="4003"),
        (-20, "NONE|support|PJSIP/2003|PAUSE|tea"),
    )

    assert set(found.state["agents"]) == {"4003"}
    assert found.agent("4003") == "paused"
    assert found.state["agents"]["4003"]["name"] == "李雷"
    assert found.total == Figures(2, 2, 0, 0, 2)


def test_fault_68_a_name_that_two_share_is_whoever_is_a_member_there_and_else_nobody(known: Stage) -> None:
    found = read(
        known,
        (-120, "NONE|support|PJSIP/2001|ADDMEMBER|"),
        *a_call("c1", -100, agent="Wang Fang"),
        (-70, "NONE|support|PJSIP/2002|ADDMEMBER|"),
        (-60, "c2|support|NONE|ENTERQUEUE||5550002|1"),
        (-55, "c2|support|Wang Fang|CONNECT|5|x|2"),
    )

    agents = found.state["agents"]
    assert set(agents) == {"4001", "4002", "Wang Fang"}
    assert (agents["4001"]["calls"], agents["4002"]["calls"], agents["Wang Fang"]["calls"]) == ([], [], ["c2"])
    assert agents["Wang Fang"]["seat"] is None
    assert found.total == Figures(2, 2, 0, 0, 1)


def test_fault_68_a_name_that_two_share_is_named_by_the_doctor(known: Stage) -> None:
    said = [each.says for each in people_found(known.house, Path("people.csv"), ["Wang Fang", "李雷", "Zoe"])]

    assert any("several people are called Wang Fang" in each for each in said)
    assert any("Zoe" in each for each in said)
    assert not any("李雷" in each for each in said)
