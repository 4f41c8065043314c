"""The border to the engine, by the names the widgets use (the shapes themselves live with the engine)."""

from floorwatch.engine.desk import (
    HEADING,
    CommandEntry,
    Desk,
    FeedWord,
    Heading,
    Health,
    OnChange,
    PanelShow,
    ReplayControl,
)

__all__ = [
    "HEADING",
    "CommandEntry",
    "Desk",
    "FeedWord",
    "Heading",
    "Health",
    "OnChange",
    "PanelShow",
    "ReplayControl",
]
