"""Mutants of the fold and of the follower, and how many of them the tests find (`pip install mutmut==3.8.1` first)."""

import argparse
import importlib.util
import json
import random
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec import Struct

from tests.bench.measured import CHECKOUT, Measured, Target, table
from tests.bench.mutants import MUTMUT, Mutant, mutants_of


class Part(Struct, frozen=True):
    """Modules of the product, and the tests that should notice any change in them, as patterns of paths."""

    folder: str
    names: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def files(self) -> list[str]:
        """Paths from the checkout."""
        return [f"{self.folder}/{name}.py" for name in self.names]


PARTS: Mapping[str, Part] = {
    "fold": Part(
        "floorwatch/model",
        (
            "floor", "live", "ledger", "agent_state", "forgetting", "fold_agents", "fold_calls", "fold_duty",
            "fold_entered", "fold_support", "fold_switch", "counts", "service_level", "history", "past", "rows", "lost",
            "lost_rows", "ended_visits", "presence", "people", "support_book", "duty_book", "entry_log",
        ),
        ("tests/model", "tests/plugins/test_asterisk.py", "tests/faults/test_lines_of_calls.py"),
    ),
    "follower": Part(
        "floorwatch/feeds",
        (
            "tail", "reader", "lines", "lineage", "rotation", "part", "content", "folder", "listing", "backfill",
        ),
        (
            "tests/feeds/test_tail*.py", "tests/feeds/test_lines.py", "tests/feeds/test_fold*.py",
            "tests/feeds/test_files.py", "tests/feeds/test_backfill.py", "tests/feeds/test_edges_of_*.py",
            "tests/faults/test_*.py",
        ),
    ),
}  # fmt: skip
"""The fold is what `Floor.apply` runs and what its figures are counted from; the follower stands between a file and its
lines."""

OPTIONS = (
    "-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "tmp_path_retention_policy=none", "-m", "not slow",
)  # fmt: skip
LEAST = 90.0
KILLED = ("killed", "killed by time")


def run() -> list[Measured]:
    """Percent of all mutants that were found, a row a file. Raises SystemExit without mutmut."""
    return [row for name in PARTS for row in measured(name, [])]


class Choice(Struct, frozen=True):
    """A share of the mutants: with the same seed the same ones."""

    share: float = 1.0
    seed: int = 1


ALL = Choice()


def measured(name: str, files: Sequence[str], choice: Choice = ALL, kept: Path | None = None) -> list[Measured]:
    """The same of one part, in a process of its own: of a choice of its mutants, and of these files where any are
    named. `kept` takes a line of JSON for each mutant."""
    if importlib.util.find_spec("mutmut") is None:
        raise SystemExit(f"mutants are made by mutmut, which is not installed here: pip install mutmut=={MUTMUT}")
    with TemporaryDirectory(prefix="floorwatch-mutants-") as folder:
        told = kept or Path(folder) / "told"
        told.write_text("")
        words = [name, str(choice.share), str(choice.seed), str(told), *(files or PARTS[name].files)]
        subprocess.run([sys.executable, "-m", "tests.bench.mutation", "--one", *words], cwd=CHECKOUT, check=True)
        return counted(name, told)


def counted(name: str, told: Path) -> list[Measured]:
    """A row a file, and one of all."""
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in told.read_text().splitlines():
        file, word, *_ = json.loads(line)
        words[file][word] += 1
    everything = sum(words.values(), Counter[str]())
    rows = [_row(file, found) for file, found in words.items()]
    return [*rows, _row(f"the {name}", everything, Target(LEAST, at_least=True))] if everything else []


def _row(what: str, words: Counter[str], target: Target | None = None) -> Measured:
    found = sum(words[word] for word in KILLED)
    others = ", ".join(f"{number} {word}" for word, number in sorted(words.items()) if word != "killed")
    percent = 100 * found / words.total()
    return Measured(f"{what}: {found} of {words.total()} killed ({others})", "%", percent, target=target)


def _run_one(name: str, share: str, seed: str, told: str, *files: str) -> None:
    """In the process of its own: pytest imports everything itself, so nothing of it may be there before."""
    from tests.bench.mutant_runs import Fate, MutantRuns

    texts = {file: (CHECKOUT / file).read_text() for file in files}

    def tell(fate: Fate) -> None:
        mutant = fate.mutant
        difference = mutant.difference(texts[mutant.file])
        if fate.word not in KILLED:
            print(f"{fate.word}: {mutant.name}\n{difference}", flush=True)
        with Path(told).open("a") as file:
            file.write(json.dumps([mutant.file, fate.word, mutant.name, difference, fate.test]) + "\n")

    runs = MutantRuns(CHECKOUT, files, _chosen(texts, Choice(float(share), int(seed))), tell)
    tests = [str(test) for pattern in PARTS[name].tests for test in sorted(CHECKOUT.glob(pattern))]
    with TemporaryDirectory(prefix="floorwatch-mutants-") as folder:
        options = [*OPTIONS, f"--rootdir={CHECKOUT}", f"--basetemp={folder}/tests"]
        if pytest.main([*options, *tests], plugins=[runs]) != 0:
            raise SystemExit("pytest did not come to its end")


def _chosen(texts: Mapping[str, str], choice: Choice) -> list[Mutant]:
    """In no order: whoever stops a run has a fair sample of all files."""
    dice = random.Random(choice.seed)
    found = [
        mutant
        for file, text in texts.items()
        for mutant in mutants_of(file, text, lambda: dice.random() < choice.share)
    ]
    dice.shuffle(found)
    return found


def main() -> None:
    """One part, or some files of it, or a share of its mutants."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mutation", description=__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("files", nargs="*", metavar="FILE", help="floorwatch/model/live.py, say; all if none")
    parser.add_argument("--share", type=float, default=1.0, help="0.1 for every tenth mutant or so")
    parser.add_argument("--seed", type=int, default=1, help="another number chooses others")
    parser.add_argument("--kept", type=Path, help="a file that takes a line of JSON for each mutant")
    asked = parser.parse_args()
    print(table(measured(asked.part, asked.files, Choice(asked.share, asked.seed), asked.kept)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _run_one(*sys.argv[2:])
    else:
        main()
