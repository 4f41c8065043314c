"""A new alarm calls once: by the bell, by a word on the desktop, or not at all."""

import pytest
from msgspec.structs import replace

from floorwatch.app.cells import width_of
from floorwatch.app.multiplexer import Multiplexer
from floorwatch.app.notifying import LONGEST_CELLS, Newcomers, call_for
from floorwatch.engine.desk import Heading
from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.settings.values import Notify
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen


def alarm(name: str, text: str = "", tone: AlertTone = AlertTone.ALARM) -> RaisedAlert:
    return RaisedAlert("rule", Alert(name, text or name, tone), views.START)


def heading(*alerts: RaisedAlert, loading: float | None = None) -> Heading:
    snapshot = views.snapshot_at(views.START)
    snapshot = type(snapshot)(at=snapshot.at, rules=snapshot.rules, alerts=alerts)
    return Heading("North floor", "LIVE", snapshot=snapshot, loading=loading)


def told(new: list[RaisedAlert], how: Notify = Notify.DESKTOP, *, nameless: bool = False) -> str:
    return call_for(new, "North floor", how, Multiplexer.NONE, nameless=nameless)


def test_what_is_there_at_the_start_is_no_news() -> None:
    newcomers = Newcomers()
    assert newcomers.among(heading(alarm("a"))) == ()
    assert newcomers.among(heading(alarm("a"), alarm("b"))) == [alarm("b")]


def test_what_comes_while_the_day_is_read_is_no_news() -> None:
    newcomers = Newcomers()
    newcomers.among(heading(loading=0.1))
    assert newcomers.among(heading(alarm("a"), loading=0.9)) == ()
    assert newcomers.among(heading(alarm("a"))) == []
    assert newcomers.among(heading(alarm("a"), alarm("b"))) == [alarm("b")]


def test_each_alarm_is_news_once_even_when_it_was_away() -> None:
    newcomers = Newcomers()
    newcomers.among(heading())
    assert newcomers.among(heading(alarm("a"))) == [alarm("a")]
    assert newcomers.among(heading()) == []
    assert newcomers.among(heading(alarm("a"))) == []


def test_one_that_is_raised_again_is_another_one() -> None:
    newcomers = Newcomers()
    newcomers.among(heading(alarm("a")))
    again = replace(alarm("a"), raised_at=views.START + 600)
    assert newcomers.among(heading(again)) == [again]


def test_warnings_call_nobody() -> None:
    newcomers = Newcomers()
    newcomers.among(heading())
    assert newcomers.among(heading(alarm("a", tone=AlertTone.WARN))) == []


def test_a_floor_that_is_not_there_yet_has_no_news() -> None:
    newcomers = Newcomers()
    assert newcomers.among(Heading("North floor", "LIVE")) == ()
    assert newcomers.among(heading(alarm("a"))) == ()


def test_the_desktop_is_told_which_alarm() -> None:
    said = told([alarm("queue:support", "support: longest wait 1:42, 0 free")])
    assert said == "\x1b]9;! North floor: support: longest wait 1:42, 0 free\x07"


def test_several_at_once_are_one_call() -> None:
    said = told([alarm("a", "first"), alarm("b", "second")])
    assert said.count("\x1b]9;") == 1
    assert "2 new alarms; first" in said


@pytest.mark.parametrize("number", ["13800138000", "*******8000", "+8613800138000", "010-62345678"])
def test_no_caller_s_number_leaves_the_screen(number: str) -> None:
    said = told([alarm("a", f"{number} waits 12:05 for A07 李娜 1007")])
    assert "8000" not in said
    assert "345678" not in said
    assert "waits 12:05 for A07 李娜 1007" in said


def test_on_a_wall_no_name_leaves_the_screen() -> None:
    said = told([alarm("a", "A07 李娜 help")], nameless=True)
    assert said == "\x1b]9;! North floor: 1 new alarm\x07"


def test_hostile_words_are_inert_and_short() -> None:
    said = told([alarm("a", "x\x1b]0;evil\x07" + "王" * 300)])
    body = said.removeprefix("\x1b]9;").removesuffix("\x07")
    assert body.isprintable()
    assert width_of(body) <= LONGEST_CELLS


def test_nothing_begins_with_a_digit_which_would_be_a_progress_bar() -> None:
    assert not told([alarm("a", "4;1;50")])[len("\x1b]9;")].isdigit()


@pytest.mark.parametrize(("how", "written"), [(Notify.BELL, "\x07"), (Notify.OFF, "")])
def test_the_bell_says_nothing_and_off_is_silent(how: Notify, written: str) -> None:
    assert told([alarm("a")], how) == written
    assert told([], how) == ""


class Calls:
    """What an app writes to its terminal."""

    def __init__(self, found: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written: list[str] = []
        monkeypatch.setattr(found.app, "write_to_terminal", self.written.append)
        self._found = found

    async def come(self, *alerts: RaisedAlert) -> None:
        """These alarms are up now."""
        snapshot = heading(*alerts).snapshot
        assert snapshot is not None
        self._found.desk.snapshot = snapshot
        self._found.desk.tell()
        await self._found.settle()
        await self._found.until(lambda: f"! {len(alerts)}" in self._found.lines[0] or not alerts)


async def test_the_app_calls_once_whatever_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    async with seen() as found:
        calls = Calls(found, monkeypatch)
        found.app.call_by(Notify.DESKTOP)
        found.desk.tell()
        await found.settle()
        await calls.come(alarm("a", "first"))
        await found.press("3", "0", "0", "z", "z", "enter", "escape")
        await calls.come(alarm("a", "first"))
        assert [each for each in calls.written if each] == ["\x1b]9;! North floor: first\x07"]


async def test_in_a_replay_nobody_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    async with seen(FakeDesk(replay=True)) as found:
        calls = Calls(found, monkeypatch)
        found.desk.tell()
        await found.settle()
        await calls.come(alarm("a"))
        assert calls.written == []
