"""How a share stands against its target: one tone for it, wherever it is shown."""

from floorwatch.views.cells import Tone

FAR_BELOW = 0.1
"""So far below its target and further, a share is an alarm; below it at all, a warning."""
ROUNDING = 1e-9
"""0.8 - 0.7 is a little less than 0.1."""


def share_tone(share: float | None, target: float) -> Tone:
    """The tone of a share (0..1; None: nothing counts yet) that is to reach `target`."""
    if share is None or share >= target:
        return Tone.CALM
    return Tone.ALARM if target - share >= FAR_BELOW - ROUNDING else Tone.WARN
