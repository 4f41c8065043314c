"""What is said of the present to somebody who looks at the past."""

from collections.abc import Callable

from floorwatch.engine.present import Present
from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.model.events import CallEntered, Event, HelpRequested, HelpTaken
from floorwatch.model.floor import Floor
from floorwatch.model.snapshot import FloorSnapshot
from tests.engine.small_floor import START, house_in


def alarm(subject: str, text: str = "", tone: AlertTone = AlertTone.ALARM) -> RaisedAlert:
    return RaisedAlert("rule", Alert(subject, text or subject, tone), START)


def floor_with(*alerts: RaisedAlert, events: tuple[Event, ...] = (), at: float = START) -> FloorSnapshot:
    floor: Floor = house_in().floor()
    for event in events:
        floor.apply(event, "queue_log")
    floor.set_alerts(alerts, START)
    return floor.snapshot(at)


def words(now: FloorSnapshot, left: FloorSnapshot | None = None) -> str:
    said: Callable[[FloorSnapshot], str] = Present(left or floor_with()).words
    return said(now)


def test_a_quiet_floor_says_nothing() -> None:
    assert words(floor_with()) == ""


def test_one_new_alarm_is_said_in_its_own_words() -> None:
    assert words(floor_with(alarm("queue:billing", "billing: longest wait 2:10"))) == "NOW: billing: longest wait 2:10"


def test_several_are_counted() -> None:
    assert words(floor_with(alarm("a"), alarm("b"))) == "NOW: 2 new alarms"


def test_alarms_that_were_up_before_are_known_and_warnings_call_nobody() -> None:
    known = floor_with(alarm("a"))

    assert words(floor_with(alarm("a"), alarm("b", tone=AlertTone.WARN)), known) == ""


def test_a_warning_that_has_become_an_alarm_is_new() -> None:
    assert words(floor_with(alarm("a", "worse")), floor_with(alarm("a", tone=AlertTone.WARN))) == "NOW: worse"


def test_who_asks_for_help_is_said_until_somebody_has_it() -> None:
    asked = HelpRequested(START, id="h1", by="", agent="1007")
    taken = HelpTaken(START, id="t1", by="Li", help="h1")

    assert words(floor_with(events=(asked,))) == "NOW: 1 asks for help"
    assert words(floor_with(events=(asked,)), floor_with(events=(asked,))) == ""
    assert words(floor_with(events=(asked, taken))) == ""


def test_the_longest_wait_is_said_once_it_is_over_the_promise() -> None:
    came = (CallEntered(START, "1", "sales"), CallEntered(START + 10, "2", "billing"))

    assert words(floor_with(events=came, at=START + 60)) == ""
    assert words(floor_with(events=came, at=START + 130)) == "NOW: sales 2:10"


def test_words_of_a_feed_do_nothing_to_the_terminal() -> None:
    assert "\x1b" not in words(floor_with(alarm("a", "\x1b]52;c;x\x07")))
