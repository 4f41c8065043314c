"""Where the configuration and sample feeds that come with floorwatch lie: installed, editable or in the checkout."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def bundled(kind: Literal["config", "sample_feeds"]) -> Path:
    """Return the folder of that name: inside the installed package, else beside the package in the checkout.

    Raises FileNotFoundError when the installation lost it.
    """
    for folder in (_PACKAGE / "_bundled" / kind, _PACKAGE.parent / kind):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"floorwatch's own {kind} folder is missing beside {_PACKAGE}: install floorwatch again")
