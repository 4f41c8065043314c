"""A recording for a test: a bundled sample by name, or any path, read through the house with real decoders."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.bundled import bundled
from floorwatch.engine.house import House
from floorwatch.engine.timeline import Timeline, timeline_of
from floorwatch.feeds.shapes import FeedFormat
from floorwatch.settings import FeedSettings, load_people

PEOPLE = "people.csv"
_ASIDE = frozenset({PEOPLE, "README.md"})


class Recorded(Struct, frozen=True, eq=False):
    """What to read: the file or folder, its people, its format (None: found by looking), and formats of the author."""

    path: Path
    people: Path | None = None
    format: str | None = None
    formats: tuple[FeedFormat, ...] = ()

    @staticmethod
    def of(place: str | Path, people: str | Path | None = None, fmt: FeedFormat | str | None = None) -> "Recorded":
        """By the name of a bundled sample, which brings its people, or by path. Raises FileNotFoundError."""
        path = Path(place)
        sample = bundled("sample_feeds") / path
        if len(path.parts) == 1 and sample.is_dir() and not path.exists():
            path, people = _feed_in(sample), people or sample / PEOPLE
        if not path.exists():
            samples = ", ".join(sorted(each.name for each in sample.parent.iterdir() if each.is_dir()))
            raise FileNotFoundError(f"{place}: there is no such file, and no such sample; samples are {samples}")
        known = None if people is None or not Path(people).is_file() else Path(people)
        if fmt is None or isinstance(fmt, str):
            return Recorded(path, known, fmt)
        return Recorded(path, known, fmt.name, (fmt,))

    def timeline(self, house: House) -> Timeline:
        """Its timeline in this house. Raises FeedError."""
        people = load_people(self.people) if self.people is not None else house.people
        wanted = {self.path.stem: FeedSettings(str(self.path), self.format)}
        return timeline_of(replace(house, people=people), wanted)


def _feed_in(sample: Path) -> Path:
    """The one feed of a sample: its recording, else its plain file."""
    files = sorted(file for file in sample.iterdir() if file.is_file() and file.name not in _ASIDE)
    recordings = [file for file in files if file.suffix == ".floorlog"]
    return (recordings or [file for file in files if file.suffix != ".gz"])[0]
