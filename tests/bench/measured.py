"""What a benchmark found: figures with their target, their peer and a verdict; nothing here asserts anything."""

import json
import math
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

CHECKOUT = Path(__file__).parents[2]
FLOORWATCH = (sys.executable, "-m", "floorwatch")


class Target(Struct, frozen=True):
    """What BENCH asks for: a figure that must not be passed, or with `at_least` must be reached."""

    figure: float
    on: Literal["median", "p99", "ratio"] = "median"
    at_least: bool = False


class Measured(Struct, frozen=True):
    """One row of the table. `peer` is what ran beside us in the same run, and its figure in the same unit."""

    what: str
    unit: str
    median: float
    p99: float | None = None
    target: Target | None = None
    peer: tuple[str, float] | None = None

    @staticmethod
    def of(what: str, unit: str, found: Sequence[float], target: Target | None = None) -> "Measured":
        """Median and p99 of many."""
        return Measured(what, unit, median(found), percentile(found, 0.99), target)

    def beside(self, name: str, figure: float) -> "Measured":
        """The same with a peer."""
        return replace(self, peer=(name, figure))

    @property
    def ratio(self) -> float | None:
        """Ours over the peer's."""
        return self.median / self.peer[1] if self.peer and self.peer[1] else None

    @property
    def verdict(self) -> str:
        """met, or by how much it was missed; empty for what is only for orientation."""
        if self.target is None:
            return ""
        found = {"median": self.median, "p99": self.p99, "ratio": self.ratio}[self.target.on]
        if found is None:
            return "no figure"
        more, less = (self.target.figure, found) if self.target.at_least else (found, self.target.figure)
        by = more / less - 1 if less else math.inf
        return "met" if by <= 0 else f"missed by {by * 100:.0f} %"


def percentile(found: Sequence[float], share: float) -> float:
    """The value that this share of `found` does not pass: of 100 the 99th for 0.99."""
    return sorted(found)[max(0, math.ceil(len(found) * share) - 1)]


def fresh(name: str, *words: str) -> list[float]:
    """The figures that `python -m tests.bench.NAME WORDS` prints as JSON: nothing of this process shows in them."""
    command = [sys.executable, "-m", f"tests.bench.{name}", *words]
    done = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, check=True)
    figures: list[float] = json.loads(done.stdout)
    return figures


def table(rows: Sequence[Measured]) -> str:
    """The rows under their titles, as wide as they need."""
    titles = ("what", "unit", "median", "p99", "target", "peer", "ratio", "verdict")
    cells = [titles, *(_cells(row) for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(titles))]
    left = {0, 1, 5, 7}
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at in left else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )


def _cells(row: Measured) -> tuple[str, ...]:
    return (
        row.what,
        row.unit,
        _figure(row.median),
        "" if row.p99 is None else _figure(row.p99),
        "" if row.target is None else _wanted(row.target),
        "" if row.peer is None else f"{row.peer[0]}: {_figure(row.peer[1])}",
        "" if row.ratio is None else f"{row.ratio:.2f}",
        row.verdict,
    )


def _wanted(target: Target) -> str:
    sign = ">=" if target.at_least else "<="
    return f"{'' if target.on == 'median' else f'{target.on} '}{sign} {_figure(target.figure)}"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"
