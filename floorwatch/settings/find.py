"""Where the configuration file is looked for, and where what floorwatch writes of itself goes."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from floorwatch.settings.values import Settings

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


def journal_file() -> Path:
    """Where what people enter is kept unless the settings say otherwise: in the user's data folder. It need not be
    there."""
    import platformdirs

    return platformdirs.user_data_path("floorwatch") / "journal.db"


def drafts_folder(journal: str | None) -> Path:
    """Where what was typed for this journal (None: the usual one) and not sent is kept: in the user's state folder. It
    need not be there. What is meant for one floor is never offered on another."""
    from hashlib import sha256  # 2 ms that only a screen needs

    import platformdirs

    name = "usual" if journal is None else sha256(journal.encode("utf-8", "replace")).hexdigest()[:16]
    return platformdirs.user_state_path("floorwatch") / "drafts" / name


def journal_url(settings: Settings, given: str | None = None) -> str:
    """The journal that applies: the one given on the command line, the settings', else the file of this user."""
    return given or settings.journal.url or str(journal_file())


def replay_folder() -> Path:
    """Where plain logs are kept as recordings while somebody looks at them, and for the next time: in the user's cache
    folder. It need not be there."""
    import platformdirs

    return platformdirs.user_cache_path("floorwatch") / "replays"


def keyframes_folder() -> Path:
    """Where keyframes are kept that cannot stand beside their recording: in the user's cache folder. It need not be
    there."""
    import platformdirs

    return platformdirs.user_cache_path("floorwatch") / "keyframes"


def marks_folder() -> Path:
    """Where marks are kept that people set in a replay of what is no recording: in the user's data folder. It need not
    be there."""
    import platformdirs

    return platformdirs.user_data_path("floorwatch") / "marks"


def own_log_file() -> Path:
    """Where floorwatch's own log is written: in the user's state folder. It need not be there."""
    return log_folder().parent / "floorwatch.log"


def log_folder() -> Path:
    """Where plugins' logs are written: in the user's state folder. It need not be there."""
    import platformdirs

    return platformdirs.user_state_path("floorwatch") / "plugins"


def save_folder(settings: Settings) -> Path | None:
    """Where what a person saves from the screen goes: the settings' folder, else `floorwatch` in the user's home, which
    a person finds over SSH too. It need not be there; None for a user without a home."""
    try:
        return settings.screen.save_folder or Path.home() / "floorwatch"
    except RuntimeError:
        return None
