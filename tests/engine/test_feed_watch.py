"""What came lately is told from looks that are taken again and again; what was there before is not news."""

from msgspec.structs import replace

from floorwatch.engine.feed_page import feed_rows, feed_text
from floorwatch.engine.feed_watch import FeedReport, FeedWatch, Lately, Place
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.duty import Duty
from floorwatch.model.snapshot import FeedState, FloorSnapshot
from floorwatch.testing import floors
from floorwatch.views import Stack, Table, Text, View

START = floors.NOW


class Look:
    """Looks at one feed, whose counts the test says."""

    def __init__(self, *, live: bool = True, path: str = "/var/log/queue_log") -> None:
        self.health = FeedHealth("log", "ok")
        self.watch = FeedWatch({"log": Place(path, "Asterisk queue log")}, is_followed=live)
        self.opening = False

    def at(self, seconds: float, lines: int = 0, refused: int = 0, **state: object) -> FeedReport:
        now = START + seconds
        feed = FeedState("log", lines, now, {"torn": refused} if refused else {}, **state)  # type: ignore[arg-type]  # by name
        floor: FloorSnapshot = replace(floors.snapshot(at=now), feeds={"log": feed})
        return self.watch.look(self.health, floor, now, is_opening=self.opening)


def text_of(view: View) -> str:
    """Everything that stands in a view."""
    match view:
        case Stack():
            return "\n".join(map(text_of, view.views))
        case Table():
            return "\n".join("  ".join(cell.prefix + cell.text for cell in row.cells) for row in view.rows)
        case Text():
            return "\n".join("".join(cell.text for cell in line.cells) for line in view.lines)
        case _:
            raise AssertionError(view)


def test_lines_a_minute_are_those_of_the_last_minute() -> None:
    look = Look()
    look.at(0, 1000)
    look.at(1, 1000)
    assert look.at(3, 1004).lately.per_minute is None, "too short to tell"
    for second in range(5, 601, 5):
        look.at(second, 1000 + second)
    assert look.at(600, 1600).lately.per_minute == 60.0
    for second in range(605, 700, 5):
        look.at(second, 1600)
    assert look.at(700, 1600).lately.per_minute == 0.0


def test_only_what_was_refused_in_the_last_ten_minutes_is_lately() -> None:
    look = Look()
    look.at(0, 100, 90)
    look.at(2, 100, 90)
    assert look.at(10, 200, 95).lately == Lately(100 / 8 * 60, 100, 5, START + 2)
    for second in range(15, 700, 5):
        look.at(second, 200 + second, 95)
    assert look.at(700, 900, 95).lately.rejected == 0


def test_what_was_there_before_the_watch_is_not_lately() -> None:
    look = Look()
    look.opening = True
    look.at(0, 0)
    look.at(1, 50_000, 700)
    look.opening = False
    look.at(2, 50_000, 700)
    look.at(2.5, 60_000, 900)  # the last of it is shown
    look.at(4, 60_000, 900)
    assert look.at(20, 60_010, 901).lately == Lately(10 / 16 * 60, 10, 1, START + 4)


def test_another_moment_begins_anew() -> None:
    look = Look(live=False)
    for second in range(0, 100, 5):
        look.at(second, 1000 + second)
    assert look.at(-500, 300).lately == Lately()
    assert look.at(-480, 310).lately == Lately(since=START - 480)
    assert look.at(-460, 320).lately.lines == 10


def test_after_a_clock_was_set_back_lines_are_counted_on() -> None:
    look = Look()
    for second in range(0, 60, 5):
        look.at(second, 1000 + second)
    for second in range(-3600, -3540, 5):
        look.at(second, 4700 + second)
    assert look.at(-3540, 1160).lately.per_minute == 60.0


def test_each_possible_loss_has_its_time_and_months_of_them_are_not_kept() -> None:
    look = Look()
    look.at(0, 1)
    look.health.possible_loss, look.health.rotations = 1, 1
    look.at(30, 2)
    look.health.possible_loss = 3
    found = look.at(60, 3)
    assert [(loss.at - START, loss.count) for loss in found.losses] == [(30, 1), (60, 2)]
    assert found.rotated_at == START + 30
    for day in range(100):
        look.health.possible_loss += 1
        found = look.at(86_400.0 * day + 100, 4 + day)
    assert len(found.losses) == 20


def test_the_page_of_a_feed_tells_everything() -> None:
    look = Look()
    health = look.health
    health.polling, health.polling_reason = True, "the file system nfs4 does not tell of what others write"
    health.bytes_read, health.bytes_total, health.lines = 1000, 3500, 10
    look.at(0, 10)
    health.possible_loss, health.rotations, health.reason = 1, 2, "b.log: no permission"
    health.reject("fewer than five fields", 812, b"from 13905551234 \x1b[31m\x00 here")
    found = look.at(30, 10, 1, unknown_events={"FANCY": 4}, misfits={"end without talk": 2})
    said = text_of(feed_text(found, floors.snapshot().rules))

    for words in (
        "/ partly read",
        "b.log: no permission",
        "/var/log/queue_log",
        "Asterisk queue log",
        "by looking twice a second: the file system nfs4 does not tell",
        "2.5 kB, ~25 lines",
        "new lines  0 since 10:41",
        "of them refused  0",
        "rotations  2",
        "last rotation  10:41:37",
        "10:41:37: lines may have been lost: 1",
        "FANCY  4",
        "end without talk  2",
        "fewer than five fields  1",
        "byte 812: fewer than five fields",
    ):
        assert words in said
    assert "\x1b" not in said
    assert "13905551234" not in said


def test_what_was_yesterday_has_its_date() -> None:
    look = Look()
    look.health.possible_loss = 1
    look.at(0, 10)
    assert "\n03-10 10:41:07: lines may" in text_of(feed_text(look.at(86_400, 20), floors.snapshot().rules))


def test_what_was_another_year_has_that_too() -> None:
    look = Look()
    look.health.possible_loss = 1
    look.at(0, 10)
    assert "\n2026-03-10 10:41: lines may" in text_of(feed_text(look.at(365 * 86_400, 20), floors.snapshot().rules))


def test_in_a_row_the_reason_stands_before_it_is_cut() -> None:
    look = Look()
    look.health.state, look.health.reason = "waiting", "/var/log/queue_log: no permission to read it"
    found = look.at(0, 0)
    (row,) = feed_rows([found]).rows
    assert row.cells[-1].text == "queue_log: no permission to read it"
    page = feed_text(found, floors.snapshot().rules)
    assert isinstance(page, Stack)
    assert isinstance(page.views[0], Text), "what is long wraps"
    assert look.health.reason in text_of(page.views[0])


def test_numbers_are_shown_where_the_floor_allows_it() -> None:
    look = Look()
    look.health.reject("torn", 0, b"from 13905551234")
    rules = replace(floors.snapshot().rules, show_numbers=True)
    assert "13905551234" in text_of(feed_text(look.at(0, 1), rules))


def test_what_a_replay_cannot_know_is_said_and_not_shown_as_nothing_lost() -> None:
    look = Look(live=False)
    found = look.at(0, 10)
    said = text_of(feed_text(found, floors.snapshot().rules))
    assert said.count("not known") == 4
    (row,) = feed_rows([found]).rows
    loss = [column.key for column in feed_rows([found]).columns].index("loss")
    assert row.cells[loss].text == "-"


def test_a_feed_of_a_plugin_is_noticed_as_the_plugin_does() -> None:
    look = Look(path="ami://switch")
    said = text_of(feed_text(look.at(0, 10), floors.snapshot().rules))
    assert "as its plugin does" in said


def test_a_feed_of_documents_tells_of_each() -> None:
    look = Look()
    look.health.of_documents = True
    duty: Duty = floors.snapshot().duty
    floor = replace(floors.snapshot(), duty=duty)
    found = look.watch.look(look.health, floor, START)
    assert "none was read yet" in text_of(feed_text(found, floor.rules))
    assert found.silent_since is None


def test_every_count_of_a_row_is_in_its_column() -> None:
    look = Look()
    look.health.possible_loss = 7
    found = look.at(0, 1234, 5, unknown_events={"A": 2, "B": 1}, misfits={"c": 4})
    table = feed_rows([found])
    (row,) = table.rows
    shown = {column.key: cell.text for column, cell in zip(table.columns, row.cells, strict=True)}
    wanted = {"feed": "log", "lines": "1234", "refused": "5", "unknown": "3", "misfits": "4", "loss": "7"}
    assert {key: shown[key] for key in wanted} == wanted
