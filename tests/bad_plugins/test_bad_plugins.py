"""Twenty bad plugins: each is named with its reason on the plugin page, and the panels beside it are as without it."""

import asyncio
import gc
import os
import re
import sys
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from floorwatch.api import FloorSnapshot, NoOptions, Panel, Row, Table, View
from floorwatch.conformance.panels import examine_panel
from floorwatch.engine.view_size import MOST
from floorwatch.host.deeds import MANY_THREADS, MOST_THREADS, threads_of
from floorwatch.host.health import HealthState
from floorwatch.host.lane import MOST_STUCK
from floorwatch.host.log_file import FILE_BYTES
from floorwatch.host.logbook import BURST
from tests.bad_plugins.stand import EVERY, Stand, bring, where_am_i

Views = Mapping[str, View | None]


@pytest.fixture(scope="module")
def good() -> Views:
    """What the bundled panels show where there is no bad plugin."""

    async def alone() -> Views:
        stand = Stand()
        await stand.build()
        stand.close()
        return stand.views()

    return asyncio.run(alone())


@asynccontextmanager
async def standing(folder: Path, *names: str, rounds: int = 1) -> AsyncIterator[Stand]:
    """These plugins beside the bundled ones, all panels built so often."""
    stand = Stand(bring(folder, names))
    await stand.build(rounds)
    try:
        yield stand
    finally:
        stand.close()


async def test_bad_plugin_01_import_error(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-01-import-error") as stand:
        assert "failed" in stand.row("bad-01-import-error")
        assert "there is no 'Tabel' in floorwatch.api" in stand.row("bad-01-import-error")
        assert "bad_01_import_error.py:3" in stand.row("bad-01-import-error")
        assert stand.views() == good


async def test_bad_plugin_02_wrong_types(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-02-wrong-types") as stand:
        assert "build returned a dict" in stand.row("bad-02-wrong-types")
        # That a cell holds a number shows when it is drawn: tests/app/test_wrong_views.py, and on the real screen here.
        assert stand.slot("bad-numbers").health.state is HealthState.OK
        assert stand.views() == good


async def test_bad_plugin_03_misspelt_hook(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-03-misspelt-hook") as stand:
        assert "did you mean floorwatch_panels?" in stand.row("bad-03-misspelt-hook")
        assert stand.views() == good


async def test_bad_plugin_04_bad_options(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-04-bad-options") as stand:
        assert "its options_type is <class 'dict'>" in stand.row("bad-04-bad-options")
        assert "bad-unset is left out until it is set up: panels.bad-unset.room" in stand.text("bad-04-bad-options")
        assert stand.views() == good


async def test_bad_plugin_05_raises(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-05-raises", rounds=2) as stand:
        view = await stand.shows.detail("bad-in-detail", "queue:support")

        said = stand.text("bad-05-raises")
        assert "panel bad-always: 2 faults so far, the last: ZeroDivisionError: always (bad_05_raises.py:16)" in said
        assert stand.slot("bad-sometimes").health.state is HealthState.OK
        assert isinstance(stand.slot("bad-sometimes").view, Table)
        assert "panel bad-sometimes: 1 faults so far, the last: KeyError: 'sometimes'" in said
        assert "LookupError: only in detail" in str(view)
        assert "detail of bad-in-detail: LookupError: only in detail" in said
        assert stand.views() == good


async def test_bad_plugin_06_sleeps(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-06-sleeps", rounds=MOST_STUCK) as stand:
        said = "bad-sleeps: does not come back: given up after 2 s (bad_06_sleeps.py:13)"
        assert said in stand.row("bad-06-sleeps")
        assert stand.lanes.left_behind("bad-06-sleeps") == MOST_STUCK

        await stand.build(rounds=5)

        assert stand.lanes.left_behind("bad-06-sleeps") == MOST_STUCK
        assert "3 of its threads never came back: it is left alone until F5" in stand.row("bad-06-sleeps")

        stand.shows.retry("bad-sleeps")
        await stand.build()

        assert stand.lanes.left_behind("bad-06-sleeps") == MOST_STUCK + 1
        assert stand.views() == good


async def test_bad_plugin_07_spins(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-07-spins") as stand:
        assert "does not come back: given up after 6 s (bad_07_spins.py:1" in stand.row("bad-07-spins")

        # Its thread ends: nothing of it eats the processor until it is tried again.
        await stand.changes.until(lambda: stand.lanes.left_behind("bad-07-spins") == 0)
        assert stand.views() == good


async def test_bad_plugin_08_recursion(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-08-recursion") as stand:
        assert "RecursionError: maximum recursion depth exceeded" in stand.text("bad-08-recursion")
        assert "bad_08_recursion.py:13" in stand.row("bad-08-recursion")
        assert "a Stack holds more than 100 views" in stand.text("bad-08-recursion")
        assert stand.views() == good


async def test_bad_plugin_09_huge_view(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-09-huge-view") as stand:
        said = stand.text("bad-09-huge-view")
        assert "bad_09_huge_view.py:16: Table has 300,000 rows, more than 20,000" in said
        assert "Table: its rows are a generator: write a tuple, which has an end" in said
        assert stand.slot("bad-huge").view is None
        assert stand.slot("bad-endless").view is None
        assert stand.views() == good


class TooLong(Panel):
    """Just too much."""

    name = "too-long"
    title = "Too long"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:  # noqa: ARG002  # the protocol's
        """One row more than can be shown."""
        return Table((), tuple(Row(f"{n}", ()) for n in range(MOST + 1)))


def test_a_view_that_is_too_large_fails_its_check() -> None:
    said = {check.sentence for check in examine_panel(TooLong()).failed}

    assert any("Table has 20,001 rows, more than 20,000" in sentence for sentence in said)


async def test_bad_plugin_10_many_columns(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-10-many-columns") as stand:
        assert "Table has 10,000 columns, more than 200" in stand.row("bad-10-many-columns")
        assert stand.slot("bad-wide").view is None
        assert stand.views() == good


async def test_bad_plugin_11_markup(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-11-markup") as stand:
        # That they are inert when drawn is held in tests/app, and on the real screen here.
        said = "panel bad-markup: 3 words have signs that would act on a terminal: each is shown as �"
        assert said in stand.row("bad-11-markup")
        assert stand.views() == good


async def test_bad_plugin_12_mutates(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-12-mutates", rounds=2) as stand:
        assert "AttributeError: 'mappingproxy' object has no attribute 'clear'" in stand.row("bad-12-mutates")
        assert stand.views() == good
        now = stand.floor.snapshot(stand.shows.slots[0].built_at or 0.0)
        assert now.total.counts.offered == 4
        assert len(now.waiting) == 2
        assert all(agent.queues for agent in now.agents.values())
        assert not any(counts.answered == 777 for counts in now.agent_counts.values())


async def test_bad_plugin_13_keeps_references(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-13-keeps-references", rounds=25) as stand:
        gc.collect()
        assert re.search(
            r"keeps 2\d snapshots of the floor, and the memory of each", stand.row("bad-13-keeps-references")
        )
        assert stand.views() == good


@pytest.mark.filterwarnings("ignore")  # pytest makes errors of them; on the real screen they are printed
async def test_bad_plugin_14_prints(tmp_path: Path, good: Views, capfd: pytest.CaptureFixture[str]) -> None:
    async with standing(tmp_path, "bad-14-prints") as stand:
        sys.stdout.write("what we say ourselves\n")

        out, err = capfd.readouterr()
        by_python = [line for line in (out + err).splitlines() if "handle" not in line and "child" not in line]
        assert by_python == ["what we say ourselves"]
        said = stand.text("bad-14-prints")
        assert re.search(r"printed \d lines \(bad_14_prints.py:", stand.row("bad-14-prints"))
        for words in ("PRINTED at import", "PRINTED in build �[2J", "PRINTED on stderr"):
            assert f"printed: {words}" in said
        assert stand.views() == good


async def test_bad_plugin_15_exits(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-15-exits") as stand:
        assert "SystemExit: the plugin wants to leave (bad_15_exits.py:13)" in stand.text("bad-15-exits")
        assert "KeyboardInterrupt (bad_15_exits.py:21)" in stand.text("bad-15-exits")
        assert stand.views() == good


async def test_bad_plugin_16_chdir(tmp_path: Path, good: Views) -> None:
    before = where_am_i()
    async with standing(tmp_path, "bad-16-chdir") as stand:
        said = "PermissionError: a plugin cannot move the working folder of floorwatch: write whole paths"
        assert f"{said} (bad_16_chdir.py:13)" in stand.row("bad-16-chdir")
        assert where_am_i() == before
        assert stand.views() == good
    os.chdir(tmp_path)  # nobody else is refused
    os.chdir(before)


async def test_bad_plugin_17_logs(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-17-logs") as stand:
        book = stand.house.catalogue.contexts["bad-17-logs"].logbook
        await stand.changes.until(lambda: book.left_out > BURST)

        assert "logs too much: " in stand.row("bad-17-logs")
        assert book.file is not None
        assert book.file.path.stat().st_size <= FILE_BYTES
        assert stand.views() == good


async def test_bad_plugin_18_leaks_threads(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-18-leaks-threads", rounds=2) as stand:
        said = "10 threads of its own run, the last from bad_18_leaks_threads.py:17"
        assert said in stand.row("bad-18-leaks-threads")
        assert threads_of("bad-18-leaks-threads") == 10 > MANY_THREADS

        await stand.build(rounds=20)

        assert threads_of("bad-18-leaks-threads") == MOST_THREADS
        assert f"a plugin may run {MOST_THREADS} threads at once" in stand.row("bad-18-leaks-threads")
        threading.Thread(target=int).start()  # nobody else is refused
        assert stand.views() == good


async def test_bad_plugin_19_slow_import(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-19-slow-import") as stand:
        assert "its import held up the start for 2." in stand.row("bad-19-slow-import")
        assert stand.views() == good


async def test_bad_plugin_20_hangs_at_exit(tmp_path: Path, good: Views) -> None:
    async with standing(tmp_path, "bad-20-hangs-at-exit") as stand:
        said = "wants something done when Python ends (atexit): floorwatch ends without it"
        assert said in stand.row("bad-20-hangs-at-exit")
        assert stand.views() == good


def test_there_are_twenty() -> None:
    assert [int(name.split("-")[1]) for name in EVERY] == list(range(1, 21))
