"""All twenty bad plugins together: in the house, on a real screen, and in commands that write for scripts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.terminals import Terminal, terminal
from tests.bad_plugins.stand import EVERY, Stand, bring
from tests.patience import PATIENCE_SECONDS
from tests.support.places import Place, place_in, told

SIZE = (200, 190)
"""So high that every panel has its frame."""
OFTEN_DRAWN = "given up after"


@pytest.mark.slow
async def test_with_all_twenty_the_good_panels_are_as_without_them(tmp_path: Path) -> None:
    alone, among = Stand(), Stand(bring(tmp_path))
    await alone.build(2)
    await among.build(2)

    assert among.views() == alone.views()
    assert None not in among.views().values()
    for name in EVERY:
        *_before, reason = among.row(name).split("  ")
        assert reason.strip(), name
    alone.close()
    among.close()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A floor with the twenty beside its configuration, and the layout that shows them all."""
    place = place_in(tmp_path)
    config = place.config.read_text(encoding="utf-8")
    before, _layout, after = config.partition('[screen]\nlayout = [[">needs-you", "agents"], ["seat-support"]]\n')
    place.config.write_text(before + after, encoding="utf-8")
    bring(tmp_path)
    return place


def waiting_on(opened: Terminal, words: str, times: int) -> None:
    """Wait until this was drawn so often."""
    opened.when(lambda: opened.drawn.count(words.encode()) >= times, words)


@pytest.mark.slow
def test_on_a_real_screen_keys_work_each_is_named_and_it_leaves(place: Place) -> None:
    command = (sys.executable, "-m", "floorwatch", "--config", str(place.config), "watch")
    with terminal(*command, size=SIZE, cold=True) as opened:  # as Python ends, one wants something done
        opened.until("Queues")
        waiting_on(opened, OFTEN_DRAWN, 2)  # what sleeps, and what spins
        mark = len(opened.drawn)
        opened.type("p")
        opened.until("bad-20-hangs-at-exit", mark)
        opened.read_until_quiet()
        page = opened.lines()
        for name in EVERY:
            (row,) = (line for line in page if f" {name} " in line)
            assert row.partition(" drop-in ")[2].strip(" │*").partition("*")[2].strip(), row
        opened.type("q")
        assert opened.ended() == 0
    assert b"PRINTED" not in opened.drawn
    assert b"owned" not in opened.drawn.replace(b"\xef\xbf\xbd]0;owned", b"")
    assert b"\x1b[?1049l" in opened.drawn[mark:]


@pytest.mark.slow
def test_the_list_ends_names_them_and_is_not_printed_into(place: Place) -> None:
    said = told(place.folder, "--config", place.config, "plugins", "list")

    assert "PRINTED" not in said
    for name, reason in (
        ("bad-01-import-error", "ImportError: there is no 'Tabel'"),
        ("bad-03-misspelt-hook", "there is no hook floorwatch_panel;"),
        ("bad-04-bad-options", "its options_type is <class 'dict'>"),
        ("bad-14-prints", "printed 1 line"),
        ("bad-19-slow-import", "its import held up the start for 2."),
        ("bad-20-hangs-at-exit", "wants something done when Python ends"),
    ):
        assert any(line.startswith(f"plugin {name}:") and reason in line for line in said.splitlines()), name


@pytest.mark.slow
def test_what_a_script_reads_is_as_without_them(place: Place) -> None:
    words = ("--config", place.config, "state", place.log, "--at", str(place.began + 3600), "--json")
    with_them, without = told(place.folder, *words), told(place.folder, *words, "--no-plugins")

    assert json.loads(with_them) == json.loads(without)


def test_a_plugin_that_exits_at_its_import_ends_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "plugins"
    folder.mkdir(mode=0o755)
    (folder / "leaves.py").write_text("raise SystemExit(7)\n", encoding="utf-8")
    (folder / "leaves.py").chmod(0o644)
    ran = subprocess.run(
        [sys.executable, "-m", "floorwatch", "--plugin-dir", str(folder), "plugins", "list"],
        capture_output=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )

    assert ran.returncode == 0
    assert b"plugin leaves: SystemExit: 7 (leaves.py:1)" in ran.stdout
