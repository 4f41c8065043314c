"""`floorwatch plugins list` and `floorwatch config`: what is there, what applies, and what is wrong."""

from pathlib import Path

import pytest

from floorwatch import __version__
from tests.cli.conftest import Run

BROKEN = "raise ValueError('broken on purpose')\n"
MANY = """
from floorwatch.api import Panel, Text, hookimpl


class Numbered(Panel):
    title = "Numbered"

    def __init__(self, number):
        self.name = f"panel-{number}"

    def build(self, floor, options):
        return Text.of("well")


@hookimpl
def floorwatch_panels():
    return [Numbered(number) for number in range(60)]
"""
MISSPELT = "from floorwatch.api import hookimpl\n@hookimpl\ndef floorwatch_pannels():\n    return []\n"


@pytest.fixture
def drop_ins(folder: Path) -> Path:
    """A folder of drop-ins: one that fails, one with a misspelt hook."""
    plugins = folder / "mine"
    plugins.mkdir(mode=0o755)
    for name, text in (("bad.py", BROKEN), ("typo.py", MISSPELT)):
        (plugins / name).write_text(text)
        (plugins / name).chmod(0o644)
    return plugins


def test_every_bundled_plugin_is_listed_with_what_may_be_named(floorwatch: Run) -> None:
    ran = floorwatch("plugins", "list")

    assert ran.status == 0
    assert any(row.split()[:4] == ["asterisk", __version__, "bundled", "loaded"] for row in ran.out.splitlines())
    assert "panels: agents, attendance, callers, needs-you, queue-hours, queue-status, rosters, " in ran.out
    assert "feed formats: floorwatch-jsonl, table, asterisk-queue-log (asterisk)\n" in ran.out
    assert "month-grid (rosters)" in ran.out
    assert "longest-wait (queue-status)" in ran.out


def test_a_broken_drop_in_costs_only_itself_and_is_named(floorwatch: Run, drop_ins: Path) -> None:
    ran = floorwatch("plugins", "list", "--plugin-dir", drop_ins)

    assert ran.status == 0
    assert "plugin bad: ValueError: broken on purpose (bad.py:1)" in ran.out
    assert "plugin typo: typo.py:2: there is no hook floorwatch_pannels; did you mean floorwatch_panels?" in ran.out
    assert "Traceback" not in ran.out
    assert "panels: agents, attendance, callers, needs-you, queue-hours, queue-status, rosters, " in ran.out


def test_verbose_adds_the_traceback(floorwatch: Run, drop_ins: Path) -> None:
    assert "Traceback" in floorwatch("--plugin-dir", drop_ins, "plugins", "list", "--verbose").out


def test_no_plugins_leaves_drop_ins_out(floorwatch: Run, drop_ins: Path) -> None:
    ran = floorwatch("plugins", "list", "--plugin-dir", drop_ins, "--no-plugins")

    assert "bad" not in ran.out
    assert "asterisk" in ran.out


def test_a_broken_plugin_is_a_warning_where_numbers_are_printed(floorwatch: Run, drop_ins: Path, log: Path) -> None:
    ran = floorwatch("state", log, "--plugin-dir", drop_ins)

    assert ran.status == 0
    assert ran.complaints[0] == "floorwatch: warning: plugin bad: ValueError: broken on purpose (bad.py:1)"
    assert "waiting 1" in ran.out


def test_plugins_beside_the_configuration_are_found(floorwatch: Run, folder: Path, drop_ins: Path) -> None:
    drop_ins.rename(folder / "plugins")
    (folder / "floor.toml").touch()

    assert "plugin bad:" in floorwatch("--config", "floor.toml", "plugins", "list").out


def test_a_first_configuration_is_written_and_is_well(floorwatch: Run, folder: Path, log: Path) -> None:
    written = floorwatch("config", "init", "new/floor.toml", "--feed", "queue_log")

    assert written.status == 0
    assert (folder / "new" / "floor.toml").stat().st_mode & 0o777 == 0o600
    assert floorwatch("--config", "new/floor.toml", "config", "check").out == "new/floor.toml: all is well\n"
    assert floorwatch("state", "--config", "new/floor.toml").out.startswith("2026-11-21 11:00:00  waiting 1")


def test_a_configuration_is_never_written_over(floorwatch: Run, folder: Path) -> None:
    (folder / "floor.toml").write_text("# dear to somebody\n")

    ran = floorwatch("config", "init", "floor.toml")

    assert ran.status == 1
    assert ran.complaints == ["floorwatch: floor.toml: is there already; edit it, or give another path"]
    assert (folder / "floor.toml").read_text() == "# dear to somebody\n"


def test_without_a_path_it_goes_where_it_is_looked_for(floorwatch: Run) -> None:
    assert floorwatch("config", "init").status == 0
    assert "all is well" in floorwatch("config", "check").out
    assert "no configuration file" not in floorwatch("config", "check").out


def test_without_a_configuration_the_defaults_are_well(floorwatch: Run) -> None:
    assert floorwatch("config", "check").out == "no configuration file, defaults apply: all is well\n"


def test_every_setting_is_shown_with_its_source(floorwatch: Run, folder: Path) -> None:
    (folder / "floor.toml").write_text("[service]\nseconds = 30\n")

    rows = [row.split() for row in floorwatch("--config", "floor.toml", "config", "show").out.splitlines()]

    assert ["service.seconds", "30", "file"] in [row[:3] for row in rows]
    assert ["service.short_seconds", "5", "default"] in [row[:3] for row in rows]


def test_columns_that_mean_nothing_are_named_and_are_no_mistake(floorwatch: Run, folder: Path) -> None:
    (folder / "who.csv").write_text("name,birthday\nann,1.1.\n")

    ran = floorwatch("config", "check", "--people", "who.csv")

    assert ran.status == 0
    assert "the people file has columns that mean nothing here: birthday" in ran.out


def test_global_options_may_stand_before_or_after_the_command(floorwatch: Run, log: Path, people: Path) -> None:
    before = floorwatch("--people", people, "--no-plugins", "state", log, "--json")
    after = floorwatch("state", log, "--json", f"--people={people}", "--no-plugins")

    assert before.out == after.out
    assert "4001" in after.out


def test_a_long_list_of_names_is_whole(floorwatch: Run, folder: Path) -> None:
    file = folder / "many.py"
    file.write_text(MANY)
    file.chmod(0o644)

    ran = floorwatch("plugins", "list", "--plugin-dir", file)

    (line,) = [each for each in ran.out.splitlines() if each.startswith("panels:")]
    assert line.endswith("panel-59 (many)")
    assert "…" not in line


def test_config_check_tells_of_a_journal_that_cannot_be_read(floorwatch: Run, folder: Path) -> None:
    (folder / "config").mkdir()
    settings = folder / "config" / "floorwatch.toml"
    settings.write_text('[journal]\nurl = "text.db"\n')
    well = floorwatch("config", "check")
    (folder / "config" / "text.db").write_text("this is no journal, whatever its name says\n" * 20)
    wrong = floorwatch("config", "check")
    settings.write_text('[journal]\nurl = "postgresql://pbx/floor"\n')
    unknown = floorwatch("config", "check")

    assert (well.status, well.err) == (0, "")
    assert (wrong.status, unknown.status) == (1, 1)
    assert "floorwatch.toml: journal.url: " in wrong.err
    assert "text.db is not a journal of floorwatch" in wrong.err
    assert "journal.url: postgresql://pbx/floor: nothing here opens such a journal" in unknown.err
    assert not (folder / "config" / "text.db-wal").exists()
