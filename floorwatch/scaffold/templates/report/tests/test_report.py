"""What My report promises."""

from floorwatch.testing import Kit, check_plugin, check_report

import my_report
from my_report.report import MyReport


def test_visits_are_counted_by_queue(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009", seat="A07", team="A")
    floorwatch.at("09:10:00").enters("c1", "support")
    floorwatch.at("09:10:20").answers("王芳", "c1")
    floorwatch.at("09:11:00").enters("c2", "support")
    floorwatch.at("09:11:40").abandons("c2")

    table = floorwatch.report(MyReport(), "09:00", "10:00")

    assert table.to_dict("records") == [{"queue": "support", "visits": 2, "answered": 1, "wait_seconds": 30.0}]


def test_a_visit_counts_when_it_entered(floorwatch: Kit) -> None:
    floorwatch.at("09:59:50").enters("c1", "support")
    floorwatch.at("10:00:10").abandons("c1")

    assert list(floorwatch.report(MyReport(), "09:00", "10:00")["visits"]) == [1]
    assert floorwatch.report(MyReport(), "10:00", "11:00").empty


def test_it_keeps_to_the_rules_of_reports() -> None:
    check_report(MyReport())


def test_floorwatch_loads_it() -> None:
    check_plugin(my_report)
