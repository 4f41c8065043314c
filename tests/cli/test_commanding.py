"""Commands of plugins in the command line: found, listed, filled in, and what they say. What they enter:
test_entering.py."""

from pathlib import Path
from textwrap import dedent

import pytest
import typer

from floorwatch.cli.commanding import TAKEN
from floorwatch.cli.program import FLAGS, VALUED, program
from floorwatch.engine.entries import OUR_WORDS
from floorwatch.model import events
from tests.cli.conftest import Run, entered
from tests.cli.small_log import TEN, write_recording
from tests.host.drop_in_files import COMMAND_OF_1_0, drop

NOTES = """
    from msgspec import Struct

    from floorwatch.api import (
        ChoiceField, Command, Happened, Open, Option, PersonField, TextField, TimeField, Toast, Tone, events, hookimpl
    )


    KINDS = (Option("info", "Information"), Option("late"))


    class Signed(Struct, frozen=True):
        by: str = "nobody"


    class Note(Command):
        name = "my-note"
        title = "Take a note on an agent"
        cli = True
        options_type = Signed
        parameters = (
            PersonField(name="who", title="Agent", hint="who it is about"),
            TextField(name="walk_note", title="Note", longest=40),
            ChoiceField(name="kind", title="Kind", options=KINDS, default="info"),
            TimeField(name="seen", title="When", required=False),
            TextField(name="people", title="Others", required=False),
        )

        def prefill(self, request):
            return {"who": request.subject("agent") or ""}

        def run(self, request):
            data = dict(request.values) | {"by": request.options.by}
            yield Toast("Noted.")
            yield Happened(events.Custom(request.floor.at, "my-note", request.text("who"), data))


    class Waiting(Command):
        name = "who-waits"
        title = "Say who waits"
        cli = True

        def run(self, request):
            waiting = len(request.floor.waiting)
            yield Toast(f"{waiting} waiting at {request.floor.at:.0f}, {len(request.floor.alerts)} alerts")
            yield Open("queue-status")
            yield Open("queue-status", "queue:sales")
            if waiting:
                yield Toast("somebody waits", Tone.WARN)


    class Alarm(Waiting):
        name = "raise-alarm"

        def run(self, request):
            return [Toast("fire", Tone.ALARM)]


    class Wrong(Waiting):
        name = "go-wrong"

        def run(self, request):
            return "done"


    class OnScreen(Waiting):
        name = "on-screen"
        cli = False


    @hookimpl
    def floorwatch_commands():
        return [Note(), Waiting(), Alarm(), Wrong(), OnScreen()]
"""


@pytest.fixture(autouse=True)
def notes(folder: Path) -> Path:
    """The plugin, beside a configuration that is read without being named."""
    plugins = folder / "config" / "plugins"
    plugins.mkdir(parents=True, mode=0o755)
    (folder / "config").chmod(0o755)
    plugin = plugins / "notes.py"
    plugin.write_text(dedent(NOTES), encoding="utf-8")
    plugin.chmod(0o644)
    (folder / "config" / "floorwatch.toml").touch()
    return plugin


def noted() -> list[events.Custom]:
    """The notes in the journal."""
    return [event for event in entered() if isinstance(event, events.Custom)]


def test_a_note_is_in_the_journal_and_a_word_on_stdout(floorwatch: Run, people: Path) -> None:
    ran = floorwatch("my-note", "张伟", "came late", "--seen", "2026-11-21 10:00", "--people", people)

    (event,) = noted()
    assert (ran.status, ran.out, ran.err) == (0, "Noted.\n", "")
    assert (event.name, event.subject) == ("my-note", "4001")
    assert event.data == {"who": "4001", "walk_note": "came late", "kind": "info", "seen": TEN, "by": "nobody"}


def test_every_field_is_an_option_and_what_must_be_said_stands_in_order(floorwatch: Run, people: Path) -> None:
    lines = (
        ("my-note", "4001", "late"),
        ("my-note", "--who", "4001", "late"),
        ("my-note", "--walk-note", "late", "4001"),
        ("my-note", "--walk-note=late", "--who=4001", "--kind", "information"),
        ("my-note", "--row", "agent:4001", "--walk-note", "late"),
    )
    for line in lines:
        floorwatch(*line, "--people", people)

    assert [note.data for note in noted()] == [{"who": "4001", "walk_note": "late", "kind": "info", "by": "nobody"}] * 5


def test_a_minus_and_a_number_is_a_value(floorwatch: Run, people: Path) -> None:
    floorwatch("my-note", "4001", "-3 degrees", "--seen", "-10m", "--people", people)

    (note,) = noted()
    assert note.data is not None
    assert note.data["walk_note"] == "-3 degrees"
    assert note.at - note.data["seen"] == pytest.approx(600)


def test_a_field_named_like_an_option_of_ours_has_another(floorwatch: Run, people: Path) -> None:
    floorwatch("my-note", "4001", "x", "--field-people", "Bo", "--people", people)

    (note,) = noted()
    assert note.data is not None
    assert note.data["people"] == "Bo"


def test_every_option_of_ours_is_kept_from_fields() -> None:
    assert {option.removeprefix("--") for option in (*VALUED, *FLAGS)} | {"feed", "row", "me", "help"} == TAKEN


def test_every_mistake_is_a_line_and_status_2(floorwatch: Run, people: Path) -> None:
    ran = floorwatch("my-note", "zoe", "x" * 41, "--kind", "bad", "--seen", "soon", "--people", people)

    assert ran.status == 2
    assert ran.out == ""
    assert noted() == []
    assert ran.complaints == [
        "floorwatch: --who: nobody here is 'zoe': write a number, a seat or a name",
        "floorwatch: --walk-note: write at most 40 characters; these are 41",
        "floorwatch: --kind: 'bad' is none of them; choose one of: info (Information), late",
        "floorwatch: --seen: 'soon' is no time: write 10:40, +15m, -30s or 2026-11-21 10:40",
        "floorwatch: `floorwatch my-note --help` tells what it takes",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("my-note", "4001", "came", "late"), "Nothing takes 'late': put a text with blanks in quotes."),
        (("my-note", "--knid", "info"), "No such option: --knid"),
        (("who-waits", "me"), "unexpected extra argument"),
        (("my-noet",), "There is no command 'my-noet'. Did you mean 'my-note'?"),
        (("stat",), "There is no command 'stat'. Did you mean 'state'?"),
        (("nosuch",), "There is no command 'nosuch'."),
        (("on-screen",), "The command 'on-screen' is for the screen alone: there, ctrl+p offers it."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_usage_says_what_is_meant(floorwatch: Run, people: Path, words: tuple[str, ...], said: str) -> None:
    ran = floorwatch(*words, "--people", people)

    assert ran.status == 2
    assert ran.err.startswith("Usage: ")
    assert said in ran.err


def test_words_go_to_stdout_and_no_feed_is_needed(floorwatch: Run) -> None:
    ran = floorwatch("who-waits")

    assert ran.status == 0
    assert ran.complaints == []
    first, *others = ran.out.splitlines()
    assert first.startswith("0 waiting at ")
    assert others == [
        "see the panel queue-status on the screen",
        "see queue:sales in the panel queue-status on the screen",
    ]


def test_the_floor_is_that_of_the_feeds_now_with_its_alerts(floorwatch: Run, todays_log: Path) -> None:
    ran = floorwatch("who-waits", "--feed", todays_log)

    assert ran.status == 0
    assert ran.out.startswith("1 waiting at ")
    assert ran.out.splitlines()[0].endswith(", 1 alerts")
    assert ran.complaints == ["floorwatch: warning: somebody waits"]


def test_the_configured_feeds_are_read_when_none_is_given(floorwatch: Run, folder: Path, todays_log: Path) -> None:
    (folder / "config" / "floorwatch.toml").write_text(f'[feeds.main]\npath = "{todays_log}"\n')

    assert floorwatch("who-waits").out.startswith("1 waiting at ")


def test_a_command_of_api_1_0_that_inherits_nothing_runs_on_the_floor_of_its_feeds(
    floorwatch: Run, folder: Path, log: Path
) -> None:
    ran = floorwatch("greet", "--feed", log, "--plugin-dir", drop(folder, "plugins/old.py", COMMAND_OF_1_0).parent)

    assert (ran.status, ran.out, ran.err) == (0, "Hello.\n", "")


def test_the_floor_of_a_recording_is_that_of_its_last_line(floorwatch: Run, folder: Path) -> None:
    write_recording(folder / "day.floorlog")

    assert floorwatch("who-waits", "--feed", "day.floorlog").out.startswith(f"1 waiting at {TEN + 3600}")


def test_a_configured_feed_that_is_not_there_is_a_warning_and_the_rest_is_read(
    floorwatch: Run, folder: Path, todays_log: Path
) -> None:
    feeds = f'[feeds.main]\npath = "{todays_log}"\n[feeds.notes]\npath = "gone.jsonl"\nformat = "floorwatch-jsonl"\n'
    (folder / "config" / "floorwatch.toml").write_text(feeds)

    ran = floorwatch("who-waits")

    assert ran.status == 0
    assert ran.out.startswith("1 waiting at ")
    assert ran.complaints[0].startswith("floorwatch: warning: the floor is read without feed notes: ")


def test_a_feed_that_was_named_and_cannot_be_read_is_one_line(floorwatch: Run) -> None:
    ran = floorwatch("who-waits", "--feed", "missing")

    assert (ran.status, ran.out) == (1, "")
    assert ran.complaints == ["floorwatch: missing: there is no such file"]


def test_an_alarm_and_a_command_that_goes_wrong_are_status_1(floorwatch: Run) -> None:
    alarm, wrong = floorwatch("raise-alarm"), floorwatch("go-wrong")

    assert (alarm.status, alarm.out, alarm.complaints) == (1, "", ["floorwatch: fire"])
    assert (wrong.status, wrong.out) == (1, "")
    assert wrong.err.startswith("floorwatch: Say who waits: run returned a str: return a list of ")
    assert "notes.py:" in wrong.err


def test_the_options_of_the_settings_reach_the_command_and_wrong_ones_are_said(
    floorwatch: Run, folder: Path, people: Path
) -> None:
    settings = folder / "config" / "floorwatch.toml"
    settings.write_text('[commands.my-note]\nby = "Li"\n')
    floorwatch("my-note", "4001", "x", "--people", people)
    settings.write_text("[commands.my-note]\nbye = 3\n")
    wrong = floorwatch("my-note", "4001", "x", "--people", people)

    assert [note.data and note.data["by"] for note in noted()] == ["Li"]
    assert wrong.status == 1
    assert "commands.my-note.bye: there is no such option; did you mean by?" in wrong.err


def test_help_lists_the_fields_with_their_hints(floorwatch: Run) -> None:
    ran = floorwatch("my-note", "--help")
    said = " ".join(ran.out.split())

    assert ran.status == 0
    assert "floorwatch my-note [OPTIONS] [WHO WALK_NOTE]..." in said
    assert "--who WHO Agent: who it is about" in said
    assert "--walk-note TEXT Note" in said
    assert "--kind info|late Kind; info (Information), late; info when not given" in said
    assert "--seen TIME When" in said
    assert "A command of the plugin notes." in said


def test_help_lists_the_commands_of_plugins_apart(floorwatch: Run) -> None:
    ours, _, theirs = floorwatch("--help").out.partition("Commands of plugins:")

    assert [line.split()[0] for line in theirs.splitlines() if line] == [
        "ask",
        "my-note",
        "who-waits",
        "raise-alarm",
        "go-wrong",
    ]
    assert "state" in ours


def test_help_knows_plugins_that_are_given_on_either_side_of_it(floorwatch: Run, folder: Path, notes: Path) -> None:
    elsewhere = notes.rename(folder / "notes.py")

    assert "my-note" not in floorwatch("--help").out
    assert "my-note" in floorwatch("--help", "--plugin-dir", elsewhere).out
    assert "my-note" in floorwatch("--plugin-dir", elsewhere, "--help").out
    assert "my-note" not in floorwatch("--plugin-dir", elsewhere, "--no-plugins", "--help").out


def test_help_survives_a_broken_plugin_and_a_broken_configuration(floorwatch: Run, folder: Path, notes: Path) -> None:
    notes.write_text("raise SystemExit(3)\n")
    of_a_plugin = floorwatch("--help")
    (folder / "config" / "floorwatch.toml").write_text("[nonsense]\n")
    of_a_file = floorwatch("--help")

    assert (of_a_plugin.status, of_a_plugin.err) == (0, "")
    assert (of_a_file.status, of_a_file.err) == (0, "")
    assert "`floorwatch config check`" in " ".join(of_a_file.out.split())


def test_a_word_that_is_taken_stays_ours_and_the_plugin_is_told(floorwatch: Run, notes: Path, log: Path) -> None:
    notes.write_text(notes.read_text().replace('"who-waits"', '"state"'))

    assert floorwatch("state", log).out.startswith("2026-11-21 11:00:00")
    listed = floorwatch("plugins", "list").out

    assert "`floorwatch state` is floorwatch's own: choose another name; it is not on the command line" in listed


def test_every_word_of_ours_is_known_as_taken() -> None:
    assert set(getattr(typer.main.get_command(program), "commands", ())) == OUR_WORDS


@pytest.fixture
def loaded(folder: Path, notes: Path) -> Path:
    """A file that is there once the plugin was loaded."""
    mark = folder / "loaded"
    notes.write_text(f"from pathlib import Path\nPath({str(mark)!r}).touch()\n")
    return mark


def test_a_word_of_ours_loads_no_plugin_to_be_known(floorwatch: Run, loaded: Path) -> None:
    floorwatch("state", "--help")
    floorwatch("config", "show")
    assert not loaded.exists()

    floorwatch("nosuch")
    assert loaded.exists()
