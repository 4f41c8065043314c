"""The commands: the face of floorwatch for people at a shell and for scripts."""

from floorwatch.cli.program import main

__all__ = ["main"]
