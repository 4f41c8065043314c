"""A tape whose keyframes cannot be written: every moment is there all the same."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from floorwatch.engine.keyframes.build import build
from floorwatch.engine.keyframes.place import place_of
from floorwatch.engine.marks import marks_file
from floorwatch.engine.opening_tape import OpenedTape, ToReplay, tape_of
from tests.engine.hours import END, calls, recorded
from tests.engine.replays import Replay, plain
from tests.engine.small_floor import START, house_in

FULL = "day.floorlog.keyframes: not written: No space left on device"


class FullDisk:
    """A `Building` that cannot write."""

    def __init__(self) -> None:
        self.problem = ""

    def start(self) -> None:
        """Fail."""
        self.problem = FULL

    def stop(self) -> None:
        """Nothing is at work."""


@pytest.fixture
def hour(tmp_path: Path) -> Path:
    return recorded(tmp_path / "day.floorlog", calls())


@pytest.fixture
def tape(hour: Path) -> Iterator[OpenedTape]:
    tape = tape_of(house_in(), ToReplay(hour, marks_file(hour)), lambda _recording: FullDisk())
    yield tape
    tape.close()


async def test_without_keyframes_every_moment_can_be_gone_to_and_its_alerts_are_not_known(
    tape: OpenedTape, hour: Path
) -> None:
    replay, other = Replay(tape), Replay(plain(house_in(), hour))
    for at in (START + 1620, START + 600, END, START + 610):
        floor, known = await replay.seek(at), await other.seek(at)
        assert (floor.at, floor.waiting, floor.talks) == (known.at, known.waiting, known.talks)
        assert (floor.feeds, floor.day_counts) == (known.feeds, known.day_counts)
        assert (floor.alerts, floor.alerts_known) == ((), False)

    assert replay.hands.bar().problem == FULL
    replay.close()
    other.close()


async def test_keyframes_that_come_after_all_take_over_and_nothing_steps_back(tape: OpenedTape, hour: Path) -> None:
    replay = Replay(tape)
    await replay.seek(START + 1620)
    await asyncio.to_thread(build, house_in(), hour, place_of(hour))
    floor = await replay.seek(START + 1620)

    assert tape.refresh().is_whole
    assert floor.alerts_known
    assert [each.rule for each in floor.alerts] == ["longest-wait"]
    assert (await replay.seek(END)).at == END
    replay.close()


async def test_read_as_a_plain_tape_its_alerts_are_known_too(tape: OpenedTape) -> None:
    assert tape.is_unindexed
    replay = Replay(tape.plain())
    floor = await replay.seek(START + 1620)
    replay.close()

    assert floor.alerts_known
    assert [each.rule for each in floor.alerts] == ["longest-wait"]
