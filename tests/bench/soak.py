"""`python -m tests.bench.soak --minutes 60`: the whole app at 1,000 lines a second, its log rotated every minute.

Rules
- The app runs on a terminal of its own, as a supervisor has it; it is looked at from outside, as `top` would.
- A row a minute: memory, handles, threads, processor, and how long a key and a line of the log take to the screen. At
  the end the first ten minutes beside the last ten, and whether every call that was written was counted.
- Nothing is asserted about time. A floor of 1,000 seats writes in three weeks what comes here in an hour, so the rows
  of what ended grow until there are as many as `floorwatch.model.forgetting` keeps: of calls after some 7 minutes, of
  agents' states after some 17.
"""

import argparse
import os
import re
import threading
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, time

from msgspec import Struct

from floorwatch.simulate.output import lines
from tests.bench.append import QUEUE
from tests.bench.busy_floor import BusyFloor, at_time, busy_floor, plan_of_today
from tests.bench.measured import percentile
from tests.bench.processor import keys_to_paint
from tests.bench.switch import BEAT_SECONDS, append
from tests.bench.terminal import Terminal

LINES_A_SECOND = 1_000
ROTATIONS_KEPT = 5
DAYS = 60
"""Of the floor whose lines are written: more than there is time for."""
PRESSES, APPENDS = 20, 10
"""In each minute."""
KEY_REST_SECONDS = 0.2
MINUTE = 60.0
ENTERED = b"|ENTERQUEUE|"


class Minute(Struct, frozen=True):
    """What was seen in one minute. Memory is the process's own, MiB; times are milliseconds."""

    at: float
    memory: float
    handles: int
    threads: int
    processor: float
    keys: Sequence[float]
    appends: Sequence[float]

    def __str__(self) -> str:
        keys, appends = _both(self.keys), _both(self.appends)
        return (
            f"{self.at / MINUTE:6.0f} {self.memory:9.1f} {self.handles:8d} {self.threads:8d} {self.processor:6.1f} "
            f"{keys:>14} {appends:>14}"
        )


TITLES = "minute       MiB  handles  threads      %   key p50/p99  line p50/p99"


class RotatingSwitch:
    """Writes the floor's next weeks at `per_second`, and has the log rotated as `logrotate` does it."""

    def __init__(self, floor: BusyFloor, per_second: int) -> None:
        self._log = floor.log
        self._per_second = per_second
        self._to_come = endless(time())
        self._stopped = threading.Event()
        self._turn = threading.Lock()
        self._file = self._log.open("ab", buffering=0)
        self._thread = threading.Thread(target=self._run, name="switch", daemon=True)
        self.written = self.entered = self.rotations = 0

    def __enter__(self) -> "RotatingSwitch":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopped.set()
        self._thread.join()
        self._file.close()

    def append(self, line: bytes) -> None:
        """One more line, at once, into whatever file is the log now."""
        with self._turn:
            append(self._log, line)

    def rotate(self) -> None:
        """`queue_log.4` becomes `queue_log.5`, and so on; the writer then begins a new one."""
        with self._turn:
            for number in range(ROTATIONS_KEPT - 1, -1, -1):
                old = self._log if number == 0 else self._numbered(number)
                if old.exists():
                    old.replace(self._numbered(number + 1))
            self._file.close()
            self._file = self._log.open("ab", buffering=0)
            self.rotations += 1

    def _numbered(self, number: int) -> Path:
        return self._log.with_name(f"{self._log.name}.{number}")

    def _run(self) -> None:
        began = perf_counter()
        while not self._stopped.wait(BEAT_SECONDS):
            due = int((perf_counter() - began) * self._per_second) - self.written
            fresh = list(islice(self._to_come, max(0, due)))
            with self._turn:
                now = time()
                self._file.write(b"".join(at_time(line, now) for line in fresh))
            self.written += len(fresh)
            self.entered += sum(ENTERED in line for line in fresh)


def endless(now: float) -> Iterator[bytes]:
    """Lines of a floor of 1,000 seats, for longer than anybody measures."""
    for _at, text in lines(plan_of_today(now, hours=24.0 * DAYS)):
        yield from text.splitlines(keepends=True)


def run(minutes: int, per_second: int = LINES_A_SECOND) -> Sequence[Minute]:
    """Run for so long, a printed row a minute."""
    floor = busy_floor().lent("soak")
    offered = sum(ENTERED in line for line in floor.log.read_bytes().splitlines())
    terminal = Terminal(floor.watch(), (160, 45))
    found: list[Minute] = []
    try:
        terminal.wait_until_shown(r"total +\d", 60)
        terminal.wait_until_quiet(0.5)
        terminal.settle(3.0)
        print(f"{TITLES}\n{_look(terminal, 0.0, 0.0, (), ())}", flush=True)
        with RotatingSwitch(floor, per_second) as switch:
            began = perf_counter()
            for minute in range(1, minutes + 1):
                until, spent = began + minute * MINUTE, terminal.processor_seconds()
                keys = keys_to_paint(terminal, PRESSES, KEY_REST_SECONDS)
                appends = _appends(terminal, switch, minute)
                terminal.settle(max(0.0, until - perf_counter()))
                percent = (terminal.processor_seconds() - spent) / MINUTE * 100
                found.append(_look(terminal, perf_counter() - began, percent, keys, appends))
                print(found[-1], flush=True)
                switch.rotate()
            terminal.settle(1.0)
        terminal.settle(10.0)
        _print_end(terminal, switch, offered + switch.entered + APPENDS * minutes)
    finally:
        terminal.close()
    return found


def _appends(terminal: Terminal, switch: RotatingSwitch, minute: int) -> list[float]:
    """Milliseconds from a caller's line in the log to the number of those who wait on the screen. All hang up after
    that: callers without an end would be a fault of the switch."""
    found = []
    for number in range(1, APPENDS + 1):
        terminal.settle(0.3)
        began = perf_counter()
        switch.append(_bench_line(minute, number, b"ENTERQUEUE||5550100|%d" % number))
        found.append((terminal.wait_until_shown(rf"{QUEUE} +{number}\b") - began) * 1000)
    for number in range(1, APPENDS + 1):
        switch.append(_bench_line(minute, number, b"ABANDON|1|%d|1" % number))
    return found


def _bench_line(minute: int, number: int, what: bytes) -> bytes:
    now = time()
    return b"%d|%d.%d|%b|NONE|%b\n" % (now, minute, number, QUEUE.encode(), what)


def _look(terminal: Terminal, at: float, percent: float, keys: Sequence[float], appends: Sequence[float]) -> Minute:
    place = Path(f"/proc/{terminal.pid}")
    handles, threads = (len(list((place / of).iterdir())) for of in ("fd", "task"))
    return Minute(at, terminal.private_mib(), handles, threads, percent, keys, appends)


def _print_end(terminal: Terminal, switch: RotatingSwitch, entered: int) -> None:
    print(f"\n{switch.written:,} lines, {switch.rotations} rotations")
    shown = terminal.row(r"│ *total +\d")
    numbers = [int(number.replace(",", "")) for number in re.findall(r"\b\d[\d,]*\b", shown)]
    is_right = entered in numbers
    print(f"{entered:,} calls were written; the total on the screen is {shown.strip()!r}: ", end="")
    print("every call was counted" if is_right else "NOT the same")


def summary(found: Sequence[Minute]) -> str:
    """The first ten minutes beside the last ten."""
    few = min(10, max(1, len(found) // 2))
    rows = [f"{'median of':>24} {'first ' + str(few):>12} {'last ' + str(few):>12}"]
    for name, of in (
        ("memory, MiB", lambda each: each.memory),
        ("handles", lambda each: each.handles),
        ("threads", lambda each: each.threads),
        ("processor, %", lambda each: each.processor),
        ("key -> paint p50, ms", lambda each: median(each.keys)),
        ("line -> cell p50, ms", lambda each: median(each.appends)),
    ):
        first, last = median(map(of, found[:few])), median(map(of, found[-few:]))
        rows.append(f"{name:>24} {first:12.1f} {last:12.1f}")
    keys = [key for each in found for key in each.keys]
    rows.append(f"key -> paint p99 of all {len(keys)}: {percentile(keys, 0.99):.1f} ms")
    return "\n".join(rows)


def _both(found: Sequence[float]) -> str:
    return f"{median(found):.1f}/{percentile(found, 0.99):.1f}" if found else "-"


def main() -> None:
    """Run for as long as asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--lines", type=int, default=LINES_A_SECOND, help="lines a second")
    wanted = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    print(summary(run(wanted.minutes, wanted.lines)))


if __name__ == "__main__":
    main()
