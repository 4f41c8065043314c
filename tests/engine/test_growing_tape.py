"""A replay of a tape whose index is being built, or cannot be read: what it shows meanwhile, and what it waits for."""

from collections.abc import Iterator
from math import inf
from pathlib import Path

import pytest

from floorwatch.engine.desk import Stop
from floorwatch.engine.keyframes.shapes import WHOLE, Reached
from tests.engine.growing_tape import GrowingTape
from tests.engine.hours import END, calls, recorded
from tests.engine.replays import MOST_PASSES, Replay, differences, frames_every, indexed
from tests.engine.small_floor import START, house_in

HALF = Reached(START + 2700, START + 1200, 0.25)
LATE = START + 1620
"""Known, without its alerts: somebody has waited for too long."""


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("hour") / "hour.floorlog", calls())


@pytest.fixture
def tape(hour: Path) -> Iterator[GrowingTape]:
    with frames_every(20):
        yield GrowingTape(indexed(house_in(), hour), HALF)


@pytest.fixture
def replay(tape: GrowingTape) -> Iterator[Replay]:
    replay = Replay(tape)
    yield replay
    replay.close()


async def look(replay: Replay, passes: int = 3) -> None:
    """So many looks at what has come."""
    for _pass in range(passes):
        await replay.station.advance()
        replay.reel.pass_over()


async def test_what_is_known_can_be_gone_to_and_the_bar_says_how_much_that_is(replay: Replay) -> None:
    floor = await replay.seek(START + 1000)
    bar = replay.hands.bar()

    assert floor.at == START + 1000
    assert (bar.read, bar.alerts) == (0.25, None)
    assert [(each.state, each.bytes_read / each.bytes_total) for each in replay.hands.health()] == [("reading", 0.25)]


async def test_a_moment_further_on_is_waited_for_and_nothing_is_done_meanwhile(
    replay: Replay, tape: GrowingTape
) -> None:
    await replay.seek(START + 1000)
    opened, folded_to = len(tape.opened), replay.station.folded_to
    replay.hands.seek(START + 4000)
    await look(replay)
    assert (replay.hands.now(), replay.hands.bar().target) == (START + 1000, START + 4000)
    assert (len(tape.opened), replay.station.folded_to) == (opened, folded_to)
    assert not replay.station.is_settled

    tape.known = Reached(START + 4000, START + 1200, 0.3)
    assert (await replay.settle()).at == START + 4000


async def test_who_does_not_want_to_wait_goes_elsewhere(replay: Replay) -> None:
    replay.hands.seek(START + 4000)
    await look(replay)

    assert (await replay.seek(START + 600)).at == START + 600


async def test_at_the_end_of_what_is_known_it_waits_and_goes_on_when_there_is_more(
    replay: Replay, tape: GrowingTape
) -> None:
    await replay.seek(START + 2600)
    replay.hands.set_rate(inf)
    replay.hands.resume()
    await look(replay, 50)
    assert replay.hands.now() == pytest.approx(START + 2700, abs=0.001)

    tape.known = Reached(START + 2800, START + 1200, 0.3)
    await look(replay, 50)
    assert replay.hands.now() == pytest.approx(START + 2800, abs=0.001)
    tape.known = WHOLE
    await look(replay, 300)
    assert replay.hands.now() == END
    floor = await replay.settle()
    assert floor.feeds["queue_log"].lines == len(calls())


async def test_alerts_come_by_themselves_once_they_are_known(replay: Replay, tape: GrowingTape) -> None:
    floor = await replay.seek(LATE)
    assert floor.alerts == ()
    assert replay.hands.bar().alerts == 0.25
    assert not replay.station.is_settled

    tape.known = WHOLE
    await look(replay)
    floor = replay.station.floor.snapshot(LATE)
    assert replay.hands.bar().alerts is None
    assert differences(floor, await replay.seek(LATE), house_in()) == []
    assert [each.rule for each in floor.alerts] == ["longest-wait"]


async def test_a_floor_without_alerts_says_that_they_are_not_known(replay: Replay, tape: GrowingTape) -> None:
    known = [(await replay.seek(at)).alerts_known for at in (START + 600, LATE, LATE + 30, START + 600, LATE)]
    tape.known = WHOLE

    assert known == [True, False, False, True, False]
    assert (await replay.seek(LATE)).alerts_known


async def test_a_moment_behind_which_alerts_are_not_known_says_so(replay: Replay, tape: GrowingTape) -> None:
    await replay.seek(START + 1100)
    near = replay.hands.stop_at(Stop.MOMENT, back=True)
    await replay.seek(START + 1300)
    said = [replay.hands.stop_at(Stop.MOMENT, back=back) for back in (False, True)]
    tape.known = WHOLE
    replay.hands.seek(START + 1300)
    whole = [replay.hands.stop_at(Stop.MOMENT, back=back) for back in (False, True)]

    assert [each.endswith("(alerts are not known yet)") for each in (near, *said, *whole)] == [
        False,
        True,
        True,
        False,
        False,
    ]


async def test_where_alerts_are_not_known_nothing_says_that_there_was_no_moment(tape: GrowingTape) -> None:
    tape.known = Reached(START + 2700, -inf, 0.25)
    replay = Replay(tape)
    await replay.seek(START + 30)
    said = replay.hands.stop_at(Stop.MOMENT, back=True)
    replay.close()

    assert said == "Nothing more is known yet: the recording is still being read."


async def test_run_on_from_where_alerts_are_not_known_they_are_right_when_they_are(
    replay: Replay, tape: GrowingTape
) -> None:
    await replay.seek(LATE)
    tape.known = WHOLE
    gone_on = await replay.seek(LATE + 30)
    opened = Replay(tape)

    assert differences(gone_on, await opened.seek(LATE + 30), house_in()) == []
    opened.lanes.close()


async def test_before_the_alerts_are_known_a_moment_further_on_is_not_there(replay: Replay) -> None:
    await replay.seek(START + 2650)
    said = [replay.hands.stop_at(Stop.MOMENT) for _press in range(3)]

    assert said[-1] == "Nothing more is known yet: the recording is still being read."


async def test_where_no_more_will_come_it_goes_to_the_last_that_is_known(replay: Replay, tape: GrowingTape) -> None:
    replay.hands.seek(START + 4000)
    await look(replay)
    tape.known = Reached(START + 2700, START + 1200, 0.25, "the index cannot be built")

    assert (await replay.settle()).at == pytest.approx(START + 2700, abs=0.001)
    assert replay.hands.bar().problem == "the index cannot be built"


async def test_where_no_more_will_come_nothing_says_that_it_is_still_being_read(
    replay: Replay, tape: GrowingTape
) -> None:
    tape.known = Reached(problem="the index cannot be built")
    await replay.settle()

    assert replay.hands.now() == replay.hands.bar().at == START
    assert replay.hands.bar().problem == "the index cannot be built"
    assert replay.hands.stop_at(Stop.MOMENT) == "the index cannot be built"
    assert "reading" not in [each.state for each in replay.hands.health()]


async def test_a_tape_that_cannot_be_opened_leaves_the_floor_where_it_is(replay: Replay, tape: GrowingTape) -> None:
    await replay.seek(START + 1000)
    tape.fails = True
    floor = await replay.seek(START + 300)

    assert floor.at == replay.hands.now() == START + 1000
    assert replay.hands.bar().problem == "the disk is gone"
    assert replay.hands.stop_at(Stop.EVENT) == "the disk is gone"
    tape.fails = False
    assert (await replay.seek(START + 300)).at == START + 300
    assert replay.hands.bar().problem == ""


async def test_a_tape_that_cannot_be_read_on_stands_there_and_is_tried_again_when_it_has_changed(
    replay: Replay, tape: GrowingTape
) -> None:
    tape.torn_at = START + 1500
    await replay.seek(START + 1000)
    replay.hands.seek(START + 1600)
    floor = await replay.settle()
    assert START + 1000 < floor.at < START + 1600  # that of the last keyframe
    assert replay.hands.bar().problem == "the disk is gone"

    opened = len(tape.opened)
    await look(replay, MOST_PASSES // 100)
    assert len(tape.opened) == opened
    tape.torn_at, tape.known = inf, WHOLE
    await look(replay)
    assert (await replay.seek(START + 1600)).at == START + 1600
    assert replay.hands.bar().problem == ""


async def test_a_tape_of_which_nothing_can_be_read_is_an_empty_floor_at_its_beginning(
    replay: Replay, tape: GrowingTape
) -> None:
    tape.torn_at = -inf
    floor = await replay.seek(START + 10)

    assert dict(floor.feeds) == {}
    assert replay.hands.now() == replay.hands.bar().at == START
    assert replay.hands.bar().problem == "the disk is gone"
