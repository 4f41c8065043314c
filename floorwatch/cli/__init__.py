"""The commands: the face of floorwatch for people at a shell and for scripts."""

import os
import sys

from floorwatch.engine.collector import collect_seldom
from floorwatch.engine.heap import keep_together

__all__ = ["main"]


def main() -> int:
    """Run the command line; the exit status. Raises BrokenPipeError when nobody reads what it says."""
    from floorwatch.cli.ending import is_of_usage, status_of
    from floorwatch.cli.straight import asked, carried_out

    collect_seldom()
    keep_together()
    wanted = asked(sys.argv[1:], os.environ)
    if wanted is not None:
        try:
            return status_of(lambda: carried_out(wanted))
        except Exception as error:  # wrong usage is said by typer, once it has read the same; all else is raised again
            if not is_of_usage(error):
                raise
    from floorwatch.cli.program import main as run

    return run()
