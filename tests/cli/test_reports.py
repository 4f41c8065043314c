"""`floorwatch report`: tables over a span, in every form."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


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
