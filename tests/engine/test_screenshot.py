"""Pictures of the screen: their size, their file, and when a moment is there to be pictured."""

import stat
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec import Struct

from floorwatch.engine.desk import PanelShow
from floorwatch.engine.desk_replay import ReplayBar
from floorwatch.engine.keyframes.shapes import WHOLE, Reached, Strip
from floorwatch.engine.screenshot import PANELS_SECONDS, Readiness, check_place, size_of, write_picture
from floorwatch.model.clock import VirtualClock
from tests.engine.small_floor import START


@pytest.mark.parametrize("text", ["120x36", "120X36", "120×36", "120*36", " 120 x 36 ", "１２０ｘ３６"])
def test_a_size_is_written_in_many_ways(text: str) -> None:
    assert size_of(text) == (120, 36)


@pytest.mark.parametrize("text", ["", "120", "x36", "120x", "-1x36", "120x36x2", "wide", "12000x36"])
def test_what_is_no_size_is_said(text: str) -> None:
    assert size_of(text) == f"{text!r} is no size: write columns and lines, 120x36"


@pytest.mark.parametrize("text", ["19x36", "120x7", "401x36", "120x201", "0x0"])
def test_a_size_for_nobody_is_said(text: str) -> None:
    assert size_of(text) == f"{text}: from 20x8 to 400x200 columns and lines"


def test_a_picture_takes_the_place_of_the_last_one_and_is_its_writers_alone(tmp_path: Path) -> None:
    file = tmp_path / "floor.svg"
    for content in (b"one, and longer", b"two"):
        write_picture(file, content)

    assert file.read_bytes() == b"two"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_in_its_place_is_said_and_left_alone(tmp_path: Path) -> None:
    for check in (check_place, lambda file: write_picture(file, b"")):
        with pytest.raises(OSError, match="something else is there"):
            check(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        check_place(tmp_path / "nowhere" / "floor.svg")

    assert caught.value.filename == str(tmp_path / "nowhere")


def test_a_link_is_replaced_and_what_it_leads_to_is_not(tmp_path: Path) -> None:
    private, file = tmp_path / "private", tmp_path / "floor.svg"
    private.write_bytes(b"mine")
    file.symlink_to(private)
    write_picture(file, b"picture")

    assert (private.read_bytes(), file.read_bytes(), file.is_symlink()) == (b"mine", b"picture", False)


class Standing(Struct):
    """A replay that stands somewhere, as far as `Readiness` asks about it."""

    is_settled: bool = False
    target: float | None = None
    alerts: float | None = None
    problem: str = ""
    known: Reached = WHOLE
    shows: Sequence[PanelShow] = (PanelShow("seats", "Seats", built_at=START), PanelShow("slow", "Slow panel"))

    def panels(self) -> Sequence[PanelShow]:
        return self.shows

    def bar(self) -> ReplayBar:
        strip = Strip(START)
        return ReplayBar(START, START, START, strip, target=self.target, alerts=self.alerts, problem=self.problem)

    def refresh(self) -> Reached:
        return self.known


def readiness(standing: Standing, clock: VirtualClock | None = None) -> Readiness:
    patience = (clock or VirtualClock(0.0)).now
    return Readiness(standing, standing, standing, patience)  # type: ignore[arg-type]  # what it asks of all three


def test_a_settled_floor_is_there() -> None:
    ready = readiness(Standing(is_settled=True))

    assert ready.is_there()
    assert (ready.problem, ready.missing) == ("", "")


@pytest.mark.parametrize(
    "standing",
    [
        Standing(),
        Standing(is_settled=True, target=START),
        Standing(is_settled=True, known=Reached(START, START, 0.5)),
    ],
    ids=["panels", "the moment", "the bar"],
)
def test_what_is_not_there_yet_is_waited_for(standing: Standing) -> None:
    clock = VirtualClock(0.0)
    ready = readiness(standing, clock)
    assert not ready.is_there()
    clock.move_to(PANELS_SECONDS / 2)

    assert not ready.is_there()


def test_a_moment_that_cannot_be_read_is_a_problem() -> None:
    ready = readiness(Standing(target=START, problem="the disk is gone"))

    assert ready.is_there()
    assert ready.problem == "the disk is gone"


def test_a_moment_that_is_on_its_way_is_waited_for_whatever_is_wrong_with_the_alerts() -> None:
    standing = Standing(target=START, problem="no alerts", known=Reached(START, START, 0.5, "no alerts"))
    clock = VirtualClock(0.0)
    ready = readiness(standing, clock)
    assert not ready.is_there()
    clock.move_to(PANELS_SECONDS)

    assert ready.is_there(), "but not for ever"
    assert ready.problem == "no alerts"


def test_a_floor_without_its_alerts_is_pictured_and_that_is_said() -> None:
    standing = Standing(alerts=0.5, problem="a rule failed", known=Reached(START, START, 0.5, "a rule failed"))
    ready = readiness(standing)
    assert not ready.is_there(), "not before its panels are there"
    standing.shows = (PanelShow("seats", "Seats", built_at=START),)

    assert ready.is_there()
    assert (ready.problem, ready.missing) == ("", "a rule failed")


def test_a_panel_that_does_not_come_is_waited_for_no_longer_than_anybody_would() -> None:
    clock, standing = VirtualClock(100.0), Standing(known=Reached(START, START, 0.5))
    ready = readiness(standing, clock)
    assert not ready.is_there()
    clock.move_to(500.0)
    standing.known = WHOLE
    assert not ready.is_there(), "how long reading took does not count"
    clock.move_to(500.0 + PANELS_SECONDS)

    assert ready.is_there()
    assert ready.missing == "not ready within 10 seconds: Slow panel"


def test_how_much_is_done_is_told() -> None:
    told: list[float] = []
    standing = Standing(known=Reached(START, START, 0.25))
    ready = Readiness(standing, standing, standing, lambda: 0.0, told.append)  # type: ignore[arg-type]  # as above
    ready.is_there()
    standing.known = WHOLE
    ready.is_there()

    assert told == [0.25, 1.0]
