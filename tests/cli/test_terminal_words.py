"""A terminal or a locale in which nothing could be read: a clear word before the screen opens, by the real command."""

import sys

import pytest

from floorwatch.cli.failing import WorkError
from floorwatch.cli.terminal import check_terminal
from tests.app.terminals import terminal

DEMO = (sys.executable, "-m", "floorwatch", "--no-plugins", "demo")


@pytest.mark.parametrize("locale", ["zh_CN.GBK", "xx_XX.nonsense"])
def test_a_locale_that_is_not_utf8_is_told_what_to_do_in_plain_ascii(locale: str) -> None:
    with terminal(*DEMO, env={"LC_ALL": locale}) as screen:
        assert screen.ended() == 1
        said = screen.drawn.decode("ascii")
        assert "export LC_ALL=C.UTF-8" in said
        assert f"LC_ALL={locale}" in said
        assert "Traceback" not in said
        assert "\x1b[?1049h" not in said, "the screen did not open"


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"LC_CTYPE": "zh_CN.GB18030", "LANG": "en_US.UTF-8"}, "LC_CTYPE=zh_CN.GB18030"),
        ({"LANG": "de_DE.ISO-8859-1@euro"}, "LANG=de_DE.ISO-8859-1@euro"),
        ({"LC_ALL": "", "LANG": "zh_CN.GBK"}, "LANG=zh_CN.GBK"),
    ],
)
def test_the_variable_that_counts_is_named(env: dict[str, str], told: str) -> None:
    with pytest.raises(WorkError, match=told):
        check_terminal(env, "utf-8")


@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "", "LC_CTYPE": "", "LANG": ""}])
def test_in_the_c_locale_python_writes_utf8_and_the_screen_opens(env: dict[str, str]) -> None:
    with terminal(*DEMO, env=env) as screen:
        screen.until("╭")
        screen.type("\x11")
        assert screen.ended() == 0


def test_a_terminal_without_a_cursor_is_told_and_gets_no_garbage() -> None:
    with terminal(*DEMO, env={"TERM": "dumb"}) as screen:
        assert screen.ended() == 1
        assert b"TERM=dumb" in screen.drawn
        assert b"\x1b" not in screen.drawn


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"TERM": "xterm", "LANG": "zh_CN.utf8"},
        {"LC_ALL": "zh_CN"},
        {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.GBK"},
        {"LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "1"},
    ],
)
def test_what_can_be_read_passes(env: dict[str, str]) -> None:
    check_terminal(env, "UTF-8")


def test_python_that_writes_something_else_is_told() -> None:
    with pytest.raises(WorkError, match="gbk") as told:
        check_terminal({"PYTHONUTF8": "1"}, "gbk")
    assert str(told.value).isascii()


def test_a_hostile_name_of_a_locale_is_said_in_ascii() -> None:
    with pytest.raises(WorkError) as told:
        check_terminal({"LC_ALL": "\x1b]0;王\x07.GBK"}, "utf-8")
    assert str(told.value).isascii()
    assert str(told.value).isprintable()
