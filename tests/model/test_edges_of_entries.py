"""The edges of what people enter: who is meant, where they sat, what comes twice, and the last of two at once."""

from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.bases import Bases
from floorwatch.model.duty import Leave, Tick
from floorwatch.model.duty_book import is_over_before
from floorwatch.model.entry_log import EARLY_KEPT, UNDOABLE, Done, EntryLog
from floorwatch.model.events import NoteKind
from floorwatch.model.floor import Floor
from floorwatch.model.support import Help, Overtaken, Visit
from floorwatch.model.support_book import SupportBook
from tests.model.by_hand import RULES, misfits
from tests.model.entering import AT, PEOPLE, Book, answered, asked, note, taken

LATER = AT + 10_000


def of_a_feed(*events: ev.Event) -> Floor:
    """Entries that a feed tells have no id."""
    floor = Floor(RULES, PEOPLE)
    for event in events:
        floor.apply(event, "crm")
    return floor


def test_a_note_of_a_feed_is_about_the_one_of_that_name_who_is_in_its_queue() -> None:
    said = ev.NoteTaken(AT + 1, kind=NoteKind.STATE, agent="王芳", queue="tax")
    floor = of_a_feed(ev.MemberAdded(AT, "SIP/2", "refunds"), ev.MemberAdded(AT, "SIP/3", "tax"), said)
    assert [(note.agent, note.seat) for note in floor.support.notes.values()] == [("1009", "B01")]


def test_notes_of_a_feed_about_two_seats_are_two_and_the_same_twice_is_a_misfit() -> None:
    first, second = (ev.NoteTaken(AT, kind=NoteKind.STATE, seat=seat) for seat in ("A01", "A02"))
    floor = of_a_feed(first, second, first)
    assert [note.seat for note in floor.support.notes.values()] == ["A01", "A02"]
    assert misfits(floor.snapshot(LATER), "crm") == {"entry doubled": 1}


def test_who_is_visited_sits_where_the_people_file_says_unless_it_is_said() -> None:
    book = Book()
    book.enter(ev.SeatVisited(AT, agent="1007"))
    assert book.now.visits["1007"].seat == "A07"
    book.enter(ev.SeatVisited(AT, agent="1007", seat="C03"))
    assert book.now.visits["1007"].seat == "C03"


def test_who_is_answered_or_noted_about_elsewhere_was_visited_there() -> None:
    book = Book()
    book.enter(answered(book.enter(replace(asked(), seat="C03"))))
    assert book.now.visits["1007"].seat == "C03"
    book.enter(note(seat="D04"))
    assert book.now.visits["1007"].seat == "D04"


def test_a_note_about_nobody_can_be_undone() -> None:
    book = Book()
    entry = book.enter(note(None, seat="A07"))
    assert list(book.now.notes) == [entry]
    book.enter(ev.EntryUndone(AT, entry=entry))
    assert book.now.notes == {}


def test_what_waited_for_its_request_and_does_not_fit_counts_where_it_was_entered() -> None:
    book = Book()
    book.enter(ev.HelpReleased(AT, help=f"switch/1007/{AT + 9:.3f}"))
    book.again(replace(asked(), at=AT + 9), "switch")
    assert book.misfits == {"help released that nobody had taken": 1}
    assert misfits(book.floor.snapshot(LATER), "switch") == {}


def test_an_entry_that_waits_for_its_request_is_the_last_of_whoever_made_it() -> None:
    book = Book()
    entry = book.enter(taken("switch/1007/1"))
    book.enter(ev.NotesPurged(AT, before=AT + 1))
    assert book.floor.last_entry_of("Ada") == (entry, "HelpTaken")
    book.enter(ev.NotesPurged(AT, before=AT + 2))
    assert book.floor.last_entry_of("Ada") is None


def test_what_a_feed_says_of_a_request_whose_line_has_not_come_waits_too() -> None:
    early = ev.HelpTaken(AT + 9, by="Ada", help=f"crm/1007/{AT:.3f}")
    floor = of_a_feed(early, asked())
    assert [each.taken_by for each in floor.support.helps.values()] == ["Ada"]


def test_of_too_many_requests_that_are_waited_for_the_oldest_goes_first() -> None:
    log = EntryLog()
    keys = [f"switch/{number}" for number in range(EARLY_KEPT + 1)]
    for key in keys:
        log.keep_for_later(key, ev.HelpTaken(AT, help=key), "journal")
    assert [len(list(log.take_early(key))) for key in (keys[0], keys[1], keys[-1])] == [0, 1, 1]


def test_the_last_entries_can_be_undone_and_no_more_than_are_kept() -> None:
    log = EntryLog()
    for number in range(UNDOABLE + 1):
        log.done(f"e{number}", Done("Ada", AT, "NoteTaken"))
    assert [log.what_was_done(f"e{number}") is None for number in (0, 1, UNDOABLE)] == [True, False, False]


def test_of_two_who_took_a_request_before_its_line_came_the_second_has_nothing_to_undo() -> None:
    book = Book()
    for name in ("Ada", "Bo"):
        book.enter(taken(f"switch/1007/{AT + 9:.3f}"), name)
    assert [book.floor.last_entry_of(name) for name in ("Ada", "Bo")] == [("e1", "HelpTaken"), ("e2", "HelpTaken")]
    book.again(replace(asked(), at=AT + 9), "switch")
    assert [book.floor.last_entry_of(name) for name in ("Ada", "Bo")] == [("e1", "HelpTaken"), None]
    assert book.late("e2") == ("Ada", "HelpTaken")


def test_of_two_visits_at_one_time_the_one_entered_last_is_the_last() -> None:
    book = SupportBook()
    book.put("visit_log", "z", Visit("1007", AT - 9, "Ada"))
    book.put("visit_log", "a", Visit("1007", AT, "Ada"))
    book.put("visit_log", "b", Visit("1007", AT, "Bo"))
    assert book.get("visits", "1007").by == "Bo"
    book.put("visit_log", "a", Visit("1007", AT, "Cy"))
    assert book.get("visits", "1007").by == "Cy"
    book.put("visit_log", "z", None)
    assert book.get("visits", "1007").by == "Cy"


def mixed() -> SupportBook:
    """A book in which the later request came first."""
    book = SupportBook()
    for key, at in (("a", AT + 9), ("b", AT), ("c", AT + 20)):
        book.put("helps", key, Help(key, "1007", at))
    return book


def test_requests_stand_in_the_order_in_which_they_were_asked_and_nothing_is_made_anew_for_it_twice() -> None:
    book = mixed()
    first = book.snapshot()
    assert (list(first.helps), list(first.open_helps)) == (["b", "a", "c"], ["b", "a", "c"])
    assert book.snapshot() is first


def test_a_book_that_was_kept_before_anybody_looked_still_puts_its_requests_in_order() -> None:
    book, bases, second = mixed(), Bases(), SupportBook()
    second.take_up(book.kept(bases), bases)
    assert list(second.snapshot().helps) == ["b", "a", "c"]


def test_of_what_was_entered_the_very_thing_is_kept_and_what_changed_lays_a_new_base() -> None:
    book, bases = mixed(), Bases(few=1)
    book.kept(bases)
    assert bases.lengths()["helps"] == 1
    same = replace(book.get("helps", "a"))
    book.put("helps", "a", same)
    second = SupportBook()
    second.take_up(book.kept(bases), bases)
    assert second.get("helps", "a") is same
    assert bases.lengths()["helps"] == 1
    for key in ("a", "b"):
        book.put("helps", key, replace(book.get("helps", key), taken_by="Ada", taken_at=AT + 20))
    book.kept(bases)
    assert bases.lengths()["helps"] == 2


def test_an_incident_of_which_nobody_says_since_when_began_when_it_was_taken() -> None:
    book = Book()
    for number, since in enumerate((None, AT - 900)):
        book.enter(ev.IncidentTaken(AT, incident=f"i{number}", owner="Ada", since=since))
    assert [each.since for each in book.now.incidents.values()] == [AT + 1, AT - 900]


def test_who_closed_a_request_is_told_and_once_that_is_forgotten_nobody_is() -> None:
    book = Book()
    request = book.enter(ev.LeaveRequested(AT, agent="1007", start=AT, end=AT + 90_000))
    tick = ev.RequestTicked(AT, request=request, tick=Tick.HEAD)
    book.enter(tick)
    again = book.enter(tick, "Bo")
    assert book.floor.overtaken(again) == Overtaken("Ada", AT + 2, "RequestTicked")
    book.enter(ev.RequestRefused(AT, request=request, word="no"), "Cy")
    late = book.enter(tick, "Bo")
    assert book.floor.overtaken(late) == Overtaken("Cy", AT + 4, "RequestTicked")
    book.enter(ev.NotesPurged(AT, before=AT + 50))
    later = book.enter(tick, "Bo", AT + 60)
    assert book.floor.overtaken(later) == Overtaken("", AT + 60, "RequestTicked")


def test_leave_that_was_asked_for_afterwards_is_not_over_before_it_was() -> None:
    leave = Leave("e1", "1007", AT, AT + 10, asked_at=AT + 100, refused="too late")
    assert [is_over_before(leave, AT + seconds) for seconds in (10, 100, 101)] == [False, False, True]
    never_asked = replace(leave, asked_at=None)
    assert [is_over_before(never_asked, AT + seconds) for seconds in (10, 11)] == [False, True]


def test_a_request_of_help_that_a_feed_tells_twice_is_one() -> None:
    request = replace(asked(), at=AT + 1)
    floor = of_a_feed(request, request)
    assert (len(floor.support.helps), misfits(floor.snapshot(LATER), "crm")) == (1, {"entry doubled": 1})
