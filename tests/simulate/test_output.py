"""A simulated floor as a file and as a feed that grows."""

import stat
from pathlib import Path

import pytest
from msgspec import json
from msgspec.structs import replace

from floorwatch.model.events import AnyEvent, Event
from floorwatch.simulate.output import Form, LiveFloor, as_jsonl, lines, write
from floorwatch.simulate.plan import HOUR, Plan, demo_plan

PLAN = Plan(1795395600.0, 1.0, 20)


def test_a_file_holds_the_plan_and_is_its_owners_only(tmp_path: Path) -> None:
    out = tmp_path / "queue_log"
    size = write(PLAN, out)

    assert out.read_bytes() == b"".join(written for _, written in lines(PLAN))
    assert size == out.stat().st_size
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [out]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()

    with pytest.raises(OSError, match="taken"):
        write(PLAN, taken)
    assert list(tmp_path.iterdir()) == [taken]
    assert list(taken.iterdir()) == []


def test_jsonl_tells_every_event_of_the_day(day: Plan, events: list[Event]) -> None:
    told = [json.decode(written, type=AnyEvent) for _, written in lines(day, Form.JSONL)]

    assert told == events


def test_a_line_of_jsonl_names_its_event() -> None:
    _, first = next(lines(PLAN, Form.JSONL))

    assert first == b'{"event":"SwitchReloaded","at":1795395600.0}\n'
    assert as_jsonl(json.decode(first, type=AnyEvent)) == first


@pytest.mark.parametrize("form", list(Form))
def test_a_live_floor_gives_every_line_once_however_time_steps(form: Form) -> None:
    whole = [written for _, written in lines(PLAN, form)]
    floor = LiveFloor(PLAN, form)
    given = floor.due(PLAN.start + 600)
    now = PLAN.start + 600
    while floor.next_at is not None:
        assert floor.next_at > now
        now = max(floor.next_at, now + 7)
        given += floor.due(now)

    assert given == whole
    assert floor.due(now + 9999) == []


def test_nothing_is_due_twice_or_when_the_clock_goes_back() -> None:
    floor = LiveFloor(PLAN)
    floor.due(PLAN.start + 600)

    assert floor.due(PLAN.start + 600) == []
    assert floor.due(PLAN.start) == []


def test_the_demos_history_is_due_at_once_and_more_comes() -> None:
    now = 1795400000.0
    floor = LiveFloor(demo_plan(now))
    history = b"".join(floor.due(now)).splitlines()

    assert len(history) > 2000
    assert int(history[-1].split(b"|", 1)[0]) <= now
    assert floor.next_at is not None
    assert now < floor.next_at < now + 60
    assert len(floor.due(now + HOUR)) > 500


def test_a_floor_without_a_line_is_over_at_once() -> None:
    floor = LiveFloor(replace(PLAN, hours=1e-9), Form.JSONL)

    assert len(floor.due(PLAN.start)) == 1
    assert floor.next_at is None
