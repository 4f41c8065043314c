"""A small floor that no switch would write: Chinese names, hostile text, facts that are missing, calls without an end,
notes, requests, walks and incidents of several people, and rosters, punches, swaps and leave.

What stands in a feed can be anything, and every panel, rule and command meets it one day.
"""

from collections.abc import Iterator

from floorwatch.conformance.hostile import HOSTILE
from floorwatch.conformance.made_duty import made_documents, made_duty
from floorwatch.conformance.made_support import LOOKER, made_entries
from floorwatch.model import events
from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.model.entities import Fact
from floorwatch.model.events import Event, LeftHow, TransferKind, WeekdayRead
from floorwatch.model.floor import Floor
from floorwatch.model.people import People, Person
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules

MADE_AT = 1_773_110_467.0  # 10:41:07 on Tuesday, 2026-03-10, in Shanghai
LATER_SECONDS = 20 * 3600.0
"""Into the next business day: nothing is counted yet, and what never ended is stale."""

_PEOPLE = (
    Person("1007", "李娜", "PJSIP/1007", "1007", "A07", "客服一组", role="班组长", skills=("support", "vip")),
    Person("1008", "欧阳娜娜·买买提", "PJSIP/1008", "1008", "A08", "客服一组", mentor="1007", pin="8"),
    Person("1009", "Nameless", "PJSIP/1009", "1009"),
    Person("1010", "王芳", "PJSIP/1010", "1010", "B01", "support:vip"),
    Person("1011", "王芳", "PJSIP/1011", "1011", "B02", ""),
)
_QUEUES = ("客服", "support", "vip/north")


def made_floor(rules: FloorRules) -> FloorSnapshot:
    """The floor at `MADE_AT`."""
    floor = Floor(rules, People(_PEOPLE), frozenset(Fact), ("configured, never seen",))
    for number, event in enumerate(_events()):
        floor.take("switch" if number % 2 else "队列", event.at, (event,))
    for feed, document in made_documents(MADE_AT):
        floor.take(feed, document.at, (document,))
    for entry in (*made_entries(MADE_AT), *made_duty(MADE_AT)):
        floor.take("journal", entry.at, (entry,))
    floor.apply(_a_week_ago(rules))
    floor.take("switch", MADE_AT, (), "time is not a number")
    floor.set_me(LOOKER)
    floor.set_alerts(tuple(_alerts()), MADE_AT)
    return floor.snapshot(MADE_AT)


def _a_week_ago(rules: FloorRules) -> WeekdayRead:
    """More came to one queue than ever today, to another nobody, and some to one that is no longer there."""
    arrivals = {"support": (40,) * 288, "客服": (0,) * 288, "closed since": (1,) * 288}
    start = rules.days.start_of(MADE_AT)
    return WeekdayRead(MADE_AT, date="2026-03-03", compared_with=start, step_seconds=300, arrivals=arrivals)


def _events() -> Iterator[Event]:
    yield from _people_at_work(MADE_AT - 7200)
    yield from _hostile_queues(MADE_AT - 1500)
    yield from _calls(MADE_AT - 1200)
    yield from _strange_calls(MADE_AT - 600)
    yield events.Custom(MADE_AT - 30, "notes", "agent:1007", {"text": "带教", "by": None, "n": [1, {"x": 2}]})
    yield events.Custom(MADE_AT - 30, HOSTILE[0], HOSTILE[1], {})
    yield events.Unrecognised(MADE_AT - 20, HOSTILE[4], None, None, None, ("",))


def _people_at_work(at: float) -> Iterator[Event]:
    yield events.AgentPaused(at - 90_000, "1009", None, None)  # since yesterday, of no queue
    for person in ("1007", "1008", "1010", "1011", "Static Sam"):
        yield events.MemberAdded(at, person, "客服")
        yield events.MemberAdded(at, person, "support", person == "1010")
    yield events.AgentPaused(at + 60, "1008", "support", "")
    yield events.AgentPaused(at + 60, "1008", "客服", HOSTILE[0])
    yield events.DeviceFailed(at + 70, "1011", HOSTILE[2])
    yield events.AgentSignedIn(at + 80, "signed in, no queue")
    yield events.WrapUpStarted(at + 90, "Static Sam", None)
    yield events.MemberAdded(at + 100, "gone", "support")
    yield events.MemberRemoved(at + 200, "gone", "support")


def _hostile_queues(at: float) -> Iterator[Event]:
    for number, text in enumerate(HOSTILE):
        yield events.MemberAdded(at, text, text)
        yield events.CallEntered(at + number, text, text, text, text, 0)


def _calls(at: float) -> Iterator[Event]:
    for number in range(24):
        call, queue, began = f"c{number}", _QUEUES[number % 3], at + number * 20
        yield events.CallEntered(began, call, queue, None if number % 4 else "13800001234", None, 1)
        match number % 6:
            case 0:
                yield events.CallAbandoned(began + 5, call, queue)
            case 1:
                yield events.CallAnswered(began + 9, call, queue, "1007")
                yield events.CallCompleted(began + 18, call, queue, "1007")
            case 2:
                yield events.CallAnswered(began + 9, call, queue, "1007", 9, None)
                yield events.CallTransferred(began + 12, call, queue, "1007", TransferKind.BLIND)
            case 3:
                yield events.CallLeft(began + 30, call, queue, LeftHow.KEY, "1")
            case _:
                pass  # waits still, some for very long


def _strange_calls(at: float) -> Iterator[Event]:
    yield events.CallAnswered(at, "no entry", "support", "1007")  # a misfit that talks still
    yield events.CallHeld(at + 10, "no entry", "support", "1007")
    yield events.CallEntered(at + 20, "rings", "support")
    yield events.CallRang(at + 21, "rings", "support", "1010")
    yield events.RingMissed(at + 22, "rings", "support", "1010", 0)
    yield events.CallRang(at + 23, "rings", "support", HOSTILE[0])
    yield events.CallEntered(at + 30, "twice", "客服", "", "")
    yield events.CallEntered(at + 40, "twice", "客服", "1", "x")
    yield events.CallEntered(at + 5000, "from the future", "support")  # two switches, two clocks


def _alerts() -> Iterator[RaisedAlert]:
    yield RaisedAlert("longest-wait", Alert("queue:support", "support: 0 free", AlertTone.ALARM, MADE_AT - 60), MADE_AT)
    yield RaisedAlert("a-rule", Alert("agent:1007", "李娜", AlertTone.NOTICE, None, "", ""), MADE_AT - 3600)
    yield RaisedAlert("a-rule", Alert("agent:nobody", HOSTILE[0], AlertTone.WARN, None, HOSTILE[1]), MADE_AT - 9)
    yield RaisedAlert("a-rule", Alert("no colon", HOSTILE[6]), MADE_AT - 8, MADE_AT - 1)
