"""A shift said in sentences: what each makes happen, in whatever order it is said, and what does not fit."""

from datetime import date
from pathlib import Path

import pytest

from floorwatch.api import AgentState, Fact, LeftHow, Target, events
from floorwatch.feeds.jsonl import EVENT_TYPES
from floorwatch.testing import Kit, MisfitError
from floorwatch.testing.floors import NOW


def full_shift(kit: Kit) -> None:
    """A morning in which everything happens that can."""
    kit.at("08:59").watch_begins().switch_reloads().unknown("QA", "5", "good").compares("2026-03-03", {"support": [1]})
    morning = kit.at("09:00").signs_in("王芳", "support", "sales", id="1009", seat="A07", team="A")
    morning.signs_in("李娜", "support", id="1007").signs_in("Ivy").ranks("王芳", 2).rings_in_use("王芳")
    kit.at("09:10").pauses("李娜", "Tea").device_fails("Ivy", "unplugged").called_out("王芳", "10086", queue="sales")
    kit.at("09:12").resumes("李娜").device_works("Ivy")
    for number in range(1, 7):
        kit.at("09:20").enters(f"c{number}", "support", number=f"1380000{number}")
    kit.at("09:20:05").rings("李娜", "c1").rings("王芳", "c1")
    kit.at("09:20:15").misses("李娜", "c1", 10_000).stops_ringing("王芳", "c1", 10_000).drops("王芳", "c2")
    kit.at("09:20:20").answers("王芳", "c1").answers("李娜", "c2")
    kit.at("09:21").holds("王芳").abandons("c3").leaves("c4", "timeout")
    kit.at("09:22").takes_back("c1").transfers("李娜", "c2", to="7100", kind="attended")
    kit.at("09:23").ends("c1", by="agent").wraps_up("王芳")
    kit.at("09:24").is_done("王芳").custom("notes", "1009", text="good").forgets("notes", "1007")
    everybody_enters_something(kit)
    rosters_are_read_and_changed(kit)
    kit.at("09:30").switch_restarts()
    kit.at("17:00").signs_out("王芳").signs_out("李娜", "support").signs_out("Ivy")


def everybody_enters_something(kit: Kit) -> None:
    """Every sentence of those who support others."""
    kit.at("09:24:10").asks("李娜", "退税?").takes("李娜", by="Ada").gives_back("李娜", by="Ada").helps(
        "李娜", "是", by="Bo"
    )
    kit.at("09:24:20").asks("Ivy", by="Ivy", entry="h").needs_no_help("h", "found it", by="Ivy")
    kit.at("09:24:30").note("王芳", "state", "tired", by="Ada", follow_up="tea").amends("王芳", by="Bo", tag="rest")
    kit.at("09:24:40").follows_up("王芳", "had some", by="Ada").withdraws("王芳", "not so", by="Ada")
    kit.at("09:24:50").fault("王芳", "CRM", "frozen", by="Ada", seat="A07").visits("Ivy", by="Bo")
    kit.at("09:25").walks("Ada", "A").passes("Ivy", by="Ada").ends_walk("Ada")
    kit.at("09:25:10").takes_incident("fault:CRM", by="Ada").adds_evidence("fault:CRM", "left side", by="Bo")
    kit.at("09:25:20").closes_incident("fault:CRM", "a switch", by="Ada")
    kit.at("09:25:25").calls_back("c4", by="Ada", reached=False).calls_back("c4", by="Bo", word="all is well")
    kit.at("09:25:30").acknowledges("a", by="Ada").snoozes("a", by="Ada", entry="s").undoes("s", by="Ada")
    kit.at("09:25:40").purges(0.0, by="Ada")


def rosters_are_read_and_changed(kit: Kit) -> None:
    """Every sentence of attendance and rosters."""
    kit.at("09:26").roster("李娜: 09:00-18:00, lunch 12:00-13:00", "王芳: off").punches("李娜: 08:58")
    kit.at("09:26:10").marks("王芳", "came", "09:01", by="Ada").excuses("王芳", "09:00-09:01", "rain", by="Ada")
    kit.at("09:26:20").asks_leave("王芳", "13:00-18:00", "sick", by="Bo").ticks("王芳", "head", by="Ada")
    kit.at("09:26:30").asks_swap("李娜", "2026-03-12", "王芳", "2026-03-13", by="Bo").refuses("李娜", "no", by="Ada")
    kit.at("09:26:40").assigns("Ivy", "13:00-18:00", by="Ada", instead_of="王芳", entry="as").tells(
        "Ivy", "as", by="Ada"
    )
    kit.at("09:26:50").calls_off("as", "back already", by="Ada").cannot_read("roster", "torn").loses("punches")


def test_every_event_has_a_sentence(floorwatch: Kit) -> None:
    full_shift(floorwatch)

    happened = {type(event).__name__ for entry in floorwatch.played() for event in entry.events}
    assert happened == set(EVENT_TYPES)


def test_a_full_shift_is_counted_as_the_floor_counts(floorwatch: Kit) -> None:
    full_shift(floorwatch)
    counts = floorwatch.floor("17:01").total.counts

    assert (counts.offered, counts.answered, counts.abandoned, counts.ended_by_agent) == (6, 2, 1, 1)
    assert [counts.left_by(how) for how in (LeftHow.TIMEOUT, LeftHow.RESTART)] == [1, 2]
    states = {agent.name: agent.state for agent in floorwatch.floor("17:01").agents.values()}
    assert set(states.values()) == {AgentState.SIGNED_OUT}
    assert floorwatch.floor("09:25").custom["notes"] == {"1009": {"text": "good"}}


def test_sentences_may_be_said_in_any_order(floorwatch: Kit) -> None:
    floorwatch.at("09:02").ends("c1", by="caller")
    floorwatch.at("09:01").answers("王芳", "c1")
    floorwatch.at("09:00").signs_in("王芳", "support").enters("c1", "support")

    assert floorwatch.floor("09:03").total.counts.completed == 1


def test_a_moment_shows_what_was_so_then(floorwatch: Kit) -> None:
    floorwatch.at("09:00").enters("c1", "support")
    floorwatch.at("09:05").abandons("c1")

    assert len(floorwatch.floor("09:06").waiting) == 0
    assert len(floorwatch.floor("09:01").waiting) == 1
    assert len(floorwatch.floor("08:59").waiting) == 0


def test_a_call_that_nobody_knows_is_said_with_the_sentence_and_where_it_stands(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("王芳", "support").enters("c1", "support")
    floorwatch.at("09:01").answers("王芳", "c9")

    with pytest.raises(MisfitError) as refusal:
        floorwatch.floor("09:02")
    said = str(refusal.value)
    assert said.startswith(f"{Path(__file__).name}:")
    assert "at 09:01:00 answers('王芳', 'c9'): no 'c9' waits now; there: c1 (support)" in said


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        (lambda now: now.pauses("王方"), "nobody called '王方' has signed in by now; there: 王芳 (1009)"),
        (lambda now: now.answers("王芳", "c2"), "more than one waits as 'c2': c2 in support, c2 in sales"),
        (lambda now: now.holds("王芳"), "no '王芳' is a talk now; there: nothing"),
        (lambda now: now.holds(), "name the call, the agent, or both"),
        (lambda now: now.resumes("王芳"), "resume without pause; where that is meant, say at(..., misfits=True)"),
        (lambda now: now.signs_in("王芳", "support"), "member added twice"),
        (lambda now: now.signs_out("李娜"), "nobody called '李娜'"),
        (lambda now: now.happens(events.CallAbandoned(now.at, "c9", "support")), "left without entry"),
    ],
)
def test_what_does_not_fit_is_said(floorwatch: Kit, sentence: object, reason: str) -> None:
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009").enters("c1", "support")
    floorwatch.at("09:00").enters("c2", "support").enters("c2", "sales")
    assert callable(sentence)
    sentence(floorwatch.at("09:01"))

    with pytest.raises(MisfitError) as refusal:
        floorwatch.floor("09:02")
    assert reason in str(refusal.value)


def test_a_misfit_that_is_meant_is_folded_and_counted(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("王芳", "support")
    floorwatch.at("09:01", misfits=True).answers("王芳", "c9", queue="support").resumes("Somebody")

    floor = floorwatch.floor("09:02")
    assert floor.feeds["shift"].misfits == {"answer without entry": 1, "resume without pause": 1}
    assert len(floor.talks) == 1


def test_a_misfit_needs_the_queue_that_nothing_tells(floorwatch: Kit) -> None:
    floorwatch.at("09:01", misfits=True).abandons("c9")

    with pytest.raises(MisfitError, match="say queue="):
        floorwatch.floor("09:02")


def test_two_people_of_one_name_are_told_apart_by_id(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009").signs_in("王芳", "sales", id="1010")
    floorwatch.at("09:01").pauses("1010", "Tea")

    assert floorwatch.floor("09:02").agents["1010"].state is AgentState.PAUSED
    with pytest.raises(ValueError, match="2 people are called '王芳': say which by id"):
        floorwatch.at("09:03").signs_in("王芳", "vip")
    floorwatch.at("09:03").resumes("王芳")
    with pytest.raises(MisfitError, match="say which by id"):
        floorwatch.floor("09:04")


def test_a_person_has_one_seat(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009", seat="A07")

    with pytest.raises(ValueError, match="1009 is 'A07' already, not 'A08'"):
        floorwatch.at("09:30").signs_in("王芳", "sales", seat="A08")


def test_people_of_a_people_file_are_known_before_they_sign_in(floorwatch: Kit) -> None:
    floorwatch.people = "interface,name,employee,seat\nSIP/1,王芳,1009,A07\n"
    floorwatch.at("09:00").enters("c1", "support")
    floorwatch.at("09:01").answers("SIP/1", "c1")

    assert floorwatch.floor("09:02").agents["1009"].seat == "A07"


def test_a_people_file_with_mistakes_is_refused(floorwatch: Kit) -> None:
    with pytest.raises(ValueError, match="no column is named"):
        floorwatch.people = "shoe,size\n1,2\n"


@pytest.mark.parametrize("moment", ["10:40", "10:40:00", "2026-03-10 10:40", "2026-03-10T02:40:00+00:00", NOW - 67.0])
def test_a_moment_is_written_in_any_of_these_ways(floorwatch: Kit, moment: str | float) -> None:
    assert floorwatch.at(moment).at == NOW - 67


def test_what_is_no_time_is_said_with_what_is(floorwatch: Kit) -> None:
    with pytest.raises(ValueError, match='write "10:40"'):
        floorwatch.at("noonish")


def test_a_shift_may_last_over_midnight(floorwatch: Kit) -> None:
    floorwatch.at("23:50").enters("c1", "support")
    floorwatch.day("2026-03-11")
    floorwatch.at("00:10").abandons("c1")

    floor = floorwatch.floor("00:11")
    assert floor.total.counts.offered == 0
    assert floor.total.counts_since(floor.day_start - 86_400).abandoned == 1


def test_the_zone_is_said_before_anything_happens(floorwatch: Kit) -> None:
    floorwatch.day(date(2026, 7, 1), zone="Europe/Berlin")
    assert floorwatch.at("10:00").enters("c1", "support").at == 1782892800.0
    with pytest.raises(ValueError, match="before anything happens"):
        floorwatch.day("2026-07-02", zone="UTC")


def test_the_clock_stands_in_the_morning_until_something_later_is_said(floorwatch: Kit) -> None:
    assert floorwatch.clock.now() == NOW
    floorwatch.at("09:00").enters("c1", "support")
    assert floorwatch.clock.now() == NOW
    late = floorwatch.at("14:00").enters("c2", "support")
    floorwatch.floor("15:00")
    assert floorwatch.clock.now() == late.at == floorwatch.floor().at


def test_what_the_floor_promises_is_said_by_queue(floorwatch: Kit) -> None:
    floorwatch.targets(vip=Target(seconds=5))
    floorwatch.at("09:00").enters("c1", "a-queue")

    floor = floorwatch.floor("09:00:10")
    assert floor.queue_names == ("vip", "a-queue")
    assert floor.rules.target("vip").seconds == 5


def test_what_the_feeds_can_tell_is_everything_unless_said(floorwatch: Kit) -> None:
    assert floorwatch.floor().gives == frozenset(Fact)
    floorwatch.gives = frozenset({Fact.CALLS})
    assert floorwatch.floor().gives == {Fact.CALLS}


def test_a_sentence_counts_as_a_line_of_its_feed(floorwatch: Kit) -> None:
    said = floorwatch.at("09:00").enters("c1", "support").enters("c2", "support")

    feed = floorwatch.floor("10:00").feeds["shift"]
    assert (feed.lines, feed.last_line_at) == (2, said.at)
