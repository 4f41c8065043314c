"""The page of an agent: its head, the shift on a line, the figures with their causes, notes and help, the queues."""

from typing import Any

from msgspec.structs import replace

from floorwatch.api import Alert, AlertTone, Explain, RaisedAlert, Timeline, Tone, Track, duty
from floorwatch.testing import Kit, Shown, floors
from floorwatch_agents.panel import Agents


def page(kit: Kit, at: str, row: str = "agent:1007", **options: Any) -> Shown:
    """What stands behind the row."""
    shown = kit.show(Agents(), at=at, row=row, **options)
    assert shown.faults == ()
    return shown


def track(shown: Shown, what: str) -> Track:
    """The track of this kind."""
    return shown.track(f"day:{what}/1007")


def abouts(found: Track) -> list[str]:
    """What its stretches say."""
    return [each.about for each in found.stretches]


def marks(found: Track) -> list[tuple[str, str]]:
    """What stands above it."""
    return [(mark.sign, mark.about) for mark in found.marks]


def cell(shown: Shown, what: str, column: str) -> str:
    """A figure of the table."""
    return shown.cell(f"day:{what}/1007", column).text


# --- the head ---


def test_the_head_says_who_where_and_what_now(planned: Kit) -> None:
    planned.at("09:30").pauses("李娜", "Restroom")
    lines = page(planned, "09:34").words.splitlines()

    assert lines[0] == "李娜  1007  seat A07  team A  shift 09:00-18:00"
    assert lines[1] == "P paused 4:00  since 09:30  Restroom"


def test_the_head_has_the_call_on_the_line_and_an_open_question(planned: Kit) -> None:
    planned.at("09:40").enters("c9", "support", number="13800001234")
    planned.at("09:40:30").answers("李娜", "c9")
    planned.at("09:41").asks("李娜", "退税流程")
    planned.at("09:42").takes("李娜", by="王芳")
    words = page(planned, "09:43").words

    assert "on the line: support, *********34 2:30  waited 0:30" in words
    assert "asks for help: 退税流程 2:00  王芳 is on the way" in words


def test_whoever_has_not_come_has_a_page_with_their_plan(floorwatch: Kit) -> None:
    floorwatch.people = "name,employee,seat,team\n李娜,1007,A07,A\n"
    floorwatch.at("00:10").roster("李娜: 13:00-21:00")
    floorwatch.at("08:50").signs_in("王芳", "support")
    shown = page(floorwatch, "09:00")

    assert shown.words.splitlines()[0] == "李娜  1007  seat A07  team A  shift 13:00-21:00"
    assert abouts(track(shown, "plan")) == ["phones"]
    assert track(shown, "calls").stretches == ()


# --- the line ---


def line(shown: Shown) -> Timeline:
    """The timeline."""
    return next(part for part in shown.parts if isinstance(part, Timeline))


def test_the_line_is_the_shift_with_now_in_it(planned: Kit) -> None:
    shown = page(planned, "09:30")

    assert line(shown).end - line(shown).start == 9 * 3600
    assert line(shown).now == shown.at
    assert [each.title for each in line(shown).tracks] == ["plan", "states", "calls"]
    assert abouts(track(shown, "plan")) == ["phones", "lunch", "phones"]


def test_without_a_roster_the_line_runs_from_the_first_sign_of_life_to_now_rounded(plain: Kit) -> None:
    shown = page(plain, "09:41")

    assert line(shown).end - line(shown).start == 3600
    assert [each.title for each in line(shown).tracks] == ["states", "calls"]


def test_signing_in_before_the_shift_belongs_to_it(floorwatch: Kit) -> None:
    floorwatch.at("00:10").roster("李娜: 09:00-18:00")
    floorwatch.at("08:50").signs_in("李娜", "support", id="1007")
    shown = page(floorwatch, "09:30")

    assert line(shown).end - line(shown).start == 9 * 3600 + 600


def test_short_states_are_one_stretch_that_says_what_it_is_made_of(planned: Kit) -> None:
    for minute in range(30, 42, 2):
        at = f"09:{minute}:00"
        planned.at(f"09:{minute}:00").enters(f"s{minute}", "support")
        planned.at(at).answers("李娜", f"s{minute}")
        planned.at(f"09:{minute + 1}:20").ends("李娜", f"s{minute}")
    found = track(page(planned, "09:50"), "states")

    assert [each.letter for each in found.stretches] == ["A", "T", "T", "A", "T", "A"]
    assert found.stretches[-2].about == "talking 8:00, available 3:20"
    assert found.stretches[-2].key.startswith("day:states@")


def test_what_lasts_has_no_end_yet(planned: Kit) -> None:
    assert track(page(planned, "09:50"), "states").stretches[-1].end is None


def test_calls_stand_by_queue_and_long_ones_have_their_tone(planned: Kit) -> None:
    found = track(page(planned, "09:30"), "calls")

    assert abouts(found) == ["support, *********34, caller hung up", "support, *********34, agent hung up"]
    assert [each.tone for each in found.stretches] == [Tone.CALM, Tone.ALARM]


def test_pauses_over_their_limit_are_warned_of(planned: Kit) -> None:
    planned.at("09:30").pauses("李娜", "Break")
    planned.at("10:00").resumes("李娜")
    found = track(page(planned, "10:05"), "breaks")

    assert [(each.tone, each.about) for each in found.stretches] == [(Tone.WARN, "Break, 15:00 over its limit")]


def test_marks_are_what_happened_beside_the_calls(planned: Kit) -> None:
    planned.at("09:31").asks("李娜", "退税流程")
    planned.at("09:35").helps("李娜", "按新流程", by="王芳")
    planned.at("09:40").note("李娜", "praise", "calm with an angry caller", by="王芳")
    planned.at("09:44").visits("李娜", by="王芳")
    planned.at("09:50").enters("m1", "support")
    planned.at("09:50:10").misses("李娜", "m1", 8000)
    shown = page(planned, "10:00")

    assert sorted(marks(track(shown, "states"))) == [
        ("=", "helped by 王芳: 按新流程"),
        ("?", "asked for help: 退税流程"),
        ("n", "praise, 王芳: calm with an angry caller"),
        ("v", "visited by 王芳"),
    ]
    assert marks(track(shown, "calls")) == [("m", "missed ring, support, rang 8 s")]


# --- the figures ---


def test_answered_stands_against_the_target_of_the_planned_time_and_the_share(planned: Kit) -> None:
    shown = page(planned, "09:30", daily_calls=30.0)

    assert cell(shown, "pace", "today") == "2"
    assert cell(shown, "pace", "target") == "2.0"
    assert cell(shown, "pace", "cause") == "share 2.0 of the calls that came"


def test_the_largest_cause_of_a_gap_stands_first(planned: Kit) -> None:
    planned.at("09:30").pauses("李娜", "Restroom")
    for minute in range(31, 59, 4):
        call_of(planned, minute)
    words = page(planned, "10:00", daily_calls=75.0).words

    assert "8.0 behind the target so far: no calls came 4.5, off the phones 3.5" in words


def call_of(kit: Kit, minute: int) -> None:
    """A call of 张伟."""
    kit.at(f"09:{minute}").enters(f"z{minute}", "support")
    kit.at(f"09:{minute}:10").answers("张伟", f"z{minute}")
    kit.at(f"09:{minute + 2}").ends("张伟", f"z{minute}")


def test_a_gap_that_chance_can_bring_has_no_cause(planned: Kit) -> None:
    words = page(planned, "09:30", daily_calls=45.0).words

    assert "1.0 behind the target so far; 1.4 more or less are chance" in words


def test_a_figure_is_explained_by_what_is_behind_it(planned: Kit) -> None:
    row = page(planned, "09:30").row("day:pace/1007")

    assert [cell.explain for cell in row.cells[1:3]] == [Explain(row="day:pace/1007")] * 2


def test_where_only_calls_show_anybody_nothing_is_off_the_phones_before_the_first(floorwatch: Kit) -> None:
    floorwatch.people = "name,employee,seat,team\n李娜,1007,A07,A\n"
    floorwatch.at("00:10").roster("李娜: 09:00-18:00")
    floorwatch.at("08:00").enters("c0", "support")
    floorwatch.at("08:01").abandons("c0")
    floorwatch.at("09:59:40").enters("c1", "support")
    floorwatch.at("10:00").answers("李娜", "c1")
    floorwatch.at("10:03").ends("李娜", "c1")
    words = page(floorwatch, "10:30", "day:pace/1007").words

    assert "off the phones 0.0" in words
    assert "30:00 planned on the phones" in words


def test_long_calls_are_counted_against_the_call_clock(planned: Kit) -> None:
    shown = page(planned, "09:30")

    assert cell(shown, "talk", "cause") == "1 call over 5:00, the longest 8:20"
    assert cell(shown, "talk", "target") == "5:00"


def test_a_break_over_its_limit_is_named(planned: Kit) -> None:
    planned.at("09:30").pauses("李娜", "Break")
    planned.at("10:00").resumes("李娜")
    shown = page(planned, "10:05")

    assert cell(shown, "breaks", "today") == "30:00"
    assert cell(shown, "breaks", "cause") == "Break 15:00 over at 09:30"


def test_adherence_stands_there_where_a_roster_is(planned: Kit, plain: Kit) -> None:
    planned.at("09:30").pauses("李娜", "Break")
    planned.at("10:00").resumes("李娜")
    shown = page(planned, "10:00")

    assert cell(shown, "plan", "today") == "50.0%"
    assert cell(shown, "plan", "cause") == "09:30-10:00 break instead of phones"


def test_without_a_roster_nothing_is_said_of_adherence(plain: Kit) -> None:
    assert "adherence" not in page(plain, "09:30").words


def test_the_team_mean_is_of_those_who_had_a_call(planned: Kit) -> None:
    assert cell(page(planned, "09:30"), "pace", "team") == "2.0"


# --- what stands behind it ---


def test_enter_on_a_call_says_all_that_is_known_of_it(planned: Kit) -> None:
    key = track(page(planned, "09:30"), "calls").stretches[1].key
    words = page(planned, "09:30", key).words

    assert "caller *********34" in words
    assert "waited 0:20" in words
    assert "talk 8:20" in words
    assert "how agent hung up" in words
    assert "13800001234" not in words


def test_enter_on_the_states_lists_the_shift_by_hours_and_one_after_another(planned: Kit) -> None:
    planned.at("09:40").note("李娜", "praise", "calm", by="王芳")
    hours, log = page(planned, "10:10", "day:states/1007").tables

    assert [[cell.text for cell in row.cells[:3]] for row in hours.rows] == [
        ["09:00", "2", "11:20"],
        ["10:00", "-", "-"],
    ]
    assert [(row.cells[2].text, row.cells[3].text) for row in log.rows] == [
        ("available", ""),
        ("talking", "support, *********34"),
        ("available", ""),
        ("talking", "support, *********34"),
        ("available", ""),
        ("n", "praise, 王芳: calm"),
    ]


def test_an_hour_has_its_part_of_a_state_that_goes_on_beyond_it(planned: Kit) -> None:
    hours = page(planned, "10:10", "day:states/1007").tables[0]
    first, second = (page(planned, "10:10", row.key) for row in hours.rows)

    assert "09:00-10:00: available 48:40, talking 11:20" in first.words
    assert "10:00-10:10: available 10:00" in second.words
    assert [row.cells[1].text for row in first.tables[0].rows][-1] == "41:40"


def test_a_talk_in_the_list_of_states_opens_its_call(planned: Kit) -> None:
    rows = page(planned, "10:10", "day:states/1007").tables[1].rows

    assert "talk 3:00" in page(planned, "10:10", rows[1].key).words
    assert page(planned, "10:10", rows[0].key).words.strip() == "There is no more behind this."


def test_two_missed_rings_of_an_hour_are_two_rows(planned: Kit) -> None:
    for minute in (40, 45):
        planned.at(f"09:{minute}").enters(f"m{minute}", "support")
        planned.at(f"09:{minute}:10").misses("李娜", f"m{minute}", 8000)
    log = page(planned, "10:00", "day:states/1007").tables[1]

    assert [row.cells[3].text for row in log.rows if row.cells[2].text == "m"] == ["missed ring, support, rang 8 s"] * 2


def test_enter_on_the_pace_lists_the_sum_down_to_the_calls_answered(planned: Kit) -> None:
    rows = page(planned, "09:30", "day:pace/1007", daily_calls=45.0).tables[0].rows
    calls = [float(row.cells[1].text) for row in rows]

    assert [row.key for row in rows] == [
        "pace:target", "pace:no_calls", "pace:share", "pace:off_phones", "pace:excused", "pace:beyond",
        "pace:long_calls", "pace:other", "pace:answered",
    ]  # fmt: skip
    assert calls[0] + calls[1] == calls[2]
    assert abs(sum(calls[2:-1]) - calls[-1]) < 0.3


def test_enter_on_a_note_an_alert_or_a_request_says_it_in_full(planned: Kit) -> None:
    planned.at("09:40").note("李娜", "coaching", "speak slower", by="王芳")
    shown = page(planned, "09:45")
    key = next(mark.key for mark in track(shown, "states").marks)

    assert "note speak slower" in page(planned, "09:45", key).words
    assert page(planned, "09:45", "alert:gone").words.strip() == "This alert is no longer known."
    assert page(planned, "09:45", "help:gone").words.strip() == "This request is no longer kept."


def test_every_figure_opens_something(planned: Kit) -> None:
    shown = page(planned, "10:00")
    for row in next(table for table in shown.tables if table.caption == "Today").rows:
        assert page(planned, "10:00", row.key).words.strip() != "There is no more behind this."


def test_a_key_of_nothing_is_answered_kindly(planned: Kit) -> None:
    assert page(planned, "09:30", "day:other/1007").words.strip() == "There is no more behind this."
    assert page(planned, "09:30", "day:calls/nobody").words.strip() == "There is no more behind this."
    assert page(planned, "09:30", "day:call@1.0/1007").words.strip() == "This call is no longer in the shift."
    assert "available" in page(planned, "09:30", "day:states@x-y/1007").words


# --- alerts of the day ---


def test_alerts_of_the_day_stand_on_the_line_also_when_they_are_over(floorwatch: Kit) -> None:
    up = RaisedAlert("late", Alert("agent:1007", "late by 0:12", AlertTone.WARN, playbook="ask why"), floors.NOW - 600)
    over = RaisedAlert("absent", Alert("agent:1007", "absent"), floors.NOW - 900, floors.NOW - 600)
    others = RaisedAlert("late", Alert("agent:1004", "late"), floors.NOW - 600)
    room = floors.snapshot(floors.agent("1007", "李娜", ago=1800, queues=["support"]))
    lasting = duty.Spell(duty.Presence.PHONES, floors.NOW - 1800)
    floor = replace(room, alerts=(others, up), cleared_alerts=(over,), spells={"1007": (lasting,)})
    shown = floorwatch.show(Agents(), floor=floor, row="agent:1007")

    assert marks(track(shown, "states")) == [("!", "absent"), ("!", "late by 0:12")]
    keys = [mark.key for mark in track(shown, "states").marks]
    first, second = (floorwatch.show(Agents(), floor=floor, row=key).words for key in keys)
    assert "cleared 10:31" in first
    assert "cleared still up" in second
    assert "what to do ask why" in second
