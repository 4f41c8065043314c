"""The keyframes of a recording, whichever file holds them now: one that was there, or one that is being built.

Rules
- Keyframes that are there and right are used, whole or not. Where something is missing, whoever builds them is started;
  what they write appears at the same place, and takes over once it has come as far.
- So how far one can see never steps back, whatever happens to the file. What is corrupt is built anew.
"""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from floorwatch.engine.keyframes.contents import Contents
from floorwatch.engine.keyframes.file import KeyframesError, KeyframesFile
from floorwatch.engine.keyframes.fingerprint import Fingerprint
from floorwatch.engine.keyframes.shapes import Building, Reached
from floorwatch.feeds.reader import FileKey, key_of
from floorwatch.model.floor import Floor


class Index:
    """Keyframes at a path; driven by one thread. Without `building` nobody makes what is missing."""

    def __init__(
        self, path: Path, fingerprint: Fingerprint, new_floor: Callable[[], Floor], building: Building | None
    ) -> None:
        self._path = path
        self._fingerprint = fingerprint
        self._new_floor = new_floor
        self._building = building
        self._built_for: object = None
        """What was missing something when the building was started last."""
        self._stood: FileKey | None = None
        """The file that stood there then."""
        self._refused = ""
        self.refused = ""
        """Why what stood there at first could not be used; "" where it could, or nothing did."""
        self._coming: Contents | None = None
        self._files: list[KeyframesFile] = []
        self.contents: Contents | None = None
        """What is known; None where there is nothing yet."""

    def refresh(self) -> Reached:
        """Take in what has come; how far it goes now."""
        if self.contents is not None and self.contents.is_whole:
            return self.contents.reached()
        self._look()
        for each in (self.contents, self._coming):
            if each is not None:
                each.refresh()
        self._change_over()
        self._build()
        return self._reached()

    def close(self) -> None:
        """Let go of the files and of whoever builds. May be called twice."""
        if self._building is not None and self._built_for is not None:
            self._building.stop()
        for file in self._files:
            file.close()

    def _look(self) -> None:
        """Open what stands there, unless it is open already."""
        newest = self._coming or self.contents
        if newest is not None and not newest.file.is_replaced:
            return
        self._refused = ""
        try:
            file = KeyframesFile(self._path, self._fingerprint)
        except FileNotFoundError:
            return
        except KeyframesError as error:
            self._refused = str(error)
            self.refused = self.refused or self._refused
            return
        self._files.append(file)  # whoever reads entries of one that was replaced reads on
        contents = Contents(file, self._new_floor)
        if self.contents is None:
            self.contents = contents
        else:
            self._coming = contents

    def _change_over(self) -> None:
        old, new = self.contents, self._coming
        if old is None or new is None:
            return
        before, after = old.reached(), new.reached()
        if after.folded_to >= before.folded_to and after.alerts_to >= before.alerts_to:
            self.contents, self._coming = new, None

    def _build(self) -> None:
        """Have built what is missing: once, and again for what is found to be corrupt."""
        contents = self.contents
        if self._building is None or (contents is not None and contents.is_whole):
            return
        if self._built_for is not None and (contents is None or not contents.spoilt or self._built_for is contents):
            return
        self._built_for, self._stood = contents or self, self._key()
        self._building.start()

    def _reached(self) -> Reached:
        reached = Reached() if self.contents is None else self.contents.reached()
        if self._coming is not None:
            reached = replace(reached, share=self._coming.reached().share)
        return replace(reached, problem=self._problem())

    def _problem(self) -> str:
        """Why no more will come; "" where it will, or nothing is missing."""
        if self.contents is not None and self.contents.is_whole:
            return ""
        if self._building is None:
            return self._refused or ("" if self.contents is None else self.contents.spoilt)
        return self._building.problem or (self._refused if self._key() != self._stood else "")

    def _key(self) -> FileKey | None:
        try:
            return key_of(self._path.lstat())
        except OSError:
            return None
