"""Event words that a dialplan writes itself: the option `custom_events`, and what such a line means.

Rules
- `custom_events = { HELP = "help" }`: whoever stands in the agent's column asks for help; the data is the question.
- Any other name than "help" makes a `Custom` event of that name, for the plugin that knows what it means.
- The agent may be a channel, as a feature code has it at hand: `PJSIP/1007-0000001a` is whoever sits at `PJSIP/1007`.
- A call for help without an agent is refused, and counted: nobody could go anywhere.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from floorwatch.api import Event, RejectLine, _, events
from floorwatch_asterisk.words import IGNORED, NO_CALL, WORDS

Read: TypeAlias = Callable[[float, str, str, str, Sequence[str]], Sequence[Event]]
"""Gives the events of a line: time, call, queue, agent, data."""

OPTION = "custom_events"
HELP = "help"
EXAMPLE = 'custom_events = { HELP = "help" }'

_CHANNEL = re.compile(r"(?<=.)-[0-9a-f]{8}(;[12])?$")


def own_words(options: Mapping[str, Any]) -> Mapping[str, Read]:
    """What each word of the dialplan means. Raises ValueError that names the option and what it may be."""
    unknown = sorted(set(options) - {OPTION})
    if unknown:
        raise ValueError(_("unknown option {name!r}: this format knows only custom_events").format(name=unknown[0]))
    given = options.get(OPTION, {})
    if not isinstance(given, dict) or not all(_is_name(word) and _is_name(given[word]) for word in given):
        raise ValueError(_("custom_events must map an event word to what it means: {example}").format(example=EXAMPLE))
    for word in given:
        if word in WORDS or word in IGNORED:
            said = _("custom_events: {word} is an event of the queue log itself; write one of your own: {example}")
            raise ValueError(said.format(word=word, example=EXAMPLE))
    return {word: asks_for_help if name == HELP else partial(tells, name) for word, name in given.items()}


def _is_name(word: object) -> bool:
    return isinstance(word, str) and bool(word.strip())


def tells(name: str, at: float, call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """data, for the plugin that reads `floor.custom[name]`: by the agent, else by the call."""
    told = {"call": call, "queue": queue, "agent": agent, "data": list(data)}
    return (events.Custom(at, name, call if agent in NO_CALL else agent, told),)


def asks_for_help(at: float, call: str, queue: str, agent: str, data: Sequence[str]) -> Sequence[Event]:
    """question, which may hold strokes."""
    if agent in NO_CALL:
        raise RejectLine("a call for help without an agent")
    who = _CHANNEL.sub("", agent) if "/" in agent else agent
    question = "|".join(data).strip()
    told = events.HelpRequested(
        at,
        agent=who,
        question=question,
        queue=None if queue in NO_CALL else queue,
        call=None if call in NO_CALL else call,
    )
    return (told,)
