"""Words of seat support that complete a form: tags, answers and writers, from what was entered before."""

from msgspec.structs import replace

from floorwatch.engine.known import NameBook, names_of, suggest
from floorwatch.engine.known_words import MOST_ANSWERS, RECENT_SECONDS
from floorwatch.model.entered import NoteKind
from floorwatch.model.people import People
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Help, Note, Support, Visit
from floorwatch.views import FixedField, Known, TextField
from tests.engine.known_floor import floor, people
from tests.engine.small_floor import START

DAY = 86_400.0


def noted(number: int, tag: str, at: float = START, by: str = "Li", **said: object) -> Note:
    """A note with a tag."""
    return Note(f"n{number}", at, by, NoteKind.FAULT, tag=tag, **said)  # type: ignore[arg-type]  # what a test says of it


def answered(number: int, answer: str, by: str = "Li", at: float = START) -> Help:
    """A request with its answer."""
    return Help(f"h{number}", "4001", at, answer=answer, closed_by=by, closed_at=at)


def having(*entered: Note | Help | Visit) -> FloorSnapshot:
    """The floor with these on it, in this order."""
    notes = {each.id: each for each in entered if isinstance(each, Note)}
    helps = {each.id: each for each in entered if isinstance(each, Help)}
    visits = {each.agent: each for each in entered if isinstance(each, Visit)}
    return replace(floor(), support=Support(notes=notes, helps=helps, visits=visits))


def texts(known: Known, typed: str, on: FloorSnapshot, who: People | None = None) -> list[str]:
    """What is offered."""
    field = TextField(name="word", title="Word", known=known)
    return [each.text for each in suggest(field, typed, names_of(on, who or People()))]


def test_tags_are_offered_most_used_first() -> None:
    on = having(noted(1, "CRM"), noted(2, "phone"), noted(3, "phone"), noted(4, ""), noted(5, "cable"))

    assert texts(Known.TAGS, "", on) == ["phone", "cable", "CRM"]
    assert texts(Known.TAGS, "c", on) == ["cable", "CRM"]


def test_tags_of_long_ago_and_of_withdrawn_notes_are_not_offered() -> None:
    old = noted(1, "old", START - RECENT_SECONDS - 2 * DAY)
    on = having(old, noted(2, "gone", withdrawn_at=START), noted(3, "here"))

    assert texts(Known.TAGS, "", on) == ["here"]


def test_answers_are_offered_the_newest_first_each_once() -> None:
    on = having(answered(1, "restart it"), answered(2, "ask IT"), answered(3, "restart it"), Help("h4", "4001", START))

    assert texts(Known.ANSWERS, "", on) == ["restart it", "ask IT"]
    assert texts(Known.ANSWERS, "ask", on) == ["ask IT"]


def test_of_years_of_answers_the_newest_are_offered() -> None:
    on = having(*(answered(number, f"answer {number}") for number in range(MOST_ANSWERS + 10)))

    assert texts(Known.ANSWERS, f"answer {MOST_ANSWERS + 9}", on) == [f"answer {MOST_ANSWERS + 9}"]
    assert "answer 9" not in texts(Known.ANSWERS, "answer 9", on)


def test_writers_are_those_who_entered_something_and_then_the_people() -> None:
    on = having(noted(1, "x", by="Wang"), noted(2, "x", by="Li"), noted(3, "x", by="Li"), Visit("4001", START, "Zhao"))

    assert texts(Known.AUTHORS, "", on, people()) == ["Li", "Wang", "Zhao", "张伟", "李娜", "Anna Smith"]


def test_what_a_terminal_would_act_on_is_not_offered() -> None:
    assert texts(Known.TAGS, "", having(noted(1, "a\x1b[31mb"))) == ["a\ufffd[31mb"]


def test_words_are_kept_until_somebody_enters_something() -> None:
    book, before = NameBook(people()), having(noted(1, "CRM"))
    words = book.names(before).entered
    assert words.tags == ("CRM",)
    later = replace(before, at=START + 1, queue_names=())
    more = replace(later, support=replace(before.support, notes={**before.support.notes, "n2": noted(2, "phone")}))

    assert book.names(later).entered is words
    assert book.names(more).entered.tags == ("phone", "CRM")


def test_what_stands_fixed_is_completed_by_nothing() -> None:
    assert suggest(FixedField(name="seat", title="Seat"), "a", names_of(floor(), people())) == []
