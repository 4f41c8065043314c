"""Bad input: one clear line that names the file, the line or the key, and what to do; status 1; never a traceback."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.cli.conftest import Ran, Run
from tests.cli.small_log import write_log


def only_line(ran: Ran) -> str:
    """The one complaint of a command that failed."""
    assert ran.status == 1
    (complaint,) = ran.complaints
    assert complaint.startswith("floorwatch: ")
    return complaint.removeprefix("floorwatch: ")


@pytest.fixture
def bad_feeds(folder: Path) -> None:
    """Feeds that cannot be read, each for its own reason."""
    (folder / "nothing_in_it").mkdir()
    (folder / "binary").write_bytes(bytes(range(256)) * 20)
    (folder / "empty").touch()
    (folder / "prose").write_text("It was a dark and stormy night;\n" * 10)
    (folder / "newer.floorlog").write_text('{"floorlog": 2, "zone": "UTC", "feeds": {}}\n')
    (folder / "nowhere.floorlog").write_text('{"floorlog": 1, "zone": "Nope/Zone", "feeds": {}}\n')
    (folder / "alien.floorlog").write_text('{"floorlog": 1, "zone": "UTC", "feeds": {"a": {"format": "alien"}}}\n')
    os.mkfifo(folder / "pipe")


@pytest.mark.usefixtures("bad_feeds")
@pytest.mark.parametrize("command", [("state",), ("feeds", "check"), ("report", "intervals")], ids=" ".join)
@pytest.mark.parametrize(
    ("feed", "said"),
    [
        ("missing", "missing: there is no such file"),
        ("nothing_in_it", "nothing_in_it: there are no files in this folder"),
        ("binary", "binary: this is a binary file, not lines of text"),
        ("empty", "empty: no known format, or nothing in it yet; name one with --format"),
        ("prose", "prose: no known format, or nothing in it yet; name one with --format"),
        ("pipe", "pipe: "),
        ("newer.floorlog", "newer.floorlog: a recording of version 2, and this floorwatch reads 1"),
        ("nowhere.floorlog", "nowhere.floorlog, line 1: there is no time zone 'Nope/Zone'"),
        ("alien.floorlog", "alien.floorlog, line 1: feed a: there is no feed format 'alien'; "),
    ],
)
def test_a_feed_that_cannot_be_read_is_one_line(
    floorwatch: Run, command: tuple[str, ...], feed: str, said: str
) -> None:
    ran = floorwatch(*command, feed)

    assert only_line(ran).startswith(said)
    assert ran.out == ""


@pytest.mark.usefixtures("bad_feeds")
@pytest.mark.parametrize("feed", ["newer.floorlog", "nowhere.floorlog", "alien.floorlog", "missing", "prose"])
def test_a_recording_that_cannot_be_indexed_is_one_line_that_names_it(floorwatch: Run, feed: str) -> None:
    assert only_line(floorwatch("index", feed)).startswith(feed)


@pytest.mark.usefixtures("bad_feeds")
@pytest.mark.parametrize("command", [("watch", "--headless"), ("record", "out.floorlog")], ids=" ".join)
@pytest.mark.parametrize("feed", ["missing", "nothing_in_it", "binary", "empty", "prose", "pipe", "newer.floorlog"])
def test_a_feed_that_cannot_be_followed_is_one_line(floorwatch: Run, command: tuple[str, ...], feed: str) -> None:
    assert only_line(floorwatch(*command, feed)).startswith(f"{feed}: ")


def test_a_recording_is_not_followed_but_replayed(floorwatch: Run, folder: Path) -> None:
    (folder / "day.floorlog").write_text('{"floorlog": 1, "zone": "UTC", "feeds": {}}\n')

    assert only_line(floorwatch("watch", "--headless", "day.floorlog")).endswith("see it with floorwatch replay")


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Call it to go on without root's rights, in a folder where everybody may look."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        monkeypatch.chdir(name)
        monkeypatch.setenv("XDG_CONFIG_HOME", name)
        monkeypatch.setenv("XDG_CONFIG_DIRS", name)
        privileged = os.geteuid() == 0
        yield lambda: os.seteuid(65534) if privileged else None
        if privileged:
            os.seteuid(0)


def test_a_file_that_may_not_be_read_is_one_line(floorwatch: Run, nobody: Callable[[], None]) -> None:
    log = write_log(Path("queue_log"))
    floorwatch("state", log)  # what it imports may lie where only we may read
    log.chmod(0)
    nobody()

    assert only_line(floorwatch("state", log)).startswith("queue_log: no permission")


def test_an_unknown_format_is_named_with_the_known_ones(floorwatch: Run, log: Path) -> None:
    said = only_line(floorwatch("state", log, "--format", "asterisk-queue-lgo"))

    assert said == "feed queue_log: there is no feed format 'asterisk-queue-lgo'; did you mean 'asterisk-queue-log'?"


def test_an_empty_file_of_a_named_format_has_no_line(floorwatch: Run, folder: Path) -> None:
    (folder / "empty").touch()

    said = only_line(floorwatch("state", "empty", "--format", "asterisk-queue-log"))

    assert said == "empty: there is no line to read in it"


def test_no_feed_at_all_says_how_to_give_one(floorwatch: Run) -> None:
    assert only_line(floorwatch("state")).startswith("no feed: give a file or folder")


def test_a_recording_stands_alone(floorwatch: Run, folder: Path, log: Path) -> None:
    (folder / "day.floorlog").write_text('{"floorlog": 1, "zone": "UTC", "feeds": {}}\n')

    assert only_line(floorwatch("state", log, "day.floorlog")).startswith("day.floorlog: a recording stands alone")


@pytest.mark.parametrize(
    "word",
    ["nonsense", "25:00", "2026-02-30", "", "inf", "nan", "1e300", "-5", "1795255200000", "0001-01-01", "9999-12-31"],
)
def test_a_moment_that_is_none_is_one_line(floorwatch: Run, log: Path, word: str) -> None:
    wanted = f"{word!r} is no time: write 10:40, 2026-11-21T10:40 or epoch seconds"

    assert only_line(floorwatch("state", log, "--at", word)) == wanted
    assert only_line(floorwatch("report", "intervals", log, "--from", word)) == wanted


def test_an_unknown_report_is_named_with_the_known_ones(floorwatch: Run, log: Path) -> None:
    assert (
        only_line(floorwatch("report", "interval", log)) == "there is no report 'interval'; did you mean 'intervals'?"
    )


def test_an_unknown_form_is_named_with_the_known_ones(floorwatch: Run, log: Path) -> None:
    said = only_line(floorwatch("report", "agents", log, "--format", "parquet"))

    assert said == "there is no form 'parquet': choose table, csv, json, md, html, xlsx"


def test_a_workbook_is_never_written_to_a_terminal(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("report", "agents", log, "--format", "xlsx")

    assert (ran.status, ran.out) == (2, "")
    assert "--format xlsx is no text: name the file to write with --out FILE" in ran.err


def test_a_span_that_ends_before_it_begins_is_one_line(floorwatch: Run, log: Path) -> None:
    said = only_line(floorwatch("report", "agents", log, "--from", "11:00", "--to", "10:00"))

    assert said == "--to 10:00 is not after --from 11:00"


def test_a_configuration_with_three_mistakes_is_three_lines(floorwatch: Run, folder: Path, log: Path) -> None:
    (folder / "bad.toml").write_text('[service]\nseconds = "20"\nshare = 80\n[screen]\nteme = "dark"\n')
    expected = [
        'floorwatch: bad.toml:2: service.seconds: must be a number, not "20"; write for example seconds = 20',
        "floorwatch: bad.toml:3: service.share: must be at most 1, not 80; write for example share = 0.8",
        "floorwatch: bad.toml:5: screen.teme: is not known here; did you mean theme?",
    ]

    for command in (("config", "check"), ("state", log), ("watch", "--headless", log)):
        ran = floorwatch("--config", "bad.toml", *command)
        assert ran.status == 1
        assert ran.complaints == expected


NAMES = """
[screen]
layout = [["queue-statu", "needs-you"], ["agents"]]
[layouts.mine]
rows = [["agent"]]
[panels.agents]
colour = 3
[panels.nopanel]
x = 1
[rules.longest-wiat]
enabled = false
[rules.longest-wait]
secs = 3
[plugins]
disabled = ["needs-yu"]
[feeds.a]
path = "a"
format = "asterisk-queue-lgo"
[feeds.b]
path = "b.csv"
format = "table"
options = {rwo = "call"}
"""


def test_every_name_that_nobody_has_is_said_with_a_suggestion(floorwatch: Run, folder: Path) -> None:
    (folder / "bad.toml").write_text(NAMES)

    ran = floorwatch("--config", "bad.toml", "config", "check")
    said = {line.removeprefix("floorwatch: bad.toml: ") for line in ran.complaints}

    assert ran.status == 1
    assert len(said) == 9
    assert "layouts.mine.rows: there is no panel 'agent'; did you mean 'agents'?" in said
    assert "plugins.disabled: there is no plugin 'needs-yu'; did you mean 'needs-you'?" in said
    assert "screen.layout: there is no panel 'queue-statu'; did you mean 'queue-status'?" in said
    assert any(each.startswith("panels.nopanel: there is no panel 'nopanel'; there are: agents, ") for each in said)
    assert "rules.longest-wiat: there is no alert rule 'longest-wiat'; did you mean 'longest-wait'?" in said
    assert "feed a: there is no feed format 'asterisk-queue-lgo'; did you mean 'asterisk-queue-log'?" in said
    for beginning in (
        "panels.agents.colour: there is no such option",
        "rules.longest-wait.secs: there is no such option",
    ):
        assert any(each.startswith(beginning) for each in said)
    assert any(each.startswith("feeds.b.options: rwo: no such option") for each in said)


def test_unknown_names_are_warnings_elsewhere_and_the_work_goes_on(floorwatch: Run, folder: Path, log: Path) -> None:
    (folder / "odd.toml").write_text(
        '[screen]\nlayout = [["agent"]]\n[rules.long-wait]\nenabled = false\n[plugins]\ndisabled = ["needs-yu"]\n'
    )

    ran = floorwatch("--config", "odd.toml", "state", log)

    assert ran.status == 0
    assert "waiting 1" in ran.out
    assert len(ran.complaints) == 3
    assert all(each.startswith("floorwatch: warning: odd.toml: ") for each in ran.complaints)


def test_many_doubts_are_cut_short(floorwatch: Run, folder: Path, log: Path) -> None:
    (folder / "who.csv").write_text("name\n" + '"open\n' * 30)

    ran = floorwatch("--people", "who.csv", "state", log)

    assert len(ran.complaints) == 6
    assert ran.complaints[0].startswith("floorwatch: warning: who.csv:2: ")
    assert ran.complaints[-1] == "floorwatch: warning: 25 more; `floorwatch config check` lists them all"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "who.csv: there is nobody in it"),
        ("foo,bar\n1,2\n", "who.csv:1: no column is named interface, name or employee"),
        ('name\n"open\n', "who.csv:2: this line was left out"),
    ],
)
def test_a_wrong_people_file_is_a_warning_and_a_mistake_in_the_check(
    floorwatch: Run, folder: Path, log: Path, text: str, said: str
) -> None:
    (folder / "who.csv").write_text(text)

    (warning,) = floorwatch("--people", "who.csv", "state", log).complaints

    assert warning.startswith(f"floorwatch: warning: {said}")
    assert only_line(floorwatch("--people", "who.csv", "config", "check")).startswith(said)


def test_a_people_file_that_is_not_there_is_one_line(floorwatch: Run, log: Path) -> None:
    assert only_line(floorwatch("--people", "who.csv", "state", log)).startswith("who.csv: cannot be read")


def test_a_configuration_that_is_not_there_is_one_line(floorwatch: Run) -> None:
    assert only_line(floorwatch("--config", "no.toml", "config", "check")).startswith("no.toml: there is no such file")


@pytest.mark.parametrize(
    "words",
    [
        ("nosuch",),
        ("state", "--nope"),
        ("record",),
        ("replay", "--nope"),
        ("demo", "--seconds", "3"),
        ("watch", "--seconds", "-1"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2(floorwatch: Run, words: tuple[str, ...]) -> None:
    ran = floorwatch(*words)

    assert ran.status == 2
    assert ran.err.startswith("Usage: ")


@pytest.mark.parametrize("words", [(), ("demo",), ("watch", "queue_log"), ("replay", "queue_log")], ids=" ".join)
def test_without_a_terminal_a_screen_says_what_to_use_instead(
    floorwatch: Run, log: Path, words: tuple[str, ...]
) -> None:
    said = only_line(floorwatch(*words))

    assert said == "this is not a terminal: use `floorwatch state`, or --headless with watch and demo"
