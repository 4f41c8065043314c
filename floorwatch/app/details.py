"""The page behind a row of a panel, and the pages behind its own rows."""

from collections.abc import Sequence
from functools import partial

from floorwatch.app.frame import PanelFrame
from floorwatch.app.page import Page
from floorwatch.app.part_view import PartView
from floorwatch.app.stage import Stage
from floorwatch.app.subject import Subject, subjects_of
from floorwatch.text import inert
from floorwatch.views import PersonField


def part_with(frame: PanelFrame, key: str) -> PartView | None:
    """The part of the panel that has a row of this key."""
    return next((part for part in frame.holders if part.has(key)), None)


def detail_page(
    stage: Stage, homes: Sequence[PanelFrame], frame: PanelFrame, part: PartView | None, key: str, above: str
) -> Page:
    """What stands behind the row, under the titles `above`; a row of it opens in the panel of `homes` that has such a
    row, else in this one."""
    title = f"{above} > {_words_of(stage, part, key)}"

    def behind(inner: str) -> Page:
        home = next((each for each in homes if part_with(each, inner) is not None), frame)
        return detail_page(stage, homes, home, part_with(home, inner) or home.holder, inner, title)

    build = partial(stage.desk.detail, frame.panel, key)
    about = (Subject(frame.panel, key, title),) if part is None else subjects_of(frame.panel, part, key, title)
    return Page(title, build, opens=behind, about=about)


def _words_of(stage: Stage, part: PartView | None, key: str) -> str:
    """The row as it is shown; of one that a command opened and nothing shows, whom its key names, else the key."""
    shown = "" if part is None else part.words_of(key)
    if shown and shown != key:
        return inert(shown)
    name = key.partition(":")[2]
    people = stage.desk.suggest(PersonField(name="", title=""), name) if name else ()
    return inert(next((each.words for each in people if each.text == name), key))
