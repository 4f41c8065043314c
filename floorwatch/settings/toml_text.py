"""A value as a person would write it in the configuration file."""

import json
from collections.abc import Mapping
from datetime import time
from typing import Any


def toml_text(value: Any) -> str:
    """One line of TOML for a value; "" for None, and quoted text for what TOML has no form for."""
    match value:
        case None:
            return '""'
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return f"{value:.12g}"
        case time():
            return f'"{value:%H:%M:%S}"' if value.second else f'"{value:%H:%M}"'
        case list() | tuple():
            return f"[{', '.join(map(toml_text, value))}]"
        case Mapping():
            pairs = ", ".join(f"{quoted(str(key))} = {toml_text(item)}" for key, item in value.items())
            return f"{{ {pairs} }}" if pairs else "{ }"
        case _:
            return quoted(str(value))


def quoted(text: str) -> str:
    """Text in double quotes. JSON's escapes are TOML's, but for DEL, which TOML wants escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
