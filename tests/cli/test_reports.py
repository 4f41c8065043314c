"""`floorwatch report`: tables over a span, in every form."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent
from zoneinfo import ZoneInfo

import pytest

from floorwatch.cli.reporting import week_of
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import NewEntry
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import NoteKind, NoteTaken
from floorwatch.settings import journal_file
from tests.cli.conftest import Run
from tests.cli.small_log import TEN

PASTED = """
    from floorwatch.api import Pasted, hookimpl


    class Words(Pasted):
        name = "words"
        title = "Words"

        def build(self, frames, span):
            notes = frames["notes"]
            return notes[notes["at"].between(span.start, span.end, inclusive="left")][["id", "text"]]

        def text(self, frames, span):
            return "notes of the week\\n\\n" + "\\n".join(f"- {said}" for said in self.build(frames, span)["text"])


    @hookimpl
    def floorwatch_reports():
        return [Words()]
"""


def test_intervals_as_csv_hold_the_figures_of_the_log(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("report", "intervals", log, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))

    assert ran.status == 0
    assert [(row["queue"], row["offered"], row["answered"], row["abandoned"]) for row in rows] == [
        ("support", "1", "1", "0"),
        ("support", "1", "0", "1"),
        ("sales", "1", "0", "0"),
    ]


def test_agents_are_reported_by_name(floorwatch: Run, log: Path, people: Path) -> None:
    (row,) = json.loads(floorwatch("report", "agents", log, "--people", people, "--format", "json").out)

    assert (row["agent"], row["name"], row["team"]) == ("4001", "张伟", "Blue")
    assert (row["answered"], row["talk_seconds"]) == (1, 120)


@pytest.mark.parametrize(
    ("form", "sign"), [("table", "start"), ("csv", "start,"), ("json", "["), ("md", "| start"), ("html", "<table>")]
)
def test_every_form_is_written(floorwatch: Run, log: Path, form: str, sign: str) -> None:
    ran = floorwatch("report", "intervals", log, "--format", form)

    assert ran.status == 0
    assert ran.out.startswith(sign)
    assert "support" in ran.out


def test_a_span_holds_what_begins_in_it(floorwatch: Run, log: Path) -> None:
    def queues(*span: str) -> list[str]:
        return [
            row["queue"] for row in json.loads(floorwatch("report", "intervals", log, *span, "--format", "json").out)
        ]

    assert queues("--from", "10:15") == ["support", "sales"]
    assert queues("--to", "11:00") == ["support", "support"]
    assert queues("--from", "10:15", "--to", "11:00") == ["support"]
    assert queues("--from", "12:00") == []


def test_the_feeds_format_can_be_named(floorwatch: Run, log: Path) -> None:
    assert floorwatch("report", "intervals", log, "--feed-format", "asterisk-queue-log").status == 0


def test_a_report_of_a_plugin_that_fails_is_one_line_with_its_name(floorwatch: Run, folder: Path, log: Path) -> None:
    (folder / "mine.py").write_text(
        "from floorwatch.api import hookimpl\n"
        "class Broken:\n"
        "    name = 'broken'\n    title = 'Broken'\n"
        "    def build(self, frames, span):\n        raise KeyError('no such column')\n"
        "@hookimpl\ndef floorwatch_reports():\n    return [Broken()]\n"
    )

    ran = floorwatch("report", "broken", log, "--plugin-dir", "mine.py")

    assert ran.status == 1
    assert ran.complaints == ["floorwatch: report broken of plugin mine: KeyError: 'no such column' (mine.py:6)"]


@pytest.fixture
def pasted(folder: Path) -> Path:
    """A drop-in plugin with a report that is also a text, and notes of two weeks."""
    plugin = folder / "words.py"
    plugin.write_text(dedent(PASTED), encoding="utf-8")
    plugin.chmod(0o644)
    journal = open_journal(str(journal_file()))
    for name, after, text in (("n1", -8 * 86_400, "old"), ("n2", -100, "calm\x1b[2J"), ("n3", 2 * 86_400, "later")):
        at = float(TEN + after)
        said = NoteTaken(at, id=name, by="Ada", kind=NoteKind.STATE, agent="4001", text=text)
        journal.append([NewEntry(name, at, "Ada", said)])
    journal.close()
    return plugin


def test_a_report_that_is_a_text_is_that_unless_asked_otherwise(floorwatch: Run, log: Path, pasted: Path) -> None:
    words = ("report", "words", log, "--week", "--plugin-dir", pasted)
    text, same, table = (
        floorwatch(*words),
        floorwatch(*words, "--format", "text"),
        floorwatch(*words, "--format", "csv"),
    )

    assert (text.status, text.err) == (0, "")
    assert text.out == same.out == "notes of the week\n\n- calm\ufffd[2J\n"
    assert table.out == "id,text\nn2,calm\ufffd[2J\n"


def test_a_report_that_is_none_has_no_text(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("report", "intervals", log, "--format", "text")

    assert (ran.status, ran.out) == (1, "")
    assert ran.complaints == ["floorwatch: the report intervals is no text to paste: leave --format out"]


def test_a_day_and_a_week_are_those_of_the_last_line(floorwatch: Run, log: Path, pasted: Path) -> None:
    def notes(*span: str) -> list[str]:
        ran = floorwatch("report", "words", log, "--plugin-dir", pasted, "--format", "json", *span)
        return [row["id"] for row in json.loads(ran.out)]

    assert notes() == ["n1", "n2", "n3"]
    assert notes("--day") == ["n2"]
    assert notes("--week") == ["n2"]
    assert notes("--from", "2026-11-22") == ["n3"]


def test_without_any_feed_the_journal_is_reported(floorwatch: Run, pasted: Path) -> None:
    ran = floorwatch("report", "words", "--plugin-dir", pasted, "--format", "json")

    assert (ran.status, ran.err) == (0, "")
    assert len(json.loads(ran.out)) == 3


def test_without_a_feed_and_without_entries_there_is_nothing_to_report(floorwatch: Run) -> None:
    ran = floorwatch("report", "intervals")

    assert (ran.status, ran.out) == (1, "")
    assert ran.complaints[-1].startswith("floorwatch: no feed: ")


@pytest.mark.parametrize("words", [("--day", "--week"), ("--week", "--from", "10:00"), ("--day", "--to", "10:00")])
def test_spans_that_contradict_each_other_are_wrong_usage(floorwatch: Run, log: Path, words: tuple[str, ...]) -> None:
    assert floorwatch("report", "intervals", log, *words).status == 2


def test_a_week_is_seven_business_days_from_monday_on_in_the_floor_s_zone() -> None:
    berlin = FloorDays(ZoneInfo("Europe/Berlin"))
    sunday = datetime(2026, 10, 25, 12, tzinfo=UTC).timestamp()
    span = week_of(berlin, sunday)

    assert berlin.local(span.start).isoformat() == "2026-10-19T00:00:00+02:00"
    assert berlin.local(span.end).isoformat() == "2026-10-26T00:00:00+01:00"
    assert span.end - span.start == 7 * 86_400 + 3600
    assert week_of(berlin, span.start) == span
    assert week_of(berlin, span.end).start == span.end
