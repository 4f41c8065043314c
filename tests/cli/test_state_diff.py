"""`floorwatch state --diff`: what changed from one moment to the next, for people and for scripts."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.small_log import TEN, line


def rows(out: str) -> list[str]:
    """The lines, with one blank between two cells."""
    return [" ".join(words.split()) for words in out.splitlines()]


def test_figures_agents_and_calls_that_changed_are_told(floorwatch: Run, log: Path, people: Path) -> None:
    ran = floorwatch("state", log, "--people", people, "--at", "10:01:05", "--at", "10:01:30", "--diff")
    said = rows(ran.out)

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("2026-11-21 10:01:05 to 10:01:30, 0:25 later\n")
    assert "support waiting 1 0 -1" in said
    assert "support answered 0 1 +1" in said
    assert "support answer rate - 100.0" in said
    assert "total talking 0 1 +1" in said
    assert "4001 张伟 available talking" in said
    assert "c1 support waiting talking (4001)" in said
    assert "feeds.queue_log.lines 3 4 +1" in said
    assert "offered" not in ran.out


def test_what_came_and_what_ended_is_told(floorwatch: Run, log: Path) -> None:
    said = rows(floorwatch("state", log, "--at", "10:40:10", "--at", "11:00", "--diff").out)

    assert "c2 support waiting -" in said
    assert "c3 sales - waiting" in said
    assert "sales offered - 1" in said
    assert "support abandoned 0 1 +1" in said


def test_alerts_that_were_raised_and_cleared_are_told(floorwatch: Run, log: Path) -> None:
    with log.open("a") as file:
        file.write(line(4000, "c3|sales|NONE|ABANDON|1|1|400"))

    ran = floorwatch("state", log, "--at", "11:00:10", "--at", "11:06", "--at", "11:07", "--diff").out
    raised, cleared = ran.split("2026-11-21 11:06:00 to")

    assert "raised: sales: " in raised
    assert "cleared: sales: " in cleared


def test_nothing_that_changed_is_said_to_be_nothing(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("state", log, "--at", "10:05", "--at", "10:05:03", "--diff")

    assert ran.out == "2026-11-21 10:05:00 to 10:05:03, 0:03 later\n\nNothing changed.\n\n"


def test_of_more_moments_each_is_compared_with_the_one_before(floorwatch: Run, log: Path) -> None:
    moments = [word for at in ("11:00", "10:01:05", "10:01:30") for word in ("--at", at)]
    first, second = floorwatch("state", log, *moments, "--diff", "--json").json

    assert (first["from"], first["to"], second["from"], second["to"]) == (TEN + 65, TEN + 90, TEN + 90, TEN + 3600)
    assert {"path": ["queues", "support", "waiting"], "before": 1, "after": 0, "difference": -1} in first["changes"]
    assert ["queues", "sales"] in [change["path"] for change in second["changes"]]


def test_numbers_of_callers_stay_masked(floorwatch: Run, log: Path) -> None:
    words = ("state", log, "--at", "10:59", "--at", "11:00", "--diff", "--json")

    assert "5550004321" not in floorwatch(*words).out
    assert "5550004321" in floorwatch(*words, "--unmasked").out


def test_of_many_calls_the_first_are_told_and_the_rest_counted(floorwatch: Run, log: Path) -> None:
    with log.open("a") as file:
        file.writelines(line(3610, f"m{n}|sales|NONE|ENTERQUEUE||1|1") for n in range(30))

    out = floorwatch("state", log, "--at", "11:00", "--at", "11:01", "--diff").out

    assert sum(row.endswith(" sales - waiting") for row in rows(out)) == 20
    assert "and 10 more calls" in out


def test_one_moment_is_wrong_usage(floorwatch: Run, log: Path) -> None:
    for words in ((), ("--at", "10:40")):
        ran = floorwatch("state", log, "--diff", *words)

        assert ran.status == 2
        assert "between two moments or more" in " ".join(ran.err.split())
        assert ran.out == ""


def test_the_words_of_a_feed_cannot_move_the_terminal(floorwatch: Run, log: Path) -> None:
    with log.open("a") as file:
        file.write(line(3700, "c4|\x1b[2Jevil|NONE|ENTERQUEUE||1|1"))

    ran = floorwatch("state", log, "--at", "11:00", "--at", "11:05", "--diff")

    assert "evil" in ran.out
    assert "\x1b" not in ran.out
