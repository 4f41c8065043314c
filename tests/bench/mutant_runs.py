"""Runs the tests against mutants: pytest collects once, then each mutant has a forked child of its own.

Rules
- A child takes the code of the one changed function and puts it into the function that everyone holds already: nothing
  is imported again, and no file is written.
- A mutant meets the tests that passed over its lines, those first that found others in that function, then the quick
  ones, until one fails. Which those are is found by running all once under coverage.
- A test that takes ten times its time and two seconds more, in processor seconds, has found an endless loop.
- Examples of property tests are the same for all mutants, are not kept and not made smaller.
"""

import gc
import importlib
import inspect
import os
import pickle
import resource
import signal
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from types import FunctionType, ModuleType
from typing import Any

import pytest
from msgspec import Struct

from tests.bench.mutants import Mutant

SURVIVED, FAILED, UNUSABLE = 0, 1, 3
MEMORY_BYTES = 4 * 1024**3
BLOCKED_SECONDS = 120
PATIENCE_SECONDS = 10.0

Lines = Mapping[str, Mapping[int, Sequence[str]]]


class Fate(Struct, frozen=True):
    """What became of a mutant: killed, killed by time, survived, untested (no test passes there), or unusable (its code
    does not fit in the place of the function)."""

    mutant: Mutant
    word: str
    test: str = ""


class MutantRuns:
    """A plugin of pytest that runs mutants in place of the session."""

    def __init__(
        self, root: Path, files: Sequence[str], mutants: Iterable[Mutant], tell: Callable[[Fate], None]
    ) -> None:
        self._root = root
        self._files = files
        self._mutants = mutants
        self._tell = tell
        self._seconds: dict[str, float] = {}
        self._failing: set[str] = set()
        self._failed: Callable[[str], None] = self._failing.add
        self._finders: dict[tuple[str, str], Counter[str]] = {}

    def pytest_sessionstart(self) -> None:
        """Property tests say the same each time."""
        from hypothesis import Phase, settings  # pytest rewrites its asserts, so it must not be there before pytest

        quiet = settings(derandomize=True, database=None, phases=(Phase.explicit, Phase.generate))
        settings.register_profile("mutants", quiet)
        settings.load_profile("mutants")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The first failure is enough."""
        if report.failed:
            self._failed(report.nodeid)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """All mutants, one after the other."""
        items = {item.nodeid: item for item in session.items}
        with TemporaryDirectory(prefix="floorwatch-mutants-") as folder:
            found = Path(folder) / "found"
            gc.collect()
            gc.freeze()
            covered, self._seconds = self._in_child(found, lambda: self._cover(list(items.values())))
            for name in sorted(items.keys() - self._seconds.keys()):
                print(f"left out, since it fails without any mutant: {name}", flush=True)
            for mutant in self._mutants:
                self._tell(self._fate(mutant, _passing(covered, mutant) & self._seconds.keys(), items, found))
        return True

    def _in_child(self, found: Path, work: Callable[[], Any]) -> Any:
        child = os.fork()
        if child == 0:
            found.write_bytes(pickle.dumps(work()))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status != 0:
            raise SystemExit("the tests without any mutant did not come to their end")
        return pickle.loads(found.read_bytes())

    def _cover(self, items: list[pytest.Item]) -> tuple[Lines, dict[str, float]]:
        """For each file and line the tests that pass over it; the processor seconds of each that does not fail."""
        _silence()
        coverage: Any = importlib.import_module("coverage")
        paths = [str(self._root / file) for file in self._files]
        cover = coverage.Coverage(data_file=None, config_file=False, include=paths, messages=False)
        cover.start()
        seconds = {}
        for item, after in _pairs(items):
            cover.switch_context(item.nodeid)
            began = process_time()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
            seconds[item.nodeid] = process_time() - began
        cover.stop()
        data = cover.get_data()
        for name in self._failing:
            del seconds[name]
        return {file: data.contexts_by_lineno(path) for file, path in zip(self._files, paths, strict=True)}, seconds

    def _fate(self, mutant: Mutant, passing: set[str], items: Mapping[str, pytest.Item], found: Path) -> Fate:
        if not passing:
            return Fate(mutant, "untested")
        finders = self._finders.setdefault((mutant.file, mutant.function), Counter())
        others = self._finders.setdefault((mutant.file, ""), Counter())
        seconds = self._seconds
        order = self._within_patience(sorted(passing, key=lambda name: (-finders[name], -others[name], seconds[name])))
        found.write_text("")
        child = os.fork()
        if child == 0:
            self._meet(mutant, [items[name] for name in order], found)
        _, status = os.waitpid(child, 0)
        _end_group(child)
        test = found.read_text()
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == SURVIVED:
            return Fate(mutant, "survived")
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == UNUSABLE:
            return Fate(mutant, "unusable")
        finders[test] += 1
        others[test] += 1
        in_time = os.WIFEXITED(status) or os.WTERMSIG(status) not in (signal.SIGPROF, signal.SIGALRM)
        return Fate(mutant, "killed" if in_time else "killed by time", test)

    def _within_patience(self, names: list[str]) -> list[str]:
        """The first of them that take PATIENCE_SECONDS together, and one at least."""
        sums = list(accumulate(self._seconds[name] for name in names))
        return names[: max(1, bisect_right(sums, PATIENCE_SECONDS))]

    def _meet(self, mutant: Mutant, items: list[pytest.Item], found: Path) -> None:
        """In the child, which ends here."""
        os.setpgid(0, 0)
        _silence()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        self._failed = lambda _name: os._exit(FAILED)
        try:
            put_in(mutant, self._root)
        except ValueError:
            os._exit(UNUSABLE)
        except Exception:  # noqa: BLE001  # a mutant may raise anything: whoever imports it notices
            os._exit(FAILED)
        for item, after in _pairs(items):
            found.write_text(item.nodeid)
            signal.setitimer(signal.ITIMER_PROF, 10 * self._seconds[item.nodeid] + 2)
            signal.alarm(BLOCKED_SECONDS)
            item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
        os._exit(SURVIVED)


def put_in(mutant: Mutant, root: Path) -> None:
    """Change the function in this process. Raises ValueError where its code does not fit in its place."""
    path = str(root / mutant.file)
    module = next(module for module in list(sys.modules.values()) if getattr(module, "__file__", None) == path)
    changed = ModuleType(module.__name__)
    changed.__file__ = path
    exec(compile(mutant.source, path, "exec"), changed.__dict__)
    old, new = _function(module, mutant.function), _function(changed, mutant.function)
    old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__


def _function(module: ModuleType, name: str) -> FunctionType:
    found: Any = module
    for part in name.split("."):
        found = inspect.getattr_static(found, part)
    found = getattr(found, "__func__", None) or getattr(found, "fget", None) or found
    assert isinstance(found, FunctionType), name
    return found


def _passing(covered: Lines, mutant: Mutant) -> set[str]:
    """The tests that pass over its lines; where none is known by line, those of its function."""
    lines = covered[mutant.file]
    by_line = {name for line in mutant.lines for name in lines.get(line, ())} - {""}
    if by_line:
        return by_line
    first, last = mutant.body
    return {name for line in range(first + 1, last + 1) for name in lines.get(line, ())} - {""}


def _pairs(items: list[pytest.Item]) -> Iterable[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def _end_group(child: int) -> None:
    """What a test had started and could not end."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        return
