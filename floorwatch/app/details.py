"""The page behind a row of a panel, and the pages behind its own rows."""

from collections.abc import Sequence
from functools import partial

from floorwatch.app.frame import PanelFrame
from floorwatch.app.page import Holder, Page
from floorwatch.app.part_view import PartView
from floorwatch.app.stage import Stage
from floorwatch.app.subject import Subject, subjects_of
from floorwatch.text import inert
from floorwatch.views import PersonField


def part_with(frame: PanelFrame, key: str) -> PartView | None:
    """The part of the panel that has a row of this key."""
    return next((part for part in frame.holders if part.has(key)), None)


def detail_page(
    stage: Stage, homes: Sequence[PanelFrame], frame: PanelFrame, part: Holder | None, key: str, above: str
) -> Page:
    """What stands behind the row, under the titles `above`. Where the part names a home, that panel knows it. A row of
    the page opens in its part's home too, else in the panel of `homes` that has such a row, else in the page's own."""
    panel = (None if part is None else part.home) or frame.panel
    return _page(stage, homes, part, Subject(panel, key, f"{above} > {words_of(stage, part, key)}"))


def page_of_place(stage: Stage, homes: Sequence[PanelFrame], subject: Subject) -> Page:
    """What stands behind a row that somebody named, whether or not any panel shows it now."""
    return _page(stage, homes, None, subject)


def _page(
    stage: Stage, homes: Sequence[PanelFrame], part: Holder | None, subject: Subject, above: tuple[Subject, ...] = ()
) -> Page:
    """The page of a row; `above` is what the page is about on which it was opened: of a call, the agent who had it."""
    panel, key, title = subject.panel or "", subject.row_key or "", subject.words
    about = ((subject,) if part is None else subjects_of(panel, part, key, title)) + above

    def behind(own: Holder, inner: str) -> Page:
        home = next((each for each in homes if part_with(each, inner) is not None), None)
        if home is not None and not own.home:
            return detail_page(stage, homes, home, part_with(home, inner), inner, title)
        named = f"{title} > {words_of(stage, own, inner)}"
        return _page(stage, homes, own, Subject(own.home or panel, inner, named), about)

    return Page(title, partial(stage.desk.detail, panel, key), opens=behind, about=about)


def words_of(stage: Stage, part: Holder | None, key: str) -> str:
    """The row as it is shown; of one that a command opened and nothing shows, whom its key names, else the key."""
    shown = "" if part is None else part.words_of(key)
    if shown and shown != key:
        return inert(shown)
    kind, _colon, name = key.partition(":")
    people = stage.desk.suggest(PersonField(name="", title=""), name) if name else ()
    return inert(next((each.words for each in people if each.text == name), name if kind == "queue" else key))
