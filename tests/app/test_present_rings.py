"""While the past of a live floor is on the screen, its present calls, and the past never does."""

import pytest
from msgspec.structs import replace

from floorwatch.engine.desk import Heading
from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings.values import Notify
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.screens import seen


def floor_with(*subjects: str) -> FloorSnapshot:
    alerts = tuple(RaisedAlert("rule", Alert(each, each, AlertTone.ALARM), views.START) for each in subjects)
    return replace(views.snapshot_at(views.START), alerts=alerts)


class AwayDesk(FakeDesk):
    """The past is shown, and the live floor is `present`."""

    def __init__(self) -> None:
        super().__init__()
        self.present = floor_with()

    def heading(self) -> Heading:
        """The past, and what is now."""
        return replace(super().heading(), replay=True, present=Heading("North floor", "LIVE", snapshot=self.present))


async def test_alarms_of_the_present_call_and_those_of_the_past_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = AwayDesk()
    async with seen(desk) as found:
        written: list[str] = []
        monkeypatch.setattr(found.app, "write_to_terminal", written.append)
        found.app.call_by(Notify.DESKTOP)
        desk.tell()
        await found.settle()
        desk.snapshot = floor_with("of the past")
        desk.tell()
        await found.settle()
        assert [each for each in written if each] == []

        desk.present = floor_with("of now")
        desk.tell()
        await found.settle()
        assert [each for each in written if each] == ["\x1b]9;! North floor: of now\x07"]
