"""How faults are played as steps, one after the other on one log.

    @step(3, "copied and truncated", keeps_disk=False)
    def copied_and_truncated(stage: Stage) -> None: ...

Rules
- What the switch says is in `stage.said`: once `SETTLED_SECONDS` have passed after a step, a watch has read it all.
- A step lets some seconds pass, most of them few. It may pass them for real (`tests.bench.faults`).
- `keeps_disk` is false for what takes lines from the disk that were read before: from then on a start finds less than a
  watch knows.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from tests.faults.stage import Stage, State, facts

SETTLED_SECONDS = 8.0
"""The grace of a rotated file, and two looks."""

Doing = Callable[[Stage], None]


class Step(Struct, frozen=True):
    """A fault by its number in docs/feeds.md."""

    number: int
    words: str
    do: Doing
    keeps_disk: bool


_STEPS: list[Step] = []


def step(number: int, words: str, *, keeps_disk: bool = True) -> Callable[[Doing], Doing]:
    """Register a step."""

    def register(do: Doing) -> Doing:
        _STEPS.append(Step(number, words, do, keeps_disk))
        return do

    return register


def in_sequence() -> list[Step]:
    """All that are registered: first those that leave all lines on the disk."""
    return sorted(_STEPS, key=lambda each: not each.keeps_disk)


def differences(one: State, other: State) -> list[str]:
    """The keys at which two states that should agree do not, with what each says. Alerts are left out: the rules may
    have been asked last while lines were on their way, which a rotation holds up for its grace."""
    ours, theirs = facts(one), facts(other)
    return [f"{key}: {ours[key]} is not {theirs[key]}" for key in ours if key != "alerts" and ours[key] != theirs[key]]


def newcomer_differs(stage: Stage, *paths: Path | str) -> list[str]:
    """Where one who begins to watch the log now, or these, does not agree with `state` of the same files."""
    newcomer = stage.watch(*paths)
    try:
        state = newcomer.state()
        return differences(state, stage.state(*paths, at=state["at"]))
    finally:
        stage.leaves(newcomer)


def finish(stage: Stage, line: bytes, rest: bytes, to: Path | None = None) -> None:
    """Write the rest of a line, and its end; what the switch said is the whole line."""
    stage.write(rest + b"\n", to=to)
    stage.said.append(line)


def tell(stage: Stage, *words: str) -> None:
    """The switch writes these words, each behind the time, as one line."""
    for each in words:
        line = f"{stage.clock.now():.0f}|{each}".encode()
        finish(stage, line, line)


def tell_these(lines: Sequence[str], stage: Stage) -> None:
    """`tell` for words that are known beforehand."""
    tell(stage, *lines)
