"""Seat support: what each entry makes of the floor, and who was first."""

import pytest
from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.events import NoteKind
from floorwatch.model.support import HelpState, Overtaken
from tests.model.entering import AT, Book, answered, asked, note, taken


@pytest.fixture
def book() -> Book:
    return Book()


# --- help ---


def test_a_request_stays_until_it_is_answered(book: Book) -> None:
    entry = book.enter(asked())
    waiting = book.now.open_helps[entry]
    assert (waiting.state, waiting.agent, waiting.seat, waiting.by) == (HelpState.OPEN, "1007", "A07", "Ada")

    book.enter(taken(entry), "Grace")
    assert book.now.open_helps[entry].state is HelpState.TAKEN

    book.enter(answered(entry), "Grace")
    closed = book.now.helps[entry]
    assert (closed.state, closed.taken_by, closed.answer, closed.closed_by) == (
        HelpState.ANSWERED, "Grace", "yes", "Grace",
    )  # fmt: skip
    assert book.now.open_helps == {}


def test_of_two_who_take_it_the_first_has_it_and_the_second_is_told_by_name(book: Book) -> None:
    entry = book.enter(asked())
    first, second = book.enter(taken(entry), "Ada"), book.enter(taken(entry), "Grace")

    assert book.now.helps[entry].taken_by == "Ada"
    assert (book.late(first), book.late(second)) == (None, ("Ada", "HelpTaken"))
    assert book.floor.overtaken(second) == Overtaken("Ada", AT + 2, "HelpTaken")


def test_another_may_answer_and_whoever_had_it_is_still_named(book: Book) -> None:
    entry = book.enter(asked())
    book.enter(taken(entry), "Ada")
    book.enter(answered(entry), "Grace")

    assert (book.now.helps[entry].taken_by, book.now.helps[entry].closed_by) == ("Ada", "Grace")
    assert book.now.visits["1007"].by == "Grace"


@pytest.mark.parametrize("late", [taken, answered, lambda entry: ev.HelpReleased(AT, help=entry)])
def test_what_comes_after_the_answer_is_too_late(book: Book, late: object) -> None:
    entry = book.enter(asked())
    book.enter(answered(entry, "first"), "Ada")
    second = book.enter(late(entry), "Grace")  # type: ignore[operator]

    assert (book.late(second) or ("", ""))[0] == "Ada"
    assert book.now.helps[entry].answer == "first"
    assert book.now.visits["1007"].by == "Ada"


def test_a_request_that_was_given_back_is_as_old_as_before(book: Book) -> None:
    first, second = book.enter(asked("1007")), book.enter(asked("1008"))
    book.enter(taken(first))
    book.enter(ev.HelpReleased(AT, help=first))

    assert [each.id for each in book.now.queue_of_help] == [first, second]
    assert book.now.helps[first].state is HelpState.OPEN
    assert book.now.helps[first].taken_by == ""


def test_nobody_can_give_back_what_nobody_has(book: Book) -> None:
    entry = book.enter(asked())
    book.enter(ev.HelpReleased(AT, help=entry))

    assert book.misfits == {"help released that nobody had taken": 1}


def test_a_request_that_is_withdrawn_waits_for_nobody_and_keeps_the_word(book: Book) -> None:
    entry = book.enter(asked())
    book.enter(ev.HelpWithdrawn(AT, help=entry, word="found it"), "李娜")

    help_ = book.now.helps[entry]
    assert (help_.state, help_.answer, help_.closed_by) == (HelpState.WITHDRAWN, "found it", "李娜")
    assert list(book.now.helps_since(AT)) == []
    assert book.now.visits == {}


def test_a_request_from_the_telephone_needs_no_id_and_means_whom_its_word_means(book: Book) -> None:
    feed_s_own = ev.HelpRequested(AT, agent="SIP/1")
    book.again(feed_s_own, "queue_log")
    book.again(feed_s_own, "queue_log")
    book.again(replace(feed_s_own, at=AT + 60), "queue_log")

    keys = list(book.now.open_helps)
    assert keys == [f"queue_log/SIP/1/{AT:.3f}", f"queue_log/SIP/1/{AT + 60:.3f}"]
    assert [(each.agent, each.seat, each.by) for each in book.now.queue_of_help] == [("1007", "A07", "")] * 2
    book.enter(answered(keys[0]), "Ada")
    assert list(book.now.open_helps) == keys[1:]
    assert book.floor.snapshot(AT).feeds["queue_log"].misfits == {"entry doubled": 1}


def test_a_shared_name_of_a_feed_is_asked_of_the_queue_and_that_of_an_entry_stands(book: Book) -> None:
    book.floor.take("log", AT, (ev.MemberAdded(AT, "SIP/3", "support"),))
    book.again(ev.HelpRequested(AT, agent="王芳", queue="support"), "log")
    entry = book.enter(ev.HelpRequested(AT, agent="王芳", queue="support"))

    assert [each.agent for each in book.now.helps.values()] == ["1009", "王芳"]
    assert book.now.helps[entry].seat is None


# --- notes ---


def test_a_note_keeps_what_was_true_when_it_was_taken(book: Book) -> None:
    entry = book.enter(note(seat="B12", state="on_call", queue="support", call="c1", tag="calm", text="冷静"))

    found = book.now.notes[entry]
    assert (found.seat, found.state, found.queue, found.call, found.tag, found.text) == (
        "B12", "on_call", "support", "c1", "calm", "冷静",
    )  # fmt: skip
    assert (found.by, found.holds, found.is_open) == ("Ada", True, False)


def test_a_fault_is_a_note_whose_tag_is_the_system(book: Book) -> None:
    entry = book.enter(ev.FaultReported(AT, system="CRM", symptom="frozen", seat="A07"))

    found = book.now.notes[entry]
    assert (found.kind, found.tag, found.text, found.seat, found.agent) == (
        NoteKind.FAULT, "CRM", "frozen", "A07", None,
    )  # fmt: skip
    assert book.now.visits == {}


def test_a_follow_up_waits_until_it_is_done(book: Book) -> None:
    entry = book.enter(note(follow_up="send the form", due_at=AT + 600))
    assert list(book.now.follow_ups) == [entry]

    book.enter(ev.FollowUpDone(AT, note=entry, outcome="sent"), "Grace")
    second = book.enter(ev.FollowUpDone(AT, note=entry, outcome="sent again"), "Ada")

    done = book.now.notes[entry]
    assert book.now.follow_ups == {}
    assert (done.done_by, done.outcome) == ("Grace", "sent")
    assert book.late(second) == ("Grace", "FollowUpDone")


def test_a_time_without_a_follow_up_means_nothing(book: Book) -> None:
    entry = book.enter(note(due_at=AT + 600))

    assert book.now.notes[entry].due_at is None


def test_a_follow_up_that_nobody_left_cannot_be_done(book: Book) -> None:
    entry = book.enter(note())
    book.enter(ev.FollowUpDone(AT, note=entry))

    assert book.misfits == {"follow-up done where there was none": 1}
    assert book.now.notes[entry].done_at is None


def test_an_amendment_says_what_it_says_and_leaves_the_rest(book: Book) -> None:
    entry = book.enter(note(tag="calm", text="was calm", follow_up="tell the team", due_at=AT + 60))
    book.enter(ev.NoteAmended(AT, note=entry, kind=NoteKind.PRAISE, text=""), "Grace")

    found = book.now.notes[entry]
    assert (found.kind, found.tag, found.text, found.follow_up, found.due_at) == (
        NoteKind.PRAISE, "calm", "", "tell the team", AT + 60,
    )  # fmt: skip
    assert (found.by, found.amended_by, found.amended_at) == ("Ada", "Grace", AT + 2)


def test_another_follow_up_is_to_be_done_again_and_the_same_is_not(book: Book) -> None:
    entry = book.enter(note(follow_up="send the form"))
    book.enter(ev.FollowUpDone(AT, note=entry, outcome="sent"))
    book.enter(ev.NoteAmended(AT, note=entry, follow_up="send the form", text="as before"))
    assert book.now.follow_ups == {}

    book.enter(ev.NoteAmended(AT, note=entry, follow_up="call back", due_at=AT + 60))
    again = book.now.follow_ups[entry]
    assert (again.done_at, again.done_by, again.outcome, again.due_at) == (None, "", "", AT + 60)


def test_a_follow_up_that_is_amended_away_waits_for_nobody(book: Book) -> None:
    entry = book.enter(note(follow_up="send the form", due_at=AT + 60))
    book.enter(ev.NoteAmended(AT, note=entry, follow_up=""))

    assert book.now.follow_ups == {}
    assert book.now.notes[entry].due_at is None


def test_a_note_that_is_withdrawn_stays_marked_and_is_not_told(book: Book) -> None:
    entry = book.enter(note(follow_up="send the form"))
    book.enter(ev.NoteWithdrawn(AT, note=entry, word="wrong seat"), "Grace")
    late = [
        book.enter(event, "Ada")
        for event in (
            ev.NoteWithdrawn(AT, note=entry),
            ev.NoteAmended(AT, note=entry, text="x"),
            ev.FollowUpDone(AT, note=entry),
        )
    ]

    assert list(book.now.notes_since(AT)) == []
    assert book.now.follow_ups == {}
    assert book.now.notes[entry].word == "wrong seat"
    assert [book.late(each) for each in late] == [
        ("Grace", "NoteWithdrawn"), ("Grace", "NoteAmended"), ("Grace", "FollowUpDone"),
    ]  # fmt: skip


# --- the walk ---


def test_whoever_notes_or_says_that_all_is_well_has_visited(book: Book) -> None:
    book.enter(note("1007"))
    book.enter(ev.SeatVisited(AT, agent="1008", seat="C03"), "Grace")

    visits = book.now.visits
    assert [(each.agent, each.by, each.seat) for each in visits.values()] == [
        ("1007", "Ada", "A07"), ("1008", "Grace", "C03"),
    ]  # fmt: skip


def test_a_visit_that_is_entered_late_makes_no_later_one_forgotten(book: Book) -> None:
    book.enter(ev.SeatVisited(AT, agent="1007"), at=AT + 100)
    book.enter(ev.SeatVisited(AT, agent="1007"), "Grace", at=AT + 50)

    assert (book.now.visits["1007"].by, book.now.visits["1007"].at) == ("Ada", AT + 100)


def test_two_people_walk_apart(book: Book) -> None:
    book.enter(ev.WalkBegan(AT, team="A"), "Ada")
    book.enter(ev.WalkBegan(AT), "Grace")
    book.enter(ev.SeatPassed(AT, agent="1007"), "Ada")
    book.enter(ev.SeatPassed(AT, agent="1007"), "Ada")
    book.enter(ev.WalkEnded(AT), "Grace")

    walks = book.now.walks
    assert (walks["Ada"].team, walks["Ada"].passed, walks["Ada"].is_open) == ("A", ("1007",), True)
    assert (walks["Grace"].passed, walks["Grace"].is_open) == ((), False)


def test_a_new_walk_ends_the_one_before(book: Book) -> None:
    book.enter(ev.WalkBegan(AT))
    book.enter(ev.SeatPassed(AT, agent="1007"))
    second = book.enter(ev.WalkBegan(AT))

    assert (book.now.walks["Ada"].id, book.now.walks["Ada"].passed) == (second, ())


def test_without_a_walk_none_can_be_ended_and_no_seat_left_out(book: Book) -> None:
    book.enter(ev.SeatPassed(AT, agent="1007"))
    book.enter(ev.WalkEnded(AT))

    assert book.misfits == {"seat passed without a walk": 1, "walk ended without a walk": 1}


# --- incidents and alerts ---


def test_the_first_owns_an_incident_and_may_hand_it_on(book: Book) -> None:
    book.enter(
        ev.IncidentTaken(AT, incident="fault:CRM", owner="Ada", title="CRM", seats=("A1",), since=AT - 60), "Ada"
    )
    second = book.enter(ev.IncidentTaken(AT, incident="fault:CRM", owner="Grace"), "Grace")
    assert book.late(second) == ("Ada", "IncidentTaken")

    book.enter(ev.IncidentTaken(AT, incident="fault:CRM", owner="Ada", seats=("A2",)), "Ada")
    same = book.now.incidents["fault:CRM"]
    assert (same.owned_at, same.seats) == (AT + 1, ("A1", "A2"))

    book.enter(ev.IncidentTaken(AT, incident="fault:CRM", owner="Grace"), "Ada")
    handed = book.now.incidents["fault:CRM"]
    assert (handed.owner, handed.owned_at, handed.since, handed.title) == ("Grace", AT + 4, AT - 60, "CRM")


def test_evidence_adds_up_and_the_end_has_a_word(book: Book) -> None:
    book.enter(ev.EvidenceAdded(AT, incident="x", text="only the left side", seats=("A1",)))
    book.enter(ev.EvidenceAdded(AT, incident="x", text="since the update", title="CRM", seats=("A2", "A1")), "Grace")
    book.enter(ev.IncidentClosed(AT, incident="x", word="a switch", seats=("A3",)), "Grace")
    late = book.enter(ev.IncidentTaken(AT, incident="x", owner="Ada"))

    found = book.now.incidents["x"]
    assert [(each.by, each.text) for each in found.evidence] == [
        ("Ada", "only the left side"), ("Grace", "since the update"),
    ]  # fmt: skip
    assert (found.title, found.seats, found.word, found.is_open) == ("CRM", ("A1", "A2", "A3"), "a switch", False)
    assert (found.owner, book.late(late)) == ("", ("Grace", "IncidentTaken"))


def test_an_incident_that_nobody_had_taken_is_kept_whole_when_it_is_closed(book: Book) -> None:
    book.enter(ev.IncidentClosed(AT, incident="x", word="nothing", title="CRM", seats=("A1",), since=AT - 60))

    found = book.now.incidents["x"]
    assert (found.title, found.seats, found.since, found.word) == ("CRM", ("A1",), AT - 60, "nothing")


def test_the_first_acknowledgement_has_the_alert(book: Book) -> None:
    book.enter(ev.AlertAcknowledged(AT, alert="a", owner="Grace", word="two more come"), "Ada")
    second = book.enter(ev.AlertAcknowledged(AT, alert="a", owner="Ada"), "Ada")

    assert (book.now.acknowledged["a"].owner, book.now.acknowledged["a"].by) == ("Grace", "Ada")
    assert book.late(second) == ("Grace", "AlertAcknowledged")


def test_the_last_snooze_holds(book: Book) -> None:
    book.enter(ev.AlertSnoozed(AT, alert="a", until=AT + 900))
    book.enter(ev.AlertSnoozed(AT, alert="a", until=AT + 60), "Grace")

    assert (book.now.snoozed["a"].until, book.now.snoozed["a"].by) == (AT + 60, "Grace")
