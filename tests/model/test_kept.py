"""What is kept of what people enter: doubled, unknown and late entries, looks back, and what a purge leaves."""

import pytest
from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.entities import Topic
from floorwatch.model.events import Entered, NoteKind
from floorwatch.model.support import CLOCK_SLACK_SECONDS, STRAYS, Support
from tests.model.entering import AT, UNDOABLE, Book, answered, asked, note, taken


@pytest.fixture
def book() -> Book:
    return Book()


# --- what does not fit ---


@pytest.mark.parametrize("event", [*UNDOABLE, ev.NotesPurged(AT, before=AT)], ids=lambda event: type(event).__name__)
def test_an_entry_that_comes_twice_changes_nothing_the_second_time(book: Book, event: Entered) -> None:
    entry = book.enter(event)
    before, made = book.now, replace(event, id=entry, by="Ada", at=AT + 1)
    book.again(made)

    assert book.now == before
    assert book.misfits == {"entry doubled": 1}


def test_an_entry_stays_known_when_it_was_undone(book: Book) -> None:
    entry = book.enter(note())
    book.enter(ev.EntryUndone(AT, entry=entry))
    book.again(replace(note(), id=entry, by="Ada", at=AT + 1))

    assert book.now.notes == {}


@pytest.mark.parametrize(
    "event",
    [
        taken("?"),
        ev.HelpReleased(AT, help="?"),
        answered("?"),
        ev.HelpWithdrawn(AT, help="?"),
        ev.NoteAmended(AT, note="?", text="x"),
        ev.NoteWithdrawn(AT, note="?"),
        ev.FollowUpDone(AT, note="?"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_an_entry_about_something_unknown_is_a_misfit(book: Book, event: Entered) -> None:
    book.enter(event)

    assert book.now == Support()
    assert book.misfits == {"entry about nothing known": 1}


def test_a_misfit_touches_the_feeds_alone(book: Book) -> None:
    assert book.floor.apply(ev.WalkEnded(AT, id="a", by="Ada"), "journal") == {Topic.FEEDS}
    assert book.floor.apply(note(), "journal") == {Topic.SUPPORT}


@pytest.mark.parametrize("agent", ["nobody known", "", "x" * 10_000, "😀\x1b[2J李"])
def test_an_unknown_agent_is_kept_as_entered_and_comes_on_no_floor(book: Book, agent: str) -> None:
    entry = book.enter(note(agent, text=agent))

    assert (book.now.notes[entry].agent, book.now.notes[entry].seat, book.now.notes[entry].text) == (agent, None, agent)
    assert book.floor.snapshot(AT).agents == {}


def test_a_seat_without_an_agent_can_be_noted(book: Book) -> None:
    entry = book.enter(note(None, NoteKind.CHECK, seat="C09"))

    assert (book.now.notes[entry].agent, book.now.notes[entry].seat) == (None, "C09")
    assert book.now.visits == {}


def test_who_had_an_interface_for_an_id_is_found_when_the_people_file_names_them(book: Book) -> None:
    entry = book.enter(note("SIP/1"))

    assert (book.now.notes[entry].agent, book.now.notes[entry].seat) == ("1007", "A07")


# --- looking back ---


def test_a_look_back_tells_the_newest_entry_first(book: Book) -> None:
    entries = [book.enter(note()) for _number in range(3)]
    helps = [book.enter(asked()) for _number in range(2)]

    assert [each.id for each in book.now.notes_since(AT + 2)] == entries[:0:-1]
    assert [each.id for each in book.now.helps_since(AT)] == helps[::-1]
    assert list(book.now.notes_since(AT + 100)) == []


def test_a_clock_that_jumps_back_hides_no_note(book: Book) -> None:
    before = [book.enter(note(), at=AT) for _number in range(3)]
    wrong = [book.enter(note(), at=AT - 30 * CLOCK_SLACK_SECONDS) for _number in range(STRAYS)]
    after = [book.enter(note(), at=AT + 5)]

    assert [each.id for each in book.now.notes_since(AT - 10)] == [*after, *reversed(before)]
    assert set(wrong) <= set(book.now.notes)


def test_a_look_back_ends_where_all_is_older(book: Book) -> None:
    old = [book.enter(note(), at=AT - 30 * CLOCK_SLACK_SECONDS) for _number in range(STRAYS * 3)]
    new = book.enter(note(), at=AT)

    assert [each.id for each in book.now.notes_since(AT - 10)] == [new]
    assert len(list(book.now.notes_since(0))) == len(old) + 1


# --- purging ---


def test_a_purge_leaves_what_waits_for_somebody_and_what_is_young(book: Book) -> None:
    answered_late, open_help = book.enter(asked(), at=AT), book.enter(asked(), at=AT)
    done = book.enter(note(), at=AT)
    to_do = book.enter(note(follow_up="send the form"), at=AT)
    amended_late = book.enter(note(), at=AT)
    book.enter(ev.EvidenceAdded(AT, incident="open", text="more"), at=AT)
    book.enter(ev.IncidentClosed(AT, incident="closed", word="over"), at=AT)
    book.enter(answered(answered_late), at=AT + 100)
    book.enter(ev.NoteAmended(AT, note=amended_late, text="x"), at=AT + 100)
    book.enter(ev.NotesPurged(AT, before=AT + 50))

    assert set(book.now.helps) == {answered_late, open_help}
    assert set(book.now.notes) == {to_do, amended_late}
    assert done not in book.now.notes
    assert set(book.now.incidents) == {"open"}

    book.enter(ev.NotesPurged(AT, before=AT + 200))
    assert (set(book.now.helps), set(book.now.notes)) == ({open_help}, {to_do})


def test_a_purge_forgets_old_visits_walks_and_alerts_and_what_could_be_undone(book: Book) -> None:
    book.enter(ev.SeatVisited(AT, agent="1007"), at=AT)
    young = book.enter(ev.SeatVisited(AT, agent="1008"), at=AT + 100)
    book.enter(ev.WalkBegan(AT), "Ada", at=AT)
    book.enter(ev.WalkBegan(AT), "Grace", at=AT)
    book.enter(ev.WalkEnded(AT), "Grace", at=AT + 1)
    book.enter(ev.AlertAcknowledged(AT, alert="a", owner="Ada"), at=AT)
    book.enter(ev.AlertSnoozed(AT, alert="a", until=AT + 10), at=AT)
    book.enter(ev.NotesPurged(AT, before=AT + 50))

    now = book.now
    assert (set(now.visits), set(now.walks), now.acknowledged, now.snoozed) == ({"1008"}, {"Ada"}, {}, {})
    assert book.floor.last_entry_of("Ada") == (young, "SeatVisited")
    book.enter(ev.EntryUndone(AT, entry=young))
    assert book.now.visits == {}


def test_a_journal_from_which_the_purged_is_gone_folds_to_the_same(book: Book) -> None:
    book.enter(note("1007"), at=AT)
    kept = book.enter(note("1008", follow_up="send the form"), at=AT)
    book.enter(ev.NotesPurged(AT, before=AT + 50), at=AT + 60)
    after = Book()
    after.again(replace(note("1008", follow_up="send the form"), id=kept, by="Ada", at=AT))
    after.again(ev.NotesPurged(AT + 60, id="e3", by="Ada", before=AT + 50))

    assert after.now == book.now
