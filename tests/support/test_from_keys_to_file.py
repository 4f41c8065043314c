"""The walk from the first key to the file: real forms, a real session, a real journal, and a stranger who reads it."""

from pathlib import Path

import pytest

from floorwatch.engine.system_clock import SystemClock
from floorwatch.model import events
from tests.support.hands import Hands, at_work
from tests.support.places import ME, Place, place_in

pytestmark = pytest.mark.slow

NEEDS_YOU, AGENTS, SUPPORT = 1, 2, 3


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


def kinds(place: Place) -> list[str]:
    """What stands in the journal, in its order; all of it was entered here."""
    found = place.entries()
    assert {entry.author for entry in found} <= {ME}
    return [type(entry.event).__name__ for entry in found]


def soon() -> float:
    """A moment after everything that was entered."""
    return SystemClock().now() + 1


async def raised(hands: Hands, rule: str) -> str:
    """Wait for an alert of this rule; the key of its row."""
    station = hands.session.station

    def key() -> str:
        alerts = () if station.snapshot is None else station.snapshot.alerts
        return next((f"alert:{each.id}" for each in alerts if each.rule == rule), "")

    await hands.until(lambda: bool(key()), rule)
    await hands.press()
    return key()


async def test_a_note_takes_three_keys_praise_takes_two_and_a_stranger_reads_both(place: Place) -> None:
    async with at_work(place) as hands:
        await hands.go_to(AGENTS, "agent:1007")
        await hands.press("n", "s", "enter")
        await hands.until_shown("Noted, state: A07 李娜")
        await hands.go_to(AGENTS, "agent:1004")
        await hands.press("n", "p")
        await hands.until_shown("Noted, praise: B03 张伟")
        assert hands.form is None

    praise, state = place.notes("list")
    assert (state["kind"], state["agent"], state["seat"], state["state"]) == ("state", "1007", "A07", "on_call")
    assert (state["queue"], state["call"], state["by"]) == ("support", "c1", ME)
    assert (praise["kind"], praise["agent"], praise["state"]) == ("praise", "1004", "available")
    assert kinds(place) == ["NoteTaken", "NoteTaken"]


async def test_the_note_holds_what_was_true_when_its_form_was_opened(place: Place) -> None:
    async with at_work(place) as hands:
        await hands.go_to(AGENTS, "agent:1007")
        await hands.press("n", "c")
        place.happens(3500, "c1|support|PJSIP/2001|COMPLETECALLER|10|490|1")
        talks = hands.session.station.floor
        await hands.until(lambda: not talks.snapshot(soon()).talks, "the call has ended")
        await hands.type("hold")
        await hands.press("tab")
        await hands.type("ask before the hold")
        await hands.press("enter")
        await hands.until_shown("Noted, coaching")

    (note,) = place.notes("search", "before the hold")
    assert (note["tag"], note["state"], note["call"]) == ("hold", "on_call", "c1")


async def test_a_follow_up_stands_until_it_is_done_and_undo_takes_that_back(place: Place) -> None:
    async with at_work(place) as hands:
        await hands.go_to(AGENTS, "agent:1004")
        await hands.press("n", "c", "tab", *"calls", "tab", *"listen", "tab", *"+10m", "enter")
        await hands.until_shown("Noted, coaching")
        await hands.go_to(SUPPORT, f"note:{next(iter(hands.support.follow_ups))}")
        await hands.press("d", *"went", "enter")
        await hands.until(lambda: not hands.support.follow_ups, "the follow-up is done")
        await hands.press("u")
        await hands.until(lambda: bool(hands.support.follow_ups), "it is to be done again")
        (note,) = hands.support.follow_ups.values()

    (told,) = place.state(soon())["support"]["follow_ups"]
    assert (told["note"], told["what"], told["due_at"]) == (note.id, "listen", note.due_at)
    assert note.due_at is not None
    assert abs(note.due_at - note.at - 600) < 60
    assert kinds(place) == ["NoteTaken", "FollowUpDone", "EntryUndone"]


async def test_help_is_asked_taken_and_answered_by_one_key_and_the_answer_is_there_the_next_time(place: Place) -> None:
    async with at_work(place) as hands:
        await hands.go_to(AGENTS, "agent:1004")
        await hands.press("h")
        await hands.type("refund?")
        await hands.press("enter")
        await hands.until_shown("B03 张伟 is first in line.")
        alert = await raised(hands, "help-waiting")
        await hands.go_to(NEEDS_YOU, alert)
        await hands.press("h")
        await hands.until_shown("Yours: B03 张伟. refund?")
        await hands.go_to(AGENTS, "agent:1004")
        await hands.press("h")
        await hands.type("30 days")
        await hands.press("enter")
        await hands.until_shown("answered, and kept for the next time")
        await hands.go_to(AGENTS, "agent:1009")
        await hands.press("h")
        await hands.type("Refund")
        await hands.press("enter")
        await hands.press("h")
        await hands.until_shown("Yours: C02 Sam Reed")
        await hands.press("h")
        await hands.until(lambda: hands.form is not None and "30 days" in hands.text, "asked before: 30 days")
        await hands.press("escape")

    support = place.state(soon())["support"]
    (open_help,) = support["open_helps"]
    assert (open_help["agent"], open_help["question"], open_help["taken_by"]) == ("1009", "Refund", ME)
    assert kinds(place) == ["HelpRequested", "HelpTaken", "HelpAnswered", "HelpRequested", "HelpTaken"]


async def test_a_walk_goes_from_seat_to_seat_and_ends_with_what_it_came_to(place: Place) -> None:
    async with at_work(place, size=(40, 20)) as hands:
        await hands.press("w")
        await hands.until_shown("to go 4")
        await hands.press("v")
        await hands.until_shown("to go 3")
        await hands.press("n", "p")
        await hands.until_shown("to go 2")
        await hands.press("x")
        await hands.until_shown("to go 1")
        await hands.press("e")
        await hands.until(lambda: not any(walk.is_open for walk in hands.support.walks.values()), "the walk is over")

    told = place.state(soon())["support"]
    (walk,) = told["walks"]
    assert (walk["by"], len(walk["passed"]), walk["ended_at"] is None) == (ME, 1, False)
    assert (told["notes_today"], told["visited_today"]) == (1, 2)
    assert kinds(place) == ["WalkBegan", "SeatVisited", "NoteTaken", "SeatPassed", "WalkEnded"]


async def test_an_alert_is_seen_to_and_an_incident_owned_and_closed_with_a_word(place: Place) -> None:
    async with at_work(place) as hands:
        for agent in ("1007", "1004", "1009"):
            await hands.go_to(AGENTS, f"agent:{agent}")
            await hands.press("n", "f", *"CRM", "enter")
        alert = await raised(hands, "suspected-incident")
        await hands.go_to(NEEDS_YOU, alert)
        await hands.press("a", "enter")
        await hands.until_shown(f"{ME} sees to it.")
        await in_menu(hands, "Own an incident")
        await hands.press("enter")
        await hands.until_shown(f"{ME} owns it.")
        await in_menu(hands, "Add to an incident")
        await hands.press(*"proxy", "enter")
        await hands.until_shown("added.")
        owned = place.state(soon())
        await in_menu(hands, "Close an incident")
        await hands.press(*"restarted", "enter")
        await hands.until_shown("closed after")

    (incident,) = owned["support"]["incidents"]
    assert (incident["seats"], incident["owner"], incident["evidence"]) == (["A07", "B03", "C02"], ME, 1)
    (entry,) = [entry.event for entry in place.entries() if isinstance(entry.event, events.IncidentClosed)]
    assert entry.word == "restarted"
    assert place.state(soon())["support"]["incidents"] == []
    assert kinds(place)[3:] == ["AlertAcknowledged", "IncidentTaken", "EvidenceAdded", "IncidentClosed"]


async def in_menu(hands: Hands, words: str) -> None:
    """Do what stands in the menu of the row by these words, by its number; past the ninth, by going down to it."""
    await hands.press("m")
    line = next(line for line in hands.text.splitlines() if words in line)
    number = line[: line.index(words)].split()[-1]
    if number.isdigit():
        await hands.press(number)
        return
    for _line in hands.text.splitlines():
        if any("▸" in line and words in line for line in hands.text.splitlines()):
            break
        await hands.press("down")
    await hands.press("enter")
