"""Names that are equal once they are inert: `state --json` loses none of them, and says the same one everywhere."""

from msgspec.structs import replace

from floorwatch.engine.state import state_of_floor
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.alerts import Alert
from floorwatch.model.events import NoteKind
from floorwatch.model.snapshot import FeedState
from floorwatch.model.support import Help, Note, Support, Walk
from floorwatch.testing import floors

SEEN, UNSEEN, OTHER = "support\ufffd", "support\u200b", "support\u200c"


def test_queues_of_one_name_are_told_apart_wherever_they_stand() -> None:
    floor = floors.snapshot(
        floors.caller(UNSEEN, 10, call="a"),
        floors.caller(OTHER, 20, call="b"),
        floors.caller(OTHER, 30, call="c"),
        floors.caller(SEEN, 40, call="d"),
        floors.agent("4001", queues=(OTHER,)),
    )
    state = state_of_floor(floor, {})

    assert {name: len(queue["callers"]) for name, queue in state["queues"].items()} == {
        SEEN: 1,
        f"{SEEN} (2)": 1,
        f"{SEEN} (3)": 2,
    }
    assert {call["call"]: call["queue"] for call in state["calls"]} == {
        "a": f"{SEEN} (2)",
        "b": f"{SEEN} (3)",
        "c": f"{SEEN} (3)",
        "d": SEEN,
    }
    assert list(state["agents"]["4001"]["queues"]) == [f"{SEEN} (3)"]


def test_a_queue_that_is_called_so_to_the_letter_keeps_its_name() -> None:
    names = (UNSEEN, OTHER, SEEN, f"{SEEN} (2)")
    state = state_of_floor(floors.snapshot(*(floors.caller(name, 10, call=name) for name in names)), {})
    assert set(state["queues"]) == {SEEN, f"{SEEN} (2)", f"{SEEN} (3)", f"{SEEN} (4)"}


def test_agents_and_feeds_of_one_name_are_told_apart() -> None:
    floor = floors.snapshot(floors.agent("A\u200b", "Ada"), floors.agent("A\u200c", "Bob"))
    health = {name: FeedHealth(name) for name in ("log\u200b", "log\u200c")}
    state = state_of_floor(floor, health)
    assert {key: agent["name"] for key, agent in state["agents"].items()} == {"A\ufffd": "Ada", "A\ufffd (2)": "Bob"}
    assert [key for key in state["feeds"] if key.startswith("log")] == ["log\ufffd", "log\ufffd (2)"]


def test_alerts_and_what_people_entered_name_the_agent_that_stands_there() -> None:
    one, other = "A\u200b", "A\u200c"
    raised = [floors.raised("long", Alert(f"agent:{name}", "x"), ago=90) for name in (one, other)]
    about = [Alert("queue:" + OTHER, "x"), Alert("feed:log\u200b", "x"), Alert("fault:CRM\u200b", "x")]
    floor = replace(
        floors.snapshot(
            floors.agent(one), floors.agent(other), floors.caller(UNSEEN, 9), floors.caller(OTHER, 9),
            *raised, *(floors.raised("else", each) for each in about),
        ),
        feeds={"log\u200c": FeedState("log\u200c"), "log\u200b": FeedState("log\u200b")},
        support=Support(
            open_helps={"h": Help("h", other, floors.NOW)},
            follow_ups={"n": Note("n", floors.NOW, "Grace", NoteKind.PRAISE, other, follow_up="tell")},
            walks={"Grace": Walk("w", "Grace", floors.NOW, passed=(one, other))},
        ),
    )  # fmt: skip
    state = state_of_floor(floor, {})
    agents = list(state["agents"])

    assert agents == ["A\ufffd", "A\ufffd (2)"]
    subjects = [each["subject"] for each in state["alerts"]]
    assert subjects == [
        *(f"agent:{key}" for key in agents),
        f"queue:{SEEN} (2)",
        "feed:log\ufffd (2)",
        "fault:CRM\ufffd",
    ]
    assert len({each["id"] for each in state["alerts"]}) == 5
    support = state["support"]
    assert [each["agent"] for each in (*support["open_helps"], *support["follow_ups"])] == [agents[1]] * 2
    assert [each["passed"] for each in support["walks"]] == [agents]


def test_counts_of_words_that_are_equal_once_inert_are_added_up() -> None:
    log = FeedState("log", 5, unknown_events={"X\u200b": 2, "X\u200c": 3}, rejected={"torn": 1})
    state = state_of_floor(replace(floors.snapshot(), feeds={"log": log}), {})
    assert state["feeds"]["log"]["unknown_events"] == {"X\ufffd": 5}
    assert state["feeds"]["log"]["rejected"] == {"torn": 1}
