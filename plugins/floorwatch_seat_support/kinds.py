"""The kinds of notes: their names, their letters in a form, and how a follow-up is read."""

from collections.abc import Mapping, Sequence

from floorwatch.api import NoteKind, Option, _

LETTERS: Mapping[NoteKind, str] = {
    NoteKind.HELP: "h",
    NoteKind.STATE: "s",
    NoteKind.FAULT: "f",
    NoteKind.PRAISE: "p",
    NoteKind.COACHING: "c",
    NoteKind.CHECK: "k",
}
"""In the order in which they are offered."""

SENDS = frozenset({NoteKind.PRAISE})
"""Praise takes one key fewer than everything else."""


def kind_title(kind: NoteKind) -> str:
    """The kind in a word."""
    titles = {
        NoteKind.HELP: _("help"),
        NoteKind.STATE: _("state"),
        NoteKind.FAULT: _("fault"),
        NoteKind.PRAISE: _("praise"),
        NoteKind.COACHING: _("coaching"),
        NoteKind.CHECK: _("check"),
    }
    return titles[kind]


def kind_options(*, sending: bool = True) -> Sequence[Option]:
    """All kinds to choose from; with `sending`, praise is sent by its letter alone."""
    return [Option(kind.value, kind_title(kind), key, sending and kind in SENDS) for kind, key in LETTERS.items()]
