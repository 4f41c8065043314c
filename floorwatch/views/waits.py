"""When a running wait begins to matter: the tones of its age, the same wherever a caller's wait is shown."""

from floorwatch.model.targets import Target
from floorwatch.views.cells import Tone


def wait_steps(target: Target) -> tuple[tuple[float, Tone], ...]:
    """The tones of a running wait: past the promised seconds, half-way to the limit, at the limit."""
    limit = target.longest_wait_seconds
    half_way = (target.seconds + limit) / 2
    steps = ((target.seconds, Tone.NOTICE), (half_way, Tone.WARN))
    return (*(step for step in steps if step[0] < limit), (limit, Tone.ALARM))
