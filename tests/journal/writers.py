"""Writers in processes of their own, and their killing at any moment."""

import subprocess
import sys
from pathlib import Path
from random import Random
from time import perf_counter

from tests.journal.entries import entries_in
from tests.journal.writing import batch_from

CHECKOUT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60.0


class Writer:
    """`tests.journal.writing` in a process of its own."""

    def __init__(self, path: Path, prefix: str, first: int, last: int, *words: str) -> None:
        command = [sys.executable, "-m", "tests.journal.writing", str(path), prefix, str(first), str(last), *words]
        self._process = subprocess.Popen(
            command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def finish(self) -> list[int]:
        """The numbers that it was acknowledged, to the end."""
        said, complaint = self._process.communicate(timeout=PATIENCE_SECONDS)
        assert self._process.returncode == 0, complaint
        return [int(word) for word in said.split()[1:]]

    def kill(self, dice: Random) -> int:
        """Kill it after some appends, anywhere in one; the last number that it was acknowledged, 0 for none."""
        return self._kill_after(1 + dice.randrange(6), dice.random() * 0.0005)  # an append takes less

    def kill_at_once(self, dice: Random, within_seconds: float = 0.004) -> None:
        """Kill it while it opens the journal, or just after that."""
        self._kill_after(1, dice.random() * within_seconds)

    def _kill_after(self, words: int, seconds: float) -> int:
        output, errors = self._process.stdout, self._process.stderr
        assert output is not None
        assert errors is not None
        said = [output.readline() for _ in range(words)]
        until = perf_counter() + seconds
        while perf_counter() < until:  # so short a moment cannot be waited for in any other way
            pass
        self._process.kill()
        with self._process, output, errors:
            said += [*output]  # not `communicate`, which would miss what the reading of lines had read ahead
            assert not errors.read()
        return max((int(word) for word in "".join(said).split() if word != "began"), default=0)


def kill_and_check(path: Path, kills: int, dice: Random) -> int:
    """Have as many writers killed, each going on from what the one before was acknowledged; the last number.

    After every kill the journal is opened anew, as by the first who comes after a crash of everybody.
    """
    acknowledged, seen, found = 0, 0, 0
    for _ in range(kills):
        acknowledged = max(acknowledged, Writer(path, "n", acknowledged + 1, 10**9).kill(dice))
        new = entries_in(path, seen)
        assert [entry.id for entry in new] == [f"n{number}" for number in range(found + 1, found + 1 + len(new))]
        before, found = found, found + len(new)
        seen = new[-1].seq if new else seen
        assert found >= acknowledged, f"{found} entries are there, and {acknowledged} were acknowledged"
        assert found in {before, acknowledged, acknowledged + batch_from(acknowledged + 1)}, "an append was cut in two"
    return acknowledged
