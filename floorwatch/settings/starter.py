"""The first configuration of a floor: the commented reference with its feed filled in."""

from floorwatch.bundled import bundled
from floorwatch.settings.find import FILE_NAME
from floorwatch.settings.toml_text import quoted

_TABLE = "#[feeds.main]\n"
_PATH = '#path = "/var/log/asterisk/queue_log"\n'


def reference() -> str:
    """The reference: every key with its default, commented out. Prose begins with "# ", a key with "#"."""
    return (bundled("config") / FILE_NAME).read_text("utf-8")


def starter(path_of_queue_log: str) -> str:
    """What `config init` writes: the reference, in which the feed `main` reads this file; all else is left to defaults.

    Give an absolute path: a relative one would be looked for beside the new file.
    """
    written = f"path = {quoted(path_of_queue_log.replace('$', '$$'))}\n"
    return reference().replace(_TABLE, _TABLE[1:], 1).replace(_PATH, written, 1)
