"""What the test kit refuses: a sentence that does not fit the floor, and what the host would refuse."""

from collections.abc import Iterable


class MisfitError(ValueError):
    """A sentence of a shift that does not fit the floor; the message names it, its time, and where the test says it."""


class RefusedError(ValueError):
    """What the host would refuse: a declaration, options, what was filled in. `sentences` says each mistake."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))
