"""The panel "teams": what a team comes to at this moment, and what stands behind it."""

import pytest
from msgspec.structs import replace

from floorwatch.api import (
    AgentCounts,
    AgentState,
    Alert,
    AlertTone,
    Fact,
    Focus,
    RowKind,
    SeatMap,
    Table,
    Tiles,
    Tone,
)
from floorwatch.testing import Kit, RefusedError, Shown, check_panel, floors
from floorwatch_seats.options import TeamsOptions
from floorwatch_seats.teams_panel import Teams

DAY = AgentCounts(answered=30, ended=20, talk_seconds=3000.0)
PEOPLE = """name,employee,seat,team,role
李娜,1007,A01,A,
张伟,1004,A02,A,
陈静,1016,B01,B,
王芳,9001,,A,TL
赵敏,9002,B09,B,班组长
"""


def figures(shown: Shown, row: str, *columns: str) -> list[str]:
    return [shown.cell(row, column).text for column in columns]


@pytest.fixture
def rostered(floorwatch: Kit) -> Kit:
    """李娜 and 张伟 work from nine, 陈静 and both leaders too; 陈静 has a meeting at ten."""
    floorwatch.people = PEOPLE
    floorwatch.me = "王芳"
    day = ("李娜: 09:00-18:00", "张伟: 09:00-18:00", "陈静: 09:00-18:00, meeting 10:00-11:00")
    floorwatch.at("00:10").roster(*day, "王芳: 09:00-18:00", "赵敏: 13:00-21:00", day="2026-03-10")
    floorwatch.at("08:55").signs_in("李娜", "support")
    floorwatch.at("08:55").signs_in("陈静", "support")
    return floorwatch


def test_it_keeps_to_the_rules_of_panels() -> None:
    check_panel(Teams(), pause_limit_seconds=60, not_visited_seconds=0)


def test_an_empty_floor_is_said_kindly(floorwatch: Kit) -> None:
    assert "Nobody is on this floor yet." in floorwatch.show(Teams()).text()


def test_teams_stand_by_name_those_of_no_team_last_and_the_total_below(floorwatch: Kit) -> None:
    parts = (floors.agent("1", team="T10"), floors.agent("2"), floors.agent("3", team="T9"))
    shown = floorwatch.show(Teams(), floor=parts)

    assert shown.keys == ("team:T9", "team:T10", "team:", "total:")
    assert [shown.cell(key, "team").text for key in shown.keys] == ["T9", "T10", "no team", "total"]
    assert shown.row("total:").kind is RowKind.TOTAL


def test_a_team_may_be_called_anything(floorwatch: Kit) -> None:
    parts = [floors.agent("1", team="*"), floors.agent("2", team="total:")]

    assert floorwatch.show(Teams(), floor=parts).keys == ("team:*", "team:total:", "total:")


def test_one_team_needs_no_total(floorwatch: Kit) -> None:
    assert floorwatch.show(Teams(), floor=[floors.agent("1", team="A")]).keys == ("team:A",)


def test_a_team_counts_its_people_by_state_and_sums_their_day(floorwatch: Kit) -> None:
    shown = floorwatch.show(
        Teams(),
        floor=[
            floors.agent("1", team="A", today=DAY),
            floors.talking("2", "李娜", "support", 250, team="A", today=DAY),
            floors.talking("3", "陈静", "support", 30, team="A"),
            floors.agent("4", state=AgentState.SIGNED_OUT, team="A"),
        ],
    )

    columns = ("here", "available", "on_call", "signed_out", "longest", "answered", "talk")
    assert figures(shown, "team:A", *columns) == ["3", "1", "2", "1", "4:10", "60", "2:30"]
    assert shown.tone("team:A", "longest") is Tone.WARN


def test_the_total_is_of_all_teams(floorwatch: Kit) -> None:
    parts = [floors.talking(str(at), f"name {at}", "support", 60 * at, team=f"T{at}", today=DAY) for at in (1, 2, 3)]
    shown = floorwatch.show(Teams(), floor=parts)

    assert figures(shown, "total:", "here", "on_call", "longest", "answered", "talk") == [
        "3",
        "3",
        "3:00",
        "90",
        "2:30",
    ]


def test_a_state_that_no_feed_tells_is_not_given(floorwatch: Kit) -> None:
    floor = floors.snapshot(floors.agent("1", team="A"), gives=frozenset({Fact.CALLS, Fact.MEMBERS}))

    assert figures(floorwatch.show(Teams(), floor=floor), "team:A", "wrap_up", "available") == ["?", "1"]


def test_with_a_roster_it_says_how_many_should_be_here(rostered: Kit) -> None:
    shown = rostered.show(Teams(), at="09:30")

    assert figures(shown, "team:A", "here") == ["1/2"]  # the leader, who takes no calls, is in neither figure
    assert shown.tone("team:A", "here") is Tone.NOTICE
    assert figures(shown, "total:", "here") == ["2/3"]


def test_whom_the_roster_has_elsewhere_is_not_expected_on_the_phones(rostered: Kit) -> None:
    assert figures(rostered.show(Teams(), at="10:30"), "team:B", "here") == ["1/0"]


def test_a_team_of_which_nobody_was_seen_yet_has_its_row(rostered: Kit) -> None:
    assert rostered.show(Teams(), at="00:20").keys == ()
    rostered.at("08:56").signs_out("陈静")

    assert figures(rostered.show(Teams(), at="09:10"), "team:B", "here") == ["0/1"]


def test_leaders_on_duty_are_those_signed_in_or_planned_now(rostered: Kit) -> None:
    assert [rostered.show(Teams(), at="09:30").cell(f"team:{team}", "leader").text for team in "AB"] == ["王芳", "-"]
    rostered.at("09:40").signs_in("赵敏", "support")

    shown = rostered.show(Teams(), at="09:41")
    assert figures(shown, "team:B", "leader") == ["赵敏"]
    assert figures(shown, "total:", "leader") == ["2"]


def test_a_leader_who_is_marked_absent_is_not_on_duty(rostered: Kit) -> None:
    rostered.at("09:20").marks("王芳", "absent", by="赵敏")

    assert figures(rostered.show(Teams(), at="09:30"), "team:A", "leader") == ["-"]


@pytest.mark.parametrize(("reason", "ago", "over"), [("Lunch", 3500, "0"), ("午餐", 3700, "1"), ("tea", 901, "1")])
def test_a_pause_is_over_when_its_reason_may_not_take_so_long(
    floorwatch: Kit, reason: str, ago: float, over: str
) -> None:
    parts = [floors.agent("1", state=AgentState.PAUSED, ago=ago, reason=reason, team="A")]

    assert figures(floorwatch.show(Teams(), floor=parts), "team:A", "over") == [over]


def test_a_call_without_an_end_is_not_the_longest(floorwatch: Kit) -> None:
    parts = [floors.talking("1", "李娜", "support", 90_000, team="A")]

    assert figures(floorwatch.show(Teams(), floor=parts), "team:A", "longest") == ["-"]


@pytest.mark.parametrize(
    ("tone", "subject", "sign"),
    [
        (AlertTone.ALARM, "agent:1", Tone.ALARM),
        (AlertTone.WARN, "agent:1", Tone.WARN),
        (AlertTone.WARN, "team:A", Tone.WARN),
        (AlertTone.NOTICE, "agent:1", Tone.CALM),
        (AlertTone.ALARM, "agent:2", Tone.CALM),
    ],
)
def test_the_worst_sign_of_its_people_stands_in_front(
    floorwatch: Kit, tone: AlertTone, subject: str, sign: Tone
) -> None:
    parts = [
        floors.agent("1", team="A"),
        floors.agent("2", team="B"),
        floors.raised("a-rule", Alert(subject, "out", tone)),
    ]
    shown = floorwatch.show(Teams(), floor=parts)

    assert shown.tone("team:A", "mark") is sign
    assert figures(shown, "team:A", "alerts") == ["1" if sign is not Tone.CALM else "0"]


def test_open_help_is_counted_until_somebody_is_on_the_way(rostered: Kit) -> None:
    rostered.at("09:10").asks("李娜", "退税", by="李娜", entry="h1")
    assert figures(rostered.show(Teams(), at="09:11"), "team:A", "mark", "help") == ["h", "1"]
    rostered.at("09:12").takes("h1", by="赵敏")

    assert figures(rostered.show(Teams(), at="09:13"), "team:A", "mark", "help") == ["", "0"]


def test_with_one_team_alone_there_is_no_other(rostered: Kit) -> None:
    floor = replace(rostered.floor("09:30"), focus=Focus(team="B"))

    assert rostered.show(Teams(), floor=floor).keys == ("team:B",)


def test_with_one_queue_alone_nobody_is_expected_for_no_roster_tells_of_queues(rostered: Kit) -> None:
    floor = replace(rostered.floor("09:30"), focus=Focus(queue="support"))

    assert figures(rostered.show(Teams(), floor=floor), "team:A", "here") == ["1"]


def test_it_can_be_read_in_the_hand(rostered: Kit) -> None:
    lines = rostered.show(Teams(), at="09:30").text(38).splitlines()

    assert all(word in lines[0] for word in ("team", "here", "A", "T", "help", "call"))


# Behind a team


def test_a_team_opens_into_its_figures_its_seats_and_whom_to_go_to(rostered: Kit) -> None:
    rostered.at("09:10").asks("李娜", "退税", by="李娜", entry="h1")
    figures, seats, to_go_to = rostered.show(Teams(), at="09:12", row="team:A").parts

    assert isinstance(figures, Tiles)
    assert isinstance(seats, SeatMap)
    assert isinstance(to_go_to, Table)
    assert [seat.key for seat in seats.seats] == ["agent:1007"]
    assert [row.key for row in to_go_to.rows] == ["agent:1007"]
    assert (seats.home, to_go_to.home) == ("agents", "agents")
    assert [tile.value.text for tile in figures.tiles[:2]] == ["王芳", "1"]
    assert to_go_to.starts


def test_a_team_in_which_nobody_calls_for_anybody_says_so(floorwatch: Kit) -> None:
    shown = floorwatch.show(Teams(), floor=[floors.agent("1", team="A")], row="team:A")

    assert "Nobody of this team needs you right now." in shown.words
    assert shown.tables == ()


def test_whom_to_go_to_is_in_order_of_the_signs_and_says_why(floorwatch: Kit) -> None:
    parts = [
        floors.talking("1", "李娜", "support", 250, team="A"),
        floors.talking("2", "张伟", "support", 301, team="A"),
        floors.agent("3", "陈静", AgentState.PAUSED, ago=1000, reason="tea", team="A"),
        floors.agent("4", "赵敏", team="A"),
        floors.raised("a-rule", Alert("agent:4", "telephone out", AlertTone.ALARM), ago=900),
    ]
    rows = floorwatch.show(Teams(), floor=parts, row="team:A").tables[0].rows

    assert [(row.cells[1].text, row.cells[2].text) for row in rows] == [
        ("赵敏", "telephone out"), ("张伟", "talking"), ("陈静", "tea over"), ("李娜", "talking"),
    ]  # fmt: skip


def test_behind_the_total_stand_all_teams(floorwatch: Kit) -> None:
    parts = [floors.agent("1", team="A"), floors.agent("2", team="B")]
    shown = floorwatch.show(Teams(), floor=parts, row="total:")
    (seats,) = (part for part in shown.parts if isinstance(part, SeatMap))

    assert (seats.rows, len(seats.seats)) == (("A", "B"), 2)


@pytest.mark.parametrize("row", ["team:nobody", "agent:1", ""])
def test_a_team_that_is_not_there_says_so(floorwatch: Kit, row: str) -> None:
    assert "Nobody of this team" in floorwatch.show(Teams(), floor=[floors.agent("1", team="A")], row=row).words


def test_the_call_clock_is_that_of_the_seats() -> None:
    steps = TeamsOptions(call_warn_seconds=100, call_alarm_seconds=200).of_seats().steps()

    assert steps[AgentState.ON_CALL] == ((100, Tone.WARN), (200, Tone.ALARM))


def test_a_clock_that_runs_backwards_is_refused(floorwatch: Kit) -> None:
    with pytest.raises(RefusedError, match="later than"):
        floorwatch.show(Teams(), call_warn_seconds=400.0)
