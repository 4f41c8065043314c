"""`floorwatch plugins new`: what is written, what is said, and what is refused."""

import re
import shlex
from pathlib import Path

import pytest

from floorwatch.scaffold.kinds import Kind
from tests.cli.conftest import ROOT, Run

GUIDE = (ROOT / "docs" / "plugins" / "first-panel.md").read_text(encoding="utf-8")


def commands_in(out: str) -> list[str]:
    """What stands behind "see it", "test it" and "install it"."""
    return [line[12:] for line in out.splitlines() if line.startswith(("see it", "test it", "install it"))]


def test_a_package_is_written_and_three_commands_are_said(floorwatch: Run, folder: Path) -> None:
    ran = floorwatch("plugins", "new", "queue-watch")

    see, test, install = commands_in(ran.out)
    assert ran.status == 0
    assert ran.out.startswith("queue-watch: a panel, 7 files\n")
    assert see == "floorwatch --plugin-dir queue-watch demo"
    assert test.endswith(" -m pytest queue-watch")
    assert install.endswith(" -m pip install ./queue-watch")
    assert (folder / "queue-watch" / "queue_watch" / "panel.py").is_file()


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("form", [[], ["--single"]], ids=["package", "single"])
def test_what_is_said_to_be_seen_is_found(floorwatch: Run, folder: Path, kind: Kind, form: list[str]) -> None:
    see, *_rest = commands_in(floorwatch("plugins", "new", "my own", "--kind", kind, "--into", "a b", *form).out)

    words = shlex.split(see)[1:]
    seen = floorwatch(*words, *(["--headless", "--seconds", "0"] if words[-1] == "demo" else []))

    assert seen.status == 0
    assert seen.err == ""
    (row,) = [row for row in floorwatch(*words[:2], "plugins", "list").out.splitlines() if row.startswith("my-own ")]
    assert row.split()[1:4] == ["1", "drop-in", "loaded"]


def test_a_name_that_is_changed_is_said(floorwatch: Run) -> None:
    assert floorwatch("plugins", "new", "Queue Watch").out.startswith("'Queue Watch' is written queue-watch\n")


@pytest.mark.parametrize("words", [["agents"], ["longest-wait", "--kind", "rule"], ["我的"], ["json"]])
def test_a_name_that_will_not_do_is_one_line_and_nothing_is_written(
    floorwatch: Run, folder: Path, words: list[str]
) -> None:
    ran = floorwatch("plugins", "new", *words)

    assert ran.status == 1
    assert len(ran.complaints) == 1
    assert list(folder.iterdir()) == []


def test_nothing_is_written_over(floorwatch: Run, folder: Path) -> None:
    (folder / "queue-watch").mkdir()

    ran = floorwatch("plugins", "new", "queue-watch")

    assert ran.status == 1
    assert ran.complaints == ["floorwatch: queue-watch: is there already, and is left as it is"]
    assert list((folder / "queue-watch").iterdir()) == []


def test_a_mistake_in_the_configuration_does_not_keep_anyone_from_beginning(floorwatch: Run, folder: Path) -> None:
    (folder / "floor.toml").write_text("[floor]\nzone = 'Nowhere/Land'\n")

    assert floorwatch("--config", "floor.toml", "plugins", "new", "queue-watch").status == 0


def test_a_kind_that_there_is_not_is_wrong_usage(floorwatch: Run) -> None:
    ran = floorwatch("plugins", "new", "queue-watch", "--kind", "widget")

    assert ran.status == 2
    assert "panel" in ran.err


def test_a_single_file_goes_beside_the_configuration(floorwatch: Run, folder: Path) -> None:
    (folder / "floor.toml").touch()

    ran = floorwatch("--config", "floor.toml", "plugins", "new", "queue-watch", "--single")

    assert commands_in(ran.out)[2] == "mkdir -p -m 755 plugins && cp queue_watch.py plugins"
    assert "config init" not in ran.out


def test_where_no_configuration_is_it_is_said_that_one_is_needed(floorwatch: Run) -> None:
    assert "floorwatch config init" in floorwatch("plugins", "new", "queue-watch", "--single").out


def test_what_the_guide_says_that_floorwatch_says_is_what_it_says(floorwatch: Run, folder: Path) -> None:
    said = [floorwatch("plugins", "new", "queue-watch").err, floorwatch("plugins", "new", "queue-watch").err]
    panel = folder / "queue-watch" / "queue_watch" / "panel.py"
    hook = panel.with_name("__init__.py")
    text = hook.read_text(encoding="utf-8")
    for mistake in (text.replace("_panels", "_pannels"), text.replace("@hookimpl\n", "")):
        hook.write_text(mistake, encoding="utf-8")
        said.append(floorwatch("--plugin-dir", "queue-watch", "plugins", "list").out)
    panel.chmod(0o666)
    said.append(floorwatch("--plugin-dir", "queue-watch", "plugins", "list").out)
    said.append(floorwatch("--plugin-dir", "queue-watch/tests", "plugins", "list").out)

    sayings = re.findall(r"^\| `([^`]+)` \|", GUIDE.partition("## When it says")[2], re.MULTILINE)
    ours = [saying for saying in sayings if saying in "\n".join(said)]

    assert ours == [
        "is there already, and is left as it is",
        "no plugin in",
        "others may write to",
        "did you mean floorwatch_panels?",
        "is not marked: put @hookimpl above it",
    ]
