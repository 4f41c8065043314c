"""Marks beside a recording: kept, taken away, made by two people at once, torn, and by strangers."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.engine.desk_replay import Mark
from floorwatch.engine.marks import MOST_BYTES, Marks, MarksError, marks_file
from tests.engine.small_floor import START


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return marks_file(tmp_path / "day.floorlog")


def test_marks_stand_beside_the_recording(tmp_path: Path) -> None:
    assert marks_file(tmp_path / "day.floorlog") == tmp_path / "day.floorlog.marks"


def test_without_a_file_there_is_no_mark_and_no_file(place: Path) -> None:
    assert Marks(place).all() == ()
    Marks(place).remove(START)
    assert not place.exists()


def test_marks_are_kept_in_order_of_time_and_are_the_owners_alone(place: Path) -> None:
    marks = Marks(place)
    marks.add(Mark(START + 60, "退税 wave", "王芳"))
    marks.add(Mark(START, " the start "))

    assert marks.all() == Marks(place).all() == (Mark(START, "the start"), Mark(START + 60, "退税 wave", "王芳"))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_a_mark_that_was_taken_away_is_gone_and_may_come_again(place: Path) -> None:
    marks = Marks(place)
    for at in (START, START + 1):
        marks.add(Mark(at, "here"))
    marks.remove(START)
    marks.remove(START + 5)
    assert marks.all() == (Mark(START + 1, "here"),)

    marks.add(Mark(START, "again"))
    assert Marks(place).all() == (Mark(START, "again"), Mark(START + 1, "here"))


def test_a_later_word_of_the_same_person_takes_the_place_of_the_earlier(place: Path) -> None:
    marks = Marks(place)
    for word, by in (("hm", "Wang"), ("look", "Li"), ("here it began", "Wang")):
        marks.add(Mark(START, word, by))

    assert marks.all() == (Mark(START, "look", "Li"), Mark(START, "here it began", "Wang"))


def test_two_people_see_each_others_marks_at_the_next_look(place: Path) -> None:
    one, other = Marks(place), Marks(place)
    for minute in range(20):
        one.add(Mark(START + 60 * minute, "one", "one"))
        other.add(Mark(START + 60 * minute + 1, "other", "other"))
        assert len(one.all()) == len(other.all()) == 2 * minute + 2
    other.remove(START)

    assert one.all()[0] == Mark(START + 1, "other", "other")


def test_a_look_at_a_file_that_is_as_it_was_gives_the_same_marks(place: Path) -> None:
    marks = Marks(place)
    marks.add(Mark(START, "here"))

    assert marks.all() is marks.all()


def test_a_torn_line_takes_no_other_with_it(place: Path) -> None:
    marks = Marks(place)
    marks.add(Mark(START, "whole"))
    with place.open("ab") as file:
        file.write(b'{"at": 17952552')
    assert marks.all() == (Mark(START, "whole"),)

    marks.add(Mark(START + 1, "after"))
    assert Marks(place).all() == (Mark(START, "whole"), Mark(START + 1, "after"))


def test_words_of_a_stranger_are_inert(place: Path) -> None:
    lines = (
        {"at": START, "word": "\x1b[2J\u202eevil" + "x" * 5000, "by": "\x07root"},
        {"at": "ten"},
        {"at": START, "word": 5},
        {"at": 5},
        {"at": 1e300},
        ["at", START],
        {"at": START + 1, "word": "good", "more": {"nothing": "to us"}},
    )
    place.write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"at": NaN}\n{"at": "\\ud800"}\n')
    evil, good = Marks(place).all()

    assert evil.word.startswith("\ufffd[2J\ufffdevil")
    assert len(evil.word) == 500
    assert evil.by == "\ufffdroot"
    assert good == Mark(START + 1, "good")


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    place = tmp_path_factory.mktemp("any") / "day.floorlog.marks"
    place.write_bytes(content)

    assert isinstance(Marks(place).all(), tuple)
    Marks(place).add(Mark(START, "here"))
    assert Mark(START, "here") in Marks(place).all()


def test_what_is_too_long_to_be_marks_is_read_in_part_and_not_added_to(place: Path) -> None:
    line = json.dumps({"at": START, "word": "x" * 400}) + "\n"
    place.write_text(line * (MOST_BYTES // len(line) + 10))
    size = place.stat().st_size

    assert len(Marks(place).all()) == 1
    with pytest.raises(MarksError, match=r"day\.floorlog\.marks: the mark cannot be kept: the file is full"):
        Marks(place).add(Mark(START + 1, "one more"))
    assert place.stat().st_size == size


def test_a_place_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(MarksError, match="the mark cannot be kept: No such file or directory"):
        Marks(tmp_path / "nowhere" / "day.floorlog.marks").add(Mark(START, "here"))


def test_a_folder_or_a_pipe_in_its_place_is_said_and_waited_for_by_nobody(tmp_path: Path) -> None:
    folder, pipe = tmp_path / "a.marks", tmp_path / "b.marks"
    folder.mkdir()
    os.mkfifo(pipe)
    for place in (folder, pipe):
        assert Marks(place).all() == ()
        with pytest.raises(MarksError, match="the mark cannot be kept"):
            Marks(place).add(Mark(START, "here"))


def test_a_link_in_its_place_is_not_written_through(tmp_path: Path, place: Path) -> None:
    private = tmp_path / "private"
    private.write_text("mine\n")
    place.symlink_to(private)
    with pytest.raises(MarksError):
        Marks(place).add(Mark(START, "here"))

    assert private.read_text() == "mine\n"
    assert Marks(place).all() == ()


def test_marks_of_a_file_that_was_put_in_the_place_of_another_are_read(tmp_path: Path, place: Path) -> None:
    marks = Marks(place)
    marks.add(Mark(START, "here"))
    assert marks.all()
    other = tmp_path / "other"
    Marks(other).add(Mark(START, "this"))
    other.replace(place)
    assert marks.all() == (Mark(START, "this"),)
    place.unlink()
    assert marks.all() == ()
