"""How a caller left a queue, in words."""

from floorwatch.api import LeftHow, _


def left_words(outcome: str, *, short: bool = False) -> str:
    """What became of a wait that ended: its `outcome`; `short` is a wait that was given up at once."""
    words = {
        "answered": _("answered"),
        "abandoned": _("hung up at once") if short else _("hung up"),
        LeftHow.TIMEOUT: _("waited too long"),
        LeftHow.KEY: _("pressed a key"),
        LeftHow.EMPTY: _("nobody signed in"),
        LeftHow.WITHDRAWN: _("taken out of the queue"),
        LeftHow.TRANSFERRED: _("transferred"),
        LeftHow.RESTART: _("cut off by a restart"),
        LeftHow.LOST: _("end not seen"),
    }
    return words.get(outcome, outcome)
