"""What hooks return, held against the protocols of `extend` and `feeds`: each mistake is a sentence for the author.

Rules
- The protocol is the law: its attributes must be there, its methods must be callable with its arguments.
- Names are kebab-case, because layouts and settings say them. Uniqueness is the catalogue's matter.
- A thing with a mistake is left out; the others of its list are kept.
- An attribute is read once, since it may be a property: what it was then is what holds.
"""

import inspect
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

import msgspec
from msgspec import Struct

from floorwatch.extend.command import Command, Prefilled
from floorwatch.extend.document import DocumentFormat
from floorwatch.extend.panel import Needs, Panel
from floorwatch.extend.report import Report
from floorwatch.extend.rule import AlertRule
from floorwatch.feeds.shapes import ConfigurableFormat, FeedFormat, FeedSource
from floorwatch.host.command_checks import key_mistakes, parameter_mistakes, row_mistakes, yes_or_no_mistakes
from floorwatch.host.context import failures_of
from floorwatch.host.failure import Failure
from floorwatch.host.place import placed
from floorwatch.model.entities import Fact, Topic
from floorwatch.model.metrics import Metric, Unit
from floorwatch.text import inert
from floorwatch.words import _

MOST = 1_000
"""Declarations of one hook that are read: a generator without an end must not hold up the start."""

_COMPUTE = inspect.Signature(
    [inspect.Parameter(name, inspect.Parameter.POSITIONAL_ONLY) for name in ("floor", "scope")]
)
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")


class Shape(Struct, frozen=True):
    """What one hook returns: `field` of the catalogue it goes to, `word` for one of it, and the protocol it follows.

    `later` are attributes that came after API 1.0: a thing that was written before, and inherits nothing, has none.
    """

    hook: str
    field: str
    word: str
    protocol: type
    named_by: str = "name"
    later: frozenset[str] = frozenset()


SHAPES: tuple[Shape, ...] = (
    Shape("floorwatch_panels", "panels", "panel", Panel),
    Shape("floorwatch_feed_sources", "sources", "feed source", FeedSource, "scheme"),
    Shape("floorwatch_feed_formats", "formats", "feed format", FeedFormat),
    Shape("floorwatch_document_formats", "document_formats", "document format", DocumentFormat),
    Shape("floorwatch_metrics", "metrics", "metric", Metric),
    Shape("floorwatch_alert_rules", "rules", "alert rule", AlertRule),
    Shape("floorwatch_commands", "commands", "command", Command, later=frozenset({"quick", "reads_feeds"})),
    Shape("floorwatch_reports", "reports", "report", Report),
)


_LARGER: Mapping[type, type] = {Command: Prefilled, FeedFormat: ConfigurableFormat}
"""Protocols that ask for more, of those who want it."""


def items_of(shape: Shape, returned: object, place: str) -> list[object] | tuple[Failure, ...]:
    """The things in what a hook returned, or why it is no list of them; `place` is where the hook was written.

    Runs plugin code when it is a generator.
    """
    if returned is None:
        return (Failure(placed(place, _("{hook} returned nothing: is a return missing?").format(hook=shape.hook))),)
    if isinstance(returned, str | bytes | Mapping) or not isinstance(returned, Iterable):
        said = _("{hook} returned {what}: return a list, [{what}(...)]")
        return (Failure(placed(place, said.format(hook=shape.hook, what=_type_name(returned)))),)
    try:
        items = list(islice(returned, MOST + 1))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # plugin code: the hook may be a generator
        return failures_of(error)
    if len(items) > MOST:
        said = _("{hook} returned more than {most} things: does it ever end?")
        return (Failure(placed(place, said.format(hook=shape.hook, most=MOST))),)
    return items


class Examined(Struct, frozen=True):
    """One thing of the list: its name ("" where it is mistaken), what is wrong with it, as sentences, and its
    attributes as they were when they were read."""

    name: str
    mistakes: tuple[str, ...] = ()
    values: Mapping[str, Any] = {}


def examined(shape: Shape, item: Any) -> Examined:
    """The name of one thing of the list (a feed source's is its scheme), and what is wrong with it.

    Runs plugin code: an attribute may be a property.
    """
    if isinstance(item, type):
        return Examined("", (_("it is the class {name}: return an instance, {name}()").format(name=item.__name__),))
    if shape.protocol is Metric and not isinstance(item, Metric):
        said = _("it is of type {what}: return Metric(...) from floorwatch.api")
        return Examined("", (said.format(what=_type_name(item)),))
    try:
        values: dict[str, Any] = {
            name: value for name in attributes_of(shape.protocol) if (value := getattr(item, name, _NONE)) is not _NONE
        }
        mistakes = (*_attribute_mistakes(shape, values), *_method_mistakes(shape, item))
        return Examined("" if mistakes else values[shape.named_by], mistakes, values)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # plugin code: an attribute may be a property
        return Examined("", (Failure.of(error).reason,))


_NONE = object()


def _attribute_mistakes(shape: Shape, values: Mapping[str, object]) -> Iterator[str]:
    for name in attributes_of(shape.protocol):
        if name not in values:
            yield from () if name in shape.later else (_missing(shape, name),)
        elif name in _CHECKS:
            yield from _CHECKS[name](values[name])


def attributes_of(protocol: type) -> Iterator[str]:
    """What a protocol asks for beside methods; those that have an answer in the protocol itself come last."""
    yield from inspect.get_annotations(protocol)
    yield from (name for name, member in vars(protocol).items() if isinstance(member, property))


def _missing(shape: Shape, name: str) -> str:
    if hasattr(shape.protocol, name):
        inherited = _("it has no {name!r}: write one, or inherit it: class Mine({protocol})")
        return inherited.format(name=name, protocol=shape.protocol.__name__)
    return _("it has no {name!r}: every {word} needs one").format(name=name, word=_(shape.word))


def _method_mistakes(shape: Shape, item: object) -> Iterator[str]:
    for name, signature in _methods_asked(shape, item).items():
        method = getattr(item, name, None)
        if method is None or _is_stub(method):
            yield _method_missing(shape, name, signature)
        elif not callable(method):
            yield _("its {name!r} is of type {what}, not a method").format(name=name, what=_type_name(method))
        elif not _accepts(method, signature):
            yield _("its {name!r} must take {signature}").format(name=name, signature=signature)


def _methods_asked(shape: Shape, item: object) -> Mapping[str, inspect.Signature]:
    """The methods that it must have, and those that it need not have but has."""
    more = methods_of(_LARGER[shape.protocol]) if shape.protocol in _LARGER else {}
    return {**methods_of(shape.protocol), **{name: asked for name, asked in more.items() if hasattr(item, name)}}


def _method_missing(shape: Shape, name: str, signature: inspect.Signature) -> str:
    words = {"name": name, "word": _(shape.word), "signature": signature, "protocol": shape.protocol.__name__}
    if _is_stub(getattr(shape.protocol, name)):
        return _("it has no {name!r}: every {word} needs {name}{signature}").format(**words)
    said = _("it has no {name!r}: write {name}{signature}, or inherit it: class Mine({protocol})")
    return said.format(**words)


def _stub() -> None:
    """What a protocol's method without an answer looks like."""


def _is_stub(method: object) -> bool:
    """Whether it is only asked for: inherited from the protocol without its being written, it would answer None."""
    code, stub = getattr(method, "__code__", None), _stub.__code__
    return code is not None and (code.co_code, code.co_consts[1:]) == (stub.co_code, stub.co_consts[1:])


@cache
def methods_of(protocol: type) -> Mapping[str, inspect.Signature]:
    """The methods that a protocol asks for, with their arguments as an author writes them: no types, no `self`."""
    found = {}
    for name, member in vars(protocol).items():
        if inspect.isfunction(member) and not name.startswith("_"):
            parameters = list(inspect.signature(member).parameters.values())[1:]
            found[name] = inspect.Signature([each.replace(annotation=each.empty) for each in parameters])
    return found if protocol is not Metric else {}


def _accepts(method: Callable[..., object], signature: inspect.Signature) -> bool:
    try:
        inspect.signature(method).bind(*signature.parameters)
    except TypeError:
        return False
    except ValueError:  # something built in tells no signature
        return True
    return True


def _name_mistakes(name: object) -> Iterator[str]:
    if not (isinstance(name, str) and _NAME.fullmatch(name)):
        yield _("its name is {name!r}: use a-z, 0-9 and dashes, a letter first").format(name=name)


def _scheme_mistakes(scheme: object) -> Iterator[str]:
    if not (isinstance(scheme, str) and _SCHEME.fullmatch(scheme)):
        yield _("its scheme is {scheme!r}: write it as in a URL, small letters, without '://'").format(scheme=scheme)


def _title_mistakes(title: object) -> Iterator[str]:
    if not (isinstance(title, str) and title.strip()):
        yield _("its title is {title!r}: people read it, so write some text").format(title=title)


def _needs_mistakes(declared: object) -> Iterator[str]:
    needs: Any = declared  # its fields are the author's: msgspec checks none of them
    if not isinstance(declared, Needs):
        yield _("its needs are of type {what}: write Needs(...) from floorwatch.api").format(what=_type_name(declared))
        return
    strange = [topic for topic in _each(needs.topics) if not isinstance(topic, Topic)]
    if strange:
        yield _("it needs the topic {topic!r}: topics are {topics}").format(
            topic=strange[0], topics=", ".join(f"Topic.{topic.name}" for topic in Topic)
        )
    if not isinstance(needs.topics, frozenset) or not isinstance(needs.metrics, frozenset):
        yield _("the topics and metrics of its needs must be frozensets")
    if needs.every_seconds is not None and not (_seconds(needs.every_seconds) or 0) > 0:
        yield _("its needs say every {seconds!r} seconds: write a number above 0").format(seconds=needs.every_seconds)
    if (rest := _seconds(needs.rest_seconds)) is None or rest < 0:
        yield _("its needs say rest_seconds {seconds!r}: write a number, 0 for none").format(seconds=needs.rest_seconds)


def _options_type_mistakes(options_type: object) -> Iterator[str]:
    if not (isinstance(options_type, type) and issubclass(options_type, Struct)):
        yield _("its options_type is {what!r}: write a msgspec Struct class, NoOptions for none").format(
            what=options_type
        )
        return
    try:
        msgspec.json.Decoder(options_type)
    except Exception as error:  # noqa: BLE001  # whatever the author's annotations raise when they are read
        yield _("its options_type cannot be read from settings: {why}").format(why=inert(str(error)))


def _gives_mistakes(gives: object) -> Iterator[str]:
    if not isinstance(gives, frozenset) or any(not isinstance(fact, Fact) for fact in gives):
        yield _("its 'gives' must be a frozenset of {facts}").format(
            facts=", ".join(f"Fact.{fact.name}" for fact in Fact)
        )


def _hold_mistakes(hold_seconds: object) -> Iterator[str]:
    seconds = _seconds(hold_seconds)
    if seconds is None or seconds < 0:
        yield _("its hold_seconds is {hold!r}: write seconds, 0 for at once").format(hold=hold_seconds)


def _unit_mistakes(unit: object) -> Iterator[str]:
    if not isinstance(unit, Unit):
        yield _("its unit is {unit!r}: write one of {units}").format(
            unit=unit, units=", ".join(f"Unit.{each.name}" for each in Unit)
        )


def _compute_mistakes(compute: object) -> Iterator[str]:
    if not (callable(compute) and _accepts(compute, _COMPUTE)):
        yield _("its compute must be a function of (floor, scope)")


_CHECKS: Mapping[str, Callable[[object], Iterator[str]]] = {
    "name": _name_mistakes,
    "scheme": _scheme_mistakes,
    "title": _title_mistakes,
    "key": key_mistakes,
    "parameters": parameter_mistakes,
    "rows": row_mistakes,
    "cli": yes_or_no_mistakes("cli"),
    "quick": yes_or_no_mistakes("quick"),
    "reads_feeds": yes_or_no_mistakes("reads_feeds"),
    "needs": _needs_mistakes,
    "options_type": _options_type_mistakes,
    "gives": _gives_mistakes,
    "hold_seconds": _hold_mistakes,
    "unit": _unit_mistakes,
    "compute": _compute_mistakes,
}


def _seconds(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if is_number else None  # type: ignore[arg-type]  # mypy does not follow `is_number`


def _each(value: object) -> Iterable[object]:
    return value if isinstance(value, Iterable) else (value,)


def _type_name(value: object) -> str:
    return type(value).__name__
