"""What a feed is: a named format is believed, of others the likeliest is taken, and mistakes in options are said."""

from pathlib import Path

import pytest

from floorwatch.engine.house import House, build_house, mistakes_of
from floorwatch.engine.recognising import DocumentsOf, LinesOf, format_of
from floorwatch.extend.document import Document
from floorwatch.feeds.jsonl import JsonLines, encode
from floorwatch.feeds.shapes import FeedError
from floorwatch.model.events import CallEntered
from floorwatch.settings import FeedSettings, SettingsError, load_settings
from tests.engine.small_documents import Hours, HoursOptions, hours, with_hours
from tests.engine.small_floor import QUEUE_LOG, START, house_in, log_lines
from tests.feeds.workbooks import workbook

LINE = encode(CallEntered(START, "c", "q")) + b"\n"


class Sure(Hours):
    """A format that takes everything for its own."""

    name = "sure"

    def __init__(self, likelihood: float) -> None:
        super().__init__()
        self._likelihood = likelihood
        self.asked: list[Document] = []

    def sniff(self, document: Document) -> float:
        self.asked.append(document)
        return self._likelihood


class Torn(Hours):
    """A format that cannot even look."""

    name = "torn"

    def sniff(self, document: Document) -> float:
        raise ValueError(document.name)


@pytest.fixture
def house() -> House:
    return with_hours(house_in())


def named(house: House, path: Path, fmt: str | None = None) -> str:
    return format_of(house, "feed", FeedSettings(str(path), fmt)).format.name


def test_the_format_of_a_file_and_of_a_folder_is_found(house: House, tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_bytes(LINE)
    (tmp_path / "notes.txt").write_bytes(b"hello\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG" + bytes(range(200)))

    assert named(house, tmp_path / "b.jsonl") == named(house, tmp_path) == "floorwatch-jsonl"
    with pytest.raises(FeedError, match=r"notes\.txt: no known format, or nothing in it yet; name one .*hours"):
        named(house, tmp_path / "notes.txt")
    with pytest.raises(FeedError, match=r"binary file .*; no document format knows it either: name one .*hours"):
        named(house, tmp_path / "picture.png")


def test_a_document_is_recognised_alone_and_in_a_folder_beside_its_lock_file(house: House, tmp_path: Path) -> None:
    (tmp_path / "roster").write_bytes(hours("Ada 09:00 17:00"))
    (tmp_path / "~$roster").write_bytes(b"locked")

    assert named(house, tmp_path / "roster") == named(house, tmp_path) == "hours"
    assert isinstance(format_of(house, "feed", FeedSettings(str(tmp_path))), DocumentsOf)


def test_lines_win_ties_and_what_is_likelier_wins(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(LINE)
    likelihood = JsonLines().sniff(LINE)

    assert named(with_hours(house_in(), Sure(likelihood)), log) == "floorwatch-jsonl"
    assert named(with_hours(house_in(), Sure(likelihood + 0.01)), log) == "sure"


def test_a_large_log_that_is_surely_one_is_not_read_whole(tmp_path: Path) -> None:
    log, sure = tmp_path / "log", Sure(1.0)
    log.write_bytes(log_lines((START, "1|support|NONE|ENTERQUEUE||5550001|1")) * 3)

    assert named(with_hours(house_in(), sure), log) == QUEUE_LOG
    assert sure.asked == []


def test_a_binary_file_is_asked_of_documents_alone(tmp_path: Path) -> None:
    book, sure = tmp_path / "roster.xlsx", Sure(0.8)
    book.write_bytes(b"PK\x03\x04" + bytes(range(256)))

    assert named(with_hours(house_in(), sure), book) == "sure"
    (asked,) = sure.asked
    assert (asked.name, asked.raw, asked.modified_at) == (
        "roster.xlsx",
        book.read_bytes(),
        book.stat().st_mtime_ns / 1e9,
    )


def test_of_a_torn_workbook_it_is_said_that_it_is_torn(house: House, tmp_path: Path) -> None:
    book = tmp_path / "roster.xlsx"
    book.write_bytes(workbook({"S": [["x"]]})[:300])

    with pytest.raises(FeedError, match=r"roster\.xlsx: The workbook is damaged"):
        named(house, book)


def test_a_format_that_fails_to_look_is_not_the_one(tmp_path: Path) -> None:
    (tmp_path / "roster").write_bytes(hours())

    with pytest.raises(FeedError, match="no known format"):
        named(with_hours(house_in(), Torn()), tmp_path / "roster")


def test_a_named_format_is_believed_before_the_file_is_there(house: House, tmp_path: Path) -> None:
    found = format_of(house, "roster", FeedSettings(str(tmp_path / "none"), "hours", options={"most": 9}))

    assert isinstance(found, DocumentsOf)
    assert found.options == HoursOptions(most=9)
    assert isinstance(format_of(house, "sw", FeedSettings("log", "asterisk-queue-log")), LinesOf)


def test_a_misspelt_format_is_said_with_the_nearest_of_both_kinds(house: House) -> None:
    with pytest.raises(FeedError, match=r"^feed roster: there is no feed format 'hour'; did you mean 'hours'\?$"):
        format_of(house, "roster", FeedSettings("x", "hour"))


def test_every_mistake_in_the_options_of_documents_is_said_at_once(house: House) -> None:
    with pytest.raises(SettingsError) as wrong:
        format_of(house, "roster", FeedSettings("x", "hours", options={"most": "many", "lair": "lunch"}))

    assert wrong.value.messages == (
        "feeds.roster.options.lair: there is no such option; did you mean layer?",
        "feeds.roster.options.most: Expected `int`, got `str`",
    )


def test_they_are_said_with_those_of_panels_before_the_screen_opens(tmp_path: Path) -> None:
    file = tmp_path / "floorwatch.toml"
    file.write_text(
        '[feeds.roster]\npath = "x"\nformat = "hours"\n[feeds.roster.options]\nmost = "many"\n'
        "[panels.agents]\nlookz = 1\n",
        encoding="utf-8",
    )
    house = with_hours(build_house(load_settings(file), only_bundled=True, journal="memory:"))

    said = mistakes_of(house)

    assert any("panels.agents.lookz" in sentence for sentence in said)
    assert f"{file}: feeds.roster.options.most: Expected `int`, got `str`" in said
