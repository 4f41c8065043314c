"""However one comes to a moment of a replay, with keyframes or without, at whatever rate: it looks the same."""

import asyncio
from collections.abc import Iterator, Sequence
from math import inf
from pathlib import Path
from shutil import copy

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from floorwatch.bundled import bundled
from floorwatch.engine.desk import Stop
from floorwatch.engine.house import House, build_house
from floorwatch.engine.keyframes.indexed import IndexedTape
from floorwatch.settings import Settings, load_settings
from tests.engine.replays import Replay, Seen, at_moments, differences, frames_every, indexed, plain

EVERY = 60
"""Entries between two keyframes, and at most on the way on."""


class Sample(Struct, frozen=True):
    """A recording of ours with its keyframes, and what it looks like when it is folded from its beginning to its end:
    at twelve moments, and at all rule instants."""

    house: House
    recording: Path
    folded: Seen

    def __repr__(self) -> str:
        return self.recording.stem  # what hypothesis found stands beside it


def sample(name: str, folder: Path) -> Sample:
    source = bundled("sample_feeds") / name
    recording = Path(copy(source / f"{name}.floorlog", folder))
    config = source / "floorwatch.toml"
    house = build_house(
        load_settings(config) if config.exists() else Settings(),
        people=source / "people.csv",
        only_bundled=True,
        journal="memory:",
    )
    with frames_every(EVERY):
        tape = indexed(house, recording)
    first, last = tape.span
    tape.close()
    moments = [first + (last - first) * part / 11 for part in range(12)]
    return Sample(house, recording, at_moments(plain(house, recording), moments))


@pytest.fixture(scope="module", params=["hard-half-hour", "short-noon"])
def recorded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with frames_every(EVERY):
        yield sample(request.param, tmp_path_factory.mktemp(request.param))


PART = st.sampled_from(range(12))
ACTS = st.one_of(
    st.tuples(st.just("seek"), st.floats(0, 1)),
    st.tuples(st.just("part"), PART),
    st.tuples(st.just("step"), st.sampled_from((-600.0, -10.0, -0.5, 0.5, 10.0, 600.0))),
    st.tuples(st.just("run"), st.sampled_from((0.1, 1.0, 60.0, 600.0, inf))),
    st.tuples(st.just("stop"), st.sampled_from([(stop, back) for stop in Stop for back in (False, True)])),
    st.tuples(st.just("hurry"), st.lists(st.floats(0, 1), min_size=2, max_size=4)),
)


async def done(replay: Replay, act: tuple[str, object]) -> None:
    """One thing that a person does, and what comes of it."""
    first, last = replay.tape.span
    match act:
        case "seek", float(share):
            await replay.seek(first + (last - first) * share)
        case "part", int(part):
            await replay.seek(first + (last - first) * part / 11)
        case "step", float(seconds):
            replay.hands.step(seconds)
            await replay.settle()
        case "run", float(rate):
            await replay.run(rate, 3)
        case "stop", (Stop() as stop, bool(back)):
            assert replay.hands.stop_at(stop, back=back)
            await replay.settle()
        case "hurry", list(shares):
            for share in shares:  # each takes the place of the one before, which is on its way
                replay.hands.seek(first + (last - first) * share)
                await replay.station.advance()
                replay.reel.pass_over()
            await replay.settle()
        case _:
            raise AssertionError(act)


async def acted(sample: Sample, acts: Sequence[tuple[str, object]], parts: Sequence[int]) -> None:
    """Act, and look in between and at the end whether the replay shows what is there."""
    replay = Replay(IndexedTape(sample.house, sample.recording))
    moments = list(sample.folded.floors)
    try:
        for act in acts:
            await done(replay, act)
        for part in parts:
            at = moments[part]
            assert differences(await replay.seek(at), sample.folded.floors[at], sample.house) == []
            assert [*replay.log] == [entry for entry in sample.folded.log if entry.at <= at]
    finally:
        replay.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=6), parts=st.lists(PART, min_size=1, max_size=2))
# Back to before an entry of the past, behind which no line has come.
@example(acts=[("seek", 0.0), ("seek", 0.8125)], parts=[8])
def test_after_anything_that_a_person_does_a_moment_looks_as_it_did(
    recorded: Sample, acts: list[tuple[str, object]], parts: list[int]
) -> None:
    asyncio.run(acted(recorded, acts, parts))


@pytest.mark.parametrize("rate", [1.0, 60.0, 600.0, inf])
def test_run_at_any_rate_it_comes_to_the_same(recorded: Sample, rate: float) -> None:
    async def run() -> None:
        replay = Replay(IndexedTape(recorded.house, recorded.recording))
        try:
            at = list(recorded.folded.floors)[8]
            await replay.seek(at - 40)
            replay.clock.set_rate(rate)
            replay.clock.resume()
            while replay.clock.now() < at and replay.hands.now() < at:
                left = at - replay.clock.now()
                replay.turns.move_to(replay.turns.now() + (0 if rate == inf else min(1.0, left / rate)))
                await replay.station.advance()
                replay.reel.pass_over()
            replay.hands.pause()
            floor = await replay.seek(at)
            assert differences(floor, recorded.folded.floors[at], recorded.house) == []
        finally:
            replay.close()

    asyncio.run(run())
