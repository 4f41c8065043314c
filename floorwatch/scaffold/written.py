"""The files of a new plugin, from its template; and their writing, which never writes over anything.

Rules
- A template is a working plugin under a stand-in name, which is replaced in texts and paths.
- `project/` goes with every package. `.txt` behind a file there keeps tools from taking it for this project's own.
- Nobody else may write to what is written, whatever the umask: floorwatch would refuse it as a drop-in.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePath

from floorwatch.scaffold.joined import joined
from floorwatch.scaffold.kinds import Kind, Names
from floorwatch.words import _

TEMPLATES = Path(__file__).parent / "templates"
FILE_MODE = 0o644
FOLDER_MODE = 0o755
_PROJECT = "project"
_PROJECT_NAMES = Names("my-plugin")


class ThereAlreadyError(Exception):
    """Something stands where the plugin would be written; the message names it."""


def package(kind: Kind, names: Names) -> Mapping[PurePath, str]:
    """Text of each file of an installable package, by its path in the folder that is named after it."""
    shared = _template(_PROJECT, _PROJECT_NAMES, names)
    return dict(sorted({**shared, **_template(kind.value, kind.stand_in, names)}.items()))


def single(kind: Kind, names: Names) -> Mapping[PurePath, str]:
    """Text of the one module, of the test beside it, and of what else the test needs, by file name."""
    files = _template(kind.value, kind.stand_in, names)
    module = PurePath(names.module)
    inside, hook = (files[module / file] for file in (f"{kind.inside}.py", "__init__.py"))
    tests = {path.name: text for path, text in files.items() if path.parts[0] == "tests"}
    test = tests.pop(f"test_{kind.inside}.py").replace(f"{names.module}.{kind.inside} import", f"{names.module} import")
    for name in tests:
        test = test.replace(f'"{name}"', f'"{names.module}_{name}"')
    return {
        PurePath(f"{names.module}.py"): joined(inside, hook),
        PurePath(f"test_{names.module}.py"): test,
        **{PurePath(f"{names.module}_{name}"): text for name, text in tests.items()},
    }


def words_of(kind: Kind) -> frozenset[str]:
    """Every word of the code of this template but its own class: a class named like one of them would hide it."""
    code = (text for path, text in _texts(kind.value) if path.suffix == ".py")
    return frozenset(word for text in code for word in re.findall(r"\w+", text)) - {kind.stand_in.type_name}


def write(files: Mapping[PurePath, str], folder: Path) -> tuple[Path, ...]:
    """Write the files into `folder`, made with its parents if need be; their paths.

    Raises ThereAlreadyError before anything is written, and OSError; then nothing of it is left.
    """
    paths = [folder / path for path in files]
    for path in paths:
        if os.path.lexists(path):
            raise ThereAlreadyError(_("{path}: is there already, and is left as it is").format(path=path))
    made: list[Path] = []
    try:
        for path, text in zip(paths, files.values(), strict=True):
            made += _folders(path.parent)
            with open(path, "x", encoding="utf-8", newline="\n", opener=partial(os.open, mode=FILE_MODE)) as file:
                made.append(path)
                file.write(text)
    except OSError:
        _take_back(made)
        raise
    return tuple(paths)


def _folders(folder: Path) -> Iterator[Path]:
    """Make the folder and those above it that are not there."""
    for each in reversed([folder, *folder.parents]):
        if not each.exists():
            each.mkdir(FOLDER_MODE)
            yield each


def _take_back(made: Sequence[Path]) -> None:
    for path in reversed(made):
        path.rmdir() if path.is_dir() else path.unlink()


def _template(folder: str, stand_in: Names, names: Names) -> dict[PurePath, str]:
    forms = {getattr(stand_in, form): getattr(names, form) for form in ("name", "module", "type_name", "title")}
    stand_ins = re.compile("|".join(map(re.escape, forms)))

    def named(text: str) -> str:
        return stand_ins.sub(lambda found: forms[found[0]], text)

    return {PurePath(named(path.as_posix())): named(text) for path, text in _texts(folder)}


def _texts(folder: str) -> Iterator[tuple[PurePath, str]]:
    """Path in the template, without `.txt`, and text of each of its files."""
    root = TEMPLATES / folder
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root)
        if file.is_file() and "__pycache__" not in path.parts:  # an installer compiles the templates too
            yield (path.with_suffix("") if path.suffix == ".txt" else path), file.read_text(encoding="utf-8")
