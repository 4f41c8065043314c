"""floorwatch: a terminal dashboard for the people who run a telephone service floor."""

__version__ = "0.1.0"
