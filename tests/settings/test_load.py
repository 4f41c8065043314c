import subprocess
import sys
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from floorwatch.model.targets import Target
from floorwatch.settings import Settings, SettingsError, Theme, load_settings, me_of, rules_of, settings_table
from floorwatch.settings.layout import LayoutSpec

Load = Callable[..., Settings]
Wrong = Callable[..., tuple[str, ...]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load a text as the file of a floor, with an environment of one's own."""

    def loaded(text: str | bytes, **env: str) -> Settings:
        file = tmp_path / "floorwatch.toml"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return load_settings(file, env)

    return loaded


@pytest.fixture
def wrong(load: Load, tmp_path: Path) -> Wrong:
    """What a text is refused for, without the folder of the file."""

    def refused(text: str | bytes, **env: str) -> tuple[str, ...]:
        with pytest.raises(SettingsError) as caught:
            load(text, **env)
        return tuple(message.replace(f"{tmp_path}/", "") for message in caught.value.messages)

    return refused


def test_no_file_gives_the_defaults_without_pydantic() -> None:
    program = (
        "import sys; from floorwatch.settings import *; assert load_settings(None) == Settings(); rules_of(Settings());"
        "print({'pydantic', 'difflib', 'platformdirs', 'tomllib'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


def test_an_empty_file_gives_the_defaults(load: Load) -> None:
    loaded = load("\ufeff# nothing yet\r\n")
    assert loaded.given == frozenset()
    assert loaded.floor == Settings().floor
    assert loaded.screen == Settings().screen


def test_a_whole_file_is_read(load: Load, tmp_path: Path) -> None:
    (tmp_path / "extra").mkdir()
    (tmp_path / "staff.csv").write_text("interface,name\n")
    settings = load(
        """
        [floor]
        name = "北楼"
        zone = "Asia/Shanghai"
        day_starts = 06:30:00
        [service]
        seconds = 30
        [queues.support]
        title = "Support"
        share = 0.9
        [groups]
        inbound = ["support", "vip"]
        [feeds.main]
        path = "queue_log"
        options = { custom_events = { HELP = "help" } }
        [people]
        file = "staff.csv"
        [screen]
        theme = "contrast"
        ascii = true
        layout = [["agents"]]
        [panels.agents]
        columns = ["name"]
        [rules.longest-wait]
        enabled = false
        hold_seconds = 30
        [plugins]
        folders = ["extra"]
        """
    )
    assert settings.floor.name == "北楼"
    assert settings.floor.day_starts == time(6, 30)
    assert settings.service == Target(seconds=30.0)
    assert settings.queues["support"].target == Target(seconds=30.0, share=0.9), "a queue keeps what [service] says"
    assert settings.queues["support"].title == "Support"
    assert settings.groups == {"inbound": ("support", "vip")}
    assert settings.feeds["main"].path == str(tmp_path / "queue_log")
    assert settings.feeds["main"].options == {"custom_events": {"HELP": "help"}}
    assert settings.people.file == tmp_path / "staff.csv"
    assert (settings.screen.theme, settings.screen.ascii) == (Theme.CONTRAST, True)
    assert settings.screen.layout == LayoutSpec.of([["agents"]])
    assert settings.panels == {"agents": {"columns": ["name"]}}
    assert (settings.rules["longest-wait"].enabled, settings.rules["longest-wait"].options) == (
        False,
        {"hold_seconds": 30},
    )
    assert settings.plugins.folders == (tmp_path / "extra",)
    assert ("queues", "support", "share") in settings.given


def test_three_mistakes_are_three_messages_with_their_lines(wrong: Wrong) -> None:
    assert wrong('[service]\nseconds = "20"\nshare = 80\n\n[screen]\n\n\nteme = "dark"\n') == (
        'floorwatch.toml:2: service.seconds: must be a number, not "20"; write for example seconds = 20',
        "floorwatch.toml:3: service.share: must be at most 1, not 80; write for example share = 0.8",
        "floorwatch.toml:8: screen.teme: is not known here; did you mean theme?",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[feed.main]\npath = 'x'", "1: feed: is not known here; did you mean feeds?"),
        ("[floor]\nshow-numbers = true", "2: floor.show-numbers: is not known here; known are name, zone"),
        ("[floor]\nseconds = 3", "2: floor.seconds: is not known here; it belongs in [service], [queues.NAME]"),
        ("[queues.a]\nShort-Seconds = 3", "2: queues.a.Short-Seconds: is not known here; did you mean short_seconds?"),
        ("colour = 1", "1: colour: is not known here; known are floor, service"),
    ],
)
def test_an_unknown_key_is_told_what_it_should_be(wrong: Wrong, text: str, message: str) -> None:
    (said,) = wrong(text)
    assert said.startswith(f"floorwatch.toml:{message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("floor = 3", "1: floor: must be a table, not 3; write [floor] on a line of its own"),
        ("[service]\nseconds = true", "2: service.seconds: must be a number, not true"),
        ("[service]\nseconds = 0", "2: service.seconds: must be more than 0, not 0"),
        ("[service]\nseconds = inf", "2: service.seconds: must be a finite number, not inf"),
        ("[service]\ndefinition = 'best'", "2: service.definition: there is no definition best; choose answered,"),
        ("[queues.'vip line']\norder = 1.5", '2: queues."vip line".order: must be a whole number, not 1.5'),
        ("[screen]\nshow_numbers = 'no'", '2: screen.show_numbers: must be true or false, not "no"'),
        ("[screen]\nascii = 'maybe'", '2: screen.ascii: write true, false or "auto"'),
        ("[screen]\ntheme = 'blue'", "2: screen.theme: there is no theme blue; choose dark, light, contrast"),
        ("[screen]\nlayout = ['a']", '2: screen.layout[1]: must be a list, not "a"'),
        ("[screen]\nlayout = [\n['a'],\n[],\n]", "2: screen.layout: a row has no panel"),
        ("[screen]\nlayout = [\n['a'],\n['b', 'a'],\n]", "2: screen.layout: a stands here twice"),
        ("[screen]\nlayout = [\n['a'],\n['b', 3],\n]", "4: screen.layout[2][2]: must be text in quotes, not 3"),
        ("[groups]\nall = []", '2: groups.all: must not be empty; write for example all = ["support", "vip"]'),
        ("[floor]\nzone = 'Mars/Base'", "2: floor.zone: there is no time zone Mars/Base"),
        ("[floor]\nzone = '../../etc/passwd'", "2: floor.zone: there is no time zone"),
        ("[floor]\nday_starts = '25:00'", "2: floor.day_starts: is not a time of day"),
        ("[floor]\nday_starts = 6", "2: floor.day_starts: is not a time of day"),
        ("[floor]\nlanguage = 'Chinese'", "2: floor.language: is not a language"),
        ("[floor]\nname = ''", "2: floor.name: must not be empty"),
        ("[feeds.main]\nformat = 'x'", "1: feeds.main.path: is missing; write for example path ="),
        ("[feeds.main]\npath = ''", "2: feeds.main.path: is empty"),
        ("[feeds.main]\npath = '$NOWHERE/q'", "2: feeds.main.path: the environment has no NOWHERE"),
        ("[feeds.main]\npath = '~no-such-user-here/q'", "2: feeds.main.path: nobody's home folder is known"),
        ("feeds = { main = { path = 5 } }", "1: feeds.main.path: must be text in quotes, not 5"),
        ("[rules.r]\nenabled = 1", "2: rules.r.enabled: must be true or false, not 1"),
        ("[alerts]\nevery_seconds = 0.5", "2: alerts.every_seconds: must be at least 1, not 0.5"),
        ("[floor]\ngrid = 'A1 A2 A1'", "2: floor.grid: A1: stands in it twice; a seat has one place"),
        ("[floor]\ngrid = ['A1']", '2: floor.grid: must be text in quotes, not ["A1"]'),
        ("[screen]\nlock_after_seconds = -1", "2: screen.lock_after_seconds: write a number of seconds, 0 for never"),
        ("[screen]\nlock_after_seconds = true", "2: screen.lock_after_seconds: write a number of seconds"),
        ("[screen]\nlock_after_seconds = nan", "2: screen.lock_after_seconds: write a number of seconds"),
        ("[journal]\nurl = '$NOWHERE/j.db'", "2: journal.url: the environment has no NOWHERE"),
        ("[journal]\nkeep_days = 0", "2: journal.keep_days: must be at least 1, not 0"),
        ("[people]\nfile = 'none.csv'", "2: people.file: there is no file none.csv"),
        ("[plugins]\nfolders = ['none']", "2: plugins.folders[1]: there is no folder none"),
        ("[plugins]\nNAME = 3", "2: plugins.NAME: is not known here"),
        ("[plugins]\ndisabled = [1]", "2: plugins.disabled[1]: must be text in quotes, not 1"),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_what_it_may_be(wrong: Wrong, text: str, message: str) -> None:
    (said,) = wrong(text)
    assert said.startswith(f"floorwatch.toml:{message}")


def test_two_feeds_on_one_file_would_count_twice(wrong: Wrong, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "log")
    text = "[feeds.a]\npath = 'log'\n[feeds.b]\npath = '$HERE/./link'\n[feeds.c]\npath = 'log.1'\n[floor]\nzone = 3\n"
    twice, zone = wrong(text, HERE=str(tmp_path))
    assert twice.startswith("floorwatch.toml:4: feeds.b.path: is the same file as feed a")
    assert zone.startswith("floorwatch.toml:8: floor.zone: must be text")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("log/queue_log", "{here}/log/queue_log"),
        ("/var/log/queue_log", "/var/log/queue_log"),
        ("$LOGS/queue_log", "/srv/logs/queue_log"),
        ("${LOGS}/a$$b", "/srv/logs/a$b"),
        ("${SUB}/queue_log", "{here}/sub/queue_log"),
        ("ami://watch:$WORD@pbx:5038", "ami://watch:open@pbx:5038"),
    ],
)
def test_a_path_is_expanded_and_stands_beside_its_file(load: Load, tmp_path: Path, path: str, expected: str) -> None:
    settings = load(f'[feeds.main]\npath = "{path}"\n', LOGS="/srv/logs", SUB="sub", WORD="open")
    assert settings.feeds["main"].path == expected.format(here=tmp_path)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", None),
        ("memory:", "memory:"),
        ("shift.db", "{here}/shift.db"),
        ("$DATA/shift.db", "/srv/data/shift.db"),
        ("sqlite:shift.db", "sqlite:{here}/shift.db"),
        ("sqlite:/srv/shift.db", "sqlite:/srv/shift.db"),
        ("postgresql://notes@pbx/floor", "postgresql://notes@pbx/floor"),
    ],
)
def test_the_journal_stands_beside_the_file(load: Load, tmp_path: Path, url: str, expected: str | None) -> None:
    loaded = load(f"[journal]\nurl = '{url}'\n", DATA="/srv/data").journal.url
    assert loaded == (None if expected is None else expected.format(here=tmp_path))


def test_the_grid_is_read_as_it_is_drawn_and_shown_so(load: Load) -> None:
    settings = load("[floor]\ngrid = '''\nA1 A2 . A3\n\nB1 B2\n'''\n")
    assert settings.floor.grid.rows == (("A1", "A2", "", "A3"), (), ("B1", "B2"))
    assert rules_of(settings).grid == settings.floor.grid
    (shown,) = (row.value for row in settings_table(settings) if row.key == "floor.grid")
    assert shown == '"A1 A2 . A3\\n\\nB1 B2"'


def test_the_screen_locks_after_a_while_only_where_that_was_asked_for(load: Load) -> None:
    written = {word: load(f"[screen]\nlock_after_seconds = {word}\n") for word in ('""', "0", "300")}
    assert {word: each.screen.lock_after_seconds for word, each in written.items()} == {
        '""': None,
        "0": None,
        "300": 300,
    }


def test_who_writes_is_the_one_named_or_the_system_user(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "shift")
    assert me_of(load("[floor]\nme = 'Ada Quist'\n")) == "Ada Quist"
    assert me_of(load("[floor]\nme = ''\n")) == "shift"


def test_a_home_folder_is_filled_in(load: Load) -> None:
    assert load("[feeds.main]\npath = '~/queue_log'\n").feeds["main"].path == str(Path("~/queue_log").expanduser())


def test_a_relative_file_still_gives_absolute_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "floorwatch.toml").write_text("[feeds.main]\npath = 'queue_log'\n")
    monkeypatch.chdir(tmp_path)
    settings = load_settings(Path("config/floorwatch.toml"), {})
    assert settings.feeds["main"].path == str(tmp_path / "config" / "queue_log")
    assert settings.file == Path("config/floorwatch.toml")


def test_a_plugins_folder_beside_the_file_is_read_without_being_named(load: Load, tmp_path: Path) -> None:
    assert load("").plugins.folders == ()
    (tmp_path / "plugins").mkdir()
    assert load("").plugins.folders == (tmp_path / "plugins",)
    assert load("[plugins]\nfolders = []").plugins.folders == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[floor]\nname = North\n", "floorwatch.toml:2:8: this is not TOML (Invalid value)"),
        ("[floor\n", "floorwatch.toml:1:7: this is not TOML (Expected ']' at the end of a table declaration)"),
        ('a = """\n\n', "floorwatch.toml:3: this is not TOML (Unterminated string)"),
        ("[floor]\n[floor]\n", "floorwatch.toml:2:7: this is not TOML (Cannot declare ('floor',) twice)"),
        ("a = 1\nb = '\xe9'\n".encode("latin-1"), "floorwatch.toml:2: is not UTF-8; save the file as UTF-8"),
        (b"\x00\x01\x02", "floorwatch.toml:1:1: this is not TOML"),
        ("a = " + "[" * 5000, "floorwatch.toml:1: this is not TOML"),
        ("a = " + "9" * 5000, "floorwatch.toml:1: this is not TOML"),
    ],
    ids=["bare word", "open bracket", "open string", "twice", "latin-1", "binary", "deep", "huge number"],
)
def test_what_is_not_toml_is_told_with_its_line(wrong: Wrong, text: str | bytes, message: str) -> None:
    (said,) = wrong(text)
    assert said.startswith(message)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml: there is no such file; .*config init"):
        load_settings(tmp_path / "none.toml", {})


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path, {})


def test_a_message_cannot_act_on_a_terminal(wrong: Wrong) -> None:
    (said,) = wrong('[floor]\nzone = "\\u001b[2J"\n')
    assert "\x1b" not in said
