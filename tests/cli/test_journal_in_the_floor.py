"""What was entered, in the floor of state, report and record: at its moment, and the same from a recording."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec import NODEFAULT
from msgspec.structs import fields, replace

from floorwatch.feeds.recording import RecordedEvent, RecordingWriter, read_recording
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import NewEntry
from floorwatch.model import events
from floorwatch.model.alerts import AlertTone
from floorwatch.model.duty import MarkKind, Tick
from floorwatch.model.events import Entered, NoteKind
from floorwatch.settings import journal_file
from tests.cli.conftest import ROOT, Run, Start
from tests.cli.small_log import TEN, write_recording
from tests.cli.test_recordings import without_host
from tests.cli.waiting import wait_for
from tests.patience import PATIENCE_SECONDS

PAGE = (ROOT / "docs" / "state.md").read_text(encoding="utf-8")
SAID: Sequence[tuple[float, str, Entered]] = (
    (30, "4001", events.HelpRequested(0.0, id="h1", agent="4001", question="refund?")),
    (90, "Ada", events.HelpTaken(0.0, id="t1", help="h1")),
    (
        100,
        "Ada",
        events.NoteTaken(0.0, id="n1", kind=NoteKind.STATE, agent="PJSIP/2001", text="tired", follow_up="ask"),
    ),
    (110, "Ada", events.WalkBegan(0.0, id="w1", team="Blue")),
    (120, "Bo", events.IncidentTaken(0.0, id="i1", incident="crm", owner="Bo", seats=("A01",))),
    (5000, "Bo", events.NoteTaken(0.0, id="n2", kind=NoteKind.PRAISE, agent="4001", text="calm")),
)


def enter(start: float, said: Sequence[tuple[float, str, Entered]] = SAID) -> None:
    """Into the journal that every command without further words takes, so many seconds after `start`."""
    journal = open_journal(str(journal_file()))
    journal.append(
        [NewEntry(event.id, start + after, by, replace(event, at=start + after, by=by)) for after, by, event in said]
    )
    journal.close()


def test_what_was_entered_stands_from_its_moment_on(floorwatch: Run, log: Path, people: Path) -> None:
    enter(TEN)
    moments = [word for after in (20, 60, 100, 6000) for word in ("--at", TEN + after)]

    before, asked, noted, after = floorwatch("state", log, "--people", people, "--json", *moments).json

    assert before["support"]["open_helps"] == []
    (help_,) = asked["support"]["open_helps"]
    assert help_ == {
        "id": "h1", "agent": "4001", "seat": "A01", "question": "refund?", "requested_at": TEN + 30, "taken_by": None,
        "taken_at": None,
    }  # fmt: skip
    assert noted["support"]["open_helps"][0]["taken_by"] == "Ada"
    assert noted["support"]["follow_ups"] == [
        {"note": "n1", "agent": "4001", "what": "ask", "due_at": None, "by": "Ada"}
    ]
    assert noted["agents"]["4001"]["visited_at"] == TEN + 100
    assert (noted["support"]["notes_today"], after["support"]["notes_today"]) == (1, 2)
    assert (noted["support"]["visited_today"], noted["support"]["incidents"]) == (1, [])
    assert after["support"]["walks"][0]["team"] == "Blue"
    assert after["support"]["incidents"][0]["owner"] == "Bo"


def test_people_are_told_in_one_line_where_anybody_entered_anything(floorwatch: Run, log: Path) -> None:
    nothing = floorwatch("state", log, "--at", "10:30").out
    enter(TEN)
    said = floorwatch("state", log, "--at", "10:30").out

    assert "to follow up" not in nothing
    assert "help: 1, to follow up: 1, incidents: 1; today: notes 1, visited 1\n" in said


def test_the_documented_keys_of_support_are_the_printed_ones(floorwatch: Run, log: Path) -> None:
    enter(TEN)
    (state,) = floorwatch("state", log, "--at", "12:00", "--json").json
    (part,) = re.findall(r"^`support` has (.*?)\n\n", PAGE, re.MULTILINE | re.DOTALL)
    lists = {name: set(keys.split(", ")) for name, keys in re.findall(r"`(\w+) \[\{([^}]*)\}\]`", part)}
    numbers = set(re.findall(r"`(\w+)`", part))

    assert set(state["support"]) == {*lists, *numbers}
    for name, keys in lists.items():
        assert state["support"][name]
        assert all(set(each) == keys for each in state["support"][name])


def test_who_sees_to_an_alert_and_until_when_it_is_asleep_is_told(floorwatch: Run, log: Path) -> None:
    (state,) = floorwatch("state", log, "--at", "11:30", "--json").json
    first, second = (alert["id"] for alert in state["alerts"][:2])
    at = TEN + 5399
    enter(0, [
        (at, "Ada", events.AlertAcknowledged(0.0, id="a1", alert=first, owner="Bo")),
        (at, "Ada", events.AlertSnoozed(0.0, id="a2", alert=second, until=at + 900)),
    ])  # fmt: skip

    (now,) = floorwatch("state", log, "--at", "11:30", "--json").json
    (later,) = floorwatch("state", log, "--at", "12:30", "--json").json

    alerts = {alert["id"]: alert for alert in now["alerts"]}
    assert (alerts[first]["owner"], alerts[first]["snoozed_until"]) == ("Bo", None)
    assert (alerts[second]["owner"], alerts[second]["snoozed_until"]) == (None, at + 900)
    assert all(alert["snoozed_until"] is None for alert in later["alerts"])


def test_the_words_of_an_entry_cannot_move_the_terminal(floorwatch: Run, log: Path) -> None:
    evil = "\x1b[2Jevil"
    enter(TEN, [
        (1, evil, events.HelpRequested(0.0, id=f"h{evil}", agent=evil, question=evil, seat=evil)),
        (2, evil, events.NoteTaken(0.0, id="n", kind=NoteKind.STATE, agent=evil, follow_up=evil)),
        (3, evil, events.WalkBegan(0.0, id="w", team=evil)),
        (4, evil, events.IncidentTaken(0.0, id="i", incident=evil, owner=evil, seats=(evil,))),
    ])  # fmt: skip
    ran = floorwatch("state", log, "--at", "10:30", "--json")

    assert ran.status == 0
    assert "evil" in ran.out
    assert "\\u001b" not in ran.out
    assert "\x1b" not in floorwatch("state", log, "--at", "10:30").out


def test_a_journal_that_cannot_be_read_is_one_warning_and_the_floor_is_told(
    floorwatch: Run, log: Path, folder: Path
) -> None:
    (folder / "text.db").write_text("this is no journal, whatever its name says\n" * 20)

    for url in ("text.db", "postgresql://pbx/floor"):
        ran = floorwatch("state", log, "--json", "--journal", url)
        assert (ran.status, len(ran.complaints)) == (0, 1)
        assert ran.err.startswith("floorwatch: warning: what was entered is left out: ")
        assert ran.json[0]["total"]["offered"] == 3


def test_the_journal_does_not_make_a_log_longer(floorwatch: Run, log: Path) -> None:
    enter(TEN + 1_000_000)

    assert floorwatch("state", log).out.startswith("2026-11-21 11:00:00")
    assert '"talk_seconds": 120' in floorwatch("report", "agents", log, "--format", "json").out


def test_feeds_check_tells_of_the_feed_alone(floorwatch: Run, log: Path) -> None:
    enter(TEN)

    assert "HelpRequested" not in floorwatch("feeds", "check", log).out


def test_a_recording_holds_what_was_entered_and_no_other_journal_is_read_beside_it(
    floorwatch: Run, folder: Path, todays_log: Path, an_hour_ago: int
) -> None:
    enter(an_hour_ago, SAID[:5])
    recorded = floorwatch("record", "day.floorlog", todays_log, "--seconds", "0")
    moments = [word for after in (60, 100, 3600) for word in ("--at", an_hour_ago + after)]
    theirs = floorwatch("state", todays_log, *moments, "--json").json
    enter(an_hour_ago, [(40, "Cy", events.HelpRequested(0.0, id="later", agent="1"))])

    ours = floorwatch("state", "day.floorlog", *moments, "--json").json

    assert "14 entries recorded, 0 lost" in recorded.out
    assert ours[-1]["support"]["notes_today"] == 1
    assert [without_host(each) for each in ours] == [without_host(each) for each in theirs]


def test_what_is_entered_while_recording_is_recorded_as_it_comes(
    started: Start, folder: Path, todays_log: Path, floorwatch: Run, an_hour_ago: int
) -> None:
    process = started("record", "day.floorlog", todays_log)
    wait_for(process, folder / "day.floorlog", "WatchBegan")
    enter(an_hour_ago, SAID[:1])
    wait_for(process, folder / "day.floorlog", "HelpRequested")
    enter(an_hour_ago, SAID[1:3])
    wait_for(process, folder / "day.floorlog", "NoteTaken")
    process.terminate()
    said, _errors = process.communicate(timeout=PATIENCE_SECONDS)

    recorded = [entry for entry in read_recording(str(folder / "day.floorlog")) if isinstance(entry, RecordedEvent)]
    assert "12 entries recorded, 0 lost" in said
    assert [entry.feed for entry in recorded] == ["", "journal", "journal", "journal"]
    assert [type(entry.event).__name__ for entry in recorded][1:] == ["HelpRequested", "HelpTaken", "NoteTaken"]
    (state,) = floorwatch("state", "day.floorlog", "--at", recorded[-1].received_at + 1, "--json").json
    assert state["support"]["open_helps"][0]["taken_by"] == "Ada"


def test_an_entry_of_a_clock_that_went_ahead_moves_no_line_of_a_recording(
    floorwatch: Run, folder: Path, todays_log: Path, an_hour_ago: int
) -> None:
    enter(an_hour_ago + 1_000_000_000, SAID[:1])
    enter(an_hour_ago, SAID[1:2])

    floorwatch("record", "day.floorlog", todays_log, "--seconds", "0")

    last = max(entry.received_at for entry in read_recording(str(folder / "day.floorlog")))
    (state,) = floorwatch("state", "day.floorlog", "--at", last, "--json").json
    assert last < an_hour_ago + 86_400
    assert state["support"]["open_helps"][0]["taken_by"] == "Ada"


def test_a_journal_that_cannot_be_recorded_is_a_warning(floorwatch: Run, todays_log: Path, folder: Path) -> None:
    (folder / "text.db").write_text("this is no journal, whatever its name says\n" * 20)

    for number, url in enumerate(("text.db", "postgresql://pbx/floor")):
        ran = floorwatch("record", f"{number}.floorlog", todays_log, "--seconds", "0", "--journal", url)
        assert (ran.status, len(ran.complaints)) == (0, 1)
        assert "what was entered is not in it: " in ran.err
        assert "9 entries recorded, 0 lost" in ran.out


ENTERED = [kind for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, Entered)]


@pytest.mark.parametrize("kind", [kind for kind in ENTERED if kind is not Entered], ids=lambda kind: kind.__name__)
def test_every_entry_is_read_again_from_a_recording_as_it_was_written(kind: type[Entered], folder: Path) -> None:
    values = {
        "at": TEN, "id": "e1", "by": "李娜", "seats": ("A01", "B02"), "tone": AlertTone.WARN, "tick": Tick.HEAD,
        "reached": True,
        "kind": MarkKind.CAME if kind is events.AttendanceMarked else NoteKind.HELP,
    }  # fmt: skip
    given: dict[str, Any] = {
        field.name: values.get(field.name, 7.5 if field.type in (float, float | None) else "said")
        for field in fields(kind)
        if field.name in values or field.default is NODEFAULT or field.default in ("", None)
    }
    event = kind(**given)
    writer = RecordingWriter(folder / "one.floorlog", "UTC", {})
    writer.append(RecordedEvent("journal", TEN, event))
    writer.close()

    (entry,) = read_recording(str(folder / "one.floorlog"))

    assert isinstance(entry, RecordedEvent)
    assert (entry.feed, entry.event) == ("journal", event)


def test_a_recording_without_entries_is_what_it_was(floorwatch: Run, folder: Path) -> None:
    write_recording(folder / "day.floorlog")
    enter(TEN)

    (state,) = floorwatch("state", "day.floorlog", "--json").json

    assert state["support"]["open_helps"] == []
