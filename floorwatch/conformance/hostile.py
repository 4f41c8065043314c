"""Text that no person would write, and that every panel, rule, command and format meets one day."""

HOSTILE = (
    "[bold red]x[/] {0} %s \\n",
    "\x1b[2J\x1b]0;owned\x07",
    "\u202eevil\u202c\u2066abc\u2069",
    "a\u0300\u0301\u0302\u0303\u0304b",
    "line\nbreak\r\ttab\x00nul",
    "=HYPERLINK(1)",
    "长" * 300,
    " ",
    "a:b/c|d,e;f",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\ud800",
)
"""Text as a feed may hold it: markup, terminal commands, floods, separators, half a character."""
