"""Documents on the floor: each reading takes the place of the one before, whoever is in it is found, nobody is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import NO_DUTY, Approval, ApprovalKind, Duty, Leave, Punch, Refusal, Stated, Who
from floorwatch.model.entities import Topic
from floorwatch.model.events import DocumentRead
from floorwatch.model.floor import Floor
from floorwatch.model.people import People, read_people
from floorwatch.model.placed import REFUSALS_KEPT
from floorwatch.model.targets import FloorRules
from tests.model.entering import AT
from tests.model.rosters import DAY, roster, sheet, shift

KNOWN = read_people(
    "interface,name,employee,account,pin\n"
    "SIP/1,李娜,1007,lina,0042\nSIP/2,王芳,1008,,\nSIP/3,王芳,1009,wf2,\n,Anna Smith,,,\n"
)


def floor_of(*documents: tuple[str, ev.Event], people: People = KNOWN) -> Floor:
    floor = Floor(FloorRules(FloorDays()), people)
    for feed, document in documents:
        floor.take(feed, document.at, (document,))
    return floor


def duty_of(*documents: tuple[str, ev.Event], people: People = KNOWN) -> Duty:
    return floor_of(*documents, people=people).snapshot(AT).duty


def agent_of(who: Who) -> str:
    """Under which id somebody of a document stands."""
    (agent,) = duty_of(("roster", roster(shift(who.key), people=(who,)))).shifts
    return agent


# --- readings ---


def test_what_a_document_says_stands_under_its_feed() -> None:
    duty = duty_of(("roster", roster(shift("1007"))))

    assert [each.source for each in duty.shifts["1007"]] == ["roster"]
    assert (duty.documents["roster"].rows, duty.documents["roster"].people, duty.documents["roster"].shifts) == (
        1,
        1,
        1,
    )
    assert duty.has_roster
    assert not duty.has_punches


def test_a_reading_takes_the_place_of_the_one_before_whole() -> None:
    first = roster(shift("1007"), shift("1008"))
    duty = duty_of(("roster", first), ("roster", roster(shift("1009"), at=AT + 60)))

    assert list(duty.shifts) == ["1009"]
    assert duty.documents["roster"].read_at == AT + 60


def test_several_documents_of_one_feed_stand_under_their_own_names_too() -> None:
    november, december = roster(shift("1007"), document="11.xlsx"), roster(shift("1007", start=24), document="12.xlsx")
    duty = duty_of(("roster", november), ("roster", december), ("punches", sheet(Punch("1007", AT))))

    assert set(duty.documents) == {"roster/11.xlsx", "roster/12.xlsx", "punches"}
    assert [each.source for each in duty.shifts["1007"]] == ["roster/11.xlsx", "roster/12.xlsx"]


def test_a_document_that_is_gone_takes_what_it_said_with_it() -> None:
    both = [("roster", roster(shift("1007"), document="a")), ("roster", roster(shift("1008"), document="b"))]
    duty = duty_of(*both, ("roster", ev.DocumentGone(AT, document="a")))

    assert list(duty.shifts) == ["1008"]
    assert list(duty.documents) == ["roster"]


def test_a_document_that_was_never_read_cannot_go() -> None:
    floor = floor_of(("roster", ev.DocumentGone(AT, document="a")))

    assert floor.snapshot(AT).duty is NO_DUTY
    assert floor.snapshot(AT).feeds["roster"].misfits == {"document gone that was never read": 1}


def test_of_a_file_that_is_refused_it_is_said_and_what_was_read_before_holds() -> None:
    torn = ev.DocumentRefused(AT + 60, document="roster.xlsx", why="torn")
    duty = duty_of(("roster", roster(shift("1007"))), ("roster", torn))

    state = duty.documents["roster"]
    assert (state.rows, state.read_at, state.refused_at, state.why) == (1, AT, AT + 60, "torn")
    assert list(duty.shifts) == ["1007"]

    again = duty_of(("roster", roster(shift("1007"))), ("roster", torn), ("roster", roster(shift("1008"), at=AT + 90)))
    assert (again.documents["roster"].refused_at, again.documents["roster"].why) == (None, "")


def test_one_that_could_never_be_used_is_there_and_moves_no_other() -> None:
    torn = ev.DocumentRefused(AT, document="torn.xlsx", why="torn")
    assert duty_of(("roster", torn)).documents["roster"].why == "torn"
    assert not duty_of(("roster", torn)).has_roster

    both = duty_of(("roster", roster(shift("1007"))), ("roster", torn))
    assert {source: each.refused_at for source, each in both.documents.items()} == {
        "roster": None,
        "roster/torn.xlsx": AT,
    }
    gone = duty_of(("roster", torn), ("roster", ev.DocumentGone(AT, document="torn.xlsx")))
    assert gone.documents == {}


def test_facts_stand_in_order_of_time_whatever_their_documents() -> None:
    late, early = sheet(Punch("1007", AT + 60), Punch("1007", AT)), sheet(Punch("1007", AT + 30), Punch("1007", AT))
    duty = duty_of(("b", late), ("a", early))

    assert [(punch.at - AT, punch.source) for punch in duty.punches["1007"]] == [
        (0, "a"),
        (0, "b"),
        (30, "a"),
        (60, "b"),
    ]


def test_everything_that_a_document_can_say_names_its_source_and_its_agent() -> None:
    read = DocumentRead(
        AT,
        document="all.csv",
        people=(Who("lina", account="lina"),),
        leaves=(Leave("1", "lina", AT, AT + 1), Leave("2", "lina", AT, AT + 1)),
        approvals=(Approval("lina", AT, AT + 1, ApprovalKind.OUT),),
        stated=(Stated("lina", DAY, "A"),),
    )
    duty = duty_of(("sheet", read))

    assert [(each.id, each.agent, each.source) for each in duty.leaves.values()] == [
        ("sheet/1", "1007", "sheet"),
        ("sheet/2", "1007", "sheet"),
    ]
    assert all(leave.is_filed for leave in duty.leaves.values())
    assert duty.approvals["1007"][0].source == duty.stated["1007", DAY].source == "sheet"


def test_of_what_two_sheets_state_of_a_day_the_younger_reading_holds() -> None:
    def states(word: str, at: float) -> DocumentRead:
        return DocumentRead(at, document="x", stated=(Stated("1007", DAY, word),))

    assert duty_of(("a", states("new", AT + 9)), ("b", states("old", AT))).stated["1007", DAY].shift == "new"


def test_refusals_are_all_counted_and_the_first_kept_in_full() -> None:
    refused = tuple(Refusal(f"row {row}", "no time" if row % 3 else "no date") for row in range(900))
    (state,) = duty_of(("a", DocumentRead(AT, document="x", refused=refused))).documents.values()

    assert state.refused == refused[:REFUSALS_KEPT]
    assert state.refusals == {"no time": 600, "no date": 300}


def test_a_document_touches_duty_alone() -> None:
    assert floor_of().apply(roster(), "roster") == {Topic.DUTY}


# --- who is who ---


@pytest.mark.parametrize(
    ("who", "agent"),
    [
        (Who("x", employee="1007", name="王芳"), "1007"),
        (Who("x", account="wf2", name="王芳"), "1009"),
        (Who("x", pin="42"), "1007"),
        (Who("x", pin=" 00042 ", name="somebody"), "1007"),
        (Who("SIP/2", name="王芳"), "1008"),
        (Who("x", name="李娜"), "1007"),
        (Who("李娜"), "1007"),
        (Who("0042"), "1007"),
        (Who("x", account="unknown", name="Anna Smith"), "Anna Smith"),
    ],
)
def test_the_strongest_word_that_is_known_tells_who_it_is(who: Who, agent: str) -> None:
    assert agent_of(who) == agent


@pytest.mark.parametrize("pin", ["1007", "01007", " 00001007 "])
def test_where_nobody_has_a_pin_it_is_the_employee_number(pin: str) -> None:
    without = read_people("interface,name,employee\nSIP/1,李娜,1007\n")
    read = DocumentRead(AT, document="x", people=(Who(pin, pin=pin),), punches=(Punch(pin, AT),))

    assert list(duty_of(("punches", read), people=without).punches) == ["1007"]
    assert "1007" not in duty_of(("punches", read)).punches  # here somebody has a PIN


@pytest.mark.parametrize(
    "who",
    [
        Who("王芳", name="王芳"),
        Who("王芳"),
        Who("李娜", name="李娜", employee="9999"),
        Who("李娜", name="李娜", account="another"),
        Who("nobody", name="nobody"),
    ],
    ids=lambda who: f"{who.key} {who.employee}{who.account}",
)
def test_whoever_may_be_another_stands_under_the_document_s_word_and_is_listed(who: Who) -> None:
    duty = duty_of(("roster", roster(shift(who.key), people=(who,))))

    assert list(duty.shifts) == [who.key]
    assert duty.unmatched == (("roster", who),)


def test_a_word_that_is_another_s_id_is_nobody_s_but_the_document_s() -> None:
    unknown_pin = Who("1008", pin="1008")
    duty = duty_of(
        (
            "punches",
            sheet(Punch("1008", AT)),
        ),
        people=KNOWN,
    )
    assert list(duty.punches) == ["1008"]

    read = DocumentRead(AT, document="x", people=(unknown_pin,), punches=(Punch("1008", AT),))
    assert list(duty_of(("punches", read)).punches) == ["punches/1008"]


def test_two_people_of_one_key_are_nobody() -> None:
    twice = (Who("王芳", employee="1008"), Who("王芳", employee="1009"))
    duty = duty_of(("roster", roster(shift("王芳"), people=twice)))

    assert list(duty.shifts) == ["王芳"]
    assert [who.employee for _source, who in duty.unmatched] == ["1009"]


def test_without_a_people_file_everybody_stands_under_their_own_word() -> None:
    duty = duty_of(("roster", roster(shift("李娜"), shift("王芳"))), people=People())

    assert set(duty.shifts) == {"李娜", "王芳"}
    assert {who.key for _source, who in duty.unmatched} == {"李娜", "王芳"}


# --- snapshots ---


def test_a_snapshot_is_the_same_object_until_something_changes() -> None:
    floor = floor_of(("roster", roster(shift("1007"))))
    first = floor.snapshot(AT).duty
    floor.take("switch", AT, (ev.MemberAdded(AT, "1007", "q"),))
    assert floor.snapshot(AT + 1).duty is first
    assert floor.duty is first

    floor.take("punches", AT, (sheet(Punch("1007", AT)),))
    second = floor.snapshot(AT + 2).duty
    assert second is not first
    assert (first.punches, set(second.punches)) == ({}, {"1007"})


def test_what_people_enter_does_not_put_the_documents_together_again() -> None:
    floor = floor_of(("roster", roster(shift("1007"))))
    before = floor.snapshot(AT).duty
    floor.take("journal", AT, (ev.LeaveRequested(AT, id="l", by="Ada", agent="1007", start=AT, end=AT + 1),))

    assert floor.snapshot(AT).duty.shifts is before.shifts


def test_equal_duty_is_equal_and_other_duty_is_not() -> None:
    one, same = duty_of(("roster", roster(shift("1007")))), duty_of(("roster", roster(shift("1007"))))

    assert one == same
    assert hash(one) == hash(same)
    assert one != duty_of(("roster", roster(shift("1008"))))


# --- always ---

_readings = st.builds(
    lambda feed, name, agents, start: (feed, roster(*(shift(each, start=start) for each in agents), document=name)),
    st.sampled_from(("a", "b")),
    st.sampled_from(("1.xlsx", "2.xlsx", "3.xlsx")),
    st.lists(st.sampled_from(("1007", "王芳", "SIP/1", "nobody")), max_size=5),
    st.integers(0, 30),
)


@given(st.lists(_readings, max_size=8, unique_by=lambda each: (each[0], each[1].document)), st.randoms())
def test_the_order_of_documents_makes_no_difference(readings: list[tuple[str, DocumentRead]], random: object) -> None:
    shuffled = list(readings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random

    assert duty_of(*shuffled) == duty_of(*readings)


@given(st.lists(_readings, max_size=10))
def test_only_the_last_reading_of_each_document_counts(readings: list[tuple[str, DocumentRead]]) -> None:
    last = {(feed, read.document): (feed, read) for feed, read in readings}

    assert duty_of(*readings) == duty_of(*last.values())
    assert duty_of(*readings, *readings) == duty_of(*readings)


@given(st.lists(_readings, max_size=8))
def test_looking_between_documents_changes_nothing(readings: list[tuple[str, DocumentRead]]) -> None:
    floor = floor_of()
    for feed, read in readings:
        floor.take(feed, read.at, (read,))
        floor.snapshot(AT)

    assert floor.snapshot(AT).duty == duty_of(*readings)
