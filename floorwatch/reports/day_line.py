"""What a day's report says, line by line: as a table for programs, and as a text to be pasted."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import pandas as pd
from msgspec import Struct

from floorwatch.words import _

FOR_PEOPLE = ("section", "words")


class Line(Struct, frozen=True):
    """One thing that is said. `words` say all of it; `figure` names what `subject` is told of by `count`, `share` (a
    fraction) or `seconds`.

    Neighbours of one `group` stand in one line of the text, `item` (else their words) for each, the group's name in
    front; a group without a name is only joined. None: a line of its own.
    """

    words: str
    subject: str = ""
    figure: str = ""
    count: int | None = None
    share: float | None = None
    seconds: float | None = None
    group: str | None = None
    item: str = ""


class Section(Struct, frozen=True):
    """Lines under a title; `nothing` is said where there are none."""

    key: str
    title: str
    lines: tuple[Line, ...]
    nothing: str

    @property
    def said(self) -> tuple[Line, ...]:
        """The lines, or that there is nothing."""
        return self.lines or (Line(self.nothing),)


def table_of(sections: Iterable[Section]) -> pd.DataFrame:
    """A row a line: section subject figure count share_rate duration_seconds words."""
    rows = [(section.key, line) for section in sections for line in section.said]
    frame = pd.DataFrame(
        {
            "section": pd.Series([key for key, _line in rows], dtype="str"),
            "subject": pd.Series([line.subject or None for _key, line in rows], dtype="str"),
            "figure": pd.Series([line.figure or None for _key, line in rows], dtype="str"),
            "count": pd.Series([line.count for _key, line in rows], dtype="Int64"),
            "share_rate": pd.Series([line.share for _key, line in rows], dtype="float64"),
            "duration_seconds": pd.Series([line.seconds for _key, line in rows], dtype="float64"),
            "words": pd.Series([line.words for _key, line in rows], dtype="str"),
        }
    )
    frame.attrs["for_people"] = FOR_PEOPLE
    return frame


def text_of(title: str, sections: Iterable[Section]) -> str:
    """The title, then the sections with their lines."""
    said = [title]
    for section in sections:
        said += ["", section.title, *(_("- {line}").format(line=line) for line in _joined(section.said))]
    return "\n".join(said)


def _joined(lines: Sequence[Line]) -> Iterator[str]:
    for group, those in groupby(lines, key=lambda line: line.group):
        said = [line.item or line.words for line in those]
        if group is None:
            yield from said
        elif group:
            yield _("{group}: {items}").format(group=group, items=_(", ").join(said))
        else:
            yield _(", ").join(said)
