"""Mutants of a module: its source with one small thing changed inside one function, as mutmut changes it.

Rules
- What is changed is mutmut's choice: comparisons, arithmetic, booleans, numbers, words, arguments, assignments, cases.
- Beside functions and methods, properties are changed too, which mutmut itself leaves out.
- Left out: words that people read (`_("...")`), annotations, and what stands outside of functions.
- mutmut and libcst are no requirement of floorwatch: they are imported here alone, and only when mutants are wanted.
"""

import importlib
from collections.abc import Callable, Iterator
from difflib import unified_diff
from textwrap import indent
from typing import Any

from msgspec import Struct

MUTMUT = "3.8.1"
"""The version whose changes the figures in docs/mutation.md are of; what is used of it has no promise to stay."""

_UNWRAPPED = {"property", "staticmethod", "classmethod"}


class Mutant(Struct, frozen=True):
    """One change. `lines` are those whose tests may notice it; `function` is the name within the module, with dots."""

    file: str
    number: int
    function: str
    lines: tuple[int, ...]
    body: tuple[int, int]
    source: str

    @property
    def name(self) -> str:
        """floorwatch/model/live.py#31 line 85 Live.agent: the first number is that of the mutant in its file."""
        return f"{self.file}#{self.number} line {self.lines[0]} {self.function}"

    def difference(self, original: str) -> str:
        """The lines that it changes."""
        changed = unified_diff(original.splitlines(), self.source.splitlines(), lineterm="", n=0)
        return "\n".join(line for line in changed if not line.startswith(("---", "+++", "@@")))


def mutants_of(file: str, text: str, wanted: Callable[[], bool] = lambda: True) -> Iterator[Mutant]:
    """The mutants of the module `text` for which `wanted` is true, which is asked for each in the order of their lines.
    Raises ModuleNotFoundError without mutmut."""
    cst: Any = importlib.import_module("libcst")
    metadata: Any = importlib.import_module("libcst.metadata")
    wrapper = metadata.MetadataWrapper(cst.parse_module(text))
    visitor = _visitor(cst)
    wrapper.visit(visitor)
    spans = wrapper.resolve(metadata.PositionProvider)
    parents = wrapper.resolve(metadata.ParentNodeProvider)
    names = dict(_functions(cst, wrapper.module.body, ""))
    for number, mutation in enumerate(visitor.mutations):
        function = mutation.contained_by_top_level_function
        if function not in names or _is_read_by_people(cst, mutation.original_node, parents):
            continue
        if not wanted():
            continue
        changed = function.deep_replace(mutation.original_node, mutation.mutated_node)
        lines = _lines(cst, mutation.original_node, spans, parents)
        body = spans[function].start.line, spans[function].end.line
        yield Mutant(file, number, names[function], lines, body, _with(text, wrapper.module, function, changed, spans))


def _visitor(cst: Any) -> Any:
    """mutmut's own, which passes over annotations and all that is decorated; properties it may enter here."""
    making: Any = importlib.import_module("mutmut.mutation.file_mutation")
    operators: Any = importlib.import_module("mutmut.mutation.mutators").mutation_operators
    ignored: Any = importlib.import_module("mutmut.mutation.pragma_handling").IgnoredCode

    def skips(self: Any, node: Any) -> bool:
        if isinstance(node, cst.FunctionDef) and node.decorators:
            return {getattr(of.decorator, "value", None) for of in node.decorators} - _UNWRAPPED != set()
        return bool(making.MutationVisitor._skip_node_and_children(self, node))  # noqa: SLF001  # the one hook there is

    kind = type("Visitor", (making.MutationVisitor,), {"_skip_node_and_children": skips})
    return kind(operators, ignored(set(), set(), set()))


def _functions(cst: Any, body: Any, within: str) -> Iterator[tuple[Any, str]]:
    for node in body:
        if isinstance(node, cst.FunctionDef):
            yield node, within + node.name.value
        elif isinstance(node, cst.ClassDef):
            yield from _functions(cst, node.body.body, f"{within}{node.name.value}.")


def _is_read_by_people(cst: Any, node: Any, parents: Any) -> bool:
    while node is not None:
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == "_":
            return True
        node = parents.get(node)
    return False


def _lines(cst: Any, node: Any, spans: Any, parents: Any) -> tuple[int, ...]:
    """The lines of the node, its first one first, and the one on which its statement begins."""
    first, last = spans[node].start.line, spans[node].end.line
    statement = node
    while not isinstance(statement, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
        statement = parents[statement]
    return (*range(first, last + 1), spans[statement].start.line)


def _with(text: str, module: Any, function: Any, changed: Any, spans: Any) -> str:
    """The text with that function changed: the function alone is written anew, which costs a tenth of the whole."""
    before, after = (_written(module, node) for node in (function, changed))
    depth = spans[function].start.column
    before, after = indent(before, " " * depth), indent(after, " " * depth)
    if text.count(before) == 1:
        return text.replace(before, after)
    whole: str = module.deep_replace(function, changed).code
    return whole


def _written(module: Any, function: Any) -> str:
    code: str = module.code_for_node(function.with_changes(leading_lines=[]))
    return code
