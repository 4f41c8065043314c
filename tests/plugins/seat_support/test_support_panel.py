"""The panels "seat-support" and "care", and the commands that open panels."""

from typing import Any

import pytest

from floorwatch.api import Command, Open, Tone, events
from floorwatch.testing import Kit, RefusedError, check_command, check_panel, floors
from floorwatch_seat_support.care_panel import CarePanel
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.openings import opening_commands
from floorwatch_seat_support.support_panel import SupportPanel

PANEL = SupportPanel(Limits())
CARE = CarePanel(Limits())
ME = "王芳"


@pytest.fixture
def shift(floorwatch: Kit) -> Kit:
    """Four agents of two teams; whoever looks is 王芳."""
    floorwatch.me = ME
    for number, name in enumerate(["李娜", "张伟", "陈静", "赵敏"], 1):
        team = "A" if number <= 2 else "B"
        floorwatch.at("09:00").signs_in(name, "support", id=str(1000 + number), seat=f"A0{number}", team=team)
    return floorwatch


def test_they_keep_to_the_rules_of_panels() -> None:
    check_panel(PANEL, not_visited=0, last_notes=0)
    check_panel(CARE, days=1)


@pytest.mark.parametrize("command", opening_commands(), ids=lambda command: str(command.name))
def test_a_panel_opens_by_the_command_of_its_name(floorwatch: Kit, command: Command) -> None:
    check_command(command)

    assert floorwatch.run(command) == (Open(command.name),)


# --- seat support ---


def test_an_empty_floor_is_said_kindly(floorwatch: Kit) -> None:
    words = floorwatch.show(PANEL).words

    for each in ("Nobody waits, nothing is due.", "Nobody is on duty.", "Nothing was noted today."):
        assert each in words


def test_what_may_be_broken_stands_first_then_the_oldest_help_then_what_is_due(shift: Kit) -> None:
    shift.at("10:30").note("陈静", "coaching", by=ME, entry="n1", follow_up="再听", due_at=shift.at("10:45").at)
    shift.at("10:30").note("陈静", "coaching", by=ME, entry="n2", follow_up="以后", due_at=shift.at("15:00").at)
    for seat in ("A01", "A02", "A03"):
        shift.at("10:36").fault(None, "CRM", "卡顿", by=ME, seat=seat)
    shift.at("10:38").asks("李娜", "退税流程", by="李娜", entry="h1")
    shift.at("10:40").asks("张伟", by="张伟", entry="h2")

    keys = shift.show(PANEL, at="10:41").keys

    assert keys[0].startswith("incident:")
    assert keys[1:4] == ("help:h1", "help:h2", "note:n1")
    assert "note:n2" not in keys[:4]


def test_the_cursor_starts_in_what_waits_where_anything_does(shift: Kit) -> None:
    assert not any(table.starts for table in shift.show(PANEL, at="10:41").tables)
    shift.at("10:38").asks("李娜", "退税流程", by="李娜", entry="h1")

    assert [table.starts for table in shift.show(PANEL, at="10:41").tables] == [True, False, False]


def test_every_line_names_what_acts_on_it(shift: Kit) -> None:
    shift.at("10:30").note("陈静", "coaching", by=ME, entry="n1", follow_up="再听", due_at=shift.at("10:40").at)
    for seat in ("A01", "A02", "A03"):
        shift.at("10:36").fault(None, "CRM", "卡顿", by=ME, seat=seat)
    shift.at("10:38").asks("李娜", "退税流程", by="李娜", entry="h1")
    shown = shift.show(PANEL, at="10:41")

    commands = {row.cells[-1].command for row in (*shown.tables[0].rows, *shown.tables[1].rows)}

    assert commands == {"help", "follow-up-done", "own-incident", "visited"}


def test_whoever_is_on_the_way_stands_in_place_of_the_key(shift: Kit) -> None:
    shift.at("10:38").asks("李娜", by="李娜", entry="h1")
    shift.at("10:39").takes("h1", by="赵敏")

    assert shift.show(PANEL, at="10:40").cell("help:h1", "key").text == "赵敏"

    shift.me = "赵敏"
    assert shift.show(PANEL, at="10:40").cell("help:h1", "key").text == "answer"


def test_a_request_is_amber_at_one_minute_and_red_at_three(shift: Kit) -> None:
    shift.at("10:00").asks("李娜", by="李娜", entry="h1")

    tones = [shift.show(PANEL, at=at).tone("help:h1", "age") for at in ("10:00:59", "10:01", "10:02:59", "10:03")]

    assert tones == [Tone.CALM, Tone.WARN, Tone.WARN, Tone.ALARM]


def test_the_figures_are_counts_and_coverage(shift: Kit) -> None:
    shift.at("10:30").visits("李娜", by="赵敏")
    shift.at("10:38").asks("张伟", by="张伟", entry="h1")
    shift.at("10:39").takes("h1", by=ME)

    text = shift.show(PANEL, at="10:40").text(100)

    for each in ("1*", "taken 1", "25%", "1 of 4"):
        assert each in text


def test_what_somebody_owns_stands_last_with_their_name(shift: Kit) -> None:
    for seat in ("A01", "A02", "A03"):
        shift.at("10:36").fault(None, "CRM", "卡顿", by=ME, seat=seat)
    shift.at("10:38").asks("李娜", by="李娜", entry="h1")
    incident = shift.show(PANEL, at="10:41").keys[0].removeprefix("incident:")
    shift.at("10:40").happens(events.IncidentTaken(shift.at("10:40").at, by=ME, incident=incident, owner="赵敏"))

    shown = shift.show(PANEL, at="10:41")

    assert shown.keys[:2] == ("help:h1", f"incident:{incident}")
    assert shown.cell(f"incident:{incident}", "key").text == "赵敏"


def test_all_visited_but_one_is_not_all(floorwatch: Kit) -> None:
    for number in range(400):
        floorwatch.at("09:00").signs_in(f"坐席{number}", "support", id=str(number))
        if number:
            floorwatch.at("10:00").visits(str(number), by=ME)

    assert "99%" in floorwatch.show(PANEL, at="10:01").words


def test_never_visited_today_stands_before_the_longest_ago(shift: Kit) -> None:
    shift.at("2026-03-09 17:00").visits("李娜", by=ME)
    shift.at("10:30").visits("张伟", by=ME)
    shift.at("10:10").visits("陈静", by=ME)
    shift.at("10:20").visits("赵敏", by=ME)

    shown = shift.show(PANEL, at="12:20", not_visited=3)

    assert shown.keys == ("agent:1001", "agent:1003", "agent:1004")
    assert shown.cell("agent:1001", "last").text == "not today"
    assert shown.tone("agent:1003", "age") is Tone.WARN
    assert shown.cell("agent:1004", "age").text == "2:00:00"


def test_of_those_whom_nobody_visited_the_one_who_is_there_longest_stands_first(floorwatch: Kit) -> None:
    floorwatch.me = ME
    for at, seat in (("10:00", "A01"), ("09:00", "A02"), ("09:30", "A03")):
        floorwatch.at(at).signs_in(f"agent {seat}", "support", id=seat, seat=seat, team="A")

    rows = floorwatch.show(PANEL, at="12:00", not_visited=3).tables[1].rows

    assert [row.key for row in rows] == ["agent:A02", "agent:A03", "agent:A01"]


@pytest.mark.parametrize(
    ("options", "tables"), [({}, 3), ({"last_notes": 0}, 2), ({"last_notes": 0, "not_visited": 0}, 1)]
)
def test_tables_can_be_left_out(shift: Kit, options: dict[str, Any], tables: int) -> None:
    assert len(shift.show(PANEL, **options).tables) == tables


def test_behind_each_row_stands_the_whole_of_it(shift: Kit) -> None:
    for seat in ("A01", "A02", "A03"):
        shift.at("10:36").fault(None, "CRM", "卡顿", by=ME, seat=seat)
    shift.at("10:38").asks("李娜", "退税流程", by="李娜", entry="h1")
    shown = shift.show(PANEL, at="10:41")
    incident = next(key for key in shown.keys if key.startswith("incident:"))

    def behind(row: str) -> str:
        detail = shift.show(PANEL, at="10:41", row=row)
        assert detail.faults == ()
        return detail.words

    assert "A01 A02 A03" in behind(incident)
    assert "nobody" in behind(incident)
    assert "退税流程" in behind("help:h1")
    assert "signed in" in behind("agent:1001")
    assert "Nothing is suspected there now." in behind("incident:gone")


def test_a_closed_incident_says_what_it_was(shift: Kit) -> None:
    shift.at("10:10").takes_incident("crm", by="赵敏", title="CRM does not work", seats=("A01",))
    shift.at("10:20").adds_evidence("crm", "重启过", by="陈晨")
    shift.at("10:30").closes_incident("crm", "网线松了", by="赵敏")

    words = shift.show(PANEL, at="10:41", row="incident:crm").words

    for each in ("网线松了", "重启过", "赵敏", "A01"):
        assert each in words


@pytest.mark.parametrize("width", [36, 118])
def test_it_is_drawn_in_the_hand_and_at_the_desk(shift: Kit, width: int) -> None:
    shift.at("10:38").asks("李娜", "退税流程需要哪些材料和多少天", by="李娜", entry="h1")

    shown = shift.show(PANEL, at="10:41")

    assert shown.faults == ()
    assert "A01 李娜" in shown.text(width)


# --- care ---


def test_nobody_in_particular_sees_nothing(shift: Kit) -> None:
    shift.me = ""

    assert "say who you are" in shift.show(CARE).words


def test_it_is_about_whoever_looks_alone(shift: Kit) -> None:
    shift.at("10:00").note("李娜", "praise", by="赵敏")
    shift.at("10:01").note("张伟", "praise", by=ME)

    shown = shift.show(CARE, at="10:41")

    assert shown.cell("agent:1001", "praise").text == "-"
    assert shown.cell("agent:1001", "visits").text == "-"
    assert shown.cell("agent:1002", "praise").text == "1"
    assert "赵敏" not in shown.row("agent:1001").cells[0].text


def test_notes_answers_and_visits_count_and_a_note_is_not_counted_twice(shift: Kit) -> None:
    shift.at("09:30").note("李娜", "praise", by=ME)
    shift.at("09:40").asks("李娜", by="李娜", entry="h1")
    shift.at("09:50").helps("h1", "三十天", by=ME)
    shift.at("10:00").note("李娜", "coaching", by=ME)
    shift.at("10:10").visits("李娜", by=ME)

    row = shift.show(CARE, at="10:41").row("agent:1001")

    assert [cell.text for cell in row.cells[2:]] == ["4", "1", "1", "31:00"]


def test_those_who_were_not_visited_stand_first(shift: Kit) -> None:
    shift.at("10:00").note("李娜", "praise", by=ME)
    shift.at("10:01").note("陈静", "state", by=ME)
    shift.at("10:02").note("陈静", "coaching", by=ME)

    shown = shift.show(CARE, at="10:41")

    assert shown.keys == ("agent:1002", "agent:1004", "agent:1001", "agent:1003")
    for each in ("1 : 1", "of 4", "0 to 2"):
        assert each in shown.text(100)


def test_a_visit_without_a_word_counts_whoever_was_there_since(shift: Kit) -> None:
    shift.at("10:00").visits("李娜", by=ME)
    shift.at("10:20").visits("李娜", by=ME)
    shift.at("10:30").visits("李娜", by="Ada")

    assert shift.show(CARE, at="10:41").cell("agent:1001", "visits").text == "2"


def test_a_week_is_looked_at_today_included(shift: Kit) -> None:
    shift.at("2026-03-04 10:00").note("李娜", "praise", by=ME)
    shift.at("2026-03-03 10:00").note("李娜", "praise", by=ME)

    assert shift.show(CARE, at="10:41").cell("agent:1001", "praise").text == "1"
    assert shift.show(CARE, at="10:41", days=8).cell("agent:1001", "praise").text == "2"
    with pytest.raises(RefusedError, match="days"):
        shift.show(CARE, days=0)


def test_a_leader_with_a_team_sees_that_team(shift: Kit) -> None:
    shift.at("10:00").note("李娜", "praise", by=ME)

    assert shift.show(CarePanel(Limits(teams={ME: "B"})), at="10:41").keys == ("agent:1003", "agent:1004")
    assert len(shift.show(CarePanel(Limits(teams={ME: "B"}, my_team=False)), at="10:41").keys) == 4


def test_who_was_visited_and_went_home_is_still_there(shift: Kit) -> None:
    shift.at("10:00").note("李娜", "praise", by=ME)
    shift.at("10:30").signs_out("李娜").signs_out("张伟")

    assert "agent:1001" in shift.show(CARE, at="10:41").keys
    assert "agent:1002" not in shift.show(CARE, at="10:41").keys


def test_an_empty_floor_has_no_ratio_to_be_ashamed_of(floorwatch: Kit) -> None:
    assert "0 : 0" in floorwatch.show(CARE, floor=floors.snapshot()).words or floorwatch.show(CARE).words
