"""What is asked of a kit: panels, rules, figures, commands, reports, formats, recordings."""

from pathlib import Path
from typing import Any

import pytest

from floorwatch.api import AlertTone, Fact, Happened, Target, Toast, Tone, events
from floorwatch.testing import Kit, RefusedError, floors
from floorwatch_asterisk.queue_log import QueueLogFormat
from tests.testing.small_plugins import (
    WAITING_TWICE,
    Crowd,
    Failing,
    NoView,
    Praise,
    Room,
    Visits,
    Waits,
)

SAMPLE = "support-in-trouble"


def waiting_caller(kit: Kit) -> None:
    """Somebody has waited in support since 10:40."""
    kit.at("09:00").signs_in("王芳", "support", id="1009", seat="A07", team="A")
    kit.at("10:40").enters("c1", "support", number="13800001234")


def test_a_cell_is_found_by_keys_with_its_age_spelt_and_its_tone_reached(floorwatch: Kit) -> None:
    waiting_caller(floorwatch)
    shown = floorwatch.show(Waits(), at="10:41", warn_seconds=30)

    assert shown.cell("queue:support", "longest").text == "1:00"
    assert shown.tone("queue:support", "longest") is Tone.WARN
    assert shown.tone("queue:support") is Tone.NOTICE
    assert shown.row("queue:support").cells[1].text == "1:00"
    assert shown.keys == ("queue:support",)
    assert "No one" not in shown.words
    assert shown.faults == ()


def test_what_is_not_there_is_said_with_what_is(floorwatch: Kit) -> None:
    waiting_caller(floorwatch)
    shown = floorwatch.show(Waits(), at="10:41")

    with pytest.raises(KeyError, match="no row 'queue:sales' among"):
        shown.cell("queue:sales", "longest")
    with pytest.raises(KeyError, match="no column 'wait' at the row 'queue:support'; there are"):
        shown.cell("queue:support", "wait")


def test_a_seat_is_found_by_its_key(floorwatch: Kit) -> None:
    shown = floorwatch.show(Room())

    assert shown.keys == ("seat:A01", "seat:A02")
    assert shown.seat("seat:A02").letter == "A"
    assert shown.tone("seat:A01") is Tone.ALARM
    assert [type(part).__name__ for part in shown.parts] == ["Text", "SeatMap"]


def test_a_row_opens_its_detail(floorwatch: Kit) -> None:
    assert floorwatch.show(Waits(), row="queue:support").words == "behind queue:support"


def test_a_view_is_drawn_as_on_the_screen(floorwatch: Kit) -> None:
    waiting_caller(floorwatch)
    text = floorwatch.show(Waits(), at="10:41:40").text(40)

    assert text.splitlines()[0].split() == ["queue", "longest"]
    assert text.splitlines()[1].split() == ["support", "1:40*"]
    assert text.endswith("\n")
    assert max(map(len, text.splitlines())) <= 40


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"warn_secs": 3}, "panels.waits.warn_secs: there is no such option; did you mean warn_seconds?"),
        ({"warn_seconds": "soon"}, "panels.waits.warn_seconds: Expected `float`, got `str`"),
    ],
)
def test_options_are_refused_as_the_host_refuses_them(floorwatch: Kit, options: dict[str, Any], said: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        floorwatch.show(Waits(), **options)
    assert refusal.value.sentences == (said,)


def test_a_declaration_is_refused_as_the_host_refuses_it(floorwatch: Kit) -> None:
    with pytest.raises(RefusedError, match="it is the class Waits: return an instance"):
        floorwatch.show(Waits)  # type: ignore[arg-type]  # the mistake under test
    with pytest.raises(RefusedError, match="no-view: build returned a str; return one of Table"):
        floorwatch.show(NoView())


def test_what_a_panel_raises_is_let_through(floorwatch: Kit) -> None:
    with pytest.raises(KeyError, match="seat"):
        floorwatch.show(Failing())


def test_parts_stand_in_for_a_thousand_sentences(floorwatch: Kit) -> None:
    parts = (floors.caller("vip", waited=100), floors.day("vip", offered=4000))

    assert floorwatch.show(Waits(), floor=parts).cell("queue:vip", "longest").text == "1:40"
    assert floorwatch.show(Waits(), floor=floors.snapshot(*parts)).cell("queue:vip", "longest").text == "1:40"
    later = floorwatch.show(Waits(), floor=floors.snapshot(*parts), at="10:41:17")
    assert later.cell("queue:vip", "longest").text == "1:50"


def test_parts_and_sentences_stand_on_one_floor(floorwatch: Kit) -> None:
    waiting_caller(floorwatch)
    floorwatch.put(floors.day("vip", offered=4000), floors.caller("vip", waited=7))

    floor = floorwatch.floor()
    assert floor.queue_names == ("support", "vip")
    assert floor.queues["vip"].counts.offered == 4000
    assert len(floor.waiting) == 2
    with pytest.raises(ValueError, match="two parts of this floor are both day_counts"):
        floorwatch.show(Waits(), floor=(floors.day("vip", offered=1), floors.day("vip", offered=2)))


def test_a_rule_says_what_is_true_at_a_moment(floorwatch: Kit) -> None:
    waiting_caller(floorwatch)
    floorwatch.at("10:40:30").enters("c2", "support")

    assert floorwatch.alerts(Crowd(), at="10:40:29") == ()
    (alert,) = floorwatch.alerts(Crowd(), at="10:40:30", warn_seconds=3)
    assert (alert.subject, alert.tone) == ("queue:support", AlertTone.WARN)
    with pytest.raises(RefusedError, match=r"rules\.crowd\.margin"):
        floorwatch.alerts(Crowd(), at="10:40:30", margin=2)


def test_a_rule_that_is_asked_is_held_and_raised_by_the_host(floorwatch: Kit) -> None:
    waiting_caller(floorwatch)
    second = floorwatch.at("10:40:30").enters("c2", "support")
    floorwatch.at("10:42").abandons("c2")
    floorwatch.asks(Crowd())

    assert floorwatch.floor("10:40:39").alerts == ()
    (raised,) = floorwatch.floor("10:41").alerts
    assert raised.raised_at == second.at + 10
    assert floorwatch.floor("10:42:05").alerts == ()


def test_a_figure_is_computed_over_queues(floorwatch: Kit) -> None:
    waiting_caller(floorwatch)
    floorwatch.at("10:40").enters("c2", "sales")

    assert floorwatch.figure(WAITING_TWICE).value == 2
    assert floorwatch.figure(WAITING_TWICE, at="10:41", queues=["support"]).value == 1
    assert floorwatch.figure("longest-wait", at="10:41").value == 60
    with pytest.raises(KeyError, match="no queue 'vip' among"):
        floorwatch.figure("longest-wait", queues=["vip"])


def test_a_command_is_given_what_was_typed(floorwatch: Kit) -> None:
    waiting_caller(floorwatch)

    happened, said = floorwatch.run(Praise(), at="10:41", who="A07")
    assert isinstance(happened, Happened)
    assert isinstance(happened.event, events.Custom)
    assert (happened.event.subject, happened.event.data) == ("1009", {"word": "well done"})
    assert happened.event.at == floorwatch.floor("10:41").at
    assert said == Toast("1009: well done")


def test_a_field_that_cannot_be_taken_is_refused_by_its_name(floorwatch: Kit) -> None:
    waiting_caller(floorwatch)

    with pytest.raises(RefusedError) as refusal:
        floorwatch.run(Praise(), who="nobody", wrd="x")
    assert refusal.value.sentences[0].startswith("who: nobody here is 'nobody'")
    assert refusal.value.sentences[1] == "wrd: there is no field 'wrd'; did you mean 'word'?"


def test_a_form_begins_with_what_the_row_says(floorwatch: Kit) -> None:
    assert floorwatch.prefill(Praise(), row="agent:1009") == {"who": "1009", "word": "well done"}


def test_what_is_no_outcome_is_refused(floorwatch: Kit) -> None:
    class Wrong(Praise):
        def run(self, request: Any) -> Any:  # noqa: ARG002  # asked for by the protocol
            return [events.SwitchReloaded(1.0)]

    waiting_caller(floorwatch)
    with pytest.raises(RefusedError, match="give it as Happened"):
        floorwatch.run(Wrong(), who="1009")


def test_a_report_is_of_the_calls_that_entered_in_a_span(floorwatch: Kit) -> None:
    waiting_caller(floorwatch)
    floorwatch.at("10:20").enters("c0", "sales")
    floorwatch.at("10:21").abandons("c0")
    floorwatch.at("10:41").abandons("c1")

    table = floorwatch.report(Visits(), "10:00", "10:30", at="10:42")
    assert table.to_dict("list") == {"queue": ["sales"], "calls": [1]}
    assert len(floorwatch.report(Visits(), at="10:42")) == 2


def test_a_text_is_read_as_a_feed_is(floorwatch: Kit) -> None:
    read = floorwatch.lines(QueueLogFormat(), "1773109200|c1|support|NONE|ENTERQUEUE||555|1\nrubbish\n\n17731|torn")

    assert read.events == [events.CallEntered(1773109200.0, "c1", "support", "555", None, 1)]
    assert [(reject.line, reject.reason) for reject in read.rejects] == [
        (2, "fewer than five fields"),
        (4, "fewer than five fields"),
    ]
    assert read.rejects[0].raw == b"rubbish"


def test_lines_are_received_when_the_test_says(floorwatch: Kit) -> None:
    line = "1773209200|c1|support|NONE|ENTERQUEUE||555|1"

    assert floorwatch.lines(QueueLogFormat(), line).rejects == []
    assert floorwatch.lines(QueueLogFormat(), line, at="09:00").rejects[0].reason == "time more than a day ahead"


def test_options_of_a_format_are_its_own(floorwatch: Kit) -> None:
    with pytest.raises(ValueError, match="custom_events"):
        floorwatch.lines(QueueLogFormat(), "", custom_events=3)


def test_a_sample_is_lived_through_with_its_people_and_its_zone(floorwatch: Kit) -> None:
    span = floorwatch.load(SAMPLE)

    assert floorwatch.clock.now() == span.end
    assert floorwatch.floor().agents["1001"].name == "沈霞"
    assert span.start < floorwatch.at("10:40").at < span.end
    assert floorwatch.gives == floorwatch.floor().gives
    assert floorwatch.floor().total.counts.offered > 200


def test_sentences_come_on_top_of_a_recording(floorwatch: Kit) -> None:
    span = floorwatch.load(SAMPLE)
    floorwatch.at(span.end).custom("notes", "1001", text="calm")

    assert floorwatch.floor().custom["notes"]["1001"] == {"text": "calm"}
    with pytest.raises(ValueError, match="load a recording first"):
        floorwatch.load(SAMPLE)


def test_a_plain_log_is_read_by_its_path_and_with_the_format_of_the_author(floorwatch: Kit, tmp_path: Path) -> None:
    class Mine(QueueLogFormat):
        name = "mine"

    log = tmp_path / "calls.log"
    log.write_text("1773109200|c1|support|NONE|ENTERQUEUE||555|1\n", encoding="utf-8")
    floorwatch.load(log, format=Mine())

    assert floorwatch.floor("10:21").queues["support"].waiting[0].call == "c1"
    assert Fact.WRAP_UP not in floorwatch.gives


def test_a_recording_that_is_not_there_is_said_with_the_samples(floorwatch: Kit) -> None:
    with pytest.raises(FileNotFoundError, match="samples are asterisk-22"):
        floorwatch.load("no-such-sample")


def test_rules_of_counting_hold_for_parts_too(floorwatch: Kit) -> None:
    floorwatch.targets(vip=Target(seconds=5))

    assert floorwatch.show(Waits(), floor=[floors.caller("vip", 3)]).keys == ("queue:vip",)
