"""The language of the command line, its help and its mistakes: the configuration's, else the machine's locale."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def chinese(folder: Path) -> Path:
    """A configuration that names the language."""
    file = folder / "floor.toml"
    file.write_text('[floor]\nlanguage = "zh_CN"\n', encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "words", [("--help",), ("watch", "--help"), ("notes", "--help"), ("notes", "search", "--help")]
)
def test_help_is_told_in_the_language_of_the_configuration(
    floorwatch: Run, chinese: Path, words: tuple[str, ...]
) -> None:
    english = floorwatch(*words).out
    ran = floorwatch("--config", chinese, *words)

    assert ran.status == 0
    assert ran.out.startswith("用法: ")
    assert "显示本说明后退出。" in ran.out
    assert not [line for line in ran.out.splitlines() if line in english.splitlines() and len(line.split()) > 2]


def test_help_of_a_plugin_s_command_is_told_so_too(floorwatch: Run, chinese: Path) -> None:
    ran = floorwatch("--config", chinese, "ask", "--help")

    assert "求助" in ran.out
    assert "插件 seat-support 的命令。" in ran.out


def test_the_locale_is_asked_where_the_configuration_says_nothing(
    floorwatch: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_SG.UTF-8")

    assert "实时查看数据源。" in floorwatch("--help").out


def test_the_configuration_has_the_last_word(floorwatch: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("LC_MESSAGES", "zh_CN.UTF-8")
    (folder / "floor.toml").write_text('[floor]\nlanguage = "en"\n', encoding="utf-8")

    assert "Watch feeds live." in floorwatch("--config", "floor.toml", "--help").out


def test_what_is_wrong_with_a_configuration_is_told_in_its_language(floorwatch: Run, chinese: Path) -> None:
    chinese.write_text('[floor]\nlanguage = "zh_CN"\nday_starts = "06:17"\n', encoding="utf-8")
    ran = floorwatch("--config", chinese, "config", "check")

    assert ran.status == 1
    assert "须在整刻钟上" in ran.err


@pytest.mark.parametrize(
    "text", ["[floor\n", "[floor]\nlanguage = 7\n", "floor = 3\n", '[floor]\nlanguage = "zh"\nlanguage']
)
def test_a_configuration_that_cannot_be_read_names_no_language(floorwatch: Run, folder: Path, text: str) -> None:
    (folder / "floor.toml").write_text(text, encoding="utf-8")
    ran = floorwatch("--config", "floor.toml", "config", "check")

    assert ran.status == 1
    assert ran.err.isascii()


def test_the_second_language_of_a_process_is_not_the_first(floorwatch: Run, chinese: Path) -> None:
    assert "实时查看数据源。" in floorwatch("--config", chinese, "--help").out
    assert "Watch feeds live." in floorwatch("--help").out


def test_settings_are_shown_with_their_source(floorwatch: Run, chinese: Path) -> None:
    ran = floorwatch("--config", chinese, "config", "show")

    assert "文件" in ran.out
    assert "自定：午夜" in ran.out
