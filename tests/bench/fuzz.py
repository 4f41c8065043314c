"""`python -m tests.bench fuzz --lines 10000000`: random queue logs, floorwatch's floor against the reference floor.

Rules
- Cases are numbered from `--seed` on, and a number is always the same case: floors that could be, damaged ones, lines
  in any order, two switches (`tests.fuzz`). `--seed N --lines 1` is that case alone.
- The states are compared after the last line of each case, and after some lines before.
- At the first difference, or failure, the case is made as short as it can be and printed, and the status is 1.
- How far it has come is said now and then on stderr; the count is printed at the end, also of what was interrupted.
"""

import argparse
import sys
from collections.abc import Sequence
from time import perf_counter
from traceback import format_exception_only

from tests.fuzz.compared import KINDS, Case, Difference, case_of, differing, shortest
from tests.fuzz.mutation import DoesNotEndError, bounded

LINES_A_CASE = 500
SAID_EVERY_SECONDS = 30.0
MOST_SHOWN = 50
"""Lines of a failing case that are printed."""


def main(words: Sequence[str]) -> None:
    """Run cases until so many lines are compared."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench fuzz", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000_000, help="how many lines, about (10,000,000)")
    parser.add_argument("--seed", type=int, default=0, help="the first case (0)")
    asked = parser.parse_args(words)
    done, seed, began = 0, asked.seed, perf_counter()
    said_at = began
    print(f"from seed {seed}, {LINES_A_CASE} lines a case", flush=True)
    try:
        while done < asked.lines:
            case = case_of(seed, LINES_A_CASE)
            if (problem := problem_of(case)) is not None:
                sys.exit(report(seed, case, problem))
            done += len(case.lines)
            seed += 1
            if perf_counter() - said_at > SAID_EVERY_SECONDS:
                said_at = perf_counter()
                print(_so_far(done, seed - asked.seed, said_at - began), file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print("interrupted")
    print(_so_far(done, seed - asked.seed, perf_counter() - began))


def problem_of(case: Case) -> str | Difference | None:
    """What is wrong with the case: a difference, or what was raised."""
    try:
        with bounded():
            return differing(case)
    except (Exception, DoesNotEndError) as error:  # noqa: BLE001  # whatever comes out of either floor is what we look for
        return "".join(format_exception_only(error)).strip()


def report(seed: int, case: Case, problem: str | Difference) -> str:
    """The failing case, as short as it can be, in words."""

    def fails(tried: Case) -> bool:
        found = problem_of(tried)
        return found is not None and isinstance(found, str) == isinstance(problem, str)

    short = shortest(case, fails)
    lines = [f"  {line.feed} {line.at:.2f} {line.raw!r}" for line in short.lines[-MOST_SHOWN:]]
    kind = KINDS[seed % len(KINDS)]
    head = f"seed {seed} ({kind}): {problem}\nshortened to {len(short.lines)} lines, {short.rules}:"
    return "\n".join([head, *lines, f"-> {problem_of(short)}"])


def _so_far(lines: int, cases: int, seconds: float) -> str:
    rate = lines / max(seconds, 1e-9)
    return f"{lines:,} lines of {cases:,} cases in {seconds:,.0f} s, {rate:,.0f} a second: no difference"
