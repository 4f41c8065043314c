"""Rooms and shifts of the fake floor, to stand on a seat map and along a timeline."""

from msgspec.structs import replace

from floorwatch.views import Mark, Seat, SeatMap, Stretch, Timeline, Tone, Track
from tests.app import fake_views as views

START = views.START - 7 - 41 * 60
"""10:00 on the floor's clock; now is 10:41:07."""

MINUTE = 60.0
SHADES = (60.0, 180.0, 300.0)
END = START + 80 * MINUTE


def room(rows: int, columns: int, *, label: bool = True, aisle: int | None = None) -> SeatMap:
    """A full room of talkers; an aisle behind every so many columns."""
    return SeatMap(
        tuple(
            Seat(
                f"seat:{row}-{at}", row, at + (at // aisle if aisle else 0), "T", label=f"{row}{at:02}" if label else ""
            )
            for row in range(rows)
            for at in range(columns)
        ),
        tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[row % 26] for row in range(rows)),
    )


def at(minutes: float) -> float:
    return START + minutes * MINUTE


def stretch(first: float, last: float | None, letter: str = "T", tone: Tone = Tone.CALM, about: str = "") -> Stretch:
    return Stretch(at(first), None if last is None else at(last), letter, tone, about)


def shift(count: int = 3) -> Timeline:
    """Some agents from 10:00 on: talk, Lunch, and talk that lasts still; the first asked for help."""
    tracks = tuple(
        Track(
            f"agent:{number}",
            f"A{number:02}",
            (
                stretch(0, 20, "T", about="call"),
                stretch(20, 32, "P", Tone.WARN, "Lunch"),
                stretch(32, None, "T", about="call"),
            ),
            (Mark(at(25), "h", Tone.WARN, "help asked"),) if not number else (),
        )
        for number in range(count)
    )
    return Timeline(tracks, START, END, views.START, "The shift")


def with_track(view: Timeline, number: int, track: Track) -> Timeline:
    return replace(view, tracks=(*view.tracks[:number], track, *view.tracks[number + 1 :]))
