"""Event words that a dialplan writes itself: the option `custom_events`, and what such a line means.

Rules
- `custom_events = { HELP = "help" }`: whoever stands in the agent's column asks for help; the data is the question.
- The agent may be a channel, as a feature code has it at hand: `PJSIP/1007-0000001a` is whoever sits at `PJSIP/1007`.
- Without an agent nobody could go anywhere: such a line is refused, and counted.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from floorwatch.api import Event, RejectLine, _, events
from floorwatch_asterisk.words import IGNORED, NO_CALL, WORDS

OPTION = "custom_events"
HELP = "help"
EXAMPLE = 'custom_events = { HELP = "help" }'

_CHANNEL = re.compile(r"(?<=.)-[0-9a-f]{8}(;[12])?$")


def help_words(options: Mapping[str, Any]) -> frozenset[str]:
    """The words that mean a call for help. Raises ValueError that names the option and what it may be."""
    unknown = sorted(set(options) - {OPTION})
    if unknown:
        raise ValueError(_("unknown option {name!r}: this format knows only custom_events").format(name=unknown[0]))
    given = options.get(OPTION, {})
    if not isinstance(given, dict) or not all(isinstance(word, str) and word.strip() for word in given):
        raise ValueError(_("custom_events must map an event word to what it means: {example}").format(example=EXAMPLE))
    for word, meaning in given.items():
        if meaning != HELP:
            said = _('custom_events: {word} = {meaning!r} is not known; an event word can mean "help": {example}')
            raise ValueError(said.format(word=word, meaning=meaning, example=EXAMPLE))
        if word in WORDS or word in IGNORED:
            said = _("custom_events: {word} is an event of the queue log itself; write one of your own: {example}")
            raise ValueError(said.format(word=word, example=EXAMPLE))
    return frozenset(given)


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
