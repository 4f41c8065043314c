"""The edges of who is who, who was lost, what was entered, and what documents say on a floor that was kept."""

import pytest

from floorwatch.model import events as ev
from floorwatch.model.duty import Approval, ApprovalKind, DocumentState, Presence, Spell
from floorwatch.model.duty_book import is_over_before
from floorwatch.model.entry_log import OVERTAKEN_KEPT
from floorwatch.model.floor import Floor
from floorwatch.model.people import plain_pin, read_people
from floorwatch.model.readings import Readings
from floorwatch.model.snapshot import FloorSnapshot
from tests.model.by_hand import DAY, RULES, floor_of, misfits
from tests.model.entering import Book, asked, taken
from tests.model.rosters import roster, sheet, shift

NINE = DAY + 9 * 3600
PEOPLE = "name,interface,employee\nAnn Lee,SIP/1,1001\nBo Li,SIP/2,1002\n"


@pytest.mark.parametrize(
    ("pin", "plain"),
    [("007", "7"), (" 0 0 7 ", "7"), ("000", "0"), ("", ""), ("X07", "X07"), ("70", "70"), ("７", "7")],
)
def test_a_pin_is_the_same_without_blanks_leading_zeros_and_width(pin: str, plain: str) -> None:
    assert plain_pin(pin) == plain


def test_a_word_that_means_two_people_is_named_with_the_line_of_the_first() -> None:
    people = read_people("name,interface,employee\nAnn Lee,SIP/1,1001\nBo Li,1001,SIP/1\n")
    first, second = map(str, people.problems)
    assert "1001" in first
    assert "line 3" in first
    assert "SIP/1" in second
    assert "line 2" in second


def test_columns_that_mean_nothing_here_are_named_even_when_no_other_is_there() -> None:
    people = read_people("birthday,shoes\n1,2\n")
    assert (people.ignored_columns, len(people.problems)) == (("birthday", "shoes"), 1)


@pytest.mark.parametrize(("wait", "short"), [(4.9, True), (5.0, False)])
def test_who_hung_up_at_once_each_time_was_no_wait(wait: float, short: bool) -> None:
    floor = floor_of([ev.CallEntered(NINE, "c", "s", "5551234"), ev.CallAbandoned(NINE + wait, "c", "s", None, wait)])
    (caller,) = floor.snapshot(NINE + 60).lost.to_call_back
    assert caller.is_short(RULES) is short


def with_documents() -> Floor:
    floor = Floor(RULES, read_people(PEOPLE))
    for feed, event in (
        ("plan", roster(shift("1001"), document="may.csv")),
        ("plan", roster(shift("SIP/2"), shift("nobody"), document="june.csv")),
        ("sheet", sheet()),
        ("sheet", ev.DocumentRefused(DAY + 5, document="punches.csv", why="torn")),
    ):
        floor.apply(event, feed)
    return floor


def said(snapshot: FloorSnapshot) -> object:
    duty = snapshot.duty
    return duty.shifts, duty.documents, duty.punches


def test_what_documents_say_is_the_same_on_a_floor_that_was_kept() -> None:
    floor = with_documents()
    before = floor.snapshot(DAY + 60)
    assert set(before.duty.documents) == {"plan/may.csv", "plan/june.csv", "sheet"}
    readings = Readings()
    kept = floor.kept(readings)
    second = Floor(RULES, read_people(PEOPLE))
    second.take_up(kept, floor.history, readings)
    assert said(second.snapshot(DAY + 60)) == said(before)
    second.apply(ev.DocumentGone(DAY + 90, document="may.csv"), "plan")
    assert set(second.snapshot(DAY + 99).duty.documents) == {"plan", "sheet"}


def test_a_swap_is_over_two_days_after_its_later_date_once_it_waits_for_nobody() -> None:
    floor = Floor(RULES, read_people(PEOPLE))
    dates = {"date": "2026-11-21", "other_date": "2026-11-23"}
    floor.apply(ev.SwapRequested(DAY, id="e1", by="Ada", agent="1001", other="1002", **dates), "journal")
    over = DAY + 4 * 86_400
    (swap,) = floor.duty.swaps.values()
    assert not is_over_before(swap, over + 1)
    floor.apply(ev.RequestRefused(DAY + 1, id="e2", by="Bo", request="e1", word="no"), "journal")
    (swap,) = floor.duty.swaps.values()
    assert [is_over_before(swap, at) for at in (over, over + 1)] == [False, True]


def test_who_was_called_back_is_nobody_else() -> None:
    floor = floor_of(
        event
        for number in range(3)
        for event in (
            ev.CallEntered(NINE, f"c{number}", "s", f"555123{number}"),
            ev.CallAbandoned(NINE + 60, f"c{number}", "s"),
        )
    )
    back = ev.CallReturned(NINE + 90, id="e1", by="Ada", queue="s", call="c0", entered_at=NINE, reached=True)
    floor.apply(back, "journal")
    lost = floor.snapshot(NINE + 99).lost
    assert [caller.last.call for caller in lost.called_back] == ["c0"]
    assert [caller.last.call for caller in lost.to_call_back] == ["c1", "c2"]


def test_whom_calls_alone_show_is_implied_while_it_lasts_and_after() -> None:
    floor = floor_of([ev.CallEntered(NINE, "c", "s"), ev.CallAnswered(NINE + 5, "c", "s", "amy")])
    (running,) = floor.snapshot(NINE + 9).spells["amy"]
    assert running == Spell(Presence.PHONES, NINE + 5, None, None, (NINE + 5, None), True)
    floor.apply(ev.CallCompleted(NINE + 20, "c", "s", "amy"), "log")
    floor.apply(ev.AgentPaused(NINE + 30, "amy", "s"), "log")
    assert floor.snapshot(NINE + 31).spells["amy"] == (
        Spell(Presence.PHONES, NINE + 5, NINE + 30, None, (NINE + 5, NINE + 20), True),
        Spell(Presence.PAUSED, NINE + 30, None, None, None, True),
    )


def test_a_people_file_may_name_employees_alone_and_a_second_device_may_tell_the_team() -> None:
    assert read_people("employee\n1001\n").problems == ()
    people = read_people("name,interface,employee,team\nAnn Lee,SIP/1,1001,\nAnn Lee,SIP/9,1001,blue\n")
    (person,) = people
    assert (person.team, people.id_of("SIP/9")) == ("blue", "1001")


def test_the_oldest_of_those_who_came_too_late_is_forgotten_first() -> None:
    book = Book()
    book.enter(asked())
    book.enter(taken("e1"), "Ada")
    for _ in range(OVERTAKEN_KEPT + 1):
        book.enter(taken("e1"), "Grace")
    assert [book.late(entry) for entry in ("e3", "e4", f"e{book.entries}")] == [None, *[("Ada", "HelpTaken")] * 2]


def test_a_first_device_may_come_with_a_second_line() -> None:
    (person,) = read_people("employee,name,interface\n1001,Ann Lee,\n1001,Ann Lee,SIP/1\n1001,Ann Lee,SIP/2\n")
    assert (person.interface, person.other_interfaces) == ("SIP/1", ("SIP/2",))


def test_a_name_that_is_the_account_of_another_is_said_with_the_line_of_that() -> None:
    people = read_people("employee,name,account\n1001,Ann Lee,alee\n1002,alee,\n", "staff.csv")
    (problem,) = people.problems
    assert [word for word in ("staff.csv:3", "alee", "account", "line 2") if word not in problem] == []


def test_interfaces_alone_are_enough_of_a_people_file() -> None:
    people = read_people("interface\nSIP/1\n")
    assert (people.problems, people.id_of("SIP/1")) == ((), "SIP/1")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('1001,Ann Lee,SIP/1,\n1002,"Bo,SIP/2,\n', [("staff.csv:3", "end of data", "quotes")]),
        ("1001,Ann Lee,SIP/1,\n1001,Ann Lee,SIP/1,\n", [("staff.csv:3", "repeats line 2")]),
        ("1001,Ann Lee,SIP/1,\n,,SIP/1,\n", [("staff.csv:3", "SIP/1", "line 2"), ("staff.csv:3", "nothing is left")]),
        ("1001,Ann Lee,SIP/1,42\n1002,42,SIP/2,\n", [("staff.csv:3", "42", "PIN", "line 2")]),
        ("1001,Ann Lee,SIP/1,42\n,,,43\n", [("staff.csv:3", "no interface, no name")]),
    ],
    ids=["torn quotes", "repeated", "claimed by another", "a name that is a PIN", "a PIN alone"],
)
def test_what_is_wrong_with_a_line_is_said_with_its_number_and_its_words(
    lines: str, words: list[tuple[str, ...]]
) -> None:
    people = read_people(f"employee,name,interface,pin\n{lines}", "staff.csv")
    assert len(people.problems) == len(words)
    for problem, expected in zip(people.problems, words, strict=True):
        assert [word for word in expected if word not in problem] == [], problem


def test_a_document_that_is_gone_fits_the_floor_and_one_that_was_never_there_does_not() -> None:
    floor = with_documents()
    for times in range(3):
        assert sum(misfits(floor.snapshot(DAY + 99), "plan").values()) == max(0, times - 1)
        floor.apply(ev.DocumentGone(DAY + 90, document="may.csv"), "plan")


def test_of_a_document_that_was_never_read_only_the_refusal_is_known() -> None:
    floor = Floor(RULES)
    floor.apply(ev.DocumentRefused(DAY + 5, document="punches.csv", why="torn"), "sheet")
    assert floor.duty.documents == {"sheet": DocumentState("sheet", "", DAY + 5, refused_at=DAY + 5, why="torn")}


def test_approvals_of_several_sheets_stand_in_order_of_time() -> None:
    floor = Floor(RULES, read_people(PEOPLE))
    for number, start in enumerate((NINE + 3600, NINE, NINE + 7200)):
        out = Approval("1001", start, start + 600, ApprovalKind.OUT)
        floor.apply(ev.DocumentRead(DAY, document=f"{number}.xlsx", rows=1, approvals=(out,)), "sheet")
    assert [each.start for each in floor.duty.approvals["1001"]] == [NINE, NINE + 3600, NINE + 7200]


def test_a_word_that_could_be_a_pin_of_nobody_means_nobody() -> None:
    people = read_people("employee,name,account,pin\n7,A,,42\n")
    assert [people.id_of(word) for word in ("0042", "0999", "999")] == ["7", None, None]
