"""What people entered on a floor that was kept: whoever takes it up goes on as if it had never been put away."""

import pytest
from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.events import Entered
from floorwatch.model.floor import Floor
from floorwatch.model.readings import Readings
from tests.model.by_hand import RULES
from tests.model.entering import AT, PEOPLE, UNDOABLE, Book, answered, asked, note, taken


def entered(*events: Entered, by: str = "Ada") -> Book:
    """Each under its number: e1, e2 and so on."""
    book = Book()
    for event in events:
        book.enter(event, by)
    return book


def taken_up(book: Book) -> Book:
    """The same floor, kept and taken up. What was kept goes on with one of them: the first is only looked at then."""
    readings = Readings()
    kept = book.floor.kept(readings)
    second = Book()
    second.floor = Floor(RULES, PEOPLE)
    second.floor.take_up(kept, book.floor.history, readings)
    second.entries = book.entries
    return second


def undo_all(book: Book, by: str = "Ada") -> list[str]:
    undone: list[str] = []
    while (last := book.floor.last_entry_of(by)) is not None:
        assert len(undone) < book.entries, f"{last} cannot be undone"
        undone.append(last[1])
        book.enter(ev.EntryUndone(AT, entry=last[0]), by)
    return undone


STEPS = [asked(), taken("e1"), answered("e1"), *UNDOABLE]


def test_what_stands_there_and_what_each_entry_did_is_the_same() -> None:
    book = entered(*STEPS)
    second = taken_up(book)
    assert second.now == book.now
    for number in range(1, book.entries + 1):
        entry = f"e{number}"
        assert second.floor.what_was_done(entry) == book.floor.what_was_done(entry) is not None
    assert second.floor.last_entry_of("Ada") == book.floor.last_entry_of("Ada")
    assert second.floor.last_entry_of("Grace") is None


def test_everything_can_still_be_undone_step_by_step() -> None:
    second = taken_up(entered(*STEPS))
    assert undo_all(second) == [type(event).__name__ for event in reversed(STEPS)]
    assert second.now == Book().now


def test_what_was_undone_before_and_what_is_entered_after_stay_apart() -> None:
    book = entered(asked(), ev.EntryUndone(AT, entry="e1"), note())
    second = taken_up(book)
    second.enter(ev.WalkBegan(AT))
    assert undo_all(second) == ["WalkBegan", "NoteTaken"]
    assert second.now == Book().now


@pytest.mark.parametrize("entry", ["e1", "e2"])
def test_an_entry_from_before_is_known_and_counts_once(entry: str) -> None:
    second = taken_up(entered(asked(), note()))
    before = second.now
    second.again(replace(note(), id=entry, by="Ada", at=AT + 99))
    assert (second.now, second.misfits) == (before, {"entry doubled": 1})
    twice = taken_up(second)
    twice.again(replace(note(), id=entry, by="Ada", at=AT + 99))
    assert twice.misfits == {"entry doubled": 2}


def test_who_came_too_late_is_still_told_by_whom() -> None:
    book = entered(asked(), taken("e1"))
    book.enter(taken("e1"), "Grace")
    second = taken_up(book)
    assert second.late("e3") == book.late("e3") == ("Ada", "HelpTaken")
    second.enter(taken("e1"), "Grace")
    assert second.late("e4") == ("Ada", "HelpTaken")


def test_nobody_undoes_what_another_went_on_from_before_it_was_kept() -> None:
    book = entered(asked(), taken("e1"))
    book.enter(answered("e1"), "Grace")
    second = taken_up(book)
    undo = second.enter(ev.EntryUndone(AT, entry="e2"))
    found = second.floor.overtaken(undo)
    assert found is not None
    assert found.by == "Grace"
    assert undo_all(second, "Grace") == ["HelpAnswered"]
    assert undo_all(second) == ["HelpTaken", "HelpRequested"]
