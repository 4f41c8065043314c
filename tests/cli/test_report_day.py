"""`floorwatch report day` on the command line, reports in files, and short forms."""

import json
import stat
from pathlib import Path
from textwrap import dedent

import pytest

from floorwatch.engine.system_clock import SystemClock
from floorwatch.feeds import sheets
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import NewEntry
from floorwatch.model.events import HelpRequested
from floorwatch.settings import journal_file
from tests.cli.conftest import Run
from tests.cli.small_log import TEN, write_log

TWO_FORMS = """
    from floorwatch.api import Briefed, Over, Pasted, Spanned, hookimpl


    class Short(Pasted):
        name = "forms"
        title = "Short"

        def build(self, frames, span):
            return frames["facts"]

        def text(self, frames, span):
            return f"short {span.end - span.start:.0f}"


    class Long(Briefed, Spanned):
        name = "forms"
        title = "Long"
        over = Over.WEEK
        brief = Short()

        def build(self, frames, span):
            return frames["facts"].assign(caller="5550001234", seconds=span.end - span.start)


    @hookimpl
    def floorwatch_reports():
        return [Long()]
"""


@pytest.fixture
def two_forms(folder: Path) -> Path:
    """A plugin with a weekly report that has a short form."""
    plugin = folder / "forms.py"
    plugin.write_text(dedent(TWO_FORMS), encoding="utf-8")
    plugin.chmod(0o644)
    return plugin


def asked(question: str, at: float) -> None:
    """Somebody asked for help at that time; it stands in the usual journal."""
    journal = open_journal(str(journal_file()))
    journal.append(
        [NewEntry(question, at, "Ada", HelpRequested(at, id=question, by="Ada", agent="4001", question=question))]
    )
    journal.close()


def test_the_day_is_a_text_to_paste(floorwatch: Run, log: Path, people: Path) -> None:
    asked("refund?", TEN + 100.0)
    ran = floorwatch("report", "day", log, "--people", people)

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(
        "Report of Saturday 2026-11-21, as of 11:00\n\nCalls\n- offered 3, answered 1, abandoned 1, still waiting 1\n"
    )
    assert "- help for 张伟, asked 10:01: refund?\n" in ran.out
    assert "- No roster is read: who is late or absent is not known.\n" in ran.out


def test_the_brief_is_another_text(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("report", "day", "--brief", log)

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(
        "Brief for Saturday 2026-11-21, as of 11:00\n\nThe day\n- Saturday 2026-11-21: a day off\n"
    )


@pytest.mark.parametrize("words", [(), ("--brief",)])
def test_the_day_is_a_table_for_programs(floorwatch: Run, log: Path, words: tuple[str, ...]) -> None:
    rows = json.loads(floorwatch("report", "day", log, *words, "--format", "json").out)

    assert list(rows[0]) == ["section", "subject", "figure", "count", "share_rate", "duration_seconds", "words"]
    markdown = floorwatch("report", "day", log, *words, "--format", "md").out
    assert markdown.startswith("| section | words |\n")


def test_the_journal_alone_makes_a_day(floorwatch: Run) -> None:
    asked("refund?", SystemClock().now())
    ran = floorwatch("report", "day")

    assert (ran.status, ran.err) == (0, "")
    assert "- No call feed is read.\n" in ran.out
    assert "- asked once: refund?\n" in ran.out


def test_a_report_without_a_short_form_says_so(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("report", "intervals", "--brief", log)

    assert (ran.status, ran.out) == (1, "")
    assert ran.complaints == ["floorwatch: the report intervals has no short form: leave --brief out"]


def test_a_plugin_s_report_has_a_short_form_and_a_span_of_its_own(floorwatch: Run, log: Path, two_forms: Path) -> None:
    long = json.loads(floorwatch("report", "forms", log, "--plugin-dir", two_forms, "--format", "json").out)
    short = floorwatch("report", "forms", log, "--plugin-dir", two_forms, "--brief")
    day = json.loads(floorwatch("report", "forms", log, "--plugin-dir", two_forms, "--day", "--format", "json").out)

    assert long[0]["seconds"] == 7 * 86_400
    assert day[0]["seconds"] == 86_400
    assert (short.status, short.out) == (0, "short inf\n")


def test_a_workbook_is_written_for_its_owner_alone(floorwatch: Run, log: Path, folder: Path, two_forms: Path) -> None:
    out = folder / "forms.xlsx"
    ran = floorwatch("report", "forms", log, "--plugin-dir", two_forms, "--out", out)

    assert (ran.status, ran.out, ran.err) == (0, f"{out}: written\n", "")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    (sheet,) = sheets.sheets_of(out.read_bytes())
    assert (sheet.name, sheet.rows[0]) == ("Long", ["fact", "caller", "seconds"])
    assert sheet.rows[1][1] == "********34"


def test_callers_are_shown_where_the_configuration_says_so(
    floorwatch: Run, log: Path, folder: Path, two_forms: Path
) -> None:
    (folder / "floorwatch.toml").write_text("[screen]\nshow_numbers = true\n")
    words = ("report", "forms", log, "--plugin-dir", two_forms, "--config", "floorwatch.toml", "--format", "json")

    assert json.loads(floorwatch(*words).out)[0]["caller"] == "5550001234"


@pytest.mark.parametrize(
    ("name", "sign"),
    [("a.csv", b"section,"), ("a.json", b"["), ("a.md", b"| section"), ("a.html", b"<table>"), ("a.txt", b"Report of")],
)
def test_the_name_of_the_file_tells_the_form(floorwatch: Run, log: Path, folder: Path, name: str, sign: bytes) -> None:
    assert floorwatch("report", "day", log, "--out", folder / name).status == 0
    assert (folder / name).read_bytes().startswith(sign)


def test_the_form_that_was_asked_for_stands_above_the_name(floorwatch: Run, log: Path, folder: Path) -> None:
    assert floorwatch("report", "day", log, "--format", "csv", "--out", folder / "a.txt").status == 0
    assert (folder / "a.txt").read_bytes().startswith(b"section,")


def test_a_file_that_is_there_is_never_written_over(floorwatch: Run, log: Path, folder: Path) -> None:
    out = folder / "day.csv"
    out.write_text("mine")
    ran = floorwatch("report", "day", log, "--out", out)

    assert (ran.status, ran.out) == (1, "")
    assert ran.complaints == [f"floorwatch: {out}: is there already; name another file, or remove it first"]
    assert out.read_text() == "mine"


def test_a_folder_that_is_not_there_is_named(floorwatch: Run, log: Path, folder: Path) -> None:
    ran = floorwatch("report", "day", log, "--out", folder / "none" / "day.csv")

    assert ran.status == 1
    assert ran.complaints == [f"floorwatch: {folder / 'none' / 'day.csv'}: No such file or directory"]


def test_a_workbook_never_goes_to_a_terminal(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("report", "day", log, "--format", "xlsx")

    assert (ran.status, ran.out) == (2, "")
    assert "--out FILE" in ran.err


def test_a_form_that_there_is_not_is_told_before_the_feeds_are_read(floorwatch: Run) -> None:
    ran = floorwatch("report", "day", "no such feed", "--format", "pdf")

    assert ran.status == 1
    assert ran.complaints == ["floorwatch: there is no form 'pdf': choose table, csv, json, md, html, xlsx"]


def test_the_house_s_own_feeds_stand_at_this_moment(floorwatch: Run, folder: Path, an_hour_ago: int) -> None:
    write_log(folder / "queue_log", an_hour_ago - 3600)
    (folder / "floorwatch.toml").write_text("[feeds.main]\npath = 'queue_log'\n")
    ours = floorwatch("report", "agents", "--config", "floorwatch.toml", "--format", "json")
    given = floorwatch("report", "agents", "queue_log", "--format", "json")

    (now,), (then,) = json.loads(ours.out), json.loads(given.out)
    assert now["available_seconds"] > then["available_seconds"] + 3000


def test_an_old_log_of_the_house_stands_at_its_last_line(floorwatch: Run, folder: Path) -> None:
    write_log(folder / "queue_log", TEN - 400 * 86_400)
    (folder / "floorwatch.toml").write_text("[feeds.main]\npath = 'queue_log'\n")

    assert floorwatch("report", "day", "--config", "floorwatch.toml").out.startswith(
        "Report of Friday 2025-10-17, as of "
    )
