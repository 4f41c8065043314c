"""The report "support": what was asked most, what was noted most, how far the floor was walked. For the weekly meeting.

Rules
- A question counts however it was typed; nobody who asked is named: what is asked often is a matter for training.
- Coverage of a day: those who were visited, with a word or without, among those who were there by the telephone system.
- What was asked and noted stands in the span that holds the moment of its entry.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from floorwatch.api import NoteKind, Pasted, Span, _
from floorwatch_seat_support.asked_before import key_of
from floorwatch_seat_support.kinds import kind_title
from floorwatch_seat_support.wording import in_one_line

if TYPE_CHECKING:
    import pandas as pd

Frames = Mapping[str, "pd.DataFrame"]

MOST = 20
"""Questions and topics: more than one meeting can speak of."""

QUESTIONS, TOPICS, COVERAGE = "questions", "topics", "coverage"
AWAY = ("signed_out", "unknown")


class Finding(Struct, frozen=True):
    """One row. `count` of `of` (None: of nothing in particular); `words` is the newest answer, or the kind."""

    section: str
    subject: str
    count: int
    of: int | None
    words: str


class SupportReport(Pasted):
    """What a week at the seats came to."""

    name = "support"
    title = "Seat support: questions, topics, coverage"

    def build(self, frames: Frames, span: Span) -> "pd.DataFrame":
        """A row a question, a topic and a day: `section`, `subject`, `count`, `of`, `words`."""
        import pandas as pd  # a second, and only when somebody asks for the report

        lines = list(_lines(frames, span))
        return pd.DataFrame(
            {
                "section": pd.Series([line.section for line in lines], dtype="str"),
                "subject": pd.Series([line.subject for line in lines], dtype="str"),
                "count": pd.Series([line.count for line in lines], dtype="Int64"),
                "of": pd.Series([line.of for line in lines], dtype="Int64"),
                "words": pd.Series([line.words for line in lines], dtype="str"),
            }
        )

    def text(self, frames: Frames, span: Span) -> str:
        """The same as plain text, to be pasted into a chat."""
        lines = list(_lines(frames, span))
        titles = {QUESTIONS: _("Asked most"), TOPICS: _("Noted most"), COVERAGE: _("Visited of those on duty")}
        said = [_("Seat support")]
        for section, title in titles.items():
            those = [line for line in lines if line.section == section]
            said += ["", title, *(_spoken(line) for line in those)]
            if not those:
                said.append(_("- nothing"))
        return "\n".join(said)


def _lines(frames: Frames, span: Span) -> Iterator[Finding]:
    helps = _within(frames["helps"], "requested_at", span)
    notes = _within(frames["notes"], "at", span)
    yield from _questions(helps)
    yield from _topics(notes)
    yield from _coverage(frames, span)


def _questions(helps: "pd.DataFrame") -> Iterator[Finding]:
    """The questions that came most often, each as it was put last, with the newest answer."""
    asked = helps.assign(question=_words(helps, "question"), answer=_words(helps, "answer"))
    asked = asked.assign(key=[key_of(question) for question in asked["question"]])
    asked = asked[asked["key"] != ""].sort_values("requested_at", kind="stable")
    groups = sorted(asked.groupby("key", sort=False), key=lambda group: (-len(group[1]), str(group[0])))
    for _key, group in groups[:MOST]:
        answers = [answer for answer in group["answer"] if answer]
        yield Finding(QUESTIONS, group["question"].iloc[-1], len(group), None, answers[-1] if answers else "")


def _topics(notes: "pd.DataFrame") -> Iterator[Finding]:
    """The tags that were noted most often, each kind by itself; praise is no topic."""
    tagged = notes.assign(tag=_words(notes, "tag"), kind=_words(notes, "kind"))
    tagged = tagged.assign(key=[key_of(tag) for tag in tagged["tag"]])
    tagged = tagged[(tagged["key"] != "") & (tagged["kind"] != "praise")]
    groups = sorted(tagged.groupby(["key", "kind"], sort=False), key=lambda group: (-len(group[1]), str(group[0])))
    for (_key, kind), group in groups[:MOST]:
        yield Finding(TOPICS, group["tag"].iloc[-1], len(group), None, _kind(str(kind)))


def _coverage(frames: Frames, span: Span) -> Iterator[Finding]:
    """Of each day, how many of those who were there were visited."""
    spells, visits = frames["spells"], frames["seat_visits"]
    spells = spells[~spells["state"].isin(AWAY)]
    zone = visits["entered"].dt.tz
    met = _pairs(visits, "day", "agent")
    there = _pairs(spells[(spells["day"] < span.end) & (spells["end"] > span.start)], "day", "agent")
    for day in sorted({day for day, _agent in there}):
        on_duty = {agent for each, agent in there if each == day}
        visited = {agent for each, agent in met if each == day}
        yield Finding(COVERAGE, _date(day, zone), len(on_duty & visited), len(on_duty), "")


def _within(frame: "pd.DataFrame", by: str, span: Span) -> "pd.DataFrame":
    """What holds of the span: what was withdrawn is as if it had not been."""
    return frame[(frame[by] >= span.start) & (frame[by] < span.end) & ~frame["withdrawn"].astype(bool)]


def _words(frame: "pd.DataFrame", column: str) -> list[str]:
    return [in_one_line(word) if isinstance(word, str) else "" for word in frame[column]]


def _pairs(frame: "pd.DataFrame", *columns: str) -> set[tuple[float, str]]:
    first, second = (frame[column] for column in columns)
    return {(float(day), str(agent)) for day, agent in zip(first, second, strict=True) if isinstance(agent, str)}


def _date(day: float, zone: Any) -> str:
    import pandas as pd  # here already: a report has been asked for

    return f"{pd.Timestamp(day, unit='s', tz='UTC').tz_convert(zone):%Y-%m-%d}"


def _kind(kind: str) -> str:
    return kind_title(NoteKind(kind)) if kind in list(NoteKind) else kind


def _spoken(line: Finding) -> str:
    if line.of is not None:
        return _("- {subject}: {count} of {of}").format(subject=line.subject, count=line.count, of=line.of)
    said = _("- {subject} x{count}: {words}") if line.words else _("- {subject} x{count}")
    return said.format(subject=line.subject, count=line.count, words=line.words)
