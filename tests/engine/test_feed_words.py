"""Each thing that may be the matter with a feed has a sign and a word, the worst first; a line refused now and then has
none."""

import pytest

from floorwatch.engine.desk import FeedWord
from floorwatch.engine.feed_watch import FeedReport, Lately, Loss
from floorwatch.engine.feed_words import feed_word
from floorwatch.feeds.shapes import LAGS_KEPT, FeedHealth
from floorwatch.model.snapshot import FeedState
from floorwatch.views import Tone

NOW = 1_795_255_200.0


def report(  # noqa: PLR0913  # what may be the matter, by name
    state: str = "ok",
    *,
    reason: str = "",
    lacks: str = "",
    age: float | None = 1.0,
    lag: float | None = None,
    lately: Lately = Lately(),  # noqa: B008  # frozen
    losses: tuple[Loss, ...] = (),
    silent: bool = False,
    live: bool = True,
    opening: bool = False,
    documents: bool = False,
    too_old: bool = False,
    read: tuple[int, int] = (10, 10),
) -> FeedReport:
    """What is known of a feed."""
    health = FeedHealth(
        "log", state, reason, lacks=lacks, bytes_read=read[0], bytes_total=read[1], of_documents=documents, lines=100
    )
    if too_old:
        health.lines, health.last_line_at = 0, NOW - 20 * 86_400
    for _line in range(LAGS_KEPT if lag is not None else 0):
        health.came_late(lag or 0.0)
    last = None if age is None else NOW - age
    return FeedReport(
        "log",
        NOW,
        health,
        FeedState("log", 100, last),
        lately=lately,
        losses=losses,
        silent_since=last if silent else None,
        is_followed=live,
        is_opening=opening,
    )


def said(found: FeedReport) -> tuple[str, str, Tone, bool]:
    word: FeedWord = feed_word(found)
    return word.glyph, word.word, word.tone, word.stale


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (report(), ("=", "ok", Tone.CALM, False)),
        (report(age=None), ("=", "no line yet", Tone.CALM, False)),
        (report(age=None, live=False), ("=", "ok", Tone.CALM, False)),
        (report(age=None, documents=True), ("=", "ok", Tone.CALM, False)),
        (report(age=None, too_old=True), ("-", "silent", Tone.WARN, True)),
        (report(age=5.0, too_old=True), ("=", "ok", Tone.CALM, False)),
        (report(age=None, too_old=True, documents=True), ("=", "ok", Tone.CALM, False)),
        (report("lost", age=None, too_old=True), ("x", "lost", Tone.ALARM, True)),
        (report(age=None, too_old=True, opening=True, read=(43, 100)), (">", "43.0 % read", Tone.NOTICE, False)),
        (report("starting", age=None), (">", "starting", Tone.NOTICE, False)),
        (report(opening=True, read=(43, 100)), (">", "43.0 % read", Tone.NOTICE, False)),
        (report("waiting", age=None), (".", "waiting", Tone.WARN, True)),
        (report("waiting", lacks="file", age=None), (".", "missing", Tone.WARN, True)),
        (report("waiting", lacks="permission", age=None), ("#", "denied", Tone.ALARM, True)),
        (report("lost", lacks="permission", age=11), ("#", "denied", Tone.ALARM, True)),
        (report("lost", lacks="file", age=11), ("x", "lost", Tone.ALARM, True)),
        (report("ok", lacks="permission", reason="b.log: no permission"), ("/", "partly read", Tone.WARN, False)),
        (report("lost", age=11), ("x", "lost", Tone.ALARM, True)),
        (report("failed", age=11), ("x", "failed", Tone.ALARM, True)),
        (report("ended"), ("|", "ended", Tone.MUTED, False)),
        (report(silent=True, age=300), ("-", "silent", Tone.WARN, True)),
        (report(lag=42), ("<", "behind 0:42", Tone.NOTICE, False)),
        (report(lag=61), ("<", "behind 1:01", Tone.WARN, True)),
        (report(reason="b.xlsx: torn"), ("/", "partly read", Tone.WARN, False)),
        (report(losses=(Loss(NOW - 3599, 1),)), ("/", "possible loss", Tone.WARN, False)),
        (report(lately=Lately(None, 100, 12)), ("?", "12 refused", Tone.WARN, False)),
        (report("connecting"), ("*", "connecting", Tone.WARN, False)),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "",
)
def test_every_condition_has_its_sign_and_its_word(found: FeedReport, expected: tuple[str, str, Tone, bool]) -> None:
    assert said(found) == expected


@pytest.mark.parametrize(
    "found",
    [
        report(lately=Lately(None, 300, 3)),
        report(lately=Lately(None, 10, 2)),
        report(losses=(Loss(NOW - 3600, 9),)),
        report(lag=9.9),
        report(lag=-7200.0),
        report(lag=300, age=121),
        report(lag=300, live=False),
    ],
    ids=[
        "1 % refused",
        "two refused",
        "a loss of an hour ago",
        "a short lag",
        "a switch ahead of us",
        "an old lag",
        "replay",
    ],
)
def test_what_is_normal_is_not_said(found: FeedReport) -> None:
    assert said(found) == ("=", "ok", Tone.CALM, False)


def test_a_rotation_makes_no_figure_old() -> None:
    assert not feed_word(report("lost", age=9)).stale


def test_a_rotated_file_that_is_read_to_its_end_is_no_trouble() -> None:
    found = report(reason="rotated: the old file is still read for a moment")
    found.health.is_turning = True
    assert said(found) == ("=", "ok", Tone.CALM, False)


def test_documents_never_make_figures_old() -> None:
    assert not feed_word(report("lost", age=None, documents=True)).stale


def test_what_keeps_lines_from_coming_is_said_before_what_is_wrong_with_some() -> None:
    refused = Lately(None, 100, 50)
    assert feed_word(report("lost", lately=refused)).word == "lost"
    assert feed_word(report(silent=True, age=500, lag=90, lately=refused)).word == "silent"
    assert feed_word(report(lag=90, lately=refused)).word == "behind 1:30"


def test_the_lag_is_that_of_the_quickest_of_the_last_lines_and_never_negative() -> None:
    health = FeedHealth("log")

    def after(*lags: float) -> float | None:
        for lag in lags:
            health.came_late(lag)
        return health.lag_seconds

    assert after(900.0, 900.0, 900.0, 2.0) is None, "too few to tell"
    assert after(900.0) == 2.0
    assert after(40.0, 41.0, 42.0, 43.0, 44.0) == 40.0
    assert after(-3.0) == 0.0


def test_bytes_left_are_known_of_files_alone() -> None:
    assert FeedHealth("log", lines=3, bytes_read=30, bytes_total=100).bytes_left == 70
    assert FeedHealth("log", lines=3, bytes_read=100, bytes_total=30).bytes_left == 0, "it was written anew"
    assert FeedHealth("plugin", lines=3).bytes_left is None


def test_the_last_refused_lines_are_kept_beside_the_first() -> None:
    health = FeedHealth("log")
    for number in range(500):
        health.reject("torn", number, b"x" * 1000)
    assert [offset for offset, _reason, _raw in health.last_rejected] == list(range(490, 500))
    assert len(health.rejected_lines) == 100
    assert max(len(raw) for _offset, _reason, raw in health.last_rejected) == 200
