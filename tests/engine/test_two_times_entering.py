"""What is entered while somebody looks back, and what calls meanwhile: all of it is of now."""

from pathlib import Path

from tests.engine.both_times import watched


async def test_what_is_entered_while_away_is_entered_now_on_the_live_floor(tmp_path: Path) -> None:
    """Never in a scratch journal, and never with a time of the past."""
    async with watched(tmp_path) as both:
        await both.go_back()
        began = both.live.now()
        await both.desk.run_command("jot", None, "agent:PJSIP/2001", {"text": "was alone"})
        (note,) = both.live.station.floor.support.notes.values()

        assert (note.agent, note.text, note.by) == ("PJSIP/2001", "was alone", "Li")
        assert note.at >= began - 1
        assert not both.shown.support.notes
        assert both.desk.heading().journal == "what you enter is entered now"


async def test_help_that_is_taken_from_the_past_is_taken_now(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        doing = both.desk.new_doing()
        await both.desk.run_command("call-for-help", None, "agent:PJSIP/2001", doing=doing)
        await both.go_back(0)
        await both.desk.run_command("take", None, f"help:{doing}")

        assert both.live.station.floor.support.helps[doing].taken_by == "Li"


async def test_what_was_entered_while_away_can_be_undone_there(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        await both.go_back()
        await both.desk.run_command("jot", None, "agent:PJSIP/2001", {"text": "x"})
        await both.desk.undo()

        assert not both.live.station.floor.support.notes


async def test_live_alarms_are_those_that_may_ring_and_are_said(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        await both.go_back(480)
        assert both.desk.may_ring
        station = both.live.station
        await both.changes.until(lambda: bool(both.floor_of(both.live).alerts))
        heading = both.desk.heading()

        assert heading.present is not None
        assert heading.present.snapshot is station.snapshot
        assert heading.snapshot is not station.snapshot
