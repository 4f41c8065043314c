"""A recording of a million entries: 1,000 seats, day after day, with rosters, punches and what people entered.

By hand: `python -m tests.bench.long_recording FOLDER [ENTRIES]` writes it, with the configuration that it wants.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.demo import into_journal
from floorwatch.engine.house import build_house
from floorwatch.engine.journal_past import as_past, entries_after
from floorwatch.engine.written_out import write_out
from floorwatch.journal.opening import open_journal
from floorwatch.model.entered import Entered
from floorwatch.settings import load_settings
from floorwatch.simulate.duty import punches, roster_csv
from floorwatch.simulate.output import entries, lines
from floorwatch.simulate.plan import DAY, HOUR, Plan, queues_for
from floorwatch.simulate.staff import people_csv

ENTRIES = 1_000_000
SEATS = 1_000
FIRST_DAY = datetime(2026, 11, 2, 8, tzinfo=UTC).timestamp()
HOURS = 10.0

CONFIG = """\
[floor]
name = "Long"
zone = "UTC"

[people]
file = "people.csv"

[feeds.queue_log]
path = "queue_log"

[feeds.roster]
path = "roster.csv"

[feeds.terminals]
path = "attlog.dat"

[journal]
url = "journal.db"
"""


class LongRecording(Struct, frozen=True):
    """Where it is, and its configuration."""

    path: Path
    config: Path


def plans(seats: int = SEATS) -> Iterator[Plan]:
    """One for each day, without end."""
    first = Plan(FIRST_DAY, HOURS, seats, queues_for(8), zone="UTC", calls_per_agent=60.0)
    day = 0
    while True:
        yield replace(first, start=FIRST_DAY + day * DAY, seed=first.seed + day)
        day += 1


def long_recording(folder: Path, wanted: int = ENTRIES, seats: int = SEATS) -> LongRecording:
    """Written into the folder: so many lines, in as many days as that takes."""
    count, days = 0, list[Plan]()
    with (folder / "queue_log").open("wb") as log, (folder / "attlog.dat").open("wb") as punched:
        for plan in plans(seats):
            days.append(plan)
            for _at, text in lines(plan):
                log.write(text)
                count += text.count(b"\n")
                if count >= wanted:
                    break
            punched.writelines(line for _at, line in punches(plan))
            if count >= wanted:
                break
    _write_papers(folder, days)
    config, out = folder / "floorwatch.toml", folder / "long.floorlog"
    config.write_text(CONFIG, encoding="utf-8")
    house = build_house(load_settings(config), only_bundled=True)
    journal = open_journal(house.journal_url)
    now = days[-1].start + HOURS * HOUR
    write_out(house, house.settings.feeds, lambda: list(as_past(list(entries_after(journal, 0)), now)), out)
    journal.close()
    return LongRecording(out, config)


def _of_its_day(plan: Plan) -> Iterator[Entered]:
    return takewhile(lambda entry: entry.at < plan.start + HOURS * HOUR, entries(plan))


def _write_papers(folder: Path, days: Sequence[Plan]) -> None:
    (folder / "people.csv").write_text(people_csv(days[0]), encoding="utf-8")
    rosters = [roster_csv(plan).splitlines(keepends=True) for plan in days]
    (folder / "roster.csv").write_text("".join([*rosters[0], *(row for each in rosters[1:] for row in each[1:])]))
    journal = open_journal(str(folder / "journal.db"))
    keep = into_journal(journal)
    for plan in days:
        keep([*_of_its_day(plan)])
    journal.close()


if __name__ == "__main__":
    made = long_recording(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ENTRIES)
    print(f"{made.path}: floorwatch replay --config {made.config} {made.path}")
