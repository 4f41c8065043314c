"""The long run in real time: fault after fault on one log, and seconds until a `watch` process agrees with `state`.

It is the same process all the while; what it says after each fault is compared in full (`tests.faults.stage.facts`).
"""

import sys
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from floorwatch.engine.system_clock import SystemClock, monotonic
from tests.bench.measured import Measured, Target
from tests.faults.long_run import STEPS
from tests.faults.playing import differences
from tests.faults.processes import WatchProcess
from tests.faults.stage import BEAT_SECONDS, Stage, StageClock

PATIENCE_SECONDS = 45.0
"""More than a rotated file is waited for at the very most."""

SOON = Target(8.0)
"""The grace of a rotated file, a look before and one behind it, and one of whoever reads what is printed."""


class NowClock(StageClock):
    """The machine's clock, in whole seconds as a queue log has them."""

    @property
    def at(self) -> float:
        """Now."""
        return float(int(SystemClock().now()))

    @at.setter
    def at(self, at: float) -> None:
        """It cannot be set."""


class RealStage(Stage):
    """A stage on which time passes by itself."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.clock = NowClock(0.0)

    def set_clock(self, seconds: float) -> None:
        """Nobody sets the machine's."""

    def pass_time(self, seconds: float) -> None:
        """Wait, and look once a second for those who are driven by hand."""
        end = monotonic() + seconds
        while True:
            for each in self._watching:
                each.beat()
            left = end - monotonic()
            if left <= 0:
                return
            sleep(min(left, BEAT_SECONDS))


def run() -> list[Measured]:
    """Every step, in order."""
    with TemporaryDirectory(prefix="floorwatch-faults-") as folder:
        stage = RealStage(Path(folder))
        try:
            stage.says(10)
            process = stage.process(every=0.25)
            _seconds_until_agreed(stage, process)
            return [_played(stage, process, number) for number in range(len(STEPS))]
        finally:
            stage.close()


def _played(stage: RealStage, process: WatchProcess, place: int) -> Measured:
    step = STEPS[place]
    step.do(stage)
    return Measured(f"{step.number}: {step.words}", "s", _seconds_until_agreed(stage, process), target=SOON)


def _seconds_until_agreed(stage: RealStage, process: WatchProcess) -> float:
    """From now on; inf when they never did, and what they say is told."""
    began = monotonic()
    while True:
        state = process.state()
        found = differences(state, stage.truth(at=state["at"]))
        if not found:
            return monotonic() - began
        if monotonic() - began > PATIENCE_SECONDS:
            sys.stderr.write("\n".join(found) + "\n")
            return inf
