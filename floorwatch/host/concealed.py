"""The secrets that plugins asked for, kept out of what is shown: logs, reasons and tracebacks.

Rules
- One list for the process: an exception travels on from one plugin's code to another's and to ours.
- A secret of fewer than `SHORTEST` characters is not looked for: it would be found inside the words of any sentence.
"""

SHORTEST = 4

_words: set[str] = set()


def conceal(word: str) -> None:
    """Never show this word from now on; callable from any thread."""
    if len(word) >= SHORTEST:
        _words.add(word)


def without_secrets(text: str) -> str:
    """The text with `***` for every secret in it."""
    for word in sorted(_words.copy(), key=len, reverse=True):  # one may hold another
        text = text.replace(word, "***")
    return text
