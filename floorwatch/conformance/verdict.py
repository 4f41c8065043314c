"""What came of the checks: a verdict of claims that hold or not, each failure with its place and what to do.

Rules
- A claim stands in the verdict once for each way in which it failed (the first few), else once.
- Only what was looked at can hold: a claim that nothing was found out about is a note that says so.
- The same failure on several floors is one failure; the first floor is named.
"""

import re
from enum import StrEnum

from msgspec import Struct

from floorwatch.text import inert
from floorwatch.words import _

MOST_WAYS = 3
"""Ways in which one claim failed that are told; the rest is counted."""


_VARYING = re.compile(r"""'[^']*'|"[^"]*"|-?\d+(\.\d+)?(e[+-]?\d+)?""")


class Status(StrEnum):
    """How a check came out."""

    OK = "ok"
    FAILED = "FAILED"
    NOTE = "note"


class Check(Struct, frozen=True):
    """One claim and whether it holds. `why` says what is wrong and what to do; on a claim that holds it is a note.

    `where` is a place in the plugin's code ("my_panel.py:23"). `trace` holds the last lines of an exception in the
    plugin's files; `measured` what was measured, if anything.
    """

    claim: str
    passed: bool = True
    why: str = ""
    where: str = ""
    trace: tuple[str, ...] = ()
    measured: str = ""

    @property
    def status(self) -> Status:
        """In one word."""
        if not self.passed:
            return Status.FAILED
        return Status.NOTE if self.why else Status.OK

    @property
    def sentence(self) -> str:
        """Place and reason in one line; empty when there is nothing to say."""
        return inert(f"{self.where}: {self.why}" if self.where and self.why else self.why)


class Verdict(Struct, frozen=True):
    """All claims on one declared thing: `kind` is "panel", "feed format", ...; `name` is its own."""

    kind: str
    name: str
    checks: tuple[Check, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        """What does not hold."""
        return tuple(check for check in self.checks if not check.passed)

    @property
    def passed(self) -> bool:
        """Whether everything holds."""
        return not self.failed


class ConformanceError(AssertionError):
    """Some claims do not hold; the message lists each with its place and what to do. `verdict` has all of it."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        head = _("{kind} {name}: {n} of {all} claims do not hold")
        claims = {check.claim for check in verdict.checks}
        failed = {check.claim for check in verdict.failed}
        lines = [head.format(kind=_(verdict.kind), name=verdict.name, n=len(failed), all=len(claims))]
        for check in verdict.failed:
            lines += [f"- {check.claim}", f"    {check.sentence}", *(f"      {inert(line)}" for line in check.trace)]
        super().__init__("\n".join(lines))


def held(verdict: Verdict) -> Verdict:
    """The verdict when everything holds. Raises ConformanceError."""
    if not verdict.passed:
        raise ConformanceError(verdict)
    return verdict


class Findings:
    """Collects what was found out about the claims on one thing."""

    def __init__(self, kind: str, name: str, claims: type[StrEnum]) -> None:
        self._kind = kind
        self._name = name
        self._failures: dict[str, dict[tuple[str, str], Check]] = {claim.value: {} for claim in claims}
        self._notes: dict[str, Check] = {}
        self._measured: dict[str, str] = {}
        self._looked_at: set[str] = set()
        self._unlooked = _("not looked at, for the reason above")

    def looked_at(self, *claims: StrEnum) -> None:
        """These hold, unless something else is found."""
        self._looked_at.update(claim.value for claim in claims)

    def fail(self, claim: StrEnum, why: str, where: str = "", *, on: str = "", trace: tuple[str, ...] = ()) -> None:
        """The claim does not hold; `on` names the floor on which it was seen first. What differs from a failure known
        already only in numbers and quoted words is the same."""
        said = _("{why} (on {floor})").format(why=why, floor=on) if on else why
        alike = (_VARYING.sub("#", why) if on else why, where)
        self._failures[claim.value].setdefault(alike, Check(claim.value, False, said, where, trace))

    def note(self, claim: StrEnum, why: str, where: str = "") -> None:
        """The claim holds as far as could be seen, with this to be said of it."""
        self._looked_at.add(claim.value)
        self._notes.setdefault(claim.value, Check(claim.value, True, why, where))

    def measure(self, claim: StrEnum, measured: str) -> None:
        """What was measured, whether it holds or not."""
        self._looked_at.add(claim.value)
        self._measured[claim.value] = measured

    def has_failed(self, claim: StrEnum) -> bool:
        """Whether the claim is known not to hold."""
        return bool(self._failures[claim.value])

    def verdict(self) -> Verdict:
        """All claims, in their order."""
        return Verdict(self._kind, self._name, tuple(check for claim in self._failures for check in self._of(claim)))

    def _of(self, claim: str) -> list[Check]:
        failures = list(self._failures[claim].values())
        if len(failures) > MOST_WAYS:
            more = _("and {n} more of this kind").format(n=len(failures) - MOST_WAYS)
            return [*failures[:MOST_WAYS], Check(claim, False, more)]
        if failures:
            return failures
        if claim not in self._looked_at:
            return [Check(claim, True, self._unlooked)]
        note = self._notes.get(claim)
        return [note or Check(claim, measured=self._measured.get(claim, ""))]
