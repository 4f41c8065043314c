"""The plugins that come with floorwatch: their names, and where they lie when it runs from a checkout.

Rules
- In a checkout the folders are the truth: installed metadata may be of another version, or not there at all.
- Installed, they are entry points of floorwatch's own distribution, by the same door as anyone's.
"""

import sys
from pathlib import Path

DISTRIBUTION = "floorwatch"
PREFIX = "floorwatch_"
_PACKAGE = Path(__file__).resolve().parents[1]


def plugin_name(module: str) -> str:
    """The plugin's name by its module's: "floorwatch_queue_status" is "queue-status"."""
    return module.removeprefix(PREFIX).replace("_", "-").lower()


def checkout_plugins(package: Path = _PACKAGE) -> tuple[Path, ...]:
    """Folders of the bundled plugins beside the package, by name; empty when floorwatch is installed."""
    root = package.parent
    if not (root / "pyproject.toml").is_file():  # in site-packages a folder `plugins` would be a stranger's
        return ()
    return tuple(sorted(init.parent for init in root.glob(f"plugins/{PREFIX}*/__init__.py")))


def reach(folder: Path) -> None:
    """Make the modules in `folder` importable, before an installed copy of them; once, however often it is called."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
