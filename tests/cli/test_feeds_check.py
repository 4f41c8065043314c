"""`floorwatch feeds check`: what a feed is, what is in it, and which lines cannot be read."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.small_log import line


def test_a_feed_is_named_and_its_events_are_counted(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("feeds", "check", log)

    assert ran.status == 0
    assert f"{log}: Asterisk queue log" in ran.out
    assert "queue_log: 8 lines, 2026-11-21 10:00:00 to 2026-11-21 11:00:00, 0 rejected" in ran.out
    assert any(row.split() == ["CallEntered", "3"] for row in ran.out.splitlines())


def test_a_rejected_line_is_named_by_number_and_reason(floorwatch: Run, log: Path) -> None:
    lines = log.read_text().splitlines(keepends=True)
    log.write_text("".join([*lines[:4], "what is \x1b[31mthis\n", *lines[4:], "y" * 70_000 + "\n"]))

    said = floorwatch("feeds", "check", log).out

    assert "2 rejected" in said
    assert "line 5: fewer than five fields: what is" in said
    assert "line 10: longer than 65536 bytes: yyy" in said
    assert "\x1b" not in said


def test_unknown_events_and_misfits_are_told_apart(floorwatch: Run, log: Path) -> None:
    with log.open("a") as file:
        file.write(line(3700, "c9|support|NONE|SOMETHINGNEW|1") + line(3710, "c8|support|NONE|ABANDON|1|1|9"))

    said = floorwatch("feeds", "check", log).out

    assert any(row.split() == ["SOMETHINGNEW", "1"] for row in said.splitlines())
    assert any(row.split() == ["left", "without", "entry", "1"] for row in said.splitlines())


def test_several_feeds_are_told_one_after_another(floorwatch: Run, folder: Path, log: Path) -> None:
    (folder / "empty").touch()

    ran = floorwatch("feeds", "check", log, "empty", "--format", "asterisk-queue-log")

    assert ran.status == 0
    assert "queue_log: 8 lines" in ran.out
    assert "empty: no lines" in ran.out


def test_every_feed_of_a_recording_has_its_own_count(floorwatch: Run, folder: Path) -> None:
    (folder / "two.floorlog").write_text(
        '{"floorlog":1,"zone":"UTC","feeds":{"a":{"format":"floorwatch-jsonl"},"b":{"format":"floorwatch-jsonl"}}}\n'
        '{"received_at":1795255200,"feed":"a","line":"{\\"event\\":\\"CallEntered\\",\\"at\\":1795255200,\\"call\\":\\"1\\",\\"queue\\":\\"q\\"}"}\n'
        '{"received_at":1795255201,"feed":"b","line":"{\\"event\\":\\"AgentPaused\\",\\"at\\":1795255201,\\"agent\\":\\"ann\\"}"}\n'
        '{"received_at":1795255202,"feed":"c","line":"of nobody"}\n'
        "{}\n"
        '{"received_at":1795255203,"fe'
    )

    said = floorwatch("feeds", "check", "two.floorlog").out
    first, second, itself = said.partition("  b:")[0], *said.partition("  b:")[2].split("  two.floorlog:")

    assert "CallEntered" in first
    assert "AgentPaused" not in first
    assert "AgentPaused" in second
    assert "no lines, 3 rejected" in itself
    assert "line 4: of a feed that the first line does not name: of nobody" in itself
    assert "line 6: torn last line" in itself


def test_what_kept_lines_from_being_read_is_told(floorwatch: Run, folder: Path, log: Path) -> None:
    log.rename(folder / "a.log")
    (folder / "b.log").write_text("what nobody meant to be a log\n", encoding="utf-16")

    said = floorwatch("feeds", "check", folder / "*.log", "--format", "asterisk-queue-log").out

    assert "8 lines" in said
    assert "b.log" in said
    assert "UTF-16" in said
