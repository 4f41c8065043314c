"""The text of a CSV file in whatever encoding a spreadsheet saved it, and its lines."""

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def text_of(raw: bytes) -> str | None:
    """The text of UTF-16 with its mark, UTF-8 with or without one, or GB18030; None for what is none of them."""
    for encoding in ("utf-16",) if raw.startswith(UTF_16_MARKS) else ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def lines_of(text: str) -> list[str]:
    """Its lines. Not `splitlines`: that also breaks at separators which a word pasted from a document may hold."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
