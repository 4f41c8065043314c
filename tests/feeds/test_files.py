"""Opening feeds by path, URL and pattern: what is followed, what is waited for, and what is refused in words."""

import os
import threading
from pathlib import Path

import pytest

from floorwatch.feeds.files import FileSource, files_of, locate, read_sample
from floorwatch.feeds.jsonl import encode
from floorwatch.feeds.shapes import Feed, FeedError
from floorwatch.model.events import CallEntered
from tests.feeds.log_files import NOW, append, drained
from tests.patience import PATIENCE_SECONDS

LINE = encode(CallEntered(NOW, "c", "q")) + b"\n"


def nothing() -> None:
    """A wake-up that nobody waits for."""


def opened(url: str | Path, *, follow: bool = False) -> Feed:
    return FileSource().open(str(url), "floor", nothing, follow=follow)


def test_a_path_a_url_a_folder_and_a_pattern_open_the_same_lines(tmp_path: Path) -> None:
    path = tmp_path / "my log.jsonl"
    append(path, LINE)
    urls = [
        str(path),
        path.as_uri(),
        f"file:{path}",
        str(tmp_path),
        f"{tmp_path}/*.jsonl",
        f"{tmp_path}/my?log.[j]sonl",
    ]
    assert [drained(opened(url)) for url in urls] == [[LINE.strip()]] * len(urls)


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    append(tmp_path / "log[1]", b"a\n")
    append(tmp_path / "log1", b"b\n")
    assert drained(opened(tmp_path / "log[1]")) == [b"a"]


def test_home_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert locate("~/queue_log").path == tmp_path / "queue_log"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("none", "no such file"),
        ("empty", "no files"),
        ("*.log", "name like"),
        ("a*/b.log", "pattern"),
        ("pipe", "pipe"),
    ],
)
def test_what_cannot_be_read_now_is_refused_in_one_line(tmp_path: Path, name: str, word: str) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    path = tmp_path / "a*" / "b.log" if "/" in name else tmp_path / name
    url = f"{path}*" if name == "a*/b.log" else str(path)
    with pytest.raises(FeedError, match=word) as refusal:
        opened(url)
    assert str(tmp_path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("url", ["", "file:", "file://elsewhere/log"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(FeedError):
        opened(url)


def test_a_pipe_is_refused_even_when_following(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FeedError, match="pipe"):
        opened(tmp_path / "pipe", follow=True)


def test_what_may_still_come_is_followed(tmp_path: Path) -> None:
    feed = opened(tmp_path / "later", follow=True)
    assert drained(feed) == []
    assert feed.health.state == "waiting"
    feed.close()
    feed.close()


def test_growth_wakes_a_followed_file_once_it_has_caught_up(tmp_path: Path) -> None:
    woken = threading.Event()
    append(tmp_path / "queue_log", b"a\n")
    feed = FileSource().open(str(tmp_path / "queue_log"), "floor", woken.set)
    assert drained(feed) == [b"a"]
    assert woken.is_set()  # once, for what came before the watch stood
    woken.clear()
    append(tmp_path / "queue_log", b"b\n")
    assert woken.wait(PATIENCE_SECONDS)
    assert drained(feed) == [b"b"]
    feed.close()


@pytest.mark.parametrize(("name", "word"), [("none", "no such file"), ("binary", "binary"), ("folder", "no files")])
def test_a_sample_of_what_is_no_text_is_refused_in_words(tmp_path: Path, name: str, word: str) -> None:
    append(tmp_path / "binary", bytes(range(256)))
    (tmp_path / "folder").mkdir()
    with pytest.raises(FeedError, match=word):
        read_sample(files_of(locate(str(tmp_path / name)))[0])


def test_a_sample_that_may_not_be_read_is_refused_in_words(unprivileged: Path) -> None:
    append(unprivileged / "queue_log", b"a\n")
    (unprivileged / "queue_log").chmod(0)
    with pytest.raises(FeedError, match="permission"):
        read_sample(unprivileged / "queue_log")
