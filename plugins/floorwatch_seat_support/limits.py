"""When a thing calls for a person, and whose it is: the plugin's own section of the settings, one for its panels, rules
and commands."""

from msgspec import Struct, field

from floorwatch.api import Tone, _


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits in seconds unless the name says otherwise; DOMAIN words, our figures. Raises ValueError when a request
    would be red before it is amber."""

    help_warn_seconds: float = 60.0
    help_alarm_seconds: float = 180.0
    hard_call_seconds: float = 600.0
    """A talk that took so long was a hard one."""
    hung_up_on_seconds: float = 15.0
    """So was one that the caller ended so soon. Most callers hang up first, as they should: that alone says nothing."""
    hard_call_recent_seconds: float = 900.0
    """For so long after it a hard call is a reason to go there."""
    not_visited_seconds: float = 7200.0
    follow_up_soon_seconds: float = 900.0
    incident_seats: int = 3
    """Seats with the same fault that make a suspicion; telephones that ring in vain, or are out, too."""
    incident_share: float = 0.05
    """Of telephones so large a share of those on duty, where that is more: on a floor of a thousand some always ring in
    vain."""
    incident_seconds: float = 600.0
    """Within which they must have been noted."""
    missed_seconds: float = 300.0
    """Within which the telephones must have rung in vain."""
    handle_time_factor: float = 1.5
    """A quarter of an hour whose handle time is so many times that of the day before it is a jump."""
    handle_time_calls: int = 20
    """Calls that a quarter of an hour must have for its handle time to mean anything."""
    my_team: bool = True
    """Whoever has a team walks through it, and sees their care for it; through the whole floor otherwise."""
    teams: dict[str, str] = field(default_factory=dict)
    """Name of whoever writes -> team, for leaders who take no calls; "": the whole floor."""

    @property
    def help_steps(self) -> tuple[tuple[float, Tone], ...]:
        """From which age on a request is amber and red."""
        return ((self.help_warn_seconds, Tone.WARN), (self.help_alarm_seconds, Tone.ALARM))

    def __post_init__(self) -> None:
        """Refuse a clock that runs backwards."""
        if self.help_warn_seconds > self.help_alarm_seconds:
            raise ValueError(
                _("help_warn_seconds: {warn} is later than help_alarm_seconds, {alarm}").format(
                    warn=self.help_warn_seconds, alarm=self.help_alarm_seconds
                )
            )
