"""The name of a new plugin: what a person typed, made kebab-case, and every other form that follows from it.

Rules
- One name gives all: distribution, entry point and declared name (my-panel), module (my_panel), class (MyPanel), title.
- A name that would not work later (a word of Python, a module or plugin that is there) is refused now, with the reason.
"""

import builtins
import importlib.util
import keyword
import re

from floorwatch.host.builtin import DISTRIBUTION, PREFIX
from floorwatch.host.catalogue import Catalogue
from floorwatch.scaffold.kinds import Kind, Names
from floorwatch.words import _

LONGEST = 36
"""Letters: a test imports the class from the module on one line, and that fits into 88 columns."""

_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_BETWEEN_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\s_.-]+")


class NameRefusedError(ValueError):
    """A name that a plugin cannot have; the message says why, and what to do."""


def names_of(words: str) -> Names:
    """The names that `words` ("My Panel", "my_panel", "my-panel") come to. Raises NameRefusedError."""
    name = "-".join(filter(None, _BETWEEN_WORDS.split(words.strip()))).lower()
    if not _KEBAB.fullmatch(name):
        wanted = _("{words!r} is no name for a plugin: use a-z, 0-9 and dashes, a letter first, such as queue-watch")
        raise NameRefusedError(wanted.format(words=words))
    if len(name) > LONGEST:
        raise NameRefusedError(_("{name}: keep the name under {n} letters").format(name=name, n=LONGEST + 1))
    if Names(name).module.startswith(PREFIX) or name == DISTRIBUTION:
        raise NameRefusedError(
            _("{name}: plugins that come with floorwatch are named so; leave {prefix!r} off").format(
                name=name, prefix=f"{DISTRIBUTION}-"
            )
        )
    return Names(name)


def refuse_taken(names: Names, kind: Kind, catalogue: Catalogue, words_of_template: frozenset[str]) -> None:
    """Raise NameRefusedError when something else has one of these names; `words_of_template` are not to be hidden."""
    another = _("choose another name, such as {name}").format(name=f"{names.name}-{kind.value}")
    for taken in (_as_plugin(names, kind, catalogue), _as_python(names, words_of_template)):
        if taken is not None:
            raise NameRefusedError(f"{taken}: {another}")


def _as_plugin(names: Names, kind: Kind, catalogue: Catalogue) -> str | None:
    for plugin in catalogue.plugins:
        if plugin.name == names.name:
            return _("there is a plugin {name} already ({where})").format(name=names.name, where=plugin.where)
    declared = getattr(catalogue, kind.shelf).get(names.name)
    if declared is not None:
        return _("the plugin {plugin} has a {kind} {name} already").format(
            plugin=declared.plugin, kind=kind.value, name=names.name
        )
    return None


def _as_python(names: Names, words_of_template: frozenset[str]) -> str | None:
    if keyword.iskeyword(names.module) or keyword.iskeyword(names.type_name):
        return _("{name} is a word of Python").format(name=names.name)
    if names.type_name in words_of_template or hasattr(builtins, names.type_name):
        return _("{name} would make a class {type}, and there is one").format(name=names.name, type=names.type_name)
    if names.module in {"tests", "conftest"} or names.module.startswith("test_"):
        return _("{name} would be taken for tests").format(name=names.name)
    where = _module_there(names.module)
    return where and _("there is a module {module} already ({where})").format(module=names.module, where=where)


def _module_there(module: str) -> str | None:
    """Where a module of this name comes from; None when there is none. A mere folder is none: a package hides it."""
    try:
        spec = importlib.util.find_spec(module)
    except ValueError:  # loaded, and does not say from where
        return module
    return None if spec is None else spec.origin
