"""The panel "seats": who is drawn where, in which tone, under which sign, and what is said of them."""

from typing import Any

import pytest
from msgspec.structs import replace

from floorwatch.api import (
    AgentState,
    Alert,
    AlertTone,
    Focus,
    Grid,
    People,
    Person,
    SeatMap,
    StateAges,
    Table,
    Tone,
)
from floorwatch.testing import Kit, RefusedError, Shown, check_panel, floors
from floorwatch_agents.options import AgentsOptions
from floorwatch_seats.options import SeatsOptions
from floorwatch_seats.panel import Seats

A01, A03, B02 = "agent:1007", "agent:1004", "agent:1016"


def seat_map(shown: Shown) -> SeatMap:
    (view,) = shown.parts
    assert isinstance(view, SeatMap)
    return view


def place(shown: Shown, key: str) -> tuple[int, int]:
    seat = shown.seat(key)
    return seat.row, seat.column


def about(shown: Shown, key: str) -> str:
    return " ".join(cell.text for cell in shown.seat(key).about if cell.text)


def show(kit: Kit, *parts: floors.Part, grid: str = "", people: People | None = None, **options: Any) -> Shown:
    """The panel on a floor of these parts."""
    floor = floors.snapshot(*parts, rules=replace(floors.rules(), grid=Grid.of(grid)))
    return kit.show(Seats(), floor=replace(floor, people=people or People()), **options)


def test_it_keeps_to_the_rules_of_panels() -> None:
    check_panel(Seats(), by="team", hide_signed_out=True, not_visited_seconds=60, shades={"on_call": [30, 60]})


def test_an_empty_floor_is_said_kindly(floorwatch: Kit) -> None:
    assert "Nobody is on this floor yet." in floorwatch.show(Seats()).text()


# Where everybody is drawn


def test_seats_stand_as_in_the_room_with_its_gaps_and_aisles(room: Kit) -> None:
    shown = room.show(Seats(), at="09:05")

    assert [place(shown, key) for key in (A01, A03, B02)] == [(0, 0), (0, 3), (2, 1)]
    assert seat_map(shown).rows == ("A", "", "B")
    assert seat_map(shown).home == "agents"


def test_a_seat_without_a_person_is_a_quiet_sign_and_says_so(room: Kit) -> None:
    empty = room.show(Seats(), at="09:05").seat("seat:A02")

    assert (empty.letter, empty.tone, empty.label) == (".", Tone.MUTED, "A02")
    assert [cell.text for cell in empty.about] == ["A02", "nobody is signed in here"]


def test_whoever_stands_nowhere_in_the_grid_stands_below_it(floorwatch: Kit) -> None:
    parts = (floors.agent("1", seat="A01"), floors.agent("2", seat="Z09"), floors.agent("3"))
    shown = show(floorwatch, *parts, grid="A01 A02")

    assert [place(shown, f"agent:{number}") for number in (1, 2, 3)] == [(0, 0), (2, 0), (3, 0)]
    assert seat_map(shown).rows[-1] == "no seat"


def test_without_a_grid_seats_stand_by_their_letters_and_numbers(floorwatch: Kit) -> None:
    shown = show(floorwatch, *(floors.agent(seat, seat=seat) for seat in ("B2", "A10", "A9", "B1")))

    assert [seat.key for seat in seat_map(shown).seats] == ["agent:A9", "agent:A10", "agent:B1", "agent:B2"]
    assert seat_map(shown).rows == ("A", "B")


def test_without_any_seat_it_is_by_team_and_says_so(floorwatch: Kit) -> None:
    shown = show(floorwatch, floors.agent("1", team="B"), floors.agent("2"), floors.agent("3", team="A"))

    assert seat_map(shown).rows == ("A", "B", "no team")
    assert seat_map(shown).caption.startswith("by team, no seats known  A 3")


def test_by_team_is_a_row_a_team_and_a_long_one_goes_on_below(floorwatch: Kit) -> None:
    parts = [floors.agent(f"{1000 + at}", team="A" if at < 25 else "B", seat=f"A{at:02}") for at in range(26)]
    shown = show(floorwatch, *parts, grid="A00 A01", by="team")

    assert seat_map(shown).rows == ("A", "", "", "B")
    assert place(shown, "agent:1010") == (1, 0)
    assert seat_map(shown).caption.startswith("by team  A 26")


@pytest.mark.parametrize(
    ("people", "teams", "wrapped", "rows"), [(60, 3, 10, 6), (200, 10, 20, 10), (1000, 40, 25, 40)]
)
def test_rows_are_as_narrow_as_the_height_allows(
    floorwatch: Kit, people: int, teams: int, wrapped: int, rows: int
) -> None:
    parts = [floors.agent(f"{1000 + at}", team=f"T{at % teams}") for at in range(people)]
    view = seat_map(show(floorwatch, *parts, by="team"))

    assert (max(seat.column for seat in view.seats) + 1, len(view.rows)) == (wrapped, rows)


def test_of_two_on_one_seat_the_one_signed_in_sits_there(floorwatch: Kit) -> None:
    shown = show(
        floorwatch,
        floors.agent("1", "早班", AgentState.SIGNED_OUT, seat="A01"),
        floors.agent("2", "晚班", seat="A01"),
        grid="A01",
    )

    assert shown.keys == ("agent:2",)
    assert about(shown, "agent:2") == "A01 晚班 2 available also 早班"


def test_of_two_who_are_signed_in_on_one_seat_both_are_drawn(floorwatch: Kit) -> None:
    shown = show(floorwatch, floors.agent("1", ago=60, seat="A01"), floors.agent("2", ago=30, seat="A01"), grid="A01")

    assert place(shown, "agent:2") == (0, 0)
    assert place(shown, "agent:1") == (2, 0)


def test_a_seat_of_the_people_file_is_there_before_anybody_sits_in_it(floorwatch: Kit) -> None:
    people = People([Person("1007", "李娜", seat="A02")])
    shown = show(floorwatch, floors.agent("1", seat="A01"), people=people)

    assert shown.keys == ("agent:1", "seat:A02")
    assert about(shown, "seat:A02") == "A02 nobody is signed in here seat of 李娜"


def test_who_is_signed_out_can_be_left_out(floorwatch: Kit) -> None:
    parts = (floors.agent("1", "李娜", AgentState.SIGNED_OUT, seat="A01", team="A"), floors.agent("2", team="A"))

    assert show(floorwatch, *parts, grid="A01", hide_signed_out=True).keys == ("seat:A01", "agent:2")
    assert show(floorwatch, *parts, grid="A01", hide_signed_out=True, by="team").keys == ("agent:2",)


# One team alone


def test_with_one_team_alone_the_room_keeps_its_shape(room: Kit) -> None:
    floor = replace(room.floor("09:20"), focus=Focus(team="A"))
    shown = room.show(Seats(), floor=floor)

    assert (shown.tone(B02), shown.seat(B02).mark, shown.seat(B02).shades) == (Tone.MUTED, "", ())
    assert shown.tone(A01) is not Tone.MUTED
    assert seat_map(shown).caption.startswith("by room  A 2")


def test_by_team_and_below_the_room_others_are_left_out(floorwatch: Kit) -> None:
    parts = (floors.agent("1", team="A", seat="A01"), floors.agent("2", team="B"))
    floor = replace(floors.snapshot(*parts, rules=replace(floors.rules(), grid=Grid.of("A01"))), focus=Focus(team="A"))

    assert floorwatch.show(Seats(), floor=floor).keys == ("agent:1",)
    assert floorwatch.show(Seats(), floor=floor, by="team").keys == ("agent:1",)


# Letters, tones and shades


def test_the_letter_is_the_state_and_the_tone_that_of_its_age(floorwatch: Kit) -> None:
    shown = show(floorwatch, floors.talking("1", "李娜", "support", 301), floors.agent("2", ago=30))

    assert [(shown.seat(f"agent:{at}").letter, shown.tone(f"agent:{at}")) for at in (1, 2)] == [
        ("T", Tone.ALARM), ("A", Tone.CALM),
    ]  # fmt: skip


def test_the_colour_deepens_on_the_way_to_each_tone() -> None:
    shades = SeatsOptions(alarm_after={AgentState.ON_CALL: 600.0}).all_shades()

    assert shades[AgentState.ON_CALL] == (120.0, 240.0, 600.0)
    assert shades[AgentState.FAULT] == (0.0, 120.0)
    assert shades[AgentState.SIGNED_OUT] == ()


def test_the_seconds_at_which_it_deepens_can_be_said(floorwatch: Kit) -> None:
    shown = show(floorwatch, floors.talking("1", "李娜", "support", 30), shades={"on_call": [60, 30]})

    assert shown.seat("agent:1").shades == (30.0, 60.0)


def test_the_panel_of_agents_has_the_same_ages() -> None:
    assert SeatsOptions().steps() == AgentsOptions().steps() == StateAges().steps()


@pytest.mark.parametrize("state", [AgentState.SIGNED_OUT, AgentState.UNKNOWN])
def test_who_is_not_there_is_muted_and_does_not_age(floorwatch: Kit, state: AgentState) -> None:
    seat = show(floorwatch, floors.agent("1", state=state)).seat("agent:1")

    assert (seat.tone, seat.since, seat.shades) == (Tone.MUTED, None, ())


# Signs


def alert(tone: AlertTone, subject: str = "agent:1") -> floors.Part:
    return floors.raised("a-rule", Alert(subject, "telephone out", tone))


def test_one_sign_a_seat_the_worst(room: Kit) -> None:
    assert room.show(Seats(), at="09:05").seat(A01).mark == ""
    room.at("09:10").visits("张伟", by="赵敏")
    assert room.show(Seats(), at="09:14", not_visited_seconds=60).seat(A01).mark == "v"
    room.at("09:15").asks("李娜", "退税", by="李娜", entry="h1")
    assert room.show(Seats(), at="09:16", not_visited_seconds=60).seat(A01).mark == "h"


@pytest.mark.parametrize(("tone", "mark"), [(AlertTone.NOTICE, ""), (AlertTone.WARN, "*"), (AlertTone.ALARM, "!")])
@pytest.mark.parametrize("subject", ["agent:1", "seat:A01"])
def test_an_alert_about_the_person_or_the_seat_is_a_sign(
    floorwatch: Kit, tone: AlertTone, mark: str, subject: str
) -> None:
    shown = show(floorwatch, floors.agent("1", seat="A01"), alert(tone, subject))

    assert shown.seat("agent:1").mark == mark
    assert ("telephone out" in about(shown, "agent:1")) is bool(mark)


def test_help_stands_before_a_warning_and_behind_an_alarm(room: Kit) -> None:
    room.at("09:10").asks("李娜", "退税", by="李娜", entry="h1")
    warned = replace(room.floor("09:11"), alerts=tuple(alert(AlertTone.WARN, A01)["alerts"].values()))
    alarmed = replace(warned, alerts=tuple(alert(AlertTone.ALARM, A01)["alerts"].values()))

    assert room.show(Seats(), floor=warned).seat(A01).mark == "h"
    assert room.show(Seats(), floor=alarmed).seat(A01).mark == "!"


def test_a_red_call_gives_way_to_help_and_is_red_still(room: Kit) -> None:
    room.at("09:10").enters("c1", "support")
    room.at("09:10").answers("李娜", "c1")
    room.at("09:12").asks("李娜", "退税", by="李娜", entry="h1")
    shown = room.show(Seats(), at="09:16")

    assert (shown.seat(A01).mark, shown.tone(A01)) == ("h", Tone.ALARM)


def test_help_to_which_somebody_is_on_the_way_is_no_sign_but_for_them(room: Kit) -> None:
    room.at("09:10").asks("李娜", "退税", by="李娜", entry="h1")
    room.at("09:11").asks("陈静", by="陈静", entry="h2")
    room.at("09:12").takes("h1", by="赵敏")
    room.at("09:12").takes("h2", by="王芳")
    shown = room.show(Seats(), at="09:13")

    assert [shown.seat(key).mark for key in (A01, B02)] == ["", "h"]
    assert "help 退税 赵敏 is on the way" in about(shown, A01)


def test_an_alert_that_somebody_sees_to_is_no_sign(room: Kit) -> None:
    raised = alert(AlertTone.ALARM, A01)["alerts"]
    room.at("09:05").acknowledges(next(iter(raised)), by="赵敏", owner="赵敏")
    floor = replace(room.floor("09:06"), alerts=tuple(raised.values()))

    assert room.show(Seats(), floor=floor).seat(A01).mark == ""


def test_nobody_is_marked_as_not_visited_where_no_visit_is_noted(room: Kit) -> None:
    assert room.show(Seats(), at="15:00").seat(A01).mark == ""
    room.at("09:30").visits("陈静", by="王芳")

    marks = [room.show(Seats(), at="11:15").seat(key).mark for key in (A01, A03, B02)]
    assert marks == ["v", "v", ""]
    assert room.show(Seats(), at="11:15", not_visited_seconds=0).seat(A01).mark == ""


def test_who_is_signed_out_is_not_visited_and_needs_no_visit(room: Kit) -> None:
    room.at("09:30").visits("陈静", by="王芳")
    room.at("09:40").signs_out("李娜")

    assert room.show(Seats(), at="15:00").seat(A01).mark == ""


# Words


def test_the_caption_counts_states_by_letter_and_explains_the_signs_that_there_are(room: Kit) -> None:
    room.at("09:10").asks("李娜", by="李娜", entry="h1")
    room.at("09:10").pauses("陈静", "Lunch")

    assert seat_map(room.show(Seats(), at="09:11")).caption == "by room  A 2  P 1  h help 1"


def test_what_is_said_of_a_person_begins_with_who_and_ends_with_the_last_visit(room: Kit) -> None:
    room.at("09:10").pauses("李娜", "Lunch")
    room.at("09:11").visits("李娜", by="王芳")
    cells = room.show(Seats(), at="09:12").seat(A01).about

    assert [cell.text for cell in cells] == ["A01 李娜", "1007", "paused", "Lunch", "visited"]
    assert [cell.since is not None for cell in cells] == [False, False, True, False, True]


def test_behind_an_empty_seat_stands_whose_it_is_and_what_was_noted_there(room: Kit) -> None:
    room.at("09:10").fault(None, "CRM", "卡顿", by="王芳", seat="A02")
    shown = room.show(Seats(), at="09:12", row="seat:A02")

    assert "nobody is signed in here" in shown.words
    assert "卡顿" in shown.words
    assert any(isinstance(part, Table) and part.caption == "A02" for part in shown.parts)


def test_a_seat_of_which_nothing_is_known_says_so(room: Kit) -> None:
    assert "This seat is not known." in room.show(Seats(), row="agent:nobody").words


# What is kept between two builds


def test_a_seat_of_which_nothing_changed_is_the_same_object(room: Kit) -> None:
    panel = Seats()
    before = room.show(panel, at="09:05")
    room.at("09:06").pauses("陈静", "Lunch")
    after = room.show(panel, at="09:07")

    assert after.seat(A01) is before.seat(A01)
    assert after.seat(B02).letter == "P"


def test_what_is_kept_of_one_floor_is_not_shown_of_another(floorwatch: Kit) -> None:
    panel, options = Seats(), {"by": "team"}
    one = floors.snapshot(floors.agent("1", "李娜", team="A"), floors.agent("2", "张伟", team="A"))
    other = floors.snapshot(floors.agent("1", "陈静", AgentState.PAUSED, reason="Lunch"), floors.agent("2", "张伟"))

    for floor in (one, other, one):
        assert floorwatch.show(panel, floor=floor, **options) == floorwatch.show(Seats(), floor=floor, **options)


@pytest.mark.parametrize("options", [{"by": "door"}, {"shades": {"asleep": [1]}}, {"shade": {}}])
def test_a_wrong_option_is_refused(floorwatch: Kit, options: dict[str, Any]) -> None:
    with pytest.raises(RefusedError):
        floorwatch.show(Seats(), **options)
