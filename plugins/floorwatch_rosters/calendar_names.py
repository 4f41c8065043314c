"""The names in an entry of a calendar: who has the duty."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from floorwatch.api import duty, sheets

MOST_NAMES = 50
LONGEST_NAME = 40

# Texts, compiled when the first calendar is read: 2 ms that a floor without one does not pay.
_LINES = r"\n|\\n|<br ?/?>"
_SIGNS = r"[、,;/|&+\t]|\band\b"
_LABEL = r"[^::]{1,12}[::]\s*(?!/)"
_HAN = "[\u3400-\u9fff]"


def names_in(entry: Mapping[str, Any], field: str) -> Sequence[duty.Who]:
    """Everybody in this field of the entry, each once; nobody when it holds a text rather than names."""
    found = list(_attendees(entry)) if field == "attendee" else list(_listed(str(entry.get(field.upper(), ""))))
    if len(found) > MOST_NAMES or any(len(who.name) > LONGEST_NAME for who in found):
        return []
    return list({who.key: who for who in found}.values())


def _attendees(entry: Mapping[str, Any]) -> Iterator[duty.Who]:
    fields = entry.get("ATTENDEE", [])
    for field in fields if isinstance(fields, list) else [fields]:
        address = re.sub("^mailto:", "", str(field), flags=re.IGNORECASE)
        account = address.partition("@")[0] if "@" in address else ""
        name = sheets.plain(str(field.params.get("CN", ""))) or account or address
        if name:
            yield duty.Who(name, name, account=account)


def _listed(text: str) -> Iterator[duty.Who]:
    for line in re.split(_LINES, text):
        told = re.sub(_LABEL, "", sheets.plain(line), count=1)
        for name in _names(told):
            yield duty.Who(name, name)


def _names(line: str) -> Sequence[str]:
    """The names of one line: between signs; Chinese ones between blanks too, where 张 三 is one name."""
    found: list[str] = []
    for part in re.split(_SIGNS, line):
        name = sheets.plain(part)
        words = name.split()
        if len(words) > 1 and all(re.match(_HAN, word) for word in words):
            is_spaced = len(words) % 2 == 0 and all(len(word) == 1 for word in words)
            found += map("".join, zip(words[::2], words[1::2], strict=True)) if is_spaced else words
        elif name:
            found.append(name)
    return found
