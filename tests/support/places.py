"""A small floor on disk for tests: a queue log of today, its people, a configuration, and a journal."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from floorwatch.engine.house import House, build_house
from floorwatch.engine.live import live_session
from floorwatch.engine.session import Session
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import Entry
from floorwatch.settings import load_settings
from tests.engine.small_floor import house_past_noon, log_lines
from tests.warm import run

ME = "王芳"

PEOPLE = """interface,name,employee,seat,team
PJSIP/2001,李娜,1007,A07,Blue
PJSIP/2002,张伟,1004,B03,Blue
PJSIP/2003,Sam Reed,1009,C02,Blue
PJSIP/2004,Ana Lima,1011,,Blue
"""
"""The fourth sits nowhere."""

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
layout = [[">needs-you", "agents"], ["seat-support"]]
[feeds.queue_log]
path = "queue_log"
format = "asterisk-queue-log"
"""


def told(folder: Path, *words: object, status: int = 0) -> str:
    """What a process of its own says to `floorwatch WORDS` in this folder; where it fails, what it complains of."""
    ran = run("floorwatch", *words, folder=folder)
    assert ran.status == status, ran.err.decode()
    return (ran.err if status else ran.out).decode()


class Place(Struct, frozen=True):
    """The folder of a floor, and floor time of an hour ago: the moment at which its log begins."""

    folder: Path
    began: float

    @property
    def log(self) -> Path:
        """The queue log."""
        return self.folder / "queue_log"

    @property
    def config(self) -> Path:
        """The configuration that names everything else."""
        return self.folder / "floorwatch.toml"

    @property
    def url(self) -> str:
        """The journal."""
        return str(self.folder / "floor.journal")

    def house(self) -> House:
        """The house of the configuration."""
        return build_house(load_settings(self.config), only_bundled=True)

    def session(self) -> Session:
        """A live floor over the log, with the journal of the configuration."""
        house = self.house()
        return live_session(house, house.settings.feeds)

    def entries(self) -> Sequence[Entry]:
        """What stands in the journal."""
        journal = open_journal(self.url)
        try:
            return journal.since(0)
        finally:
            journal.close()

    def happens(self, after: float, words: str) -> None:
        """The switch writes a line, so many seconds after it began."""
        with self.log.open("ab") as file:
            file.write(log_lines((self.began + after, words)))

    def tells(self, *words: object, status: int = 0) -> str:
        """What a process of its own says to `floorwatch WORDS` on this floor."""
        return told(self.folder, "--config", self._asking_seldom(), *words, status=status)

    def _asking_seldom(self) -> Path:
        """The configuration with rules that are asked twice a minute: each second of an hour takes 4 s and more."""
        file = self.folder / "seldom.toml"
        text = self.config.read_text(encoding="utf-8")
        file.write_text(text.replace("every_seconds = 1\n", "every_seconds = 30\n"), encoding="utf-8")
        return file

    def state(self, at: float) -> dict[str, Any]:
        """What a process of its own says of the floor at this moment."""
        state: dict[str, Any] = json.loads(self.tells("state", self.log, "--at", at, "--json"))
        return state

    def notes(self, *words: str) -> list[dict[str, Any]]:
        """The notes that a process of its own finds, the newest first."""
        found: list[dict[str, Any]] = json.loads(self.tells("notes", *words, "--format", "json"))
        return found


def place_in(folder: Path, me: str = ME) -> Place:
    """A floor in this folder: 李娜 talks, 张伟, Sam Reed and Ana Lima are free."""
    house, began = house_past_noon()
    place = Place(folder, began)
    place.config.write_text(CONFIG.format(zone=house.settings.floor.zone, me=me), encoding="utf-8")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    for number in range(1, 5):
        place.happens(number, f"NONE|support|PJSIP/200{number}|ADDMEMBER|")
    place.happens(3000, "c1|support|NONE|ENTERQUEUE||5550001234|1")
    place.happens(3010, "c1|support|PJSIP/2001|CONNECT|10|c1b|5")
    return place
