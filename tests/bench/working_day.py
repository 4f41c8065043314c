"""A recorded working day for those who try tasks on it: the same people, calls and troubles on every machine, any day.

Rules
- 122 people and six queues, Friday 2026-11-20 in Shanghai, 07:50 to 12:10. It is all in one recording: calls, roster,
  punches, what people entered, and the same Friday a week before.
- What the simulator leaves to chance, and a task asks for, is added: a caller who is lost three times (11:22 to
  11:31), somebody who has been at coffee since 11:18, somebody who is off and could come.
- By hand: `python -m tests.bench.working_day FOLDER` writes it and says how to open it.
"""

import heapq
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.document_reading import read_by
from floorwatch.engine.entering import JOURNAL
from floorwatch.engine.house import House, build_house
from floorwatch.engine.weekday import read_weekday
from floorwatch.extend.document import Document
from floorwatch.feeds.recording import Entry, RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedLine
from floorwatch.model import events
from floorwatch.settings import load_settings
from floorwatch.simulate.duty import duty_rules_of, punches, roster_csv
from floorwatch.simulate.output import Form, as_jsonl, entries, lines
from floorwatch.simulate.plan import HOUR, Plan, Surge, queues_for
from floorwatch.simulate.staff import grid, people_csv
from tests.bench.measured import FLOORWATCH

ZONE = "Asia/Shanghai"
DATE = "2026-11-20"
OPENED, RATE = "11:42:10", "0.1"
"""It goes on slowly: whoever is slow, or measures on a slow machine, has the same answers to find."""

WEEK_SECONDS = 7 * 86_400.0
READ_SECONDS = 600.0
"""Between two readings of the terminals' file."""

LOST_THREE_TIMES = ("billing", "13912340077", ("11:21:40", "11:27:00", "11:31:20"))
LOST_AFTER_SECONDS = 31.0

MORE_PEOPLE = """\
PJSIP/1121,邓丽,1121,F21,F,1121,,,support;sales
PJSIP/1122,Grace Miller,1122,F22,F,1122,,,support
"""
MORE_ROSTER = """\
1121,邓丽,F,2026-11-19 09:00,2026-11-19 18:00,phones
1121,邓丽,F,2026-11-23 09:00,2026-11-23 18:00,phones
1122,Grace Miller,F,2026-11-20 09:00,2026-11-20 18:00,phones
"""
MORE_PUNCHES = b"     1122\t2026-11-20 08:56:10\t1\t0\t1\t0\r\n"
AT_COFFEE = "1122"

FORMATS = {"switch": "floorwatch-jsonl", "roster": "roster-table", "terminals": "zkteco-attlog"}

CONFIG = '''\
[floor]
name = "Working day"
zone = "{zone}"
language = "{language}"
me = "{me}"
grid = """
{grid}
"""

[people]
file = "people.csv"

[screen]
save_folder = "saved"

[duty]
minimums = [{minimums}]

[duty.noon]
when = "always"

[duty.activities]
"Restroom" = "break"
"Coffee" = "break"
"Back office" = "duty"
"Floor walk" = "duty"

[comparison]
recordings = "earlier"
'''


class WorkingDay(Struct, frozen=True):
    """A folder with the recording and its configuration."""

    recording: Path
    config: Path

    def opened(self, layout: str = "floor") -> tuple[str, ...]:
        """The command that opens it at `OPENED`, in this layout; floor time runs on, ten times as slow."""
        where = ("replay", str(self.recording), "--at", OPENED, "--rate", RATE)
        return (*FLOORWATCH, "--config", str(self.config), *where, "--layout", layout)


def working_day(folder: Path, language: str = "en") -> WorkingDay:
    """Write the day into an empty folder."""
    plan = _plan()
    (folder / "people.csv").write_text(people_csv(plan) + MORE_PEOPLE, encoding="utf-8")
    config = folder / "floorwatch.toml"
    config.write_text(_config(plan, language), encoding="utf-8")
    house = build_house(load_settings(config), only_bundled=True)
    before = replace(plan, start=plan.start - WEEK_SECONDS, seed=plan.seed + 1, surges=())
    (folder / "earlier").mkdir()
    _write(folder / "earlier" / "a-week-ago.floorlog", ("switch",), _switch(before))
    day = WorkingDay(folder / "day.floorlog", config)
    told = heapq.merge(*_told(plan, house), key=lambda each: each.received_at)
    _write(day.recording, tuple(FORMATS), told)
    return day


def _at(clock: str) -> float:
    return datetime.fromisoformat(f"{DATE}T{clock}").replace(tzinfo=ZoneInfo(ZONE)).timestamp()


WATCHED_FROM = _at("11:12")
"""What lies before is the past of the recording: rules are asked from here on, and opening it takes a moment only."""


def _plan() -> Plan:
    surges = (Surge("support", 10.4 * HOUR, 900.0, 2.2), Surge("sales", 11.6 * HOUR, 1200.0, 3.0))
    return Plan(_at("07:50"), 4.4, 120, queues_for(6), 31, ZONE, surges=surges)


def _config(plan: Plan, language: str) -> str:
    needed, _noon = duty_rules_of(plan)
    minimums = ", ".join(f'"{_clock(each.start)}-{_clock(each.end)} {each.agents}"' for each in needed)
    me = next(who for who in people_csv(plan).splitlines() if ",leader," in who).split(",")[1]
    seats = "\n".join(" ".join(row) for row in grid(plan).rows)
    return CONFIG.format(zone=ZONE, language=language, me=me, grid=seats, minimums=minimums)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _write(path: Path, names: tuple[str, ...], told: Iterator[Entry]) -> None:
    feeds = {name: RecordedFeed(FORMATS[name]) for name in names}
    for name in names[1:]:
        feeds[name] = replace(feeds[name], documents=True)
    writer = RecordingWriter(path, ZONE, feeds)
    for entry in told:
        writer.append(replace(entry, backfill=entry.received_at < WATCHED_FROM))
    writer.close()


def _told(plan: Plan, house: House) -> Iterator[Iterator[Entry]]:
    """What each of them tells, in the order of time."""
    roster = _read(house, "roster", "roster.csv", (roster_csv(plan) + MORE_ROSTER).encode(), plan.start)
    weekday = read_weekday(house, {}, WATCHED_FROM, lambda _seconds: None)
    assert weekday is not None, "the week before was written just now"
    yield iter((RecordedEvent("roster", plan.start, roster),))
    watched = events.WatchBegan(WATCHED_FROM)
    yield iter((RecordedEvent("", WATCHED_FROM, watched), RecordedEvent("", WATCHED_FROM, weekday)))
    yield _switch(plan)
    yield iter([_line(event) for event in _added()])
    yield (RecordedEvent(JOURNAL, entry.at, entry) for entry in entries(plan))
    yield _punched(plan, house)


def _switch(plan: Plan) -> Iterator[Entry]:
    for at, raw in lines(plan, Form.JSONL):
        for line in raw.splitlines():
            yield FeedLine("switch", at, 0, line)


def _added() -> list[events.Event]:
    """What is not left to chance, in the order of time."""
    queue, caller, times = LOST_THREE_TIMES
    found: list[events.Event] = [events.MemberAdded(_at("08:58"), agent=AT_COFFEE, queue="support")]
    found.append(events.AgentPaused(_at("11:18"), agent=AT_COFFEE, reason="Coffee"))
    for at in map(_at, times):
        call = f"tried-{at:.0f}"
        found.append(events.CallEntered(at, call=call, queue=queue, caller=caller))
        lost = events.CallAbandoned(at + LOST_AFTER_SECONDS, call=call, queue=queue, wait_seconds=LOST_AFTER_SECONDS)
        found.append(lost)
    return found


def _line(event: events.Event) -> Entry:
    return FeedLine("switch", event.at, 0, as_jsonl(event).rstrip(b"\n"))


def _punched(plan: Plan, house: House) -> Iterator[Entry]:
    """The terminals' file as it was read every ten minutes."""
    seen, due = MORE_PUNCHES, plan.start + READ_SECONDS
    for at, line in punches(plan):
        while at > due:
            yield RecordedEvent("terminals", due, _read(house, "terminals", "attlog.dat", seen, due))
            due += READ_SECONDS
        seen += line


def _read(house: House, feed: str, file: str, raw: bytes, at: float) -> events.DocumentRead:
    fmt = house.catalogue.document_formats[FORMATS[feed]].thing
    return read_by(fmt, Document(file, raw, at, at, house.rules.days), fmt.options_type())


if __name__ == "__main__":
    made = Path(sys.argv[1])
    made.mkdir()
    print(" ".join(working_day(made).opened()))
