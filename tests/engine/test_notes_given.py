"""Notes as rows to give away, and what is left of them with nobody's name in it."""

from datetime import timedelta, timezone

import pytest
from msgspec.structs import replace

from floorwatch.engine.notes import Book
from floorwatch.engine.notes_given import MASK, ROW_NAMES, Veil, row_of, whole
from floorwatch.model.clock import FloorDays
from floorwatch.model.entered import NoteKind
from floorwatch.model.people import read_people
from floorwatch.model.support import Help, Incident, Note, Support, Walk

PEOPLE = read_people(
    "interface,name,employee,seat,team\n"
    "PJSIP/2001,李娜,4001,A01,Blue\n"
    "PJSIP/2002,Ada Quist,4002,A02,Red\n"
    'PJSIP/2003,"Quist, Bo",4003,A03,Red\n'
    "PJSIP/2004,王芳,4004,A04,Red\n"
)
DAYS = FloorDays(timezone(timedelta(hours=8)))
NOTE = Note(
    "n1", 1_763_776_800.5, "Grace Hu", NoteKind.COACHING, "4002", "A02", "on_call", "support", "c1", "tone", "said",
    "listen again", 1_763_780_400.0, done_at=1_763_780_000.0, done_by="Lin",
)  # fmt: skip


def support(*notes: Note) -> Support:
    helps = {"h1": Help("h1", "4001", 0.0, by="4001"), "h2": Help("h2", "4003", 0.0, by="4003", taken_by="Lin")}
    return Support(helps=helps, notes={note.id: note for note in notes})


@pytest.fixture
def book() -> Book:
    return Book(PEOPLE)


@pytest.fixture
def veil(book: Book) -> Veil:
    return Veil(support(NOTE), book)


def test_a_row_says_all_of_a_note_in_its_order_with_times_on_the_floor_s_clock(book: Book) -> None:
    row = row_of(NOTE, book, DAYS)

    assert tuple(row) == ROW_NAMES
    assert row["at"] == "2025-11-22T10:00:00+08:00"
    assert (row["name"], row["team"], row["by"], row["done_by"]) == ("Ada Quist", "Red", "Grace Hu", "Lin")
    assert row["amended_at"] is None


def test_a_long_text_is_whole_and_in_one_harmless_line(book: Book) -> None:
    row = row_of(replace(NOTE, text="first\r\nsecond\x1b[2J " + "x" * 10_000), book, DAYS)

    assert row["text"] == "first second\ufffd[2J " + "x" * 10_000
    assert whole("") == ""


def test_people_authors_and_calls_have_pseudonyms_by_their_order_in_the_journal(book: Book, veil: Veil) -> None:
    row = veil.over(row_of(NOTE, book, DAYS))

    assert (row["agent"], row["name"], row["by"], row["done_by"]) == ("agent 1", None, "author 1", "author 2")
    assert row["call"] == "call 1"
    assert (row["seat"], row["team"], row["kind"], row["queue"]) == ("A02", "Red", "coaching", "support")


def test_an_agent_who_wrote_is_the_same_agent(veil: Veil) -> None:
    assert veil.author("4001") == veil.author("李娜") == "agent 2"
    assert veil.author("whoever this is") == MASK


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("李娜和王芳", "agent 2和somebody"),
        ("ask Ada or ADA QUIST", "ask agent 1 or agent 1"),
        ("Quist said so", "somebody said so"),
        ("Adam and Adaptation", "Adam and Adaptation"),
        ("Ada's", "agent 1's"),
        ("4002, PJSIP/2001", "agent 1, agent 2"),
        ("Grace told Lin", "author 1 told author 2"),
        ("call 13800138000 or 138-0013 8000", "call **** or ****"),
        ("１３８００１３８０００", "****"),
        ("7 minutes, 10:40, 123", "7 minutes, 10:40, 123"),
        ("40021", "****"),
    ],
)
def test_texts_name_nobody_and_no_number(veil: Veil, text: str, left: str) -> None:
    assert veil.text(text) == left


def test_who_only_walked_or_owned_an_incident_is_an_author_too(book: Book) -> None:
    support = Support(
        walks={"Ann": Walk("w", "Ann", 0.0)}, incidents={"i": Incident("i", "i", 0.0, owner="Zoe", closed_by="Kim")}
    )

    assert Veil(support, book).text("Ann, Zoe and Kim") == "author 1, author 2 and author 3"


def test_every_text_of_a_row_is_veiled(book: Book, veil: Veil) -> None:
    named = replace(NOTE, tag="Ada", text="Ada", follow_up="Ada", outcome="Ada")
    row = veil.over(row_of(named, book, DAYS))

    assert {row[name] for name in ("tag", "text", "follow_up", "outcome")} == {"agent 1"}


def test_a_journal_that_names_nobody_still_hides_numbers() -> None:
    assert Veil(Support(), Book(read_people(""))).text("Ada 5550001234") == "Ada ****"
