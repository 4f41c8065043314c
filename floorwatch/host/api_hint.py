"""What to say when a plugin asks floorwatch.api for a name that it has not."""

import difflib
import re
import sys
from types import ModuleType

from floorwatch.extend.version import API_VERSION
from floorwatch.words import _

_API = "floorwatch.api"
_MISSING = re.compile(r"cannot import name '(\w+)' from '" + re.escape(_API) + "'")


def api_hint(error: BaseException) -> str:
    """The missing name, the nearest that there is, and the API version; "" for any other error. May raise."""
    name = _missing_name(error)
    api = sys.modules.get(_API)  # looked up, not imported: nothing inside floorwatch leans on its own face
    if name is None or api is None:
        return ""
    near = difflib.get_close_matches(name, getattr(api, "__all__", ()), 1)
    if near:
        said = _("there is no {name!r} in floorwatch.api {version}; did you mean {near!r}?")
        return said.format(name=name, version=API_VERSION, near=near[0])
    said = _("there is no {name!r} in floorwatch.api {version}: the plugin may be written for another version of it")
    return said.format(name=name, version=API_VERSION)


def _missing_name(error: BaseException) -> str | None:
    if isinstance(error, ImportError) and error.name == _API:
        match = _MISSING.match(str(error))  # `name_from` says it only from Python 3.12 on
        return match and match[1]
    if isinstance(error, AttributeError) and isinstance(error.obj, ModuleType) and error.obj.__name__ == _API:
        return error.name
    return None
