"""Writers in processes of their own, and their killing at any moment."""

import os
from pathlib import Path
from random import Random
from time import perf_counter

from tests.journal.entries import entries_in
from tests.journal.writing import batch_from
from tests.patience import PATIENCE_SECONDS
from tests.warm import NOTHING, WarmProcess


class Writer:
    """`tests.journal.writing` in a process of its own, which is gone after `with`, after `finish`, after a kill."""

    def __init__(self, path: Path, prefix: str, first: int, last: int, *words: str) -> None:
        said, complained = os.pipe(), os.pipe()
        with NOTHING.open("rb") as nothing:
            command = ("tests.journal.writing", path, prefix, first, last, *words)
            self._process = WarmProcess(command, (nothing.fileno(), said[1], complained[1]))
        os.close(said[1])
        os.close(complained[1])
        self._said, self._complained = os.fdopen(said[0]), os.fdopen(complained[0])

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.wait()
        self._said.close()
        self._complained.close()

    def finish(self) -> list[int]:
        """The numbers that it was acknowledged, to the end."""
        with self:
            said, complaint = self._said.read(), self._complained.read()
            assert self._process.wait(PATIENCE_SECONDS) == 0, complaint
        return [int(word) for word in said.split()[1:]]

    def kill(self, dice: Random) -> int:
        """Kill it after some appends, anywhere in one; the last number that it was acknowledged, 0 for none."""
        return self._kill_after(1 + dice.randrange(6), dice.random() * 0.0005)  # an append takes less

    def kill_at_once(self, dice: Random, within_seconds: float = 0.004) -> None:
        """Kill it while it opens the journal, or just after that."""
        self._kill_after(1, dice.random() * within_seconds)

    def _kill_after(self, words: int, seconds: float) -> int:
        with self:
            said = [self._said.readline() for _ in range(words)]
            until = perf_counter() + seconds
            while perf_counter() < until:  # so short a moment cannot be waited for in any other way
                pass
            self._process.kill()
            said += [*self._said]
            complaint = self._complained.read()
            assert not complaint, complaint
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
