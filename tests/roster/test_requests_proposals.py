"""Excuses that offer themselves: only for what was off the plan, only what explains it, and once."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from floorwatch.model.duty import Excuse, Presence, Spell
from floorwatch.model.entered import NoteKind
from floorwatch.model.entities import AgentState
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Help, Incident, Note, Support, Visit
from floorwatch.roster import Proposal, proposals
from floorwatch.testing import floors
from tests.roster.asked_floor import NOW, TODAY, by_id, moment, person, rostered, work

AWAY_FROM, AWAY_TO = "10:00", "10:20"


def at(clock: str) -> float:
    """This time of today."""
    return moment(f"{TODAY} {clock}")


def away(*, excuses: Iterable[Excuse] = (), now: str = NOW, came: str = "09:00", **support: Any) -> FloorSnapshot:
    """李娜 has worked since nine and was paused from 10:00 to 10:20 for nothing that the plan knows."""
    spells = (
        Spell(Presence.PHONES, at(came), at(AWAY_FROM)),
        Spell(Presence.PAUSED, at(AWAY_FROM), at(AWAY_TO), "系统"),
        Spell(Presence.PHONES, at(AWAY_TO)),
    )
    shown = floors.snapshot(floors.agent("1007", "李娜", AgentState.AVAILABLE, seat="A07"))
    people = [person("1007", "李娜", employee="1007", seat="A07"), person("1004", "张伟")]
    floor = rostered(work("1007", TODAY), people=people, now=now, floor=shown, excuses=list(excuses))
    return replace(floor, spells={"1007": spells}, support=Support(**support))


def offered(floor: FloorSnapshot) -> dict[str, Proposal]:
    """What is proposed, by key."""
    return {each.key: each for each in proposals(floor, "1007")}


def incident(start: str, end: str = "", seats: tuple[str, ...] = ("A07", "A08")) -> dict[str, Any]:
    """CRM is down."""
    over = at(end) if end else None
    return {"incidents": {"fault:crm": Incident("fault:crm", "CRM", at(start), seats, closed_at=over)}}


def note(clock: str, kind: NoteKind = NoteKind.COACHING, agent: str | None = "1007", **said: Any) -> dict[str, Any]:
    """A note of 王芳."""
    return {"notes": {"n1": Note("n1", at(clock), "王芳", kind, agent, **said)}}


def test_nothing_is_proposed_on_an_empty_floor_or_for_who_kept_to_the_plan() -> None:
    assert proposals(rostered(), "1007") == ()
    assert proposals(away(**incident("09:30")), "1004") == ()


def test_nothing_is_proposed_where_nothing_explains_it() -> None:
    assert proposals(away(), "1007") == ()


def test_an_incident_at_the_seat_excuses_where_both_meet() -> None:
    (one,) = offered(away(**incident("09:50", "10:15"))).values()

    assert one == Proposal("1007", at("10:00"), at("10:15"), "incident: CRM", "incident:fault:crm")


def test_an_incident_that_lasts_excuses_up_to_the_end_of_the_deviation() -> None:
    (one,) = offered(away(**incident("10:05"))).values()

    assert (one.start, one.end) == (at("10:05"), at("10:20"))


def test_an_incident_elsewhere_or_at_another_time_excuses_nothing() -> None:
    assert offered(away(**incident("09:50", seats=("B01",)))) == {}
    assert offered(away(**incident("09:00", "09:59"))) == {}
    assert offered(away(**incident("10:20"))) == {}


def test_help_that_was_asked_for_excuses_the_time_that_it_took() -> None:
    asked = Help("h1", "1007", at("10:02"), "退税流程", closed_at=at("10:12"))

    (one,) = offered(away(helps={"h1": asked})).values()
    assert (one.start, one.end, one.key) == (at("10:02"), at("10:12"), "help:h1")
    assert one.reason == "asked for help: 退税流程"


def test_help_that_was_given_to_another_is_known_by_the_helpers_name() -> None:
    given = Help("h1", "1004", at("09:58"), "VAT", taken_by="李娜", taken_at=at("10:00"), closed_at=at("10:30"))

    (one,) = offered(away(helps={"h1": given})).values()
    assert (one.start, one.end, one.reason) == (at("10:00"), at("10:20"), "helped 张伟")
    assert offered(away(helps={"h1": replace(given, taken_by="王芳")})) == {}


def test_a_note_excuses_the_whole_deviation_in_which_or_shortly_after_which_it_was_taken() -> None:
    for clock in ("10:00", "10:12", "10:24"):
        (one,) = offered(away(**note(clock))).values()
        assert (one.start, one.end, one.reason) == (at("10:00"), at("10:20"), "coaching by 王芳")
    assert offered(away(**note("10:26"))) == {}
    assert offered(away(**note("09:59"))) == {}


def test_a_fault_of_the_seat_counts_though_it_names_nobody() -> None:
    (one,) = offered(away(**note("10:05", NoteKind.FAULT, None, seat="A07", tag="CRM", text="white"))).values()
    assert one.reason == "fault: CRM white"
    assert offered(away(**note("10:05", NoteKind.FAULT, None, seat="B01", tag="CRM"))) == {}
    assert offered(away(**note("10:05", NoteKind.CHECK, None, seat="A07"))) == {}


def test_a_visit_of_which_nothing_was_noted_counts_and_a_noted_one_once() -> None:
    visit = Visit("1007", at("10:10"), "王芳", "A07")
    assert list(offered(away(visit_log={"v1": visit}))) == ["visit:v1"]
    assert list(offered(away(visit_log={"n1": visit}, **note("10:10")))) == ["note:n1"]


def test_what_is_excused_is_not_proposed_again_and_what_is_left_is() -> None:
    known = incident("09:50")
    whole = Excuse("e1", "1007", at("10:00"), at("10:20"), "CRM", proposal="incident:fault:crm")

    assert offered(away(excuses=[whole], **known)) == {}
    half = replace(whole, end=at("10:10"))
    assert offered(away(excuses=[half], **known))["incident:fault:crm"].start == at("10:10")
    taken_back = replace(whole, withdrawn=True)
    assert list(offered(away(excuses=[taken_back], **known))) == ["incident:fault:crm"]
    of_another = replace(whole, agent="1004")
    assert list(offered(away(excuses=[of_another], **known))) == ["incident:fault:crm"]


def test_coming_late_is_explained_from_the_start_of_the_shift() -> None:
    floor = away(came="09:30", **incident("09:10", "09:40"))

    (one,) = offered(floor).values()
    assert (one.start, one.end) == (at("09:10"), at("09:30"))


def test_several_stand_in_order_of_time() -> None:
    asked = Help("h1", "1007", at("10:02"), closed_at=at("10:12"))
    floor = away(helps=by_id([asked]), **incident("10:05"), **note("10:12"))

    assert list(offered(floor)) == ["note:n1", "help:h1", "incident:fault:crm"]
