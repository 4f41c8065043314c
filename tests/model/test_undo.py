"""Undoing: what is undone never was, and nobody loses what they went on to do."""

import pytest

from floorwatch.model import events as ev
from floorwatch.model.events import Entered
from floorwatch.model.support import HelpState, Support
from tests.model.entering import AT, UNDOABLE, Book, answered, asked, note, taken


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.mark.parametrize("event", UNDOABLE, ids=lambda event: type(event).__name__)
def test_what_is_undone_never_was(book: Book, event: Entered) -> None:
    entry = book.enter(event)
    assert book.floor.last_entry_of("Ada") == (entry, type(event).__name__)
    undo = book.enter(ev.EntryUndone(AT, entry=entry))

    assert book.now == Support()
    assert (book.late(undo), book.misfits) == (None, {})
    assert book.floor.last_entry_of("Ada") is None


@pytest.mark.parametrize(
    "then",
    [
        taken,
        answered,
        lambda entry: ev.HelpWithdrawn(AT, help=entry),
    ],
)
def test_undoing_a_step_leaves_the_request_as_it_was(book: Book, then: object) -> None:
    entry = book.enter(asked())
    before = book.now
    step = book.enter(then(entry))  # type: ignore[operator]
    book.enter(ev.EntryUndone(AT, entry=step))

    assert book.now == before


def test_a_person_undoes_step_by_step_back_to_the_beginning(book: Book) -> None:
    entry = book.enter(asked())
    book.enter(taken(entry))
    book.enter(answered(entry))
    undone = []
    while (last := book.floor.last_entry_of("Ada")) is not None:
        undone.append(last[1])
        book.enter(ev.EntryUndone(AT, entry=last[0]))

    assert undone == ["HelpAnswered", "HelpTaken", "HelpRequested"]
    assert book.now == Support()


def test_nobody_undoes_what_another_has_gone_on_from_and_is_told_who(book: Book) -> None:
    entry = book.enter(asked())
    mine = book.enter(taken(entry), "Ada")
    book.enter(answered(entry), "Grace")
    undo = book.enter(ev.EntryUndone(AT, entry=mine), "Ada")

    assert book.late(undo) == ("Grace", "EntryUndone")
    assert book.now.helps[entry].state is HelpState.ANSWERED


def test_an_older_entry_is_not_undone_in_place_of_the_last(book: Book) -> None:
    book.enter(note("1008"), "Ada")
    entry = book.enter(asked())
    mine = book.enter(taken(entry), "Ada")
    book.enter(answered(entry), "Grace")

    assert book.floor.last_entry_of("Ada") == (mine, "HelpTaken")


def test_what_was_gone_on_from_can_be_undone_once_that_is_undone(book: Book) -> None:
    entry = book.enter(asked())
    mine = book.enter(taken(entry), "Ada")
    theirs = book.enter(answered(entry), "Grace")
    book.enter(ev.EntryUndone(AT, entry=theirs), "Grace")
    book.enter(ev.EntryUndone(AT, entry=mine), "Ada")

    assert book.now.helps[entry].state is HelpState.OPEN


def test_nobody_undoes_what_another_entered(book: Book) -> None:
    entry = book.enter(note(), "Ada")
    book.enter(ev.EntryUndone(AT, entry=entry), "Grace")

    assert entry in book.now.notes
    assert book.misfits == {"nothing to undo": 1}


@pytest.mark.parametrize("what", ["twice", "unknown", "an undoing"])
def test_there_is_nothing_to_undo(book: Book, what: str) -> None:
    entry = book.enter(note())
    undo = book.enter(ev.EntryUndone(AT, entry=entry))
    book.enter(ev.EntryUndone(AT, entry={"twice": entry, "unknown": "?", "an undoing": undo}[what]))

    assert book.misfits == {"nothing to undo": 1}


def test_what_changed_nothing_is_nobody_s_last_entry(book: Book) -> None:
    entry = book.enter(asked(), "Grace")
    mine = book.enter(note("1008"), "Ada")
    book.enter(taken(entry), "Grace")
    book.enter(taken(entry), "Ada")
    book.enter(ev.HelpTaken(AT, help="?"), "Ada")

    assert book.floor.last_entry_of("Ada") == (mine, "NoteTaken")


def test_undoing_a_visit_leaves_the_latest_of_the_others(book: Book) -> None:
    first = book.enter(ev.SeatVisited(AT, agent="1007"), "Ada")
    second = book.enter(ev.SeatVisited(AT, agent="1007"), "Grace")
    book.enter(ev.EntryUndone(AT, entry=first), "Ada")
    assert book.now.visits["1007"].by == "Grace"

    book.enter(ev.EntryUndone(AT, entry=second), "Grace")
    assert book.now.visits == {}


def test_a_note_that_is_withdrawn_leaves_the_visit_and_one_that_is_undone_does_not(book: Book) -> None:
    withdrawn, undone = book.enter(note("1007")), book.enter(note("1008"))
    book.enter(ev.NoteWithdrawn(AT, note=withdrawn, word="told twice"))
    book.enter(ev.EntryUndone(AT, entry=undone))

    assert list(book.now.visits) == ["1007"]


def test_undoing_a_visit_brings_back_one_that_was_entered_late(book: Book) -> None:
    last = book.enter(ev.SeatVisited(AT, agent="1007"), "Ada", at=AT + 100)
    book.enter(ev.SeatVisited(AT, agent="1007"), "Grace", at=AT + 50)
    book.enter(ev.EntryUndone(AT, entry=last), "Ada")

    assert book.now.visits["1007"].by == "Grace"


def test_visits_that_can_be_undone_no_longer_are_not_forgotten(book: Book) -> None:
    book.enter(ev.SeatVisited(AT, agent="1007"), "Ada")
    for _number in range(2_001):
        book.enter(ev.SeatVisited(AT, agent="1008"), "Grace")
    last = book.enter(ev.SeatVisited(AT, agent="1007"), "Grace")
    book.enter(ev.EntryUndone(AT, entry=last), "Grace")

    assert book.now.visits["1007"].by == "Ada"
    assert book.floor.last_entry_of("Ada") is None
