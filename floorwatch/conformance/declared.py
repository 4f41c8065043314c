"""What a thing declares, held against its protocol by the host's own examination; and the options to check it with."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from floorwatch.conformance.calling import Failed, called
from floorwatch.conformance.verdict import Findings
from floorwatch.host.declarations import SHAPES, examined
from floorwatch.host.options import options_for
from floorwatch.host.place import place_of
from floorwatch.words import _

_SHAPES = {shape.field: shape for shape in SHAPES}


def declaration(findings: Findings, claim: StrEnum, field: str, thing: object) -> bool:
    """Whether the declaration is sound; `field` is where the catalogue keeps such things ("panels")."""
    findings.looked_at(claim)
    result = called(lambda: examined(_SHAPES[field], thing))
    if isinstance(result, Failed):
        findings.fail(claim, result.why, result.where, trace=result.trace)
        return False
    for mistake in result.mistakes:
        findings.fail(claim, mistake, place_of(thing))
    return not result.mistakes


def options_of(
    findings: Findings, claim: StrEnum, options_type: type[Struct], given: Mapping[str, Any]
) -> Iterator[Struct]:
    """Its options with their defaults, then as given, as far as they can be made."""
    findings.looked_at(claim)
    bare = _("{mistake}; no floor opens where nobody has set it: give it a default, and let a Notice ask for more")
    for wanted, said in (({}, bare), (given, "{mistake}")) if given else (({}, bare),):
        options = options_for(options_type, wanted)
        if isinstance(options, Struct):
            yield options
            continue
        for mistake in options:
            findings.fail(claim, said.format(mistake=mistake), place_of(options_type))
