"""The stage on which faults are played: a log on a real disk, its switch, and whoever follows it, with a clock in hand.

    def test_fault_01_rename_and_create(stage: Stage) -> None:
        stage.says(5)                                # the switch writes five lines
        followed, watch = stage.follow(), stage.watch()
        stage.rotate()
        stage.says(5)
        stage.pass_time(6)                           # everyone on the stage looks once a second
        assert followed.lines == stage.said
        assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())

Rules
- Files are real, and what happens to them are real calls. Only time is moved by hand (`pass_time`), for everyone on the
  stage at once; a process of its own (`process`) lives in real time, beside the same files.
- `said` is every line of the switch in order: what a follower that nothing can fool has read. `truth()` is the state of
  exactly these lines; `state()` is that of the files as they lie there.
- The stage begins an hour ago, in a zone where it is now past noon; `Stage.of_the_capture` where and when that ended.
"""

import asyncio
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct

from floorwatch.bundled import bundled
from floorwatch.engine.headless import snapshots_at
from floorwatch.engine.house import House, build_house, rules_asked
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.state import state_of_floor
from floorwatch.engine.system_clock import SystemClock, monotonic
from floorwatch.engine.timeline import timeline_of
from floorwatch.feeds.wake import NoWake, Wake
from floorwatch.host.lane import Lanes
from floorwatch.settings import FeedSettings, load_settings
from tests.faults.followed import Followed, Watched
from tests.faults.processes import WatchProcess
from tests.feeds import log_files
from tests.past_noon import zone_past_noon

State: TypeAlias = dict[str, Any]

FORMAT = "asterisk-queue-log"
FEED = "queue_log"
BEAT_SECONDS = 1.0
"""How often whoever follows a feed looks at it, at least: the heartbeat of the real thing."""

CAPTURE = bundled("sample_feeds") / "asterisk-22" / "queue_log"
CAPTURED_END = 1_795_298_805.0
"""Floor time of its last line."""

OF_THE_FOLD = ("lines", "unknown_events", "misfits")
"""What `feeds.NAME` says that follows from the lines alone. Everything else there is the follower's own: what it saw of
rotations and loss, what it skipped, and when a line was received, which for a line of the past is its own time."""

CONFIG = """
[floor]
zone = "{zone}"
[journal]
url = "memory:"
[alerts]
every_seconds = 60
[comparison]
weeks = 0
"""


def facts(state: State) -> State:
    """What `watch` and `state` must agree on: all but what only a follower knows, and when an alert was first seen."""
    feeds = {name: {key: feed[key] for key in OF_THE_FOLD} for name, feed in state["feeds"].items()}
    alerts = [{key: each[key] for key in ("rule", "subject", "text", "tone")} for each in state["alerts"]]
    return {**state, "feeds": feeds, "alerts": alerts}


class StageClock:
    """Floor time that the stage moves."""

    def __init__(self, at: float) -> None:
        self.at = at

    def now(self) -> float:
        """Floor time on the stage."""
        return self.at


class Calls(Struct):
    """A switch's lines, each unlike every other: three people join, then calls come and go, every fourth in vain."""

    _number: Iterator[int]

    @classmethod
    def from_the_first(cls) -> "Calls":
        """A new switch."""
        return cls(count())

    def line(self, at: float) -> bytes:
        """The next line, as written at `at`, without its line end."""
        number = next(self._number)
        if number < 3:
            return f"{at:.0f}|NONE|support|PJSIP/200{number + 1}|ADDMEMBER|".encode()
        call, step = divmod(number - 3, 3)
        who, name = f"PJSIP/200{call % 3 + 1}", f"{at:.0f}|c{call}|support"
        match step, call % 4 == 3:
            case 0, _:
                words = f"{name}|NONE|ENTERQUEUE||555{call:07d}|1"
            case 1, True:
                words = f"{name}|NONE|ABANDON|1|1|7"
            case 2, True:
                words = f"{at:.0f}|NONE|support|{who}|PAUSE|{call}"
            case 1, _:
                words = f"{name}|{who}|CONNECT|4|x{call}|3"
            case _:
                words = f"{name}|{who}|COMPLETECALLER|4|60|1"
        return words.encode()


class Stage:
    """A folder with a log in it (`log`), and the hands that do things to them."""

    def __init__(self, folder: Path, began: float | None = None) -> None:
        began = float(int(SystemClock().now())) - 3600 if began is None else began
        self.folder = folder / "switch"
        self.folder.mkdir()
        self.log = self.folder / FEED
        self.config = folder / "floorwatch.toml"
        self.config.write_text(CONFIG.format(zone=zone_past_noon(began + 3600)), encoding="utf-8")
        self.clock = StageClock(began)
        self.said: list[bytes] = []
        self._beside = folder
        self._calls = Calls.from_the_first()
        self._house: House | None = None
        self._watching: list[Followed | Watched] = []
        self._processes: list[WatchProcess] = []

    @classmethod
    def of_the_capture(cls, folder: Path) -> "Stage":
        """A stage on which it is the end of `CAPTURE`, and all of it is of today."""
        return cls(folder, CAPTURED_END)

    @property
    def house(self) -> House:
        """The house of the configuration, with bundled plugins alone."""
        if self._house is None:
            self._house = build_house(load_settings(self.config), only_bundled=True)
        return self._house

    # --- the switch --------------------------------------------------------------------------------------------------

    def lines(self, number: int = 1) -> list[bytes]:
        """The switch's next lines as of now, without line ends; they are not written yet, and not `said`."""
        return [self._calls.line(self.clock.at) for _each in range(number)]

    def says(self, number: int = 1, *, to: Path | None = None) -> list[bytes]:
        """The switch writes its next lines to the end of its log, or of another file; the lines."""
        lines = self.lines(number)
        self.write(b"".join(line + b"\n" for line in lines), to=to)
        self.said += lines
        return lines

    def write(self, raw: bytes, *, to: Path | None = None) -> None:
        """Write these very bytes to the end of the log, or of another file. They are not `said`."""
        log_files.append(to or self.log, raw)

    # --- what happens to files ---------------------------------------------------------------------------------------

    def beside(self, suffix: str) -> Path:
        """The path of a file beside the log: `.1`, `-20261121.gz`."""
        return self.log.with_name(self.log.name + suffix)

    def rotate(self) -> Path:
        """As logrotate with `nocreate`: the log becomes `.1`, and what was `.1` becomes `.2`; where it is."""
        log_files.rotate(self.log)
        return self.beside(".1")

    def copytruncate(self) -> Path:
        """As logrotate with `copytruncate`; where the copy is."""
        log_files.copytruncate(self.log)
        return self.beside(".1")

    def gzip(self, path: Path) -> Path:
        """As gzip(1): the archive beside the file, with its time, then the file goes; where the archive is."""
        archive = log_files.gzipped(path)
        path.unlink()
        return archive

    def replace(self, raw: bytes) -> None:
        """Put another file in the log's place at once, as editors and `mv` do."""
        fresh = self.log.with_name(".fresh")
        fresh.write_bytes(raw)
        fresh.replace(self.log)

    # --- whoever looks -----------------------------------------------------------------------------------------------

    def follow(self, path: Path | str | None = None, *, wake: Wake | None = None) -> Followed:
        """Follow the log, or another file, folder or pattern, as `watch` does: today's lines first, then what comes.
        Its first look is taken. Without `wake` nothing is told by the system: it is looked at when time passes."""
        followed = Followed(self.house, self._wanted(path), self.clock, wake or NoWake())
        self._watching.append(followed)
        return followed

    def watch(self, *paths: Path | str) -> Watched:
        """A live floor without a screen over the log, or over these, that has read what is there."""
        watched = Watched(self.house, self._feeds(paths), self.clock)
        self._watching.append(watched)
        return watched

    def leaves(self, who: Watched | WatchProcess) -> None:
        """One who watched leaves; a process is killed."""
        if isinstance(who, WatchProcess):
            self._processes.remove(who)
        else:
            self._watching.remove(who)
        who.close()

    @contextmanager
    def nobody_looks(self) -> Iterator[None]:
        """Whoever watches stands still meanwhile, as a process does that is stopped (SIGSTOP), or on a laptop that
        sleeps."""
        watching, self._watching = self._watching, []
        for process in self._processes:
            process.stop()
        try:
            yield
        finally:
            self._watching = watching
            for process in self._processes:
                process.go_on()

    def set_clock(self, seconds: float) -> None:
        """Somebody sets the clock so far forward, or back."""
        self.clock.at += seconds

    def pass_time(self, seconds: float) -> None:
        """Time passes, and everyone on the stage looks once a second; with 0 they look now."""
        until = self.clock.at + seconds
        while True:
            self.clock.at = min(self.clock.at + BEAT_SECONDS, until)
            for each in self._watching:
                each.beat()
            if self.clock.at >= until:
                return

    def state(self, *paths: Path | str, at: float | None = None) -> State:
        """What `floorwatch state --json` says of these as they lie there: by default of the log and all that it was
        rotated into, at this moment on the stage."""
        feeds = self._feeds(paths or (f"{self.log}*",))
        return asyncio.run(_state(self.house, feeds, self.clock.at if at is None else at))

    def truth(self, *, at: float | None = None) -> State:
        """What `floorwatch state --json` would say if nothing had ever happened to the log."""
        whole = self._beside / "truth"
        whole.write_bytes(b"".join(line + b"\n" for line in self.said))
        return self.state(whole, at=at)

    def process(self, *words: object, every: float = 0.2) -> WatchProcess:
        """A process of its own that runs `floorwatch watch --headless --every` over the log, or over `words` (feeds and
        options)."""
        named = words or (self.log, "--format", FORMAT)
        process = WatchProcess(self.config, ("watch", *named, "--headless", "--every", every))
        self._processes.append(process)
        return process

    def close(self) -> None:
        """Everyone leaves."""
        for each in (*self._watching, *self._processes):
            each.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wanted(self, path: Path | str | None) -> FeedSettings:
        return FeedSettings(str(path or self.log), FORMAT)

    def _feeds(self, paths: Sequence[Path | str]) -> dict[str, FeedSettings]:
        """One is called after the log, whatever it is, so that states can be compared."""
        if len(paths) <= 1:
            return {FEED: self._wanted(*paths or (None,))}
        return {f"{FEED}-{place}": self._wanted(path) for place, path in enumerate(paths, 1)}


async def _state(house: House, feeds: dict[str, FeedSettings], at: float) -> State:
    """By the way of `cli.stating`, but for the words on the command line: 20 ms instead of 400."""
    lanes = Lanes(monotonic)
    try:
        timeline = timeline_of(house, feeds)
        ruling = Ruling(rules_asked(house), lanes, house.settings.alerts.every_seconds)
        floor, entries = house.floor(timeline.gives), timeline.entries()
        (state,) = [
            state_of_floor(snapshot, timeline.health()) async for snapshot in snapshots_at(floor, entries, [at], ruling)
        ]
        return state
    finally:
        lanes.close()
