"""A floor on disk on which every name, word and reason is hostile, and one caller's number stands wherever one may."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import get_args

import msgspec
from msgspec import Struct

from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import NewEntry
from floorwatch.model.entered import Entered
from floorwatch.model.events import AnyEvent, FaultReported, HelpRequested, NoteKind, NoteTaken, WalkBegan
from tests.contracts.hostile import NUMBER, TEXTS, Texts, filled
from tests.engine.small_floor import house_past_noon, log_lines

CONFIG = """
[floor]
name = {name}
zone = "{zone}"
me = {name}
[people]
file = "people.csv"
[journal]
url = "floor.journal"
[screen]
layout = [["*1", "queue-status", "callers"], ["*1", "agents", "needs-you", "seat-support"], ["seats", "attendance"]]
[feeds.events]
path = "events.jsonl"
format = "floorwatch-jsonl"
[feeds.queue_log]
path = "queue_log"
format = "asterisk-queue-log"
[feeds.roster]
path = "roster.csv"
"""

WORDS = tuple(text[:600].encode("utf-8", "replace").decode() for text in TEXTS)
"""As a file can hold them."""
CALLER_WORDS = (NUMBER, f"+{NUMBER}", f"{NUMBER[:3]} {NUMBER[3:6]} {NUMBER[6:]}")


class Floor(Struct, frozen=True):
    """Where it lies, and floor time at which it begins."""

    folder: Path
    began: float


def hostile_floor(folder: Path) -> Floor:
    """The floor in this folder, an hour old."""
    house, began = house_past_noon()
    config = CONFIG.format(zone=house.settings.floor.zone, name=json.dumps(WORDS[2]))
    (folder / "floorwatch.toml").write_text(config, encoding="utf-8")
    (folder / "people.csv").write_text(_people(), encoding="utf-8", newline="")
    day = datetime.fromtimestamp(began, house.rules.days.zone).date().isoformat()
    (folder / "roster.csv").write_text(_roster(day), encoding="utf-8", newline="")
    (folder / "events.jsonl").write_bytes(b"".join(_events(began)))
    (folder / "queue_log").write_bytes(_queue_log(began))
    _journal(folder / "floor.journal", began)
    return Floor(folder, began)


def _rows(*rows: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _people() -> str:
    people = [(f"PJSIP/2{at:03}", word, f"1{at:03}", word[:20], word) for at, word in enumerate(WORDS)]
    return _rows(("interface", "name", "employee", "seat", "team"), *people)


def _roster(day: str) -> str:
    span = (f"{day} 08:00", f"{day} 20:00")
    rows = [(f"1{at:03}", word, word[:40], *span, "phones") for at, word in enumerate(WORDS)]
    return _rows(("employee", "name", "team", "start", "end", "activity"), *rows)


def _events(began: float) -> list[bytes]:
    """Calls that wait, talk and are over, of hostile names; then one of every event that there is."""
    texts = Texts()
    every = [filled(kind, texts) for kind in get_args(AnyEvent) if not _is_document(kind)]
    lines: list[dict[str, object]] = []
    for at, event in enumerate(every):
        raw = json.loads(json.dumps(msgspec.to_builtins(event)).replace("\\ud", "\\\\ud"))
        lines.append({**raw, "at": began + at})
    for at, word in enumerate(WORDS):
        agent, call, when = f"PJSIP/2{at:03}", f"c{at}", began + 100 + 10 * at
        caller = CALLER_WORDS[at % len(CALLER_WORDS)]
        lines += [
            {"event": "MemberAdded", "at": when, "agent": agent, "queue": word},
            {
                "event": "CallEntered",
                "at": when + 1,
                "call": call,
                "queue": word,
                "caller": word,
                "caller_name": caller,
            },
            {
                "event": "CallEntered",
                "at": when + 2,
                "call": f"w{at}",
                "queue": word,
                "caller": caller,
                "caller_name": word,
            },
            {"event": "CallAnswered", "at": when + 3, "call": call, "queue": word, "agent": agent},
            {"event": "AgentPaused", "at": when + 4, "agent": f"{word[:40]}{at}", "queue": word, "reason": word},
            {"event": word[:60], "at": when + 5, "call": call, "queue": word},
            {"event": "CallAbandoned", "at": when + 600, "call": f"w{at}", "queue": word} if at % 2 else {},
            {"event": "CallEntered", "at": "no time", "call": call, "caller": NUMBER},
        ]
    return [f"{json.dumps(line, ensure_ascii=False)}\n".encode("utf-8", "replace") for line in lines if line]


def _is_document(kind: type) -> bool:
    return kind.__name__ in {"DocumentRead", "DocumentRefused", "DocumentGone", "WeekdayRead"}


def _queue_log(began: float) -> bytes:
    plain = [word.replace("\n", " ").replace("\r", " ") for word in WORDS]
    lines = []
    for at, word in enumerate(plain):
        lines += [
            (began + at, f"q{at}|{word}|NONE|ENTERQUEUE|{word}|{NUMBER}|1"),
            (began + at, f"q{at}|{word}|{word}|CONNECT|1|x|1"),
            (began + at, f"NONE|{word}|{word}|PAUSE|{word}"),
            (began + at, f"q{at}||NONE|ENTERQUEUE||{NUMBER}|1"),
            (began + at, f"{NUMBER}|{word}|NONE|{word[:50]}|{NUMBER}"),
        ]
    return log_lines(*lines) + f"\n{NUMBER} called, {NUMBER}\nx{NUMBER}|{plain[0]}\n".encode()


def _journal(file: Path, began: float) -> None:
    journal = open_journal(str(file))
    entries: list[Entered] = [WalkBegan(began, id="walk", by=WORDS[2], team=WORDS[0])]
    for at, word in enumerate(WORDS):
        when = began + at
        entries += [
            NoteTaken(when, id=f"n{at}", by=word, kind=NoteKind.PRAISE, agent=f"1{at:03}", tag=word, text=word),
            FaultReported(when, id=f"f{at}", by=word, system=word, symptom=word, seat=word),
            HelpRequested(when, id=f"h{at}", by=word, agent=f"1{at:03}", question=word, seat=word),
        ]
    for entry in entries:
        journal.append([NewEntry(entry.id, entry.at, entry.by, entry)])
    journal.close()
