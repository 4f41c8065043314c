"""What commands of plugins enter from the command line: kept, by whom, and what is said when it is not."""

from pathlib import Path
from textwrap import dedent

import pytest

from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import NewEntry
from floorwatch.model import events
from tests.cli.conftest import Run, Start, entered
from tests.cli.small_log import TEN, write_recording
from tests.patience import PATIENCE_SECONDS

HELP = """
    from floorwatch.api import Ask, Command, FixedField, Happened, TextField, Toast, Tone, events, hookimpl


    class Asks(Command):
        name = "my-ask"
        title = "Ask"
        cli = True
        reads_feeds = False
        parameters = (
            TextField(name="question", title="Question", required=False),
            FixedField(name="agent", title="Agent", hint="who asks"),
        )

        def run(self, request):
            yield Happened(events.HelpRequested(request.floor.at, agent=request.text("agent") or request.me,
                                                question=request.text("question")))
            yield Toast(f"{len(request.floor.support.open_helps) + 1} in line, {len(request.floor.agents)} agents")


    class Takes(Command):
        name = "my-take"
        title = "Take it"
        cli = True
        parameters = (TextField(name="help", title="Help"),)

        def run(self, request):
            yield Happened(events.HelpTaken(request.floor.at, help=request.text("help")))
            yield Toast("You have it.")
            yield Ask("my-ask", "help:1", {"question": "it's late", "agent": "1007"})
            yield Ask("my-screen")


    class OnScreen(Command):
        name = "my-screen"
        title = "Only on screen"

        def run(self, request):
            return []


    @hookimpl
    def floorwatch_commands():
        return [Asks(), Takes(), OnScreen()]
"""

LATE = """
    from floorwatch.api import Command, Happened, TextField, events, hookimpl
    from floorwatch.journal.opening import open_journal
    from floorwatch.journal.shapes import NewEntry


    class TooLate(Command):
        name = "too-late"
        title = "Take what somebody else takes meanwhile"
        cli = True
        parameters = (TextField(name="help", title="Help"), TextField(name="url", title="Where"))

        def run(self, request):
            journal = open_journal(request.text("url"))
            at, help = request.floor.at, request.text("help")
            journal.append([NewEntry("theirs", at, "Cy", events.HelpTaken(at, id="theirs", by="Cy", help=help))])
            journal.close()
            yield Happened(events.HelpTaken(at, help=help))


    @hookimpl
    def floorwatch_commands():
        return [TooLate()]
"""


@pytest.fixture(autouse=True)
def settings(folder: Path) -> Path:
    """The plugin beside a configuration that is read without being named, with a journal of its own."""
    plugins = folder / "config" / "plugins"
    plugins.mkdir(parents=True, mode=0o755)
    (folder / "config").chmod(0o755)
    plugin = plugins / "helping.py"
    plugin.write_text(dedent(HELP), encoding="utf-8")
    plugin.chmod(0o644)
    settings = folder / "config" / "floorwatch.toml"
    settings.write_text('[floor]\nme = "Ada"\n[journal]\nurl = "shift.db"\n')
    return settings


def shift(folder: Path) -> list[events.Event]:
    return entered(str(folder / "config" / "shift.db"))


def helps(found: list[events.Event]) -> list[events.HelpRequested]:
    return [event for event in found if isinstance(event, events.HelpRequested)]


def test_what_was_entered_carries_the_configured_name_and_is_there_for_the_next(floorwatch: Run, folder: Path) -> None:
    first, second = floorwatch("my-ask", "how?"), floorwatch("my-ask", "what?", "--agent", "1007")

    assert (first.status, first.out, first.err) == (0, "1 in line, 0 agents\n", "")
    assert second.out == "2 in line, 0 agents\n"
    assert [(each.by, each.agent, each.question) for each in helps(shift(folder))] == [
        ("Ada", "Ada", "how?"),
        ("Ada", "1007", "what?"),
    ]
    assert len({each.id for each in helps(shift(folder))}) == 2


def test_who_enters_can_be_said(floorwatch: Run, folder: Path) -> None:
    floorwatch("my-ask", "how?", "--me", "1009")

    assert [(each.by, each.agent) for each in helps(shift(folder))] == [("1009", "1009")]


def test_without_a_name_in_the_settings_the_system_user_enters(
    floorwatch: Run, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.write_text("")
    monkeypatch.setenv("LOGNAME", "shift")
    floorwatch("my-ask", "how?")

    assert [each.by for each in helps(entered())] == ["shift"]


def test_another_journal_can_be_given_anywhere(floorwatch: Run, folder: Path) -> None:
    floorwatch("my-ask", "how?", "--journal", "other.db")
    floorwatch("--journal", "sqlite:other.db", "my-ask", "what?")

    assert [each.question for each in helps(entered("other.db"))] == ["how?", "what?"]
    assert not (folder / "config" / "shift.db").exists()


def test_a_command_that_reads_no_feeds_does_not_look_for_them(floorwatch: Run, settings: Path) -> None:
    settings.write_text(settings.read_text() + '[feeds.main]\npath = "gone"\nformat = "floorwatch-jsonl"\n')

    assert floorwatch("my-ask", "how?").err == ""
    assert "the floor is read without feed main" in floorwatch("my-take", "h1").err


def test_feeds_that_are_named_are_read_all_the_same(floorwatch: Run, todays_log: Path) -> None:
    assert floorwatch("my-ask", "how?", "--feed", todays_log).out == "1 in line, 1 agents\n"


def test_who_comes_second_is_told_who_was_first_and_fails(floorwatch: Run, folder: Path) -> None:
    floorwatch("my-ask", "how?")
    (asked,) = helps(shift(folder))

    first = floorwatch("my-take", asked.id, "--me", "Bo")
    second = floorwatch("my-take", asked.id)
    again = floorwatch("my-take", asked.id, "--me", "Bo")

    assert (first.status, first.out.splitlines()[0]) == (0, "You have it.")
    assert (second.status, second.out) == (1, "")
    assert second.complaints[0].startswith("floorwatch: warning: Bo has it already, since ")
    assert again.complaints == ["floorwatch: warning: You have it already."]


def test_what_others_enter_meanwhile_is_counted_first(floorwatch: Run, folder: Path, todays_log: Path) -> None:
    plugin = folder / "config" / "plugins" / "late.py"
    plugin.write_text(dedent(LATE), encoding="utf-8")
    plugin.chmod(0o644)
    floorwatch("my-ask", "how?")
    (asked,) = helps(shift(folder))

    ran = floorwatch("too-late", asked.id, folder / "config" / "shift.db", "--feed", todays_log)

    assert ran.status == 1
    assert ran.complaints[0].startswith("floorwatch: warning: Cy has it already, since ")


def test_what_cannot_be_written_did_not_happen(floorwatch: Run, folder: Path) -> None:
    (folder / "text.db").write_text("this is no journal, whatever its name says\n" * 20)

    ran = floorwatch("my-ask", "how?", "--journal", "text.db")

    assert (ran.status, ran.out) == (1, "")
    assert ran.complaints[-1].startswith("floorwatch: nothing was entered: ")
    assert "text.db" in ran.complaints[-1]


def test_a_journal_of_a_kind_that_nobody_opens_is_named(floorwatch: Run) -> None:
    ran = floorwatch("my-ask", "how?", "--journal", "postgresql://pbx/floor")

    assert (ran.status, ran.out) == (1, "")
    assert ran.complaints[-1].startswith("floorwatch: postgresql://pbx/floor: ")


def test_nothing_is_entered_on_the_floor_of_a_recording(floorwatch: Run, folder: Path) -> None:
    write_recording(folder / "day.floorlog")

    ran = floorwatch("my-ask", "how?", "--feed", "day.floorlog")

    assert (ran.status, ran.out) == (1, "")
    assert ran.complaints == ["floorwatch: nothing was entered: the floor is that of a recording; leave --feed out"]


def test_what_to_do_next_can_be_pasted(floorwatch: Run) -> None:
    said = floorwatch("my-take", "h1").out.splitlines()

    assert said[1:] == [
        """go on with: floorwatch my-ask --row help:1 --question 'it'"'"'s late' --agent 1007""",
        "go on with 'Only on screen' on the screen",
    ]


def test_help_lists_fixed_fields_and_who_enters(floorwatch: Run) -> None:
    said = " ".join(floorwatch("my-ask", "--help").out.split())

    assert "floorwatch my-ask [OPTIONS] [QUESTION]..." in said
    assert "--agent TEXT Agent: who asks" in said
    assert "--me NAME Who enters it" in said


def test_an_entry_of_a_clock_that_goes_ahead_stands_in_the_floor(
    floorwatch: Run, folder: Path, todays_log: Path
) -> None:
    journal = open_journal(str(folder / "config" / "shift.db"))
    ahead = TEN * 2.0
    asked = events.HelpRequested(ahead, id="h", by="Bo", agent="1001")
    journal.append([NewEntry("h", ahead, "Bo", asked)])
    journal.close()

    assert floorwatch("my-ask", "how?", "--feed", todays_log).out.startswith("2 in line")
    assert floorwatch("my-ask", "how?").out.startswith("3 in line")


def test_ten_at_once_are_all_kept(started: Start, folder: Path) -> None:
    processes = [started("my-ask", f"question {number}") for number in range(10)]
    ended = [(process.communicate(timeout=PATIENCE_SECONDS), process.returncode) for process in processes]

    assert [status for _said, status in ended] == [0] * 10
    assert {each.question for each in helps(shift(folder))} == {f"question {number}" for number in range(10)}
