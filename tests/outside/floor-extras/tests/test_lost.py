"""What the report lost-by-hour promises."""

from floorwatch.testing import Kit, check_report

from floor_extras.lost import LostByHour


def test_the_lost_are_counted_in_the_hour_of_their_entry(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009")
    floorwatch.at("09:10:00").enters("c1", "support")
    floorwatch.at("09:10:20").answers("王芳", "c1")
    floorwatch.at("09:59:50").enters("c2", "support")
    floorwatch.at("10:00:10").abandons("c2")
    floorwatch.at("10:05:00").enters("c3", "support")
    floorwatch.at("10:06:00").leaves("c3", "timeout")
    floorwatch.at("10:10:00").enters("c4", "support")

    table = floorwatch.report(LostByHour(), "09:00", "11:00", at="10:11")

    assert table.to_dict("records") == [
        {
            "hour": "2026-03-10 09:00+0800",
            "queue": "support",
            "came": 2,
            "lost": 1,
            "lost_rate": 0.5,
            "lost_wait_seconds": 20.0,
        },
        {
            "hour": "2026-03-10 10:00+0800",
            "queue": "support",
            "came": 2,
            "lost": 1,
            "lost_rate": 0.5,
            "lost_wait_seconds": 60.0,
        },
    ]


def test_who_came_before_or_after_the_span_is_left_out(floorwatch: Kit) -> None:
    floorwatch.at("09:59:50").enters("c1", "support").enters("c2", "support")
    floorwatch.at("10:00:10").abandons("c1")

    assert list(floorwatch.report(LostByHour(), "09:00", "10:00")["came"]) == [2]
    assert floorwatch.report(LostByHour(), "10:00", "11:00").empty


def test_an_hour_that_comes_twice_is_two(floorwatch: Kit) -> None:
    floorwatch.day("2026-10-25", zone="Europe/Berlin")
    for call, hour in (("c1", 0), ("c2", 1)):
        entered = 1792886400 + 3600 * hour + 600
        floorwatch.at(entered).enters(call, "support")
        floorwatch.at(entered + 30).abandons(call)

    table = floorwatch.report(LostByHour(), at=1792900000)

    assert list(table["hour"]) == ["2026-10-25 02:00+0200", "2026-10-25 02:00+0100"]


def test_a_recording_has_lost_calls(floorwatch: Kit) -> None:
    floorwatch.load("support-in-trouble")

    table = floorwatch.report(LostByHour())

    assert 0 < table["lost"].sum() <= table["came"].sum()


def test_it_keeps_to_the_rules_of_reports() -> None:
    check_report(LostByHour())
