"""The dashboard and the screens above it, under every key."""

import pytest
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate

from floorwatch.app.run import run
from floorwatch.engine.desk import FeedWord, Health
from floorwatch.extend.command import Open, Toast
from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.views import Cell, Column, Notice, Row, Stack, Table, Text, Tone
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen


async def test_tab_goes_on_and_round_one_panel_at_a_time() -> None:
    async with seen(size=(40, 20)) as found:
        for title in ("2 Needs you", "3 Agents", "1 Queues"):
            await found.press("tab")
            assert title in found.text
        await found.press("shift+tab")
        assert "3 Agents" in found.text


async def test_digits_go_to_their_panel() -> None:
    async with seen() as found:
        await found.press("2")
        assert found.table(2).has_focus
        await found.press("9")
        assert found.table(2).has_focus


async def test_one_panel_can_have_the_whole_screen() -> None:
    async with seen() as found:
        await found.press("3", "z")
        assert "1 Queues" not in found.text
        assert "3 Agents" in found.text
        await found.press("escape")
        assert "1 Queues" in found.text


async def test_enter_opens_a_detail_that_follows_the_floor_and_esc_goes_back() -> None:
    async with seen() as found:
        await found.press("enter")
        await found.until(lambda: "*******41" in found.text)
        assert found.desk.asked == [("detail", "queue-status", "support")]
        assert "Queues > support" in found.text
        assert "1:42!" in found.text
        await found.pass_seconds(3)
        assert "1:45!" in found.text
        await found.press("enter")
        await found.until(lambda: ("detail", "queue-status", "caller:0") in found.desk.asked)
        await found.press("escape", "escape", "escape")
        assert "1 Queues" in found.text


async def test_tab_goes_from_table_to_table_of_a_detail() -> None:
    desk = FakeDesk()
    desk.detail_shown = views.queue_detail_view(desk.now())
    async with seen(desk) as found:
        await found.press("enter")
        await found.until(lambda: "Agents of it" in found.text)
        await found.settle()
        assert "tab next" in found.text
        await found.press("tab", "enter")
        assert "There is nothing behind this row." in found.text


async def test_a_row_that_stands_in_another_panel_opens_what_it_opens_there() -> None:
    desk = FakeDesk()
    desk.detail_shown = views.queue_detail_view(desk.now())
    async with seen(desk) as found:
        await found.press("enter")
        await found.until(lambda: "Agents of it" in found.text)
        await found.press("enter")
        await found.until(lambda: ("detail", "agents", "agent:6500") in desk.asked)


async def test_a_detail_is_built_again_when_the_floor_changes() -> None:
    async with seen() as found:
        await found.press("enter")
        await found.until(lambda: "*******41" in found.text)
        found.desk.tell()
        await found.until(lambda: len(found.desk.asked) == 2)


async def test_a_question_mark_explains_the_figure_under_the_cursor() -> None:
    async with seen() as found:
        line = next(y for y, text in enumerate(found.lines) if "71.0!" in text)
        await found.pilot.click(offset=(found.lines[line].index("71.0!"), line))
        await found.press("question_mark")
        assert "service-level of support" in found.text
        await found.press("escape", "left", "f2")
        assert "answer-rate of support" in found.text


async def test_what_is_not_computed_says_so() -> None:
    async with seen() as found:
        await found.press("f2")
        assert "This is not a computed figure" in found.text


async def test_the_keys_and_the_plugins_have_their_screens() -> None:
    async with seen() as found:
        await found.press("f1")
        assert "show rows that hold these words" in found.text
        await found.press("escape", "p", "down", "enter")
        await found.until(lambda: "Plugins > my-panel" in found.text)
        assert "Traceback" in found.text
        await found.press("escape")
        assert "KeyError: 'seat'" in found.text


async def test_a_panel_is_copied_as_text() -> None:
    async with seen() as found:
        await found.press("y")
        copied = found.app.clipboard
        assert copied.startswith("Queues\n")
        assert "71.0!" in copied
        assert "1:42!" in copied
        assert "ASA" in copied


@pytest.mark.parametrize("health", [Health.STALLED, Health.FAULTED])
async def test_a_broken_panel_keeps_its_last_view_and_says_why(health: Health) -> None:
    desk = FakeDesk()
    desk.put("queue-status", views.queues_view(desk.now()), health, "KeyError: 'seat'")
    async with seen(desk) as found:
        assert f"1 Queues  ! {health.value}, as of 10:41:07" in found.text
        assert "KeyError: 'seat' - F5 tries again" in found.text
        assert "退税 refunds" in found.text
        assert found.table().dimmed
        await found.press("f5")
        assert desk.asked == [("retry", "queue-status")]
        desk.put("queue-status", views.queues_view(desk.now()))
        await found.settle()
        assert not found.table().dimmed
        assert "as of" not in found.text


async def test_a_panel_that_was_never_built_says_that_it_is_read() -> None:
    desk = FakeDesk()
    desk.put("needs-you", None)
    desk.put("agents", None, Health.FAULTED, "no module named x")
    async with seen(desk) as found:
        assert "Reading Needs you..." in found.text
        assert "* no module named x" in found.text


async def test_the_first_panel_keeps_the_keys_when_all_are_read_at_once() -> None:
    desk = FakeDesk()
    shows = dict(desk.shows)
    for panel in shows:
        desk.put(panel, None)
    async with seen(desk) as found:
        for panel, show in shows.items():
            desk.put(panel, show.view)
        await found.settle()
        await found.until(lambda: found.table(1).has_focus)


async def test_a_view_may_change_its_shape() -> None:
    async with seen() as found:
        await found.press("2")
        for view in (Notice("none"), views.detail_view("x", 0.0), Stack(()), Text.of("a\nb"), views.needs_view(0.0)):
            found.desk.put("needs-you", view)
            await found.settle()
        assert "李娜" in found.text
        assert found.table(2).has_focus


async def test_a_command_acts_on_the_row_under_the_cursor() -> None:
    desk = FakeDesk()
    desk.outcomes = (Toast("noted for [b]support[/b]", Tone.NOTICE), Open("agents", "agent:6500"))
    async with seen(desk) as found:
        await found.press("down", "n")
        await found.until(lambda: ("detail", "agents", "agent:6500") in desk.asked)
        await found.settle()
        assert desk.asked[0] == ("note", "queue-status", "sales")
        assert "noted for [b]support[/b]" in found.text


async def test_the_palette_offers_commands_panels_and_colours() -> None:
    async with seen() as found:
        await found.press("ctrl+p")
        await found.until(lambda: "Colours: contrast" in found.text)
        await found.press(*"needs")
        await found.until(lambda: "Panel: Queues" not in found.text)
        await found.press("enter")
        await found.until(lambda: found.table(2).has_focus)


async def test_colours_change_and_come_round() -> None:
    async with seen() as found:
        names = []
        for _turn in range(3):
            await found.press("c")
            names.append(found.app.theme)
        assert names == ["light", "contrast", "dark"]


async def test_a_replay_is_held_hurried_and_moved() -> None:
    desk = FakeDesk(replay=True)
    replay = desk.replay
    assert replay is not None
    async with seen(desk) as found:
        await found.press("space")
        assert "REPLAY paused" in found.lines[0]
        assert not found.app.stage.beat.runs
        await found.press("space", "right_square_bracket")
        assert replay.rate == 16
        await found.press("left_square_bracket", "left_square_bracket")
        assert replay.rate == 4
        await found.press("full_stop", "full_stop", "comma")
        assert desk.now() == views.START + 10
        assert "10:41:17" in found.lines[0]


async def test_replay_keys_do_nothing_on_a_live_floor() -> None:
    async with seen() as found:
        await found.press("right_square_bracket", "full_stop", "comma")
        assert found.desk.now() == views.START


def alarm(name: str) -> RaisedAlert:
    return RaisedAlert("rule", Alert(name, name, AlertTone.ALARM), views.START)


async def rings(found: Seen, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often the bell rang while a first and then the same second alarm came."""
    count = 0

    def ring(_bell: str) -> None:
        nonlocal count
        count += 1

    monkeypatch.setattr(found.app, "write_to_terminal", ring)
    for alerts in ((alarm("first"),), (alarm("first"), alarm("second")), (alarm("second"),)):
        snapshot = views.snapshot_at(found.desk.now())
        found.desk.snapshot = type(snapshot)(at=snapshot.at, rules=snapshot.rules, alerts=alerts)
        found.desk.tell()
        await found.settle()
        await found.until(lambda: f"! {len(alerts)}" in found.lines[0])  # noqa: B023  # awaited within the turn
    return count


async def test_a_new_alarm_rings_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with seen() as found:
        found.desk.tell()
        await found.settle()
        assert await rings(found, monkeypatch) == 2


async def test_nothing_rings_in_a_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    async with seen(FakeDesk(replay=True)) as found:
        found.desk.tell()
        await found.settle()
        assert await rings(found, monkeypatch) == 0


async def test_a_covered_dashboard_catches_up_when_it_is_seen_again() -> None:
    async with seen() as found:
        await found.press("f1")
        found.desk.put("queue-status", views.queues_view(found.desk.now(), [("billing", 4)]))
        found.desk.feeds = (FeedWord("roster", "ok"),)
        found.desk.tell()
        await found.settle()
        assert "roster ok" in found.lines[0]
        await found.press("escape")
        assert "billing" in found.text


@pytest.mark.parametrize("key", ["q", "ctrl+q", "f10", "ctrl+c"])
async def test_leaving_asks_nothing(key: str) -> None:
    async with seen() as found:
        await found.pilot.press(key)
        await found.until(lambda: not found.app.is_running)


async def test_a_footer_word_can_be_clicked() -> None:
    async with seen() as found:
        x = found.lines[-1].index("F1")
        await found.pilot.click(offset=(x, 35))
        await found.settle()
        assert "show rows that hold these words" in found.text


class BrokenDesk(FakeDesk):
    """A desk that cannot begin."""

    async def start(self, on_change: object) -> None:  # noqa: ARG002  # it fails before it tells anything
        """Fail."""
        raise OSError("no such file: queue_log")


async def test_what_the_desk_fails_of_is_kept_for_the_caller() -> None:
    from floorwatch.app.floor_app import FloorApp

    app = FloorApp(BrokenDesk())
    async with app.run_test() as pilot:
        await Seen(app, BrokenDesk(), pilot).until(lambda: app.failure is not None)
    assert isinstance(app.failure, OSError)


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(KeyError):
        run(FakeDesk(), theme="purple")


async def test_the_strangest_views_are_drawn() -> None:
    odd = Table(
        (Column("", "", 0), Column("a", "王" * 50, -3)),
        (Row("", ()), Row("", (Cell(), Cell(), Cell(), Cell())), Row("x", (Cell(since=float("inf")),), parent="x")),
        sort="-gone",
    )
    desk = FakeDesk()
    for panel, view in (("queue-status", odd), ("needs-you", Stack((Stack(()), odd, odd))), ("agents", Table((), ()))):
        desk.put(panel, view)
    async with seen(desk, size=(40, 10)) as found:
        await found.press("tab", "down", "right", "s", "enter", "tab", "down", "enter", "y", "question_mark")
        await found.pilot.resize_terminal(3, 2)
        await found.settle()
        await found.pilot.resize_terminal(120, 36)
        await found.press("escape", "escape", "escape")
        assert "1 Queues" in found.text


async def test_a_plugin_with_problems_is_told_once_at_the_start() -> None:
    desk = FakeDesk()
    desk.plugin_tone = Tone.WARN
    async with seen(desk) as found:
        assert "1 plugin has problems: my-panel - p tells" in found.text


async def test_plugins_that_are_well_are_not_spoken_of() -> None:
    async with seen(FakeDesk()) as found:
        assert "problems" not in found.text


async def test_who_moves_from_panel_to_panel_paints_these_two_and_not_the_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    painted = list[str]()
    full, partial = Compositor.render_full_update, Compositor.render_partial_update

    def paint_all(compositor: Compositor, *, simplify: bool = False) -> LayoutUpdate:
        painted.append("all of it")
        return full(compositor, simplify=simplify)

    def paint_some(compositor: Compositor) -> ChopsUpdate | None:
        painted.append("some of it")
        return partial(compositor)

    async with seen() as found:
        await found.press("1")
        monkeypatch.setattr(Compositor, "render_full_update", paint_all)
        monkeypatch.setattr(Compositor, "render_partial_update", paint_some)
        await found.press("2", "tab", "shift+tab")
        assert found.table(2).has_focus
        assert set(painted) == {"some of it"}
