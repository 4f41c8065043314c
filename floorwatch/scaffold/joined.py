"""A package's two files as one: the module of its kind, with the hook of its `__init__` at the end.

Rules
- A file of a template is a docstring, then imports, then code; only `from ... import ...` and `import ...` at the top.
- What is imported from the package itself (relatively) is dropped: it stands in the same file now.
- The result is formatted as ruff would: sorted imports, and two blank lines before the code.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

LONGEST_LINE = 88
"""Shorter than needed, so that ruff is content without a configuration too; what it once broke it leaves so."""


class _Source(Struct, frozen=True):
    """A file taken apart: the text of its docstring, its import statements, all that comes after them."""

    docstring: str
    imports: tuple[ast.Import | ast.ImportFrom, ...]
    code: str


def joined(inside: str, hook: str) -> str:
    """The one file: docstring and code of `inside`, and what `hook`, the `__init__`, says after its imports."""
    own, door = _taken_apart(inside), _taken_apart(hook)
    constants, _blank, function = door.code.partition("\n\n\n")
    imports = "\n".join(_blocks((*own.imports, *door.imports)))
    begins = "\n" if own.code.startswith(("class ", "def ", "@")) else ""
    return f"{own.docstring}\n\n{imports}\n\n{constants}\n{begins}\n{own.code}\n\n\n{function}\n"


def _taken_apart(source: str) -> _Source:
    body = ast.parse(source).body
    imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    lines = source.splitlines()
    after = imports[-1].end_lineno or 0
    return _Source(
        "\n".join(lines[: body[0].end_lineno]),
        tuple(node for node in imports if not _is_own(node)),
        "\n".join(lines[after:]).strip("\n"),
    )


def _is_own(node: ast.Import | ast.ImportFrom) -> bool:
    return isinstance(node, ast.ImportFrom) and node.level > 0


def _blocks(imports: Iterable[ast.Import | ast.ImportFrom]) -> Iterator[str]:
    """Import lines: Python's own, a blank, everyone else's."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for node in imports:
        module = node.module if isinstance(node, ast.ImportFrom) else None
        for each in node.names:
            names[module or each.name].update([each.name] if module else [])
    order = sorted(names, key=lambda module: (_is_foreign(module), bool(names[module]), module))
    for module, following in pairwise([*order, ""]):
        yield _line(module, sorted(names[module], key=_as_ruff_sorts))
        if following and _is_foreign(module) != _is_foreign(following):
            yield ""


def _is_foreign(module: str) -> bool:
    return module.partition(".")[0] not in sys.stdlib_module_names


def _as_ruff_sorts(name: str) -> tuple[int, str]:
    """Constants, then types, then the rest."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2, name)


def _line(module: str, names: list[str]) -> str:
    if not names:
        return f"import {module}"
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= LONGEST_LINE:
        return line
    return "\n".join((f"from {module} import (", *(f"    {name}," for name in names), ")"))
