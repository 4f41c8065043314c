"""The Asterisk queue log, line by line: every event word, every version's columns, and what is refused."""

from collections.abc import Sequence

import pytest

from floorwatch.api import EndedBy, Event, LeftHow, TransferKind, events
from floorwatch.testing import Kit, check_format
from floorwatch_asterisk.queue_log import QueueLogFormat

T = 1_795_298_007.0
FORMAT = QueueLogFormat()


def decoded(kit: Kit, text: str | bytes, **options: object) -> Sequence[Event]:
    """The events of a text none of whose lines is refused."""
    read = kit.lines(FORMAT, text, at=T + 10, **options)
    assert read.rejects == []
    return read.events


_BLIND = TransferKind.BLIND


def call(kit: Kit, rest: str) -> Sequence[Event]:
    """The events of one line of a call in sales."""
    return decoded(kit, f"{T:.0f}|c.1|sales|{rest}")


def test_it_keeps_to_the_rules_of_formats() -> None:
    lines = ("NONE|ENTERQUEUE||555|1", "Ann|CONNECT|7|c.2|4", "Ann|COMPLETEAGENT|7|60|1", "Ann|HELP|how?")
    sample = "".join(f"{T + at:.0f}|c.1|sales|{rest}\n" for at, rest in enumerate(lines))
    check_format(FORMAT, sample.encode(), custom_events={"HELP": "help"})


@pytest.mark.parametrize(
    ("rest", "event"),
    [
        ("NONE|ENTERQUEUE||555", events.CallEntered(T, "c.1", "sales", "555")),
        ("NONE|ENTERQUEUE|http://x||3", events.CallEntered(T, "c.1", "sales", None, None, 3)),
        ("NONE|ENTERQUEUE||555|3|王芳", events.CallEntered(T, "c.1", "sales", "555", "王芳", 3)),
        ("Ann|CONNECT|7", events.CallAnswered(T, "c.1", "sales", "Ann", 7.0)),
        ("Ann|CONNECT|7|c.2", events.CallAnswered(T, "c.1", "sales", "Ann", 7.0)),
        ("Ann|CONNECT|7|c.2|4", events.CallAnswered(T, "c.1", "sales", "Ann", 7.0, 4.0)),
        ("Ann|COMPLETECALLER|7|60|1", events.CallCompleted(T, "c.1", "sales", "Ann", EndedBy.CALLER, 7.0, 60.0)),
        ("Ann|COMPLETEAGENT|7|60", events.CallCompleted(T, "c.1", "sales", "Ann", EndedBy.AGENT, 7.0, 60.0)),
        ("Ann|TRANSFER|7100|x", events.CallTransferred(T, "c.1", "sales", "Ann", TransferKind.BLIND, "7100")),
        (
            "Ann|TRANSFER|7100|x|3|9|1",
            events.CallTransferred(T, "c.1", "sales", "Ann", TransferKind.BLIND, "7100", 3, 9),
        ),
        ("NONE|ABANDON|2|5|31", events.CallAbandoned(T, "c.1", "sales", 2, 31.0)),
        ("Ann|ABANDON|1|1|4", events.CallAbandoned(T, "c.1", "sales", 1, 4.0)),
        ("NONE|EXITWITHTIMEOUT|2", events.CallLeft(T, "c.1", "sales", LeftHow.TIMEOUT)),
        ("NONE|EXITWITHTIMEOUT|2|3|60", events.CallLeft(T, "c.1", "sales", LeftHow.TIMEOUT, None, 60.0)),
        ("NONE|EXITWITHKEY|0|4", events.CallLeft(T, "c.1", "sales", LeftHow.KEY, "0")),
        ("NONE|EXITWITHKEY|0|4|5|7", events.CallLeft(T, "c.1", "sales", LeftHow.KEY, "0", 7.0)),
        ("NONE|EXITEMPTY|1|1|12", events.CallLeft(T, "c.1", "sales", LeftHow.EMPTY, None, 12.0)),
        ("NONE|WITHDRAW|1|2|2|moved", events.CallLeft(T, "c.1", "sales", LeftHow.WITHDRAWN, "moved", 2.0)),
        ("Ann|RINGNOANSWER|0", events.RingMissed(T, "c.1", "sales", "Ann", 0)),
        ("Ann|RINGCANCELED|4000", events.RingCancelled(T, "c.1", "sales", "Ann", 4000)),
        ("Ann|AGENTDUMP|", events.AnswerDropped(T, "c.1", "sales", "Ann")),
        ("SIP/1|ADDMEMBER|", events.MemberAdded(T, "SIP/1", "sales")),
        ("SIP/1|ADDMEMBER|PAUSED", events.MemberAdded(T, "SIP/1", "sales", True)),
        ("SIP/1|REMOVEMEMBER|", events.MemberRemoved(T, "SIP/1", "sales")),
        ("Ann|PAUSE|Lunch", events.AgentPaused(T, "Ann", "sales", "Lunch")),
        ("Ann|PAUSE|", events.AgentPaused(T, "Ann", "sales")),
        ("Ann|UNPAUSE|back", events.AgentResumed(T, "Ann", "sales", "back")),
        ("SIP/1|PENALTY|2", events.PenaltyChanged(T, "SIP/1", 2, "sales")),
        ("SIP/1|RINGINUSE|1", events.RingInUseChanged(T, "SIP/1", True, "sales")),
        ("2002|AGENTLOGIN|SIP/9", events.AgentSignedIn(T, "2002", "SIP/9")),
        ("2002|AGENTLOGOFF|SIP/9|13", events.AgentSignedOut(T, "2002", "SIP/9", 13.0)),
        ("Ann|OUTCALL|ANSWER|58|65", events.OutboundCallEnded(T, "c.1", "Ann", "sales", "ANSWER")),
        ("NONE|QUEUESTART|", events.SwitchRestarted(T)),
        ("NONE|CONFIGRELOAD|", events.SwitchReloaded(T)),
        ("Ann|QA|5|good", events.Unrecognised(T, "QA", "c.1", "sales", "Ann", ("5", "good"))),
    ],
)
def test_every_word_in_every_version_says_what_happened(floorwatch: Kit, rest: str, event: Event) -> None:
    assert list(call(floorwatch, rest)) == [event]


def test_an_attended_transfer_is_read_from_the_right(floorwatch: Kit) -> None:
    for to in ("BRIDGE|908b4f57", "APP|voicemail", "LINK|SIP/1-2|SIP/3-4"):
        (event,) = call(floorwatch, f"Ann|ATTENDEDTRANSFER|{to}|2|13|1")
        assert event == events.CallTransferred(T, "c.1", "sales", "Ann", TransferKind.ATTENDED, to, 2.0, 13.0)


def test_a_blind_transfer_keeps_its_extension(floorwatch: Kit) -> None:
    (event,) = call(floorwatch, "Ann|BLINDTRANSFER|7100|xfer|3|9|1")
    assert event == events.CallTransferred(T, "c.1", "sales", "Ann", TransferKind.BLIND, "7100|xfer", 3.0, 9.0)


def test_a_pause_of_all_means_nothing_since_a_line_a_queue_follows(floorwatch: Kit) -> None:
    assert decoded(floorwatch, f"{T:.0f}|NONE|NONE|Ann|PAUSEALL|Lunch") == []
    assert decoded(floorwatch, f"{T:.0f}|NONE|NONE|Ann|UNPAUSEALL|") == []


def test_a_bar_in_a_name_is_put_back_together(floorwatch: Kit) -> None:
    assert list(call(floorwatch, "Ann | Bob|CONNECT|7|c.2|4")) == [
        events.CallAnswered(T, "c.1", "sales", "Ann | Bob", 7.0, 4.0)
    ]


@pytest.mark.parametrize(
    ("rest", "event"),
    [
        (
            "Ann|BLINDTRANSFER|600|ctx|3|9|1|",
            events.CallTransferred(T, "c.1", "sales", "Ann", _BLIND, "600|ctx", 3.0, 9.0),
        ),
        (
            "Ann|BLINDTRANSFER|600|ctx|3|9|",
            events.CallTransferred(T, "c.1", "sales", "Ann", _BLIND, "600|ctx", 3.0, 9.0),
        ),
        ("Ann|PAUSE|Lunch||", events.AgentPaused(T, "Ann", "sales", "Lunch")),
        ("NONE|ENTERQUEUE||55|a|7|Li | Mei||", events.CallEntered(T, "c.1", "sales", "55|a", "Li | Mei", 7)),
        ("NONE|ENTERQUEUE||55|x|y", events.CallEntered(T, "c.1", "sales", "55", "x|y")),
        ("A|B|PAUSE|Lunch", events.AgentPaused(T, "A|B", "sales", "Lunch")),
        ("ANN|LEE|CONNECT|7", events.CallAnswered(T, "c.1", "sales", "ANN|LEE", 7.0)),
        ("Ann|STATUS|PAUSE|x", events.Unrecognised(T, "STATUS", "c.1", "sales", "Ann", ("PAUSE", "x"))),
        ("Ann|STATUS|CONNECT", events.Unrecognised(T, "STATUS", "c.1", "sales", "Ann", ("CONNECT",))),
        ("NONE|Info|CONNECT|7", events.Unrecognised(T, "Info", "c.1", "sales", None, ("CONNECT", "7"))),
        ("Ann|Info|ENTERQUEUE||5", events.Unrecognised(T, "Info", "c.1", "sales", "Ann", ("ENTERQUEUE", "", "5"))),
    ],
)
def test_bars_where_none_belong_cost_no_event_and_make_none_up(floorwatch: Kit, rest: str, event: Event) -> None:
    assert list(call(floorwatch, rest)) == [event]


def test_a_name_with_a_bar_is_carried_over_midnight() -> None:
    assert FORMAT.carries(b"1|NONE|q|Ann | Bob|PAUSE|Lunch")
    assert not FORMAT.carries(b"1|c|q|Ann|CONNECT|PAUSE")


def test_a_bar_in_a_reason_stays_in_the_reason(floorwatch: Kit) -> None:
    assert list(call(floorwatch, "Ann|PAUSE|Lunch|late")) == [events.AgentPaused(T, "Ann", "sales", "Lunch|late")]


def test_names_that_are_not_utf8_stay_two_names(floorwatch: Kit) -> None:
    (one,) = decoded(floorwatch, f"{T:.0f}|c|q|".encode() + b"\xff|CONNECT|1")
    (two,) = decoded(floorwatch, f"{T:.0f}|c|q|".encode() + b"\xfe|CONNECT|1")
    assert isinstance(one, events.CallAnswered)
    assert isinstance(two, events.CallAnswered)
    assert one.agent != two.agent


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("garbage", "fewer than five fields"),
        ("a|b|c", "fewer than five fields"),
        ("x|c|q|a|CONNECT|1", "time is not a number"),
        ("0|c|q|a|CONNECT|1", "time out of range"),
        ("99999999999999999999|c|q|a|CONNECT|1", "time out of range"),
        ("nan|c|q|a|CONNECT|1", "time out of range"),
        (f"{T + 90_000:.0f}|c|q|a|CONNECT|1", "time more than a day ahead"),
        (f"{T:.0f}|NONE|q|a|CONNECT|1", "CONNECT without a call"),
        (f"{T:.0f}|MANAGER|q|NONE|ENTERQUEUE||1", "ENTERQUEUE without a call"),
        (f"{T:.0f}|c|NONE|a|CONNECT|1", "CONNECT without a queue"),
        (f"{T:.0f}|c|q|a|CONNECT|soon", "CONNECT with data that cannot be read"),
        (f"{T:.0f}|c|q|a|PENALTY", "PENALTY with data that cannot be read"),
        (f"{T:.0f}|c|q|a\x00b|CONNECT|1", "NUL byte inside the line"),
        (f"{T:.0f}|c|q|a|", "no event word"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(floorwatch: Kit, line: str, reason: str) -> None:
    (reject,) = floorwatch.lines(FORMAT, line, at=T + 10).rejects
    assert reason in reject.reason


def test_a_blank_line_means_nothing(floorwatch: Kit) -> None:
    assert decoded(floorwatch, "") == []
    assert decoded(floorwatch, "  ") == []


HELP = {"custom_events": {"HELP": "help"}}


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("c|q|Ann|HELP|tax", events.HelpRequested(T, agent="Ann", question="tax", queue="q", call="c")),
        ("NONE|NONE|Ann|HELP|", events.HelpRequested(T, agent="Ann")),
        ("c|q|Ann|HELP", events.HelpRequested(T, agent="Ann", queue="q", call="c")),
        ("c|q|Ann|HELP|tax or|fee?", events.HelpRequested(T, agent="Ann", question="tax or|fee?", queue="q", call="c")),
        ("NONE|NONE|PJSIP/1007-0000001a|HELP|退税", events.HelpRequested(T, agent="PJSIP/1007", question="退税")),
        ("NONE|NONE|Local/7@a-0000001a;1|HELP|", events.HelpRequested(T, agent="Local/7@a")),
        ("NONE|NONE|lee-0000001a|HELP|", events.HelpRequested(T, agent="lee-0000001a")),
        ("c|q|A|B|HELP|tax", events.HelpRequested(T, agent="A|B", question="tax", queue="q", call="c")),
    ],
)
def test_a_word_of_the_dialplan_asks_for_help(floorwatch: Kit, line: str, event: Event) -> None:
    assert decoded(floorwatch, f"{T:.0f}|{line}", **HELP) == [event]


def test_a_word_with_another_meaning_is_an_event_for_the_plugin_that_knows_it(floorwatch: Kit) -> None:
    lines = f"{T:.0f}|c|q|Ann|SURVEY|5|2\n{T:.0f}|c|q|NONE|SURVEY|4"
    told = {"call": "c", "queue": "q", "agent": "Ann", "data": ["5", "2"]}

    assert decoded(floorwatch, lines, custom_events={"SURVEY": "satisfaction"}) == [
        events.Custom(T, "satisfaction", "Ann", told),
        events.Custom(T, "satisfaction", "c", {**told, "agent": "NONE", "data": ["4"]}),
    ]


def test_without_the_option_the_word_is_one_that_nobody_knows(floorwatch: Kit) -> None:
    assert decoded(floorwatch, f"{T:.0f}|c|q|Ann|HELP|tax") == [
        events.Unrecognised(T, "HELP", "c", "q", "Ann", ("tax",))
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("c|q|NONE|HELP|tax", "without an agent"),
        ("c|q||HELP|tax", "without an agent"),
        ("HELP|tax", "fewer than five fields"),
        ("c|q|Ann", "fewer than five fields"),
    ],
)
def test_a_call_for_help_that_says_not_who_is_refused_with_a_reason(floorwatch: Kit, line: str, reason: str) -> None:
    read = floorwatch.lines(FORMAT, f"{T:.0f}|{line}", at=T + 10, **HELP)

    assert read.events == []
    assert [reason in reject.reason for reject in read.rejects] == [True]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"custom": {}}, "custom_events"),
        ({"custom_events": []}, "custom_events must map"),
        ({"custom_events": {" ": "help"}}, "custom_events must map"),
        ({"custom_events": {"HELP": 3}}, "custom_events must map"),
        ({"custom_events": {"HELP": ""}}, "custom_events must map"),
        ({"custom_events": {"CONNECT": "help"}}, "CONNECT is an event of the queue log itself"),
    ],
)
def test_wrong_options_are_refused_by_name(options: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        FORMAT.decoder(options)
    with pytest.raises(ValueError, match=said):
        FORMAT.configured(options)


def test_calls_for_help_are_carried_over_midnight_by_the_feed_that_knows_them() -> None:
    assert FORMAT.configured(HELP).carries(b"1|c|q|Ann|HELP|tax")
    assert not FORMAT.carries(b"1|c|q|Ann|HELP|tax")


def test_a_queue_log_is_recognised_and_other_things_are_not() -> None:
    log = f"{T:.0f}|NONE|NONE|NONE|QUEUESTART|\n{T:.0f}|c|q|NONE|ENTERQUEUE||555|1\n1795".encode()
    assert FORMAT.sniff(log) == 1.0
    for other in (b"", b"\n\n", b"a,b,c\n1,2,3\n", b'{"event":"CallEntered"}\n', bytes(range(256))):
        assert FORMAT.sniff(other) == 0.0


def test_memberships_are_carried_over_midnight_and_calls_are_not() -> None:
    assert FORMAT.carries(b"1|c|q|SIP/1|ADDMEMBER|")
    assert FORMAT.carries(b"1|c|q|Ann|PAUSE|Lunch")
    assert not FORMAT.carries(b"1|c|q|Ann|CONNECT|7")
    assert not FORMAT.carries(b"PAUSE")


def test_the_time_of_a_line_is_its_first_column() -> None:
    assert FORMAT.time_of(b"1795298007|c|q|a|CONNECT|1") == T
    assert FORMAT.time_of(b"nothing") is None
