"""What a class offers to whoever uses it, as its source declares it: the first two columns of its table in the docs."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from inspect import getsource
from textwrap import dedent

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from floorwatch.api import Past, People

COMPUTED = {"property", "computed_once", "figure_of_scope"}


def members(kind: type) -> list[tuple[str, str]]:
    """(name or signature, type with its default) of every public member that the class itself declares, in order."""
    tree = ast.parse(dedent(getsource(kind)))
    (declared,) = (node for node in tree.body if isinstance(node, ast.ClassDef))
    return [
        member for node in (*_set_when_made(declared), *declared.body) if (member := _member(kind, node)) is not None
    ]


def _set_when_made(declared: ast.ClassDef) -> Iterator[ast.AnnAssign]:
    """Public attributes that `__init__` is given and keeps, as if they were annotated in the class."""
    for method in declared.body:
        if isinstance(method, ast.FunctionDef) and method.name == "__init__":
            given = {arg.arg: arg.annotation for arg in (*method.args.args, *method.args.kwonlyargs)}
            for node in ast.walk(method):
                match node:
                    case ast.Assign(targets=[ast.Attribute(attr=name)], value=ast.Name(id=argument)) if given.get(name):
                        yield ast.AnnAssign(ast.Name(argument), given[name], None, 1)  # type: ignore[arg-type]  # `given` has it


def _member(kind: type, node: ast.AST) -> tuple[str, str] | None:
    match node:
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation) if not name.startswith("_"):
            return name, _typed(annotation) + _default(kind, name)
        case ast.Assign(targets=[ast.Name(id=name)]) if issubclass(kind, Enum):
            return name, f'"{kind[name].value}"'
        case ast.FunctionDef(name=name) if not name.startswith("_"):
            marks = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
            called = f"{kind.__name__}.{name}" if "staticmethod" in marks else name
            return (name if marks & COMPUTED else f"{called}({_arguments(node.args)})"), _typed(node.returns)
    return None


def _default(kind: type, name: str) -> str:
    if not issubclass(kind, Struct):
        return ""
    (field,) = (field for field in fields(kind) if field.name == name)
    if field.default_factory is not NODEFAULT:
        return f" = {field.default_factory()!r}"
    return "" if field.default is NODEFAULT else f" = {_value(field.default)}"


def _value(value: object) -> str:
    """A default as whoever makes such a thing would write it."""
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, frozenset):
        return "all" if value else "frozenset()"
    if isinstance(value, Struct | People | Past):
        return f"{type(value).__name__}()"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_value(key)}: {_value(each)}" for key, each in value.items()) + "}"
    return repr(value)


def _typed(annotation: ast.expr | None) -> str:
    """As the source has it, with "or" for the bar: a bar ends a cell of a table."""
    return "" if annotation is None else ast.unparse(annotation).replace("'", "").replace(" | ", " or ")


def _arguments(declared: ast.arguments) -> str:
    """The arguments as they are given by the caller, `self` left out."""
    given = [argument for argument in declared.args if argument.arg != "self"]
    text = ast.unparse(
        ast.arguments([], given, None, declared.kwonlyargs, declared.kw_defaults, None, declared.defaults)
    )
    return re.sub(r"(?<=[\w\])])=", " = ", text.replace(" | ", " or ").replace('"', "").replace("''", '""'))


def signature(function: Callable[..., object]) -> tuple[str, str]:
    """A function as it is called, and what it gives."""
    (declared,) = ast.parse(dedent(getsource(function))).body
    assert isinstance(declared, ast.FunctionDef)
    return f"{declared.name}({_arguments(declared.args)})", _typed(declared.returns)
