"""From when on attendance calls for a person: the plugin's own section of the settings, one for its panel, its rules
and its commands. When somebody is late at all, and how long a break may last, are rules of the floor (`[duty]`)."""

from msgspec import Struct

from floorwatch.api import Tone, _


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds unless the name says otherwise; all figures are ours. Raises ValueError for a team of nobody."""

    absent_alarm_seconds: float = 1800.0
    """After the start of the shift an absence in whose place nobody comes is an alarm; before, a warning."""
    late_told_seconds: float = 900.0
    """For so long after they came *needs you* has somebody who was late; the panel has them all day."""
    break_warn_seconds: float = 300.0
    """Over its limit for so long a break is a warning; before, a notice."""
    team_from: int = 6
    """From so many people of one team on, what is the same with all of them is one line of *needs you*."""
    feed_silent_seconds: float = 900.0
    """A call feed without a line for so long shows nobody: what it would show is not held against anybody."""
    may_be_silent: tuple[str, ...] = ()
    """Feeds of which that is not so, by name."""

    @property
    def absent_steps(self) -> tuple[tuple[float, Tone], ...]:
        """The tones of an absence by its age."""
        return ((0.0, Tone.WARN), (self.absent_alarm_seconds, Tone.ALARM))

    @property
    def break_steps(self) -> tuple[tuple[float, Tone], ...]:
        """The tones of a break by how long it is over its limit."""
        return ((0.0, Tone.NOTICE), (self.break_warn_seconds, Tone.WARN))

    def __post_init__(self) -> None:
        """Refuse what would put nobody into one line."""
        if self.team_from < 1:
            raise ValueError(_("team_from: {n} must be 1 or more").format(n=self.team_from))
