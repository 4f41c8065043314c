"""A small floor with duty for tests: a queue log, a roster and punches of today on disk, any of them left out."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from floorwatch.engine.system_clock import SystemClock
from floorwatch.model.clock import FloorDays
from tests.engine.small_floor import house_past_noon, log_lines
from tests.support.places import ME, Place

CALLS, ROSTER, PUNCHES = "queue_log", "roster.csv", "attlog.dat"
HERE, ABSENT, LATE, OFF = "1007", "1004", "1009", "1011"
HOUR = 3600.0

PEOPLE = f"""interface,name,employee,seat,team,pin,role
PJSIP/2000,{ME},1001,A01,Blue,1001,leader
PJSIP/2001,李娜,{HERE},A07,Blue,{HERE},
PJSIP/2002,张伟,{ABSENT},B03,Blue,{ABSENT},
PJSIP/2003,Sam Reed,{LATE},C02,Blue,{LATE},
PJSIP/2004,Ana Lima,{OFF},C03,Blue,{OFF},
"""

CONFIG = """
[floor]
zone = "{zone}"
me = "{me}"
[people]
file = "people.csv"
[journal]
url = "floor.journal"
[alerts]
every_seconds = 1
[screen]
layout = [["rosters", "attendance"], [">agents", "needs-you"]]
"""

FORMATS = {CALLS: "asterisk-queue-log", ROSTER: "roster-table", PUNCHES: "zkteco-attlog"}


class Floor(Struct, frozen=True):
    """The place, and its days."""

    place: Place
    days: FloorDays

    def date(self, ahead: int = 0) -> str:
        """Today's date, or one so many days ahead."""
        return (self.days.local(self.place.began).date() + timedelta(days=ahead)).isoformat()

    def clock(self, after: float) -> str:
        """The time on the wall so many seconds after the floor began."""
        return self.days.local(self.place.began + after).strftime("%H:%M")

    def roster(self, *more: str) -> None:
        """Save the roster: today and tomorrow from the beginning on, seven hours; and whatever else it may hold."""
        rows = [*self._rows(), *more]
        path = self.place.folder / ROSTER
        path.write_text("\n".join(("employee,name,team,start,end,activity", *rows)), encoding="utf-8")

    def _rows(self) -> Iterator[str]:
        for ahead in (0, 1):
            yield from (self.row(who, 0, 7, ahead) for who in ("1001", HERE, ABSENT, LATE))

    def row(self, who: str, first: float, last: float, ahead: int = 0) -> str:
        """A line of the roster: on the telephones between these hours after the beginning."""
        start, end = (f"{self.date(ahead)} {self.clock(hours * HOUR)}" for hours in (first, last))
        return f"{who},,Blue,{start},{end},phones"

    def punches(self, *lines: tuple[float, str]) -> None:
        """The terminals hand these over: (seconds after the beginning, PIN)."""
        with (self.place.folder / PUNCHES).open("ab") as file:
            for after, pin in lines:
                moment = self.days.local(self.place.began + after)
                file.write(f"{pin:>9}\t{moment:%Y-%m-%d %H:%M:%S}\t1\t0\t1\t0\r\n".encode())

    def report(self, *words: str) -> str:
        """The report of the day that a process of its own writes once the switch has said something again."""
        if (self.place.folder / CALLS).exists():
            self.place.happens(SystemClock().now() + 1 - self.place.began, "NONE|support|PJSIP/2001|UNPAUSE|")
        paths = [str(self.place.folder / name) for name in FORMATS if (self.place.folder / name).exists()]
        return self.place.tells("report", "day", *paths, *words)

    def state(self) -> dict[str, Any]:
        """What a process of its own says of the floor an hour after it began."""
        paths = [str(self.place.folder / name) for name in FORMATS if (self.place.folder / name).exists()]
        said = self.place.tells("state", *paths, "--at", self.place.began + HOUR, "--json")
        state: dict[str, Any] = json.loads(said)
        return state


def floor_in(folder: Path, *files: str) -> Floor:
    """A floor in this folder: 王芳 and 李娜 come in time, Sam Reed after 20 minutes, 张伟 not at all, Ana Lima is off.
    `files`: what there is of it, else everything."""
    house, now = house_past_noon()
    began = now - now % 60
    there = files or tuple(FORMATS)
    place = Place(folder, began)
    floor = Floor(place, house.rules.days)
    feeds = (f'[feeds."{name}"]\npath = "{name}"\nformat = "{FORMATS[name]}"\n' for name in there)
    settings = CONFIG.format(zone=house.settings.floor.zone, me=ME) + "".join(feeds)
    place.config.write_text(settings, encoding="utf-8")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    if CALLS in there:
        came = ((1, "2000"), (2, "2001"), (1200, "2003"))
        lines = ((began + after, f"NONE|support|PJSIP/{device}|ADDMEMBER|") for after, device in came)
        place.log.write_bytes(log_lines(*lines))
    if ROSTER in there:
        floor.roster()
    if PUNCHES in there:
        floor.punches((-60, "1001"), (-30, HERE), (1190, LATE))
    return floor
