"""The command `floorwatch`, also `python -m floorwatch`: answers `--version` at once and leaves the rest to the cli."""

import sys
from contextlib import suppress

from floorwatch import __version__


def main() -> int:
    """Run the command line in `sys.argv`; return the exit status (0 fine, 1 the work failed, 2 wrong usage)."""
    if sys.argv[1:] == ["--version"]:
        with suppress(BrokenPipeError):
            sys.stdout.write(f"floorwatch {__version__}\n")
        return 0
    from floorwatch.cli import main as run  # typer and what the commands stand on, some 100 ms

    return run()


if __name__ == "__main__":
    sys.exit(main())
