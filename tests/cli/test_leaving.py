"""Who is told to leave leaves, whatever the main thread is at."""

import signal

import pytest

from tests.warm import run


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("way", ["finalizer", "callback"])
def test_what_is_raised_where_it_gets_lost_is_raised_again(way: str, number: signal.Signals) -> None:
    ended = run("tests.cli.told_in_passing", way, int(number))

    assert ended.out.splitlines() == [b"lost: ToldToLeave"]
    assert ended.status == 128 + number, ended.err
