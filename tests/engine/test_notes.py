"""Notes found again by words, time, kind, author and agent."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.engine.notes import Book, Wanted, found
from floorwatch.model.entered import NoteKind
from floorwatch.model.people import read_people
from floorwatch.model.support import Note
from floorwatch.text import folded

PEOPLE = read_people(
    "interface,name,employee,seat,team\nPJSIP/2001,李娜,4001,A01,Blue\nPJSIP/2002,Ada Quist,4002,A02,Red\n"
)
NOTES = (
    Note("n1", 100.0, "Bo", NoteKind.FAULT, "4001", "A01", tag="CRM", text="白屏，重启"),
    Note("n2", 300.0, "Bo", NoteKind.PRAISE, "4002", "A02", text="Calm with a hard caller"),
    Note("n3", 200.0, "Cy", NoteKind.STATE, "4002", "A02", text="tired", follow_up="Offer a ｂｒｅａｋ", due_at=900.0),
    Note("n4", 400.0, "Cy", NoteKind.STATE, "4002", text="calm", withdrawn_at=500.0),
    Note("n5", 300.0, "Cy", NoteKind.CHECK, None, "B07", text="noise"),
)


@pytest.fixture
def book() -> Book:
    return Book(PEOPLE)


def ids(wanted: Wanted, book: Book) -> list[str]:
    return [note.id for note in found(NOTES, wanted, book)]


def test_the_newest_stands_first_and_what_was_withdrawn_is_not_found(book: Book) -> None:
    assert ids(Wanted(), book) == ["n5", "n2", "n3", "n1"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("calm",), ["n2"]),
        (("HARD", "calm"), ["n2"]),
        (("hard calm",), ["n2"]),
        (("calm", "tired"), []),
        (("crm",), ["n1"]),
        (("ｃｒｍ",), ["n1"]),
        (("白屏",), ["n1"]),
        (("，",), ["n1"]),
        (("break",), ["n3"]),
        (("李娜",), ["n1"]),
        (("quist",), ["n2", "n3"]),
        (("4002", "a02", "tired"), ["n3"]),
        (("praise",), ["n2"]),
        (("b07",), ["n5"]),
        (("  ",), ["n5", "n2", "n3", "n1"]),
    ],
)
def test_all_words_must_be_in_what_is_known_of_a_note(book: Book, words: tuple[str, ...], expected: list[str]) -> None:
    assert ids(Wanted(words), book) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(since=200.0, until=300.0), ["n3"]),
        (Wanted(since=300.0), ["n5", "n2"]),
        (Wanted(kind=NoteKind.FAULT), ["n1"]),
        (Wanted(agents=frozenset({"4002"})), ["n2", "n3"]),
        (Wanted(by="ｂｏ"), ["n2", "n1"]),
        (Wanted(("calm",), by="Cy"), []),
    ],
)
def test_every_limit_holds(book: Book, wanted: Wanted, expected: list[str]) -> None:
    assert ids(wanted, book) == expected


@pytest.mark.parametrize(
    ("word", "agents"),
    [
        ("4001", {"4001"}),
        ("李娜", {"4001"}),
        ("a02", {"4002"}),
        ("ada", {"4002"}),
        ("400", {"4001", "4002"}),
        ("PJSIP/9", {"PJSIP/9"}),
        ("zoe", set()),
    ],
)
def test_an_agent_is_meant_by_any_word_of_theirs_or_the_beginning_of_one(
    book: Book, word: str, agents: set[str]
) -> None:
    assert book.called(word, ["PJSIP/9"]) == agents


texts = st.text(st.sampled_from("aAßé李，,ｂﬁﬀ㎏ ①½ \n。!！"), max_size=6)


@given(st.lists(st.tuples(texts, texts, texts)), texts)
def test_what_is_found_is_what_folding_everything_would_find(said: list[tuple[str, str, str]], word: str) -> None:
    notes = [
        Note(str(place), float(place), "Bo", NoteKind.STATE, text=text, tag=tag, follow_up=follow_up)
        for place, (text, tag, follow_up) in enumerate(said)
    ]
    words = folded(word).split()
    every = [
        note.id
        for note in reversed(notes)
        if all(any(each in folded(part) for part in (note.text, note.tag, note.follow_up, "state")) for each in words)
    ]

    assert [note.id for note in found(notes, Wanted((word,), -inf, inf), Book(read_people("")))] == every
