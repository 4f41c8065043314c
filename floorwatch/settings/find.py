"""Where the configuration file is looked for, and where what floorwatch writes of itself goes."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

FILE_NAME = "floorwatch.toml"
VARIABLE = "FLOORWATCH_CONFIG"


def find_config(explicit: Path | None, cwd: Path, env: Mapping[str, str] = os.environ) -> Path | None:
    """The configuration file to read, None when there is none.

    In this order: `explicit` and $FLOORWATCH_CONFIG (even where there is no such file: reading it will say so), then
    config/floorwatch.toml under `cwd`, the user's configuration folder, the machine's.
    """
    if explicit is not None:
        return explicit
    if named := env.get(VARIABLE):
        return Path(named)
    return next((path for path in usual_places(cwd) if path.is_file()), None)


def usual_places(cwd: Path) -> Iterator[Path]:
    """The files that are looked for when none is named, best first."""
    yield cwd / "config" / FILE_NAME
    import platformdirs  # 12 ms, and needless where the floor's own file is

    yield platformdirs.user_config_path("floorwatch") / FILE_NAME
    for folder in platformdirs.site_config_dir("floorwatch", multipath=True).split(os.pathsep):
        yield Path(folder) / FILE_NAME


def log_folder() -> Path:
    """Where plugins' logs are written: in the user's state folder. It need not be there."""
    import platformdirs

    return platformdirs.user_state_path("floorwatch") / "plugins"
