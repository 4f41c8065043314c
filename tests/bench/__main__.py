"""`python -m tests.bench [NAME ...]`: run the benchmarks (all when none is named) and print what they found.

`python -m tests.bench fuzz --lines 10000000` is no benchmark, and has words of its own: see `tests.bench.fuzz`.

Nothing is asserted about time: a miss is a row that says so. The machine's load stands above the tables, since
figures of a busy machine mean little.
"""

import argparse
import importlib
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter
from typing import cast

from tests.bench import fuzz
from tests.bench.measured import Measured, table

NAMES = (
    "flat_out",
    "today",
    "replay_rate",
    "seek",
    "memory",
    "months",
    "repaint",
    "panels",
    "start",
    "append",
    "processor",
    "sessions",
    "journal",
    "notes",
    "rosters",
    "duty_ticks",
    "tasks",
    "faults",
    "bad_plugins",
)

ONLY_WHEN_NAMED = ("flood", "mutation")
"""They take a quarter of an hour and hours; what `mutation` needs is no requirement of floorwatch."""


def main() -> None:
    """Run what was asked for."""
    if sys.argv[1:2] == ["fuzz"]:
        fuzz.main(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    known = ", ".join((*NAMES, *ONLY_WHEN_NAMED))
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of {known}")
    names: list[str] = parser.parse_args().names or list(NAMES)
    unknown = sorted(set(names) - {*NAMES, *ONLY_WHEN_NAMED})
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {known}")
    print(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {os.cpu_count()} cores, ", end=""
    )
    print(f"load {os.getloadavg()[0]:.1f}, {platform.system()} {platform.machine()}")
    for name in names:
        module = importlib.import_module(f"tests.bench.{name}")
        began = perf_counter()
        rows = cast("Callable[[], list[Measured]]", module.run)()
        print(f"\n{name}  ({(module.__doc__ or '').strip().splitlines()[0]} {perf_counter() - began:.0f} s)")
        print(table(rows))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
