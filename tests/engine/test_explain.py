"""What `?` shows: the service level under X-ray, the rates with the calls that they lost, the head of every page."""

import pytest
from msgspec.structs import replace

from floorwatch.engine.explain import explained
from floorwatch.engine.explain_level import filled, promises
from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import Event, LeftHow
from floorwatch.model.floor import Floor
from floorwatch.model.service_level import SERVICE_LEVELS, Volume
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules, Target
from floorwatch.views import Explain, RowKind, Stack, Table, Text, Tone
from tests.engine.small_floor import START, house_in

VECTOR = Volume(100, 85, 70, 12, 10, 4, 3)
"""The first golden vector."""


def the_vector(*, waiting: int = 0) -> list[Event]:
    """The calls of the vector, one after the other, and so many who have waited for a minute."""
    answered = [5.0] * 70 + [float(30 + n) for n in range(15)]
    given_up = [2.0] * 4 + [10.0] * 6 + [50.0] * 2
    found: list[Event] = []
    for n, wait in enumerate(answered):
        found += [_entered(f"a{n}", n), ev.CallAnswered(START + n + wait, f"a{n}", "support", "李娜", wait)]
    for n, wait in enumerate(given_up, 100):
        found += [_entered(f"b{n}", n), ev.CallAbandoned(START + n + wait, f"b{n}", "support", None, wait)]
    for n in range(200, 203):
        found += [_entered(f"x{n}", n), ev.CallLeft(START + n + 9, f"x{n}", "support", LeftHow.TIMEOUT)]
    return found + [_entered(f"w{n}", n + 540) for n in range(waiting)]


def _entered(call: str, after: float) -> Event:
    return ev.CallEntered(START + after, call, "support", "13800001234")


def floor_of(stream: list[Event], **rules: Target) -> FloorSnapshot:
    floor = Floor(FloorRules(FloorDays(), targets=rules))
    for event in sorted(stream, key=lambda event: event.at):
        floor.apply(event, "log")
    return floor.snapshot(START + 600)


def page(floor: FloorSnapshot, metric: str = "service-level", queues: tuple[str, ...] = ("support",)) -> Stack:
    view = explained(floor, house_in().catalogue, Explain(metric, queues))
    assert isinstance(view, Stack)
    return view


def tables(view: Stack) -> list[Table]:
    return [part for part in view.views if isinstance(part, Table)]


def words(part: object) -> str:
    assert isinstance(part, Text)
    return "\n".join("".join(cell.text for cell in line.cells) for line in part.lines)


def test_the_first_line_says_what_cost_it_and_how_far_it_is() -> None:
    head = page(floor_of(the_vector())).views[0]

    assert isinstance(head, Text)
    assert words(head).split("\n")[0] == (
        "support: 75.3 % by short-out, target 80 %. What cost it: 15 answered late, 8 given up. "
        "22 more in time would reach 80 %."
    )
    assert head.lines[0].cells[0].tone is Tone.WARN
    assert "T = 20 s, s = 5 s" in words(head)


def test_at_the_target_it_says_what_may_still_be_lost() -> None:
    head = page(floor_of(the_vector()[:140])).views[0]
    assert words(head).startswith("support: 100.0 % by short-out, target 80 %. 17 more may be late or lost")


def test_all_definitions_stand_side_by_side_with_their_counts() -> None:
    definitions = tables(page(floor_of(the_vector())))[0]

    rows = {row.key: [cell.text for cell in row.cells] for row in definitions.rows}
    assert next(iter(rows)) == "short-out"
    assert {name: row[1:4] for name, row in rows.items()} == {
        "short-out": ["75.3", "", "70 / 93"],
        "answered": ["82.4", "+7.1", "70 / 85"],
        "offered": ["70.0", "-5.3", "70 / 100"],
        "abandons": ["72.2", "-3.1", "70 / 97"],
        "ignore": ["77.8", "+2.5", "70 / 90"],
        "positive": ["80.0", "+4.7", "80 / 100"],
        "late-only": ["80.5", "+5.2", "70 / 87"],
    }
    assert rows["short-out"][5] == "A_T 70 / (A 85 + B 12 - S 4 + W_T 0)"
    assert rows["positive"][4] == ("good: 6 given up within T, 4 given up before s; against: 3 left another way")


def test_the_letters_are_said_with_their_counts() -> None:
    assert words(page(floor_of(the_vector(waiting=2))).views[2]) == (
        "O 102 came: A 85 answered (A_T 70 in time), B 12 given up (B_T 10 within T, S 4 before s), "
        "X 3 left another way, W 2 waiting (W_T 2 past T)."
    )


def test_every_call_that_was_not_answered_in_time_stands_under_its_kind() -> None:
    calls = tables(page(floor_of(the_vector(waiting=1))))[-1]

    groups = {row.key: row.cells[0].text for row in calls.rows if row.kind is RowKind.GROUP}
    assert groups == {
        "kind:waiting-late": "1 waits past T now",
        "kind:late": "15 answered late",
        "kind:given-up-late": "2 given up after T",
        "kind:given-up": "6 given up within T",
        "kind:short": "4 given up before s",
        "kind:timeout": "3 timed out",
    }
    assert sum(row.kind is RowKind.PLAIN for row in calls.rows) == 31


def test_a_row_says_who_answered_how_late_and_how_each_definition_counts_it() -> None:
    calls = tables(page(floor_of(the_vector())))[-1]

    titles = [column.key for column in calls.columns]
    row = dict(zip(titles, next(row for row in calls.rows if row.key == "call:support/a84").cells, strict=True))
    assert (row["agent"].text, row["wait"].text, row["over"].text) == ("李娜", "0:44", "+0:24")
    assert row["number"].text == "*********34"
    short = dict(zip(titles, next(row for row in calls.rows if row.parent == "kind:short").cells, strict=True))
    assert {key.partition(":")[2]: cell.text for key, cell in short.items() if key.startswith("sign:")} == {
        "short-out": "",
        "answered": "",
        "offered": "-",
        "abandons": "-",
        "ignore": "",
        "positive": "+",
        "late-only": "",
    }


def test_of_many_calls_the_newest_are_listed_and_the_rest_are_counted() -> None:
    stream: list[Event] = []
    for n in range(100):
        stream += [_entered(f"c{n}", n), ev.CallAbandoned(START + n + 60, f"c{n}", "support")]

    calls = tables(page(floor_of(stream)))[-1]

    assert calls.rows[0].cells[0].text == "100 given up after T"
    assert calls.rows[1].key == "call:support/c99"
    assert calls.rows[-1].cells[0].text == "and 40 more"


def test_a_call_that_came_twice_has_two_rows_of_which_the_older_says_when() -> None:
    stream: list[Event] = []
    for at in (0.0, 100.0):
        stream += [_entered("c", at), ev.CallAbandoned(START + at + 60, "c", "support")]

    rows = [row for row in tables(page(floor_of(stream)))[-1].rows if row.kind is RowKind.PLAIN]

    assert [row.key for row in rows] == ["call:support/c", f"call:support/c@{START:.3f}"]


def test_a_call_that_waits_again_is_another_row_than_its_visit_before() -> None:
    stream = [_entered("c", 0.0), ev.CallAbandoned(START + 60, "c", "support"), _entered("c", 100.0)]

    rows = [row for row in tables(page(floor_of(stream)))[-1].rows if row.kind is RowKind.PLAIN]

    assert f"call:support/c@{START:.3f}" in [row.key for row in rows]


def test_numbers_are_masked_and_a_word_is_no_number() -> None:
    stream: list[Event] = []
    for at, number in ((0.0, "13800001234"), (100.0, "anonymous")):
        stream += [
            ev.CallEntered(START + at, f"c{at}", "support", number),
            ev.CallAbandoned(START + at + 60, f"c{at}", "support"),
        ]

    rows = [row for row in tables(page(floor_of(stream)))[-1].rows if row.kind is RowKind.PLAIN]

    assert [row.cells[1].text for row in rows] == ["", "*********34"]


def test_several_queues_are_judged_each_by_its_own_promise() -> None:
    stream = [*the_vector(), ev.CallEntered(START, "s", "sales"), ev.CallAnswered(START + 25, "s", "sales", "李娜")]
    floor = floor_of(stream, sales=Target(seconds=30.0, short_seconds=3.0))

    assert promises(floor.total).endswith("T/s are each queue's own: sales 30/3, support 20/5.")
    view = page(floor, queues=())
    assert words(view.views[0]).startswith("Whole floor: ")
    assert "15 answered late" in words(view.views[0])
    assert "queue" in [column.key for column in tables(view)[-1].columns]


def test_a_target_of_another_definition_is_the_one_that_stands_first() -> None:
    floor = floor_of(the_vector(), support=replace(Target(), definition="positive"))

    view = page(floor)

    assert words(view.views[0]).startswith("support: 80.0 % by positive, target 80 %.")
    assert [row.key for row in tables(view)[0].rows][:2] == ["positive", "answered"]
    assert next(c.key for c in tables(view)[-1].columns if c.key.startswith("sign:")) == "sign:positive"


def test_a_day_without_calls_has_nothing_to_show() -> None:
    view = page(floor_of([]), queues=())

    assert words(view.views[0]).startswith("Whole floor: - % by short-out, target 80 %. No call counts yet.")
    assert tables(view)[-1].rows == ()


def test_the_answer_rate_shows_the_calls_that_it_lost() -> None:
    view = page(floor_of(the_vector()), "answer-rate")

    assert words(view.views[0]).split("\n")[:2] == [
        "support: Answer rate 85.0 %, target 90 %. What cost it: 12 given up, 3 left another way. "
        "50 more in time would reach 90 %.",
        "Formula: A / (A + B + X) = A 85 / (A 85 + B 12 + X 3)",
    ]
    kinds = [row.key for row in tables(view)[-1].rows if row.kind is RowKind.GROUP]
    assert kinds == ["kind:given-up-late", "kind:given-up", "kind:short", "kind:timeout"]


def test_the_abandonment_rate_shows_who_gave_up() -> None:
    view = page(floor_of(the_vector()), "abandonment-rate")

    assert "Formula: B / (O - W) = B 12 / (O 100 - W 0)" in words(view.views[0])
    assert sum(row.kind is RowKind.PLAIN for row in tables(view)[-1].rows) == 12


def test_any_other_figure_says_its_value_and_how_it_was_reckoned() -> None:
    floor = floor_of(the_vector(waiting=1))

    assert words(page(floor, "asa").views[0]).split("\n")[:2] == [
        "support: Average speed of answer 0:10.",
        "Formula: waits of A / A = 905 / 85",
    ]
    assert words(page(floor, "longest-wait").views[0]).startswith("support: Longest wait 1:00, limit 1:00.")
    assert "T = " not in words(page(floor, "waiting").views[0])


def test_a_formula_is_filled_in_letter_by_letter() -> None:
    assert filled(SERVICE_LEVELS["ignore"].formula, VECTOR) == "A_T 70 / (O 100 - W 0 - B_T 10 + W_T 0)"
    assert filled(SERVICE_LEVELS["positive"].formula, VECTOR) == "(A_T 70 + B_T 10) / (O 100 - W 0 + W_T 0)"


@pytest.mark.parametrize(
    ("metric", "parts"),
    [
        ("waiting", [Text, Text]),
        ("offered", [Text, Text]),
        ("left", [Text, Text, Table]),
        ("talk", [Text, Table, Table]),
        ("answer-rate", [Text, Table, Text, Table]),
    ],
)
def test_a_page_has_no_part_that_could_only_be_empty(metric: str, parts: list[type]) -> None:
    assert [type(part) for part in page(floor_of(the_vector()), metric).views] == parts
