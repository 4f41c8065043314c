"""Which recordings of a folder go, and which never do."""

import os
from datetime import date
from pathlib import Path

import pytest

from floorwatch.engine.kept_days import KeptDays
from floorwatch.feeds.recording import RecordingWriter

TODAY = date(2026, 11, 22)
PLENTY = 10**9


def kept(folder: Path, name: str, size: int = 1000, *, by_us: bool = True) -> Path:
    """A recording of so many bytes."""
    writer = RecordingWriter(folder / name, "UTC", {}, kept=by_us)
    writer.close()
    with (folder / name).open("ab") as file:
        file.write(b"\n" * (size - writer.size))
    return folder / name


def names(folder: Path) -> list[str]:
    """What lies there."""
    return sorted(path.name for path in folder.iterdir())


def test_what_lies_too_far_back_goes(tmp_path: Path) -> None:
    for day in ("2026-11-07", "2026-11-08", "2026-11-08-2", "2026-11-22"):
        kept(tmp_path, f"{day}.floorlog")

    KeptDays(tmp_path).tidy(TODAY, 14, PLENTY, None)

    assert names(tmp_path) == ["2026-11-08-2.floorlog", "2026-11-08.floorlog", "2026-11-22.floorlog"]


def test_the_oldest_go_until_the_rest_is_small_enough(tmp_path: Path) -> None:
    for day in ("2026-11-20", "2026-11-21", "2026-11-21-2", "2026-11-21-10", "2026-11-22"):
        kept(tmp_path, f"{day}.floorlog")

    left = KeptDays(tmp_path).tidy(TODAY, 14, 2500, None)

    assert left == 2000
    assert names(tmp_path) == ["2026-11-21-10.floorlog", "2026-11-22.floorlog"]


def test_keyframes_count_and_go_with_their_recording(tmp_path: Path) -> None:
    old = kept(tmp_path, "2026-11-01.floorlog")
    old.with_name("2026-11-01.floorlog.keyframes").write_bytes(b"x" * 500)

    assert KeptDays(tmp_path).tidy(TODAY, 30, PLENTY, None) == 1500
    assert KeptDays(tmp_path).tidy(TODAY, 14, PLENTY, None) == 0
    assert names(tmp_path) == []


def test_marks_stay_since_they_are_a_persons_words(tmp_path: Path) -> None:
    kept(tmp_path, "2026-11-01.floorlog")
    (tmp_path / "2026-11-01.floorlog.marks").write_text('{"at": 1, "word": "the worst minute"}\n')

    KeptDays(tmp_path).tidy(TODAY, 14, PLENTY, None)

    assert names(tmp_path) == ["2026-11-01.floorlog.marks"]


def test_nothing_goes_that_was_not_kept_here(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    kept(elsewhere, "2026-11-01.floorlog")
    folder = tmp_path / "recordings"
    folder.mkdir()
    kept(folder, "2026-11-01.floorlog", by_us=False)
    kept(folder, "training.floorlog")
    (folder / "2026-11-02.floorlog").write_text("dear to somebody")
    (folder / "2026-11-03.floorlog").mkdir()
    (folder / "2026-11-04.floorlog").symlink_to(elsewhere / "2026-11-01.floorlog")
    (folder / "2026-13-01.floorlog").touch()
    before = names(folder)

    assert KeptDays(folder).tidy(TODAY, 1, 0, None) == 0

    assert names(folder) == before


def test_what_is_being_written_stays_whoever_writes_it(tmp_path: Path) -> None:
    ours = kept(tmp_path, "2026-11-01.floorlog")
    theirs = RecordingWriter(tmp_path / "2026-11-02.floorlog", "UTC", {}, kept=True)

    KeptDays(tmp_path).tidy(TODAY, 1, 0, ours)

    assert names(tmp_path) == ["2026-11-01.floorlog", "2026-11-02.floorlog"]
    theirs.close()


@pytest.mark.parametrize(
    ("there", "then"),
    [
        ([], "2026-11-22.floorlog"),
        (["2026-11-21-7.floorlog"], "2026-11-22.floorlog"),
        (["2026-11-22.floorlog"], "2026-11-22-2.floorlog"),
        (["2026-11-22.floorlog", "2026-11-22-9.floorlog", "2026-11-22-10.floorlog"], "2026-11-22-11.floorlog"),
        (["2026-11-22-3.floorlog"], "2026-11-22-4.floorlog"),
        (["2026-11-22.floorlog.gz", "2026-11-22-0.floorlog"], "2026-11-22.floorlog"),
    ],
)
def test_the_next_of_a_day_has_the_next_number(tmp_path: Path, there: list[str], then: str) -> None:
    for name in there:
        (tmp_path / name).touch()

    assert KeptDays(tmp_path).next_of(TODAY) == tmp_path / then


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    days = KeptDays(tmp_path / "none")

    assert (days.newest(TODAY), days.tidy(TODAY, 14, PLENTY, None)) == (None, 0)
    assert not os.path.lexists(days.folder)
