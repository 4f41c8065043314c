"""The widget for a timeline: a cursor that goes along what happened in a track, and from track to track."""

from collections.abc import Sequence
from functools import partial

from floorwatch.app.paint import Piece
from floorwatch.app.place_view import PlaceView
from floorwatch.app.prose import Ink
from floorwatch.app.stage import Stage
from floorwatch.app.time_axis import axis_pieces
from floorwatch.app.timeline import (
    Part,
    Plan,
    Stop,
    TrackLook,
    about_of,
    cells_of,
    empty_words,
    owners_of,
    parts_of,
    plan_of,
    stops_of,
    track_pieces,
    tracks_of,
)
from floorwatch.text import inert
from floorwatch.views import Cell, Stretch, Timeline, Track

Line = tuple[Track, Part]


class TimelineView(PlaceView):
    """A timeline on the screen. `show` takes the next one."""

    TAKES = (Timeline,)
    AXIS = 1

    def __init__(self, stage: Stage, view: Timeline | None = None) -> None:
        self._timeline = Timeline((), 0.0, 0.0)
        self._tracks: dict[str, Track] = {}
        self._planned: Plan | None = None
        self._lines: list[Line] = []
        self._track: str | None = None
        self._stop: Stop | None = None
        self._aim: Stop | None = None
        """What the cursor looks for the like of on its way up and down."""
        self._at = 0
        super().__init__(stage, view)

    @property
    def row_key(self) -> str | None:
        """The key of what is under the cursor where that has one, else that of its track."""
        own = "" if self._stop is None else self._stop.thing.key
        return own or self._track

    @property
    def starts(self) -> bool:
        """Whether the cursor stands here at first."""
        return self._timeline.starts

    def has(self, key: str) -> bool:
        """Whether there is such a track."""
        return key in self._tracks

    def words_of(self, key: str) -> str:
        """The title of the track, or what is said of what has a key of its own."""
        track, thing = self._tracks.get(key), None if self._stop is None else self._stop.thing
        if track is None and thing is not None and thing.key == key:
            return inert(thing.about or key)
        return inert(key if track is None else track.title or key)

    def on_resize(self) -> None:
        """What is in the span is known once there is a width; Textual lets the shared part follow."""
        self._find_cursor()

    def tick(self, now: float) -> float | None:
        """Repaint everything when now reaches the next cell, and a running age below each second."""
        if not self.on_screen:
            return None
        before = self._plan.now_cell
        self._planned = None
        plan = self._plan
        if before != plan.now_cell:
            self.refresh()
        due = []
        if plan.span is not None and plan.now_cell is not None:
            reached = plan.span.start + (plan.now_cell + 1) * plan.span.seconds / plan.span.cells
            due.append(reached - now)
        return self._next_tick(due)

    def _accept(self, view: Timeline) -> frozenset[str]:
        old, self._tracks = self._tracks, {track.key: track for track in tracks_of(view)}
        self._timeline, self._planned = view, None
        return _newly_marked(old, self._tracks)

    # Drawing

    @property
    def _standing(self) -> object:
        """What moves or changes every line when it differs."""
        plan, view = self._plan, self._timeline
        span = plan.width, plan.title, plan.narrow, plan.span, plan.now_cell
        return self._shelves, span, self._count(self.size.width), view.caption, view.empty

    def _count(self, width: int) -> int:
        if width == self.size.width:
            return len(self._laid())
        plan = plan_of(self._timeline, tuple(self._tracks.values()), width, self.stage.desk.now())
        return sum(len(list(parts_of(track, plan))) for track in self._tracks.values())

    def _content(self, at: int) -> Line:
        return self._laid()[at]

    def _body(self, at: int, ink: Ink) -> Sequence[Piece]:
        track, part = self._laid()[at]
        here = self.has_focus and track.key == self._track
        look = TrackLook(here, self._stop if here else None, track.key in self._fresh)
        return track_pieces(track, part, self._plan, ink, look)

    def _axis(self, ink: Ink) -> Sequence[Piece]:
        plan = self._plan
        return axis_pieces(plan.span, plan.lead, plan.now, ink)

    def _about(self) -> Sequence[Cell]:
        return () if self._stop is None else about_of(self._stop, self._plan, self._ink())

    def _empty(self) -> str:
        return empty_words(self._timeline)

    @property
    def _plan(self) -> Plan:
        width = self.size.width
        if self._planned is None or self._planned.width != width:
            tracks = tuple(self._tracks.values())
            self._planned = plan_of(self._timeline, tracks, width, self.stage.desk.now())
            self._lines = [(track, part) for track in tracks for part in parts_of(track, self._planned)]
        return self._planned

    def _laid(self) -> list[Line]:
        """The lines that scroll."""
        _plan = self._plan
        return self._lines

    # The cursor

    def _find_cursor(self) -> None:
        """Keep the cursor on what it was on, else on what is nearest to it; at first on what is latest by now."""
        keys = list(self._tracks)
        if not keys:
            self._track = self._stop = None
        elif self._track is None or self._track not in self._tracks:
            self._take(keys[min(self._at, len(keys) - 1)])
        else:
            self._take(self._track)

    def _take(self, key: str, stop: Stop | None = None) -> None:
        """Put the cursor on this track: on `stop`, or on what is most like that on which it was."""
        like = self._stop if key == self._track else self._aim
        self._track, self._at = key, list(self._tracks).index(key)
        stops = stops_of(self._tracks[key], self._plan)
        if stop is None and like is None and stops:
            now = self._plan.now
            stop = next((each for each in reversed(stops) if now is None or each.at <= now), stops[0])
        if stop is not None:
            self._aim = stop
        elif like is not None:
            stop = min(stops, key=partial(_unlike, like), default=None)
        self._stop = stop

    def _cursor_lines(self) -> range:
        found = [at for at, (track, _part) in enumerate(self._laid()) if track.key == self._track]
        return range(found[0], found[-1] + 1) if found else range(0)

    def _cursor_cell(self) -> int:
        plan, thing = self._plan, None if self._stop is None else self._stop.thing
        if plan.span is None or thing is None:
            return 0
        at = cells_of(thing, plan).start if isinstance(thing, Stretch) else plan.span.cell_of(thing.at)
        return plan.lead + (at or 0)

    def _step(self, across: int, down: int) -> None:
        if self._track is None:
            return
        keys = list(self._tracks)
        if across:
            self._along(self._tracks[self._track], across)
        elif abs(down) == 1:
            self._take(keys[max(0, min(self._at + down, len(keys) - 1))])
        else:
            lines, here = self._laid(), self._cursor_lines()
            at = max(0, min((here.start if down < 0 else here.stop - 1) + down, len(lines) - 1))
            self._take(lines[at][0].key)

    def _along(self, track: Track, by: int) -> None:
        stops = stops_of(track, self._plan)
        at = next((at for at, stop in enumerate(stops) if stop == self._stop), None)
        if stops:
            self._take(track.key, stops[0 if at is None else max(0, min(at + by, len(stops) - 1))])

    def _far(self, direction: int) -> None:
        if self._track is not None:
            stops = stops_of(self._tracks[self._track], self._plan)
            if stops:
                self._take(self._track, stops[-1 if direction > 0 else 0])

    def _put(self, x: int, at: int) -> bool:
        track, part = self._laid()[at]
        self._take(track.key, self._stop_at(track, part, x - self._plan.lead))
        return True

    def _stop_at(self, track: Track, part: Part, cell: int) -> Stop | None:
        """What is drawn in this cell of the track, if anything."""
        span = self._plan.span
        if span is None:
            return None
        if part is Part.RUNS:
            owners = owners_of(track, self._plan)
            owner = owners[cell] if 0 <= cell < len(owners) else None
            return None if owner is None else Stop(owner.start, owner)
        marks = [mark for mark in track.marks if part is Part.MARKS and span.cell_of(mark.at) == cell]
        return Stop(marks[-1].at, marks[-1]) if marks else None


def _unlike(one: Stop, other: Stop) -> tuple[float, bool]:
    """How far apart they are in time, and then in kind."""
    return abs(one.at - other.at), type(one.thing) is not type(other.thing)


def _newly_marked(old: dict[str, Track], new: dict[str, Track]) -> frozenset[str]:
    """Tracks with a mark that was not there before; a track that is new itself is no news."""
    known = {key: track.marks for key, track in old.items()}
    return frozenset(
        key
        for key, track in new.items()
        if track.marks != known.get(key, track.marks) and any(mark not in known[key] for mark in track.marks)
    )
