"""The hands on a replay: pause, rate, steps, jumps, stops, marks; and what the bar says."""

from collections.abc import Iterator
from math import inf
from pathlib import Path

import pytest

from floorwatch.engine.desk import Mark, Stop
from floorwatch.engine.keyframes.shapes import Tape
from tests.engine.hours import END, calls, recorded
from tests.engine.replays import Replay, frames_every, indexed, plain
from tests.engine.small_floor import START, house_in


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("hour") / "hour.floorlog", calls())


@pytest.fixture
def tape(hour: Path) -> Iterator[Tape]:
    with frames_every(20):
        yield indexed(house_in(), hour)


@pytest.fixture
def replay(tape: Tape) -> Iterator[Replay]:
    replay = Replay(tape)
    yield replay
    replay.close()


async def test_it_begins_when_the_watch_began_and_stands_there(replay: Replay) -> None:
    floor = await replay.settle()

    assert floor.at == START
    assert (replay.hands.paused, replay.hands.label(), replay.hands.now()) == (True, "REPLAY paused", START)


async def test_it_pauses_at_the_moment_that_is_shown_and_not_where_the_clock_was_ahead_to(replay: Replay) -> None:
    await replay.seek(START + 600)
    replay.hands.set_rate(600)
    replay.hands.resume()
    replay.turns.move_to(1.0)  # ten minutes, of which nothing is folded yet
    shown = replay.hands.now()
    replay.hands.pause()
    floor = await replay.settle()

    assert floor.at == shown < START + 610


async def test_another_rate_counts_from_the_moment_that_is_shown(replay: Replay) -> None:
    await replay.seek(START + 600)
    replay.hands.set_rate(600)
    replay.hands.resume()
    replay.turns.move_to(1.0)
    shown = replay.hands.now()
    replay.hands.set_rate(2)
    assert (replay.hands.rate, replay.hands.label()) == (2, "REPLAY x2")
    replay.turns.move_to(1.5)
    floor = await replay.settle()

    assert floor.at == pytest.approx(shown + 1, abs=0.001)


async def test_where_the_floor_is_too_slow_for_the_rate_the_clock_waits(replay: Replay) -> None:
    await replay.seek(START + 600)
    replay.hands.set_rate(60)
    replay.hands.resume()
    assert replay.hands.label() == "REPLAY x60"
    replay.turns.move_to(1000.0)

    assert replay.clock.now() < START + 600 + 70
    assert (await replay.settle()).at < START + 600 + 70


async def test_as_fast_as_it_goes_it_goes_to_the_end_and_stays_there(replay: Replay) -> None:
    floor = await replay.run(inf, 300)
    assert floor.at == pytest.approx(END, abs=0.001)
    assert replay.hands.now() == END

    assert replay.hands.label() == "REPLAY ended"
    replay.hands.resume()
    assert (await replay.settle()).at == pytest.approx(END, abs=0.001)


@pytest.mark.parametrize("rate", [0, -1, float("nan")])
async def test_a_rate_that_is_none_is_refused(replay: Replay, rate: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        replay.hands.set_rate(rate)


async def test_steps_in_a_hurry_add_up_and_only_the_last_moment_is_gone_to(replay: Replay) -> None:
    await replay.seek(START + 3000)
    for _press in range(5):
        replay.hands.step(-10)
    assert replay.hands.bar().target == START + 2950
    assert replay.hands.now() == START + 3000  # still shown

    assert (await replay.settle()).at == START + 2950
    assert replay.hands.bar().target is None
    assert replay.hands.came_from == START + 3000


async def test_a_pause_on_the_way_to_a_moment_stands_at_that_moment(replay: Replay) -> None:
    await replay.seek(START + 60)
    replay.hands.resume()
    replay.hands.seek(START + 4000)
    replay.hands.pause()
    replay.turns.move_to(50)

    assert (await replay.settle()).at == START + 4000


async def test_a_time_outside_the_recording_is_refused_and_the_floor_stays(replay: Replay) -> None:
    assert replay.hands.go_to("10:40") == ""
    assert (await replay.settle()).at == START + 2400
    assert replay.hands.go_to("+5m") == ""
    assert (await replay.settle()).at == START + 2700
    assert replay.hands.go_to("08:00") == "The recording begins at 10:00:00."
    assert replay.hands.go_to("18:00") == "The recording ends at 11:30:00."
    assert "is no time" in replay.hands.go_to("noon-ish")
    assert (await replay.settle()).at == START + 2700


async def test_its_first_and_last_time_as_they_are_said_lie_within(replay: Replay) -> None:
    assert replay.hands.go_to("11:30:00") == ""
    assert (await replay.settle()).at == END
    assert replay.hands.go_to("10:00:00") == ""
    assert (await replay.settle()).at == START


async def test_steps_out_of_the_recording_end_at_its_first_and_last_moment(replay: Replay) -> None:
    replay.hands.step(1e9)
    assert (await replay.settle()).at == END
    replay.hands.step(-1e9)
    assert (await replay.settle()).at == START


async def test_it_goes_to_the_next_entry_and_back(replay: Replay) -> None:
    await replay.seek(START + 2401)
    for back, at in ((False, 2411), (False, 2431), (True, 2411), (True, 2401), (True, 2371)):
        said = replay.hands.stop_at(Stop.EVENT, back=back)
        assert (await replay.settle()).at == START + at
        assert said == f"entry of 10:{at // 60:02}:{at % 60:02}"


async def test_it_goes_to_whole_minutes_of_the_floor(replay: Replay) -> None:
    await replay.seek(START + 90.5)
    for back, at, words in ((False, 120, "10:02"), (False, 180, "10:03"), (True, 120, "10:02"), (True, 60, "10:01")):
        assert replay.hands.stop_at(Stop.MINUTE, back=back) == words
        assert (await replay.settle()).at == START + at


async def test_it_goes_to_moments_worth_seeing_and_says_what_is_there(replay: Replay) -> None:
    await replay.seek(START + 60)
    said = [(replay.hands.stop_at(Stop.MOMENT), (await replay.settle()).at - START) for _moment in range(3)]
    back = replay.hands.stop_at(Stop.MOMENT, back=True), (await replay.settle()).at - START

    assert said[0][0] == "longest wait over target: support"
    assert said[1][0].startswith("alert: support, ")
    assert [at for _words, at in said] == sorted(at for _words, at in said)
    assert back == said[1]


async def test_where_there_is_no_further_stop_it_stays_and_says_so(replay: Replay) -> None:
    await replay.seek(END)
    assert replay.hands.stop_at(Stop.EVENT) == "The recording ends here."
    assert replay.hands.stop_at(Stop.MINUTE) == "The recording ends here."
    assert replay.hands.stop_at(Stop.MOMENT) == "Nothing after this."
    await replay.seek(START)
    assert replay.hands.stop_at(Stop.EVENT, back=True) == "The recording begins here."
    assert replay.hands.stop_at(Stop.MOMENT, back=True) == "Nothing before this."
    assert (await replay.settle()).at == START


async def test_the_bar_is_of_the_day_and_stays_the_same_object_by_object(replay: Replay) -> None:
    await replay.seek(START + 600)
    bar, again = replay.hands.bar(), replay.hands.bar()

    assert (bar.begins_at, bar.ends_at, bar.at, bar.earlier, bar.later) == (START, END, START + 600, False, False)
    assert (bar.read, bar.alerts, bar.problem, bar.target) == (None, None, "", None)
    assert sum(bar.strip.arrivals) == 91
    assert len(bar.moments) > 5
    assert bar.strip is again.strip
    assert bar.moments is again.moments
    assert bar.marks is again.marks


async def test_marks_stand_where_they_were_set_until_they_are_taken_away(replay: Replay) -> None:
    replay.hands.by = lambda: "Li"
    await replay.seek(START + 600)
    assert replay.hands.mark(" long wait ") == ""
    await replay.seek(START + 60)
    assert replay.hands.mark("first") == ""
    assert list(replay.hands.bar().marks) == [Mark(START + 60, "first", "Li"), Mark(START + 600, "long wait", "Li")]

    assert replay.hands.unmark(START + 60) == ""
    assert [mark.word for mark in replay.hands.bar().marks] == ["long wait"]


async def test_without_an_index_it_says_that_moments_are_not_known(hour: Path) -> None:
    replay = Replay(plain(house_in(), hour))
    await replay.seek(START + 600)

    assert replay.hands.stop_at(Stop.MOMENT) == "Moments are not known here: this replay has no index."
    assert replay.hands.bar().moments == ()
    assert replay.hands.stop_at(Stop.EVENT) == "entry of 10:10:01"
    replay.close()


async def test_the_moment_that_is_shown_never_steps_back_while_the_rules_are_about_to_be_asked(replay: Replay) -> None:
    await replay.seek(START + 600)
    replay.hands.resume()
    shown = [replay.hands.now()]
    for tenths in range(1, 70):  # the rules are asked at 10:10:05, some time after the last entry
        replay.turns.move_to(tenths / 10)
        shown.append(replay.hands.now())
        await replay.station.advance()
        replay.reel.pass_over()
        shown.append(replay.hands.now())

    assert shown == sorted(shown)


async def test_a_pause_while_the_rules_are_about_to_be_asked_stands_at_what_was_shown(replay: Replay) -> None:
    await replay.seek(START + 600)
    replay.hands.resume()
    for tenths in range(1, 50):
        replay.turns.move_to(tenths / 10)
        await replay.settle()
    replay.turns.move_to(5.02)
    replay.hands.pause()

    assert (await replay.settle()).at == pytest.approx(START + 605, abs=0.001)
