"""The command `floorwatch`, also `python -m floorwatch`: answers `--version` at once and leaves the rest to the cli."""

import os
import sys

from floorwatch import __version__


def main() -> int:
    """Run the command line in `sys.argv`; return the exit status (0 fine, 1 the work failed, 2 wrong usage)."""
    try:
        status = _status()
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads on (`| head`): fine, and nothing is to be said at the exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _status() -> int:
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"floorwatch {__version__}\n")
        return 0
    from floorwatch.cli import main as run  # typer and what the commands stand on, some 100 ms

    return run()


if __name__ == "__main__":
    sys.exit(main())
