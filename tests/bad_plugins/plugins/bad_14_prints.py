"""Prints, while it is imported and at every build: by print, on stderr, behind Python's back, and from a child."""

import os
import subprocess
import sys
import warnings

from floorwatch.api import FloorSnapshot, NoOptions, Panel, Text, View, hookimpl

print("PRINTED at import")


class Prints(Panel):
    name = "bad-prints"
    title = "Prints"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        print("PRINTED in build \x1b[2J")
        sys.stderr.write("PRINTED on stderr\n")
        warnings.warn("PRINTED as a warning", stacklevel=1)
        os.write(1, b"PRINTED to the handle 1\n")
        os.write(2, b"PRINTED to the handle 2\n")
        subprocess.run(["echo", "PRINTED by a child"], check=False)
        return Text.of("printed")


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Prints()]
