"""Too few agents are free in a queue."""

from collections.abc import Iterator

from floorwatch.api import Alert, AlertRule, Fact, FloorSnapshot, _
from msgspec import Struct


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What [rules.my-rule] in the configuration may say."""

    minimum: int = 2


class MyRule(AlertRule):
    """One alert a queue in which people work and fewer than the minimum are free."""

    name = "my-rule"
    title = "My rule"
    hold_seconds = 15.0
    options_type = Options

    def check(self, floor: FloorSnapshot, options: Options) -> Iterator[Alert]:
        """What is true now; floorwatch raises it after `hold_seconds`, and clears it."""
        if Fact.MEMBERS not in floor.gives:
            return  # where nobody signs in, "free" means nothing
        for name, queue in floor.queues.items():
            if queue.staffed and queue.free < options.minimum:
                yield Alert(
                    f"queue:{name}",
                    _("{queue}: {n} free, {minimum} wanted").format(queue=name, n=queue.free, minimum=options.minimum),
                    playbook=_("Hold back the next break, or lend an agent from a quiet queue."),
                )
