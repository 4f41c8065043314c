"""A plugin's log is kept apart, small, harmless and on nobody's way."""

import logging
import os
import sys
from pathlib import Path

import pytest

from floorwatch.host.log_file import FILE_BYTES, LogFile
from floorwatch.host.logbook import BURST, KEPT, LONGEST_RECORD, RECORDS_A_SECOND, Logbook, log_lines

NOW = 1_795_255_200.0


def record(text: object, *words: object, at: float = NOW, level: int = logging.INFO) -> logging.LogRecord:
    """A record as a logger makes it, at a time of ours."""
    made = logging.LogRecord("floorwatch.plugin.mine", level, __file__, 1, text, words, None)
    made.created = at
    return made


def said(book: Logbook) -> list[str]:
    """The first line of every record kept."""
    return [each.lines[0] for each in book.records()]


def test_what_a_plugin_logs_goes_nowhere_else(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    book = Logbook("mine")
    book.logger.error("a word %d", 7)
    book.logger.getChild("inside").warning("from below")

    assert said(book) == ["a word 7", "from below"]
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_only_the_last_records_are_kept() -> None:
    book = Logbook("mine")
    for number in range(KEPT + 50):
        book.handle(record(str(number), at=NOW + number))

    assert said(book) == [str(number) for number in range(50, KEPT + 50)]


def test_text_is_inert_and_cut() -> None:
    book = Logbook("mine")
    book.handle(record("\x1b[31mred\nsecond line"))
    book.handle(record("x" * 1_000_000))

    first, second = book.records()
    assert first.lines == ("\ufffd[31mred", "second line")
    assert sum(map(len, second.lines)) <= LONGEST_RECORD


def test_what_cannot_be_put_into_words_is_said_and_hurts_nobody() -> None:
    class Crooked:
        def __str__(self) -> str:
            raise KeyError

    book = Logbook("mine")
    book.handle(record("%s %s", "one"))
    book.handle(record("%s", Crooked()))

    words = "a record that cannot be put into words: "
    assert said(book) == [words + "TypeError", words + "KeyError"]


def test_an_exception_is_logged_with_its_traceback() -> None:
    book = Logbook("mine")
    try:
        raise ValueError("no line")
    except ValueError:
        book.logger.exception("gave up")

    (kept,) = book.records()
    assert kept.lines[0] == "gave up"
    assert kept.lines[-1] == "ValueError: no line"


def test_too_much_is_counted_and_said_where_the_log_goes_on(tmp_path: Path) -> None:
    book = Logbook("mine", LogFile(lambda: tmp_path / "mine.log"))
    flood = int(BURST) * 5
    for _number in range(flood):
        book.handle(record("x" * 10_000))
    book.handle(record("calm again", at=NOW + 60))

    left_out = flood - int(BURST)
    assert book.left_out == left_out
    assert said(book)[-2:] == [f"{left_out} records were left out: too many at once", "calm again"]
    assert log_lines(book)[-2:] == [
        f"{left_out} records were left out: too many at once",
        f"more of it is in {tmp_path}/mine.log",
    ]
    assert len((tmp_path / "mine.log").read_text().splitlines()) == BURST * len(book.records()[0].lines) + 2


def test_a_steady_trickle_loses_nothing() -> None:
    book = Logbook("mine")
    for number in range(int(BURST) * 4):
        book.handle(record("word", at=NOW + number / RECORDS_A_SECOND))

    assert book.left_out == 0


def test_a_clock_that_was_set_back_loses_nothing_for_long() -> None:
    book = Logbook("mine")
    for number in range(int(BURST)):
        book.handle(record("before", at=NOW + number / 1000))
    book.handle(record("set back", at=NOW - 3600))
    book.handle(record("after", at=NOW - 3599))

    assert said(book)[-1] == "after"


def test_nothing_is_written_before_something_is_logged(tmp_path: Path) -> None:
    book = Logbook("mine", LogFile(lambda: tmp_path / "state" / "mine.log"))
    book.logger.debug("too small a thing")
    assert not (tmp_path / "state").exists()

    book.handle(record("first"))

    file = tmp_path / "state" / "mine.log"
    assert file.read_text().endswith(" INFO first\n")
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700


def test_the_file_stays_small_and_one_older_one_is_kept(tmp_path: Path) -> None:
    file = LogFile(lambda: tmp_path / "mine.log")
    line = "x" * 99_999 + "\n"
    for _number in range(25):
        file.write(line)

    assert sorted(each.name for each in tmp_path.iterdir()) == ["mine.log", "mine.log.1"]
    assert all(each.stat().st_size <= FILE_BYTES for each in tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks")
def test_while_another_floorwatch_turns_a_file_over_nothing_is_thrown_away(tmp_path: Path) -> None:
    import fcntl

    file = LogFile(lambda: tmp_path / "mine.log")
    line = "x" * (FILE_BYTES // 2) + "\n"
    file.write(line)
    other = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    file.write(line)
    names = [each.name for each in tmp_path.iterdir()]
    os.close(other)
    file.write(line)

    assert names == ["mine.log"]
    assert (tmp_path / "mine.log.1").read_text() == line * 2
    assert (tmp_path / "mine.log").read_text() == line


def test_a_file_that_cannot_be_written_is_said_and_the_log_goes_on(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    book = Logbook("mine", LogFile(lambda: tmp_path / "state" / "mine.log"))
    book.handle(record("first"))
    book.handle(record("second"))

    assert said(book) == ["first", "second"]
    assert log_lines(book)[-1].startswith(f"{tmp_path}/state/mine.log cannot be written (Not a directory)")


def test_a_house_put_together_anew_takes_the_log_over() -> None:
    first, second = Logbook("mine"), Logbook("mine")
    second.logger.info("once")

    assert (said(first), said(second)) == ([], ["once"])
