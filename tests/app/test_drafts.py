"""What was typed and not sent: in memory, in a file, in the files of several processes, in files that are broken."""

import asyncio
import json
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from floorwatch.app.draft_shelf import MOST_FILES, DraftShelf
from floorwatch.app.drafts import MOST_DRAFTS, Draft, Drafts
from tests.patience import PATIENCE_SECONDS

HALF = Draft(
    author="王芳",
    command="note",
    row_key="agent:1007",
    panel="agents",
    words="A07 李娜",
    typed={"text": "退税 half 👩🏽"},
    fixed={"state": "talking", "call": ""},
    doing="d1",
    at=5.0,
)


class Noted:
    """A shelf that notes what was written, or cannot."""

    def __init__(self) -> None:
        self.written: list[Sequence[Draft]] = []
        self.why = ""
        self.wrote = asyncio.Event()

    def write(self, drafts: Sequence[Draft]) -> None:
        """Note them."""
        self.wrote.set()
        if self.why:
            raise OSError(self.why)
        self.written.append(drafts)


def half(author: str = "王芳", row_key: str | None = "agent:1007", at: float = 5.0, text: str = "half") -> Draft:
    """A draft of this author for this row."""
    return Draft(author=author, command="note", row_key=row_key, typed={"text": text}, at=at, doing=f"d{at}")


async def test_a_draft_is_of_one_author_one_command_and_one_row() -> None:
    drafts = Drafts()
    drafts.keep(HALF)
    assert drafts.of("王芳", "note", "agent:1007") == HALF
    assert drafts.of("张伟", "note", "agent:1007") is None
    assert drafts.of("王芳", "note", None) is None
    assert drafts.of("王芳", "help", "agent:1007") is None
    drafts.forget("王芳", "note", "agent:1007")
    assert drafts.of("王芳", "note", "agent:1007") is None


async def test_of_too_many_the_oldest_go() -> None:
    drafts = Drafts()
    for at in range(MOST_DRAFTS + 1):
        drafts.keep(half(row_key=f"agent:{at}", at=at))
    assert drafts.of("王芳", "note", "agent:0") is None
    assert [draft.row_key for draft in drafts.by("王芳")][:2] == [f"agent:{MOST_DRAFTS}", f"agent:{MOST_DRAFTS - 1}"]


async def test_what_is_typed_in_a_burst_is_written_once() -> None:
    shelf = Noted()
    drafts = Drafts((), shelf)
    for typed in range(100):
        drafts.keep(half(text="x" * typed))
    assert shelf.written == []
    drafts.write()
    assert [[draft.typed["text"] for draft in each] for each in shelf.written] == [["x" * 99]]
    drafts.write()
    assert len(shelf.written) == 1, "nothing new"


async def test_what_was_sent_is_gone_at_once() -> None:
    shelf = Noted()
    drafts = Drafts([HALF], shelf)
    drafts.forget(*HALF.key)
    await asyncio.wait_for(shelf.wrote.wait(), PATIENCE_SECONDS)
    assert shelf.written == [()]


async def test_what_cannot_be_written_is_told_once_and_tried_again() -> None:
    shelf = Noted()
    shelf.why = "no space left"
    drafts = Drafts((), shelf)
    told: list[str] = []
    drafts.on_trouble = told.append
    drafts.keep(half())
    drafts.write()
    drafts.keep(half(text="more"))
    drafts.write()
    assert told == ["no space left"]
    shelf.why = ""
    drafts.write()
    assert shelf.written[-1][0].typed == {"text": "more"}


def test_what_one_process_left_the_next_one_has(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "drafts"
    first = DraftShelf(folder)
    assert (first.found, first.unread) == ((), [])
    first.write([HALF])
    first.close()
    second = DraftShelf(folder)
    assert (second.found, second.unread) == ((HALF,), [])
    second.write(())
    second.close()
    assert DraftShelf(folder).found == ()


def test_files_and_folder_are_the_users_alone(tmp_path: Path) -> None:
    shelf = DraftShelf(tmp_path / "drafts")
    shelf.write([HALF])
    assert stat.S_IMODE((tmp_path / "drafts").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "drafts").iterdir()} == {0o600}


def test_two_processes_leave_each_others_drafts_alone(tmp_path: Path) -> None:
    first, second = DraftShelf(tmp_path), DraftShelf(tmp_path)
    first.write([HALF])
    second.write([half("张伟", at=7.0)])
    third = DraftShelf(tmp_path)
    assert third.found == (), "both are still there"
    first.close()
    second.close()
    fourth = DraftShelf(tmp_path)
    assert {draft.author for draft in fourth.found} == {"王芳", "张伟"}
    fourth.close()
    third.close()
    assert {draft.author for draft in DraftShelf(tmp_path).found} == {"王芳", "张伟"}
    assert len(list(tmp_path.glob("*.json"))) == 1


def test_of_two_drafts_of_one_form_the_newer_counts(tmp_path: Path) -> None:
    first, second = DraftShelf(tmp_path), DraftShelf(tmp_path)
    first.write([half(at=9.0, text="newer")])
    second.write([half(at=8.0, text="older")])
    first.close()
    second.close()
    assert [draft.typed for draft in DraftShelf(tmp_path).found] == [{"text": "newer"}]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\x00",
        b"{",
        b"[]",
        b"null",
        b'{"floorwatch_drafts": 1, "drafts": [{"author": 5}]}',
        b'{"floorwatch_drafts": 2, "drafts": []}',
        b"[" * 100_000,
    ],
    ids=["empty", "binary", "torn", "list", "null", "other", "newer", "nested"],
)
def test_a_file_that_says_nothing_is_told_left_alone_and_never_fatal(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "1.json").write_bytes(raw)
    shelf = DraftShelf(tmp_path)
    assert shelf.found == ()
    assert len(shelf.unread) == 1
    assert str(tmp_path / "1.json") in shelf.unread[0]
    shelf.write([HALF])
    shelf.close()
    assert (tmp_path / "1.json").read_bytes() == raw
    assert DraftShelf(tmp_path).found == (HALF,)


def test_a_torn_new_file_does_not_matter(tmp_path: Path) -> None:
    shelf = DraftShelf(tmp_path)
    shelf.write([HALF])
    (tmp_path / "1.new").write_text('{"floorw')
    shelf.close()
    again = DraftShelf(tmp_path)
    assert again.found == (HALF,)
    again.write([HALF, half("张伟")])
    assert not (tmp_path / "1.new").exists()


def test_where_every_file_is_in_use_it_is_said(tmp_path: Path) -> None:
    held = [DraftShelf(tmp_path) for _each in range(MOST_FILES)]
    more = DraftShelf(tmp_path)
    assert "every file in" in more.unread[0]
    more.write([HALF])
    assert not list(tmp_path.glob("*.json"))
    for shelf in held:
        shelf.close()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        DraftShelf(tmp_path / "file" / "drafts")


def test_what_is_no_utf_8_is_kept_too(tmp_path: Path) -> None:
    strange = half(row_key="agent:\udcff\x00")
    shelf = DraftShelf(tmp_path)
    shelf.write([strange])
    shelf.close()
    assert json.loads((tmp_path / "1.json").read_text("ascii"))["drafts"][0]["row_key"] == "agent:\udcff\x00"
    assert DraftShelf(tmp_path).found == (strange,)


def test_a_link_in_the_place_of_the_new_file_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    folder = tmp_path / "drafts"
    shelf = DraftShelf(folder)
    (folder / "1.new").symlink_to(victim)
    shelf.write([HALF])
    assert victim.read_text() == "mine"
